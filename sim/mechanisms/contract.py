"""The property contract: owners' committees watch and call votes, owners vote, firms leave, other firms come.

Theory: voice backed by the right of exit (Hirschman 1970). The vote follows Property Law 2007 art. 76 (more than half
of all owners) and, swept, Civil Code 2021 art. 278 (two thirds take part, more than half of these agree), from memory.
No owners' committee, no vote; no hours of its members, no canvassing; committees die when members tire and none follow.
"""

import math

from sim.codes import Account, Body, Pay, Purpose, Stream, Use
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.mechanisms.find import spend
from sim.mechanisms.founding import adult_of, grievance
from sim.mechanisms.ledger import post
from sim.params import Param, Shared
from sim.randomness import normal, uniform

QUARTER = 13  # weeks
MONTHS = 3  # months in a quarter
MONTH = 4  # weeks between two looks at who has given up
LAW = "Civil Code 2021 art. 278; Property Law 2007 art. 76, from memory (M): assumption"

FIRM_ASKS = 3  # place in the decision of a firm
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


@mechanism(writes=("estate.fee", "estate.fee_index", "estate.fee_asked", "estate.contract_end", "resident.hours",
                   "body.left", "body.hours"))  # fmt: skip
def renew(
    key, week, contract_weeks, fee_weeks, contact_hours, vote_hours, part_base, part_stake, part_reach, fee_base,
    fee_service, fee_size, take_part, of_all, of_part, estate_owners, estate_firm, estate_effort, estate_fee,
    estate_fee_index, estate_fee_asked, estate_cost_index, estate_contract_end, estate_leaving, estate_vote_week,
    household_estate, household_uid, household_owner, household_first, household_size, household_income,
    resident_adult, resident_stake, resident_hours, body_type, body_estate, body_alive, body_dec, body_left, body_hours,
):  # fmt: skip
    """Before its contract ends a firm, or one that would come, asks for a higher fee; the owners vote on it."""
    for b in range(len(body_type)):
        if body_type[b] != Body.FIRM or body_estate[b] < 0 or body_dec[b, FIRM_ASKS] < LEAST_ASKED or week == 0:
            continue
        e = body_estate[b]
        ends = body_alive[b] == 1 and week >= estate_contract_end[e] and estate_leaving[e] == 0
        if not (ends or estate_firm[e] < 0) or estate_vote_week[e] > week:
            continue
        if estate_fee_asked[e] > 0 and week - estate_fee_asked[e] < fee_weeks:
            continue
        estate_fee_asked[e] = week
        # who asks goes from door to door: a firm in place in its staff's hours, a would-be firm in its own
        reach = 1.0
        if ends:
            hours = min(body_left[b, Pay.FEE], estate_owners[e] * contact_hours)
            spend(b, hours, Pay.FEE, Stream.MEETING, body_left, body_hours)
            reach = hours / max(estate_owners[e] * contact_hours, 1e-9)
        asked = body_dec[b, FIRM_ASKS]
        owners, taking_part, yes = 0, 0, 0
        for h in range(len(household_uid)):
            if household_estate[h] != e or household_owner[h] == 0:
                continue
            owners += 1
            i = adult_of(household_first[h], household_size[h], resident_adult)
            if i < 0:
                continue
            u = uniform(key, Purpose.VOTE, household_uid[h], estate_fee_asked[e], 12)
            if math.log(u / (1.0 - u)) >= part_base + part_stake * resident_stake[i] + part_reach * reach:
                continue
            taking_part += 1
            resident_hours[i, Pay.VOLUNTEER] += vote_hours
            # what the fee would be to this household, as incomes have grown with wages
            burden = (1.0 + asked) * estate_fee_index[e] / max(estate_cost_index[e], 1e-9) - 1.0
            burden += asked / max(household_income[h], 0.2)
            score = fee_base + fee_service * (estate_effort[e] if ends else 0.5) - fee_size * burden
            u = uniform(key, Purpose.VOTE, household_uid[h], 0, 13)
            if math.log(u / (1.0 - u)) < score:
                yes += 1
        if passes(owners, taking_part, yes, take_part, of_all, of_part):
            estate_fee[e] *= 1.0 + asked
            estate_fee_index[e] *= 1.0 + asked
            if ends:
                estate_contract_end[e] = week + int(contract_weeks)


