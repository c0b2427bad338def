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
    key, building_size, estates, estate_first, building_first, places, migrant, estate_collection,
    household_uid, household_community, household_estate, household_building, household_first, household_size,
    household_owner, household_insider, household_income, household_paid,
    building_community, building_estate, building_households, building_residents, estate_households, estate_owners,
):  # fmt: skip
    """Place households in buildings and estates and draw tenure, registration, income and whether the fee is paid."""
    row = 0
    local = 0
    for h in range(len(household_uid)):
        c = household_community[h]
        local = local + 1 if h > 0 and household_community[h - 1] == c else 0
        uid = make_uid(HOUSEHOLD, c, local)
        household_uid[h] = uid
        place = local // building_size
        b = building_first[c] + place
        if building_households[b] == 0:
            # the first buildings open the estates one by one, so that none is empty; the others go where the draw says
            number = estates[c]
            e = place
            if place >= number:
                e = int(uniform(key, Purpose.ESTATE, make_uid(ESTATE, c, place), 1, PLACE) * number)
            building_estate[b] = estate_first[c] + e
            building_community[b] = c
        e = building_estate[b]
        household_estate[h] = e
        household_building[h] = b
        household_first[h] = row
        row += household_size[h]
        owner = uniform(key, Purpose.HOUSEHOLD, uid, 0, OWNER) < places[c, Fact.OWNERS]
        away = uniform(key, Purpose.HOUSEHOLD, uid, 0, MIGRANT) < (
            places[c, Fact.AWAY_OWNERS] if owner else places[c, Fact.AWAY_TENANTS]
        )
        household_owner[h] = owner
        migrant[h] = away
        inside = uniform(key, Purpose.HOUSEHOLD, uid, 0, INSIDER) < places[c, Fact.INSIDERS]
        household_insider[h] = owner and not away and inside
        household_income[h] = lognormal(
            places[c, Fact.INCOME], places[c, Fact.INCOME_SIGMA], key, Purpose.HOUSEHOLD, uid, 0, INCOME
        )
        household_paid[h] = uniform(key, Purpose.HOUSEHOLD, uid, 0, PAID) < estate_collection[e]
        building_households[b] += 1
        building_residents[b] += household_size[h]
        estate_households[e] += 1
        estate_owners[e] += owner


@kernel
def near(mean, sd, z):
    """A share near the mean, z standard deviations away."""
    return clip(mean + sd * z, 0.0, 1.0)


