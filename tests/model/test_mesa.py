"""It is a Mesa model that a user of Mesa recognises: step, agents, types, values, data collection."""

from __future__ import annotations

import gc
import weakref

import mesa
import numpy as np
import pandas as pd
import pytest

from sim.model.bodies.agents import CLASSES, ColumnValue, Resident
from sim.model.bodies.seats import module_of
from sim.model.simulation import Model, simulate
from sim.vocabulary.codes import Body
from sim.vocabulary.columns import COLUMNS
from tests.runs import changed, small


@pytest.fixture(scope="module")
def model():
    made = Model(small("package=proposed_boards", "community.problems_per_1000=60", residents=400))
    for _ in range(9):
        made.step()
    return made


def test_it_steps_by_the_week(model):
    assert isinstance(model, mesa.Model)
    assert model.tick == model.steps == 9
    assert model.running
    done = Model(small(residents=200)).run_until(52)
    assert not done.running and done.tick == done.last_week == 52


def test_run_until_does_what_steps_do():
    a, b = Model(small(residents=300)), Model(small(residents=300))
    told = []
    a.run_until(20, lambda week, last: told.append((week, last)))
    for _ in range(20):
        b.step()
    assert told == [(w, 20) for w in range(1, 21)]
    assert all(a.store[n].tobytes() == b.store[n].tobytes() for n in a.store.columns)


def test_a_run_may_go_on_beyond_its_end():
    model = Model(small(residents=200)).run_until(60)
    assert model.tick == 60
    assert model.recorder.series(model.store)["open_cases"].shape == (60,)


def test_agents_are_residents_and_bodies(model):
    store = model.store
    assert len(model.agents) == store.rows["resident"] + store.rows["body"]
    assert len(model.agents_by_type[Resident]) == 400
    for kind, made in CLASSES.items():
        rows = np.flatnonzero(store["body.type"] == kind)
        found = model.agents_by_type[made] if len(rows) else ()
        assert sorted(a.row for a in found) == rows.tolist()
    assert set(model.agent_types) <= {Resident, *CLASSES.values()}
    assert len({a.unique_id for a in model.agents}) == len(model.agents)
    assert all(isinstance(a, mesa.Agent) for a in model.agents)


def test_values_of_an_agent_are_those_of_its_column(model):
    resident = model.agents_by_type[Resident][17]
    for name, column in COLUMNS.items():
        if column.table == "resident":
            value = getattr(resident, name.split(".")[1])
            assert np.array_equal(value, model.store[name][resident.row])
            assert column.axes or not isinstance(value, np.generic), "a plain number"
    firm = model.agents_by_type[CLASSES[Body.FIRM]][0]
    assert firm.alive == model.store["body.alive"][firm.row]
    assert firm.hours.shape == model.store["body.hours"].shape[1:]
    assert "trust in the bodies" in (Resident.trust.__doc__ or "")
    assert isinstance(Resident.trust, ColumnValue)


def test_setting_a_value_writes_the_column():
    model = Model(small(residents=200))
    resident = model.agents_by_type[Resident][3]
    resident.trust = 0.125
    assert model.store["resident.trust"][resident.row] == 0.125
    committee = model.agents_by_type[CLASSES[Body.COMMITTEE]][0]
    committee.relation = 0.75
    assert (model.store["body.relation"][committee.row] == 0.75).all()
    with pytest.raises((AttributeError, TypeError)):
        resident.no_such_value.real  # noqa: B018


def test_what_is_set_is_what_the_model_goes_on_with():
    base = small("community.problems_per_1000=60", residents=400)
    plain, changed_ = Model(base), Model(base)
    changed_.agents_by_type[Resident].set("efficacy", 0.0)
    plain.run_until(26), changed_.run_until(26)
    assert changed_.store["resident.spoke"].sum() < plain.store["resident.spoke"].sum()


def test_the_sets_of_mesa_work(model):
    old = model.agents_by_type[Resident].select(lambda r: r.age >= 60)
    assert len(old) == (model.store["resident.age"] >= 60).sum()
    assert np.isclose(model.agents_by_type[Resident].agg("trust", np.mean), model.store["resident.trust"].mean())
    assert len(model.agents_by_type[Resident].get("stake")) == 400
    by_estate = model.agents_by_type[Resident].groupby("estate")
    assert sum(len(g) for _, g in by_estate) == 400


def test_bodies_know_and_have_decided_something(model):
    for kind, made in CLASSES.items():
        for agent in model.agents_by_type[made] if made in model.agent_types else ():
            module = module_of(kind)
            assert isinstance(agent.observation, module.Observation)
            assert isinstance(agent.decision, module.Decision)
            assert agent.__class__.__doc__


def test_data_are_collected_every_week(model):
    frame = model.datacollector.get_model_vars_dataframe()
    assert isinstance(frame, pd.DataFrame)
    assert len(frame) == model.tick
    assert list(frame.columns) == ["open_cases", "unsolved_cases", "item_hours", "trust", "standing"]
    series = model.recorder.series(model.store)
    for name in ("open_cases", "unsolved_cases", "item_hours"):
        assert np.array_equal(frame[name], series[name])
    assert frame["trust"].between(0, 1).all()


def test_agents_are_only_made_when_asked_for():
    model = Model(small(residents=300))
    model.run_until(3)
    assert model._people is None
    assert len(model.agents) > 300
    assert model._people is not None


def test_a_model_that_is_not_needed_any_more_is_let_go():
    dead = []
    for replicate in range(3):
        model = Model(small(residents=200).at(replicate=replicate))
        assert len(model.agents) > 200
        model.run_until(3)
        dead.append(weakref.ref(model))
        result = model.result()
        del model, result
    gc.collect()
    assert [r() for r in dead] == [None, None, None]
    kept = getattr(mesa.Agent, "_ids", {})
    assert not any(isinstance(m, Model) for m in kept)


def test_results_say_what_they_are_about():
    scenario = small("package=proposed", residents=300, years=2, warmup=1)
    result = simulate(scenario)
    assert result.scenario == scenario
    assert {"public_hours", "public_money", "social_cost"} <= set(result.budgets)
    assert result.first_week == -52
    assert all(len(v) == 156 for v in result.series.values())
    assert result.model.tick == 156


def test_a_fork_under_another_beginning_is_refused():
    model = Model(small(residents=200)).run_until(2)
    for other in ({"seed": 5}, {"community.residents": 201}, {"span": 9}, {"community.problems_per_1000": 5.0}):
        with pytest.raises(ValueError, match="fork|share"):
            model.fork(changed(model.settings, other))


def test_a_fork_that_could_not_heed_its_numbers_is_refused():
    """Numbers that were written into the state at the start cannot change on the way without anybody noticing."""
    model = Model(small(residents=200)).run_until(2)
    for key in ("parameters.kinds.repair_hours", "parameters.population.staff_hours"):
        with pytest.raises(ValueError, match="fork|share"):
            model.fork(changed(model.settings, {key: 8.0 if "repair" in key else 36.0}))
