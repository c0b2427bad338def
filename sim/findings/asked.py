"""What a hypothesis says of runs: its function is called here, and what it gives back is looked at.

Called on runs of which nothing is known, the function tells what it needs of a study: arms, indicators, archetypes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.analysis.claims import Act, Break, Effect, Reading, Rule, Runs, Touched
from sim.scenario.experiments import Experiment, Hypothesis, line_of, path_of, what
from sim.scenario.fields import Words
from sim.study.errors import StudyError
from sim.vocabulary.errors import ScenarioError, close

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario.comparison import Study

PARTS = {"effects": Effect, "breaks": Break, "acts": Act, "touched": Touched, "rule": Rule}


@dataclass(frozen=True)
class Needs:
    """What a hypothesis takes from runs, and its readings as far as they do not depend on these."""

    readings: tuple[Reading, ...]
    arms: set[str]
    indicators: list[str]  # those that the function looks at first, then what is followed through
    places: set[str]


def needs(asked: Experiment) -> Needs:
    """What the hypothesis of an experiment needs; raises ScenarioError when its function cannot be used."""
    hypothesis = asked.hypothesis
    if hypothesis is None:
        raise StudyError(f"experiment {asked.name} states no hypothesis, so there is nothing to judge")
    runs = Runs.sketch(asked.places() or ["any"])
    found = readings(hypothesis, runs)
    arms = runs.arms.union(*(reading.named_arms() for reading in found))
    return Needs(found, arms, list(dict.fromkeys([*runs.indicators, *hypothesis.trace])), runs.places)


def readings(hypothesis: Hypothesis, runs: Runs) -> tuple[Reading, ...]:
    """What the function of a hypothesis claims of these runs.

    Raises ScenarioError, which names the file and the line, when it fails or gives back something else.
    """
    path = hypothesis.path
    try:
        made = hypothesis.verdict(runs)
        found = (made,) if isinstance(made, Reading) else tuple(made)
        wrong = _wrong(found, runs.frame)
        for act in () if wrong else (act for reading in found for act in reading.acts):
            act.measure(act.arm, act.against)  # so that what it needs is noted
    except (Exception, SystemExit) as failed:
        where = f"in {path}{line_of(failed, path)}"
        raise ScenarioError(f"{where}: verdict(runs) fails with {what(failed)}; it must give back a Reading") from None
    if wrong:
        raise ScenarioError(f"in {path}: what verdict(runs) gives back {wrong}")
    return found


def _wrong(found: Sequence[Any], frame: pd.DataFrame) -> str:
    """What is wrong with what came back, nothing where all is well."""
    if not found or not all(isinstance(reading, Reading) for reading in found):
        return f"is {found!r:.80}; it must be a Reading, or several"
    if len({reading.name for reading in found}) < len(found):
        return "are readings of the same name; tell them apart by name= and label="
    return next(filter(None, (_wrong_in(reading, frame) for reading in found)), "")


def _wrong_in(reading: Any, frame: pd.DataFrame) -> str:
    rules = [reading.rule] if reading.strong is None else [reading.rule, reading.strong]
    for name, kind in PARTS.items():
        parts = rules if kind is Rule else getattr(reading, name)
        if not isinstance(parts, tuple | list) or not all(isinstance(part, kind) for part in parts):
            return f"has a wrong {name}; it must be made of {kind.__name__}"
    if not reading.effects or not all(effect.smallest > 0.0 for effect in reading.effects):
        return "has no effect, or one whose smallest effect of interest (by=) is not above 0"
    if any((effect.cap is None) != (effect.instead is None) for effect in reading.effects):
        return "has an effect with cap= and no instead=, or the other way round; give both"
    said = (*reading.breaks, *reading.acts, *reading.touched, *rules)
    if not all(isinstance(text, str) and text for part in said for text in (part.zh, part.en)):
        return "has a part that is not said in both languages; each begins with its words in zh and in en"
    if not isinstance(reading.label, Words | None):
        return f"has the label {reading.label!r:.80}; it must be words(zh, en)"
    conditions = {part.name: part.holds for part in reading.breaks}
    for name, holds in (conditions if reading.when is None else conditions | {"when": reading.when}).items():
        if str(getattr(holds, "dtype", "")) != "bool" or not holds.index.equals(frame.index):
            return (
                f"has a condition {name} that is not true or false for each archetype and member; "
                "write it like welfare('new', 'old') < 0.0"
            )
    return ""


def check_study(asked: Experiment, study: Study) -> Needs:
    """What the hypothesis of an experiment needs of its study, before anything runs.

    Raises ScenarioError when its function cannot be used or names an arm or an indicator that there is not.
    """
    from sim.study.finish import indicator_units

    needed, path = needs(asked), path_of(asked.name)
    known = {"arm": [arm.name for arm in study.arms], "indicator": list(indicator_units())}
    for kind, wanted in (("arm", sorted(needed.arms)), ("indicator", needed.indicators)):
        for name in wanted:
            if name not in known[kind]:
                raise ScenarioError(f"in {path}: there is no {kind} called {name!r}; {close(name, known[kind])}")
    return needed


def check(hypothesis: Hypothesis, needed: Needs, frame: pd.DataFrame, folder: Path) -> None:
    """Raise StudyError when the runs lack an arm or an indicator that the hypothesis names."""
    arms = set(frame.columns.get_level_values("arm"))
    indicators = set(frame.columns.get_level_values(0))
    for kind, wanted, there in (
        ("arm", sorted(needed.arms), arms),
        ("indicator", needed.indicators, indicators),
    ):
        for name in wanted:
            if name not in there:
                raise StudyError(f"{folder} holds no completed run of the {kind} {name}, which {hypothesis.id} needs")


def check_places(hypothesis: Hypothesis, needed: Needs, places: Iterable[str]) -> None:
    """Raise StudyError when the claim compares archetypes that the study does not look at."""
    for place in sorted(needed.places - set(places)):
        raise StudyError(
            f"{hypothesis.id} compares archetypes and needs {place}, which this study does not look at; "
            "leave community= out"
        )
