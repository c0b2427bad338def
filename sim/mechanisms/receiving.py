"""A spoken case is received: who answers for it, and who is to do the main work (A13, A14, A30, A31, A81).

Whoever receives must exist and have somebody at the desk. Where the committee and the station do items from above only,
what is no desk matter goes to the firm, the owners' committee, an organisation of that line, and last to the office. A
case lies until somebody first looks at it: mostly the same day, sometimes long (Barabasi 2005: waits where people
choose what to do next). An organisation, a group or a unit takes the main work only if somebody thinks of it and it is
ready.
"""

import numpy as np

from sim.codes import Body, Channel, File, Kind, Pay, Purpose, Step, Stream, Truth
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.mechanisms.dealing import readiness
from sim.mechanisms.find import has, manned, manned_row, spend, write
from sim.mechanisms.waits import leave
from sim.params import Param, Shared
from sim.randomness import joined, lognormal, uniform

ASSUMED = "assumption"
PARAMS = {
    "delay_spread": Param(1.1, "sd of log days", 0.5, 1.5, ASSUMED,
                          "of the first look, and of a registration that is handed down or goes astray"),
    "first_look": Param(1.0, "working days", 0.2, 3.0, ASSUMED,
                        "mean time until whoever received a case first looks at it"),
    "misrouted": Param(0.25, "share", 0.0, 0.6, ASSUMED, "cases that reach the wrong person first"),
    "misrouted_card": Param(0.08, "share", 0.0, 0.4, ASSUMED + " (A30, A31)", "the same with cards or notices"),
    "hop_carried": Shared("routing.hop_carried"),
    "intake_share": Shared("routing.intake_share"),
    "ask_others": Param(0.5, "share", 0.0, 1.0, ASSUMED + " (A13)", "cases for which an organisation is thought of"),
    "line_first": Param(0.3, "ratio", 0.05, 1.0, ASSUMED, "how much sooner an organisation of that line comes to mind"),
    "ask_broker": Param(0.9, "share", 0.0, 1.0, ASSUMED + " (A81)", "the same where somebody keeps a list"),
    "unsigned": Param(0.3, "share", 0.0, 1.0, ASSUMED + " (A32)", "more work where nobody can be asked back"),
    "desk_elsewhere": Param(1.0, "trips", 0.0, 3.0, ASSUMED, "further trips when the desk is at the subdistrict"),
}
FIRST_LOOK = 70  # slot of the time until somebody first looks


@kernel
def serves(b, k, body_type, body_line, body_alive, body_asked):
    """Whether organisation, group or unit b can take the main work of a case of kind k.

    Organisations keep to their line; groups have none; a unit lends hands for help and the environment when asked.
    """
    t = body_type[b]
    if body_alive[b] == 0 or (k != Kind.HELP and k != Kind.NEIGHBOURS and k != Kind.ENVIRONMENT):
        return False
    if t == Body.UNIT:
        return body_asked[b] == 1 and k != Kind.NEIGHBOURS
    return t == Body.GROUP or (t == Body.ORGANISATION and body_line[b] == k)


@kernel
def helper(key, uid, k, line_first, first, last, body_uid, body_type, body_line, body_alive, body_asked):
    """The one that comes to mind first among those who could take the main work, -1 nobody: a keyed draw for each."""
    best = 2.0
    row = -1
    for b in range(first, last):
        if serves(b, k, body_type, body_line, body_alive, body_asked):
            u = uniform(key, Purpose.CASE_ROUTE, joined(np.uint64(uid), np.uint64(body_uid[b])), 0, 3)
            if body_line[b] == k:
                u *= line_first
            if u < best:
                best = u
                row = b
    return row


