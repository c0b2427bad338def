"""Pareto scatter: gain against price, with intervals, and how surely no other arm beats an arm in both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.charts import arms as belong
from sim.charts import prose, style
from sim.charts.ranks import SURE, percent
from sim.charts.registry import NoData, chart
from sim.charts.tables import BEST, CLAIM, comparisons, completed, directed, unit_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy

PRICES = ("closed_in_time", "cost_per_solved")  # what is held against the first aim: the files, and the cost
NAMED = 2


def table(study: StoredStudy) -> pd.DataFrame:
    """For each pair of aims and each arm: differences from the baseline with intervals, and the chance of being on the
    front, over replicates resampled jointly."""
    import pandas as pd

    from sim.analysis.joint import pareto_table

    runs = completed(study)
    known = directed(study, 10_000)
    if len(known) < 2:
        raise NoData("few_directed")
    first = next(iter(known))
    others = [name for name in PRICES if name in known and name != first] or list(known)[1:2]
    effects = comparisons(study).set_index(["arm", "indicator"])
    done = set(runs["arm"])
    arms = [arm for arm in study.arms if arm in done]
    parts = []
    for other in others:
        found = pareto_table(runs, arms, {first: known[first], other: known[other]}, unit_of(study))
        for axis, name in (("x", other), ("y", first)):
            for column in ("difference", "ci_low", "ci_high"):
                found[f"{axis}_{column}"] = [
                    0.0 if arm == study.study["baseline"] else float(effects[column].get((arm, name), np.nan))
                    for arm in found["arm"]
                ]
        found.insert(0, "y", first)
        found.insert(0, "x", other)
        parts.append(found)
    rows = pd.concat(parts, ignore_index=True)
    if rows.empty:
        raise NoData("few_to_compare")
    return rows


@chart(table=table, needs=("comparison",))
def pareto(rows: pd.DataFrame, setting: Setting) -> Figure:
    """A scatter for each pair of aims, numbered dots with 95% intervals; the list below names them.

    All arms compete; where there are many, those are shown that are most probably on a front, and the baseline.
    """
    pairs = list(dict.fromkeys(rows["x"]))
    title, every = _title(rows, setting), list(dict.fromkeys(rows["arm"]))
    best = rows.groupby("arm", sort=False)["probability"].max().sort_values(ascending=False, kind="stable").index
    kept = {setting.baseline, *[arm for arm in best if arm != setting.baseline][: BEST[setting.style] - 1]}
    arms = [arm for arm in every if arm in kept]
    rows = rows[rows["arm"].isin(arms)]
    subtitle = setting.say("pareto subtitle")
    if len(arms) < len(every):
        subtitle += setting.say("best shown", k=len(arms), total=len(every))
    line, points = style.size(1.0) / 72, style.size(style.SMALL)
    beside = setting.style == "slide"
    listed = (len(arms) + 3) * 1.9 * line
    sheet = style.Sheet(setting, title, subtitle, 27 * line + listed)
    inner = sheet.width
    room = 0.6 * inner if beside else inner
    left, gap = 3.6 * line, 4.4 * line
    wide = (room - left - gap * (len(pairs) - 1)) / len(pairs)
    heads = {}
    for name in pairs:
        aim = setting.indicator(str(rows.loc[rows["x"] == name, "y"].iloc[0]))
        text = setting.say("against", y=aim, x=setting.indicator(name))
        heads[name] = style.wrap(text, wide + 0.8 * left, points)
    head = max(style.height(text, points) for text in heads.values()) + 0.9 * line
    high = sheet.body - (0 if beside else listed) - head - 3.6 * line
    for place, name in enumerate(pairs):
        part = rows[rows["x"] == name].set_index("arm")
        start = left + place * (wide + gap)
        sheet.note(heads[name], 0.2 * line, start - 0.8 * left)
        axes = sheet.axes(start, head, wide, high)
        _panel(axes, part, arms, name, setting)
    at = (room + 1.2 * line, 1.2 * line) if beside else (0.0, sheet.body - listed + line)
    _list(sheet, rows, arms, at, inner - at[0], setting)
    return sheet.figure


def _title(rows: pd.DataFrame, setting: Setting) -> str:
    pair = rows[rows["x"] == rows["x"].iloc[0]].sort_values("probability", ascending=False, kind="stable")
    said = {"y": setting.indicator(str(pair["y"].iloc[0])), "x": setting.indicator(str(pair["x"].iloc[0]))}
    if int(pair["n"].min()) < CLAIM:
        return setting.say("too few", indicator=setting.say("and").join(said.values()), n=CLAIM)
    sure = pair[pair["probability"] >= SURE]
    beaten = int((pair["probability"] <= 1 - SURE).sum())
    if sure.empty:
        return setting.say("pareto open", beaten=beaten, **said)
    names = setting.say("and").join(setting.quoted(arm) for arm in sure["arm"].head(NAMED))
    more = setting.say("and more", k=len(sure) - NAMED) if len(sure) > NAMED else ""
    return setting.say("pareto sure", arms=names, more=more, beaten=beaten, **said)


def _panel(axes: Any, part: pd.DataFrame, arms: list[str], name: str, setting: Setting) -> None:
    about, up = prose.indicator(name), prose.indicator(str(part["y"].iloc[0]))
    fx, fy = prose.factor(about.unit), prose.factor(up.unit)
    axes.axvline(0, color=style.FAINT, linewidth=0.8, zorder=0)
    axes.axhline(0, color=style.FAINT, linewidth=0.8, zorder=0)
    front = part[part["on_front"]].sort_values("x_difference")
    axes.plot(front["x_difference"] * fx, front["y_difference"] * fy, color=style.GREY, linewidth=0.8,
              linestyle=(0, (4, 2)), zorder=1)  # fmt: skip
    for arm in part.index:
        row = part.loc[arm]
        colour, marker, filled = look(float(row["probability"]), arm == setting.baseline)
        x, y = float(row["x_difference"]) * fx, float(row["y_difference"]) * fy
        across, up_down = ([row[f"{a}_ci_low"] * f, row[f"{a}_ci_high"] * f] for a, f in (("x", fx), ("y", fy)))
        lines = axes.plot(across, [y, y], color=colour, linewidth=0.9, zorder=2)
        lines += axes.plot([x, x], up_down, color=colour, linewidth=0.9, zorder=2)
        lines += axes.plot(x, y, marker, color=colour, markerfacecolor=colour if filled else style.PAPER, zorder=3)
        belong.mark(arm, *lines)
    axes.margins(0.12)
    for axis, item, side in (("x", about, "x"), ("y", up, "y")):
        unit = prose.unit_text(item.unit, setting.lang, difference=True)
        way = setting.say("right" if item.better > 0 else "left")
        getattr(axes, f"set_{axis}label")(prose.bracketed(unit, way, setting.lang), color=style.GREY,
                                          loc="left" if side == "x" else "bottom")  # fmt: skip
        axes.locator_params(axis=axis, nbins=4)
    axes.figure.draw_without_rendering()
    numbers = place_numbers(axes, [(float(part.loc[a, "x_difference"]) * fx, float(part.loc[a, "y_difference"]) * fy,
                          str(arms.index(a) + 1)) for a in part.index])  # fmt: skip
    for arm, number in zip(part.index, numbers, strict=True):
        belong.mark(arm, number)


def look(probability: float, baseline: bool) -> tuple[str, str, bool]:
    """Colour, marker and filling: on the front for sure, surely not, or open; the baseline is a square."""
    if probability >= SURE:
        return style.BLUE, "s" if baseline else "^", True
    if probability <= 1 - SURE:
        return style.VERMILLION, "s" if baseline else "v", True
    return style.GREY, "s" if baseline else "o", False


def place_numbers(axes: Any, spots: list[tuple[float, float, str]]) -> list[Any]:
    """Numbers beside their dots, pushed apart until none covers another or a dot, with a line where one moved far."""
    points = style.size(style.TINY)
    scale = axes.figure.dpi / 72
    dots = axes.transData.transform([(x, y) for x, y, _ in spots]) / scale
    frame = axes.get_window_extent()
    low, high = np.array([frame.x0, frame.y0]) / scale + points, np.array([frame.x1, frame.y1]) / scale - points
    at = dots + np.array([0.9, 0.9]) * points
    size = np.array([1.35, 1.15]) * points
    for _ in range(400):
        moved = np.zeros_like(at)
        for i in range(len(at)):
            for j, other in enumerate(np.concatenate([at, dots])):
                if i == j:
                    continue
                need = size if j < len(at) else 1.15 * size
                gap = at[i] - other
                over = need - np.abs(gap)
                if (over > 0).all():
                    # Whichever way is shorter; equal places part by their order.
                    axis = int(np.argmin(over / size))
                    sign = np.sign(gap[axis]) or (1.0 if i > j else -1.0)
                    moved[i, axis] += 0.5 * sign * (over[axis] + 0.1)
        if not moved.any():
            break
        at = np.clip(at + moved, low, high)
    made = []
    for (x, y, text), spot, dot in zip(spots, at, dots, strict=True):
        shift = spot - dot
        far = float(np.hypot(*shift)) > 2.0 * points
        made.append(axes.annotate(
            text, (x, y), xytext=tuple(shift), textcoords="offset points", fontsize=points, ha="center", va="center",
            color=style.INK, zorder=5,
            arrowprops={"arrowstyle": "-", "color": style.GREY, "linewidth": 0.4, "shrinkA": 0.5 * points, "shrinkB": 2}
            if far else None,
        ))  # fmt: skip
    return made


def _list(
    sheet: Any, rows: pd.DataFrame, arms: list[str], at: tuple[float, float], wide: float, setting: Setting
) -> None:
    """Numbers, names and the chance of being on the front in each pair."""
    line = style.size(1.0) / 72
    points = style.size(style.TINY)
    pairs = list(dict.fromkeys(rows["x"]))
    chance = rows.set_index(["x", "arm"])["probability"]
    column = (6.4 if setting.style == "slide" else 9.5) * line
    name_room = wide - column * len(pairs) - 1.6 * line
    sheet.note(setting.say("front chance"), at[1], at[0])
    down = at[1] + 1.7 * line
    heads = [style.wrap(setting.say("with", x=setting.indicator(pair)), column - 0.6 * line, points) for pair in pairs]
    for place, head in enumerate(heads):
        text = "\n".join(head.split("\n")[:2]) + (" …" if head.count("\n") > 1 else "")
        sheet.small(text, down, at[0] + 1.6 * line + name_room + place * column)
    down += 2.4 * line
    pitch = min((3.0 if setting.style == "slide" else 1.9) * line, (sheet.body - down) / max(1, len(arms)))
    room = max(1, int(pitch / style.height("", points)))  # lines for a name
    for number, arm in enumerate(arms):
        said = [sheet.small(str(number + 1), down, at[0])]
        text = setting.arm(arm) + (setting.say("is baseline") if arm == setting.baseline else "")
        text = style.cut(style.wrap(text, name_room - 1.5 * line, points), room)
        said.append(sheet.small(text, down, at[0] + 1.6 * line))
        for place, pair in enumerate(pairs):
            value = float(chance[pair, arm])
            colour, marker, _ = look(value, arm == setting.baseline)
            mark = {"^": "▲", "v": "▼", "s": "■", "o": "●"}[marker]
            left = at[0] + 1.6 * line + name_room + place * column
            said.append(sheet.small(f"{mark} {percent(value)}", down, left, colour))
        belong.mark(arm, *said)
        down += pitch
