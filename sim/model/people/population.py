"""The state at the start: people, homes, ties, bodies and staff drawn from a community archetype (dossier section 6).

Archetype shares hold in expectation. Age comes from household composition: heads and partners of old households and
some grandparents are 60 or more, third and later members are children with a given chance; the share of old households
is solved from the archetype's share of people aged 60 and over. Membership of the Party, digital use and volunteering
are logistic in age, with the level solved so that the archetype's share comes out. Every draw is keyed on the id of
the thing it is about.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.mechanism import all_params, register_params
from sim.engine.state import State
from sim.engine.tables import Numbers, Table
from sim.model.bodies import stock as bodies
from sim.model.people import network
from sim.model.people.households import ADULT, LARGEST_HOUSEHOLD, OLD, house, people, settle
from sim.vocabulary.params import Param, Shared

ASSUMED = "assumption"
PARAMS: dict[str, Param] = {
    "building_size": Param(48, "households", 12, 200, ASSUMED, "households in a building"),
    "child_share": Param(0.14, "share", 0.05, 0.22, ASSUMED, "residents under 18"),
    "grandparent_share": Param(0.12, "share", 0.0, 0.4, ASSUMED, "third and later members who are 60 or more"),
    "old_migrant_ratio": Param(0.3, "ratio", 0.0, 1.0, ASSUMED, "old households among migrants over among locals"),
    "tenants_away": Param(0.85, "share", 0.3, 1.0, ASSUMED, "tenant households registered elsewhere, at most"),
    "elder_years": Param(10.0, "years", 6.0, 15.0, ASSUMED, "mean years above 60 of an old person"),
    "young_from": Param(23.0, "years", 18.0, 30.0, ASSUMED, "youngest head of a household"),
    "migrant_youth": Param(1.6, "exponent", 1.0, 3.0, ASSUMED, "how young migrant heads are; 1 as others"),
    "partner_gap": Param(3.0, "years", 0.0, 8.0, ASSUMED, "standard deviation of the age gap of partners"),
    "grown_until": Param(40.0, "years", 25.0, 59.0, ASSUMED, "oldest grown child who lives with parents"),
    "alone_from": Param(65.0, "years", 60.0, 80.0, ASSUMED, "age from which living alone counts as vulnerable"),
    "disabled": Param(0.04, "share", 0.01, 0.08, ASSUMED, "residents with a disability"),
    "poor_below": Param(0.35, "ratio", 0.1, 0.6, ASSUMED, "income over the city mean that counts as poor"),
    "party_slope": Param(0.2, "logit/decade", 0.0, 0.6, "assumption: E14 has most members at older ages",
                         "rise of Party membership with age"),
    "digital_slope": Param(-0.8, "logit/decade", -1.5, 0.0, ASSUMED, "fall of digital use with age"),
    "volunteer_slope": Param(0.25, "logit/decade", -0.2, 0.6, ASSUMED, "rise of volunteering with age"),
    "volunteer_party": Param(0.8, "logit", 0.0, 2.0, ASSUMED, "volunteering of Party members"),
    "unit_tie_old": Param(0.3, "ratio", 0.0, 1.0, ASSUMED, "unit tie of the old over that of working age"),
    "unit_tie_sd": Param(0.15, "share", 0.0, 0.3, ASSUMED, "spread of the unit tie"),
    "home_working": Param(0.35, "share", 0.1, 0.6, ASSUMED, "waking time at home, working age"),
    "home_old": Param(0.85, "share", 0.6, 1.0, ASSUMED, "waking time at home, 60 and over"),
    "weight_tenure": Param(2.0, "weight", 0.0, 5.0, "assumption; factors: A48, E46", "owning in the stake"),
    "weight_property": Param(1.0, "weight", 0.0, 5.0, "assumption; factors: A48", "property value in the stake"),
    "weight_stay": Param(2.0, "weight", 0.0, 5.0, "assumption; factors: A48", "years planned to stay in the stake"),
    "weight_home": Param(1.5, "weight", 0.0, 5.0, "assumption; factors: A48", "time at home in the stake"),
    "weight_children": Param(1.0, "weight", 0.0, 5.0, "assumption; factors: A48", "children at home in the stake"),
    "weight_age": Param(1.0, "weight", 0.0, 5.0, "assumption; factors: A48, E44", "age in the stake"),
    "unit_pull": Param(0.6, "share", 0.0, 1.0, "assumption; direction: A48", "stake lost at a full unit tie"),
    "stay_scale": Param(10.0, "years", 3.0, 30.0, ASSUMED, "years to stay at which two thirds of their weight counts"),
    "spare_working": Param(5.0, "hours/week", 1.0, 15.0, ASSUMED, "spare time for own and common affairs, working age"),
    "spare_old": Param(14.0, "hours/week", 4.0, 35.0, ASSUMED, "the same, 60 and over"),
    "spare_sigma": Param(0.6, "log sd", 0.1, 1.2, ASSUMED, "spread of spare time"),
    "ability_mean": Param(0.5, "share", 0.2, 0.8, ASSUMED, "ability to solve things oneself"),
    "ability_sd": Param(0.18, "share", 0.05, 0.3, ASSUMED, "its spread"),
    "ability_vulnerable": Param(0.2, "share", 0.0, 0.5, ASSUMED, "ability that the vulnerable lack"),
    "temper_mean": Param(0.6, "share", 0.2, 0.9, ASSUMED, "heat at which a person would jump levels"),
    "temper_sd": Param(0.2, "share", 0.05, 0.4, ASSUMED, "its spread"),
    "threshold_mean": Param(0.3, "share", 0.1, 0.6, "assumption; form: Granovetter 1978", "threshold to join"),
    "threshold_sd": Param(0.15, "share", 0.02, 0.3, "assumption; form: Granovetter 1978", "its spread"),
    "selfish": Param(0.3, "share", 0.1, 0.5, "assumption: after Fischbacher, Gaechter and Fehr 2001, free riders",
                     "residents who hardly give"),
    "selfish_giving": Param(0.15, "share", 0.0, 0.4, ASSUMED, "most that they are ready to give"),
    "giving_mean": Param(0.5, "share", 0.2, 0.8, ASSUMED, "readiness to give of the others"),
    "giving_sd": Param(0.15, "share", 0.05, 0.3, ASSUMED, "its spread"),
    "attitude_sd": Param(0.12, "share", 0.0, 0.3, ASSUMED, "spread of attitudes at the start"),
    "efficacy_ratio": Param(0.85, "ratio", 0.3, 1.2, ASSUMED, "belief that speaking is answered, over trust"),
    "belonging_base": Param(0.25, "share", 0.0, 0.6, ASSUMED, "belonging without any stake"),
    "belonging_stake": Param(0.5, "share", 0.0, 0.8, ASSUMED, "belonging that comes with a full stake"),
    "delivered": Param(0.9, "share", 0.6, 1.0, "assumption; E29 has 0.90", "inspected items in time at the start"),
    "first_election": Param(130, "weeks", 27, 260, "assumption: half a year after the default reform",
                            "week of the first election"),
    "case_room": Param(0.5, "rows/person", 0.0, 10.0, "assumption: storage only", "case rows reserved per resident"),
}  # fmt: skip
register_params("population", {**PARAMS, **network.PARAMS, **bodies.PARAMS})
SHARED = {"contract_weeks": Shared("contract.contract_weeks")}  # first contracts end within one length of a contract
ALL = {**PARAMS, **network.PARAMS, **bodies.PARAMS}
NODES = 32  # points of the age distribution used to solve levels


@dataclass(frozen=True)
class Makeup:
    """Chances that reproduce the archetype's shares."""

    child: float  # a third or later member is a child
    grandparent: float
    old_locals: float  # a household's head is 60 or more
    old_migrants: float
    away_tenants: float
    away_owners: float
    insiders: float  # among local owner households
    income_sigma: float
    party_level: float
    digital_level: float
    volunteer_level: float
    adults: float  # share of residents


