"""A tiny community to try one mechanism in."""

from typing import Any

import numpy as np

from sim.engine.mechanism import Mechanism
from sim.engine.randomness import model_key
from sim.engine.state import State
from sim.vocabulary.codes import Body
from tests.calls import call

KEY = model_key(7, 0)
BODIES = (
    Body.STREET_OFFICE, Body.STREET_DESK, Body.PARTY, Body.COMMITTEE, Body.STATION, Body.SECURITY, Body.MASS,
    Body.ORGANISATION, Body.GROUP, Body.UNIT, Body.UNIT, Body.COUNCIL, Body.BOARD, Body.OWNERS, Body.FIRM,
)  # fmt: skip
ROW = {kind: BODIES.index(kind) for kind in BODIES}


def world(residents: int = 200, communities: int = 1, **rows: int) -> State:
    """One community: party 1, committee 5, four desks, two at the line bodies; the office has three persons.

    `rows` are rows of other tables, such as building=6.
    """
    state = State({
        "community": communities, "rule": communities, "body": len(BODIES), "person": 15, "resident": residents,
        "case": 50, "task": 20, "active": 50, "journal": 2000, "item": 3, "household": 1, "building": 0, "estate": 1,
        "link": residents + 1, **rows,
    })  # fmt: skip
    state["community.full"] = 1
    state["community.residents"] = residents
    state["community.adults"] = residents
    state["community.staff"] = 10
    state["community.growth"] = 1.0
    state["community.task_weight"] = 1.0
    state["body.uid"] = np.arange(100, 100 + len(BODIES))
    state["body.type"] = [int(b) for b in BODIES]
    state["body.community"] = [-1] + [0] * (len(BODIES) - 1)
    state["body.alive"] = 1
    state["body.alive"][[ROW[Body.COUNCIL], ROW[Body.BOARD]]] = 0
    state["body.relation"] = 0.5
    state["body.skill"] = 1.0
    seats = [Body.STREET_OFFICE] * 3 + [Body.PARTY] + [Body.COMMITTEE] * 5 + [Body.STREET_DESK] * 4
    seats += [Body.SECURITY, Body.MASS]
    state["person.uid"] = np.arange(500, 515)
    state["person.community"] = [-1] * 3 + [0] * 12
    state["person.body"] = [ROW[s] for s in seats]
    state["person.second"] = -1
    state["person.hours"] = 34.0
    state["person.desk"] = [int(s == Body.STREET_DESK) for s in seats]
    state["person.employed"] = 1
    state["person.incumbents"] = 1
    state["person.skill"] = 1.0
    state["person.head"][3] = 1
    state["resident.uid"] = np.arange(1000, 1000 + residents)
    state["resident.adult"] = 1
    state["resident.ability"] = 0.7
    state["resident.spare"] = 5.0
    state["resident.stake"] = 0.8
    state["resident.efficacy"] = 0.6
    state["resident.giving"] = 0.6
    state["resident.standing"] = 0.5
    state["household.income"] = 1.0
    state["community.row_of"] = -1
    for kind, row in ROW.items():
        state["community.row_of"][:, int(kind)] = row if kind != Body.STREET_OFFICE else -1
    state["rule.election_term"] = 156
    state["rule.pay"] = 2000.0
    return state


def run(mechanism: Mechanism, state: State, week: int = 0, **changed: Any) -> None:
    """Call one mechanism as the model does, with its numbers at their values unless changed."""
    call(mechanism, state, week, key=KEY, **changed)
