"""Run a study into its folder: parts as it goes; at the end one sorted part a table, effects, budgets."""

from __future__ import annotations

import json
import math
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.analysis.budgets import BudgetRow, compare_budgets, sentences
from sim.store.folder import CONTRASTS, EFFECTS, POINTS, Folder
from sim.store.provenance import facts, now
from sim.store.read import StoredStudy, open_study
from sim.study.errors import Stopped, StudyError
from sim.study.execute import UNGUARDED, execute, local_lane
from sim.study.plan import Plan
from sim.study.recorder import Recorder
from sim.study.show import Progress, Silent
from sim.study.worker import Simulate, simulate_arms

if TYPE_CHECKING:
    import pandas as pd

SUMMARY = "summary.json"
PHASES = ("", "_transition", "_steady")  # an indicator as a whole and by phase after the reform


@dataclass
class Summary:
    """What came out of an execution, for the command and for a reader of summary.json."""

    folder: Path
    wanted: int
    statuses: dict[str, int]
    budgets: list[BudgetRow] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def recorded(self) -> int:
        """Runs on record, completed or not."""
        return sum(self.statuses.values())

    @property
    def complete(self) -> bool:
        """Whether every run is on record."""
        return self.recorded >= self.wanted


def run(
    study: Any,
    results_dir: str | Path = "results",
    workers: int | None = None,
    *,
    overrides: tuple[str, ...] = (),
    simulate: Simulate = simulate_arms,
    progress: Progress | None = None,
    make_lane: Callable[[], Executor] = local_lane,
) -> Summary:
    """Run a loaded study into a new folder under `results_dir`.

    Raises StudyError (the study does not hold together), StoreError (the folder cannot be written) or Stopped (the
    user pressed Ctrl-C; what was recorded is kept).
    """
    if getattr(multiprocessing.current_process(), "_inheriting", False):
        raise StudyError(UNGUARDED)  # a worker that imports the user's script and so comes to this line itself
    plan = Plan.of(study)
    count = worker_count(workers, plan)
    if simulate is simulate_arms:
        plan.check_budgets()
        compile_model(progress or Silent())
    folder = Folder.create(Path(results_dir), plan.name)
    try:
        kept = {"series_replicates": plan.series_replicates, "model_version": plan.version}
        folder.write_study({**study.to_dict(), **kept})
        folder.write_provenance({**facts(), "overrides": list(overrides), "executions": []})
        return _continue(folder, plan, count, simulate, progress or Silent(), make_lane)
    except StudyError:
        if not folder.parts("runs"):
            _discard(folder.path)
        raise


def resume(
    folder: str | Path,
    workers: int | None = None,
    *,
    repair: bool = False,
    study_type: Any = None,
    simulate: Simulate = simulate_arms,
    progress: Progress | None = None,
    make_lane: Callable[[], Executor] = local_lane,
) -> Summary:
    """Run exactly what is missing in the folder of a study; with `repair` also what failed, crashed or is damaged."""
    stored = open_study(folder)
    plan = stored_plan(stored, study_type)
    version = stored.study.get("model_version")
    if version != plan.version:
        raise StudyError(
            f"{stored.path} was computed with model version {version}, this is {plan.version}: "
            "runs of two versions cannot be mixed; run the study again, or use the version that began it"
        )
    if simulate is simulate_arms:
        compile_model(progress or Silent())
    count = worker_count(workers, plan)
    return _continue(Folder(stored.path), plan, count, simulate, progress or Silent(), make_lane, repair=repair)


def status(folder: str | Path, study_type: Any = None) -> Summary:
    """How far the study in a folder is; reads only."""
    stored = open_study(folder)
    plan = stored_plan(stored, study_type)
    summary = _summary(stored, plan, stored.runs)
    summary.budgets, summary.problems = _budgets(plan, stored.runs)
    return summary


def stored_plan(stored: StoredStudy, study_type: Any = None) -> Plan:
    """The plan of a stored study, from its resolved description alone."""
    if study_type is None:
        from sim.scenario.comparison import Study as study_type
    values = {k: v for k, v in stored.study.items() if k not in ("series_replicates", "model_version")}
    return Plan.of(study_type.from_dict(values))


def worker_count(workers: int | None, plan: Plan) -> int:
    """Processes to use: as asked for, or all cores; never more than there are replicates."""
    if workers is None:
        workers = available_cores()
    if workers < 1:
        raise StudyError(f"workers={workers} makes no sense; give 1 or more, or leave it out to use all cores")
    return max(1, min(workers, plan.replicates * len(plan.points)))


def available_cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def compile_model(progress: Progress) -> None:
    """Have all kernels compiled before workers start, so that they need not each do it."""
    from sim.prepare import prepare

    prepare(progress.say)


