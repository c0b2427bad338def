# mypy: allow-untyped-defs, allow-untyped-calls, allow-untyped-decorators
"""Kernels that settle households in buildings and draw their members, one keyed draw a fact.

Everything about a household is drawn from the household's own id and everything about a member from the member's own
id, so that one more resident changes nobody else. Where a fact of a member depends on the household (children in it,
living alone) it uses the drawn household, not the members who happen to fit into the stated number of residents.
"""

import math
from enum import IntEnum

import numpy as np

from sim.engine.kernel import kernel
from sim.engine.randomness import lognormal, normal, poisson, uniform
from sim.vocabulary.codes import Purpose

LOCAL_BITS = 20  # an id is kind, community, local index: 3 + 10 + 20 bits, small enough to be exact as a float
KIND_BITS = 30
RESIDENT, HOUSEHOLD, ESTATE, BODY, PERSON = 1, 2, 3, 4, 5  # kinds of id
NOWHERE = 1023  # community part of the ids of the subdistrict's own bodies and staff
LARGEST_HOUSEHOLD = 8
ADULT = 18.0
OLD = 60.0
OLDEST = 97.0
AGE_SCALE = 80.0  # age at which the age part of the stake is full
LEAST_TEMPER = 0.05  # nobody jumps levels at no heat at all

# slots of the draws
SIZE, OWNER, MIGRANT, INSIDER, INCOME, HEAD_OLD, STAY, PAID = 0, 1, 2, 3, 4, 5, 6, 7
AGE, ROLE, PARTY, DIGITAL, DISABLED, GIVING_TYPE, GIVING, VOLUNTEER = range(8)  # uniform draws of a resident
UNIFORMS = 8
PARTNER, UNIT, SPARE, ABILITY, TEMPER, THRESHOLD, GENEROUS, TRUST = range(8)  # normal draws of a resident
EFFICACY, STANDING, BELONGING, SATISFACTION = range(8, 12)
NORMALS = 12
FIRST_NORMAL = 16
PLACE = 0  # of a building, under Purpose.ESTATE, in "week" 1


class Fact(IntEnum):
    """Columns of the table of places: one row a fully simulated community, numbers of its archetype."""

    HOUSEHOLD_SIZE = 0
    COMMERCIAL = 1
    FIRM = 2
    COMMITTEE = 3
    COLLECTION = 4
    FEE = 5
    OWNERS = 6
    AWAY_TENANTS = 7
    AWAY_OWNERS = 8
    INSIDERS = 9
    INCOME = 10
    INCOME_SIGMA = 11
    OLD_LOCALS = 12
    OLD_MIGRANTS = 13
    CHILD = 14
    GRANDPARENT = 15
    STAY = 16
    STAY_OTHERS = 17
    PARTY = 18
    DIGITAL = 19
    VOLUNTEER = 20
    UNIT_TIE = 21
    TRUST = 22
    TRUST_OTHERS = 23
    TIES = 24
    TIES_OTHERS = 25
    SAME_GROUP = 26


@kernel
def make_uid(kind, community, local):
    """Stable id of the local-th thing of a kind in a community."""
    return np.uint64((int(kind) << KIND_BITS) | (int(community) << LOCAL_BITS) | int(local))


@kernel
def clip(value, low, high):
    """Value within low and high."""
    return min(max(value, low), high)


@kernel
def logistic(value):
    """Inverse of the logit."""
    return 1.0 / (1.0 + math.exp(-value))


@kernel
def settle(key, residents, places, drawn, size, community):
    """Fill households in order until each community has its residents; returns the number of households.

    `residents` and `places` (see Fact) have one entry a full community; `drawn`, `size`, `community` have room for one
    household a resident.
    """
    n = 0
    for c in range(len(residents)):
        left = residents[c]
        local = 0
        while left > 0:
            uid = make_uid(HOUSEHOLD, c, local)
            extra = poisson(places[c, Fact.HOUSEHOLD_SIZE] - 1.0, key, Purpose.HOUSEHOLD, uid, 0, SIZE)
            wanted = min(1 + extra, LARGEST_HOUSEHOLD)
            drawn[n] = wanted
            size[n] = min(wanted, left)
            community[n] = c
            left -= size[n]
            local += 1
            n += 1
    return n


