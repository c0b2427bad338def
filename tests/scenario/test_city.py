"""A city is a design whose points are subdistricts."""

from collections import Counter
from pathlib import Path

import pytest

import sim
from sim.scenario import Scenario, ScenarioError, cities
from sim.scenario.catalogue import Catalogue
from sim.scenario.comparison import merged
from sim.scenario.studies import load_study

TOWN = """
name: town
label: {zh: 小城, en: a town}
description: {zh: 小城。, en: A town.}
source: assumption
residents: 5100
community_residents: 250
communities_per_subdistrict: 6
mix: {commercial: 0.5, old_danwei: 0.3, village_turned: 0.2}
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "city").mkdir()
    (tmp_path / "city" / "town.yaml").write_text(TOWN, encoding="utf-8")
    return tmp_path


def test_the_shipped_city_has_the_people_of_the_census():
    city = cities.read("wuxi", Catalogue(), "here")
    every = [name for part in cities.subdistricts(city, 0) for name in part]
    assert 7_462_135 <= len(every) * city.size <= 7_462_135 * 1.001
    for name, share in city.mix.items():
        assert abs(Counter(every)[name] / len(every) - share) < 1.0 / len(every)


def test_which_communities_lie_together_is_drawn_and_their_number_is_not():
    city = cities.read("wuxi", Catalogue(), "here")
    one, other = (cities.subdistricts(city, seed) for seed in (1, 2))
    assert one != other and one == cities.subdistricts(city, 1)
    assert Counter(sum(one, ())) == Counter(sum(other, ()))


def test_no_two_subdistricts_hold_the_same_people(own: Path):
    study = load_study("city", ["design.city=town"], configs=own)
    assert study.sampled and len(study.points) == 4
    scenarios = [Scenario.from_dict(merged(study.arms[0].scenario.to_dict(), p.changes[0])) for p in study.points]
    assert len({s.seed for s in scenarios}) == 4
    assert [s.communities for s in scenarios] == [6, 6, 6, 2] == [len(s.places) for s in scenarios]
    assert {p.residents for s in scenarios for p in s.places} == {255}
    assert len(load_study("city", ["design.city=town", "design.size=2"], configs=own).points) == 2


def test_a_subdistrict_of_the_city_runs(own: Path):
    study = load_study("city", ["design.city=town", "years=1", "warmup_years=0"], configs=own)
    last = merged(study.arms[0].scenario.to_dict(), study.points[-1].changes[0])
    assert sim.simulate(Scenario.from_dict(last)).indicators["felt_problems"] > 0


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("old_danwei: 0.3", "old_danwei: 0.4", "add up to 1.1"),
        ("old_danwei", "old_town", "no community called 'old_town'"),
        ("residents: 5100", "residents: many", "residents"),
    ],
)
def test_a_city_that_does_not_fit_is_refused(own: Path, old: str, new: str, says: str):
    file = own / "city" / "town.yaml"
    file.write_text(TOWN.replace(old, new), encoding="utf-8")
    with pytest.raises(ScenarioError, match=says):
        load_study("city", ["design.city=town"], configs=own)
