"""Departments sign one after the other or one officer for all; the gate guards the committee; what refusing costs."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engine.state import State
from sim.engine.tables import tables
from sim.model.bodies import committee
from sim.model.cases import routing, working
from sim.model.money import funding
from sim.model.work import inspection, items, posts
from sim.vocabulary.codes import Account, Body, Department, File, Kind, Need, Pay, Step, Stream, Tag, Use
from tests.means.world import ROW, run, world
from tests.rules.test_a_queue_by_hand import call

OFFICE, COMMITTEE, STATION = ROW[Body.STREET_OFFICE], ROW[Body.COMMITTEE], ROW[Body.STATION]
SURE = {"two_departments": 1.0, "three_departments": 1.0, "sign_hours": 1.0, "unfamiliar": 1.5, "hop_spread": 0.0}


def town() -> State:
    """One case of housing that the committee answers for, on its way to the office for a decision."""
    state = world()
    state["rows.used"][:3] = 1, 0, 1
    state["case.uid"][0] = 7
    state["case.kind"][0] = Kind.REPAIR
    state["kind.department"][Kind.REPAIR] = Department.CONSTRUCTION
    state["case.needs"][0] = 1 << Need.ABOVE
    state["case.owner"][0] = state["case.body"][0] = state["case.performer"][0] = COMMITTEE
    state["case.next"][0] = OFFICE
    state["case.file"][0] = File.WAIT_BODY
    state["case.hours_needed"][0] = 2.0
    state["community.hop_days"] = 0.01
    state["community.message_hours"] = 0.25
    state["community.first_body"] = 1
    state["community.last_body"] = len(state["body.type"])
    state["rule.tiers"] = 2
    state["body.left"][:, Pay.PUBLIC] = 30.0
    return state


def through_the_office(state: State) -> tuple[list[int], list[float]]:
    """Departments that had the file and the hours that each was to work, until it goes back to its owner."""
    departments, hours = [], []
    for _ in range(9):
        run(routing.step, state, 0, **SURE)
        if state["case.file"][0] == File.WAITING and state["case.body"][0] == OFFICE:
            departments.append(int(state["case.department"][0]))
            hours.append(float(state["case.todo"][0]))
            state["case.file"][0] = File.ROUTED  # signed
        if state["case.met"][0] & (1 << Need.ABOVE):
            return departments, hours
    raise AssertionError("no decision")


def test_three_departments_sign_one_after_the_other_the_one_in_charge_first():
    state = town()
    departments, hours = through_the_office(state)
    assert departments[0] == Department.CONSTRUCTION and len(set(departments)) == 3
    assert hours == [1.0, 1.0, 1.0]
    handed = state["community.handover"][0]
    assert handed[Body.STREET_OFFICE, Body.STREET_OFFICE] == 2, "from the first to the second to the third"
    assert handed[Body.COMMITTEE, Body.STREET_OFFICE] == handed[Body.STREET_OFFICE, Body.COMMITTEE] == 1
    assert state["case.handovers"][0] == 4
    assert state["body.hours"][OFFICE, Pay.PUBLIC, Stream.COORDINATION] == pytest.approx(2 * 0.25)
    assert (state["community.signatures"][0], state["community.decisions"][0]) == (3, 1)


def test_where_the_lines_are_broken_one_officer_signs_for_all_in_more_hours():
    state = town()
    state["rule.lines_broken"] = 1
    assert through_the_office(state) == ([routing.ANY], [pytest.approx(1.0 + 1.5 * 2)])
    assert state["case.handovers"][0] == 2 and state["community.handover"][0, 0, 0] == 0
    assert state["body.hours"][OFFICE].sum() == 0.0
    assert (state["community.signatures"][0], state["community.decisions"][0]) == (1, 1)


def test_an_all_round_post_takes_the_file_across_without_a_message():
    state = town()
    state["rule.desks_pooled"] = 1
    departments, _ = through_the_office(state)
    assert len(set(departments)) == 3 and state["body.hours"][OFFICE].sum() == 0.0


@pytest.mark.parametrize("number", range(1, 5))
def test_departments_that_have_a_say_are_all_different(number):
    for first in Department:
        for u in np.linspace(0.0, 0.999, 23):
            assert len({routing.asked.py_func(first, k, u) for k in range(number + 1)}) == number + 1


def office(*departments: int, lines: int) -> State:
    """The office with ten hours a day and a signature of ten hours at each of some departments."""
    state = State({"community": 1, "rule": 1, "body": 1, "resident": 1, "case": 8, "active": 8, "task": 8, "item": 1,
                   "journal": 8})  # fmt: skip
    state["community.full"] = 1
    state["body.alive"] = 1
    state["body.community"] = -1
    state["body.skill"] = 1.0
    state["body.lines"] = lines
    state["body.left"][0, Pay.PUBLIC] = 50.0
    n = len(departments)
    state["rows.used"][0] = state["rows.used"][2] = n
    state["active.case"][:n] = np.arange(n)
    state["case.uid"][:n] = np.arange(n)
    state["case.kind"][:n] = Kind.REPAIR
    state["case.file"][:n] = File.WAITING
    state["case.step"][:n] = Step.SIGN
    state["case.todo"][:n] = 10.0
    state["case.department"][:n] = departments
    return state


@pytest.mark.parametrize(("departments", "lines", "done"), [
    ((0, 0), 5, [2.0, 0.0]),  # one department has two of the ten hours of a day, and two files
    ((0, 1), 5, [2.0, 2.0]),  # two departments work side by side
    ((0, 0), 1, [10.0, 0.0]),  # without lines all officers take the first file, then the second
    ((-1, -1), 5, [10.0, 0.0]),  # and so they do with files that any of them may sign
])  # fmt: skip
def test_each_department_has_its_own_hours_and_its_own_queue(departments, lines, done):
    state = office(*departments, lines=lines)
    call(working.step, state, 0)
    assert (10.0 - state["case.todo"][:2]).tolist() == pytest.approx(done)


def test_officers_are_spread_over_the_departments_that_they_suffice_for():
    for broken, lines in ((0, 3), (1, 1)):
        state = world()  # three officers
        state["rule.lines_broken"] = broken
        run(posts.step, state)
        run(posts.step, state)
        assert state["body.lines"][OFFICE] == lines
        assert state["body.capacity"][OFFICE, Pay.PUBLIC] == pytest.approx(3 * 34.0), "hours are the same"


def sent(station: int = 1, **rules: int) -> State:
    """Duties for a desk and for the committee come down under a strict gate; the first item is done at a desk."""
    state = world()
    state["item.rate"] = [400.0, 400.0, 0.0]
    state["item.hours"] = 0.5
    state["item.tag"] = Tag.DUTY
    state["item.desk"] = [1, 0, 0]
    state["rule.items_down"] = state["rule.gate"] = 1
    state["community.residents"] = 5000
    state["community.first_body"] = 1
    state["community.last_body"] = len(state["body.type"])
    state["body.capacity"][:, Pay.PUBLIC] = 34.0
    state["body.alive"][STATION] = station
    for name, value in rules.items():
        state[f"rule.{name}"] = value
    run(items.arrive, state, 0, strict=1.0)
    return state


def test_the_gate_guards_the_committee_and_the_governments_own_desk_only_where_the_rule_says_so():
    free, guarded = sent(), sent(gate_desks=1)
    took = [np.bincount(s["task.body"][: s["rows.used"][1]], minlength=20) for s in (free, guarded)]
    assert took[0][COMMITTEE] == took[1][COMMITTEE] == 0, "every duty for the committee was refused"
    assert took[0][STATION] > 0 == took[1][STATION]
    assert free["community.items_desks"][0] == took[0].sum() and free["community.duties_committee"][0] == 0
    assert guarded["community.items_refused"][0] > free["community.items_refused"][0] > 0


def test_a_desk_inside_the_committee_is_guarded_with_it():
    open_, shut = sent(station=0, gate=0), sent(station=0)
    assert open_["community.duties_committee"][0] > 0 == shut["community.duties_committee"][0]
    assert open_["community.items_committee"][0] == open_["rows.used"][1]
    assert shut["community.items_desks"][0] == shut["rows.used"][1] == shut["community.items_refused"][0]


@pytest.mark.parametrize("one_head", [0, 1])
def test_refusing_takes_pay_off_the_head_and_off_nobody_else(one_head):
    """A tenth of the items refused takes a fifth off the rating; 0.3 of the head's pay hangs on it: 0.06 of it goes."""
    paid = {}
    for refused in (0.0, 10.0):
        state = world()
        state["person.head"][4] = 1  # the first of the committee, beside the secretary
        state["rule.head_pay"] = 0.3
        state["rule.one_head"] = one_head
        state["rule.rated"] = 1
        state["community.delivered"] = 1.0
        state["community.refused_year"] = refused
        state["community.offered_year"] = 100.0
        run(inspection.step, state, 51, held_against=2.0)
        assert state["community.rating"][0] == pytest.approx(1.0 - 0.02 * refused)
        run(funding.step, state, 52)
        paid[refused] = state["community.flow"][0, Account.STREET, Account.STAFF, Use.PAY]
    month = 2000.0 * 12.0 / 13.0
    assert paid[0.0] - paid[10.0] == pytest.approx(0.3 * 0.2 * month)
    held = tables(state.columns)
    cut = [posts.hanging(p, 0, *(held[t] for t in ("rule", "community", "body", "person"))) for p in range(3, 13)]
    assert [p for p, part in enumerate(cut, 3) if part < 1.0] == [3 if one_head else 4]


def test_who_lost_pay_by_refusing_dares_less():
    dares = []
    for head_pay in (0.0, 0.3):
        state = world()
        state["rule.head_pay"] = head_pay
        state["community.rating_lost"] = 0.1
        state["body.load"] = 1.0
        run(committee.perceive, state, 60)
        run(committee.decide, state)
        dares.append(float(state["body.dec"][COMMITTEE, 6]))
    dare, cost, pay = (committee.PARAMS[n].value for n in ("dare", "refusal_cost", "pay_cost"))
    assert dares[0] == pytest.approx(dare * 1.5 * (1.0 - cost * 0.1))
    assert dares[1] == pytest.approx(dare * 1.5 * (1.0 - cost * 0.1 - pay * 0.03))
    assert dares[1] < dares[0]
