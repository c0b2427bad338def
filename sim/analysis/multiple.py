"""Many comparisons at once: Holm's step-down correction (1979) over indicators and arms.

The p-value of one comparison is that of the paired t test over replicates (or design points, where these were drawn).
Holm's adjusted value controls the chance of any false claim among all comparisons of the table, whatever their
dependence. Effect sizes and intervals come first; this says which of them would stand alone among many.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.analysis.effects import Floats, completed_pairs, indicator_columns, paired_values

if TYPE_CHECKING:
    import pandas as pd

HOLM = ("arm", "baseline", "indicator", "n", "p_value", "p_holm")


def holm(p: Floats) -> Floats:
    """Adjusted p-values, shape of `p`; NaN stays NaN and does not count as a comparison."""
    flat = np.asarray(p, dtype=np.float64).ravel()
    found = np.full(len(flat), np.nan)
    known = np.flatnonzero(np.isfinite(flat))
    order = known[np.argsort(flat[known], kind="stable")]
    steps = flat[order] * np.arange(len(order), 0, -1)
    found[order] = np.minimum(np.maximum.accumulate(steps), 1.0) if len(order) else steps
    return found.reshape(np.shape(p))


def paired_p(differences: Floats) -> float:
    """Two-sided p-value of the paired t test; 1 where all differences are zero, NaN with fewer than two pairs."""
    from scipy.special import stdtr

    n = len(differences)
    if n < 2:
        return float("nan")
    mean, sd = float(differences.mean()), float(differences.std(ddof=1))
    if np.all(differences == differences[0]):
        return 1.0 if differences[0] == 0 else 0.0
    return float(2.0 * stdtr(n - 1, -abs(mean) / (sd / np.sqrt(n))))


def holm_table(
    runs: pd.DataFrame,
    arms: Sequence[str],
    baseline: str,
    indicators: Sequence[str],
    unit: str = "replicate",
) -> pd.DataFrame:
    """Each arm against the baseline in each of the indicators, columns HOLM, corrected over the whole table."""
    import pandas as pd

    done = completed_pairs(runs)
    recorded = set(indicator_columns(runs))
    wanted = [name for name in indicators if name in recorded]
    rows: list[tuple[Any, ...]] = []
    for arm in arms:
        if arm != baseline:
            for name, a, b in paired_values(done, arm, baseline, wanted, unit):
                rows.append((arm, baseline, name, len(a), paired_p(a - b), np.nan))
    table = pd.DataFrame(rows, columns=list(HOLM))
    table["p_holm"] = holm(table["p_value"].to_numpy(dtype=np.float64))
    return table
