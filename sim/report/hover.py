"""Where the values of a drawing stand, so that a page can tell them to whoever points there.

Read from the finished figure, so that every chart has it: marks, bars and lines carry the name of their row, of their
series as the key gives it, and their value as the axis counts it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.charts import prose
from sim.charts.arms import owner
from sim.charts.draw import one_line

if TYPE_CHECKING:
    from matplotlib.figure import Figure

POINTS = 72.0  # an inch
MOST = 600  # places in one drawing
SMALL, LARGE = 5.0, 14.0  # points: half of what a finger or a pointer may meet


@dataclass(frozen=True)
class Spot:
    """A rectangle in points from the top left of the drawing, what to say there, and of which arm, where of one."""

    left: float
    top: float
    width: float
    height: float
    text: str
    arm: str = ""


def spots(figure: Figure, box: Any) -> list[Spot]:
    """The places of a drawn figure of which `box` (inches) is shown."""
    drawn = [axes for axes in figure.axes if axes.axison]
    keys = [(axes, legend) for axes in figure.axes if (legend := axes.get_legend())]
    found: list[Spot] = []
    for axes in drawn:
        names = _names(_key_of(axes, keys))
        rows = _rows(axes, drawn)
        for text, shape, artist in (*_marks(axes, names, rows), *_bars(axes, names, rows)):
            x0, y0, x1, y1 = (value / figure.dpi for value in shape)
            left, top = POINTS * (x0 - box.x0), POINTS * (box.y1 - y1)
            found.append(Spot(left, top, POINTS * (x1 - x0), POINTS * (y1 - y0), text, owner(artist)))
    return found[:MOST]


def _marks(axes: Any, names: dict[Any, str], rows: dict[float, str]) -> Iterator[tuple[str, Any, Any]]:
    """Points of lines: all of those with a marker, and of curves without one."""
    half = SMALL * axes.figure.dpi / POINTS
    for line in axes.lines:
        marked = line.get_marker() not in (None, "", "None", " ")
        places = line.get_xydata()
        if line.get_transform() != axes.transData or (not marked and (rows or len(places) < 4)):
            continue
        series = names.get(_look(line))
        for x, y in places:
            at = axes.transData.transform((x, y))
            if axes.bbox.contains(*at):
                text = _text(axes, rows, series, x, y)
                yield text, (at[0] - half, at[1] - half, at[0] + half, at[1] + half), line


def _bars(axes: Any, names: dict[Any, str], rows: dict[float, str]) -> Iterator[tuple[str, Any, Any]]:
    """Bars that lie: their value is their width."""
    if not rows:
        return
    for bars in axes.containers:
        for bar in bars.patches:
            middle = bar.get_y() + bar.get_height() / 2
            series = names.get(_look(bar))
            if bar.get_width() == 0:
                continue
            yield _text(axes, rows, series, bar.get_width(), middle), bar.get_window_extent().extents, bar


def _text(axes: Any, rows: dict[float, str], series: str | None, x: float, y: float) -> str:
    heading = one_line(axes.get_title(loc="left"))
    unit = axes.get_xlabel() if rows else ""
    value = _number(x) if rows else f"{_number(x)}: {_number(y)}"
    where = rows.get(round(float(y), 3), "") if rows else ""
    parts = [part for part in (heading, where, series, f"{value} {unit}".strip()) if part]
    return " · ".join(parts)


def _number(value: float) -> str:
    return prose.number(float(value), prose.decimals(float(value)) + (abs(value) < 100))


def _rows(axes: Any, others: list[Any]) -> dict[float, str]:
    """Names of the rows by height, from the axis itself or from one beside it; empty where the axis counts."""
    places = [round(float(y), 3) for y in axes.get_yticks()]
    for one in (axes, *others):
        if [round(float(y), 3) for y in one.get_yticks()] != places:
            continue
        labels = [one_line(label.get_text()) for label in one.get_yticklabels()]
        if any(labels):
            return {} if all(_counts(label) for label in labels) else dict(zip(places, labels, strict=True))
    return {}


def _counts(label: str) -> bool:
    return not label.strip("0123456789.,%+-" + prose.MINUS + " ")


def _key_of(axes: Any, keys: list[tuple[Any, Any]]) -> Any:
    """The key that stands nearest above the axes."""
    above = [
        (key.bbox.y0 - axes.bbox.y1, number)
        for number, (key, _) in enumerate(keys)
        if key.bbox.y0 >= axes.bbox.y1 - 1 and key.bbox.x0 < axes.bbox.x1 and key.bbox.x1 > axes.bbox.x0
    ]
    return keys[min(above)[1]][1] if above else None


def _names(key: Any) -> dict[Any, str]:
    """What the key calls each look."""
    if key is None:
        return {}
    return {
        _look(handle): text.get_text() for handle, text in zip(key.legend_handles, key.get_texts(), strict=True)
    }


def _look(artist: Any) -> Any:
    """What tells one series from another."""
    from matplotlib.colors import to_hex
    from matplotlib.lines import Line2D

    if isinstance(artist, Line2D):
        return (to_hex(artist.get_color()), str(artist.get_marker()), str(artist.get_linestyle() == "--"))
    if hasattr(artist, "get_hatch") and hasattr(artist, "get_facecolor"):
        face = artist.get_facecolor()
        return (to_hex(face), artist.get_hatch()) if getattr(face, "ndim", 1) == 1 else None
    return None
