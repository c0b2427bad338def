"""What every pattern needs: a list of patterns, runs of a few seeds, and their tables."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

import sim

SEEDS = (1, 2, 3)
BASE = ("package=station_1_2", "community.residents=3000", "years=6")
Found = tuple[str, bool]
PATTERNS: dict[str, tuple[str, str, str, Callable[[], Found]]] = {}


def pattern(number: str, expected: str, rule: str, asked: str) -> Callable[[Callable[[], Found]], Callable[[], Found]]:
    """Enter a pattern: what is known, what counts as shown, what is put on the command line besides BASE."""

    def enter(function: Callable[[], Found]) -> Callable[[], Found]:
        PATTERNS[number] = (expected, rule, asked, function)
        return function

    return enter


@functools.lru_cache(maxsize=12)
def result(words: tuple[str, ...], detail: tuple[str, ...], seed: int) -> Any:
    return sim.simulate(sim.load([*words, f"seed={seed}"]), detail=detail)


def tables(name: str, *words: str, base: tuple[str, ...] = BASE, detail: tuple[str, ...] = ()) -> list[pd.DataFrame]:
    """One table of each seed."""
    asked = tuple(dict.fromkeys((name, *detail)))
    return [result((*base, *words), asked, seed).detail[name].to_pandas() for seed in SEEDS]


def mean(indicator: str, *words: str, base: tuple[str, ...] = BASE) -> float:
    """An indicator, mean over the seeds."""
    return float(np.mean([result((*base, *words), (), seed).indicators[indicator] for seed in SEEDS]))


def event(key: str, value: Any, week: int = 104, until: int | None = None) -> str:
    end = "" if until is None else f", until: {until}"
    return f"{{week: {week}{end}, key: {key}, value: {value}}}"


def shock(*events: str) -> tuple[str, str]:
    return "shock=custom", f"shock.events=[{', '.join(events)}]"
