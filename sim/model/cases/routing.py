"""Where a received case goes next: requests to other bodies, money, consent, dates, the way up, and the way back.

Every hand-over takes a message that somebody pays for in hours and a delay that somebody waits (Radner 1993: a
hierarchy as an information processor); a case that is hard to place lies long on every desk, not on one alone, and its
handler comes back to it late: looking again at a refusal, at money or for a further round keeps the same pace. A
person who holds posts in both bodies carries the file over in person.
The office is made up of departments (条线). A decision above may need the signature of one, two or three of them, the
one in charge of such matters first; the file lies in the queue of each in turn and waits for that department's own
officers. Where the lines are broken, whoever is free signs for all who have a say, in more hours for what is not his
own line, and nothing is handed on (A21).
A seat in the coordination set, or being heard there, is a standing contact and a place on an agenda; without it a
request takes the way through the office. Both sides remember how a dealing went. A case that implicates a cadre is
passed up only if its holder decides so (A55; Pan & Chen 2018).
"""

import math

from sim.engine.kernel import kernel
from sim.engine.mechanism import mechanism
from sim.engine.randomness import lognormal, uniform
from sim.engine.sets import among
from sim.model.bodies.committee import Dec as CommitteeDec
from sim.model.cases.dealing import at_table, deal, fits, readiness
from sim.model.cases.find import manned_row, spend, write
from sim.model.cases.life import hand_over, keep_back, lay_on_desk, leave, route, wait
from sim.model.money.funding import pay_for_case
from sim.vocabulary.codes import (
    Body,
    Deciding,
    Department,
    File,
    Implicates,
    Kind,
    Meeting,
    Need,
    Pay,
    Purpose,
    Rows,
    Step,
    Stream,
    Truth,
    Wait,
)
from sim.vocabulary.params import Param, Shared
from sim.vocabulary.sets import MAIN_LINE, PARKED, ROUNDS

ASSUMED = "assumption"
PARAMS = {
    "hop_spread": Param(1.1, "sd of log days", 0.5, 1.5, ASSUMED, "spread of the time of a hand-over"),
    "hop_same": Param(0.5, "share", 0.0, 0.9, ASSUMED + ": triage more than load makes times long (dossier 2.5)",
                      "part of that spread that is the case's own: what is hard to place lies long on every desk"),
    "hop_carried": Param(0.2, "working days", 0.0, 3.0, ASSUMED,
                         "time when a cross-posted person carries the file (A12)"),
    "intake_share": Param(0.25, "share", 0.1, 0.5, ASSUMED, "share of the work that the first look took"),
    "part_share": Param(0.35, "share", 0.1, 0.8, ASSUMED, "another body's own part, relative to the case's work"),
    "sign_hours": Param(0.7, "hours", 0.2, 3.0, ASSUMED, "the office's own work on one decision"),
    "two_departments": Param(0.4, "share", 0.0, 1.0, ASSUMED + " (A21)",
                             "cases for a decision above in which a second department has a say"),
    "three_departments": Param(0.15, "share", 0.0, 0.5, ASSUMED + " (A21)", "and a third"),
    "unfamiliar": Param(1.3, "ratio", 1.0, 2.5, ASSUMED + " (A21); sign: Wright 1936",
                        "hours for a matter of another department, over the hours of one of its own officers"),
    "sign_here": Param(0.2, "hours", 0.05, 1.0, ASSUMED, "signing where the right to sign sits"),
    "round_hours": Param(1.5, "hours", 0.5, 4.0, ASSUMED + " (A43)", "one round of mediation"),
    "round_gap": Param(4.0, "working days", 1.0, 15.0, ASSUMED, "mean time of cooling down between rounds"),
    "agreed": Param(0.15, "share", 0.05, 0.4, ASSUMED, "distance below which the parties consent"),
    "date_days": Param(8.0, "working days", 2.0, 30.0, ASSUMED, "mean time to an outside date"),
    "date_spread": Param(1.0, "sd of log days", 0.3, 1.5, ASSUMED, "spread of the time to an outside date"),
    "money_days": Param(20.0, "working days", 5.0, 60.0, ASSUMED, "mean time until a promise is looked at again"),
    "retry_days": Param(12.0, "working days", 5.0, 40.0, ASSUMED, "mean time until a refused request is made again"),
    "park_days": Param(40.0, "working days", 10.0, 120.0, ASSUMED,
                       "mean time for which a case refused often is put aside"),
    "refusals_borne": Param(3.0, "refusals", 1, 8, ASSUMED, "refusals after which a case is put aside"),
    "relation_weight": Shared("dealing.relation_weight"),
    "relation_rate": Shared("dealing.relation_rate"),
    "others_pass": Param(0.5, "probability", 0.0, 1.0, ASSUMED,
                         "a body without cadres of its own passes up such a case"),
    "few_pass": Param(0.15, "ratio", 0.0, 1.0, ASSUMED + " (A55)",
                      "readiness of one who obstructs to pass up such a case, over that of the others"),
}
# first slots of draws by type of body, by tier on the way up, by tier on the way back
AGREES, HOPS, BACKS = 40, 60, 80
SLOWNESS = 10  # slot of the case's own part of a hand-over time
DEPARTMENTS = len(Department)
ANY = -1  # a file that any officer of the office may take


