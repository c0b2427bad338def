"""The drawn population has the archetype's shares, is the same for the same key, and stays when somebody is added."""

import numpy as np
import pytest

from sim.engine.mechanism import all_params
from sim.engine.state import State
from sim.model.people.households import HOUSEHOLD, RESIDENT, make_uid
from sim.model.people.population import ALL, build
from sim.vocabulary.codes import Body
from sim.vocabulary.columns import COLUMNS
from sim.vocabulary.sets import OUTSIDE_ACCOUNTS

from .conftest import ARCHETYPES, make

FOUR = 4  # communities pooled, so that sampling errors are small


def within(found: float, wanted: float, n: float, sd: float | None = None, design: float = 2.0) -> bool:
    """Four standard errors, the variance inflated because people share households."""
    spread = sd if sd is not None else np.sqrt(max(wanted * (1 - wanted), 1e-4))
    return bool(abs(found - wanted) < 4 * spread * np.sqrt(design / n) + 1e-9)


@pytest.mark.parametrize("archetype", ARCHETYPES)
def test_shares_of_the_archetype(archetype: str, key: np.uint64) -> None:
    state = build(make(archetype, communities=FOUR), key)
    trait = ARCHETYPES[archetype]
    people = state.table("resident")
    homes = state.table("household")
    adult = people["adult"] == 1
    n, a, h = len(adult), int(adult.sum()), len(homes["size"])
    assert n == FOUR * 5000
    assert within(homes["owner"].mean(), trait["owner_share"], h)
    assert within(people["migrant"].mean(), trait["migrant_share"], h)
    assert within((people["age"] >= 60).mean(), trait["aged60_share"], n)
    assert within(1 - adult.mean(), ALL["child_share"].value, n)
    assert within(people["party"][adult].mean(), trait["party_share"], a)
    assert within(people["digital"][adult].mean(), trait["digital_share"], a)
    assert within(people["volunteer"][adult].mean(), trait["volunteer_share"], a)
    assert within(homes["size"].mean(), trait["residents_per_household"], h, sd=1.4)
    assert within(homes["income"].mean(), trait["income"], h, sd=trait["income"])
    assert not (people["party"] | people["digital"] | people["volunteer"])[~adult].any()
    if trait["insider_share"]:
        assert within(homes["insider"].mean(), trait["insider_share"], h)
        assert not (homes["insider"] & ~homes["owner"]).any()
    else:
        assert not homes["insider"].any()


def gini(values: np.ndarray) -> float:
    ordered = np.sort(values)
    n = len(ordered)
    return float((2 * np.arange(1, n + 1) - n - 1) @ ordered / (n * ordered.sum()))


def test_income_spread_is_the_gini_index_of_the_archetype(key: np.uint64) -> None:
    state = build(make(communities=FOUR), key)
    assert gini(state["household.income"]) == pytest.approx(0.32, abs=0.02)


def test_people_differ_with_age_as_documented(key: np.uint64) -> None:
    people = build(make(communities=FOUR), key).table("resident")
    adult, old = people["adult"] == 1, people["age"] >= 60
    working = adult & ~old
    assert people["digital"][old].mean() < people["digital"][working].mean()
    assert people["party"][old].mean() > people["party"][working].mean()
    assert people["stake"][people["owner"] == 1].mean() > people["stake"][people["owner"] == 0].mean()
    assert people["spare"][old].mean() > people["spare"][working].mean()


def test_same_key_same_bits_and_another_key_another_population() -> None:
    from sim.engine.randomness import model_key

    a, b, c = (build(make(residents=600), model_key(1, r)) for r in (0, 0, 1))
    assert a.to_bytes() == b.to_bytes()
    assert not np.array_equal(a["resident.age"], c["resident.age"])


def test_values_in_range(key: np.uint64) -> None:
    state = build(make("village_turned", communities=2), key)
    for column in COLUMNS.values():
        values = state[column.name]
        assert np.isfinite(values).all(), column.name
        if column.unit == "share" and column.role != "rule":
            assert values.min(initial=0.0) >= 0.0, column.name
            assert values.max(initial=0.0) <= 1.0, column.name
        if column.role == "rule":
            assert not values.any(), column.name


def by_uid(state: State, table: str) -> dict[int, int]:
    return {int(uid): row for row, uid in enumerate(state[f"{table}.uid"])}


PERSONAL = [
    c.name for c in COLUMNS.values()
    if c.table == "resident" and c.name.split(".")[1] not in ("community", "estate", "building", "household")
]  # fmt: skip


def ties_by_uid(state: State) -> dict[int, set[int]]:
    start, other, uid = state["link.start"], state["tie.other"], state["resident.uid"]
    return {int(uid[i]): {int(uid[j]) for j in other[start[i] : start[i + 1]]} for i in range(len(uid))}


