"""A study as a typed, frozen object: arms, design points, contrasts, and the budgets that arms share."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from sim.scenario.fields import Checked, Frozen, Number, Words, about
from sim.scenario.schema import Executor, Scenario, digest, plain
from sim.scenario.uncertainty import DEFAULT, Uncertainty

Budget = Literal["public_hours", "public_money", "social_cost"]
Kind = Literal["list", "grid", "oat", "factorial", "fractional", "lhs", "sobol", "morris", "saltelli", "city"]
SAMPLED = ("lhs", "sobol", "morris", "saltelli", "city")  # kinds whose points are drawn, so that each is a case
TOLERANCE = 0.01  # relative difference up to which budgets count as equal


class Arm(Checked):
    """One side of a comparison."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_]*$")
    label: Words
    overrides: tuple[str, ...]
    scenario: Scenario


class Differs(Words):
    """Why a budget may differ, and in which arms: in those named, or in any where none is named."""

    arms: tuple[str, ...] = ()


class Contrast(Checked):
    """What one choice does: an arm with it beside an arm that has everything else but it."""

    mechanism: str = Field(min_length=1)
    label: Words
    around: str
    present: str
    absent: str


class Factor(Checked):
    """One key that the design varies: over stated values, or anywhere between `low` and `high`."""

    key: str = Field(min_length=1)
    values: tuple[Any, ...] = ()
    low: Number | None = None
    high: Number | None = None
    whole: bool = False


class Design(Checked):
    """How the points were chosen; what an analysis of them has to know."""

    kind: Kind
    factors: tuple[Factor, ...]
    size: int = about("points", 1, 1_000_000)
    seed: int = about("id", 0, 2**63 - 1)
    resolution: int = Field(4, ge=3, le=5)  # of a fractional factorial
    constraints: tuple[str, ...] = ()  # conditions that every point keeps to


class Point(Checked):
    """One setting of what all arms share; `changes` are the dotted keys it sets in each arm, or in every arm alike."""

    label: Words
    values: Annotated[Mapping[str, Any], Frozen]
    changes: tuple[Annotated[Mapping[str, Any], Frozen], ...]


class Precision(Checked):
    """Replicates are added until the paired interval of every named indicator is narrow enough."""

    widths: Annotated[Mapping[str, Number], Frozen] = Field(min_length=1)  # half width by indicator, in its unit
    least: int = about("runs", 3, 1_000_000)

    @model_validator(mode="after")
    def _fits(self) -> Precision:
        for name, width in self.widths.items():
            if not width > 0:
                raise ValueError(f"the half width of {name} is {width:g}; it must be above 0")
        return self


class Study(Checked):
    """A named comparison: arms that differ only in what they state, at one point or at many."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_]*$")
    label: Words
    description: Words
    question: Words
    source: str = Field(min_length=1)
    arms: tuple[Arm, ...] = Field(min_length=1)
    baseline: str
    replicates: int = about("runs", 1, 1_000_000)
    equal: tuple[Budget, ...]
    differs: Annotated[Mapping[Budget, Differs], Frozen] = Field(default_factory=dict)
    tolerance: Number = Field(default=TOLERANCE, ge=0, le=1)
    indicators: tuple[str, ...] = Field(min_length=1)
    charts: tuple[str, ...]
    executor: Executor
    contrasts: tuple[Contrast, ...] = ()
    design: Design | None = None
    points: tuple[Point, ...] = ()
    uncertainty: Uncertainty = DEFAULT
    precision: Precision | None = None  # then `replicates` is the most that are run

    @model_validator(mode="after")
    def _fits(self) -> Study:
        names = [a.name for a in self.arms]
        if self.precision and self.precision.least > self.replicates:
            raise ValueError(
                f"least is {self.precision.least} but most is {self.replicates}; the most cannot be the fewer"
            )
        if self.precision and self.sampled:
            raise ValueError(
                f"replicates: auto needs points that are stated for their own sake, not a design of kind "
                f"{self.design.kind if self.design else ''}; raise design.size instead"
            )
        for budget, reason in self.differs.items():
            if budget in self.equal and not reason.arms:
                raise ValueError(
                    f"{budget} stands under equal and under differs; name the arms that may differ, or one of the two"
                )
            for arm in reason.arms:
                if arm not in names:
                    raise ValueError(f"differs.{budget} names the arm {arm!r}, which the study does not have")
        for point in self.points:
            if len(point.changes) not in (1, len(names)):
                raise ValueError(f"a point changes {len(point.changes)} arms; the study has {len(names)}")
        return self

    @property
    def hash(self) -> str:
        """SHA-256 of arms, points, drawn parameters and budgets; not of words, replicates or executor."""
        return digest(
            {
                "arms": {a.name: a.scenario.hash for a in self.arms},
                "points": [plain(p.changes) for p in self.points],
                "sets": [plain(one) for one in self.uncertainty.sets],
                "baseline": self.baseline,
                "equal": list(self.equal),
            }
        )

    @property
    def sampled(self) -> bool:
        """Whether the points were drawn from ranges, rather than each stated for its own sake."""
        return self.design is not None and self.design.kind in SAMPLED

    def arm(self, name: str) -> Arm:
        """The arm of that name; raises KeyError when there is none."""
        for arm in self.arms:
            if arm.name == name:
                return arm
        raise KeyError(name)

    def scenarios(self, point: int = 0) -> tuple[Scenario, ...]:
        """The scenarios of all arms at a design point (without points there is one, number 0)."""
        if not self.points:
            return tuple(arm.scenario for arm in self.arms)
        changes = self.points[point].changes
        each = changes * len(self.arms) if len(changes) == 1 else changes
        return tuple(
            Scenario.from_dict(merged(own, own_changes))
            for own, own_changes in zip(self._plain_arms, each, strict=True)
        )

    @cached_property
    def _plain_arms(self) -> tuple[dict[str, Any], ...]:
        return tuple(arm.scenario.to_dict() for arm in self.arms)

    def to_dict(self) -> dict[str, Any]:
        """Plain data of the whole study, scenarios included."""
        made: dict[str, Any] = plain(self.model_dump())
        return made

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Study:
        """The study that `to_dict` wrote."""
        from sim.scenario.check import checked

        return checked(cls, values, "the stored study")


def merged(whole: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of plain data with other values at dotted keys; raises KeyError for a key that is not there."""
    made = dict(whole)
    for key, value in changes.items():
        at: Any = made
        *steps, last = key.split(".")
        for step in steps:
            at[step] = dict(at[step])
            at = at[step]
        if last not in at:
            raise KeyError(key)
        at[last] = value
    return made
