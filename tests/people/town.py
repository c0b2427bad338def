"""A small town of random people, and a way to run one mechanism on it."""


import numpy as np

from sim.engine.mechanism import Mechanism
from sim.engine.randomness import model_key
from sim.engine.state import State
from sim.vocabulary.codes import Body
from tests.calls import call

KEY = model_key(11, 0)
COMMITTEE, PARTY = 2, 1
MEMBERS = 5


def run(mechanism: Mechanism, state: State, week: int = 0, key: np.uint64 = KEY, **changed: float) -> None:
    """Call one mechanism as the model does."""
    call(mechanism, state, week, key=key, **changed)


def link(state: State, ties: list[tuple[int, int]]) -> None:
    """Write symmetric ties."""
    n = state.rows["resident"]
    others: list[list[int]] = [[] for _ in range(n)]
    for i, j in ties:
        others[i].append(j)
        others[j].append(i)
    state["link.start"] = np.cumsum([0] + [len(o) for o in others])
    state["tie.other"][: sum(len(o) for o in others)] = [j for o in others for j in o]


def town(residents: int = 2000, degree: int = 6, seed: int = 3, extra: int = 0) -> State:
    """One community; households of two in buildings of 30 households; two estates, the second commercial.

    `extra` further residents (households of two) come after the others and have no ties.
    """
    total = residents + extra
    draws = np.random.default_rng(seed)
    households = total // 2
    buildings = households // 30 + 1
    state = State({
        "community": 1, "rule": 1, "estate": 2, "building": buildings, "household": households, "resident": total,
        "body": 3, "person": MEMBERS + 1, "case": 200, "active": 200, "task": 1, "journal": 50, "item": 1,
        "link": total + 1, "tie": residents * degree * 2,
    })  # fmt: skip
    state["community.full"] = 1
    state["community.residents"] = total
    state["community.row_of"] = -1
    state["community.row_of"][0, [Body.COMMITTEE, Body.PARTY]] = [COMMITTEE, PARTY]
    state["rule.election_term"] = 156
    state["rule.proxies"] = 3
    state["estate.commercial"] = [0, 1]
    state["body.type"] = [Body.STREET_OFFICE, Body.PARTY, Body.COMMITTEE]
    state["body.community"] = [-1, 0, 0]
    state["body.alive"] = 1
    state["body.capacity"][1:, 0] = [34.0, 170.0]
    state["body.left"] = state["body.capacity"]
    state["body.relation"] = 0.9
    state["person.uid"] = np.arange(90_000, 90_000 + MEMBERS + 1)
    state["person.body"] = [PARTY] + [COMMITTEE] * MEMBERS
    state["person.elected"] = [0] + [1] * MEMBERS
    state["person.employed"] = 1
    state["person.incumbents"] = 1
    state["person.skill"] = 1.0
    state["person.tenure"] = 100.0
    row = np.arange(total)
    state["resident.uid"] = 1000 + row
    state["resident.household"] = row // 2
    state["resident.building"] = row // 60
    state["resident.estate"] = (row // 60) % 2
    state["household.uid"] = 50_000 + np.arange(households)
    state["household.first"] = 2 * np.arange(households)
    state["household.size"] = 2
    state["household.building"] = np.arange(households) // 30
    state["household.estate"] = state["household.building"] % 2
    state["building.households"] = np.bincount(state["household.building"], minlength=buildings)
    home = draws.random((residents // 2, 2))
    state["resident.owner"][:residents] = np.repeat(home[:, 0] < 0.75, 2)
    state["resident.migrant"][:residents] = np.repeat(home[:, 1] < 0.2, 2)
    age = draws.uniform(5.0, 85.0, residents)
    state["resident.age"][:residents] = age
    state["resident.adult"][:residents] = age >= 18.0
    state["resident.party"][:residents] = (age >= 18.0) & (draws.random(residents) < 0.1)
    state["resident.digital"][:residents] = draws.random(residents) < 0.6
    state["resident.spare"][:residents] = np.where(age >= 60.0, 20.0, 8.0)
    for name in ("stake", "efficacy", "standing", "trust", "belonging", "giving", "ability", "threshold"):
        state[f"resident.{name}"][:residents] = np.clip(draws.normal(0.5, 0.15, residents), 0.0, 1.0)
    state["resident.volunteer"][:residents] = (age >= 18.0) & (draws.random(residents) < 0.02)
    for i in range(residents, total):
        state["resident.adult"][i] = 1
        state["resident.age"][i] = 40.0
        for name in ("stake", "efficacy", "standing", "trust", "belonging", "giving", "ability", "threshold", "spare"):
            state[f"resident.{name}"][i] = 0.9
    state["community.adults"] = int(state["resident.adult"].sum())
    pairs = draws.integers(0, residents, (residents * degree // 2, 2))
    link(state, [(int(i), int(j)) for i, j in pairs if i != j])
    return state
