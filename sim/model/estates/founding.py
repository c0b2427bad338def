"""Owners found an owners' committee by their own acts or not: one starts, each owner signs or not, it is filed.

Theory: critical mass and thresholds in collective action (Granovetter 1978; Oliver, Marwell & Teixeira 1985). E52: 1.7
points of estates a year without help; E56, E57: the office's guidance matters. Guidance does one thing: it shows the
founders how to file without a fault in procedure. A committee is never given; an empty place stays empty.
"""

import math

import numpy as np

from sim.engine.kernel import kernel
from sim.engine.mechanism import mechanism
from sim.engine.randomness import uniform
from sim.model.bodies.street_office import Dec as StreetOfficeDec
from sim.vocabulary.codes import Body, Pay, Purpose
from sim.vocabulary.params import Param

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
def adult_of(first, size, resident):
    """Row of the first adult of a household, -1 none."""
    for i in range(first, first + size):
        if resident.adult[i] == 1:
            return i
    return -1


@mechanism
def step(now, p, rule, estate, household, resident, body):
    """Owners start, join and finish campaigns for an owners' committee."""
    estates = len(estate.uid)
    starting = now.week % QUARTER == START
    running = False
    discontent = np.zeros(estates)
    for e in range(estates):
        # where no firm is paid there is no service to be denied
        service = estate.effort[e] if estate.firm[e] >= 0 else 1.0
        discontent[e] = grievance(
            service, estate.decay[e], estate.complaints[e], estate.households[e], p.from_service, p.from_decay,
            p.from_complaints,
        )  # fmt: skip
        if estate.campaign_weeks[e] > 0:
            running = True
    if starting:
        for h in range(len(household.uid)):
            e = household.estate[h]
            o = estate.committee[e]
            if household.owner[h] == 0 or o < 0 or body.alive[o] == 1 or estate.campaign_weeks[e] > 0:
                continue
            i = adult_of(household.first[h], household.size[h], resident)
            if i < 0:
                continue
            ample = min(resident.spare[i] / p.spare_scale, 1.0)
            chance = p.initiate * QUARTER / 52.0 * resident.stake[i] * discontent[e] ** 2 * ample
            if uniform(now.key, Purpose.FOUNDING, household.uid[h], now.week, 0) < chance:
                running = True
                estate.campaign_weeks[e] = 1
                estate.campaign[e] = 1.0 / max(estate.owners[e], 1)
                household.signed[h] = 1
                resident.hours[i, Pay.VOLUNTEER] += p.start_hours
    if not running:
        return
    before = estate.campaign.copy()
    for h in range(len(household.uid)):
        e = household.estate[h]
        if estate.campaign_weeks[e] == 0 or household.owner[h] == 0 or household.signed[h] == 1:
            continue
        reach = (p.contacts + p.helpers * before[e] * estate.owners[e]) / max(estate.owners[e], 1)
        if uniform(now.key, Purpose.FOUNDING, household.uid[h], now.week, 1) >= reach:
            continue
        i = adult_of(household.first[h], household.size[h], resident)
        if i < 0:
            continue
        score = (
            p.sign_base
            + p.sign_grievance * discontent[e]
            + p.sign_peers * before[e]
            + p.sign_belonging * (resident.belonging[i] - 0.5)
            - p.sign_busy * (1.0 - min(resident.spare[i] / p.spare_scale, 1.0))
        )
        u = uniform(now.key, Purpose.FOUNDING, household.uid[h], 0, 2)
        if math.log(u / (1.0 - u)) < score:
            household.signed[h] = 1
            resident.hours[i, Pay.VOLUNTEER] += p.sign_hours
            estate.campaign[e] += 1.0 / max(estate.owners[e], 1)
    guide = body.dec[0, StreetOfficeDec.GUIDE] if body.type[0] == Body.STREET_OFFICE else 0.0
    for e in range(estates):
        if estate.campaign_weeks[e] == 0:
            continue
        c = estate.community[e]
        # the share is a sum of 1/owners, so rounding is allowed for
        enough = (estate.campaign[e] - rule.founding_share[c]) * estate.owners[e] > -0.5e-6 and estate.owners[e] > 0
        if not enough and estate.campaign_weeks[e] < p.limit:
            estate.campaign_weeks[e] += 1
            continue
        if enough:
            fails = p.fault * (1.0 - guide * rule.founding_help[c])
            o = estate.committee[e]
            if uniform(now.key, Purpose.FOUNDING, estate.uid[e], now.week, 3) >= fails:
                body.alive[o] = 1
                body.members[o] = p.seats
                body.returned[o] = 0.0
                estate.committee_since[e] = now.week
        estate.campaign_weeks[e] = 0
        estate.campaign[e] = 0.0
        for h in range(len(household.uid)):
            if household.estate[h] == e:
                household.signed[h] = 0
