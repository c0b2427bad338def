"""The two records side by side: what the files say and what residents experience."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.charts import panels, prose, style
from sim.charts.registry import NoData, chart
from sim.charts.tables import CLAIM, chosen, completed, enough, unit_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy

PAIRS = (("closed_share", "welfare"), ("callback_satisfied", "felt_satisfaction"))  # handling record, residents


def table(study: StoredStudy) -> pd.DataFrame:
    """Means of both records by arm and the gap between them with its 95% interval, one row a pair of
    indicators and arm.

    The interval is over what is resampled elsewhere too: replicates, or design points where these were drawn.
    """
    import pandas as pd

    from sim.analysis.effects import intervals

    runs = completed(study)
    unit = ["arm", unit_of(study)]
    rows, gaps = [], []
    for filed, felt in PAIRS:
        if filed not in runs or felt not in runs:
            continue
        both = runs.dropna(subset=[filed, felt]).groupby(unit, sort=False)[[filed, felt]].mean()
        for arm, own in both.groupby(level="arm", sort=False):
            gaps.append((own[filed] - own[felt]).to_numpy(dtype=np.float64))
            rows.append((filed, felt, arm, len(own), float(own[filed].mean()), float(own[felt].mean())))
    if not rows:
        raise NoData("no_records")
    means = ["mean_handling_record", "mean_residents"]
    found = pd.DataFrame(rows, columns=["handling_record", "residents", "arm", "n", *means])
    found["difference"] = found[means[0]] - found[means[1]]
    found["ci_low"], found["ci_high"] = intervals(gaps)
    return found


@chart(table=table)
def two_records(rows: pd.DataFrame, setting: Setting) -> Figure:
    """Each arm's two means joined by a line, one panel a pair of indicators."""
    pairs = list(dict.fromkeys(zip(rows["handling_record"], rows["residents"], strict=True)))
    arms, note = chosen(rows, setting)

    def panel(filed: str) -> Callable[[Any], None]:
        part = rows[rows["handling_record"] == filed].set_index("arm")
        return lambda axes: _panel(axes, part, arms, setting)

    return panels.by_arm(
        setting,
        arms,
        [(f"■ {setting.indicator(filed)}\n● {setting.indicator(felt)}", panel(filed)) for filed, felt in pairs],
        _title(rows, pairs[0], setting),
        setting.say("records subtitle") + note,
        _key(setting),
    )


def _title(rows: pd.DataFrame, pair: tuple[str, str], setting: Setting) -> str:
    part = rows[rows["handling_record"] == pair[0]]
    named = {"filed": setting.indicator(pair[0]), "felt": setting.indicator(pair[1])}
    if not enough(part):
        return setting.say("records few", n=CLAIM, **named)
    gaps = 100 * part["difference"]
    return setting.say(
        "records title", **named, k=int((part["ci_low"] > 0).sum()), total=len(gaps),
        low=prose.number(float(gaps.min()), 1, signed=True), high=prose.number(float(gaps.max()), 1, signed=True),
    )  # fmt: skip


def _panel(axes: Any, part: pd.DataFrame, arms: list[str], setting: Setting) -> None:
    ends = 100 * part[["mean_handling_record", "mean_residents"]]
    for row, arm in enumerate(arms):
        filed, felt = (float(value) for value in ends.loc[arm])
        axes.plot([felt, filed], [row, row], color="#9A9A9A", linewidth=1.0, zorder=2)
        axes.plot(filed, row, "s", color=style.ORANGE, zorder=3)
        axes.plot(felt, row, "o", color=style.BLUE, zorder=3)
        panels.value(axes, row, f"{prose.number(felt, 1)} | {prose.number(filed, 1)}", style.INK)
    panels.room_for_values(axes, float(ends.min().min()), float(ends.max().max()), share=0.45)
    axes.set_xlabel("%", loc="left", color=style.GREY)


def _key(setting: Setting) -> list[tuple[Any, str]]:
    from matplotlib.lines import Line2D

    looks = (("s", style.ORANGE, "handling record"), ("o", style.BLUE, "residents' record"))
    return [
        (Line2D([], [], linestyle="", marker=mark, color=colour), setting.say(text)) for mark, colour, text in looks
    ]
