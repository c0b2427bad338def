"""Verdicts on claims: supported, equivalent, refuted, not supported, or depends on where; from paired runs alone.

A *member* of the ensemble is one accepted set of parameters (or the default set) with one replicate; every arm is run
in every member, at every archetype. For each archetype:

- refuted when a condition that the claim states as refuting it holds in at least 80% of the members; falling short of
  the smallest effect of interest is one of them where the claim says so (`shortfall`);
- else supported when the claimed effect reaches its smallest effect of interest in at least 80% of the members and the
  paired test, corrected over all hypotheses and archetypes (Holm 1979), rejects no effect;
- else equivalent when the 95% interval of the mean effect lies inside the smallest effect of interest on both sides;
- else not supported.

A refuted claim whose interval lies inside the smallest effect is marked as equivalent too: both then hold.

The verdict over all archetypes is the common one, or "depends on" with the archetypes of each. A claim with several
effects needs all of them, or any, as its reading says; the interval shown is that of the effect that decides.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.analysis.claims import ALL, Effect, Reading
from sim.analysis.effects import Floats, paired_intervals
from sim.analysis.multiple import holm, paired_p

if TYPE_CHECKING:
    import pandas as pd

SUPPORTED, EQUIVALENT, REFUTED = "supported", "equivalent", "refuted"
NOT_SUPPORTED, DEPENDS = "not supported", "depends on"
VERDICTS = (SUPPORTED, EQUIVALENT, REFUTED, NOT_SUPPORTED, DEPENDS)
MAJORITY = 0.8  # share of the ensemble that a verdict needs
LEVEL = 0.05  # of the paired test, over all hypotheses and archetypes together
FEWEST = 5  # members below which nothing is said


@dataclass(frozen=True)
class Estimate:
    """Mean of a measure over members with its 95% interval."""

    n: int
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Cell:
    """What a reading of a claim found at one archetype, or over all where it compares archetypes."""

    place: str
    effects: tuple[Estimate, ...]
    reached: float  # share of members in which the claim holds
    breaks: Mapping[str, float]  # share of members in which each other refuting condition holds
    p: float
    verdict: str = ""
    deciding: int = 0  # which of the effects decides
    equivalent: bool = False  # all intervals lie inside the smallest effect of interest

    @property
    def headline(self) -> Estimate:
        return self.effects[self.deciding]


@dataclass(frozen=True)
class Verdict:
    """The verdict on one reading, with its cells and the effect over all archetypes."""

    verdict: str
    effect: int
    overall: Estimate
    cells: tuple[Cell, ...] = field(default=())

    @property
    def equivalent(self) -> bool:
        """Whether every archetype's interval lies inside the smallest effect of interest on both sides."""
        return all(c.equivalent for c in self.cells)

    @property
    def where(self) -> str:
        """The archetypes of each verdict; `all` where it is the same in all."""
        if self.verdict != DEPENDS:
            return ALL
        each = {v: [c.place for c in self.cells if c.verdict == v] for v in VERDICTS}
        return "; ".join(f"{v}: {', '.join(places)}" for v, places in each.items() if places)


def ensemble(runs: pd.DataFrame, points: Sequence[Mapping[str, Any]], usual: str) -> pd.DataFrame:
    """Completed runs as one row for each archetype and member, columns (indicator, arm).

    `points` are the values of each design point; what is not the archetype there belongs to the member. `usual` names
    the archetype of a study that does not vary it.
    """
    done = runs[runs["status"] == "ok"].copy()
    values = [dict(p) for p in points] or [{}]
    place = [str(v.get("community", usual)) for v in values]
    rest = [repr(sorted((k, x) for k, x in v.items() if k != "community")) for v in values]
    done["place"] = [place[p] for p in done["point"]]
    done["member"] = [f"{rest[p]}/{r}" for p, r in zip(done["point"], done["replicate"], strict=True)]
    kept = [c for c in done.columns if done[c].dtype.kind == "f"]
    return done.set_index(["place", "member", "arm"])[kept].unstack("arm").sort_index()


def estimate(values: Floats, seed: int = 0) -> Estimate:
    """Mean of the members' values that are known, and its 95% interval (BCa)."""
    known = values[np.isfinite(values)]
    low, high = paired_intervals(known[None, :], seed)
    mean = float(known.mean()) if len(known) else math.nan
    return Estimate(len(known), mean, float(low[0]), float(high[0]))


def cells(reading: Reading, frame: pd.DataFrame, seed: int = 0) -> list[Cell]:
    """What a reading found at each archetype, without verdicts, which depend on all hypotheses together."""
    inside = spoken_of(reading, frame)
    values, reached = [e.values for e in reading.effects], [e.reached() for e in reading.effects]
    across = any(e.together for e in reading.effects)
    found = []
    for place in [ALL] if across else list(dict.fromkeys(frame.index.get_level_values("place"))):
        kept = inside if across else inside & (frame.index.get_level_values("place") == place)
        own, there = ([v if across else v[kept] for v in every] for every in (values, reached))
        shares = {b.name: float(b.holds[kept].mean()) if kept.any() else 0.0 for b in reading.breaks}
        each = tuple(estimate(v.to_numpy(dtype=np.float64), seed) for v in own)
        tests = [_p(v) for v in own]
        p = max(tests) if reading.every else min(1.0, len(tests) * min(tests))
        found.append(Cell(place, each, _reached(reading, there), shares, p, deciding=_deciding(reading, each)))
    return found


