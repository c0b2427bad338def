"""Owners found an owners' committee by their own acts or not: one starts, each owner signs or not, it is filed.

Theory: critical mass and thresholds in collective action (Granovetter 1978; Oliver, Marwell & Teixeira 1985). E52: 1.7
points of estates a year without help; E56, E57: the office's guidance matters. Guidance does one thing: it shows the
founders how to file without a fault in procedure. A committee is never given; an empty place stays empty.
"""

import math

import numpy as np

from sim.codes import Body, Pay, Purpose
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.params import Param
from sim.randomness import uniform

QUARTER = 13  # weeks
START = 5  # week of the quarter in which somebody may start

PARAMS = {
    "from_service": Param(0.6, "share", 0.3, 1.0, "assumption", "grievance from service not done"),
    "from_decay": Param(0.25, "share", 0.0, 0.6, "assumption", "grievance from disrepair"),
    "from_complaints": Param(
        0.15, "weeks x 100 households/case", 0.0, 0.5, "assumption", "grievance from complaints that one hears of"
    ),
    "initiate": Param(
        0.009, "1/year", 0.002, 0.05, "assumption: set so that E52 comes out", "start by an owner with every reason"
    ),
    "contacts": Param(20.0, "households/week", 5.0, 60.0, "assumption", "owners whom the initiator can ask"),
    "helpers": Param(0.1, "households/week", 0.0, 0.5, "assumption", "more owners asked for each who has signed"),
    "limit": Param(39.0, "weeks", 13.0, 78.0, "assumption", "time after which an unfinished campaign is given up"),
    "sign_base": Param(-2.1, "logit", -4.0, 0.0, "assumption", "reluctance to sign without any reason"),
    "sign_grievance": Param(4.0, "logit", 1.0, 8.0, "assumption", "weight of grievance in signing"),
    "sign_peers": Param(1.5, "logit", 0.0, 4.0, "assumption", "weight of the share of owners who have signed"),
    "sign_belonging": Param(1.0, "logit", 0.0, 3.0, "assumption", "weight of belonging"),
    "sign_busy": Param(0.8, "logit", 0.0, 2.0, "assumption", "reluctance of those without spare time"),
    "spare_scale": Param(4.0, "h/week", 1.0, 10.0, "assumption", "spare time that counts as ample"),
    "sign_hours": Param(1.0, "h", 0.2, 4.0, "assumption", "time a signer gives to reading and talking"),
    "start_hours": Param(40.0, "h", 10.0, 150.0, "assumption", "time an initiator gives to a campaign"),
    "fault": Param(0.5, "share", 0.2, 0.8, "assumption", "filings that fail in procedure without guidance"),
    "seats": Param(7.0, "persons", 5.0, 11.0, "2009 guiding rules, 5-11 members (M): assumption", "members"),
}


@kernel
def grievance(effort, decay, complaints, households, from_service, from_decay, from_complaints):
    """Grievance about the firm that an owner has, 0 to 1, from what everybody in the estate can see."""
    heard = from_complaints * 100.0 * complaints / max(households, 1)
    return min(max(from_service * (1.0 - effort) + from_decay * decay + heard, 0.0), 1.0)


@kernel
def adult_of(first, size, resident_adult):
    """Row of the first adult of a household, -1 none."""
    for i in range(first, first + size):
        if resident_adult[i] == 1:
            return i
    return -1


