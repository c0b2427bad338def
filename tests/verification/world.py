"""One desk, far longer than a town would need it: arrivals and work drawn by numpy, served by the model's own day."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.engine.randomness import model_key
from sim.engine.state import State
from sim.model.cases import working
from sim.vocabulary.codes import Body, File, Kind, Pay, Step, TaskState
from tests.calls import handed

Array = NDArray[np.float64]
DESK = 1
NUMBERS = {"rework": 0.0, "window_hours": 0.0}  # work holds, and nobody is served at the window out of turn


def poisson(rate: float, n: int, rng: np.random.Generator) -> Array:
    """Times of n arrivals in working days."""
    return np.cumsum(rng.exponential(1.0 / rate, n))


def desk(
    case_at: Array, case_work: Array, lines: int = 1, task_at: Array | None = None,
    task_work: Array | None = None,
) -> State:  # fmt: skip
    """A desk with all cases and items of a long time; each becomes ready when it arrives."""
    n, m = len(case_at), 0 if task_at is None else len(task_at)
    state = State({"community": 1, "rule": 1, "body": 2, "resident": 1, "case": n, "active": n, "task": max(m, 1),
                   "item": 1, "journal": 8})  # fmt: skip
    state["community.full"] = 1
    state["body.type"] = [Body.STREET_OFFICE, Body.COMMITTEE]
    state["body.community"] = [-1, 0]
    state["body.alive"] = 1
    state["body.skill"] = 1.0
    state["body.lines"] = lines
    state["kind.skill"] = 1
    state["kind.desk"] = int(lines > 1)
    state["rows.used"][0] = state["rows.used"][2] = n
    state["active.case"][:n] = np.arange(n)
    for name, value in (("kind", Kind.HELP), ("file", File.WAITING), ("step", Step.FINISH), ("body", DESK),
                        ("owner", DESK), ("performer", DESK)):  # fmt: skip
        state[f"case.{name}"][:n] = value
    for name in ("closed", "last_closed", "solved"):
        state[f"case.{name}"][:n] = -1.0
    for name in ("spoken", "received", "ready", "since"):
        state[f"case.{name}"][:n] = case_at
    state["case.uid"][:n] = np.arange(n)
    state["case.hours_needed"][:n] = state["case.todo"][:n] = case_work
    if task_at is not None and task_work is not None:
        state["rows.used"][1] = m
        for name, own in (("body", DESK), ("arrived", task_at), ("due", task_at), ("inspected", 1),
                          ("hours", task_work), ("left", task_work), ("finished", -1.0),
                          ("state", TaskState.OPEN)):  # fmt: skip
            state[f"task.{name}"][:m] = own
        state["body.dec"][DESK, 0] = 1.0  # items before cases
    return state


def serve(state: State, days: int, hours_a_day: float, refilled: bool = True) -> Array:
    """Let the desk work for so many days; returns the hours of work left over after each of them.

    In the model what is not needed on one day of a week may be worked on a later one; a queue of the textbook may not:
    `refilled` gives every day the same hours, otherwise a week's hours come on its first day, as in the model.
    """
    left = np.empty(days)
    kernel, arguments = working.step.kernel, handed(working.step, state, key=model_key(1, 0), **NUMBERS)
    now = arguments[0]
    for at in range(days):
        if refilled or at % 5 == 0:
            state["body.left"][DESK, Pay.PUBLIC] = (5 - at % 5) * hours_a_day
        now.set(at // 5, at % 5)
        kernel(*arguments)
        there = (state["case.ready"] < at + 1.0) | (state["case.closed"] >= 0.0)
        left[at] = state["case.todo"][there & (state["case.closed"] < 0.0)].sum()
    return left


def one_server(at: Array, service: Array) -> Array:
    """Times of departure of first-come service by one server (Lindley 1952)."""
    done = np.empty(len(at))
    free = 0.0
    for k in range(len(at)):
        free = max(free, at[k]) + service[k]
        done[k] = free
    return done
