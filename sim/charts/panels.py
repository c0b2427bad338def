"""Small multiples whose panels share their rows: the layout of the forest, the levels, the budgets and the ranks."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from sim.charts import arms as belong
from sim.charts import prose, style

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
    ticks: int | None = 4,
) -> Figure:
    """A grid of panels whose rows are the arms."""
    figure = grid(setting, [setting.arm(arm) for arm in arms], panels, title, subtitle, key, ticks)
    for axes in figure.axes:
        if axes.axison:
            belong.rows(axes, arms)
    return figure


def grid(
    setting: Setting,
    rows: Sequence[str],
    panels: Sequence[tuple[str, Callable[[Any], None]]],
    title: str,
    subtitle: str,
    key: list[tuple[Any, str]],
    ticks: int | None = 4,
    share: float = 0.25,
    whose: Sequence[str] = (),
) -> Figure:
    """A grid of panels (heading, drawing function of the axes) with the same rows, named once at the left.

    A slide has room for one row of panels: the first ones. `ticks` is the most that an axis has; None leaves them be.
    The names of the rows take at most this `share` of the width. `whose` names the arm of each panel, where it has one.
    """
    if setting.style == "slide":
        panels = panels[:ACROSS]
    across = min(ACROSS, len(panels))
    down = math.ceil(len(panels) / across)
    line, points = style.size(1.0) / 72, style.size(style.SMALL)
    inner = style.page_width() - 2 * style.MARGIN
    labels = [style.wrap(text, share * inner, points) for text in rows]
    pitch = max(2.1 * line, max(style.height(label, points) for label in labels) + 0.2 * line)
    left = max(style.text_width(part, points) for text in labels for part in text.split("\n")) + line
    gap = 1.2 * line
    wide = (inner - left - gap * (across - 1)) / across
    headings = [style.wrap(heading, wide, style.size(1.0)) for heading, _ in panels]
    head = max(style.height(heading, style.size(1.0)) for heading in headings) + 0.4 * line
    decoration = head + 3.6 * line  # and tick labels, unit and air
    sheet = style.Sheet(setting, title, subtitle, 2.4 * line + down * (decoration + pitch * len(rows)))
    top = sheet.key(key) if key else 0.0
    high = (sheet.body - top) / down
    if setting.style == "slide":  # the page grows with its rows, a slide does not
        room = max(1, int((high - decoration) / len(rows) / style.height("", points)))
        labels = [style.cut(label, room) for label in labels]
    for place, (heading, (_, draw)) in enumerate(zip(headings, panels, strict=True)):
        row, column = divmod(place, across)
        axes = sheet.axes(left + column * (wide + gap), top + row * high + head, wide, high - decoration)
        for stripe in range(0, len(rows), 2):
            axes.axhspan(stripe - 0.5, stripe + 0.5, color="#F4F4F4", linewidth=0, zorder=0)
        draw(axes)
        if whose:
            belong.mark(whose[place], axes)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        if ticks is not None:
            axes.locator_params(axis="x", nbins=ticks)
        if max(map(abs, axes.get_xlim())) >= 1000:
            axes.xaxis.set_major_formatter(lambda amount, _: prose.number(amount, 0))
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set_title(
            style.wrap(heading, wide, style.size(1.0)), loc="left", pad=0.4 * style.size(1.0), linespacing=1.3
        )
        axes.set_yticks(range(len(rows)), labels if column == 0 else [""] * len(rows), linespacing=1.1)
    return sheet.figure


def over_time(
    setting: Setting,
    arms: Sequence[str],
    draw: Callable[[Any, str], None],
    title: str,
    subtitle: str,
    key: list[tuple[Any, str]],
    years: tuple[float, float],
    ends: tuple[float, float],
) -> Figure:
    """Small multiples over years since the reform, one an arm, drawn by `draw(axes, arm)` on the same two axes."""
    across = max(1, min(ACROSS, len(arms)) if setting.style != "slide" else math.ceil(len(arms) / 2))
    down = math.ceil(len(arms) / across)
    line = style.size(1.0) / 72
    sheet = style.Sheet(setting, title, subtitle, 2 * line + down * 14.5 * line)
    left, gap = 3.0 * line, 1.4 * line
    top = sheet.key(key)
    wide = (sheet.width - left - gap * (across - 1)) / across
    high = (sheet.body - top - 3.2 * line) / down
    points = style.size(style.SMALL)
    heads = [style.wrap(setting.arm(arm), wide, points) for arm in arms]
    air = max(style.height(head, points) for head in heads) + 0.5 * line
    room = 0.05 * ((ends[1] - ends[0]) or 1.0)
    for place, (arm, head) in enumerate(zip(arms, heads, strict=True)):
        row, column = divmod(place, across)
        axes = sheet.axes(left + column * (wide + gap), top + row * high + air, wide, high - air - 0.9 * line)
        draw(axes, arm)
        belong.mark(arm, axes)
        axes.axvline(0, color=style.VERMILLION, linewidth=0.9)
        if place == 0:
            axes.annotate(
                setting.say("reform"), (0, 1), xycoords=("data", "axes fraction"), xytext=(3, -2), va="top",
                textcoords="offset points", fontsize=style.size(style.TINY), color=style.ink(style.VERMILLION),
            )  # fmt: skip
        axes.set_xlim(*years)
        axes.set_ylim(ends[0] - room, ends[1] + room)
        axes.locator_params(axis="y", nbins=4)
        axes.set_xticks(range(math.ceil(years[0]), math.floor(years[1]) + 1))
        axes.grid(axis="y", color=style.FAINT, linewidth=0.5)
        axes.set_axisbelow(True)
        axes.tick_params(labelleft=column == 0, labelbottom=place + across >= len(arms))
        axes.set_title(head, fontsize=points, pad=3)
        if row == down - 1 and column == 0:
            axes.set_xlabel(setting.say("years"), loc="left", color=style.GREY)
    return sheet.figure


def value(axes: Any, row: int, text: str, colour: str) -> None:
    """A number at the right end of a line."""
    axes.annotate(
        text, (1.0, row), xycoords=("axes fraction", "data"), xytext=(-2, 0), textcoords="offset points", ha="right",
        va="center", fontsize=style.size(style.TINY), color=style.ink(colour),
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
