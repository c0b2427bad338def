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

from sim.codes import Body, Deciding, Department, File, Kind, Meeting, Need, Pay, Purpose, Step, Stream, Truth
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.mechanisms.dealing import at_table, deal, fits, readiness
from sim.mechanisms.find import manned_row, spend, write
from sim.mechanisms.funding import pay_for_case
from sim.mechanisms.waits import leave
from sim.params import Param, Shared
from sim.randomness import lognormal, uniform

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


@mechanism(
    writes=(
        "rows.used", "journal.entry", "community.balance", "community.flow", "community.handover",
        "community.council_released", "community.decisions", "community.signatures", "body.left",
        "body.hours", "body.relation", "body.requests",
        "body.accepted", "case.file", "case.body", "case.next", "case.performer", "case.step", "case.todo",
        "case.ready", "case.met", "case.needs", "case.stage", "case.handovers",
        "case.refusals", "case.granted", "case.department", "case.signed", "case.passed", "case.since", "case.wait",
    )
)  # fmt: skip
def step(
    key, week, day, hop_spread, hop_same, hop_carried, intake_share, part_share, sign_hours, two_departments,
    three_departments, unfamiliar, sign_here, round_hours, round_gap, agreed, date_days, date_spread, money_days,
    retry_days, park_days, refusals_borne, relation_weight, relation_rate, others_pass, few_pass, rows_used,
    active_case, journal_entry, rule_seated, rule_heard, rule_deciding, rule_items_down, rule_rights_down,
    rule_desks_pooled, rule_lines_broken, rule_rights_follow, rule_tiers, rule_meeting_weeks, community_first_body,
    community_last_body, community_hop_days, community_message_hours, community_chair, community_balance,
    community_flow, community_handover, community_council_released, community_decisions, community_signatures,
    estate_firm, kind_department, kind_desk, body_type, body_alive, body_capacity, body_dec, body_left, body_hours,
    body_relation, body_requests, body_accepted, body_staff_cross, body_obstructing, case_uid, case_community,
    case_estate, case_kind, case_implicates, case_hours_needed, case_cost, case_truth, case_outside, case_file,
    case_body, case_owner, case_next, case_performer, case_step, case_todo, case_ready, case_met, case_needs,
    case_distance, case_stage, case_handovers, case_refusals, case_granted, case_department, case_signed,
    case_passed, case_since, case_wait,
):
    begin = 5.0 * week + day
    end = begin + 1.0
    own_spread = hop_spread * math.sqrt(hop_same)
    spread = hop_spread * math.sqrt(1.0 - hop_same)
    for position in range(rows_used[2]):
        n = active_case[position]
        file = case_file[n]
        moves = file == File.ROUTED or file == File.WAIT_BODY or (file >= File.WAIT_MONEY and file < File.CLOSED)
        if not moves or case_ready[n] >= end or case_truth[n] != Truth.OPEN:
            continue
        c = case_community[n]
        e = case_estate[n]
        k = case_kind[n]
        uid = case_uid[n]
        t = max(case_ready[n], begin)
        message = community_message_hours[c]
        stage = case_stage[n]
        case_stage[n] = stage + 1
        own_pace = lognormal(1.0, own_spread, key, Purpose.CASE_ROUTE, uid, 0, SLOWNESS)
        pace = lognormal(own_pace, spread, key, Purpose.CASE_ROUTE, uid, stage, 0)
        mean = community_hop_days[c] * own_pace
        u_hop = community_hop_days[c] * pace
        owner = case_owner[n]
        own = body_type[owner]
        holder = case_body[n]

        if file == File.WAIT_DATE:
            case_met[n] |= 1 << Need.DATE
            leave(n, t, 5, case_since, case_wait)
        elif file == File.WAIT_CONSENT:
            leave(n, t, 4, case_since, case_wait)
            case_file[n] = File.WAITING
            case_step[n] = Step.ROUND
            case_todo[n] = round_hours
            continue
        elif file == File.WAIT_BODY:
            leave(n, t, 1, case_since, case_wait)
            other = case_next[n]
            if other < 0 or body_alive[other] == 0:
                case_file[n] = File.ROUTED  # the body is gone: what it was needed for is looked at anew
                case_ready[n] = t + retry_days
                continue
            kind_of = body_type[other]
            body_requests[other] += 1.0
            chance = readiness(other, kind_of, body_dec) + relation_weight * (body_relation[other, own] - 0.5)
            # what was promised at a meeting is kept; public bodies of the main line take what comes to them
            u = uniform(key, Purpose.CASE_ROUTE, uid, case_refusals[n], AGREES + kind_of)
            taken = case_granted[n] == 1 or kind_of <= Body.STATION or u < chance
            case_granted[n] = 0
            deal(owner, other, taken, relation_rate, body_type, body_relation)
            if not taken:
                case_refusals[n] += 1
                meets = rule_meeting_weeks[c, Meeting.COORDINATION] > 0 and community_chair[c] >= 0
                meets = meets and at_table(c, own, rule_seated, rule_heard)
                if meets and at_table(c, kind_of, rule_seated, rule_heard):
                    case_file[n] = File.WAIT_MEETING
                else:
                    case_file[n] = File.ROUTED
                    case_ready[n] = t + pace * (park_days if case_refusals[n] >= refusals_borne else retry_days)
                continue
            body_accepted[other] += 1.0
            case_passed[n] = 1
            case_file[n] = File.WAITING
            case_body[n] = other
            case_handovers[n] += 1
            community_handover[c, body_type[holder] if holder >= 0 else own, kind_of] += 1.0
            if other == case_performer[n] and case_needs[n] & ~case_met[n] == 0:
                case_step[n] = Step.FINISH
                case_todo[n] = (1.0 - intake_share) * case_hours_needed[n]
            elif kind_of == Body.STREET_OFFICE:
                case_step[n] = Step.SIGN
                case_todo[n] = sign_hours
                says = 1
                if case_needs[n] & ~case_met[n] & (1 << Need.ABOVE):
                    u = uniform(key, Purpose.CASE_NATURE, uid, 0, 7)
                    says += int(u < two_departments) + int(u < three_departments)
                if rule_lines_broken[c] == 1:  # whoever is free signs for all who have a say, slower outside his line
                    case_department[n] = ANY
                    case_todo[n] = sign_hours * (1.0 + unfamiliar * (says - 1))
                else:
                    u = uniform(key, Purpose.CASE_NATURE, uid, 0, 8)
                    case_department[n] = asked(kind_department[k], case_signed[n], u)
            else:
                case_step[n] = Step.PART
                case_todo[n] = part_share * case_hours_needed[n]
            continue
        elif file == File.WAIT_MONEY:
            leave(n, t, 3, case_since, case_wait)

        # a step has ended (or a wait for money or a date): what next
        if file == File.ROUTED:
            leave(n, t, 1, case_since, case_wait)
            unmet = case_needs[n] & ~case_met[n]
            if case_step[n] == Step.ROUND:
                if case_distance[n] < agreed:  # `mediating` has moved the positions
                    case_met[n] |= 1 << Need.CONSENT
                else:
                    case_file[n] = File.WAIT_CONSENT
                    case_ready[n] = t + round_gap * pace
                case_step[n] = Step.INTAKE
                if case_file[n] == File.WAIT_CONSENT:
                    continue
            elif case_step[n] == Step.SIGN:
                if holder == 0 and unmet & (1 << Need.ABOVE):
                    community_signatures[c] += 1.0
                    if case_department[n] != ANY:
                        # each department that has a say signs for itself, in its own time
                        case_signed[n] += 1
                        says = uniform(key, Purpose.CASE_NATURE, uid, 0, 7)
                        if case_signed[n] < 1 + int(says < two_departments) + int(says < three_departments):
                            on = hop_carried  # an all-round post takes the file across in person
                            if rule_desks_pooled[c] == 0:
                                spend(0, message, Pay.PUBLIC, Stream.COORDINATION, body_left, body_hours)
                                on = u_hop
                            case_next[n] = 0
                            case_granted[n] = 0
                            case_file[n] = File.WAIT_BODY
                            case_ready[n] = t + on
                            continue
                    community_decisions[c] += 1.0
                case_signed[n] = 0
                case_met[n] |= 1 << (Need.ABOVE + 0 if unmet & (1 << Need.ABOVE) else Need.LINE + 0)
                case_step[n] = Step.INTAKE
            elif case_step[n] == Step.PART:
                if body_type[holder] == Body.FIRM:
                    case_met[n] |= 1 << Need.FIRM
                else:
                    case_met[n] |= 1 << Need.LINE
                case_step[n] = Step.INTAKE
            if holder != owner and holder >= 0:
                # the file comes back to whoever answers for it
                case_body[n] = owner
                case_handovers[n] += 1
                community_handover[c, body_type[holder], own] += 1.0
                back = u_hop
                if uniform(key, Purpose.CASE_ROUTE, uid, stage, 5) < body_staff_cross[holder, own]:
                    back = hop_carried
                elif holder == 0:
                    for tier in range(rule_tiers[c] - 2):
                        back += lognormal(mean, spread, key, Purpose.CASE_ROUTE, uid, stage, BACKS + tier)
                write(owner, message, Stream.COORDINATION, body_type, body_left, body_hours)
                case_ready[n] = t + back
                continue

        unmet = case_needs[n] & ~case_met[n]
        if unmet == 0:
            performer = case_performer[n]
            if performer == owner or performer < 0 or body_alive[performer] == 0:
                case_performer[n] = owner
                if performer >= 0 and performer != owner and body_type[performer] == Body.FIRM:
                    case_needs[n] |= 1 << Need.MONEY  # the firm left its work to somebody who has to be paid
                    case_file[n] = File.ROUTED
                    case_ready[n] = t
                    continue
                case_file[n] = File.WAITING
                case_body[n] = owner
                case_step[n] = Step.FINISH
                case_todo[n] = (1.0 - intake_share) * case_hours_needed[n]
                continue
            target = performer
        elif unmet & (1 << Need.FIRM):
            target = estate_firm[e]
            if target < 0 or target == owner:
                # the firm has it anyway, or nobody is left whose work or consent it could be: then it takes money
                case_met[n] |= 1 << Need.FIRM
                if target < 0:
                    case_needs[n] |= 1 << Need.MONEY
                case_file[n] = File.ROUTED
                case_ready[n] = t
                continue
        elif unmet & (1 << Need.ABOVE):
            # the right to sign for desk matters sits here, or has come with the items entrusted to this community
            here = rule_rights_down[c] == 1 or (rule_rights_follow[c] == 1 and rule_items_down[c] == 1)
            if owner == 0 or own == Body.STREET_DESK or (kind_desk[k] == 1 and here):
                case_file[n] = File.WAITING
                case_department[n] = ANY
                case_body[n] = owner
                case_step[n] = Step.SIGN
                case_todo[n] = sign_here
                continue
            if case_implicates[n] > 0 and case_outside[n] == 0:
                # nobody above knows of it yet: the holder decides whether they will
                passes = body_dec[owner, 2] if own == Body.COMMITTEE or own == Body.STATION else others_pass
                if uniform(key, Purpose.OBSTRUCT, uid, 0, 3) < body_obstructing[owner]:
                    passes *= few_pass  # it lies on the desk of one of the few who obstruct
                if uniform(key, Purpose.CASE_ROUTE, uid, 0, 6) >= passes:
                    case_file[n] = File.NOT_PASSED_ON
                    continue
            target = 0
        elif unmet & (1 << Need.LINE):
            wanted = Body.MASS if k == Kind.HELP or k == Kind.CERTIFICATE else Body.SECURITY
            at = manned_row(wanted, c, community_first_body, community_last_body, body_type, body_alive, body_capacity)
            target = max(at, 0)  # where the line has nobody, the office stands in
        elif unmet & (1 << Need.CONSENT):
            gathers = False
            for m in range(Meeting.REPRESENTATIVES, Meeting.APPRAISAL):
                gathers |= rule_meeting_weeks[c, m] > 0 and fits(m, k)
            if gathers and case_distance[n] >= agreed:
                case_file[n] = File.WAIT_MEETING
                case_next[n] = -1
                continue
            case_file[n] = File.WAITING
            case_body[n] = owner
            case_step[n] = Step.ROUND
            case_todo[n] = round_hours
            continue
        elif unmet & (1 << Need.MONEY):
            paid = pay_for_case(
                rows_used, journal_entry, community_balance, community_flow, community_council_released, week, c, owner,
                k == Kind.PROJECT, case_cost[n],
            )  # fmt: skip
            if paid:
                case_met[n] |= 1 << Need.MONEY
                case_file[n] = File.ROUTED
                case_ready[n] = t
            else:
                case_file[n] = File.WAIT_MONEY
                case_ready[n] = t + money_days * pace
            continue
        else:
            case_file[n] = File.WAIT_DATE
            case_ready[n] = t + lognormal(date_days, date_spread, key, Purpose.CASE_ROUTE, uid, 0, 7)
            continue

        # a request to another body is on its way
        kind_of = body_type[target]
        carried = uniform(key, Purpose.CASE_ROUTE, uid, stage, 8) < body_staff_cross[owner, kind_of]
        contact = (
            (at_table(c, own, rule_seated, rule_heard) and at_table(c, kind_of, rule_seated, rule_heard))
            or rule_deciding[c] == Deciding.BILATERAL
            or kind_of == Body.STREET_OFFICE
            or kind_of == Body.FIRM
        )
        travel = u_hop
        if carried:
            travel = hop_carried
        else:
            write(owner, message, Stream.COORDINATION, body_type, body_left, body_hours)
            if not contact:
                # by way of the office: one more hand-over, on the office's time too
                travel += lognormal(mean, spread, key, Purpose.CASE_ROUTE, uid, stage, 9)
                spend(0, message, Pay.PUBLIC, Stream.COORDINATION, body_left, body_hours)
                case_handovers[n] += 1
                community_handover[c, own, Body.STREET_OFFICE] += 1.0
        if target == 0:
            for tier in range(rule_tiers[c] - 2):
                travel += lognormal(mean, spread, key, Purpose.CASE_ROUTE, uid, stage, HOPS + tier)
        if target != case_next[n]:
            case_granted[n] = 0  # the promise was another body's
        case_next[n] = target
        case_file[n] = File.WAIT_BODY
        case_ready[n] = t + travel
