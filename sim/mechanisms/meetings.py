"""The coordination meeting: who sits pays with hours; what was refused is treated in the order of whoever chairs (A38).

A body that refused is asked again, once by each body present on which it depends, before their eyes. What it still
refuses is settled by the rule of the table: by the convener, by the majority of those seated, or, where every body
concerned must agree or any two may, not at all. Bodies that are heard come for their own cases and have no vote.
Nobody can bind a private firm.
"""

import numpy as np

from sim.codes import Body, Deciding, File, Meeting, Purpose, Stream
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.mechanisms.dealing import deal, readiness
from sim.mechanisms.find import paid_by, spend
from sim.mechanisms.waits import leave
from sim.params import Param, Shared
from sim.randomness import uniform

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
def sit(b, hours, body_type, body_left, body_hours):
    """Book a meeting's hours for body b; True when it could send somebody for the whole time."""
    pay = paid_by(body_type[b])
    if body_left[b, pay] < hours:
        return False
    spend(b, hours, pay, Stream.MEETING, body_left, body_hours)
    return True


@mechanism(
    writes=(
        "body.left",
        "body.hours",
        "body.relation",
        "body.requests",
        "body.accepted",
        "community.meeting_held",
        "community.meeting_hours",
        "community.meetings_total",
        "case.file",
        "case.ready",
        "case.refusals",
        "case.granted",
        "case.since",
        "case.wait",
        "case.body",
        "case.stage",
    )
)
def step(
    key,
    week,
    opening_hours,
    case_hours,
    party_hours,
    longest,
    settle_hours,
    others_settle,
    seen_first,
    relation_weight,
    relation_rate,
    retry_days,
    stay_away,
    rows_used,
    active_case,
    rule_seated,
    rule_heard,
    rule_deciding,
    rule_quorum,
    community_full,
    community_first_body,
    community_last_body,
    community_meeting_due,
    community_chair,
    community_decider,
    community_meeting_held,
    community_meeting_hours,
    community_meetings_total,
    body_type,
    body_estate,
    body_alive,
    body_dec,
    body_left,
    body_hours,
    body_relation,
    body_requests,
    body_accepted,
    case_uid,
    case_community,
    case_about_above,
    case_severity,
    case_file,
    case_owner,
    case_next,
    case_ready,
    case_refusals,
    case_granted,
    case_since,
    case_wait,
    case_body,
    case_stage,
):
    now = 5.0 * week
    bodies = len(body_type)
    here = np.zeros(bodies, dtype=np.int8)  # 1 seated, 2 heard
    concerned = np.zeros(bodies, dtype=np.int8)
    for c in range(len(community_full)):
        if community_full[c] == 0:
            continue
        first, last = community_first_body[c], community_last_body[c]
        concerned[:] = 0
        waiting = 0
        for position in range(rows_used[2]):
            n = active_case[position]
            if case_community[n] != c or case_file[n] != File.WAIT_MEETING or case_next[n] < 0:
                continue
            if now - case_since[n] > stay_away:
                leave(n, now, 2, case_since, case_wait)
                case_file[n] = File.ROUTED
                case_ready[n] = now
                continue
            waiting += 1
            concerned[case_next[n]] = 1
            concerned[case_owner[n]] = 1
        if community_meeting_due[c, Meeting.COORDINATION] == 0 or community_chair[c] < 0:
            continue
        chair = community_chair[c]
        if body_type[chair] == Body.PARTY:
            if body_dec[chair, 0] < 0.5:
                continue
        elif waiting == 0:
            continue
        # who comes: every seated body that can send somebody, and those heard when they have a case
        seats = 0
        voices = 0
        for b in range(first, last):
            here[b] = 0
            seated = rule_seated[c, body_type[b]] == 1
            if body_alive[b] == 0 or not (seated or (rule_heard[c, body_type[b]] == 1 and concerned[b] == 1)):
                continue
            seats += 1 if seated else 0
            if body_left[b, paid_by(body_type[b])] >= opening_hours:
                here[b] = 1 if seated else 2
                voices += 1 if seated else 0
        most = min(longest, body_left[chair, paid_by(body_type[chair])])  # no longer than the chair has time for
        if seats == 0 or voices < rule_quorum[c] * seats or most < opening_hours:
            continue
        each = case_hours + party_hours * max(0, voices - 2)
        treated = min(int((most - opening_hours) / each), waiting)
        length = opening_hours + treated * each
        community_meeting_held[c, Meeting.COORDINATION] += 1.0
        community_meetings_total[c, Meeting.COORDINATION] += 1.0
        if chair == 0:
            sit(0, length, body_type, body_left, body_hours)
        for b in range(first, last):
            if here[b] > 0:
                if sit(b, length, body_type, body_left, body_hours):
                    community_meeting_hours[c, Meeting.COORDINATION] += length
                else:
                    here[b] = 0
        for _ in range(treated):
            # the chair's order: the Party organization and the office look at what is seen above, others at need
            best = -1.0
            n = -1
            for position in range(rows_used[2]):
                m = active_case[position]
                if case_community[m] != c or case_file[m] != File.WAIT_MEETING or case_next[m] < 0:
                    continue
                value = case_severity[m]
                if case_about_above[m] == 1 and body_type[chair] <= Body.PARTY:
                    value += seen_first
                if value > best:
                    best = value
                    n = m
            if n < 0:
                break
            t = now + 0.5
            other = case_next[n]
            owner = case_owner[n]
            leave(n, t, 2, case_since, case_wait)
            stage = case_stage[n]
            case_stage[n] = stage + 1
            kind_of = body_type[other]
            present = here[other] > 0 or other == 0
            agrees = False
            if present and body_alive[other] == 1:
                # asked by each body at the table that it depends on
                for b in range(first, last):
                    if here[b] == 0 or b == other:
                        continue
                    t_b = body_type[b]
                    depends = t_b == Body.PARTY and kind_of <= Body.MASS
                    depends = depends or b == owner
                    if t_b == Body.OWNERS and kind_of == Body.FIRM:
                        depends = depends or body_estate[b] == body_estate[other]
                    if not depends:
                        continue
                    chance = readiness(other, kind_of, body_dec) + relation_weight * (body_relation[other, t_b] - 0.5)
                    body_requests[other] += 1.0
                    if uniform(key, Purpose.MEETING, case_uid[n], stage, t_b) < chance:
                        agrees = True
                        break
                if not agrees and kind_of != Body.FIRM and rule_deciding[c] == Deciding.MAJORITY:
                    for_it = 0
                    for b in range(first, last):
                        if here[b] == 1 and b != other and body_relation[b, body_type[owner]] >= 0.5:
                            for_it += 1
                    agrees = 2 * for_it > voices
                decider = community_decider[c]
                if not agrees and kind_of != Body.FIRM and decider >= 0 and rule_deciding[c] == Deciding.CONVENER:
                    share = body_dec[decider, 3] if body_type[decider] == Body.PARTY else others_settle
                    pay = paid_by(body_type[decider])
                    if body_left[decider, pay] >= settle_hours:
                        if uniform(key, Purpose.MEETING, case_uid[n], stage, SETTLES) < share:
                            spend(decider, settle_hours, pay, Stream.COORDINATION, body_left, body_hours)
                            agrees = True
            deal(owner, other, agrees, relation_rate, body_type, body_relation)
            case_file[n] = File.ROUTED
            case_body[n] = owner
            if agrees:
                body_accepted[other] += 1.0
                case_granted[n] = 1  # it takes the case home: the request is granted when it arrives
                case_ready[n] = t
            else:
                case_refusals[n] += 1
                case_ready[n] = t + retry_days * case_refusals[n]
