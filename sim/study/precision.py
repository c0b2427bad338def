"""Replicates are added until the paired intervals of named indicators are narrow enough.

After the first `least` replicates, and after each further round, the 95% interval of the mean paired difference is
looked at for every arm and named indicator (Student's t; the reported intervals are bootstrapped afterwards). Where
all half widths are what was asked for, or the most replicates are run, it ends. How far a round goes depends on what is
recorded alone, so a study that was stopped and resumed takes the same looks.

An interval that is looked at until it is narrow covers less often than it says, because a sample that happens
to vary little ends the search (Chow & Robbins 1965 show that the loss vanishes as the half width does). docs/studies.md
says how much was measured.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from sim.store.parts import parts_of
from sim.store.read import StoredStudy
from sim.study.errors import StudyError
from sim.study.plan import Plan
from sim.vocabulary.errors import close

LEVEL = 0.95
LEAST_STEP, MOST_STEP = 1.25, 2.0  # a round makes the replicates this many times as many
SPARE = 1.1  # a little more than the last look promises, so that one more round is rarely needed


@dataclass(frozen=True)
class Reached:
    """Half width of the interval of one paired difference, beside the one that was asked for."""

    indicator: str
    arm: str
    wanted: float
    half_width: float
    pairs: int

    @property
    def narrow(self) -> bool:
        """Whether it is what was asked for."""
        return self.half_width <= self.wanted

    def as_dict(self) -> dict[str, Any]:
        """The row as plain data."""
        return {**asdict(self), "narrow": self.narrow}


def check_names(plan: Plan, known: Mapping[str, str]) -> None:
    """Raise StudyError when the precision of something is asked for that is no indicator."""
    for name in plan.precision.widths if plan.precision else ():
        if name not in known:
            raise StudyError(f"precision names {name!r}, which is no indicator; {close(name, known)}")


def look(
    stored: StoredStudy, plan: Plan, recorded: Collection[tuple[int, str, int]] | None = None
) -> tuple[int, list[Reached]]:
    """How many replicates are to be run by now, and how narrow the intervals were at the last look.

    `recorded` are the runs that count as done (point, arm, replicate); without it, all that are on record.
    """
    if plan.precision is None:
        return plan.replicates, []
    goal = min(plan.precision.least, plan.replicates)
    if not parts_of(stored.path, "runs"):
        return goal, []
    runs = stored.columns("runs", ["point", "arm", "replicate", "status"])
    have = set(runs[["point", "arm", "replicate"]].itertuples(index=False, name=None))
    have = have if recorded is None else have & set(recorded)
    per = np.zeros(plan.replicates, dtype=np.int64)
    for _, _, replicate in have:
        per[replicate] += 1
    while (per[:goal] == len(plan.arms) * len(plan.points)).all():
        reached = widths(stored, plan, goal)
        if goal >= plan.replicates or all(row.narrow for row in reached):
            return goal, reached
        goal = next_goal(goal, reached, plan.replicates)
    return goal, []


def next_goal(goal: int, reached: list[Reached], most: int) -> int:
    """Replicates of the next round: as many as the widths promise to need, within bounds."""
    times = max((row.half_width / row.wanted) ** 2 for row in reached)
    times = SPARE * times if math.isfinite(times) else MOST_STEP
    return min(most, math.ceil(goal * min(MOST_STEP, max(LEAST_STEP, times))))


def widths(stored: StoredStudy, plan: Plan, goal: int) -> list[Reached]:
    """Half width of every named indicator in every arm, over the first `goal` replicates; infinite without pairs."""
    from scipy.stats import t

    from sim.analysis.effects import completed_pairs, paired_values

    assert plan.precision is not None
    names = list(plan.precision.widths)
    runs = stored.columns("runs", ["point", "arm", "replicate", "status", *names])
    done = completed_pairs(runs[runs["replicate"] < goal])
    found = []
    for arm in plan.arms:
        if arm == plan.baseline:
            continue
        for name, a, b in paired_values(done, arm, plan.baseline, names):
            n = len(a)
            half = math.inf
            if n >= 3:
                half = float(t.ppf(0.5 + LEVEL / 2, n - 1) * (a - b).std(ddof=1) / math.sqrt(n))
            found.append(Reached(name, arm, float(plan.precision.widths[name]), half, n))
    return found
