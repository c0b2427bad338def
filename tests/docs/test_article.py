"""Each item of the article is where its row says, and does something there."""

from __future__ import annotations

import functools
import re
import subprocess
import sys
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scripts.docs.article import page
from sim.engine.state import State
from sim.scenario import Scenario
from sim.vocabulary.article import NUMBERS, Act, Item, items
from tests.runs import changed, from_the_start, load, run

ROOT = Path(__file__).resolve().parents[2]
LABELS = ("A03", "A04", "A05", "A06", "A20", "A29", "A36", "A44", "A61", "A62")  # an aim or a name, nothing to switch
# what a policy may change; `outcome` and `label` mark the few items that are no rule but an aim or a name
CHANGES = ("seats", "rights", "hours", "money", "information", "cost", "calendar", "outcome", "label")
STATES = ("done", "partial", "missing")
ACTS = {number: item.act for number, item in items().items() if item.act}
TOWN = ("community.residents=600", "community.problems_per_1000=60", "parameters.items.scale=2.5", "warmup_years=0")


@functools.cache
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


def wrong_in(item: Item, tests: Collection[str]) -> list[str]:
    """What is wrong with a row, in sentences; `tests` are the ids that pytest collects."""
    from sim.observe.indicators import INDICATORS
    from sim.vocabulary.columns import COLUMNS

    own = known_keys()
    wrong = [f"there is no file {path}" for path in item.files if not (ROOT / path).is_file()]
    wrong += [f"there is no key {key}" for key in (*item.keys, *item.numbers) if key not in own]
    wrong += [f"there is no column {name}" for name in item.columns if name not in COLUMNS]
    wrong += [f"there is no indicator {name}" for name in item.indicators if name not in INDICATORS]
    wrong += [f"{name} is not one of {', '.join(CHANGES)}" for name in item.changes if name not in CHANGES]
    wrong += [f"pytest collects no {test}" for test in item.tests if test not in tests]
    if item.act:
        wrong += [f"there is no column {name}" for name in item.act.moves if name not in COLUMNS]
    if item.state not in STATES:
        wrong.append(f"state is {item.state}; it can be {', '.join(STATES)}")
    if (item.state == "done") == bool(item.lacks):
        wrong.append("a row that is not done, and no other, says in `lacks` what it lacks")
    if not item.changes or not item.how:
        wrong.append("it does not say what it changes")
    if item.state == "done" and item.number not in LABELS:
        wrong += [f"it names no {what}" for what in ("files", "keys", "indicators") if not getattr(item, what)]
        if not item.tests and not item.act:
            wrong.append("no test proves that it does something")
    return wrong


@pytest.fixture(scope="session")
def collected() -> set[str]:
    """Ids of all tests without their parameters, as pytest collects them."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "tests"]
    out = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False).stdout
    found = {line.split("[", 1)[0] for line in out.splitlines() if "::" in line}
    assert len(found) > 100, out[-2000:]
    return found


def test_every_number_has_a_row():
    assert tuple(items()) == NUMBERS
    assert set(LABELS) <= set(NUMBERS)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_shows_every_item_once(lang):
    assert re.findall(r"^\| (?:\*\*)?(A\d\d)\b", page(lang), re.MULTILINE) == list(NUMBERS)


@pytest.mark.parametrize("number", NUMBERS)
def test_what_a_row_names_exists(number, collected):
    assert wrong_in(items()[number], collected) == []


def test_a_row_that_names_what_is_not_there_is_noticed():
    item = items()["A12"]
    wrong = {
        "files": ("sim/nowhere.py",), "keys": ("structure.nothing",), "columns": ("resident.luck",),
        "indicators": ("happiness",), "tests": ("tests/means/test_posts.py::test_nothing",),
    }  # fmt: skip
    for field, value in wrong.items():
        assert len(wrong_in(replace(item, **{field: value}), set(item.tests))) == 1, field


def town(act: Act, settings: Mapping[str, Any]) -> Scenario:
    """A small town whose staff has as much to do as that of a large one, from its first week under these settings."""
    groups = [f"{k}={v}" for k, v in settings.items() if k in ("structure", "package") or "/" in k]
    own = {k: v for k, v in settings.items() if f"{k}={v}" not in groups}
    scenario = load(*TOWN, f"years={act.years}", *act.under, *groups)
    return from_the_start(changed(scenario, own))


def differs(a: State, b: State, name: str) -> bool:
    """Whether the used rows of a column are not equal bit for bit."""
    table = name.split(".", 1)[0]
    x, y = a[name][: a.used(table)], b[name][: b.used(table)]
    return x.shape != y.shape or x.tobytes() != y.tobytes()


@pytest.mark.parametrize("number", ACTS)
def test_it_acts(number):
    act = ACTS[number]
    one, other = (run(town(act, settings)).store for settings in (act.one, act.other))
    still = [name for name in act.moves if not differs(one, other, name)]
    assert not still, f"{number}: {', '.join(still)} did not move"


def test_a_town_with_equal_settings_moves_nothing():
    act = ACTS["A12"]
    one, other = (run(town(act, act.one)).store for _ in range(2))
    assert not [name for name in one.columns if differs(one, other, name)]


def test_numbers_in_sources_are_items_of_the_article():
    cited = {n for path in (ROOT / "sim").rglob("*.py") for n in re.findall(r"\bA\d\d\b", path.read_text("utf-8"))}
    assert cited <= set(NUMBERS)
