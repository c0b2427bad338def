"""From a study to the list of its runs: design points x replicates x arms, each run with an id of its own.

The id of a run is a hash of everything that can move its result: the scenario, the replicate and the model version.
The unit of work is one replicate of one design point with all its arms, because the arms share people and warm-up.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, overload

from sim.analysis.budgets import BUDGETS, judge, known_budgets, sentences
from sim.identity import MODEL_VERSION
from sim.scenario.comparison import TOLERANCE, Precision
from sim.scenario.schema import plain
from sim.scenario.uncertainty import DEFAULT, Uncertainty
from sim.study.errors import StudyError

BEFORE_REFORM = 104  # weeks of the warm-up that the recorded series show
SERIES_ROWS = 200_000  # weekly rows a study keeps at most; of the replicates beyond, indicators only
# For the estimate of a dry run only; measured on one core of a small server, never part of a result.
SECONDS_PER_RESIDENT_WEEK = 3e-8
SECONDS_PER_WEEK = 1.9e-4
SECONDS_PER_RUN = 7e-3  # forking, indicators, handing over
SECONDS_TO_START = 4.0  # workers and the comparison at the end
BYTES_PER_RUN = 2_000
BYTES_PER_SERIES_ROW = 100
POINTS_ESTIMATED = 200  # of a large design; the others take about as long
SCENARIOS_KEPT = 1_000  # in memory at once; the rest is made again when needed


@dataclass(frozen=True)
class Unit:
    """One replicate of one design point: the arms still to run, as indices into the plan's arms."""

    point: int
    replicate: int
    arms: tuple[int, ...]
    series: bool
    numbers: Mapping[str, float] = field(default_factory=dict)  # parameters that the replicate draws, by module.name

    def alone(self, arm: int) -> Unit:
        """The same replicate with one arm only."""
        return replace(self, arms=(arm,))


class Points(Sequence[tuple[Mapping[str, Any], tuple[Any, ...]]]):
    """For each design point its values and the scenarios of all arms, made when they are asked for."""

    def __init__(self, study: Any) -> None:
        self.study = study
        self.values: list[Mapping[str, Any]] = [dict(p.values) for p in getattr(study, "points", ())] or [{}]
        self.kept: dict[int, tuple[Any, ...]] = {}

    def __len__(self) -> int:
        return len(self.values)

    @overload
    def __getitem__(self, point: int) -> tuple[Mapping[str, Any], tuple[Any, ...]]: ...
    @overload
    def __getitem__(self, point: slice) -> list[tuple[Mapping[str, Any], tuple[Any, ...]]]: ...
    def __getitem__(self, point: int | slice) -> Any:
        if isinstance(point, slice):
            return [self[at] for at in range(*point.indices(len(self)))]
        if not 0 <= point < len(self):
            raise IndexError(point)
        if point not in self.kept:
            while len(self.kept) * len(self.study.arms) >= SCENARIOS_KEPT:
                self.kept.pop(next(iter(self.kept)))
            self.kept[point] = tuple(self.study.scenarios(point))
        return self.values[point], self.kept[point]


