"""All arms together: how probably each is best, at which rank it stands, and whether any other beats it in everything.

The replicates are resampled jointly: one resample takes the same replicates of every arm, as common random numbers
demand, and the means of the arms in it are ranked or compared. The share of resamples in which an arm comes out so is
its probability. It speaks of the simulation's own randomness, as the intervals do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.effects import Floats, completed_pairs

if TYPE_CHECKING:
    import pandas as pd

RESAMPLES = 9999
BATCH = 500  # resamples held in memory at once
RANKS = ("indicator", "arm", "mean", "rank", "probability")
PARETO = ("arm", "n", "probability", "on_front")


def cube(runs: pd.DataFrame, arms: Sequence[str], indicators: Sequence[str], unit: str = "replicate") -> Floats:
    """Values [indicator, arm, unit] over the units in which every arm has a finite value of every indicator.

    There are no units where an arm has no completed run. A unit is a replicate, its points averaged, or a design point,
    its replicates averaged.
    """
    import pandas as pd

    done = completed_pairs(runs)
    done = done[done["arm"].isin(list(arms))]
    wide = done.reset_index().pivot(index=["point", "replicate"], columns="arm", values=list(indicators))
    values = np.stack([_column(wide, name, arm) for name in indicators for arm in arms], axis=-1)
    whole = pd.DataFrame(values, index=wide.index)[np.isfinite(values).all(axis=1)]
    units = whole.groupby(level=unit).mean().to_numpy()
    return np.ascontiguousarray(units.T).reshape(len(indicators), len(arms), len(units))


def _column(wide: pd.DataFrame, name: str, arm: str) -> Floats:
    if (name, arm) not in wide.columns:
        return np.full(len(wide), np.nan)
    found: Floats = wide[name][arm].to_numpy(dtype=np.float64)
    return found


def resampled_means(values: Floats, seed: int = 0, resamples: int = RESAMPLES) -> Iterator[Floats]:
    """Means over resampled units, in batches [resample, ...]; `values` is [..., unit], resampled jointly."""
    n = values.shape[-1]
    rng = np.random.default_rng(seed)
    for start in range(0, resamples, BATCH):
        size = min(BATCH, resamples - start)
        drawn = rng.integers(0, n, (size, n)) + n * np.arange(size)[:, None]
        weights = np.bincount(drawn.ravel(), minlength=size * n).reshape(size, n) / n
        yield np.moveaxis(values @ weights.T, -1, 0)


def ranks(values: Floats, better: int) -> Floats:
    """Probability of each rank, [arm, rank]; `values` is [resample, arm], `better` +1 or -1, ties share their ranks."""
    count, arms = values.shape
    signed = -better * values
    below = (signed[:, None, :] < signed[:, :, None]).sum(axis=2)
    same = (signed[:, None, :] == signed[:, :, None]).sum(axis=2)
    found = np.zeros((arms, arms))
    for rank in range(arms):
        held = (below <= rank) & (rank < below + same)
        found[:, rank] = (held / same).sum(axis=0) / count
    return found


def rank_table(
    runs: pd.DataFrame,
    arms: Sequence[str],
    better: Mapping[str, int],
    unit: str = "replicate",
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> pd.DataFrame:
    """Probability of every rank (1 = best) of every arm, for each indicator of `better` (+1 or -1), columns RANKS."""
    import pandas as pd

    rows = []
    for name, direction in better.items():
        values = cube(runs, arms, [name], unit)[0]
        if values.shape[1] < 2:
            continue
        found = np.zeros((len(arms), len(arms)))
        for part in resampled_means(values, seed, resamples):
            found += ranks(part, direction) * len(part) / resamples
        for place, arm in enumerate(arms):
            mean = float(values[place].mean())
            rows += [(name, arm, mean, rank + 1, float(p)) for rank, p in enumerate(found[place])]
    return pd.DataFrame(rows, columns=list(RANKS))


def undominated(values: Floats, better: Sequence[int]) -> Floats:
    """Whether no other arm is at least as good in everything and better in something; `values` is [..., aim, arm]."""
    signed = values * np.asarray(better, dtype=np.float64)[:, None]
    one, other = signed[..., :, :, None], signed[..., :, None, :]
    beaten = (other >= one).all(axis=-3) & (other > one).any(axis=-3)
    return np.asarray(~beaten.any(axis=-1))


def pareto_table(
    runs: pd.DataFrame,
    arms: Sequence[str],
    better: Mapping[str, int],
    unit: str = "replicate",
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> pd.DataFrame:
    """Which arms no other one beats in all of the indicators of `better`, and how probably, columns PARETO."""
    import pandas as pd

    values = cube(runs, arms, list(better), unit)
    n = values.shape[2]
    directions = list(better.values())
    if n < 2:
        return pd.DataFrame(columns=list(PARETO))
    held = np.zeros(len(arms))
    for part in resampled_means(values, seed, resamples):
        held += undominated(part, directions).sum(axis=0)
    front = undominated(values.mean(axis=2), directions)
    rows = zip(arms, [n] * len(arms), held / resamples, front, strict=True)
    return pd.DataFrame(list(rows), columns=list(PARETO))
