"""Where persons sit and how many hours follow from it."""

import numpy as np
import pytest

from sim.model.work import posts
from sim.vocabulary.codes import Body, Pay
from tests.means.world import ROW, run, world


def cross(state, share):  # type: ignore[no-untyped-def]
    state["rule.cross_share"] = share
    for pair in ((Body.PARTY, Body.COMMITTEE), (Body.PARTY, Body.STATION), (Body.COMMITTEE, Body.STATION)):
        state["rule.cross_pair"][:, pair[0], pair[1]] = 1


def test_public_hours_are_the_hours_of_employed_persons():
    state = world()
    state["rule.station_apart"] = 1
    state["rule.staff_down"] = 1
    cross(state, 0.4)
    state["person.employed"][5] = 0
    state["body.due_hours"][ROW[Body.STATION]] = 60.0
    for week in range(4):
        run(posts.step, state, week)
        assert state["body.capacity"][:, Pay.PUBLIC].sum() == pytest.approx(34.0 * 14)


@pytest.mark.parametrize(("apart", "down", "seat"), [
    (1, 1, Body.STATION), (0, 1, Body.COMMITTEE), (1, 0, Body.STREET_DESK), (0, 0, Body.STREET_DESK),
])
def test_desk_persons_sit_where_seats_and_delegation_put_them(apart, down, seat):
    state = world()
    state["rule.station_apart"] = apart
    state["rule.staff_down"] = down
    run(posts.step, state)
    assert set(state["person.body"][state["person.desk"] == 1]) == {ROW[seat]}
    assert state["body.alive"][ROW[Body.STATION]] == apart
    assert state["body.lines"][ROW[seat]] == 4


def test_a_share_of_forty_per_cent_crosses_four_of_ten_and_more_only_adds():
    before: set[int] = set()
    for share, count in ((0.0, 0), (0.2, 2), (0.4, 4), (0.8, 8)):
        state = world()
        state["rule.station_apart"] = 1
        state["rule.staff_down"] = 1
        cross(state, share)
        run(posts.step, state)
        now = set(np.flatnonzero(state["person.second"] >= 0))
        assert len(now) == count
        assert before <= now
        before = now


def test_one_head_sits_in_both_bodies():
    state = world()
    state["rule.one_head"] = 1
    run(posts.step, state)
    assert state["person.second"][3] == ROW[Body.COMMITTEE]


def test_hours_of_a_crossed_person_go_where_dates_press():
    shares = []
    for due in (0.0, 200.0):
        state = world()
        state["rule.station_apart"] = 1
        state["rule.staff_down"] = 1
        cross(state, 0.8)
        state["body.demand_hours"][ROW[Body.COMMITTEE]] = 40.0
        state["body.due_hours"][ROW[Body.STATION]] = due
        for week in range(5):
            run(posts.step, state, week)
        shares.append(state["body.capacity"][ROW[Body.STATION], Pay.PUBLIC])
    assert shares[1] > shares[0]


def test_pooled_desks_have_one_line_and_less_practice():
    found = []
    for pooled in (0, 1):
        state = world()
        state["rule.station_apart"] = 1
        state["rule.staff_down"] = 1
        state["rule.desks_pooled"] = pooled
        run(posts.step, state)
        found.append((state["body.lines"][ROW[Body.STATION]], state["body.skill"][ROW[Body.STATION], 0]))
    assert found[0][0] == 4
    assert found[1][0] == 1
    assert found[0][1] == pytest.approx(1.0)
    assert found[1][1] < 1.0


def test_no_council_without_able_people():
    state = world()
    state["rule.council"] = 1
    state["resident.ability"] = 0.1
    run(posts.boards, state)
    assert state["body.alive"][ROW[Body.COUNCIL]] == 0
    assert not state["resident.seat"].any()


def test_a_council_is_found_and_dissolved():
    state = world(2000)
    state["rule.council"] = 1
    state["rule.board"] = 1
    state["community.representatives"] = 1000.0
    run(posts.boards, state)
    assert state["body.alive"][ROW[Body.COUNCIL]] == 1
    assert state["body.members"][ROW[Body.COUNCIL]] == 11
    assert state["body.members"][ROW[Body.BOARD]] == 5
    run(posts.step, state)
    assert 0.1 < state["body.crossed_members"][ROW[Body.COUNCIL]] < 0.9
    state["rule.council"] = 0
    run(posts.boards, state, 1)
    assert state["body.alive"][ROW[Body.COUNCIL]] == 0
    assert (state["resident.seat"] > 2).sum() == 5


def test_a_dose_of_posts_adds_paid_hours_to_the_community_only():
    plain, dosed = world(), world()
    dosed["rule.extra_posts"] = 2.0
    for state in (plain, dosed):
        run(posts.step, state)
    more = dosed["body.capacity"][:, Pay.PUBLIC] - plain["body.capacity"][:, Pay.PUBLIC]
    assert np.isclose(more.sum(), 2.0 * 34.0)
    for body in (Body.STREET_OFFICE, Body.SECURITY, Body.MASS):
        assert more[ROW[body]] == 0.0
