"""The property contract: owners' committees watch and call votes, owners vote, firms leave, other firms come.

Theory: voice backed by the right of exit (Hirschman 1970). The vote follows Property Law 2007 art. 76 (more than half
of all owners) and, swept, Civil Code 2021 art. 278 (two thirds take part, more than half of these agree), from memory.
No owners' committee, no vote; no hours of its members, no canvassing; committees die when members tire and none follow.
"""

import math

from sim.engine.kernel import kernel
from sim.engine.ledger import post
from sim.engine.mechanism import mechanism
from sim.engine.randomness import normal, uniform
from sim.model.bodies.firm import Dec as FirmDec
from sim.model.bodies.firm import Obs as FirmObs
from sim.model.bodies.owners import Dec as OwnersDec
from sim.model.cases.find import spend
from sim.model.estates.founding import adult_of, grievance
from sim.vocabulary.codes import Account, Body, Pay, Purpose, Stream, Use
from sim.vocabulary.params import Param, Shared

QUARTER = 13  # weeks
MONTHS = 3  # months in a quarter
MONTH = 4  # weeks between two looks at who has given up
LAW = "Civil Code 2021 art. 278; Property Law 2007 art. 76, from memory (M): assumption"

UNKNOWN = 0.5  # relation with somebody who is new
LEAST_ASKED = 0.01  # share of the fee below which nobody is asked

PARAMS = {
    "from_service": Shared("founding.from_service"),
    "from_decay": Shared("founding.from_decay"),
    "from_complaints": Shared("founding.from_complaints"),
    "member_hours": Param(2.0, "h/week", 0.5, 6.0, "assumption", "time a member of an owners' committee gives"),
    "vote_weeks": Param(8.0, "weeks", 4.0, 26.0, "assumption", "notice, canvassing and count of a vote"),
    "contact_hours": Param(0.25, "h/household", 0.1, 1.0, "assumption", "canvassing time per owner household"),
    "vote_hours": Param(0.5, "h", 0.1, 2.0, "assumption", "time of an owner who takes part in a vote"),
    "part_base": Param(-1.5, "logit", -3.0, 1.0, "assumption", "taking part without any reason for it"),
    "part_stake": Param(2.0, "logit", 0.0, 5.0, "assumption", "weight of stake"),
    "part_grievance": Param(2.5, "logit", 0.0, 6.0, "assumption", "weight of grievance in taking part in a vote"),
    "part_reach": Param(1.5, "logit", 0.0, 4.0, "assumption", "weight of having been canvassed"),
    "yes_base": Param(-1.5, "logit", -4.0, 1.0, "assumption", "fear of change"),
    "yes_grievance": Param(5.0, "logit", 1.0, 10.0, "assumption", "weight of grievance in voting for another firm"),
    "take_part": Param(0.5, "share", 0.5, 0.67, LAW, "owner households that must take part"),
    "of_all": Param(0.5, "share", 0.33, 0.5, LAW, "share of all owner households that the yes votes must exceed"),
    "of_part": Param(0.5, "share", 0.5, 0.75, LAW, "share of those taking part that the yes votes must exceed"),
    "fee_weeks": Param(26.0, "weeks", 13.0, 104.0, "assumption", "least time between two votes on the fee"),
    "fee_base": Param(0.5, "logit", -3.0, 3.0, "assumption", "agreeing to a fee that keeps up with wages"),
    "fee_service": Param(2.5, "logit", 0.0, 6.0, "assumption", "weight of service effort seen, in a vote on the fee"),
    "fee_size": Param(3.0, "logit", 0.0, 10.0, "assumption", "weight of the rise, over income"),
    "handover_weeks": Param(8.0, "weeks", 2.0, 26.0, "assumption", "weeks until a dismissed firm has handed over"),
    "handover_cost": Param(30.0, "yuan/household", 0.0, 100.0, "assumption", "tender, audit and hand-over"),
    "notice_weeks": Param(13.0, "weeks", 4.0, 26.0, "assumption", "notice that a firm gives when it leaves early"),
    "leave_below": Param(0.1, "share", 0.0, 0.3, "assumption", "readiness to stay at which it leaves early"),
    "contract_weeks": Param(156.0, "weeks", 52.0, 260.0, "assumption", "length of a property contract"),
    "search_weeks": Param(13.0, "weeks", 4.0, 26.0, "assumption", "interval between offers where nobody searches"),
    "tender_weeks": Param(4.0, "weeks", 2.0, 13.0, "assumption", "interval where an owners' committee searches"),
    "bidders": Param(3.0, "firms", 2.0, 6.0, "assumption", "firms that a tender brings"),
    "skill_sd": Param(0.12, "ratio", 0.0, 0.3, "assumption", "spread of firms' skill"),
    "start_effort": Param(0.3, "share", 0.1, 0.6, "assumption", "effort with which a new firm begins"),
    "new_capital": Param(2.2, "months of fees", 1.0, 6.0, "assumption", "working capital that a new firm brings"),
    "common_income": Param(4.0, "yuan/month/household", 0.0, 20.0, "assumption", "parking and advertising"),
    "owners_share": Param(0.6, "share", 0.3, 0.8, "assumption", "owners' part of it when the firm is fully watched"),
    "tire": Param(0.008, "1/4 weeks", 0.0, 0.03, "assumption", "members who give up"),
    "least": Param(3.0, "persons", 2.0, 5.0, "assumption", "members below which a committee ends"),
    "seats": Shared("founding.seats"),
    "term_weeks": Param(208.0, "weeks", 156.0, 260.0, "2009 guiding rules, up to 5 years (M): assumption", "term"),
    "willing": Param(0.08, "share", 0.01, 0.3, "assumption", "owners with full stake and giving who would stand"),
}


