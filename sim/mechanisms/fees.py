"""Each household decides each quarter whether to pay the property fee, from the service it saw and what neighbours do.

Theory: conditional cooperation in paying for a common good (Fischbacher, Gaechter & Fehr 2001) and withholding as the
one sanction that a single household has; owners bear the debt, tenants only use the service. The threshold of a
household is fixed and keyed, so arms differ only where what it sees differs. No firm, no fee.
"""

import math

import numpy as np

from sim.codes import Account, Kind, Purpose, Truth, Use
from sim.mechanisms.base import mechanism
from sim.mechanisms.ledger import post
from sim.params import Param
from sim.randomness import uniform

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


@mechanism(
    writes=(
        "household.paid", "estate.collection", "estate.known_collection", "body.purse", "rows.used", "journal.entry",
        "community.balance", "community.flow",
    )
)  # fmt: skip
def step(
    key, week, base, service, disrepair, neighbours, habit, means, usual_fee, word, forget, usual, tenant, unsolved,
    solved, uncommercial, memory, household_uid, household_estate, household_building, household_owner,
    household_income, household_paid, building_households, estate_community, estate_firm, estate_commercial,
    estate_fee, estate_cost_index, estate_effort, estate_decay, estate_collection, estate_known_collection,
    body_alive, body_purse,
    resident_household, case_resident, case_kind, case_truth, case_spoken, case_felt, rows_used, journal_entry,
    community_balance, community_flow,
):  # fmt: skip
    """Households pay the property fee or keep it back, in the last week of each quarter."""
    if week % QUARTER != QUARTER - 1:
        return
    # double buffer: neighbours' paying is last quarter's
    shares = np.zeros(len(building_households))
    own = np.zeros(len(household_uid))
    for h in range(len(household_uid)):
        if household_paid[h] == 1:
            shares[household_building[h]] += 1.0
    for d in range(len(shares)):
        shares[d] /= max(building_households[d], 1)
    for n in range(rows_used[0]):
        if case_felt[n] < (week - memory) * 5.0 or case_spoken[n] < 0.0:
            continue
        if case_kind[n] != Kind.REPAIR and case_kind[n] != Kind.OWNER_FIRM:
            continue
        h = resident_household[case_resident[n]]
        if case_truth[n] == Truth.MARKET:
            own[h] += solved
        elif case_truth[n] == Truth.OPEN or case_truth[n] == Truth.LAPSED:
            own[h] += unsolved
    paid = np.zeros(len(estate_firm))
    counted = np.zeros(len(estate_firm))
    for h in range(len(household_uid)):
        e = household_estate[h]
        f = estate_firm[e]
        if f < 0 or body_alive[f] == 0:
            household_paid[h] = 0
            continue
        score = (
            base
            + service * (estate_effort[e] - 0.5)
            - disrepair * (estate_decay[e] - 0.5)
            + means * math.log(
                max(household_income[h], 0.05) * usual_fee * estate_cost_index[e] / max(estate_fee[e], 1.0)
            )
            + own[h]
        )
        if estate_collection[e] > 0.0:  # where fees were due last quarter
            score += neighbours * (shares[household_building[h]] - 0.5) + habit * (household_paid[h] - 0.5)
        if household_owner[h] == 0:
            score += tenant
        if estate_commercial[e] == 0:
            score += uncommercial
        u = uniform(key, Purpose.FEE, household_uid[h], 0, 0)
        household_paid[h] = 1 if math.log(u / (1.0 - u)) < score else 0
        paid[e] += household_paid[h]
        counted[e] += 1.0
    for e in range(len(estate_firm)):
        f = estate_firm[e]
        if f < 0 or body_alive[f] == 0:
            estate_collection[e] = 0.0
            if estate_known_collection[e] > 0.0:
                estate_known_collection[e] += forget * (usual - estate_known_collection[e])
            continue
        if estate_known_collection[e] <= 0.0:
            estate_known_collection[e] = estate_collection[e] if estate_collection[e] > 0.0 else usual
        estate_collection[e] = paid[e] / max(counted[e], 1.0)
        estate_known_collection[e] += word * (estate_collection[e] - estate_known_collection[e])
        body_purse[f] += post(
            rows_used, journal_entry, community_balance, community_flow, week, estate_community[e],
            Account.RESIDENTS, Account.FIRM, f, Use.FEE, paid[e] * estate_fee[e] * MONTHS,
        )  # fmt: skip
