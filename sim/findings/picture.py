"""The findings in one picture: each effect over its smallest effect of interest, over all archetypes and at each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.analysis.verdicts import DEPENDS, EQUIVALENT, NOT_SUPPORTED, REFUTED, SUPPORTED
from sim.charts import style
from sim.findings.numbers import named, share
from sim.findings.text import called, claim
from sim.store.atomic import replace_file
from sim.vocabulary.words import room

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.findings.gather import Found
    from sim.findings.overturn import Overturned

say = room("findings")
EDGE = 3.0  # multiples of the smallest effect shown; what lies beyond stands at the edge
MARKS = {
    SUPPORTED: (style.BLUE, "^", True),
    REFUTED: (style.VERMILLION, "v", True),
    EQUIVALENT: (style.GREEN, "s", True),
    NOT_SUPPORTED: (style.GREY, "o", False),
    DEPENDS: (style.BLACK, "D", False),
}
WIDTH, ROW, TEXT = 8.4, 0.42, 3.9  # inches
FRAME = (0.15, 0.65)  # inches above and below the rows


def save(figure: Figure, path: Path) -> None:
    """Write a figure as PNG without a date, so that the same numbers give the same file."""
    replace_file(path, lambda target: figure.savefig(target, format="png", metadata={"Software": None}))


def write(found: Sequence[Found], path: Path, lang: str) -> None:
    """Draw the verdicts and write them to `path`."""
    with style.styled("page"):
        save(verdicts(found, lang), path)


def verdicts(found: Sequence[Found], lang: str) -> Figure:
    """One row a reading: mean and interval over all archetypes, small dots for each of them."""
    figure, axes = _rows(len(found))
    for row, one in enumerate(found):
        effect, overall = one.effect, one.verdict.overall
        scale = effect.direction / effect.smallest
        colour, marker, filled = MARKS[one.verdict.verdict]
        dots = [_inside(c.effects[min(one.verdict.effect, len(c.effects) - 1)].mean * scale) for c in one.verdict.cells]
        axes.plot(dots, [row] * len(dots), "|", color=style.GREY, markersize=9, clip_on=False)
        ends = [_inside(overall.low * scale), _inside(overall.high * scale)]
        axes.plot(ends, [row, row], color=colour, linewidth=2.2, solid_capstyle="butt")
        face = colour if filled else style.PAPER
        axes.plot(_inside(overall.mean * scale), row, marker, color=colour, markerfacecolor=face, markersize=7,
                  clip_on=False)  # fmt: skip
        label = style.cut(style.wrap(f"{one.id}  {claim(one, lang)}", TEXT - 0.2, style.size(style.TINY)), 2)
        _label(axes, row, label)
        axes.text(EDGE * 1.04, row, called(one.verdict, lang).replace(" (", "\n(").replace("（", "\n（"),
                  va="center", ha="left", fontsize=style.size(style.TINY), color=colour)  # fmt: skip
    _scale(axes, say("picture axis", lang))
    return figure


def overturning(found: Sequence[Overturned], lang: str) -> Figure:
    """One row an effect: where it lies when every number is drawn from its range, and how often the claim holds."""
    figure, axes = _rows(len(found))
    for row, one in enumerate(found):
        values = [_inside(v * one.effect.direction / one.effect.smallest) for v in one.values]
        few = one.holds < 0.2
        axes.plot(values, [row] * len(values), "o", color=style.SKY, markersize=3, alpha=0.35, markeredgewidth=0)
        low, middle, high = (sorted(values)[int(q * (len(values) - 1))] for q in (0.05, 0.5, 0.95))
        axes.plot([low, high], [row, row], color=style.BLUE, linewidth=1.6)
        axes.plot(middle, row, "o", color=style.BLUE, markersize=6)
        text = f"{one.id}  {named(one.effect.measure, lang)}"
        _label(axes, row, style.cut(style.wrap(text, TEXT - 0.2, style.size(style.TINY)), 2))
        axes.text(EDGE * 1.04, row, say("picture holds", lang, share=share(one.holds)), va="center", ha="left",
                  fontsize=style.size(style.TINY), color=style.GREY if few else style.INK)  # fmt: skip
    _scale(axes, say("picture axis", lang))
    return figure


def _rows(count: int) -> tuple[Figure, Any]:
    """A figure with room for so many rows of text at the left and right."""
    from matplotlib.figure import Figure

    height = FRAME[0] + FRAME[1] + ROW * count
    figure = Figure(figsize=(WIDTH + TEXT - 2.0, height), dpi=144)
    wide = WIDTH + TEXT - 2.0
    axes = figure.add_axes((TEXT / wide, FRAME[1] / height, (wide - TEXT - 1.9) / wide, ROW * count / height))
    axes.set_ylim(count - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    return figure, axes


def _inside(value: float) -> float:
    return max(-EDGE, min(EDGE, value))


def _label(axes: Any, row: int, text: str) -> None:
    axes.text(-EDGE * 1.04, row, text, va="center", ha="right", fontsize=style.size(style.TINY), color=style.INK)


def _scale(axes: Any, text: str) -> None:
    axes.set_xlim(-EDGE, EDGE)
    axes.axvline(0.0, color=style.GREY, linewidth=0.8, zorder=0)
    axes.axvspan(-1.0, 1.0, color=style.FAINT, alpha=0.45, zorder=0, linewidth=0)
    axes.axvline(1.0, color=style.INK, linewidth=1.0, linestyle="--", zorder=0)
    axes.set_xlabel(style.wrap(text, WIDTH - 2.0, style.size(style.SMALL)))
