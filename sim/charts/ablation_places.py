"""Where each choice works: the first indicator in each archetype, around each arm it was tried on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.charts import cells, prose
from sim.charts.ablation import blocks, title
from sim.charts.registry import NoData, chart
from sim.charts.tables import contrasts

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy


def table(study: StoredStudy) -> pd.DataFrame:
    """Each choice at each place and over all, for the study's first indicator that has values."""
    rows = contrasts(study)
    name = next((i for i in study.study["indicators"] if (rows["indicator"] == i).any()), None)
    if name is None:
        raise NoData("no_value")
    return rows[rows["indicator"] == name].reset_index(drop=True)


@chart(table=table, needs=("contrasts", "points"))
def ablation_places(rows: pd.DataFrame, setting: Setting) -> Figure:
    """Rows are choices, columns the archetypes, once for each arm that the choices were tried on."""
    from sim.analysis.contrasts import ALL

    name = str(rows["indicator"].iloc[0])
    about = prose.indicator(name)
    places = prose.decimals(*(rows["difference"].dropna() * prose.factor(about.unit)))
    names = sorted(dict.fromkeys(rows["archetype"]), key=lambda place: place == ALL)
    unit = prose.unit_text(about.unit, setting.lang, difference=True)
    subtitle = setting.say("places subtitle", indicator=prose.bracketed(setting.indicator(name), unit, setting.lang))

    def cell(axes: Any, column: int, row: int, found: Any, scale: Any, points: float) -> None:
        colour = cells.face(float(found["standardised"]), int(found["better"]), scale)
        text = prose.number(float(found["difference"]) * prose.factor(about.unit), places, signed=True)
        cells.cell(axes, column, row, colour, str(found["verdict"]), text, points)

    whole = rows[rows["archetype"] == ALL]
    heads = [setting.place(place) for place in names]
    return blocks(rows, setting, "archetype", names, heads, title(whole, name, setting), subtitle, cell)
