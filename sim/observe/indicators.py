"""All indicators: importing this fills the registry; `compute` gives every number of a run."""

from __future__ import annotations

import importlib
import math
import pkgutil

import numpy as np

import sim.observe
from sim.observe.registry import INDICATORS, STEADY, TRANSITION, Indicator
from sim.observe.run import TRANSITION_WEEKS, Run

__all__ = ["INDICATORS", "Indicator", "compute", "indicator_of", "names"]

for _module in pkgutil.iter_modules(sim.observe.__path__, "sim.observe."):
    if _module.name.startswith(f"{__name__}_"):  # each registers its own
        importlib.import_module(_module.name)


def names() -> list[str]:
    """Every name that `compute` returns, in order."""
    primary = [n for n, item in INDICATORS.items() if item.primary]
    return [*INDICATORS, *(n + TRANSITION for n in primary), *(n + STEADY for n in primary)]


def indicator_of(name: str) -> Indicator:
    """The indicator behind a name, with or without _transition or _steady. Raises KeyError for an unknown name."""
    base = name.removesuffix(TRANSITION).removesuffix(STEADY)
    if name in INDICATORS:
        return INDICATORS[name]
    if base in INDICATORS and INDICATORS[base].primary:
        return INDICATORS[base]
    raise KeyError(f"there is no indicator {name!r}")


def compute(run: Run) -> dict[str, float]:
    """All indicators of a run, primary ones also for transition and steady state; NaN where nothing can be measured."""
    start, end = run.window
    middle = min(start + TRANSITION_WEEKS, end)
    with np.errstate(all="ignore"):
        found = {name: float(item.function(run)) for name, item in INDICATORS.items()}
        for suffix, part in ((TRANSITION, run.over(start, middle)), (STEADY, run.over(middle, end))):
            empty = part.window[0] >= part.window[1]
            for name, item in INDICATORS.items():
                if item.primary:
                    found[name + suffix] = math.nan if empty else float(item.function(part))
    return found
