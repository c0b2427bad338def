"""Keys that were called otherwise or that went, so that an old file is refused with the name that holds now."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping

import yaml

from sim.scenario.places import PACKAGE
from sim.vocabulary.errors import close


@functools.lru_cache(maxsize=1)
def moved() -> Mapping[str, str]:
    """Successor, or the reason why there is none, by old key (moved.yaml)."""
    found: dict[str, str] = yaml.safe_load((PACKAGE / "scenario" / "moved.yaml").read_text(encoding="utf-8"))
    return found


def instead(key: str, known: Iterable[str], near: str = "") -> str:
    """What to write instead of a key that there is not: its successor if it had one, else what may be meant by `near`.

    >>> instead("parameters.receiving.hop_carried", [])
    "it is 'parameters.routing.hop_carried' now"
    """
    successor = moved().get(key)
    if successor is None:
        return close(near or key, known)
    return f"it is {successor!r} now" if " " not in successor else f"it went: {successor}"
