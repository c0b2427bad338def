"""Rank probabilities: how surely an arm is best, second, and so on, in each of the main indicators."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.charts import panels, prose, style
from sim.charts.registry import NoData, chart
from sim.charts.tables import BEST, CLAIM, completed, directed, unit_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy

WRITTEN = 0.05  # probabilities below this carry no number
SURE = 0.95


def table(study: StoredStudy) -> pd.DataFrame:
    """Probability of each rank of each arm, for the study's first indicators that have a better direction."""
    from sim.analysis.joint import rank_table

    runs = completed(study)
    better = directed(study)
    arms = [arm for arm in study.arms if arm in set(runs["arm"])]
    rows = rank_table(runs, arms, better, unit_of(study))
    if rows.empty:
        raise NoData("few_to_rank")
    rows["n"] = int(runs.groupby("arm").size().min())
    return rows


@chart(table=table, needs=("comparison",))
def ranks(rows: pd.DataFrame, setting: Setting) -> Figure:
    """One panel an indicator, one row an arm, one cell a rank; the darker, the more probable.

    All arms are ranked; of many those are shown that stand first in the first indicator, and the first ranks.
    """
    names = list(rows["indicator"].unique())
    title = _title(rows, setting)
    first = rows[rows["indicator"] == names[0]]
    mean = (first["rank"] * first["probability"]).groupby(first["arm"]).sum().drop(setting.baseline, errors="ignore")
    kept = {setting.baseline, *mean.sort_values(kind="stable").index[: BEST[setting.style] - 1]}
    every = [arm for arm in setting.arms if arm in set(rows["arm"])]
    arms = [arm for arm in every if arm in kept]
    subtitle = setting.say("ranks subtitle")
    if len(arms) < len(every):
        subtitle += setting.say("best shown", k=len(arms), total=len(every))

    def panel(name: str) -> Callable[[Any], None]:
        part = rows[rows["indicator"] == name].pivot(index="arm", columns="rank", values="probability")
        return lambda axes: _panel(axes, part.reindex(arms).to_numpy(dtype=float)[:, : BEST[setting.style]], setting)

    heads = [prose.bracketed(setting.indicator(name), _way(name, setting), setting.lang) for name in names]
    drawn = [(head, panel(name)) for head, name in zip(heads, names, strict=True)]
    return panels.by_arm(setting, arms, drawn, title, subtitle, [], ticks=None)


def _way(name: str, setting: Setting) -> str:
    return setting.say("right" if prose.indicator(name).better > 0 else "left")


def _title(rows: pd.DataFrame, setting: Setting) -> str:
    name = str(rows["indicator"].iloc[0])
    label = setting.indicator(name)
    if int(rows["n"].iloc[0]) < CLAIM:
        return setting.say("too few", indicator=label, n=CLAIM)
    best = rows[(rows["indicator"] == name) & (rows["rank"] == 1)].sort_values(
        "probability", ascending=False, kind="stable"
    )
    top = best.iloc[0]
    sure = float(top["probability"]) >= SURE
    chance = percent(float(top["probability"]))
    return setting.say("ranks sure" if sure else "ranks open", indicator=label, arm=setting.arm(top["arm"]), p=chance)


def percent(probability: float) -> str:
    """A probability as the resamples can tell it: never quite certain."""
    if probability > 0.995:
        return ">99%"
    return "<1%" if probability < 0.005 else f"{100 * probability:.0f}%"


def _panel(axes: Any, chances: Any, setting: Setting) -> None:
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.patches import Rectangle

    shade = LinearSegmentedColormap.from_list("chance", ["#FFFFFF", "#A9CFE8", "#5AA0D0"])  # dark print on all of it
    count = chances.shape[1]
    for row, column in np.argwhere(np.isfinite(chances)):
        chance = float(chances[row, column])
        axes.add_patch(
            Rectangle(
                (column + 0.54, row - 0.44), 0.92, 0.88, facecolor=shade(chance), linewidth=0.3, edgecolor=style.FAINT
            )
        )
        if chance >= WRITTEN:
            text = f"{min(99, round(100 * chance))}" if chance < 0.995 else ">99"
            axes.text(
                column + 1,
                row,
                text,
                ha="center",
                va="center",
                fontsize=style.size(style.TINY) * (0.8 if count > 7 else 1),
            )
    axes.set_xlim(0.5, count + 0.5)
    axes.set_xticks(range(1, count + 1))
    axes.tick_params(axis="x", length=0)
    axes.set_xlabel(setting.say("rank"), loc="left", color=style.GREY)
