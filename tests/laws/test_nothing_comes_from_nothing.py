"""No problems, no complaints; no hours, no solution; staff without limit, no waiting for staff."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from sim.model.bodies import firm
from sim.model.companies import company
from sim.model.simulation import Model
from sim.scenario import Scenario
from sim.vocabulary.codes import Body, File, Pay, Truth
from tests.laws.worlds import law, worlds
from tests.runs import cases, changed

SOLVED = (Truth.GOVERNMENT, Truth.MARKET, Truth.SOCIETY, Truth.NEIGHBOUR, Truth.SELF)
NOBODY = {  # bodies that would bring hours are not there
    "community.firm_share": 0.0,
    "community.owners_committee_share": 0.0,
    "community.units": 0,
    "community.volunteer_share": 0.0,
    "structure.council": False,
    "structure.board": False,
    "structure.council_weeks": 0,
    "structure.board_weeks": 0,
    "structure.congress_weeks": 0,
    "policy.elections.runner": "street",  # an election committee of residents gives hours that solve no problem
    "parameters.population.companies": 0.0,
    "parameters.population.groups": 0.0,
    "parameters.population.organisations_rate": 2.0,  # of 10,000: none in a small town
}


def nobody_comes(kind: Any) -> Any:
    """A rule for a seat under which no firm or company ever comes."""
    names = {f.name: 0.0 for f in dataclasses.fields(kind)}
    return lambda seen: kind(**names)


def empty(world: Scenario) -> Model:
    """The scenario without anybody who has an hour to give: no firm, company, organisation, volunteer, neighbour."""
    plain = world.to_dict()
    gone = {"council", "board"}
    lists = {f"structure.{k}": [b for b in plain["structure"][k] if b not in gone] for k in ("seats", "heard")}
    lists["structure.seats"] = lists["structure.seats"] or ["committee"]
    lists["structure.heard"] = [b for b in lists["structure.heard"] if b != "committee"]
    pairs = [p for p in plain["structure"]["cross_pairs"] if not set(p) & gone]
    plain = changed(world, {**NOBODY, **lists, "structure.cross_pairs": pairs})
    same = plain.to_dict()
    model = Model(
        changed(plain, {"base.structure": same["structure"], "base.policy": same["policy"]}),
        {"firm": nobody_comes(firm.Decision), "company": nobody_comes(company.Decision)},
    )
    model.store["person.hours"] = 0.0
    model.store["resident.spare"] = 0.0
    return model


def keep_markets_out(model: Model) -> None:
    """Would-be firms and companies decide without a seat; here none of them wants to come."""
    outside = (model.store["body.type"] == Body.FIRM) | (model.store["body.type"] == Body.COMPANY)
    assert not model.store["body.alive"][outside].any(), "a firm came although there was to be none"


@given(worlds())
@law()
def test_no_problems_no_complaints(world):
    model = Model(changed(world.scenario, {"community.problems_per_1000": 0.0}))
    model.run_until(model.last_week)
    store = model.store
    assert store.used("case") == 0
    assert not store["resident.spoke"].any() and not store["resident.trips"].any()
    assert not store["resident.heat"].any()
    here = store["community.full"] == 1  # reduced neighbours have troubles of their own
    assert not store["community.escalated"][here].any() and not store["community.known_trouble"][here].any()
    for name in (
        "felt",
        "spoken",
        "repeats",
        "repeat_petitions",
        "skip_petitions",
        "collective_petitions",
        "court_cases",
    ):
        assert model.recorder.series(store)[name].sum() == 0


@given(worlds())
@law()
def test_no_hours_from_anyone_no_solution(world):
    model = empty(changed(world.scenario, {"community.problems_per_1000": 60.0, "community.report_chance": 0.5}))
    while model.tick < model.last_week:
        model.step()
        keep_markets_out(model)
    case = cases(model)
    assert model.store["body.hours_total"].sum() == 0
    assert len(case["uid"]) > 0
    assert not np.isin(case["truth"], SOLVED).any()
    on_paper = (case["file"] == File.CLOSED) & (case["truth"] == Truth.OPEN)
    assert not on_paper.any(), "a file was closed and nobody spent an hour on it"
    assert not case["spent"].any()
    given_ = model.store["resident.hours"]
    assert not given_[:, Pay.VOLUNTEER].any() and not given_[:, Pay.BOARD].any()


@pytest.mark.parametrize("who", ["staff", "oneself"])
@given(world=worlds())
@law(0.5)
def test_hours_of_one_solve_as_that_one(who, world):
    model = empty(changed(world.scenario, {"community.problems_per_1000": 60.0, "community.report_chance": 0.5}))
    if who == "staff":
        model.store["person.hours"] = 34.0
        allowed = {Truth.GOVERNMENT}
    else:
        model.store["resident.spare"] = 4.0
        allowed = {Truth.SELF, Truth.NEIGHBOUR}
    while model.tick < model.last_week:
        model.step()
    solved = set(cases(model)["truth"].tolist()) & set(SOLVED)
    # owners may found a committee of their own once they have time for it
    owners = bool(model.store["body.alive"][model.store["body.type"] == Body.OWNERS].any())
    society = bool(np.isin(model.store["body.type"], (Body.ORGANISATION, Body.GROUP)).any())
    assert solved <= allowed | ({Truth.SOCIETY} if owners or society else set())


@given(worlds())
@law()
def test_staff_without_limit_nobody_waits_for_staff(world):
    model = empty(changed(world.scenario, {"community.problems_per_1000": 60.0, "community.report_chance": 0.5,
                                  "community.staff": 30, "parameters.population.line_persons": 1.0}))  # fmt: skip
    model.store["person.hours"] = 1e7
    while model.tick < model.last_week:
        model.step()
        keep_markets_out(model)
        case = cases(model)
        waiting = (case["file"] == File.WAITING) & (case["truth"] == Truth.OPEN) & (case["ready"] < 5.0 * model.tick)
        public = model.store["body.type"][case["body"]] <= Body.MASS
        alive = model.store["body.alive"][case["body"]] == 1
        assert not (waiting & public & alive).any(), "a case waits for staff"
        assert case["wait"][:, 0].max(initial=0.0) <= 1e-6, "a case has waited for staff"
