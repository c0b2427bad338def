"""What the stored runs of a hypothesis say beyond its verdict: what moved, what its micro-rule carries, every arm."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.analysis.claims import Effect, Reading, Runs
from sim.analysis.verdicts import Censored, Estimate, Verdict, ensemble, estimate, settled, verdicts
from sim.findings.asked import check, check_places, needs, readings
from sim.findings.why import Why, by_member, reasons
from sim.scenario.experiments import Experiment, Hypothesis, experiment
from sim.store import open_study

if TYPE_CHECKING:
    import pandas as pd

    from sim.store import StoredStudy

TRACED = 8  # quantities that are shown of those that moved
NOTICED = 0.1  # standard deviations between runs below which a move is not named
MAIN = {"welfare": 1, "felt_satisfaction": 1, "trust": 1, "time_median": -1, "share_spoken": 1}  # better: up or down
SAME = 0.02  # relative difference below which arms count as the same
WAITS = ("wait_staff", "wait_body", "wait_meeting", "wait_money", "wait_consent", "wait_date")
SOLVERS = ("solved_by_government", "solved_by_market", "solved_by_society", "solved_by_neighbour", "solved_by_self")


@dataclass(frozen=True)
class Moved:
    """A quantity that two arms differ in: levels, difference, and the difference over the spread between runs."""

    indicator: str
    level: float
    difference: Estimate
    standardised: float


@dataclass(frozen=True)
class Carried:
    """The traced difference with the micro-rule, without it, and what the rule adds."""

    usual: Estimate
    without: Estimate
    added: Estimate


@dataclass(frozen=True)
class Found:
    """Everything that is told of one reading of one hypothesis."""

    experiment: Experiment
    hypothesis: Hypothesis
    reading: Reading
    study: Mapping[str, Any]
    frame: pd.DataFrame
    verdict: Verdict
    moved: tuple[Moved, ...]
    carried: Carried
    arms: tuple[tuple[str, Estimate], ...]
    censored: tuple[Censored, ...]
    why: Why

    @property
    def id(self) -> str:
        """Number of the hypothesis, and the letter of its reading where it has several."""
        return f"{self.hypothesis.id}{self.reading.name}"

    @property
    def effect(self) -> Effect:
        """The effect that decides."""
        return self.reading.effects[self.verdict.effect]

    @property
    def members(self) -> int:
        """Members of the ensemble."""
        return int(self.frame.index.get_level_values("member").nunique())

    @property
    def places(self) -> list[str]:
        """Archetypes in the study's order."""
        return list(dict.fromkeys(self.frame.index.get_level_values("place")))


def gather(folders: Mapping[str, Path], seed: int = 0) -> list[Found]:
    """All readings of the hypotheses whose studies stand in `folders` (by name), judged together.

    Raises StudyError when a study does not hold what its hypothesis needs.
    """
    each: list[tuple[Experiment, Hypothesis, Reading, tuple[Censored, ...], StoredStudy, pd.DataFrame]] = []
    for name, folder in folders.items():
        asked = experiment(name)
        needed, hypothesis = needs(asked), asked.hypothesis
        assert hypothesis is not None
        stored = open_study(folder)
        frame = framed(stored)
        check(hypothesis, needed, frame, folder)
        check_places(hypothesis, needed, set(frame.index.get_level_values("place")))
        for reading in readings(hypothesis, Runs(frame)):
            each.append((asked, hypothesis, *settled(reading), stored, frame))
    judged = verdicts([(reading, frame) for _, _, reading, _, _, frame in each], seed)
    return [
        Found(
            asked,
            hypothesis,
            reading,
            stored.study,
            frame,
            verdict,
            trace(frame, hypothesis.trace, reading.traced, seed),
            carried(reading, verdict, seed),
            arm_by_arm(frame, stored.study, reading, verdict, seed),
            censored,
            reasons(stored, reading, verdict, seed),
        )
        for (asked, hypothesis, reading, censored, stored, frame), verdict in zip(each, judged, strict=True)
    ]


def framed(stored: StoredStudy) -> pd.DataFrame:
    """The runs of a stored study as an ensemble."""
    usual = str(stored.study["arms"][0]["scenario"]["community"]["name"])
    return ensemble(stored.runs, [p["values"] for p in stored.study.get("points") or ()], usual)


def overall(effect: Effect, seed: int = 0) -> Estimate:
    """An effect over all archetypes, member by member, without regard to which members the claim speaks of."""
    return estimate(by_member(effect.values), seed)


