"""Who wins and loses: what each arm changes for each group of residents."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.analysis.effects import verdicts
from sim.charts import panels, prose, style
from sim.charts.paired_differences import key_of
from sim.charts.registry import NoData, chart
from sim.charts.tables import CLAIM, focus, some_arms, unit_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy

SHOWN = "welfare"
ARMS = 6
TALLY = ("better", "worse", "unclear")


def table(study: StoredStudy) -> pd.DataFrame:
    """Paired differences of each group from the same group under the baseline, with verdicts."""
    from sim.analysis.flows import group_differences

    rows = group_differences(study.tallies, SHOWN, str(study.study["baseline"]), unit=unit_of(study))
    if rows.empty:
        raise NoData("no_groups")
    rows["better"] = prose.indicator(SHOWN).better
    rows["verdict"] = verdicts(rows, rows["better"])
    return rows


@chart(table=table, needs=("comparison", "tallies"))
def groups(rows: pd.DataFrame, setting: Setting) -> Figure:
    """One panel an arm, one row a group."""
    names = list(dict.fromkeys(rows["group"]))
    every = list(dict.fromkeys(rows["arm"]))
    most = panels.ACROSS if setting.style == "slide" else ARMS
    near = focus(setting.study, len(every))
    chosen = set(near[:most])
    arms = [arm for arm in every if arm in chosen]
    subtitle = setting.say(
        "groups subtitle", indicator=setting.indicator(SHOWN), baseline=setting.arm(setting.baseline)
    )
    if len(arms) < len(every):
        subtitle += some_arms(setting, len(arms), len(every))
    shown = rows[rows["arm"].isin(arms)]
    ends = shown[["ci_low", "ci_high", "difference"]].to_numpy(dtype=float) * 100
    finite = ends[np.isfinite(ends)]
    low, high = min(0.0, finite.min(initial=0.0)), max(0.0, finite.max(initial=0.0))

    def panel(arm: str) -> Callable[[Any], None]:
        part = rows[rows["arm"] == arm].set_index("group")
        return lambda axes: _panel(axes, part, names, (low, high), setting)

    labels = [setting.say(f"group {name}") for name in names]
    drawn = [(setting.arm(arm), panel(arm)) for arm in arms]
    title = _title(rows, next(arm for arm in near if arm in chosen), setting)
    return panels.grid(setting, labels, drawn, title, subtitle, key_of(shown, setting), whose=arms)


def _panel(axes: Any, part: pd.DataFrame, names: list[str], ends: tuple[float, float], setting: Setting) -> None:
    places = prose.decimals(*(100 * part["difference"].abs()))
    axes.axvline(0, color=style.INK, linewidth=0.8, zorder=1)
    for row, name in enumerate(names):
        found = part.loc[name]
        colour, marker, filled = style.VERDICTS[str(found["verdict"])]
        middle, low, high = (100 * float(found[key]) for key in ("difference", "ci_low", "ci_high"))
        axes.plot([low, high], [row, row], color=colour, zorder=2)
        axes.plot(middle, row, marker, color=colour, markerfacecolor=colour if filled else style.PAPER, zorder=3)
        digits = places if found["verdict"] == "unclear" else prose.visible(middle, places)
        panels.value(axes, row, prose.number(middle, digits, signed=True), colour)
    panels.room_for_values(axes, *ends)
    unit = prose.unit_text(prose.indicator(SHOWN).unit, setting.lang, difference=True)
    axes.set_xlabel(prose.bracketed(unit, setting.say("right"), setting.lang), loc="left", color=style.GREY)


def _title(rows: pd.DataFrame, arm: str, setting: Setting) -> str:
    part = rows[rows["arm"] == arm]
    if int(part["n"].max()) < CLAIM:
        return setting.say("too few", indicator=setting.indicator(SHOWN), n=CLAIM)
    clear = part[part["verdict"] != "unclear"]
    said: dict[str, Any] = {"arm": setting.arm(arm), "total": len(part)}
    if clear.empty:
        return setting.say("groups none", **said)
    top = clear.loc[clear["difference"].abs().idxmax()]
    numbers = [float(top[key]) for key in ("difference", "ci_low", "ci_high")]
    amount, low, high = prose.span(numbers[0], numbers[1], numbers[2], "share", setting.lang)
    counts = part["verdict"].value_counts()
    tally = [setting.say(f"groups {verdict}", k=int(counts[verdict])) for verdict in TALLY if verdict in counts]
    return setting.say(
        "groups title", counts=setting.say("and").join(tally), group=setting.say(f"group {top['group']}"),
        amount=amount, low=low, high=high, **said,
    )  # fmt: skip
