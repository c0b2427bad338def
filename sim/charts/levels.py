"""Absolute levels: where each arm stands, not only how far it is from the baseline."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sim.charts import panels, prose, style
from sim.charts.registry import NoData, chart
from sim.charts.tables import chosen, completed, primary, quantiles

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy


def table(study: StoredStudy) -> pd.DataFrame:
    """Mean and quantiles over the runs of each arm, for the study's first indicators."""
    import pandas as pd

    runs = completed(study)
    parts = []
    for name in primary(study):
        part = quantiles(runs, ["arm"], name)
        part.insert(0, "indicator", name)
        parts.append(part)
    rows = pd.concat([part for part in parts if len(part)], ignore_index=True) if any(map(len, parts)) else None
    if rows is None:
        raise NoData("no_value")
    return rows


@chart(table=table)
def levels(rows: pd.DataFrame, setting: Setting) -> Figure:
    """Mean of each arm and the range that holds 90% of its runs."""
    names = list(rows["indicator"].unique())
    arms, note = chosen(rows, setting)

    def panel(name: str) -> Callable[[Any], None]:
        part = rows[rows["indicator"] == name].set_index("arm")
        return lambda axes: _panel(axes, part, arms, name, setting)

    baseline = setting.arm(setting.baseline)
    return panels.by_arm(
        setting,
        arms,
        [(setting.indicator(name), panel(name)) for name in names],
        _title(rows, names[0], setting),
        setting.say("levels subtitle", baseline=baseline) + note,
        [],
    )


def _title(rows: pd.DataFrame, name: str, setting: Setting) -> str:
    unit = prose.indicator(name).unit
    means = rows[rows["indicator"] == name].set_index("arm")["mean"]
    places = prose.decimals(*(means * prose.factor(unit)))
    low, high, base = (
        prose.level(float(value), unit, setting.lang, places)
        for value in (means.min(), means.max(), means.get(setting.baseline, float("nan")))
    )
    return setting.say("levels title", indicator=setting.indicator(name), low=low, high=high, base=base)


def _panel(axes: Any, part: pd.DataFrame, arms: list[str], name: str, setting: Setting) -> None:
    unit = prose.indicator(name).unit
    factor = prose.factor(unit)
    places = prose.decimals(*(part["mean"] * factor))
    if setting.baseline in part.index:
        axes.axvline(float(part.loc[setting.baseline, "mean"]) * factor, color=style.INK, linewidth=0.8, zorder=1)
    for row, arm in enumerate(arms):
        if arm not in part.index:
            continue
        low, middle, high = (float(part.loc[arm, key]) * factor for key in ("q05", "mean", "q95"))
        own = arm == setting.baseline
        colour = style.INK if own else style.BLUE
        axes.plot([low, high], [row, row], color=colour, zorder=2)
        axes.plot(middle, row, "s" if own else "o", color=colour, zorder=3)
        panels.value(axes, row, prose.number(middle, places), colour)
    panels.room_for_values(axes, float(part["q05"].min()) * factor, float(part["q95"].max()) * factor)
    axes.set_xlabel(prose.unit_text(unit, setting.lang), loc="left", color=style.GREY)
