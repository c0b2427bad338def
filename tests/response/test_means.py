"""Money, posts, estates and votes answer to what is paid, who is there and how votes are cast."""

from __future__ import annotations

import numpy as np

from sim.model.bodies import firm
from sim.vocabulary.codes import Account, Body, Pay, Use
from tests.response.pairs import differences, falls, indicator, rises, town
from tests.runs import cases, changed, from_the_start, run


def flow(source, target, use=None):
    pick = slice(None) if use is None else use
    return lambda m: float(m.store["community.flow"][:, source, target, pick].sum())


def test_no_firm_no_fee():
    none = {"community.firm_share": 0.0}
    never = lambda seen: firm.Decision(effort=0.0, accept=0.0, stay=0.0, ask=0.0)  # noqa: E731
    without = run(from_the_start(changed(town(years=2), none)), seats={"firm": never})
    firms = without.store["body.type"] == Body.FIRM
    assert flow(Account.RESIDENTS, Account.FIRM)(without) == 0
    assert without.store["body.hours_total"][firms].sum() == 0
    assert not without.store["household.paid"].any()
    (fees,) = differences(town(years=1), none, flow(Account.RESIDENTS, Account.FIRM, Use.FEE))
    falls(fees, 1.0)


def test_better_pay_fewer_quits():
    base = town(years=4)
    (quits,) = differences(base, {"policy.money.pay": 3600.0, "parameters.staffing.outside_ratio": 0.7},
                           lambda m: float(m.store["person.incumbents"].sum()))  # fmt: skip
    falls(quits)


def test_pay_that_grows_keeps_people():
    (quits,) = differences(town(years=6, policy__money__growth=0.0), {"policy.money.growth": 0.1},
                           lambda m: float(m.store["person.incumbents"].sum()))  # fmt: skip
    falls(quits)


def test_staff_with_too_much_to_do_feel_it_and_leave():
    base = town("package=station_1_2", years=4, community__staff=10)
    leavers = lambda m: float((m.store["person.incumbents"] - 1).sum()) / m.settings.community.staff  # noqa: E731
    strain, left = differences(
        base, {"community.staff": 7, "parameters.items.scale": 2.5}, indicator("strain"), leavers
    )
    rises(strain, 1.0)
    rises(left, 0.8)


ELECTION = {"parameters.population.first_election": 52.0}


def test_official_turnout_is_never_below_personal_and_above_it_with_proxies():
    base = changed(town(years=2), {**ELECTION, "policy.elections.mode": "proxy", "policy.elections.proxies": 3})
    gap = indicator("turnout_gap")
    for mode in ("personal", "household", "proxy"):
        model = run(from_the_start(changed(base, {"policy.elections.mode": mode})))
        official, personal = (float(model.store[f"community.turnout_{n}"][0]) for n in ("official", "personal"))
        on_roll = model.store["community.roll"][0] / model.store["community.adults"][0]
        assert official >= personal, mode
        if mode == "personal":
            assert np.isclose(official * on_roll, personal)
            assert not model.store["resident.voted_for"].any()
    (less,) = differences(base, {"policy.elections.mode": "personal"}, gap)
    falls(less, 1.0)


def test_more_proxies_more_votes_that_nobody_cast():
    base = changed(town(years=2), {**ELECTION, "policy.elections.mode": "proxy", "policy.elections.proxies": 1})
    (more,) = differences(base, {"policy.elections.proxies": 8}, lambda m: float(m.store["resident.voted_for"].sum()))
    rises(more)


def test_money_that_stays_above_is_not_there_below():
    base = town("package=station_1_2", policy__delegation__money_down=True, policy__money__street_keeps=0.0)
    arrived = flow(Account.STREET, Account.ITEM)
    less, all_ = differences(base, {"policy.money.street_keeps": 1.0}, arrived, flow(Account.FISCAL, Account.STREET))
    falls(less, 1.0)
    assert np.allclose(all_, 0.0)


def test_without_work_funds_cases_wait_for_money():
    poor = {"policy.money.work_funds": 0.0, "policy.money.project_money": 0.0, "community.own_income": 0.0}
    paid, wait = differences(town(), poor, lambda m: float(m.store["community.flow"][:, :, :, Use.CASE].sum()),
                             lambda m: float(cases(m)["wait"][:, 3].sum()))  # fmt: skip
    falls(paid, 1.0)
    rises(wait)


def test_a_lower_bar_lets_companies_live_and_sell():
    base = town(policy__resources__entry_bar=1.0, years=4, residents=4000)
    alive, sold = differences(
        base,
        {"policy.resources.entry_bar": 0.0},
        indicator("companies_alive"),
        flow(Account.RESIDENTS, Account.COMPANIES),
    )
    rises(alive, 0.8)
    rises(sold, 1.0)


def test_neglected_estates_pay_less():
    lazy = {"parameters.firm.least_effort": 0.05, "parameters.firm.belief_gain": 0.3, "parameters.firm.horizon": 6.0}
    paid, effort = differences(town(years=3, community__firm_share=1.0), lazy, indicator("fee_collection"),
                               indicator("service_effort"))  # fmt: skip
    falls(effort)
    falls(paid)


def test_a_council_without_able_people_does_not_exist():
    nobody = {"parameters.posts.able_at": 0.8, "parameters.posts.stake_at": 0.7, "parameters.posts.spare_at": 5.0,
              "parameters.posts.standing_rate": 0.01}  # fmt: skip
    held = lambda m: float(m.store["body.hours_total"][m.store["body.type"] == Body.COUNCIL, Pay.BOARD].sum())  # noqa: E731
    (less,) = differences(town("package=proposed_boards", residents=4000), nobody, held)
    falls(less)


def test_more_volunteers_more_hours_given():
    (more,) = differences(town("package=proposed"), {"community.volunteer_share": 0.1},
                          lambda m: float(m.store["community.volunteer_hours"].sum()))  # fmt: skip
    rises(more, 1.0)
