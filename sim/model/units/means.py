"""Rooms, goods and technology: a case may be served in kind, by a gift in store or by what somebody lends (A81, A91).

Part of the cases that take money could as well be served by a room, goods or technical help. What was given to the
community is used first, at its stated price. Otherwise whoever answers for the case asks, in own hours, somebody who
may lend it: with an up-to-date list (`units.broker`) one who has it, without it whoever comes to mind, who may have
nothing of that kind. Who has it lends or does not, by its own decision, and has nothing to lend until it is back
(networks of resource exchange: Provan & Kenis 2008, JPART 18). Only then is money asked for (`routing`).
"""

import numpy as np

from sim.engine.kernel import kernel
from sim.engine.ledger import post
from sim.engine.mechanism import mechanism
from sim.engine.randomness import joined, uniform
from sim.engine.sets import among
from sim.model.cases.dealing import deal, readiness
from sim.model.cases.find import paid_by, spend
from sim.vocabulary.codes import Account, File, Kind, Need, Purpose, Rows, Stream, Truth, Use
from sim.vocabulary.params import Param, Shared
from sim.vocabulary.sets import LENDERS

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
def wants(key, uid, p):
    """What would serve a case instead of money: 0 room, 1 goods, 2 technology, -1 only money."""
    u = uniform(key, Purpose.MEANS, uid, 0, WANTS)
    return int(KINDS * u / p.in_kind) if u < p.in_kind else -1


@kernel
def has_means(key, uid, what, p):
    """Whether the body with this stable id has means of a kind; the same all through a run."""
    share = p.has_room if what == ROOM else (p.has_goods if what == GOODS else p.has_technology)
    return uniform(key, Purpose.MEANS, uid, 0, HAS + what) < share


@mechanism
def step(now, p, rows, active, journal, rule, community, body, case):
    end = 5.0 * now.week + now.day + 1.0
    for position in range(rows.used[Rows.ACTIVE]):
        n = active.case[position]
        file = case.file[n]
        if (file != File.ROUTED and file != File.WAIT_MONEY) or case.ready[n] >= end or case.truth[n] != Truth.OPEN:
            continue
        owner = case.owner[n]
        # money is the next thing it needs, and whoever answers for it has it in hand
        if (case.needs[n] & ~case.met[n] & ~(1 << Need.DATE)) != 1 << Need.MONEY or case.body[n] != owner:
            continue
        if case.kind[n] == Kind.PROJECT:
            continue
        uid = case.uid[n]
        what = wants(now.key, uid, p)
        if what < 0:
            continue
        c = case.community[n]
        served = False
        if what != ROOM and case.cost[n] > 0.0:
            store = Account.GOODS + 0 if what == GOODS else Account.TECHNOLOGY + 0
            if community.balance[c, store] >= case.cost[n]:
                post(now.week, c, store, Account.RESIDENTS, owner, Use.CASE, case.cost[n], rows, journal, community)
                served = True
        pay = paid_by(body.type[owner])
        if not served and rule.lending[c] == 1 and body.left[owner, pay] >= p.ask_hours:
            spend(owner, p.ask_hours, pay, Stream.COORDINATION, body)
            community.means_asked[c] += 1.0
            listed = uniform(now.key, Purpose.MEANS, uid, now.week, LISTED) < community.listed[c]
            first = 2.0
            row = -1
            for b in range(community.first_body[c], community.last_body[c]):
                t = body.type[b]
                if body.alive[b] == 0 or b == owner or not among(t, LENDERS):
                    continue
                has_it = has_means(now.key, body.uid[b], what, p)
                if listed and (body.lent[b] > now.week or not has_it):
                    continue
                u = uniform(now.key, Purpose.MEANS, joined(np.uint64(uid), np.uint64(body.uid[b])), now.week, FIRST)
                if u < first:
                    first = u
                    row = b
            if row < 0 or not has_means(now.key, body.uid[row], what, p):
                community.means_vain[c] += 1.0
                continue
            body.requests[row] += 1.0
            ready = readiness(row, body.type[row], body)
            served = body.lent[row] <= now.week and uniform(now.key, Purpose.MEANS, uid, now.week, LENDS) < ready
            deal(owner, row, served, p.relation_rate, body)
            if served:
                body.lent[row] = now.week + int(p.lend_weeks)
                body.accepted[row] += 1.0
                community.means_lent[c] += 1.0
        if served:
            case.met[n] |= 1 << Need.MONEY
