"""A subdistrict whose communities are of several archetypes."""

import numpy as np
import pytest

import sim
from sim.engine.randomness import model_key
from sim.model.people import population
from sim.model.simulation import Model
from sim.scenario import ScenarioError

SMALL = ["community.residents=400", "span=4"]


def built(*more: str):
    scenario = sim.load([*SMALL, *more])
    return population.build(scenario, model_key(0, 0))


def test_each_community_is_as_it_would_be_alone_of_its_kind():
    """Being beside others of another archetype changes nobody: the same place holds the same people."""
    mixed = built("communities=3", "mix=[commercial,old_danwei,village_turned]")
    for place, name in enumerate(("commercial", "old_danwei", "village_turned")):
        alike = built("communities=3", f"community={name}")
        here, there = (s["resident.community"] == place for s in (mixed, alike))
        for column in ("uid", "age", "owner", "stake", "trust", "party", "migrant", "temper"):
            np.testing.assert_array_equal(mixed[f"resident.{column}"][here], alike[f"resident.{column}"][there])
        degrees = [np.diff(s["link.start"].astype(int)) for s in (mixed, alike)]
        np.testing.assert_array_equal(degrees[0][here], degrees[1][there])


def test_neighbours_are_of_the_named_archetype():
    words = [*SMALL, "communities=2", "community=affluent_mature", "warmup_years=0"]
    mixed = Model(sim.load([*words, "mix=[old_danwei,old_danwei]"])).store["community.problem_rate"]
    alike = Model(sim.load(words)).store["community.problem_rate"]
    assert (mixed[2:] == alike[2:]).all() and (mixed[:2] != alike[:2]).all()


def test_a_mix_runs_and_an_event_reaches_each_of_its_communities():
    event = "shock.events=[{week: 3, key: community.report_chance, times: 0.5}]"
    scenario = sim.load(
        [*SMALL, "communities=2", "mix=[commercial,old_danwei]", "years=1", "warmup_years=0", "shock=custom", event]
    )
    model = Model(scenario)
    before = model.store["community.reporting"].copy()
    model.run_until(5)
    np.testing.assert_allclose(model.store["community.reporting"], 0.5 * before)
    assert before[0] != before[1]


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("mix=[commercial]", "mix names 1 archetypes but communities is 2"),
        ("mix=[commercial,nope]", "no community called 'nope'"),
        ("mix=commercial", "write a list"),
    ],
)
def test_a_mix_that_does_not_fit_is_refused(word, says):
    with pytest.raises(ScenarioError, match=says):
        sim.load(["communities=2", word])
