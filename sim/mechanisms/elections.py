"""The calendar of elections, the voters' roll and the nomination: rules become the situation voters meet (A69-A73).

Nothing here decides how anybody votes. The mode of voting, the number of proxies and who sits on the election
committee are set out; migrants decide whether to ask for a place on the roll (Wolfinger & Rosenstone 1980: registering
costs); residents decide whether to stand where nomination is open. How open a contest is felt to be is the number of
those who stand over the seats, whatever the rule says.
"""

import math

import numpy as np

from sim.codes import Account, Body, Purpose, Roll, Runner, Use
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.mechanisms.ledger import post
from sim.params import Param
from sim.randomness import gumbel, uniform

PARAMS = {
    "campaign_weeks": Param(4.0, "weeks", 2.0, 12.0, "assumption", "from registration to the vote"),
    "more_notice": Param(2.0, "weeks", 0.0, 8.0, "assumption (A69)",
                         "longer notice that an election committee of residents gives"),
    "lived_year": Param(0.7, "share", 0.4, 0.95, "assumption", "migrants who have lived in the community for a year"),
    "register_level": Param(-2.0, "utils", -4.0, 0.0, "assumption", "asking to be put on the roll, unasked"),
    "register_stake": Param(3.0, "utils", 0.0, 6.0, "assumption", "stake and efficacy, each about its middle"),
    "register_door": Param(2.0, "utils", 0.5, 4.0, "assumption", "trouble saved when somebody brings the form"),
    "register_doors": Param(
        20.0, "households", 5.0, 60.0, "assumption", "doors that one person calls at to register"
    ),
    "stand_level": Param(-6.5, "utils", -9.0, -4.5, "assumption", "standing for office where all may be nominated"),
    "stand_slope": Param(2.0, "utils", 0.5, 4.0, "assumption", "ability, giving, belonging, efficacy, discontent"),
    "listed_extra": Param(1.0, "persons", 0.0, 3.0, "assumption", "names over the seats on a list drawn up by others"),
    "cost_fixed": Param(2000.0, "yuan", 0.0, 20000.0, "assumption", "cost of a ballot"),
    "cost_voter": Param(3.0, "yuan", 0.0, 15.0, "assumption", "printing and refreshments for each person on the roll"),
}
MIDDLE = 0.5
LIVED, ASKS, DOOR, STANDS, LISTED = 0, 1, 2, 3, 4


@kernel
def logistic(x):
    """Probability with the given log-odds."""
    return 1.0 / (1.0 + math.exp(-x))


@mechanism(
    writes=(
        "community.election_week",
        "community.ballot",
        "community.ballot_stage",
        "community.ballot_mode",
        "community.ballot_neighbours",
        "community.ballot_runner",
        "community.ballot_rest",
        "community.proxies",
    )
)
def step(
    week,
    campaign_weeks,
    more_notice,
    rule_election_term,
    rule_election_mode,
    rule_election_runner,
    rule_proxies,
    community_full,
    community_election_week,
    community_ballot,
    community_ballot_stage,
    community_ballot_mode,
    community_ballot_neighbours,
    community_ballot_runner,
    community_ballot_rest,
    community_proxies,
):
    for c in range(len(community_full)):
        community_ballot[c] = 0
        community_ballot_stage[c] = 0
        if community_full[c] == 0 or rule_election_term[c] <= 0:
            continue
        if community_election_week[c] <= 0:
            community_election_week[c] = week + rule_election_term[c]
        ahead = community_election_week[c] - week
        notice = int(campaign_weeks)
        if rule_election_runner[c] == Runner.RESIDENTS:
            notice += int(more_notice)
        if ahead > notice:
            continue
        community_ballot_mode[c] = rule_election_mode[c]
        community_proxies[c] = rule_proxies[c]
        community_ballot_neighbours[c] = 1 if rule_election_runner[c] == Runner.RESIDENTS else 0
        community_ballot_runner[c] = rule_election_runner[c]
        # the street's officers hold it in their paid hours; who gives his own time holds it on a rest day
        community_ballot_rest[c] = 0 if rule_election_runner[c] == Runner.STREET else 1
        if ahead == notice:
            community_ballot_stage[c] = 1
        elif ahead > 0:
            community_ballot_stage[c] = 2
        else:
            community_ballot_stage[c] = 3
            community_ballot[c] = 1
            community_election_week[c] = week + rule_election_term[c]


