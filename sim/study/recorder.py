"""From records to rows: runs, weekly series and tallies, written in parts that are large enough."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.store.folder import Folder
from sim.store.parts import BUDGET, EXECUTION
from sim.study.plan import Plan
from sim.study.worker import Record

if TYPE_CHECKING:
    import pyarrow as pa

FLUSH_SECONDS = 10.0  # what a killed program can lose at most, in the beginning
FLUSH_SHARE = 0.05  # later parts grow with the study, so that their number stays small


class Recorder:
    """Collects records and adds them to the folder in parts that are large enough."""

    def __init__(self, folder: Folder, plan: Plan) -> None:
        self.folder, self.plan = folder, plan
        self.waiting: list[Record] = []
        self.start = self.last = time.monotonic()

    def add(self, records: list[Record]) -> None:
        """Take records; write a part when the last one is old enough."""
        self.waiting += records
        moment = time.monotonic()
        if moment - self.last >= max(FLUSH_SECONDS, FLUSH_SHARE * (moment - self.start)):
            self.flush()

    def flush(self) -> None:
        """Write what is waiting. Runs go last: a run counts as recorded only when all of it is on the disk."""
        self.last = time.monotonic()
        if not self.waiting:
            return
        series = series_rows(self.waiting, self.plan)
        if series is not None:
            self.folder.add_part("series", series)
        tallies = tally_rows(self.waiting, self.plan)
        if tallies is not None:
            self.folder.add_part("tallies", tallies)
        self.folder.add_part("runs", run_rows(self.waiting, self.plan))
        self.waiting = []


def run_rows(records: list[Record], plan: Plan) -> pa.Table:
    """The table of runs: keys, indicators, budgets, execution."""
    import pyarrow as pa

    columns: dict[str, Any] = {
        "run_id": pa.array([plan.run_id(r.point, r.arm, r.replicate) for r in records], pa.string()),
        "point": pa.array([r.point for r in records], pa.int32()),
        "arm": pa.array([plan.arms[r.arm] for r in records], pa.string()),
        "replicate": pa.array([r.replicate for r in records], pa.int64()),
        "status": pa.array([r.status for r in records], pa.string()),
        "message": pa.array([r.message for r in records], pa.string()),
    }
    for prefix, part in (("", "indicators"), (BUDGET, "budgets")):
        names = dict.fromkeys(name for r in records for name in getattr(r, part))
        for name in names:
            values = [getattr(r, part).get(name, math.nan) for r in records]
            columns[prefix + name] = pa.array(np.array(values, dtype=np.float64))
    columns[EXECUTION + "seconds"] = pa.array([r.seconds for r in records], pa.float64())
    columns[EXECUTION + "process"] = pa.array([r.process for r in records], pa.int64())
    return pa.table(columns)


def series_rows(records: list[Record], plan: Plan) -> pa.Table | None:
    """The table of weekly series, or None when no record has any."""
    import pyarrow as pa

    tables = []
    for r in records:
        if not r.series:
            continue
        n = len(r.week)
        tables.append(
            pa.table(
                {
                    "run_id": pa.array([plan.run_id(r.point, r.arm, r.replicate)] * n, pa.string()),
                    "point": pa.array(np.full(n, r.point, np.int32)),
                    "arm": pa.array([plan.arms[r.arm]] * n, pa.string()),
                    "replicate": pa.array(np.full(n, r.replicate, np.int64)),
                    "week": pa.array(r.week),
                    **{name: pa.array(values) for name, values in r.series.items()},
                }
            )
        )
    return pa.concat_tables(tables, promote_options="permissive").combine_chunks() if tables else None


def tally_rows(records: list[Record], plan: Plan) -> pa.Table | None:
    """The table of tallies, or None when no record has any."""
    import pyarrow as pa

    tables = []
    for r in records:
        if not r.tallies:
            continue
        n = len(next(iter(r.tallies.values())))
        tables.append(
            pa.table(
                {
                    "run_id": pa.array([plan.run_id(r.point, r.arm, r.replicate)] * n, pa.string()),
                    "point": pa.array(np.full(n, r.point, np.int32)),
                    "arm": pa.array([plan.arms[r.arm]] * n, pa.string()),
                    "replicate": pa.array(np.full(n, r.replicate, np.int64)),
                    **{name: pa.array(values) for name, values in r.tallies.items()},
                }
            )
        )
    return pa.concat_tables(tables).combine_chunks() if tables else None
