"""The community's money: what came in from outside by source, and what it was used for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.charts import prose, stacked
from sim.charts.registry import NoData, chart

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy

PURSES = ("street", "work", "item", "own", "project", "common")  # accounts that are the community's


def table(study: StoredStudy) -> pd.DataFrame:
    """Mean yuan per 1,000 residents a year by arm: into the purses by source, out of them by use."""
    import pandas as pd

    from sim.analysis.flows import flow_means

    rows = flow_means(study.tallies, "payment", ["a", "b", "c"])
    if rows.empty:
        raise NoData("no_payments")
    inside, given = rows["a"].isin(PURSES), rows["b"].isin(PURSES)
    parts = []
    for kind, part, key in (("sources", rows[given & ~inside], "a"), ("uses", rows[inside & ~given], "c")):
        means = part.groupby(["arm", key], sort=False)["mean"].sum().unstack(key).fillna(0.0)
        order = means.mean().sort_values(ascending=False, kind="stable").index
        shown = [name for name in order if means[name].abs().max() > 0]
        parts += stacked.rows_of(kind, means, shown)
    return pd.DataFrame(parts, columns=["kind", "for", "arm", "mean"])


@chart(table=table, needs=("tallies",))
def money(rows: pd.DataFrame, setting: Setting) -> Figure:
    """Stacked bars of sources and of uses, one bar an arm."""
    return stacked.bars(rows, setting, _title(rows, setting), setting.say("money subtitle"), _name)


def _title(rows: pd.DataFrame, setting: Setting) -> str:
    came = (
        rows[rows["kind"] == "sources"].pivot_table(index="arm", columns="for", values="mean", sort=False).fillna(0.0)
    )
    if "fiscal" not in came:
        return setting.say("sources heading")
    shares = came["fiscal"] / came.sum(axis=1)
    others = shares.drop(setting.baseline, errors="ignore")
    base, low, high = (
        prose.level(float(value), "share", setting.lang, 0)
        for value in (shares.get(setting.baseline, float("nan")), others.min(), others.max())
    )
    if base == low == high:
        return setting.say("money same", share=base)
    return setting.say("money title", share=base, low=low, high=high)


def _name(kind: str, key: str, lang: str) -> str:
    return prose.term(f"account.{key}" if kind == "sources" else f"use.{key}", lang)
