"""The calendar of elections, the voters' roll and the nomination: rules become the situation voters meet (A69-A73).

Nothing here decides how anybody votes. The mode of voting, the number of proxies and who sits on the election
committee are set out; migrants decide whether to ask for a place on the roll (Wolfinger & Rosenstone 1980: registering
costs); residents decide whether to stand where nomination is open. How open a contest is felt to be is the number of
those who stand over the seats, whatever the rule says.
"""

import math

import numpy as np

from sim.engine.kernel import kernel
from sim.engine.ledger import post
from sim.engine.mechanism import mechanism
from sim.engine.randomness import gumbel, uniform
from sim.vocabulary.codes import Account, Body, Purpose, Roll, Runner, Stage, Use
from sim.vocabulary.params import Param

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


@mechanism
def step(now, p, rule, community):
    for c in range(len(community.full)):
        community.ballot[c] = 0
        community.ballot_stage[c] = Stage.NONE
        if community.full[c] == 0 or rule.election_term[c] <= 0:
            continue
        if community.election_week[c] <= 0:
            community.election_week[c] = now.week + rule.election_term[c]
        ahead = community.election_week[c] - now.week
        notice = int(p.campaign_weeks)
        if rule.election_runner[c] == Runner.RESIDENTS:
            notice += int(p.more_notice)
        if ahead > notice:
            continue
        community.ballot_mode[c] = rule.election_mode[c]
        community.proxies[c] = rule.proxies[c]
        community.ballot_neighbours[c] = 1 if rule.election_runner[c] == Runner.RESIDENTS else 0
        community.ballot_runner[c] = rule.election_runner[c]
        # the street's officers hold it in their paid hours; who gives his own time holds it on a rest day
        community.ballot_rest[c] = 0 if rule.election_runner[c] == Runner.STREET else 1
        if ahead == notice:
            community.ballot_stage[c] = Stage.NOMINATION
        elif ahead > 0:
            community.ballot_stage[c] = Stage.CAMPAIGN
        else:
            community.ballot_stage[c] = Stage.VOTE
            community.ballot[c] = 1
            community.election_week[c] = now.week + rule.election_term[c]


@mechanism
def register(now, p, rule, community, household, resident):
    """The roll of voters; those without local registration must ask, and some are brought the form (A69, A70)."""
    communities = len(community.ballot_stage)
    any_due = False
    for c in range(communities):
        if community.ballot_stage[c] == Stage.NOMINATION:
            any_due = True
            community.doors[c] = 0.0
    if not any_due:
        return
    households = np.zeros(communities)
    for h in range(len(household.community)):
        households[household.community[h]] += 1.0
    for i in range(len(resident.uid)):
        c = resident.community[i]
        if community.ballot_stage[c] != Stage.NOMINATION:
            continue
        resident.asked[i] = 0
        resident.candidate[i] = 0
        on = resident.adult[i] != 0
        if on and resident.migrant[i] != 0 and rule.election_roll[c] != Roll.ALL_ADULTS:
            on = False
            uid = resident.uid[i]
            if rule.election_roll[c] == Roll.RESIDENT_YEAR and (
                uniform(now.key, Purpose.NOMINATE, uid, 0, LIVED) < p.lived_year
            ):
                value = p.register_level + p.register_stake * (resident.stake[i] + resident.efficacy[i] - 2.0 * MIDDLE)
                reached = community.ballot_callers[c] * p.register_doors / max(households[c], 1.0)
                if uniform(now.key, Purpose.NOMINATE, uid, now.week, DOOR) < reached:
                    value += p.register_door
                on = uniform(now.key, Purpose.NOMINATE, uid, now.week, ASKS) < logistic(value)
        resident.on_roll[i] = 1 if on else 0


@mechanism
def nominate(now, p, rule, community, person, resident):
    """Who stands: residents who want to where all may be nominated, else names listed by those who nominate (A72)."""
    for c in range(len(community.ballot_stage)):
        if community.ballot_stage[c] != Stage.NOMINATION:
            continue
        seats = 0
        for who in range(len(person.community)):
            if person.community[who] == c and person.elected[who] != 0:
                seats += 1
        count = 0
        if rule.election_open[c] != 0:
            for i in range(len(resident.uid)):
                if resident.community[i] != c or resident.on_roll[i] == 0:
                    continue
                merits = resident.ability[i] + resident.giving[i] + resident.belonging[i] + resident.efficacy[i]
                value = p.stand_level + p.stand_slope * (merits - resident.standing[i] - 3.0 * MIDDLE)
                if uniform(now.key, Purpose.NOMINATE, resident.uid[i], now.week, STANDS) < logistic(value):
                    resident.candidate[i] = 1
                    count += 1
        else:
            for _ in range(int(p.listed_extra)):
                best = -1
                best_score = -1.0e300
                for i in range(len(resident.uid)):
                    if resident.community[i] != c or resident.on_roll[i] == 0 or resident.candidate[i] != 0:
                        continue
                    score = resident.ability[i] + MIDDLE * gumbel(
                        now.key, Purpose.NOMINATE, resident.uid[i], now.week, LISTED
                    )
                    if community.ballot_runner[c] == Runner.RESIDENTS:  # each lists whom it knows and values
                        score += resident.giving[i] + resident.belonging[i]
                    else:
                        score += resident.party[i]
                        if community.ballot_runner[c] == Runner.STREET:
                            score += resident.standing[i]
                    if score > best_score:
                        best = i
                        best_score = score
                if best >= 0:
                    resident.candidate[best] = 1
                    count += 1
        community.candidates[c] = count
        community.ballot_contest[c] = min(1.0, count / max(seats, 1))


@mechanism
def pay(now, p, community, rows, journal):
    """The cost of the ballot is paid from work funds; what is not there becomes a debt (A83, A84)."""
    for c in range(len(community.ballot)):
        if community.ballot[c] == 0:
            continue
        due = p.cost_fixed + p.cost_voter * community.roll[c]
        paid = post(
            now.week, c, Account.WORK, Account.SUPPLIERS, community.row_of[c, Body.COMMITTEE], Use.ELECTION, due,
            rows, journal, community,
        )
        community.debt[c] += due - paid
