"""Each household decides each quarter whether to pay the property fee, from the service it saw and what neighbours do.

Theory: conditional cooperation in paying for a common good (Fischbacher, Gaechter & Fehr 2001) and withholding as the
one sanction that a single household has; owners bear the debt, tenants only use the service. The threshold of a
household is fixed and keyed, so arms differ only where what it sees differs. No firm, no fee.
"""

import math

import numpy as np

from sim.engine.ledger import post
from sim.engine.mechanism import mechanism
from sim.engine.randomness import uniform
from sim.vocabulary.codes import Account, Kind, Purpose, Rows, Truth, Use
from sim.vocabulary.params import Param

QUARTER = 13  # weeks
MONTHS = 3  # months in a quarter

PARAMS = {
    "base": Param(0.3, "logit", -1.0, 1.5, "assumption", "readiness to pay at middling service and no other reason"),
    "service": Param(4.0, "logit", 2.0, 8.0, "assumption", "weight of service effort seen, in paying"),
    "disrepair": Param(1.0, "logit", 0.0, 3.0, "assumption", "weight of disrepair"),
    "neighbours": Param(1.0, "logit", 0.0, 2.5, "assumption", "weight of the share of the building that pays"),
    "habit": Param(1.2, "logit", 0.0, 3.0, "assumption", "having paid last quarter"),
    "means": Param(0.5, "logit", 0.0, 1.5, "assumption", "weight of the logarithm of income over fee"),
    "usual_fee": Param(100.0, "yuan/month", 50.0, 200.0, "assumption: incomes grow as wages do",
                       "fee that a mean income takes as usual at the start"),
    "word": Param(0.3, "1/quarter", 0.1, 0.6, "assumption", "speed at which the trade learns what an estate pays"),
    "forget": Param(0.03, "1/quarter", 0.0, 0.1, "assumption", "speed at which it forgets where no firm is"),
    "usual": Param(0.65, "share", 0.4, 0.9, "assumption", "collection expected where nothing is known"),
    "tenant": Param(-0.5, "logit", -1.5, 0.5, "assumption", "tenants against owners"),
    "unsolved": Param(-1.2, "logit", -3.0, 0.0, "assumption", "own property problem spoken of and not solved"),
    "solved": Param(0.6, "logit", 0.0, 2.0, "assumption", "own property problem solved by the firm"),
    "uncommercial": Param(-0.3, "logit", -2.0, 0.0, "assumption: work units used to pay", "estates never sold"),
    "memory": Param(52.0, "weeks", 13.0, 104.0, "assumption", "how long an own property problem counts"),
}


@mechanism
def step(now, p, household, building, estate, body, resident, case, rows, journal, community):
    """Households pay the property fee or keep it back, in the last week of each quarter."""
    if now.week % QUARTER != QUARTER - 1:
        return
    # double buffer: neighbours' paying is last quarter's
    shares = np.zeros(len(building.households))
    own = np.zeros(len(household.uid))
    for h in range(len(household.uid)):
        if household.paid[h] == 1:
            shares[household.building[h]] += 1.0
    for d in range(len(shares)):
        shares[d] /= max(building.households[d], 1)
    for n in range(rows.used[Rows.CASE]):
        if case.felt[n] < (now.week - p.memory) * 5.0 or case.spoken[n] < 0.0:
            continue
        if case.kind[n] != Kind.REPAIR and case.kind[n] != Kind.OWNER_FIRM:
            continue
        h = resident.household[case.resident[n]]
        if case.truth[n] == Truth.MARKET:
            own[h] += p.solved
        elif case.truth[n] == Truth.OPEN or case.truth[n] == Truth.LAPSED:
            own[h] += p.unsolved
    paid = np.zeros(len(estate.firm))
    counted = np.zeros(len(estate.firm))
    for h in range(len(household.uid)):
        e = household.estate[h]
        f = estate.firm[e]
        if f < 0 or body.alive[f] == 0:
            household.paid[h] = 0
            continue
        score = (
            p.base
            + p.service * (estate.effort[e] - 0.5)
            - p.disrepair * (estate.decay[e] - 0.5)
            + p.means * math.log(
                max(household.income[h], 0.05) * p.usual_fee * estate.cost_index[e] / max(estate.fee[e], 1.0)
            )
            + own[h]
        )
        if estate.collection[e] > 0.0:  # where fees were due last quarter
            score += p.neighbours * (shares[household.building[h]] - 0.5) + p.habit * (household.paid[h] - 0.5)
        if household.owner[h] == 0:
            score += p.tenant
        if estate.commercial[e] == 0:
            score += p.uncommercial
        u = uniform(now.key, Purpose.FEE, household.uid[h], 0, 0)
        household.paid[h] = 1 if math.log(u / (1.0 - u)) < score else 0
        paid[e] += household.paid[h]
        counted[e] += 1.0
    for e in range(len(estate.firm)):
        f = estate.firm[e]
        if f < 0 or body.alive[f] == 0:
            estate.collection[e] = 0.0
            if estate.known_collection[e] > 0.0:
                estate.known_collection[e] += p.forget * (p.usual - estate.known_collection[e])
            continue
        if estate.known_collection[e] <= 0.0:
            estate.known_collection[e] = estate.collection[e] if estate.collection[e] > 0.0 else p.usual
        estate.collection[e] = paid[e] / max(counted[e], 1.0)
        estate.known_collection[e] += p.word * (estate.collection[e] - estate.known_collection[e])
        body.purse[f] += post(
            now.week, estate.community[e], Account.RESIDENTS, Account.FIRM, f, Use.FEE,
            paid[e] * estate.fee[e] * MONTHS, rows, journal, community,
        )  # fmt: skip
