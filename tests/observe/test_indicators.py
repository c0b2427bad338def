"""Contract of every indicator: found through the registry, so that a new one is covered without a word here."""

import math
import subprocess
import sys

import numpy as np
import pytest
from synthetic import random_state, recorded

from sim.observe.indicators import INDICATORS, compute, indicator_of, names
from sim.observe.run import Run
from sim.vocabulary.columns import COLUMNS

# columns that every window reads: which communities, which cases, how many people
BASE = {"rows.used", "community.full", "community.residents", "community.adults", "case.felt", "case.community"}


@pytest.fixture(scope="module")
def finished():
    state = random_state(3)
    state["body.alive"] = 1  # every type is there, so each indicator finds what it reads
    return recorded(state)[1]


@pytest.mark.parametrize("item", INDICATORS.values(), ids=lambda i: i.name)
def test_it_says_what_it_is(item):
    assert item.name.isidentifier() and item.name.islower()
    assert item.unit and item.source and item.group
    assert item.low < item.high and item.better in (-1, 0, 1)
    for text in (item.label, item.definition):
        assert set(text) == {"zh", "en"} and all(text.values())
        assert any("\u4e00" <= letter <= "\u9fff" for letter in text["zh"])
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in text["en"])
    assert "{" not in item.label["zh"] + item.label["en"] + item.definition["zh"] + item.definition["en"]
    assert set(item.reads) <= set(COLUMNS)


def test_labels_differ():
    for language in ("zh", "en"):
        labels = [item.label[language] for item in INDICATORS.values()]
        assert len(labels) == len(set(labels))


@pytest.mark.parametrize("seed", range(4))
def test_values_lie_in_range(seed):
    state = random_state(seed)
    _, run = recorded(state)
    before = {name: values.copy() for name, values in state.columns.items()}
    found = compute(run)
    assert list(found) == names()
    for name, value in found.items():
        item = indicator_of(name)
        assert math.isnan(value) or item.low - 1e-12 <= value <= item.high + 1e-12, (name, value)
    for name, values in before.items():
        assert np.array_equal(values, state[name]), f"{name} was changed by an indicator"
    assert sum(not math.isnan(v) for v in found.values()) > 0.8 * len(found)


def test_same_run_same_numbers(finished):
    first, second = compute(finished), compute(finished.over(*finished.window))
    assert all(
        a == b or (math.isnan(a) and math.isnan(b)) for a, b in zip(first.values(), second.values(), strict=True)
    )


def test_nothing_to_measure_gives_nothing():
    state = random_state(1)
    state["rows.used"] = [0, 0, 0, 0]
    found = compute(recorded(state)[1])
    for name in (
        "welfare",
        "share_spoken",
        "time_restricted_mean",
        "closed_share",
        "handovers_per_case",
        "gini_buildings",
    ):
        assert math.isnan(found[name])


class Watched:
    """A state that writes down which columns are read."""

    def __init__(self, state):
        self.state, self.seen = state, set()

    def __getitem__(self, name):
        self.seen.add(name)
        return self.state[name]

    def used(self, table):
        self.seen.add("rows.used")
        return self.state.used(table)


def columns_read(run: Run, item) -> set[str]:
    """Columns that the indicator reads of a finished run, without those that every window reads."""
    watched = Watched(run.state)
    with np.errstate(all="ignore"):
        item.function(Run(watched, run.series, run.marks, run.scenario, run.window))  # type: ignore[arg-type]
    return watched.seen - BASE


@pytest.mark.parametrize("item", INDICATORS.values(), ids=lambda i: i.name)
def test_it_declares_what_it_reads(item, finished):
    assert columns_read(finished, item) == set(item.reads)


def test_variants_only_of_primary_indicators(finished):
    found = compute(finished)
    for name, item in INDICATORS.items():
        assert (f"{name}_transition" in found) == item.primary
        assert (f"{name}_steady" in found) == item.primary
    with pytest.raises(KeyError):
        indicator_of("worst_decile_steady")


def test_registry_needs_no_heavy_library():
    code = (
        "import sys, sim.observe.indicators; "
        "print([m for m in ('numba', 'mesa', 'matplotlib', 'pandas', 'scipy') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