@mechanism(
    writes=(
        "estate.campaign", "estate.campaign_weeks", "estate.committee_since", "household.signed", "body.alive",
        "body.members", "body.returned", "resident.hours",
    )
)  # fmt: skip
def step(
    key, week, from_service, from_decay, from_complaints, initiate, contacts, helpers, limit, sign_base,
    sign_grievance, sign_peers, sign_belonging, sign_busy, spare_scale, sign_hours, start_hours, fault, seats,
    rule_founding_share, rule_founding_help, estate_uid, estate_community, estate_households, estate_owners,
    estate_firm, estate_committee, estate_effort, estate_decay, estate_complaints, estate_campaign,
    estate_campaign_weeks, estate_committee_since, household_uid, household_estate, household_owner,
    household_first, household_size, household_signed, resident_adult, resident_stake, resident_spare,
    resident_belonging, resident_hours, body_type, body_alive, body_members, body_returned, body_dec,
):  # fmt: skip
    """Owners start, join and finish campaigns for an owners' committee."""
    estates = len(estate_uid)
    starting = week % QUARTER == START
    running = False
    discontent = np.zeros(estates)
    for e in range(estates):
        # where no firm is paid there is no service to be denied
        service = estate_effort[e] if estate_firm[e] >= 0 else 1.0
        discontent[e] = grievance(
            service, estate_decay[e], estate_complaints[e], estate_households[e], from_service, from_decay,
            from_complaints,
        )  # fmt: skip
        if estate_campaign_weeks[e] > 0:
            running = True
    if starting:
        for h in range(len(household_uid)):
            e = household_estate[h]
            o = estate_committee[e]
            if household_owner[h] == 0 or o < 0 or body_alive[o] == 1 or estate_campaign_weeks[e] > 0:
                continue
            i = adult_of(household_first[h], household_size[h], resident_adult)
            if i < 0:
                continue
            ample = min(resident_spare[i] / spare_scale, 1.0)
            chance = initiate * QUARTER / 52.0 * resident_stake[i] * discontent[e] ** 2 * ample
            if uniform(key, Purpose.FOUNDING, household_uid[h], week, 0) < chance:
                running = True
                estate_campaign_weeks[e] = 1
                estate_campaign[e] = 1.0 / max(estate_owners[e], 1)
                household_signed[h] = 1
                resident_hours[i, Pay.VOLUNTEER] += start_hours
    if not running:
        return
    before = estate_campaign.copy()
    for h in range(len(household_uid)):
        e = household_estate[h]
        if estate_campaign_weeks[e] == 0 or household_owner[h] == 0 or household_signed[h] == 1:
            continue
        reach = (contacts + helpers * before[e] * estate_owners[e]) / max(estate_owners[e], 1)
        if uniform(key, Purpose.FOUNDING, household_uid[h], week, 1) >= reach:
            continue
        i = adult_of(household_first[h], household_size[h], resident_adult)
        if i < 0:
            continue
        score = (
            sign_base
            + sign_grievance * discontent[e]
            + sign_peers * before[e]
            + sign_belonging * (resident_belonging[i] - 0.5)
            - sign_busy * (1.0 - min(resident_spare[i] / spare_scale, 1.0))
        )
        u = uniform(key, Purpose.FOUNDING, household_uid[h], 0, 2)
        if math.log(u / (1.0 - u)) < score:
            household_signed[h] = 1
            resident_hours[i, Pay.VOLUNTEER] += sign_hours
            estate_campaign[e] += 1.0 / max(estate_owners[e], 1)
    guide = body_dec[0, 6] if body_type[0] == Body.STREET_OFFICE else 0.0
    for e in range(estates):
        if estate_campaign_weeks[e] == 0:
            continue
        c = estate_community[e]
        # the share is a sum of 1/owners, so rounding is allowed for
        enough = (estate_campaign[e] - rule_founding_share[c]) * estate_owners[e] > -0.5e-6 and estate_owners[e] > 0
        if not enough and estate_campaign_weeks[e] < limit:
            estate_campaign_weeks[e] += 1
            continue
        if enough:
            fails = fault * (1.0 - guide * rule_founding_help[c])
            o = estate_committee[e]
            if uniform(key, Purpose.FOUNDING, estate_uid[e], week, 3) >= fails:
                body_alive[o] = 1
                body_members[o] = seats
                body_returned[o] = 0.0
                estate_committee_since[e] = week
        estate_campaign_weeks[e] = 0
        estate_campaign[e] = 0.0
        for h in range(len(household_uid)):
            if household_estate[h] == e:
                household_signed[h] = 0
