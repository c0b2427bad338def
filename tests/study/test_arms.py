"""Arms around another arm, combinations of levers, and what a study may say about its budgets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.scenario import ScenarioError, load_study
from sim.scenario.arms import lever_arms, switches
from sim.scenario.comparison import Study
from sim.study import Plan
from sim.study.errors import StudyError

WORDS = {"zh": "试验", "en": "trial"}
ARMS = [
    {"name": "before", "overrides": ["package=before_reform"]},
    {"name": "after", "overrides": ["package=proposed"]},
]
FREE = dict.fromkeys(("public_hours", "public_money", "social_cost"), WORDS)


def write(folder: Path, **changed: Any) -> str:
    """A small study as a file of the user's own; returns the setting that names its folder."""
    made = {
        "name": "trial", "label": WORDS, "description": WORDS, "question": WORDS, "source": "test",
        "common": ["community.residents=300", "years=1", "warmup_years=1"], "base": {"package": "before_reform"},
        "arms": ARMS, "baseline": "before", "replicates": 2, "equal": [], "differs": FREE,
        "indicators": ["welfare"], "charts": [],
    }  # fmt: skip
    text = yaml.safe_dump(
        {k: v for k, v in (made | changed).items() if v is not None}, allow_unicode=True, sort_keys=False
    )
    (folder / "study").mkdir(exist_ok=True)
    (folder / "study" / "trial.yaml").write_text(text, encoding="utf-8")
    return f"configs={folder}"


def load(folder: Path, *words: str, **changed: Any) -> Study:
    return load_study("trial", [write(folder, **changed), *words])


def test_a_choice_is_put_in_and_taken_out(tmp_path: Path) -> None:
    around = [
        {"arm": "before", "with": ["policy/gate=full_district", "package=proposed"]},
        {
            "arm": "after",
            "without": ["policy/gate=none"],
            "with": [{"label": WORDS, "set": ["policy.money.extra_posts=1"]}],
        },
    ]
    study = load(tmp_path, around=around)
    found = {(c.mechanism, c.around): (c.present, c.absent) for c in study.contrasts}
    assert found == {
        ("policy/gate=full_district", "before"): ("before_with_gate_full_district", "before"),
        ("package=proposed", "before"): ("after", "before"),  # an arm that is there already is not run twice
        ("policy/gate=full_district", "after"): ("after", "after_without_gate_full_district"),
        ("policy.money.extra_posts=1", "after"): ("after_with_extra_posts_1", "after"),
    }
    gate = study.arm("after_without_gate_full_district").scenario.policy.gate
    assert gate.name == "none" and study.arm("before_with_gate_full_district").scenario.policy.gate.gate
    assert {c.label.en for c in study.contrasts if c.mechanism.startswith("policy.money")} == {"trial"}
    assert "去掉" in study.arm("after_without_gate_full_district").label.zh
    other = study.arm("after_without_gate_full_district").scenario.policy.model_dump()
    same = study.arm("after").scenario.policy.model_dump()
    assert [k for k in same if same[k] != other[k]] == ["gate"]


@pytest.mark.parametrize(
    ("around", "words"),
    [
        ([{"arm": "nobody", "with": ["policy/gate=none"]}], "the arm 'nobody'"),
        ([{"arm": "before", "adding": ["policy/gate=none"]}], "no key 'adding'"),
        ([{"arm": "before", "with": ["seed=3"]}], "share it"),
        ([{"arm": "before", "with": "policy/gate=none"}], "must be a list"),
    ],
)
def test_a_switch_that_cannot_be_read_is_named(around: Any, words: str) -> None:
    with pytest.raises(ScenarioError, match=words):
        switches(around, ["before"], "here")


@pytest.mark.parametrize(
    ("around", "words"),
    [
        ([{"arm": "before", "with": ["policy/gate=none"]}], "changes nothing"),
        ([{"arm": "before", "with": ["policy/gate=open"]}], "no policy/gate called 'open'"),
    ],
)
def test_a_switch_that_makes_no_sense_is_named(tmp_path: Path, around: Any, words: str) -> None:
    with pytest.raises(ScenarioError, match=words):
        load(tmp_path, around=around)


