"""Course of a difference: how far each arm is from the baseline quarter by quarter, with bands for the whole course."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.charts import panels, prose, style
from sim.charts.fan import first_series
from sim.charts.registry import NoData, chart
from sim.charts.tables import CLAIM, COURSES, WEEKS_QUARTER, WEEKS_YEAR, chosen, unit_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy

NAMED = 2


def table(study: StoredStudy) -> pd.DataFrame:
    """Quarterly paired differences since the reform with pointwise and simultaneous intervals."""
    from sim.analysis.bands import difference_bands

    name = first_series(study)
    series = study.series
    series = series[series["week"] >= 0]
    # Where points were drawn from ranges, they are what is paired and resampled.
    quarters = series.assign(quarter=series["week"] // WEEKS_QUARTER, replicate=series[unit_of(study)])
    rows = difference_bands(quarters, str(study.study["baseline"]), name, "quarter")
    if rows.empty:
        raise NoData("no_course")
    rows.insert(1, "years", (rows["at"] + 0.5) * WEEKS_QUARTER / WEEKS_YEAR)
    rows.insert(0, "indicator", name)
    return rows.rename(columns={"at": "quarter"})


@chart(table=table, needs=("comparison", "series"))
def course(rows: pd.DataFrame, setting: Setting) -> Figure:
    """One panel an arm: mean difference, pointwise band, simultaneous band."""
    name = str(rows["indicator"].iloc[0])
    unit = prose.indicator(name).unit
    arms, note = chosen(rows, setting, COURSES)
    factor = prose.factor(unit)

    def draw(axes: Any, arm: str) -> None:
        part = rows[rows["arm"] == arm]
        years = part["years"]
        for low, high, alpha in (("low", "high", 0.2), ("pointwise_low", "pointwise_high", 0.38)):
            axes.fill_between(
                years, part[low] * factor, part[high] * factor, color=style.BLUE, alpha=alpha, linewidth=0
            )
        axes.plot(years, part["difference"] * factor, color=style.BLUE)
        axes.axhline(0, color=style.INK, linewidth=0.8)

    subtitle = setting.say(
        "course subtitle",
        indicator=setting.indicator(name),
        baseline=setting.arm(setting.baseline),
        unit=prose.unit_text(unit, setting.lang, difference=True),
    )
    across = (0.0, float(rows["years"].max()) + 0.5 * WEEKS_QUARTER / WEEKS_YEAR)
    low, high = rows[["low", "difference"]].min().min(), rows[["high", "difference"]].max().max()  # a pair has no band
    up = (float(low) * factor, float(high) * factor)
    title = _title(rows, name, setting)
    return panels.over_time(setting, arms, draw, title, subtitle + note, _key(setting), across, up)


def _key(setting: Setting) -> list[tuple[Any, str]]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    return [
        (Line2D([], [], color=style.BLUE), setting.say("mean difference")),
        (Patch(color=style.BLUE, alpha=0.5, linewidth=0), setting.say("pointwise")),
        (Patch(color=style.BLUE, alpha=0.2, linewidth=0), setting.say("simultaneous")),
    ]


def _title(rows: pd.DataFrame, name: str, setting: Setting) -> str:
    label = setting.indicator(name)
    if int(rows["n"].max()) < CLAIM:
        return setting.say("too few", indicator=label, n=CLAIM)
    clear = rows[(rows["low"] > 0) | (rows["high"] < 0)]
    if clear.empty:
        return setting.say("course none", indicator=label)
    size = clear["difference"].abs().groupby(clear["arm"]).max().sort_values(ascending=False, kind="stable")
    parts = [
        setting.say(
            "course part",
            arm=setting.arm(arm),
            k=int((clear["arm"] == arm).sum()),
            total=int((rows["arm"] == arm).sum()),
            start=int(clear.loc[clear["arm"] == arm, "quarter"].min()) + 1,
        )
        for arm in size.index[:NAMED]
    ]
    total = rows["arm"].nunique()
    rest = setting.say("also differ", k=len(size) - NAMED) if len(size) > NAMED else ""
    if total > len(size):
        rest += setting.say("the others", k=total - len(size))
    return setting.say("course some", indicator=label, parts=setting.say("and").join(parts), rest=rest)
