"""Paired effects of each arm against the baseline over the replicates that both completed.

The unit is the pair: the same replicate under two arms. `difference` is the mean of the paired differences, its 95%
interval the bias-corrected and accelerated bootstrap (BCa, Efron 1987) over pairs. `p_higher` is the share of pairs in
which the arm's value is the higher one, ties counting half (0.5 = no difference). `effect_size_a` is Vargha and
Delaney's A (2000): the same share over all combinations of a run of the arm with a run of the baseline, other
replicates included, so it says how far the arms lie apart beside the spread between runs. `paired_correlation` is
Pearson's correlation of the two arms over the pairs; the higher it is, the more the pairing gained. The interval
speaks of seeds only, not of ignorance about parameters. `verdict` says what the interval shows.

At several design points a pair is first averaged over what was stated: over the points where each was chosen for its
own sake (the five archetypes), so that the replicate is the unit; over the replicates where the points were drawn from
ranges, so that the point is the unit and the interval speaks of the ranges.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.store.parts import BUDGET, EXECUTION, RUN_KEYS

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "arm",
    "baseline",
    "indicator",
    "unit",
    "n",
    "mean_arm",
    "mean_baseline",
    "difference",
    "ci_low",
    "ci_high",
    "p_higher",
    "effect_size_a",
    "paired_correlation",
    "verdict",
)
RESAMPLES = 9999
BATCH_CELLS = 4_000_000  # resampled pairs held in memory at once
BATCH_ROWS = 400  # quantities whose resampled means are held in memory at once
TIE = 1e-12  # two means closer than this, relative to the spread, are equal but for rounding
Floats = NDArray[np.float64]


def paired_intervals(
    differences: Floats, seed: int = 0, level: float = 0.95, resamples: int = RESAMPLES
) -> tuple[Floats, Floats]:
    """BCa interval of the mean of each row of `differences` (rows: quantities, columns: pairs), the same resamples
    for all rows. Equal differences give an interval of that value; fewer than two pairs give NaN."""
    rows, n = differences.shape
    low = np.full(rows, np.nan)
    high = np.full(rows, np.nan)
    if n < 2 or rows == 0:
        return low, high
    constant = np.all(differences == differences[:, :1], axis=1)
    low[constant] = high[constant] = differences[constant, 0]
    varying = np.flatnonzero(~constant)
    for start in range(0, len(varying), BATCH_ROWS):
        block = varying[start : start + BATCH_ROWS]
        low[block], high[block] = _bca(differences[block], seed, level, resamples)
    return low, high


def _bca(data: Floats, seed: int, level: float, resamples: int) -> tuple[Floats, Floats]:
    """BCa interval of the mean of each row; no row is constant."""
    from scipy.special import ndtr, ndtri

    rows, n = data.shape
    mean = data.mean(axis=1)
    centred = data - mean[:, None]

    # Resampled means relative to the mean, so that ties with it can be told from rounding. A resample is a vector
    # of counts: one matrix product serves all rows.
    rng = np.random.default_rng(seed)
    moved = np.empty((rows, resamples))
    step = max(1, BATCH_CELLS // n)
    for start in range(0, resamples, step):
        size = min(step, resamples - start)
        drawn = rng.integers(0, n, (size, n)) + n * np.arange(size)[:, None]
        counts = np.bincount(drawn.ravel(), minlength=size * n).reshape(size, n)
        moved[:, start : start + size] = centred @ counts.T.astype(np.float64) / n
    spread = np.sqrt((centred**2).mean(axis=1))
    tie = np.abs(moved) <= TIE * spread[:, None]
    below = ((moved < 0) & ~tie).mean(axis=1) + 0.5 * tie.mean(axis=1)

    z0 = ndtri(below)
    acceleration = (centred**3).sum(axis=1) / (6.0 * (centred**2).sum(axis=1) ** 1.5)
    moved.sort(axis=1)
    alpha = (1.0 - level) / 2.0
    ends = []
    for tail in (alpha, 1.0 - alpha):
        z = z0 + ndtri(tail)
        with np.errstate(invalid="ignore"):
            quantile = ndtr(z0 + z / (1.0 - acceleration * z))
        # With very few pairs all resampled means can lie on one side: the plain percentile is then what is left.
        quantile = np.where(np.isfinite(quantile), quantile, tail)
        ends.append(mean + _row_quantiles(moved, quantile))
    return ends[0], ends[1]


def _row_quantiles(ordered: Floats, quantile: Floats) -> Floats:
    """Quantile of each sorted row by linear interpolation."""
    place = quantile * (ordered.shape[1] - 1)
    left = np.floor(place).astype(np.int64)
    right = np.minimum(left + 1, ordered.shape[1] - 1)
    index = np.arange(len(ordered))
    return np.asarray(ordered[index, left] + (place - left) * (ordered[index, right] - ordered[index, left]))


def paired_superiority(arm: Floats, baseline: Floats) -> float:
    """Share of pairs in which the arm is higher, ties half; NaN without pairs."""
    if len(arm) == 0:
        return math.nan
    return float((arm > baseline).mean() + 0.5 * (arm == baseline).mean())


def vargha_delaney(arm: Floats, baseline: Floats) -> float:
    """A of Vargha and Delaney (2000): chance that a run of the arm is higher than a run of the baseline, ties half."""
    if len(arm) == 0 or len(baseline) == 0:
        return math.nan
    ordered = np.sort(baseline)
    below = np.searchsorted(ordered, arm, side="left") + np.searchsorted(ordered, arm, side="right")
    return float(below.mean() / (2 * len(baseline)))


def paired_correlation(arm: Floats, baseline: Floats) -> float:
    """Pearson's correlation over pairs; NaN when either side is constant or there are fewer than three pairs."""
    if len(arm) < 3:
        return math.nan
    a, b = arm - arm.mean(), baseline - baseline.mean()
    size = math.sqrt(float(a @ a) * float(b @ b))
    if size == 0.0 or np.all(arm == arm[0]) or np.all(baseline == baseline[0]):
        return math.nan
    return 1.0 if np.array_equal(arm, baseline) else max(-1.0, min(1.0, float(a @ b) / size))


