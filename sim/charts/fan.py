"""Fan: the first indicator over time, one panel an arm, with bands over the replicates."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from sim.charts import style, takeaway, words
from sim.charts.registry import NoData, chart
from sim.charts.tables import WEEKS_QUARTER, WEEKS_YEAR, comparisons, primary, quantiles

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy

ACROSS = 3
KEYS = ("run_id", "point", "arm", "replicate", "week")


def table(study: StoredStudy) -> pd.DataFrame:
    """Quarterly means of each run, then their quantiles over the runs of an arm."""
    series = study.series
    name = _shown(study)
    quarters = series.assign(quarter=series["week"] // WEEKS_QUARTER)
    means = quarters.groupby(["arm", "point", "replicate", "quarter"], sort=False)[name].mean().reset_index()
    rows = quantiles(means, ["arm", "quarter"], name)
    rows.insert(2, "years", (rows["quarter"] + 0.5) * WEEKS_QUARTER / WEEKS_YEAR)
    rows.insert(0, "indicator", name)
    return rows


def _shown(study: StoredStudy) -> str:
    """The first of the study's and the program's primary indicators that has a weekly series, else the first series."""
    columns = [column for column in study.series.columns if column not in KEYS]
    if not columns:
        raise NoData("研究未记录逐周序列", "the study recorded no weekly series")
    return next((name for name in primary(study, len(columns) + 100) if name in columns), columns[0])


@chart(
    table=table,
    needs=("series",),
    label=("变化过程", "Course over time"),
    question=("改革之后各方案如何变化,各次模拟相差多大?", "What happens after the reform, and how far do runs differ?"),
)
def fan(rows: pd.DataFrame, setting: Setting) -> Figure:
    """Median, 50% and 90% of the runs by quarter; the baseline's median stands dashed in every panel."""
    name = str(rows["indicator"].iloc[0])
    unit = words.indicator(name).unit
    arms = [arm for arm in setting.arms if arm in set(rows["arm"])]
    across = max(1, min(ACROSS, len(arms)) if setting.style != "slide" else math.ceil(len(arms) / 2))
    down = math.ceil(len(arms) / across)
    line = style.size(1.0) / 72
    effects = comparisons(setting.study)
    known = name in set(effects["indicator"])
    title = takeaway.of_indicator(effects, name, setting) if known else setting.indicator(name)
    subtitle = setting.say(
        "fan subtitle",
        indicator=setting.indicator(name),
        unit=words.unit_text(unit, setting.lang),
        n=int(rows["n"].max()),
    )
    sheet = style.Sheet(setting, title, subtitle, 2 * line + down * 14.5 * line)
    left, gap = 3.0 * line, 1.4 * line
    top = sheet.key(_key(setting))
    wide = (sheet.width - left - gap * (across - 1)) / across
    high = (sheet.body - top - 3.2 * line) / down
    points = style.size(style.SMALL)
    heads = [style.wrap(setting.arm(arm), wide, points) for arm in arms]
    air = max(style.height(head, points) for head in heads) + 0.5 * line
    factor = words.factor(unit)
    low, most = float(rows["q05"].min()) * factor, float(rows["q95"].max()) * factor
    room = 0.05 * ((most - low) or 1.0)
    base = rows[rows["arm"] == setting.baseline]
    first, last = float(rows["years"].min()), float(rows["years"].max())
    for place, arm in enumerate(arms):
        row, column = divmod(place, across)
        axes = sheet.axes(left + column * (wide + gap), top + row * high + air, wide, high - air - 0.9 * line)
        part = rows[rows["arm"] == arm]
        colour = style.GREY if arm == setting.baseline else style.BLUE
        for lower, upper, alpha in (("q05", "q95", 0.18), ("q25", "q75", 0.38)):
            axes.fill_between(
                part["years"], part[lower] * factor, part[upper] * factor, color=colour, alpha=alpha, linewidth=0
            )
        axes.plot(part["years"], part["q50"] * factor, color=colour)
        if arm != setting.baseline:
            axes.plot(base["years"], base["q50"] * factor, color=style.INK, linestyle=(0, (4, 2)), linewidth=0.9)
        axes.axvline(0, color=style.VERMILLION, linewidth=0.9)
        if place == 0:
            axes.annotate(
                setting.say("reform"), (0, 1), xycoords=("data", "axes fraction"), xytext=(3, -2), va="top",
                textcoords="offset points", fontsize=style.size(style.TINY), color=style.VERMILLION,
            )  # fmt: skip
        axes.set_xlim(first, last)
        axes.set_ylim(low - room, most + room)
        axes.locator_params(axis="y", nbins=4)
        axes.set_xticks(range(math.ceil(first), math.floor(last) + 1))
        axes.grid(axis="y", color=style.FAINT, linewidth=0.5)
        axes.set_axisbelow(True)
        axes.tick_params(labelleft=column == 0, labelbottom=place + across >= len(arms))
        axes.set_title(
            style.wrap(setting.arm(arm), wide, style.size(style.SMALL)), fontsize=style.size(style.SMALL), pad=3
        )
        if row == down - 1 and column == 0:
            axes.set_xlabel(setting.say("years"), loc="left", color=style.GREY)
    return sheet.figure


def _key(setting: Setting) -> list[tuple[Any, str]]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    return [
        (Line2D([], [], color=style.BLUE), setting.say("median")),
        (Patch(color=style.BLUE, alpha=0.45, linewidth=0), setting.say("50%")),
        (Patch(color=style.BLUE, alpha=0.18, linewidth=0), setting.say("90%")),
        (
            Line2D([], [], color=style.INK, linestyle=(0, (4, 2)), linewidth=0.9),
            setting.say("median of", arm=setting.arm(setting.baseline)),
        ),
    ]
