"""Stacked bars, one an arm, for each kind of amount: the layout of hours and money."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from sim.charts import arms as belong
from sim.charts import prose, style
from sim.charts.tables import chosen

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting

MOST = 7  # parts shown apart; the smallest are put together
OTHER = "other"
WRITTEN = 0.06  # segments shorter than this share of the longest bar carry no number
LOOKS: tuple[tuple[str, str | None], ...] = (
    (style.BLUE, None),
    (style.ORANGE, None),
    (style.GREEN, None),
    (style.PURPLE, None),
    (style.SKY, "...."),
    (style.YELLOW, None),
    (style.VERMILLION, "\\\\\\\\"),
    (style.PAPER, "////"),
)


def rows_of(kind: str, means: pd.DataFrame, shown: Sequence[str]) -> list[tuple[str, str, str, float]]:
    """Rows kind, for, arm, mean of the parts `shown` of `means` (arms by parts), the smallest put together."""
    shown = list(shown)
    if len(shown) > MOST + 1:
        means = means.assign(**{OTHER: means[shown[MOST:]].sum(axis=1)})
        shown = [*shown[:MOST], OTHER]
    return [(kind, name, str(arm), float(amount)) for name in shown for arm, amount in means[name].items()]


def bars(
    rows: pd.DataFrame, setting: Setting, title: str, subtitle: str, name: Callable[[str, str, str], str]
) -> Figure:
    """A block for each kind of `rows`, a bar for each arm; `name` gives the words of a part (kind, part, language)."""
    kinds = list(rows["kind"].unique())
    arms, note = chosen(rows, setting)
    line, points = style.size(1.0) / 72, style.size(style.SMALL)
    sheet = style.Sheet(setting, title, subtitle + note, len(kinds) * (10.5 * line + 2.15 * line * len(arms)))
    labels = [style.wrap(setting.arm(arm), 0.25 * sheet.width, points) for arm in arms]
    left = max(style.text_width(part, points) for text in labels for part in text.split("\n")) + line
    beside = setting.style == "slide"  # a slide is wide, a page is long
    block = sheet.body if beside else sheet.body / len(kinds)
    wide = (sheet.width - left) / (len(kinds) if beside else 1)
    heads = []
    for place, kind in enumerate(kinds):
        at = (left + place * wide if beside else 0.0, 0.0 if beside else place * block)
        names = list(rows.loc[rows["kind"] == kind, "for"].unique())
        entries = [
            (_patch(number, key), setting.say(key) if key == OTHER else name(kind, key, setting.lang))
            for number, key in enumerate(names)
        ]
        sheet.heading(setting.say(f"{kind} heading"), at[1] + 0.1 * line, at[0])
        below, room = at[1] + 1.9 * line, wide - line if beside else None
        multiple = style.TINY if beside else style.SMALL
        heads.append(1.9 * line + sheet.key(entries, below, at[0], room, multiple))
    for place, kind in enumerate(kinds):
        part = rows[rows["kind"] == kind]
        head = max(heads) if beside else heads[place]
        top = head if beside else place * block + head
        axes = sheet.axes(left + (place * wide if beside else 0.0), top, wide - line, block - head - 4.4 * line)
        _bars(axes, part, list(part["for"].unique()), arms)
        axes.set_ylim(len(arms) - 0.5, -0.5)
        axes.set_yticks(range(len(arms)), [""] * len(arms) if beside and place else labels, linespacing=1.1)
        belong.rows(axes, arms)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.locator_params(axis="x", nbins=4 if beside else 6)
        axes.xaxis.set_major_formatter(lambda value, _: prose.number(value, 0))
        unit = f"{'hours' if kind == 'hours' else 'yuan'} per 1,000 residents a year"
        axes.set_xlabel(prose.unit_text(unit, setting.lang), loc="left", color=style.GREY)
    return sheet.figure


def _look(number: int, key: str) -> dict[str, Any]:
    colour, hatch = LOOKS[-1] if key in ("idle", "other") else LOOKS[number % (len(LOOKS) - 1)]
    return {"facecolor": colour, "hatch": hatch, "edgecolor": "#8A8A8A" if colour == style.PAPER else style.PAPER}


def _patch(number: int, key: str) -> Any:
    from matplotlib.patches import Patch

    return Patch(linewidth=0.4, **_look(number, key))


def _bars(axes: Any, part: pd.DataFrame, names: Sequence[str], arms: Sequence[str]) -> None:
    amounts = part.pivot_table(index="arm", columns="for", values="mean", sort=False).reindex(index=arms, columns=names)
    totals = amounts.sum(axis=1)
    longest = float(totals.max()) or 1.0
    for row, arm in enumerate(arms):
        start = 0.0
        for number, key in enumerate(names):
            width = float(amounts.loc[arm, key])
            look = _look(number, key)
            axes.barh(row, width, left=start, height=0.72, linewidth=0.4, **look)
            if width > WRITTEN * longest:
                dark = look["facecolor"] == style.BLUE
                axes.text(
                    start + width / 2, row, f"{100 * width / float(totals[arm]):.0f}%", ha="center", va="center",
                    fontsize=style.size(style.TINY), color=style.PAPER if dark else style.INK,
                    bbox={"facecolor": look["facecolor"], "edgecolor": "none", "pad": 1} if look["hatch"] else None,
                )  # fmt: skip
            start += width
    axes.set_xlim(0, 1.02 * longest)
