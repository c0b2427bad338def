"""A spoken case is received: who answers for it, and who is to do the main work (A13, A14, A30, A31, A81).

Whoever receives must exist and have somebody at the desk. Where the committee and the station do items from above only,
what is no desk matter goes to the firm, the owners' committee, an organisation of that line, and last to the office. A
case lies until somebody first looks at it: mostly the same day, sometimes long (Barabasi 2005: waits where people
choose what to do next). An organisation, a group or a unit takes the main work only if somebody thinks of it and it is
ready.
"""

import numpy as np

from sim.engine.kernel import kernel
from sim.engine.mechanism import mechanism
from sim.engine.randomness import joined, lognormal, uniform
from sim.engine.sets import among
from sim.model.cases.dealing import readiness
from sim.model.cases.find import has, manned, manned_row, spend, write
from sim.model.cases.life import hand_over, lay_on_desk, leave, receive, send_back
from sim.vocabulary.codes import Body, Channel, File, Kind, Pay, Purpose, Rows, Step, Stream, Truth, Wait
from sim.vocabulary.params import Param, Shared
from sim.vocabulary.sets import MAIN_LINE

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
def serves(b, k, body):
    """Whether organisation, group or unit b can take the main work of a case of kind k.

    Organisations keep to their line; groups have none; a unit lends hands for help and the environment when asked.
    """
    t = body.type[b]
    if body.alive[b] == 0 or (k != Kind.HELP and k != Kind.NEIGHBOURS and k != Kind.ENVIRONMENT):
        return False
    if t == Body.UNIT:
        return body.asked[b] == 1 and k != Kind.NEIGHBOURS
    return t == Body.GROUP or (t == Body.ORGANISATION and body.line[b] == k)


@kernel
def helper(key, uid, k, p, first, last, body):
    """The one that comes to mind first among those who could take the main work, -1 nobody: a keyed draw for each."""
    best = 2.0
    row = -1
    for b in range(first, last):
        if serves(b, k, body):
            u = uniform(key, Purpose.CASE_ROUTE, joined(np.uint64(uid), np.uint64(body.uid[b])), 0, 3)
            if body.line[b] == k:
                u *= p.line_first
            if u < best:
                best = u
                row = b
    return row


@kernel
def receiver(key, n, c, p, rule, community, estate, kind, body, case):
    """Row of the body that receives case n and answers for it; the office when nobody below does."""
    e, k = case.estate[n], case.kind[n]
    firm = estate.firm[e]
    first, last = community.first_body[c], community.last_body[c]
    if case.channel[n] == Channel.FIRM_DESK and firm >= 0:
        return firm
    if kind.desk[k] == 1:
        wanted = Body.STATION + 0 if rule.items_down[c] == 1 else Body.STREET_DESK + 0
        row = manned_row(wanted, c, community, body)
        if row >= 0:
            return row
    plain = kind.desk[k] == 1 or rule.items_only[c] == 0
    if not plain and firm >= 0 and rule.receives[c, Body.FIRM] == 1:
        if case.firm_part[n] == 1 or k == Kind.OWNER_FIRM:
            return firm
    for turn in range(2):
        t = Body.COMMITTEE + 0 if turn == 0 else Body.STATION + 0
        if plain and rule.receives[c, t] == 1:
            row = manned_row(t, c, community, body)
            if row >= 0:
                return row
    if plain and firm >= 0 and rule.receives[c, Body.FIRM] == 1:
        return firm
    o = estate.committee[e]
    if o >= 0 and rule.receives[c, Body.OWNERS] == 1 and body.alive[o] == 1:
        # volunteers need not take what they are brought
        if uniform(key, Purpose.CASE_ROUTE, case.uid[n], 0, 11) < readiness(o, Body.OWNERS, body):
            return o
    row = helper(key, case.uid[n], k, p, first, last, body)
    if row >= 0 and rule.receives[c, body.type[row]] == 1:
        return row
    if firm >= 0 and rule.receives[c, Body.FIRM] == 1:
        return firm
    return 0


@kernel
def wrong_desk(owner, c, community, body):
    """Row of the public body of the community where a case for `owner` arrives by mistake, -1 where there is none."""
    for turn in range(2):
        if body.type[owner] == Body.COMMITTEE:
            t = Body.STATION + 0 if turn == 0 else Body.PARTY + 0
        else:
            t = Body.COMMITTEE + 0 if turn == 0 else Body.PARTY + 0
        row = manned_row(t, c, community, body)
        if row >= 0 and row != owner:
            return row
    return -1


