"""With what the function of a hypothesis is written: numbers of paired runs, and what is claimed of them.

A file of experiments/ holds `verdict(runs)`. It takes from the runs one number for each archetype and member, all with
the same index, so that + - < > & | read as they are written, and returns what is claimed and what would refute it:

    def verdict(runs):
        waiting = runs.relative("wait_body")
        welfare = runs.of("welfare_residents")
        return Reading(
            effects=(less(waiting, "c40", "c00", by=0.1),),
            breaks=(Break(ZH, "welfare hardly varies", "flat", welfare.spread(SHARES) < 0.01),),
            rule=Rule("兼职者自己带走案卷", "who holds both posts carries the file", "c40_slow", "c00_slow"),
        )

What a verdict makes of that (shares of members, intervals, tests) is the same for all: sim.analysis.verdicts.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario.fields import Words

ALL = "all"  # the archetype of a number that is one for all archetypes of a member


class Runs:
    """The completed runs of a study, and a note of what was taken from them.

    `frame` has a row for each archetype and member (a parameter set with a replicate) and columns (indicator, arm).
    With `lenient` an arm or indicator that it lacks is of unknown value instead of a KeyError.
    """

    def __init__(self, frame: pd.DataFrame, *, lenient: bool = False) -> None:
        self.frame = frame
        self.lenient = lenient
        self.arms: set[str] = set()
        self.indicators: list[str] = []
        self.places: set[str] = set()

    @classmethod
    def sketch(cls, places: Sequence[str]) -> Runs:
        """Runs of which nothing is known: what a function takes from them is what it needs of a study."""
        import pandas as pd

        index = pd.MultiIndex.from_product([places, ["0", "1", "2"]], names=["place", "member"])
        return cls(pd.DataFrame(index=index, columns=pd.MultiIndex.from_arrays([[], []], names=[None, "arm"])),
                   lenient=True)  # fmt: skip

    def of(self, *indicators: str) -> Measure:
        """Indicators, added up, in their own unit."""
        return Measure(self, indicators)

    def relative(self, *indicators: str) -> Measure:
        """The same as a share of the level of the arm that is compared with."""
        return Measure(self, indicators, relative=True)

    def standardised(self, *indicators: str) -> Measure:
        """The same in standard deviations of that arm over the members of an archetype."""
        return Measure(self, indicators, sd=True)

    def level(self, indicators: Sequence[str], arm: str) -> pd.Series:
        """The level of an arm for each archetype and member. Raises KeyError when the runs lack it."""
        import pandas as pd

        self.arms.add(arm)
        self.indicators += [name for name in indicators if name not in self.indicators]
        if self.lenient and any((name, arm) not in self.frame.columns for name in indicators):
            return pd.Series(math.nan, index=self.frame.index)
        return sum(self.frame[name][arm] for name in indicators)

    def at(self, place: str, values: pd.Series) -> pd.Series:
        """What was found at one archetype, for every archetype of the member."""
        self.places.add(place)
        return self._each(values[values.index.get_level_values("place") == place].droplevel("place"))

    def gini(self, values: pd.Series) -> pd.Series:
        """Gini coefficient of a level over the archetypes, for every archetype of the member."""
        from sim.observe.measures import gini

        table = values.unstack("place").clip(lower=0.0)
        return self._each(table.apply(lambda row: gini(row.to_numpy(dtype=np.float64), np.ones(len(row))), axis=1))

    def _each(self, by_member: pd.Series) -> pd.Series:
        import pandas as pd

        members = self.frame.index.get_level_values("member")
        return pd.Series(by_member.reindex(members).to_numpy(dtype=np.float64), index=self.frame.index)


@dataclass(frozen=True)
class Measure:
    """A number of one arm, or of one arm against another, for each archetype and member: `measure(arm, against)`.

    `relative` divides a difference by the level that it is taken against; `sd` divides it by the spread of that arm
    over the members; `weights` add up archetypes instead of looking at each, which gives one number a member.
    """

    runs: Runs
    indicators: tuple[str, ...]
    relative: bool = False
    sd: bool = False
    weights: Mapping[str, float] | None = None

    def across(self, weights: Mapping[str, float]) -> Measure:
        """The same added up over archetypes with these weights."""
        return replace(self, weights=dict(weights))

    def __call__(self, arm: str, against: str = "") -> pd.Series:
        """The level of an arm, or its difference from another."""
        made = self.runs.level(self.indicators, arm)
        if against:
            made = self._difference(made, self.runs.level(self.indicators, against))
        return made if self.weights is None else self._across(made)

    def sum(self, weights: Mapping[str, float]) -> pd.Series:
        """Levels of arms added up with weights."""
        return sum(weight * self.runs.level(self.indicators, arm) for arm, weight in weights.items())

    def highest(self, arms: Sequence[str]) -> pd.Series:
        """The highest level of several arms."""
        return self._levels(arms).max(axis=1)

    def spread(self, arms: Sequence[str]) -> pd.Series:
        """The highest level of several arms less the lowest."""
        every = self._levels(arms)
        return every.max(axis=1) - every.min(axis=1)

    def shapley(self, factor: str, factors: Sequence[str]) -> pd.Series:
        """Shapley's part of one factor in the joint effect of a full factorial.

        The arm of some factors is named by them in their order, joined by _; the arm without any is `none`.
        """
        others = [n for n in factors if n != factor]
        part: Any = 0.0
        for k in range(len(factors)):
            weight = math.factorial(k) * math.factorial(len(factors) - k - 1) / math.factorial(len(factors))
            for chosen in itertools.combinations(others, k):
                with_it = "_".join(n for n in factors if n in (*chosen, factor))
                part = part + weight * self.sum({with_it: 1.0, "_".join(chosen) or "none": -1.0})
        return part

    def _levels(self, arms: Sequence[str]) -> pd.DataFrame:
        import pandas as pd

        return pd.concat([self.runs.level(self.indicators, arm) for arm in arms], axis=1)

    def _difference(self, level: pd.Series, base: pd.Series) -> pd.Series:
        made = level - base
        if self.relative:
            # nothing of nothing is no difference; something of nothing has no ratio
            made = made.where(made == 0.0, made / base.abs().where(base != 0.0))
        if self.sd:
            spread = base.groupby(level="place").transform("std")
            made = made.where(made == 0.0, made / spread.where(spread > 0.0))
        return made

    def _across(self, values: pd.Series) -> pd.Series:
        import pandas as pd

        assert self.weights is not None
        self.runs.places |= set(self.weights)
        table = values.unstack("place").reindex(columns=list(self.weights))
        made = sum(weight * table[place] for place, weight in self.weights.items())
        made.index = pd.MultiIndex.from_tuples([(ALL, m) for m in made.index], names=["place", "member"])
        return made


@dataclass(frozen=True)
class Effect:
    """What is claimed: at least the smallest effect of interest, in this direction (1 more, -1 less).

    The difference of `arm` and `against` is what is traced; `values` is that difference, or the sum of levels with
    `weights`. An indicator that is only known up to `cap` says nothing of a member in which both arms stand there;
    where that happens in too many members, the effect `instead` is judged in its place, by the same smallest effect.
    """

    measure: Measure
    values: pd.Series
    arm: str
    against: str
    direction: int
    smallest: float
    weights: Mapping[str, float] | None = None
    cap: float | None = None
    instead: Effect | None = None

    @property
    def together(self) -> bool:
        """Whether there is one number for all archetypes of a member."""
        return self.measure.weights is not None

    def reached(self) -> pd.Series:
        """Whether the smallest effect of interest is reached, for each archetype and member."""
        return self.values * self.direction >= self.smallest


def more(
    measure: Measure, arm: str, against: str, *, by: float, weights: Mapping[str, float] | None = None
) -> Effect:
    """The claim that `arm` has more than `against` by at least `by`, the smallest effect of interest.

    With `weights` the claim is about the sum of levels with them, and the two arms only say what is traced.
    """
    values = measure.sum(weights) if weights else measure(arm, against)
    return Effect(measure, values, arm, against, 1, by, weights)


def less(
    measure: Measure, arm: str, against: str, *, by: float, cap: float | None = None, instead: Measure | None = None
) -> Effect:
    """The claim that `arm` has less than `against` by at least `by`; `cap` and `instead` as in Effect."""
    other = less(instead, arm, against, by=by) if instead is not None else None
    return Effect(measure, measure(arm, against), arm, against, -1, by, None, cap, other)


@dataclass(frozen=True)
class Said:
    """Something with a label in Chinese and English."""

    zh: str
    en: str

    @property
    def label(self) -> Words:
        """Both of them."""
        from sim.scenario.fields import Words

        return Words(zh=self.zh, en=self.en)


@dataclass(frozen=True)
class Break(Said):
    """Another finding that refutes the claim: true or false for each archetype and member."""

    name: str
    holds: pd.Series


@dataclass(frozen=True)
class Rule(Said):
    """A rule of single acts that is taken out, or made as strong as its range allows, and the two arms with that."""

    arm: str
    against: str


@dataclass(frozen=True)
class Act(Said):
    """How often something happens that the claim rests on, or how many hours it takes: a level or a difference."""

    measure: Measure
    arm: str
    against: str = ""


@dataclass(frozen=True)
class Touched(Said):
    """The part of a tally of the arm that the claim is compared with on which it can act at all (sim.observe.tallies).

    `tally` is case, escalation, handover or payment; `a` to `d` say which rows count, by the words in its columns; an
    empty one takes all. Where `bounds` is true the indicator of the effect is made up of these rows alone, so it cannot
    change by more than their share.
    """

    tally: str
    a: tuple[str, ...] = ()
    b: tuple[str, ...] = ()
    c: tuple[str, ...] = ()
    d: tuple[str, ...] = ()
    bounds: bool = False


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One way to read a claim, as `verdict` returns it; several are told apart by `name` and `label`.

    All effects must be there, or any of them where `every` is false. Falling short of the smallest effect refutes
    unless `shortfall` is false; `when` says of which archetypes and members the claim speaks. `rule` is the micro-rule
    that is taken out to see whether the result hangs on it, `strong` one that is made strongest.
    """

    effects: tuple[Effect, ...]
    rule: Rule
    name: str = ""
    label: Words | None = None
    every: bool = True
    shortfall: bool = True
    when: pd.Series | None = None
    breaks: tuple[Break, ...] = ()
    strong: Rule | None = None
    acts: tuple[Act, ...] = ()
    touched: tuple[Touched, ...] = ()

    @property
    def traced(self) -> tuple[str, str]:
        """The two arms whose difference is traced through the mechanism."""
        return self.effects[0].arm, self.effects[0].against

    def named_arms(self) -> set[str]:
        """The arms of the effects and of the rules."""
        rules = [r for r in (self.rule, self.strong) if r is not None]
        return {*(a for e in self.effects for a in (e.weights or (e.arm, e.against))), *self.traced,
                *(a for r in rules for a in (r.arm, r.against))}  # fmt: skip
