"""The protocol as typed data: free parameters with their priors, patterns with tolerances, sizes of the search."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.scenario.catalogue import Catalogue
from sim.scenario.parameters import registry
from sim.scenario.uncertainty import FOLDER
from sim.vocabulary.errors import ScenarioError, close

PROTOCOL = "protocol.yaml"
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Prior:
    """A free parameter, uniform between two ends; `name` is module.name."""

    name: str
    low: float
    high: float
    value: float
    unit: str
    source: str


@dataclass(frozen=True)
class Check:
    """One number that a pattern asks for; open at an end that is infinite."""

    pattern: str
    name: str
    low: float
    high: float
    unit: str
    sign: bool
    label: Mapping[str, str]

    def holds(self, values: Any) -> Any:
        """Whether values (scalar or array) lie within the tolerance, a sign strictly; False where there is none."""
        found = np.asarray(values)
        return ((found > self.low) if self.sign else (found >= self.low)) & (found <= self.high)


@dataclass(frozen=True)
class Protocol:
    """Everything that is fixed before the first run of a calibration."""

    era: str
    community: str
    common: tuple[str, ...]
    load: Mapping[str, float]
    mixed: Mapping[str, Any]
    priors: tuple[Prior, ...]
    checks: tuple[Check, ...]
    labels: Mapping[str, Mapping[str, str]]
    sources: Mapping[str, str]
    search: Mapping[str, Any]
    ensemble: Mapping[str, Any]

    @property
    def patterns(self) -> tuple[str, ...]:
        """Ids of the patterns in order."""
        return tuple(self.labels)

    def of(self, pattern: str) -> list[Check]:
        """The checks of a pattern."""
        return [c for c in self.checks if c.pattern == pattern]

    def sets(self, points: Array) -> list[dict[str, float]]:
        """Points of the unit cube [n, parameters] as parameter sets, rounded to six digits."""
        low = np.array([p.low for p in self.priors])
        high = np.array([p.high for p in self.priors])
        values = low + points * (high - low)
        names = [p.name for p in self.priors]
        return [dict(zip(names, (_rounded(v) for v in row), strict=True)) for row in values]

    def points(self, sets: Sequence[Mapping[str, float]]) -> Array:
        """Parameter sets as points of the unit cube."""
        return np.array([[(one[p.name] - p.low) / (p.high - p.low) for p in self.priors] for one in sets])


def load_protocol(catalogue: Catalogue, changes: Mapping[str, Any] | None = None) -> Protocol:
    """The protocol of the user's folder or of the program, `changes` to its sizes applied. Raises ScenarioError."""
    path = next(
        (r / FOLDER / PROTOCOL for r in reversed(catalogue.roots) if (r / FOLDER / PROTOCOL).is_file()),
        catalogue.built_in / FOLDER / PROTOCOL,
    )
    data = catalogue.read(path)
    known = registry()
    priors = []
    for name, ends in data["parameters"].items():
        module, _, last = name.partition(".")
        if last not in known.get(module, {}):
            names = [f"{m}.{n}" for m, params in known.items() for n in params]
            raise ScenarioError(f"in {path}: there is no parameter {name!r}; {close(name, names)}")
        param = known[module][last]
        low, high = float(ends.get("low", param.low)), float(ends.get("high", param.high))
        if not param.low <= low < high <= param.high:
            raise ScenarioError(
                f"in {path}: {name} runs from {low:g} to {high:g}; "
                f"the ends must lie in order between {param.low:g} and {param.high:g} {param.unit}"
            )
        priors.append(Prior(name, low, high, param.value, param.unit, param.source))
    checks = [
        Check(
            pattern, name, float(c.get("low", -math.inf)), float(c.get("high", math.inf)), str(c["unit"]),
            bool(c.get("sign", False)), {"zh": str(c["zh"]), "en": str(c["en"])},
        )
        for pattern, about in data["patterns"].items()
        for name, c in about["checks"].items()
    ]  # fmt: skip
    sizes = {"search": dict(data["search"]), "ensemble": dict(data["ensemble"])}
    for key, value in (changes or {}).items():
        part = next((p for p in sizes.values() if key in p), None)
        if part is None:
            every = [k for p in sizes.values() for k in p]
            raise ScenarioError(f"on the command line: a calibration has no {key!r}; {close(key, every)}")
        part[key] = _number(key, value, part[key])
    return Protocol(
        era=str(data["era"]),
        community=str(data["community"]),
        common=tuple(data["common"]),
        load=data["load"],
        mixed=data["mixed"],
        priors=tuple(priors),
        checks=tuple(checks),
        labels={k: v["label"] for k, v in data["patterns"].items()},
        sources={k: str(v["source"]) for k, v in data["patterns"].items()},
        search=sizes["search"],
        ensemble=sizes["ensemble"],
    )


def _number(key: str, value: Any, usual: Any) -> Any:
    try:
        number = type(usual)(value)
    except (TypeError, ValueError):
        number = -1
    if number < 0 or (number == 0 and key != "seed"):
        raise ScenarioError(f"on the command line: {key} is {value!r}; it must be a number above zero, such as {usual}")
    return number


def _rounded(value: float) -> float:
    return float(f"{value:.6g}")
