"""Fan: the first indicator over time, one panel an arm, with bands over the replicates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.charts import panels, prose, style, takeaway
from sim.charts.registry import NoData, chart
from sim.charts.tables import COURSES, WEEKS_QUARTER, WEEKS_YEAR, chosen, comparisons, primary, quantiles

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy

KEYS = ("run_id", "point", "arm", "replicate", "week")


def table(study: StoredStudy) -> pd.DataFrame:
    """Quarterly means of each run, then their quantiles over the runs of an arm."""
    series = study.series
    name = first_series(study)
    quarters = series.assign(quarter=series["week"] // WEEKS_QUARTER)
    means = quarters.groupby(["arm", "point", "replicate", "quarter"], sort=False)[name].mean().reset_index()
    rows = quantiles(means, ["arm", "quarter"], name)
    rows.insert(2, "years", (rows["quarter"] + 0.5) * WEEKS_QUARTER / WEEKS_YEAR)
    rows.insert(0, "indicator", name)
    return rows


def first_series(study: StoredStudy) -> str:
    """The first of the study's and the program's primary indicators that has a weekly series, else the first series."""
    columns = [column for column in study.series.columns if column not in KEYS]
    if not columns:
        raise NoData("no_series")
    return next((name for name in primary(study, len(columns) + 100) if name in columns), columns[0])


@chart(table=table, needs=("series",))
def fan(rows: pd.DataFrame, setting: Setting) -> Figure:
    """Median, 50% and 90% of the runs by quarter; the baseline's median stands dashed in every panel."""
    name = str(rows["indicator"].iloc[0])
    unit = prose.indicator(name).unit
    arms, note = chosen(rows, setting, COURSES)
    effects = comparisons(setting.study) if len(arms) > 1 else rows
    known = len(arms) > 1 and name in set(effects["indicator"])
    title = takeaway.of_indicator(effects, name, setting) if known else setting.indicator(name)
    subtitle = setting.say(
        "fan subtitle",
        indicator=setting.indicator(name),
        unit=prose.unit_text(unit, setting.lang),
        n=int(rows["n"].max()),
    )
    factor = prose.factor(unit)
    base = rows[rows["arm"] == setting.baseline]

    def draw(axes: Any, arm: str) -> None:
        part = rows[rows["arm"] == arm]
        colour = style.GREY if arm == setting.baseline else style.BLUE
        for lower, upper, alpha in (("q05", "q95", 0.18), ("q25", "q75", 0.38)):
            axes.fill_between(
                part["years"], part[lower] * factor, part[upper] * factor, color=colour, alpha=alpha, linewidth=0
            )
        axes.plot(part["years"], part["q50"] * factor, color=colour)
        if arm != setting.baseline:
            axes.plot(base["years"], base["q50"] * factor, color=style.INK, linestyle=(0, (4, 2)), linewidth=0.9)

    across = (float(rows["years"].min()), float(rows["years"].max()))
    up = (float(rows["q05"].min()) * factor, float(rows["q95"].max()) * factor)
    return panels.over_time(setting, arms, draw, title, subtitle + note, _key(setting), across, up)


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
