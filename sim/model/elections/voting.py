"""Residents vote for the residents' committee, or let others cast their vote, or stay at home (A52, A73, A74).

Going is weighed by each person on the roll: what is at stake and whether a vote can change anything (Riker &
Ordeshook 1968, APSR 62), duty that grows with age and Party membership (E44), belonging and the committee's standing,
being asked at the door (Gerber & Green 2000), and friends who go, once they reach the person's threshold (Granovetter
1978). Having gone or stayed at home the last time is a habit (Gerber, Green & Shachar 2003, AJPS 47). Owners in
commercial estates share paid common property, so more is at stake for them (E46). One person may vote for the
household, or carry the votes of others, where the ballot allows it: so official turnout can exceed personal.
Members and residents who stand are judged side by side; with nobody against them, members need half of the votes.
"""

import math

import numpy as np

from sim.engine.mechanism import mechanism
from sim.engine.randomness import gumbel, lognormal, uniform
from sim.model.elections.ballots import approval, carry, plurality, vote_by_household
from sim.vocabulary.codes import Body, Election, Purpose
from sim.vocabulary.params import Param

PARAMS = {
    "level": Param(-1.1, "utils", -4.0, 1.0, "assumption to C5", "going, apart from all below"),
    "stake_weight": Param(
        2.0, "utils", 0.0, 5.0, "Riker & Ordeshook 1968 (sign); assumption", "stake, times its chance to count"
    ),
    "common_property": Param(
        0.3, "share", 0.0, 1.0, "E46 (sign); assumption", "stake of owners in paid common property"
    ),
    "counts_anyway": Param(0.5, "share", 0.0, 1.0, "assumption", "felt chance that a vote counts without contest"),
    "age_weight": Param(0.15, "utils/10 years", 0.0, 0.6, "E44 (sign); assumption", "age from 45"),
    "party_weight": Param(0.9, "utils", 0.0, 2.5, "E44 (sign); assumption", "duty of Party members"),
    "standing_weight": Param(1.0, "utils", 0.0, 3.0, "assumption (A52)", "standing of the committee, about its middle"),
    "belonging_weight": Param(1.0, "utils", 0.0, 3.0, "assumption", "belonging, about its middle, in going to vote"),
    "asked_weight": Param(
        0.8, "utils", 0.0, 2.0, "Gerber & Green 2000 (sign); assumption", "having been asked at the door"
    ),
    "peer_weight": Param(
        0.5, "utils", 0.0, 2.0, "Granovetter 1978 (form); assumption", "threshold of going friends reached"
    ),
    "habit": Param(
        0.6, "utils", 0.0, 2.0, "Gerber, Green & Shachar 2003 (sign); assumption", "having gone the last time"
    ),
    "time_cost": Param(1.0, "utils", 0.0, 4.0, "assumption", "cost of going, over one plus spare hours a week"),
    "rest_day": Param(0.3, "utils", 0.0, 1.0, "assumption (A69)", "work that need not be left, for persons under 60"),
    "spread": Param(0.15, "share", 0.05, 0.5, "assumption", "how far likings for single persons differ"),
    "friend": Param(0.4, "share", 0.0, 1.0, "Key 1949 (sign); assumption", "liking for a friend who stands"),
    "stranger": Param(
        0.2, "share", 0.0, 0.6, "assumption", "liking lost by a resident who stands where the voter knows only the name"
    ),
    "member_skill": Param(
        0.2, "share", 0.0, 0.6, "assumption", "liking for a member with service and mediation skills one above standard"
    ),
    "enough": Param(
        0.25, "share", 0.0, 0.6, "assumption", "liking from which a voter approves a member whom nobody opposes"
    ),
    "new_skill": Param(0.85, "ratio", 0.6, 1.0, "assumption", "skill of a newly elected member"),
    "skill_sigma": Param(0.15, "log", 0.0, 0.4, "assumption", "spread of that skill"),
}
RETIRED = 60.0  # years
ROUNDS = 2  # times that residents look at friends who go
GOES, LIKES = 0, 1
SERVICE, MEDIATION = 1, 2  # places in person.skill
NEW_MEMBER = 60  # first slot of a new member's skills; those of the ceiling of a skill begin at 40
MIDDLE = 0.5
MOST_NAMES = 60  # names on one ballot at most: a ballot is kept as bits


