"""Which program this is: what a report of an error or a method section needs."""

from __future__ import annotations

import platform
import tomllib
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from sim.cli.lines import say
from sim.identity import MODEL_VERSION
from sim.vocabulary.errors import ScenarioError

SHOWN = ("mesa", "numpy", "scipy", "numba")


def main(words: Sequence[str], options: Mapping[str, Any]) -> int:
    """Print them; returns 0. Raises ScenarioError for words that mean nothing here."""
    if words:
        raise ScenarioError(f"gongzhi version takes no words; {words[0]!r} is too much")
    print("\n".join(lines(options["lang"])))
    return 0


def lines(lang: str) -> list[str]:
    """The version of the program, of the model that it holds, of Python and of the packages that results depend on."""
    found = [("gongzhi", _own()), (say("model_version", lang), MODEL_VERSION), ("Python", platform.python_version())]
    found += [("Mesa" if name == "mesa" else name, _installed(name) or "-") for name in SHOWN]
    return [f"{name} {version}" for name, version in found]


def _own() -> str:
    """The version of the installed package, or of the sources where they are run without being installed."""
    sources = Path(__file__).parents[2] / "pyproject.toml"
    if (known := _installed("gongzhi")) is None and sources.is_file():
        known = str(tomllib.loads(sources.read_text(encoding="utf-8"))["project"]["version"])
    return known or "-"


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
