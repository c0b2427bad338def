"""Problems arise in residents' lives: a thinned Poisson stream of latent candidates, one key a person and week.

Persons differ in how much befalls them and how much of it they notice (frailty: Greenwood & Yule 1920), which makes
counts of problems negative binomial over persons. Exogenous kinds are the same in every arm. A kind whose hazard
policy can change (repair and owner-firm problems depend on how a building is kept) is a candidate at its maximum rate
and comes true when its keyed uniform lies below rate / maximum, so that arms thin the same candidates and never redraw
them (thinning: Lewis & Shedler 1979).
"""

import numpy as np

from sim.codes import Kind, Need, Purpose
from sim.mechanisms.base import mechanism
from sim.params import Param
from sim.randomness import exponential, joined, lognormal, uniform, word

PARAMS = {
    "work_spread": Param(1.1, "sd of log hours", 0.6, 1.4, "assumption; sd 1.0-1.3 gives the shape of C4",
                         "spread of the work of a case"),
    "cost_spread": Param(0.8, "sd of log yuan", 0.3, 1.2, "assumption", "spread of the money of a case"),
    "severity_spread": Param(0.5, "sd of log severity", 0.2, 1.0, "assumption", "spread of how much a problem hurts"),
    "decay_floor": Param(0.5, "ratio", 0.2, 1.0, "assumption", "hazard of repair problems in a new building"),
    "decay_slope": Param(1.0, "ratio", 0.0, 1.5, "assumption", "added hazard in a worn-out building"),
    "exposure": Param(0.6, "sd of log hazard", 0.0, 1.0, "Greenwood & Yule 1920 (form); assumption (size)",
                      "spread between persons in how much befalls them and is noticed"),
    "think_days": Param(2.0, "working days", 0.2, 10.0, "assumption", "mean time until the person decides what to do"),
    "help_others": Param(0.45, "ratio", 0.1, 1.0, "assumption", "hazard of needing help for those not vulnerable"),
}

WORDS = 4294967296.0  # 2 to the 32nd
MASK = np.uint64(0xFFFFFFFF)
# candidates are drawn at this multiple of the standard hazard: the most that the ranges allow, so that none is cut off
MOST_EXPOSED = 3.0  # times the mean: nobody feels more
MAXIMUM = MOST_EXPOSED * (PARAMS["decay_floor"].high + PARAMS["decay_slope"].high)