@mechanism(writes=("body.capacity",))
def volunteers(member_hours, body_type, body_alive, body_members, body_capacity):
    """Members of owners' committees have some hours a week to give."""
    for b in range(len(body_type)):
        if body_type[b] == Body.OWNERS:
            body_capacity[b, Pay.VOLUNTEER] = body_members[b] * member_hours if body_alive[b] == 1 else 0.0


@mechanism(writes=("body.left", "body.hours"))
def watch(week, body_type, body_estate, body_alive, body_dec, body_left, body_hours, estate_vote_week):
    """Owners' committees spend hours on watching the firm, and what is left on canvassing while a vote is under way."""
    for b in range(len(body_type)):
        if body_type[b] != Body.OWNERS or body_alive[b] == 0:
            continue
        hours = min(body_dec[b, 0], 1.0) * body_left[b, Pay.VOLUNTEER]
        body_left[b, Pay.VOLUNTEER] -= hours
        body_hours[b, Pay.VOLUNTEER, Stream.OVERSIGHT] += hours
        if estate_vote_week[body_estate[b]] > week:
            body_hours[b, Pay.VOLUNTEER, Stream.MEETING] += body_left[b, Pay.VOLUNTEER]
            body_left[b, Pay.VOLUNTEER] = 0.0


@kernel
def passes(owners, taking_part, yes, take_part, of_all, of_part):
    """Whether a vote of the owner households dismisses the firm."""
    if owners <= 0 or taking_part <= 0:
        return False
    return taking_part >= take_part * owners and yes > of_all * owners and yes > of_part * taking_part


@mechanism(writes=("estate.vote_week", "estate.leaving", "resident.hours", "rows.used", "journal.entry",
                   "community.balance", "community.flow"))  # fmt: skip
def vote(
    key, week, from_service, from_decay, from_complaints, member_hours, vote_weeks, contact_hours, vote_hours,
    part_base, part_stake, part_grievance, part_reach, yes_base, yes_grievance, take_part, of_all, of_part,
    handover_weeks, handover_cost, estate_community, estate_households, estate_owners, estate_firm, estate_committee,
    estate_effort, estate_decay, estate_complaints, estate_vote_week, estate_leaving, household_uid, household_estate,
    household_owner, household_first, household_size, resident_adult, resident_stake, resident_hours, body_alive,
    body_members, body_dec, rows_used, journal_entry, community_balance, community_flow,
):  # fmt: skip
    """An owners' committee calls a vote on the firm; owners take part or not and agree or not; votes are counted."""
    for e in range(len(estate_firm)):
        o = estate_committee[e]
        f = estate_firm[e]
        if f < 0 or o < 0 or body_alive[o] == 0:
            if estate_vote_week[e] > week:  # a vote without a committee or a firm falls
                estate_vote_week[e] = week
            continue
        if estate_vote_week[e] != week or week == 0:
            if estate_vote_week[e] < week and estate_leaving[e] == 0 and body_dec[o, 2] >= 0.5:
                estate_vote_week[e] = week + int(vote_weeks)
            continue
        reach = min(
            body_members[o] * member_hours * vote_weeks / max(estate_owners[e] * contact_hours, 1e-9), 1.0
        )
        discontent = grievance(
            estate_effort[e], estate_decay[e], estate_complaints[e], estate_households[e], from_service, from_decay,
            from_complaints,
        )  # fmt: skip
        owners = 0
        taking_part = 0
        yes = 0
        for h in range(len(household_uid)):
            if household_estate[h] != e or household_owner[h] == 0:
                continue
            owners += 1
            i = adult_of(household_first[h], household_size[h], resident_adult)
            if i < 0:
                continue
            score = part_base + part_stake * resident_stake[i] + part_grievance * discontent + part_reach * reach
            u = uniform(key, Purpose.VOTE, household_uid[h], 0, 10)
            if math.log(u / (1.0 - u)) >= score:
                continue
            taking_part += 1
            resident_hours[i, Pay.VOLUNTEER] += vote_hours
            u = uniform(key, Purpose.VOTE, household_uid[h], 0, 11)
            if math.log(u / (1.0 - u)) < yes_base + yes_grievance * discontent:
                yes += 1
        if passes(owners, taking_part, yes, take_part, of_all, of_part):
            estate_leaving[e] = week + int(handover_weeks)
            c = estate_community[e]
            cost = handover_cost * estate_households[e]
            paid = post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.OWNERS,
                        Account.SUPPLIERS, o, Use.TRANSITION, cost)  # fmt: skip
            post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.RESIDENTS,
                 Account.SUPPLIERS, o, Use.TRANSITION, cost - paid)  # fmt: skip


