"""The model does what its stated version says: the battery against the record, to the bit where it was recorded."""

from __future__ import annotations

import os
from functools import lru_cache

import numpy as np
import pytest

from sim.identity import MODEL_VERSION
from sim.model.plan import PLAN
from tests.golden.battery import HERE, digest, exact, machine, read_table, run, sums, total, towns
from tests.golden.records import EXACT, SUMS, far, recorded_version, unlike

RECORD = HERE / EXACT / f"{machine()}.csv"
MEND = (
    "If the model is meant to behave otherwise, raise MODEL_VERSION in sim/identity.py and record anew with "
    "`python make.py golden`; if not, the last change has a fault."
)


@lru_cache(maxsize=1)
def record():
    return read_table(RECORD)


def test_the_record_belongs_to_the_stated_version():
    assert recorded_version() == MODEL_VERSION, MEND


def test_this_machine_type_has_an_exact_record_where_the_result_is_relied_on():
    if not RECORD.exists():
        words = f"no exact record for {machine()}; make one with `python make.py golden` on a commit that is in order"
        assert not os.environ.get("CI"), words
        pytest.skip(words + "; sums are compared within their tolerance")


@pytest.mark.parametrize("town", towns())
def test_a_town_comes_to_what_was_recorded(town):
    state = run(town)
    if RECORD.exists():
        moved = unlike({town: record()[town]}, {town: exact(state)})
        assert not moved, f"{len(moved)} columns differ, first {moved[:8]}. {MEND}"
    moved = far(read_table(HERE / SUMS), {town: sums(state)})
    assert not moved, f"{len(moved)} sums differ, first {moved[:8]}. {MEND}"


def test_a_value_that_moves_and_values_that_change_places_are_noticed():
    values = np.arange(12.0)
    other, swapped = values.copy(), values.copy()
    other[3] = np.nextafter(other[3], 9.0)
    swapped[[2, 5]] = swapped[[5, 2]]
    assert digest(other) != digest(values) != digest(swapped)
    assert total(swapped) != total(values)
    assert digest(values.astype(np.float32)) != digest(values)


def test_a_column_under_another_name_is_the_same_and_a_changed_one_is_not():
    before = {"town": {"case.file": "aa", "case.body": "bb"}}
    assert unlike(before, {"town": {"case.file": "aa", "case.holder": "bb"}}) == []
    assert unlike(before, {"town": {"case.file": "aa", "case.holder": "cc"}}) == [("town", "case.holder")]
    assert unlike(before, {"town": {"case.file": "bb", "case.body": "bb"}}) == [("town", "case.file")]


def test_a_sum_within_the_tolerance_passes_and_one_beyond_does_not():
    assert far({"town": {"x": "100"}}, {"town": {"x": 100.00001}}) == []
    assert far({"town": {"x": "100"}}, {"town": {"x": 100.01}}) == [("town", "x")]


def test_every_phase_of_the_week_comes_up_in_the_battery():
    waiting = {phase.when for phase in PLAN if phase.when} | {"community.elections"}
    states = [run(town) for town in ("full", "reserved")]
    assert {name for name in waiting if not any(s[name].any() for s in states)} <= {
        "community.ballot", "community.ballot_stage",  # flags of a single week; elections were held
    }  # fmt: skip
    assert all(s["community.elections"].any() for s in states)
