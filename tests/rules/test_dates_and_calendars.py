"""Dates, calendars and small print: what is promised anew, what falls due each quarter, who may use which hours."""

from __future__ import annotations

import functools

import numpy as np
import pytest

import sim
from sim.engine.tables import Table
from sim.model.bodies import council, owners
from sim.model.cases import problems
from sim.model.cases.find import has, write
from sim.model.simulation import Model
from sim.vocabulary.codes import Account, Body, File, Meeting, Pay, Stream, Use
from tests.calls import ruled
from tests.means.world import ROW, run, world
from tests.runs import cases, from_the_start, load, small, watch
from tests.runs import run as run_all


@functools.cache
def town() -> Model:
    return run_all(small("package=proposed_boards", "policy.money.gifts=true", residents=800, years=2))


def test_representatives_are_there_from_the_first_week():
    model = Model(small(residents=400)).run_until(1)
    store = model.store
    assert store["resident.representative"].sum() == store["community.representatives"][0] > 0


def test_gifts_are_asked_for_every_quarter():
    entries = town().store.table("journal")["entry"]
    given = entries[(entries[:, 5] == Use.GIFT) & (entries[:, 2] == Account.DONORS) & (entries[:, 0] > 0)]
    assert {int(w) % 52 for w in given[:, 0]} >= {12, 25, 38, 51}


def test_a_case_that_is_opened_again_gets_a_new_date():
    case = cases(town())
    taken = (case["file"] > File.RECEIVED) & (case["file"] < File.CLOSED) & (case["file"] != File.NOT_PASSED_ON)
    again = taken & (case["last_closed"] >= 0)
    assert again.any()
    assert (case["promised"][again] > case["last_closed"][again]).all()
    assert (case["due"][again] < case["promised"][again]).all()
    once = taken & (case["last_closed"] < 0)
    assert (case["due"][once] == case["promised"][once]).all()


def test_a_busy_owners_committee_takes_less():
    def accepts(load: float) -> float:
        obs = np.zeros(16)
        obs[[4, 5, 8, 12]] = (7.0, 14.0, 1.0, load)
        return float(ruled(owners, obs)[3])

    assert accepts(0.5) == accepts(1.0) > accepts(2.0)


def test_sittings_of_the_council_are_booked_as_meetings():
    state = world()
    b = ROW[Body.COUNCIL]
    state["body.alive"][b] = 1
    state["body.members"][b] = 10.0
    state["body.dec"][b, 1] = 1.0
    state["body.left"][b, Pay.BOARD] = 40.0
    state["resident.seat"][:10] = 1
    run(council.sit, state, attend_base=0.9)
    hours = state["body.hours"][b, Pay.BOARD, Stream.MEETING]
    assert hours > 0
    assert state["community.meeting_hours"][0, Meeting.COUNCIL] == pytest.approx(hours)
    assert state["community.meetings_total"][0, Meeting.COUNCIL] == 1.0


def test_bought_hours_of_an_organisation_pay_for_its_messages():
    state = world()
    b = ROW[Body.ORGANISATION]
    body = Table("body", state.columns)
    state["body.left"][b, Pay.VOLUNTEER] = 0.1
    state["body.left"][b, Pay.FEE] = 1.0
    assert has(b, body) == pytest.approx(1.1)
    write(b, 0.3, Stream.COORDINATION, body)
    assert state["body.hours"][b, :, Stream.COORDINATION] == pytest.approx([0.0, 0.0, 0.2, 0.1, 0.0])


def test_no_hazard_within_the_ranges_is_cut_off():
    most = problems.PARAMS["decay_floor"].high + problems.PARAMS["decay_slope"].high
    assert max(most, problems.PARAMS["help_others"].high, 1.0) <= problems.MAXIMUM


def test_a_structure_named_alone_has_the_overlays_of_the_comparison():
    alone, stated = sim.load(["structure=polycentric"]), sim.load(["structure=polycentric", "package=station_1_2"])
    assert alone == stated
    assert alone.policy.delegation.staff_down
    assert sim.load(["structure=polycentric", "package=before_reform"]).policy.delegation.staff_down is False
    assert sim.load([]).package == "before_reform"


def test_desks_that_do_items_only_help_with_the_committees():
    shared = []

    def look(model: Model) -> None:
        task = model.store.table("task")
        desk = model.store["body.type"][task["body"]] == Body.STATION
        shared.append(int((model.store["item.desk"][task["item"][desk]] == 0).sum()))

    for structure in ("market_led", "polycentric"):  # items only, and not
        shared.clear()
        watch(from_the_start(small(f"structure={structure}", residents=1000)), look)
        assert any(shared) == (structure == "market_led")


def test_firms_outlive_fifteen_years_of_rising_wages():
    def firms(*words: str) -> float:
        model = run_all(load("community.residents=600", "years=15", "warmup_years=0", "communities=1", *words))
        return float(model.store["body.alive"][model.store["body.type"] == Body.FIRM].mean()), model

    alive, model = firms()
    assert model.store["estate.fee_index"].max() > 1.05
    assert alive > 0.3
    fixed, model = firms("parameters.firm.ask_most=0")
    assert (model.store["estate.fee_index"] == 1.0).all()
    assert fixed <= alive
