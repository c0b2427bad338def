"""No table is written beyond its end, whatever a week may bring: a kernel would not notice."""

from __future__ import annotations

import pytest

from sim.engine.state import GROWING
from sim.model.bodies import street_office
from sim.model.simulation import Model
from tests.runs import changed, from_the_start, small

MIX = dict.fromkeys(
    ("information", "certificate", "help", "environment", "neighbours", "owner_firm", "project", "grievance"), 0.0
)
MANY_ITEMS = {
    "parameters.items.scale": 2.5,
    "parameters.items.size_exponent": 1.0,
    "parameters.items.standard_residents": 1000.0,
    "parameters.office.more_for_able": 2.0,
    "parameters.office.weight_rate": 0.2,
    "parameters.office.neighbour_mean": 0.5,
    "policy.gate.funds_follow": True,
}
MANY_PROBLEMS = {
    "community.problems_per_1000": 200.0,
    "community.report_chance": 1.0,
    "community.kind_mix": {**MIX, "repair": 1.0},
    "parameters.problems.decay_floor": 1.0,
    "parameters.problems.decay_slope": 1.5,
    "parameters.population.decay_commercial": 0.8,
    "parameters.population.case_room": 0.0,
}


def campaign(seen: street_office.Observation) -> street_office.Decision:
    """As many items as the office may send, to those who deliver."""
    return street_office.Decision(delegate=1.0, campaign=1.0, inspect=0.0, favour=1.0, rename=1.0, cases=0.5, guide=0.0,
                                  bring=0.0)


@pytest.mark.parametrize(("residents", "communities"), [(200, 1), (5000, 3), (20_000, 1)])
def test_no_table_is_written_beyond_its_end(residents, communities):
    base = changed(small("package=proposed", residents=residents), communities=communities, span=max(2, communities))
    model = Model(from_the_start(changed(base, {**MANY_ITEMS, **MANY_PROBLEMS})), {"street_office": campaign})
    store, most = model.store, dict.fromkeys(GROWING, 0)
    for _ in range(16):
        before = {table: store.used(table) for table in GROWING}
        model.step()
        for table in GROWING:
            assert store.used(table) <= store.rows[table], table
            most[table] = max(most[table], store.used(table) - before[table])
    assert most["case"] > 0.05 * residents * communities
    assert most["task"] > 0
