"""Calling one mechanism, or one body's rule, on a state made by hand, as the model would."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np

from sim.engine.effects import NOW, NUMBERS
from sim.engine.mechanism import Mechanism
from sim.engine.randomness import model_key
from sim.engine.state import State
from sim.engine.tables import Now, Numbers, Table
from sim.model.bodies.seats import numbers_of
from sim.model.plan import load_all
from sim.vocabulary.columns import AXES

KEY = model_key(1, 0)
load_all()  # a number may belong to a module that the test does not name


def call(
    mechanism: Mechanism, state: State, week: int = 0, day: int = 0, key: np.uint64 = KEY, **changed: float
) -> None:
    """Run a mechanism once; keyword arguments replace its numbers. Raises AssertionError for one that it has not."""
    mechanism.kernel(*handed(mechanism, state, week, day, key, **changed))


def handed(
    mechanism: Mechanism, state: State, week: int = 0, day: int = 0, key: np.uint64 = KEY, **changed: float
) -> list[Any]:
    """The arguments of a mechanism's kernel."""
    held: dict[str, Any] = {NOW: Now(int(key), week, day), NUMBERS: replaced(mechanism.numbers({}), **changed)}
    return [held.get(a) or Table(a, state.columns) for a in mechanism.arguments]


def replaced(numbers: Numbers, **changed: float) -> Numbers:
    """The numbers with some of them replaced."""
    unknown = set(changed) - set(numbers.names)
    assert not unknown, f"{numbers.module} has no number {sorted(unknown)}"
    values = dict(zip(numbers.names, numbers.values.tolist(), strict=False)) | changed
    return Numbers(numbers.module, numbers.names, [float(values[n]) for n in numbers.names])


def ruled(module: ModuleType, seen: np.ndarray[Any, Any], **changed: float) -> np.ndarray[Any, Any]:
    """The decision of the default rule of an agent's module on one observation."""
    decided = np.zeros(AXES["dec"])
    module.rule(seen, decided, replaced(numbers_of(module, {}), **changed))
    return decided