@mechanism
def renew(now, p, estate, household, resident, body):
    """Before its contract ends a firm, or one that would come, asks for a higher fee; the owners vote on it."""
    for b in range(len(body.type)):
        if body.type[b] != Body.FIRM or body.estate[b] < 0 or body.dec[b, FirmDec.ASK] < LEAST_ASKED or now.week == 0:
            continue
        e = body.estate[b]
        ends = body.alive[b] == 1 and now.week >= estate.contract_end[e] and estate.leaving[e] == 0
        if not (ends or estate.firm[e] < 0) or estate.vote_week[e] > now.week:
            continue
        if estate.fee_asked[e] > 0 and now.week - estate.fee_asked[e] < p.fee_weeks:
            continue
        estate.fee_asked[e] = now.week
        # who asks goes from door to door: a firm in place in its staff's hours, a would-be firm in its own
        reach = 1.0
        if ends:
            hours = min(body.left[b, Pay.FEE], estate.owners[e] * p.contact_hours)
            spend(b, hours, Pay.FEE, Stream.MEETING, body)
            reach = hours / max(estate.owners[e] * p.contact_hours, 1e-9)
        asked = body.dec[b, FirmDec.ASK]
        owners, taking_part, yes = 0, 0, 0
        for h in range(len(household.uid)):
            if household.estate[h] != e or household.owner[h] == 0:
                continue
            owners += 1
            i = adult_of(household.first[h], household.size[h], resident)
            if i < 0:
                continue
            u = uniform(now.key, Purpose.VOTE, household.uid[h], estate.fee_asked[e], 12)
            if math.log(u / (1.0 - u)) >= p.part_base + p.part_stake * resident.stake[i] + p.part_reach * reach:
                continue
            taking_part += 1
            resident.hours[i, Pay.VOLUNTEER] += p.vote_hours
            # what the fee would be to this household, as incomes have grown with wages
            burden = (1.0 + asked) * estate.fee_index[e] / max(estate.cost_index[e], 1e-9) - 1.0
            burden += asked / max(household.income[h], 0.2)
            score = p.fee_base + p.fee_service * (estate.effort[e] if ends else 0.5) - p.fee_size * burden
            u = uniform(now.key, Purpose.VOTE, household.uid[h], 0, 13)
            if math.log(u / (1.0 - u)) < score:
                yes += 1
        if passes(owners, taking_part, yes, p):
            estate.fee[e] *= 1.0 + asked
            estate.fee_index[e] *= 1.0 + asked
            if ends:
                estate.contract_end[e] = now.week + int(p.contract_weeks)


@mechanism
def volunteers(p, body):
    """Members of owners' committees have some hours a week to give."""
    for b in range(len(body.type)):
        if body.type[b] == Body.OWNERS:
            body.capacity[b, Pay.VOLUNTEER] = body.members[b] * p.member_hours if body.alive[b] == 1 else 0.0


