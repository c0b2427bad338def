"""Organisations, groups and units: hours, money, birth, death, lending, and the seats' own rules."""


import pytest

from sim.model.bodies.seats import agent
from sim.model.organisations import organisation, organisations
from sim.model.units import unit, units
from sim.vocabulary.codes import Account, Body, Pay, Stream
from tests.means.world import ROW, run, world

ORG, GROUP, UNIT, COMMITTEE = ROW[Body.ORGANISATION], ROW[Body.GROUP], ROW[Body.UNIT], ROW[Body.COMMITTEE]


def members(volunteers: int = 40):  # type: ignore[no-untyped-def]
    state = world(500)
    state["resident.volunteer"][:volunteers] = 1
    state["body.members"][[ORG, GROUP]] = 15.0
    state["body.dec"][[ORG, GROUP]] = 1.0
    return state


def a_week(state, week):  # type: ignore[no-untyped-def]
    run(organisations.step, state, week)
    run(organisation.perceive, state, week)
    run(organisation.decide, state, week)
    run(organisations.life, state, week)


def test_bought_hours_are_paid_and_no_more_than_that():
    state = members()
    state["body.purse"][ORG] = 2600.0
    run(organisations.step, state)
    assert state["body.capacity"][ORG, Pay.FEE] == 0.0  # the purse is not covered by the ledger
    state["community.balance"][0, Account.ORGANISATIONS] = 2600.0
    run(organisations.step, state)
    assert state["body.capacity"][ORG, Pay.FEE] == pytest.approx(100.0 / 20.0)
    assert state["body.purse"][ORG] == pytest.approx(state["community.balance"][0, Account.ORGANISATIONS])


def test_papers_take_hours_first():
    state = members()
    state["rule.entry_bar"] = 0.5
    state["body.left"][ORG, Pay.VOLUNTEER] = 2.0
    state["body.left"][ORG, Pay.FEE] = 5.0
    run(organisations.papers, state)
    assert state["body.left"][ORG, Pay.VOLUNTEER] == 0.0
    assert state["body.left"][ORG, Pay.FEE] == pytest.approx(4.0)
    assert state["body.hours"][ORG, :, Stream.LEDGER].sum() == pytest.approx(3.0)


def test_only_a_free_organisation_speaks():
    reached = []
    for autonomy in (0.0, 0.4, 0.8):
        state = members()
        state["rule.autonomy"] = autonomy
        a_week(state, 1)
        run(organisations.step, state, 2)
        reached.append(state["community.spoken_for"][0])
    assert reached[0] == 0.0
    assert reached[0] < reached[1] < reached[2] <= 1.0


def test_without_volunteers_they_die_out():
    state = members(volunteers=0)
    for week in range(520):
        a_week(state, week)
    assert not state["body.alive"][[ORG, GROUP]].any()
    assert not state["body.members"][[ORG, GROUP]].any()


def test_groups_are_founded_by_free_volunteers_and_organisations_need_money():
    for cultivation, organisation_founded in ((0.0, 0), (50000.0, 1)):
        state = members(volunteers=60)
        state["rule.cultivation"] = cultivation
        state["body.alive"][[ORG, GROUP]] = 0
        state["body.members"][[ORG, GROUP]] = 0.0
        for week in range(400):
            a_week(state, week)
        assert state["body.alive"][GROUP] == 1
        assert state["body.alive"][ORG] == organisation_founded
        assert state["community.balance"].sum() == pytest.approx(0.0, abs=1e-6)
        purses = state["body.purse"][[ORG, GROUP]].sum()
        assert purses == pytest.approx(state["community.balance"][0, Account.ORGANISATIONS])


def test_a_broker_has_more_units_asked():
    asked = []
    for broker in (0, 1):
        state = world()
        state["rule.broker"] = broker
        state["community.listed"] = broker
        state["body.members"][UNIT - 1:UNIT + 1] = 60.0
        state["body.dec"][:, 0] = 0.5
        total = 0.0
        for week in range(0, 104, 4):
            run(units.step, state, week)
            total += state["body.asked"].sum()
        asked.append(total)
    assert asked[1] == 52
    assert 0 < asked[0] < 30


def test_units_lend_less_when_nothing_comes_back():
    lent = []
    for initiative in (0.0, 60.0):
        state = world()
        state["rule.broker"] = 1
        state["community.listed"] = 1
        state["body.returned"] = 0.5
        state["body.members"][UNIT] = 60.0
        for week in range(52):
            run(units.step, state, week)
            state["body.hours"][UNIT, Pay.VOLUNTEER, Stream.DEMAND] = state["body.capacity"][UNIT, Pay.VOLUNTEER]
            state["body.hours"][COMMITTEE, Pay.PUBLIC, Stream.INITIATIVE] = initiative
            run(units.returns, state, week)
            run(unit.perceive, state, week)
            run(unit.decide, state, week)
        lent.append(state["body.dec"][UNIT, 0])
    assert lent[0] < lent[1]


@pytest.mark.parametrize("name", ["organisation", "unit", "council", "board"])
def test_default_decisions_lie_in_their_ranges(name):
    module = agent(name)
    fields = module.Observation.__dataclass_fields__
    for value in (0.0, 0.5, 1.0, 50.0):
        state = world()
        state["body.alive"] = 1
        state["body.obs"] = value
        run(module.decide, state)
        assert len(fields) <= state["body.obs"].shape[1]
        for row in range(state.rows["body"]):
            decided = state["body.dec"][row, : len(module.Decision.__dataclass_fields__)]
            module.Decision(*map(float, decided))
