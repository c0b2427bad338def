"""Where a spoken case goes next: reception, hand-overs, requests to other bodies, money, consent, dates, the way up.

Every hand-over takes a message that somebody pays for in hours and a delay that somebody waits (Radner 1993: a
hierarchy as an information processor). A person who holds posts in both bodies carries the file over in person.
A seat in the coordination set is a standing contact and a place on an agenda; without it a request takes the way
through the office. A case that implicates a cadre is passed up only if its holder decides so (A55; Pan & Chen 2018).
"""

from sim.codes import Account, Body, Channel, Data, Deciding, File, Kind, Meeting, Need, Pay, Purpose, Step, Stream, Truth, Use
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.mechanisms.find import alive_row, spend
from sim.mechanisms.ledger import post
from sim.params import Param
from sim.randomness import lognormal, uniform

ASSUMED = "assumption"
PARAMS = {
    "hop_by_hand": Param(3.0, "working days", 1.0, 8.0, ASSUMED + "; 2-5 days a hop", "mean time of a hand-over by paper"),
    "hop_shared": Param(1.2, "working days", 0.2, 4.0, ASSUMED, "mean time of a hand-over in a shared file"),
    "hop_spread": Param(1.1, "sd of log days", 0.5, 1.5, ASSUMED),
    "hop_carried": Param(0.2, "working days", 0.0, 1.0, ASSUMED, "time when a cross-posted person carries the file (A12)"),
    "message_hours": Param(0.3, "hours", 0.05, 1.0, ASSUMED, "writing and reading one hand-over by hand"),
    "message_shared": Param(0.12, "hours", 0.02, 0.5, ASSUMED, "the same in a shared file"),
    "misrouted": Param(0.25, "share", 0.0, 0.6, ASSUMED, "cases that reach the wrong person first"),
    "misrouted_card": Param(0.08, "share", 0.0, 0.4, ASSUMED + " (A30, A31)", "the same with cards or notices"),
    "intake_share": Param(0.25, "share", 0.1, 0.5, ASSUMED, "share of the work that the first look takes"),
    "part_share": Param(0.35, "share", 0.1, 0.8, ASSUMED, "another body's own part, relative to the case's work"),
    "sign_hours": Param(0.7, "hours", 0.2, 3.0, ASSUMED, "the office's own work on one decision"),
    "sign_here": Param(0.2, "hours", 0.05, 1.0, ASSUMED, "signing where the right to sign sits"),
    "round_hours": Param(1.5, "hours", 0.5, 4.0, ASSUMED + " (A43)", "one round of mediation"),
    "round_gap": Param(4.0, "working days", 1.0, 15.0, ASSUMED, "cooling down between rounds"),
    "step_closer": Param(0.35, "share", 0.1, 0.5, "Deffuant et al. 2000 (mu 0.3-0.5)", "how far positions move in a round"),
    "agreed": Param(0.15, "share", 0.05, 0.4, ASSUMED, "distance below which the parties consent"),
    "date_days": Param(8.0, "working days", 2.0, 30.0, ASSUMED, "mean time to an outside date"),
    "date_spread": Param(1.0, "sd of log days", 0.3, 1.5, ASSUMED),
    "money_days": Param(20.0, "working days", 5.0, 60.0, ASSUMED, "interval at which a promise is looked at again"),
    "retry_days": Param(12.0, "working days", 5.0, 40.0, ASSUMED, "time until a refused request is made again"),
    "park_days": Param(40.0, "working days", 10.0, 120.0, ASSUMED, "a case refused often is put aside"),
    "refusals_borne": Param(3.0, "refusals", 1, 8, ASSUMED, "refusals after which a case is put aside"),
    "relation_weight": Param(0.5, "1", 0.0, 1.0, ASSUMED, "weight of the remembered relation in the next dealing"),
    "relation_rate": Param(0.05, "share", 0.0, 0.3, ASSUMED, "weight of one dealing in the remembered relation"),
    "ask_others": Param(0.5, "share", 0.0, 1.0, ASSUMED + " (A13)", "cases for which an organisation is thought of"),
    "ask_broker": Param(0.9, "share", 0.0, 1.0, ASSUMED + " (A81)", "the same where somebody keeps a list"),
    "desk_elsewhere": Param(1.0, "trips", 0.0, 3.0, ASSUMED, "further trips when the desk is at the subdistrict"),
}


