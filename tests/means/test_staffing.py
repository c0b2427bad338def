"""Who leaves, and what the leaver takes along."""

import numpy as np
import pytest

from sim.engine.state import State
from sim.engine.tables import Table
from sim.model.work import staffing
from sim.vocabulary.codes import Pay, Stream
from tests.means.world import run, world


def years(state, number, **changed):  # type: ignore[no-untyped-def]
    quits = 0
    for week in range(52 * number):
        before = state["person.employed"].copy()
        run(staffing.step, state, week, **changed)
        quits += int(((before == 1) & (state["person.employed"] == 0)).sum())
    return quits / number / 10


def test_quits_over_eight_years_at_an_ordinary_load_meet_the_level_in_the_literature():
    found = []
    for other in range(6):
        state = world()
        state["person.uid"] += other * 1000
        state["body.load"] = 0.85
        found.append(years(state, 8))
    assert 0.10 <= sum(found) / len(found) <= 0.25


def test_quits_rise_with_load_and_fall_with_pay():
    found = {}
    for load in (0.7, 1.1, 1.5):
        state = world()
        state["body.load"] = load
        found[load] = years(state, 10)
    assert found[0.7] < found[1.1] < found[1.5]
    state = world()
    state["body.load"] = 1.1
    run(staffing.step, state, 0)
    state["rule.pay"] = 2600.0
    assert years(state, 10) < found[1.1]


def test_a_newcomer_knows_less_and_learns():
    state = world()
    state["person.employed"][4] = 0
    state["person.vacant_until"][4] = 3
    run(staffing.step, state, 2)
    assert state["person.employed"][4] == 0
    run(staffing.step, state, 3, offers=0.0)
    assert state["person.employed"][4] == 1
    assert state["person.incumbents"][4] == 2
    new = state["person.skill"][4].copy()
    assert (new < 1.0).all()
    for week in range(4, 56):
        run(staffing.step, state, week, offers=0.5, attachment=0.5, strain_cost=0.2, offer_spread=0.1)
    assert state["person.skill"][4].sum() > new.sum()


def test_line_and_office_posts_do_not_quit():
    state = world()
    state["body.load"] = 2.0
    for week in range(104):
        run(staffing.step, state, week)
        assert state["person.employed"][[0, 1, 2, 13, 14]].all()


def test_nobody_applies_where_pay_is_far_below():
    state = world()
    state["community.outside_wage"] = 20000.0
    state["person.employed"][4] = 0
    run(staffing.step, state, 1)
    assert state["person.vacant_until"][4] == pytest.approx(5)
    assert state["person.employed"][4] == 0


def test_what_a_body_did_is_what_its_people_learn():
    state = State({"body": 1})
    body, hours = Table("body", state.columns), state["body.hours_total"]
    assert staffing.shares_of_work(0, body) == pytest.approx((1 / 3, 1 / 3, 1 / 3))
    hours[0, Pay.PUBLIC, [Stream.ABOVE, Stream.DEMAND, Stream.MEETING]] = [4.0, 2.0, 1.0]
    hours[0, Pay.OVERTIME, [Stream.LEDGER, Stream.INITIATIVE, Stream.COORDINATION]] = [2.0, 2.0, 1.0]
    # half of the service is dealing with people who quarrel: 6 hours of items, 4 of service, 2 + 2 of mediation
    assert staffing.shares_of_work(0, body) == pytest.approx((6 / 14, 4 / 14, 4 / 14))


@pytest.mark.parametrize(("score", "more"), [(0.5, 1), (-0.5, -1), (0.0, 0)])
def test_a_score_that_counts_in_pay_keeps_people_or_drives_them_away(score, more):
    found = {}
    for weight in (0.0, 0.4):
        state = world()
        state["body.load"] = 1.1
        state["rule.score_pay"], state["community.score"] = weight, score
        found[weight] = years(state, 10)
    assert np.sign(found[0.0] - found[0.4]) == more
