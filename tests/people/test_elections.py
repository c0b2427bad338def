"""From the roll to the count: who may vote, who goes, whose vote is counted, who sits afterwards."""

import numpy as np
import pytest

from sim.engine.randomness import model_key
from sim.engine.state import State
from sim.model.bodies.committee import Dec as CommitteeDec
from sim.model.bodies.party import Dec as PartyDec
from sim.model.elections import ballots, electing, elections, mobilising, representatives, voting
from sim.vocabulary.codes import Account, Election, Roll, Runner, Use
from tests.people.town import COMMITTEE, MEMBERS, PARTY, run, town

VOTE_WEEK = 156


def campaign(state: State, mobilise: bool = False, until: int = VOTE_WEEK) -> State:
    """From registration to the count, as the weeks of the model do it."""
    state["community.election_week"] = VOTE_WEEK
    for week in range(VOTE_WEEK - 6, until + 1):
        state["body.left"] = state["body.capacity"]
        run(elections.step, state, week)
        run(electing.seat, state, week)
        run(elections.register, state, week)
        run(elections.nominate, state, week)
        run(electing.review, state, week)
        run(electing.work, state, week)
        if mobilise:
            run(mobilising.step, state, week)
        run(voting.step, state, week)
        run(voting.result, state, week)
    return state


def won(votes: list[float], seats: int) -> list[int]:
    out = np.zeros(len(votes), dtype=np.int64)
    ballots.plurality(np.array(votes, dtype=float), seats, out)
    return out.tolist()


def test_plurality_by_hand() -> None:
    assert won([3, 9, 4, 4, 1], 2) == [0, 1, 1, 0, 0]  # equal votes: the name that stands first
    assert won([2, 2], 3) == [1, 1]
    assert won([5, 1, 7], 0) == [0, 0, 0]


@pytest.mark.parametrize(("yes", "cast", "stay"), [(6, 10, 1), (5, 10, 0), (0, 0, 1)])
def test_approval_by_hand(yes: float, cast: float, stay: int) -> None:
    out = np.zeros(1, dtype=np.int64)
    ballots.approval(np.array([yes], dtype=float), float(cast), out)
    assert out[0] == stay


def test_household_ballot_by_hand() -> None:
    """Four members; the second and the fourth would go; the third is not on the roll: one goes, two are voted for."""
    on_roll = np.array([1, 1, 0, 1])
    going = np.array([0, 1, 0, 1])
    voted, voted_for, carried = np.zeros(4, int), np.zeros(4, int), np.zeros(4, int)
    ballots.vote_by_household(0, 4, on_roll, going, voted, voted_for, carried)
    assert voted.tolist() == [0, 1, 0, 0]
    assert voted_for.tolist() == [1, 0, 0, 1]
    assert carried.tolist() == [0, 2, 0, 0]
    voted[:], voted_for[:], carried[:] = 0, 0, 0
    ballots.vote_by_household(0, 4, on_roll, np.zeros(4, int), voted, voted_for, carried)
    assert not (voted.any() or voted_for.any() or carried.any())


def test_proxy_counting_by_hand() -> None:
    """One voter may carry two: not those who voted, were carried or are not on the roll, and not a third."""
    on_roll = np.array([1, 1, 1, 0, 1, 1])
    voted = np.array([1, 1, 0, 0, 0, 0])
    voted_for, carried = np.zeros(6, int), np.zeros(6, int)
    for j in (1, 2, 3, 2, 4, 5):
        ballots.carry(0, j, 2, on_roll, voted, voted_for, carried)
    assert voted_for.tolist() == [0, 0, 1, 0, 1, 0]
    assert carried[0] == 2


def test_calendar_of_a_term() -> None:
    state = town(60)
    stages = []
    for week in range(320):
        run(elections.step, state, week)
        stages.append(int(state["community.ballot_stage"][0]))
    assert [w for w, s in enumerate(stages) if s == 3] == [156, 312]
    assert stages[152:157] == [1, 2, 2, 2, 3] and sum(s > 0 for s in stages) == 10


def test_without_a_ballot_nothing_changes() -> None:
    state = town(400)
    state["rule.election_term"] = 0
    state["community.representatives"] = 1.0
    state["body.dec"] = 1.0
    before = state.copy()
    for week in (0, 1, 156):
        for step in (
            elections.step,
            elections.register,
            elections.nominate,
            mobilising.step,
            voting.step,
            voting.result,
            elections.pay,
            representatives.step,
        ):
            run(step, state, week)
    for name, values in before.columns.items():
        assert np.array_equal(state[name], values), name


