"""Named questions: one file each in experiments/, with the study that answers it and, for a hypothesis, its rule.

A file is data: question, claim of the article, how to read the answer, chart, and the study, either written out with
the keys of configs/study or named. A hypothesis also states, before anything runs, the effect that is claimed, the
smallest effect of interest, what else would refute it, and the micro-rule that is taken out to see whether the result
hangs on it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from sim.scenario.check import checked
from sim.scenario.errors import ScenarioError, close
from sim.scenario.fields import Checked, Frozen, Number, Words
from sim.scenario.places import experiments_dir

COLLECTION = "hypotheses.json"  # in a results folder of several studies that are judged together
Pair = tuple[str, str]


class Measure(Checked):
    """One number for each member of the ensemble: a level, a difference of arms, or a combination of arms.

    Exactly one of `arm`, `highest`, `spread`, `sums` and `shapley` says which. `relative` divides a difference by the
    level of the arm that it is taken against; `sd` divides by the spread of that arm over the members; `across` adds up
    archetypes with weights instead of looking at each, and `gini` takes the Gini coefficient of their levels.
    """

    indicator: tuple[str, ...] = Field(min_length=1)  # several are added up
    arm: str = ""
    against: str = ""
    less: Pair | None = None  # takes off the same difference of two other arms
    highest: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    spread: tuple[str, ...] = ()
    sums: Annotated[Mapping[str, Number], Frozen] = Field(default_factory=dict)
    shapley: str = ""
    fraction: Number = 0.0  # of the joint effect, taken off the part of the factor `shapley`
    relative: bool = False
    sd: bool = False
    across: Annotated[Mapping[str, Number], Frozen] = Field(default_factory=dict)
    gini: bool = False  # of the levels of the archetypes, instead of each level

    @model_validator(mode="after")
    def _one(self) -> Measure:
        ways = [bool(v) for v in (self.arm, self.highest, self.spread, self.sums, self.shapley)]
        if sum(ways) != 1:
            raise ValueError("a measure names exactly one of arm, highest, spread, sums and shapley")
        if bool(self.highest) != bool(self.over):
            raise ValueError("highest and over go together")
        if (self.relative or self.sd or self.less) and not self.against:
            raise ValueError("relative, sd and less need an arm to compare against")
        if self.gini and (not self.arm or self.across or self.relative or self.sd or self.less):
            raise ValueError("gini is taken of one arm, or of one against another, and of nothing else")
        return self

    @property
    def together(self) -> bool:
        """Whether the measure is one number for all archetypes of a member."""
        return bool(self.across) or self.gini

    def arms(self) -> set[str]:
        """Arms that the measure names."""
        named = {self.arm, self.against, *(self.less or ()), *self.highest, *self.over, *self.spread, *self.sums}
        return named - {""}


class Condition(Measure):
    """A measure that must lie above or below a bound."""

    above: Number | None = None
    below: Number | None = None

    @model_validator(mode="after")
    def _bound(self) -> Condition:
        if self.above is None and self.below is None:
            raise ValueError("a condition says above or below what")
        return self


class Effect(Measure):
    """What is claimed: at least the smallest effect of interest, in this direction (1 more, -1 less).

    An indicator that is only known up to `cap` says nothing of a member in which both arms stand there; where that
    happens in too many members, the indicators under `instead` are judged in its place, by the same smallest effect.
    """

    direction: int = Field(default=1, ge=-1, le=1)
    smallest: Number = Field(gt=0)
    cap: Number | None = None
    instead: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _censored(self) -> Effect:
        if self.cap is not None and not (self.arm and self.against and self.instead):
            raise ValueError("an effect with a cap compares two arms and says under instead what is judged there")
        return self


class Break(Checked):
    """Another finding that refutes the claim: all of the conditions hold together in a member."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_]*$")
    label: Words
    all_of: tuple[Condition, ...] = Field(min_length=1)


class MicroRule(Checked):
    """The rule of single acts that is taken out in both arms, and the two arms without it."""

    label: Words
    arm: str
    against: str


class Act(Measure):
    """How often something happens that the claim rests on, or how many hours it takes: a level or a difference."""

    label: Words


class Touched(Checked):
    """The part of a tally of the arm that the claim is compared with on which it can act at all (sim.observe.tallies).

    `a` to `d` say which rows count, by the words in the tally's columns; an empty one takes all. Where `bounds` is true
    the indicator of the effect is made up of these rows alone, so it cannot change by more than their share.
    """

    label: Words
    tally: Literal["case", "escalation", "handover", "payment"]
    a: tuple[str, ...] = ()
    b: tuple[str, ...] = ()
    c: tuple[str, ...] = ()
    d: tuple[str, ...] = ()
    bounds: bool = False


