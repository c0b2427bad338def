"""Doors are knocked at before a vote: by staff in paid hours, by volunteers and representatives in their own (A69).

A personal request brings voters out (Gerber & Green 2000, APSR 94); how many doors are reached is hours times doors an
hour. Volunteers heed the call of a committee that stands well with them; where neighbours sit on the election
committee, representatives go out for the community they feel they belong to. Those who sit on the election committee
go out in any case: officers in paid hours, residents in their own. Whoever is asked decides for himself.
"""

import numpy as np

from sim.codes import Body, Pay, Purpose, Runner, Stream
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.params import Param
from sim.randomness import uniform

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
COMMITTEE_MOBILISE = 7  # index in the decision of a committee
PARTY_MOBILISE = 2  # index in the decision of a Party organization
CALL, DOOR = 0, 1


@kernel
def spend(body, wanted, body_left, body_hours):
    """Take public hours of a body, as many of those wanted as are left, for its own initiative; returns them."""
    hours = max(0.0, min(wanted, body_left[body, Pay.PUBLIC]))
    body_left[body, Pay.PUBLIC] -= hours
    body_hours[body, Pay.PUBLIC, Stream.INITIATIVE] += hours
    return hours


@mechanism(writes=("body.left", "body.hours", "resident.hours", "resident.asked", "community.doors"))
def step(
    key,
    week,
    most,
    doors_hour,
    own_hours,
    officers,
    ballot_hours,
    community_ballot_stage,
    community_ballot_neighbours,
    community_ballot_runner,
    community_row_of,
    community_doors,
    body_capacity,
    body_dec,
    body_left,
    body_hours,
    building_community,
    building_households,
    household_uid,
    household_community,
    household_building,
    household_first,
    household_size,
    resident_uid,
    resident_community,
    resident_building,
    resident_adult,
    resident_volunteer,
    resident_representative,
    resident_election_seat,
    resident_standing,
    resident_belonging,
    resident_spare,
    resident_on_roll,
    resident_asked,
    resident_hours,
):
    due = False
    for c in range(len(community_ballot_stage)):
        due |= community_ballot_stage[c] > 1
    if not due:
        return
    staff = np.zeros(len(community_ballot_stage))  # doors that staff reach over households
    for b in range(len(building_community)):
        staff[building_community[b]] += building_households[b]
    for c in range(len(community_ballot_stage)):
        households = max(staff[c], 1.0)
        staff[c] = 0.0
        if community_ballot_stage[c] < 2:
            continue
        committee = community_row_of[c, Body.COMMITTEE]
        party = community_row_of[c, Body.PARTY]
        hours = 0.0
        if committee >= 0:
            if community_ballot_stage[c] == 3:
                spend(committee, ballot_hours, body_left, body_hours)
            wanted = body_dec[committee, COMMITTEE_MOBILISE] * most * body_capacity[committee, Pay.PUBLIC]
            hours += spend(committee, wanted, body_left, body_hours)
        if party >= 0:
            wanted = body_dec[party, PARTY_MOBILISE] * most * body_capacity[party, Pay.PUBLIC]
            hours += spend(party, wanted, body_left, body_hours)
        if community_ballot_runner[c] == Runner.STREET:  # the officers on the election committee go out too
            hours += spend(0, officers * own_hours, body_left, body_hours)
        staff[c] = min(1.0, hours * doors_hour / households)
    own = np.zeros(len(building_community))
    for i in range(len(resident_uid)):
        c = resident_community[i]
        if community_ballot_stage[c] < 2 or resident_adult[i] == 0:
            continue
        seated = resident_election_seat[i] != 0
        if resident_volunteer[i] == 0 and resident_representative[i] == 0 and not seated:
            continue
        heed = resident_standing[i]
        if community_ballot_neighbours[c] != 0 and resident_representative[i] != 0:
            heed = max(heed, resident_belonging[i])
        if seated or uniform(key, Purpose.MOBILISE, resident_uid[i], week, CALL) < heed:
            given = min(own_hours, resident_spare[i])
            resident_hours[i, Pay.VOLUNTEER] += given
            own[resident_building[i]] += given * doors_hour
    for h in range(len(household_uid)):
        c = household_community[h]
        if community_ballot_stage[c] < 2:
            continue
        b = household_building[h]
        by_neighbour = min(1.0, own[b] / max(building_households[b], 1))
        reached = 1.0 - (1.0 - staff[c]) * (1.0 - by_neighbour)
        if reached <= 0.0 or uniform(key, Purpose.MOBILISE, household_uid[h], week, DOOR) >= reached:
            continue
        fresh = False
        for i in range(household_first[h], household_first[h] + household_size[h]):
            if resident_on_roll[i] != 0 and resident_asked[i] == 0:
                resident_asked[i] = 1
                fresh = True
        if fresh:
            community_doors[c] += 1.0