def trace(frame: pd.DataFrame, names: Iterable[str], pair: tuple[str, str], seed: int = 0) -> tuple[Moved, ...]:
    """What differs between two arms beyond chance, the largest first, over all archetypes."""
    found = []
    arm, against = pair
    for name in names:
        base = frame[name][against]
        spread = float(base.groupby(level="place").std().mean())
        difference = estimate(by_member(frame[name][arm] - base), seed)
        if not math.isfinite(spread) or spread <= 0.0 or not math.isfinite(difference.low):
            continue
        size = difference.mean / spread
        if abs(size) >= NOTICED and (difference.low > 0.0 or difference.high < 0.0):
            found.append(Moved(name, float(base.mean()), difference, size))
    return tuple(sorted(found, key=lambda m: -abs(m.standardised))[:TRACED])


def carried(reading: Reading, verdict: Verdict, seed: int = 0) -> Carried:
    """The traced difference with and without the micro-rule."""
    measure = reading.effects[verdict.effect].measure
    usual, without = measure(*reading.traced), measure(reading.rule.arm, reading.rule.against)
    return Carried(*(estimate(by_member(v), seed) for v in (usual, without, usual - without)))


def arm_by_arm(
    frame: pd.DataFrame, study: Mapping[str, Any], reading: Reading, verdict: Verdict, seed: int = 0
) -> tuple[tuple[str, Estimate], ...]:
    """Each arm against the baseline in what decides, in the study's order."""
    measure = reading.effects[verdict.effect].measure
    baseline = str(study["baseline"])
    there = set(frame.columns.get_level_values("arm"))
    found = []
    for entry in study["arms"]:
        name = str(entry["name"])
        if name == baseline or name not in there:
            continue
        found.append((name, estimate(by_member(measure(name, baseline)), seed)))
    return tuple(found)


@dataclass(frozen=True)
class Pattern:
    """A study in which every arm comes out the same, or one arm best in everything, and what is behind it."""

    found: Found
    same: bool
    winner: str
    largest: Mapping[str, float]  # largest relative difference from the baseline in each main indicator
    moved: tuple[Moved, ...]
    pair: tuple[str, str]
    shares: Mapping[str, float]  # what the baseline's hours, waiting and solutions are made of


def patterns(found: Sequence[Found], seed: int = 0) -> list[Pattern]:
    """Studies that show one of the two patterns, each once."""
    seen: set[str] = set()
    made = []
    for one in found:
        if one.experiment.name in seen:
            continue
        seen.add(one.experiment.name)
        pattern = _pattern(one, seed)
        if pattern.same or pattern.winner:
            made.append(pattern)
    return made


def _pattern(one: Found, seed: int) -> Pattern:
    asked = needs(one.experiment).readings
    ablated = {a for r in asked for a in (r.rule.arm, r.rule.against)}
    kept = {a for r in asked for a in r.traced} | {str(one.study["baseline"])}
    there = set(one.frame.columns.get_level_values("arm"))
    arms = [
        str(a["name"])
        for a in one.study["arms"]
        if a["name"] in there and (a["name"] in kept or a["name"] not in ablated)
    ]
    baseline = str(one.study["baseline"])
    levels = {name: {a: float(one.frame[name][a].mean()) for a in arms} for name in MAIN}
    largest = {
        name: max(abs(v - level[baseline]) for v in level.values()) / abs(level[baseline])
        for name, level in levels.items()
        if level[baseline]
    }
    same = all(x < SAME for x in largest.values())
    best = {max((MAIN[name] * value, a) for a, value in level.items())[1] for name, level in levels.items()}
    winner = best.pop() if len(best) == 1 and len(arms) > 2 and not same else ""
    welfare = levels["welfare"]
    far = max((a for a in arms if a != baseline), key=lambda a: abs(welfare[a] - welfare[baseline]))
    pair = (winner if winner and winner != baseline else far, baseline)
    base = {name: float(one.frame[name][baseline].mean()) for name in (*WAITS, *SOLVERS, "demand_share", "wait_total")}
    shares = {"demand_share": base["demand_share"], **{n: base[n] for n in SOLVERS}}
    if base["wait_total"] > 0.0:
        shares |= {n: base[n] / base["wait_total"] for n in WAITS}
    return Pattern(one, same, winner, largest, trace(one.frame, one.hypothesis.trace, pair, seed), pair, shares)
