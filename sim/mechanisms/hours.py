"""Hours of a week: handed out once, booked on one kind and one stream, the rest idle. Nobody spends what is not there."""

from sim.codes import Body, Pay, Stream, Truth
from sim.mechanisms.base import mechanism
from sim.params import Param

PARAMS = {
    "load_rate": Param(0.1, "1/week", 0.02, 0.5, "assumption", "weight of the latest week in a body's felt load"),
}


@mechanism(writes=("body.left",))
def hand_out(body_alive, body_type, body_dec, body_capacity, body_left):
    """Capacity of the week becomes what is left to spend; overtime only as far as the body decides to work it."""
    for b in range(len(body_alive)):
        for kind in range(body_left.shape[1]):
            body_left[b, kind] = body_capacity[b, kind] if body_alive[b] == 1 else 0.0
        overtime = 0.0
        if body_type[b] == Body.COMMITTEE or body_type[b] == Body.STATION:
            overtime = body_dec[b, 4]
        body_left[b, Pay.OVERTIME] *= overtime


@mechanism(writes=("body.left", "body.hours", "body.hours_total", "body.load"))
def close(load_rate, body_alive, body_backlog, body_capacity, body_left, body_hours, body_hours_total, body_load):
    """What is left of the contract is idle; totals are carried; load is hours worked and waiting over hours available."""
    for b in range(len(body_alive)):
        if body_alive[b] == 0:
            continue
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
            # a backlog of a month counts as a week's overload in full
            wanted = worked + 0.25 * body_backlog[b]
            body_load[b] += load_rate * (wanted / capacity - body_load[b])


@mechanism(writes=("rows.used", "active.case", "building.unresolved"))
def tidy(rows_used, active_case, building_unresolved, case_truth, case_file, case_judged, case_spoken, case_resident, resident_building):
    """Cases whose problem and file have both ended leave the active list; neighbours know what is unsolved."""
    for g in range(len(building_unresolved)):
        building_unresolved[g] = 0.0
    kept = 0
    for position in range(rows_used[2]):
        n = active_case[position]
        if case_truth[n] == Truth.OPEN:
            if case_spoken[n] >= 0.0:
                building_unresolved[resident_building[case_resident[n]]] += 1.0
        elif case_judged[n] == 1:
            continue
        active_case[kept] = n
        kept += 1
    rows_used[2] = kept
