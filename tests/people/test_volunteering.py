"""Who volunteers, and why they stop."""

import pytest

from sim.model.people import volunteering
from sim.vocabulary.codes import Pay, Stream
from tests.people.town import COMMITTEE, run, town


def test_level_stays_in_the_range_of_the_evidence_over_years() -> None:
    """E50: some hundredths of adults are active, and it does not run away in ten years."""
    state = town(5000)
    for week in range(0, 520, 4):
        run(volunteering.step, state, week)
    share = state["resident.volunteer"].sum() / state["community.adults"][0]
    assert 0.005 < share < 0.08
    assert not state["resident.volunteer"][state["resident.adult"] == 0].any()
    active = state["resident.volunteer"] == 1
    given = 0.15 * state["resident.spare"][active].sum()
    assert state["community.volunteer_hours"][0] == pytest.approx(given)


def test_a_call_needs_hours_and_standing() -> None:
    counts = []
    for hours, standing in ((0.0, 0.9), (100.0, 0.0), (100.0, 0.9)):
        state = town(5000)
        state["resident.standing"] = standing
        state["body.hours"][COMMITTEE, Pay.PUBLIC, Stream.INITIATIVE] = hours
        for week in range(0, 104, 4):
            run(volunteering.step, state, week)
        counts.append(int(state["resident.volunteer"].sum()))
    assert counts[0] == counts[1] < counts[2]


def test_belonging_brings_volunteers() -> None:
    counts = []
    for belonging in (0.2, 0.9):
        state = town(5000)
        state["resident.belonging"] = belonging
        for week in range(0, 104, 4):
            run(volunteering.step, state, week)
        counts.append(int(state["resident.volunteer"].sum()))
    assert counts[0] < counts[1]
