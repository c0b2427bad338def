"""Estates, organised bodies and paid staff as they stand at the start.

Order of bodies: the subdistrict office, then community by community: street desk, Party organization, residents'
committee, station, security body, mass body, companies, organisations, groups, units, council, board, and for each
estate its owners' committee place and its firm place. A place whose body does not exist has alive = 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.kernel import kernel
from sim.engine.randomness import exponential, lognormal, normal, uniform
from sim.engine.state import State
from sim.engine.tables import Numbers, Table
from sim.model.cases.kinds import SOLD
from sim.model.people.households import BODY, ESTATE, KIND_BITS, LOCAL_BITS, NOWHERE, PERSON, Fact, clip, make_uid
from sim.vocabulary.codes import Account, Body, Kind, Purpose, Use, complete
from sim.vocabulary.params import Param

ASSUMED = "assumption"
PARAMS = {
    "fee_per_area": Param(1.2, "yuan/m2/month", 0.3, 4.0, "assumption: level of about 2012", "property fee"),
    "fee_income": Param(0.5, "elasticity", 0.0, 1.0, ASSUMED, "rise of the fee with the archetype's relative income"),
    "floor_area": Param(90.0, "m2", 50.0, 150.0, ASSUMED, "floor area per household"),
    "public_fee_ratio": Param(0.4, "ratio", 0.1, 1.0, ASSUMED, "fee of an estate not sold as commercial housing"),
    "estate_sigma": Param(0.15, "log sd", 0.0, 0.5, ASSUMED, "spread of fees over estates"),
    "estate_sd": Param(0.05, "share", 0.0, 0.2, ASSUMED, "spread of collection, effort and decay over estates"),
    "firm_effort": Param(0.55, "share", 0.2, 0.9, ASSUMED, "service effort of a firm at the start"),
    "decay_commercial": Param(0.3, "index", 0.0, 0.8, ASSUMED, "disrepair of commercial housing at the start"),
    "decay_other": Param(0.5, "index", 0.0, 1.0, ASSUMED, "disrepair of other estates at the start"),
    "contract_spread": Param(1.0, "share", 0.0, 1.0, ASSUMED,
                             "part of that length over which first contracts end; 0 all in one week"),
    "companies": Param(2, "bodies", 0, 6, ASSUMED, "service companies in a community"),
    "organisations_rate": Param(8.0, "1/10,000", 2.0, 15.0, "E71: about 11 registered, of all kinds and reach",
                                "social organisations at work in the community per 10,000 residents"),
    "groups": Param(3, "bodies", 0, 14, ASSUMED, "residents' groups in a community"),
    "organisation_members": Param(15, "persons", 3, 60, ASSUMED, "members of a social organisation"),
    "group_members": Param(25, "persons", 5, 80, ASSUMED, "members of a residents' group"),
    "unit_members": Param(60, "persons", 10, 500, ASSUMED, "staff of a resident unit"),
    "owners_members": Param(7, "persons", 5, 15, ASSUMED, "members of an owners' committee"),
    "members_sigma": Param(0.4, "log sd", 0.0, 1.0, ASSUMED, "spread of members and means over bodies"),
    "company_purse": Param(30_000, "yuan", 0, 300_000, ASSUMED, "means of a service company at the start"),
    "organisation_purse": Param(8_000, "yuan", 0, 100_000, ASSUMED, "means of a social organisation at the start"),
    "group_purse": Param(500, "yuan", 0, 10_000, ASSUMED, "means of a residents' group at the start"),
    "unit_purse": Param(50_000, "yuan", 0, 1_000_000, ASSUMED, "what a resident unit could give"),
    "relation": Param(0.5, "share", 0.2, 0.8, ASSUMED, "relation of two bodies at the start"),
    "relation_public": Param(0.6, "share", 0.3, 0.9, ASSUMED, "relation of two public bodies at the start"),
    "relation_sd": Param(0.05, "share", 0.0, 0.2, ASSUMED, "spread of relations at the start"),
    "committee_members": Param(5, "persons", 3, 9, "E04, E05", "elected members of the residents' committee"),
    "staff_hours": Param(34.0, "hours/week", 30.0, 40.0, "assumption: five days of 6.8 hours", "hours of a post"),
    "line_persons": Param(1, "persons", 0, 3, ASSUMED, "paid persons of the security body, and of the mass body"),
    "line_hours": Param(20.0, "hours/week", 0.0, 40.0, ASSUMED, "their hours a week"),
    "street_persons": Param(2.0, "persons", 0.5, 6.0, ASSUMED,
                            "staff of the subdistrict office for approvals and enforcement, per community of its span"),
    "skill_sd": Param(0.15, "ratio", 0.0, 0.4, ASSUMED, "spread of skills of staff"),
    "tenure_weeks": Param(190.0, "weeks", 52.0, 520.0, "E22: a yearly quit rate of 0.15 to 0.2 leaves 5 to 6 years; "
                          "shortened for new posts", "mean time in post at the start"),
}  # fmt: skip

PUBLIC = (Body.STREET_OFFICE, Body.STREET_DESK, Body.PARTY, Body.COMMITTEE, Body.STATION, Body.SECURITY, Body.MASS)
LINES: dict[Body, tuple[int, ...]] = {  # what the first of a type works at, what the second, and so on
    Body.SECURITY: (0,),
    Body.MASS: (1,),
    Body.COMPANY: SOLD,
    Body.ORGANISATION: (Kind.HELP, Kind.ENVIRONMENT, Kind.NEIGHBOURS, Kind.INFORMATION),
}
FOUNDED_LATER = (Body.COUNCIL, Body.BOARD)  # a row is kept for it; nobody is there at the start

# slots of the draws
FIRM_HERE, COMMITTEE_HERE, COMMERCIAL, FEE, EFFORT, COLLECTION, DECAY, CONTRACT = range(8)
MEMBERS, PURSE, SKILL, RELATION = 0, 1, 2, 8
TENURE, ABLE = 0, 2


@kernel
def found_estates(
    key, community, local, places, p, has_firm, has_committee, estate_uid, estate_community,
    estate_commercial, estate_fee, estate_effort, estate_collection, estate_decay, estate_contract_end,
    estate_cost_index, estate_fee_index,
):  # fmt: skip
    """Draw each estate's kind of housing, fee, firm, owners' committee and repair."""
    for e in range(len(estate_uid)):
        uid = make_uid(ESTATE, community[e], local[e])
        estate_uid[e] = uid
        estate_community[e] = community[e]
        c = community[e]
        sold = uniform(key, Purpose.ESTATE, uid, 0, COMMERCIAL) < places[c, Fact.COMMERCIAL]
        firm = uniform(key, Purpose.ESTATE, uid, 0, FIRM_HERE) < places[c, Fact.FIRM]
        estate_commercial[e] = sold
        has_firm[e] = firm
        has_committee[e] = uniform(key, Purpose.ESTATE, uid, 0, COMMITTEE_HERE) < places[c, Fact.COMMITTEE]
        fee = places[c, Fact.FEE]
        level = fee if sold else fee * p.public_fee_ratio
        estate_fee[e] = lognormal(level, p.estate_sigma, key, Purpose.ESTATE, uid, 0, FEE)
        if firm:
            estate_effort[e] = clip(p.firm_effort + p.estate_sd * normal(key, Purpose.ESTATE, uid, 0, EFFORT), 0.0, 1.0)
            paid = places[c, Fact.COLLECTION] + p.estate_sd * normal(key, Purpose.ESTATE, uid, 0, COLLECTION)
            estate_collection[e] = clip(paid, 0.0, 1.0)
        estate_decay[e] = clip(
            (p.decay_commercial if sold else p.decay_other) + p.estate_sd * normal(key, Purpose.ESTATE, uid, 0, DECAY),
            0.0,
            1.0,
        )
        first = p.contract_weeks * (1.0 - p.contract_spread)
        spread = p.contract_weeks * p.contract_spread
        estate_contract_end[e] = 1 + int(first + uniform(key, Purpose.ESTATE, uid, 0, CONTRACT) * spread)
        estate_cost_index[e] = 1.0
        estate_fee_index[e] = 1.0


@kernel
def stock_bodies(key, public, p, mean_members, mean_purse, varies, body):
    """Draw members and means of bodies and how they begin with each other."""
    for b in range(len(body.uid)):
        uid = body.uid[b]
        body.members[b] = mean_members[b]
        if varies[b]:
            if mean_members[b] > 0.0:
                size = lognormal(mean_members[b], p.members_sigma, key, Purpose.BODY, uid, 0, MEMBERS)
                body.members[b] = max(1.0, np.round(size))
            body.purse[b] = np.round(lognormal(mean_purse[b], p.members_sigma, key, Purpose.BODY, uid, 0, PURSE))
        for s in range(body.skill.shape[1]):
            body.skill[b, s] = clip(1.0 + p.skill_sd * normal(key, Purpose.BODY, uid, 0, SKILL + s), 0.5, 1.5)
        for t in range(body.relation.shape[1]):
            level = p.relation_public if public[body.type[b]] and public[t] else p.relation
            level += p.relation_sd * normal(key, Purpose.BODY, uid, 0, RELATION + t)
            body.relation[b, t] = clip(level, 0.0, 1.0)


@kernel
def hire(key, p, person):
    """Draw the first holders of the posts."""
    for i in range(len(person.uid)):
        uid = person.uid[i]
        person.tenure[i] = p.tenure_weeks * exponential(key, Purpose.STAFF, uid, 0, TENURE)
        for s in range(person.skill.shape[1]):
            person.skill[i, s] = clip(1.0 + p.skill_sd * normal(key, Purpose.STAFF, uid, 0, ABLE + s), 0.5, 1.5)


def uids(kind: int, community: NDArray[Any], local: NDArray[Any]) -> NDArray[np.uint64]:
    """Stable ids of many things of one kind; community -1 stands for the subdistrict."""
    place = np.where(community < 0, NOWHERE, community).astype(np.int64)
    return ((kind << KIND_BITS) | (place << LOCAL_BITS) | local.astype(np.int64)).astype(np.uint64)


@dataclass(frozen=True)
class Roster:
    """One entry a body, in the order of the body table."""

    type: list[int]
    community: list[int]
    estate: list[int]
    local: list[int]  # number within type and community
    line: list[int]
    alive: list[int]


def roster(
    residents: list[int], units: list[int], estate_community: list[int], has_firm: Any, has_committee: Any,
    params: Mapping[str, float],
) -> Roster:  # fmt: skip
    """All bodies of the subdistrict and of its fully simulated communities."""
    out = Roster([], [], [], [], [], [])

    def add(kind: Body, community: int, local: int = 0, estate: int = -1, line: int = -1, alive: int = 1) -> None:
        for column, value in zip(
            (out.type, out.community, out.estate, out.local, out.line, out.alive),
            (int(kind), community, estate, local, line, alive),
            strict=True,
        ):
            column.append(value)

    of_subdistrict = {Body.STREET_OFFICE: 1}
    of_estate = {Body.OWNERS: has_committee, Body.FIRM: has_firm}
    for kind in of_subdistrict:
        add(kind, -1)
    for c, people in enumerate(residents):
        of_community = {
            **dict.fromkeys((Body.STREET_DESK, Body.PARTY, Body.COMMITTEE, Body.STATION, Body.SECURITY, Body.MASS), 1),
            Body.COMPANY: round(params["companies"]),
            Body.ORGANISATION: round(params["organisations_rate"] * people / 10_000),
            Body.GROUP: round(params["groups"]),
            Body.UNIT: units[c],
            Body.COUNCIL: 1,
            Body.BOARD: 1,
        }
        complete(Body, {**of_subdistrict, **of_community, **of_estate}, "sim/model/bodies/stock.py: roster")
        for kind, number in of_community.items():
            for k in range(number):
                lines = LINES.get(kind, (-1,))
                add(kind, c, k, line=int(lines[k % len(lines)]), alive=int(kind not in FOUNDED_LATER))
        for k, e in enumerate(i for i, place in enumerate(estate_community) if place == c):
            for kind, there in of_estate.items():
                add(kind, c, k, estate=e, alive=int(there[e]))
    return out


def seat_bodies(
    state: State, key: np.uint64, bodies: Roster, params: Mapping[str, float], numbers: Numbers, staff: list[int]
) -> None:
    """Fill the body table and the body rows of estates, and book what bodies own at the start."""
    kinds = np.array(bodies.type, np.int64)
    community = np.array(bodies.community, np.int64)
    local = np.array(bodies.local, np.int64)
    state["body.uid"] = uids(BODY, community, (kinds << 12) | local)
    state["body.type"] = kinds
    state["body.community"] = community
    state["body.estate"] = bodies.estate
    state["body.line"] = bodies.line
    state["body.alive"] = bodies.alive
    estate = np.array(bodies.estate, np.int64)
    for kind, column in ((Body.OWNERS, "estate.committee"), (Body.FIRM, "estate.firm")):
        rows = np.flatnonzero(kinds == kind)
        # a firm's place is named only while a firm is there; the place of an owners' committee always
        here = rows if kind is Body.OWNERS else rows[state["body.alive"][rows] == 1]
        state.columns[column][:] = -1
        state.columns[column][estate[here]] = here

    mean = np.zeros(len(kinds))
    purse = np.zeros(len(kinds))
    varies = np.zeros(len(kinds), np.int8)
    for kind, name in (
        (Body.COMPANY, "company"), (Body.ORGANISATION, "organisation"), (Body.GROUP, "group"), (Body.UNIT, "unit"),
    ):  # fmt: skip
        mean[kinds == kind] = params.get(f"{name}_members", 0.0)  # staff of companies is the hours that they sell
        purse[kinds == kind] = params[f"{name}_purse"]
        varies[kinds == kind] = 1
    seats = np.array([posts(number, params) for number in staff])
    full = round(params["line_persons"])
    mean[kinds == Body.STREET_OFFICE] = street_posts(state.rows["community"], params)
    for seat, place in ((Body.STREET_DESK, 2), (Body.COMMITTEE, 1)):
        mean[kinds == seat] = seats[community[kinds == seat], place]
    mean[(kinds == Body.SECURITY) | (kinds == Body.MASS)] = full
    mean[(kinds == Body.OWNERS) & (state["body.alive"] == 1)] = params["owners_members"]
    members = np.bincount(
        state["resident.community"], weights=state["resident.party"], minlength=state.rows["community"]
    )
    party = kinds == Body.PARTY
    mean[party] = members[community[party]]
    public = np.isin(np.arange(len(Body)), PUBLIC)
    stock_bodies.compiled(key, public, numbers, mean, purse, varies, Table("body", state.columns))

    balance, flow = state["community.balance"], state["community.flow"]
    for kind, account, use in (
        (Body.COMPANY, Account.COMPANIES, Use.ASSET),
        (Body.ORGANISATION, Account.ORGANISATIONS, Use.GIFT),
        (Body.GROUP, Account.ORGANISATIONS, Use.GIFT),
    ):  # what they own came from outside once: booked as such, so that the ledger balances from the start
        for b in np.flatnonzero(kinds == kind):
            c, yuan = community[b], state["body.purse"][b]
            balance[c, Account.DONORS] -= yuan
            balance[c, account] += yuan
            flow[c, Account.DONORS, account, use] += yuan


def posts(staff: int, params: Mapping[str, float]) -> tuple[int, int, int]:
    """Posts of a community: Party organization, elected committee, desks that came with the items."""
    secretary = min(1, staff)
    elected = min(round(params["committee_members"]), max(0, staff - secretary))
    return secretary, elected, staff - secretary - elected


def street_posts(span: int, params: Mapping[str, float]) -> int:
    """Posts of the subdistrict office for its whole span."""
    return max(1, round(params["street_persons"] * span))


def count_posts(span: int, staff: list[int], params: Mapping[str, float]) -> int:
    """Rows of the person table; `staff` has one entry a fully simulated community."""
    return sum(staff) + 2 * len(staff) * round(params["line_persons"]) + street_posts(span, params)


def seat_persons(
    state: State, key: np.uint64, staff: list[int], params: Mapping[str, float], numbers: Numbers
) -> None:
    """Fill the person table: posts of each community, of its line bodies, and of the subdistrict office."""
    kinds, where = state["body.type"], state["body.community"]
    row = {(int(where[b]), int(kinds[b])): b for b in range(len(kinds) - 1, -1, -1)}
    line = round(params["line_persons"])
    line_plan = [(Body.SECURITY, 512, line), (Body.MASS, 576, line)]
    entries: list[tuple[int, int, int, float, int, int, int]] = []
    for c, persons in enumerate(staff):
        secretary, elected, desks = posts(persons, params)
        plan = [(Body.PARTY, 0, secretary), (Body.COMMITTEE, 64, elected), (Body.STREET_DESK, 128, desks)]
        for kind, base, number in plan + line_plan:
            hours = params["staff_hours"] if (kind, base, number) in plan else params["line_hours"]
            for k in range(number):
                entries.append((
                    c, row[c, kind], base + k, hours, int(kind == Body.STREET_DESK), int(kind == Body.COMMITTEE),
                    int(k == 0),
                ))  # fmt: skip
    for k in range(street_posts(state.rows["community"], params)):
        entries.append((-1, row[-1, Body.STREET_OFFICE], k, params["staff_hours"], 0, 0, int(k == 0)))
    community, body, local, hours_, desk, chosen, head = (np.array(v) for v in zip(*entries, strict=True))
    state["person.uid"] = uids(PERSON, community, local)
    state["person.community"] = community
    state["person.body"] = body
    state["person.second"] = -1
    state["person.hours"] = hours_
    state["person.desk"] = desk
    state["person.elected"] = chosen
    state["person.head"] = head
    state["person.employed"] = 1
    state["person.incumbents"] = 1
    hire.compiled(key, numbers, Table("person", state.columns))
