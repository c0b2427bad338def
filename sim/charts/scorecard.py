"""Scorecard: indicators by arms, one cell a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.charts import arms as belong
from sim.charts import cells, prose, style
from sim.charts.registry import chart
from sim.charts.tables import CLAIM, COLUMNS, ROWS, chosen, comparisons, completed, enough, primary, unit_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy

ALPHA = 0.05
SLIDE_LINES = 5  # of the name of an arm
SLIDE_ROWS = 11  # indicators that a slide has room for


def table(study: StoredStudy) -> pd.DataFrame:
    """Effects on the study's indicators, in the study's order, with p-values corrected for their number (Holm)."""
    from sim.analysis.multiple import holm_table

    effects = comparisons(study)
    order = {name: place for place, name in enumerate(primary(study, ROWS))}
    rows = effects[effects["indicator"].isin(order)]
    rows = rows.sort_values("indicator", key=lambda column: column.map(order), kind="stable").reset_index(drop=True)
    tested = holm_table(completed(study), study.arms, str(study.study["baseline"]), list(order), unit_of(study))
    return rows.merge(tested[["arm", "indicator", "p_holm"]], on=["arm", "indicator"], how="left")


@chart(table=table, needs=("comparison",))
def scorecard(rows: pd.DataFrame, setting: Setting) -> Figure:
    """Colour is the size of the difference, shape says better or worse, hatching says not distinguishable."""
    names = list(rows["indicator"].unique())
    subtitle = setting.say("scorecard subtitle", baseline=setting.arm(setting.baseline))
    if enough(rows):
        subtitle += setting.say("holm", k=int((rows["p_holm"] < ALPHA).sum()), total=len(rows))
    if setting.style == "slide" and len(names) > SLIDE_ROWS:
        subtitle += setting.say("first rows", k=SLIDE_ROWS, total=len(names))
        names = names[:SLIDE_ROWS]
        rows = rows[rows["indicator"].isin(names)]
    arms, note = chosen(rows, setting, COLUMNS)
    subtitle += note
    line, points = style.size(1.0) / 72, style.size(style.SMALL)
    clear = rows[rows["verdict"] != "unclear"]
    counts = clear["verdict"].value_counts()
    title = setting.say(
        "scorecard title" if enough(rows) else "scorecard too few",
        total=len(rows), k=len(clear), better=int(counts.get("better", 0)), worse=int(counts.get("worse", 0)),
        neutral=int(counts.get("different", 0)), n=CLAIM,
    )  # fmt: skip
    left = 0.27 * (style.page_width() - 2 * style.MARGIN)
    wide = (style.page_width() - 2 * style.MARGIN - left) / len(arms)
    heads = [style.wrap(setting.arm(arm), wide - 0.7 * line, style.size(style.TINY)) for arm in arms]
    if setting.style == "slide":
        heads = [style.cut(text, SLIDE_LINES) for text in heads]
    head = max(style.height(text, style.size(style.TINY)) for text in heads) + 0.6 * line
    sheet = style.Sheet(setting, title, subtitle, len(names) * 3.1 * line + head + 3.6 * line)
    top = sheet.key(cells.key(set(rows["verdict"]), setting))
    axes = sheet.axes(left, top + head, wide * len(arms), sheet.body - top - head - 0.6 * line)
    scale = cells.colours()
    for place, name in enumerate(names):
        part = rows[rows["indicator"] == name].set_index("arm")
        unit = prose.indicator(name).unit
        places = prose.decimals(*(part["difference"] * prose.factor(unit)))
        for column, arm in enumerate(arms):
            if arm in part.index:
                found = part.loc[arm]
                verdict = str(found["verdict"])
                amount = float(found["difference"]) * prose.factor(unit)
                digits = places if verdict == "unclear" else prose.visible(amount, places)
                text = prose.number(amount, digits, signed=True)
                colour = cells.face(float(found["standardised"]), int(found["better"]), scale)
                text = f"{cells.MARKS[verdict]} {text}".strip()
                cells.cell(axes, column, place, colour, verdict, text, style.size(style.SMALL))
    axes.set_xlim(-0.5, len(arms) - 0.5)
    axes.set_ylim(len(names) - 0.5, -0.5)
    labels = [style.wrap(_row(name, setting), left - 0.8 * line, points) for name in names]
    if setting.style == "slide":
        room = max(1, int((sheet.body - top - head - 0.6 * line) / len(names) / style.height("", points)))
        labels = [style.cut(label, room) for label in labels]
    axes.set_yticks(range(len(names)), labels, linespacing=1.05)
    axes.set_xticks(range(len(arms)), heads, fontsize=style.size(style.TINY), linespacing=1.15)
    axes.xaxis.tick_top()
    cells.bare(axes)
    belong.columns(axes, arms)
    return sheet.figure


def _row(name: str, setting: Setting) -> str:
    unit = prose.unit_text(prose.indicator(name).unit, setting.lang, difference=True)
    return prose.bracketed(setting.indicator(name), unit, setting.lang)
