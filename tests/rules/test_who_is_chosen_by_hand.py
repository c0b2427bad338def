"""Who sits on an election committee and what it settles; whom a congress elects and recalls; worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engine.state import State
from sim.model.bodies import council
from sim.model.elections import electing, elections, mobilising
from sim.model.meetings import congress
from sim.model.work import posts
from sim.vocabulary.codes import Body, Meeting, Pay, Runner, Stream
from tests.means.world import ROW, run, world
from tests.people import town as people

COUNCIL, BOARD, PARTY = ROW[Body.COUNCIL], ROW[Body.BOARD], ROW[Body.PARTY]
CERTAIN = {"come": 10.0, "spread": 0.0, "leniency": 0.0}


def assembly(residents: int = 100) -> State:
    """Twenty representatives, a congress this week; 20-49 stand for the council, 50-59 for the board."""
    state = world(residents)
    state["rule.meeting_weeks"][:, Meeting.CONGRESS] = 52
    state["rule.council"] = state["rule.board"] = 1
    state["community.meeting_due"][:, Meeting.CONGRESS] = 1
    state["body.left"][:, Pay.PUBLIC] = 100.0
    state["body.left"][:, Pay.BOARD] = 100.0
    state["body.seats"][[COUNCIL, BOARD]] = [5, 3]
    state["resident.representative"][:20] = 1
    state["community.representatives"] = 20.0
    state["resident.spare"] = 10.0
    state["resident.ability"] = np.linspace(0.3, 0.9, residents)
    state["resident.stands"][20:50] = 1
    state["resident.stands"][50:60] = 2
    state["tie.other"] = np.zeros(0)
    return state


def seated(state: State, first: int) -> list[int]:
    return [int(i) for i in np.flatnonzero((state["resident.seat"] + 1) // 2 == (first + 1) // 2)]


def test_a_congress_elects_those_whom_its_delegates_like_most_and_costs_their_hours():
    state = assembly()
    run(congress.step, state, 52, **CERTAIN)
    assert seated(state, 1) == [45, 46, 47, 48, 49], "the ablest of those who stand for the council"
    assert seated(state, 3) == [57, 58, 59]
    assert state["resident.hours"][:, Pay.VOLUNTEER].sum() == pytest.approx(20 * 3.0)
    assert state["body.hours"][PARTY, Pay.PUBLIC, Stream.MEETING] == pytest.approx(3.0)
    assert state["community.meetings_total"][0, Meeting.CONGRESS] == 1
    assert (state["body.elected_week"][[COUNCIL, BOARD]] == 53).all()


def test_without_a_quorum_or_without_a_congress_nobody_is_elected():
    few = assembly()
    few["resident.efficacy"][:11] = 0.0  # nine of twenty come
    run(congress.step, few, 52, **CERTAIN)
    assert not few["resident.seat"].any() and few["community.meetings_total"].sum() == 0
    assert few["resident.hours"][:, Pay.VOLUNTEER].sum() == pytest.approx(9 * 3.0), "who came has lost the evening"
    none = assembly()
    none["rule.meeting_weeks"][:, Meeting.CONGRESS] = 0
    run(congress.step, none, 52, **CERTAIN)
    assert not none["resident.seat"].any()


def test_members_keep_the_posts_they_hold():
    state = assembly()
    state["resident.representative"][49] = 1
    run(congress.step, state, 52, **CERTAIN)
    assert state["resident.seat"][49] == 2 and (state["resident.seat"][45:49] == 1).all()
    state["body.alive"][COUNCIL] = 1
    run(posts.step, state, 52)
    assert state["body.crossed_members"][COUNCIL] == pytest.approx(0.2)


def test_who_missed_the_sittings_is_recalled_and_who_came_stays():
    state = assembly()
    run(congress.step, state, 52, **CERTAIN)
    state["body.alive"][[COUNCIL, BOARD]] = 1
    state["body.sittings"][COUNCIL] = 4
    state["resident.missed"][[45, 46]] = [3, 2]  # borne is one half: three of four is too many, two of four is not
    run(congress.step, state, 104, **CERTAIN)
    assert seated(state, 1) == [44, 46, 47, 48, 49], "the next in line has the seat"
    assert state["community.recalled"][0] == 1.0
    assert state["body.sittings"][COUNCIL] == 0 and not state["resident.missed"].any()


def test_a_council_sitting_is_counted_for_each_member():
    state = assembly()
    state["resident.seat"][[1, 2, 3]] = 1
    state["resident.efficacy"][3] = -1.0  # never comes
    state["resident.stake"] = 1.0
    state["body.alive"][COUNCIL] = 1
    state["body.members"][COUNCIL] = 3
    state["body.dec"][COUNCIL, 1] = 1.0
    run(council.sit, state, 13, attend_base=1.0, attend_gain=1.0)
    assert state["body.sittings"][COUNCIL] == 1
    assert state["resident.missed"][[1, 2, 3]].tolist() == [0, 0, 1]


def test_where_a_congress_sits_nobody_takes_a_seat_unelected():
    for weeks in (0, 52):
        state = world(2000)
        state["rule.council"] = 1
        state["rule.meeting_weeks"][:, Meeting.CONGRESS] = weeks
        run(posts.boards, state)
        assert (seated(state, 1) == []) == (weeks > 0)
        assert state["body.alive"][COUNCIL] == (weeks == 0)
        assert (state["resident.stands"] > 0).any() == (weeks > 0)


def test_what_each_election_committee_brings_and_settles():
    """Street: officers, working day, no forms. Party: seven members, rest day. Residents: representatives, notice."""
    found = {}
    for runner in Runner:
        state = people.town(600)
        state["rule.election_runner"] = int(runner)
        state["resident.representative"][10:400:20] = 1
        state["community.election_week"] = 156
        state["community.candidates"] = 4
        state["body.left"][:, Pay.PUBLIC] = 100.0
        weeks = []
        for week in range(148, 157):
            people.run(elections.step, state, week)
            stage = int(state["community.ballot_stage"][0])
            if stage == 1:
                people.run(electing.seat, state, week)
                people.run(electing.work, state, week)
            weeks.append(stage)
        sits = state["resident.election_seat"] == 1
        found[runner] = (
            9 - weeks.index(1), int(state["community.ballot_rest"][0]), int(state["community.ballot_callers"][0]),
            int(sits.sum()), round(100.0 - state["body.left"][0, Pay.PUBLIC], 6),
            round(100.0 - state["body.left"][people.PARTY, Pay.PUBLIC], 6),
            round(float(state["resident.hours"][:, Pay.VOLUNTEER].sum()), 6),
        )  # fmt: skip
        if runner == Runner.PARTY:
            assert state["resident.party"][sits].all()
        if runner == Runner.RESIDENTS:
            assert state["resident.representative"][sits].all()
    # weeks of notice, rest day, callers, seats, officers' hours, the Party organization's hours, residents' hours
    assert found[Runner.STREET] == (5, 0, 0, 0, 7 * 2.0 + 4.0, 0.0, 0.0)
    assert found[Runner.PARTY] == (5, 1, 7, 7, 0.0, 2.0 + 4.0, 7 * (4.0 + 2.0))
    assert found[Runner.RESIDENTS] == (7, 1, 20, 7, 0.0, 0.0, 20 * 4.0 + 7 * 2.0 + 4.0)


def test_whose_name_is_struck_off_the_list():
    """Four stand: a critic in the Party, a critic outside, a supporter without trust, and a supporter with trust."""
    left = {}
    for runner in Runner:
        state = people.town(600)
        state["community.ballot_stage"] = 1
        state["community.ballot_runner"] = int(runner)
        state["resident.candidate"][:4] = 1
        state["resident.standing"][:4] = [0.1, 0.1, 0.9, 0.9]
        state["resident.trust"][:4] = [0.1, 0.1, 0.1, 0.9]
        state["resident.party"][:4] = [1, 0, 0, 0]
        state["community.candidates"] = 4
        people.run(electing.review, state)
        left[runner] = state["resident.candidate"][:4].tolist()
        assert state["community.candidates"][0] == sum(left[runner])
        assert state["community.struck"][0] == 4 - sum(left[runner])
        assert state["community.ballot_contest"][0] == pytest.approx(sum(left[runner]) / people.MEMBERS)
    assert left == {Runner.STREET: [0, 0, 1, 1], Runner.PARTY: [1, 0, 0, 1], Runner.RESIDENTS: [1, 1, 1, 1]}


def test_who_runs_the_election_goes_from_door_to_door():
    """Officers reach households in paid hours; those who sit on the committee go out in their own, none the less."""
    doors, paid = {}, {}
    for runner in Runner:
        state = people.town(2000)
        state["community.ballot_stage"] = 2
        state["community.ballot_runner"] = int(runner)
        state["resident.on_roll"] = 1
        state["resident.volunteer"] = 0
        state["body.left"][0, Pay.PUBLIC] = 100.0
        if runner != Runner.STREET:
            state["resident.election_seat"][state["resident.adult"] == 1] = 0
            state["resident.election_seat"][np.flatnonzero(state["resident.adult"] == 1)[:140:20]] = 1
        people.run(mobilising.step, state, 150)
        doors[runner] = state["community.doors"][0]
        paid[runner] = state["body.hours"][0, Pay.PUBLIC].sum()
    assert all(n > 0 for n in doors.values())
    assert paid[Runner.STREET] == pytest.approx(7 * 1.5) and paid[Runner.PARTY] == paid[Runner.RESIDENTS] == 0.0