@kernel
def house(
    key, building_size, estates, estate_first, building_first, places, migrant, household, building, estate
):  # fmt: skip
    """Place households in buildings and estates and draw tenure, registration, income and whether the fee is paid."""
    row = 0
    local = 0
    for h in range(len(household.uid)):
        c = household.community[h]
        local = local + 1 if h > 0 and household.community[h - 1] == c else 0
        uid = make_uid(HOUSEHOLD, c, local)
        household.uid[h] = uid
        place = local // building_size
        b = building_first[c] + place
        if building.households[b] == 0:
            # the first buildings open the estates one by one, so that none is empty; the others go where the draw says
            number = estates[c]
            e = place
            if place >= number:
                e = int(uniform(key, Purpose.ESTATE, make_uid(ESTATE, c, place), 1, PLACE) * number)
            building.estate[b] = estate_first[c] + e
            building.community[b] = c
        e = building.estate[b]
        household.estate[h] = e
        household.building[h] = b
        household.first[h] = row
        row += household.size[h]
        owner = uniform(key, Purpose.HOUSEHOLD, uid, 0, OWNER) < places[c, Fact.OWNERS]
        away = uniform(key, Purpose.HOUSEHOLD, uid, 0, MIGRANT) < (
            places[c, Fact.AWAY_OWNERS] if owner else places[c, Fact.AWAY_TENANTS]
        )
        household.owner[h] = owner
        migrant[h] = away
        inside = uniform(key, Purpose.HOUSEHOLD, uid, 0, INSIDER) < places[c, Fact.INSIDERS]
        household.insider[h] = owner and not away and inside
        household.income[h] = lognormal(
            places[c, Fact.INCOME], places[c, Fact.INCOME_SIGMA], key, Purpose.HOUSEHOLD, uid, 0, INCOME
        )
        household.paid[h] = uniform(key, Purpose.HOUSEHOLD, uid, 0, PAID) < estate.collection[e]
        building.households[b] += 1
        building.residents[b] += household.size[h]
        estate.households[e] += 1
        estate.owners[e] += owner


@kernel
def near(mean, sd, z):
    """A share near the mean, z standard deviations away."""
    return clip(mean + sd * z, 0.0, 1.0)


