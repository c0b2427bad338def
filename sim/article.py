"""The source article item by item (A01-A92): where each item lives, what it changes, what shows it, what proves it.

The rows stand in `article.yaml`; the page docs/mechanisms.md is made from them. A row is checked against the program:
a file, a key, a column, an indicator or a test that it names and that does not exist is an error.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

from sim.scenario.places import PACKAGE

NUMBERS = tuple(f"A{n:02d}" for n in range(1, 93))
# what a policy may change; `outcome` and `label` mark the few items that are no rule but an aim or a name
CHANGES = ("seats", "rights", "hours", "money", "information", "cost", "calendar", "outcome", "label")
LABELS = ("A03", "A04", "A05", "A06", "A20", "A29", "A36", "A44", "A61", "A62")
STATES = ("done", "partial", "missing")
SECTIONS = {
    "A01": "Setting",
    "A07": "Structures and bodies",
    "A20": "Flattening (扁平化)",
    "A30": "Channels and meetings in use (治理方式)",
    "A44": "The four challenges",
    "A61": "The five recommended mechanisms",
}


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

    @property
    def label(self) -> bool:
        """An aim or a name: nothing of its own can be switched."""
        return self.number in LABELS


@functools.lru_cache(maxsize=1)
def items() -> dict[str, Item]:
    """All rows by number. Raises ValueError for a row that does not hold together in itself."""
    data = yaml.safe_load((PACKAGE / "article.yaml").read_text(encoding="utf-8"))
    known = {f.name for f in fields(Item)} - {"number"}
    found = {}
    for number, row in data.items():
        unknown = set(row) - known
        if unknown:
            raise ValueError(f"sim/article.yaml: {number} has no field {min(unknown)!r}")
        whole = _tuples(row)
        if "act" in whole:
            whole["act"] = Act(**_tuples(whole["act"]))
        found[number] = Item(number=number, **whole)
    if tuple(found) != NUMBERS:
        raise ValueError(f"sim/article.yaml must hold {NUMBERS[0]} to {NUMBERS[-1]}, each once and in this order")
    return found


def _tuples(row: Mapping[str, Any]) -> dict[str, Any]:
    return {str(k): tuple(v) if isinstance(v, list) else v for k, v in row.items()}


def known_keys() -> set[str]:
    """Every setting that a row may name: options of the groups, dotted keys of a scenario, numbers of mechanisms."""
    from sim.scenario.catalogue import GROUPS, Catalogue
    from sim.scenario.check import leaves
    from sim.scenario.parameters import registry
    from sim.scenario.schema import Scenario

    catalogue = Catalogue()
    found = {f"{group}={name}" for group in GROUPS for name in catalogue.options(group)}
    found |= {key for key in leaves(Scenario) if not key.startswith("base.")}
    found |= {f"parameters.{module}.{name}" for module, own in registry().items() for name in own}
    found |= {f"parameters.{module}.*" for module in registry()}
    found |= {f"items={path.stem}" for path in (catalogue.built_in / "items").glob("*.csv")}
    return found


def check(item: Item, tests: Collection[str] | None = None) -> list[str]:
    """What is wrong with a row, in sentences; `tests` are the ids that pytest collects, None leaves them unchecked."""
    from sim.community.columns import COLUMNS
    from sim.observe.indicators import INDICATORS

    wrong = []
    root = PACKAGE.parent
    own = known_keys()
    wrong += [f"there is no file {path}" for path in item.files if not (root / path).is_file()]
    wrong += [f"there is no key {key}" for key in (*item.keys, *item.numbers) if key not in own]
    wrong += [f"there is no column {name}" for name in item.columns if name not in COLUMNS]
    wrong += [f"there is no indicator {name}" for name in item.indicators if name not in INDICATORS]
    wrong += [f"{name} is not one of {', '.join(CHANGES)}" for name in item.changes if name not in CHANGES]
    if tests is not None:
        wrong += [f"pytest collects no {test}" for test in item.tests if test not in tests]
    if item.act:
        wrong += [f"there is no column {name}" for name in item.act.moves if name not in COLUMNS]
    if item.state not in STATES:
        wrong.append(f"state is {item.state}; it can be {', '.join(STATES)}")
    if (item.state == "done") == bool(item.lacks):
        wrong.append("a row that is not done, and no other, says in `lacks` what it lacks")
    if not item.changes or not item.how:
        wrong.append("it does not say what it changes")
    if item.state == "done" and not item.label:
        wrong += [f"it names no {what}" for what in ("files", "keys", "indicators") if not getattr(item, what)]
        if not item.tests and not item.act:
            wrong.append("no test proves that it does something")
    return [f"{item.number}: {text}" for text in wrong]


def acts() -> dict[str, Act]:
    """The items that can be switched on and off in a small town."""
    return {number: item.act for number, item in items().items() if item.act}


# --- the page


def _file(path: str) -> str:
    return f"[`{Path(path).stem}`](../{path})"


def _where(item: Item) -> str:
    parts = [", ".join(map(_file, item.files)), ", ".join(f"`{key}`" for key in item.keys)]
    return "<br>".join(part for part in parts if part) or "—"


def _tests(item: Item) -> str:
    found = [f"[`{test.split('::')[-1]}`](../{test.split('::')[0]})" for test in item.tests]
    if item.act:
        found.append(f"[`test_it_acts[{item.number}]`](../tests/docs/test_article.py)")
    return ", ".join(found) or "—"


def _numbers(item: Item) -> str:
    sourced, assumed = [], []
    for key, source in item.numbers.items():
        source = source or _source(key)
        bare = key.removeprefix("parameters.")
        if source.startswith("assumption"):
            assumed.append(f"`{bare}`")
        else:
            sourced.append(f"`{bare}` ({source})")
    lines = [f"{word}: {', '.join(names)}" for word, names in (("sourced", sourced), ("assumed", assumed)) if names]
    return "<br>".join(lines) or "—"


def _source(key: str) -> str:
    """Where the number behind a parameter comes from, as the parameter says."""
    from sim.scenario.parameters import registry

    _, module, name = key.split(".")
    if name == "*":
        return "assumption"
    param = registry()[module][name]
    return "assumption" if param.assumed else param.source


def _changes(item: Item) -> str:
    return f"**{', '.join(item.changes)}**: {item.how}"


def _name(item: Item) -> str:
    mark = "" if item.state == "done" else f"<br>*{item.state}*"
    return f"**{item.number}** {item.zh}<br>{item.en}{mark}"


HEAD = """# The article, item by item

