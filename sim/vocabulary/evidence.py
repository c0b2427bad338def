"""The evidence table: published figures, each under an id (E..), that numbers of the model cite as their source."""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType


@dataclass(frozen=True)
class Evidence:
    """One published figure.

    `sure`: A official or primary text, B peer-reviewed or main press, C secondary or one-off, D derived by arithmetic.
    """

    id: str
    topic: str
    value: str
    unit: str
    place: str
    year: str
    source: str
    sure: str
    note: str


@functools.lru_cache(maxsize=1)
def table() -> Mapping[str, Evidence]:
    """All figures by id, in the order of the table."""
    with (Path(__file__).parent / "evidence.csv").open(encoding="utf-8", newline="") as lines:
        return MappingProxyType({row["id"]: Evidence(**row) for row in csv.DictReader(lines)})


def evidence(id: str) -> Evidence:
    """The figure with this id; raises KeyError with one clear sentence when there is none."""
    try:
        return table()[id]
    except KeyError:
        raise KeyError(f"no figure {id!r} in evidence.csv; ids run from {min(table())} to {max(table())}") from None