@kernel
def receiver(
    key, n, c, line_first, rule_receives, rule_items_down, rule_items_only, community_first_body,
    community_last_body, estate_firm, estate_committee, kind_desk, body_uid, body_type, body_line, body_alive,
    body_asked, body_capacity, body_dec, case_uid, case_estate, case_kind, case_channel, case_firm_part,
):  # fmt: skip
    """Row of the body that receives case n and answers for it; the office when nobody below does."""
    e, k = case_estate[n], case_kind[n]
    firm = estate_firm[e]
    first, last = community_first_body[c], community_last_body[c]
    if case_channel[n] == Channel.FIRM_DESK and firm >= 0:
        return firm
    if kind_desk[k] == 1:
        wanted = Body.STATION + 0 if rule_items_down[c] == 1 else Body.STREET_DESK + 0
        row = manned_row(wanted, c, community_first_body, community_last_body, body_type, body_alive, body_capacity)
        if row >= 0:
            return row
    plain = kind_desk[k] == 1 or rule_items_only[c] == 0
    if not plain and firm >= 0 and rule_receives[c, Body.FIRM] == 1:
        if case_firm_part[n] == 1 or k == Kind.OWNER_FIRM:
            return firm
    for turn in range(2):
        t = Body.COMMITTEE + 0 if turn == 0 else Body.STATION + 0
        if plain and rule_receives[c, t] == 1:
            row = manned_row(t, c, community_first_body, community_last_body, body_type, body_alive, body_capacity)
            if row >= 0:
                return row
    if plain and firm >= 0 and rule_receives[c, Body.FIRM] == 1:
        return firm
    o = estate_committee[e]
    if o >= 0 and rule_receives[c, Body.OWNERS] == 1 and body_alive[o] == 1:
        # volunteers need not take what they are brought
        if uniform(key, Purpose.CASE_ROUTE, case_uid[n], 0, 11) < readiness(o, Body.OWNERS, body_dec):
            return o
    row = helper(key, case_uid[n], k, line_first, first, last, body_uid, body_type, body_line, body_alive, body_asked)
    if row >= 0 and rule_receives[c, body_type[row]] == 1:
        return row
    if firm >= 0 and rule_receives[c, Body.FIRM] == 1:
        return firm
    return 0


@kernel
def wrong_desk(owner, c, community_first_body, community_last_body, body_type, body_alive, body_capacity):
    """Row of the public body of the community where a case for `owner` arrives by mistake, -1 where there is none."""
    for turn in range(2):
        if body_type[owner] == Body.COMMITTEE:
            t = Body.STATION + 0 if turn == 0 else Body.PARTY + 0
        else:
            t = Body.COMMITTEE + 0 if turn == 0 else Body.PARTY + 0
        row = manned_row(t, c, community_first_body, community_last_body, body_type, body_alive, body_capacity)
        if row >= 0 and row != owner:
            return row
    return -1


