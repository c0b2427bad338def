"""`gongzhi rerun`: run one stored run of a study again, with tables of single things, and see that it is the same."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.cli.lines import say
from sim.cli.options import DETAIL
from sim.cli.run import report, simulated, written
from sim.vocabulary.errors import ScenarioError

if TYPE_CHECKING:
    from sim.store import StoredStudy

OPTIONS = ("lang", "langs", "id", "detail", "results_dir", "configs")
SHORTEST = 4  # characters of an id that say which run is meant


def main(folder: str, options: Mapping[str, Any]) -> int:
    """Run it, print and keep it as `gongzhi run` does; returns 0, 1 when a value differs, 2 when it cannot be done."""
    from sim.store import StoreError, open_study
    from sim.study.errors import StudyError

    for key in options:
        if key not in OPTIONS:
            raise ScenarioError(f"gongzhi rerun has no option {key}=; it has id, detail, results_dir, lang")
    lang = options["lang"]
    asked = tuple(options.get("detail") or ())
    try:
        stored = open_study(folder)
        scenario, kept = stored_run(stored, str(options.get("id") or ""))
        result, seconds = simulated(scenario, lang, tuple(d for d in asked if d in DETAIL))
        place = written(scenario, result, Path(options.get("results_dir") or "results"), seconds)
    except (StoreError, StudyError) as failed:
        print(f"gongzhi: {failed}", file=sys.stderr)
        return 2
    print("\n".join(report(scenario, result, (), "full" in asked, lang)))
    other = [
        name
        for name, value in kept.items()
        if not (value == result.indicators.get(name) or math.isnan(value) and math.isnan(result.indicators[name]))
    ]
    print(say("rerun.other", lang, names=", ".join(other)) if other else say("rerun.same", lang, number=len(kept)))
    print(f"{say('run.written', lang)} {place}")
    return 1 if other else 0


def stored_run(stored: StoredStudy, number: str) -> tuple[Any, dict[str, float]]:
    """Scenario and stored indicators of the run of that id (or its beginning). Raises StudyError."""
    from sim.store.parts import BUDGET, EXECUTION, RUN_KEYS, read_table
    from sim.study.conduct import check_definitions, check_version, stored_plan
    from sim.study.errors import StudyError
    from sim.study.plan import Unit
    from sim.study.worker import drawn

    runs = stored.columns("runs", ["run_id", "point", "arm", "replicate", "status"])
    found = runs[runs["run_id"].str.startswith(number)] if len(number) >= SHORTEST else runs.iloc[:0]
    if found["run_id"].nunique() != 1:
        example = f", such as id={runs['run_id'].iloc[0]}" if len(runs) else ""
        many = "several runs begin" if len(found) else "no run begins"
        said = f"{many} with id={number}" if len(number) >= SHORTEST else f"id={number} names no run"
        raise StudyError(f"in {stored.path}, {said}; give the id of one of its runs (column run_id){example}")
    plan = stored_plan(stored)
    check_version(stored, plan)
    check_definitions(stored)
    row = found.iloc[0]
    point, arm, replicate = int(row["point"]), plan.arms.index(row["arm"]), int(row["replicate"])
    unit = Unit(point, replicate, (arm,), False, plan.uncertainty.of(replicate))
    scenario = drawn(plan.points[point][1][arm], unit)
    rows = read_table(stored.path, "runs")
    kept: dict[str, float] = {}
    if rows is not None and row["status"] == "ok":
        import pyarrow.compute as pc

        [values] = rows.filter(pc.equal(rows["run_id"], row["run_id"])).slice(0, 1).to_pylist()
        kept = {k: float(v) for k, v in values.items() if k not in RUN_KEYS and not k.startswith((BUDGET, EXECUTION))}
    return scenario, kept
