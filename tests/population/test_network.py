"""Ties: symmetric, without doubles or loops, as many and as alike as the archetype says, mostly near home."""

import numpy as np
import pytest

from sim.engine.state import State
from sim.model.people.population import build

from .conftest import ARCHETYPES, make


def pairs(state: State) -> tuple[np.ndarray, np.ndarray]:
    start = state["link.start"].astype(np.int64)
    return np.repeat(np.arange(len(start) - 1), np.diff(start)), state["tie.other"].astype(np.int64)


@pytest.mark.parametrize("archetype", ARCHETYPES)
def test_rows_are_symmetric_and_simple(archetype: str, key: np.uint64) -> None:
    state = build(make(archetype, communities=2, residents=2500), key)
    a, b = pairs(state)
    n = state.rows["resident"]
    assert state.rows["link"] == n + 1
    assert state["link.start"][-1] == state.rows["tie"] == len(b)
    assert np.array_equal(np.sort(a * n + b), np.sort(b * n + a))
    assert len(np.unique(a * n + b)) == len(a)
    assert (a != b).all()
    assert (state["resident.adult"][a] == 1).all()
    assert (state["resident.community"][a] == state["resident.community"][b]).all()
    assert (state["resident.household"][a] != state["resident.household"][b]).all()


@pytest.mark.parametrize("archetype", ["commercial", "old_danwei", "mixed_migrant"])
def test_mean_degree(archetype: str, key: np.uint64) -> None:
    state = build(make(archetype), key)
    degree = np.diff(state["link.start"].astype(np.int64))[state["resident.adult"] == 1]
    assert degree.mean() == pytest.approx(ARCHETYPES[archetype]["ties"], rel=0.03)
    assert degree.max() < 12 * degree.mean()


def test_villagers_have_more_ties_than_tenants(key: np.uint64) -> None:
    state = build(make("village_turned"), key)
    degree = np.diff(state["link.start"].astype(np.int64))
    adult = state["resident.adult"] == 1
    insider = state["household.insider"][state["resident.household"]] == 1
    assert degree[adult & insider].mean() == pytest.approx(12.0, rel=0.2)
    assert degree[adult & ~insider].mean() == pytest.approx(3.0, rel=0.35)


@pytest.mark.parametrize("archetype", ["commercial", "mixed_migrant", "village_turned"])
def test_share_of_ties_within_the_group(archetype: str, key: np.uint64) -> None:
    state = build(make(archetype), key)
    a, b = pairs(state)
    away = (state["resident.migrant"] == 1) | (state["resident.owner"] == 0)
    group = 2 * away + (state["resident.age"] >= 60)
    if archetype == "village_turned":
        group = state["household.insider"][state["resident.household"]]
    assert (group[a] == group[b]).mean() == pytest.approx(ARCHETYPES[archetype]["same_group_share"], abs=0.08)


def test_most_ties_are_near(key: np.uint64) -> None:
    state = build(make(), key)
    a, b = pairs(state)
    building, estate = state["resident.building"], state["resident.estate"]
    assert 0.35 < (building[a] == building[b]).mean() < 0.6
    assert (estate[a] == estate[b]).mean() > 0.7
