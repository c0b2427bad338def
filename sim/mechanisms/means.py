"""Rooms, goods and technology: a case may be served in kind, by a gift in store or by what somebody lends (A81, A91).

Part of the cases that take money could as well be served by a room, goods or technical help. What was given to the
community is used first, at its stated price. Otherwise whoever answers for the case asks, in own hours, somebody who
may lend it: with an up-to-date list (`units.broker`) one who has it, without it whoever comes to mind, who may have
nothing of that kind. Who has it lends or does not, by its own decision, and has nothing to lend until it is back
(networks of resource exchange: Provan & Kenis 2008, JPART 18). Only then is money asked for (`routing`).
"""

import numpy as np

from sim.codes import Account, Body, File, Kind, Need, Purpose, Stream, Truth, Use
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.mechanisms.dealing import deal, readiness
from sim.mechanisms.find import paid_by, spend
from sim.mechanisms.ledger import post
from sim.params import Param, Shared
from sim.randomness import joined, uniform

ASSUMED = "assumption"
PARAMS = {
    "in_kind": Param(0.3, "share", 0.0, 0.8, ASSUMED + " (A81)",
                     "cases that take money for which a room, goods or technical help would do as well"),
    "has_room": Param(0.5, "probability", 0.0, 1.0, ASSUMED, "a unit or organisation has a room to lend"),
    "has_goods": Param(0.3, "probability", 0.0, 1.0, ASSUMED, "has goods that others could use"),
    "has_technology": Param(0.2, "probability", 0.0, 1.0, ASSUMED, "has equipment or people who know how"),
    "ask_hours": Param(0.4, "hours", 0.1, 2.0, ASSUMED, "asking one of them"),
    "lend_weeks": Param(4.0, "weeks", 1.0, 13.0, ASSUMED, "until what was lent is back"),
    "relation_rate": Shared("dealing.relation_rate"),
}
ROOM, GOODS, TECHNOLOGY, KINDS = 0, 1, 2, 3
WANTS, LISTED, FIRST, LENDS, HAS = 0, 1, 2, 3, 4  # slots of the draws


@kernel
def wants(key, uid, in_kind):
    """What would serve a case instead of money: 0 room, 1 goods, 2 technology, -1 only money."""
    u = uniform(key, Purpose.MEANS, uid, 0, WANTS)
    return int(KINDS * u / in_kind) if u < in_kind else -1


@kernel
def has_means(key, uid, what, has_room, has_goods, has_technology):
    """Whether the body with this stable id has means of a kind; the same all through a run."""
    share = has_room if what == ROOM else (has_goods if what == GOODS else has_technology)
    return uniform(key, Purpose.MEANS, uid, 0, HAS + what) < share


@mechanism(
    writes=(
        "rows.used", "journal.entry", "community.balance", "community.flow", "community.means_asked",
        "community.means_vain", "community.means_lent", "body.left", "body.hours", "body.relation", "body.requests",
        "body.accepted", "body.lent", "case.met",
    )
)  # fmt: skip
def step(
    key, week, day, in_kind, has_room, has_goods, has_technology, ask_hours, lend_weeks, relation_rate, rows_used,
    active_case, journal_entry, rule_lending, community_first_body, community_last_body, community_listed,
    community_balance, community_flow, community_means_asked, community_means_vain, community_means_lent, body_uid,
    body_type, body_alive, body_dec, body_left, body_hours, body_relation, body_requests, body_accepted, body_lent,
    case_uid, case_community, case_kind, case_truth, case_file, case_body, case_owner, case_ready, case_cost,
    case_needs, case_met,
):  # fmt: skip
    end = 5.0 * week + day + 1.0
    for position in range(rows_used[2]):
        n = active_case[position]
        file = case_file[n]
        if (file != File.ROUTED and file != File.WAIT_MONEY) or case_ready[n] >= end or case_truth[n] != Truth.OPEN:
            continue
        owner = case_owner[n]
        # money is the next thing it needs, and whoever answers for it has it in hand
        if (case_needs[n] & ~case_met[n] & ~(1 << Need.DATE)) != 1 << Need.MONEY or case_body[n] != owner:
            continue
        if case_kind[n] == Kind.PROJECT:
            continue
        uid = case_uid[n]
        what = wants(key, uid, in_kind)
        if what < 0:
            continue
        c = case_community[n]
        served = False
        if what != ROOM and case_cost[n] > 0.0:
            store = Account.GOODS + 0 if what == GOODS else Account.TECHNOLOGY + 0
            if community_balance[c, store] >= case_cost[n]:
                post(rows_used, journal_entry, community_balance, community_flow, week, c, store, Account.RESIDENTS,
                     owner, Use.CASE, case_cost[n])  # fmt: skip
                served = True
        pay = paid_by(body_type[owner])
        if not served and rule_lending[c] == 1 and body_left[owner, pay] >= ask_hours:
            spend(owner, ask_hours, pay, Stream.COORDINATION, body_left, body_hours)
            community_means_asked[c] += 1.0
            listed = uniform(key, Purpose.MEANS, uid, week, LISTED) < community_listed[c]
            first = 2.0
            row = -1
            for b in range(community_first_body[c], community_last_body[c]):
                t = body_type[b]
                if body_alive[b] == 0 or b == owner or t < Body.ORGANISATION or t > Body.UNIT:
                    continue
                has_it = has_means(key, body_uid[b], what, has_room, has_goods, has_technology)
                if listed and (body_lent[b] > week or not has_it):
                    continue
                u = uniform(key, Purpose.MEANS, joined(np.uint64(uid), np.uint64(body_uid[b])), week, FIRST)
                if u < first:
                    first = u
                    row = b
            if row < 0 or not has_means(key, body_uid[row], what, has_room, has_goods, has_technology):
                community_means_vain[c] += 1.0
                continue
            body_requests[row] += 1.0
            ready = readiness(row, body_type[row], body_dec)
            served = body_lent[row] <= week and uniform(key, Purpose.MEANS, uid, week, LENDS) < ready
            deal(owner, row, served, relation_rate, body_type, body_relation)
            if served:
                body_lent[row] = week + int(lend_weeks)
                body_accepted[row] += 1.0
                community_means_lent[c] += 1.0
        if served:
            case_met[n] |= 1 << Need.MONEY
