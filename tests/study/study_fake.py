"""A small model with the signatures of the real one; fast, and able to fail in every way that matters."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
import os
import signal
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from sim.scenario.schema import plain as plain_data


@dataclasses.dataclass(frozen=True)
class FakeScenario:
    shift: float = 0.0
    behaviour: str = ""  # "raise 3", "kill 3", "slow 0.2", "kill-once 3 PATH", "exit 3"
    seed: int = 7
    replicate: int = 0
    years: int = 1
    warmup_years: int = 1
    communities: int = 1
    span: int = 8

    @property
    def hash(self) -> str:
        return hashlib.sha256(json.dumps(dataclasses.asdict(self), sort_keys=True).encode()).hexdigest()

    def at(self, **changes: Any) -> FakeScenario:
        return dataclasses.replace(self, **changes)


@dataclasses.dataclass(frozen=True)
class FakeArm:
    name: str
    scenario: FakeScenario


@dataclasses.dataclass(frozen=True)
class FakeStudy:
    name: str
    arms: tuple[FakeArm, ...]
    baseline: str
    replicates: int
    equal: tuple[str, ...] = ("public_hours", "public_money")
    differs: dict[str, str] = dataclasses.field(default_factory=lambda: {"social_cost": "not the question here"})
    tolerance: float = 0.01
    indicators: tuple[str, ...] = ("solved",)
    charts: tuple[str, ...] = ()
    contrasts: tuple[Any, ...] = ()
    sampled: bool = False
    executor: Any = None
    precision: Any = None

    def scenarios(self, point: int = 0) -> tuple[FakeScenario, ...]:
        return tuple(a.scenario for a in self.arms)

    def to_dict(self) -> dict[str, Any]:
        text = json.dumps(dataclasses.asdict(self), default=lambda part: plain_data(part.model_dump()))
        plain: dict[str, Any] = json.loads(text)
        return plain

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> FakeStudy:
        arms = tuple(FakeArm(a["name"], FakeScenario(**a["scenario"])) for a in values["arms"])
        rest = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items() if k != "arms"}
        return cls(arms=arms, **rest)


def study(replicates: int = 6, **arms: FakeScenario) -> FakeStudy:
    """A study called fake; its first arm is the baseline."""
    made = arms or {"base": FakeScenario(), "better": FakeScenario(shift=0.1), "same": FakeScenario()}
    return FakeStudy("fake", tuple(FakeArm(k, v) for k, v in made.items()), next(iter(made)), replicates)


def simulate_arms(scenarios: list[FakeScenario]) -> list[Any]:
    return [_simulate(s) for s in scenarios]


def _simulate(s: FakeScenario) -> Any:
    what, _, rest = s.behaviour.partition(" ")
    words = rest.split()
    if what == "slow":
        time.sleep(float(words[0]))
    elif words and int(words[0]) == s.replicate:
        if what == "raise":
            raise RuntimeError("the lift is stuck")
        if what == "exit":
            raise SystemExit(3)
        if what == "kill" or (what == "kill-once" and not Path(words[1]).exists()):
            if what == "kill-once":
                Path(words[1]).write_text("seen", encoding="utf-8")
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    rng = np.random.default_rng([s.seed, s.replicate])
    solved = rng.normal(0.5, 0.1) + s.shift
    return SimpleNamespace(
        scenario=s,
        indicators={"solved": solved, "nothing": float("nan"), "days": 10 - s.shift * rng.normal(20, 1)},
        series={"open": rng.normal(size=104) + s.shift, "spoken": rng.normal(size=104)},
        first_week=-52,
        tallies={"measure": ["case", "group"], "a": ["desk", "owner"], "b": ["committee", "persons"], "c": ["", ""],
                 "d": ["solved", ""], "at": [math.nan, math.nan], "value": [solved, 3.0]},
        budgets={
            "established_hours": 17680.0,
            "public_hours": 17680.0 - rng.normal(800, 300),
            "public_money": 4e5,
            "social_cost": 1e6 * (1 + s.shift),
        },
    )


def slow_study() -> FakeStudy:
    """Two arms that take long enough to be killed in the middle."""
    return study(60, base=FakeScenario(behaviour="slow 0.02"), other=FakeScenario(shift=0.1))
