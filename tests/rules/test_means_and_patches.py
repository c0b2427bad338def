"""Patches drawn by load, and rooms, goods and technology that others lend or gave: one act at a time."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engine.state import State
from sim.model.money import funding
from sim.model.units import means
from sim.model.work import patches
from sim.vocabulary.codes import Account, Body, File, Kind, Need, Pay, Truth
from tests.means.world import ROW, run, world

COMMITTEE, UNIT = ROW[Body.COMMITTEE], ROW[Body.UNIT]
LOADS = [9.0, 1.0, 1.0, 7.0, 2.0, 6.0]  # open cases of six buildings with ten households each


def town(drawn: int) -> State:
    state = world(60, building=len(LOADS))
    state["building.households"] = 10
    state["building.unresolved"] = LOADS
    state["rule.patches_drawn"] = drawn
    state["rule.redraw_weeks"] = 26
    state["community.patch_known"] = 0.6
    state["body.patches"][COMMITTEE] = 2
    state["body.left"][COMMITTEE, Pay.PUBLIC] = 10.0
    return state


def test_fixed_groups_are_uneven_and_drawn_patches_even_out_the_load():
    fixed, drawn = town(0), town(1)
    run(patches.step, fixed, 26)
    run(patches.step, drawn, 26)
    assert list(fixed["building.patch"]) == [0, 1, 0, 1, 0, 1]  # 12 cases against 14
    # heaviest first to the lighter patch: 9 | 7, 6 | 9, 2 | 11, 1, 1 -> 13 against 13
    loads = [np.array(LOADS)[drawn["building.patch"] == p].sum() for p in (0, 1)]
    assert loads == [13.0, 13.0]
    assert fixed["community.patch_uneven"][0] == pytest.approx(14.0 * 2 / 26)
    assert drawn["community.patch_uneven"][0] == pytest.approx(1.0)
    assert fixed["body.left"][COMMITTEE, Pay.PUBLIC] == 10.0
    assert drawn["body.left"][COMMITTEE, Pay.PUBLIC] == 4.0, "drawing takes six hours"


def test_who_comes_to_another_patch_does_not_know_the_officer():
    state = town(1)
    run(patches.step, state, 26)
    moved = state["community.patches_moved"][0]
    assert moved > 0.0
    assert state["community.patch_known"][0] == pytest.approx(0.6 * (1.0 - moved / 60.0))


@pytest.mark.parametrize(("week", "hours"), [(27, 10.0), (26, 5.0)])
def test_nothing_is_drawn_between_the_dates_or_without_the_hours(week, hours):
    state = town(1)
    state["body.left"][COMMITTEE, Pay.PUBLIC] = hours
    run(patches.step, state, week)
    assert not state["building.patch"].any() and not state["community.patches_moved"].any()
    assert state["body.left"][COMMITTEE, Pay.PUBLIC] == hours


CASES = 200


def waiting(listed: float) -> State:
    """Two hundred cases that the committee answers for and that wait for 500 yuan each."""
    state = world(300, case=CASES, active=CASES)
    state["rows.used"][:3] = CASES, 0, CASES
    state["active.case"][:CASES] = np.arange(CASES)
    state["case.uid"][:CASES] = np.arange(1, CASES + 1)
    state["case.owner"][:CASES] = state["case.body"][:CASES] = COMMITTEE
    state["case.kind"] = Kind.HELP
    state["case.file"] = File.WAIT_MONEY
    state["case.needs"] = 1 << Need.MONEY
    state["case.cost"] = 500.0
    state["rule.lending"] = 1
    state["community.listed"] = listed
    state["community.first_body"] = 1
    state["community.last_body"] = len(state["body.type"])
    state["body.left"][COMMITTEE, Pay.PUBLIC] = 1000.0
    state["body.dec"][:, 0] = 1.0
    return state


def test_with_a_list_fewer_are_asked_in_vain_and_more_is_lent():
    vain, lent = {}, {}
    for listed in (0.0, 1.0):
        state = waiting(listed)
        run(means.step, state, 10, day=0, in_kind=0.8, has_room=0.5, lend_weeks=1.0)
        asked = state["community.means_asked"][0]
        assert 100 < asked < CASES and state["body.left"][COMMITTEE, Pay.PUBLIC] == pytest.approx(1000.0 - 0.4 * asked)
        assert state["community.means_lent"][0] == (state["case.met"] == 1 << Need.MONEY).sum()
        vain[listed] = state["community.means_vain"][0] / asked
        lent[listed] = state["community.means_lent"][0]
    assert lent[1.0] >= lent[0.0] > 0.0
    held = np.flatnonzero(state["body.lent"] > 10)
    assert 0 < len(held) == lent[1.0], "what is lent is not there a second time"


def test_nobody_is_asked_where_lending_is_not_asked_for_or_nobody_has_time():
    for rule, hours in ((0, 1000.0), (1, 0.0)):
        state = waiting(1.0)
        state["rule.lending"] = rule
        state["body.left"][COMMITTEE, Pay.PUBLIC] = hours
        run(means.step, state, 10, day=0)
        assert not state["community.means_asked"].any() and not state["case.met"].any()


def test_goods_in_store_are_used_up_at_their_price_and_a_room_cannot_be():
    state = waiting(0.0)
    state["rule.lending"] = 0
    state["community.balance"][0, Account.GOODS] = 1200.0
    run(means.step, state, 10, day=0)
    assert (state["case.met"] == 1 << Need.MONEY).sum() == 2  # at 500 yuan each
    assert state["community.balance"][0, Account.GOODS] == pytest.approx(200.0)
    assert state["community.balance"][0, Account.RESIDENTS] == pytest.approx(1000.0)
    assert (state["case.truth"] == Truth.OPEN).all(), "a means is no solution yet"


def test_gifts_in_kind_come_beside_money_and_are_booked_at_their_price():
    flow = {}
    for asked in (0, 1):
        state = world(300)
        state["rule.gifts"] = 1
        state["rule.gifts_in_kind"] = asked
        state["resident.adult"] = 1
        state["resident.giving"] = state["resident.standing"] = 1.0
        for week in range(0, 104, 13):
            run(funding.gifts, state, week)
        flow[asked] = state["community.flow"][0, Account.DONORS].sum(axis=1)
        assert state["community.balance"][0].sum() == pytest.approx(0.0)
    stores = [Account.GOODS, Account.TECHNOLOGY]
    assert flow[0][stores].sum() == 0.0 < flow[1][stores].sum()
    rest = [a for a in Account if a not in stores]
    assert (flow[0][rest] == flow[1][rest]).all(), "money is given as before"
