"""Tornado: the assumptions that move an outcome most, for its level and for a difference between arms."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.charts import panels, prose, style
from sim.charts.factors import factor
from sim.charts.registry import NoData, chart
from sim.charts.tables import CLAIM, completed, primary

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy

MOST = 14  # factors shown
NAMED = 0.2  # a factor named in the title moves at least so much of what the strongest moves


def table(study: StoredStudy) -> pd.DataFrame:
    """Every factor by panel (the baseline's level, each arm's difference): low, middle and high end of its bar.

    The first indicator of the study. Of Morris and Saltelli designs the bar is the 95% interval of mu* or of the total
    index; of a design of one factor at a time it runs from the outcome at one end to that at the other, against the
    outcome as stated, and has no interval.
    """
    import pandas as pd

    from sim.analysis import sensitivity

    completed(study)
    kind = str((study.study.get("design") or {}).get("kind"))
    indicator = primary(study, 1)
    try:
        if kind == "morris":
            rows = sensitivity.morris_table(study, indicator)
            rows = rows.rename(columns={"mu_star": "middle", "ci_low": "low", "ci_high": "high"})
        elif kind == "saltelli":
            rows = sensitivity.sobol_table(study, indicator)
            rows = rows.rename(columns={"total": "middle", "total_low": "low", "total_high": "high"})
        else:
            rows = sensitivity.one_at_a_time_table(study, indicator)
    except sensitivity.NotOfThisKind as why:
        raise NoData("no_indices", why=str(why)) from None
    except ImportError:
        raise NoData("no_salib") from None
    shown = (rows["of"] == sensitivity.DIFFERENCE) | (rows["arm"] == study.study["baseline"])
    rows = pd.DataFrame(rows[shown]).assign(kind=kind)
    return rows[["arm", "of", "indicator", "factor", "kind", "low", "middle", "high"]].reset_index(drop=True)


@chart(table=table, needs=("sensitivity",))
def tornado(rows: pd.DataFrame, setting: Setting) -> Figure:
    """Factors by the size of what they move; one panel for the level at the baseline, one for each arm's difference."""
    from matplotlib.lines import Line2D

    name = str(rows["indicator"].iloc[0])
    kind = str(rows["kind"].iloc[0])
    size = (rows["high"] - rows["low"]).abs() if kind == "oat" else rows["middle"].abs()
    most = size.groupby(rows["factor"]).max().sort_values(ascending=False, kind="stable")
    factors = [str(f) for f in most.index[:MOST]]
    arms = [str(arm) for arm in dict.fromkeys(rows["arm"])]
    headings = [setting.say("tornado level" if arm == setting.baseline else "tornado gap", arm=setting.arm(arm))
                for arm in arms]  # fmt: skip

    def panel(arm: str) -> Callable[[Any], None]:
        part = rows[rows["arm"] == arm].set_index("factor")
        return lambda axes: _panel(axes, part, factors, name, kind, setting)

    at = min(1, len(arms) - 1)
    title = _title(rows[rows["arm"] == arms[at]], headings[at], setting)
    known = kind if rows["high"].notna().any() else "bare"
    key = [(Line2D([], [], color=style.BLUE, marker="o"), setting.say(f"tornado key {known}"))]
    subtitle = setting.say(f"tornado subtitle {kind}", k=len(factors), total=len(most), trials=_trials(setting))
    parts = [(heading, panel(arm)) for heading, arm in zip(headings, arms, strict=True)]
    room = (0.25 if setting.style == "slide" else 0.32) * (style.page_width() - 2 * style.MARGIN)
    names = [factor(f, setting, room) for f in factors]
    return panels.grid(setting, names, parts, title, subtitle, key, share=0.32, whose=arms)


def _trials(setting: Setting) -> int:
    """Trajectories of a Morris design, base samples of a Saltelli one; 0 where one factor is moved at a time."""
    design = setting.study.study["design"]
    return int(design["size"]) if design["kind"] in ("morris", "saltelli") else 0


def _title(part: pd.DataFrame, heading: str, setting: Setting) -> str:
    """The factors with the largest estimates, and whether the order of the first and those unnamed is certain."""
    kind, name = str(part["kind"].iloc[0]), str(part["indicator"].iloc[0])
    said = {"indicator": setting.indicator(name), "arm": heading}
    if kind != "oat" and _trials(setting) < CLAIM:
        return setting.say("tornado few", n=CLAIM, **said)
    by = part.set_index("factor")
    weight = ((by["high"] - by["low"]) if kind == "oat" else by["middle"]).abs()
    weight = weight.sort_values(ascending=False, kind="stable")
    named = weight[weight >= NAMED * weight.max()].index[:3]
    title = setting.say(
        "tornado title", factors=setting.say("and").join(factor(str(f), setting) for f in named), **said
    )
    rest = by.loc[[f for f in by.index if f not in set(named)]]
    open_order = kind != "oat" and not rest.empty and not float(by.loc[named, "low"].min()) > float(rest["high"].max())
    return title + (setting.say("tornado open") if open_order else "")


def _panel(axes: Any, part: pd.DataFrame, factors: list[str], name: str, kind: str, setting: Setting) -> None:
    unit = prose.indicator(name).unit
    scale = 1.0 if kind == "saltelli" else prose.factor(unit)
    ends = part.loc[factors, ["low", "middle", "high"]].to_numpy(dtype=float) * scale
    places = prose.decimals(*ends.ravel().tolist())
    axes.axvline(0, color=style.INK, linewidth=0.8, zorder=1)
    for row, (low, middle, high) in enumerate(ends):
        if not np.isfinite(middle):
            continue
        axes.plot([low, high], [row, row], color=style.BLUE, linewidth=4.0 if kind == "oat" else None, zorder=2)
        if kind == "oat":
            axes.plot(high, row, "o", color=style.BLUE, zorder=3)
            text = f"{prose.number(low, places, signed=True)} / {prose.number(high, places, signed=True)}"
        else:
            axes.plot(middle, row, "o", color=style.BLUE, zorder=3)
            text = prose.number(middle, places)
        panels.value(axes, row, text, style.BLUE)
    finite = ends[np.isfinite(ends)]
    share = 0.5 if kind == "oat" else 0.34
    panels.room_for_values(axes, min(0.0, finite.min(initial=0.0)), max(0.0, finite.max(initial=0.0)), share)
    shown = setting.say("tornado share") if kind == "saltelli" else prose.unit_text(unit, setting.lang, difference=True)
    axes.set_xlabel(shown, loc="left", color=style.GREY)
