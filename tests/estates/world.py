"""A small hand-made subdistrict for the tests of estates: full control over every column, no population generator."""


import numpy as np

from sim.engine.mechanism import Mechanism
from sim.engine.randomness import model_key
from sim.engine.state import State
from sim.vocabulary.codes import Account, Body, Stream
from tests import calls

KEY = model_key(7, 0)


def build(estates: int = 1, households: int = 200, owners: float = 0.8, committee: bool = False) -> State:
    """One community whose estates have a firm each; household i of an estate holds one adult."""
    n = estates * households
    bodies = 1 + 2 * estates + 1
    s = State({
        "community": 1, "rule": 1, "estate": estates, "building": estates, "household": n, "resident": n,
        "body": bodies, "person": 0, "case": 64, "task": 0, "item": 0, "link": 1, "tie": 0, "active": 64,
        "journal": 200000,
    })  # fmt: skip
    rng = np.random.default_rng(1)
    s["community.full"] = 1
    s["community.residents"] = n
    s["rule.founding_share"] = 0.5
    s["estate.uid"] = 1000 + np.arange(estates)
    s["estate.households"] = households
    s["estate.fee"] = 120.0
    s["estate.commercial"] = 1
    s["estate.effort"] = 0.6
    s["estate.collection"] = 0.75
    s["estate.decay"] = 0.3
    s["estate.cost_index"] = 1.0
    s["estate.fee_index"] = 1.0
    s["estate.contract_end"] = 100
    s["building.estate"] = np.arange(estates)
    s["building.households"] = households
    s["building.residents"] = households
    s["household.uid"] = 5000 + np.arange(n)
    s["household.estate"] = np.repeat(np.arange(estates), households)
    s["household.building"] = s["household.estate"]
    s["household.first"] = np.arange(n)
    s["household.size"] = 1
    s["household.owner"] = np.tile(np.arange(households) < owners * households, estates)
    s["household.income"] = np.exp(rng.normal(0.0, 0.4, n))
    s["household.paid"] = rng.random(n) < 0.75
    s["estate.owners"] = int(owners * households)
    s["resident.uid"] = 9000 + np.arange(n)
    s["resident.household"] = np.arange(n)
    s["resident.estate"] = s["household.estate"]
    s["resident.adult"] = 1
    s["resident.stake"] = rng.uniform(0.2, 0.9, n)
    s["resident.spare"] = rng.uniform(0.0, 8.0, n)
    s["resident.giving"] = rng.uniform(0.0, 1.0, n)
    s["resident.belonging"] = 0.5
    s["body.uid"] = 100 + np.arange(bodies)
    s["body.type"] = [Body.STREET_OFFICE] + [Body.OWNERS, Body.FIRM] * estates + [Body.COMPANY]
    s["body.community"] = [-1] + [0] * (bodies - 1)
    s["body.estate"] = [-1] + [e for e in range(estates) for _ in (0, 1)] + [-1]
    s["body.alive"] = [1] + [int(committee), 1] * estates + [0]
    s["body.members"] = [10.0] + [7.0 * committee, 10.0] * estates + [0.0]
    s["body.line"] = -1
    s["body.skill"] = 1.0
    s["estate.committee"] = 1 + 2 * np.arange(estates)
    s["estate.firm"] = 2 + 2 * np.arange(estates)
    return s


def call(s: State, mechanism: Mechanism, week: int = 0, **params: float) -> None:
    """Run one mechanism on the state; keyword arguments replace numbers."""
    calls.call(mechanism, s, week, key=KEY, **params)


def run(s: State, weeks: int, start: int = 0, fixed_effort: float | None = None, **params: float) -> None:
    """Run the estates' part of the week in the order of the plan, without cases."""
    from sim.model.bodies import firm, owners
    from sim.model.companies import companies, company
    from sim.model.estates import contract, founding, upkeep
    from sim.model.money import fees

    def own(m: Mechanism) -> dict[str, float]:
        return {k: v for k, v in params.items() if k in m.params}

    for week in range(start, start + weeks):
        s.zero_counts()
        for m in (firm.operate, contract.volunteers, companies.offer):
            call(s, m, week, **own(m))
        s["body.left"] = s["body.capacity"]
        for m in (firm.perceive, owners.perceive, company.perceive, firm.decide, owners.decide, company.decide,
                  contract.watch, contract.renew, upkeep.step, companies.step, founding.step, contract.vote,
                  contract.step,
                  fees.step, contract.common, contract.tiring):  # fmt: skip
            call(s, m, week, **own(m))
            if m is firm.decide and fixed_effort is not None:
                s["body.dec"][s["body.type"] == Body.FIRM, 0] = fixed_effort
        s["body.hours"][:, :, Stream.IDLE] += s["body.left"]
        s["body.hours_total"] += s["body.hours"]


def firm_money(s: State) -> float:
    """Money that the firms hold by their own purses."""
    return float(s["body.purse"][s["body.type"] == Body.FIRM].sum())


__all__ = ["KEY", "Account", "build", "call", "firm_money", "run"]
