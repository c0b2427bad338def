"""What a chart is: a question, a table computed from a stored study, and a figure drawn from that table alone."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sim.vocabulary.words import Text

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy

    Table = Callable[[StoredStudy], pd.DataFrame]
    Drawing = Callable[[pd.DataFrame, Setting], Figure]


class NoData(Exception):
    """The study holds nothing that this chart could show; `text` says in every language what is missing."""

    def __init__(self, key: str, **values: Any) -> None:
        self.text: Mapping[str, str] = Text(f"charts.lack.{key}", **values)
        super().__init__(self.text["en"])


def _compares(study: StoredStudy) -> bool:
    return len(study.study["arms"]) > 1


def _designed(*kinds: str) -> Callable[[StoredStudy], bool]:
    return lambda study: (study.study.get("design") or {}).get("kind") in kinds


PATTERNS = "patterns.csv"  # the table of patterns of a calibration
# What a study must be or hold for some chart: lists say it, and a drawing that lacks it is skipped with a sentence.
NEEDS: dict[str, Callable[[StoredStudy], bool]] = {
    "comparison": _compares,
    "contrasts": lambda study: bool(study.study.get("contrasts")),
    "patterns": lambda study: (study.path / PATTERNS).is_file(),
    "points": lambda study: len(study.study.get("points") or ()) > 1,
    "sensitivity": _designed("morris", "saltelli", "oat"),
    "sampled": _designed("lhs", "sobol", "morris", "saltelli"),
    "series": lambda study: not study.series.empty,
    "tallies": lambda study: not study.tallies.empty,
}


@dataclass(frozen=True)
class Chart:
    """One registered chart; the table is what is stored beside the picture as its CSV."""

    name: str
    label: Mapping[str, str]
    question: Mapping[str, str]
    table: Table
    draw: Drawing
    needs: tuple[str, ...] = ()

    def rows(self, study: StoredStudy) -> pd.DataFrame:
        """The table, or NoData with a sentence when the study is not of the kind that the chart needs."""
        for name in self.needs:
            if not NEEDS[name](study):
                raise NoData("need", need=Text(f"charts.need.{name}"))
        return self.table(study)


_CHARTS: dict[str, Chart] = {}


def chart(*, table: Table, needs: tuple[str, ...] = ()) -> Callable[[Drawing], Drawing]:
    """Register a drawing function under its own name; its label and question stand in the catalogue of words."""

    def register(draw: Drawing) -> Drawing:
        name = draw.__name__
        if unknown := set(needs) - set(NEEDS):
            raise TypeError(f"the chart {name} needs {', '.join(unknown)}, which NEEDS does not have")
        if name in _CHARTS and _CHARTS[name].draw.__module__ != draw.__module__:
            raise TypeError(f"two charts are called {name}")
        label, question = Text(f"charts.chart.{name}.label"), Text(f"charts.chart.{name}.question")
        _CHARTS[name] = Chart(name, label, question, table, draw, needs)
        return draw

    return register


@functools.lru_cache(maxsize=1)
def charts() -> Mapping[str, Chart]:
    """All charts by name: every module of this folder is looked at, so a new chart is one new file."""
    package = importlib.import_module("sim.charts")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"sim.charts.{module.name}")
    return MappingProxyType(dict(sorted(_CHARTS.items())))
