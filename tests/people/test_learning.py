"""What residents learn, and from whom."""

import numpy as np
import pytest

from sim.engine.state import State
from sim.model.people import heat, learning
from sim.vocabulary.codes import Channel, File, Truth
from tests.people.town import link, run, town


def add_case(state: State, row: int, **columns: float) -> None:
    for name, value in columns.items():
        state[f"case.{name}"][row] = value
    state["rows.used"][0] = max(int(state["rows.used"][0]), row + 1)


def test_degroot_consensus_is_the_degree_weighted_mean() -> None:
    """With no anchor and no news, ties average; on an undirected network the weights are degrees over their sum."""
    state = town(4, degree=6)
    link(state, [(0, 1), (1, 2), (1, 3), (2, 3)])
    start = np.array([0.1, 0.9, 0.3, 0.5])
    state["resident.trust"] = start
    state["resident.standing"] = start[::-1]
    for week in range(400):
        run(learning.step, state, week * 4, susceptibility=1.0, mixing=0.3)
    degree = np.array([1, 3, 2, 2])
    assert state["resident.trust"] == pytest.approx(np.full(4, (degree @ start) / 8.0))
    assert state["resident.standing"] == pytest.approx(np.full(4, (degree @ start[::-1]) / 8.0))


def test_friedkin_johnsen_pair_has_its_closed_form() -> None:
    """Two friends: x = s y + (1 - s) x0 and the like for y, so x = (x0 + s y0) / (1 + s)."""
    state = town(2, degree=6)
    link(state, [(0, 1)])
    state["resident.trust"] = [0.2, 0.8]
    for week in range(300):
        run(learning.step, state, week * 4, susceptibility=0.6, mixing=0.4)
    assert state["resident.trust"] == pytest.approx([(0.2 + 0.6 * 0.8) / 1.6, (0.8 + 0.6 * 0.2) / 1.6])


def test_nothing_seen_and_no_ties_changes_nothing() -> None:
    state = town(100)
    link(state, [])
    before = {n: state[f"resident.{n}"].copy() for n in ("trust", "efficacy", "standing", "satisfaction", "belonging")}
    state["resident.volunteer"] = 0
    run(learning.hear, state)
    run(learning.step, state)
    for name, values in before.items():
        assert np.array_equal(state[f"resident.{name}"], values), name


def test_own_outcome_is_weighed_against_memory_and_used_up() -> None:
    state = town(2, degree=6)
    link(state, [])
    for name in ("trust", "efficacy", "satisfaction"):
        state[f"resident.{name}"] = 0.5
    state["resident.news"] = [1.0, 0.0]
    state["resident.news_count"] = 1
    run(learning.step, state, memory=9.0, mixing=0.0, satisfaction_weight=0.3)
    assert state["resident.efficacy"] == pytest.approx([0.55, 0.45])
    assert state["resident.trust"] == pytest.approx([0.55, 0.45])
    assert state["resident.satisfaction"] == pytest.approx([0.65, 0.35])
    assert not state["resident.news"].any() and not state["resident.news_count"].any()


def test_neighbours_hear_and_bad_outcomes_are_told_more() -> None:
    state = town(240)
    state["resident.news"][[0, 61]] = [1.0, 0.0]
    state["resident.news_count"][[0, 1, 61]] = 1
    run(learning.hear, state, bad_told=2.0)
    assert state["building.told"][:3] == pytest.approx([3.0, 2.0, 0.0])
    assert state["building.heard"][:2] == pytest.approx([1.0 / 3.0, 0.0])
    link(state, [])
    before = state["resident.efficacy"].copy()
    run(learning.step, state)
    moved = state["resident.efficacy"] - before
    assert (moved[62:120] <= 0.0).all() and moved[62:120].sum() < 0.0
    assert np.array_equal(moved[120:], np.zeros(120))


