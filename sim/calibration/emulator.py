"""A quadratic surface for one measure over the free parameters: what the next wave of runs is chosen by.

Ridge regression over all linear, squared and pairwise terms, its penalty by generalised cross-validation (Golub, Heath
& Wahba 1979). The spread of what is left over holds the chance of single runs and what a quadratic cannot say.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Array = NDArray[np.float64]
PENALTIES = np.geomspace(1.0, 1e5, 26)


def features(points: Array) -> Array:
    """Linear, squared and pairwise terms of points of the unit cube [n, d], about the middle of the cube."""
    z = 2.0 * points - 1.0
    first, second = np.triu_indices(points.shape[1], 1)
    return np.concatenate([z, z * z - 1.0 / 3.0, z[:, first] * z[:, second]], axis=1)


@dataclass(frozen=True)
class Surface:
    """A fitted surface; `spread` is the sd of a new run around it, `explained` its share of the variance."""

    middle: float
    slopes: Array
    spread: float
    explained: float

    def mean(self, terms: Array) -> Array:
        """Expected value of the measure at points whose `features` are given."""
        found: Array = self.middle + terms @ self.slopes
        return found

    def chance(self, terms: Array, low: float, high: float) -> Array:
        """Chance that a run at each point gives a value between low and high."""
        at = self.mean(terms)
        found: Array = ndtr((high - at) / self.spread) - ndtr((low - at) / self.spread)
        return found


def fit(points: Array, values: Array) -> Surface:
    """The surface through the values at points [n, d]; runs without a value are left out."""
    known = np.isfinite(values)
    y = values[known]
    middle = float(y.mean()) if len(y) else 0.0
    if len(y) < 10 or float(y.std()) < 1e-12:
        width = 2 * points.shape[1] + points.shape[1] * (points.shape[1] - 1) // 2
        return Surface(middle, np.zeros(width), 1e-6, 0.0)
    x = features(points[known])
    u, s, vt = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)
    target = u.T @ (y - middle)
    best = None
    for penalty in PENALTIES:
        kept = s * s / (s * s + penalty)
        left = y - middle - u @ (kept * target)
        freedom = max(len(y) - 1.0 - float(kept.sum()), 1.0)
        score = float(left @ left) * len(y) / freedom**2
        if best is None or score < best[0]:
            best = (score, penalty, float(left @ left) / freedom)
    assert best is not None
    _, penalty, variance = best
    slopes = vt.T @ (s / (s * s + penalty) * target)
    # the shift by the mean of the features is taken into the middle
    return Surface(
        middle - float(x.mean(axis=0) @ slopes), slopes, float(np.sqrt(variance)), 1.0 - variance / float(y.var())
    )