@kernel
def leave(n, t, cause, case_since, case_wait):
    """Close the present wait of case n at time t."""
    if t > case_since[n]:
        case_wait[n, cause] += t - case_since[n]
    case_since[n] = max(t, case_since[n])


@kernel
def cause_of(file):
    """Index of the waiting cause of a file state: staff, body, meeting, money, consent, date."""
    if file == File.WAIT_MEETING:
        return 2
    if file == File.WAIT_MONEY:
        return 3
    if file == File.WAIT_CONSENT:
        return 4
    if file == File.WAIT_DATE:
        return 5
    if file == File.WAITING:
        return 0
    return 1


@kernel
def paid_by(kind_of_body):
    """Kind of hours a type of body works with."""
    if kind_of_body <= Body.MASS:
        return Pay.PUBLIC
    if kind_of_body == Body.FIRM or kind_of_body == Body.COMPANY:
        return Pay.FEE
    if kind_of_body == Body.COUNCIL or kind_of_body == Body.BOARD:
        return Pay.BOARD
    return Pay.VOLUNTEER


@kernel
def readiness(b, kind_of_body, body_dec):
    """The body's decided readiness to take what another body asks of it."""
    if kind_of_body == Body.FIRM or kind_of_body == Body.SECURITY or kind_of_body == Body.MASS:
        return body_dec[b, 1]
    if kind_of_body == Body.OWNERS:
        return body_dec[b, 3]
    if kind_of_body == Body.ORGANISATION or kind_of_body == Body.GROUP:
        return body_dec[b, 0]
    return 1.0