@kernel
def people(
    key, drawn, migrant, stranger, places, party_slope, digital_slope, volunteer_slope, volunteer_party,
    elder_years, young_from, migrant_youth, partner_gap, grown_until, alone_from, disabled, poor_below,
    unit_tie_old, unit_tie_sd, home_working, home_old,
    weight_tenure, weight_property, weight_stay, weight_home, weight_children, weight_age, unit_pull, stay_scale,
    spare_working, spare_old, spare_sigma, ability_mean, ability_sd, ability_vulnerable,
    temper_mean, temper_sd, threshold_mean, threshold_sd, selfish, selfish_giving, giving_mean, giving_sd,
    attitude_sd, efficacy_ratio, belonging_base, belonging_stake,
    household_uid, household_community, household_estate, household_building, household_first, household_size,
    household_owner, household_income,
    resident_uid, resident_community, resident_estate, resident_building, resident_household, resident_age,
    resident_adult, resident_owner, resident_migrant, resident_party, resident_vulnerable, resident_digital,
    resident_unit_tie, resident_stake, resident_spare, resident_ability, resident_temper, resident_threshold,
    resident_giving, resident_volunteer, resident_trust, resident_efficacy, resident_standing, resident_belonging,
    resident_satisfaction, resident_new_trust, resident_new_standing,
):  # fmt: skip
    """Draw the members of every household: age, place in society, temperament and first attitudes."""
    weights = weight_tenure + weight_property + weight_stay + weight_home + weight_children + weight_age
    u = np.empty(UNIFORMS)
    z = np.empty(NORMALS)
    first = 0
    for h in range(len(household_first)):
        c = household_community[h]
        child_share, grandparent_share = places[c, Fact.CHILD], places[c, Fact.GRANDPARENT]
        party_level, digital_level = places[c, Fact.PARTY], places[c, Fact.DIGITAL]
        volunteer_level, unit_tie = places[c, Fact.VOLUNTEER], places[c, Fact.UNIT_TIE]
        if h == 0 or household_community[h - 1] != c:
            first = household_first[h]
        away = migrant[h] != 0
        owner = household_owner[h] != 0
        outside = stranger[h] != 0
        base = household_first[h] - first
        huid = household_uid[h]
        old_head = uniform(key, Purpose.HOUSEHOLD, huid, 0, HEAD_OLD) < (
            places[c, Fact.OLD_MIGRANTS] if away else places[c, Fact.OLD_LOCALS]
        )
        children = False
        for k in range(2, drawn[h]):  # the drawn household, whether or not all of it fits
            children |= uniform(key, Purpose.RESIDENT, make_uid(RESIDENT, c, base + k), 0, ROLE) < child_share
        years = places[c, Fact.STAY_OTHERS] if outside else places[c, Fact.STAY]
        years *= 0.5 + uniform(key, Purpose.HOUSEHOLD, huid, 0, STAY)
        staying = 1.0 - math.exp(-years / stay_scale)
        wealth = household_income[h] / (1.0 + household_income[h]) if owner else 0.0
        level = places[c, Fact.TRUST_OTHERS] if outside else places[c, Fact.TRUST]
        head_age = 0.0
        for k in range(household_size[h]):
            i = household_first[h] + k
            uid = make_uid(RESIDENT, c, base + k)
            for s in range(UNIFORMS):
                u[s] = uniform(key, Purpose.RESIDENT, uid, 0, s)
            for s in range(NORMALS):
                z[s] = normal(key, Purpose.RESIDENT, uid, 0, FIRST_NORMAL + s)

            elder = min(OLD - elder_years * math.log(u[AGE]), OLDEST)
            if k == 0:
                spread = u[AGE] ** migrant_youth if away else u[AGE]
                age = elder if old_head else young_from + (OLD - young_from) * spread
                head_age = age
            elif k == 1:
                age = head_age + partner_gap * z[PARTNER]
                age = clip(age, OLD, OLDEST) if old_head else clip(age, ADULT, OLD - 0.01)
            elif u[ROLE] < child_share:
                age = ADULT * u[AGE]
            elif u[ROLE] < child_share + grandparent_share:
                age = elder
            else:
                age = ADULT + (grown_until - ADULT) * u[AGE]
            adult = age >= ADULT
            old = age >= OLD
            decades = (age - 45.0) / 10.0
            party = adult and u[PARTY] < logistic(party_level + party_slope * decades)
            weak = u[DISABLED] < disabled or household_income[h] < poor_below or (age >= alone_from and drawn[h] == 1)
            tie = 0.0
            home = 0.0
            spare = 0.0
            ability = 0.0
            if adult:
                tie = near(unit_tie, unit_tie_sd, z[UNIT]) * (unit_tie_old if old else 1.0)
                home = home_old if old else home_working
                spare = spare_old if old else spare_working
                spare *= math.exp(spare_sigma * z[SPARE] - 0.5 * spare_sigma * spare_sigma)
                ability = near(ability_mean - (ability_vulnerable if weak else 0.0), ability_sd, z[ABILITY])
            stake = (
                weight_tenure * owner
                + weight_property * wealth
                + weight_stay * staying
                + weight_home * home
                + weight_children * children
                + weight_age * min(age / AGE_SCALE, 1.0)
            ) / weights
            stake *= 1.0 - unit_pull * tie

            resident_uid[i] = uid
            resident_community[i] = c
            resident_estate[i] = household_estate[h]
            resident_building[i] = household_building[h]
            resident_household[i] = h
            resident_age[i] = age
            resident_adult[i] = adult
            resident_owner[i] = owner
            resident_migrant[i] = away
            resident_party[i] = party
            resident_vulnerable[i] = weak
            resident_digital[i] = adult and u[DIGITAL] < logistic(digital_level + digital_slope * decades)
            resident_unit_tie[i] = tie
            resident_stake[i] = stake
            resident_spare[i] = spare
            resident_ability[i] = ability
            resident_temper[i] = max(near(temper_mean, temper_sd, z[TEMPER]), LEAST_TEMPER)
            resident_threshold[i] = near(threshold_mean, threshold_sd, z[THRESHOLD])
            giving = near(giving_mean, giving_sd, z[GENEROUS])
            resident_giving[i] = selfish_giving * u[GIVING] if u[GIVING_TYPE] < selfish else giving
            resident_volunteer[i] = adult and u[VOLUNTEER] < logistic(
                volunteer_level + volunteer_slope * decades + volunteer_party * party
            )
            resident_trust[i] = near(level, attitude_sd, z[TRUST])
            resident_new_trust[i] = resident_trust[i]
            resident_standing[i] = near(level, attitude_sd, z[STANDING])
            resident_new_standing[i] = resident_standing[i]
            resident_efficacy[i] = near(efficacy_ratio * level, attitude_sd, z[EFFICACY])
            resident_belonging[i] = near(belonging_base + belonging_stake * stake, attitude_sd, z[BELONGING])
            resident_satisfaction[i] = near(level, attitude_sd, z[SATISFACTION])
