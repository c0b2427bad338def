"""Statistics used by the indicators: survival with censoring, inequality, diversity, the Weibull shape."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
NAN = math.nan


class Survival(NamedTuple):
    """Kaplan-Meier curve: after `times[i]` the share `left[i]` is still without the event."""

    times: Array
    left: Array

    def quantile(self, share: float, cap: float) -> float:
        """Time by which `share` have had the event; `cap` when later or never. NaN without observations."""
        if len(self.times) == 0:
            return NAN
        reached = np.flatnonzero(self.left <= 1.0 - share + 1e-12)
        return min(float(self.times[reached[0]]), cap) if len(reached) else cap

    def restricted_mean(self, limit: float) -> float:
        """Area under the curve up to `limit`; beyond the last observation the curve stays where it is."""
        if len(self.times) == 0:
            return NAN
        steps = np.minimum(np.concatenate(([0.0], self.times, [limit])), limit)
        return float(np.sum(np.diff(steps) * np.concatenate(([1.0], self.left))))


def kaplan_meier(times: Array, events: Array) -> Survival:
    """Kaplan and Meier (1958). At equal times events come before censoring."""
    order = np.lexsort((~events, times))
    t = times[order]
    risk = np.arange(len(t), 0, -1)
    return Survival(t, np.cumprod(1.0 - events[order] / risk))


def gini(values: Array, weights: Array) -> float:
    """Gini coefficient of non-negative values with weights; NaN when all are zero."""
    order = np.argsort(values, kind="stable")
    w = weights[order].astype(float)
    part = np.cumsum(values[order] * w)
    if len(part) == 0 or part[-1] <= 0.0:
        return NAN
    before = np.concatenate(([0.0], part[:-1]))
    return max(float(1.0 - np.sum(w * (part + before)) / (w.sum() * part[-1])), 0.0)


def worst_share(values: Array, weights: Array, share: float) -> float:
    """Weighted mean over the lowest `share` of the weight."""
    if len(values) == 0 or weights.sum() <= 0.0:
        return NAN
    order = np.argsort(values, kind="stable")
    w = weights[order].astype(float)
    limit = share * w.sum()
    taken = np.clip(limit - (np.cumsum(w) - w), 0.0, w)
    return float(np.sum(taken * values[order]) / taken.sum())


def effective_number(counts: Array) -> float:
    """Inverse Simpson index: the number of equally large classes with the same concentration."""
    total = float(counts.sum())
    return total * total / float(np.sum(counts.astype(float) ** 2)) if total > 0.0 else NAN


def weibull_shapes(times: Array, groups: Array, n: int) -> Array:
    """Maximum-likelihood Weibull shape of each group; NaN for a group without spread."""
    logs = np.log(np.maximum(times, 1e-3))
    size = np.bincount(groups, minlength=n).astype(float)
    safe = np.maximum(size, 1.0)
    mean = np.bincount(groups, logs, n) / safe
    x = logs - mean[groups]
    spread = np.sqrt(np.bincount(groups, x * x, n) / safe)
    usable = spread > 1e-9
    k = np.where(usable, 1.2 / np.maximum(spread, 1e-9), 1.0)
    top = np.full(n, -np.inf)
    np.maximum.at(top, groups, x)
    top = np.where(np.isfinite(top), top, 0.0)
    y = x - top[groups]
    for _ in range(25):
        e = np.exp(k[groups] * y)
        s0 = np.maximum(np.bincount(groups, e, n), 1e-300)
        s1 = np.bincount(groups, e * y, n) / s0
        s2 = np.bincount(groups, e * y * y, n) / s0
        step = (s1 + top - 1.0 / k) / np.maximum(s2 - s1 * s1 + 1.0 / (k * k), 1e-12)
        step = np.where(usable, step, 0.0)
        k = np.clip(k - step, k / 3.0, k * 3.0)
        if float(np.max(np.abs(step) / k, initial=0.0)) < 1e-10:
            break
    return np.where(usable & (size > 1), k, NAN)


def ratio(part: float, whole: float) -> float:
    """Part over whole; NaN when there is no whole."""
    return float(part) / float(whole) if whole > 0.0 else NAN


def mean(values: Array) -> float:
    """Mean; NaN of nothing."""
    return float(values.mean()) if len(values) else NAN
