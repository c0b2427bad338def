"""Proof that the battery notices: every number of the model, and operators of every mechanism, move some town.

A number is set to its ends, one at a time, town after town until a column differs; where a range is a single value, to
something beyond it. Operators are changed one at a time in the source of a kernel (tests/golden/operators.py). A town
moves when a digest differs that the record holds.
"""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from sim.scenario import Scenario, ScenarioError
from sim.scenario.parameters import registry
from tests.golden.battery import exact, run, scenario_of, towns
from tests.golden.operators import prove_operators, usual

ROOM = "population.case_room"  # rows that are kept free; and what prices hours is read by indicators alone
SEED, SAMPLE = 1, 420  # of operators, when nothing else is said
BEYOND = 0.37  # where a number has no range: so much more, relative and absolute


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
                found = exact(run(town, with_number(scenario_of(town), module, name, value)))
            except (ScenarioError, ValueError):
                continue  # no such town can be
            if found != usual(town):
                return key, town
    return key, ""


def numbers(patterns: list[str]) -> list[str]:
    """Keys `module.name` that match any of the patterns, without those that are no part of what the model does."""
    every = [f"{m}.{n}" for m, own in registry().items() for n in own if m != "prices"]
    return [k for k in every if k != ROOM and (not patterns or any(fnmatch.fnmatch(k, p) for p in patterns))]


def prove_numbers(patterns: list[str]) -> int:
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


def prove(words: list[str]) -> int:
    """Both proofs or the one that is named, for what matches a pattern; operators by `seed=` and `sample=`."""
    which = words[0] if words[:1] in (["numbers"], ["operators"]) else ""
    rest = words[1:] if which else words
    given = dict(word.split("=", 1) for word in rest if "=" in word)
    patterns = [word for word in rest if "=" not in word]
    failed = 0
    if which in ("", "numbers"):
        failed |= prove_numbers(patterns)
    if which in ("", "operators"):
        failed |= prove_operators(patterns, int(given.get("seed", SEED)), int(given.get("sample", SAMPLE)))
    return failed
