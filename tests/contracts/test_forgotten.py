"""One step of a recipe of CONTRIBUTING.md forgotten at a time: each is named in a sentence before anything runs.

What a forgotten word says is in tests/words, a forgotten key of an option in tests/scenario/test_messages.py, a
forgotten function of a rule in tests/model/test_alternatives.py.
"""

from __future__ import annotations

import types
from dataclasses import replace

import numpy as np
import pytest

from sim.model.bodies import seats
from sim.model.bodies import stock as bodies
from sim.model.cases import kinds
from sim.model.plan import PLAN, Phase, check_plan, load_all
from sim.observe.members import BODIES, CHANNELS, KINDS
from sim.scenario.choices import KindMix
from sim.scenario.rules import STATED, Feed, feeds, settings
from sim.vocabulary.codes import Body, Department, Kind, complete
from sim.vocabulary.columns import COLUMNS

RULES = [name for name, column in COLUMNS.items() if column.role == "rule"]
ANYTHING = Feed(("policy.gate.gate",), bool)


def without(table, key):
    return {k: v for k, v in table.items() if k != key}


def test_what_follows_from_the_codes_needs_no_step():
    assert list(KindMix.model_fields) == list(KINDS) == [k.name.lower() for k in Kind]
    assert list(BODIES) == [b.name.lower() for b in Body]
    assert "none" not in CHANNELS


def test_an_entry_that_is_missing_is_named_with_its_table():
    assert complete(Department, dict.fromkeys(Department, 1), "here") == dict.fromkeys(Department, 1)
    with pytest.raises(TypeError, match=r"^here has no entry for Department\.ORDER; it must have one for every Depart"):
        complete(Department, without(dict.fromkeys(Department, 1), Department.ORDER), "here")


@pytest.mark.parametrize("table", ["_TABLE", "_DEPARTMENT"])
def test_a_kind_without_its_numbers_or_its_department(table, monkeypatch):
    monkeypatch.setattr(kinds, table, without(getattr(kinds, table), Kind.GRIEVANCE))
    with pytest.raises(TypeError, match=rf"^sim/model/cases/kinds.py: {table} has no entry for Kind.GRIEVANCE"):
        kinds._checked()


def test_a_kind_with_a_number_too_few(monkeypatch):
    row = kinds._TABLE[Kind.HELP]
    monkeypatch.setattr(kinds, "_TABLE", {**kinds._TABLE, Kind.HELP: row[:-1]})
    with pytest.raises(TypeError, match=r"kinds.py: Kind.HELP has 16 numbers in _TABLE, not 17: hours, need_firm"):
        kinds._checked()


def test_a_body_that_has_no_rows_at_the_start(monkeypatch):
    params = {"companies": 1, "organisations_rate": 8, "groups": 1}
    whole = bodies.roster([500], [1], [0], np.array([1]), np.array([1]), params)
    assert set(whole.type) == set(Body) - {Body.ORGANISATION}
    monkeypatch.setattr(bodies, "complete", lambda of, table, where: complete(of, without(table, Body.BOARD), where))
    with pytest.raises(TypeError, match=r"^sim/model/bodies/stock.py: roster has no entry for Body.BOARD"):
        bodies.roster([500], [1], [0], np.array([1]), np.array([1]), params)


def test_a_body_whose_file_or_a_part_of_it_is_not_there(monkeypatch):
    monkeypatch.setitem(seats.MODULES, Body.BOARD, "watch")
    with pytest.raises(TypeError, match=r"there is no file sim/model/bodies/watch.py, which MODULES of sim/model"):
        seats.check_module(Body.BOARD)
    for part in seats.PARTS:
        module = types.SimpleNamespace(**without(vars(seats.module_of(Body.COUNCIL)), part))
        monkeypatch.setattr(seats, "module_of", lambda kind, module=module: module)
        with pytest.raises(TypeError, match=rf"sim/model/bodies/council.py has no {part}; a body has Observation"):
            seats.check_module(Body.COUNCIL)
        monkeypatch.undo()


def test_a_mechanism_that_stands_in_no_phase_or_in_two_and_one_that_is_not_there():
    load_all()
    check_plan(PLAN)
    heat = next(phase for phase in PLAN if phase.mechanisms == ("heat",))
    with pytest.raises(TypeError, match=r"^sim/model/plan.py: 'heat' stands in 0 phases of PLAN; a mechanism"):
        check_plan([phase for phase in PLAN if phase is not heat])
    with pytest.raises(TypeError, match=r"^sim/model/plan.py: 'heat' stands in 2 phases of PLAN"):
        check_plan([*PLAN, replace(heat, title="again")])
    with pytest.raises(TypeError, match=r"there is no mechanism 'heet'; did you mean 'heat'"):
        check_plan([*PLAN, Phase("anger", ("heet",))])


@pytest.mark.parametrize(("stated", "columns", "keys", "words"), [
    (STATED, RULES, {**settings(), "policy.channels.bell": bool},
     r"^policy.channels.bell feeds no column; add rule.bell to sim/vocabulary/columns.psv, or a line to STATED"),
    (STATED, [*RULES, "rule.bell"], settings(), r"^rule.bell of sim/vocabulary/columns.psv needs a line in STATED"),
    (STATED, [*RULES, "rule.bell"], {**settings(), "policy.channels.bell": str}, r"there is policy.channels.bell$"),
    ({**STATED, "rule.bell": ANYTHING}, RULES, settings(), r"STATED of sim/scenario/rules.py feeds rule.bell, which"),
    ({**STATED, "rule.card": Feed(("policy.channels.bell",), bool)}, RULES, settings(),
     r"STATED of sim/scenario/rules.py names policy.channels.bell, which is no key"),
])  # fmt: skip
def test_a_policy_key_without_its_column_or_a_column_without_its_key(stated, columns, keys, words):
    with pytest.raises(TypeError, match=words):
        feeds(stated, columns, keys)


def test_a_policy_key_with_a_column_of_its_name_is_fed_without_a_further_line():
    made = feeds(STATED, [*RULES, "rule.bell"], {**settings(), "policy.channels.bell": bool})
    assert made["rule.bell"].keys == ("policy.channels.bell",)