def indicator_columns(runs: pd.DataFrame) -> list[str]:
    """The columns of a table of runs that hold indicators."""
    return [c for c in runs.columns if c not in RUN_KEYS and not c.startswith((EXECUTION, BUDGET))]


def effects_table(
    runs: pd.DataFrame,
    arms: Sequence[str],
    baseline: str,
    units: Mapping[str, str] | None = None,
    seed: int = 0,
    resamples: int = RESAMPLES,
    unit: str = "replicate",
) -> pd.DataFrame:
    """Effects of all arms but the baseline on all indicators, one row each, columns COLUMNS.

    Runs that did not complete and values that are NaN drop out with their pair; `n` says how many pairs are left.
    `unit` is "replicate" or "point": what a pair is averaged to at several design points.
    """
    import pandas as pd

    units = units or {}
    indicators = indicator_columns(runs)
    done = completed_pairs(runs)
    rows: list[tuple[Any, ...]] = []
    differences: list[Floats] = []
    for arm in arms:
        if arm == baseline:
            continue
        for indicator, a, b in paired_values(done, arm, baseline, indicators, unit):
            differences.append(a - b)
            head = (arm, baseline, indicator, units.get(indicator, ""), len(a), _mean(a), _mean(b), _mean(a - b))
            sizes = (paired_superiority(a, b), vargha_delaney(a, b), paired_correlation(a, b))
            rows.append((*head, math.nan, math.nan, *sizes, ""))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table["ci_low"], table["ci_high"] = intervals(differences, seed, resamples)
    table["verdict"] = verdicts(table, directions(table["indicator"]))
    return table


def directions(names: Iterable[str]) -> list[int]:
    """For each indicator +1 when more is better, -1 when less is, 0 when neither can be said or it is unknown."""
    from sim.observe.indicators import indicator_of

    found = []
    for name in names:
        try:
            found.append(indicator_of(name).better)
        except KeyError:  # an indicator of another program
            found.append(0)
    return found


def verdicts(rows: pd.DataFrame, better: Sequence[int]) -> NDArray[np.str_]:
    """What differences with their intervals show: better, worse, different, or unclear where zero is covered.

    `better` says for each row which direction is (+1, -1, 0); an interval that is not known covers everything.
    """
    clear = ((rows["ci_low"] > 0) | (rows["ci_high"] < 0)).to_numpy()
    direction = np.sign(rows["difference"].to_numpy()) * np.asarray(better)
    told = np.where(direction > 0, "better", np.where(direction < 0, "worse", "different"))
    return np.where(clear, told, "unclear")


def completed_pairs(runs: pd.DataFrame) -> pd.DataFrame:
    """The runs that came to their end, by point and replicate."""
    return runs[runs["status"] == "ok"].set_index(["point", "replicate"]).sort_index()


def paired_values(
    done: pd.DataFrame, arm: str, other: str, indicators: Sequence[str], unit: str = "replicate"
) -> Iterator[tuple[str, Floats, Floats]]:
    """Values of two arms for each indicator, pair by pair, averaged to one value a unit."""
    first, second = done[done["arm"] == arm], done[done["arm"] == other]
    both = first.index.intersection(second.index).sort_values()
    x = first.loc[both, list(indicators)].to_numpy(dtype=np.float64).T
    y = second.loc[both, list(indicators)].to_numpy(dtype=np.float64).T
    group = np.unique(both.get_level_values(unit), return_inverse=True)[1] if len(both) else np.zeros(0, np.int64)
    for k, indicator in enumerate(indicators):
        valid = np.isfinite(x[k]) & np.isfinite(y[k])
        yield indicator, _by_group(x[k, valid], group[valid]), _by_group(y[k, valid], group[valid])


def _by_group(values: Floats, group: NDArray[np.int64]) -> Floats:
    """Mean of the values of each group that has any."""
    size = np.bincount(group)
    if len(size) == len(values) and np.all(size == 1):
        return np.ascontiguousarray(values[np.argsort(group)])
    return np.asarray(np.bincount(group, weights=values)[size > 0] / size[size > 0])


def intervals(differences: Sequence[Floats], seed: int = 0, resamples: int = RESAMPLES) -> tuple[Floats, Floats]:
    """BCa interval of the mean of each of many sets of paired differences."""
    low, high = np.full(len(differences), np.nan), np.full(len(differences), np.nan)
    # Sets of one size share their resamples, so that one matrix product serves them all.
    sizes: dict[int, list[int]] = {}
    for place, values in enumerate(differences):
        sizes.setdefault(len(values), []).append(place)
    for members in sizes.values():
        index = np.array(members)
        low[index], high[index] = paired_intervals(
            np.stack([differences[i] for i in members]), seed, resamples=resamples
        )
    return low, high


def _mean(values: Floats) -> float:
    if len(values) == 0:
        return math.nan
    return float(values[0]) if np.all(values == values[0]) else float(values.mean())
