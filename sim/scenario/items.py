"""The items from above: one CSV row each, checked when read."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.scenario.catalogue import Catalogue
from sim.vocabulary import codes
from sim.vocabulary.columns import COLUMNS
from sim.vocabulary.errors import ScenarioError, close

TAGS = tuple(t.name.lower() for t in codes.Tag)
FLAGS = ("inspected", "desk", "optional")
NUMBERS = {"rate": (0.0, 10_000.0), "hours": (0.0, 1_000.0), "deadline": (1.0, 260.0), "pay": (0.0, 1_000_000.0)}
HEADER = (
    "class",
    "class_zh",
    "class_en",
    "item_zh",
    "item_en",
    "rate",
    "hours",
    "deadline",
    *FLAGS[:1],
    "tag",
    *FLAGS[1:],
    "pay",
)


@dataclass(frozen=True)
class Item:
    """One kind of task that comes from above; `group` numbers its class in order of appearance."""

    group: int
    class_name: str
    class_zh: str
    class_en: str
    zh: str
    en: str
    rate: float
    hours: float
    deadline: float
    inspected: bool
    tag: str
    desk: bool
    optional: bool
    pay: float


def items_file(name: str, catalogue: Catalogue, where: str = "items") -> Path:
    """The CSV of a list of items in configs/items; raises ScenarioError when there is none of that name."""
    known = {p.stem: p for p in (catalogue.built_in / "items").glob("*.csv")}
    if name not in known:
        raise ScenarioError(f"{where}: there is no list of items called {name!r}; {close(name, known)}")
    return known[name]


def read_items(name: str = "article_2012") -> tuple[Item, ...]:
    """All items of a list. Raises ScenarioError naming file and line of a mistake."""
    catalogue = Catalogue()
    path = items_file(name, catalogue)
    reader = csv.DictReader(io.StringIO(catalogue.text(path).lstrip("\ufeff")))
    if tuple(reader.fieldnames or ()) != HEADER:
        raise ScenarioError(f"in {path}, line 1: the columns must be {','.join(HEADER)}")
    groups: dict[str, int] = {}
    found = []
    for row in reader:
        where = f"in {path}, line {reader.line_num}"
        group = groups.setdefault(row["class"], len(groups))
        found.append(_item(row, group, where))
    if not found:
        raise ScenarioError(f"in {path}: the list is empty; it must hold at least one item")
    return tuple(found)


def _item(row: dict[str, Any], group: int, where: str) -> Item:
    numbers = {}
    for key, (low, high) in NUMBERS.items():
        try:
            numbers[key] = float(row[key])
        except (TypeError, ValueError):
            raise ScenarioError(f"{where}: {key} is {row[key]!r}; it must be a number") from None
        if not low <= numbers[key] <= high:
            raise ScenarioError(f"{where}: {key} is {numbers[key]:g}; it must lie between {low:g} and {high:g}")
    for key in FLAGS:
        if row[key] not in ("0", "1"):
            raise ScenarioError(f"{where}: {key} is {row[key]!r}; it must be 0 or 1")
    if row["tag"] not in TAGS:
        raise ScenarioError(f"{where}: tag is {row['tag']!r}; it can be {', '.join(TAGS)}")
    return Item(
        group=group,
        class_name=row["class"],
        class_zh=row["class_zh"],
        class_en=row["class_en"],
        zh=row["item_zh"],
        en=row["item_en"],
        tag=row["tag"],
        inspected=row["inspected"] == "1",
        desk=row["desk"] == "1",
        optional=row["optional"] == "1",
        **numbers,
    )


def item_columns(items: tuple[Item, ...]) -> dict[str, NDArray[Any]]:
    """The items as the `item.*` columns."""
    tags = {name: code for code, name in enumerate(TAGS)}
    values = {
        f: [getattr(i, f) for i in items]
        for f in ("group", "rate", "hours", "deadline", "inspected", "desk", "optional", "pay")
    }
    values["tag"] = [tags[i.tag] for i in items]
    return {f"item.{f}": np.asarray(v, dtype=COLUMNS[f"item.{f}"].dtype) for f, v in values.items()}
