"""Flows from the tallies of a study: of cases between bodies, of money between purses, of residents' groups.

A tally holds only what occurred, so a kind of flow that a run did not have counts as zero in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.effects import intervals

if TYPE_CHECKING:
    import pandas as pd


def runs_of(tallies: pd.DataFrame) -> pd.DataFrame:
    """The runs that have tallies, one row each: point, arm, replicate."""
    return tallies[["point", "arm", "replicate"]].drop_duplicates()


def flow_means(tallies: pd.DataFrame, measure: str, keys: Sequence[str]) -> pd.DataFrame:
    """Mean of a measure over the runs of each arm by the named keys: arm, *keys, n, mean."""
    part = tallies[tallies["measure"] == measure]
    n = runs_of(tallies).groupby("arm", sort=False).size()
    sums = part.groupby(["arm", *keys], sort=False)["value"].sum().reset_index(name="mean")
    sums.insert(len(keys) + 1, "n", sums["arm"].map(n))
    sums["mean"] /= sums["n"]
    return sums


def flow_differences(
    tallies: pd.DataFrame, measure: str, keys: Sequence[str], baseline: str, seed: int = 0, unit: str = "replicate"
) -> pd.DataFrame:
    """Paired differences of a flow from the baseline with BCa intervals over replicates, points averaged, or over
    points where `unit` says so, replicates averaged: arm, *keys, n, mean_arm, mean_baseline, difference, ci_low,
    ci_high."""
    import pandas as pd

    part = tallies[tallies["measure"] == measure]
    every = pd.MultiIndex.from_frame(runs_of(tallies))
    summed = part.groupby(["point", "arm", "replicate", *keys], sort=False)["value"].sum()
    wide = summed.unstack(list(keys)).reindex(every).fillna(0.0)
    wide = wide.groupby(level=["arm", unit], sort=False).mean()
    rows, differences = [], []
    arms = [arm for arm in dict.fromkeys(every.get_level_values("arm")) if arm != baseline]
    known = set(every.get_level_values("arm"))
    for arm in arms if baseline in known else ():
        one, other = wide.loc[arm], wide.loc[baseline]
        both = one.index.intersection(other.index)
        a, b = one.loc[both].to_numpy(dtype=np.float64), other.loc[both].to_numpy(dtype=np.float64)
        for place, name in enumerate(wide.columns):
            d = a[:, place] - b[:, place]
            differences.append(d)
            cell = name if isinstance(name, tuple) else (name,)
            rows.append((arm, *cell, len(d), float(a[:, place].mean()), float(b[:, place].mean()), float(d.mean())))
    table = pd.DataFrame(rows, columns=["arm", *keys, "n", "mean_arm", "mean_baseline", "difference"])
    table["ci_low"], table["ci_high"] = intervals(differences, seed)
    return table


def group_differences(
    tallies: pd.DataFrame, what: str, baseline: str, seed: int = 0, unit: str = "replicate"
) -> pd.DataFrame:
    """What became of each group of residents under each arm, paired with the same group under the baseline:
    arm, group, n, mean_arm, mean_baseline, difference, ci_low, ci_high. Pairs without a value drop out; intervals are
    over the `unit`, replicate or point, the other averaged."""
    import pandas as pd

    part = tallies[(tallies["measure"] == "group") & (tallies["b"] == what)]
    wide = part.pivot(index=["arm", "point", "replicate"], columns="a", values="value")
    wide = wide.groupby(level=["arm", unit], sort=False).mean()
    rows, differences = [], []
    arms = [arm for arm in dict.fromkeys(wide.index.get_level_values("arm")) if arm != baseline]
    for arm in arms if baseline in wide.index else ():
        for group in dict.fromkeys(part["a"]):
            pair = pd.concat([wide.loc[arm][group], wide.loc[baseline][group]], axis=1, join="inner").dropna()
            a, b = pair.to_numpy(dtype=np.float64).T
            differences.append(a - b)
            means = (float(v.mean()) if len(v) else np.nan for v in (a, b, a - b))
            rows.append((arm, group, len(pair), *means))
    table = pd.DataFrame(rows, columns=["arm", "group", "n", "mean_arm", "mean_baseline", "difference"])
    table["ci_low"], table["ci_high"] = intervals(differences, seed)
    return table
