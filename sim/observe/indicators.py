"""All indicators: importing this fills the registry; `compute` gives every number of a run."""

from __future__ import annotations

import math

import numpy as np

from sim.observe import (  # noqa: F401  each module registers its indicators
    indicators_meetings,
    indicators_money,
    indicators_people,
    indicators_problems,
    indicators_record,
    indicators_rights,
    indicators_work,
)
from sim.observe.registry import INDICATORS, STEADY, TRANSITION, Indicator
from sim.observe.run import TRANSITION_WEEKS, Run

__all__ = ["INDICATORS", "Indicator", "compute", "indicator_of", "names", "table"]


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


def table() -> str:
    """The generated page docs/indicators.md."""
    lines = [
        "# Indicators",
        "",
        "Generated from the registry by `sim.observe.indicators.table()`; a test keeps it current. Simulated, does not "
        "assess any real community (模拟结果,不评价任何真实社区).",
        "",
        "Each indicator is one function and nothing else computes it. `better`: + more is better, - less is better, "
        "· neither can be said. Primary indicators (P) also exist as `NAME_transition` (first 104 weeks after the "
        "reform) and `NAME_steady` (the weeks after). Windows run from the reform to the end of the run; a problem "
        "belongs to the week in which it was felt. Values are empty where there is nothing to measure.",
    ]
    groups = dict.fromkeys(item.group for item in INDICATORS.values())
    for group in groups:
        lines += ["", f"## {group.capitalize()}", ""]
        lines += [
            "| name | | label | unit | range | better | definition | source |",
            "|---|---|---|---|---|---|---|---|",
        ]
        for item in INDICATORS.values():
            if item.group == group:
                lines.append(_line(item))
    return "\n".join(lines) + "\n"


def _line(item: Indicator) -> str:
    def edge(value: float) -> str:
        return ("∞" if value > 0 else "-∞") if math.isinf(value) else f"{value:g}"

    better = {1: "+", -1: "-", 0: "·"}[item.better]
    return (
        f"| `{item.name}` | {'P' if item.primary else ''} | {item.label['zh']}<br>{item.label['en']} | {item.unit} "
        f"| {edge(item.low)} to {edge(item.high)} | {better} | {item.definition['zh']}<br>{item.definition['en']} "
        f"| {item.source} |"
    )
