"""Robustness: how each arm fares at the worst point, how far behind the best it falls, where it reaches enough."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.charts import panels, prose, style
from sim.charts.ranks import SURE, percent
from sim.charts.registry import NoData, chart
from sim.charts.tables import BEST, CLAIM, completed, directed

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy

VIEWS = ("worst", "regret_largest", "satisficing", "mean", "regret_percentile")  # a slide has room for three


def table(study: StoredStudy) -> pd.DataFrame:
    """The views of the study's first indicator with a better direction, over its design points."""
    from sim.analysis.robustness import robustness_table

    better = directed(study, 1)
    if not better:
        raise NoData("none_directed")
    base = str(study.study["baseline"])
    runs = completed(study)
    done = set(runs["arm"])
    arms = [base, *(arm for arm in study.arms if arm in done and arm != base)]
    name, direction = next(iter(better.items()))
    rows = robustness_table(runs, arms, name, direction)
    if rows.empty:
        raise NoData("no_points")
    return rows


@chart(table=table, needs=("comparison", "points"))
def robustness(rows: pd.DataFrame, setting: Setting) -> Figure:
    """One panel a view, one row an arm, with intervals over seeds; all arms compete, the best of many are shown."""
    name = str(rows["indicator"].iloc[0])
    title = _title(rows, name, setting)
    regret = rows[rows["view"] == "regret_largest"].set_index("arm")["value"].drop(setting.baseline, errors="ignore")
    kept = {setting.baseline, *regret.sort_values(kind="stable").index[: BEST[setting.style] - 1]}
    every = [arm for arm in setting.arms if arm in set(rows["arm"])]
    arms = [arm for arm in every if arm in kept]
    rows = rows[rows["arm"].isin(arms)]

    def panel(view: str) -> Callable[[Any], None]:
        part = rows[rows["view"] == view].set_index("arm")
        return lambda axes: _panel(axes, part, arms, name, view, setting)

    points = int(rows["points"].max())
    subtitle = setting.say("robust subtitle", indicator=setting.indicator(name), points=points)
    if len(arms) < len(every):
        subtitle += setting.say("best shown", k=len(arms), total=len(every))
    drawn = [(setting.say(f"view {view}"), panel(view)) for view in VIEWS]
    return panels.by_arm(setting, arms, drawn, title, subtitle, [])


def _panel(axes: Any, part: pd.DataFrame, arms: list[str], name: str, view: str, setting: Setting) -> None:
    about = prose.indicator(name)
    unit = "share" if view == "satisficing" else about.unit
    factor = prose.factor(unit)
    ends = part[["value", "ci_low", "ci_high"]].to_numpy(dtype=float) * factor
    places = prose.decimals(*ends.ravel().tolist())
    for row, arm in enumerate(arms):
        value, low, high = (float(part.loc[arm, key]) * factor for key in ("value", "ci_low", "ci_high"))
        own = arm == setting.baseline
        colour = style.INK if own else style.BLUE
        axes.plot([low, high], [row, row], color=colour, zorder=2)
        axes.plot(value, row, "s" if own else "o", color=colour, zorder=3)
        panels.value(axes, row, prose.number(value, places), colour)
    finite = ends[np.isfinite(ends)]
    panels.room_for_values(axes, finite.min(initial=np.inf), finite.max(initial=-np.inf))
    regret = view.startswith("regret")
    way = "less" if regret else "right" if view == "satisficing" or about.better > 0 else "left"
    text = prose.unit_text(unit, setting.lang, difference=regret)
    axes.set_xlabel(prose.bracketed(text, setting.say(way), setting.lang), loc="left", color=style.GREY)


def _title(rows: pd.DataFrame, name: str, setting: Setting) -> str:
    label = setting.indicator(name)
    if int(rows["n"].max()) < CLAIM:
        return setting.say("too few", indicator=label, n=CLAIM)
    part = rows[rows["view"] == "regret_largest"]
    top = part.loc[part["p_best"].idxmax()]
    sure = float(top["p_best"]) >= SURE
    p = percent(float(top["p_best"]))
    return setting.say("robust sure" if sure else "robust open", indicator=label, arm=setting.arm(top["arm"]), p=p)