@mechanism(
    writes=(
        "community.handover",
        "body.left",
        "body.hours",
        "body.requests",
        "body.accepted",
        "resident.trips",
        "case.file",
        "case.body",
        "case.owner",
        "case.next",
        "case.performer",
        "case.step",
        "case.todo",
        "case.ready",
        "case.due",
        "case.promised",
        "case.stage",
        "case.received",
        "case.handovers",
        "case.since",
        "case.wait",
    )
)
def step(
    key,
    week,
    day,
    delay_spread,
    first_look,
    misrouted,
    misrouted_card,
    hop_carried,
    intake_share,
    ask_others,
    line_first,
    ask_broker,
    unsigned,
    desk_elsewhere,
    rows_used,
    active_case,
    rule_receives,
    rule_items_down,
    rule_items_only,
    rule_card,
    rule_notice,
    rule_patches,
    rule_broker,
    community_first_body,
    community_last_body,
    community_hop_days,
    community_message_hours,
    community_handover,
    estate_firm,
    estate_committee,
    kind_desk,
    kind_promise,
    body_uid,
    body_type,
    body_alive,
    body_line,
    body_asked,
    body_capacity,
    body_dec,
    body_left,
    body_hours,
    body_relation,
    body_staff_cross,
    body_requests,
    body_accepted,
    resident_trips,
    case_uid,
    case_resident,
    case_community,
    case_estate,
    case_kind,
    case_hours_needed,
    case_firm_part,
    case_anonymous,
    case_truth,
    case_channel,
    case_outside,
    case_file,
    case_body,
    case_owner,
    case_next,
    case_performer,
    case_step,
    case_todo,
    case_ready,
    case_due,
    case_promised,
    case_last_closed,
    case_met,
    case_needs,
    case_stage,
    case_received,
    case_handovers,
    case_since,
    case_wait,
):
    begin = 5.0 * week + day
    end = begin + 1.0
    for position in range(rows_used[2]):
        n = active_case[position]
        file = case_file[n]
        if (file != File.SPOKEN and file != File.RECEIVED) or case_ready[n] >= end or case_truth[n] != Truth.OPEN:
            continue
        c = case_community[n]
        k = case_kind[n]
        uid = case_uid[n]
        t = max(case_ready[n], begin)
        hop = community_hop_days[c]
        message = community_message_hours[c]
        if file == File.SPOKEN:
            stage = case_stage[n]
            case_stage[n] = stage + 1
            owner = receiver(
                key, n, c, line_first, rule_receives, rule_items_down, rule_items_only, community_first_body,
                community_last_body, estate_firm, estate_committee, kind_desk, body_uid, body_type, body_line,
                body_alive, body_asked, body_capacity, body_dec, case_uid, case_estate, case_kind, case_channel,
                case_firm_part,
            )  # fmt: skip
            if body_type[owner] == Body.STREET_DESK:
                resident_trips[case_resident[n]] += desk_elsewhere
            delay = lognormal(first_look, delay_spread, key, Purpose.CASE_ROUTE, uid, stage, FIRST_LOOK)
            if case_outside[n] == 1:
                spend(0, message, Pay.PUBLIC, Stream.COORDINATION, body_left, body_hours)
                delay += lognormal(hop, delay_spread, key, Purpose.CASE_ROUTE, uid, stage, 0)
                case_handovers[n] += 1
                community_handover[c, Body.STREET_OFFICE, body_type[owner]] += 1.0
            elif case_channel[n] == Channel.ORGANISATION:
                # whoever speaks for members writes it down: the one of them that has most time left
                voice = -1
                for b in range(community_first_body[c], community_last_body[c]):
                    if body_alive[b] == 1 and (body_type[b] == Body.ORGANISATION or body_type[b] == Body.GROUP):
                        if voice < 0 or has(b, body_type, body_left) > has(voice, body_type, body_left):
                            voice = b
                if voice >= 0:
                    write(voice, message, Stream.COORDINATION, body_type, body_left, body_hours)
            told = rule_card[c] == 1 or (rule_notice[c] == 1 and rule_patches[c] == 1)
            wrong = misrouted_card if told else misrouted
            if case_channel[n] != Channel.PATCH and uniform(key, Purpose.CASE_ROUTE, uid, stage, 1) < wrong:
                desk = wrong_desk(
                    owner, c, community_first_body, community_last_body, body_type, body_alive, body_capacity
                )
                if desk < 0:
                    desk = owner
                if uniform(key, Purpose.CASE_ROUTE, uid, stage, 13) < body_staff_cross[desk, body_type[owner]]:
                    delay += hop_carried  # whoever sits at both desks takes it along
                else:
                    delay += lognormal(hop, delay_spread, key, Purpose.CASE_ROUTE, uid, stage, 2)
                write(desk, message, Stream.COORDINATION, body_type, body_left, body_hours)
                case_handovers[n] += 1
                community_handover[c, body_type[desk], body_type[owner]] += 1.0
            case_owner[n] = owner
            case_next[n] = owner
            case_file[n] = File.RECEIVED
            if case_received[n] < 0.0:
                case_received[n] = t
                case_due[n] = t + kind_promise[k]
                case_promised[n] = case_due[n]
            elif case_last_closed[n] >= 0.0:
                case_promised[n] = t + kind_promise[k]  # registered anew after a closure: a new date
            leave(n, t, 1, case_since, case_wait)
            case_ready[n] = t + delay
            if case_ready[n] >= end:
                continue  # it lies on the right desk another day
            t = case_ready[n]
        owner = case_owner[n]
        if owner > 0 and not manned(owner, body_type, body_alive, body_capacity):
            case_file[n] = File.SPOKEN  # the desk closed before the case lay on it
            case_ready[n] = t
            continue
        case_body[n] = owner
        case_file[n] = File.WAITING
        leave(n, t, 1, case_since, case_wait)
        performer = owner
        if case_firm_part[n] == 1 and estate_firm[case_estate[n]] >= 0:
            performer = estate_firm[case_estate[n]]
        elif body_type[owner] <= Body.STATION:
            first, last = community_first_body[c], community_last_body[c]
            b = helper(key, uid, k, line_first, first, last, body_uid, body_type, body_line, body_alive, body_asked)
            thought_of = ask_broker if rule_broker[c] == 1 else ask_others
            if b >= 0:
                thought_of *= 2.0 * body_relation[owner, body_type[b]]
                if uniform(key, Purpose.CASE_ROUTE, uid, 0, 3) < thought_of:
                    body_requests[b] += 1.0
                    if uniform(key, Purpose.CASE_ROUTE, uid, 0, 4) < readiness(b, body_type[b], body_dec):
                        body_accepted[b] += 1.0
                        performer = b
        case_performer[n] = performer
        if case_needs[n] & ~case_met[n] == 0 and performer == owner:
            case_step[n] = Step.FINISH
            case_todo[n] = case_hours_needed[n]
        else:
            case_step[n] = Step.INTAKE
            case_todo[n] = intake_share * case_hours_needed[n]
        if case_anonymous[n] == 1:
            case_todo[n] *= 1.0 + unsigned