@mechanism(
    writes=(
        "rows.used",
        "active.case",
        "case.uid",
        "case.resident",
        "case.community",
        "case.estate",
        "case.kind",
        "case.implicates",
        "case.about_above",
        "case.severity",
        "case.felt",
        "case.hours_needed",
        "case.needs",
        "case.cost",
        "case.distance",
        "case.performer",
        "case.firm_part",
        "case.channel",
        "case.body",
        "case.owner",
        "case.next",
        "case.ready",
        "case.spoken",
        "case.received",
        "case.closed",
        "case.last_closed",
        "case.solved",
        "case.decide_at",
        "case.satisfaction",
    )
)
def step(
    key,
    week,
    work_spread,
    cost_spread,
    severity_spread,
    decay_floor,
    decay_slope,
    exposure,
    think_days,
    help_others,
    rows_used,
    active_case,
    community_problem_rate,
    community_kind_share,
    community_adult_share,
    estate_decay,
    estate_firm,
    resident_uid,
    resident_community,
    resident_estate,
    resident_adult,
    resident_vulnerable,
    resident_owner,
    kind_hours,
    kind_need_share,
    kind_cost,
    kind_seen,
    kind_firm,
    kind_implicates,
    kind_implicates_above,
    case_uid,
    case_resident,
    case_community,
    case_estate,
    case_kind,
    case_implicates,
    case_about_above,
    case_severity,
    case_felt,
    case_hours_needed,
    case_needs,
    case_cost,
    case_distance,
    case_performer,
    case_firm_part,
    case_channel,
    case_body,
    case_owner,
    case_next,
    case_ready,
    case_spoken,
    case_received,
    case_closed,
    case_last_closed,
    case_solved,
    case_decide_at,
    case_satisfaction,
):
    kinds = community_kind_share.shape[1]
    needs = kind_need_share.shape[1]
    # 32 random bits a person and week decide whether there is a candidate: one key serves two weeks
    shift = np.uint64(32 * (week % 2))
    limits = np.empty(len(community_problem_rate), dtype=np.uint64)
    for c in range(len(limits)):
        # only adults speak for their households, so children's problems are theirs; by the share expected and not the
        # one counted, so that one more resident changes nobody else's problems
        top = community_problem_rate[c] / community_adult_share[c] * MAXIMUM
        limits[c] = np.uint64(min(1.0, top) * WORDS)
    for i in range(len(resident_uid)):
        if resident_adult[i] == 0:
            continue
        c = resident_community[i]
        bits = (word(key, Purpose.FELT, resident_uid[i], week // 2, 0) >> shift) & MASK
        if bits >= limits[c]:
            continue
        u = uniform(key, Purpose.FELT, resident_uid[i], week, 4)
        k = 0
        while k < kinds - 1 and u >= community_kind_share[c, k]:
            u -= community_kind_share[c, k]
            k += 1
        e = resident_estate[i]
        hazard = 1.0
        if k == Kind.REPAIR:
            hazard = decay_floor + decay_slope * estate_decay[e]
        elif k == Kind.OWNER_FIRM:
            hazard = 0.0
            if estate_firm[e] >= 0 and resident_owner[i] == 1:
                hazard = decay_floor + decay_slope * estate_decay[e]
        elif k == Kind.HELP and resident_vulnerable[i] == 0:
            hazard = help_others
        hazard *= min(MOST_EXPOSED, lognormal(1.0, exposure, key, Purpose.FELT, resident_uid[i], 0, 6))
        if uniform(key, Purpose.FELT, resident_uid[i], week, 2) >= hazard / MAXIMUM:
            continue
        n = rows_used[0]
        rows_used[0] = n + 1
        active_case[rows_used[2]] = n
        rows_used[2] += 1
        uid = joined(resident_uid[i], np.uint64(week))
        day = 5.0 * uniform(key, Purpose.FELT, resident_uid[i], week, 3)
        case_uid[n] = uid
        case_resident[n] = i
        case_community[n] = c
        case_estate[n] = e
        case_kind[n] = k
        case_felt[n] = 5.0 * week + day
        v = uniform(key, Purpose.CASE_NATURE, uid, 0, 0)
        if v < kind_implicates[k]:
            case_implicates[n] = 1
        elif v < kind_implicates[k] + kind_implicates_above[k]:
            case_implicates[n] = 2
        else:
            case_implicates[n] = 0
        case_about_above[n] = 1 if uniform(key, Purpose.CASE_NATURE, uid, 0, 1) < kind_seen[k] else 0
        case_severity[n] = lognormal(1.0, severity_spread, key, Purpose.CASE_NATURE, uid, 0, 2)
        case_hours_needed[n] = lognormal(kind_hours[k], work_spread, key, Purpose.CASE_NATURE, uid, 0, 3)
        bits = 0
        for need in range(needs):
            if uniform(key, Purpose.CASE_NATURE, uid, 1, need) < kind_need_share[k, need]:
                bits |= 1 << need
        firm_part = uniform(key, Purpose.CASE_NATURE, uid, 0, 5) < kind_firm[k]
        if estate_firm[e] < 0:
            bits &= ~(1 << Need.FIRM)
            if firm_part:  # somebody else has to be paid for it
                bits |= 1 << Need.MONEY
        case_firm_part[n] = 1 if firm_part and estate_firm[e] >= 0 else 0
        case_needs[n] = bits
        case_cost[n] = 0.0
        if kind_cost[k] > 0.0:
            case_cost[n] = lognormal(kind_cost[k], cost_spread, key, Purpose.CASE_NATURE, uid, 0, 4)
        case_distance[n] = uniform(key, Purpose.CONSENT, uid, 0, 0)
        case_performer[n] = -1
        case_channel[n] = 0
        case_body[n] = -1
        case_owner[n] = -1
        case_next[n] = -1
        case_ready[n] = 0.0
        case_spoken[n] = -1.0
        case_received[n] = -1.0
        case_closed[n] = -1.0
        case_last_closed[n] = -1.0
        case_solved[n] = -1.0
        case_decide_at[n] = case_felt[n] + think_days * exponential(key, Purpose.PATIENCE, uid, 0, 0)
        case_satisfaction[n] = -1.0
