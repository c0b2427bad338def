"""The charts of a brief: which ones, in which order, and drawn without the words that the brief sets as its own text.

A section names the charts that belong to it, first things first; what a study has no data for is left out. A chart that
no section names comes after those of the second section, by name. Paper holds the first few of a section, the page on
the screen some more; `gongzhi charts DIR` draws them all.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from sim.charts import style
from sim.charts.arms import name_groups
from sim.charts.draw import one_line
from sim.charts.registry import Chart, NoData, charts
from sim.charts.setting import Setting
from sim.report.hover import Spot, spots

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.store import StoredStudy

# Charts by section in the order in which a brief takes them, and how many of them paper has room for
ORDER: Mapping[str, tuple[int, tuple[str, ...]]] = {
    "charts": (3, ("paired_differences", "two_records", "fan", "scorecard", "pareto", "course", "levels", "year")),
    "drives": (
        1,
        ("ablation", "tornado", "discovery", "hours_money", "body_matrix", "case_flow", "closing", "money",
         "ablation_places"),
    ),  # fmt: skip
    "who": (1, ("groups",)),
    "sure": (1, ("ranks", "robustness", "budgets")),
}
FURTHER = 4  # charts that the screen holds beyond those on paper
OPEN = "charts"  # the section that takes charts which no section names
AIR = 0.04  # inches left around a drawing


@dataclass(frozen=True)
class Bare(Setting):
    """A setting without a footer: the brief says it once for all its pictures."""

    @property
    def footer(self) -> str:
        """Nothing."""
        return ""


class Picture:
    """One chart of a study in one language, drawn once, with its words apart from the drawing."""

    def __init__(self, chart: Chart, rows: pd.DataFrame, setting: Setting) -> None:
        self.chart, self.rows, self.setting = chart, rows, setting
        self.name = chart.name
        self.label = chart.label[setting.lang]
        self.question = chart.question[setting.lang]

    @property
    def title(self) -> str:
        """What the chart shows, as computed from its table."""
        return self._said.get(style.WORDED[0], "")

    @property
    def subtitle(self) -> str:
        """How to read the chart."""
        return self._said.get(style.WORDED[1], "")

    def in_style(self, look: str) -> Picture:
        """The same chart in another style; a slide may hold less, so its words may differ too."""
        return Picture(self.chart, self.rows, replace(self.setting, style=look))

    def draw(self, kind: str) -> bytes:
        """The drawing as "png", "pdf" or "svg" (its letters as outlines)."""
        with style.styled(self.setting.style):
            return _saved(*self._drawn, kind)

    def live(self) -> tuple[bytes, list[Spot]]:
        """The drawing as SVG with its letters as text in the page's own font, and where its values stand."""
        import matplotlib as mpl

        with style.styled(self.setting.style):
            mpl.rcParams["svg.fonttype"] = "none"
            name_groups(self._drawn[0])
            return _saved(*self._drawn, "svg"), spots(*self._drawn)

    @cached_property
    def _said(self) -> dict[str, str]:
        return {str(text.get_label()): one_line(text.get_text()) for text in self._drawn[0].texts}

    @cached_property
    def _drawn(self) -> tuple[Figure, Any]:
        """The figure without the words that the brief sets itself, and what is left of it in inches."""
        with style.styled(self.setting.style):
            figure = self.chart.draw(self.rows, self.setting)
            for text in figure.texts:
                if text.get_label() in style.WORDED:
                    text.set_visible(False)
            figure.canvas.draw()
            return figure, figure.get_tightbbox().padded(AIR)


def chosen(study: StoredStudy, lang: str, look: str = "page") -> dict[str, list[Picture]]:
    """The charts that the study has data for, by section, in order."""
    known = charts()
    taken = {name for _, names in ORDER.values() for name in names}
    setting = Bare(study, lang, look)
    found: dict[str, list[Picture]] = {}
    for section, (_, names) in ORDER.items():
        more = sorted(set(known) - taken) if section == OPEN else []
        found[section] = []
        for name in [*names, *more]:
            if name not in known:
                continue
            try:
                rows = known[name].rows(study)
            except NoData:
                continue
            found[section].append(Picture(known[name], rows, setting))
    return found


def shared_out(found: Mapping[str, list[Picture]]) -> tuple[dict[str, list[Picture]], list[Picture]]:
    """The charts that stand in their sections, and the further ones: by turns the next of each section."""
    shown = {name: found[name][:most] for name, (most, _) in ORDER.items()}
    left = [found[name][most:] for name, (most, _) in ORDER.items()]
    turns = [picture for turn in zip_longest(*left) for picture in turn if picture is not None]
    return shown, turns[:FURTHER]


def _saved(figure: Figure, box: Any, kind: str) -> bytes:
    target = io.BytesIO()
    metadata: dict[str, Any] = {"png": {"Software": None}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}[kind]
    figure.savefig(target, format=kind, bbox_inches=box, metadata=metadata)
    return target.getvalue()


def inline(svg: bytes, prefix: str) -> str:
    """An SVG for the inside of a page: without prologue, notes and a size of its own, its ids made unique.

    What belongs to an arm carries the arm's name as data-arm, so that the page can fade it.
    """
    text = svg.decode("utf-8")
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r'\bid="arm:([^"]+):\d+"', r'data-arm="\1"', text)
    text = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', text)
    text = re.sub(r'(url\(#|href="#)', rf"\g<1>{prefix}-", text)
    text = re.sub(r'\s(?:xmlns:xlink|xmlns|version)="[^"]*"', "", text)
    text = text.replace("xlink:href", "href")
    text = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", text, count=1)
    text = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", text, count=1)
    return re.sub(r"(?<=\d\.\d\d)\d+", "", text)
