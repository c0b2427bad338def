"""One choice at a time: what each choice does by itself to the main indicators, around each arm it was tried on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.charts import cells, prose, style
from sim.charts.registry import NoData, chart
from sim.charts.tables import CLAIM, contrasts, enough

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy

INDICATORS = 8
SLIDE_ROWS = 15  # choices that a slide has room for: those that do most


def table(study: StoredStudy) -> pd.DataFrame:
    """Each choice over all places, with the number of places at which it can be told apart in the same direction."""
    from sim.analysis.contrasts import ALL

    rows = contrasts(study)
    names = [i for i in study.study["indicators"] if (rows["indicator"] == i).any()][:INDICATORS]
    rows = rows[rows["indicator"].isin(names)]
    if rows.empty:
        raise NoData("no_value")
    keys = ["mechanism", "around", "indicator"]
    single = rows[rows["archetype"] != ALL]
    whole = rows[rows["archetype"] == ALL] if (rows["archetype"] == ALL).any() else rows
    signs = single["verdict"].where(single["verdict"] != "unclear")
    counted = single.assign(sign=signs).groupby([*keys, "sign"]).size()
    found = [int(counted.get(key, 0)) for key in whole[[*keys, "verdict"]].itertuples(index=False, name=None)]
    return whole.assign(places=single["archetype"].nunique(), places_clear=found).reset_index(drop=True)


@chart(table=table, needs=("contrasts",))
def ablation(rows: pd.DataFrame, setting: Setting) -> Figure:
    """Rows are choices, columns the main indicators, once for each arm that the choices were tried on."""
    names = list(dict.fromkeys(rows["indicator"]))
    subtitle = setting.say("ablation subtitle", places=int(rows["places"].max()))
    heads = [setting.indicator(name) for name in names]

    def cell(axes: Any, column: int, row: int, found: Any, scale: Any, points: float) -> None:
        colour = cells.face(float(found["standardised"]), int(found["better"]), scale)
        text = cells.MARKS[found["verdict"]]
        if int(found["places"]) > 1:
            text += str(int(found["places_clear"])) if int(found["places_clear"]) or text else ""
        cells.cell(axes, column, row, colour, str(found["verdict"]), text, points)

    return blocks(rows, setting, "indicator", names, heads, title(rows, names[0], setting), subtitle, cell)


def title(rows: pd.DataFrame, name: str, setting: Setting) -> str:
    """How many choices can be told apart in the first indicator around each arm, and which moves it most."""
    label = setting.indicator(name)
    rows = rows[rows["indicator"] == name]
    if not enough(rows):
        return setting.say("too few", indicator=label, n=CLAIM)
    unit = prose.indicator(name).unit
    parts = []
    for around in dict.fromkeys(rows["around"]):
        part = rows[(rows["around"] == around) & ~rows["mechanism"].str.startswith("package=")]
        clear = part[part["verdict"] != "unclear"]
        said = {"arm": setting.arm(around), "k": len(clear), "total": len(part)}
        if clear.empty:
            parts.append(setting.say("ablation none", **said))
            continue
        top = clear.loc[clear["difference"].abs().idxmax()]
        amount = prose.change(
            float(top["difference"]), unit, setting.lang, prose.decimals(float(top["difference"]) * prose.factor(unit))
        )
        parts.append(setting.say("ablation some", what=setting.choice(top["mechanism"]), amount=amount, **said))
    return setting.say("some differ", indicator=label, parts=setting.say("then").join(parts), rest="")


def blocks(
    rows: pd.DataFrame,
    setting: Setting,
    across: str,
    names: list[str],
    heads: list[str],
    title: str,
    subtitle: str,
    cell: Any,
) -> Figure:
    """One block of columns for each arm that the choices were tried on, side by side; `across` names the columns."""
    mechanisms = shown(rows, setting)
    around = list(dict.fromkeys(rows["around"]))
    line, points = style.size(1.0) / 72, style.size(style.TINY)
    inner = style.page_width() - 2 * style.MARGIN
    left = 0.26 * inner
    gap = 1.2 * line
    wide = (inner - left - gap * (len(around) - 1)) / len(around)
    labels = [style.wrap(setting.choice(m), left - 0.8 * line, points) for m in mechanisms]
    if setting.style == "slide":  # a line a choice; the page has the rest
        labels = [style.first_line(label) for label in labels]
    longest = 11.5 * line if setting.style != "slide" else 8.0 * line
    columns = [style.wrap(text, longest, points) for text in heads]
    head = max(style.text_width(part, points) for text in columns for part in text.split("\n")) + 0.6 * line
    high = max(1.55 * line, max(style.height(text, points) for text in labels) + 0.35 * line)
    if len(mechanisms) < len(dict.fromkeys(rows["mechanism"])):
        subtitle += setting.say("rows left out", k=len(mechanisms), total=rows["mechanism"].nunique())
    bodies = [style.wrap(setting.say("around", arm=setting.arm(arm)), wide, style.size(style.SMALL)) for arm in around]
    over = max(style.height(text, style.size(style.SMALL)) for text in bodies) + 0.4 * line
    sheet = style.Sheet(setting, title, subtitle, 2.4 * line + over + head + high * len(mechanisms) + 0.6 * line)
    top = sheet.key(cells.key(set(rows["verdict"]), setting, across == "indicator")) + 0.3 * line
    scale = cells.colours()
    for place, arm in enumerate(around):
        start = left + place * (wide + gap)
        sheet.note(bodies[place], top, start)
        axes = sheet.axes(start, top + over + head, wide, sheet.body - top - over - head - 0.4 * line)
        part = rows[rows["around"] == arm].set_index(["mechanism", across])
        for row, mechanism in enumerate(mechanisms):
            for column, name in enumerate(names):
                if (mechanism, name) in part.index:
                    cell(axes, column, row, part.loc[(mechanism, name)], scale, points)
            if row and kind(mechanism) != kind(mechanisms[row - 1]):
                axes.axhline(row - 0.5, color=style.GREY, linewidth=0.7, clip_on=False)
        axes.set_xlim(-0.5, len(names) - 0.5)
        axes.set_ylim(len(mechanisms) - 0.5, -0.5)
        axes.set_xticks(range(len(names)), columns, fontsize=points, rotation=90, linespacing=1.1)
        axes.xaxis.tick_top()
        axes.set_yticks(
            range(len(mechanisms)), [""] * len(mechanisms) if place else labels, fontsize=points, linespacing=1.1
        )
        cells.bare(axes)
    return sheet.figure


def shown(rows: pd.DataFrame, setting: Setting) -> list[str]:
    """The choices in the study's order; on a slide those with the largest differences."""
    order = list(dict.fromkeys(c["mechanism"] for c in setting.study.study["contrasts"]))
    names = [m for m in order if (rows["mechanism"] == m).any()]
    if setting.style != "slide" or len(names) <= SLIDE_ROWS:
        return names
    size = rows.assign(size=rows["standardised"].abs()).groupby("mechanism")["size"].max()
    kept = set(size.sort_values(ascending=False, kind="stable").index[:SLIDE_ROWS])
    return [m for m in names if m in kept]


def kind(mechanism: str) -> str:
    """What sort of choice it is: a package, seats, an overlay, or something else."""
    key = mechanism.partition("=")[0]
    return "overlay" if "/" in key else key.partition(".")[0]