def test_levers_make_all_combinations(tmp_path: Path) -> None:
    levers = {
        "kind": "factorial",
        "factors": {
            "structure": ["street_hierarchy", "one_plus_two"],
            "rules": {False: ["policy/gate=none"], True: ["policy/gate=full_district", "policy/tiers=two"]},
        },
    }
    study = load(tmp_path, arms=None, baseline=None, design={"levers": levers})
    assert [a.name for a in study.arms] == [
        "structure_street_hierarchy_rules_off",
        "structure_street_hierarchy_rules_on",
        "structure_one_plus_two_rules_off",
        "structure_one_plus_two_rules_on",
    ]
    assert study.baseline == "structure_street_hierarchy_rules_off"
    assert study.arms[3].scenario.policy.tiers.tiers == 2 and study.arms[3].scenario.structure.name == "one_plus_two"
    one = load(tmp_path, arms=None, baseline=None, design={"levers": {**levers, "kind": "oat"}})
    assert len(one.arms) == 3


@pytest.mark.parametrize(
    ("levers", "words"),
    [
        ({"kind": "sobol", "factors": {"structure": ["placebo", "one_plus_two"]}}, "levers.kind is 'sobol'"),
        ({"kind": "factorial", "factors": {"structure": ["placebo"]}}, "at least two levels"),
        ({"kind": "factorial", "factors": {"policy.tiers.tiers": [2, 3, 4]}}, "has 3"),
        ({"factors": {}}, "at least one lever"),
    ],
)
def test_levers_that_make_no_sense_are_named(levers: Any, words: str) -> None:
    with pytest.raises(ScenarioError, match=words):
        lever_arms(levers, "here")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The small study as plain data, composed once."""
    return load(tmp_path_factory.mktemp("plain")).to_dict()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"equal": ["public_hours"]}, "under equal and under differs"),
        ({"differs": {"public_hours": {**WORDS, "arms": ["nobody"]}}}, "which the study does not have"),
        ({"differs": {"hours": WORDS}}, "differs"),
        ({"differs": {"public_hours": {"zh": "缺英文"}}}, "en"),
        ({"tolerance": 2}, "tolerance"),
    ],
)
def test_what_a_study_says_about_budgets_is_checked(plain: dict[str, Any], changed: Any, words: str) -> None:
    with pytest.raises(ScenarioError, match=words):
        Study.from_dict({**plain, **changed})


def test_a_study_of_one_arm_is_a_study_without_comparison(tmp_path: Path) -> None:
    alone = load(tmp_path, arms=ARMS[:1])
    assert Plan.of(alone).runs == alone.replicates


def test_a_known_difference_that_nobody_declared_stops_the_study(tmp_path: Path) -> None:
    """Pay is known before anything runs; so are the hours of a dose."""
    others = {k: v for k, v in FREE.items() if k != "public_money"}
    with pytest.raises(StudyError, match="UNDECLARED DIFFERENCE: arm after"):
        Plan.of(load(tmp_path, differs=others)).check_budgets()
    dose = [ARMS[0], {"name": "dose", "overrides": ["package=before_reform", "policy.money.extra_posts=1"]}]
    money = {k: v for k, v in FREE.items() if k != "public_hours"}
    with pytest.raises(StudyError, match="EQUALITY FAILED"):
        Plan.of(load(tmp_path, arms=dose, equal=["public_hours"], differs=money)).check_budgets()
    allowed = {**money, "public_hours": {**WORDS, "arms": ["dose"]}}
    Plan.of(load(tmp_path, arms=dose, equal=["public_hours"], differs=allowed)).check_budgets()


@pytest.mark.parametrize("name", ["structures", "packages"])
def test_the_stated_studies_hold_together(name: str) -> None:
    Plan.of(load_study(name)).check_budgets()


@pytest.mark.slow
def test_the_ablation_study_holds_together() -> None:
    study = load_study("ablation")
    Plan.of(study).check_budgets()
    assert len(study.points) == 5 and len(study.contrasts) >= 40
    assert {s.community.residents for s in study.scenarios(4)} == {2000}
