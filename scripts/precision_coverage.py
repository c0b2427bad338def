"""How often the interval of a study with replicates=auto holds the true difference.

Synthetic paired differences of known mean go through the same looks and rounds as a study (sim.study.precision). Two
intervals are counted: Student's t, by which the search decides, and the BCa interval of effects.csv over the pairs at
the end. Beside them stand both intervals at a number of pairs that was fixed beforehand, the mean number the search
took, so that what the search costs is told from what the interval itself lacks. Takes half a minute:
`python scripts/precision_coverage.py`.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

from sim.analysis.effects import intervals
from sim.study.precision import LEVEL, Reached, next_goal

Floats = NDArray[np.float64]
LEAST, MOST = 10, 500  # as in a study that states neither
TRIALS, BOOTSTRAPPED, RESAMPLES = 20_000, 4_000, 999
SHAPES: dict[str, Callable[[np.random.Generator, tuple[int, int]], Floats]] = {  # mean 0, standard deviation 1
    "normal": lambda rng, size: rng.normal(size=size),
    "skewed (exponential)": lambda rng, size: rng.exponential(size=size) - 1.0,
    "heavy tails (t, 5 degrees)": lambda rng, size: rng.standard_t(5, size=size) / math.sqrt(5 / 3),
}


def half_widths(values: Floats, goal: NDArray[np.int64]) -> Floats:
    """Half width of Student's interval of each row over its first `goal` pairs."""
    kept = np.arange(values.shape[1]) < goal[:, None]
    mean = (values * kept).sum(axis=1) / goal
    spread = np.sqrt((((values - mean[:, None]) * kept) ** 2).sum(axis=1) / (goal - 1))
    return np.asarray(t.ppf(0.5 + LEVEL / 2, goal - 1) * spread / np.sqrt(goal))


def searched(values: Floats, width: float, least: int = LEAST) -> NDArray[np.int64]:
    """Pairs at which the search of each row ends."""
    most = values.shape[1]
    goal = np.full(len(values), min(least, most))
    open_ = np.arange(len(values))
    while len(open_):
        half = half_widths(values[open_], goal[open_])
        more = (half > width) & (goal[open_] < most)
        open_, half = open_[more], half[more]
        for row, one in zip(open_, half, strict=True):
            goal[row] = next_goal(int(goal[row]), [Reached("x", "a", width, float(one), int(goal[row]))], most)
    return goal


def covered(values: Floats, goal: NDArray[np.int64]) -> float:
    """Share of Student's intervals over the first `goal` pairs that hold 0."""
    mean = np.array([row[:n].mean() for row, n in zip(values, goal, strict=True)])
    return float((np.abs(mean) <= half_widths(values, goal)).mean())


def bootstrapped(values: Floats, goal: NDArray[np.int64]) -> float:
    """The same of the BCa intervals that a study reports."""
    low, high = intervals([row[:n] for row, n in zip(values, goal, strict=True)], 1, RESAMPLES)
    return float(((low <= 0) & (high >= 0)).mean())


def main() -> None:
    """Print the table."""
    rng = np.random.default_rng(20)
    print("differences | half width / sd | mean pairs | t searched | t fixed | BCa searched | BCa fixed")
    for name, made in SHAPES.items():
        for width in (0.5, 0.3, 0.2, 0.1):
            values = made(rng, (TRIALS, MOST))
            goal = searched(values, width)
            fixed = np.full(TRIALS, round(float(goal.mean())))
            some = slice(BOOTSTRAPPED)
            shares = (
                covered(values, goal),
                covered(values, fixed),
                bootstrapped(values[some], goal[some]),
                bootstrapped(values[some], fixed[some]),
            )
            print(f"{name} | {width} | {goal.mean():.0f} | " + " | ".join(f"{100 * s:.1f}" for s in shares), flush=True)


if __name__ == "__main__":
    main()
