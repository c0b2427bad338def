"""Whose hours come first in a day: departments of the office, patch officers, the window, near dates, overtime."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engine.state import State
from sim.engine.tables import Table
from sim.model.cases import working
from sim.vocabulary.codes import File, Kind, Pay, Step, Stream, TaskState
from tests.rules.test_a_queue_by_hand import ALL_HOLDS, DESK, call, desk

OFFICE = 0


def at_the_office(departments: int, hours_a_day: float, *cases: tuple[int, float]) -> State:
    """Cases at the office for a signature: their department and their hours."""
    state = desk(4.0, *(hours for _, hours in cases))
    state["body.lines"][OFFICE] = departments
    state["body.left"][OFFICE, Pay.PUBLIC] = 5.0 * hours_a_day
    n = len(cases)
    state["case.body"][:n] = OFFICE
    state["case.step"][:n] = Step.SIGN
    state["case.department"][:n] = [department for department, _ in cases]
    return state


def test_each_department_of_the_office_has_its_own_day() -> None:
    """Eight hours, four departments: two hours each, whatever waits at the others."""
    state = at_the_office(4, 8.0, (0, 3.0), (1, 1.0))
    call(working.step, state, 0, window_hours=0.0, **ALL_HOLDS)
    assert state["case.todo"][:2] == pytest.approx([1.0, 0.0])
    assert state["case.file"][1] == File.ROUTED  # signed, and on its way
    assert state["body.hours"][OFFICE, Pay.PUBLIC, Stream.DEMAND] == pytest.approx(3.0)
    assert state["body.today"][OFFICE] == pytest.approx(1.0)  # nobody waits at the other two: these wait for nobody


def test_a_departments_day_is_shared_with_the_other_communities_of_the_span() -> None:
    """Two departments with four hours each; six hours wait at each from elsewhere, beside two hours from here."""
    state = at_the_office(2, 8.0, (1, 2.0))
    state["community.neighbour_hours"] = 12.0
    call(working.step, state, 0, window_hours=0.0, **ALL_HOLDS)
    assert state["case.todo"][0] == pytest.approx(2.0 - 4.0 * 2.0 / (2.0 + 6.0))


def test_what_any_department_may_do_waits_at_all_of_them() -> None:
    state = at_the_office(4, 8.0, (0, 6.0))
    state["case.step"][0] = Step.FINISH
    call(working.step, state, 0, window_hours=0.0, **ALL_HOLDS)
    assert state["case.todo"][0] == pytest.approx(0.0, abs=1e-9)  # all eight hours of the day are there for it


def test_what_arrives_tomorrow_takes_nothing_of_today() -> None:
    state = at_the_office(1, 4.0)
    state["rows.used"][1] = 2
    for name, values in (("body", OFFICE), ("left", 3.0), ("hours", 3.0), ("due", 20.0), ("finished", -1.0),
                         ("arrived", [0.5, 1.5])):  # fmt: skip
        state[f"task.{name}"][:2] = values
    state["item.group"], state["item.desk"] = 0, 1
    call(working.step, state, 0, **ALL_HOLDS)
    assert state["task.state"][:2].tolist() == [TaskState.DONE, TaskState.OPEN]
    assert state["task.left"][1] == 3.0


@pytest.mark.parametrize(("patches", "left"), [(0, [0.0, 2.0]), (1, [0.0, 2.0]), (2, [1.0, 3.0])])
def test_a_patch_officer_gives_residents_of_the_own_patch_the_own_hours(patches: int, left: list[float]) -> None:
    """Four hours, two cases of three from one patch: of two officers one gives it two hours, the other none."""
    state = desk(4.0, 3.0, 3.0)
    state["body.patches"][DESK] = patches
    state["kind.desk"] = 0
    call(working.step, state, 0, **ALL_HOLDS)
    assert state["case.todo"][:2] == pytest.approx(left, abs=1e-9)


def test_small_matters_are_done_while_the_person_waits() -> None:
    """An hour comes before the case of five that came first, and before the item that the day is kept for."""
    state = desk(4.0, 5.0, 1.0, share_above=1.0)
    state["rows.used"][1] = 1
    for name, value in (("body", DESK), ("due", 2.0), ("inspected", 1), ("hours", 9.0), ("left", 9.0),
                        ("finished", -1.0)):  # fmt: skip
        state[f"task.{name}"][0] = value
    call(working.step, state, 0, window_hours=1.0, **ALL_HOLDS)
    assert state["case.todo"][:2] == pytest.approx([5.0, 0.0])
    assert state["task.left"][0] == pytest.approx(6.0)


def test_an_inspected_item_near_its_date_goes_before_another() -> None:
    state = desk(4.0, share_above=0.5)
    state["rows.used"][1] = 3
    for name, values in (("body", DESK), ("left", 1.5), ("hours", 1.5), ("finished", -1.0),
                         ("due", [5.0, 30.0, 5.0]), ("inspected", [0, 1, 1])):  # fmt: skip
        state[f"task.{name}"][:3] = values
    state["case.kind"][:] = Kind.HELP
    call(working.step, state, 0, due_days=10.0, **ALL_HOLDS)
    # two hours for items: the near and inspected one whole; half an hour of the first of the others, then the rest of
    # the day, which no case wants, over what is open
    assert state["task.left"][:3] == pytest.approx([0.0, 0.5, 0.0], abs=1e-9)
    assert state["task.finished"][2] <= state["task.finished"][0]


def test_contract_hours_are_used_before_others_and_overtime_last() -> None:
    state = State({"community": 1, "body": 1})
    state["body.left"][0, [Pay.PUBLIC, Pay.FEE, Pay.OVERTIME]] = [2.0, 1.0, 3.0]
    working.use(0, 4.5, Stream.DEMAND, Table("body", state.columns))
    booked = state["body.hours"][0, :, Stream.DEMAND]
    assert [booked[p] for p in (Pay.PUBLIC, Pay.FEE, Pay.OVERTIME)] == pytest.approx([2.0, 1.0, 1.5])
    assert state["body.left"][0].sum() == pytest.approx(1.5)
    assert np.count_nonzero(state["body.hours"]) == 3
