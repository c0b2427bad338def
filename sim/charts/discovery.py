"""Scenario discovery: the ranges of assumptions inside which an arm does not beat the baseline."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sim.charts import panels, prose, style
from sim.charts.factors import factor as one
from sim.charts.registry import NoData, chart
from sim.charts.tables import completed, primary

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy

MOST = 10  # limits shown an arm
LUCK = 0.05  # chance above which a limit is drawn hollow
LEAST = 0.012  # width of a bar, over the whole range: one level of a grid is no width
HIGH = 0.3  # of a bar, over the pitch of the rows


def table(study: StoredStudy) -> pd.DataFrame:
    """The box of each arm for the study's first indicator; an arm that always or never loses has one row, no factor."""
    import pandas as pd

    from sim.analysis.discovery import discovery_table
    from sim.analysis.sensitivity import outcomes

    completed(study)
    name = primary(study, 1)[0]
    better = prose.indicator(name).better
    if not better:
        raise NoData("no_direction")
    base = str(study.study["baseline"])
    parts = []
    for arm in study.arms:
        if arm == base:
            continue
        found = discovery_table(study, arm, name, better)
        if found.empty:
            lost = (better * outcomes(study.runs, arm, name, base) <= 0).mean()
            found = pd.DataFrame([{"factor": "", "base_rate": float(lost)}]).reindex(columns=found.columns)
        parts.append(found.assign(arm=arm, indicator=name))
    if not parts:
        raise NoData("one_arm")
    return pd.concat([part.dropna(axis=1, how="all") for part in parts], ignore_index=True)


@chart(table=table, needs=("comparison", "sampled"))
def discovery(rows: pd.DataFrame, setting: Setting) -> Figure:
    """Limits of the box as parts of each factor's whole range; one panel an arm."""
    from matplotlib.patches import Patch

    from sim.analysis.discovery import FEWEST

    rows = rows.reindex(columns=sorted({*rows.columns, "density", "coverage", "p_luck", "low", "high"}))
    name = str(rows["indicator"].iloc[0])
    arms = [str(arm) for arm in dict.fromkeys(rows["arm"])]
    boxed = rows[rows["factor"].fillna("") != ""]
    factors = [str(f) for f in dict.fromkeys(boxed.sort_values("p_luck", kind="stable")["factor"])][:MOST]
    rate = {arm: float(rows.loc[rows["arm"] == arm, "base_rate"].iloc[0]) for arm in arms}

    def heading(arm: str) -> str:
        own = boxed[boxed["arm"] == arm]
        if own.empty:
            return setting.say("box none", arm=setting.arm(arm), rate=prose.percent(rate[arm]), fewest=FEWEST)
        first = own.iloc[0]
        return setting.say(
            "box heading", arm=setting.arm(arm), density=prose.percent(float(first["density"])),
            coverage=prose.percent(float(first["coverage"])), rate=prose.percent(rate[arm]),
        )  # fmt: skip

    def panel(arm: str) -> Callable[[Any], None]:
        own = boxed[boxed["arm"] == arm].set_index("factor")
        return lambda axes: _panel(axes, own, factors, setting)

    losing = sorted(arms, key=lambda arm: -rate[arm])
    total = len(setting.study.points)
    title = setting.say(
        "box title", indicator=setting.indicator(name), arm=setting.arm(losing[0]), rate=prose.percent(rate[losing[0]]),
        k=round(rate[losing[0]] * total), total=total,
    )  # fmt: skip
    key = [
        (Patch(facecolor=style.FAINT), setting.say("whole range")),
        (Patch(facecolor=style.VERMILLION), setting.say("inside box")),
    ]
    if (boxed["p_luck"] > LUCK).any():
        key.append((Patch(facecolor=style.PAPER, edgecolor=style.VERMILLION), setting.say("lucky box")))
    room = 0.36 * (style.page_width() - 2 * style.MARGIN)
    names = [one(key, setting, room) for key in factors] or [""]
    parts = [(heading(arm), panel(arm)) for arm in arms]
    subtitle = setting.say("box subtitle")
    return panels.grid(setting, names, parts, title, subtitle, key, ticks=None, share=0.36, whose=arms)


def _panel(axes: Any, own: pd.DataFrame, factors: list[str], setting: Setting) -> None:
    for row, factor in enumerate(factors):
        axes.barh(row, 1, height=HIGH, color=style.FAINT, zorder=1)
        if factor not in own.index:
            continue
        found = own.loc[factor]
        start, span = float(found["from_low"]), float(found["from_high"]) - float(found["from_low"])
        low, high = float(found["low"]), float(found["high"])
        lucky = float(found["p_luck"]) > LUCK
        axes.barh(
            row, max(LEAST, (high - low) / span), left=min(1 - LEAST, (low - start) / span), height=HIGH, zorder=2,
            edgecolor=style.VERMILLION, facecolor=style.PAPER if lucky else style.VERMILLION,
        )  # fmt: skip
        places = prose.decimals(low, high)
        text = f"{prose.number(low, places)} – {prose.number(high, places)}"
        panels.value(axes, row, text, style.VERMILLION)
    axes.set_xlim(-0.03, 1.45)
    axes.set_xticks([0, 1], [setting.say("low end"), setting.say("high end")])
