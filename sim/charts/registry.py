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
    """The study holds nothing that this chart could show; `text` says in both languages what is missing."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.text: Mapping[str, str] = {"zh": zh, "en": en}


@dataclass(frozen=True)
class Need:
    """What a study must be or hold for a chart; `met` looks at the stored study."""

    zh: str
    en: str
    met: Callable[[StoredStudy], bool]


def _compares(study: StoredStudy) -> bool:
    return len(study.study["arms"]) > 1


PATTERNS = "patterns.csv"  # the table of patterns of a calibration
# What a study must have for some chart: lists say it, and a drawing that lacks it is skipped with a sentence.
NEEDS: dict[str, Need] = {
    "comparison": Need("至少两个方案", "at least two arms", _compares),
    "contrasts": Need(
        "逐项加减的做法（如 ablation）",
        "single choices put in or taken out (such as ablation)",
        lambda study: bool(study.study.get("contrasts")),
    ),
    "patterns": Need(
        "校准的特征表（gongzhi calibrate 所写的 ensemble 目录）",
        "the patterns of a calibration (the folder ensemble that gongzhi calibrate writes)",
        lambda study: (study.path / PATTERNS).is_file(),
    ),
    "points": Need(
        "多个设计点", "several design points", lambda study: len(study.study.get("points") or ()) > 1
    ),
    "sensitivity": Need(
        "敏感性设计（morris、saltelli 或 oat）",
        "a design of kind morris, saltelli or oat",
        lambda study: (study.study.get("design") or {}).get("kind") in ("morris", "saltelli", "oat"),
    ),
    "sampled": Need(
        "由取值范围抽取的设计点（lhs、sobol、morris 或 saltelli）",
        "design points drawn from ranges (lhs, sobol, morris or saltelli)",
        lambda study: (study.study.get("design") or {}).get("kind") in ("lhs", "sobol", "morris", "saltelli"),
    ),
    "series": Need("逐周序列", "weekly series", lambda study: not study.series.empty),
    "tallies": Need(
        "多维计数（较早版本所存的研究没有）",
        "tallies (studies stored by an older version have none)",
        lambda study: not study.tallies.empty,
    ),
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
            need = NEEDS[name]
            if not need.met(study):
                raise NoData(f"此图所需的研究应有{need.zh}", f"it needs a study with {need.en}")
        return self.table(study)


_CHARTS: dict[str, Chart] = {}


def chart(
    *, table: Table, label: tuple[str, str], question: tuple[str, str], needs: tuple[str, ...] = ()
) -> Callable[[Drawing], Drawing]:
    """Register a drawing function under its own name; label and question are (Chinese, English), `needs` of NEEDS."""

    def register(draw: Drawing) -> Drawing:
        name = draw.__name__
        if unknown := set(needs) - set(NEEDS):
            raise TypeError(f"the chart {name} needs {', '.join(unknown)}, which NEEDS does not have")
        if name in _CHARTS and _CHARTS[name].draw.__module__ != draw.__module__:
            raise TypeError(f"two charts are called {name}")
        both = ("zh", "en")
        _CHARTS[name] = Chart(
            name,
            MappingProxyType(dict(zip(both, label, strict=True))),
            MappingProxyType(dict(zip(both, question, strict=True))),
            table,
            draw,
            needs,
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
