"""The source article item by item (A01-A92): where each item lives, what it changes, what shows it, what proves it.

The rows stand in `article.yaml`; `gongzhi list article` and the documentation show them. A test checks each row against
the program: a file, a key, a column, an indicator or a test that it names and that does not exist is an error.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

NUMBERS = tuple(f"A{n:02d}" for n in range(1, 93))


@dataclass(frozen=True)
class Act:
    """Two towns that differ in one setting, and what must differ after a year: proof that an item does something."""

    one: Mapping[str, Any]
    other: Mapping[str, Any]
    moves: tuple[str, ...]
    under: tuple[str, ...] = ()
    years: int = 1


@dataclass(frozen=True)
class Item:
    """One item of the article and where it is in the program."""

    number: str
    zh: str
    en: str
    changes: tuple[str, ...]
    how: str
    files: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)
    act: Act | None = None
    state: str = "done"
    lacks: str = ""


@functools.lru_cache(maxsize=1)
def items() -> dict[str, Item]:
    """All rows by number. Raises ValueError for a row that does not hold together in itself."""
    data = yaml.safe_load(Path(__file__).with_name("article.yaml").read_text(encoding="utf-8"))
    known = {f.name for f in fields(Item)} - {"number"}
    found = {}
    for number, row in data.items():
        unknown = set(row) - known
        if unknown:
            raise ValueError(f"sim/vocabulary/article.yaml: {number} has no field {min(unknown)!r}")
        whole = _tuples(row)
        if "act" in whole:
            whole["act"] = Act(**_tuples(whole["act"]))
        found[number] = Item(number=number, **whole)
    if tuple(found) != NUMBERS:
        raise ValueError(f"article.yaml must hold {NUMBERS[0]} to {NUMBERS[-1]}, each once and in this order")
    return found


def _tuples(row: Mapping[str, Any]) -> dict[str, Any]:
    return {str(k): tuple(v) if isinstance(v, list) else v for k, v in row.items()}