@mechanism(writes=("community.doors", "resident.on_roll", "resident.asked", "resident.candidate"))
def register(
    key,
    week,
    lived_year,
    register_level,
    register_stake,
    register_door,
    register_doors,
    rule_election_roll,
    community_ballot_stage,
    community_ballot_callers,
    community_doors,
    household_community,
    resident_uid,
    resident_community,
    resident_adult,
    resident_migrant,
    resident_stake,
    resident_efficacy,
    resident_on_roll,
    resident_asked,
    resident_candidate,
):
    """The roll of voters; those without local registration must ask, and some are brought the form (A69, A70)."""
    communities = len(community_ballot_stage)
    any_due = False
    for c in range(communities):
        if community_ballot_stage[c] == 1:
            any_due = True
            community_doors[c] = 0.0
    if not any_due:
        return
    households = np.zeros(communities)
    for h in range(len(household_community)):
        households[household_community[h]] += 1.0
    for i in range(len(resident_uid)):
        c = resident_community[i]
        if community_ballot_stage[c] != 1:
            continue
        resident_asked[i] = 0
        resident_candidate[i] = 0
        on = resident_adult[i] != 0
        if on and resident_migrant[i] != 0 and rule_election_roll[c] != Roll.ALL_ADULTS:
            on = False
            uid = resident_uid[i]
            if rule_election_roll[c] == Roll.RESIDENT_YEAR and (
                uniform(key, Purpose.NOMINATE, uid, 0, LIVED) < lived_year
            ):
                value = register_level + register_stake * (resident_stake[i] + resident_efficacy[i] - 2.0 * MIDDLE)
                reached = community_ballot_callers[c] * register_doors / max(households[c], 1.0)
                if uniform(key, Purpose.NOMINATE, uid, week, DOOR) < reached:
                    value += register_door
                on = uniform(key, Purpose.NOMINATE, uid, week, ASKS) < logistic(value)
        resident_on_roll[i] = 1 if on else 0


@mechanism(writes=("community.candidates", "community.ballot_contest", "resident.candidate"))
def nominate(
    key,
    week,
    stand_level,
    stand_slope,
    listed_extra,
    rule_election_open,
    community_ballot_stage,
    community_ballot_runner,
    community_candidates,
    community_ballot_contest,
    person_community,
    person_elected,
    resident_uid,
    resident_community,
    resident_party,
    resident_ability,
    resident_giving,
    resident_belonging,
    resident_efficacy,
    resident_standing,
    resident_on_roll,
    resident_candidate,
):
    """Who stands: residents who want to where all may be nominated, else names listed by those who nominate (A72)."""
    for c in range(len(community_ballot_stage)):
        if community_ballot_stage[c] != 1:
            continue
        seats = 0
        for p in range(len(person_community)):
            if person_community[p] == c and person_elected[p] != 0:
                seats += 1
        count = 0
        if rule_election_open[c] != 0:
            for i in range(len(resident_uid)):
                if resident_community[i] != c or resident_on_roll[i] == 0:
                    continue
                merits = resident_ability[i] + resident_giving[i] + resident_belonging[i] + resident_efficacy[i]
                value = stand_level + stand_slope * (merits - resident_standing[i] - 3.0 * MIDDLE)
                if uniform(key, Purpose.NOMINATE, resident_uid[i], week, STANDS) < logistic(value):
                    resident_candidate[i] = 1
                    count += 1
        else:
            for _ in range(int(listed_extra)):
                best = -1
                best_score = -1.0e300
                for i in range(len(resident_uid)):
                    if resident_community[i] != c or resident_on_roll[i] == 0 or resident_candidate[i] != 0:
                        continue
                    score = resident_ability[i] + MIDDLE * gumbel(
                        key, Purpose.NOMINATE, resident_uid[i], week, LISTED
                    )
                    if community_ballot_runner[c] == Runner.RESIDENTS:  # each lists whom it knows and values
                        score += resident_giving[i] + resident_belonging[i]
                    else:
                        score += resident_party[i]
                        if community_ballot_runner[c] == Runner.STREET:
                            score += resident_standing[i]
                    if score > best_score:
                        best = i
                        best_score = score
                if best >= 0:
                    resident_candidate[best] = 1
                    count += 1
        community_candidates[c] = count
        community_ballot_contest[c] = min(1.0, count / max(seats, 1))


@mechanism(writes=("rows.used", "journal.entry", "community.balance", "community.flow", "community.debt"))
def pay(
    week,
    cost_fixed,
    cost_voter,
    community_ballot,
    community_roll,
    community_row_of,
    rows_used,
    journal_entry,
    community_balance,
    community_flow,
    community_debt,
):
    """The cost of the ballot is paid from work funds; what is not there becomes a debt (A83, A84)."""
    for c in range(len(community_ballot)):
        if community_ballot[c] == 0:
            continue
        due = cost_fixed + cost_voter * community_roll[c]
        paid = post(
            rows_used,
            journal_entry,
            community_balance,
            community_flow,
            week,
            c,
            Account.WORK,
            Account.SUPPLIERS,
            community_row_of[c, Body.COMMITTEE],
            Use.ELECTION,
            due,
        )
        community_debt[c] += due - paid
