"""Buildings wear out, and the firm's hours of maintenance slow it; complaints about the firm reach the owners.

Form: wear against repair as in maintenance models (Barlow & Proschan 1965, deterministic limit). The firm does cases
first; what is left of its staff's week goes into routine upkeep and is booked as own initiative.
"""

from sim.engine.mechanism import mechanism
from sim.vocabulary.codes import Body, Kind, Pay, Rows, Skill, Stream
from sim.vocabulary.params import Param

PARAMS = {
    "wear": Param(0.0015, "1/week", 0.0005, 0.004, "assumption: about 8% of what is sound a year", "wear of buildings"),
    "mend": Param(0.004, "1/week", 0.001, 0.01, "assumption", "disrepair removed at full maintenance"),
    "mend_hours": Param(
        0.3, "h/week/household", 0.1, 0.8, "assumption: about 4.5 staff for 600 households", "full maintenance"
    ),
    "complaint_speed": Param(0.08, "1/week", 0.02, 0.3, "assumption: about a quarter", "smoothing of complaints"),
}


@mechanism
def step(now, p, body, estate, rows, active, case):
    """Firms put the rest of the week into maintenance; buildings wear; complaints are counted."""
    for e in range(len(estate.decay)):
        estate.decay[e] += p.wear * (1.0 - estate.decay[e])
        estate.complaints[e] *= 1.0 - p.complaint_speed
    for b in range(len(body.type)):
        if body.type[b] != Body.FIRM or body.alive[b] == 0 or body.estate[b] < 0:
            continue
        e = body.estate[b]
        hours = body.left[b, Pay.FEE]
        body.left[b, Pay.FEE] = 0.0
        body.hours[b, Pay.FEE, Stream.INITIATIVE] += hours
        skill = body.skill[b, Skill.SERVICE] if body.skill[b, Skill.SERVICE] > 0.0 else 1.0
        level = min(hours * skill / max(estate.households[e] * p.mend_hours, 1e-9), 1.0)
        estate.decay[e] = min(max(estate.decay[e] * (1.0 - p.mend * level), 0.0), 1.0)
    start = now.week * 5.0
    for k in range(rows.used[Rows.ACTIVE]):
        n = active.case[k]
        if case.kind[n] != Kind.REPAIR and case.kind[n] != Kind.OWNER_FIRM:
            continue
        if case.spoken[n] >= start and case.spoken[n] < start + 5.0 and case.estate[n] >= 0:
            estate.complaints[case.estate[n]] += p.complaint_speed