class Reading(Checked):
    """One way to read a claim: its effect and its arms."""

    name: str = Field(default="", pattern=r"^[a-z0-9_]*$")
    label: Words | None = None
    every: bool = True  # all effects must be there; false: any of them is enough
    shortfall: bool = True  # falling short of the smallest effect is itself a condition that refutes
    effects: tuple[Effect, ...] = Field(min_length=1)
    when: tuple[Condition, ...] = ()  # members that the claim speaks of
    breaks: tuple[Break, ...] = ()
    rule: MicroRule
    strong: MicroRule | None = None  # a rule that is made as strong as its range allows, and the two arms with it
    acts: tuple[Act, ...] = ()
    touched: tuple[Touched, ...] = ()
    pair: Pair | None = None  # arms whose difference is traced; by default those of the first effect
    factors: Annotated[Mapping[str, Pair], Frozen] = Field(default_factory=dict)  # levels off and on, for shapley

    @model_validator(mode="after")
    def _traced(self) -> Reading:
        if self.pair is None and not (self.effects[0].arm and self.effects[0].against):
            raise ValueError("the first effect is no difference of two arms; say under pair which difference is traced")
        return self

    @property
    def traced(self) -> Pair:
        """The two arms whose difference is traced through the mechanism."""
        return self.pair or (self.effects[0].arm, self.effects[0].against)


class Hypothesis(Checked):
    """A claim that the model can refute."""

    id: str = Field(pattern=r"^Y\d+$")
    claim: Words
    refuted_if: Words
    not_shown: Words
    trace: tuple[str, ...] = Field(min_length=1)
    readings: tuple[Reading, ...] = Field(min_length=1)

    def measures(self) -> list[Measure]:
        """Every measure that the hypothesis names."""
        found: list[Measure] = []
        for reading in self.readings:
            found += [*reading.effects, *reading.when, *(c for b in reading.breaks for c in b.all_of), *reading.acts]
        return found

    def indicators(self) -> list[str]:
        """Every indicator that is looked at, the claimed ones first."""
        named = [name for m in self.measures() for name in m.indicator]
        named += [name for r in self.readings for e in r.effects for name in e.instead]
        return list(dict.fromkeys([*named, *self.trace]))

    def arms(self) -> set[str]:
        """Every arm that is named."""
        rules = {a for r in self.readings for a in r.traced}
        for rule in (m for r in self.readings for m in (r.rule, r.strong) if m is not None):
            rules |= {rule.arm, rule.against}
        return rules | {a for m in self.measures() for a in m.arms()}


class Experiment(Checked):
    """One file of experiments/."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_]*$")
    label: Words
    claims: tuple[str, ...] = Field(min_length=1)
    question: Words
    read: Words
    chart: str
    study: str | Annotated[Mapping[str, Any], Frozen] = ""
    collects: tuple[str, ...] = ()
    hypothesis: Hypothesis | None = None

    @model_validator(mode="after")
    def _fits(self) -> Experiment:
        if bool(self.study) == bool(self.collects):
            raise ValueError("an experiment has either a study or a list of experiments that it collects")
        if not all(re.fullmatch(r"[KY]\d+", claim) for claim in self.claims):
            raise ValueError("claims are written K1 to K22 or Y1 to Y12")
        return self

    def card(self) -> dict[str, Any]:
        """The study written out as a file of configs/study would be."""
        if not isinstance(self.study, Mapping):
            raise TypeError(f"experiment {self.name} names its study {self.study!r} and holds none")
        words = {"label": self.label, "description": self.read, "question": self.question}
        plain = {key: {"zh": w.zh, "en": w.en} for key, w in words.items()}
        charts = list(dict.fromkeys([self.chart, *self.study.get("charts", ())]))
        return {"name": self.name, **plain, "source": ", ".join(self.claims), **_lists(self.study), "charts": charts}


def _lists(value: Any) -> Any:
    """Mappings and lists as YAML gives them."""
    if isinstance(value, Mapping):
        return {k: _lists(v) for k, v in value.items()}
    return [_lists(v) for v in value] if isinstance(value, list | tuple) else value


def names() -> list[str]:
    """Names of all experiments, hypotheses in the order of their numbers."""
    found = [path.stem for path in experiments_dir().glob("*.yaml")]
    return sorted(found, key=lambda name: [int(p) if p.isdigit() else p for p in re.split(r"(\d+)", name)])


def path_of(name: str) -> Path:
    """File of an experiment, whether or not it is there."""
    return experiments_dir() / f"{name}.yaml"


@functools.lru_cache(maxsize=128)
def experiment(name: str) -> Experiment:
    """The experiment of that name. Raises ScenarioError when there is none or its file is wrong."""
    from sim.scenario.catalogue import read_yaml

    path = path_of(name)
    if not path.is_file():
        raise ScenarioError(f"there is no experiment {name!r}; {close(name, names())}")
    found = checked(Experiment, read_yaml(path, path.read_text(encoding="utf-8")), f"in {path}")
    if found.name != name:
        raise ScenarioError(f"in {path}: name is {found.name!r}; it must be the name of the file, {name!r}")
    return found


def studies() -> list[str]:
    """Experiments that hold a study of their own, so that they can be run under their name."""
    return [name for name in names() if isinstance(experiment(name).study, Mapping)]


def hypothesis_of(name: str) -> Hypothesis | None:
    """The hypothesis that a study of this name tests, None when it tests none."""
    return experiment(name).hypothesis if path_of(name).is_file() else None


def collects(name: str) -> tuple[str, ...]:
    """The studies that a name stands for together; none for a study of its own."""
    return experiment(name).collects if path_of(name).is_file() else ()


def is_collection(folder: str | Path) -> bool:
    """Whether a results folder holds several studies that are judged together."""
    return (Path(folder) / COLLECTION).is_file()
