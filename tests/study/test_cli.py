"""The study command and the demonstration's sentences: exit codes, clear words, nothing claimed beyond intervals."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from rich.console import Console
from study_fake import FakeScenario, simulate_arms, study

from sim.store import open_study
from sim.study import run
from sim.study.cli import main, main_resume, main_status, report
from sim.study.demo import sentences


def test_a_dry_run_prints_the_plan_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = {"results_dir": str(tmp_path / "out"), "dry_run": True, "workers": 2}
    assert main("structures", ["replicates=4"], options) == 0
    printed = capsys.readouterr().out
    assert "known before any run" in printed and "0.00%" in printed
    assert "x 4 replicates" in printed and "on disk" in printed and "nothing was written" in printed
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("name", "overrides", "options", "words"),
    [
        ("nonsense", [], {}, "nonsense"),
        ("structures", ["no_such_key=1"], {}, "no_such_key"),
        ("structures", [], {"workers": "many"}, "workers=many"),
        ("structures", [], {"workers": 0, "dry_run": True}, "workers=0"),
        ("structures", [], {"only": ["no_such_chart"]}, "no_such_chart"),
        ("structures", [], {"style": "baroque"}, "baroque"),
        ("structures", [], {"port": 80}, "no option port="),
        ("sobol", [], {"top": 3}, "from=DIR"),
        ("discovery", ["design.size=100000000"], {"dry_run": True}, "size of its design is 100000000"),
        ("structures", ["replicates=99999999"], {"dry_run": True}, "between 1 and 1,000,000, or auto"),
        ("structures", ["replicates=auto", "precision=welfare:0.1", "most=x"], {"dry_run": True}, "most is 'x'"),
        ("structures", ["replicates=auto", "precision=welfar:0.1"], {"dry_run": True}, "did you mean 'welfare'"),
        ("sobol", [], {"from": "nowhere", "top": 3}, "there is no folder nowhere"),
        ("sobol", ["design.factors=[a]"], {"from": "nowhere"}, "give one of them"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    overrides: list[str],
    options: dict[str, Any],
    words: str,
) -> None:
    assert main(name, overrides, {"results_dir": str(tmp_path / "out"), **options}) == 2
    printed = capsys.readouterr().err
    assert printed.startswith("gongzhi: ") and words in printed and "Traceback" not in printed
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", [main_status, main_resume])
def test_what_is_no_study_is_exit_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str], command: Any) -> None:
    assert command(str(tmp_path)) == 2
    assert "not the folder of a study" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_report_says_what_the_interval_means(tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str) -> None:
    summary = run(study(5), tmp_path, 1, simulate=simulate_arms)
    assert report(summary, Console(), {"charts": False, "lang": lang}) == 0
    printed = capsys.readouterr().out
    assert {"en": "uncalibrated; interval over seeds only", "zh": "未校准；区间仅反映随机种子"}[lang] in printed
    assert "solved" in printed and str(summary.folder) in printed


def test_one_run_of_each_arm_draws_nothing_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    summary = run(study(1), tmp_path, 1, simulate=simulate_arms)
    assert report(summary, Console(), {"lang": "en"}) == 0
    assert f"to draw them: gongzhi charts {summary.folder}" in capsys.readouterr().out
    assert not (summary.folder / "charts").exists()


def test_failed_runs_and_budgets_show_in_the_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = study(3, base=FakeScenario(), bad=FakeScenario(behaviour="raise 1"))
    assert report(run(bad, tmp_path, 1, simulate=simulate_arms), Console(), {"charts": False}) == 1
    assert "the lift is stuck" in capsys.readouterr().out
    unequal = dataclasses.replace(study(3), equal=("social_cost",))
    assert report(run(unequal, tmp_path, 1, simulate=simulate_arms), Console(), {"charts": False}) == 1
    assert "EQUALITY FAILED" in capsys.readouterr().out


def stored(welfare: list[tuple[float, float, float]], closed: tuple[float, float, float]) -> Any:
    arms = [f"arm{k}" for k in range(len(welfare))]
    rows = [(a, "welfare", *w) for a, w in zip(arms, welfare, strict=True)] + [(arms[-1], "closed_share", *closed)]
    return SimpleNamespace(
        arms=["base", *arms],
        study={"baseline": "base"},
        effects=pd.DataFrame(rows, columns=["arm", "indicator", "difference", "ci_low", "ci_high"]),
        arm_label=lambda name, lang: name,
    )


def test_sentences_claim_no_more_than_the_intervals() -> None:
    nan = float("nan")
    clear, unclear = (0.03, 0.01, 0.05), (0.03, -0.01, 0.07)
    one, two, three = sentences(
        {"structures": stored([clear, unclear], clear), "packages": stored([unclear, unclear], (0.2, nan, nan))}, "en"
    )
    assert "1 can be told" in one and "most of all arm0 (+3.00 points, 95% interval +1.00 to +5.00); 1 cannot" in one
    assert "none can be told" in two
    assert "could not be compared" in three and "cannot be told" in three
    assert "+20" not in three
    for text in sentences({"structures": stored([clear], clear), "packages": stored([clear], unclear)}, "zh"):
        assert "{" not in text and "95% 区间" in text


def test_sentences_come_from_a_stored_study(tmp_path: Path) -> None:
    made = open_study(run(study(4), tmp_path, 1, simulate=simulate_arms).folder)
    said = sentences({"structures": made, "packages": made})
    assert len(said) == 3 and "none can be told" in said[0]
