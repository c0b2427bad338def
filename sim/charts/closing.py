"""Closing times: how fast files are closed, and how fast problems are truly solved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.charts import arms as belong
from sim.charts import prose, style
from sim.charts.registry import NoData, chart
from sim.charts.tables import focus

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy

RECORDS = ("handling", "residents")
PROMISE = 60.0  # working days at which the title reads the curves
NAMED = 3  # arms drawn in colour; the others are thin and grey
LOOKS: tuple[tuple[str, Any, str], ...] = (
    (style.BLUE, "-", "^"),
    (style.VERMILLION, (0, (5, 2)), "v"),
    (style.GREEN, (0, (2, 1.5)), "D"),
)


def table(study: StoredStudy) -> pd.DataFrame:
    """Share closed or solved after so many working days: mean and quantiles over the runs of an arm."""
    from sim.charts.tables import quantiles

    part = study.tallies
    part = part[part["measure"] == "closing"]
    if part.empty:
        raise NoData("no_closing_times")
    done = part.assign(share=1.0 - part["value"]).rename(columns={"a": "record", "at": "days"})
    return quantiles(done, ["record", "arm", "days"], "share")


@chart(table=table, needs=("tallies",))
def closing(rows: pd.DataFrame, setting: Setting) -> Figure:
    """Two panels with one curve an arm; the baseline and the arms furthest from it stand out."""
    line = style.size(1.0) / 72
    known = set(rows["arm"])
    near = [arm for arm in (focus(setting.study, NAMED) if len(setting.arms) > 1 else []) if arm in known]
    sheet = style.Sheet(setting, _title(rows, setting), setting.say("closing subtitle"), 31 * line)
    top = sheet.key(_key(near, len(known) > len(near) + 1, setting))
    left, gap = 3.2 * line, 2.4 * line
    records = [record for record in RECORDS if (rows["record"] == record).any()]
    wide = (sheet.width - left - gap * (len(records) - 1)) / len(records)
    for place, record in enumerate(records):
        x = left + place * (wide + gap)
        sheet.heading(setting.say("closing filed" if record == "handling" else "closing felt"), top + 0.3 * line, x)
        axes = sheet.axes(x, top + 2.4 * line, wide, sheet.body - top - 5.6 * line)
        _panel(axes, rows[rows["record"] == record], near, setting)
        axes.tick_params(labelleft=place == 0)
    return sheet.figure


def _panel(axes: Any, rows: pd.DataFrame, near: list[str], setting: Setting) -> None:
    base = rows[rows["arm"] == setting.baseline]
    axes.fill_between(base["days"], 100 * base["q05"], 100 * base["q95"], color=style.INK, alpha=0.15, linewidth=0)
    for arm in dict.fromkeys(rows["arm"]):
        if arm not in near and arm != setting.baseline:
            part = rows[rows["arm"] == arm]
            belong.mark(arm, *axes.plot(part["days"], 100 * part["mean"], color="#B0B0B0", linewidth=0.7, zorder=2))
    for place, arm in enumerate(near):
        colour, dashes, marker = LOOKS[place]
        part = rows[rows["arm"] == arm]
        curve = axes.plot(part["days"], 100 * part["mean"], color=colour, linestyle=dashes, zorder=3, marker=marker,
                          markevery=(2 + 2 * place, 5), markersize=0.8 * style.marker())  # fmt: skip
        belong.mark(arm, *curve)
    axes.plot(base["days"], 100 * base["mean"], color=style.INK, zorder=4, marker="s", markevery=(1, 5),
              markersize=0.7 * style.marker())  # fmt: skip
    axes.axvline(PROMISE, color=style.GREY, linewidth=0.8, linestyle=(0, (1, 2)), zorder=1)
    axes.set_xlim(0, float(rows["days"].max()))
    axes.set_ylim(0, 103)
    axes.set_yticks(range(0, 101, 25), [f"{share}%" for share in range(0, 101, 25)])
    axes.set_xticks([0, 20, 60, 120, 180, 240])
    axes.grid(axis="y", color=style.FAINT, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.set_xlabel(setting.say("working days since"), loc="left", color=style.GREY)


def _key(near: list[str], others: bool, setting: Setting) -> list[tuple[Any, str]]:
    from matplotlib.lines import Line2D

    entries = [(Line2D([], [], color=style.INK, marker="s", markersize=0.7 * style.marker()),
                setting.arm(setting.baseline) + setting.say("is baseline"))]  # fmt: skip
    for (colour, dashes, marker), arm in zip(LOOKS, near, strict=False):
        mark = Line2D([], [], color=colour, linestyle=dashes, marker=marker, markersize=0.8 * style.marker())
        entries.append((mark, setting.arm(arm)))
    if others:
        entries.append((Line2D([], [], color="#B0B0B0", linewidth=0.7), setting.say("other arms")))
    return entries


def _title(rows: pd.DataFrame, setting: Setting) -> str:
    at = rows[(rows["arm"] == setting.baseline) & (rows["days"] == PROMISE)].set_index("record")["mean"]
    filed, felt = (prose.level(float(at.get(record, float("nan"))), "share", setting.lang, 0) for record in RECORDS)
    arm = setting.arm(setting.baseline)
    return setting.say("closing title", arm=arm, days=f"{PROMISE:.0f}", filed=filed, felt=felt)
