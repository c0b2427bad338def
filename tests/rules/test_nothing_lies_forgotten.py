"""No case and no item lies where nobody works, waits for a meeting for ever, or starves behind inspected items."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.simulation import Model
from sim.vocabulary.codes import Body, File, Pay, TaskState, Truth
from tests.runs import cases, load, run

ARMS = {
    "desks and staff move down, the gate refuses": ("package=proposed_boards",),
    "the station stands apart without staff": ("structure=polycentric", "package=before_reform"),
    "committee and station do items only": ("structure=market_led", "package=before_reform"),
    "items come down without staff": ("structure=one_plus_two", "policy/delegation=items_only"),
    "few firms": ("package=proposed", "community=old_danwei"),
}
YEAR = 260.0  # working days


@pytest.fixture(scope="module", params=ARMS, ids=lambda name: name)
def model(request) -> Model:
    return run(load(*ARMS[request.param], "community.residents=3000", "years=4", "warmup_years=1"))


def test_work_lies_where_somebody_works(model):
    store = model.store
    kind, alive, hours = store["body.type"], store["body.alive"], store["body.capacity"][:, Pay.PUBLIC]
    idle = (alive == 0) | ((kind <= Body.MASS) & (hours <= 0.0))
    idle[0] = False  # the office is always there
    task = store.table("task")
    here = (task["state"] == TaskState.OPEN) & (task["arrived"] < 5.0 * (model.tick - 1))
    assert not idle[task["body"][here]].any()
    case = cases(model)
    held = ((case["file"] == File.WAITING) | (case["file"] == File.IN_WORK)) & (case["truth"] == Truth.OPEN)
    held &= case["since"] < 5.0 * (model.tick - 1)  # what happened this week is seen next week
    assert not idle[case["body"][held]].any() and not idle[case["owner"][held]].any()


def test_no_meeting_is_waited_for_without_end(model):
    case = cases(model)
    waits = (case["file"] == File.WAIT_MEETING) & (case["truth"] == Truth.OPEN)
    assert not (5.0 * model.tick - case["since"][waits] > YEAR / 2).any()


def test_small_desk_matters_are_done_while_one_waits(model):
    case = cases(model)
    window = model.settings.parameters.get("working", {}).get("window_hours", 1.5)
    desk = model.store["kind.desk"][case["kind"]] == 1
    small = desk & (case["needs"] == 0) & (case["hours_needed"] < window) & (case["received"] > 5.0 * model.reform_week)
    small &= (case["attempts"] == 1) & (case["truth"] == Truth.GOVERNMENT)
    assert np.median(case["wait"][small, 0]) < 1.0


def test_residents_know_how_many_of_their_cases_are_open(model):
    case = cases(model)
    open_ = (case["truth"] == Truth.OPEN) & (case["spoken"] >= 0.0) & (case["file"] != File.DROPPED)
    counted = np.bincount(case["resident"][open_], minlength=len(model.store["resident.uid"]))
    assert np.array_equal(counted, model.store["resident.open_cases"])


def test_what_the_office_remembers_is_never_negative(model):
    for name in ("known_trouble", "visible", "closed_lately", "promises", "projects_waiting"):
        assert (model.store[f"community.{name}"] >= 0.0).all(), name
