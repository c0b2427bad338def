"""Small multiples with one line an arm: the shared layout of the forest, the levels and the budgets."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from sim.charts import style, words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting

ACROSS = 3  # panels side by side


def by_arm(
    setting: Setting,
    arms: Sequence[str],
    panels: Sequence[tuple[str, Callable[[Any], None]]],
    title: str,
    subtitle: str,
    key: list[tuple[Any, str]],
) -> Figure:
    """A grid of panels (heading, drawing function of the axes) whose rows are the arms, named once at the left.

    A slide has room for one row of panels: the first ones.
    """
    if setting.style == "slide":
        panels = panels[:ACROSS]
    across = min(ACROSS, len(panels))
    down = math.ceil(len(panels) / across)
    line, points = style.size(1.0) / 72, style.size(style.SMALL)
    inner = style.page_width() - 2 * style.MARGIN
    labels = [style.wrap(setting.arm(arm), 0.25 * inner, points) for arm in arms]
    pitch = max(2.1 * line, max(style.height(label, points) for label in labels) + 0.2 * line)
    left = max(style.text_width(part, points) for text in labels for part in text.split("\n")) + line
    gap = 1.2 * line
    wide = (inner - left - gap * (across - 1)) / across
    headings = [style.wrap(heading, wide, style.size(1.0)) for heading, _ in panels]
    head = max(style.height(heading, style.size(1.0)) for heading in headings) + 0.4 * line
    decoration = head + 3.6 * line  # and tick labels, unit and air
    sheet = style.Sheet(setting, title, subtitle, 2.4 * line + down * (decoration + pitch * len(arms)))
    top = sheet.key(key) if key else 0.0
    high = (sheet.body - top) / down
    for place, (heading, (_, draw)) in enumerate(zip(headings, panels, strict=True)):
        row, column = divmod(place, across)
        axes = sheet.axes(left + column * (wide + gap), top + row * high + head, wide, high - decoration)
        for stripe in range(0, len(arms), 2):
            axes.axhspan(stripe - 0.5, stripe + 0.5, color="#F4F4F4", linewidth=0, zorder=0)
        draw(axes)
        axes.set_ylim(len(arms) - 0.5, -0.5)
        axes.locator_params(axis="x", nbins=4)
        if max(map(abs, axes.get_xlim())) >= 1000:
            axes.xaxis.set_major_formatter(lambda amount, _: words.number(amount, 0))
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set_title(
            style.wrap(heading, wide, style.size(1.0)), loc="left", pad=0.4 * style.size(1.0), linespacing=1.3
        )
        axes.set_yticks(range(len(arms)), labels if column == 0 else [""] * len(arms), linespacing=1.1)
    return sheet.figure


def value(axes: Any, row: int, text: str, colour: str) -> None:
    """A number at the right end of a line."""
    axes.annotate(
        text, (1.0, row), xycoords=("axes fraction", "data"), xytext=(-2, 0), textcoords="offset points", ha="right",
        va="center", fontsize=style.size(style.TINY), color=colour,
    )  # fmt: skip


def room_for_values(axes: Any, low: float, high: float, share: float = 0.34) -> None:
    """Limits that leave the right end of the panel to the numbers; ticks stand where there are values."""
    from matplotlib.ticker import MaxNLocator

    span = (high - low) or max(abs(high), 1.0)
    air = 0.06 * span
    axes.set_xlim(low - air, high + share * span)
    for ticks in (4, 5, 6, 8):  # as few as give two
        places = MaxNLocator(ticks, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
        marked = [t for t in places if low - air <= t <= high + air]
        if len(marked) > 1:
            break
    axes.set_xticks(marked)
