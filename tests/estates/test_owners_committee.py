"""Founding at the threshold only, never given; the vote rule by hand; replacement; committees that end."""

import numpy as np
import pytest

from sim.model.estates import contract, founding
from sim.vocabulary.codes import Account, Pay, Stream, Use
from tests.calls import replaced
from tests.estates.world import build, call, run

ALL_SIGN = {"sign_base": 50.0, "contacts": 1e6, "initiate": 0.0}
NONE_SIGN = {"sign_base": -500.0, "contacts": 1e6, "initiate": 0.0}


def campaign(signed: int, share: float, owners: int = 10):  # type: ignore[no-untyped-def]
    """An estate of `owners` owner households in a campaign in which `signed` have signed."""
    s = build(households=owners, owners=1.0)
    s["rule.founding_share"] = share
    s["household.signed"][:signed] = 1
    s["estate.campaign"] = signed / owners
    s["estate.campaign_weeks"] = 3
    return s


@pytest.mark.parametrize(("signed", "founded"), [(4, 0), (5, 1), (6, 1)])
def test_a_campaign_passes_only_at_the_threshold(signed: int, founded: int) -> None:
    s = campaign(signed, 0.5)
    call(s, founding.step, 8, **NONE_SIGN, fault=0.2, limit=39.0)
    if founded:  # the filing itself may fail; without fault it does not
        s = campaign(signed, 0.5)
        s["rule.founding_help"] = 1.0
        s["body.dec"][0, 6] = 1.0
        call(s, founding.step, 8, **NONE_SIGN)
    assert s["body.alive"][1] == founded
    assert s["body.members"][1] == 7.0 * founded
    assert s["estate.campaign_weeks"][0] == (0 if founded else 4)


def test_a_campaign_that_lasts_too_long_is_given_up() -> None:
    s = campaign(4, 0.5)
    s["estate.campaign_weeks"] = 39
    call(s, founding.step, 8, **NONE_SIGN)
    assert s["body.alive"][1] == 0 and s["estate.campaign"][0] == 0 and s["household.signed"].sum() == 0


def test_signers_give_their_own_time() -> None:
    s = campaign(1, 1.0)
    call(s, founding.step, 8, **ALL_SIGN, sign_hours=1.5)
    assert s["resident.hours"][:, Pay.VOLUNTEER].sum() == pytest.approx(9 * 1.5)


def test_guidance_without_founders_founds_nothing() -> None:
    s = build(estates=5)
    s["rule.founding_help"] = 1.0
    s["body.dec"][0, 6] = 1.0
    for week in range(60):
        call(s, founding.step, week, initiate=0.0)
    assert s["body.alive"][s["estate.committee"]].sum() == 0


def test_no_owners_no_committee() -> None:
    s = build(owners=0.0)
    for week in range(200):
        call(s, founding.step, week, initiate=0.08, fault=0.2)
    assert s["body.alive"][1] == 0 and s["estate.campaign_weeks"][0] == 0


def test_guidance_lowers_faults_of_procedure() -> None:
    founded = []
    for guide in (0.0, 1.0):
        count = 0
        for uid in range(40):
            s = campaign(10, 0.5)
            s["estate.uid"] = uid
            s["rule.founding_help"] = 1.0
            s["body.dec"][0, 6] = guide
            call(s, founding.step, 8, **NONE_SIGN, fault=0.5)
            count += int(s["body.alive"][1])
        founded.append(count)
    assert 8 < founded[0] < 32 and founded[1] == 40


def test_unaided_growth_is_slow() -> None:
    """C6, E52: between half a point and three points of estates a year."""
    s = build(estates=60, households=300)
    s["estate.contract_end"] = 20 + np.arange(60) * 2
    run(s, 416)
    founded = int((s["estate.committee_since"] > 0).sum())
    assert 0 < founded / 60 * 100 / 8 < 3.5


@pytest.mark.parametrize(
    ("owners", "part", "yes", "law", "result"),
    [
        (100, 80, 51, (0.5, 0.5, 0.5), True),
        (100, 80, 50, (0.5, 0.5, 0.5), False),  # 2007: more than half of all owners
        (100, 49, 49, (0.5, 0.5, 0.5), False),
        (90, 60, 31, (2 / 3, 1 / 3, 0.5), True),  # 2021: two thirds take part, more than half of them agree
        (90, 60, 30, (2 / 3, 1 / 3, 0.5), False),
        (90, 59, 59, (2 / 3, 1 / 3, 0.5), False),
        (0, 0, 0, (0.5, 0.5, 0.5), False),
    ],
)
def test_vote_rule(owners: int, part: int, yes: int, law: tuple[float, float, float], result: bool) -> None:
    take_part, of_all, of_part = law
    numbers = replaced(contract.vote.numbers({}), take_part=take_part, of_all=of_all, of_part=of_part)
    assert bool(contract.passes(owners, part, yes, numbers)) is result