@mechanism(
    writes=(
        "estate.leaving", "estate.firm", "estate.effort", "estate.replaced", "estate.contract_end", "body.alive",
        "body.purse", "body.margin", "body.skill", "body.relation", "rows.used", "journal.entry", "community.balance",
        "community.flow",
    )
)  # fmt: skip
def step(
    key, week, notice_weeks, leave_below, contract_weeks, search_weeks, tender_weeks, bidders, skill_sd, start_effort,
    new_capital, estate_community, estate_households, estate_fee, estate_firm, estate_committee, estate_effort,
    estate_replaced, estate_contract_end, estate_leaving, estate_vote_week, body_uid, body_type, body_estate,
    body_alive, body_purse, body_margin, body_skill, body_relation, body_obs, body_dec, rows_used, journal_entry,
    community_balance, community_flow,
):  # fmt: skip
    """Firms renew, give notice, leave or fail; would-be firms come where there is none and they expect to gain."""
    for b in range(len(body_type)):
        if body_type[b] != Body.FIRM or body_estate[b] < 0:
            continue
        e = body_estate[b]
        c = estate_community[e]
        o = estate_committee[e]
        if body_alive[b] == 1:
            voting = estate_vote_week[e] > week
            if estate_leaving[e] == 0 and week > 0:
                if week >= estate_contract_end[e] and not voting:
                    if body_dec[b, 2] >= 0.5:
                        estate_contract_end[e] = week + int(contract_weeks)
                    else:
                        estate_leaving[e] = week
                elif body_dec[b, 2] < leave_below and body_margin[b] < 0.0:
                    estate_leaving[e] = week + int(notice_weeks)
                elif body_purse[b] <= 0.0:
                    estate_leaving[e] = week
            if estate_leaving[e] > 0 and week >= estate_leaving[e]:
                post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.FIRM,
                     Account.SUPPLIERS, b, Use.PROFIT, body_purse[b])  # fmt: skip
                body_purse[b] = 0.0
                body_margin[b] = 0.0
                body_alive[b] = 0
                estate_firm[e] = -1
                estate_effort[e] = 0.0
                estate_leaving[e] = 0
            continue
        if body_obs[b, 14] > 0.5 or estate_households[e] <= 0:
            continue  # the decision in the seat is still that of the firm that left
        searched = o >= 0 and body_alive[o] == 1
        if week % int(tender_weeks if searched else search_weeks) != 0:
            continue
        best = -1.0
        for k in range(int(bidders) if searched else 1):
            wish = 0.5 + 0.5 * uniform(key, Purpose.ENTRY, body_uid[b], week, k)
            if body_dec[b, 2] >= wish:
                skill = 1.0 + skill_sd * normal(key, Purpose.FIRM, body_uid[b], week, k)
                best = max(best, max(skill, 0.1))
        if best > 0.0:
            capital = new_capital * estate_households[e] * estate_fee[e]
            body_purse[b] = post(rows_used, journal_entry, community_balance, community_flow, week, c,
                                 Account.SUPPLIERS, Account.FIRM, b, Use.ASSET, capital)  # fmt: skip
            body_margin[b] = 0.0
            body_alive[b] = 1
            for k in range(body_skill.shape[1]):
                body_skill[b, k] = best
            for k in range(body_relation.shape[1]):  # another firm has dealt with nobody here yet
                body_relation[b, k] = UNKNOWN
            if o >= 0:
                body_relation[o, Body.FIRM] = UNKNOWN
            estate_firm[e] = b
            estate_effort[e] = start_effort
            estate_replaced[e] += 1
            estate_contract_end[e] = week + int(contract_weeks)


