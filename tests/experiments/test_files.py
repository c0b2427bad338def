"""Every file of experiments/: it says all that it must, names what exists, can be composed and runs."""

from __future__ import annotations

import functools
import math
import re
from typing import Any

import pytest

from sim.charts import charts
from sim.findings.asked import check_places, needs
from sim.findings.conduct import studies
from sim.model.simulation import simulate_arms
from sim.observe.indicators import INDICATORS
from sim.scenario import load_study
from sim.scenario.experiments import Experiment, experiment, names
from sim.scenario.parameters import registry
from sim.scenario.places import experiments_dir
from sim.study.conduct import indicator_units
from sim.study.errors import StudyError
from sim.study.plan import Plan

HYPOTHESES = [f"y{k}" for k in range(1, 13)]
OWN = [name for name in names() if not experiment(name).collects]
QUICK = ("piece_heads", "y3")  # composing all of them takes half a minute


def plain(name: str) -> Any:
    """The study of an experiment as its file gives it."""
    return experiment(name).card()


def test_every_question_of_the_article_has_a_file() -> None:
    assert set(HYPOTHESES) <= set(names())
    assert experiment("hypotheses").collects == tuple(HYPOTHESES)
    for k, name in enumerate(HYPOTHESES, 1):
        hypothesis = experiment(name).hypothesis
        assert hypothesis is not None and hypothesis.id == f"Y{k}"
    claims = {c for name in names() for c in experiment(name).claims}
    assert {f"Y{k}" for k in range(1, 13)} <= claims


def test_a_hypothesis_is_a_program_and_every_other_question_is_data() -> None:
    assert {p.stem for p in experiments_dir().glob("*.py")} == set(HYPOTHESES)
    assert {n for n in names() if experiment(n).hypothesis is not None} == set(HYPOTHESES)


@pytest.mark.parametrize("name", [n for n in OWN if not isinstance(experiment(n).study, str)])
def test_every_number_that_it_sets_exists(name: str) -> None:
    known = {f"parameters.{module}.{last}" for module, own in registry().items() for last in own}
    assert set(re.findall(r"parameters\.\w+\.\w+", repr(plain(name)))) <= known


@pytest.mark.parametrize("name", OWN)
def test_names_what_exists(name: str) -> None:
    asked = experiment(name)
    assert asked.chart in charts()
    if isinstance(asked.study, str):
        return
    card = plain(name)
    assert set(card["indicators"]) <= set(indicator_units())
    assert set(card["charts"]) <= set(charts())
    hypothesis = asked.hypothesis
    if hypothesis is None:
        return
    arms, needed = [a["name"] for a in card["arms"]], needs(asked)
    assert len(arms) == len(set(arms)) and needed.arms <= set(arms)
    assert set(needed.indicators) <= set(indicator_units())
    assert set(hypothesis.trace) <= set(INDICATORS)
    check_places(hypothesis, needed, card["design"]["uncertainties"]["community"])
    for reading in needed.readings:  # the micro-rule is taken out in an arm of its own
        assert (reading.rule.arm, reading.rule.against) != reading.traced


def test_a_comparison_of_archetypes_needs_them() -> None:
    hypothesis = experiment("y6").hypothesis
    assert hypothesis is not None
    with pytest.raises(StudyError, match="needs affluent_mature"):
        check_places(hypothesis, needs(experiment("y6")), ["commercial"])


def tried(name: str) -> None:
    """Compose the study at a tiny size and run every arm of one replicate."""
    asked: Experiment = experiment(name)
    study = load_study(name, ["community=commercial", "community.residents=300", "years=1", "replicates=1"])
    plan = Plan.of(study)
    plan.check_budgets()
    results = simulate_arms([s.at(replicate=0) for s in study.scenarios()])
    assert len(results) == len(study.arms)
    wanted = needs(asked).indicators if asked.hypothesis else study.indicators
    for result in results:
        assert set(wanted) <= set(result.indicators)
        assert math.isfinite(result.indicators["welfare"])


@pytest.mark.parametrize("name", QUICK)
def test_is_composed_and_runs(name: str) -> None:
    tried(name)


@pytest.mark.slow
@pytest.mark.parametrize("name", [n for n in OWN if n not in QUICK])
def test_is_composed_and_runs_too(name: str) -> None:
    tried(name)


def test_several_are_not_run_when_one_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """One archetype is too few for a claim that compares them, and that is said before anything runs."""
    few = functools.partial(experiment("hypotheses").model_copy, update={"collects": ("y6",)})
    monkeypatch.setattr("sim.findings.conduct.collects", lambda name: few().collects)
    with pytest.raises(StudyError, match="compares archetypes"):
        studies("hypotheses", ["community=commercial"])