@mechanism(
    writes=(
        "rows.used",
        "journal.entry",
        "community.balance",
        "community.flow",
        "community.handover",
        "community.promises",
        "community.council_released",
        "community.projects_waiting",
        "body.left",
        "body.hours",
        "body.relation",
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
        "case.met",
        "case.needs",
        "case.distance",
        "case.stage",
        "case.received",
        "case.handovers",
        "case.refusals",
        "case.passed",
        "case.since",
        "case.wait",
    )
)
def step(
    key,
    week,
    day,
    hop_by_hand,
    hop_shared,
    hop_spread,
    hop_carried,
    message_hours,
    message_shared,
    misrouted,
    misrouted_card,
    intake_share,
    part_share,
    sign_hours,
    sign_here,
    round_hours,
    round_gap,
    step_closer,
    agreed,
    date_days,
    date_spread,
    money_days,
    retry_days,
    park_days,
    refusals_borne,
    relation_weight,
    relation_rate,
    ask_others,
    ask_broker,
    desk_elsewhere,
    rows_used,
    active_case,
    journal_entry,
    rule_seated,
    rule_receives,
    rule_deciding,
    rule_items_down,
    rule_rights_down,
    rule_data,
    rule_tiers,
    rule_card,
    rule_notice,
    rule_broker,
    rule_meeting_weeks,
    community_first_body,
    community_last_body,
    community_balance,
    community_flow,
    community_handover,
    community_promises,
    community_council_released,
    community_projects_waiting,
    estate_firm,
    estate_committee,
    kind_desk,
    kind_promise,
    body_type,
    body_alive,
    body_line,
    body_skill,
    body_dec,
    body_left,
    body_hours,
    body_relation,
    body_requests,
    body_accepted,
    body_staff_cross,
    resident_trips,
    case_uid,
    case_resident,
    case_community,
    case_estate,
    case_kind,
    case_implicates,
    case_hours_needed,
    case_cost,
    case_firm_part,
    case_truth,
    case_channel,
    case_outside,
    case_spoken,
    case_file,
    case_body,
    case_owner,
    case_next,
    case_performer,
    case_step,
    case_todo,
    case_ready,
    case_due,
    case_met,
    case_needs,
    case_distance,
    case_stage,
    case_received,
    case_handovers,
    case_refusals,
    case_passed,
    case_since,
    case_wait,
):
    begin = 5.0 * week + day
    end = begin + 1.0
    for position in range(rows_used[2]):
        n = active_case[position]
        file = case_file[n]
        if (
            case_ready[n] >= end
            or case_truth[n] != Truth.OPEN
            or file == File.NOT_SPOKEN
            or file == File.WAITING
            or file == File.IN_WORK
            or file == File.NOT_PASSED_ON
            or file == File.WAIT_MEETING
            or file >= File.CLOSED
        ):
            continue
        c = case_community[n]
        e = case_estate[n]
        k = case_kind[n]
        uid = case_uid[n]
        first = community_first_body[c]
        last = community_last_body[c]
        t = max(case_ready[n], begin)
        shared = rule_data[c] != Data.BY_HAND
        hop = hop_shared if shared else hop_by_hand
        message = message_shared if shared else message_hours
        stage = case_stage[n]
        case_stage[n] = stage + 1
        u_hop = lognormal(hop, hop_spread, key, Purpose.CASE_ROUTE, uid, stage, 0)

        if file == File.SPOKEN:
            # who answers for it
            owner = -1
            channel = case_channel[n]
            if channel == Channel.FIRM_DESK and estate_firm[e] >= 0:
                owner = estate_firm[e]
            elif kind_desk[k] == 1:
                wanted = Body.STATION if rule_items_down[c] == 1 else Body.STREET_DESK
                for b in range(first, last):
                    if owner < 0 and body_type[b] == wanted and body_alive[b] == 1:
                        owner = b
                if wanted == Body.STREET_DESK and owner >= 0:
                    resident_trips[case_resident[n]] += desk_elsewhere
            if owner < 0 and rule_receives[c, Body.COMMITTEE] == 1:
                owner = alive_row(Body.COMMITTEE, c, community_first_body, community_last_body, body_type, body_alive)
            if owner < 0 and rule_receives[c, Body.STATION] == 1:
                owner = alive_row(Body.STATION, c, community_first_body, community_last_body, body_type, body_alive)
            if owner < 0 and rule_receives[c, Body.FIRM] == 1 and estate_firm[e] >= 0:
                owner = estate_firm[e]
            if owner < 0 and rule_receives[c, Body.OWNERS] == 1 and body_alive[estate_committee[e]] == 1:
                owner = estate_committee[e]
            if owner < 0:
                owner = 0  # nobody below receives it: the office does
            delay = 0.0
            hops = 0
            if case_outside[n] == 1:
                spend(0, message, Pay.PUBLIC, Stream.COORDINATION, body_left, body_hours)
                delay += u_hop
                hops += 1
                community_handover[c, Body.STREET_OFFICE, body_type[owner]] += 1.0
            wrong = misrouted_card if rule_card[c] == 1 or rule_notice[c] == 1 else misrouted
            if channel != Channel.PATCH and uniform(key, Purpose.CASE_ROUTE, uid, stage, 1) < wrong:
                delay += lognormal(hop, hop_spread, key, Purpose.CASE_ROUTE, uid, stage, 2)
                hops += 1
                spend(owner, message, paid_by(body_type[owner]), Stream.COORDINATION, body_left, body_hours)
                community_handover[c, body_type[owner], body_type[owner]] += 1.0
            case_handovers[n] += hops
            case_owner[n] = owner
            case_next[n] = owner
            case_file[n] = File.RECEIVED
            if case_received[n] < 0.0:
                case_received[n] = t
                case_due[n] = t + kind_promise[k]
            leave(n, t, 1, case_since, case_wait)
            case_ready[n] = t + delay
            continue

        owner = case_owner[n]
        own = body_type[owner]
        if file == File.RECEIVED:
            case_body[n] = owner
            case_file[n] = File.WAITING
            leave(n, t, 1, case_since, case_wait)
            performer = owner
            if case_firm_part[n] == 1 and estate_firm[e] >= 0:
                performer = estate_firm[e]
            elif k == Kind.HELP or k == Kind.NEIGHBOURS or k == Kind.ENVIRONMENT:
                # an organisation or group of that line may take it, if somebody thinks of it and it is ready
                thought_of = ask_broker if rule_broker[c] == 1 else ask_others
                if uniform(key, Purpose.CASE_ROUTE, uid, 0, 3) < thought_of * 2.0 * body_relation[owner, Body.ORGANISATION]:
                    for b in range(first, last):
                        if body_alive[b] == 0 or body_line[b] != k:
                            continue
                        if body_type[b] != Body.ORGANISATION and body_type[b] != Body.GROUP:
                            continue
                        body_requests[b] += 1.0
                        if uniform(key, Purpose.CASE_ROUTE, uid, 0, 4) < readiness(b, body_type[b], body_dec):
                            body_accepted[b] += 1.0
                            performer = b
                            break
            case_performer[n] = performer
            if case_needs[n] & ~case_met[n] == 0 and performer == owner:
                case_step[n] = Step.FINISH
                case_todo[n] = case_hours_needed[n]
            else:
                case_step[n] = Step.INTAKE
                case_todo[n] = intake_share * case_hours_needed[n]
            continue

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
                case_file[n] = File.ROUTED
                case_ready[n] = t + retry_days
                if other >= 0 and body_type[other] == Body.FIRM and estate_firm[e] < 0:
                    # nobody is left whose work or consent it could be: it takes money instead
                    case_met[n] |= 1 << Need.FIRM
                    case_needs[n] |= 1 << Need.MONEY
                    if case_performer[n] == other:
                        case_performer[n] = owner
                continue
            kind_of = body_type[other]
            body_requests[other] += 1.0
            chance = readiness(other, kind_of, body_dec) + relation_weight * (body_relation[other, own] - 0.5)
            granted = case_refusals[n] < 0  # promised at a meeting
            if granted:
                case_refusals[n] = 0
            taken = granted or kind_of <= Body.STATION or uniform(key, Purpose.CASE_ROUTE, uid, 100 + case_refusals[n], kind_of) < chance
            rate = relation_rate
            body_relation[owner, kind_of] += rate * ((1.0 if taken else 0.0) - body_relation[owner, kind_of])
            if not taken:
                case_refusals[n] += 1
                met_at_table = rule_seated[c, own] == 1 and rule_seated[c, kind_of] == 1
                if met_at_table and rule_meeting_weeks[c, Meeting.COORDINATION] > 0:
                    case_file[n] = File.WAIT_MEETING
                elif case_refusals[n] >= refusals_borne:
                    case_file[n] = File.ROUTED
                    case_ready[n] = t + park_days
                else:
                    case_file[n] = File.ROUTED
                    case_ready[n] = t + retry_days
                continue
            body_accepted[other] += 1.0
            case_passed[n] = 1
            case_file[n] = File.WAITING
            case_body[n] = other
            case_handovers[n] += 1
            community_handover[c, own, kind_of] += 1.0
            if other == case_performer[n] and case_needs[n] & ~case_met[n] == 0:
                case_step[n] = Step.FINISH
                case_todo[n] = (1.0 - intake_share) * case_hours_needed[n]
            elif kind_of == Body.STREET_OFFICE:
                case_step[n] = Step.SIGN
                case_todo[n] = sign_hours
            else:
                case_step[n] = Step.PART
                case_todo[n] = part_share * case_hours_needed[n]
            continue
        elif file == File.WAIT_MONEY:
            leave(n, t, 3, case_since, case_wait)

        # a step has ended (or a wait for money or a date): what next
        holder = case_body[n]
        if file == File.ROUTED:
            leave(n, t, 1, case_since, case_wait)
            unmet = case_needs[n] & ~case_met[n]
            if case_step[n] == Step.ROUND:
                case_distance[n] *= 1.0 - step_closer * min(1.5, body_skill[holder, 2])
                if case_distance[n] < agreed:
                    case_met[n] |= 1 << Need.CONSENT
                else:
                    case_file[n] = File.WAIT_CONSENT
                    case_ready[n] = t + round_gap
                case_step[n] = Step.INTAKE
                if case_file[n] == File.WAIT_CONSENT:
                    continue
            elif case_step[n] == Step.SIGN:
                case_met[n] |= 1 << Need.ABOVE
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
                    for _ in range(rule_tiers[c] - 2):
                        back += u_hop
                spend(owner, message, paid_by(own), Stream.COORDINATION, body_left, body_hours)
                case_ready[n] = t + back
                case_file[n] = File.ROUTED
                continue

        unmet = case_needs[n] & ~case_met[n]
        if unmet == 0:
            performer = case_performer[n]
            if performer == owner or performer < 0 or body_alive[performer] == 0:
                case_performer[n] = owner
                case_file[n] = File.WAITING
                case_body[n] = owner
                case_step[n] = Step.FINISH
                case_todo[n] = (1.0 - intake_share) * case_hours_needed[n]
                continue
            target = performer
        elif unmet & (1 << Need.FIRM):
            target = estate_firm[e]
            if target < 0:
                case_met[n] |= 1 << Need.FIRM
                case_needs[n] |= 1 << Need.MONEY
                case_file[n] = File.ROUTED
                case_ready[n] = t
                continue
            if target == owner:
                case_met[n] |= 1 << Need.FIRM
                case_file[n] = File.ROUTED
                case_ready[n] = t
                continue
        elif unmet & (1 << Need.ABOVE):
            if owner == 0 or own == Body.STREET_DESK or (kind_desk[k] == 1 and rule_rights_down[c] == 1):
                case_file[n] = File.WAITING
                case_body[n] = owner
                case_step[n] = Step.SIGN
                case_todo[n] = sign_here
                continue
            if case_implicates[n] > 0 and case_outside[n] == 0:
                # nobody above knows of it yet: the holder decides whether they will
                passes = body_dec[owner, 2] if own == Body.COMMITTEE or own == Body.STATION else 0.5
                if uniform(key, Purpose.CASE_ROUTE, uid, 0, 6) >= passes:
                    case_file[n] = File.NOT_PASSED_ON
                    continue
            target = 0
        elif unmet & (1 << Need.LINE):
            wanted = Body.MASS if k == Kind.HELP or k == Kind.CERTIFICATE else Body.SECURITY
            target = alive_row(wanted, c, community_first_body, community_last_body, body_type, body_alive)
            if target < 0:
                target = 0
        elif unmet & (1 << Need.CONSENT):
            gathers = False
            if k == Kind.PROJECT:
                gathers = (
                    rule_meeting_weeks[c, Meeting.DELIBERATION] > 0
                    or rule_meeting_weeks[c, Meeting.HEARING] > 0
                    or rule_meeting_weeks[c, Meeting.REPRESENTATIVES] > 0
                )
            elif k == Kind.NEIGHBOURS or k == Kind.OWNER_FIRM:
                gathers = rule_meeting_weeks[c, Meeting.MEDIATION] > 0
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
            amount = case_cost[n]
            paid = False
            purses = (Account.PROJECT, Account.COMMON, Account.OWN, Account.WORK)
            for purse in purses:
                if paid or (purse == Account.PROJECT and k != Kind.PROJECT):
                    continue
                room = community_balance[c, purse]
                if purse == Account.COMMON:
                    room = min(room, community_council_released[c])  # a council first has to release it
                if room >= amount:
                    post(
                        rows_used, journal_entry, community_balance, community_flow,
                        week, c, purse, Account.SUPPLIERS, owner, Use.CASE, amount,
                    )  # fmt: skip
                    if purse == Account.COMMON:
                        community_council_released[c] -= amount
                    paid = True
            if paid:
                case_met[n] |= 1 << Need.MONEY
                case_file[n] = File.ROUTED
                case_ready[n] = t
            else:
                community_promises[c] += amount
                if k == Kind.PROJECT:
                    community_projects_waiting[c] += 1.0
                case_file[n] = File.WAIT_MONEY
                case_ready[n] = t + money_days
            continue
        else:
            case_file[n] = File.WAIT_DATE
            case_ready[n] = t + lognormal(date_days, date_spread, key, Purpose.CASE_ROUTE, uid, 0, 7)
            continue

        # a request to another body is on its way
        kind_of = body_type[target]
        carried = uniform(key, Purpose.CASE_ROUTE, uid, stage, 8) < body_staff_cross[owner, kind_of]
        contact = (
            (rule_seated[c, own] == 1 and rule_seated[c, kind_of] == 1)
            or rule_deciding[c] == Deciding.BILATERAL
            or kind_of == Body.STREET_OFFICE
            or kind_of == Body.FIRM
        )
        travel = u_hop
        if carried:
            travel = hop_carried
        else:
            spend(owner, message, paid_by(own), Stream.COORDINATION, body_left, body_hours)
            if not contact:
                # by way of the office: one more hand-over, on the office's time too
                travel += lognormal(hop, hop_spread, key, Purpose.CASE_ROUTE, uid, stage, 9)
                spend(0, message, Pay.PUBLIC, Stream.COORDINATION, body_left, body_hours)
                case_handovers[n] += 1
                community_handover[c, own, Body.STREET_OFFICE] += 1.0
        if target == 0:
            for _ in range(rule_tiers[c] - 2):
                travel += lognormal(hop, hop_spread, key, Purpose.CASE_ROUTE, uid, stage, 10)
        case_next[n] = target
        case_file[n] = File.WAIT_BODY
        case_ready[n] = t + travel
