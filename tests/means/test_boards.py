"""Council and supervisory board: quorum, budget, sampling and publishing."""

import pytest

from sim.model.bodies import board, council
from sim.model.oversight import sampling
from sim.model.work import posts
from sim.vocabulary.codes import Account, Body, File, Meeting, Pay, Stream, Truth
from tests.means.world import ROW, run, world

COUNCIL, BOARD = ROW[Body.COUNCIL], ROW[Body.BOARD]


def founded(due: int = 1):  # type: ignore[no-untyped-def]
    state = world(2000)
    state["rule.council"] = 1
    state["rule.board"] = 1
    run(posts.boards, state)
    state["body.left"][...] = state["body.capacity"]
    state["community.meeting_due"][0, Meeting.COUNCIL] = due
    state["community.balance"][0, Account.COMMON] = 1000.0
    return state


def week_of_council(state, week=1, **changed):  # type: ignore[no-untyped-def]
    run(council.perceive, state, week)
    run(council.decide, state, week)
    run(council.sit, state, week, **changed)


def test_a_quorate_sitting_releases_money_and_costs_hours():
    state = founded()
    week_of_council(state, attend_base=0.8, attend_gain=0.6)
    assert 0.0 < state["community.council_released"][0] <= 1000.0
    assert state["community.meeting_held"][0, Meeting.COUNCIL] == 1
    hours = state["body.hours"][COUNCIL, Pay.BOARD, Stream.MEETING]
    assert hours > 0.0
    assert hours + state["body.left"][COUNCIL, Pay.BOARD] == pytest.approx(state["body.capacity"][COUNCIL, Pay.BOARD])
    assert state["resident.hours"][:, Pay.BOARD].sum() == pytest.approx(hours)


def test_without_a_quorum_or_a_date_nothing_is_decided():
    for state, changed in ((founded(), {"attend_base": 0.1, "attend_gain": 0.0, "present": 0.67}), (founded(0), {})):
        week_of_council(state, **changed)
        assert state["community.council_released"][0] == 0.0
        assert state["community.meeting_held"][0, Meeting.COUNCIL] == 0


def test_where_no_council_sits_nobody_holds_the_budget_back():
    state = world()
    state["community.balance"][0, Account.COMMON] = 70.0
    run(council.sit, state)
    assert state["community.council_released"][0] == 70.0


def papers(crossed: float):  # type: ignore[no-untyped-def]
    state = founded()
    state["rows.used"][0] = 50
    state["case.uid"] = range(50)
    state["case.file"] = File.CLOSED
    state["case.paper"] = 1
    state["case.truth"] = Truth.OPEN
    state["case.truth"][:5] = Truth.SELF
    state["case.owner"] = ROW[Body.COMMITTEE]
    state["case.last_closed"] = 4.0
    state["body.crossed_members"][BOARD] = crossed
    return state


def test_published_gaps_reopen_open_problems_and_vanish_with_double_posts():
    found = []
    for crossed in (0.0, 1.0):
        published = 0.0
        for week in range(1, 21):
            state = papers(crossed)
            run(board.perceive, state, week)
            run(board.decide, state, week)
            run(sampling.step, state, week, look_back=260.0)
            published += state["community.published"][0]
            reopened = state["case.file"] == File.ROUTED
            assert (state["case.paper"][reopened] == 0).all()
            assert (state["case.body"][reopened] == ROW[Body.COMMITTEE]).all()
            assert not reopened[:5].any()
            spent = state["body.hours"][BOARD, Pay.BOARD, Stream.OVERSIGHT]
            assert spent + state["body.left"][BOARD, Pay.BOARD] == pytest.approx(10.0)
            assert state["resident.hours"][:, Pay.BOARD].sum() == pytest.approx(spent)
        found.append(published)
    assert found[0] > 2 * found[1] > 0.0


def test_files_that_hold_are_not_reopened():
    state = papers(0.0)
    state["case.paper"] = 0
    run(board.perceive, state)
    run(board.decide, state)
    run(sampling.step, state, 1)
    assert (state["case.file"] == File.CLOSED).all()
    assert state["community.published"][0] == 0.0
