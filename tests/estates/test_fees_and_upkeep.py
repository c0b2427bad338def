"""Fees follow service, no firm means no fee, money balances, buildings wear less where hours are spent."""

import numpy as np
import pytest

from sim.model.bodies import firm
from sim.model.estates import upkeep
from sim.model.money import fees
from sim.vocabulary.codes import Account, Body, File, Kind, Pay, Stream, Truth, Use
from tests.estates.world import build, call, firm_money, run

QUARTER_END = 12


def test_fee_of_a_quarter_is_three_months_of_those_who_paid() -> None:
    s = build(households=200)
    call(s, fees.step, QUARTER_END)
    paid = int(s["household.paid"].sum())
    assert 0 < paid < 200
    assert s["estate.collection"][0] == paid / 200
    assert s["body.purse"][2] == paid * 120.0 * 3
    assert list(s["journal.entry"][0]) == [QUARTER_END, 0, Account.RESIDENTS, Account.FIRM, 2, Use.FEE, paid * 360.0]
    assert s["community.balance"].sum() == 0


def test_other_weeks_are_not_pay_day() -> None:
    s = build()
    before = s["household.paid"].copy()
    call(s, fees.step, QUARTER_END + 1)
    assert np.array_equal(before, s["household.paid"]) and s["rows.used"][3] == 0


def test_no_firm_no_fee() -> None:
    s = build(estates=2)
    s["body.alive"][2] = 0
    s["estate.firm"][0] = -1
    call(s, fees.step, QUARTER_END)
    first = s["household.estate"] == 0
    assert s["household.paid"][first].sum() == 0 and s["estate.collection"][0] == 0
    assert s["household.paid"][~first].sum() > 0
    assert s["rows.used"][3] == 1


def test_the_trade_learns_what_an_estate_pays() -> None:
    s = build(households=300)
    s["household.income"] = 0.05  # nobody can pay
    run(s, 260, initiate=0.0)
    assert s["estate.known_collection"][0] < 0.5
    assert s["estate.replaced"][0] <= 3  # no endless row of hopeful firms


def test_worse_service_lowers_collection_in_time() -> None:
    shares = []
    for effort in (0.25, 0.5, 0.75):
        s = build(households=400)
        run(s, 156, fixed_effort=effort, initiate=0.0, leave_below=0.0)
        shares.append(float(s["estate.collection"][0]))
    assert shares[0] + 0.1 < shares[1] < shares[2] - 0.02


def test_arms_are_paired_by_household() -> None:
    good, bad = build(households=400), build(households=400)
    bad["estate.effort"] = 0.4
    call(good, fees.step, QUARTER_END)
    call(bad, fees.step, QUARTER_END)
    assert not np.any((bad["household.paid"] == 1) & (good["household.paid"] == 0))


@pytest.mark.parametrize(("truth", "sign"), [(Truth.OPEN, -1), (Truth.MARKET, 1), (Truth.NEIGHBOUR, 0)])
def test_own_property_problem_counts(truth: Truth, sign: int) -> None:
    plain, touched = build(households=60), build(households=60)
    for s in (plain, touched):
        s["rows.used"][0] = 60
        s["case.resident"][:60] = np.arange(60)
        s["case.kind"] = Kind.REPAIR
        s["case.truth"] = truth
        s["case.file"] = File.CLOSED
        s["case.spoken"] = 5.0
    plain["case.spoken"] = -1.0  # felt and never spoken of: no reproach to the firm
    call(plain, fees.step, QUARTER_END)
    call(touched, fees.step, QUARTER_END)
    change = int(touched["household.paid"].sum()) - int(plain["household.paid"].sum())
    assert np.sign(change) == sign


def test_a_week_of_the_firm_is_paid_and_gives_hours() -> None:
    s = build(households=100)
    p = {k: v.value for k, v in firm.operate.params.items()}
    call(s, firm.operate, 0, wage_growth=0.0)
    due = 100 * 120.0
    wages = due * 12 / 52 * p["labour_share"] * 0.6
    cost = due * 12 / 52 * ((p["labour_share"] + p["service_share"]) * 0.6 + p["fixed_share"])
    flow = s["community.flow"][0]
    assert flow[Account.FIRM, Account.STAFF, Use.WAGE] == pytest.approx(wages)
    assert flow[Account.FIRM, Account.SUPPLIERS, Use.OFFICE] == pytest.approx(cost - wages)
    assert s["body.capacity"][2, Pay.FEE] == pytest.approx(wages / p["wage"])
    assert s["community.balance"][0, Account.FIRM] == pytest.approx(s["body.purse"][2])


def test_an_empty_purse_gives_no_hours() -> None:
    s = build()
    call(s, firm.operate, 5)  # after the start no capital comes
    assert s["body.capacity"][2, Pay.FEE] == 0 and s["estate.effort"][0] == 0 and s["rows.used"][3] == 0


def test_purses_and_ledger_agree_over_years() -> None:
    s = build(estates=4, committee=True)
    run(s, 260)
    assert firm_money(s) == pytest.approx(s["community.balance"][0, Account.FIRM], abs=1e-4)
    assert s["community.balance"].sum() == pytest.approx(0, abs=1e-4)
    assert (s["community.balance"][0, 5:] >= 0).all()
    assert s["rows.used"][3] < len(s["journal.entry"])


def test_maintenance_takes_what_is_left_and_slows_decay() -> None:
    s = build(estates=2, households=100)
    s["body.left"][2, Pay.FEE] = 30.0
    call(s, upkeep.step, 0, wear=0.001, mend=0.01, mend_hours=0.3)
    start = 0.3 + 0.001 * 0.7
    assert s["estate.decay"][0] == pytest.approx(start * (1 - 0.01))
    assert s["estate.decay"][1] == pytest.approx(start)
    assert s["body.hours"][2, Pay.FEE, Stream.INITIATIVE] == 30.0 and s["body.left"][2, Pay.FEE] == 0.0


def test_complaints_count_property_cases_spoken_this_week() -> None:
    s = build()
    s["rows.used"][0] = s["rows.used"][2] = 4
    s["active.case"][:4] = np.arange(4)
    s["case.kind"][:4] = [Kind.REPAIR, Kind.OWNER_FIRM, Kind.HELP, Kind.REPAIR]
    s["case.spoken"][:4] = [50.0, 54.9, 51.0, 49.9]
    call(s, upkeep.step, 10, complaint_speed=0.1)
    assert s["estate.complaints"][0] == pytest.approx(0.2)


def test_firm_types_are_the_only_ones_touched() -> None:
    s = build()
    run(s, 30)
    others = ~np.isin(s["body.type"], [Body.FIRM, Body.OWNERS, Body.COMPANY])
    assert s["body.hours_total"][others].sum() == 0 and s["body.capacity"][others].sum() == 0
