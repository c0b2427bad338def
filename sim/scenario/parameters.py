"""The numbers of all mechanisms under the name `module.name`, and the check of overrides against their ranges."""

from __future__ import annotations

import functools
import importlib
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from sim.engine.mechanism import all_params
from sim.scenario.moved import instead
from sim.scenario.places import PACKAGE
from sim.vocabulary.errors import ScenarioError
from sim.vocabulary.params import Param

PACKAGES = ("model", "observe")
DECLARES = re.compile(r"^(@mechanism\b|register_params\()", re.MULTILINE)


@functools.lru_cache(maxsize=1)
def registry() -> Mapping[str, Mapping[str, Param]]:
    """Every parameter of the model by module. Imports the modules that declare any, and no others: compiles nothing."""
    for package in PACKAGES:
        for path in sorted((PACKAGE / package).rglob("*.py")):
            if DECLARES.search(path.read_text(encoding="utf-8")):
                importlib.import_module(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))
    return all_params()


def resolved(given: Any, locate: Callable[[str], str]) -> dict[str, dict[str, float]]:
    """All parameters, those in `given` replaced; raises ScenarioError for an unknown name or a value out of range."""
    known = registry()
    names = [f"parameters.{m}.{n}" for m, params in known.items() for n in params]
    values = {m: {n: float(p.value) for n, p in params.items()} for m, params in known.items()}
    for module, entries in _mapping(given, "parameters", locate).items():
        for name, value in _mapping(entries, f"parameters.{module}", locate).items():
            key = f"parameters.{module}.{name}"
            if name not in known.get(module, {}):
                raise ScenarioError(f"{locate(key)}: there is no parameter {key!r}; {instead(key, names)}")
            values[module][name] = number(key, value, locate(key))
    return values


def number(key: str, value: Any, where: str) -> float:
    """The value of the parameter `parameters.<module>.<name>`; raises ScenarioError when it is out of range."""
    module, name = key.split(".")[1:]
    param = registry()[module][name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ScenarioError(f"{where}: {key} is {value!r}; it must be a number")
    if not param.low <= value <= param.high:
        raise ScenarioError(
            f"{where}: {key} is {value:g}; it must lie between {param.low:g} and {param.high:g} {param.unit}"
        )
    return float(value)


def _mapping(value: Any, key: str, locate: Callable[[str], str]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ScenarioError(f"{locate(key)}: {key} is {value!r}; write parameters.<module>.<name>=<number>")
    return value
