"""The coordination meeting: who sits pays with hours; what was refused is treated in the order of whoever chairs (A38).

A body that refused is asked again, once by each body present on which it depends, before their eyes. What it still
refuses is settled by the rule of the table: by the convener, by the majority of those seated, or, where every body
concerned must agree or any two may, not at all. Bodies that are heard come for their own cases and have no vote.
Nobody can bind a private firm.
"""

import numpy as np

from sim.engine.kernel import kernel
from sim.engine.mechanism import mechanism
from sim.engine.randomness import uniform
from sim.engine.sets import among
from sim.model.bodies.party import Dec as PartyDec
from sim.model.cases.dealing import deal, readiness
from sim.model.cases.find import paid_by, spend
from sim.model.cases.life import leave, route
from sim.vocabulary.codes import Body, Deciding, File, Meeting, Purpose, Rows, Stream, Wait
from sim.vocabulary.params import Param, Shared
from sim.vocabulary.sets import LOOK_UP, PUBLIC_BODIES

ASSUMED = "assumption"
PARAMS = {
    "opening_hours": Param(0.5, "hours", 0.1, 2.0, ASSUMED, "part of a meeting that treats no case"),
    "case_hours": Param(0.25, "hours", 0.05, 1.0, ASSUMED, "time of all present for one case with two parties"),
    "party_hours": Param(0.05, "hours", 0.0, 0.3, ASSUMED, "added time for each further party that has a say"),
    "longest": Param(2.5, "hours", 1.0, 5.0, ASSUMED, "length of a meeting"),
    "settle_hours": Param(1.0, "hours", 0.2, 4.0, ASSUMED, "work of bringing two bodies together after deadlock (A08)"),
    "others_settle": Param(0.5, "probability", 0.0, 1.0, ASSUMED,
                           "settling by another body than the Party organization"),
    "seen_first": Param(2.0, "index", 0.0, 6.0, ASSUMED + " (A45)",
                        "weight of being looked at from above, over severity"),
    "relation_weight": Shared("dealing.relation_weight"),
    "relation_rate": Shared("dealing.relation_rate"),
    "retry_days": Param(10.0, "working days", 2.0, 40.0, ASSUMED,
                        "delay for each refusal before a case comes up again"),
    "stay_away": Param(60.0, "working days", 20.0, 200.0, ASSUMED,
                       "a case that waited so long for a meeting goes another way"),
}
SETTLES = 50  # slot of the draw of whoever settles; types of body come before it


@kernel
def sit(b, hours, body):
    """Book a meeting's hours for body b; True when it could send somebody for the whole time."""
    pay = paid_by(body.type[b])
    if body.left[b, pay] < hours:
        return False
    spend(b, hours, pay, Stream.MEETING, body)
    return True