def spoken_of(reading: Reading, frame: pd.DataFrame) -> pd.Series:
    """Whether the claim speaks of an archetype and member."""
    import pandas as pd

    return pd.Series(True, index=frame.index) if reading.when is None else reading.when


def _reached(reading: Reading, there: Sequence[pd.Series]) -> float:
    """Share of members in which the effects reach what counts; a member without a value does not."""
    if not len(there[0]):
        return 0.0
    both = there[0]
    for one in there[1:]:
        both = both & one if reading.every else both | one
    return float(both.mean())


def _deciding(reading: Reading, found: Sequence[Estimate]) -> int:
    """The weakest effect where all are needed, the strongest where any is enough."""
    size = [
        x.mean * e.direction / e.smallest if math.isfinite(x.mean) else -math.inf
        for e, x in zip(reading.effects, found, strict=True)
    ]
    return size.index(min(size) if reading.every else max(size))


def _p(values: pd.Series) -> float:
    """Paired test of no effect over the members that have a value; 1 where there are fewer than two."""
    known = values.to_numpy(dtype=np.float64)
    p = paired_p(known[np.isfinite(known)])
    return 1.0 if math.isnan(p) else p


def judged(cell: Cell, reading: Reading, corrected: float) -> Cell:
    """The cell with its verdict, given the p that is corrected over all hypotheses."""
    return replace(cell, verdict=_verdict(cell, reading, corrected), equivalent=_inside(cell, reading))


def _verdict(cell: Cell, reading: Reading, corrected: float) -> str:
    if min(e.n for e in cell.effects) < FEWEST:
        return NOT_SUPPORTED
    if any(share >= MAJORITY for share in cell.breaks.values()):
        return REFUTED
    if reading.shortfall and 1.0 - cell.reached >= MAJORITY:
        return REFUTED
    if cell.reached >= MAJORITY and corrected < LEVEL:
        return SUPPORTED
    return EQUIVALENT if _inside(cell, reading) else NOT_SUPPORTED


def _inside(cell: Cell, reading: Reading) -> bool:
    """Whether the interval of every effect lies inside the smallest effect of interest on both sides."""
    pairs = zip(reading.effects, cell.effects, strict=True)
    return all(e.n >= FEWEST and -x.smallest < e.low and e.high < x.smallest for x, e in pairs)


@dataclass(frozen=True)
class Censored:
    """An effect that could not be judged because both arms stand at the end of what its indicator can say."""

    effect: Effect
    share: float  # of members and archetypes in which that is so
    instead: Effect


def settled(reading: Reading) -> tuple[Reading, tuple[Censored, ...]]:
    """The reading as its runs can judge it, and what had to be judged by something else.

    An effect whose indicator stands at its cap in both arms in more than 20% of the members would come out as no
    difference whatever the arms do; it is replaced by what the reading states for that case.
    """
    effects, found = [], []
    for effect in reading.effects:
        if effect.cap is not None and effect.instead is not None:
            level = effect.measure.runs.level
            pair = [level(effect.measure.indicators, arm) for arm in (effect.arm, effect.against)]
            share = float(((pair[0] >= effect.cap) & (pair[1] >= effect.cap)).mean())
            if 1.0 - share < MAJORITY:
                found.append(Censored(effect, share, effect.instead))
                effect = effect.instead
        effects.append(effect)
    return replace(reading, effects=tuple(effects)), tuple(found)


def verdicts(found: Sequence[tuple[Reading, pd.DataFrame]], seed: int = 0) -> list[Verdict]:
    """The verdict on each reading, each with the ensemble of its own study; tests are corrected over all of them."""
    every = [cells(reading, frame, seed) for reading, frame in found]
    corrected = iter(holm(np.array([c.p for group in every for c in group])))
    made = []
    for (reading, frame), group in zip(found, every, strict=True):
        done = tuple(judged(c, reading, next(corrected)) for c in group)
        same = {c.verdict for c in done}
        overall = [_overall(e, reading, frame, seed) for e in reading.effects]
        effect = _deciding(reading, overall)
        made.append(Verdict(done[0].verdict if len(same) == 1 else DEPENDS, effect, overall[effect], done))
    return made


def _overall(effect: Effect, reading: Reading, frame: pd.DataFrame, seed: int) -> Estimate:
    """An effect over all archetypes: each member's mean over those that the claim speaks of."""
    values = effect.values if effect.together else effect.values[spoken_of(reading, frame)]
    return estimate(values.groupby(level="member").mean().to_numpy(dtype=np.float64), seed)
