"""Meetings: who sits pays with hours; what waits for a meeting is treated in the order of whoever chairs (A38-A40, A62-A66).

At the coordination meeting a body that refused is asked again, once by each body present on which it depends, before
their eyes. What it still refuses is settled by the rule of the table: by the convener, by the majority of those
present, or not at all. Nobody can bind a private firm. Consent of residents is sought in rounds (Deffuant et al. 2000).
"""

import numpy as np

from sim.codes import Body, Channel, Deciding, File, Kind, Meeting, Need, Pay, Purpose, Stream, Truth
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.mechanisms.find import alive_row, spend
from sim.mechanisms.routing import leave, paid_by, readiness
from sim.params import Param
from sim.randomness import uniform

ASSUMED = "assumption"
PARAMS = {
    "opening_hours": Param(0.5, "hours", 0.1, 2.0, ASSUMED, "part of a meeting that treats no case"),
    "case_hours": Param(0.25, "hours", 0.05, 1.0, ASSUMED, "time of all present for one case with two parties"),
    "party_hours": Param(0.05, "hours", 0.0, 0.3, ASSUMED, "added time for each further party that has a say"),
    "longest": Param(2.5, "hours", 1.0, 5.0, ASSUMED, "length of a meeting"),
    "settle_hours": Param(1.0, "hours", 0.2, 4.0, ASSUMED, "work of bringing two bodies together after deadlock (A08)"),
    "round_gain": Param(0.35, "share", 0.1, 0.5, "Deffuant et al. 2000 (mu 0.3-0.5)", "how far positions move in a round"),
    "agreed": Param(0.15, "share", 0.05, 0.4, ASSUMED, "distance below which the parties consent"),
    "relation_weight": Param(0.5, "1", 0.0, 1.0, ASSUMED, "weight of the remembered relation"),
    "relation_rate": Param(0.05, "share", 0.0, 0.3, ASSUMED, "weight of one dealing"),
    "assembly_hours": Param(2.0, "hours", 0.5, 5.0, ASSUMED, "a resident's time for an assembly"),
    "come": Param(0.5, "share", 0.05, 1.0, ASSUMED, "attendance of representatives at full belief in being answered"),
    "collect": Param(0.3, "share", 0.0, 1.0, ASSUMED, "unspoken problems of those present that come up"),
    "patience_days": Param(17.0, "working days", 8.0, 40.0, ASSUMED, "mean time until the person reconsiders"),
    "retry_days": Param(10.0, "working days", 2.0, 40.0, ASSUMED, "delay for each refusal before a case comes up again"),
    "stay_away": Param(60.0, "working days", 20.0, 200.0, ASSUMED, "a case that waited so long for a meeting goes another way"),
}


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
        "case.next",
        "case.ready",
        "case.refusals",
        "case.since",
        "case.wait",
        "case.body",
        "case.stage",
    )
)
def coordinate(
    key,
    week,
    opening_hours,
    case_hours,
    party_hours,
    longest,
    settle_hours,
    relation_weight,
    relation_rate,
    retry_days,
    stay_away,
    rows_used,
    active_case,
    rule_seated,
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
    case_truth,
    case_file,
    case_owner,
    case_next,
    case_ready,
    case_refusals,
    case_since,
    case_wait,
    case_body,
    case_stage,
):
    """The coordination set of the structure meets, treats the cases that were refused, and settles or does not."""
    now = 5.0 * week
    here = np.zeros(len(body_type), dtype=np.int8)
    for c in range(len(community_full)):
        if community_full[c] == 0:
            continue
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
        for b in range(community_first_body[c], community_last_body[c]):
            here[b] = 0
            if body_alive[b] == 1 and rule_seated[c, body_type[b]] == 1:
                seats += 1
                if body_left[b, paid_by(body_type[b])] >= opening_hours:
                    here[b] = 1
                    voices += 1
        if seats == 0 or voices < rule_quorum[c] * seats or body_left[chair, paid_by(body_type[chair])] < opening_hours:
            continue
        each = case_hours + party_hours * max(0, voices - 2)
        room = int((longest - opening_hours) / each)
        treated = min(room, waiting)
        length = opening_hours + treated * each
        community_meeting_held[c, Meeting.COORDINATION] += 1.0
        community_meetings_total[c, Meeting.COORDINATION] += 1.0
        if chair == 0:
            sit(0, length, body_type, body_left, body_hours)
        for b in range(community_first_body[c], community_last_body[c]):
            if here[b] == 1:
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
                    value += 2.0
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
            present = here[other] == 1 or other == 0
            agrees = False
            if present and body_alive[other] == 1:
                # asked by each body at the table that it depends on
                for b in range(community_first_body[c], community_last_body[c]):
                    if here[b] == 0 or b == other:
                        continue
                    t_b = body_type[b]
                    depends = t_b == Body.PARTY and kind_of <= Body.MASS
                    depends = depends or b == owner
                    depends = depends or (t_b == Body.OWNERS and kind_of == Body.FIRM and body_estate[b] == body_estate[other])
                    if not depends:
                        continue
                    chance = readiness(other, kind_of, body_dec) + relation_weight * (body_relation[other, t_b] - 0.5)
                    body_requests[other] += 1.0
                    if uniform(key, Purpose.MEETING, case_uid[n], stage, t_b) < chance:
                        agrees = True
                        break
                if not agrees and kind_of != Body.FIRM and rule_deciding[c] == Deciding.MAJORITY:
                    for_it = 0
                    for b in range(community_first_body[c], community_last_body[c]):
                        if here[b] == 1 and b != other and body_relation[b, body_type[owner]] >= 0.5:
                            for_it += 1
                    agrees = 2 * for_it > voices
                decider = community_decider[c]
                if not agrees and kind_of != Body.FIRM and decider >= 0 and rule_deciding[c] == Deciding.CONVENER:
                    share = body_dec[decider, 3] if body_type[decider] == Body.PARTY else 0.5
                    if uniform(key, Purpose.MEETING, case_uid[n], stage, 50) < share:
                        if spend(decider, settle_hours, Pay.PUBLIC, Stream.COORDINATION, body_left, body_hours) > 0.0:
                            agrees = True
            body_relation[owner, kind_of] += relation_rate * ((1.0 if agrees else 0.0) - body_relation[owner, kind_of])
            if agrees:
                body_accepted[other] += 1.0
                # it takes the case home: the request is granted when it arrives
                case_file[n] = File.ROUTED
                case_body[n] = owner
                case_ready[n] = t
                case_refusals[n] = -1
            else:
                case_refusals[n] += 1
                case_file[n] = File.ROUTED
                case_ready[n] = t + retry_days * case_refusals[n]


