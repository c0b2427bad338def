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

from sim.codes import Body, Election, Purpose
from sim.mechanisms.ballots import approval, carry, plurality, vote_by_household
from sim.mechanisms.base import mechanism
from sim.params import Param
from sim.randomness import gumbel, lognormal, uniform

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


@mechanism(
    writes=(
        "resident.going",
        "resident.voted",
        "resident.voted_for",
        "resident.carried",
        "community.roll",
        "community.turnout_official",
        "community.turnout_personal",
        "community.elections",
    )
)
def step(
    key,
    week,
    level,
    stake_weight,
    common_property,
    counts_anyway,
    age_weight,
    party_weight,
    standing_weight,
    belonging_weight,
    asked_weight,
    peer_weight,
    habit,
    time_cost,
    rest_day,
    community_ballot,
    community_ballot_mode,
    community_ballot_contest,
    community_ballot_rest,
    community_proxies,
    community_roll,
    community_turnout_official,
    community_turnout_personal,
    community_elections,
    estate_commercial,
    household_community,
    household_first,
    household_size,
    link_start,
    tie_other,
    resident_uid,
    resident_community,
    resident_estate,
    resident_household,
    resident_age,
    resident_adult,
    resident_owner,
    resident_party,
    resident_stake,
    resident_spare,
    resident_threshold,
    resident_efficacy,
    resident_standing,
    resident_belonging,
    resident_on_roll,
    resident_asked,
    resident_going,
    resident_voted,
    resident_voted_for,
    resident_carried,
):
    due = False
    for c in range(len(community_ballot)):
        due |= community_ballot[c] != 0
    if not due:
        return
    n = len(resident_uid)
    lacking = np.empty(n)  # what a person on the roll still lacks to go
    years = week / 52.0
    for i in range(n):
        c = resident_community[i]
        if community_ballot[c] == 0:
            continue
        went = MIDDLE if community_elections[c] == 0 else float(resident_voted[i])
        resident_going[i] = 0
        resident_voted[i] = 0
        resident_voted_for[i] = 0
        resident_carried[i] = 0
        if resident_on_roll[i] == 0:
            continue
        stake = resident_stake[i]
        if resident_owner[i] != 0 and estate_commercial[resident_estate[i]] != 0:
            stake += common_property
        counts = counts_anyway + (1.0 - counts_anyway) * community_ballot_contest[c]
        value = (
            level
            + stake_weight * stake * counts * (MIDDLE + resident_efficacy[i])
            + age_weight * (resident_age[i] + years - 45.0) / 10.0
            + party_weight * resident_party[i]
            + standing_weight * (resident_standing[i] - MIDDLE)
            + belonging_weight * (resident_belonging[i] - MIDDLE)
            + asked_weight * resident_asked[i]
            + habit * (went - MIDDLE)
            - time_cost / (1.0 + resident_spare[i])
        )
        if community_ballot_rest[c] != 0 and resident_age[i] + years < RETIRED:
            value += rest_day
        u = uniform(key, Purpose.VOTE, resident_uid[i], week, GOES)
        lacking[i] = -value - math.log(u / (1.0 - u))
        if lacking[i] < 0.0:
            resident_going[i] = 1
    for r in range(2, 2 + ROUNDS):
        for i in range(n):
            if community_ballot[resident_community[i]] == 0 or resident_on_roll[i] == 0 or resident_going[i] != 0:
                continue
            if lacking[i] >= peer_weight:
                continue
            first = int(link_start[i])
            last = int(link_start[i + 1])
            friends = 0
            for k in range(first, last):
                g = resident_going[tie_other[k]]
                if g != 0 and g < r:
                    friends += 1
            if friends > 0 and friends >= resident_threshold[i] * (last - first):
                resident_going[i] = r
    for h in range(len(household_first)):
        c = household_community[h]
        if community_ballot[c] == 0:
            continue
        first = household_first[h]
        size = household_size[h]
        if community_ballot_mode[c] == Election.HOUSEHOLD:
            vote_by_household(
                first, size, resident_on_roll, resident_going, resident_voted, resident_voted_for, resident_carried
            )
        else:
            for i in range(first, first + size):
                if resident_going[i] != 0:
                    resident_voted[i] = 1
    for i in range(n):
        c = resident_community[i]
        if community_ballot[c] == 0 or community_ballot_mode[c] != Election.PROXY or resident_voted[i] == 0:
            continue
        limit = community_proxies[c]
        h = resident_household[i]
        for j in range(household_first[h], household_first[h] + household_size[h]):
            carry(i, j, limit, resident_on_roll, resident_voted, resident_voted_for, resident_carried)
        for k in range(int(link_start[i]), int(link_start[i + 1])):
            j = int(tie_other[k])
            if resident_asked[j] != 0:  # outside the home a vote is handed over only on being asked for
                carry(i, j, limit, resident_on_roll, resident_voted, resident_voted_for, resident_carried)
    count = np.zeros((len(community_ballot), 4))  # adults, on the roll, own votes, all votes
    for i in range(n):
        c = resident_community[i]
        count[c, 0] += resident_adult[i]
        count[c, 1] += resident_on_roll[i]
        count[c, 2] += resident_voted[i]
        count[c, 3] += resident_voted[i] + resident_voted_for[i]
    for c in range(len(community_ballot)):
        if community_ballot[c] != 0:
            community_roll[c] = count[c, 1]
            community_turnout_official[c] = count[c, 3] / max(count[c, 1], 1.0)
            community_turnout_personal[c] = count[c, 2] / max(count[c, 0], 1.0)
            community_elections[c] += 1