def test_rolls_widen() -> None:
    sizes = []
    for roll in (Roll.REGISTERED, Roll.RESIDENT_YEAR, Roll.ALL_ADULTS):
        state = town()
        state["rule.election_roll"] = int(roll)
        campaign(state, until=VOTE_WEEK - 4)
        sizes.append(int(state["resident.on_roll"].sum()))
    adults = int(state["resident.adult"].sum())
    local = int(((state["resident.adult"] == 1) & (state["resident.migrant"] == 0)).sum())
    assert sizes[0] == local < sizes[1] < sizes[2] == adults


def test_neighbours_on_the_election_committee_bring_migrants_onto_the_roll() -> None:
    sizes = []
    for runner in (Runner.STREET, Runner.PARTY, Runner.RESIDENTS):
        state = town()
        state["rule.election_roll"] = int(Roll.RESIDENT_YEAR)
        state["rule.election_runner"] = int(runner)
        state["resident.representative"][100:1100:40] = 1
        campaign(state, until=VOTE_WEEK - 4)
        sizes.append(int(state["resident.on_roll"].sum()))
    assert sizes[2] > sizes[1] > sizes[0], "nobody, seven Party members, or 25 representatives bring the form"


def test_open_nomination_brings_names_and_a_list_brings_one() -> None:
    listed = campaign(town(4000), until=VOTE_WEEK - 4)
    assert listed["community.candidates"][0] == listed["resident.candidate"].sum() == 1
    assert listed["community.ballot_contest"][0] == pytest.approx(1 / MEMBERS)
    state = town(4000)
    state["rule.election_open"] = 1
    campaign(state, until=VOTE_WEEK - 4)
    wish = sum(state[f"resident.{n}"] for n in ("ability", "giving", "belonging", "efficacy"))
    wish = elections.PARAMS["stand_level"].value + 2.0 * (wish - state["resident.standing"] - 1.5)
    expected = float((state["resident.on_roll"] / (1.0 + np.exp(-wish))).sum())
    counts = []
    for replicate in range(40):
        state["resident.candidate"] = 0
        run(elections.nominate, state, VOTE_WEEK - 4, key=model_key(5, replicate))
        assert state["community.candidates"][0] == state["resident.candidate"].sum()
        counts.append(int(state["community.candidates"][0]))
    assert abs(np.mean(counts) - expected) < 4.0 * (expected / 40) ** 0.5  # Poisson
    assert expected > 1.0


def test_personal_turnout_is_middling_and_leans_to_the_old_party_and_new_estate_owners() -> None:
    """C5: level 0.30-0.60; age and Party membership +; ownership + in commercial estates (E42, E44, E46)."""
    state = campaign(town(12_000))
    assert 0.30 <= state["community.turnout_personal"][0] <= 0.60
    roll = state["resident.on_roll"] == 1
    commercial = state["estate.commercial"][state["resident.estate"]] == 1
    voted = state["resident.voted"] == 1
    old, party, owner = state["resident.age"] > 60, state["resident.party"] == 1, state["resident.owner"] == 1

    def rate(mask: np.ndarray) -> float:
        return float(voted[roll & mask].mean())

    assert rate(old) > rate(~old) + 0.05
    assert rate(party) > rate(~party) + 0.05
    new_gap = rate(owner & commercial) - rate(~owner & commercial)
    old_gap = rate(owner & ~commercial) - rate(~owner & ~commercial)
    assert new_gap > 0.05 and new_gap > old_gap


@pytest.mark.parametrize("mode", list(Election))
def test_official_turnout_is_at_least_personal(mode: Election) -> None:
    state = town(4000)
    state["rule.election_mode"] = int(mode)
    campaign(state, mobilise=True)
    official, personal = state["community.turnout_official"][0], state["community.turnout_personal"][0]
    assert 0.0 < personal <= official <= 1.0
    roll, own, others = (state[f"resident.{n}"] for n in ("on_roll", "voted", "voted_for"))
    assert official == pytest.approx((own.sum() + others.sum()) / roll.sum())
    assert not (own & others).any() and not ((own | others) & (1 - roll)).any()
    assert state["resident.carried"].sum() == others.sum()
    if mode == Election.PERSONAL:
        assert not others.any()
    else:
        assert others.any()
    if mode == Election.PROXY:
        assert state["resident.carried"].max() <= 3


def test_household_vote_raises_official_and_lowers_personal_turnout() -> None:
    states = {}
    for mode in (Election.PERSONAL, Election.HOUSEHOLD):
        states[mode] = town(4000)
        states[mode]["rule.election_mode"] = int(mode)
        campaign(states[mode])
    one, many = states[Election.PERSONAL], states[Election.HOUSEHOLD]
    assert many["community.turnout_personal"][0] < one["community.turnout_personal"][0]
    assert many["community.turnout_official"][0] > one["community.turnout_official"][0]
    assert np.array_equal(one["resident.going"], many["resident.going"])


