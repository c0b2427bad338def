"""Rules by name: what a scenario may name exists, decides otherwise than usual, and holds in every arm."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from sim.model.bodies.alternatives import ALTERNATIVES, MODULES, SEATS, alternative
from sim.model.bodies.seats import MODULES as MODULE_OF_BODY
from sim.model.bodies.seats import default_rule, parse
from sim.model.simulation import simulate, simulate_arms
from sim.scenario.schema import USUAL, Rules
from tests.runs import small

PAIRS = [(body, name) for body, named in ALTERNATIVES.items() for name in named]
BASE = small()


def test_what_a_scenario_may_name_is_what_there_is():
    stated = {name: get_args(field.annotation) for name, field in Rules.model_fields.items()}
    assert stated == {body: (USUAL, *named) for body, named in ALTERNATIVES.items()}
    for body, seats in SEATS.items():
        assert {MODULE_OF_BODY[parse(seat)[0]] for seat in seats} == {body}


@pytest.mark.parametrize(("body", "name"), PAIRS)
def test_another_rule_decides_otherwise(body, name):
    seat, module = SEATS[body][0], MODULES[body]
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