@mechanism
def step(now, p, rows, active, rule, community, body, case):
    today = 5.0 * now.week
    bodies = len(body.type)
    here = np.zeros(bodies, dtype=np.int8)  # 1 seated, 2 heard
    concerned = np.zeros(bodies, dtype=np.int8)
    for c in range(len(community.full)):
        if community.full[c] == 0:
            continue
        first, last = community.first_body[c], community.last_body[c]
        concerned[:] = 0
        waiting = 0
        for position in range(rows.used[Rows.ACTIVE]):
            n = active.case[position]
            if case.community[n] != c or case.file[n] != File.WAIT_MEETING or case.next[n] < 0:
                continue
            if today - case.since[n] > p.stay_away:
                leave(n, today, Wait.MEETING, case)
                route(n, today, case)
                continue
            waiting += 1
            concerned[case.next[n]] = 1
            concerned[case.owner[n]] = 1
        if community.meeting_due[c, Meeting.COORDINATION] == 0 or community.chair[c] < 0:
            continue
        chair = community.chair[c]
        if body.type[chair] == Body.PARTY:
            if body.dec[chair, PartyDec.CONVENE] < 0.5:
                continue
        elif waiting == 0:
            continue
        # who comes: every seated body that can send somebody, and those heard when they have a case
        seats = 0
        voices = 0
        for b in range(first, last):
            here[b] = 0
            seated = rule.seated[c, body.type[b]] == 1
            if body.alive[b] == 0 or not (seated or (rule.heard[c, body.type[b]] == 1 and concerned[b] == 1)):
                continue
            seats += 1 if seated else 0
            if body.left[b, paid_by(body.type[b])] >= p.opening_hours:
                here[b] = 1 if seated else 2
                voices += 1 if seated else 0
        most = min(p.longest, body.left[chair, paid_by(body.type[chair])])  # no longer than the chair has time for
        if seats == 0 or voices < rule.quorum[c] * seats or most < p.opening_hours:
            continue
        each = p.case_hours + p.party_hours * max(0, voices - 2)
        treated = min(int((most - p.opening_hours) / each), waiting)
        length = p.opening_hours + treated * each
        community.meeting_held[c, Meeting.COORDINATION] += 1.0
        community.meetings_total[c, Meeting.COORDINATION] += 1.0
        if chair == 0:
            sit(0, length, body)
        for b in range(first, last):
            if here[b] > 0:
                if sit(b, length, body):
                    community.meeting_hours[c, Meeting.COORDINATION] += length
                else:
                    here[b] = 0
        for _ in range(treated):
            # the chair's order: the Party organization and the office look at what is seen above, others at need
            best = -1.0
            n = -1
            for position in range(rows.used[Rows.ACTIVE]):
                m = active.case[position]
                if case.community[m] != c or case.file[m] != File.WAIT_MEETING or case.next[m] < 0:
                    continue
                value = case.severity[m]
                if case.about_above[m] == 1 and among(body.type[chair], LOOK_UP):
                    value += p.seen_first
                if value > best:
                    best = value
                    n = m
            if n < 0:
                break
            t = today + 0.5
            other = case.next[n]
            owner = case.owner[n]
            leave(n, t, Wait.MEETING, case)
            stage = case.stage[n]
            case.stage[n] = stage + 1
            kind_of = body.type[other]
            present = here[other] > 0 or other == 0
            agrees = False
            if present and body.alive[other] == 1:
                # asked by each body at the table that it depends on
                for b in range(first, last):
                    if here[b] == 0 or b == other:
                        continue
                    t_b = body.type[b]
                    depends = t_b == Body.PARTY and among(kind_of, PUBLIC_BODIES)
                    depends = depends or b == owner
                    if t_b == Body.OWNERS and kind_of == Body.FIRM:
                        depends = depends or body.estate[b] == body.estate[other]
                    if not depends:
                        continue
                    chance = readiness(other, kind_of, body) + p.relation_weight * (body.relation[other, t_b] - 0.5)
                    body.requests[other] += 1.0
                    if uniform(now.key, Purpose.MEETING, case.uid[n], stage, t_b) < chance:
                        agrees = True
                        break
                if not agrees and kind_of != Body.FIRM and rule.deciding[c] == Deciding.MAJORITY:
                    for_it = 0
                    for b in range(first, last):
                        if here[b] == 1 and b != other and body.relation[b, body.type[owner]] >= 0.5:
                            for_it += 1
                    agrees = 2 * for_it > voices
                decider = community.decider[c]
                if not agrees and kind_of != Body.FIRM and decider >= 0 and rule.deciding[c] == Deciding.CONVENER:
                    share = body.dec[decider, PartyDec.SETTLE] if body.type[decider] == Body.PARTY else p.others_settle
                    pay = paid_by(body.type[decider])
                    if body.left[decider, pay] >= p.settle_hours:
                        if uniform(now.key, Purpose.MEETING, case.uid[n], stage, SETTLES) < share:
                            spend(decider, p.settle_hours, pay, Stream.COORDINATION, body)
                            agrees = True
            deal(owner, other, agrees, p.relation_rate, body)
            case.body[n] = owner
            if agrees:
                body.accepted[other] += 1.0
                case.granted[n] = 1  # it takes the case home: the request is granted when it arrives
                route(n, t, case)
            else:
                case.refusals[n] += 1
                route(n, t + p.retry_days * case.refusals[n], case)
