"""A state with random legal values in every column that indicators may read, and a recorded run over it."""

from __future__ import annotations

import numpy as np

from sim.engine.state import State
from sim.observe.recording import Recorder
from sim.observe.run import Run
from sim.vocabulary.codes import Body, Channel, File, Kind, TaskState, Truth
from sim.vocabulary.columns import COLUMNS

FULL, ALL = 2, 4
GROWING_TOTALS = {"community.items_done": 9.0, "community.items_paper": 4.0, "community.items_late": 2.0}


def random_state(seed: int, weeks: int = 300, cases: int = 800, residents: int = 300) -> State:
    """Two communities in full and two reduced neighbours; times lie within the run."""
    rng = np.random.default_rng(seed)
    types = [(Body.STREET_OFFICE, -1)] + [(t, c) for c in range(FULL) for t in list(Body)[1:]]
    types += [(Body.OWNERS, 0), (Body.FIRM, 1)]
    rows = {
        "community": ALL, "rule": ALL, "estate": 5, "building": 12, "household": 100, "residents": residents,
        "resident": residents, "body": len(types), "person": 20, "case": cases + 50, "task": 120, "active": cases + 50,
        "item": 88, "journal": 10, "link": residents + 1, "tie": 10,
    }  # fmt: skip
    rows.pop("residents")
    state = State(rows)
    for column in COLUMNS.values():
        shape, kind = state[column.name].shape, column.dtype[0]
        if column.name == "rows.used":
            continue
        if column.unit in ("share", "flag", "probability"):
            values = rng.random(shape) if kind == "f" else rng.integers(0, 2, shape)
        elif kind == "f":
            values = rng.random(shape) * 5.0
        else:
            values = rng.integers(0, 3, shape)
        state[column.name] = values
    state["rows.used"] = [cases, 100, cases // 2, 5]
    state["community.full"] = [1, 1, 0, 0]
    state["community.residents"] = [residents // 2] * ALL
    state["body.type"] = [t for t, _ in types]
    state["body.community"] = [c for _, c in types]
    state["body.hours_total"] = rng.random(state["body.hours_total"].shape) * 4000.0
    state["estate.community"] = [0, 0, 1, 1, 2]
    state["estate.households"] = rng.integers(50, 900, 5)
    state["estate.firm"] = rng.integers(-1, len(types), 5)
    state["estate.committee"] = rng.integers(0, len(types), 5)
    state["estate.decay"] = rng.random(5)
    state["resident.community"] = np.arange(residents) % FULL
    state["resident.building"] = rng.integers(0, 12, residents)
    state["resident.age"] = rng.random(residents) * 90
    state["resident.adult"] = state["resident.age"] >= 18
    for c in range(FULL):
        here = state["resident.community"] == c
        state["community.adults"][c] = np.count_nonzero(here & (state["resident.adult"] != 0))
    state["community.adults"][FULL:] = state["community.adults"][0]
    state["community.attention"] = rng.dirichlet(np.ones(ALL))
    state["community.means_vain"] = state["community.means_asked"] * 0.4
    state["person.community"] = np.arange(20) % FULL
    state["person.incumbents"] = 1 + rng.integers(0, 4, 20)

    end = weeks * 5.0
    n = len(state["case.felt"])
    felt = np.sort(rng.random(n)) * end
    who = rng.integers(0, residents, n)
    state["case.resident"] = who
    state["case.community"] = state["resident.community"][who]
    state["case.kind"] = rng.integers(0, len(Kind), n)
    state["case.felt"] = felt
    spoken = np.where(rng.random(n) < 0.6, felt + rng.exponential(3, n), -1.0)
    spoken[spoken > end] = -1.0
    received = np.where(spoken >= 0, spoken + rng.exponential(1, n), -1.0)
    received[received > end] = -1.0
    closed = np.where((received >= 0) & (rng.random(n) < 0.9), received + rng.weibull(0.7, n) * 8, -1.0)
    closed[closed > end] = -1.0
    truth = rng.integers(0, len(Truth), n)
    solved = felt + rng.exponential(40, n)
    inside = (truth > Truth.OPEN) & (truth < Truth.LAPSED)
    truth[inside & (solved > end)] = Truth.OPEN
    inside = (truth > Truth.OPEN) & (truth < Truth.LAPSED)
    state["case.truth"], state["case.solved"] = truth, np.where(inside, solved, -1.0)
    state["case.spoken"], state["case.received"], state["case.closed"] = spoken, received, closed
    state["case.last_closed"] = closed
    state["case.due"] = np.where(received >= 0, received + rng.integers(3, 14, n), 0.0)
    state["case.paper"] = (closed >= 0) & (~inside | (solved > closed))
    file = np.where(spoken < 0, File.NOT_SPOKEN, np.where(closed >= 0, File.CLOSED, rng.integers(1, len(File) - 2, n)))
    state["case.file"] = file
    state["case.channel"] = np.where(spoken >= 0, rng.integers(1, len(Channel), n), 0)
    state["case.callback"] = np.where(closed >= 0, rng.integers(0, 3, n), 0)
    state["case.satisfaction"] = np.where(rng.random(n) < 0.7, rng.random(n), -1.0)
    state["task.community"] = rng.integers(0, FULL, len(state["task.due"]))
    state["task.state"] = rng.integers(0, len(TaskState), len(state["task.due"]))
    state["active.case"] = np.arange(len(state["active.case"]))
    return state


def recorded(state: State, weeks: int = 300, reform: int = 104) -> tuple[Recorder, Run]:
    """The state recorded as it stands every week; totals grow so that the window after the reform holds something."""
    recorder = Recorder(state, weeks)
    for week in range(weeks):
        if week == reform:
            recorder.mark(state)
            for name in recorder.marks:
                if name not in ("week", "person.employed", "person.incumbents"):
                    recorder.marks[name] = (recorder.marks[name] * 0.4).astype(recorder.marks[name].dtype)
        for name, step in GROWING_TOTALS.items():
            state[name] += step
        recorder.record(state, week)
    return recorder, Run.of(recorder, state)
