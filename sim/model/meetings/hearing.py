"""Before a decision that hurts somebody: the hearing reveals losers, and the design may change (A65).

A collective project does some neighbours harm: a lift takes light, a parking place takes lawn. Whom it hurts is drawn
once for the people of the building; the design decides how many. At a hearing those who come say so, and the committee
spends time on another design, which hurts fewer. When the work is done those who are hurt remember whether they had
been heard (procedural justice: Thibaut & Walker 1975; Lind & Tyler 1988). Without a hearing nobody asks them.
"""

from sim.engine.mechanism import mechanism
from sim.engine.randomness import joined, uniform
from sim.engine.sets import among
from sim.model.cases.find import spend
from sim.vocabulary.codes import Body, File, Kind, Meeting, Pay, Purpose, Rows, Stream, Truth
from sim.vocabulary.params import Param
from sim.vocabulary.sets import BY_A_BODY, ENDED

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


@mechanism
def step(now, p, rows, active, community, body, resident, case):
    for position in range(rows.used[Rows.ACTIVE]):
        n = active.case[position]
        if case.kind[n] != Kind.PROJECT or case.truth[n] != Truth.OPEN or case.file[n] == File.NOT_SPOKEN:
            continue
        if case.hurts[n] == 0.0:
            case.hurts[n] = p.hurt_most * uniform(now.key, Purpose.HEARING, case.uid[n], 0, DESIGN)
        c = case.community[n]
        if community.meeting_held[c, Meeting.HEARING] <= 0.0 or case.revealed[n] > 0.0 or case.hurts[n] <= 0.0:
            continue
        committee = community.row_of[c, Body.COMMITTEE]
        if among(case.file[n], ENDED) or committee < 0 or body.left[committee, Pay.PUBLIC] < p.design_hours:
            continue
        home = resident.building[case.resident[n]]
        losers, came = 0.0, 0.0
        for i in range(len(resident.uid)):
            if resident.building[i] != home or resident.adult[i] == 0:
                continue
            who = joined(case.uid[n], resident.uid[i])
            if uniform(now.key, Purpose.HEARING, who, 0, LOSES) >= case.hurts[n]:
                continue
            losers += 1.0
            if resident.spare[i] >= p.own_hours and uniform(now.key, Purpose.HEARING, who, now.week, COMES) < p.comes:
                came += 1.0
                resident.hours[i, Pay.VOLUNTEER] += p.own_hours
                resident.attended[i] += 1
        if came <= 0.0:
            continue
        case.revealed[n] = came / losers
        spend(committee, p.design_hours, Pay.PUBLIC, Stream.DEMAND, body)
        case.hurts[n] *= 1.0 - p.design_gain * case.revealed[n]


@mechanism
def remember(now, p, rows, active, resident, community, case):
    """When a project is done those whom it hurts remember whether they had been heard (A65)."""
    for position in range(rows.used[Rows.ACTIVE]):
        n = active.case[position]
        truth = case.truth[n]
        if case.hurts[n] <= 0.0 or not among(truth, BY_A_BODY):
            continue
        c = case.community[n]
        home = resident.building[case.resident[n]]
        for i in range(len(resident.uid)):
            if resident.building[i] != home or resident.adult[i] == 0 or i == case.resident[n]:
                continue
            who = joined(case.uid[n], resident.uid[i])
            if uniform(now.key, Purpose.HEARING, who, 0, LOSES) >= case.hurts[n]:
                continue
            resident.told[i] += int(p.weighs)
            if uniform(now.key, Purpose.HEARING, who, 0, HEARD) < case.revealed[n]:
                community.hurt_heard[c] += 1.0
                resident.told_good[i] += int(p.weighs) * p.heard_value
            else:
                community.hurt_unheard[c] += 1.0
                resident.heat[i] += p.anger
        case.hurts[n] = 0.0
