"""Buildings wear out, and the firm's hours of maintenance slow it; complaints about the firm reach the owners.

Form: wear against repair as in maintenance models (Barlow & Proschan 1965, deterministic limit). The firm does cases
first; what is left of its staff's week goes into routine upkeep and is booked as own initiative.
"""

from sim.codes import Body, Kind, Pay, Stream
from sim.mechanisms.base import mechanism
from sim.params import Param

PARAMS = {
    "wear": Param(0.0015, "1/week", 0.0005, 0.004, "assumption: about 8% of what is sound a year", "wear of buildings"),
    "mend": Param(0.004, "1/week", 0.001, 0.01, "assumption", "disrepair removed at full maintenance"),
    "mend_hours": Param(
        0.3, "h/week/household", 0.1, 0.8, "assumption: about 4.5 staff for 600 households", "full maintenance"
    ),
    "complaint_speed": Param(0.08, "1/week", 0.02, 0.3, "assumption: about a quarter", "smoothing of complaints"),
}


@mechanism(writes=("body.left", "body.hours", "estate.decay", "estate.complaints"))
def step(
    week, wear, mend, mend_hours, complaint_speed, body_type, body_estate, body_alive, body_skill, body_left,
    body_hours, estate_households, estate_decay, estate_complaints, rows_used, active_case, case_estate, case_kind,
    case_spoken,
):  # fmt: skip
    """Firms put the rest of the week into maintenance; buildings wear; complaints are counted."""
    for e in range(len(estate_decay)):
        estate_decay[e] += wear * (1.0 - estate_decay[e])
        estate_complaints[e] *= 1.0 - complaint_speed
    for b in range(len(body_type)):
        if body_type[b] != Body.FIRM or body_alive[b] == 0 or body_estate[b] < 0:
            continue
        e = body_estate[b]
        hours = body_left[b, Pay.FEE]
        body_left[b, Pay.FEE] = 0.0
        body_hours[b, Pay.FEE, Stream.INITIATIVE] += hours
        skill = body_skill[b, 1] if body_skill[b, 1] > 0.0 else 1.0
        level = min(hours * skill / max(estate_households[e] * mend_hours, 1e-9), 1.0)
        estate_decay[e] = min(max(estate_decay[e] * (1.0 - mend * level), 0.0), 1.0)
    start = week * 5.0
    for k in range(rows_used[2]):
        n = active_case[k]
        if case_kind[n] != Kind.REPAIR and case_kind[n] != Kind.OWNER_FIRM:
            continue
        if case_spoken[n] >= start and case_spoken[n] < start + 5.0 and case_estate[n] >= 0:
            estate_complaints[case_estate[n]] += complaint_speed
