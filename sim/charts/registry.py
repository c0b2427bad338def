"""What a chart is: a question, a table computed from a stored study, and a figure drawn from that table alone."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy

    Table = Callable[[StoredStudy], pd.DataFrame]
    Drawing = Callable[[pd.DataFrame, Setting], Figure]


class NoData(Exception):
    """The study holds nothing that this chart could show; the text says what is missing."""


@dataclass(frozen=True)
class Chart:
    """One registered chart; the table is what is stored beside the picture as its CSV."""

    name: str
    label: Mapping[str, str]
    question: Mapping[str, str]
    table: Table
    draw: Drawing


_CHARTS: dict[str, Chart] = {}


def chart(*, table: Table, label: tuple[str, str], question: tuple[str, str]) -> Callable[[Drawing], Drawing]:
    """Register a drawing function under its own name; label and question are (Chinese, English)."""

    def register(draw: Drawing) -> Drawing:
        name = draw.__name__
        if name in _CHARTS and _CHARTS[name].draw.__module__ != draw.__module__:
            raise TypeError(f"two charts are called {name}")
        both = ("zh", "en")
        _CHARTS[name] = Chart(
            name,
            MappingProxyType(dict(zip(both, label, strict=True))),
            MappingProxyType(dict(zip(both, question, strict=True))),
            table,
            draw,
        )
        return draw

    return register


@functools.lru_cache(maxsize=1)
def charts() -> Mapping[str, Chart]:
    """All charts by name: every module of this folder is looked at, so a new chart is one new file."""
    package = importlib.import_module("sim.charts")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"sim.charts.{module.name}")
    return MappingProxyType(dict(sorted(_CHARTS.items())))