@kernel
def asked(first, number, u):
    """Department that signs as number 0, 1, 2 ...: the one in charge first, then others from one drawn by u on."""
    if number == 0:
        return first
    other = int(u * (DEPARTMENTS - 1)) + number - 1
    return (first + 1 + other % (DEPARTMENTS - 1)) % DEPARTMENTS


@mechanism
def step(now, p, rows, active, journal, rule, community, estate, kind, body, case):
    begin = 5.0 * now.week + now.day
    end = begin + 1.0
    own_spread = p.hop_spread * math.sqrt(p.hop_same)
    spread = p.hop_spread * math.sqrt(1.0 - p.hop_same)
    for position in range(rows.used[Rows.ACTIVE]):
        n = active.case[position]
        file = case.file[n]
        moves = file == File.ROUTED or file == File.WAIT_BODY or among(file, PARKED)
        if not moves or case.ready[n] >= end or case.truth[n] != Truth.OPEN:
            continue
        c = case.community[n]
        e = case.estate[n]
        k = case.kind[n]
        uid = case.uid[n]
        t = max(case.ready[n], begin)
        message = community.message_hours[c]
        stage = case.stage[n]
        case.stage[n] = stage + 1
        own_pace = lognormal(1.0, own_spread, now.key, Purpose.CASE_ROUTE, uid, 0, SLOWNESS)
        pace = lognormal(own_pace, spread, now.key, Purpose.CASE_ROUTE, uid, stage, 0)
        mean = community.hop_days[c] * own_pace
        u_hop = community.hop_days[c] * pace
        owner = case.owner[n]
        own = body.type[owner]
        holder = case.body[n]

        if file == File.WAIT_DATE:
            case.met[n] |= 1 << Need.DATE
            leave(n, t, Wait.DATE, case)
        elif file == File.WAIT_CONSENT:
            leave(n, t, Wait.CONSENT, case)
            lay_on_desk(n, holder, Step.ROUND, p.round_hours, case)
            continue
        elif file == File.WAIT_BODY:
            leave(n, t, Wait.BODY, case)
            other = case.next[n]
            if other < 0 or body.alive[other] == 0:
                route(n, t + p.retry_days, case)  # the body is gone: what it was needed for is looked at anew
                continue
            kind_of = body.type[other]
            body.requests[other] += 1.0
            chance = readiness(other, kind_of, body) + p.relation_weight * (body.relation[other, own] - 0.5)
            # what was promised at a meeting is kept; public bodies of the main line take what comes to them
            u = uniform(now.key, Purpose.CASE_ROUTE, uid, case.refusals[n], AGREES + kind_of)
            taken = case.granted[n] == 1 or among(kind_of, MAIN_LINE) or u < chance
            case.granted[n] = 0
            deal(owner, other, taken, p.relation_rate, body)
            if not taken:
                case.refusals[n] += 1
                meets = rule.meeting_weeks[c, Meeting.COORDINATION] > 0 and community.chair[c] >= 0
                meets = meets and at_table(c, own, rule)
                if meets and at_table(c, kind_of, rule):
                    wait(n, File.WAIT_MEETING, case.ready[n], case)
                else:
                    later = p.park_days if case.refusals[n] >= p.refusals_borne else p.retry_days
                    route(n, t + pace * later, case)
                continue
            body.accepted[other] += 1.0
            case.passed[n] = 1
            hand_over(n, c, body.type[holder] if holder >= 0 else own, kind_of, community, case)
            if other == case.performer[n] and case.needs[n] & ~case.met[n] == 0:
                lay_on_desk(n, other, Step.FINISH, (1.0 - p.intake_share) * case.hours_needed[n], case)
            elif kind_of == Body.STREET_OFFICE:
                says = 1
                if case.needs[n] & ~case.met[n] & (1 << Need.ABOVE):
                    u = uniform(now.key, Purpose.CASE_NATURE, uid, 0, 7)
                    says += int(u < p.two_departments) + int(u < p.three_departments)
                if rule.lines_broken[c] == 1:  # whoever is free signs for all who have a say, slower outside his line
                    case.department[n] = ANY
                    lay_on_desk(n, other, Step.SIGN, p.sign_hours * (1.0 + p.unfamiliar * (says - 1)), case)
                else:
                    u = uniform(now.key, Purpose.CASE_NATURE, uid, 0, 8)
                    case.department[n] = asked(kind.department[k], case.signed[n], u)
                    lay_on_desk(n, other, Step.SIGN, p.sign_hours, case)
            else:
                lay_on_desk(n, other, Step.PART, p.part_share * case.hours_needed[n], case)
            continue
        elif file == File.WAIT_MONEY:
            leave(n, t, Wait.MONEY, case)

        # a step has ended (or a wait for money or a date): what next
        if file == File.ROUTED:
            leave(n, t, Wait.BODY, case)
            unmet = case.needs[n] & ~case.met[n]
            if case.step[n] == Step.ROUND:
                case.step[n] = Step.INTAKE
                if case.distance[n] >= p.agreed:  # `mediating` has moved the positions, not far enough
                    wait(n, File.WAIT_CONSENT, t + p.round_gap * pace, case)
                    continue
                case.met[n] |= 1 << Need.CONSENT
            elif case.step[n] == Step.SIGN:
                if holder == 0 and unmet & (1 << Need.ABOVE):
                    community.signatures[c] += 1.0
                    if case.department[n] != ANY:
                        # each department that has a say signs for itself, in its own time
                        case.signed[n] += 1
                        says = uniform(now.key, Purpose.CASE_NATURE, uid, 0, 7)
                        if case.signed[n] < 1 + int(says < p.two_departments) + int(says < p.three_departments):
                            on = p.hop_carried  # an all-round post takes the file across in person
                            if rule.desks_pooled[c] == 0:
                                spend(0, message, Pay.PUBLIC, Stream.COORDINATION, body)
                                on = u_hop
                            case.next[n] = 0
                            case.granted[n] = 0
                            wait(n, File.WAIT_BODY, t + on, case)
                            continue
                    community.decisions[c] += 1.0
                case.signed[n] = 0
                case.met[n] |= 1 << (Need.ABOVE + 0 if unmet & (1 << Need.ABOVE) else Need.LINE + 0)
                case.step[n] = Step.INTAKE
            elif case.step[n] == Step.PART:
                if body.type[holder] == Body.FIRM:
                    case.met[n] |= 1 << Need.FIRM
                else:
                    case.met[n] |= 1 << Need.LINE
                case.step[n] = Step.INTAKE
            if holder != owner and holder >= 0:
                # the file comes back to whoever answers for it
                case.body[n] = owner
                hand_over(n, c, body.type[holder], own, community, case)
                back = u_hop
                if uniform(now.key, Purpose.CASE_ROUTE, uid, stage, 5) < body.staff_cross[holder, own]:
                    back = p.hop_carried
                elif holder == 0:
                    for tier in range(rule.tiers[c] - 2):
                        back += lognormal(mean, spread, now.key, Purpose.CASE_ROUTE, uid, stage, BACKS + tier)
                write(owner, message, Stream.COORDINATION, body)
                route(n, t + back, case)
                continue

        unmet = case.needs[n] & ~case.met[n]
        if unmet == 0:
            performer = case.performer[n]
            if performer == owner or performer < 0 or body.alive[performer] == 0:
                case.performer[n] = owner
                if performer >= 0 and performer != owner and body.type[performer] == Body.FIRM:
                    case.needs[n] |= 1 << Need.MONEY  # the firm left its work to somebody who has to be paid
                    route(n, t, case)
                    continue
                lay_on_desk(n, owner, Step.FINISH, (1.0 - p.intake_share) * case.hours_needed[n], case)
                continue
            target = performer
        elif unmet & (1 << Need.FIRM):
            target = estate.firm[e]
            if target < 0 or target == owner:
                # the firm has it anyway, or nobody is left whose work or consent it could be: then it takes money
                case.met[n] |= 1 << Need.FIRM
                if target < 0:
                    case.needs[n] |= 1 << Need.MONEY
                route(n, t, case)
                continue
        elif unmet & (1 << Need.ABOVE):
            # the right to sign for desk matters sits here, or has come with the items entrusted to this community
            here = rule.rights_down[c] == 1 or (rule.rights_follow[c] == 1 and rule.items_down[c] == 1)
            if owner == 0 or own == Body.STREET_DESK or (kind.desk[k] == 1 and here):
                case.department[n] = ANY
                lay_on_desk(n, owner, Step.SIGN, p.sign_here, case)
                continue
            if case.implicates[n] != Implicates.NOBODY and case.outside[n] == 0:
                # nobody above knows of it yet: the holder decides whether they will
                passes = (
                    body.dec[owner, CommitteeDec.PASS_UP]
                    if own == Body.COMMITTEE or own == Body.STATION
                    else p.others_pass
                )
                if uniform(now.key, Purpose.OBSTRUCT, uid, 0, 3) < body.obstructing[owner]:
                    passes *= p.few_pass  # it lies on the desk of one of the few who obstruct
                if uniform(now.key, Purpose.CASE_ROUTE, uid, 0, 6) >= passes:
                    keep_back(n, case)
                    continue
            target = 0
        elif unmet & (1 << Need.LINE):
            wanted = Body.MASS if k == Kind.HELP or k == Kind.CERTIFICATE else Body.SECURITY
            at = manned_row(wanted, c, community, body)
            target = max(at, 0)  # where the line has nobody, the office stands in
        elif unmet & (1 << Need.CONSENT):
            gathers = False
            for m in ROUNDS:
                gathers |= rule.meeting_weeks[c, m] > 0 and fits(m, k)
            if gathers and case.distance[n] >= p.agreed:
                wait(n, File.WAIT_MEETING, case.ready[n], case)
                case.next[n] = -1
                continue
            lay_on_desk(n, owner, Step.ROUND, p.round_hours, case)
            continue
        elif unmet & (1 << Need.MONEY):
            paid = pay_for_case(now.week, c, owner, k == Kind.PROJECT, case.cost[n], rows, journal, community)
            if paid:
                case.met[n] |= 1 << Need.MONEY
                route(n, t, case)
            else:
                wait(n, File.WAIT_MONEY, t + p.money_days * pace, case)
            continue
        else:
            days = lognormal(p.date_days, p.date_spread, now.key, Purpose.CASE_ROUTE, uid, 0, 7)
            wait(n, File.WAIT_DATE, t + days, case)
            continue

        # a request to another body is on its way
        kind_of = body.type[target]
        carried = uniform(now.key, Purpose.CASE_ROUTE, uid, stage, 8) < body.staff_cross[owner, kind_of]
        contact = (
            (at_table(c, own, rule) and at_table(c, kind_of, rule))
            or rule.deciding[c] == Deciding.BILATERAL
            or kind_of == Body.STREET_OFFICE
            or kind_of == Body.FIRM
        )
        travel = u_hop
        if carried:
            travel = p.hop_carried
        else:
            write(owner, message, Stream.COORDINATION, body)
            if not contact:
                # by way of the office: one more hand-over, on the office's time too
                travel += lognormal(mean, spread, now.key, Purpose.CASE_ROUTE, uid, stage, 9)
                spend(0, message, Pay.PUBLIC, Stream.COORDINATION, body)
                hand_over(n, c, own, Body.STREET_OFFICE, community, case)
        if target == 0:
            for tier in range(rule.tiers[c] - 2):
                travel += lognormal(mean, spread, now.key, Purpose.CASE_ROUTE, uid, stage, HOPS + tier)
        if target != case.next[n]:
            case.granted[n] = 0  # the promise was another body's
        case.next[n] = target
        wait(n, File.WAIT_BODY, t + travel, case)
