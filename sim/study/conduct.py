"""Run a study into its folder: runs are recorded in parts as they come, and put in order at the end."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sim.observe.definitions import added, changed, definitions
from sim.store.checksums import gone
from sim.store.errors import StoreError
from sim.store.folder import STUDY, Folder
from sim.store.lock import alone, busy
from sim.store.provenance import facts, now, seconds_since
from sim.store.read import StoredStudy, open_study
from sim.study.basis import said_before
from sim.study.errors import Stopped, StudyError
from sim.study.execute import UNGUARDED, execute, local_lane
from sim.study.finish import Summary, finish, indicator_units, summarise
from sim.study.interrupt import uninterrupted
from sim.study.plan import Plan
from sim.study.precision import check_names, look
from sim.study.recorder import Recorder
from sim.study.show import Progress, Silent
from sim.study.worker import Simulate, simulate_arms
from sim.vocabulary.errors import ScenarioError
from sim.vocabulary.words import owed

IDS_LOOKED_AT = 100
KEPT = ("series_replicates", "model_version", "definitions")  # in study.yaml beside the study itself
Recorded = set[tuple[int, str, int]]  # runs by point, arm and replicate


def run(
    study: Any,
    results_dir: str | Path = "results",
    workers: int | None = None,
    *,
    overrides: tuple[str, ...] = (),
    simulate: Simulate = simulate_arms,
    progress: Progress | None = None,
    make_lane: Callable[[], Executor] | None = None,
) -> Summary:
    """Run a loaded study into a new folder under `results_dir`, where its executor says or in lanes of one's own.

    Raises StudyError (the study does not hold together), StoreError (the folder cannot be written) or Stopped (the
    user pressed Ctrl-C; what was recorded is kept).
    """
    if getattr(multiprocessing.current_process(), "_inheriting", False):
        raise StudyError(UNGUARDED)  # a worker that imports the user's script and so comes to this line itself
    plan = Plan.of(study)
    worker_count(workers, plan)
    real, told = simulate is simulate_arms, progress or Silent()
    if real and (words := said_before(plan.uncertainty)):
        told.say(words)
    if real:
        owed.check(owed.owed())
        plan.check_budgets()
        check_names(plan, indicator_units())
    with places(getattr(study, "executor", None), workers, plan, real, told, make_lane) as (count, lane):
        return _begin(study, plan, Path(results_dir), overrides, count, simulate, told, lane)


def _begin(
    study: Any,
    plan: Plan,
    results_dir: Path,
    overrides: tuple[str, ...],
    count: int,
    simulate: Simulate,
    progress: Progress,
    make_lane: Callable[[], Executor],
) -> Summary:
    folder = Folder.create(results_dir, plan.name)
    try:
        kept = {"series_replicates": plan.series_replicates, "model_version": plan.version}
        kept |= {"definitions": definitions()}
        folder.write_study({**study.to_dict(), **kept})
        folder.write_provenance({**facts(), "overrides": list(overrides), "executions": []})
    except BaseException:  # a full disk, Ctrl-C: half a folder is nothing to resume
        _discard(folder.path)
        raise
    try:
        with alone(folder.path):
            return _continue(folder, plan, count, simulate, progress, make_lane)
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
    executor: Any = None,
    make_lane: Callable[[], Executor] | None = None,
) -> Summary:
    """Run exactly what is missing in the folder of a study; with `repair` also what failed, crashed or is damaged.

    `executor` says where, if not on this machine. Raises StudyError, StoreError or Stopped.
    """
    stored = open_study(folder)
    plan = stored_plan(stored, study_type)
    check_version(stored, plan)
    check_definitions(stored)
    worker_count(workers, plan)
    work, real = Folder(stored.path), simulate is simulate_arms
    with (
        alone(work.path),
        places(executor, workers, plan, real, progress or Silent(), make_lane) as (count, lane),
    ):
        return _continue(work, plan, count, simulate, progress or Silent(), lane, repair=repair)


@contextmanager
def places(
    executor: Any,
    workers: int | None,
    plan: Plan,
    real: bool,
    progress: Progress,
    make_lane: Callable[[], Executor] | None,
) -> Iterator[tuple[int, Callable[[], Executor]]]:
    """How many lanes there are and how one is made: local processes, or actors on a cluster; with a compiled model."""
    if make_lane is not None or getattr(executor, "kind", "local") == "local":
        if real:
            compile_model(progress)
        yield worker_count(workers, plan), make_lane or local_lane
        return
    from sim.study.cluster import connected

    with connected(executor.address) as cluster:
        if real:
            progress.say(f"a Ray cluster with {cluster.processors} processors; compiling the model on every node ...")
            cluster.prepare()
        yield worker_count(workers or min(executor.workers, cluster.processors), plan), cluster.lane


def status(folder: str | Path, study_type: Any = None) -> Summary:
    """How far the study in a folder is, and whether a process works on it now; reads only."""
    stored = open_study(folder)
    summary = summarise(stored, stored_plan(stored, study_type))
    summary.running = busy(stored.path)
    executions: list[Any] = [{}]
    try:
        executions = stored.provenance.get("executions") or executions
    except StoreError as lost:
        summary.problems.append(str(lost))
    before, begun = executions[-1].get("recorded_before"), executions[-1].get("begun")
    if summary.running and begun and before is not None and summary.recorded > before:
        pace = seconds_since(begun) / (summary.recorded - before)
        summary.left = pace * (summary.wanted - summary.recorded)
    return summary


def stored_plan(stored: StoredStudy, study_type: Any = None) -> Plan:
    """The plan of a stored study, from its resolved description alone."""
    if study_type is None:
        from sim.scenario.comparison import Study as study_type
    values = {k: v for k, v in stored.study.items() if k not in KEPT}
    try:
        return Plan.of(study_type.from_dict(values))
    except (ScenarioError, StudyError) as wrong:
        raise StudyError(f"{stored.path / STUDY} cannot be used: {wrong}") from wrong


def check_version(stored: StoredStudy, plan: Plan) -> None:
    """Raise StudyError when a study was computed by another version of the model."""
    version = stored.study.get("model_version")
    if version != plan.version:
        raise StudyError(
            f"{stored.path} was computed with model version {version}, this is {plan.version}: "
            "runs of two versions cannot be mixed; run the study again, or use the version that began it"
        )


def check_definitions(stored: StoredStudy) -> None:
    """Raise StudyError when an indicator is computed otherwise than when the study was begun, or is gone."""
    others = changed(stored.study.get("definitions", {}))
    if others:
        more = f" and {len(others) - 3} more" if len(others) > 3 else ""
        raise StudyError(
            f"{stored.path} was begun when {', '.join(others[:3])}{more} had another definition; numbers of two "
            "definitions cannot stand under one name: run the study again, or go on with the program that began it"
        )


def check_ids(stored: StoredStudy, plan: Plan) -> None:
    """Raise StudyError when study.yaml no longer describes the runs on record, by their ids.

    An id is made of everything that a run is computed from. One run of each arm is looked at, at so many points.
    """
    runs = stored.columns("runs", ["run_id", "point", "arm", "replicate"]).drop_duplicates(["point", "arm"])
    step = max(1, len(runs) // IDS_LOOKED_AT)
    for row in runs.iloc[::step].itertuples(index=False):
        known = row.arm in plan.arms and row.point < len(plan.points) and row.replicate < plan.replicates
        if not known or plan.run_id(row.point, plan.arms.index(row.arm), row.replicate) != row.run_id:
            raise StudyError(
                f"{stored.path / STUDY} was changed since run {row.run_id} (point {row.point}, arm {row.arm}, "
                f"replicate {row.replicate}) was recorded, so the rest would not fit it; put back the file as it was, "
                "or run the study again"
            )


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
    from sim.model.prepare import prepare

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
    check_ids(StoredStudy(folder.path), plan)
    recorded = _recorded(folder, plan, repair)
    start = time.monotonic()
    facts_so_far = _executed(folder, progress)
    this = {"begun": now(), "recorded_before": len(recorded), "workers": workers, "stopped": True}
    facts_so_far["executions"].append(this)
    folder.write_provenance(facts_so_far)
    recorder = Recorder(folder, plan, added(StoredStudy(folder.path).study.get("definitions", {})))
    complete, goal = False, 0
    try:
        try:
            while (more := look(StoredStudy(folder.path), plan, recorded)[0]) > goal:
                goal = more
                _round(folder, plan, goal, recorded, recorder, workers, simulate, progress, make_lane)
            complete = True
        finally:
            with uninterrupted():
                this |= {"ended": now(), "seconds": round(time.monotonic() - start, 3), "stopped": not complete}
                folder.write_provenance(facts_so_far)
        progress.say("putting the tables in order and comparing the arms ...")
        return finish(folder, plan, time.monotonic() - start)
    except KeyboardInterrupt:
        raise Stopped(folder.path, len(recorded), plan.runs_of(goal)) from None


def _executed(folder: Folder, progress: Progress) -> dict[str, Any]:
    """What is known of the executions so far; begun anew where the file is lost, which holds no results."""
    try:
        found = StoredStudy(folder.path).provenance
    except StoreError as lost:
        progress.say(str(lost).partition(";")[0] + "; a new one is begun")
        found = {**facts(), "overrides": []}
    found.setdefault("executions", [])
    return found


def _round(
    folder: Folder,
    plan: Plan,
    goal: int,
    recorded: Recorded,
    recorder: Recorder,
    workers: int,
    simulate: Simulate,
    progress: Progress,
    make_lane: Callable[[], Executor],
) -> None:
    """Run what is missing of the first `goal` replicates; what is recorded is added to `recorded`."""
    missing = plan.runs_of(goal) - sum(1 for run in recorded if run[2] < goal)
    if not missing:
        return
    progress.begin(plan.runs_of(goal), plan.runs_of(goal) - missing)
    records = execute(plan, plan.units(recorded, goal), simulate, workers, make_lane)
    try:
        for found in records:
            recorder.add(found)
            recorded.update((r.point, plan.arms[r.arm], r.replicate) for r in found)
            progress.advance(found)
    finally:
        # Nothing of the tidying up may be lost to a second Ctrl-C.
        with uninterrupted():
            records.close()
            progress.end()
            recorder.flush()


def _recorded(folder: Folder, plan: Plan, repair: bool) -> Recorded:
    """Runs that need not be run; under repair those that completed and lost nothing."""
    names = ["point", "arm", "replicate"]
    runs = folder.read("runs", [*names, "status"])
    if runs is None:
        return set()
    frame = runs.to_pandas()
    if not repair:
        return set(frame[names].itertuples(index=False, name=None))
    done: Recorded = set(frame.loc[frame["status"] == "ok", names].itertuples(index=False, name=None))
    lost = gone(folder.path)
    for table in ("series", "tallies"):
        rows = folder.read(table, names)
        if rows is None and table not in lost and not any((folder.path / table).glob("*.damaged")):
            continue  # a model without them
        kept = set() if rows is None else set(rows.to_pandas().itertuples(index=False, name=None))
        done = {run for run in done if run in kept or run[2] >= plan.series_replicates}
    return done


def _discard(path: Path) -> None:
    import shutil

    shutil.rmtree(path, ignore_errors=True)
