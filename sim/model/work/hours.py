"""Hours of a week: handed out once, booked on one kind and stream, the rest idle. Nobody spends what is not there."""

from sim.engine.mechanism import mechanism
from sim.engine.sets import among
from sim.model.bodies.committee import Dec as CommitteeDec
from sim.vocabulary.codes import File, Kind, Pay, Rows, Stream, Truth
from sim.vocabulary.params import Param
from sim.vocabulary.sets import DESKS

PARAMS = {
    "load_rate": Param(0.1, "1/week", 0.02, 0.5, "assumption", "weight of the latest week in a body's felt load"),
    "backlog_weight": Param(0.25, "1/week", 0.05, 1.0, "assumption",
                            "part of the work waiting that is felt as this week's"),
}


@mechanism
def hand_out(body):
    """Capacity of the week becomes what is left to spend; overtime only as far as the body decides to work it.

    Requests are counted from here to the next time, so that a body that looks sees those of the week before.
    """
    for b in range(len(body.alive)):
        body.requests[b] = 0.0
        body.accepted[b] = 0.0
        for kind in range(body.left.shape[1]):
            body.left[b, kind] = body.capacity[b, kind] if body.alive[b] == 1 else 0.0
        overtime = 0.0
        if among(body.type[b], DESKS):
            overtime = body.dec[b, CommitteeDec.OVERTIME]
        body.left[b, Pay.OVERTIME] *= overtime


@mechanism
def close(p, body):
    """What is left of the contract is idle; totals are carried; load is hours worked and waiting over hours there."""
    for b in range(len(body.left)):
        worked = 0.0
        capacity = 0.0
        for kind in range(body.left.shape[1]):
            for stream in range(body.hours.shape[2]):
                worked += body.hours[b, kind, stream]
            if kind != Pay.OVERTIME:
                body.hours[b, kind, Stream.IDLE] += body.left[b, kind]
                capacity += body.capacity[b, kind]
            body.left[b, kind] = 0.0
            for stream in range(body.hours.shape[2]):
                body.hours_total[b, kind, stream] += body.hours[b, kind, stream]
        if capacity > 0.0:
            wanted = worked + p.backlog_weight * body.backlog[b]
            body.load[b] += p.load_rate * (wanted / capacity - body.load[b])


@mechanism
def tidy(now, rows, active, building, community, case, resident):
    """Cases whose problem and file have both ended leave the active list; what closed and what waits is counted."""
    for g in range(len(building.unresolved)):
        building.unresolved[g] = 0.0
    for c in range(len(community.promises)):
        community.closed_lately[c] = 0.0
        community.closed_seen[c] = 0.0
        community.promises[c] = 0.0
        community.projects_waiting[c] = 0.0
    kept = 0
    for position in range(rows.used[Rows.ACTIVE]):
        n = active.case[position]
        c = case.community[n]
        if case.file[n] == File.CLOSED and case.last_closed[n] >= 5.0 * now.week:
            community.closed_lately[c] += 1.0
            community.closed_seen[c] += case.about_above[n]
        elif case.file[n] == File.WAIT_MONEY:
            community.promises[c] += case.cost[n]
            community.projects_waiting[c] += 1.0 if case.kind[n] == Kind.PROJECT else 0.0
        if case.truth[n] == Truth.OPEN:
            if case.spoken[n] >= 0.0:
                building.unresolved[resident.building[case.resident[n]]] += 1.0
        elif case.judged[n] == 1:
            continue
        active.case[kept] = n
        kept += 1
    rows.used[Rows.ACTIVE] = kept