@mechanism
def step(now, p, rows, active, rule, community, estate, kind, body, resident, case):
    begin = 5.0 * now.week + now.day
    end = begin + 1.0
    for position in range(rows.used[Rows.ACTIVE]):
        n = active.case[position]
        file = case.file[n]
        if (file != File.SPOKEN and file != File.RECEIVED) or case.ready[n] >= end or case.truth[n] != Truth.OPEN:
            continue
        c = case.community[n]
        k = case.kind[n]
        uid = case.uid[n]
        t = max(case.ready[n], begin)
        hop = community.hop_days[c]
        message = community.message_hours[c]
        if file == File.SPOKEN:
            stage = case.stage[n]
            case.stage[n] = stage + 1
            owner = receiver(now.key, n, c, p, rule, community, estate, kind, body, case)
            if body.type[owner] == Body.STREET_DESK:
                resident.trips[case.resident[n]] += p.desk_elsewhere
            delay = lognormal(p.first_look, p.delay_spread, now.key, Purpose.CASE_ROUTE, uid, stage, FIRST_LOOK)
            if case.outside[n] == 1:
                spend(0, message, Pay.PUBLIC, Stream.COORDINATION, body)
                delay += lognormal(hop, p.delay_spread, now.key, Purpose.CASE_ROUTE, uid, stage, 0)
                hand_over(n, c, Body.STREET_OFFICE, body.type[owner], community, case)
            elif case.channel[n] == Channel.ORGANISATION:
                # whoever speaks for members writes it down: the one of them that has most time left
                voice = -1
                for b in range(community.first_body[c], community.last_body[c]):
                    if body.alive[b] == 1 and (body.type[b] == Body.ORGANISATION or body.type[b] == Body.GROUP):
                        if voice < 0 or has(b, body) > has(voice, body):
                            voice = b
                if voice >= 0:
                    write(voice, message, Stream.COORDINATION, body)
            told = rule.card[c] == 1 or (rule.notice[c] == 1 and rule.patches[c] == 1)
            wrong = p.misrouted_card if told else p.misrouted
            if case.channel[n] != Channel.PATCH and uniform(now.key, Purpose.CASE_ROUTE, uid, stage, 1) < wrong:
                desk = wrong_desk(owner, c, community, body)
                if desk < 0:
                    desk = owner
                if uniform(now.key, Purpose.CASE_ROUTE, uid, stage, 13) < body.staff_cross[desk, body.type[owner]]:
                    delay += p.hop_carried  # whoever sits at both desks takes it along
                else:
                    delay += lognormal(hop, p.delay_spread, now.key, Purpose.CASE_ROUTE, uid, stage, 2)
                write(desk, message, Stream.COORDINATION, body)
                hand_over(n, c, body.type[desk], body.type[owner], community, case)
            if case.received[n] < 0.0:
                case.received[n] = t
                case.due[n] = t + kind.promise[k]
                case.promised[n] = case.due[n]
            elif case.last_closed[n] >= 0.0:
                case.promised[n] = t + kind.promise[k]  # registered anew after a closure: a new date
            receive(n, owner, t, case)
            case.ready[n] = t + delay
            if case.ready[n] >= end:
                continue  # it lies on the right desk another day
            t = case.ready[n]
        owner = case.owner[n]
        if owner > 0 and not manned(owner, body):
            send_back(n, t, case)  # the desk closed before the case lay on it
            continue
        leave(n, t, Wait.BODY, case)
        performer = owner
        if case.firm_part[n] == 1 and estate.firm[case.estate[n]] >= 0:
            performer = estate.firm[case.estate[n]]
        elif among(body.type[owner], MAIN_LINE):
            first, last = community.first_body[c], community.last_body[c]
            b = helper(now.key, uid, k, p, first, last, body)
            thought_of = p.ask_broker if rule.broker[c] == 1 else p.ask_others
            if b >= 0:
                thought_of *= 2.0 * body.relation[owner, body.type[b]]
                if uniform(now.key, Purpose.CASE_ROUTE, uid, 0, 3) < thought_of:
                    body.requests[b] += 1.0
                    if uniform(now.key, Purpose.CASE_ROUTE, uid, 0, 4) < readiness(b, body.type[b], body):
                        body.accepted[b] += 1.0
                        performer = b
        case.performer[n] = performer
        if case.needs[n] & ~case.met[n] == 0 and performer == owner:
            lay_on_desk(n, owner, Step.FINISH, case.hours_needed[n], case)
        else:
            lay_on_desk(n, owner, Step.INTAKE, p.intake_share * case.hours_needed[n], case)
        if case.anonymous[n] == 1:
            case.todo[n] *= 1.0 + p.unsigned
