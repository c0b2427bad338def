"""Paired runs: the same people and problems under two scenarios that differ in one thing from the first day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from sim.model.simulation import Model
from sim.scenario import Scenario
from tests.runs import changed, from_the_start, run, small

Measure = Callable[[Model], float]
REPLICATES = 6


def town(*words: str, residents: int = 1500, years: int = 2, **changes: Any) -> Scenario:
    """A town with more problems than usual, so that few runs tell; `changes` are dotted keys with __ for the dot."""
    base = small(*words, residents=residents, years=years)
    usual = {"community.problems_per_1000": 25.0}
    return changed(base, {**usual, **{k.replace("__", "."): v for k, v in changes.items()}})


def differences(
    base: Scenario, change: Mapping[str, Any], *measures: Measure, replicates: int = REPLICATES
) -> list[np.ndarray]:
    """For each measure the paired differences, changed minus base, one a replicate."""
    other = from_the_start(changed(base, change))
    base = from_the_start(base)
    found = []
    for replicate in range(replicates):
        a, b = run(base.at(replicate=replicate)), run(other.at(replicate=replicate))
        found.append([measure(b) - measure(a) for measure in measures])
    return [np.array(column) for column in zip(*found, strict=True)]


def indicator(name: str) -> Measure:
    """An indicator of the whole run."""
    return lambda model: model.result().indicators[name]


def rises(values: np.ndarray, share: float = 0.6) -> None:
    """The mean is above zero, and so are most pairs."""
    values = values[~np.isnan(values)]
    assert len(values) > 1, "nothing to compare"
    assert values.mean() > 0, values
    assert (values > 0).mean() >= share, values


def falls(values: np.ndarray, share: float = 0.6) -> None:
    """The mean is below zero, and so are most pairs."""
    rises(-values, share)
