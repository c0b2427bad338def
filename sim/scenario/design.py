"""Designs: which settings of the shared keys a study visits. Factors in, a list of points out; nothing is composed."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sim.scenario import fractional
from sim.scenario.comparison import SAMPLED, Design, Factor
from sim.scenario.constraints import Condition, all_of
from sim.vocabulary.errors import ScenarioError, close

KINDS = ("list", "grid", "oat", "factorial", "fractional", *SAMPLED)
WHOLE = ("fractional", "morris", "saltelli")  # balanced only when every point is there
BY_SALIB = ("morris", "saltelli")
LEVELS_OF_MORRIS = 4
MOST_POINTS = 100_000
MOST_DRAWS = 64  # points drawn for each that is wanted, before the conditions count as too narrow
Values = dict[str, Any]


def draw(design: Design, listed: Sequence[Values] = (), stated: Mapping[str, Any] | None = None) -> list[Values]:
    """The points of a design, each the values of its factors; `listed` are those of the kind "list".

    Points that break a condition are left out; of a sample as many are drawn as were asked for. `stated` holds the
    values of factors that a point does not set. Raises ScenarioError when the design cannot be drawn as asked.
    """
    keys = [f.key for f in design.factors]
    holds = all_of(design.constraints, keys)
    if design.constraints and design.kind in WHOLE:
        raise ScenarioError(
            f"a design of kind {design.kind} is balanced only with all its points, so it takes no constraints; "
            "narrow the ranges, or take kind: grid, factorial, lhs or sobol"
        )
    if design.kind in ("lhs", "sobol"):
        return _sampled(design, holds)
    made = list(listed) if design.kind == "list" else _MAKERS[design.kind](design)
    if not made:
        raise ScenarioError(f"the design of kind {design.kind} has no points; name at least one factor")
    kept = [row for row in made if holds({**(stated or {}), **row})] if design.constraints else made
    if not kept:
        raise ScenarioError(f"no point of the design keeps to its constraints ({'; '.join(design.constraints)})")
    return kept


def _sampled(design: Design, holds: Condition) -> list[Values]:
    """As many points as were asked for that keep to the conditions: the first of a larger sample."""
    times = 1
    while times <= MOST_DRAWS:
        kept = [row for row in _SAMPLERS[design.kind](design, design.size * times) if holds(row)]
        if len(kept) >= design.size:
            return kept[: design.size]
        times *= 2
    raise ScenarioError(
        f"fewer than one of {MOST_DRAWS} points drawn from the ranges keeps to the constraints "
        f"({'; '.join(design.constraints)}); narrow the ranges"
    )


def _grid(design: Design) -> list[Values]:
    count = math.prod(len(levels(f)) for f in design.factors)
    if count > MOST_POINTS:
        raise ScenarioError(
            f"the grid has {count:,} points; at most {MOST_POINTS:,} are run, so name fewer values or take kind: lhs"
        )
    keys = [f.key for f in design.factors]
    return [dict(zip(keys, row, strict=True)) for row in itertools.product(*(levels(f) for f in design.factors))]


def _one_at_a_time(design: Design) -> list[Values]:
    """The state as stated, then each factor at each of its values with all others as stated."""
    return [{}, *({f.key: value} for f in design.factors for value in levels(f))]


def _factorial(design: Design) -> list[Values]:
    for f in design.factors:
        if len(levels(f)) != 2:
            raise ScenarioError(f"kind: factorial needs two values of every factor, but {f.key} has {len(levels(f))}")
    return _grid(design)


def _fractional(design: Design) -> list[Values]:
    for f in design.factors:
        if len(levels(f)) != 2:
            raise ScenarioError(f"kind: fractional needs two values of every factor, but {f.key} has {len(levels(f))}")
    rows = fractional.rows(len(design.factors), design.resolution)
    return [{f.key: levels(f)[at] for f, at in zip(design.factors, row, strict=True)} for row in rows]


def _latin_hypercube(design: Design, size: int) -> list[Values]:
    import numpy as np
    from scipy.stats import qmc

    return _from_unit(
        design, qmc.LatinHypercube(len(design.factors), seed=np.random.default_rng(design.seed)).random(size)
    )


def _sobol(design: Design, size: int) -> list[Values]:
    import numpy as np
    from scipy.stats import qmc

    power = size.bit_length() - 1
    if size != 1 << power:
        raise ScenarioError(
            f"design.size is {design.size}; a Sobol sequence is balanced at powers of two only, "
            f"such as {1 << power} or {2 << power}"
        )
    return _from_unit(
        design, qmc.Sobol(len(design.factors), seed=np.random.default_rng(design.seed)).random_base2(power)
    )


def unit_sample(design: Design) -> Any:
    """The sample of a design that SALib draws, one row a point, every factor between 0 and 1."""
    if design.kind == "morris":
        return _salib("morris").sample(problem(design), design.size, LEVELS_OF_MORRIS, seed=design.seed)
    return _salib("sobol").sample(problem(design), design.size, calc_second_order=False, seed=design.seed)


def _by_salib(design: Design) -> list[Values]:
    return _from_unit(design, unit_sample(design))


_MAKERS: dict[str, Callable[[Design], list[Values]]] = {
    "grid": _grid,
    "oat": _one_at_a_time,
    "factorial": _factorial,
    "fractional": _fractional,
    "morris": _by_salib,
    "saltelli": _by_salib,
}
_SAMPLERS: dict[str, Callable[[Design, int], list[Values]]] = {"lhs": _latin_hypercube, "sobol": _sobol}


def problem(design: Design) -> dict[str, Any]:
    """The design as SALib wants it: every factor between 0 and 1, mapped to its own values afterwards."""
    names = [f.key for f in design.factors]
    return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}


def _salib(name: str) -> Any:
    import importlib

    try:
        return importlib.import_module(f"SALib.sample.{name}")
    except ImportError:
        raise ScenarioError(
            f"a design of kind {'morris' if name == 'morris' else 'saltelli'} is drawn by SALib, which is not "
            "installed; install it with: pip install 'gongzhi[sensitivity]'"
        ) from None


def _from_unit(design: Design, unit: Any) -> list[Values]:
    return [{f.key: at(f, float(u)) for f, u in zip(design.factors, row, strict=True)} for row in unit]


def at(factor: Factor, u: float) -> Any:
    """Value of a factor at a place between 0 and 1; stated values share that stretch equally."""
    if factor.values:
        return factor.values[min(len(factor.values) - 1, int(u * len(factor.values)))]
    low, high = ends(factor)
    if factor.whole:
        return min(int(high), math.floor(low + u * (high - low + 1.0)))
    return min(high, low + u * (high - low))  # rounding must not carry it over the end


def levels(factor: Factor) -> tuple[Any, ...]:
    """The values that a factor is set to one by one: those stated, else both ends of its range."""
    if factor.values:
        return factor.values
    low, high = ends(factor)
    return (int(low), int(high)) if factor.whole else (low, high)


def only(factors: Sequence[Factor], text: str) -> list[Factor]:
    """Those of the factors that `design.factors=[KEY,KEY]` names. Raises ScenarioError for one that is none of them."""
    known = {f.key: f for f in factors}
    named = [word.strip() for word in text.strip("[]").split(",") if word.strip()]
    if not named:
        raise ScenarioError("on the command line: design.factors names no key; write design.factors=[KEY,KEY]")
    for key in named:
        if key not in known:
            raise ScenarioError(
                f"on the command line: design.factors names {key}, which the study does not vary; {close(key, known)}"
            )
    return [known[key] for key in dict.fromkeys(named)]


def ends(factor: Factor) -> tuple[float, float]:
    """The range of a factor that has one."""
    if factor.low is None or factor.high is None:
        raise ScenarioError(f"the design varies {factor.key}, but neither its values nor a range are known")
    return float(factor.low), float(factor.high)


def shown(values: Mapping[str, Any]) -> str:
    """A point in short."""
    return ", ".join(f"{k}={v:.6g}" if isinstance(v, float) else f"{k}={v}" for k, v in values.items()) or "as stated"
