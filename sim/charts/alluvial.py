"""Alluvial drawing: columns of nodes and ribbons between them, coloured by what becomes of the flow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sim.charts import style

if TYPE_CHECKING:
    import pandas as pd

GAP = 0.022  # between nodes, of the whole height
BAR = 0.022  # width of a node's bar, of the whole width
LABELLED = 0.012  # share of the whole below which a node carries no words


def draw(
    axes: Any,
    rows: pd.DataFrame,
    stages: Sequence[str],
    group: str,
    order: Mapping[str, Sequence[str]],
    looks: Mapping[str, tuple[str, str | None]],
    names: Mapping[str, Mapping[str, str]],
    side: float,
) -> None:
    """Draw `rows` (columns `stages` and `share`, shares of a whole of 1) from left to right.

    `order` lists the nodes of each stage from top to bottom; `looks` gives colour and hatch of each value of `group`,
    one of the stages; `names` the words of the nodes; `side` the width in data units beside 0 and 1 for words.
    """
    places = {stage: at / (len(stages) - 1) * (1 - BAR) for at, stage in enumerate(stages)}
    nodes = {stage: _nodes(rows, stage, order[stage]) for stage in stages}
    for left, right in zip(stages, stages[1:], strict=False):
        _ribbons(axes, rows, (left, right), group, order, looks, nodes, (places[left] + BAR, places[right]))
    for stage in stages:
        for name, (top, bottom) in nodes[stage].items():
            _bar(axes, places[stage], top, bottom, looks.get(name) if stage == group else None)
    for stage in stages:
        first, last = stage == stages[0], stage == stages[-1]
        points = style.size(style.TINY)
        room = side if first or last else 0.8 * (1 / (len(stages) - 1) - BAR)
        texts = {
            name: style.wrap(f"{names[stage][name]} {_percent(bottom - top)}", room * _wide(axes), points)
            for name, (top, bottom) in nodes[stage].items()
            if bottom - top >= LABELLED
        }
        middles = {name: sum(nodes[stage][name]) / 2 for name in texts}
        heights = {name: (text.count("\n") + 1.25) * _line(axes, points) for name, text in texts.items()}
        at = places[stage] - 0.012 if first else places[stage] + BAR + 0.012
        box = None if first or last else {"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.6, "alpha": 0.82}
        for name, middle in _spread(middles, heights).items():
            axes.text(
                at, middle, texts[name], ha="right" if first else "left", va="center", fontsize=points, bbox=box,
                linespacing=1.05, zorder=6,
            )  # fmt: skip
    axes.set_xlim(-side, 1 + side)
    axes.set_ylim(_height(nodes), 0)
    axes.set_axis_off()


def _wide(axes: Any) -> float:
    """Inches of one data unit across, before the limits are set."""
    low, high = axes.get_xlim()
    return float(axes.get_position().width * axes.figure.get_figwidth() / (high - low))


def _line(axes: Any, points: float) -> float:
    """Height of a line of words as a share of the axes."""
    return float(points * 1.1 / 72 / (axes.get_position().height * axes.figure.get_figheight()))


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%" if share >= 0.0095 else "<1%"


def _height(nodes: Mapping[str, Mapping[str, tuple[float, float]]]) -> float:
    return max(max(bottom for _, bottom in stage.values()) for stage in nodes.values())


def _nodes(rows: pd.DataFrame, stage: str, order: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Top and bottom of each node that has any flow."""
    sizes = rows.groupby(stage, sort=False)["share"].sum()
    found, at = {}, 0.0
    for name in order:
        if sizes.get(name, 0.0) > 0:
            found[name] = (at, at + float(sizes[name]))
            at += float(sizes[name]) + GAP
    return found


def _spread(wanted: Mapping[str, float], heights: Mapping[str, float]) -> dict[str, float]:
    """Middles of words near those wanted, so far apart that none covers the next, in the same order."""
    names = sorted(wanted, key=lambda name: wanted[name])
    at = [wanted[name] for name in names]
    for _ in range(200):
        moved = False
        for k in range(len(at) - 1):
            lack = (heights[names[k]] + heights[names[k + 1]]) / 2 - (at[k + 1] - at[k])
            if lack > 1e-6:
                at[k], at[k + 1], moved = at[k] - lack / 2, at[k + 1] + lack / 2, True
        if not moved:
            break
    if at and (above := heights[names[0]] / 2 - at[0]) > 0:  # never above the drawing
        at = [spot + above for spot in at]
    return dict(zip(names, at, strict=True))


def _bar(axes: Any, at: float, top: float, bottom: float, look: tuple[str, str | None] | None) -> None:
    from matplotlib.patches import Rectangle

    colour, hatch = look or ("#4A4A4A", None)
    axes.add_patch(
        Rectangle(
            (at, top), BAR, bottom - top, facecolor=colour, hatch=hatch, edgecolor=style.PAPER, linewidth=0, zorder=4
        )
    )


def _ribbons(
    axes: Any,
    rows: pd.DataFrame,
    pair: tuple[str, str],
    group: str,
    order: Mapping[str, Sequence[str]],
    looks: Mapping[str, tuple[str, str | None]],
    nodes: Mapping[str, Mapping[str, tuple[float, float]]],
    ends: tuple[float, float],
) -> None:
    """Ribbons of one gap: at each end sorted by the node of the other end, then by group."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    left, right = pair
    keys = list(dict.fromkeys((left, right, group)))
    flows = rows.groupby(keys, sort=False)["share"].sum().reset_index()
    place = {stage: {name: k for k, name in enumerate(order[stage])} for stage in (left, right)}
    colours = {name: k for k, name in enumerate(looks)}
    flows["l"], flows["r"] = flows[left].map(place[left]), flows[right].map(place[right])
    flows["g"] = flows[group].map(colours)
    starts = {}
    for stage, by in ((left, ["l", "g", "r"]), (right, ["r", "g", "l"])):
        at = {name: top for name, (top, _) in nodes[stage].items()}
        for index, row in flows.sort_values(by, kind="stable").iterrows():
            starts[stage, index] = at[row[stage]]
            at[row[stage]] += float(row["share"])
    x0, x1 = ends
    bend = 0.45 * (x1 - x0)
    for index, row in flows.iterrows():
        size = float(row["share"])
        a, b = starts[left, index], starts[right, index]
        path = Path(
            [
                (x0, a), (x0 + bend, a), (x1 - bend, b), (x1, b),
                (x1, b + size), (x1 - bend, b + size), (x0 + bend, a + size), (x0, a + size), (x0, a),
            ],
            [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY],
        )  # fmt: skip
        colour, hatch = looks[str(row[group])]
        axes.add_patch(
            PathPatch(path, facecolor=colour, edgecolor=style.PAPER, linewidth=0.15, hatch=hatch, alpha=0.72, zorder=2)
        )