@mechanism(
    writes=(
        "resident.choice_won",
        "resident.choice_count",
        "community.replaced",
        "person.incumbents",
        "person.tenure",
        "person.skill",
        "person.strain",
        "body.relation",
    )
)
def result(
    key,
    week,
    spread,
    friend,
    stranger,
    member_skill,
    enough,
    new_skill,
    skill_sigma,
    community_ballot,
    community_row_of,
    community_replaced,
    link_start,
    tie_other,
    resident_uid,
    resident_community,
    resident_building,
    resident_ability,
    resident_giving,
    resident_standing,
    resident_candidate,
    resident_voted,
    resident_carried,
    resident_choice_won,
    resident_choice_count,
    person_uid,
    person_community,
    person_elected,
    person_employed,
    person_incumbents,
    person_tenure,
    person_skill,
    person_strain,
    body_relation,
):
    """Who is elected: new members begin without the skills and ties of those they replace (A52, A74)."""
    n = len(resident_uid)
    members = np.empty(MOST_NAMES, dtype=np.int64)
    stands = np.empty(MOST_NAMES, dtype=np.int64)
    marks = np.zeros(n, dtype=np.int64)
    for c in range(len(community_ballot)):
        if community_ballot[c] == 0:
            continue
        seats = 0
        for p in range(len(person_uid)):
            if person_community[p] == c and person_elected[p] != 0 and person_employed[p] != 0 and seats < MOST_NAMES:
                members[seats] = p
                seats += 1
        names = seats
        for i in range(n):
            if resident_candidate[i] != 0 and resident_community[i] == c and names < MOST_NAMES:
                stands[names] = i
                names += 1
        community_replaced[c] = 0
        if seats == 0:
            continue
        liking = np.empty(names)
        votes = np.zeros(names)
        picked = np.zeros(names, dtype=np.int64)
        cast = 0.0
        for i in range(n):
            if resident_voted[i] == 0 or resident_community[i] != c:
                continue
            uid = resident_uid[i]
            weight = 1.0 + resident_carried[i]
            cast += weight
            for k in range(names):
                if k < seats:
                    skill = MIDDLE * (person_skill[members[k], SERVICE] + person_skill[members[k], MEDIATION])
                    value = resident_standing[i] + member_skill * (skill - 1.0)
                    other = person_uid[members[k]] ^ np.uint64(person_incumbents[members[k]])
                else:
                    j = stands[k]
                    value = MIDDLE * (resident_ability[j] + resident_giving[j])
                    other = resident_uid[j]
                    known = resident_building[i] == resident_building[j]
                    for e in range(int(link_start[i]), int(link_start[i + 1])):
                        if tie_other[e] == j:
                            value += friend
                            known = True
                            break
                    if not known:
                        value -= stranger
                liking[k] = value + spread * gumbel(key, Purpose.VOTE, uid, week, other + np.uint64(LIKES))
            if names > seats:
                plurality(liking, seats, picked)
            else:
                for k in range(names):
                    picked[k] = 1 if liking[k] > enough else 0
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
            if resident_voted[i] == 0 or resident_community[i] != c:
                continue
            both = marks[i] & won
            hits = 0
            while both != 0:
                hits += both & 1
                both >>= 1
            resident_choice_won[i] = hits / seats
            resident_choice_count[i] = 1
        for k in range(seats):
            if picked[k] != 0:
                continue
            p = members[k]
            community_replaced[c] += 1
            person_incumbents[p] += 1
            person_tenure[p] = 0.0
            person_strain[p] = 0.0
            for s in range(person_skill.shape[1]):
                person_skill[p, s] = lognormal(
                    new_skill, skill_sigma, key, Purpose.HIRE, person_uid[p], person_incumbents[p], NEW_MEMBER + s
                )
        committee = community_row_of[c, Body.COMMITTEE]
        if committee >= 0:
            stay = 1.0 - community_replaced[c] / seats  # memory of dealings goes with those who leave
            for t in range(body_relation.shape[1]):
                body_relation[committee, t] = stay * body_relation[committee, t] + (1.0 - stay) * MIDDLE
