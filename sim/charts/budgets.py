"""The three budgets of every arm beside the baseline's: a comparison at unequal means must show it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sim.charts import panels, prose, style
from sim.charts.registry import NoData, chart
from sim.charts.tables import chosen, completed

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy


def table(study: StoredStudy) -> pd.DataFrame:
    """Mean of each budget by arm and its difference relative to the baseline, with the study's own word on it.

    What a budget is judged by stands first; hours worked follow the established ones and are judged by nobody.
    """
    import pandas as pd

    from sim.analysis.budgets import BUDGETS, MEASURES, OUTCOMES, relative_difference
    from sim.store.parts import BUDGET

    runs = completed(study)
    held = set(study.study.get("equal") or ())
    baseline = study.study["baseline"]
    rows = []
    for name in BUDGETS:
        for measure in dict.fromkeys([MEASURES[name], OUTCOMES.get(name, MEASURES[name])]):
            if BUDGET + measure not in runs:
                continue
            means = runs.groupby("arm", sort=False)[BUDGET + measure].mean()
            judged = measure == MEASURES[name]
            for arm, mean in means.items():
                relative = relative_difference(float(mean), float(means.get(baseline, float("nan"))))
                equal = abs(relative) <= tolerance(study)
                unit = prose.indicator(measure).unit
                rows.append((name, measure, unit, arm, float(mean), relative, equal, judged, judged and name in held))
    if not rows:
        raise NoData("no_budgets")
    columns = ["budget", "measure", "unit", "arm", "mean", "relative_difference", "equal", "judged", "held_equal"]
    return pd.DataFrame(rows, columns=columns)


def tolerance(study: StoredStudy) -> float:
    """Relative difference up to which the study counts budgets as equal."""
    from sim.scenario.comparison import TOLERANCE

    return float(study.study.get("tolerance", TOLERANCE))


@chart(table=table)
def budgets(rows: pd.DataFrame, setting: Setting) -> Figure:
    """Relative difference of each budget from the baseline; the band within which budgets count as equal is shaded."""
    names = list(rows["budget"].unique())
    arms, note = chosen(rows, setting)
    within = f"{100 * tolerance(setting.study):g}%"

    def panel(name: str) -> Callable[[Any], None]:
        part = rows[rows["budget"] == name]
        return lambda axes: _panel(axes, part, arms, 100 * tolerance(setting.study))

    def measure(name: str) -> str:
        return str(rows.loc[(rows["budget"] == name) & rows["judged"], "measure"].iloc[0])

    judged = rows[rows["judged"]]
    differing = [name for name in names if not judged.loc[judged["budget"] == name, "equal"].all()]
    parts = setting.say("and").join(setting.indicator(measure(name)) for name in differing)
    title = setting.say("budgets differ" if differing else "budgets equal", parts=parts, tolerance=within)

    def heading(name: str) -> str:
        held = judged.loc[judged["budget"] == name, "held_equal"].all()
        notes = [
            prose.unit_text(prose.indicator(measure(name)).unit, setting.lang),
            *([setting.say("held equal")] if held else []),
        ]
        return prose.bracketed(setting.indicator(measure(name)), setting.say("and").join(notes), setting.lang)

    return panels.by_arm(
        setting,
        arms,
        [(heading(name), panel(name)) for name in names],
        title,
        setting.say("budgets subtitle", baseline=setting.arm(setting.baseline), tolerance=within) + note,
        _key(not rows["judged"].all(), setting),
    )


def _key(worked: bool, setting: Setting) -> list[tuple[Any, str]]:
    from matplotlib.lines import Line2D

    looks = [("o", style.GREY, style.PAPER, "within"), ("D", style.VERMILLION, style.VERMILLION, "beyond")]
    if worked:
        looks.append(("|", style.BLUE, style.BLUE, "worked"))
    return [
        (Line2D([], [], linestyle="", marker=mark, color=colour, markerfacecolor=fill), setting.say(text))
        for mark, colour, fill, text in looks
    ]


def _panel(axes: Any, rows: pd.DataFrame, arms: list[str], within: float) -> None:
    axes.axvspan(-within, within, color=style.FAINT, linewidth=0, zorder=1)
    axes.axvline(0, color=style.INK, linewidth=0.8, zorder=1)
    judged = rows[rows["judged"]].set_index("arm")
    worked = rows[~rows["judged"]].set_index("arm")
    places = 0 if judged["mean"].abs().max() >= 1000 else 1
    for row, arm in enumerate(arms):
        if arm in worked.index:
            percent = 100 * float(worked.loc[arm, "relative_difference"])
            axes.plot(percent, row, "|", color=style.BLUE, zorder=3)
        if arm not in judged.index:
            continue
        found = judged.loc[arm]
        percent = 100 * float(found["relative_difference"])
        equal = bool(found["equal"])
        colour = style.GREY if equal else style.VERMILLION
        axes.plot([0, percent], [row, row], color=colour, zorder=2)
        axes.plot(percent, row, "o" if equal else "D", color=colour, zorder=2,
                  markerfacecolor=style.PAPER if equal else colour)  # fmt: skip
        text = prose.number(float(found["mean"]), places)
        panels.value(axes, row, text if equal else f"{text}  {prose.number(percent, 1, signed=True)}%", style.INK)
    percents = 100 * rows["relative_difference"]
    low, high = min(-2.0 * within, float(percents.min())), max(2.0 * within, float(percents.max()))
    panels.room_for_values(axes, low, high, share=1.5)
    axes.set_xlabel("%", loc="left", color=style.GREY)
