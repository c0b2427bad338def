"""Hours of a week: handed out once, booked on one kind and stream, the rest idle. Nobody spends what is not there."""

from sim.codes import Body, File, Kind, Pay, Stream, Truth
from sim.mechanisms.base import mechanism
from sim.params import Param

PARAMS = {
    "load_rate": Param(0.1, "1/week", 0.02, 0.5, "assumption", "weight of the latest week in a body's felt load"),
    "backlog_weight": Param(0.25, "1/week", 0.05, 1.0, "assumption",
                            "part of the work waiting that is felt as this week's"),
}
OVERTIME = 4  # place in the decision of a body with a desk


@mechanism(writes=("body.left", "body.requests", "body.accepted"))
def hand_out(body_alive, body_type, body_dec, body_capacity, body_left, body_requests, body_accepted):
    """Capacity of the week becomes what is left to spend; overtime only as far as the body decides to work it.

    Requests are counted from here to the next time, so that a body that looks sees those of the week before.
    """
    for b in range(len(body_alive)):
        body_requests[b] = 0.0
        body_accepted[b] = 0.0
        for kind in range(body_left.shape[1]):
            body_left[b, kind] = body_capacity[b, kind] if body_alive[b] == 1 else 0.0
        overtime = 0.0
        if body_type[b] == Body.COMMITTEE or body_type[b] == Body.STATION or body_type[b] == Body.STREET_DESK:
            overtime = body_dec[b, OVERTIME]
        body_left[b, Pay.OVERTIME] *= overtime


@mechanism(writes=("body.left", "body.hours", "body.hours_total", "body.load"))
def close(
    load_rate, backlog_weight, body_backlog, body_capacity, body_left, body_hours, body_hours_total, body_load
):
    """What is left of the contract is idle; totals are carried; load is hours worked and waiting over hours there."""
    for b in range(len(body_left)):
        worked = 0.0
        capacity = 0.0
        for kind in range(body_left.shape[1]):
            for stream in range(body_hours.shape[2]):
                worked += body_hours[b, kind, stream]
            if kind != Pay.OVERTIME:
                body_hours[b, kind, Stream.IDLE] += body_left[b, kind]
                capacity += body_capacity[b, kind]
            body_left[b, kind] = 0.0
            for stream in range(body_hours.shape[2]):
                body_hours_total[b, kind, stream] += body_hours[b, kind, stream]
        if capacity > 0.0:
            wanted = worked + backlog_weight * body_backlog[b]
            body_load[b] += load_rate * (wanted / capacity - body_load[b])


@mechanism(
    writes=(
        "rows.used", "active.case", "building.unresolved", "community.closed_lately", "community.closed_seen",
        "community.promises", "community.projects_waiting",
    )
)  # fmt: skip
def tidy(
    week, rows_used, active_case, building_unresolved, community_closed_lately, community_closed_seen,
    community_promises, community_projects_waiting, case_community, case_kind, case_about_above, case_cost, case_truth,
    case_file, case_judged, case_spoken, case_last_closed, case_resident, resident_building,
):  # fmt: skip
    """Cases whose problem and file have both ended leave the active list; what closed and what waits is counted."""
    for g in range(len(building_unresolved)):
        building_unresolved[g] = 0.0
    for c in range(len(community_promises)):
        community_closed_lately[c] = 0.0
        community_closed_seen[c] = 0.0
        community_promises[c] = 0.0
        community_projects_waiting[c] = 0.0
    kept = 0
    for position in range(rows_used[2]):
        n = active_case[position]
        c = case_community[n]
        if case_file[n] == File.CLOSED and case_last_closed[n] >= 5.0 * week:
            community_closed_lately[c] += 1.0
            community_closed_seen[c] += case_about_above[n]
        elif case_file[n] == File.WAIT_MONEY:
            community_promises[c] += case_cost[n]
            community_projects_waiting[c] += 1.0 if case_kind[n] == Kind.PROJECT else 0.0
        if case_truth[n] == Truth.OPEN:
            if case_spoken[n] >= 0.0:
                building_unresolved[resident_building[case_resident[n]]] += 1.0
        elif case_judged[n] == 1:
            continue
        active_case[kept] = n
        kept += 1
    rows_used[2] = kept
