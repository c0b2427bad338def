"""The registry of indicators: one function each, declared together with what it means."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.observe.run import Run

Function = Callable[["Run"], float]
LANGUAGES = ("zh", "en")
TRANSITION = "_transition"
STEADY = "_steady"


@dataclass(frozen=True)
class Indicator:
    """What a number means. `better` is +1 when more is better, -1 when less is, 0 when neither can be said.

    A primary indicator is also computed as NAME_transition (the first 104 weeks after the reform) and NAME_steady
    (the weeks after those).
    """

    name: str
    unit: str
    low: float
    high: float
    better: int
    group: str
    label: Mapping[str, str] = field(hash=False)
    definition: Mapping[str, str] = field(hash=False)
    source: str
    primary: bool
    reads: tuple[str, ...]
    function: Function = field(repr=False, compare=False)


INDICATORS: dict[str, Indicator] = {}


def add(item: Indicator) -> None:
    """Register; raises ValueError on a name that is taken."""
    if item.name in INDICATORS:
        raise ValueError(f"two indicators are called {item.name!r}")
    INDICATORS[item.name] = item


def indicator(
    unit: str,
    low: float,
    high: float,
    better: int,
    group: str,
    zh: str,
    en: str,
    defined_zh: str,
    defined_en: str,
    *,
    source: str,
    reads: tuple[str, ...],
    primary: bool = False,
) -> Callable[[Function], Function]:
    """Register the function under its own name."""

    def declare(function: Function) -> Function:
        label, definition = {"zh": zh, "en": en}, {"zh": defined_zh, "en": defined_en}
        add(
            Indicator(
                function.__name__, unit, low, high, better, group, label, definition, source, primary, reads, function
            )
        )
        return function

    return declare


def family(
    members: Mapping[str, tuple[int, str, str]],
    name: str,
    unit: str,
    low: float,
    high: float,
    better: int,
    group: str,
    zh: str,
    en: str,
    defined_zh: str,
    defined_en: str,
    *,
    source: str,
    reads: tuple[str, ...],
    primary: bool = False,
) -> Callable[[Callable[[Run, int], float]], Callable[[Run, int], float]]:
    """Register one indicator for each member {key: (code, label zh, label en)}; texts hold {} for the member."""

    def declare(function: Callable[[Run, int], float]) -> Callable[[Run, int], float]:
        for key, (code, member_zh, member_en) in members.items():
            add(
                Indicator(
                    name.format(key),
                    unit,
                    low,
                    high,
                    better,
                    group,
                    {"zh": zh.format(member_zh), "en": en.format(member_en)},
                    {"zh": defined_zh.format(member_zh), "en": defined_en.format(member_en)},
                    source,
                    primary,
                    reads,
                    functools.partial(_call, function, code),
                )
            )
        return function

    return declare


def _call(function: Callable[[Run, int], float], code: int, run: Run) -> float:
    return function(run, code)
