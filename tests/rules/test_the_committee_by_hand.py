"""What a residents' committee sees and decides, reckoned with a pencil: its split of hours, its visits, its courage."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from sim.engine.state import State
from sim.model.bodies import committee
from sim.vocabulary.codes import Body, Pay
from tests.calls import ruled
from tests.people.town import run

SEEN = [f.name for f in fields(committee.Observation)]
DECIDED = [f.name for f in fields(committee.Decision)]
FULL_DESK = {"hours": 100.0, "load": 1.0, "due_hours": 30.0, "backlog": 100.0, "demand_hours": 20.0,
             "weeks_to_vote": 999.0, "answers": 1.0, "appraised": 1.0}  # fmt: skip


def decided(numbers: dict[str, float] | None = None, **seen: float) -> dict[str, float]:
    """The default rule's decision; what is not given is as on a full desk."""
    obs = np.zeros(16)
    for name, value in (FULL_DESK | seen).items():
        obs[SEEN.index(name)] = value
    dec = ruled(committee, obs, **(numbers or {}))
    return dict(zip(DECIDED, dec.tolist(), strict=True))


WEIGHTS = {"inspected_weight": 3.0, "rest_weight": 0.2, "standing_weight": 0.5, "appraisal_weight": 1.0}


@pytest.mark.parametrize(
    ("seen", "above", "below"),
    [
        ({}, 3.0 * 30.0 + 0.2 * 50.0, 20.0),  # of 100 hours 30 are due and inspected, 20 residents', 50 the rest
        ({"answers": 0.0}, 30.0 + 0.2 * 50.0, 20.0),  # nobody who inspects it judges it
        ({"backlog": 40.0}, 3.0 * 30.0, 20.0),  # no rest; never less than none
        ({"weeks_to_vote": 6.0}, 100.0, 1.5 * 20.0),  # the last week in which a vote counts as near
        ({"weeks_to_vote": 7.0}, 100.0, 20.0),
        ({"appraised": 0.25}, 100.0, 1.75 * 20.0),
        ({"weeks_to_vote": 1.0, "appraised": 0.0}, 100.0, 2.5 * 20.0),
        ({"demand_hours": 0.0, "due_hours": 0.0, "backlog": 0.0}, 1.0, 1.0),  # nothing to do: half and half
    ],
)
def test_hours_are_split_by_their_weights(seen: dict[str, float], above: float, below: float) -> None:
    assert decided(WEIGHTS, **seen)["share_above"] == pytest.approx(above / (above + below))


def test_a_body_that_is_to_do_items_only_keeps_no_hour_for_anything_else() -> None:
    made = decided(items_only=1.0, load=0.1, backlog=10.0)
    assert made["share_above"] == 1.0 and made["outreach"] == 0.0


@pytest.mark.parametrize(
    ("seen", "outreach"),
    [
        ({"load": 1.0, "backlog": 100.0}, 0.12 * 0.5),  # a desk that is just full
        ({"load": 1.5, "backlog": 150.0}, 0.0),  # one at which own initiative ends
        ({"load": 2.0, "backlog": 200.0}, 0.0),
        ({"load": 0.7, "backlog": 70.0}, 0.12 * 0.8 + 0.5 * 0.3),  # three hours in ten are free
        ({"load": 0.0, "backlog": 0.0}, 0.5),  # never more than the most
        ({"load": 1.0, "backlog": 0.0, "hours": 0.5}, 0.12 * 0.5 + 0.5 * 0.5),  # slack against one hour at least
    ],
)
def test_own_initiative_ends_as_the_desk_fills(seen: dict[str, float], outreach: float) -> None:
    numbers = {"outreach_base": 0.12, "outreach_until": 1.5, "outreach_most": 0.5, "outreach_idle": 0.5}
    assert decided(numbers, **seen)["outreach"] == pytest.approx(outreach)


@pytest.mark.parametrize(
    ("seen", "passes"),
    [
        ({}, 0.75),
        ({"trouble": 0.4}, 0.75 - 0.35 * 0.4),
        ({"trouble": 5.0}, 0.75 - 0.35),  # blame is full at one escalation a week
        ({"trouble": 1.0, "published": 2.0}, 0.75 - 0.35 + 0.2),
        ({"published": 9.0}, 1.0),
    ],
)
def test_blame_for_passing_on_stands_against_blame_for_keeping_back(seen: dict[str, float], passes: float) -> None:
    numbers = {"pass_base": 0.75, "pass_fear": 0.35, "pass_seen": 0.1}
    assert decided(numbers, **seen)["pass_up"] == pytest.approx(passes)


