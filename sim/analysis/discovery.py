"""Under which assumptions a finding falls: the patient rule induction method (Friedman & Fisher 1999).

A box is a set of ranges of a few factors inside which the cases of interest lie thickly. It is peeled from the whole
space by cutting off, again and again, the thin slice whose removal raises the share of cases most, and then pasted
back where that costs nothing. Coverage is the share of all cases that lie in the box, density the share of the box's
points that are cases; each limit has the chance that a limit as good would come about by luck (Bryant & Lempert 2010).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.analysis.effects import Floats

if TYPE_CHECKING:
    import pandas as pd

    from sim.store import StoredStudy

PEEL = 0.05  # share of the points inside that one cut may take off
LEAST_MASS = 0.05  # share of all points that a box must hold
LEAST_COVERAGE = 0.5  # of the cases, for the box that is chosen
FEWEST = 10  # points on either side below which no box is looked for: with hundreds of factors luck would draw it
COLUMNS = ("factor", "low", "high", "from_low", "from_high", "p_luck", "density", "coverage", "mass", "base_rate")


@dataclass(frozen=True)
class Box:
    """Ranges by factor, in the order of the columns; `density`, `coverage` and `mass` are shares."""

    low: Floats
    high: Floats
    density: float
    coverage: float
    mass: float

    def holds(self, points: Floats) -> NDArray[np.bool_]:
        """Which points lie inside, ends included."""
        return np.asarray(((points >= self.low) & (points <= self.high)).all(axis=1))


def prim(points: Floats, cases: NDArray[np.bool_], peel: float = PEEL, least_mass: float = LEAST_MASS) -> list[Box]:
    """Boxes from the whole space to the densest one, each peeled from the one before; `points` is [point, factor].

    Raises ValueError when no point or every point is a case.
    """
    if not 0 < cases.sum() < len(cases):
        raise ValueError(f"{int(cases.sum())} of {len(cases)} points are cases; a box needs some of both")
    low, high = points.min(axis=0), points.max(axis=0)
    boxes = [_box(points, cases, low, high)]
    while True:
        inside = boxes[-1].holds(points)
        best: tuple[float, Floats, Floats] | None = None
        for k in range(points.shape[1]):
            values = points[inside, k]
            for upper in (False, True):
                new_low, new_high = boxes[-1].low.copy(), boxes[-1].high.copy()
                kept = values <= np.quantile(values, 1.0 - peel) if upper else values >= np.quantile(values, peel)
                if kept.all():  # ties at the end: the whole of them goes, or nothing would ever move
                    kept = values < values.max() if upper else values > values.min()
                if not kept.any() or kept.sum() < least_mass * len(points):
                    continue
                if upper:
                    new_high[k] = values[kept].max()
                else:
                    new_low[k] = values[kept].min()
                removed = len(values) - kept.sum()
                gain = (cases[inside][kept].mean() - cases[inside].mean()) / removed  # for each point lost
                if best is None or gain > best[0]:
                    best = (gain, new_low, new_high)
        if best is None or best[0] <= 0:
            return boxes
        boxes.append(_box(points, cases, best[1], best[2]))


def chosen(boxes: list[Box], least_coverage: float = LEAST_COVERAGE) -> Box:
    """The densest box that still covers at least so many of the cases."""
    return max((b for b in boxes if b.coverage >= least_coverage), key=lambda b: (b.density, b.mass))


def pasted(box: Box, points: Floats, cases: NDArray[np.bool_]) -> Box:
    """The box with every limit taken away that costs no density."""
    whole_low, whole_high = points.min(axis=0), points.max(axis=0)
    for k in range(points.shape[1]):
        for end, whole in (("low", whole_low), ("high", whole_high)):
            limits = {"low": box.low.copy(), "high": box.high.copy()}
            limits[end][k] = whole[k]
            wider = _box(points, cases, limits["low"], limits["high"])
            if wider.density >= box.density:
                box = wider
    return box


def luck(box: Box, points: Floats, cases: NDArray[np.bool_], k: int) -> float:
    """Chance that a limit on factor k which does nothing would leave the box as dense as it is."""
    from scipy.stats import binom

    low, high = box.low.copy(), box.high.copy()
    low[k], high[k] = points[:, k].min(), points[:, k].max()
    without = _box(points, cases, low, high)
    inside = box.holds(points)
    return float(binom.sf(cases[inside].sum() - 1, inside.sum(), without.density))


def discovery_table(
    study: StoredStudy, arm: str, indicator: str, better: int, least: float = 0.0, below: bool = True
) -> pd.DataFrame:
    """The limits under which an arm does not do better than the baseline by `least`; columns COLUMNS.

    A case is a design point at which the mean paired difference, turned so that more is better, is at most `least`
    (`below`) or above it. Empty when fewer than FEWEST points are cases or fewer are not.
    """
    import pandas as pd

    from sim.analysis.sensitivity import outcomes

    difference = outcomes(study.runs, arm, indicator, str(study.study["baseline"]))
    table = study.points.set_index("point").loc[difference.index].select_dtypes("number")
    points = table.to_numpy(dtype=np.float64)
    cases = (better * difference.to_numpy(dtype=np.float64) <= least) == below
    if min(cases.sum(), (~cases).sum()) < FEWEST:
        return pd.DataFrame(columns=list(COLUMNS))
    box = pasted(chosen(prim(points, cases)), points, cases)
    rows = []
    for k, name in enumerate(table.columns):
        ends = float(points[:, k].min()), float(points[:, k].max())
        if (box.low[k], box.high[k]) != ends:
            shares = (luck(box, points, cases, k), box.density, box.coverage, box.mass, float(cases.mean()))
            rows.append((name, float(box.low[k]), float(box.high[k]), *ends, *shares))
    return pd.DataFrame(rows, columns=list(COLUMNS)).sort_values("p_luck", kind="stable").reset_index(drop=True)


def _box(points: Floats, cases: NDArray[np.bool_], low: Floats, high: Floats) -> Box:
    inside = ((points >= low) & (points <= high)).all(axis=1)
    held = float(cases[inside].sum())
    return Box(low, high, held / max(1, int(inside.sum())), held / float(cases.sum()), float(inside.mean()))
