"""Where public hours and the community's money go, by arm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.charts import prose, stacked
from sim.charts.registry import NoData, chart
from sim.charts.tables import completed

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy

HOURS, MONEY = "hours_", "spent_on_"


def table(study: StoredStudy) -> pd.DataFrame:
    """Mean a year over the runs of each arm, by what the hours or the money were for."""
    import pandas as pd

    from sim.observe.members import STREAMS, USES

    runs = completed(study)
    parts = []
    for kind, prefix, members in (("hours", HOURS, STREAMS), ("money", MONEY, USES)):
        names = [key for key in members if prefix + key in runs]
        if not names:
            continue
        means = runs.groupby("arm", sort=False)[[prefix + key for key in names]].mean()
        means.columns = pd.Index(names)
        order = means.mean().sort_values(ascending=False, kind="stable").index if kind == "money" else names
        shown = [key for key in order if means[key].abs().max() > 0]
        parts += stacked.rows_of(kind, means, shown)
    if not parts:
        raise NoData("no_hours_money")
    return pd.DataFrame(parts, columns=["kind", "for", "arm", "mean"])


@chart(table=table)
def hours_money(rows: pd.DataFrame, setting: Setting) -> Figure:
    """Stacked bars of hours by stream and of money by use, one bar an arm."""
    title = _title(rows, setting) if "hours" in set(rows["kind"]) else setting.say("money by use")
    return stacked.bars(rows, setting, title, setting.say("hours subtitle"), _name)


def _title(rows: pd.DataFrame, setting: Setting) -> str:
    hours = rows[(rows["kind"] == "hours") & (rows["for"] != "idle")].pivot_table(
        index="arm", columns="for", values="mean", sort=False
    )
    shares = hours.get("above", 0.0 * hours.iloc[:, 0]) / hours.sum(axis=1)
    base = shares.get(setting.baseline, float("nan"))
    others = shares.drop(setting.baseline, errors="ignore")
    base_text, low, high = (
        prose.level(float(value), "share", setting.lang, 0) for value in (base, others.min(), others.max())
    )
    return setting.say("hours title", share=base_text, low=low, high=high)


def _name(kind: str, key: str, lang: str) -> str:
    return prose.term(f"stream.{key}" if kind == "hours" else f"use.{key}", lang)
