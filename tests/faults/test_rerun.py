"""A stored run of the real model is run again by its id, with tables of single things, and gives the same values."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sim.cli.main import main
from sim.scenario import load_study
from sim.store import open_study
from sim.study import run

WORDS = ["community.residents=300", "years=1", "warmup_years=1", "replicates=2", "uncertainty=default"]


@pytest.fixture(autouse=True)
def no_real_indicators() -> None:
    """Instead of the small model's: here the real one runs."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run(load_study("packages", WORDS), tmp_path_factory.mktemp("real"), 1).folder


def test_a_stored_run_gives_the_same_values_again(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stored = open_study(folder).runs
    row = stored[(stored["arm"] != stored["arm"].iloc[0]) & (stored["replicate"] == 1)].iloc[-1]
    words = ["rerun", str(folder), f"id={row['run_id']}", "detail=cases", f"results_dir={tmp_path}", "lang=en"]
    assert main(words) == 0
    assert "the same as stored in all" in capsys.readouterr().out
    [place] = tmp_path.iterdir()
    cases = pq.read_table(place / "detail" / "cases.parquet")
    assert len(cases) > 10


def test_another_value_is_noticed(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A store whose rows were exchanged is found out."""
    from sim.store.folder import Folder
    from sim.store.parts import add_part

    rows = Folder(folder).read("runs")
    assert rows is not None
    place = rows.column_names.index("welfare")
    changed = rows.set_column(place, "welfare", rows["welfare"].combine_chunks()[::-1])
    other = tmp_path / "other"
    (other / "runs").mkdir(parents=True)
    for name in ("study.yaml", "provenance.json"):
        (other / name).write_bytes((folder / name).read_bytes())
    add_part(other, "runs", "all", iter([changed]))
    assert main(["rerun", str(other), f"id={rows['run_id'][0]}", f"results_dir={tmp_path / 'out'}", "lang=en"]) == 1
    assert "not the same as stored: welfare" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "names no run"),
        (["id=ffff0000ffff0000"], "no run begins with id=ffff"),
        (["id=abcdef", "workers=2"], "no option workers="),
    ],
)
def test_an_id_that_is_none_is_said(
    folder: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rerun", str(folder), *words, "lang=en"]) == 2
    assert said in capsys.readouterr().err
