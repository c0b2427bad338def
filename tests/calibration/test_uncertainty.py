"""What a study draws: accepted sets by replicate, the same for all arms; what it states itself is not drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.identity import MODEL_VERSION
from sim.scenario import ScenarioError, load_study
from sim.study.basis import basis, said_before
from sim.study.plan import Plan, Unit
from sim.study.worker import drawn

SMALL = ["community.residents=300", "years=1", "warmup_years=1", "replicates=5"]


def files(folder: Path, version: str, sets: str = "set,heat.kept,speaking.noise\n0,0.91,0.5\n1,0.93,0.6\n") -> str:
    (folder / "calibration").mkdir()
    (folder / "calibration" / "accepted.csv").write_text(sets, encoding="utf-8")
    (folder / "calibration" / "accepted.yaml").write_text(
        f"model_version: {version}\npatterns: [C1, C2, C3]\npassed: [C1, C3]\nera: '2012'\ncommunity: commercial\n",
        encoding="utf-8",
    )
    return f"configs={folder}"


def test_a_replicate_draws_one_set_for_all_arms(tmp_path: Path) -> None:
    study = load_study("packages", [*SMALL, files(tmp_path, MODEL_VERSION)])
    plan = Plan.of(study)
    units = list(plan.units())
    assert [dict(u.numbers)["heat.kept"] for u in units] == [0.91, 0.93, 0.91, 0.93, 0.91]
    for arm in plan.points[0][1]:
        scenario = drawn(arm, units[1])
        assert scenario.replicate == 1 and scenario.parameters["heat"]["kept"] == 0.93
        assert scenario.parameters["heat"].keys() == arm.parameters["heat"].keys()
    first = load_study("packages", [*SMALL, "uncertainty=default", f"configs={tmp_path}"])
    assert Plan.of(first).run_id(0, 0, 1) != plan.run_id(0, 0, 1)
    assert (
        basis({**study.to_dict(), "model_version": MODEL_VERSION}, "en", False)
        == "calibrated to C1, C3 of 3 patterns (era 2012, commercial housing community); "
        "interval over seeds and parameters"
    )


def test_sets_of_another_version_are_drawn_only_when_asked_for_and_say_so(tmp_path: Path) -> None:
    where = files(tmp_path, "0123456789ab")
    left = load_study("packages", [*SMALL, where]).uncertainty
    assert left.kind == "default" and not left.sets
    words = said_before(left)
    assert "belong to model version 0123456789ab" in words and "so the stated values are used" in words
    assert "gongzhi calibrate" in words and "uncertainty=accepted" in words, "the way out"
    asked = load_study("packages", [*SMALL, where, "uncertainty=accepted"])
    text = basis({**asked.to_dict(), "model_version": MODEL_VERSION}, "en", False)
    assert text.startswith("uncalibrated: parameter sets accepted on model version 0123456789ab, not on this one")
    assert "are drawn because the study says so" in said_before(asked.uncertainty)


def test_what_a_study_stands_on_is_said_only_where_something_is_amiss(tmp_path: Path) -> None:
    drawn_sets = load_study("packages", [*SMALL, files(tmp_path, MODEL_VERSION)]).uncertainty
    assert said_before(drawn_sets) == ""
    stated = load_study("packages", [*SMALL, f"configs={tmp_path}", "uncertainty=default"]).uncertainty
    assert said_before(stated).endswith("uncertainty=accepted draws the accepted parameter sets")


def test_what_the_study_states_is_not_drawn(tmp_path: Path) -> None:
    study = load_study("packages", [*SMALL, files(tmp_path, MODEL_VERSION), "parameters.heat.kept=0.95"])
    assert study.uncertainty.stated == ("heat.kept",) and "heat.kept" not in study.uncertainty.of(0)
    unit = Unit(0, 0, (0,), False, study.uncertainty.of(0))
    assert drawn(study.arms[0].scenario, unit).parameters["heat"]["kept"] == 0.95
    text = basis({**study.to_dict(), "model_version": MODEL_VERSION}, "en", False)
    assert text.startswith("uncalibrated: 1 of the calibrated parameters")


@pytest.mark.parametrize(
    ("sets", "words"),
    [
        ("set,heat.kept\n0,9\n", "it must lie between"),
        ("set,heat.no_such\n0,1\n", "there is no parameter 'heat.no_such'"),
        ("set,heat.kept\n0,much\n", "it must be a number"),
        ("set,heat.kept\n", "there is no parameter set"),
    ],
)
def test_bad_sets_are_refused_in_one_sentence(tmp_path: Path, sets: str, words: str) -> None:
    where = files(tmp_path, MODEL_VERSION, sets)
    with pytest.raises(ScenarioError, match=words):
        load_study("packages", [*SMALL, where])


def test_another_word_is_refused() -> None:
    with pytest.raises(ScenarioError, match="uncertainty is 'some'; it can be accepted, default"):
        load_study("packages", [*SMALL, "uncertainty=some"])
