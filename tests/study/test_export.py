"""Stored tables in other programs' forms hold the stored values."""

from __future__ import annotations

import dataclasses
import json
import runpy
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from study_fake import FakeScenario, FakeStudy, simulate_arms, study

from sim.cli.main import main
from sim.store import StoreError, open_study
from sim.store.export import FORMATS, export
from sim.study import run

ROOT = Path(__file__).parents[2]
DESIGN = {
    "kind": "lhs", "size": 3, "seed": 0,
    "factors": [{"key": "x", "low": 0.0, "high": 4.0}, {"key": "rules.firm", "values": ["usual", "least_effort"]}],
}  # fmt: skip
POINTS = [{"x": x, "rules.firm": rule} for x, rule in ((1.0, "usual"), (2.0, "least_effort"), (4.0, "usual"))]


@dataclasses.dataclass(frozen=True)
class Point:
    values: dict[str, object]


@dataclasses.dataclass(frozen=True)
class Varied(FakeStudy):
    points: tuple[Point, ...] = tuple(Point(v) for v in POINTS)
    design: object = dataclasses.field(default_factory=lambda: DESIGN)

    def scenarios(self, point: int = 0) -> tuple[FakeScenario, ...]:
        return FakeScenario(), FakeScenario(shift=float(str(self.points[point].values["x"])), behaviour="raise 9")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    plain = study(2, base=FakeScenario(), better=FakeScenario(shift=0.1))
    made = Varied(**{f.name: getattr(plain, f.name) for f in dataclasses.fields(plain)})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.study.plan.MODEL_VERSION", "0123456789ab")
        patch.setattr("sim.study.finish.registered_indicators", dict)
        return run(made, tmp_path_factory.mktemp("store"), 1, simulate=simulate_arms).folder


def test_csv_holds_every_row(folder: Path, tmp_path: Path) -> None:
    stored = open_study(folder)
    files = {p.name for p in export(stored, ["csv"], tmp_path)}
    assert files == {"runs.csv", "series.csv", "tallies.csv", "effects.csv", "points.csv"}
    again = pd.read_csv(tmp_path / "runs.csv", keep_default_na=False, na_values=["nan", ""])
    np.testing.assert_array_equal(again["solved"], stored.runs["solved"])
    assert list(again["run_id"].astype(str)) == list(stored.runs["run_id"])
    assert len(pd.read_csv(tmp_path / "series.csv")) == len(stored.series)


def test_a_workbook_opens_with_every_sheet(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter", reason="XlsxWriter is not installed: pip install 'gongzhi[office]'")
    [book] = export(open_study(folder), ["xlsx"], tmp_path)
    with zipfile.ZipFile(book) as inside:
        text = inside.read("xl/workbook.xml").decode()
        sheet = inside.read("xl/worksheets/sheet4.xml").decode()
    assert all(f'name="{name}"' in text for name in ("about", "effects", "points", "runs", "indicators"))
    assert sheet.count("<row ") == 1 + 12 and repr(float(open_study(folder).runs["solved"][0]))[:12] in sheet


def test_salib_reads_problem_sample_and_outcomes(folder: Path, tmp_path: Path) -> None:
    export(open_study(folder), ["salib"], tmp_path)
    place = tmp_path / "salib"
    problem = json.loads((place / "problem.json").read_text(encoding="utf-8"))
    assert problem["names"] == ["x", "rules.firm"] and problem["bounds"] == [[0.0, 4.0], [0.0, 1.0]]
    x = np.loadtxt(place / "X.csv", delimiter=",", skiprows=1)
    np.testing.assert_array_equal(x, [[1.0, 0.0], [2.0, 1.0], [4.0, 0.0]])
    y = pd.read_csv(place / "Y_better.csv")
    runs = open_study(folder).runs
    means = runs[runs["arm"] == "better"].groupby("point")["solved"].mean()
    np.testing.assert_allclose(y["solved"], means, rtol=1e-12)
    assert y["solved"][2] - y["solved"][0] == pytest.approx(3.0)


@pytest.mark.filterwarnings("ignore")  # EMA workbench's own, where it is installed
def test_ema_workbench_reads_its_archive(folder: Path, tmp_path: Path) -> None:
    [archive] = export(open_study(folder), ["ema"], tmp_path)
    runs = open_study(folder).runs
    with tarfile.open(archive) as inside:
        names = inside.getnames()
        experiments = pd.read_csv(inside.extractfile("experiments.csv"))  # type: ignore[arg-type]
        solved = np.loadtxt(inside.extractfile("solved.csv"))  # type: ignore[arg-type]
    assert names[:2] == ["metadata.json", "experiments.csv"]
    np.testing.assert_array_equal(solved, runs["solved"])
    assert list(experiments["policy"]) == list(runs["arm"]) and set(experiments["x"]) == {1.0, 2.0, 4.0}
    if not _has("ema_workbench"):
        return
    from ema_workbench import load_results

    table, outcomes = load_results(str(archive))
    np.testing.assert_array_equal(outcomes["solved"], runs["solved"])
    assert set(table["rules.firm"]) == {"usual", "least_effort"}


def _has(module: str) -> bool:
    import importlib.util

    return importlib.util.find_spec(module) is not None


def test_the_command_writes_beside_the_study(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(folder), "format=csv,ema", "lang=en"]) == 0
    assert (folder / "export" / "runs.csv").exists() and "written:" in capsys.readouterr().out
    assert main(["export", str(folder), "format=docx"]) == 2
    assert "csv, xlsx, salib, ema" in capsys.readouterr().err
    assert main(["export", str(folder), "workers=2"]) == 2


def test_what_cannot_be_exported_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = open_study(run(study(2), tmp_path, 1, simulate=simulate_arms).folder)
    with pytest.raises(StoreError, match="varies no factors"):
        export(stored, ["salib"], tmp_path / "out")
    monkeypatch.setattr("sim.store.export.SHEET_ROWS", 3)
    with pytest.raises(StoreError, match="take format=csv"):
        export(stored, ["xlsx"], tmp_path / "out")
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(StoreError, match=r"gongzhi\[office\]"):
        export(stored, ["xlsx"], tmp_path / "out")
    assert set(FORMATS) == {"csv", "xlsx", "salib", "ema"}


def test_the_example_script_reads_a_study(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = ROOT / "docs" / "examples" / "read_a_study.py"
    before = sys.argv
    try:
        sys.argv = [str(script), str(folder)]
        runpy.run_path(str(script), run_name="__main__")
    finally:
        sys.argv = before
    printed = capsys.readouterr().out
    assert "12 runs of 2 arms" in printed and "solved" in printed and "better" in printed
    assert subprocess.run([sys.executable, "-m", "compileall", "-q", str(script)]).returncode == 0