@mechanism
def watch(now, body, estate):
    """Owners' committees spend hours on watching the firm, and what is left on canvassing while a vote is under way."""
    for b in range(len(body.type)):
        if body.type[b] != Body.OWNERS or body.alive[b] == 0:
            continue
        hours = min(body.dec[b, OwnersDec.WATCH], 1.0) * body.left[b, Pay.VOLUNTEER]
        body.left[b, Pay.VOLUNTEER] -= hours
        body.hours[b, Pay.VOLUNTEER, Stream.OVERSIGHT] += hours
        if estate.vote_week[body.estate[b]] > now.week:
            body.hours[b, Pay.VOLUNTEER, Stream.MEETING] += body.left[b, Pay.VOLUNTEER]
            body.left[b, Pay.VOLUNTEER] = 0.0


@kernel
def passes(owners, taking_part, yes, p):
    """Whether a vote of the owner households dismisses the firm."""
    if owners <= 0 or taking_part <= 0:
        return False
    return taking_part >= p.take_part * owners and yes > p.of_all * owners and yes > p.of_part * taking_part


@mechanism
def vote(now, p, estate, household, resident, body, rows, journal, community):
    """An owners' committee calls a vote on the firm; owners take part or not and agree or not; votes are counted."""
    for e in range(len(estate.firm)):
        o = estate.committee[e]
        f = estate.firm[e]
        if f < 0 or o < 0 or body.alive[o] == 0:
            if estate.vote_week[e] > now.week:  # a vote without a committee or a firm falls
                estate.vote_week[e] = now.week
            continue
        if estate.vote_week[e] != now.week or now.week == 0:
            if estate.vote_week[e] < now.week and estate.leaving[e] == 0 and body.dec[o, OwnersDec.CALL_VOTE] >= 0.5:
                estate.vote_week[e] = now.week + int(p.vote_weeks)
            continue
        reach = min(
            body.members[o] * p.member_hours * p.vote_weeks / max(estate.owners[e] * p.contact_hours, 1e-9), 1.0
        )
        discontent = grievance(
            estate.effort[e], estate.decay[e], estate.complaints[e], estate.households[e], p.from_service, p.from_decay,
            p.from_complaints,
        )  # fmt: skip
        owners = 0
        taking_part = 0
        yes = 0
        for h in range(len(household.uid)):
            if household.estate[h] != e or household.owner[h] == 0:
                continue
            owners += 1
            i = adult_of(household.first[h], household.size[h], resident)
            if i < 0:
                continue
            score = (
                p.part_base + p.part_stake * resident.stake[i] + p.part_grievance * discontent + p.part_reach * reach
            )
            u = uniform(now.key, Purpose.VOTE, household.uid[h], 0, 10)
            if math.log(u / (1.0 - u)) >= score:
                continue
            taking_part += 1
            resident.hours[i, Pay.VOLUNTEER] += p.vote_hours
            u = uniform(now.key, Purpose.VOTE, household.uid[h], 0, 11)
            if math.log(u / (1.0 - u)) < p.yes_base + p.yes_grievance * discontent:
                yes += 1
        if passes(owners, taking_part, yes, p):
            estate.leaving[e] = now.week + int(p.handover_weeks)
            c = estate.community[e]
            cost = p.handover_cost * estate.households[e]
            paid = post(
                now.week, c, Account.OWNERS, Account.SUPPLIERS, o, Use.TRANSITION, cost, rows, journal, community,
            )  # fmt: skip
            post(
                now.week, c, Account.RESIDENTS, Account.SUPPLIERS, o, Use.TRANSITION, cost - paid, rows, journal,
                community,
            )  # fmt: skip