def mean_over_poisson(mean_size: float) -> tuple[float, float]:
    """Mean household size and mean number of heads and partners, of the capped size distribution."""
    rate, total, heads, mass = mean_size - 1.0, 0.0, 0.0, 0.0
    for n in range(1, LARGEST_HOUSEHOLD):
        p = math.exp(-rate) * rate ** (n - 1) / math.factorial(n - 1)
        mass += p
        total += p * n
        heads += p * min(n, 2)
    return total + (1.0 - mass) * LARGEST_HOUSEHOLD, heads + (1.0 - mass) * 2


def solve_level(share: float, slope: NDArray[Any], weights: NDArray[Any]) -> float:
    """Intercept of a logistic curve whose weighted mean over the given linear terms is the share."""
    low, high = -30.0, 30.0
    if share <= 0.0 or share >= 1.0:
        return low if share <= 0.0 else high
    for _ in range(40):
        middle = 0.5 * (low + high)
        if np.sum(weights / (1.0 + np.exp(-(middle + slope)))) < share:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


@functools.lru_cache(maxsize=64)
def solve_makeup(archetype: tuple[float, ...], chosen: tuple[float, ...]) -> Makeup:
    """Solve the chances from the archetype's shares (in the order of TRAITS) and the parameters of this module."""
    t = dict(zip(TRAITS, archetype, strict=True))
    p = dict(zip(PARAMS, chosen, strict=True))
    size, heads = mean_over_poisson(t["residents_per_household"])
    first, later = heads / size, 1.0 - heads / size
    child = min(p["child_share"] / later, 0.9) if later > 0 else 0.0
    grandparent = min(p["grandparent_share"], 1.0 - child, t["aged60_share"] / later if later > 0 else 0.0)
    old = (t["aged60_share"] - grandparent * later) / first
    away = t["migrant_share"]
    old_locals = min(1.0, old / (1.0 - away * (1.0 - p["old_migrant_ratio"])))
    owners = t["owner_share"]
    away_tenants = 0.0
    if owners < 1.0:  # members of a village collective are local owners, which leaves fewer owners from elsewhere
        least = (away - owners + t["insider_share"]) / (1.0 - owners)
        away_tenants = min(1.0, max(p["tenants_away"], least), away / (1.0 - owners))
    away_owners = min(1.0, max(0.0, (away - away_tenants * (1.0 - owners)) / owners)) if owners > 0.0 else 0.0
    local_owners = owners * (1.0 - away_owners)
    # theoretical ages of adults: heads and partners of working age (local, migrant), old people, grown children
    u = (np.arange(NODES) + 0.5) / NODES
    young = first * (1.0 - old)
    young_away = first * away * (1.0 - p["old_migrant_ratio"] * old_locals)
    span = OLD - p["young_from"]
    parts = (
        (young - young_away, p["young_from"] + span * u),
        (young_away, p["young_from"] + span * u ** p["migrant_youth"]),
        (first * old + later * grandparent, OLD - p["elder_years"] * np.log(u)),
        (later * (1.0 - child - grandparent), ADULT + (p["grown_until"] - ADULT) * u),
    )
    adults = sum(w for w, _ in parts)
    weights = np.concatenate([np.full(NODES, w / adults / NODES) for w, _ in parts])
    decades = (np.concatenate([a for _, a in parts]) - 45.0) / 10.0
    party = solve_level(t["party_share"], p["party_slope"] * decades, weights)
    member = 1.0 / (1.0 + np.exp(-(party + p["party_slope"] * decades)))
    both = np.concatenate([weights * member, weights * (1.0 - member)])
    volunteering = p["volunteer_slope"] * decades
    volunteering = np.concatenate([volunteering + p["volunteer_party"], volunteering])
    return Makeup(
        child=child,
        grandparent=grandparent,
        old_locals=old_locals,
        old_migrants=old_locals * p["old_migrant_ratio"],
        away_tenants=away_tenants,
        away_owners=away_owners,
        insiders=min(1.0, t["insider_share"] / local_owners) if local_owners > 0.0 else 0.0,
        # of a log-normal distribution the Gini index is 2 Phi(sigma / sqrt 2) - 1
        income_sigma=math.sqrt(2.0) * NormalDist().inv_cdf((1.0 + t["income_spread"]) / 2.0),
        party_level=party,
        digital_level=solve_level(t["digital_share"], p["digital_slope"] * decades, weights),
        volunteer_level=solve_level(t["volunteer_share"], volunteering, both),
        adults=float(adults),
    )


