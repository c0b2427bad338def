"""Doors are knocked at before a vote: by staff in paid hours, by volunteers and representatives in their own (A69).

A personal request brings voters out (Gerber & Green 2000, APSR 94); how many doors are reached is hours times doors an
hour. Volunteers heed the call of a committee that stands well with them; where neighbours sit on the election
committee, representatives go out for the community they feel they belong to. Those who sit on the election committee
go out in any case: officers in paid hours, residents in their own. Whoever is asked decides for himself.
"""

import numpy as np

from sim.engine.mechanism import mechanism
from sim.engine.randomness import uniform
from sim.model.bodies.committee import Dec as CommitteeDec
from sim.model.bodies.party import Dec as PartyDec
from sim.model.cases.find import spend
from sim.vocabulary.codes import Body, Pay, Purpose, Runner, Stage, Stream
from sim.vocabulary.params import Param

PARAMS = {
    "most": Param(0.4, "share", 0.1, 1.0, "assumption", "of a body's public hours that can go to a campaign at most"),
    "doors_hour": Param(5.0, "households/hour", 2.0, 12.0, "assumption", "doors where somebody is met, in an hour"),
    "own_hours": Param(
        1.5, "hours/week", 0.5, 6.0, "assumption", "spare hours a volunteer gives in a week of a campaign"
    ),
    "officers": Param(7.0, "persons", 0.0, 9.0, "assumption (A69)",
                      "officers of the street who go out where it runs the election, for as long as a volunteer"),
    "ballot_hours": Param(
        40.0, "hours", 10.0, 160.0, "assumption", "committee hours for the day of the vote and the count"
    ),
}
CALL, DOOR = 0, 1


@mechanism
def step(now, p, community, body, building, household, resident):
    due = False
    for c in range(len(community.ballot_stage)):
        due |= community.ballot_stage[c] > Stage.NOMINATION
    if not due:
        return
    staff = np.zeros(len(community.ballot_stage))  # doors that staff reach over households
    for b in range(len(building.community)):
        staff[building.community[b]] += building.households[b]
    for c in range(len(community.ballot_stage)):
        households = max(staff[c], 1.0)
        staff[c] = 0.0
        if community.ballot_stage[c] < Stage.CAMPAIGN:
            continue
        committee = community.row_of[c, Body.COMMITTEE]
        party = community.row_of[c, Body.PARTY]
        hours = 0.0
        if committee >= 0:
            if community.ballot_stage[c] == Stage.VOTE:
                spend(committee, p.ballot_hours, Pay.PUBLIC, Stream.INITIATIVE, body)
            wanted = body.dec[committee, CommitteeDec.MOBILISE] * p.most * body.capacity[committee, Pay.PUBLIC]
            hours += spend(committee, wanted, Pay.PUBLIC, Stream.INITIATIVE, body)
        if party >= 0:
            wanted = body.dec[party, PartyDec.MOBILISE] * p.most * body.capacity[party, Pay.PUBLIC]
            hours += spend(party, wanted, Pay.PUBLIC, Stream.INITIATIVE, body)
        if community.ballot_runner[c] == Runner.STREET:  # the officers on the election committee go out too
            hours += spend(0, p.officers * p.own_hours, Pay.PUBLIC, Stream.INITIATIVE, body)
        staff[c] = min(1.0, hours * p.doors_hour / households)
    own = np.zeros(len(building.community))
    for i in range(len(resident.uid)):
        c = resident.community[i]
        if community.ballot_stage[c] < Stage.CAMPAIGN or resident.adult[i] == 0:
            continue
        seated = resident.election_seat[i] != 0
        if resident.volunteer[i] == 0 and resident.representative[i] == 0 and not seated:
            continue
        heed = resident.standing[i]
        if community.ballot_neighbours[c] != 0 and resident.representative[i] != 0:
            heed = max(heed, resident.belonging[i])
        if seated or uniform(now.key, Purpose.MOBILISE, resident.uid[i], now.week, CALL) < heed:
            given = min(p.own_hours, resident.spare[i])
            resident.hours[i, Pay.VOLUNTEER] += given
            own[resident.building[i]] += given * p.doors_hour
    for h in range(len(household.uid)):
        c = household.community[h]
        if community.ballot_stage[c] < Stage.CAMPAIGN:
            continue
        b = household.building[h]
        by_neighbour = min(1.0, own[b] / max(building.households[b], 1))
        reached = 1.0 - (1.0 - staff[c]) * (1.0 - by_neighbour)
        if reached <= 0.0 or uniform(now.key, Purpose.MOBILISE, household.uid[h], now.week, DOOR) >= reached:
            continue
        fresh = False
        for i in range(household.first[h], household.first[h] + household.size[h]):
            if resident.on_roll[i] != 0 and resident.asked[i] == 0:
                resident.asked[i] = 1
                fresh = True
        if fresh:
            community.doors[c] += 1.0