@mechanism
def step(now, p, estate, body, rows, journal, community):
    """Firms renew, give notice, leave or fail; would-be firms come where there is none and they expect to gain."""
    for b in range(len(body.type)):
        if body.type[b] != Body.FIRM or body.estate[b] < 0:
            continue
        e = body.estate[b]
        c = estate.community[e]
        o = estate.committee[e]
        if body.alive[b] == 1:
            voting = estate.vote_week[e] > now.week
            if estate.leaving[e] == 0 and now.week > 0:
                if now.week >= estate.contract_end[e] and not voting:
                    if body.dec[b, FirmDec.STAY] >= 0.5:
                        estate.contract_end[e] = now.week + int(p.contract_weeks)
                    else:
                        estate.leaving[e] = now.week
                elif body.dec[b, FirmDec.STAY] < p.leave_below and body.margin[b] < 0.0:
                    estate.leaving[e] = now.week + int(p.notice_weeks)
                elif body.purse[b] <= 0.0:
                    estate.leaving[e] = now.week
            if estate.leaving[e] > 0 and now.week >= estate.leaving[e]:
                post(
                    now.week, c, Account.FIRM, Account.SUPPLIERS, b, Use.PROFIT, body.purse[b], rows, journal,
                    community,
                )  # fmt: skip
                body.purse[b] = 0.0
                body.margin[b] = 0.0
                body.alive[b] = 0
                estate.firm[e] = -1
                estate.effort[e] = 0.0
                estate.leaving[e] = 0
            continue
        if body.obs[b, FirmObs.PRESENT] > 0.5 or estate.households[e] <= 0:
            continue  # the decision in the seat is still that of the firm that left
        searched = o >= 0 and body.alive[o] == 1
        if now.week % int(p.tender_weeks if searched else p.search_weeks) != 0:
            continue
        best = -1.0
        for k in range(int(p.bidders) if searched else 1):
            wish = 0.5 + 0.5 * uniform(now.key, Purpose.ENTRY, body.uid[b], now.week, k)
            if body.dec[b, FirmDec.STAY] >= wish:
                skill = 1.0 + p.skill_sd * normal(now.key, Purpose.FIRM, body.uid[b], now.week, k)
                best = max(best, max(skill, 0.1))
        if best > 0.0:
            capital = p.new_capital * estate.households[e] * estate.fee[e]
            body.purse[b] = post(
                now.week, c, Account.SUPPLIERS, Account.FIRM, b, Use.ASSET, capital, rows, journal, community,
            )  # fmt: skip
            body.margin[b] = 0.0
            body.alive[b] = 1
            for k in range(body.skill.shape[1]):
                body.skill[b, k] = best
            for k in range(body.relation.shape[1]):  # another firm has dealt with nobody here yet
                body.relation[b, k] = UNKNOWN
            if o >= 0:
                body.relation[o, Body.FIRM] = UNKNOWN
            estate.firm[e] = b
            estate.effort[e] = p.start_effort
            estate.replaced[e] += 1
            estate.contract_end[e] = now.week + int(p.contract_weeks)


@mechanism
def common(now, p, estate, body, rows, journal, community):
    """Parking and advertising pay the firm; a watching owners' committee gets the owners' part out of it."""
    if now.week % QUARTER != QUARTER - 1:
        return
    for e in range(len(estate.firm)):
        f = estate.firm[e]
        if f < 0 or body.alive[f] == 0 or estate.commercial[e] == 0:
            continue
        c = estate.community[e]
        o = estate.committee[e]
        income = post(
            now.week, c, Account.SUPPLIERS, Account.FIRM, f, Use.COMMON_INCOME,
            p.common_income * MONTHS * estate.households[e], rows, journal, community,
        )  # fmt: skip
        body.purse[f] += income
        if o >= 0 and body.alive[o] == 1:
            # body.obs slot 5 of the firm: how far it knows itself to be watched
            part = min(p.owners_share * body.obs[f, FirmObs.WATCHED] * income, max(body.purse[f], 0.0))
            body.purse[f] -= post(
                now.week, c, Account.FIRM, Account.OWNERS, o, Use.COMMON_INCOME, part, rows, journal, community,
            )  # fmt: skip


@mechanism
def tiring(now, p, estate, household, resident, body):
    """Every four weeks members of owners' committees tire; at the end of a term others stand or nobody does."""
    if now.week % MONTH != 0 or now.week == 0:
        return
    for e in range(len(estate.uid)):
        o = estate.committee[e]
        if o < 0 or body.alive[o] == 0:
            continue
        lost = 0
        for k in range(int(body.members[o])):
            if uniform(now.key, Purpose.FOUNDING, body.uid[o], now.week, 16 + k) < p.tire:
                lost += 1
        body.members[o] -= lost
        age = now.week - estate.committee_since[e]
        if estate.committee_since[e] == 0:  # founded before the start, somewhere in its term
            age += int(uniform(now.key, Purpose.FOUNDING, estate.uid[e], 0, 8) * p.term_weeks)
        if age >= MONTH and age % int(p.term_weeks) < MONTH:
            candidates = 0
            for h in range(len(household.uid)):
                if household.estate[h] != e or household.owner[h] == 0:
                    continue
                i = adult_of(household.first[h], household.size[h], resident)
                if i >= 0 and uniform(now.key, Purpose.FOUNDING, household.uid[h], now.week, 9) < (
                    p.willing * resident.stake[i] * resident.giving[i]
                ):
                    candidates += 1
            body.members[o] = min(float(candidates), p.seats)
            estate.committee_since[e] = now.week
        if body.members[o] < p.least:
            body.alive[o] = 0
            body.members[o] = 0.0