def same_people(small: State, large: State) -> set[int]:
    """Check that everybody of `small` is in `large` unchanged; returns the ids of those who came in addition."""
    rows, more = by_uid(small, "resident"), by_uid(large, "resident")
    assert rows.keys() <= more.keys()
    a, b = np.array(list(rows.values())), np.array([more[u] for u in rows])
    for name in PERSONAL:
        assert np.array_equal(small[name][a], large[name][b]), name
    for state_column, table in (("resident.household", "household"), ("resident.estate", "estate")):
        mine = small[f"{table}.uid"][small[state_column][a]]
        theirs = large[f"{table}.uid"][large[state_column][b]]
        assert np.array_equal(mine, theirs), table
    building = [s["resident.building"] - s["resident.building"][0] for s in (small, large)]
    if set(small["resident.community"]) == set(large["resident.community"]) == {0}:
        assert np.array_equal(building[0][a], building[1][b])
    added = more.keys() - rows.keys()
    before, after = ties_by_uid(small), ties_by_uid(large)
    for uid, known in before.items():
        assert after[uid] - added == known
    homes, homes_more = by_uid(small, "household"), by_uid(large, "household")
    for uid, row in homes.items():
        for name in ("owner", "insider", "income", "paid"):
            assert small[f"household.{name}"][row] == large[f"household.{name}"][homes_more[uid]]
    return added


@pytest.mark.parametrize("archetype", ["commercial", "village_turned"])
@pytest.mark.parametrize("residents", [200, 273, 1000, 5000])
def test_one_more_resident_changes_nobody_else(archetype: str, residents: int, key: np.uint64) -> None:
    small = build(make(archetype, residents=residents), key)
    large = build(make(archetype, residents=residents + 1), key)
    assert len(same_people(small, large)) == 1


def test_one_more_resident_in_each_of_two_communities(key: np.uint64) -> None:
    small, large = (build(make(communities=2, residents=n), key) for n in (700, 701))
    assert len(same_people(small, large)) == 2


def test_one_more_community_changes_nobody_in_the_others(key: np.uint64) -> None:
    small, large = (build(make(communities=n, span=8, residents=900), key) for n in (1, 2))
    assert len(same_people(small, large)) == 900
    rows, more = by_uid(small, "body"), by_uid(large, "body")
    assert rows.keys() <= more.keys()
    for name in ("type", "alive", "members", "purse", "skill", "relation", "line"):
        for uid, row in rows.items():
            assert np.array_equal(small[f"body.{name}"][row], large[f"body.{name}"][more[uid]]), name
    rows, more = by_uid(small, "person"), by_uid(large, "person")
    assert rows.keys() <= more.keys()
    for uid, row in rows.items():
        assert np.array_equal(small["person.skill"][row], large["person.skill"][more[uid]])


def test_two_communities_are_not_copies(key: np.uint64) -> None:
    state = build(make(communities=2, residents=900), key)
    assert not np.array_equal(state["resident.age"][:900], state["resident.age"][900:])


def test_homes_fit_together(key: np.uint64) -> None:
    state = build(make(communities=2, residents=3000), key)
    homes, people, buildings, estates = (state.table(t) for t in ("household", "resident", "building", "estate"))
    assert np.array_equal(np.cumsum(homes["size"]) - homes["size"], homes["first"])
    assert np.array_equal(np.repeat(np.arange(len(homes["size"])), homes["size"]), people["household"])
    for name in ("community", "estate", "building"):
        assert np.array_equal(homes[name][people["household"]], people[name])
    assert np.array_equal(np.bincount(people["building"]), buildings["residents"])
    assert np.array_equal(np.bincount(homes["building"]), buildings["households"])
    assert np.array_equal(np.bincount(homes["estate"]), estates["households"])
    assert np.array_equal(np.bincount(homes["estate"], homes["owner"]).astype(int), estates["owners"])
    assert (np.diff(people["building"]) >= 0).all()  # the rows of a building are contiguous
    assert estates["households"].min() > 0
    assert (estates["collection"][estates["firm"] < 0] == 0).all()


def test_ids_are_unique_over_kinds(key: np.uint64) -> None:
    state = build(make(communities=3, residents=500), key)
    ids = np.concatenate([state[f"{t}.uid"] for t in ("estate", "household", "resident", "body", "person")])
    assert len(np.unique(ids)) == len(ids)
    assert ids.max() < 2**53  # still exact where a kernel lets one become a float
    assert state["resident.uid"][500] == make_uid(RESIDENT, 1, 0)
    assert state["household.uid"][0] == make_uid(HOUSEHOLD, 0, 0)


def test_reduced_neighbours_are_rows_of_the_community_table_only(key: np.uint64) -> None:
    state = build(make(communities=2, span=6, residents=500), key)
    assert state["community.full"].tolist() == [1, 1, 0, 0, 0, 0]
    assert set(state["resident.community"]) == set(state["estate.community"]) == {0, 1}
    assert state["community.attention"].sum() == pytest.approx(1.0)
    assert abs(state["community.adults"][3] - 500 * 0.86) < 5


def test_nothing_is_under_way_and_the_books_balance(key: np.uint64) -> None:
    state = build(make(), key)
    assert not state["rows.used"].any()
    balance, flow = state["community.balance"], state["community.flow"]
    assert np.allclose(balance.sum(axis=1), 0.0)
    assert np.allclose(flow.sum(axis=(1, 3)) - flow.sum(axis=(2, 3)), balance)
    assert (np.delete(balance, OUTSIDE_ACCOUNTS, axis=1) >= 0).all()