@mechanism(
    writes=(
        "body.left",
        "body.hours",
        "community.meeting_held",
        "community.meeting_hours",
        "community.meetings_total",
        "community.channel_used",
        "resident.attended",
        "resident.hours",
        "resident.spoke",
        "resident.open_cases",
        "case.file",
        "case.met",
        "case.distance",
        "case.ready",
        "case.since",
        "case.wait",
        "case.channel",
        "case.found_by",
        "case.spoken",
        "case.decide_at",
    )
)
def assemble(
    key,
    week,
    opening_hours,
    case_hours,
    longest,
    round_gain,
    agreed,
    assembly_hours,
    come,
    collect,
    patience_days,
    stay_away,
    rows_used,
    active_case,
    community_full,
    community_first_body,
    community_last_body,
    community_meeting_due,
    community_meeting_held,
    community_meeting_hours,
    community_meetings_total,
    community_channel_used,
    body_type,
    body_alive,
    body_left,
    body_hours,
    resident_uid,
    resident_community,
    resident_building,
    resident_representative,
    resident_efficacy,
    resident_spare,
    resident_attended,
    resident_hours,
    resident_spoke,
    resident_open_cases,
    case_uid,
    case_resident,
    case_community,
    case_kind,
    case_needs,
    case_truth,
    case_felt,
    case_file,
    case_next,
    case_met,
    case_distance,
    case_ready,
    case_since,
    case_wait,
    case_channel,
    case_found_by,
    case_spoken,
    case_decide_at,
):
    """Assemblies with residents: they collect issues and hold rounds on what needs consent (A38-A40, A63-A66)."""
    now = 5.0 * week
    for c in range(len(community_full)):
        if community_full[c] == 0:
            continue
        for m in range(Meeting.REPRESENTATIVES, Meeting.APPRAISAL):
            if community_meeting_due[c, m] == 0:
                continue
            committee = alive_row(Body.COMMITTEE, c, community_first_body, community_last_body, body_type, body_alive)
            if committee < 0 or body_left[committee, Pay.PUBLIC] < opening_hours + case_hours:
                continue
            # representatives come if they expect something of it and have the time
            came = 0
            members = 0
            for i in range(len(resident_representative)):
                if resident_representative[i] == 0 or resident_community[i] != c:
                    continue
                members += 1
                if resident_spare[i] < assembly_hours:
                    continue
                if uniform(key, Purpose.MEETING, resident_uid[i], week, 100 + m) < come * 2.0 * resident_efficacy[i]:
                    came += 1
                    resident_attended[i] += 1
                    resident_hours[i, Pay.VOLUNTEER] += assembly_hours
            if came == 0:
                continue
            room = int((longest - opening_hours) / case_hours)
            treated = 0
            for position in range(rows_used[2]):
                n = active_case[position]
                if case_community[n] != c or treated >= room or case_truth[n] != Truth.OPEN:
                    continue
                if case_file[n] != File.WAIT_MEETING or case_next[n] >= 0:
                    continue
                k = case_kind[n]
                fits = k == Kind.PROJECT and m != Meeting.MEDIATION and m != Meeting.FOUR_PARTY
                fits = fits or (m == Meeting.MEDIATION and (k == Kind.NEIGHBOURS or k == Kind.OWNER_FIRM))
                if not fits:
                    if now - case_since[n] > stay_away:
                        leave(n, now, 2, case_since, case_wait)
                        case_file[n] = File.WAIT_CONSENT
                        case_ready[n] = now
                    continue
                treated += 1
                case_distance[n] *= 1.0 - round_gain
                if case_distance[n] < agreed:
                    leave(n, now + 1.0, 2, case_since, case_wait)
                    case_met[n] |= 1 << Need.CONSENT
                    case_file[n] = File.ROUTED
                    case_ready[n] = now + 1.0
            for position in range(rows_used[2]):
                n = active_case[position]
                i = case_resident[n]
                if case_community[n] != c or case_file[n] != File.NOT_SPOKEN or case_truth[n] != Truth.OPEN:
                    continue
                if case_felt[n] >= now or treated >= room:
                    continue
                # a representative of the building is asked for what bothers the neighbours
                if uniform(key, Purpose.MEETING, case_uid[n], week, 200 + m) >= collect * came / max(1, members):
                    continue
                treated += 1
                case_file[n] = File.SPOKEN
                case_channel[n] = Channel.REPRESENTATIVE
                case_found_by[n] = 3
                case_spoken[n] = now + 1.0
                case_ready[n] = now + 1.0
                case_since[n] = now + 1.0
                case_decide_at[n] = now + 1.0 + patience_days
                resident_spoke[i] += 1
                resident_open_cases[i] += 1
                community_channel_used[c, Channel.REPRESENTATIVE] += 1.0
            length = opening_hours + treated * case_hours
            community_meeting_held[c, m] += 1.0
            community_meetings_total[c, m] += 1.0
            for b in range(community_first_body[c], community_last_body[c]):
                if body_alive[b] == 0:
                    continue
                t = body_type[b]
                attends = t == Body.COMMITTEE or t == Body.PARTY or (m == Meeting.FOUR_PARTY and t == Body.FIRM)
                if attends and sit(b, length, body_type, body_left, body_hours):
                    community_meeting_hours[c, m] += length
