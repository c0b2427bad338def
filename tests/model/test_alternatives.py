"""Rules by name: what a scenario may name exists, decides otherwise than usual, and holds in every arm."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.bodies.alternatives import ALTERNATIVES, NAMED, SEATS, alternative, found
from sim.model.bodies.seats import MODULES, default_rule, module_of, parse
from sim.model.simulation import simulate, simulate_arms
from sim.scenario.schema import USUAL
from tests.runs import small

PAIRS = [(body, name) for body, named in ALTERNATIVES.items() for name in named]
BASE = small()


def test_what_a_scenario_may_name_is_what_there_is():
    assert {body: (USUAL, *named) for body, named in ALTERNATIVES.items()} == NAMED
    for body, seats in SEATS.items():
        assert {MODULES[parse(seat)[0]] for seat in seats} == {body}


def test_a_forgotten_function_or_name_is_said():
    def other(usual, seen, numbers):
        return usual

    assert found({"firm": (USUAL, "idle")}, {"_firm_idle": other}) == {"firm": {"idle": other}}
    with pytest.raises(TypeError, match="has no function _firm_idle, the rule 'idle' that Rules of sim"):
        found({"firm": (USUAL, "idle")}, {})
    with pytest.raises(TypeError, match="_firm_idle of sim/model/bodies/alternatives.py is no rule; Rules of sim"):
        found({"firm": (USUAL,)}, {"_firm_idle": other})
    with pytest.raises(TypeError, match="Rules of sim/scenario/schema.py has rules for 'frim'; did you mean 'firm'"):
        found({"frim": (USUAL,)}, {})


@pytest.mark.parametrize(("body", "name"), PAIRS)
def test_another_rule_decides_otherwise(body, name):
    seat = SEATS[body][0]
    module = module_of(parse(seat)[0])
    usual, other = default_rule(BASE, seat), alternative(BASE, body, name, seat)
    rng = np.random.default_rng(3)
    fields = len(module.Observation.__dataclass_fields__)
    seen = [module.Observation(*rng.uniform(0.0, 2.0, fields)) for _ in range(40)]
    assert any(usual(what) != other(what) for what in seen)


def test_a_rule_holds_in_the_warm_up_and_in_every_arm():
    plain, candid = BASE, small("rules.committee=candid")
    assert plain.warmup_hash != candid.warmup_hash
    forked = simulate_arms([candid, candid])[1].indicators
    alone = simulate(candid).indicators
    np.testing.assert_equal(forked, alone)
    before = simulate(plain).indicators
    assert any(before[k] != alone[k] for k in alone if alone[k] == alone[k])