def _continue(
    folder: Folder,
    plan: Plan,
    workers: int,
    simulate: Simulate,
    progress: Progress,
    make_lane: Callable[[], Executor],
    *,
    repair: bool = False,
) -> Summary:
    folder.sweep()
    if repair:
        for part in folder.set_damaged_aside():
            progress.say(f"{part} is damaged; its runs are computed again")
    recorded = _recorded(folder, plan, repair)
    start, begun = time.monotonic(), now()
    recorder = Recorder(folder, plan)
    left = plan.runs - len(recorded)
    stopped = False
    progress.begin(plan.runs, len(recorded))
    records = execute(plan, plan.units(recorded), simulate, workers if left else 1, make_lane)
    try:
        for found in records:
            recorder.add(found)
            left -= len(found)
            progress.advance(found)
    except KeyboardInterrupt:
        stopped = True
    finally:
        # Nothing of the tidying up may be lost to a second Ctrl-C.
        with _uninterrupted():
            records.close()
            progress.end()
            recorder.flush()
            stored = StoredStudy(folder.path)
            facts_so_far = stored.provenance
            facts_so_far["executions"].append(
                {
                    "begun": begun,
                    "ended": now(),
                    "seconds": round(time.monotonic() - start, 3),
                    "workers": workers,
                    "stopped": stopped or left > 0,
                }
            )
            folder.write_provenance(facts_so_far)
    if stopped:
        raise Stopped(folder.path, plan.runs - left, plan.runs)
    return finish(folder, plan, time.monotonic() - start)


def finish(folder: Folder, plan: Plan, seconds: float = 0.0) -> Summary:
    """Turn the parts into one sorted part a table; write effects.csv, what else the study compares, summary.json."""
    folder.compact(plan.arms)
    stored = StoredStudy(folder.path)
    runs = stored.runs
    folder.write_text(EFFECTS, effects_text(runs, plan), encoding="utf-8-sig")
    if plan.contrasts:
        folder.write_text(CONTRASTS, contrasts_text(runs, plan), encoding="utf-8-sig")
    if len(plan.points) > 1:
        folder.write_text(POINTS, points_text(plan), encoding="utf-8-sig")
    summary = _summary(stored, plan, runs)
    summary.seconds = seconds
    summary.budgets, summary.problems = _budgets(plan, runs)
    folder.write_text(
        SUMMARY,
        json.dumps(
            {
                "runs": summary.statuses,
                "wanted": summary.wanted,
                "equal": list(plan.equal),
                "tolerance": plan.tolerance,
                "budgets": [_plain(row.as_dict()) for row in summary.budgets],
                "problems": summary.problems,
            },
            ensure_ascii=False,
            indent=2,
        )
        + "\n",
    )
    return summary


def effects_text(runs: pd.DataFrame, plan: Plan) -> str:
    """effects.csv as text."""
    from sim.analysis.effects import effects_table

    unit = "point" if plan.sampled else "replicate"
    table = effects_table(runs, plan.arms, plan.baseline, indicator_units(), seed=plan.seed, unit=unit)
    return str(table.to_csv(index=False, lineterminator="\n"))


def contrasts_text(runs: pd.DataFrame, plan: Plan) -> str:
    """ablation.csv as text: each choice by itself, for the indicators that the study names."""
    from sim.analysis.contrasts import contrast_table

    table = contrast_table(runs, plan.contrasts, plan.places, plan.indicators, indicator_units(), seed=plan.seed)
    return str(table.to_csv(index=False, lineterminator="\n"))


def points_text(plan: Plan) -> str:
    """points.csv as text: the number of each design point and the values of its factors."""
    import pandas as pd

    table = pd.DataFrame([{"point": at, **values} for at, values in enumerate(plan.points.values)])
    return str(table.to_csv(index=False, lineterminator="\n"))


def indicator_units() -> dict[str, str]:
    """Unit of every registered indicator, its parts by phase (NAME_transition, NAME_steady) included."""
    return {name + phase: item.unit for name, item in registered_indicators().items() for phase in PHASES}


def registered_indicators() -> dict[str, Any]:
    """The indicators of the model by name."""
    from sim.observe.indicators import INDICATORS

    return dict(INDICATORS)


def _recorded(folder: Folder, plan: Plan, repair: bool) -> set[tuple[int, str, int]]:
    """Runs (point, arm, replicate) that need not be run; under repair those that completed and lost nothing."""
    runs = folder.read("runs")
    if runs is None:
        return set()
    names = ["point", "arm", "replicate"]
    frame = runs.select([*names, "status"]).to_pandas()
    if not repair:
        return set(frame[names].itertuples(index=False, name=None))
    done: set[tuple[int, str, int]] = set(frame.loc[frame["status"] == "ok", names].itertuples(index=False, name=None))
    for table in ("series", "tallies"):
        rows = folder.read(table)
        if rows is None and not any((folder.path / table).glob("*.damaged")):
            continue  # a model without them
        kept = set() if rows is None else set(rows.select(names).to_pandas().itertuples(index=False, name=None))
        done = {run for run in done if run in kept or run[2] >= plan.series_replicates}
    return done


def _summary(stored: StoredStudy, plan: Plan, runs: pd.DataFrame) -> Summary:
    statuses = {str(k): int(v) for k, v in runs["status"].value_counts().items()}
    bad = runs[runs["status"] != "ok"]
    messages = [
        f"{row.arm}, replicate {row.replicate}: {row.status}: {row.message}" for row in bad.itertuples(index=False)
    ]
    return Summary(stored.path, plan.runs, statuses, messages=messages)


def _budgets(plan: Plan, runs: pd.DataFrame) -> tuple[list[BudgetRow], list[str]]:
    rows = compare_budgets(runs, plan.arms, plan.baseline, plan.equal, plan.differs, plan.tolerance)
    return rows, sentences(rows, plan.tolerance)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """JSON knows neither NaN nor infinity."""
    return {k: None if isinstance(v, float) and not math.isfinite(v) else v for k, v in values.items()}


def _discard(path: Path) -> None:
    import shutil

    shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
