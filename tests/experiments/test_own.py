"""A hypothesis of one's own: it is listed, shown and judged like the others; what is wrong with it is one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.cli.main import main
from sim.scenario import experiments

PAGE = Path(__file__).resolve().parents[2] / "docs" / "studies.md"
pytestmark = pytest.mark.skipif(not PAGE.is_file(), reason="needs the source checkout")
# the example of the page, so that it is one that works
OWN = PAGE.read_text(encoding="utf-8").partition("```python\n")[2].partition("```")[0] if PAGE.is_file() else ""


def line(text: str) -> int:
    """Number of the line of the example that begins so."""
    return next((n for n, own in enumerate(OWN.splitlines(), 1) if own.startswith(text)), 0)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(experiments, "experiments_dir", lambda: tmp_path)
    experiments.experiment.cache_clear()
    yield tmp_path
    experiments.experiment.cache_clear()


def test_is_listed_shown_and_judged(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "seats.py").write_text(OWN, encoding="utf-8")
    for words in (["list", "experiments", "lang=en"], ["list", "studies", "lang=en"]):
        assert main(words) == 0
        assert "once the station has a seat?" in capsys.readouterr().out
    assert main(["show", "experiment", "seats", "lang=en"]) == 0
    text = capsys.readouterr().out
    assert "more problems are solved" in text and "a seat - no seat" in text
    assert "+0.01" in text and "trust falls" in text
    assert main(["show", "study", "seats", "lang=en"]) == 0
    text = capsys.readouterr().out
    assert "shock.start=104" in text and "parameters.patience.anger" in text
    small = ["community.residents=300", "years=1", "replicates=2", "workers=1", "community=commercial", "lang=en"]
    assert main(["study", "seats", *small, f"results_dir={tmp_path / 'results'}"]) == 0
    assert "Y13: Fewer than 5 members" in capsys.readouterr().out


RETURNED = "    return Reading("
WRONG = [
    ("def verdict(", "def judge(", "there is no function verdict(runs)"),
    ("QUESTION = ", "QUERY = ", "QUESTION is missing; a hypothesis states LABEL, CLAIMS, QUESTION"),
    ('("Y13", "K1")', '("K1",)', "it must name a hypothesis, such as"),
    ('("Y13", "K1")', '"Y13"', "CLAIMS is 'Y13'; it must be a list of names"),
    ("STUDY = compared(", "STUDY = str(", "must run without an error"),
    ("CHART = ", "CHART = 1 / 0  #", f"seats.py, line {line('CHART')}: ZeroDivisionError: division by zero"),
    ("-> Reading:", "-> Reading", f"seats.py, line {line('def verdict')}: SyntaxError"),
    (RETURNED, "    raise RuntimeError('no')\n" + RETURNED, f"line {line(RETURNED)}: verdict(runs) fails with Runt"),
    (RETURNED, "    return 3\n" + RETURNED, "fails with TypeError: 'int' object is not iterable"),
    (RETURNED, "    return 'yes'\n" + RETURNED, "gives back is ('y', 'e', 's'); it must be a Reading"),
    (RETURNED, "    raise SystemExit('enough')\n" + RETURNED, "verdict(runs) fails with SystemExit: enough"),
    ("by=0.01", "by=0.0", "smallest effect of interest (by=) is not above 0"),
    ("rule=Rule(", "rule=Break(", "gives back has a wrong rule; it must be made of Rule"),
    ('"trust falls"', '""', "not said in both languages"),
    (" < 0.0", "", "has a condition trust that is not true or false for each archetype"),
]


@pytest.mark.parametrize(("right", "wrong", "told"), WRONG)
def test_what_is_wrong_is_named_before_anything_runs(
    folder: Path, capsys: pytest.CaptureFixture[str], right: str, wrong: str, told: str
) -> None:
    text = OWN.replace(right, wrong, 1)
    assert text != OWN
    (folder / "seats.py").write_text(text, encoding="utf-8")
    for words in (["study", "seats", f"results_dir={folder / 'results'}"], ["show", "experiment", "seats"]):
        assert main(words) == 2
        said = capsys.readouterr().err
        assert told in said and "seats.py" in said and "Traceback" not in said
        assert said.count("\n") == 1
    assert not (folder / "results").exists()


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('more(solved, "seat"', 'more(solved, "seats"', "there is no arm called 'seats'; did you mean 'seat'"),
        ('"seat_cool", "without_cool"', '"seat_col", "without"', "there is no arm called 'seat_col'"),
        ('runs.of("trust")', 'runs.of("trusts")', "there is no indicator called 'trusts'; did you mean 'trust'"),
        ('CHART = ', 'TRACE = ["heet"]\nCHART = ', "there is no indicator called 'heet'; did you mean 'heat'"),
    ],
)
def test_a_name_that_there_is_not_is_said_before_anything_runs(
    folder: Path, capsys: pytest.CaptureFixture[str], right: str, wrong: str, told: str
) -> None:
    assert right in OWN
    (folder / "seats.py").write_text(OWN.replace(right, wrong, 1), encoding="utf-8")
    assert main(["study", "seats", "community=commercial", f"results_dir={folder / 'results'}"]) == 2
    assert told in capsys.readouterr().err
    assert not (folder / "results").exists()


def test_two_files_of_one_name_are_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "seats.py").write_text(OWN, encoding="utf-8")
    (folder / "seats.yaml").write_text("name: seats", encoding="utf-8")
    assert main(["study", "seats"]) == 2
    assert "both called seats; take one of them away" in capsys.readouterr().err


def test_a_program_is_not_run_unless_it_is_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nor is one outside the folder, whatever name is given."""
    (folder / "seats.py").write_text(OWN, encoding="utf-8")
    (folder / "loud.py").write_text("raise RuntimeError('run')", encoding="utf-8")
    outside = folder.parent / "outside.py"
    outside.write_text("raise RuntimeError('run')", encoding="utf-8")
    assert main(["show", "experiment", "seats"]) == 0
    assert main(["study", "seats", "dry_run=true", "community=commercial"]) == 0
    assert "RuntimeError" not in capsys.readouterr().err
    assert main(["study", "../outside"]) == 2
    assert "no study called '../outside'" in capsys.readouterr().err
    assert main(["list", "experiments"]) == 2
    assert "loud.py, line 1: RuntimeError: run; it must run without an error" in capsys.readouterr().err