@mechanism
def step(now, p, community, estate, household, link, tie, resident):
    due = False
    for c in range(len(community.ballot)):
        due |= community.ballot[c] != 0
    if not due:
        return
    n = len(resident.uid)
    lacking = np.empty(n)  # what a person on the roll still lacks to go
    years = now.week / 52.0
    for i in range(n):
        c = resident.community[i]
        if community.ballot[c] == 0:
            continue
        went = MIDDLE if community.elections[c] == 0 else float(resident.voted[i])
        resident.going[i] = 0
        resident.voted[i] = 0
        resident.voted_for[i] = 0
        resident.carried[i] = 0
        if resident.on_roll[i] == 0:
            continue
        stake = resident.stake[i]
        if resident.owner[i] != 0 and estate.commercial[resident.estate[i]] != 0:
            stake += p.common_property
        counts = p.counts_anyway + (1.0 - p.counts_anyway) * community.ballot_contest[c]
        value = (
            p.level
            + p.stake_weight * stake * counts * (MIDDLE + resident.efficacy[i])
            + p.age_weight * (resident.age[i] + years - 45.0) / 10.0
            + p.party_weight * resident.party[i]
            + p.standing_weight * (resident.standing[i] - MIDDLE)
            + p.belonging_weight * (resident.belonging[i] - MIDDLE)
            + p.asked_weight * resident.asked[i]
            + p.habit * (went - MIDDLE)
            - p.time_cost / (1.0 + resident.spare[i])
        )
        if community.ballot_rest[c] != 0 and resident.age[i] + years < RETIRED:
            value += p.rest_day
        u = uniform(now.key, Purpose.VOTE, resident.uid[i], now.week, GOES)
        lacking[i] = -value - math.log(u / (1.0 - u))
        if lacking[i] < 0.0:
            resident.going[i] = 1
    for r in range(2, 2 + ROUNDS):
        for i in range(n):
            if community.ballot[resident.community[i]] == 0 or resident.on_roll[i] == 0 or resident.going[i] != 0:
                continue
            if lacking[i] >= p.peer_weight:
                continue
            first = int(link.start[i])
            last = int(link.start[i + 1])
            friends = 0
            for k in range(first, last):
                g = resident.going[tie.other[k]]
                if g != 0 and g < r:
                    friends += 1
            if friends > 0 and friends >= resident.threshold[i] * (last - first):
                resident.going[i] = r
    for h in range(len(household.first)):
        c = household.community[h]
        if community.ballot[c] == 0:
            continue
        first = household.first[h]
        size = household.size[h]
        if community.ballot_mode[c] == Election.HOUSEHOLD:
            vote_by_household(
                first, size, resident.on_roll, resident.going, resident.voted, resident.voted_for, resident.carried
            )
        else:
            for i in range(first, first + size):
                if resident.going[i] != 0:
                    resident.voted[i] = 1
    for i in range(n):
        c = resident.community[i]
        if community.ballot[c] == 0 or community.ballot_mode[c] != Election.PROXY or resident.voted[i] == 0:
            continue
        limit = community.proxies[c]
        h = resident.household[i]
        for j in range(household.first[h], household.first[h] + household.size[h]):
            carry(i, j, limit, resident.on_roll, resident.voted, resident.voted_for, resident.carried)
        for k in range(int(link.start[i]), int(link.start[i + 1])):
            j = int(tie.other[k])
            if resident.asked[j] != 0:  # outside the home a vote is handed over only on being asked for
                carry(i, j, limit, resident.on_roll, resident.voted, resident.voted_for, resident.carried)
    count = np.zeros((len(community.ballot), 4))  # adults, on the roll, own votes, all votes
    for i in range(n):
        c = resident.community[i]
        count[c, 0] += resident.adult[i]
        count[c, 1] += resident.on_roll[i]
        count[c, 2] += resident.voted[i]
        count[c, 3] += resident.voted[i] + resident.voted_for[i]
    for c in range(len(community.ballot)):
        if community.ballot[c] != 0:
            community.roll[c] = count[c, 1]
            community.turnout_official[c] = count[c, 3] / max(count[c, 1], 1.0)
            community.turnout_personal[c] = count[c, 2] / max(count[c, 0], 1.0)
            community.elections[c] += 1


