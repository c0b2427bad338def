"""What every seat has: a typed observation, a typed decision with ranges, and a default rule."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field, fields
from enum import IntEnum
from typing import Any

from sim.vocabulary.columns import widen


def bounded(low: float, high: float, unit: str, meaning: str, default: Any = MISSING) -> Any:
    """A field of a Decision: a float between low and high."""
    metadata = {"low": low, "high": high, "unit": unit, "meaning": meaning}
    if default is MISSING:
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


def known(unit: str, meaning: str) -> Any:
    """A field of an Observation."""
    return field(metadata={"unit": unit, "meaning": meaning})


class DecisionError(ValueError):
    """A decision that a seat may not make; the message names the field and the range."""


@dataclass(frozen=True)
class Observed:
    """Base of all observations: `week` and `community` say when and where; fields after them are the vector."""

    def vector(self) -> list[float]:
        return [float(getattr(self, f.name)) for f in fields(self)]


@dataclass(frozen=True)
class Decided:
    """Base of all decisions; checked when made."""

    def __post_init__(self) -> None:
        for f in fields(self):
            value = getattr(self, f.name)
            low, high = f.metadata["low"], f.metadata["high"]
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise DecisionError(f"{type(self).__name__}.{f.name} must be a number, not {value!r}")
            if not low <= value <= high:
                raise DecisionError(
                    f"{type(self).__name__}.{f.name} is {value!r}; it must lie between {low} and {high}"
                )

    def vector(self) -> list[float]:
        return [float(getattr(self, f.name)) for f in fields(self)]


def slots(made: type) -> Any:
    """Places of the fields of an Observation or a Decision in its vector, by their names in capitals.

    Kernels read them as constants: `obs[Obs.LOAD]`.
    """
    widen("obs" if issubclass(made, Observed) else "dec", len(fields(made)))
    return IntEnum(made.__name__, {f.name.upper(): place for place, f in enumerate(fields(made))})
