"""Proof that the battery notices: every number of the model, and operators of every mechanism, move some town.

A number is set to its ends, one at a time, town after town until a column differs; where a range is a single value, to
something beyond it. Operators are changed one at a time in the source of a kernel (tests/golden/operators.py).
"""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache

import numpy as np

from sim.engine.state import State
from sim.scenario import Scenario, ScenarioError
from sim.scenario.parameters import registry
from tests.golden.battery import run, scenario_of, towns

BEYOND = 0.37  # where a number has no range: so much more, relative and absolute


@cache
def usual(town: str) -> State:
    """The town as it is."""
    return run(town)


def differs(one: State, other: State) -> bool:
    """Whether any column of two states differs."""
    if one.rows != other.rows:
        return True
    return any(not np.array_equal(one[name], other[name]) for name in one.columns)


def tried(module: str, name: str) -> Iterator[float]:
    """Values for a number: both ends of its range, and beyond it where it has none."""
    param = registry()[module][name]
    ends = [end for end in (param.low, param.high) if end != param.value]
    yield from ends or [param.value * (1.0 + BEYOND) + BEYOND]


def with_number(scenario: Scenario, module: str, name: str, value: float) -> Scenario:
    """The same scenario with one number changed, its range not asked for."""
    numbers = {m: dict(own) for m, own in scenario.parameters.items()}
    numbers[module][name] = value
    return scenario.model_copy(update={"parameters": numbers})


def moved_by_number(key: str) -> tuple[str, str]:
    """The number and the first town that it moves, or nothing."""
    module, _, name = key.partition(".")
    for town in towns():
        for value in tried(module, name):
            try:
                found = run(town, with_number(scenario_of(town), module, name, value))
            except (ScenarioError, ValueError):
                continue  # no such town can be
            if differs(usual(town), found):
                return key, town
    return key, ""


def numbers(patterns: list[str]) -> list[str]:
    """Keys `module.name` that match any of the patterns. What prices hours is read by indicators alone."""
    every = [f"{m}.{n}" for m, own in registry().items() for n in own if m != "prices"]
    return [k for k in every if not patterns or any(fnmatch.fnmatch(k, p) for p in patterns)]


def prove(patterns: list[str]) -> int:
    """Try all numbers, or those that match; prints those that move nothing. Returns 1 when there are any."""
    keys = numbers(patterns)
    idle = []
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        for count, (key, town) in enumerate(pool.map(moved_by_number, keys, chunksize=4), 1):
            if not town:
                idle.append(key)
                print(f"moves nothing: {key}", flush=True)
            if count % 50 == 0:
                print(f"{count} of {len(keys)}", flush=True)
    print(f"{len(keys) - len(idle)} of {len(keys)} numbers move a town")
    return int(bool(idle))
