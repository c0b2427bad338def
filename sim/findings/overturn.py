"""Which assumption would overturn which finding: every number of the model is drawn from its range at once.

For each claim that compares two arms at one archetype, a study of these two arms alone is run over a Latin hypercube of
all parameters and the archetypes. A point at which the effect reaches the smallest effect of interest counts as one
where the claim holds. What overturns a finding is then looked for in two ways: the rank correlation of each number with
the effect, corrected for looking at hundreds of them (Holm 1979), and the box of ranges in which the minority of the
points lies thickly (PRIM; Friedman & Fisher 1999), over the few numbers that go with the effect most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.analysis.claims import Effect, Reading, Runs
from sim.analysis.discovery import FEWEST, chosen, luck, pasted, prim
from sim.analysis.multiple import holm
from sim.analysis.verdicts import ensemble, settled
from sim.findings.asked import needs, readings
from sim.scenario.experiments import experiment
from sim.vocabulary.words import pair

if TYPE_CHECKING:
    import pandas as pd

    from sim.store import StoredStudy

Floats = np.ndarray[Any, np.dtype[np.float64]]
LOOKED_AT = 6  # numbers that go with the effect most, of which a box is made
SHOWN = 3
COLUMNS = (
    "id", "effect", "points", "holds", "factor", "rho", "p_holm", "box_low", "box_high", "box_density", "box_coverage",
    "p_luck",
)  # fmt: skip


@dataclass(frozen=True)
class Overturned:
    """What was found of one effect of one reading."""

    id: str
    effect: Effect
    points: int
    holds: float  # share of the points at which the effect reaches the smallest effect of interest
    values: Floats
    rows: tuple[Mapping[str, Any], ...]  # the numbers that go with it most, with limits where there is a box


def asked(name: str) -> list[Reading]:
    """The readings of a hypothesis whose effects compare two arms at each archetype by itself."""
    return _comparing(needs(experiment(name)).readings)


def _comparing(found: Sequence[Reading]) -> list[Reading]:
    return [r for r in found if not any(e.weights or e.together for e in r.effects)]


def study_file(name: str, size: int, residents: int, years: int) -> dict[str, Any]:
    """The study of one hypothesis over all numbers, as a file of configs/study would state it."""
    card = experiment(name).card()
    effects = [e for r in asked(name) for e in r.effects]
    wanted = list(dict.fromkeys(a for e in effects for a in (e.against, e.arm)))
    arms = {a["name"]: a for a in card["arms"]}
    both = [e for effect in effects for e in (effect, effect.instead) if e is not None]
    names = [n for e in both for n in e.measure.indicators]
    common = [o for o in card["common"] if not o.startswith(("community.residents=", "years="))]
    return {
        **{key: card[key] for key in ("label", "description", "question", "source", "base", "differs")},
        "name": f"overturn_{name}",
        "common": [*common, f"community.residents={residents}", f"years={years}"],
        "arms": [arms[a] for a in wanted],
        "baseline": wanted[0],
        "replicates": 1,
        "equal": [],
        "differs": {**card["differs"], "public_hours": pair("study.hours_differ")},
        "indicators": list(dict.fromkeys(names)),
        "charts": [],
        "uncertainty": "default",
        "design": {"kind": "lhs", "size": size, "uncertainties": {
            "parameters.*": None, "community": card["design"]["uncertainties"]["community"]}},
    }  # fmt: skip


def overturned(name: str, stored: StoredStudy) -> list[Overturned]:
    """What goes with the effects of a hypothesis over the points of a stored study."""
    frame = ensemble(stored.runs, [p["values"] for p in stored.study["points"]], "")
    hypothesis = experiment(name).hypothesis
    assert hypothesis is not None
    made = []
    for reading in _comparing(readings(hypothesis, Runs(frame, lenient=True))):  # it holds the arms compared alone
        judged, _ = settled(reading)
        for effect in judged.effects:
            value = effect.values.dropna()
            made.append(_one(f"{hypothesis.id}{reading.name}", effect, value, _numbers(stored, frame).loc[value.index]))
    return made


def _numbers(stored: StoredStudy, frame: pd.DataFrame) -> pd.DataFrame:
    """The numbers of each row of the ensemble; a row is one point."""
    import pandas as pd

    points = [{k: v for k, v in p["values"].items() if k != "community"} for p in stored.study["points"]]
    keys = [f"{sorted(p.items())!r}/0" for p in points]
    table = pd.DataFrame(points, index=keys).select_dtypes("number")
    made = table.loc[frame.index.get_level_values("member")]
    made.index = frame.index
    return made.loc[:, made.nunique() > 1]


def _one(label: str, effect: Effect, value: pd.Series, numbers: pd.DataFrame) -> Overturned:
    from scipy.stats import rankdata, t

    values = value.to_numpy(dtype=np.float64)
    n = len(values)
    ranks = np.apply_along_axis(rankdata, 0, numbers.to_numpy(dtype=np.float64))
    own = rankdata(values)
    flat = not np.ptp(values)
    rho = np.array([0.0 if flat else np.corrcoef(own, column)[0, 1] for column in ranks.T])
    size = np.abs(rho) * np.sqrt((n - 2) / np.maximum(1e-12, 1.0 - rho**2))
    p = holm(2.0 * t.sf(size, n - 2))
    most = np.argsort(-np.abs(rho))[:LOOKED_AT]
    holds = values * effect.direction >= effect.smallest
    few = holds if holds.mean() <= 0.5 else ~holds
    limits: dict[int, dict[str, float]] = {}
    if few.sum() >= FEWEST:
        inside = numbers.iloc[:, most].to_numpy(dtype=np.float64)
        box = pasted(chosen(prim(inside, few)), inside, few)
        for k, at in enumerate(most):
            if box.low[k] > inside[:, k].min() or box.high[k] < inside[:, k].max():
                limits[int(at)] = {
                    "box_low": float(box.low[k]), "box_high": float(box.high[k]), "box_density": box.density,
                    "box_coverage": box.coverage, "p_luck": luck(box, inside, few, k),
                }  # fmt: skip
    rows = tuple(
        {"factor": str(numbers.columns[k]), "rho": float(rho[k]), "p_holm": float(p[k]), **limits.get(int(k), {})}
        for k in most
        if p[k] < 0.05 or int(k) in limits or k in most[:SHOWN]
    )
    return Overturned(label, effect, n, float(holds.mean()), values, rows)


def table(found: Sequence[Overturned]) -> pd.DataFrame:
    """Everything as one table, columns COLUMNS."""
    import pandas as pd

    rows = [
        {"id": o.id, "effect": " + ".join(o.effect.measure.indicators), "points": o.points, "holds": o.holds, **row}
        for o in found
        for row in o.rows
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))