Generated by `python -m sim.docs` from `sim/article.yaml`; a test keeps it current and checks every file, key,
indicator and test that it names. Simulated, does not assess any real community (模拟结果，不评价任何真实社区).

One row for each item of the source article. *Changes* says which of seats, rights, hours, money, information, cost or
the calendar the item moves: nothing else is written, and what follows from it is simulated. *Seen in* names the
indicators that can show it ([indicators.md](indicators.md)). *Proved by* names the tests; `test_it_acts` runs two small
towns that differ in that one setting and asks that what the item is about differs after a year. *Numbers* tells which
of the numbers behind it have a source and which are assumptions. The equations stand in
[odd.md](odd.md).
"""


def page() -> str:
    """The generated page docs/mechanisms.md."""
    from sim.docs import table

    rows = items()
    done = sum(item.state == "done" for item in rows.values())
    lines = [HEAD]
    open_ = [item for item in rows.values() if item.state != "done"]
    told = f"Of {len(rows)} items {done} are done and {len(open_)} are not" if open_ else "All items are done"
    lines.append(f"{told}{':' if open_ else '.'}\n")
    lines += [f"- **{item.number}** {item.zh}, {item.en} ({item.state}): {item.lacks}" for item in open_]
    part: list[tuple[str, ...]] = []
    head = ("item", "where", "changes", "seen in", "proved by", "numbers")
    for number, item in rows.items():
        if number in SECTIONS:
            lines += table(head, part) if part else []
            part = []
            lines += ["", f"## {SECTIONS[number]}", ""]
        seen = ", ".join(f"`{name}`" for name in item.indicators) or "—"
        part.append((_name(item), _where(item), _changes(item), seen, _tests(item), _numbers(item)))
    lines += table(head, part)
    return "\n".join(lines) + "\n"
