"""The three budgets of every arm beside the baseline's: a comparison at unequal means must show it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sim.charts import panels, style, words
from sim.charts.registry import NoData, chart
from sim.charts.tables import completed

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy


def table(study: StoredStudy) -> pd.DataFrame:
    """Mean of each budget by arm and its difference relative to the baseline, with the study's own word on it."""
    import pandas as pd

    from sim.analysis.budgets import BUDGETS, TOLERANCE, relative_difference
    from sim.store.folder import BUDGET

    runs = completed(study)
    names = [name for name in BUDGETS if BUDGET + name in runs]
    if not names:
        raise NoData("the study recorded no budgets")
    held = set(study.study.get("equal") or ())
    baseline = study.study["baseline"]
    rows = []
    for name in names:
        means = runs.groupby("arm", sort=False)[BUDGET + name].mean()
        for arm, mean in means.items():
            relative = relative_difference(float(mean), float(means.get(baseline, float("nan"))))
            rows.append(
                (name, words.indicator(name).unit, arm, float(mean), relative, abs(relative) <= TOLERANCE, name in held)
            )
    columns = ["budget", "unit", "arm", "mean", "relative_difference", "equal", "held_equal"]
    return pd.DataFrame(rows, columns=columns)


@chart(
    table=table,
    label=("三本预算", "Three budgets"),
    question=(
        "各方案投入的工时、财政资金与社会总成本是否相等?",
        "Do the arms use equal hours, public money and social cost?",
    ),
)
def budgets(rows: pd.DataFrame, setting: Setting) -> Figure:
    """Relative difference of each budget from the baseline; the band within which budgets count as equal is shaded."""
    names = list(rows["budget"].unique())
    arms = [arm for arm in setting.arms if arm in set(rows["arm"])]

    def panel(name: str) -> Callable[[Any], None]:
        part = rows[rows["budget"] == name].set_index("arm")
        return lambda axes: _panel(axes, part, arms, setting)

    differing = [name for name in names if not rows.loc[rows["budget"] == name, "equal"].all()]
    parts = setting.say("and").join(setting.indicator(name) for name in differing)
    title = setting.say("budgets differ", parts=parts) if differing else setting.say("budgets equal")

    def heading(name: str) -> str:
        held = rows.loc[rows["budget"] == name, "held_equal"].all()
        notes = [
            words.unit_text(words.indicator(name).unit, setting.lang),
            *([setting.say("held equal")] if held else []),
        ]
        return words.bracketed(setting.indicator(name), setting.say("and").join(notes), setting.lang)

    return panels.by_arm(
        setting,
        arms,
        [(heading(name), panel(name)) for name in names],
        title,
        setting.say("budgets subtitle", baseline=setting.arm(setting.baseline)),
        [],
    )


def _panel(axes: Any, part: pd.DataFrame, arms: list[str], setting: Setting) -> None:
    axes.axvspan(-1, 1, color=style.FAINT, linewidth=0, zorder=1)
    axes.axvline(0, color=style.INK, linewidth=0.8, zorder=1)
    places = 0 if part["mean"].abs().max() >= 1000 else 1
    for row, arm in enumerate(arms):
        if arm not in part.index:
            continue
        found = part.loc[arm]
        percent = 100 * float(found["relative_difference"])
        equal = bool(found["equal"])
        colour = style.GREY if equal else style.VERMILLION
        axes.plot([0, percent], [row, row], color=colour, zorder=2)
        axes.plot(percent, row, "o" if equal else "D", color=colour, zorder=3,
                  markerfacecolor=style.PAPER if equal else colour)  # fmt: skip
        text = words.number(float(found["mean"]), places)
        panels.value(axes, row, text if equal else f"{text}  {words.number(percent, 1, signed=True)}%", style.INK)
    found_all = 100 * part["relative_difference"]
    panels.room_for_values(axes, min(-2.0, float(found_all.min())), max(2.0, float(found_all.max())), share=1.5)
    axes.set_xlabel(setting.say("percent of baseline"), loc="left", color=style.GREY)
