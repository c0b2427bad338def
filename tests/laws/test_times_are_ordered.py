"""Felt, spoken, received, closed: in this order, never in the future, no wait longer than the time there was."""

from __future__ import annotations

import numpy as np
from hypothesis import given

from sim.model.simulation import Model
from sim.vocabulary.codes import TaskState
from tests.laws.worlds import law, worlds
from tests.runs import cases, watch

NEAR = 1e-6  # working days


def order(model: Model) -> None:
    """Times of cases that have come."""
    case, now = cases(model), 5.0 * model.tick
    assert ((case["felt"] >= 0) & (case["felt"] <= now)).all()
    for earlier, later in (
        ("felt", "spoken"), ("spoken", "received"), ("received", "closed"), ("spoken", "closed"),
        ("closed", "last_closed"), ("felt", "solved"), ("spoken", "solved"),
    ):  # fmt: skip
        both = (case[earlier] >= 0) & (case[later] >= 0)
        wrong = both & (case[later] < case[earlier] - NEAR)
        assert not wrong.any(), f"{later} before {earlier}: {case[earlier][wrong][:3]}, {case[later][wrong][:3]}"
        assert (case[later] <= now + NEAR).all(), f"{later} lies in the future"


def waits(model: Model) -> None:
    """Waits of a case do not overlap, so they fit into the time since it was spoken."""
    case, now = cases(model), 5.0 * model.tick
    assert (case["wait"] >= 0).all()
    spoken = case["spoken"] >= 0
    assert (case["wait"][~spoken] == 0).all()
    too_long = spoken & (case["wait"].sum(axis=1) > now - case["spoken"] + NEAR)
    assert not too_long.any(), (case["wait"][too_long][:3], (now - case["spoken"])[too_long][:3])


def items(model: Model) -> None:
    """An item from above is done after it came."""
    task = model.store.table("task")
    done = np.isin(task["state"], (TaskState.DONE, TaskState.PAPER))
    assert (task["due"] >= task["arrived"]).all()
    assert (task["finished"][done] >= task["arrived"][done] - NEAR).all()
    assert (task["finished"][done] <= 5.0 * model.tick + NEAR).all()
    assert (task["finished"][~done] < 0).all()


@given(worlds())
@law()
def test_felt_spoken_received_closed(world):
    watch(world.scenario, order)


@given(worlds())
@law()
def test_waits_fit_into_the_time_there_was(world):
    watch(world.scenario, waits)


@given(worlds())
@law(0.5)
def test_items_come_before_they_are_done(world):
    watch(world.scenario, items)
