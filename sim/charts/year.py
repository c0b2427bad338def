"""A year of one community: what residents feel, what is spoken and solved, what piles up, when people meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.charts import prose, style
from sim.charts.registry import NoData, chart
from sim.charts.tables import WEEKS_YEAR, completed, focus

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy

BEFORE = 8  # weeks before the reform that are shown
LANES = ("felt", "spoken", "solved", "open", "items", "hours")  # from top to bottom, events below them
SERIES = {"felt": "felt", "spoken": "spoken", "solved": "solved", "open": "open_cases", "items": "items_open"}
HOURS = ("hours_public_above", "hours_overtime_above")
EVENTS = {"meetings": "o", "elections": "D", "quits": "v"}


def table(study: StoredStudy) -> pd.DataFrame:
    """Weeks of the first replicate that is there, for the baseline and the arm furthest from it."""
    import pandas as pd

    series = study.series
    wanted = [*SERIES.values(), *HOURS, *EVENTS]
    if missing := [name for name in wanted if name not in series]:
        raise NoData("series_lack", names=", ".join(missing))
    base = str(study.study["baseline"])
    arms = [base, *(focus(study) if len(study.arms) > 1 else [])]
    done = completed(study)
    point = int(done["point"].min())
    here = series[(series["point"] == point) & series["arm"].isin(arms)]
    both = here.groupby("replicate")["arm"].nunique()
    if both.empty or int(both.max()) < len(arms):
        raise NoData("no_common_series")
    replicate = int(both.index[both == len(arms)].min())
    rows = here[(here["replicate"] == replicate) & (here["week"] >= -BEFORE) & (here["week"] < WEEKS_YEAR)]
    if int(rows["week"].max()) < WEEKS_YEAR - 1:
        raise NoData("short_series")
    parts = [rows["arm"], rows["replicate"], rows["week"], *(rows[s].rename(lane) for lane, s in SERIES.items())]
    parts += [rows[list(HOURS)].sum(axis=1).rename("hours"), *(rows[name] for name in EVENTS)]
    order = {arm: place for place, arm in enumerate(arms)}
    made = pd.concat(parts, axis=1).sort_values("arm", key=lambda column: column.map(order), kind="stable")
    return made.reset_index(drop=True)


@chart(table=table, needs=("series",))
def year(rows: pd.DataFrame, setting: Setting) -> Figure:
    """Lanes over the weeks of a year, the baseline in grey and the other arm in colour."""
    arms = list(dict.fromkeys(rows["arm"]))
    line, points = style.size(1.0) / 72, style.size(style.SMALL)
    said = {"replicate": int(rows["replicate"].iloc[0]) + 1, "baseline": setting.arm(setting.baseline)}
    if len(arms) > 1:
        subtitle = setting.say("year subtitle", arm=setting.arm(arms[1]), **said)
    else:
        subtitle = setting.say("year subtitle alone", **said)
    sheet = style.Sheet(setting, _title(rows, arms[-1], setting), subtitle, len(LANES) * 7.6 * line + 11 * line)
    top = sheet.key(_key(arms, setting)) + 0.2 * line
    labels = {lane: style.wrap(setting.say(f"lane {lane}"), 10.5 * line, points) for lane in LANES}
    left = max(style.text_width(part, points) for text in labels.values() for part in text.split("\n")) + 3.4 * line
    wide = sheet.width - left - 0.8 * line
    low = 6.4 * line
    high = (sheet.body - top - low) / len(LANES)
    for place, lane in enumerate(LANES):
        axes = sheet.axes(left, top + place * high + 0.5 * line, wide, high - 0.9 * line)
        for number, arm in enumerate(arms):
            part = rows[rows["arm"] == arm]
            colour = (style.GREY, style.BLUE)[number]
            axes.plot(part["week"], part[lane], color=colour, linewidth=(1.3, 1.0)[number] * style.line() * 0.7,
                      linestyle=((0, (3, 1.5)), "-")[number] if len(arms) > 1 else "-", zorder=2 + number)  # fmt: skip
        axes.set_ylim(0, 1.08 * max(1.0, float(rows[lane].max())))
        axes.locator_params(axis="y", nbins=2, integer=True)
        axes.yaxis.set_major_formatter(lambda value, _: prose.number(value, 0))
        _weeks(axes)
        axes.tick_params(labelbottom=False)
        if place == 0:
            axes.annotate(
                setting.say("reform"), (0, 1), xycoords=("data", "axes fraction"), xytext=(3, 2), va="top",
                textcoords="offset points", fontsize=style.size(style.TINY), color=style.ink(style.VERMILLION),
            )  # fmt: skip
        sheet.note(labels[lane], top + place * high + 0.9 * line)
    sheet.small(setting.say("lane events"), sheet.body - low + 0.2 * line)
    axes = sheet.axes(left, sheet.body - low + 0.4 * line, wide, low - 3.4 * line)
    for number, arm in enumerate(arms):
        part = rows[rows["arm"] == arm]
        for event, marker in EVENTS.items():
            weeks = part.loc[part[event] > 0, "week"]
            shift = list(EVENTS).index(event) * 0.24 - 0.24
            axes.plot(weeks, [number + shift] * len(weeks), marker, color=(style.GREY, style.BLUE)[number],
                      markersize=0.55 * style.marker(), linestyle="", clip_on=False)  # fmt: skip
    axes.set_ylim(len(arms) - 0.4, -0.6)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    _weeks(axes)
    axes.set_xlabel(setting.say("week of year"), loc="left", color=style.GREY)
    return sheet.figure


def _weeks(axes: Any) -> None:
    axes.axvline(0, color=style.VERMILLION, linewidth=0.9)
    axes.set_xlim(-BEFORE, WEEKS_YEAR - 1)
    axes.set_xticks([0, 13, 26, 39, 51])
    axes.grid(axis="x", color=style.FAINT, linewidth=0.5)
    axes.set_axisbelow(True)


def _key(arms: list[str], setting: Setting) -> list[tuple[Any, str]]:
    from matplotlib.lines import Line2D

    looks: tuple[tuple[str, Any], ...] = ((style.GREY, (0, (3, 1.5))), (style.BLUE, "-"))
    return [
        (Line2D([], [], color=colour, linestyle=dashes),
         setting.arm(arm) + (setting.say("is baseline") if arm == setting.baseline else ""))
        for arm, (colour, dashes) in zip(arms, looks, strict=False)
    ]  # fmt: skip


def _title(rows: pd.DataFrame, arm: str, setting: Setting) -> str:
    part = rows[(rows["arm"] == arm) & (rows["week"] >= 0)]
    sums = {lane: prose.number(float(part[lane].sum()), 0) for lane in ("felt", "spoken", "solved")}
    week = int(part.loc[part["items"].idxmax(), "week"])
    return setting.say("year title", arm=setting.arm(arm), week=week, **sums)
