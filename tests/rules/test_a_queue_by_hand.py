"""One body, three cases, known hours: the queue that anybody can reckon with a pencil."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engine.mechanism import Mechanism
from sim.engine.state import State
from sim.model.cases import working
from sim.vocabulary.codes import Body, File, Kind, Pay, Step, Stream, TaskState, Truth
from tests import calls

DESK = 1  # body row
ALL_HOLDS = {"rework": 0.0}


def call(mechanism: Mechanism, state: State, day: int, **numbers: float) -> None:
    """Run a mechanism for a day of week 0."""
    calls.call(mechanism, state, 0, day, **numbers)


def desk(hours_a_day: float, *work: float, share_above: float = 0.0) -> State:
    """A committee with some hours a day and cases that wait since the morning of the first day."""
    state = State({"community": 1, "rule": 1, "body": 2, "resident": 1, "case": 8, "active": 8, "task": 8, "item": 1,
                   "journal": 8})  # fmt: skip
    state["community.full"] = 1
    state["body.type"] = [Body.STREET_OFFICE, Body.COMMITTEE]
    state["body.community"] = [-1, 0]
    state["body.alive"] = 1
    state["body.skill"] = 1.0
    state["body.lines"] = 1
    state["body.left"][DESK, Pay.PUBLIC] = 5.0 * hours_a_day
    state["body.dec"][DESK, 0] = share_above
    state["kind.skill"] = 1
    n = len(work)
    state["rows.used"][0] = state["rows.used"][2] = n
    state["active.case"][:n] = np.arange(n)
    for name, value in (("kind", Kind.HELP), ("file", File.WAITING), ("step", Step.FINISH), ("body", DESK),
                        ("owner", DESK), ("performer", DESK), ("spoken", 0.0), ("received", 0.0)):  # fmt: skip
        state[f"case.{name}"][:n] = value
    for name in ("closed", "last_closed", "solved"):
        state[f"case.{name}"][:n] = -1.0
    state["case.uid"][:n] = 100 + np.arange(n)
    state["case.hours_needed"][:n] = state["case.todo"][:n] = work
    return state


def test_three_cases_one_after_the_other():
    """4 hours a day, 3 + 2 + 4 hours of work: one case is done on each of the first three days."""
    state = desk(4.0, 3.0, 2.0, 4.0)
    closed = []
    for day in range(5):
        call(working.step, state, day, **ALL_HOLDS)
        closed.append([int(f) for f in state["case.file"][:3]].count(int(File.CLOSED)))
    assert closed == [1, 2, 3, 3, 3]
    # 3 of 4 hours: three quarters of the first day; 1 + 1 hours: a quarter of the second; 3 + 1: a quarter of the third
    assert np.allclose(state["case.closed"][:3], [0.75, 1.25, 2.25])
    assert np.array_equal(state["case.solved"][:3], state["case.closed"][:3])
    assert (state["case.truth"][:3] == Truth.GOVERNMENT).all()
    assert np.allclose(state["case.spent"][:3], [3.0, 2.0, 4.0])
    assert state["body.hours"][DESK, Pay.PUBLIC, Stream.DEMAND] == pytest.approx(9.0)
    assert state["body.left"][DESK, Pay.PUBLIC] == pytest.approx(11.0)


def test_a_case_waits_for_staff_until_it_is_begun():
    state = desk(2.0, 2.0, 1.0)
    for day in range(2):
        call(working.step, state, day, **ALL_HOLDS, window_hours=0.0)  # nobody is served while standing there
    assert state["case.wait"][0, 0] == 0.0
    assert state["case.wait"][1, 0] == pytest.approx(1.0)
    assert np.allclose(state["case.closed"][:2], [1.0, 1.5])


def test_skill_is_work_done_in_an_hour():
    state = desk(4.0, 6.0)
    state["body.skill"][DESK] = 1.5
    call(working.step, state, 0, **ALL_HOLDS)
    assert state["case.file"][0] == File.CLOSED
    assert state["case.spent"][0] == pytest.approx(4.0)
    assert state["case.work_done"][0] == pytest.approx(6.0)


def test_work_that_does_not_hold_closes_the_file_and_not_the_problem():
    state = desk(4.0, 1.0)
    call(working.step, state, 0, rework=1e9)
    assert state["case.file"][0] == File.CLOSED and state["case.truth"][0] == Truth.OPEN
    assert state["case.redo"][0] == 1 and state["case.solved"][0] < 0
    assert state["case.attempts"][0] == 1


def test_a_step_on_the_way_hands_the_case_on():
    state = desk(4.0, 1.0)
    state["case.step"][0] = Step.INTAKE
    call(working.step, state, 0, **ALL_HOLDS)
    assert state["case.file"][0] == File.ROUTED
    assert state["case.closed"][0] < 0


def test_items_take_the_share_decided_for_them_and_cases_the_rest():
    """Four hours, three quarters for items from above: one hour of a case of two is done, three of an item of five."""
    state = desk(4.0, 2.0, share_above=0.75)
    state["rows.used"][1] = 1
    for name, value in (
        ("body", DESK),
        ("due", 5.0),
        ("inspected", 1),
        ("hours", 5.0),
        ("left", 5.0),
        ("finished", -1.0),
    ):
        state[f"task.{name}"][0] = value
    call(working.step, state, 0, **ALL_HOLDS)
    assert state["task.left"][0] == pytest.approx(2.0)
    assert state["case.todo"][0] == pytest.approx(1.0)
    assert state["body.hours"][DESK, Pay.PUBLIC, Stream.ABOVE] == pytest.approx(3.0)
    call(working.step, state, 1, **ALL_HOLDS)
    # the second day: two hours finish the item, one the case, and one is left over
    assert state["task.state"][0] == TaskState.DONE and state["task.finished"][0] <= 2.0
    assert state["case.file"][0] == File.CLOSED
    assert state["body.left"][DESK, Pay.PUBLIC] == pytest.approx(13.0)


def test_what_one_stream_leaves_over_the_other_may_use():
    state = desk(4.0, share_above=0.25)
    state["rows.used"][1] = 1
    for name, value in (("body", DESK), ("due", 5.0), ("hours", 3.0), ("left", 3.0), ("finished", -1.0)):
        state[f"task.{name}"][0] = value
    call(working.step, state, 0, **ALL_HOLDS)
    assert state["task.state"][0] == TaskState.DONE
    assert state["task.finished"][0] == pytest.approx(0.75)


def test_nobody_works_with_hours_that_are_not_there():
    state = desk(0.0, 1.0)
    for day in range(5):
        call(working.step, state, day, **ALL_HOLDS)
    assert state["case.file"][0] == File.WAITING
    assert not state["body.hours"].any()
