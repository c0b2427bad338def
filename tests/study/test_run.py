"""A study runs whole, in any number of processes, through failures and kills, and is finished after a stop."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
import yaml
from study_fake import FakeScenario, FakeStudy, simulate_arms, study

from sim.store import StoreError, open_study
from sim.store.parts import checksum
from sim.study import Plan, StudyError, resume, run, status


def files(folder: Path, *tables: str) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for t in tables for p in sorted((folder / t).iterdir())}


def whole_part(folder: Path, table: str) -> Path:
    [part] = (folder / table).glob("all.*.parquet")
    return part


def without_execution(runs: pd.DataFrame) -> pd.DataFrame:
    return runs[[c for c in runs.columns if not c.startswith("exec_")]]


def same(a: Path, b: Path) -> None:
    one, two = open_study(a), open_study(b)
    pd.testing.assert_frame_equal(without_execution(one.runs), without_execution(two.runs), check_exact=True)
    assert files(a, "series", "tallies") == files(b, "series", "tallies")
    assert (a / "effects.csv").read_bytes() == (b / "effects.csv").read_bytes()


def test_one_and_two_workers_give_the_same_bits(tmp_path: Path) -> None:
    one = run(study(12), tmp_path, 1, simulate=simulate_arms)
    two = run(study(12), tmp_path, 2, simulate=simulate_arms)
    assert one.folder != two.folder and one.complete and two.complete
    same(one.folder, two.folder)
    part = whole_part(two.folder, "runs")
    assert part.name == f"all.{checksum(part)}.parquet"


def test_what_a_folder_holds(tmp_path: Path) -> None:
    summary = run(study(4), tmp_path, 1, simulate=simulate_arms, overrides=("replicates=4",))
    stored = open_study(summary.folder)
    assert stored.arms == ["base", "better", "same"]
    assert list(stored.runs["arm"]) == ["base"] * 4 + ["better"] * 4 + ["same"] * 4
    assert list(stored.runs["replicate"][:4]) == [0, 1, 2, 3]
    assert stored.runs["run_id"].str.fullmatch("[0-9a-f]{16}").all()
    assert {"budget_public_hours", "exec_seconds", "solved"} <= set(stored.runs.columns)
    weeks = stored.series.groupby(["arm", "replicate"])["week"]
    assert (weeks.min() == -52).all() and (weeks.max() == 51).all() and (weeks.size() == 104).all()
    assert stored.query("select count(*) as n from runs where status = 'ok'")["n"][0] == 12
    assert stored.provenance["overrides"] == ["replicates=4"]
    assert stored.provenance["executions"][0]["workers"] == 1
    effects = stored.effects
    assert (summary.folder / "effects.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert (effects.loc[effects["arm"] == "same", "difference"].dropna() == 0).all()
    better = effects[(effects["arm"] == "better") & (effects["indicator"] == "solved")].iloc[0]
    assert better["difference"] == pytest.approx(0.1) and better["n"] == 4
    assert effects.loc[effects["indicator"] == "nothing", "n"].eq(0).all()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_that_raises_is_recorded_and_the_rest_goes_on(tmp_path: Path, workers: int) -> None:
    made = study(5, base=FakeScenario(), bad=FakeScenario(behaviour="raise 3"), good=FakeScenario(shift=0.2))
    summary = run(made, tmp_path, workers, simulate=simulate_arms)
    assert summary.statuses == {"ok": 14, "failed": 1}
    runs = open_study(summary.folder).runs
    failed = runs[runs["status"] == "failed"].iloc[0]
    assert (failed["arm"], failed["replicate"]) == ("bad", 3)
    assert "RuntimeError: the lift is stuck" in failed["message"]
    assert "the lift is stuck" in summary.messages[0]
    effects = open_study(summary.folder).effects
    assert effects[effects["indicator"] == "solved"].set_index("arm")["n"].to_dict() == {"bad": 4, "good": 5}


def test_a_run_that_kills_its_worker_is_found(tmp_path: Path) -> None:
    made = study(6, base=FakeScenario(), poison=FakeScenario(behaviour="kill 2"), good=FakeScenario(shift=0.2))
    summary = run(made, tmp_path, 2, simulate=simulate_arms)
    assert summary.statuses == {"ok": 17, "crashed": 1}
    runs = open_study(summary.folder).runs
    crashed = runs[runs["status"] == "crashed"].iloc[0]
    assert (crashed["arm"], crashed["replicate"]) == ("poison", 2)


def test_a_worker_killed_from_outside_costs_nothing(tmp_path: Path) -> None:
    once = study(6, base=FakeScenario(), other=FakeScenario(behaviour=f"kill-once 1 {tmp_path / 'seen'}"))
    summary = run(once, tmp_path, 2, simulate=simulate_arms)
    assert (tmp_path / "seen").exists()
    assert summary.statuses == {"ok": 12}


def test_a_worker_that_leaves_is_a_failure_not_the_end(tmp_path: Path) -> None:
    made = study(4, base=FakeScenario(), other=FakeScenario(behaviour="exit 1"))
    summary = run(made, tmp_path, 2, simulate=simulate_arms)
    assert summary.recorded == 8
    assert summary.statuses.get("failed", 0) >= 1 and summary.statuses["ok"] >= 6


SCRIPT = """
import signal
import sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have started the tests with it ignored
sys.path.insert(0, {here!r})
from study_fake import FakeScenario, simulate_arms, study
import sim.study.conduct as module
import sim.study.plan
import sim.study.recorder
from sim.study import Stopped

