"""Forest of paired differences: one panel an indicator, one line an arm."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.charts import panels, prose, style, takeaway
from sim.charts.registry import NoData, chart
from sim.charts.tables import chosen, comparisons, primary

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy


def table(study: StoredStudy) -> pd.DataFrame:
    """Effects on the indicators that the study puts first."""
    effects = comparisons(study)
    names = primary(study)
    rows = effects[effects["indicator"].isin(names)]
    if rows.empty:
        raise NoData("no_effects")
    order = {name: place for place, name in enumerate(names)}
    return rows.sort_values("indicator", key=lambda column: column.map(order), kind="stable").reset_index(drop=True)


@chart(table=table, needs=("comparison",))
def paired_differences(rows: pd.DataFrame, setting: Setting) -> Figure:
    """Dot and 95% interval of each arm, by indicator; shape and colour say better, worse or not distinguishable."""
    names = list(rows["indicator"].unique())
    if setting.style == "slide":
        names = names[: panels.ACROSS]
        rows = rows[rows["indicator"].isin(names)]
    arms, note = chosen(rows, setting)

    def panel(name: str) -> Callable[[Any], None]:
        part = rows[rows["indicator"] == name].set_index("arm")
        return lambda axes: _panel(axes, part, arms, name, setting)

    return panels.by_arm(
        setting,
        arms,
        [(setting.indicator(name), panel(name)) for name in names],
        takeaway.of_indicator(rows, names[0], setting),
        setting.say("forest subtitle", baseline=setting.arm(setting.baseline)) + note,
        key_of(rows, setting),
    )


def _panel(axes: Any, part: pd.DataFrame, arms: list[str], name: str, setting: Setting) -> None:
    about = prose.indicator(name)
    factor = prose.factor(about.unit)
    ends = part[["ci_low", "ci_high", "difference"]].to_numpy(dtype=float) * factor
    places = prose.decimals(*ends.ravel().tolist())
    axes.axvline(0, color=style.INK, linewidth=0.8, zorder=1)
    for row, arm in enumerate(arms):
        if arm not in part.index:
            continue
        found = part.loc[arm]
        colour, marker, filled = style.VERDICTS[str(found["verdict"])]
        middle = float(found["difference"]) * factor
        low, high = float(found["ci_low"]) * factor, float(found["ci_high"]) * factor
        axes.plot([low, high], [row, row], color=colour, zorder=2)
        axes.plot(middle, row, marker, color=colour, markerfacecolor=colour if filled else style.PAPER, zorder=3)
        digits = places if found["verdict"] == "unclear" else prose.visible(middle, places)
        panels.value(axes, row, prose.number(middle, digits, signed=True), colour)
    finite = ends[np.isfinite(ends)]
    panels.room_for_values(axes, min(0.0, finite.min(initial=0.0)), max(0.0, finite.max(initial=0.0)))
    axes.set_xlabel(_unit(about, setting), loc="left", color=style.GREY)


def _unit(about: prose.Indicator, setting: Setting) -> str:
    unit = prose.unit_text(about.unit, setting.lang, difference=True)
    hint = {1: "right", -1: "left"}.get(about.better)
    return prose.bracketed(unit, setting.say(hint), setting.lang) if hint else unit


def key_of(rows: pd.DataFrame, setting: Setting) -> list[tuple[Any, str]]:
    """The entries of a key for the verdicts that occur."""
    from matplotlib.lines import Line2D

    entries: list[tuple[Any, str]] = []
    for verdict, (colour, marker, filled) in style.VERDICTS.items():
        if verdict in set(rows["verdict"]):
            fill = colour if filled else style.PAPER
            entries.append((Line2D([], [], color=colour, marker=marker, markerfacecolor=fill), setting.say(verdict)))
    return entries