@pytest.mark.parametrize(("solved", "sign"), [(9, 1.0), (1, -1.0)])
def test_open_record_corrects_up_and_down(solved: int, sign: float) -> None:
    state = town(100)
    link(state, [])
    state["resident.efficacy"] = 0.5
    for k in range(10):
        truth = Truth.GOVERNMENT if k < solved else Truth.OPEN
        add_case(state, k, felt=10.0, spoken=11.0, truth=truth, channel=Channel.DESK)
    closed = state.copy()
    run(learning.step, closed, 10)
    state["community.openness"] = 0.7
    run(learning.step, state, 10)
    assert np.array_equal(closed["resident.efficacy"], np.full(100, 0.5))
    assert (sign * (state["resident.efficacy"] - 0.5) > 0.0).all()


def test_boards_reach_those_who_read_them() -> None:
    state = town(100)
    link(state, [])
    state["community.channel_public"][0, Channel.NET] = 1
    add_case(state, 0, felt=10.0, spoken=11.0, judged=1, satisfaction=0.0, channel=Channel.NET)
    before = state["resident.trust"].copy()
    run(learning.step, state, 10, mixing=0.0)
    changed = state["resident.trust"] != before
    assert np.array_equal(changed, (state["resident.digital"] == 1) & (before > 0.0))


def test_seeing_ones_choice_elected_teaches_only_where_there_was_a_choice() -> None:
    state = town(4, degree=6)
    link(state, [])
    state["resident.standing"] = 0.5
    state["resident.choice_count"] = [1, 1, 0, 0]
    state["resident.choice_won"] = [1.0, 0.0, 0.0, 0.0]
    closed = state.copy()
    run(learning.step, closed)
    assert closed["resident.standing"] == pytest.approx(np.full(4, 0.5))
    state["community.ballot_contest"] = 1.0
    run(learning.step, state)
    standing = state["resident.standing"]
    assert standing[0] > 0.5 > standing[1] and standing[2] == standing[3] == 0.5


def alone(count: int = 2) -> State:
    """Persons without ties who think a half of everybody."""
    state = town(count, degree=6)
    link(state, [])
    for name in ("trust", "efficacy", "standing", "belonging"):
        state[f"resident.{name}"] = 0.5
    return state


def test_a_visit_speaks_for_the_committee_alone() -> None:
    """Two visits of half an outcome each that say 0.9, against a memory of ten outcomes that say a half."""
    state = alone()
    state["resident.visits"] = [2, 0]
    numbers = {"visit_weight": 0.5, "visit_value": 0.9, "memory_standing": 10.0, "mixing": 0.0}
    run(learning.step, state, **numbers)
    assert state["resident.standing"] == pytest.approx([0.5 + (0.9 - 0.5) / 11.0, 0.5])
    for name in ("trust", "efficacy"):
        assert state[f"resident.{name}"] == pytest.approx([0.5, 0.5])
    run(learning.step, state, **numbers)  # it is used up
    assert state["resident.standing"][0] == pytest.approx(0.5 + 0.4 / 11.0)


def test_the_committee_is_credited_with_a_share_of_an_outcome() -> None:
    state = alone()
    state["resident.news"], state["resident.news_count"] = [1.0, 0.0], 1
    run(learning.step, state, memory=9.0, memory_standing=9.0, credited=0.5, mixing=0.0)
    assert state["resident.efficacy"] == pytest.approx([0.55, 0.45])
    assert state["resident.standing"] == pytest.approx([0.5 + 0.25 / 9.5, 0.5 - 0.25 / 9.5])


def test_what_was_told_counts_by_its_weight() -> None:
    state = alone()
    state["resident.told"], state["resident.told_good"] = [4, 0], [3.0, 0.0]
    run(learning.step, state, memory=8.0, told_weight=0.3, mixing=0.0)
    assert state["resident.efficacy"] == pytest.approx([0.5 + (0.9 - 0.6) / 9.2, 0.5])
    assert not state["resident.told"].any() and not state["resident.told_good"].any()