if __name__ == "__main__":
    sim.study.recorder.FLUSH_SECONDS = 0.2
    sim.study.plan.MODEL_VERSION = "0123456789ab"
    made = study(40, base=FakeScenario(behaviour="slow 0.05"), other=FakeScenario(shift=0.1))
    try:
        module.run(made, {results!r}, {workers}, simulate=simulate_arms)
    except Stopped as stop:
        print(stop)
        sys.exit(130)
"""


def start(tmp_path: Path, workers: int) -> subprocess.Popen[str]:
    script = tmp_path / "script.py"
    here, results = str(Path(__file__).parent), str(tmp_path / "out")
    text = textwrap.dedent(SCRIPT).format(here=here, results=results, workers=workers)
    script.write_text(text, encoding="utf-8")
    root = str(Path(__file__).parents[2])
    process = subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": root}
    )
    deadline = time.monotonic() + 60
    while not list((tmp_path / "out").glob("*/runs/part-*.parquet")):
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.05)
    return process


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(("how", "workers"), [("KILL", 2), ("INT", 2), ("INT", 1)])
def test_a_stop_in_the_middle_keeps_what_is_recorded(tmp_path: Path, how: str, workers: int) -> None:
    process = start(tmp_path, workers)
    process.send_signal(getattr(signal, f"SIG{how}"))
    output = process.communicate(timeout=60)[0]
    assert process.returncode == (-signal.SIGKILL if how == "KILL" else 130), output
    [folder] = (tmp_path / "out").iterdir()
    (folder / "runs" / "part-000099.parquet.1.partial").write_bytes(b"half a par")
    before = open_study(folder)
    assert 0 < len(before.runs) < 80
    assert not status(folder, FakeStudy).complete
    with pytest.raises(StoreError, match="gongzhi resume"):
        _ = before.effects
    kept = before.runs.set_index(["arm", "replicate"])["exec_seconds"]
    summary = resume(folder, 1, study_type=FakeStudy, simulate=simulate_arms)
    assert summary.statuses == {"ok": 80}
    after = open_study(folder).runs.set_index(["arm", "replicate"])["exec_seconds"]
    assert after.loc[kept.index].equals(kept), "recorded runs were computed again"
    assert not list(folder.rglob("*.partial"))
    whole = study(40, base=FakeScenario(behaviour="slow 0.05"), other=FakeScenario(shift=0.1))
    fast = dataclasses.replace(whole)
    same(folder, run(fast, tmp_path / "whole", 2, simulate=simulate_arms).folder)


def test_a_script_without_a_guard_is_told_so(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    here, results = str(Path(__file__).parent), str(tmp_path / "out")
    script.write_text(
        f"import sys\nsys.path.insert(0, {here!r})\nfrom study_fake import *\nfrom sim.study import run\n"
        f"run(study(4), {results!r}, 2, simulate=simulate_arms)\n",
        encoding="utf-8",
    )
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": root},
        timeout=60,
    )
    assert done.returncode == 1
    assert "if __name__ == '__main__':" in done.stderr.splitlines()[-1]
    assert not any((tmp_path / "out").iterdir())


def test_resume_of_a_finished_study_runs_nothing(tmp_path: Path) -> None:
    first = run(study(3), tmp_path, 1, simulate=simulate_arms)
    before = files(first.folder, "runs", "series", "tallies")

    def refuse(scenarios: list[Any]) -> list[Any]:
        raise AssertionError("nothing is missing")

    again = resume(first.folder, 1, study_type=FakeStudy, simulate=refuse)
    assert again.statuses == {"ok": 9}
    assert files(first.folder, "runs", "series", "tallies") == before


def test_repair_repeats_what_failed(tmp_path: Path) -> None:
    made = study(3, base=FakeScenario(), bad=FakeScenario(behaviour="raise 1"))
    first = run(made, tmp_path, 1, simulate=simulate_arms)
    assert resume(first.folder, 1, study_type=FakeStudy, simulate=simulate_arms).statuses == {"ok": 5, "failed": 1}

    def mended(scenarios: list[Any]) -> list[Any]:
        return simulate_arms([s.at(behaviour="") for s in scenarios])

    assert resume(first.folder, 1, repair=True, study_type=FakeStudy, simulate=mended).statuses == {"ok": 6}


@pytest.mark.parametrize("table", ["runs", "series", "tallies"])
def test_repair_computes_what_is_damaged(tmp_path: Path, table: str) -> None:
    first = run(study(3), tmp_path, 1, simulate=simulate_arms)
    whole = files(first.folder, "series", "tallies")
    whole_part(first.folder, table).write_bytes(b"not parquet")
    with pytest.raises(StoreError, match="repair=true"):
        resume(first.folder, 1, study_type=FakeStudy, simulate=simulate_arms)
    assert resume(first.folder, 1, repair=True, study_type=FakeStudy, simulate=simulate_arms).statuses == {"ok": 9}
    # a damaged part stays beside the mended one under another name
    assert {k: v for k, v in files(first.folder, "series", "tallies").items() if not k.endswith(".damaged")} == whole
    assert len(open_study(first.folder).runs) == 9


def test_a_study_in_which_everything_fails(tmp_path: Path) -> None:
    made = study(1, base=FakeScenario(behaviour="raise 0"), other=FakeScenario(behaviour="raise 0"))
    summary = run(made, tmp_path, 1, simulate=simulate_arms)
    assert summary.statuses == {"failed": 2} and len(open_study(summary.folder).effects) == 0


def test_resume_refuses_another_model_version(tmp_path: Path) -> None:
    folder = run(study(2), tmp_path, 1, simulate=simulate_arms).folder
    text = (folder / "study.yaml").read_text(encoding="utf-8")
    version = open_study(folder).study["model_version"]
    (folder / "study.yaml").write_text(text.replace(version, "f" * 12), encoding="utf-8")
    with pytest.raises(StudyError, match="model version"):
        resume(folder, 1, study_type=FakeStudy, simulate=simulate_arms)


def redefined(folder: Path, **others: str | None) -> None:
    """Let a study have been begun when some indicators were defined otherwise, or (None) were not there."""
    path = folder / "study.yaml"
    held = yaml.safe_load(path.read_text(encoding="utf-8"))
    for name, value in others.items():
        held["definitions"].pop(name)
        if value is not None:
            held["definitions"][name] = value
    path.write_text(yaml.safe_dump(held, allow_unicode=True, sort_keys=False), encoding="utf-8")


def test_resume_refuses_an_indicator_that_is_defined_otherwise_and_names_it(tmp_path: Path) -> None:
    folder = run(study(2), tmp_path, 1, simulate=simulate_arms).folder
    redefined(folder, welfare="00000000")
    with pytest.raises(StudyError, match="welfare had another definition"):
        resume(folder, 1, study_type=FakeStudy, simulate=simulate_arms)


def test_an_indicator_that_came_later_does_not_stand_in_some_runs_and_not_in_others(tmp_path: Path) -> None:
    failing = study(3, base=FakeScenario(), other=FakeScenario(behaviour="raise 1"))
    folder = run(failing, tmp_path, 1, simulate=simulate_arms).folder
    redefined(folder, welfare=None)

    def with_welfare(scenarios: list[Any]) -> list[Any]:
        results = simulate_arms([s.at(behaviour="") for s in scenarios])
        for result in results:
            result.indicators.update(welfare=0.5, welfare_steady=0.4)
        return results

    summary = resume(folder, 1, repair=True, study_type=FakeStudy, simulate=with_welfare)
    runs = open_study(folder).runs
    assert summary.statuses == {"ok": 6} and "solved" in runs
    assert not {"welfare", "welfare_steady"} & set(runs.columns)


def test_ids_depend_on_scenario_and_replicate_only() -> None:
    plan = Plan.of(study(3))
    assert plan.run_id(0, 0, 1) == plan.run_id(0, 2, 1)  # base and same are the same scenario
    assert len({plan.run_id(0, arm, r) for arm in (0, 1) for r in range(3)}) == 6
    assert plan.run_id(0, 1, 2) == Plan.of(study(30)).run_id(0, 1, 2)


def test_units_leave_out_what_is_recorded() -> None:
    plan = Plan.of(study(2))
    done = {(0, "base", 0), (0, "better", 0), (0, "same", 0), (0, "better", 1)}
    assert [(u.replicate, u.arms) for u in plan.units(done)] == [(1, (0, 2))]
    assert [(u.replicate, u.arms) for u in plan.units()] == [(0, (0, 1, 2)), (1, (0, 1, 2))]


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (dataclasses.replace(study(2), baseline="nobody"), "baseline 'nobody'"),
        (study(2, base=FakeScenario(), other=FakeScenario(seed=8)), "differ in seed"),
    ],
)
def test_a_study_that_does_not_hold_together_writes_nothing(tmp_path: Path, made: FakeStudy, words: str) -> None:
    with pytest.raises(StudyError, match=words):
        run(made, tmp_path / "out", 1, simulate=simulate_arms)
    assert not (tmp_path / "out").exists()


def test_no_workers_make_no_sense(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="workers=0"):
        run(study(2), tmp_path / "out", 0, simulate=simulate_arms)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="results_dir="):
        run(study(2), tmp_path / "file" / "out", 1, simulate=simulate_arms)


def test_a_full_disk_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    import pyarrow.parquet as pq

    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pq, "ParquetWriter", full)
    with pytest.raises(StoreError, match="the disk is full"):
        run(study(2), tmp_path, 1, simulate=simulate_arms)


def test_what_is_no_study_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no folder"):
        open_study(tmp_path / "nothing")
    with pytest.raises(StoreError, match="not the folder of a study"):
        open_study(tmp_path)
    folder = run(study(2), tmp_path, 1, simulate=simulate_arms).folder
    with pytest.raises(StoreError, match="did you mean"):
        open_study(tmp_path)
    whole_part(folder, "runs").write_bytes(b"not parquet")
    with pytest.raises(StoreError, match="damaged"):
        _ = open_study(folder).runs


def test_budgets_that_are_not_as_the_study_says(tmp_path: Path) -> None:
    held = dataclasses.replace(study(3), equal=("social_cost",), differs={})
    summary = run(held, tmp_path, 1, simulate=simulate_arms)
    assert [p for p in summary.problems if "EQUALITY FAILED" in p and "arm better" in p]
    stored = json.loads((summary.folder / "summary.json").read_text(encoding="utf-8"))
    assert stored["problems"] == summary.problems
    silent = dataclasses.replace(study(3), differs={})
    assert "UNDECLARED" in run(silent, tmp_path, 1, simulate=simulate_arms).problems[0]
    assert run(study(3), tmp_path, 1, simulate=simulate_arms).problems == []


@pytest.mark.parametrize(("sampled", "pairs"), [(False, 3), (True, 2)])
def test_design_points_share_the_pairs(tmp_path: Path, sampled: bool, pairs: int) -> None:
    """A pair is a replicate averaged over stated points, or a drawn point averaged over its replicates."""

    class Grid(FakeStudy):
        points = tuple(SimpleNamespace(values={"x": x}) for x in (1, 2))

        def scenarios(self, point: int = 0) -> tuple[FakeScenario, ...]:
            x = self.points[point].values["x"]
            return FakeScenario(span=x), FakeScenario(span=x, shift=0.1 * x)

    base = study(3, base=FakeScenario(), other=FakeScenario(shift=0.1))
    grid = Grid(**{**{f.name: getattr(base, f.name) for f in dataclasses.fields(base)}, "sampled": sampled})
    summary = run(grid, tmp_path, 1, simulate=simulate_arms)
    assert summary.statuses == {"ok": 12}
    effects = open_study(summary.folder).effects.set_index("indicator")
    assert effects.loc["solved", "n"] == pairs
    assert effects.loc["solved", "difference"] == pytest.approx(0.15)
    assert (summary.folder / "points.csv").read_text(encoding="utf-8-sig").split() == ["point,x", "0,1", "1,2"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("where", ["sim.study.conduct.finish", "sim.study.recorder.Recorder.flush"])
def test_ctrl_c_while_tables_are_written_says_how_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """It is neither lost nor does it cost a run, whenever it comes."""
    from sim.study import Stopped
    from sim.study.finish import finish
    from sim.study.recorder import Recorder

    usual: Any = finish if where.endswith("finish") else Recorder.flush
    before = signal.signal(signal.SIGINT, signal.default_int_handler)

    def pressed(*given: Any) -> Any:
        os.kill(os.getpid(), signal.SIGINT)
        return usual(*given)

    monkeypatch.setattr(where, pressed)
    try:
        with pytest.raises(Stopped, match="stopped with 9 of 9 runs recorded; finish with: gongzhi resume"):
            run(study(3), tmp_path, 1, simulate=simulate_arms)
    finally:
        signal.signal(signal.SIGINT, before)
    monkeypatch.undo()
    [folder] = tmp_path.iterdir()
    assert len(open_study(folder).runs) == 9


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_while_processes_start_comes_when_they_have_started() -> None:
    from sim.study.interrupt import starting

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    started = False
    try:
        with pytest.raises(KeyboardInterrupt), starting():
            os.kill(os.getpid(), signal.SIGINT)
            started = True
    finally:
        signal.signal(signal.SIGINT, before)
    assert started


def test_half_a_folder_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.store.folder.Folder.write_provenance", stopped)
    with pytest.raises(KeyboardInterrupt):
        run(study(2), tmp_path, 1, simulate=simulate_arms)
    assert not list(tmp_path.iterdir())