@mechanism(writes=("body.purse", "rows.used", "journal.entry", "community.balance", "community.flow"))
def common(
    week, common_income, owners_share, estate_community, estate_households, estate_commercial, estate_firm,
    estate_committee, body_alive, body_purse, body_obs, rows_used, journal_entry, community_balance, community_flow,
):  # fmt: skip
    """Parking and advertising pay the firm; a watching owners' committee gets the owners' part out of it."""
    if week % QUARTER != QUARTER - 1:
        return
    for e in range(len(estate_firm)):
        f = estate_firm[e]
        if f < 0 or body_alive[f] == 0 or estate_commercial[e] == 0:
            continue
        c = estate_community[e]
        o = estate_committee[e]
        income = post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.SUPPLIERS,
                      Account.FIRM, f, Use.COMMON_INCOME, common_income * MONTHS * estate_households[e])  # fmt: skip
        body_purse[f] += income
        if o >= 0 and body_alive[o] == 1:
            # body.obs slot 5 of the firm: how far it knows itself to be watched
            part = min(owners_share * body_obs[f, 5] * income, max(body_purse[f], 0.0))
            body_purse[f] -= post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.FIRM,
                                  Account.OWNERS, o, Use.COMMON_INCOME, part)  # fmt: skip


@mechanism(writes=("body.alive", "body.members", "estate.committee_since"))
def tiring(
    key, week, tire, least, seats, term_weeks, willing, estate_uid, estate_committee, estate_committee_since,
    household_uid, household_estate, household_owner, household_first, household_size, resident_adult, resident_stake,
    resident_giving, body_uid, body_alive, body_members,
):  # fmt: skip
    """Every four weeks members of owners' committees tire; at the end of a term others stand or nobody does."""
    if week % MONTH != 0 or week == 0:
        return
    for e in range(len(estate_uid)):
        o = estate_committee[e]
        if o < 0 or body_alive[o] == 0:
            continue
        lost = 0
        for k in range(int(body_members[o])):
            if uniform(key, Purpose.FOUNDING, body_uid[o], week, 16 + k) < tire:
                lost += 1
        body_members[o] -= lost
        age = week - estate_committee_since[e]
        if estate_committee_since[e] == 0:  # founded before the start, somewhere in its term
            age += int(uniform(key, Purpose.FOUNDING, estate_uid[e], 0, 8) * term_weeks)
        if age >= MONTH and age % int(term_weeks) < MONTH:
            candidates = 0
            for h in range(len(household_uid)):
                if household_estate[h] != e or household_owner[h] == 0:
                    continue
                i = adult_of(household_first[h], household_size[h], resident_adult)
                if i >= 0 and uniform(key, Purpose.FOUNDING, household_uid[h], week, 9) < (
                    willing * resident_stake[i] * resident_giving[i]
                ):
                    candidates += 1
            body_members[o] = min(float(candidates), seats)
            estate_committee_since[e] = week
        if body_members[o] < least:
            body_alive[o] = 0
            body_members[o] = 0.0
