"""Contract of every type of body: a typed observation, a typed decision with ranges, a rule that keeps to them."""

from __future__ import annotations

import inspect
from dataclasses import MISSING, fields, is_dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine.effects import NUMBERS, effects
from sim.model.bodies.base import Decided, DecisionError, Observed
from sim.model.bodies.seats import MODULES, module_of, numbers_of
from sim.model.plan import load_all
from sim.vocabulary.codes import Body
from sim.vocabulary.columns import AXES
from tests.calls import replaced

KINDS = sorted({MODULES[b]: b for b in Body}.values())


@pytest.mark.parametrize("kind", Body, ids=lambda b: b.name.lower())
def test_it_has_a_seat(kind):
    module = module_of(kind)
    assert is_dataclass(module.Observation) and issubclass(module.Observation, Observed)
    assert is_dataclass(module.Decision) and issubclass(module.Decision, Decided)
    assert len(fields(module.Observation)) <= AXES["obs"]
    assert 0 < len(fields(module.Decision)) <= AXES["dec"]
    registry = load_all()
    assert f"{MODULES[kind]}.perceive" in registry and f"{MODULES[kind]}.decide" in registry
    for made in (module.Observation, module.Decision):
        assert made.__doc__ and made.__doc__[0].isupper()
        for f in fields(made):
            assert f.type in ("float", float)
            assert f.metadata["unit"] and f.metadata["meaning"], f.name
    for f in fields(module.Decision):
        assert f.metadata["low"] < f.metadata["high"], f.name


@pytest.mark.parametrize("kind", Body, ids=lambda b: b.name.lower())
def test_its_rule_takes_declared_numbers(kind):
    module = module_of(kind)
    assert list(inspect.signature(module.rule.py_func).parameters) == ["obs", "dec", NUMBERS]
    assert set(effects(module.rule).numbers) <= set(module.PARAMS)
    assert module.rule.py_func.__doc__


@pytest.mark.parametrize("kind", KINDS, ids=lambda b: b.name.lower())
@given(data=st.data())
@settings(max_examples=60, derandomize=True, deadline=None, database=None)
def test_its_rule_keeps_to_the_ranges_whatever_it_sees(kind, data):
    module = module_of(kind)
    drawn = {}
    for name, param in module.decide.params.items():
        drawn[name] = data.draw(st.sampled_from((param.low, param.value, param.high)), label=name)
    size = len(fields(module.Observation))
    value = st.one_of(st.sampled_from((0.0, 1.0, 999.0)), st.floats(0.0, 1.0), st.floats(0.0, 1e4))
    obs, dec = np.zeros(AXES["obs"]), np.zeros(AXES["dec"])
    for place, f in enumerate(fields(module.Observation)):
        unit = f.metadata["unit"]
        seen = st.floats(0.0, 1.0) if unit == "share" else st.booleans() if unit == "flag" else value
        obs[place] = data.draw(seen, label=f.name)
    before = obs.copy()
    module.rule(obs, dec, replaced(numbers_of(module, {}), **drawn))
    assert np.array_equal(obs, before), "a rule does not change what it sees"
    assert size <= len(obs)
    module.Decision(*dec[: len(fields(module.Decision))].tolist())
    assert (dec[len(fields(module.Decision)) :] == 0).all()


@pytest.mark.parametrize("kind", KINDS, ids=lambda b: b.name.lower())
def test_a_decision_out_of_range_is_refused(kind):
    made = module_of(kind).Decision
    names = [f.name for f in fields(made)]
    low = {f.name: f.metadata["low"] for f in fields(made)}
    for f in fields(made):
        for wrong in (f.metadata["low"] - 1.0, f.metadata["high"] + 1.0, float("nan"), True, "much"):
            with pytest.raises(DecisionError, match=f.name):
                made(**{**low, f.name: wrong})
        assert f.default is MISSING or f.metadata["low"] <= f.default <= f.metadata["high"]
    assert made(**low).vector() == [low[n] for n in names]
