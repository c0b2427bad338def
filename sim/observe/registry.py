"""The registry of indicators: one function each, declared together with what it means."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sim.vocabulary.words import Text

if TYPE_CHECKING:
    from sim.observe.run import Run

Function = Callable[["Run"], float]
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
    *,
    source: str,
    reads: tuple[str, ...],
    primary: bool = False,
) -> Callable[[Function], Function]:
    """Register the function under its own name; its label and definition stand in the catalogue of words."""

    def declare(function: Function) -> Function:
        name = function.__name__
        label, definition = Text(f"indicator.{name}.label"), Text(f"indicator.{name}.definition")
        add(Indicator(name, unit, low, high, better, group, label, definition, source, primary, reads, function))
        return function

    return declare


def family(
    section: str,
    members: Mapping[str, int],
    name: str,
    unit: str,
    low: float,
    high: float,
    better: int,
    group: str,
    *,
    source: str,
    reads: tuple[str, ...],
    primary: bool = False,
    text: str = "",
    **words: Text,
) -> Callable[[Callable[[Run, int], float]], Callable[[Run, int], float]]:
    """Register one indicator for each member {key: code}; the texts of the family, under the name of the function or
    `text`, hold {what} for the member's own label "section.key" and other values for `words`."""

    def declare(function: Callable[[Run, int], float]) -> Callable[[Run, int], float]:
        said = f"indicator.{text or function.__name__}"
        for key, code in members.items():
            what = Text(f"{section}.{key}")
            label, definition = (Text(f"{said}.{part}", what=what, **words) for part in ("label", "definition"))
            made = functools.partial(_call, function, code)
            add(
                Indicator(
                    name.format(key), unit, low, high, better, group, label, definition, source, primary, reads, made
                )
            )
        return function

    return declare


def _call(function: Callable[[Run, int], float], code: int, run: Run) -> float:
    return function(run, code)
