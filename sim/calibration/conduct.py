"""A calibration on disk: waves and ensemble as studies that record every run, so that a stopped one goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.calibration.protocol import Protocol
from sim.identity import MODEL_VERSION
from sim.scenario.comparison import Study
from sim.scenario.load import load
from sim.scenario.schema import Scenario
from sim.scenario.uncertainty import Uncertainty
from sim.store.folder import Folder
from sim.store.parts import TABLES
from sim.store.provenance import facts
from sim.store.read import open_study
from sim.study.errors import Stopped, StudyError
from sim.study.execute import execute
from sim.study.plan import Plan
from sim.study.recorder import Recorder
from sim.study.show import Progress
from sim.study.worker import Simulate
from sim.vocabulary.words import pair

if TYPE_CHECKING:
    import pandas as pd

BASE = "base"


def base_scenario(protocol: Protocol, extra: Sequence[str] = ()) -> Scenario:
    """The base of the patterns."""
    return load([*protocol.common, *extra])


def study_of(
    name: str, protocol: Protocol, scenario: Scenario, sets: Sequence[Mapping[str, float]], runs: int
) -> Study:
    """A study of one arm whose replicates draw the sets in turn."""
    words = pair("study.calibration")
    return Study.from_dict(
        {
            "name": name,
            "label": words,
            "description": words,
            "question": pair("study.calibration question"),
            "source": "docs/calibration.md",
            "arms": [{"name": BASE, "label": words, "overrides": (), "scenario": scenario.to_dict()}],
            "baseline": BASE,
            "replicates": runs,
            "equal": (),
            "indicators": [c.name for c in protocol.checks],
            "charts": ("patterns",),
            "executor": scenario.executor.model_dump(),
            "uncertainty": Uncertainty(
                kind="accepted", model_version=MODEL_VERSION, patterns=protocol.patterns, era=protocol.era,
                community=protocol.community, sets=tuple(sets),
            ).model_dump(),
        }
    )  # fmt: skip


def begun_sets(path: Path) -> list[dict[str, float]]:
    """The sets of a study that was begun in the folder `path`; none when there is none."""
    if not (path / "study.yaml").exists():
        return []
    return [dict(one) for one in open_study(path).study["uncertainty"]["sets"]]


def gather(study: Study, path: Path, simulate: Simulate, workers: int, progress: Progress) -> pd.DataFrame:
    """Run what is not yet recorded of a study in the folder `path`, and give all its runs by replicate.

    Raises StudyError when the folder holds another study or version, Stopped when the user pressed Ctrl-C.
    """
    plan = Plan.of(study)
    folder = Folder(path)
    kept = {"series_replicates": 0, "model_version": plan.version}
    if not (path / "study.yaml").exists():
        for table in TABLES:
            (path / table).mkdir(parents=True, exist_ok=True)
        folder.write_study({**study.to_dict(), **kept})
        folder.write_provenance({**facts(), "overrides": [], "executions": []})
    folder.sweep()
    rows = folder.read("runs")
    recorded: set[tuple[int, str, int]] = set()
    if rows is not None:
        known = rows.select(["run_id", "replicate"]).to_pandas()
        for run_id, replicate in known.itertuples(index=False):
            if run_id != plan.run_id(0, 0, int(replicate)):
                raise StudyError(
                    f"{path} holds runs of another version of the model or of another protocol; begin a new calibration"
                )
            recorded.add((0, BASE, int(replicate)))
    recorder = Recorder(folder, plan)
    left = plan.runs - len(recorded)
    if left:
        progress.begin(plan.runs, len(recorded))
        records = execute(plan, plan.units(recorded), simulate, max(1, min(workers, left)))
        try:
            for found in records:
                recorder.add(found)
                left -= len(found)
                progress.advance(found)
        except KeyboardInterrupt:
            raise Stopped(path.parent, plan.runs - left, plan.runs, "calibrate") from None
        finally:
            records.close()
            progress.end()
            recorder.flush()
        folder.compact(plan.arms)
        rows = folder.read("runs")
    assert rows is not None
    frame: pd.DataFrame = rows.to_pandas()
    if not (frame["status"] == "ok").any():
        raise StudyError(f"all {len(frame)} runs in {path} failed, the first with: {frame['message'].iloc[0]}")
    return frame.sort_values("replicate", ignore_index=True)


def conclude(path: Path, passed: Sequence[str]) -> None:
    """Write what the ensemble shows into its own study, which was begun before anybody could know; charts tell it."""
    stored = dict(open_study(path).study)
    stored["uncertainty"] = {**stored["uncertainty"], "passed": list(passed)}
    Folder(path).write_study(stored)


def measured(runs: pd.DataFrame, n: int) -> dict[str, np.ndarray[Any, np.dtype[np.float64]]]:
    """Each measure in the order of the sets; NaN where a run failed."""
    keys = ("run_id", "point", "arm", "replicate", "status", "message")
    found = {}
    for name in runs.columns:
        if name in keys or name.startswith(("exec_", "budget_")):
            continue
        values = np.full(n, np.nan)
        values[runs["replicate"].to_numpy()] = runs[name].to_numpy(dtype=float)
        found[name] = values
    return found
