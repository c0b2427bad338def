"""What is made of the recorded runs: one sorted part a table, effects, contrasts, budgets, a summary."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.analysis.budgets import BudgetRow, compare_budgets, sentences
from sim.store.checksums import FILES, SUMMARY, gone, list_files
from sim.store.folder import CONTRASTS, EFFECTS, POINTS, Folder
from sim.store.parts import BUDGET, EXECUTION, RUN_KEYS, TABLES, columns_of
from sim.store.read import StoredStudy
from sim.study.plan import Plan
from sim.study.precision import Reached, look

PHASES = ("", "_transition", "_steady")  # an indicator as a whole and by phase after the reform
LOST = "{} is empty: its tables went away after the study was done; make them again with: gongzhi resume {} repair=true"
CELLS = 40_000_000  # numbers of the table of runs held in memory at once


@dataclass
class Summary:
    """What came out of an execution, for the command and for a reader of summary.json.

    `reached` says how narrow the intervals are where replicates are added until they are narrow enough; `running` that
    a process works on the study now, and `left` the seconds that it will need at the pace so far.
    """

    folder: Path
    wanted: int
    statuses: dict[str, int]
    budgets: list[BudgetRow] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    seconds: float = 0.0
    reached: list[Reached] = field(default_factory=list)
    running: bool = False
    left: float | None = None

    @property
    def recorded(self) -> int:
        """Runs on record, completed or not."""
        return sum(self.statuses.values())

    @property
    def complete(self) -> bool:
        """Whether every run is on record."""
        return self.recorded >= self.wanted


def finish(folder: Folder, plan: Plan, seconds: float = 0.0) -> Summary:
    """Turn the parts into one sorted part a table; write effects.csv, what else the study compares, summary.json."""
    folder.compact(plan.arms)
    stored = StoredStudy(folder.path)
    folder.write_text(EFFECTS, effects_text(stored, plan), encoding="utf-8-sig")
    if plan.contrasts:
        folder.write_text(CONTRASTS, contrasts_text(stored, plan), encoding="utf-8-sig")
    if len(plan.points) > 1:
        folder.write_text(POINTS, points_text(plan), encoding="utf-8-sig")
    summary = summarise(stored, plan)
    summary.seconds = seconds
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
                "precision": [_plain(row.as_dict()) for row in summary.reached],
                FILES: list_files(folder.path, (EFFECTS, CONTRASTS, POINTS)),
            },
            ensure_ascii=False,
            indent=2,
        )
        + "\n",
    )
    return summary


def effects_text(stored: StoredStudy, plan: Plan) -> str:
    """effects.csv as text; the indicators are read a few at a time where there are many runs."""
    import pandas as pd

    from sim.analysis.effects import effects_table

    unit = "point" if plan.sampled else "replicate"
    names, rows = columns_of(stored.path, "runs")
    chosen = [n for n in names if n not in RUN_KEYS and not n.startswith((BUDGET, EXECUTION))]
    step = max(1, CELLS // max(1, rows))
    tables = []
    for start in range(0, max(1, len(chosen)), step):
        runs = stored.columns("runs", [*RUN_KEYS, *chosen[start : start + step]])
        tables.append(effects_table(runs, plan.arms, plan.baseline, indicator_units(), seed=plan.seed, unit=unit))
    table = tables[0]
    if len(tables) > 1:
        arm = {name: at for at, name in enumerate(plan.arms)}
        table = pd.concat(tables, ignore_index=True)
        table = table.iloc[table["arm"].map(arm).argsort(kind="stable")]
    return str(table.to_csv(index=False, lineterminator="\n"))


def contrasts_text(stored: StoredStudy, plan: Plan) -> str:
    """ablation.csv as text: each choice by itself, for the indicators that the study names."""
    from sim.analysis.contrasts import contrast_table

    names = columns_of(stored.path, "runs")[0]
    runs = stored.columns("runs", [*RUN_KEYS, *(n for n in plan.indicators if n in names)])
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


def summarise(stored: StoredStudy, plan: Plan) -> Summary:
    """Counts, failures, budgets and precision of what is on record."""
    every = columns_of(stored.path, "runs")[0]
    names = [n for n in every if n in TABLES["runs"] or n.startswith(BUDGET)] or list(RUN_KEYS)
    runs = stored.columns("runs", names)
    statuses = {str(k): int(v) for k, v in runs["status"].value_counts().items()}
    bad = runs[runs["status"] != "ok"]
    messages = [
        f"{row.arm}, replicate {row.replicate}: {row.status}: {row.message}" for row in bad.itertuples(index=False)
    ]
    goal, reached = look(stored, plan)
    summary = Summary(stored.path, plan.runs_of(goal), statuses, messages=messages, reached=reached)
    summary.budgets = compare_budgets(runs, plan.arms, plan.baseline, plan.equal, plan.differs, plan.tolerance)
    summary.problems = sentences(summary.budgets, plan.tolerance)
    summary.problems += [LOST.format(stored.path / table, stored.path) for table in gone(stored.path)]
    return summary


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """JSON knows neither NaN nor infinity."""
    return {k: None if isinstance(v, float) and not math.isfinite(v) else v for k, v in values.items()}