def test_a_vote_takes_weeks_costs_money_and_ends_the_contract() -> None:
    s = build(households=50, owners=1.0, committee=True)
    s["body.dec"][1, 2] = 1.0
    call(s, contract.vote, 10, vote_weeks=8.0)
    assert s["estate.vote_week"][0] == 18 and s["estate.leaving"][0] == 0
    call(s, contract.vote, 18, part_base=-3.0, yes_base=-4.0, yes_grievance=1.0)  # nobody agrees
    assert s["estate.leaving"][0] == 0
    call(s, contract.vote, 18, part_base=1.0, part_grievance=6.0, part_stake=5.0, yes_base=1.0, yes_grievance=10.0)
    assert s["estate.leaving"][0] == 26
    assert s["community.flow"][0, Account.RESIDENTS, Account.SUPPLIERS, Use.TRANSITION] == 50 * 30.0
    s["body.purse"][2] = 0.0
    s["body.dec"][2, 2] = 1.0
    call(s, contract.step, 26)
    assert s["body.alive"][2] == 0 and s["estate.firm"][0] == -1
    s["body.obs"][2, 14] = 1.0  # the seat's decision is still that of the firm that left
    call(s, contract.step, 28)
    assert s["body.alive"][2] == 0
    s["body.obs"][2, 14] = 0.0
    call(s, contract.step, 28)
    assert s["body.alive"][2] == 1 and s["estate.firm"][0] == 2 and s["estate.replaced"][0] == 1
    assert s["estate.effort"][0] == contract.PARAMS["start_effort"].value
    assert s["body.purse"][2] == s["community.balance"][0, Account.FIRM] > 0


def test_without_a_committee_nobody_calls_a_vote() -> None:
    s = build()
    s["body.dec"][1, 2] = 1.0
    call(s, contract.vote, 10)
    assert s["estate.vote_week"][0] == 0


def test_no_firm_comes_where_none_expects_to_gain() -> None:
    s = build()
    s["body.alive"][2] = 0
    s["estate.firm"][0] = -1
    s["estate.contract_end"] = 0
    s["body.dec"][2, 2] = 0.4
    for week in range(1, 105):
        call(s, contract.step, week)
    assert s["body.alive"][2] == 0 and s["rows.used"][3] == 0


def test_watching_and_canvassing_are_members_hours() -> None:
    s = build(committee=True)
    call(s, contract.volunteers, 0, member_hours=2.0)
    assert s["body.capacity"][1, Pay.VOLUNTEER] == 14.0
    s["body.left"] = s["body.capacity"]
    s["body.dec"][1, 0] = 0.5
    s["estate.vote_week"] = 5
    call(s, contract.watch, 0)
    assert s["body.hours"][1, Pay.VOLUNTEER, Stream.OVERSIGHT] == 7.0
    assert s["body.hours"][1, Pay.VOLUNTEER, Stream.MEETING] == 7.0
    assert s["body.left"][1, Pay.VOLUNTEER] == 0.0


def test_a_committee_ends_when_nobody_stands() -> None:
    s = build(committee=True)
    s["estate.committee_since"] = 4
    s["resident.giving"] = 0.0
    call(s, contract.tiring, 212, term_weeks=208.0, tire=0.0)
    assert s["body.alive"][1] == 0 and s["body.members"][1] == 0


def test_a_committee_goes_on_when_some_stand() -> None:
    s = build(committee=True)
    s["estate.committee_since"] = 4
    s["resident.giving"] = 1.0
    s["resident.stake"] = 1.0
    call(s, contract.tiring, 212, term_weeks=208.0, tire=0.0, willing=0.3)
    assert s["body.alive"][1] == 1 and s["body.members"][1] == 7 and s["estate.committee_since"][0] == 212


def test_common_income_reaches_owners_only_where_a_committee_watches() -> None:
    for committee, watched, expected in ((True, 0.5, 0.3), (True, 0.0, 0.0), (False, 0.5, 0.0)):
        s = build(households=100, committee=committee)
        s["body.obs"][2, 5] = watched
        call(s, contract.common, 12, common_income=4.0, owners_share=0.6)
        assert s["community.balance"][0, Account.OWNERS] == pytest.approx(1200.0 * expected)
        assert s["body.purse"][2] == pytest.approx(1200.0 * (1 - expected))
