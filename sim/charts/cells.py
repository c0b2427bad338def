"""Cells of the tables in colour: size by colour, better or worse by shape, not distinguishable by hatching."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.charts import style

if TYPE_CHECKING:
    from sim.charts.setting import Setting

LIMIT = 2.0  # standard deviations at which the colour is full
MARKS = {"better": "▲", "worse": "▼", "different": "◆", "unclear": ""}
HATCH, LINES = "////", "#B8B8B8"


def colours() -> Any:
    """From worse to better, lightened so that dark print stays legible on the full colour."""
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("worse_better", ["#E8894A", "#F6CDB0", "#FFFFFF", "#B5D3E8", "#5AA0D0"])


def face(standardised: float, better: int, scale: Any) -> Any:
    """Colour of a difference: towards better or worse, or grey where neither can be said."""
    strength = 0.0 if np.isnan(standardised) else max(-1.0, min(1.0, standardised / LIMIT))
    if better:
        return scale(0.5 + 0.5 * strength * better)
    shade = 1.0 - 0.28 * abs(strength)
    return (shade, shade, shade, 1.0)


def cell(axes: Any, column: float, row: float, colour: Any, verdict: str, text: str, points: float) -> None:
    """One cell with its text."""
    from matplotlib.patches import Rectangle

    hatched = verdict == "unclear"
    axes.add_patch(
        Rectangle(
            (column - 0.48, row - 0.46), 0.96, 0.92, facecolor=colour, linewidth=0,
            edgecolor=LINES if hatched else colour, hatch=HATCH if hatched else None,
        )
    )  # fmt: skip
    box = {"facecolor": colour, "edgecolor": "none", "pad": 1.2} if hatched and text else None
    axes.text(column, row, text, ha="center", va="center", fontsize=points, bbox=box)


def bare(axes: Any) -> None:
    """Take frame and ticks away."""
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)


def key(verdicts: Collection[str], setting: Setting, marks: bool = True) -> list[tuple[Any, str]]:
    """The entries of a key for the verdicts that occur, with the marks that stand in the cells or without."""
    from matplotlib.patches import Patch

    full = colours()
    looks = {
        "better": {"facecolor": full(0.9)},
        "worse": {"facecolor": full(0.1)},
        "different": {"facecolor": "#BDBDBD"},
        "unclear": {"facecolor": style.PAPER, "edgecolor": LINES, "hatch": HATCH, "linewidth": 0},
    }
    return [
        (Patch(**look), f"{MARKS[verdict] if marks else ''} {setting.say(verdict)}".strip())
        for verdict, look in looks.items()
        if verdict in verdicts
    ]