@mechanism
def result(now, p, community, link, tie, resident, person, body):
    """Who is elected: new members begin without the skills and ties of those they replace (A52, A74)."""
    n = len(resident.uid)
    members = np.empty(MOST_NAMES, dtype=np.int64)
    stands = np.empty(MOST_NAMES, dtype=np.int64)
    marks = np.zeros(n, dtype=np.int64)
    for c in range(len(community.ballot)):
        if community.ballot[c] == 0:
            continue
        seats = 0
        for who in range(len(person.uid)):
            if (
                person.community[who] == c
                and person.elected[who] != 0
                and person.employed[who] != 0
                and seats < MOST_NAMES
            ):
                members[seats] = who
                seats += 1
        names = seats
        for i in range(n):
            if resident.candidate[i] != 0 and resident.community[i] == c and names < MOST_NAMES:
                stands[names] = i
                names += 1
        community.replaced[c] = 0
        if seats == 0:
            continue
        liking = np.empty(names)
        votes = np.zeros(names)
        picked = np.zeros(names, dtype=np.int64)
        cast = 0.0
        for i in range(n):
            if resident.voted[i] == 0 or resident.community[i] != c:
                continue
            uid = resident.uid[i]
            weight = 1.0 + resident.carried[i]
            cast += weight
            for k in range(names):
                if k < seats:
                    skill = MIDDLE * (person.skill[members[k], SERVICE] + person.skill[members[k], MEDIATION])
                    value = resident.standing[i] + p.member_skill * (skill - 1.0)
                    other = person.uid[members[k]] ^ np.uint64(person.incumbents[members[k]])
                else:
                    j = stands[k]
                    value = MIDDLE * (resident.ability[j] + resident.giving[j])
                    other = resident.uid[j]
                    known = resident.building[i] == resident.building[j]
                    for e in range(int(link.start[i]), int(link.start[i + 1])):
                        if tie.other[e] == j:
                            value += p.friend
                            known = True
                            break
                    if not known:
                        value -= p.stranger
                liking[k] = value + p.spread * gumbel(now.key, Purpose.VOTE, uid, now.week, other + np.uint64(LIKES))
            if names > seats:
                plurality(liking, seats, picked)
            else:
                for k in range(names):
                    picked[k] = 1 if liking[k] > p.enough else 0
            for k in range(names):
                if picked[k] != 0:
                    votes[k] += weight
                    marks[i] |= 1 << k
        if names > seats:
            plurality(votes, seats, picked)
        else:
            approval(votes, cast, picked)
        won = 0
        for k in range(names):
            won |= picked[k] << k
        for i in range(n):
            if resident.voted[i] == 0 or resident.community[i] != c:
                continue
            both = marks[i] & won
            hits = 0
            while both != 0:
                hits += both & 1
                both >>= 1
            resident.choice_won[i] = hits / seats
            resident.choice_count[i] = 1
        for k in range(seats):
            if picked[k] != 0:
                continue
            who = members[k]
            community.replaced[c] += 1
            person.incumbents[who] += 1
            person.tenure[who] = 0.0
            person.strain[who] = 0.0
            for s in range(person.skill.shape[1]):
                person.skill[who, s] = lognormal(
                    p.new_skill,
                    p.skill_sigma,
                    now.key,
                    Purpose.HIRE,
                    person.uid[who],
                    person.incumbents[who],
                    NEW_MEMBER + s,
                )
        committee = community.row_of[c, Body.COMMITTEE]
        if committee >= 0:
            stay = 1.0 - community.replaced[c] / seats  # memory of dealings goes with those who leave
            for t in range(body.relation.shape[1]):
                body.relation[committee, t] = stay * body.relation[committee, t] + (1.0 - stay) * MIDDLE
