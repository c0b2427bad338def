"""What an arm changes from a week on: plain data, the same scenario as the shock that it stands for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.scenario import Study, load_study
from sim.vocabulary.errors import ScenarioError


def study(folder: Path, **arm: Any) -> Study:
    """A study of one arm beside the baseline."""
    words = {"zh": "试", "en": "trial"}
    stated = {
        "name": "trial", "label": words, "description": words, "question": words, "source": "A07",
        "common": ["community.residents=300", "years=1"], "base": {"package": "before_reform"},
        "arms": [{"name": "usual", "overrides": []}, {"name": "later", **arm}], "baseline": "usual", "replicates": 1,
        "equal": [], "differs": {}, "indicators": ["welfare"], "charts": [],
    }  # fmt: skip
    (folder / "study").mkdir(exist_ok=True)
    (folder / "study" / "trial.yaml").write_text(yaml.safe_dump(stated), encoding="utf-8")
    return load_study("trial", configs=folder)


def test_is_the_shock_that_it_stands_for(tmp_path: Path) -> None:
    made = study(tmp_path, from_week={104: {"parameters.patience.anger": 0.0}, 110: {"policy.gate.gate": True}})
    events = (
        "[{week: 0, key: parameters.patience.anger, value: 0.0}, {week: 6, key: policy.gate.gate, value: true}]"
    )
    same = study(tmp_path, overrides=["shock=custom", "shock.start=104", f"shock.events={events}"])
    assert made.arms[1].scenario.hash == same.arms[1].scenario.hash != made.arms[0].scenario.hash
    assert made.arms[1].overrides == same.arms[1].overrides


@pytest.mark.parametrize(
    ("arm", "told"),
    [
        ({"from_week": {"104": {"parameters.patience.anger": 0.0}}}, "arm later must be a mapping of weeks"),
        ({"from_week": {104: ["parameters.patience.anger"]}}, "such as {104: {parameters.patience.anger: 0.0}}"),
        ({"from_week": {104: {"parameters.patience.angry": 0.0}}}, "there is no key 'parameters.patience.angry'"),
        ({"from_week": {104: {"demand.all": 2.0}}, "overrides": ["shock=custom"]}, "from_week and sets a shock too"),
        ({"from_weeks": {}}, "did you mean 'from_week'"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, arm: dict[str, Any], told: str) -> None:
    with pytest.raises(ScenarioError) as failed:
        study(tmp_path, **arm)
    assert told in str(failed.value), failed.value
