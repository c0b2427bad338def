"""The weekly recording against plain counting, forks, storing, and examples worked out by hand."""

import numpy as np
import pytest
from synthetic import random_state, recorded

from sim.observe.fields import FIELDS
from sim.observe.indicators import compute
from sim.observe.recording import CASE_SERIES, Recorder
from sim.observe.run import Run
from sim.vocabulary.codes import Account, File, Pay, Stream, Truth, Use


def test_series_have_every_week_and_every_name():
    state = random_state(2)
    recorder, run = recorded(state, weeks=300)
    series = recorder.series(state)
    assert {*FIELDS, *CASE_SERIES, "mean_days_open"} == set(series)
    assert all(values.shape == (300,) and np.isfinite(values).all() for values in series.values())
    assert series["felt"].sum() == state.used("case")
    assert series["solved"].sum() == sum(
        series[f"solved_{n}"].sum() for n in ("government", "market", "society", "neighbour", "self")
    )
    adults = state["resident.adult"] != 0
    assert series["trust"][-1] == pytest.approx(state["resident.trust"][adults].mean())
    assert series["volunteers"][-1] == state["resident.volunteer"][adults].sum()
    here = np.isin(state["body.community"], [0, 1])
    for pay in Pay:
        for stream in Stream:
            name = f"hours_{pay.name.lower()}_{stream.name.lower()}"
            assert series[name][5] == pytest.approx(state["body.hours"][here, pay, stream].sum())
    assert run.reform == 104


def test_counters_of_cases_are_counted_once():
    state = random_state(4, cases=40)
    for name in ("petitions", "skips", "collective", "repeats", "refusals", "court"):
        state[f"case.{name}"] = 0
    state["case.file"] = File.WAITING
    state["rows.used"] = [0, 0, 0, 0]
    recorder = Recorder(state, 60)
    rng = np.random.default_rng(0)
    petitions = np.zeros(60)
    active: list[int] = []
    for week in range(60):
        if week < 20:
            new = [2 * week, 2 * week + 1]
            active += new
            state["rows.used"][0] = 2 * week + 2
        for case in list(active):
            if rng.random() < 0.3:
                state["case.petitions"][case] += 1
                petitions[week] += 1
            if rng.random() < 0.1:
                state["case.file"][case] = File.DROPPED
                active.remove(case)
        state["rows.used"][2] = len(active)
        state["active.case"][: len(active)] = active
        recorder.record(state, week)
    series = recorder.series(state)
    assert np.array_equal(series["repeat_petitions"], petitions)
    assert series["dropped"].sum() == np.count_nonzero(state["case.file"][:40] == File.DROPPED)
    assert series["open_cases"][-1] == np.count_nonzero(state["case.spoken"][active] >= 0)


def test_copy_and_store_are_exact_and_apart():
    state = random_state(5)
    recorder, _ = recorded(state, weeks=20, reform=8)
    twin, stored = recorder.copy(), Recorder.from_arrays(recorder.arrays())
    twin.extend(30)
    twin.record(state, 20)
    assert recorder.weeks == 20 and twin.weeks == 21
    assert np.array_equal(twin.weekly[:20], recorder.weekly)
    assert stored.marks.keys() == recorder.marks.keys()
    with pytest.raises(IndexError):
        recorder.record(state, 20)


def small_run():
    """100 weeks, four problems of two residents, everything else empty."""
    state = random_state(0, cases=4)
    state["rows.used"] = [4, 0, 0, 0]
    state["case.community"] = 0
    state["case.resident"][:4] = [0, 0, 0, 2]
    state["case.felt"][:4] = [0.0, 10.0, 450.0, 20.0]
    state["case.truth"][:4] = [Truth.GOVERNMENT, Truth.OPEN, Truth.SELF, Truth.SELF]
    state["case.solved"][:4] = [60.0, -1.0, 460.0, 81.0]
    state["case.spoken"][:4] = [1.0, -1.0, -1.0, -1.0]
    recorder = Recorder(state, 100)
    for week in range(100):
        recorder.record(state, week)
    return state, recorder


def test_welfare_by_hand():
    state, recorder = small_run()
    found = compute(Run.of(recorder, state))
    # the third problem has no complete follow-up; the first took 60 days, the fourth 61
    assert found["welfare"] == pytest.approx(1 / 3)
    assert found["welfare_residents"] == pytest.approx((1 / 2 + 0) / 2)
    assert found["share_spoken"] == 0.25
    assert found["solved_by_self"] == pytest.approx(2 / 3)
    assert found["effective_actors"] == pytest.approx(9 / 5)
    # unsolved: 10 days, 60, 61, and one throughout
    assert found["time_restricted_mean"] == pytest.approx((10 + 60 + 61 + 120) / 4)
    assert found["time_median"] == 60.0


def test_budgets_by_hand():
    state, recorder = small_run()
    for name in ("body.hours_total", "community.flow", "resident.hours", "resident.trips"):
        state[name] = 0.0
    state["body.hours_total"][0, Pay.PUBLIC, Stream.ABOVE] = 80.0  # the office, half of whose residents are in full
    state["body.hours_total"][1, Pay.PUBLIC, Stream.IDLE] = 100.0
    state["body.hours_total"][1, Pay.OVERTIME, Stream.ABOVE] = 10.0
    state["body.hours_total"][7, Pay.FEE, Stream.DEMAND] = 20.0
    state["body.hours_total"][8, Pay.VOLUNTEER, Stream.IDLE] = 50.0  # without work: no cost
    state["resident.hours"][0, Pay.PUBLIC] = 5.0
    state["resident.hours"][1, Pay.VOLUNTEER] = 4.0
    state["resident.hours"][1, Pay.BOARD] = 7.0  # stands in the board's hours too
    state["community.flow"][0, Account.FISCAL, Account.STREET, Use.ALLOCATION] = 900.0
    state["community.flow"][0, Account.STREET, Account.WORK, Use.ALLOCATION] = 500.0
    state["community.flow"][0, Account.WORK, Account.STAFF, Use.PAY] = 200.0
    state["community.flow"][0, Account.STREET, Account.FISCAL, Use.ALLOCATION] = 100.0
    run = Run.of(
        recorder,
        state,
        prices={"price_fee": 15.0, "price_resident": 10.0, "price_public": 20.0, "price_volunteer": 8.0},
    )
    found = compute(run)
    scale = 300 / 1000 * 100 / 52
    assert found["public_hours"] == pytest.approx((80 / 2 + 100 + 10) / scale)
    assert found["public_money"] == pytest.approx(800 / scale)
    assert found["social_cost"] == pytest.approx((20 * 15 + 5 * 10 + 4 * 8) / scale)
    assert found["total_cost"] == pytest.approx((382 + 150 * 20 + 800 - 200) / scale)
    assert found["cost_per_solved"] == pytest.approx((382 + 150 * 20 + 800 - 200) / 3)
    assert found["income_share_fiscal"] == 1.0
    assert found["money_for_pay"] == pytest.approx(200 / scale)


def test_variants_split_at_two_years():
    state = random_state(6)
    _, run = recorded(state, weeks=300, reform=104)
    found = compute(run)
    assert found["share_spoken_transition"] == pytest.approx(np.mean(run.over(104, 208).case("spoken") >= 0))
    assert found["share_spoken_steady"] == pytest.approx(np.mean(run.over(208, 300).case("spoken") >= 0))
