"""Every felt problem is one case: one state of the file, one state of the truth, at every moment; none is lost."""

from __future__ import annotations

import numpy as np
from hypothesis import given

from sim.model.simulation import Model
from sim.vocabulary.codes import Channel, File, Truth
from sim.vocabulary.columns import COLUMNS
from tests.laws.worlds import law, worlds
from tests.runs import cases, watch

FIXED = [n.split(".")[1] for n, c in COLUMNS.items() if c.table == "case" and c.role == "fixed" and n != "case.needs"]


def partition(model: Model) -> None:
    """One row a case, one file state, one truth state, counts adding up; whoever is not at an end is looked after."""
    case, store = cases(model), model.store
    count = int(store["rows.used"][0])
    assert len(np.unique(case["uid"])) == count
    table = np.zeros((len(File), len(Truth)), dtype=int)
    np.add.at(table, (case["file"], case["truth"]), 1)
    assert table.sum() == count
    active = store["active.case"][: store["rows.used"][2]]
    assert len(np.unique(active)) == len(active)
    looked_after = np.isin(np.arange(count), active)
    ended = np.isin(case["file"], (File.NOT_SPOKEN, File.CLOSED, File.DROPPED)) & (case["truth"] != Truth.OPEN)
    assert (looked_after | ended).all(), "a case is neither at its end nor in anybody's hands"


def marks_fit_states(model: Model) -> None:
    """The marks beside the two states say the same as the states."""
    case = cases(model)
    file, truth, spoken = case["file"], case["truth"], case["spoken"] >= 0
    assert np.array_equal(spoken, file != File.NOT_SPOKEN)
    assert np.array_equal(spoken, case["channel"] != Channel.NONE)
    assert np.array_equal(case["solved"] >= 0, (truth > Truth.OPEN) & (truth < Truth.LAPSED))
    on_file = (file >= File.RECEIVED) & (file < File.CLOSED)
    assert (case["received"][on_file] >= 0).all()
    assert (case["owner"][on_file] >= 0).all()
    assert (case["closed"][file == File.CLOSED] >= 0).all()
    assert np.array_equal(case["closed"] >= 0, case["last_closed"] >= 0)
    at_a_body = (file == File.WAITING) | (file == File.IN_WORK)
    assert (case["body"][at_a_body] >= 0).all()
    asked = case["repeats"] + case["petitions"] + case["skips"] + case["collective"] + case["court"]
    assert (asked[~spoken] == 0).all()


def residents_count_alike(model: Model) -> None:
    """What stands on a resident is what stands on the resident's cases."""
    case, store = cases(model), model.store
    people = store.rows["resident"]
    spoken = case["spoken"] >= 0
    assert np.array_equal(store["resident.spoke"], np.bincount(case["resident"][spoken], minlength=people))
    live = spoken & (case["truth"] == Truth.OPEN) & (case["file"] != File.DROPPED)
    assert np.array_equal(store["resident.open_cases"], np.bincount(case["resident"][live], minlength=people))


def recorded(model: Model) -> None:
    """What was recorded week by week adds up to what the cases say in the end."""
    case = cases(model)
    here = model.store["community.full"][case["community"]] != 0
    series = model.recorder.series(model.store)
    assert series["felt"].sum() == here.sum() == len(here)
    assert series["spoken"].sum() == (case["spoken"] >= 0).sum()
    assert series["closed"].sum() == (case["closed"] >= 0).sum()
    assert series["solved"].sum() == (case["solved"] >= 0).sum()
    ended = (case["truth"] == Truth.LAPSED).sum()
    assert series["felt"].sum() == series["solved"].sum() + ended + (case["truth"] == Truth.OPEN).sum()
    unsolved = (case["spoken"] >= 0) & (case["truth"] == Truth.OPEN)
    assert series["unsolved_cases"][-1] == unsolved.sum()
    on_file = (case["spoken"] >= 0) & ~np.isin(case["file"], (File.CLOSED, File.DROPPED))
    assert series["open_cases"][-1] == on_file.sum()


@given(worlds())
@law()
def test_each_case_is_in_one_state_of_file_and_truth(world):
    watch(world.scenario, partition)


@given(worlds())
@law()
def test_marks_of_a_case_fit_its_states(world):
    watch(world.scenario, marks_fit_states)


@given(worlds())
@law()
def test_counts_of_residents_are_those_of_their_cases(world):
    watch(world.scenario, residents_count_alike)


@given(worlds())
@law(0.5)
def test_the_record_adds_up(world):
    recorded(watch(world.scenario, lambda _: None))


@given(worlds())
@law()
def test_ends_are_ends_and_facts_stay(world):
    before: dict[str, np.ndarray] = {}

    def look(model: Model) -> None:
        case = cases(model)
        if before:
            old = len(before["uid"])
            assert len(case["uid"]) >= old
            for name in FIXED:
                assert np.array_equal(case[name][:old], before[name]), name
            solved = before["truth"] != Truth.OPEN
            assert np.array_equal(case["truth"][:old][solved], before["truth"][solved]), (
                "a truth that had ended changed"
            )
            assert np.array_equal(case["solved"][:old][solved], before["solved"][solved])
            for name in ("spoken", "received", "closed"):  # first times, set once
                known = before[name] >= 0
                assert np.array_equal(case[name][:old][known], before[name][known]), name
            for name in ("attempts", "handovers", "repeats", "petitions", "skips", "collective", "court", "spent"):
                assert (case[name][:old] >= before[name]).all(), name
        before.update({n: v.copy() for n, v in case.items()})

    watch(world.scenario, look)
