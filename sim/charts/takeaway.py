"""One sentence that says what a comparison shows, and never more than its intervals do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.charts import prose
from sim.charts.tables import CLAIM, controls, enough

if TYPE_CHECKING:
    import pandas as pd

    from sim.charts.setting import Setting

NAMED = 2  # arms named in a title; further ones are counted


def of_indicator(effects: pd.DataFrame, name: str, setting: Setting) -> str:
    """Which arms differ from the baseline in this indicator, by how much, and how many cannot be told from it."""
    label = setting.indicator(name)
    rows = effects[effects["indicator"] == name]
    known = rows.dropna(subset=["ci_low", "ci_high"])
    if not enough(known):
        return setting.say("too few", indicator=label, n=CLAIM)
    clear = known[known["verdict"] != "unclear"]
    if clear.empty:
        return setting.say("none differs", indicator=label)
    last = controls(setting.study)  # no proposal, so not what a sentence begins with
    size = clear["difference"].abs()
    clear = clear.loc[sorted(clear.index, key=lambda at: (clear.loc[at, "arm"] in last, -size[at]))]
    unit = prose.indicator(name).unit
    parts = []
    for row in clear.head(NAMED).itertuples():
        amount, low, high = prose.span(row.difference, row.ci_low, row.ci_high, unit, setting.lang)
        parts.append(setting.say("part", arm=setting.arm(row.arm), amount=amount, low=low, high=high))
    rest = ""
    if len(clear) > NAMED:
        rest += setting.say("also differ", k=len(clear) - NAMED)
    if len(known) > len(clear):
        rest += setting.say("the others", k=len(known) - len(clear))
    return setting.say("some differ", indicator=label, parts=setting.say("and").join(parts), rest=rest)
