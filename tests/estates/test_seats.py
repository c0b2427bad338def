"""Seats of firm, owners' committee and company: the rule on an observation is the decision; directions are right."""

from dataclasses import fields
from types import ModuleType

import numpy as np
import pytest

from sim.model.bodies import firm, owners
from sim.model.bodies.base import DecisionError
from sim.model.companies import companies, company
from sim.vocabulary.codes import Account, Body, Kind, Pay, Stream, Use
from tests.calls import ruled
from tests.estates.world import build, call, run

SEATS = [(firm, Body.FIRM), (owners, Body.OWNERS), (company, Body.COMPANY)]


def apply(module: ModuleType, obs: np.ndarray) -> np.ndarray:
    """The default rule on one observation vector, with the parameters of its file."""
    return ruled(module, obs)


@pytest.mark.parametrize(("module", "kind"), SEATS)
def test_rule_on_the_observation_is_the_decision(module: ModuleType, kind: Body) -> None:
    s = build(estates=3, committee=True)
    run(s, 20)
    call(s, module.perceive, 20)
    call(s, module.decide, 20)
    for b in np.flatnonzero(s["body.type"] == kind):
        assert np.array_equal(apply(module, s["body.obs"][b].copy()), s["body.dec"][b])
        names = [f.name for f in fields(module.Decision)]
        module.Decision(**dict(zip(names, map(float, s["body.dec"][b]), strict=False)))


@pytest.mark.parametrize(("module", "kind"), SEATS)
def test_vectors_fit_their_columns(module: ModuleType, kind: Body) -> None:
    assert len(fields(module.Observation)) <= 16 and len(fields(module.Decision)) <= 8


def test_a_decision_out_of_range_is_refused() -> None:
    with pytest.raises(DecisionError, match="effort"):
        firm.Decision(effort=1.2, accept=0.5, stay=0.5, ask=0.0)


def observe_firm(**changes: float) -> np.ndarray:
    values = {
        "households": 500.0, "fee": 120.0, "collection": 0.75, "effort": 0.6, "cost_index": 1.0,
        "watched": 0.0, "demanded": 0.0, "weeks_left": 100.0, "committee": 0.0, "margin": 9000.0, "purse": 1e5,
        "complaints": 0.0, "load": 0.5, "decay": 0.3, "present": 1.0, "patience": 1.0,
    }  # fmt: skip
    return np.array(firm.Observation(**(values | changes)).vector())


def test_a_watched_firm_serves_better() -> None:
    free = apply(firm, observe_firm())[0]
    watched = apply(firm, observe_firm(watched=1.0, demanded=0.8, committee=1.0))[0]
    unheeded = apply(firm, observe_firm(watched=0.0, demanded=0.8, committee=1.0))[0]
    assert watched > free == unheeded


def test_a_short_view_ends_in_the_least_effort() -> None:
    assert apply(firm, observe_firm(patience=0.25))[0] == firm.PARAMS["least_effort"].value
    assert apply(firm, observe_firm())[0] > 0.5


def test_a_losing_firm_does_not_want_to_stay() -> None:
    assert apply(firm, observe_firm(collection=0.3, margin=-9000.0, cost_index=1.3))[2] < 0.5
    assert apply(firm, observe_firm())[2] > 0.5


def test_owners_watch_and_vote_more_where_service_is_poor() -> None:
    base = {
        "decay": 0.3, "complaints": 0.1, "collection": 0.6, "members": 7.0, "hours": 14.0, "weeks_left": 50.0,
        "weeks_since_vote": 999.0, "firm": 1.0, "voting": 0.0, "own_requests": 0.0, "funds": 0.0, "load": 1.0,
    }  # fmt: skip
    good = apply(owners, np.array(owners.Observation(service=0.75, **base).vector()))
    poor = apply(owners, np.array(owners.Observation(service=0.25, **base).vector()))
    assert poor[0] > good[0] and good[2] < 0.5 < poor[2]
    voted = base | {"weeks_since_vote": 10.0}
    assert apply(owners, np.array(owners.Observation(service=0.25, **voted).vector()))[2] == 0.0


def observe_company(**changes: float) -> np.ndarray:
    values = {
        "present": 0.0, "demand": 20.0, "sold": 0.0, "sold_total": 0.0, "rivals": 0.0, "bar": 0.0, "purse": 0.0,
        "margin": 0.0, "residents": 5000.0,
    }  # fmt: skip
    return np.array(company.Observation(**(values | changes)).vector())


def test_entry_needs_density_and_a_low_bar() -> None:
    assert apply(company, observe_company())[0] > 0.5
    assert apply(company, observe_company(demand=2.0))[0] < 0.5
    assert apply(company, observe_company(bar=1.0))[0] < 0.5
    assert apply(company, observe_company(rivals=3.0))[1] < apply(company, observe_company())[1]


def test_a_company_is_paid_pays_and_leaves_when_its_means_are_gone() -> None:
    s = build()
    b = int(np.flatnonzero(s["body.type"] == Body.COMPANY)[0])
    s["body.alive"][b] = 1
    s["body.dec"][b] = [0.4, 50.0, 0, 0, 0, 0, 0, 0]
    call(s, companies.step, 0, stake=1000.0)
    cost = companies.PARAMS["standby"].value * companies.PARAMS["wage"].value
    assert s["body.purse"][b] == 1000.0 - cost == s["community.balance"][0, Account.COMPANIES]
    for week in range(1, 60):
        call(s, companies.step, week)
    assert s["body.alive"][b] == 0 and s["community.balance"][0, Account.COMPANIES] == 0
    assert s["community.balance"].sum() == 0


def test_assessments_take_hours_and_the_bar_takes_money() -> None:
    s = build()
    b = int(np.flatnonzero(s["body.type"] == Body.COMPANY)[0])
    s["rule.entry_bar"] = 0.5
    s["body.dec"][b, 0] = 1.0
    call(s, companies.step, 13, entry_cost=10000.0)
    assert s["body.alive"][b] == 1
    assert s["community.flow"][0, Account.COMPANIES, Account.SUPPLIERS, Use.TRANSITION] == 5000.0
    call(s, companies.offer, 14)
    s["body.left"] = s["body.capacity"]
    call(s, companies.step, 14, compliance=6.0)
    assert s["body.hours"][b, Pay.FEE, Stream.LEDGER] == 3.0


def test_market_study_counts_open_work_of_the_line() -> None:
    s = build()
    b = int(np.flatnonzero(s["body.type"] == Body.COMPANY)[0])
    s["body.line"][b] = Kind.REPAIR
    s["rows.used"][0] = s["rows.used"][2] = 3
    s["active.case"][:3] = [0, 1, 2]
    s["case.kind"][:3] = [Kind.REPAIR, Kind.HELP, Kind.REPAIR]
    s["case.hours_needed"][:3] = [4.0, 5.0, 8.0]
    s["case.felt"][:3] = [99.0, 99.0, 10.0]
    call(s, company.perceive, 20, scan_weeks=4.0)
    assert s["body.obs"][b, 1] == 1.0