def test_bodies_stand_in_the_agreed_order(key: np.uint64) -> None:
    state = build(make(communities=2, residents=5000, firm_share=1.0, owners_committee_share=0.0), key)
    bodies = state.table("body")
    assert bodies["type"][0] == Body.STREET_OFFICE
    assert bodies["community"][0] == -1
    types = bodies["type"][bodies["community"] == 1].tolist()
    fixed = [Body.STREET_DESK, Body.PARTY, Body.COMMITTEE, Body.STATION, Body.SECURITY, Body.MASS]
    rest = [Body.COMPANY] * 2 + [Body.ORGANISATION] * 4 + [Body.GROUP] * 3 + [Body.UNIT] * 3
    assert types == fixed + rest + [Body.COUNCIL, Body.BOARD] + [Body.OWNERS, Body.FIRM] * 3
    dead = bodies["alive"] == 0
    assert set(bodies["type"][dead]) == {Body.COUNCIL, Body.BOARD, Body.OWNERS}
    estates = state.table("estate")
    assert (bodies["type"][estates["firm"]] == Body.FIRM).all()
    assert (bodies["type"][estates["committee"]] == Body.OWNERS).all()
    assert (bodies["estate"][estates["firm"]] == np.arange(6)).all()
    assert (bodies["line"][np.isin(bodies["type"], (Body.COMPANY, Body.ORGANISATION))] >= 0).all()
    party = np.bincount(state["resident.community"], state["resident.party"])
    assert np.array_equal(bodies["members"][bodies["type"] == Body.PARTY], party)


def test_firms_and_committees_exist_at_the_rate_of_the_archetype(key: np.uint64) -> None:
    state = build(make(communities=20, span=20, residents=3000, estates=8, firm_share=0.6), key)
    estates = state.table("estate")
    assert len(estates["uid"]) == 160
    assert within((estates["firm"] >= 0).mean(), 0.6, 160, design=1.0)
    assert within(state["body.alive"][estates["committee"]].mean(), 0.22, 160, design=1.0)
    assert estates["contract_end"].std() > 20


def test_staff(key: np.uint64) -> None:
    state = build(make(communities=2, span=8), key)
    posts = state.table("person")
    own = posts["community"] == 1
    kinds = state["body.type"][posts["body"]]
    assert [(kinds[own] == k).sum() for k in (Body.PARTY, Body.COMMITTEE, Body.STREET_DESK)] == [1, 5, 4]
    assert [(kinds[own] == k).sum() for k in (Body.SECURITY, Body.MASS)] == [1, 1]
    assert (kinds == Body.STREET_OFFICE).sum() == 16
    assert posts["elected"][own].sum() == 5
    assert posts["desk"][own].sum() == 4
    contract = np.isin(kinds, (Body.SECURITY, Body.MASS))
    assert set(posts["hours"][contract]) == {20.0}
    assert set(posts["hours"][~contract]) == {34.0}
    assert (state["community.staff"] == 10).all()
    assert posts["skill"].mean() == pytest.approx(1.0, abs=0.1)
    assert posts["head"][own].sum() == 5


@pytest.mark.parametrize("staff", [1, 4, 25])
def test_any_number_of_staff(staff: int, key: np.uint64) -> None:
    state = build(make(residents=300, staff=staff), key)
    assert ((state["person.community"] == 0) & (state["person.hours"] == 34.0)).sum() == staff


@pytest.mark.parametrize(
    "changes",
    [
        {"owner_share": 1.0}, {"owner_share": 0.0}, {"migrant_share": 0.0}, {"aged60_share": 0.0}, {"ties": 0.0},
        {"residents_per_household": 1.0}, {"estates": 1}, {"units": 0}, {"digital_share": 1.0}, {"residents": 200},
    ],
)  # fmt: skip
def test_the_ends_of_the_ranges(changes: dict[str, float], key: np.uint64) -> None:
    state = build(make(**({"residents": 400} | changes)), key)
    assert state.rows["resident"] == changes.get("residents", 400)
    if changes.get("migrant_share") == 0.0:
        assert not state["resident.migrant"].any()


def test_parameters_are_declared_and_heard(key: np.uint64) -> None:
    assert all_params()["population"].keys() == ALL.keys()
    assert len(ALL) > 80
    few = build(make(residents=1000, parameters={"population": {"child_share": 0.05}}), key)
    assert (few["resident.adult"] == 0).mean() < 0.09


@pytest.mark.parametrize(
    "archetype", ["commercial", "old_danwei", "village_turned", "mixed_migrant", "affluent_mature"]
)
def test_the_shipped_archetypes_build(archetype: str, key: np.uint64) -> None:
    import sim

    state = build(sim.load([f"community={archetype}"]), key)
    assert state.rows["resident"] == 5000
    assert state.rows["item"] == 88
    assert state["item.rate"].sum() > 0
    assert set(state["item.group"]) == set(range(24))
