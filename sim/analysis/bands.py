"""Simultaneous bands: an interval of a whole course that holds everywhere at once with the stated confidence.

The sup-t band of Montiel Olea and Plagborg-Moller (2019): mean plus and minus one critical value times the standard
error of each week, the critical value taken from the bootstrapped largest deviation in units of the standard error.
Pointwise intervals read along a curve claim too much: some week lies outside by chance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.analysis.effects import Floats
from sim.analysis.joint import resampled_means

if TYPE_CHECKING:
    import pandas as pd

RESAMPLES = 4999
COLUMNS = ("arm", "at", "n", "difference", "low", "high", "pointwise_low", "pointwise_high")


class Band(NamedTuple):
    """Mean and ends of a band at each time, and the critical value in standard errors."""

    mean: Floats
    low: Floats
    high: Floats
    critical: float


def simultaneous_band(values: Floats, level: float = 0.95, seed: int = 0, resamples: int = RESAMPLES) -> Band:
    """Band of the mean of `values` [unit, time]; NaN ends with fewer than two units, zero width without spread.

    The critical value is never below that of one interval by itself: Student's t.
    """
    from scipy.special import stdtrit

    n = len(values)
    mean = values.mean(axis=0)
    if n < 2:
        return Band(mean, np.full_like(mean, np.nan), np.full_like(mean, np.nan), float("nan"))
    error = values.std(axis=0, ddof=1) / np.sqrt(n)
    moving = error > 1e-12 * max(1.0, float(np.abs(mean).max()))
    critical = float(stdtrit(n - 1, 0.5 + level / 2))
    if moving.any():
        # A resample of n differs less from the sample than the sample from the truth, by the root of (n - 1) / n.
        scale = error[moving] * np.sqrt((n - 1) / n)
        centred = (values - mean)[:, moving].T
        largest = [np.abs(part / scale).max(axis=1) for part in resampled_means(centred, seed, resamples)]
        # The bootstrap of a standardised mean knows nothing of the uncertain standard error: Student over normal.
        wider = critical / float(_normal(level))
        critical = max(critical, float(np.quantile(np.concatenate(largest), level)) * wider)
    return Band(mean, mean - critical * error, mean + critical * error, critical)


def _normal(level: float) -> float:
    from scipy.special import ndtri

    return float(ndtri(0.5 + level / 2))


def difference_bands(
    series: pd.DataFrame, baseline: str, value: str, at: str, seed: int = 0, level: float = 0.95
) -> pd.DataFrame:
    """Paired differences from the baseline over time with simultaneous and pointwise intervals, columns COLUMNS.

    `series` holds point, arm, replicate, `at` and `value`, one row each; pairs are replicates, points averaged.
    """
    import pandas as pd
    from scipy.special import stdtrit

    wide = series.pivot_table(index="replicate", columns=["arm", at], values=value, aggfunc="mean", sort=False)
    rows = []
    for arm in dict.fromkeys(series["arm"]):
        if arm == baseline or baseline not in wide:
            continue
        d = (wide[arm] - wide[baseline]).dropna(axis=1, how="all").dropna()
        if d.empty:
            continue
        band = simultaneous_band(d.to_numpy(dtype=np.float64), level, seed)
        half = float(stdtrit(len(d) - 1, 0.5 + level / 2)) / band.critical if len(d) > 1 else np.nan
        for place, moment in enumerate(d.columns):
            mean, low, high = band.mean[place], band.low[place], band.high[place]
            alone = (mean - half * (mean - low), mean + half * (high - mean))
            rows.append((arm, moment, len(d), *map(float, (mean, low, high, *alone))))
    return pd.DataFrame(rows, columns=list(COLUMNS))