TRAITS = (
    "residents_per_household", "owner_share", "migrant_share", "insider_share", "aged60_share", "party_share",
    "income_spread", "digital_share", "volunteer_share",
)  # fmt: skip


def parameters(given: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """The numbers of this module, those of the scenario before the declared ones."""
    own = given.get("population", {})
    found = {name: float(own.get(name, declared.value)) for name, declared in ALL.items()}
    for name, shared in SHARED.items():
        owner, _, last = shared.owner.partition(".")
        found[name] = float(given.get(owner, {}).get(last, all_params()[owner][last].value))
    return found


@functools.lru_cache(maxsize=8)
def item_columns(name: str) -> Mapping[str, NDArray[Any]]:
    """Columns of the list of items from above that a scenario names."""
    from sim.scenario import items

    return items.item_columns(items.read_items(name))


def facts(place: Any, makeup: Makeup, p: Mapping[str, float]) -> list[float]:
    """One row of the table of places, in the order of Fact."""
    fee = p["fee_per_area"] * p["floor_area"] * float(place.income) ** p["fee_income"]
    return [
        place.residents_per_household, place.commercial_share, place.firm_share, place.owners_committee_share,
        place.fee_collection, fee, place.owner_share, makeup.away_tenants, makeup.away_owners, makeup.insiders,
        place.income, makeup.income_sigma, makeup.old_locals, makeup.old_migrants, makeup.child, makeup.grandparent,
        place.stay_years, place.stay_years_others, makeup.party_level, makeup.digital_level, makeup.volunteer_level,
        place.unit_tie, place.trust, place.trust_others, place.ties, place.ties_others, place.same_group_share,
    ]  # fmt: skip


def build(scenario: Any, key: np.uint64) -> State:
    """The whole state at the start of the warm-up. Rule columns stay zero: the model installs them."""
    found = scenario.places
    p = parameters(scenario.parameters)
    numbers = Numbers("population", tuple(p), tuple(p.values()))
    full, span = len(found), int(scenario.span)
    size = np.array([place.residents for place in found], np.int64)
    chosen = tuple(p[name] for name in PARAMS)
    makeups = [solve_makeup(tuple(float(getattr(place, name)) for name in TRAITS), chosen) for place in found]
    places = np.array([facts(place, makeup, p) for place, makeup in zip(found, makeups, strict=True)], np.float64)
    staff = [int(place.staff) for place in found]
    total = int(size.sum())

    # homes: how many households, buildings and estates there are
    drawn, sizes, where = (np.empty(total, np.int32) for _ in range(3))
    homes = settle(key, size, places, drawn, sizes, where)
    drawn, sizes, where = drawn[:homes], sizes[:homes], where[:homes]
    building_size = round(p["building_size"])
    buildings = -(-np.bincount(where, minlength=full) // building_size)
    estates = np.minimum(np.array([place.estates for place in found]), buildings)
    estate_first = np.cumsum(estates) - estates
    building_first = np.cumsum(buildings) - buildings
    estate_community = np.repeat(np.arange(full), estates)
    estate_local = np.arange(len(estate_community)) - estate_first[estate_community]

    has_firm, has_committee = (np.zeros(len(estate_community), np.int8) for _ in range(2))
    estate = {name: np.zeros(len(estate_community), dtype) for name, dtype in ESTATE_COLUMNS.items()}
    bodies.found_estates.compiled(
        key, estate_community, estate_local, places, numbers, has_firm, has_committee, *estate.values()
    )
    units = [int(place.units) for place in found]
    roster = bodies.roster(size.tolist(), units, estate_community.tolist(), has_firm, has_committee, p)
    items = item_columns(scenario.items)
    state = State({
        "community": span, "rule": span, "estate": len(estate_community), "building": int(buildings.sum()),
        "household": homes, "resident": total, "body": len(roster.type),
        "person": bodies.count_posts(span, staff, p), "item": len(items["item.rate"]),
        "case": 1024 + int(p["case_room"] * total), "task": 1024 + 1024 * full, "active": 1024 + 512 * full,
        "journal": 4096 + 8192 * full, "link": total + 1,
    })  # fmt: skip
    for name, values in items.items():
        state[name] = values
    for name, values in estate.items():
        state[f"estate.{name}"] = values

    state["household.community"] = where
    state["household.size"] = sizes
    migrant = np.zeros(homes, np.int8)
    house.compiled(
        key, building_size, estates, estate_first, building_first, places, migrant,
        *(Table(name, state.columns) for name in ("household", "building", "estate")),
    )  # fmt: skip
    # who counts as an outsider: with a village collective all who are not in it, elsewhere tenants and migrants
    collective = np.array([place.insider_share > 0 for place in found])
    stranger = np.where(
        collective[where], state["household.insider"] == 0, (state["household.owner"] == 0) | (migrant == 1)
    ).astype(np.int8)
    people.compiled(
        key, drawn, migrant, stranger, places, numbers,
        *(Table(name, state.columns) for name in ("household", "resident")),
    )  # fmt: skip

    outsider = stranger[state["resident.household"]]
    # alike: of the collective or not; where there is none, of the same kind of tenure and side of 60
    old = (state["resident.age"] >= OLD) & ~collective[state["resident.community"]]
    group = (2 * outsider + old).astype(np.int8)
    start, other = network.ties(
        key, state.columns, outsider, group, np.concatenate([[0], np.cumsum(size)]), places, numbers,
    )  # fmt: skip
    state["link.start"] = start
    state.columns["tie.other"] = other
    state.rows["tie"] = len(other)

    rest = solve_makeup(tuple(float(getattr(scenario.community, name)) for name in TRAITS), chosen)
    fill_communities(state, found, [makeup.adults for makeup in makeups], scenario.community, rest.adults, p)
    bodies.seat_bodies(state, key, roster, p, numbers, staff)
    bodies.seat_persons(state, key, staff, p, numbers)
    return state


ESTATE_COLUMNS: dict[str, Any] = {
    "uid": np.uint64, "community": np.int32, "commercial": np.int8, "fee": float, "effort": float, "collection": float,
    "decay": float, "contract_end": np.int32, "cost_index": float, "fee_index": float,
}  # fmt: skip


def fill_communities(
    state: State, found: Sequence[Any], adults: list[float], other: Any, other_adults: float, p: Mapping[str, float]
) -> None:
    """Fill the community table: full ones first, then the reduced neighbours, which are all as `other`."""
    span, full = state.rows["community"], len(found)
    places = [*found, *[other] * (span - full)]
    residents = np.array([place.residents for place in places])
    shares = np.array([*adults, *[other_adults] * (span - full)])
    state["community.uid"] = np.arange(span)
    state["community.full"] = np.arange(span) < full
    state["community.residents"] = residents
    state["community.adult_share"] = shares
    state["community.adults"] = np.round(shares * residents)
    counted = np.bincount(state["resident.community"], weights=state["resident.adult"], minlength=full)
    state.columns["community.adults"][:full] = counted[:full].astype(np.int32)
    state["community.staff"] = [place.staff for place in places]
    state["community.attention"] = 1.0 / span
    state["community.task_weight"] = 1.0
    state["community.delivered"] = p["delivered"]
    state["community.growth"] = 1.0
    state["community.rating"] = p["delivered"]
    state["community.chair"] = -1
    state["community.decider"] = -1
    state["community.election_week"] = round(p["first_election"])
