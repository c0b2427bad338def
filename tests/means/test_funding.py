"""Money by hand: where it comes from, where it stops, what it cannot do."""

import pytest

from sim.engine.tables import Table
from sim.model.money import funding
from sim.vocabulary.codes import Account, Body, TaskState, Use
from tests.means.world import ROW, run, world


def money(residents: int = 200):  # type: ignore[no-untyped-def]
    state = world(residents)
    state["community.residents"] = 5000
    state["item.rate"] = [100.0, 50.0, 25.0]
    state["item.pay"] = 52.0
    state["rule.work_funds"] = 100000.0
    return state


def balanced(state):  # type: ignore[no-untyped-def]
    balance = state["community.balance"]
    flow = state["community.flow"].sum(axis=3)
    assert balance.sum() == pytest.approx(0.0, abs=1e-6)
    assert flow.sum(axis=1) - flow.sum(axis=2) == pytest.approx(balance, abs=1e-6)
    assert (balance[:, Account.STREET:] >= 0.0).all()
    used = state.used("journal")
    assert state["journal.entry"][:used, 6].sum() == pytest.approx(flow.sum())


def test_a_first_week_by_hand():
    state = money()
    state["rule.money_down"] = 1
    state["rule.street_keeps"] = 0.4
    run(funding.step, state, 0)
    balance = state["community.balance"][0]
    assert state["community.flow"][0, Account.STREET, Account.STAFF, Use.PAY] == pytest.approx(12 * 2000 * 12 / 13)
    assert balance[Account.WORK] == pytest.approx(100000 - 6000 * 10 / 13)
    assert balance[Account.ITEM] == pytest.approx(0.6 * 175 * 52 / 13)
    assert balance[Account.STREET] == pytest.approx(0.4 * 175 * 52 / 13)
    assert state["community.debt"][0] == 0.0
    balanced(state)


def test_money_stops_at_the_subdistrict_unless_it_is_delegated_or_follows_the_item():
    state = money()
    run(funding.step, state, 0)
    assert state["community.balance"][0, Account.ITEM] == 0.0
    held = [Table(name, state.columns) for name in ("rows", "journal", "community")]
    assert funding.pay_for_item(1, 0, 3, 52.0, 0.5, *held) == pytest.approx(26.0)
    assert state["community.balance"][0, Account.ITEM] == pytest.approx(26.0)
    balanced(state)


def test_a_year_balances_and_grows():
    state = money()
    state["rule.growth"] = 0.05
    state["community.own_income"] = 100000.0
    state["community.dividend_share"] = 0.8
    for week in range(53):
        run(funding.step, state, week)
    assert state["community.growth"][0] == pytest.approx(1.05)
    balanced(state)


def test_items_without_money_eat_the_work_funds():
    spent = {}
    for body in (Body.COMMITTEE, Body.STREET_DESK):
        state = money()
        run(funding.step, state, 0)
        before = state["community.balance"][0, Account.WORK]
        state["rows.used"][1] = 1
        state["task.state"][0] = TaskState.DONE
        state["task.finished"][0] = 3.5
        state["task.body"][0] = ROW[body]
        run(funding.step, state, 1)
        run(funding.step, state, 2)
        spent[body] = before - state["community.balance"][0, Account.WORK]
    assert spent[Body.COMMITTEE] == pytest.approx(0.6 * 52)
    assert spent[Body.STREET_DESK] == 0.0


def test_without_any_purse_nothing_is_spent():
    state = money()
    state["rule.work_funds"] = 0.0
    state["rule.pay"] = 0.0
    state["item.pay"] = 0.0
    for week in range(20):
        run(funding.step, state, week)
        run(funding.gifts, state, week)
    assert not state["community.flow"].any()


def test_a_bad_year_leaves_a_debt_to_members():
    state = money()
    state["community.own_income"] = 130000.0
    state["community.dividend_share"] = 1.3
    run(funding.step, state, 0, asset_risk=0.0)
    assert state["community.debt"][0] == pytest.approx(3000.0)
    assert state["community.balance"][0, Account.OWN] == 0.0
    balanced(state)


def test_project_money_goes_to_the_visible():
    shares = []
    for visible in (0.5, 2.0):
        state = world(communities=2)
        state["community.full"] = [1, 0]
        state["community.visible"] = [visible, 1.0]
        state["rule.project_money"] = 100000.0
        run(funding.step, state, 0)
        shares.append(state["community.balance"][0, Account.PROJECT])
    assert shares[0] < 50000 < shares[1]


def test_gifts_are_asked_for_or_not_given_and_fall_when_the_need_is_paid_for():
    given = []
    for asked, work in ((0, 0.0), (1, 0.0), (1, 1e6)):
        state = money(5000)
        state["rule.gifts"] = asked
        state["body.purse"][ROW[Body.UNIT]] = 50000.0
        state["community.balance"][0, Account.WORK] = work
        for week in range(0, 104, 13):
            run(funding.gifts, state, week)
        given.append(state["community.flow"][0, Account.DONORS].sum())
    assert given[0] == 0.0
    assert given[1] > given[2] >= 0.0
