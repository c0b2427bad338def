"""Scorecard: indicators by arms, one cell a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.charts import style, words
from sim.charts.registry import chart
from sim.charts.tables import ROWS, comparisons, primary

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy

LIMIT = 2.0  # standard deviations at which the colour is full
MARKS = {"better": "▲ ", "worse": "▼ ", "different": "◆ ", "unclear": ""}


def table(study: StoredStudy) -> pd.DataFrame:
    """Effects on the study's indicators, in the study's order."""
    effects = comparisons(study)
    order = {name: place for place, name in enumerate(primary(study, ROWS))}
    rows = effects[effects["indicator"].isin(order)]
    return rows.sort_values("indicator", key=lambda column: column.map(order), kind="stable").reset_index(drop=True)


@chart(
    table=table,
    label=("记分表", "Scorecard"),
    question=(
        "每个方案在哪些指标上更好、更差或无法区分?",
        "On which indicators is each arm better, worse or not distinguishable?",
    ),
)
def scorecard(rows: pd.DataFrame, setting: Setting) -> Figure:
    """Colour is the size of the difference, shape says better or worse, hatching says not distinguishable."""
    names = list(rows["indicator"].unique())
    arms = [arm for arm in setting.arms if arm in set(rows["arm"])]
    line, points = style.size(1.0) / 72, style.size(style.SMALL)
    clear = rows[rows["verdict"] != "unclear"]
    counts = clear["verdict"].value_counts()
    title = setting.say(
        "scorecard title",
        total=len(rows), k=len(clear), better=int(counts.get("better", 0)), worse=int(counts.get("worse", 0)),
        neutral=int(counts.get("different", 0)),
    )  # fmt: skip
    left = 0.27 * (style.page_width() - 2 * style.MARGIN)
    wide = (style.page_width() - 2 * style.MARGIN - left) / len(arms)
    heads = [style.wrap(setting.arm(arm), wide - 0.7 * line, style.size(style.TINY)) for arm in arms]
    head = max(style.height(text, style.size(style.TINY)) for text in heads) + 0.6 * line
    subtitle = setting.say("scorecard subtitle", baseline=setting.arm(setting.baseline))
    sheet = style.Sheet(setting, title, subtitle, len(names) * 3.1 * line + head + 3.6 * line)
    top = sheet.key(_key(rows, setting))
    axes = sheet.axes(left, top + head, wide * len(arms), sheet.body - top - head - 0.6 * line)
    colours = _colours()
    for place, name in enumerate(names):
        part = rows[rows["indicator"] == name].set_index("arm")
        unit = words.indicator(name).unit
        places = words.decimals(*(part["difference"] * words.factor(unit)))
        for column, arm in enumerate(arms):
            if arm in part.index:
                _cell(axes, column, place, part.loc[arm], words.factor(unit), places, colours)
    axes.set_xlim(-0.5, len(arms) - 0.5)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_yticks(range(len(names)), [style.wrap(_row(name, setting), left - 0.8 * line, points) for name in names])
    axes.set_xticks(range(len(arms)), heads, fontsize=style.size(style.TINY), linespacing=1.15)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return sheet.figure


def _row(name: str, setting: Setting) -> str:
    unit = words.unit_text(words.indicator(name).unit, setting.lang, difference=True)
    return words.bracketed(setting.indicator(name), unit, setting.lang)


def _colours() -> Any:
    from matplotlib.colors import LinearSegmentedColormap

    # Lightened so that dark print stays legible on the full colour.
    return LinearSegmentedColormap.from_list("worse_better", ["#E8894A", "#F6CDB0", "#FFFFFF", "#B5D3E8", "#5AA0D0"])


def _cell(axes: Any, column: int, row: int, found: pd.Series, factor: float, places: int, colours: Any) -> None:
    from matplotlib.patches import Rectangle

    strength = float(found["standardised"]) / LIMIT
    strength = 0.0 if np.isnan(strength) else max(-1.0, min(1.0, strength))
    better = int(found["better"])
    verdict = str(found["verdict"])
    if better:
        face = colours(0.5 + 0.5 * strength * better)
    else:
        shade = 1.0 - 0.28 * abs(strength)
        face = (shade, shade, shade, 1.0)
    axes.add_patch(
        Rectangle(
            (column - 0.48, row - 0.46), 0.96, 0.92, facecolor=face, linewidth=0,
            edgecolor="#B8B8B8" if verdict == "unclear" else face, hatch="////" if verdict == "unclear" else None,
        )
    )  # fmt: skip
    text = MARKS[verdict] + words.number(float(found["difference"]) * factor, places, signed=True)
    box = {"facecolor": face, "edgecolor": "none", "pad": 1.2} if verdict == "unclear" else None
    axes.text(column, row, text, ha="center", va="center", fontsize=style.size(style.SMALL), bbox=box)


def _key(rows: pd.DataFrame, setting: Setting) -> list[tuple[Any, str]]:
    from matplotlib.patches import Patch

    full = _colours()
    looks = {
        "better": {"facecolor": full(0.9)},
        "worse": {"facecolor": full(0.1)},
        "different": {"facecolor": "#BDBDBD"},
        "unclear": {"facecolor": style.PAPER, "edgecolor": "#B8B8B8", "hatch": "////", "linewidth": 0},
    }
    return [
        (Patch(**looks[verdict]), MARKS[verdict] + setting.say(verdict))
        for verdict in looks
        if verdict in set(rows["verdict"])
    ]
