"""Each item of the article is where its row says, and does something there."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sim import article
from sim.article import Act
from sim.community.state import State
from sim.scenario import Scenario
from tests.runs import changed, from_the_start, load, run

ROOT = Path(__file__).resolve().parents[2]
MOST_LABELS = 10  # items that are an aim or a name
TOWN = ("community.residents=600", "community.problems_per_1000=60", "parameters.items.scale=2.5", "warmup_years=0")


@pytest.fixture(scope="session")
def collected() -> set[str]:
    """Ids of all tests without their parameters, as pytest collects them."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "tests"]
    out = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False).stdout
    found = {line.split("[", 1)[0] for line in out.splitlines() if "::" in line}
    assert len(found) > 100, out[-2000:]
    return found


def test_every_number_has_a_row():
    assert tuple(article.items()) == article.NUMBERS
    assert len(article.LABELS) <= MOST_LABELS and set(article.LABELS) <= set(article.NUMBERS)


@pytest.mark.parametrize("number", article.NUMBERS)
def test_what_a_row_names_exists(number, collected):
    assert article.check(article.items()[number], collected) == []


def test_a_row_that_names_what_is_not_there_is_noticed():
    item = article.items()["A12"]
    wrong = {
        "files": ("sim/nowhere.py",), "keys": ("structure.nothing",), "columns": ("resident.luck",),
        "indicators": ("happiness",), "tests": ("tests/means/test_posts.py::test_nothing",),
    }  # fmt: skip
    for field, value in wrong.items():
        assert len(article.check(replace(item, **{field: value}), set(item.tests))) == 1, field


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


@pytest.mark.parametrize("number", article.acts())
def test_it_acts(number):
    act = article.acts()[number]
    one, other = (run(town(act, settings)).store for settings in (act.one, act.other))
    still = [name for name in act.moves if not differs(one, other, name)]
    assert not still, f"{number}: {', '.join(still)} did not move"


def test_a_town_with_equal_settings_moves_nothing():
    act = article.acts()["A12"]
    one, other = (run(town(act, act.one)).store for _ in range(2))
    assert not [name for name in one.columns if differs(one, other, name)]


def test_numbers_in_sources_are_items_of_the_article():
    cited = {n for path in (ROOT / "sim").rglob("*.py") for n in re.findall(r"\bA\d\d\b", path.read_text("utf-8"))}
    assert cited <= set(article.NUMBERS)
