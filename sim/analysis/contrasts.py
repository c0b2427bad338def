"""What each choice does by itself: the arm with it minus the same arm without it, at each design point and over all.

One row a contrast, place and indicator. The difference over all places is the mean of the places' own, and its
interval is over replicates, because the places were chosen and not drawn. `standardised` is the difference over the
standard deviation between runs of the arm without the choice, at one and the same place.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.analysis.effects import (
    RESAMPLES,
    Floats,
    completed_pairs,
    directions,
    indicator_columns,
    intervals,
    paired_correlation,
    paired_superiority,
    paired_values,
    vargha_delaney,
    verdicts,
)

if TYPE_CHECKING:
    import pandas as pd

ALL = "all"
COLUMNS = (
    "mechanism",
    "around",
    "archetype",
    "indicator",
    "unit",
    "n",
    "mean_with",
    "mean_without",
    "difference",
    "ci_low",
    "ci_high",
    "standardised",
    "p_higher",
    "effect_size_a",
    "paired_correlation",
    "verdict",
)


def contrast_table(
    runs: pd.DataFrame,
    contrasts: Sequence[Any],
    places: Sequence[str],
    indicators: Sequence[str] | None = None,
    units: Mapping[str, str] | None = None,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> pd.DataFrame:
    """The table described above, columns COLUMNS; `places` names the design points in order."""
    import pandas as pd

    units = units or {}
    done = completed_pairs(runs)
    recorded = indicator_columns(runs)
    wanted = [name for name in indicators if name in recorded] if indicators else recorded
    at = {place: done[done.index.get_level_values("point") == point] for point, place in enumerate(places)}
    frames = {ALL: done, **at} if len(places) > 1 else {places[0]: done}
    spreads = {place: _spread(frame, wanted) for place, frame in at.items()}
    rows: list[tuple[Any, ...]] = []
    differences: list[Floats] = []
    for one in contrasts:
        for place, frame in frames.items():
            for indicator, a, b in paired_values(frame, one.present, one.absent, wanted):
                d = a - b
                differences.append(d)
                mean = float(d.mean()) if len(d) else math.nan
                squares = [
                    spreads[p].get((one.absent, indicator), math.nan) ** 2 for p in (at if place == ALL else [place])
                ]
                spread = math.sqrt(float(np.mean(squares)))
                rows.append(
                    (
                        *(one.mechanism, one.around, place, indicator, units.get(indicator, ""), len(d)),
                        *(float(v.mean()) if len(v) else math.nan for v in (a, b)),
                        *(mean, math.nan, math.nan),
                        0.0 if mean == 0 else mean / spread if spread > 0 else math.nan,
                        *(paired_superiority(a, b), vargha_delaney(a, b), paired_correlation(a, b), ""),
                    )
                )
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table["ci_low"], table["ci_high"] = intervals(differences, seed, resamples)
    table["verdict"] = verdicts(table, directions(table["indicator"]))
    return table


def _spread(frame: pd.DataFrame, indicators: Sequence[str]) -> dict[tuple[str, str], float]:
    """Standard deviation between the runs of each arm."""
    found = frame.groupby("arm")[list(indicators)].std(ddof=1)
    return {(str(arm), name): float(found.at[arm, name]) for arm in found.index for name in found.columns}