@dataclass(frozen=True)
class Plan:
    """All runs of a study: design points, arms and replicates."""

    name: str
    arms: tuple[str, ...]
    baseline: str
    replicates: int
    points: Points
    equal: tuple[str, ...] = ()
    differs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # budgets, and the arms in which they may
    tolerance: float = TOLERANCE
    contrasts: tuple[Any, ...] = ()
    sampled: bool = False
    indicators: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()
    version: str = ""
    seed: int = 0
    uncertainty: Uncertainty = DEFAULT
    precision: Precision | None = None  # then `replicates` is the most that are run

    @classmethod
    def of(cls, study: Any) -> Plan:
        """The plan of a loaded study. Raises StudyError when the study does not hold together."""
        names = tuple(arm.name for arm in study.arms)
        for name in names:
            if names.count(name) > 1:
                raise StudyError(f"study {study.name} has two arms called {name!r}; give every arm a name of its own")
        if study.baseline not in names:
            raise StudyError(
                f"study {study.name} compares with the baseline {study.baseline!r}, which is none of its arms "
                f"({', '.join(names)})"
            )
        plan = cls(
            name=study.name,
            arms=names,
            baseline=study.baseline,
            replicates=int(study.replicates),
            points=Points(study),
            equal=tuple(study.equal),
            differs={str(k): tuple(getattr(v, "arms", ())) for k, v in study.differs.items()},
            tolerance=float(study.tolerance),
            contrasts=tuple(study.contrasts),
            sampled=bool(study.sampled),
            indicators=tuple(study.indicators),
            charts=tuple(study.charts),
            version=MODEL_VERSION,
            seed=int(study.arms[0].scenario.seed),
            uncertainty=getattr(study, "uncertainty", DEFAULT),
            precision=getattr(study, "precision", None),
        )
        plan.check()
        return plan

    def check(self) -> None:
        """Raise StudyError when arms that are to be compared cannot be."""
        for place in self._unlike():
            scenarios = self.points[place][1]
            first = scenarios[0]
            for name, scenario in zip(self.arms, scenarios, strict=True):
                for key in ("seed", "years", "warmup_years", "communities", "span"):
                    if getattr(scenario, key) != getattr(first, key):
                        raise StudyError(
                            f"arms {self.arms[0]} and {name} of study {self.name} differ in {key} "
                            f"({getattr(first, key)} and {getattr(scenario, key)}); arms must share it to be compared"
                        )
                if getattr(scenario, "warmup_hash", 0) != getattr(first, "warmup_hash", 0):
                    raise StudyError(
                        f"arms {self.arms[0]} and {name} of study {self.name} do not start from the same warm-up: "
                        "arms may differ in structure, policy and events from the reform on, "
                        "not in community, era, base, parameters or earlier events"
                    )

    def _unlike(self) -> list[int]:
        """The first point, and those that change the arms in different ways; the others cannot set arms apart."""
        points = getattr(self.points.study, "points", ())
        return [0, *(place for place, point in enumerate(points) if place and len(getattr(point, "changes", ())) > 1)]

    def known_budgets(self, point: int) -> dict[str, dict[str, float]]:
        """What is known of the budgets of every arm at a point before any run."""
        from sim.scenario.rules import compile_rules

        return {
            name: known_budgets(s, compile_rules(s.structure, s.policy, s.era))
            for name, s in zip(self.arms, self.points[point][1], strict=True)
        }

    def check_budgets(self) -> None:
        """Raise StudyError when the scenarios alone show a budget that is not as the study says."""
        if all(name in self.differs and not self.differs[name] and name not in self.equal for name in BUDGETS):
            return  # every budget may differ in every arm, so nothing is made of thousands of points
        for point in range(len(self.points)):
            found = judge(self.known_budgets(point), self.baseline, self.equal, self.differs, self.tolerance)
            wrong = sentences(found, self.tolerance)
            if wrong:
                raise StudyError(f"study {self.name}: {wrong[0]} (known from posts, pay and work funds before any run)")

    @property
    def places(self) -> tuple[str, ...]:
        """A name for each design point: the archetype where nothing else is varied, else its values."""
        if len(self.points) == 1:
            scenario = self.points[0][1][0]
            return (str(getattr(getattr(scenario, "community", None), "name", "all")),)
        return tuple(
            str(v["community"])
            if set(v) == {"community"}
            else ";".join(f"{k}={x}" for k, x in v.items()) or "as stated"
            for v in self.points.values
        )

    @property
    def runs(self) -> int:
        """Number of runs of the whole study; the most there can be where replicates are added one by one."""
        return self.runs_of(self.replicates)

    def runs_of(self, replicates: int) -> int:
        """Number of runs with so many replicates."""
        return len(self.points) * len(self.arms) * replicates

    @property
    def series_replicates(self) -> int:
        """Replicates, from the first, of which the weekly series are kept."""
        scenario = self.points[0][1][0]
        weeks = 52 * scenario.years + min(BEFORE_REFORM, 52 * scenario.warmup_years)
        return int(min(self.replicates, max(1, SERIES_ROWS // (weeks * len(self.arms) * len(self.points)))))

    @cached_property
    def _stems(self) -> dict[tuple[int, int], Any]:
        return {}

    def _stem(self, point: int, arm: int) -> Any:
        """Hash state of a scenario at replicate 0, ready for a replicate to be added."""
        if (point, arm) not in self._stems:
            scenario = self.points[point][1][arm]
            self._stems[point, arm] = hashlib.sha256(f"{self.version}|{scenario.at(replicate=0).hash}|".encode())
        return self._stems[point, arm]

    def run_id(self, point: int, arm: int, replicate: int) -> str:
        """Id of one run: 16 hex digits."""
        digest = self._stem(point, arm).copy()
        digest.update(str(replicate).encode())
        drawn = self.uncertainty.of(replicate)
        if drawn:
            digest.update(json.dumps(plain(drawn), sort_keys=True).encode())
        return str(digest.hexdigest()[:16])

    def units(self, recorded: Collection[tuple[int, str, int]] = (), goal: int | None = None) -> Iterator[Unit]:
        """Units of work in order, without the runs (point, arm, replicate) recorded already; up to `goal` replicates.

        `recorded` may grow meanwhile: what was there at the beginning counts.
        """
        recorded = frozenset(recorded)
        every = tuple(range(len(self.arms)))
        keep = self.series_replicates
        for point in range(len(self.points)):
            for replicate in range(self.replicates if goal is None else goal):
                arms = (
                    every
                    if not recorded
                    else tuple(a for a in every if (point, self.arms[a], replicate) not in recorded)
                )
                if arms:
                    yield Unit(point, replicate, arms, replicate < keep, self.uncertainty.of(replicate))

    def estimate(self, workers: int) -> tuple[float, float]:
        """Rough seconds and bytes for the whole study on that many processes."""
        seconds = 0.0
        step = max(1, len(self.points) // POINTS_ESTIMATED)
        looked_at = range(0, len(self.points), step)
        for place in looked_at:
            scenarios = self.points[place][1]
            s = scenarios[0]
            weeks = 52 * (s.years * len(scenarios) + s.warmup_years)
            people = getattr(getattr(s, "community", None), "residents", 5000) * s.communities
            each = weeks * (SECONDS_PER_WEEK + people * SECONDS_PER_RESIDENT_WEEK) + len(scenarios) * SECONDS_PER_RUN
            seconds += self.replicates * each * len(self.points) / len(looked_at)
        scenario = self.points[0][1][0]
        weeks = 52 * scenario.years + min(BEFORE_REFORM, 52 * scenario.warmup_years)
        rows = self.series_replicates * len(self.arms) * len(self.points) * weeks
        size = float(self.runs * BYTES_PER_RUN + rows * BYTES_PER_SERIES_ROW)
        return SECONDS_TO_START + seconds / max(1, workers), size
