"""Before a decision that hurts somebody: the hearing reveals losers, and the design may change (A65).

A collective project does some neighbours harm: a lift takes light, a parking place takes lawn. Whom it hurts is drawn
once for the people of the building; the design decides how many. At a hearing those who come say so, and the committee
spends time on another design, which hurts fewer. When the work is done those who are hurt remember whether they had
been heard (procedural justice: Thibaut & Walker 1975; Lind & Tyler 1988). Without a hearing nobody asks them.
"""

from sim.codes import Body, File, Kind, Meeting, Pay, Purpose, Stream, Truth
from sim.mechanisms.base import mechanism
from sim.mechanisms.find import spend
from sim.params import Param
from sim.randomness import joined, uniform

ASSUMED = "assumption"
PARAMS = {
    "hurt_most": Param(0.3, "share", 0.0, 0.6, ASSUMED, "adults of the building whom the worst design hurts"),
    "comes": Param(0.5, "probability", 0.0, 1.0, ASSUMED, "whoever would be hurt and has the time comes to it"),
    "own_hours": Param(2.0, "hours", 0.5, 5.0, ASSUMED, "a resident's time for a hearing"),
    "design_hours": Param(4.0, "hours", 1.0, 20.0, ASSUMED, "work on another design"),
    "design_gain": Param(0.6, "share", 0.0, 1.0, ASSUMED,
                         "of those hurt, how many another design spares when all of them have spoken"),
    "anger": Param(0.2, "index", 0.0, 1.0, ASSUMED, "heat of somebody who is hurt and was not heard"),
    "heard_value": Param(0.5, "share", 0.0, 1.0, ASSUMED, "what being hurt after being heard says of the bodies"),
    "weighs": Param(3.0, "times", 1.0, 10.0, ASSUMED, "weight of being hurt over being told of others' cases"),
}
DESIGN, LOSES, COMES, HEARD = 0, 1, 2, 3


@mechanism(
    writes=("case.hurts", "case.revealed", "body.left", "body.hours", "resident.hours", "resident.attended")
)
def step(
    key,
    week,
    hurt_most,
    comes,
    own_hours,
    design_hours,
    design_gain,
    rows_used,
    active_case,
    community_row_of,
    community_meeting_held,
    body_left,
    body_hours,
    resident_uid,
    resident_building,
    resident_adult,
    resident_spare,
    resident_hours,
    resident_attended,
    case_uid,
    case_resident,
    case_community,
    case_kind,
    case_truth,
    case_file,
    case_hurts,
    case_revealed,
):
    for position in range(rows_used[2]):
        n = active_case[position]
        if case_kind[n] != Kind.PROJECT or case_truth[n] != Truth.OPEN or case_file[n] == File.NOT_SPOKEN:
            continue
        if case_hurts[n] == 0.0:
            case_hurts[n] = hurt_most * uniform(key, Purpose.HEARING, case_uid[n], 0, DESIGN)
        c = case_community[n]
        if community_meeting_held[c, Meeting.HEARING] <= 0.0 or case_revealed[n] > 0.0 or case_hurts[n] <= 0.0:
            continue
        committee = community_row_of[c, Body.COMMITTEE]
        if case_file[n] >= File.CLOSED or committee < 0 or body_left[committee, Pay.PUBLIC] < design_hours:
            continue
        home = resident_building[case_resident[n]]
        losers, came = 0.0, 0.0
        for i in range(len(resident_uid)):
            if resident_building[i] != home or resident_adult[i] == 0:
                continue
            who = joined(case_uid[n], resident_uid[i])
            if uniform(key, Purpose.HEARING, who, 0, LOSES) >= case_hurts[n]:
                continue
            losers += 1.0
            if resident_spare[i] >= own_hours and uniform(key, Purpose.HEARING, who, week, COMES) < comes:
                came += 1.0
                resident_hours[i, Pay.VOLUNTEER] += own_hours
                resident_attended[i] += 1
        if came <= 0.0:
            continue
        case_revealed[n] = came / losers
        spend(committee, design_hours, Pay.PUBLIC, Stream.DEMAND, body_left, body_hours)
        case_hurts[n] *= 1.0 - design_gain * case_revealed[n]


@mechanism(
    writes=(
        "case.hurts",
        "resident.heat",
        "resident.told",
        "resident.told_good",
        "community.hurt_heard",
        "community.hurt_unheard",
    )
)
def remember(
    key,
    anger,
    heard_value,
    weighs,
    rows_used,
    active_case,
    resident_uid,
    resident_building,
    resident_adult,
    resident_heat,
    resident_told,
    resident_told_good,
    community_hurt_heard,
    community_hurt_unheard,
    case_uid,
    case_resident,
    case_community,
    case_truth,
    case_hurts,
    case_revealed,
):
    """When a project is done those whom it hurts remember whether they had been heard (A65)."""
    for position in range(rows_used[2]):
        n = active_case[position]
        truth = case_truth[n]
        if case_hurts[n] <= 0.0 or truth < Truth.GOVERNMENT or truth > Truth.SOCIETY:
            continue
        c = case_community[n]
        home = resident_building[case_resident[n]]
        for i in range(len(resident_uid)):
            if resident_building[i] != home or resident_adult[i] == 0 or i == case_resident[n]:
                continue
            who = joined(case_uid[n], resident_uid[i])
            if uniform(key, Purpose.HEARING, who, 0, LOSES) >= case_hurts[n]:
                continue
            resident_told[i] += int(weighs)
            if uniform(key, Purpose.HEARING, who, 0, HEARD) < case_revealed[n]:
                community_hurt_heard[c] += 1.0
                resident_told_good[i] += int(weighs) * heard_value
            else:
                community_hurt_unheard[c] += 1.0
                resident_heat[i] += anger
        case_hurts[n] = 0.0
