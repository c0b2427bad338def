"""Problems arise in residents' lives: a thinned Poisson stream of latent candidates, one key a person and week.

Persons differ in how much befalls them and how much of it they notice (frailty: Greenwood & Yule 1920), which makes
counts of problems negative binomial over persons. Exogenous kinds are the same in every arm. A kind whose hazard
policy can change (repair and owner-firm problems depend on how a building is kept) is a candidate at its maximum rate
and comes true when its keyed uniform lies below rate / maximum, so that arms thin the same candidates and never redraw
them (thinning: Lewis & Shedler 1979).
"""

import numpy as np

from sim.engine.mechanism import mechanism
from sim.engine.randomness import exponential, joined, lognormal, uniform, word
from sim.vocabulary.codes import Implicates, Kind, Need, Purpose, Rows
from sim.vocabulary.params import Param

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


@mechanism
def step(now, p, rows, active, community, estate, resident, kind, case):
    kinds = community.kind_share.shape[1]
    needs = kind.need_share.shape[1]
    # 32 random bits a person and week decide whether there is a candidate: one key serves two weeks
    shift = np.uint64(32 * (now.week % 2))
    limits = np.empty(len(community.problem_rate), dtype=np.uint64)
    for c in range(len(limits)):
        # only adults speak for their households, so children's problems are theirs; by the share expected and not the
        # one counted, so that one more resident changes nobody else's problems
        top = community.problem_rate[c] / community.adult_share[c] * MAXIMUM
        limits[c] = np.uint64(min(1.0, top) * WORDS)
    for i in range(len(resident.uid)):
        if resident.adult[i] == 0:
            continue
        c = resident.community[i]
        bits = (word(now.key, Purpose.FELT, resident.uid[i], now.week // 2, 0) >> shift) & MASK
        if bits >= limits[c]:
            continue
        u = uniform(now.key, Purpose.FELT, resident.uid[i], now.week, 4)
        k = 0
        while k < kinds - 1 and u >= community.kind_share[c, k]:
            u -= community.kind_share[c, k]
            k += 1
        e = resident.estate[i]
        hazard = 1.0
        if k == Kind.REPAIR:
            hazard = p.decay_floor + p.decay_slope * estate.decay[e]
        elif k == Kind.OWNER_FIRM:
            hazard = 0.0
            if estate.firm[e] >= 0 and resident.owner[i] == 1:
                hazard = p.decay_floor + p.decay_slope * estate.decay[e]
        elif k == Kind.HELP and resident.vulnerable[i] == 0:
            hazard = p.help_others
        hazard *= min(MOST_EXPOSED, lognormal(1.0, p.exposure, now.key, Purpose.FELT, resident.uid[i], 0, 6))
        if uniform(now.key, Purpose.FELT, resident.uid[i], now.week, 2) >= hazard / MAXIMUM:
            continue
        n = rows.used[Rows.CASE]
        rows.used[Rows.CASE] = n + 1
        active.case[rows.used[Rows.ACTIVE]] = n
        rows.used[Rows.ACTIVE] += 1
        uid = joined(resident.uid[i], np.uint64(now.week))
        day = 5.0 * uniform(now.key, Purpose.FELT, resident.uid[i], now.week, 3)
        case.uid[n] = uid
        case.resident[n] = i
        case.community[n] = c
        case.estate[n] = e
        case.kind[n] = k
        case.felt[n] = 5.0 * now.week + day
        v = uniform(now.key, Purpose.CASE_NATURE, uid, 0, 0)
        if v < kind.implicates[k]:
            case.implicates[n] = Implicates.CADRE
        elif v < kind.implicates[k] + kind.implicates_above[k]:
            case.implicates[n] = Implicates.ABOVE
        else:
            case.implicates[n] = Implicates.NOBODY
        case.about_above[n] = 1 if uniform(now.key, Purpose.CASE_NATURE, uid, 0, 1) < kind.seen[k] else 0
        case.severity[n] = lognormal(1.0, p.severity_spread, now.key, Purpose.CASE_NATURE, uid, 0, 2)
        case.hours_needed[n] = lognormal(kind.hours[k], p.work_spread, now.key, Purpose.CASE_NATURE, uid, 0, 3)
        bits = 0
        for need in range(needs):
            if uniform(now.key, Purpose.CASE_NATURE, uid, 1, need) < kind.need_share[k, need]:
                bits |= 1 << need
        firm_part = uniform(now.key, Purpose.CASE_NATURE, uid, 0, 5) < kind.firm[k]
        if estate.firm[e] < 0:
            bits &= ~(1 << Need.FIRM)
            if firm_part:  # somebody else has to be paid for it
                bits |= 1 << Need.MONEY
        case.firm_part[n] = 1 if firm_part and estate.firm[e] >= 0 else 0
        case.needs[n] = bits
        case.cost[n] = 0.0
        if kind.cost[k] > 0.0:
            case.cost[n] = lognormal(kind.cost[k], p.cost_spread, now.key, Purpose.CASE_NATURE, uid, 0, 4)
        case.distance[n] = uniform(now.key, Purpose.CONSENT, uid, 0, 0)
        case.performer[n] = -1
        case.channel[n] = 0
        case.body[n] = -1
        case.owner[n] = -1
        case.next[n] = -1
        case.ready[n] = 0.0
        case.spoken[n] = -1.0
        case.received[n] = -1.0
        case.closed[n] = -1.0
        case.last_closed[n] = -1.0
        case.solved[n] = -1.0
        case.decide_at[n] = case.felt[n] + p.think_days * exponential(now.key, Purpose.PATIENCE, uid, 0, 0)
        case.satisfaction[n] = -1.0
