"""Who hands cases to whom: a matrix of bodies, the baseline's level and what other arms change in it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from sim.charts import arms as belong
from sim.charts import cells, prose, style
from sim.charts.case_flow import node
from sim.charts.registry import NoData, chart
from sim.charts.tables import CLAIM, focus, some_arms, unit_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy

LEAST = 1.0  # hand-overs per 1,000 residents a year under some arm, below which a body has no row and no column
ARMS = {"page": 3, "paper": 3, "slide": 2}  # arms beside the baseline
NAMED = 2


def table(study: StoredStudy) -> pd.DataFrame:
    """Paired differences of the hand-overs between types of bodies, for the arms furthest from the baseline."""
    from sim.analysis.flows import flow_differences

    base = str(study.study["baseline"])
    rows = flow_differences(study.tallies, "handover", ["a", "b"], base, unit=unit_of(study))
    if rows.empty:
        raise NoData("no_handovers")
    order = {arm: place for place, arm in enumerate(focus(study, max(ARMS.values())))}
    rows = rows[rows["arm"].isin(order)]
    most = rows[["mean_arm", "mean_baseline"]].max(axis=1)
    large = rows[most >= LEAST]
    if large.empty:
        raise NoData("few_handovers")
    seen = {*large["a"], *large["b"]}
    rows = rows[rows["a"].isin(seen) & rows["b"].isin(seen)]
    return rows.sort_values("arm", key=lambda column: column.map(order), kind="stable").reset_index(drop=True)


@chart(table=table, needs=("comparison", "tallies"))
def body_matrix(rows: pd.DataFrame, setting: Setting) -> Figure:
    """Rows hand over, columns receive; the first panel shows levels, the others differences."""
    arms = list(dict.fromkeys(rows["arm"]))[: ARMS[setting.style]]
    rows = rows[rows["arm"].isin(arms)]
    bodies = _bodies(rows)
    line, points = style.size(1.0) / 72, style.size(style.TINY)
    panels = len(arms) + 1
    across = panels if setting.style == "slide" else min(2, panels)
    down = math.ceil(panels / across)
    names = [node("b", body, setting) for body in bodies]
    labels = [style.wrap(name, 9.5 * line, points) for name in names]
    left = max(style.text_width(part, points) for text in labels for part in text.split("\n")) + 0.6 * line
    over = max(style.text_width(part, points) for text in labels for part in text.split("\n")) + 0.4 * line
    gap = 1.0 * line
    inner = style.page_width() - 2 * style.MARGIN
    wide = (inner - left - gap * (across - 1)) / across
    pitch = max(1.8 * line, max(style.height(text, points) for text in labels) + 0.1 * line)
    block = 3.0 * line + over + pitch * len(bodies) + 0.8 * line
    subtitle = setting.say("matrix subtitle")
    total = len([arm for arm in setting.arms if arm != setting.baseline])
    if len(arms) < total:
        subtitle += some_arms(setting, len(arms), total)
    sheet = style.Sheet(setting, _title(rows, arms, setting), subtitle, 2.2 * line + down * block)
    top = sheet.key(_key(setting))
    high = (sheet.body - top) / down
    limit = float(rows["difference"].abs().max()) or 1.0
    base = rows[rows["arm"] == arms[0]]
    for place, arm in enumerate([setting.baseline, *arms]):
        row, column = divmod(place, across)
        x, y = left + column * (wide + gap), top + row * high
        head = setting.say("level of", arm=setting.arm(arm)) if not place else setting.arm(arm)
        said = sheet.note(style.first_line(style.wrap(head, wide, style.size(style.SMALL))), y + 0.4 * line, x)
        axes = sheet.axes(x, y + 2.2 * line + over, wide, high - 3.0 * line - over)
        belong.mark(arm, said, axes)
        part = base if not place else rows[rows["arm"] == arm]
        for found in part.itertuples():
            spot = (bodies.index(found.b), bodies.index(found.a))
            if place:
                _difference(axes, spot, found, limit, points)
            else:
                _level(axes, spot, float(found.mean_baseline), float(base["mean_baseline"].max()), points)
        axes.set_xlim(-0.5, len(bodies) - 0.5)
        axes.set_ylim(len(bodies) - 0.5, -0.5)
        axes.set_xticks(range(len(bodies)), labels, fontsize=points, rotation=90, linespacing=1.0)
        axes.xaxis.tick_top()
        axes.set_yticks(
            range(len(bodies)), labels if not column else [""] * len(bodies), fontsize=points, linespacing=1.0
        )
        for edge in range(len(bodies) + 1):
            axes.axhline(edge - 0.5, color=style.FAINT, linewidth=0.3, zorder=0)
            axes.axvline(edge - 0.5, color=style.FAINT, linewidth=0.3, zorder=0)
        cells.bare(axes)
    return sheet.figure


def _bodies(rows: pd.DataFrame) -> list[str]:
    """Bodies in the order of the program's own list."""
    from sim.observe.members import BODIES

    seen = {*rows["a"], *rows["b"]}
    return [name for name in BODIES if name in seen]


def _level(axes: Any, spot: tuple[int, int], value: float, most: float, points: float) -> None:
    if value < 0.05:
        return
    shade = 1.0 - 0.45 * math.sqrt(value / most)
    cells.cell(axes, *spot, (shade, shade, shade, 1.0), "", _short(value), points)


def _difference(axes: Any, spot: tuple[int, int], found: Any, limit: float, points: float) -> None:
    value = float(found.difference)
    clear = found.ci_low > 0 or found.ci_high < 0
    if abs(value) < 0.05:
        return
    strength = math.copysign(math.sqrt(abs(value) / limit), value)
    colour = cells.colours()(0.5 + 0.5 * strength)
    cells.cell(axes, *spot, colour, "clear" if clear else "unclear", _short(value, signed=True), points)


def _short(value: float, signed: bool = False) -> str:
    return prose.number(value, 0 if abs(value) >= 9.95 else 1, signed)


def _key(setting: Setting) -> list[tuple[Any, str]]:
    from matplotlib.patches import Patch

    full = cells.colours()
    return [
        (Patch(facecolor=full(0.9)), f"+ {setting.say('more')}"),
        (Patch(facecolor=full(0.1)), f"{prose.MINUS} {setting.say('fewer')}"),
        (Patch(facecolor=style.PAPER, edgecolor=cells.LINES, hatch=cells.HATCH, linewidth=0), setting.say("unclear")),
    ]


def _title(rows: pd.DataFrame, arms: list[str], setting: Setting) -> str:
    if int(rows["n"].max()) < CLAIM:
        return setting.say("matrix few", n=CLAIM)
    parts = []
    for arm in arms[:NAMED]:
        clear = rows[(rows["arm"] == arm) & ((rows["ci_low"] > 0) | (rows["ci_high"] < 0))]
        if clear.empty:
            parts.append(setting.say("matrix none", arm=setting.arm(arm)))
            continue
        top = clear.loc[clear["difference"].abs().idxmax()]
        numbers = [float(top[key]) for key in ("difference", "ci_low", "ci_high")]
        amount, low, high = prose.span(numbers[0], numbers[1], numbers[2], "", setting.lang)
        between = {key: node("b", str(top[column]), setting) for key, column in (("one", "a"), ("other", "b"))}
        parts.append(setting.say("matrix part", arm=setting.arm(arm), amount=amount, low=low, high=high, **between))
    return setting.say("matrix title", parts=setting.say("then").join(parts))