def test_one_case_in_twenty_is_passed_on_at_the_least() -> None:
    assert decided({"pass_base": 0.2, "pass_fear": 1.0}, trouble=1.0)["pass_up"] == pytest.approx(0.05)


@pytest.mark.parametrize(("load", "overtime"), [(0.5, 0.0), (0.9, 0.0), (1.2, 0.6), (3.0, 1.0)])
def test_overtime_begins_at_a_load_and_is_bounded(load: float, overtime: float) -> None:
    made = decided({"overload": 0.9, "overtime_slope": 2.0}, load=load)
    assert made["overtime"] == pytest.approx(overtime)


@pytest.mark.parametrize(
    ("seen", "refuses"),
    [
        ({"load": 0.5}, 0.35),
        ({"load": 1.0}, 0.35 * 1.5),
        ({"load": 0.5, "rating_lost": 0.1}, 0.35 * 0.7),
        ({"load": 0.5, "rating_lost": 0.1, "pay_lost": 0.04}, 0.35 * 0.5),
        ({"load": 0.5, "rating_lost": 1.0}, 0.0),
        ({"load": 9.0}, 1.0),
    ],
)
def test_refusing_a_duty_takes_a_full_desk_and_no_loss_by_the_last_refusal(
    seen: dict[str, float], refuses: float
) -> None:
    numbers = {"dare": 0.35, "refusal_cost": 3.0, "pay_cost": 5.0}
    assert decided(numbers, **seen)["refuse"] == pytest.approx(refuses)


def test_voters_are_fetched_in_the_weeks_before_a_vote() -> None:
    numbers = {"canvass": 0.3, "canvass_weeks": 6.0}
    assert [decided(numbers, weeks_to_vote=w)["mobilise"] for w in (7.0, 6.0, 0.0)] == [0.0, 0.3, 0.3]
    made = decided({"paper_base": 0.61, "reply_base": 0.47})
    assert (made["paper_items"], made["paper_cases"]) == (0.61, 0.47)


PARTY, COMMITTEE, STATION, DESK = 1, 2, 3, 4


def bodies() -> State:
    """A subdistrict office, and a community with a Party organization, a committee, a station and its windows."""
    state = State({"community": 1, "rule": 1, "body": 5})
    state["community.full"] = 1
    state["community.first_body"], state["community.last_body"] = 1, 5
    state["body.type"] = [Body.STREET_OFFICE, Body.PARTY, Body.COMMITTEE, Body.STATION, Body.STREET_DESK]
    state["body.community"] = [-1, 0, 0, 0, 0]
    state["body.alive"] = 1
    state["rule.reports_to"] = -1
    return state


def reports(state: State, **lines: Body) -> None:
    for name, to in lines.items():
        state["rule.reports_to"][0, Body[name.upper()]] = to


def seen(state: State, body: int, name: str) -> float:
    return float(state["body.obs"][body, SEEN.index(name)])


def test_each_sees_its_own_desk() -> None:
    state = bodies()
    own = {"load": "load", "due_hours": "due_hours", "backlog": "backlog", "demand_hours": "demand_hours",
           "overdue": "overdue"}  # fmt: skip
    for k, column in enumerate(own.values()):
        state[f"body.{column}"] = 10.0 * k + np.arange(5)
    state["body.capacity"][:, Pay.PUBLIC] = [0.0, 1.0, 170.0, 68.0, 34.0]
    state["community.election_week"] = 130
    run(committee.perceive, state, 100)
    for body in (COMMITTEE, STATION, DESK):
        assert seen(state, body, "hours") == state["body.capacity"][body, Pay.PUBLIC]
        for name, column in own.items():
            assert seen(state, body, name) == state[f"body.{column}"][body], name
    assert not state["body.obs"][PARTY].any()  # another mechanism's
    assert [seen(state, b, "weeks_to_vote") for b in (COMMITTEE, STATION, DESK)] == [30.0, 999.0, 999.0]