def test_friends_who_go_only_ever_add_voters() -> None:
    states = []
    for peers in (0.0, 1.0):
        state = campaign(town(2000), until=VOTE_WEEK - 1)
        run(elections.step, state, VOTE_WEEK)
        run(voting.step, state, VOTE_WEEK, peer_weight=peers)
        states.append(state["resident.going"])
    alone, together = states
    assert ((alone > 0) <= (together > 0)).all() and (together > 1).any()
    assert np.array_equal(alone == 1, together == 1)


def test_an_added_resident_changes_nobody_elses_vote() -> None:
    for mode in Election:
        states = []
        for extra in (0, 2):
            state = town(2000, extra=extra)
            state["rule.election_mode"] = int(mode)
            states.append(campaign(state))
        for name in ("on_roll", "voted", "voted_for", "carried"):
            assert np.array_equal(states[0][f"resident.{name}"], states[1][f"resident.{name}"][:2000]), name


def test_mobilising_costs_hours_and_brings_out_voters() -> None:
    idle = campaign(town(4000))
    state = town(4000)
    state["body.dec"][COMMITTEE, CommitteeDec.MOBILISE] = 1.0
    state["body.dec"][PARTY, PartyDec.MOBILISE] = 1.0
    campaign(state, mobilise=True)
    assert state["body.hours"].sum() > 0.0
    assert (state["body.left"] >= 0.0).all()
    assert state["resident.asked"].sum() > 0 and state["community.doors"][0] > 0
    assert state["community.turnout_personal"][0] > idle["community.turnout_personal"][0]


def test_no_hours_no_doors() -> None:
    state = town(2000)
    state["body.capacity"] = 0.0
    state["resident.volunteer"] = 0
    state["body.dec"] = 1.0
    campaign(state, mobilise=True)
    assert not state["resident.asked"].any() and not state["resident.hours"].any() and not state["body.hours"].any()


def test_members_who_are_not_wanted_lose_their_seats_and_their_skills() -> None:
    liked, disliked = town(2000), town(2000)
    for state, standing in ((liked, 0.95), (disliked, 0.02)):
        state["resident.standing"] = standing
        state["rule.election_open"] = 1
        campaign(state, until=VOTE_WEEK - 1)
        state["resident.candidate"] = 0
        state["resident.candidate"][np.flatnonzero(state["resident.on_roll"])[:MEMBERS]] = 1
        run(elections.step, state, VOTE_WEEK)
        run(voting.step, state, VOTE_WEEK)
        run(voting.result, state, VOTE_WEEK)
    assert liked["community.replaced"][0] == 0 and (liked["person.incumbents"] == 1).all()
    assert disliked["community.replaced"][0] == MEMBERS
    new = disliked["person.elected"] == 1
    assert (disliked["person.incumbents"][new] == 2).all() and (disliked["person.tenure"][new] == 0).all()
    assert disliked["person.skill"][new].mean() < 1.0
    assert (disliked["person.incumbents"][~new] == 1).all()
    assert disliked["body.relation"][COMMITTEE] == pytest.approx(np.full(15, 0.5))
    assert (disliked["body.relation"][PARTY] == 0.9).all()
    own = disliked["resident.voted"] == 1
    assert np.array_equal(disliked["resident.choice_count"] == 1, own)
    assert (disliked["resident.choice_won"][own] > 0.5).mean() > 0.9


def test_election_is_paid_from_work_funds_as_far_as_they_go() -> None:
    state = campaign(town(2000), until=VOTE_WEEK)
    state["community.balance"][0, Account.WORK] = 3000.0
    run(elections.pay, state, VOTE_WEEK)
    cost = 2000.0 + 3.0 * state["community.roll"][0]
    assert state["community.balance"][0, Account.WORK] == 0.0
    assert state["community.debt"][0] == pytest.approx(cost - 3000.0)
    assert state["community.flow"][0, Account.WORK, Account.SUPPLIERS, Use.ELECTION] == 3000.0


def test_representatives_are_one_a_block_and_better_known_where_residents_choose() -> None:
    ties = []
    for elected in (0, 1):
        state = town(4000)
        state["rule.election_representatives"] = elected
        run(representatives.step, state)
        chosen = state["resident.representative"] == 1
        assert state["community.representatives"][0] == chosen.sum() == 2000 // 40
        assert state["resident.adult"][chosen].all()
        ties.append(float(np.diff(state["link.start"].astype(int))[chosen].mean()))
        again = state.copy()
        run(representatives.step, state, 1)
        assert np.array_equal(again["resident.representative"], state["resident.representative"])
    assert ties[1] > ties[0]
