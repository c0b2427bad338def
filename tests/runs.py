"""Scenarios and runs for the tests: loaded once, changed as plain data, run without more ceremony than needed."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

import sim
from sim.engine.state import State
from sim.model.simulation import Model
from sim.scenario import Scenario


@functools.cache
def load(*words: str) -> Scenario:
    """The scenario of some overrides, composed once."""
    return sim.load(list(words))


def small(*words: str, residents: int = 600, years: int = 1, warmup: int = 0) -> Scenario:
    """A small town and a short run."""
    return load(f"community.residents={residents}", f"years={years}", f"warmup_years={warmup}", *words)


def merged(whole: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Plain data with values replaced: `changes` maps dotted keys ("policy.desks.pooled") to values."""
    made: dict[str, Any] = _copy(whole)
    for key, value in changes.items():
        at = made
        *steps, last = key.split(".")
        for step in steps:
            at = at[step]
        if last not in at:
            raise KeyError(key)
        at[last] = value
    return made


def _copy(value: Any) -> Any:
    return {k: _copy(v) for k, v in value.items()} if isinstance(value, Mapping) else value


def changed(scenario: Scenario, changes: Mapping[str, Any] | None = None, /, **at: Any) -> Scenario:
    """The scenario with other values at dotted keys; keyword arguments are keys of the first level."""
    return Scenario.from_dict(merged(scenario.to_dict(), {**(changes or {}), **at}))


def from_the_start(scenario: Scenario) -> Scenario:
    """The same scenario with its own structure and overlays in the warm-up too, so that no reform happens."""
    whole = scenario.to_dict()
    return changed(scenario, {"base.structure": whole["structure"], "base.policy": whole["policy"], "base.package": ""})


def run(scenario: Scenario, **how: Any) -> Model:
    """The finished model of a scenario."""
    model = Model(scenario, **how)
    return model.run_until(model.last_week)


def watch(scenario: Scenario, look: Callable[[Model], None], **how: Any) -> Model:
    """Run a scenario and look at the model after every week."""
    model = Model(scenario, **how)
    while model.tick < model.last_week:
        model.step()
        look(model)
    return model


def differing(a: State, b: State, apart_from: Iterable[str] = ()) -> list[str]:
    """Names of the columns whose used rows are not equal bit for bit."""
    skipped = set(apart_from)
    found = []
    for name in a.columns:
        if name in skipped:
            continue
        table = name.split(".", 1)[0]
        x, y = a[name][: a.used(table)], b[name][: b.used(table)]
        if x.shape != y.shape or x.tobytes() != y.tobytes():
            found.append(name)
    return found


def differing_records(a: Model, b: Model) -> list[str]:
    """Names of what the recorders hold that is not equal bit for bit."""
    mine, other = a.recorder.arrays(), b.recorder.arrays()
    if set(mine) != set(other):
        return sorted(set(mine) ^ set(other))
    keep = ("weekly", "counts", "settled")
    return [n for n in mine if (n in keep or n.startswith("mark")) and mine[n].tobytes() != other[n].tobytes()]


def cases(model: Model) -> dict[str, np.ndarray[Any, Any]]:
    """The cases felt so far, by short column name."""
    return model.store.table("case")