@kernel
def people(key, drawn, migrant, stranger, places, p, household, resident):
    """Draw the members of every household: age, place in society, temperament and first attitudes."""
    weights = p.weight_tenure + p.weight_property + p.weight_stay + p.weight_home + p.weight_children + p.weight_age
    u = np.empty(UNIFORMS)
    z = np.empty(NORMALS)
    first = 0
    for h in range(len(household.first)):
        c = household.community[h]
        child_share, grandparent_share = places[c, Fact.CHILD], places[c, Fact.GRANDPARENT]
        party_level, digital_level = places[c, Fact.PARTY], places[c, Fact.DIGITAL]
        volunteer_level, unit_tie = places[c, Fact.VOLUNTEER], places[c, Fact.UNIT_TIE]
        if h == 0 or household.community[h - 1] != c:
            first = household.first[h]
        away = migrant[h] != 0
        owner = household.owner[h] != 0
        outside = stranger[h] != 0
        base = household.first[h] - first
        huid = household.uid[h]
        old_head = uniform(key, Purpose.HOUSEHOLD, huid, 0, HEAD_OLD) < (
            places[c, Fact.OLD_MIGRANTS] if away else places[c, Fact.OLD_LOCALS]
        )
        children = False
        for k in range(2, drawn[h]):  # the drawn household, whether or not all of it fits
            children |= uniform(key, Purpose.RESIDENT, make_uid(RESIDENT, c, base + k), 0, ROLE) < child_share
        years = places[c, Fact.STAY_OTHERS] if outside else places[c, Fact.STAY]
        years *= 0.5 + uniform(key, Purpose.HOUSEHOLD, huid, 0, STAY)
        staying = 1.0 - math.exp(-years / p.stay_scale)
        wealth = household.income[h] / (1.0 + household.income[h]) if owner else 0.0
        level = places[c, Fact.TRUST_OTHERS] if outside else places[c, Fact.TRUST]
        head_age = 0.0
        for k in range(household.size[h]):
            i = household.first[h] + k
            uid = make_uid(RESIDENT, c, base + k)
            for s in range(UNIFORMS):
                u[s] = uniform(key, Purpose.RESIDENT, uid, 0, s)
            for s in range(NORMALS):
                z[s] = normal(key, Purpose.RESIDENT, uid, 0, FIRST_NORMAL + s)

            elder = min(OLD - p.elder_years * math.log(u[AGE]), OLDEST)
            if k == 0:
                spread = u[AGE] ** p.migrant_youth if away else u[AGE]
                age = elder if old_head else p.young_from + (OLD - p.young_from) * spread
                head_age = age
            elif k == 1:
                age = head_age + p.partner_gap * z[PARTNER]
                age = clip(age, OLD, OLDEST) if old_head else clip(age, ADULT, OLD - 0.01)
            elif u[ROLE] < child_share:
                age = ADULT * u[AGE]
            elif u[ROLE] < child_share + grandparent_share:
                age = elder
            else:
                age = ADULT + (p.grown_until - ADULT) * u[AGE]
            adult = age >= ADULT
            old = age >= OLD
            decades = (age - 45.0) / 10.0
            party = adult and u[PARTY] < logistic(party_level + p.party_slope * decades)
            alone = age >= p.alone_from and drawn[h] == 1
            weak = u[DISABLED] < p.disabled or household.income[h] < p.poor_below or alone
            tie = 0.0
            home = 0.0
            spare = 0.0
            ability = 0.0
            if adult:
                tie = near(unit_tie, p.unit_tie_sd, z[UNIT]) * (p.unit_tie_old if old else 1.0)
                home = p.home_old if old else p.home_working
                spare = p.spare_old if old else p.spare_working
                spare *= math.exp(p.spare_sigma * z[SPARE] - 0.5 * p.spare_sigma * p.spare_sigma)
                ability = near(p.ability_mean - (p.ability_vulnerable if weak else 0.0), p.ability_sd, z[ABILITY])
            stake = (
                p.weight_tenure * owner
                + p.weight_property * wealth
                + p.weight_stay * staying
                + p.weight_home * home
                + p.weight_children * children
                + p.weight_age * min(age / AGE_SCALE, 1.0)
            ) / weights
            stake *= 1.0 - p.unit_pull * tie

            resident.uid[i] = uid
            resident.community[i] = c
            resident.estate[i] = household.estate[h]
            resident.building[i] = household.building[h]
            resident.household[i] = h
            resident.age[i] = age
            resident.adult[i] = adult
            resident.owner[i] = owner
            resident.migrant[i] = away
            resident.party[i] = party
            resident.vulnerable[i] = weak
            resident.digital[i] = adult and u[DIGITAL] < logistic(digital_level + p.digital_slope * decades)
            resident.unit_tie[i] = tie
            resident.stake[i] = stake
            resident.spare[i] = spare
            resident.ability[i] = ability
            resident.temper[i] = max(near(p.temper_mean, p.temper_sd, z[TEMPER]), LEAST_TEMPER)
            resident.threshold[i] = near(p.threshold_mean, p.threshold_sd, z[THRESHOLD])
            giving = near(p.giving_mean, p.giving_sd, z[GENEROUS])
            resident.giving[i] = p.selfish_giving * u[GIVING] if u[GIVING_TYPE] < p.selfish else giving
            resident.volunteer[i] = adult and u[VOLUNTEER] < logistic(
                volunteer_level + p.volunteer_slope * decades + p.volunteer_party * party
            )
            resident.trust[i] = near(level, p.attitude_sd, z[TRUST])
            resident.new_trust[i] = resident.trust[i]
            resident.standing[i] = near(level, p.attitude_sd, z[STANDING])
            resident.new_standing[i] = resident.standing[i]
            resident.efficacy[i] = near(p.efficacy_ratio * level, p.attitude_sd, z[EFFICACY])
            resident.belonging[i] = near(p.belonging_base + p.belonging_stake * stake, p.attitude_sd, z[BELONGING])
            resident.satisfaction[i] = near(level, p.attitude_sd, z[SATISFACTION])