def test_inspection_and_trouble_count_for_those_who_answer_to_the_office() -> None:
    state = bodies()
    state["community.known_trouble"], state["community.inspected"], state["community.published"] = 0.7, 0.2, 3.0
    reports(state, committee=Body.PARTY, party=Body.STREET_OFFICE, station=Body.COMMITTEE)
    run(committee.perceive, state)
    for body in (COMMITTEE, STATION):
        assert [seen(state, body, n) for n in ("answers", "trouble", "inspected")] == [1.0, 0.7, 0.2]
    assert [seen(state, DESK, n) for n in ("answers", "trouble", "inspected")] == [0.0, 0.0, 0.0]
    assert seen(state, DESK, "published") == seen(state, COMMITTEE, "published") == 3.0
    reports(state, party=Body.COMMITTEE)  # a circle ends at no office
    run(committee.perceive, state)
    assert seen(state, COMMITTEE, "answers") == 0.0


@pytest.mark.parametrize(
    ("rules", "counts"),
    [
        ({}, {}),
        ({"appraisal": 1}, {COMMITTEE, STATION}),
        ({"score_pay": 0.05}, {COMMITTEE, STATION}),
        ({"score_grants": 1}, {COMMITTEE, STATION}),
        ({"score_votes": 1}, {COMMITTEE}),  # only the committee stands before voters
    ],
)
def test_the_residents_score_is_seen_where_something_hangs_on_it(rules: dict[str, float], counts: set[int]) -> None:
    state = bodies()
    state["body.appraised"] = 0.3
    for name, value in rules.items():
        state[f"rule.{name}"] = value
    run(committee.perceive, state)
    assert all(seen(state, b, "appraised") == 1.0 for b in (COMMITTEE, STATION, DESK))  # nobody has scored yet
    state["community.appraisals"] = 1.0
    run(committee.perceive, state)
    assert {b for b in (COMMITTEE, STATION, DESK) if seen(state, b, "appraised") == 0.3} == set(counts)


def test_what_refusing_cost_is_the_committees_to_feel() -> None:
    state = bodies()
    state["community.rating_lost"], state["rule.head_pay"], state["rule.items_only"] = 0.1, 0.3, 1
    run(committee.perceive, state)
    assert [seen(state, b, "rating_lost") for b in (COMMITTEE, STATION, DESK)] == [0.1, 0.0, 0.0]
    assert [seen(state, b, "pay_lost") for b in (COMMITTEE, STATION, DESK)] == pytest.approx([0.03, 0.0, 0.0])
    assert [seen(state, b, "items_only") for b in (COMMITTEE, STATION, DESK)] == [1.0, 1.0, 0.0]


def test_the_dead_see_and_decide_nothing() -> None:
    state = bodies()
    state["body.alive"][COMMITTEE] = 0
    state["body.load"] = 2.0
    run(committee.perceive, state)
    run(committee.decide, state)
    assert not state["body.obs"][COMMITTEE].any() and not state["body.dec"][COMMITTEE].any()
    assert state["body.dec"][STATION].any() and state["body.dec"][DESK].any() and not state["body.dec"][PARTY].any()


def test_whoever_may_assign_splits_the_difference() -> None:
    state = bodies()
    state["body.dec"][:, 0] = 0.4
    state["body.dec"][PARTY, 1] = 0.8
    run(committee.assign, state)
    assert (state["body.dec"][:, 0] == 0.4).all()  # nobody may
    state["rule.assigns"][0, Body.PARTY, Body.COMMITTEE] = 1
    state["rule.assigns"][0, Body.STREET_OFFICE, [Body.COMMITTEE, Body.STATION]] = 1
    run(committee.assign, state)
    # the Party organization comes first; the office wants inspected items alone
    assert state["body.dec"][:, 0] == pytest.approx([0.4, 0.4, 0.6, 0.7, 0.4])
    state["body.dec"][:, 0] = 0.4
    state["body.alive"][PARTY] = 0
    run(committee.assign, state)
    assert state["body.dec"][COMMITTEE, 0] == 0.4  # an empty seat sets nothing
    state["community.full"] = 0
    run(committee.assign, state)
    assert state["body.dec"][STATION, 0] == pytest.approx(0.7)
