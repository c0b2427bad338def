"""The patterns of a calibration: what the accepted ensemble shows and what it does not."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from sim.charts import prose, style
from sim.charts.registry import PATTERNS, NoData, chart
from sim.vocabulary.words import own

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy

REACH = 3.0  # half-widths of the tolerance that a row shows to either side


def table(study: StoredStudy) -> pd.DataFrame:
    """The table of patterns, as the calibration wrote it."""
    import pandas as pd

    rows = pd.read_csv(study.path / PATTERNS, encoding="utf-8")
    if rows.empty:
        raise NoData("no_patterns")
    return rows


@chart(table=table, needs=("patterns",))
def patterns(rows: pd.DataFrame, setting: Setting) -> Figure:
    """A row a check, grouped by pattern, on the scale of the tolerance; shape and colour say shown or not."""
    from matplotlib.lines import Line2D

    lang = setting.lang
    shown = list(dict.fromkeys(rows.loc[rows["pattern_passed"], "pattern"]))
    names = setting.say("and").join(shown) or setting.say("no pattern")
    title = setting.say("patterns title", total=rows["pattern"].nunique(), k=len(shown), names=names)
    points = style.size(style.SMALL)
    line = style.size(1.0) / 72
    inner = style.page_width() - 2 * style.MARGIN
    left, right = 0.40 * inner, 0.27 * inner
    heads = {p: style.wrap(f"{p}  {part.iloc[0][f'pattern_{own(lang)}']}", 0.95 * inner, points)
             for p, part in rows.groupby("pattern", sort=False)}  # fmt: skip
    named = [str(text) for text in rows[f"check_{own(lang)}"]]
    if setting.style == "slide":  # no room for the patterns in words: their numbers stand before the checks
        heads, named = {}, [f"{p}  {text}" for p, text in zip(rows["pattern"], named, strict=True)]
    labels = [style.wrap(prose.typeset(text, lang), left - 1.5 * line, points) for text in named]
    pitch = max(max(style.height(label, points) for label in labels) + 0.35 * line, 1.7 * line)
    body = 3.2 * line + sum(style.height(h, points) + 0.5 * line for h in heads.values()) + pitch * len(rows) + line
    sheet = style.Sheet(setting, title, setting.say("patterns subtitle"), body)
    marks = [(_mark(Line2D, True), setting.say("shown")), (_mark(Line2D, False), setting.say("not shown"))]
    down = sheet.key(marks)
    if not heads:
        pitch = min(pitch, (sheet.body - down - 0.3 * line * rows["pattern"].nunique()) / len(rows))
    place = 0
    for pattern, part in rows.groupby("pattern", sort=False):
        if heads:
            sheet.note(prose.typeset(heads[str(pattern)], lang), down)
            down += style.height(heads[str(pattern)], points) + 0.2 * line
        for _, row in part.iterrows():
            sheet.note(labels[place], down + 0.5 * (pitch - style.height(labels[place], points)), 1.2 * line)
            axes = sheet.axes(left, down, inner - left - right, pitch)
            _row(axes, row, setting)
            text = _said(row, setting)
            sheet.note(text, down + 0.5 * (pitch - style.height(text, points)), inner - right + line)
            down += pitch
            place += 1
        down += 0.3 * line
    return sheet.figure


def _mark(line: Any, passed: bool) -> Any:
    colour, marker, _ = style.VERDICTS["better" if passed else "worse"]
    return line([], [], color=colour, marker=marker, linestyle="none")


def _row(axes: Any, row: pd.Series, setting: Setting) -> None:
    low, high = float(row["low"]), float(row["high"])
    ends = [float(row[k]) for k in ("set_low", "mean", "set_high")]
    if math.isfinite(low) and math.isfinite(high):
        middle, half = 0.5 * (low + high), 0.5 * (high - low)
        band = (-1.0, 1.0)
    else:  # open at one end: the scale is that of the sets themselves
        edge = low if math.isfinite(low) else high
        half = max(abs(v - edge) for v in ends if math.isfinite(v)) / (0.8 * REACH) or 1.0
        middle = edge
        band = (0.0, REACH) if math.isfinite(low) else (-REACH, 0.0)
    at = [min(max((v - middle) / half, -REACH), REACH) for v in ends]
    colour, marker, _ = style.VERDICTS["better" if row["passed"] else "worse"]
    axes.axvspan(*band, color=style.FAINT, linewidth=0, zorder=0)
    if all(math.isfinite(v) for v in at):
        axes.plot([at[0], at[2]], [0, 0], color=colour, zorder=2)
        axes.plot(at[1], 0, marker, color=colour, zorder=3)
    axes.set_xlim(-REACH * 1.04, REACH * 1.04)
    axes.set_ylim(-1, 1)
    axes.set_xticks([])
    axes.set_yticks([])
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def _said(row: pd.Series, setting: Setting) -> str:
    low, high = float(row["low"]), float(row["high"])
    if math.isfinite(low) and math.isfinite(high):
        tolerance = setting.say("from to", low=f"{low:g}", high=f"{high:g}")
    else:
        tolerance = setting.say("above" if row["sign"] else "at least", low=f"{low:g}")
    places = prose.decimals(float(row["mean"]))
    mean = prose.number(float(row["mean"]), places)
    return f"{prose.bracketed(mean, tolerance, setting.lang)}  {float(row['sets_inside']):.0%}"