@pytest.mark.parametrize("openness", [0.0, 0.4, 1.0])
def test_talk_of_neighbours_gives_way_to_an_open_record(openness: float) -> None:
    """Ten outcomes told, all bad, of which a fifth is new; the record is empty."""
    state = alone()
    state["building.told"], state["building.heard"] = 10.0, 0.0
    state["community.openness"] = openness
    run(learning.step, state, memory=8.0, heard_weight=0.25, told_kept=0.8, mixing=0.0)
    weight = 0.25 * 0.2 * 10.0 * (1.0 - openness)
    assert state["resident.efficacy"] == pytest.approx(np.full(2, 0.5 - 0.5 * weight / (8.0 + weight)))


def test_boards_show_what_was_judged_lately_and_the_record_what_was_solved_in_a_year() -> None:
    state = alone()
    state["resident.digital"] = [1, 0]
    state["community.channel_public"][0, Channel.NET] = 1
    week = 60
    for k, (felt, judged, truth) in enumerate([
        (5.0 * (week - 53), 1, Truth.GOVERNMENT),  # older than a year
        (5.0 * (week - 52), 1, Truth.GOVERNMENT),  # in the record, no more on the board
        (5.0 * (week - 26), 1, Truth.OPEN),  # on both
        (5.0 * (week - 10), 0, Truth.LAPSED),  # in the record; nobody judged it, and nobody solved it
    ]):  # fmt: skip
        add_case(state, k, felt=felt, spoken=felt, judged=judged, satisfaction=0.25, truth=truth, channel=Channel.NET)
    numbers = {"memory": 8.0, "board_weight": 0.1, "board_weeks": 26.0, "record_weeks": 52.0, "mixing": 0.0}
    shown = 0.1 * 4.0 / 26.0  # one case, spread over the weeks that it hangs there
    before = state.copy()
    run(learning.step, before, week, **numbers)
    assert before["resident.efficacy"] == pytest.approx([0.5 - 0.25 * shown / (8.0 + shown), 0.5])
    state["community.openness"] = 0.5
    run(learning.step, state, week, record_weight=0.6, **numbers)
    assert state["resident.efficacy"][1] == pytest.approx(0.5 + (0.3 / 3.0 - 0.3 * 0.5) / 8.3)


def test_belonging_grows_by_acts_and_leans_back_to_where_it_began() -> None:
    state = alone(4)
    state["resident.volunteer"] = [1, 0, 0, 0]
    state["resident.attended"] = [0, 2, 0, 0]
    numbers = {"memory_belonging": 50.0, "act_volunteer": 1.0, "act_meeting": 0.2, "mixing": 0.0}
    run(learning.step, state, 104, **numbers)
    assert state["resident.belonging"] == pytest.approx([0.5 + 0.5 / 51.0, 0.5 + 0.2 * 0.5 / 50.2, 0.5, 0.5])
    state["resident.belonging"], state["resident.volunteer"], state["resident.attended"] = 0.8, 0, 0
    run(learning.step, state, 108, mixing=0.1, susceptibility=0.7)
    assert state["resident.belonging"] == pytest.approx(np.full(4, 0.8 - 0.1 * 0.3 * 0.3))


def test_heat_rises_with_overdue_cases_and_hot_friends_and_cools() -> None:
    state = town(6, degree=6)
    link(state, [(0, 1), (2, 3)])
    state["resident.heat"] = [0.0, 0.8, 0.0, 0.0, 0.5, 0.0]
    for row, (i, truth, spoken, file) in enumerate(
        [
            (0, Truth.OPEN, 5.0, File.IN_WORK),  # overdue, hot friend
            (2, Truth.OPEN, 5.0, File.IN_WORK),  # overdue, calm friend
            (3, Truth.GOVERNMENT, 5.0, File.IN_WORK),  # solved
            (5, Truth.OPEN, -1.0, File.NOT_SPOKEN),  # never spoken
        ]
    ):
        add_case(state, row, resident=i, truth=truth, file=file, severity=1.0, felt=4.0, spoken=spoken, due=-1.0)
        state["active.case"][row] = row
    state["rows.used"][2] = 4
    run(heat.step, state, 20, kept=0.9, rise=0.1, peers=1.0, unspoken=0.3)
    assert state["resident.heat"] == pytest.approx([0.2, 0.72, 0.1, 0.0, 0.45, 0.03])
