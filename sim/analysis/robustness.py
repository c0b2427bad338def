"""How an arm fares where the world is not as hoped: over the design points of a study.

Four views that do not need probabilities of the points: the worst point (maximin, Wald 1950), the largest and the
90th-percentile regret (minimax regret, Savage 1951; percentile regret, Kasprzyk et al. 2013), and the share of points
at which the arm reaches what was asked for (satisficing, Simon 1956; Lempert 2003). Regret at a point is what the arm
loses against the best arm there. Intervals resample the replicates jointly at all points, so they speak of seeds; the
points themselves are what they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.effects import Floats, completed_pairs
from sim.analysis.joint import RESAMPLES, resampled_means

if TYPE_CHECKING:
    import pandas as pd

PERCENTILE = 0.9
VIEWS = ("mean", "worst", "regret_largest", "regret_percentile", "satisficing")
COLUMNS = ("arm", "indicator", "points", "n", "view", "value", "ci_low", "ci_high", "p_best")


def views(values: Floats, better: int, threshold: float, percentile: float = PERCENTILE) -> dict[str, Floats]:
    """The views of VIEWS by name, each [..., arm]; `values` is [..., point, arm]. Regrets are never negative."""
    signed = better * values
    regret = signed.max(axis=-1, keepdims=True) - signed
    return {
        "mean": values.mean(axis=-2),
        "worst": better * signed.min(axis=-2),
        "regret_largest": regret.max(axis=-2),
        "regret_percentile": np.quantile(regret, percentile, axis=-2),
        "satisficing": (signed >= better * threshold).mean(axis=-2),
    }


def robustness_table(
    runs: pd.DataFrame,
    arms: Sequence[str],
    indicator: str,
    better: int,
    threshold: float | None = None,
    percentile: float = PERCENTILE,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> pd.DataFrame:
    """All views of each arm with 95% percentile intervals and the probability of being best, columns COLUMNS.

    `threshold` is what is asked for, in the unit of the indicator; without one, the mean of the first arm over all
    points. Points and replicates that some arm did not complete are left out. Empty with fewer than two points.
    """
    import pandas as pd

    values = by_point(runs, arms, indicator)
    if values.shape[1] < 2 or values.shape[2] < 1:
        return pd.DataFrame(columns=list(COLUMNS))
    aim = float(values[0].mean()) if threshold is None else threshold
    found = views(values.mean(axis=2).T, better, aim, percentile)
    again = [
        views(np.swapaxes(part, -1, -2), better, aim, percentile) for part in resampled_means(values, seed, resamples)
    ]
    rows = []
    for view in VIEWS:
        many = np.concatenate([part[view] for part in again])
        way = better if view in ("mean", "worst") else -1 if view.startswith("regret") else 1
        ends = np.quantile(many, (0.025, 0.975), axis=0) if values.shape[2] > 1 else np.full((2, len(arms)), np.nan)
        best = way * many == (way * many).max(axis=1, keepdims=True)
        chance = (best / best.sum(axis=1, keepdims=True)).mean(axis=0)
        for place, arm in enumerate(arms):
            numbers = (found[view][place], *ends[:, place], chance[place])
            rows.append((arm, indicator, values.shape[1], values.shape[2], view, *map(float, numbers)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def by_point(runs: pd.DataFrame, arms: Sequence[str], indicator: str) -> Floats:
    """Values [arm, point, replicate] where every arm has all: the replicates that are there at every point."""
    done = completed_pairs(runs)
    done = done[done["arm"].isin(list(arms))].reset_index()
    wide = done.pivot(index="replicate", columns=["arm", "point"], values=indicator)
    having = set(wide.columns[wide.notna().any()])
    points = [p for p in sorted(done["point"].unique()) if all((a, p) in having for a in arms)]
    if not points:
        return np.zeros((len(arms), 0, 0))
    whole = wide[[(a, p) for a in arms for p in points]].dropna()
    return np.asarray(whole.to_numpy(dtype=np.float64).T.reshape(len(arms), len(points), len(whole)))
