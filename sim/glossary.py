"""The one glossary: what the program calls things in Chinese and in English."""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("zh", "en")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_GROUPS = ("structure", "package", "community", "era", "shock", "study", "executor")


@functools.lru_cache(maxsize=1)
def terms() -> dict[str, dict[str, str]]:
    """All entries of `glossary.yaml` as {"section.name": {"zh": ..., "en": ...}}."""
    text = Path(__file__).with_name("glossary.yaml").read_text(encoding="utf-8")
    data: Mapping[str, Mapping[str, dict[str, str]]] = yaml.load(text, Loader=_Loader)
    return {f"{section}.{name}": words for section, entries in data.items() for name, words in entries.items()}


def term(key: str, lang: str) -> str:
    """The word for a key such as "body.party", "stream.above", "structure.one_plus_two" or "policy.desks.pooled".

    Options of the configuration carry their own labels. Raises KeyError for a key or language that does not exist.
    """
    words: Mapping[str, Any] | None = terms().get(key)
    if words is None:
        group, _, name = key.rpartition(".")
        if group in _GROUPS or group.startswith("policy."):
            from sim.scenario.catalogue import Catalogue
            from sim.scenario.errors import ScenarioError

            try:
                words = Catalogue().card(group.replace(".", "/"), name).get("label")
            except ScenarioError:
                words = None
    if words is None or lang not in LANGUAGES:
        raise KeyError(f"the glossary has no entry {key!r} in {lang!r}")
    return str(words[lang])


def default_language(environment: Mapping[str, str] = os.environ) -> str:
    """zh when the locale is Chinese, else en."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    import locale

    language = (locale.getlocale()[0] or "").lower()
    return "zh" if language.startswith(("zh", "chinese")) else "en"
