"""From records to rows: runs, weekly series and tallies, written in parts that are large enough."""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Collection
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

    def __init__(self, folder: Folder, plan: Plan, without: Collection[str] = ()) -> None:
        """`without`: indicators that came after the study was begun, so that its runs all hold the same."""
        self.folder, self.plan, self.without = folder, plan, frozenset(without)
        self.waiting: list[Record] = []
        self.start = self.last = time.monotonic()

    def add(self, records: list[Record]) -> None:
        """Take records; write a part when the last one is old enough."""
        for record in records:
            for name in self.without & record.indicators.keys():
                del record.indicators[name]
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

    kept = [r for r in records if r.series]
    if not kept:
        return None
    sizes = [len(r.week) for r in kept]
    names = dict.fromkeys(name for r in kept for name in r.series or ())
    columns = {"week": pa.array(np.concatenate([r.week for r in kept]))}
    for name in names:
        own = [(r.series or {}).get(name) for r in kept]
        values = [np.full(n, np.nan) if v is None else v for v, n in zip(own, sizes, strict=True)]
        columns[name] = pa.array(np.concatenate(values))
    return pa.table({**keys_of(kept, sizes, plan), **columns})


def tally_rows(records: list[Record], plan: Plan) -> pa.Table | None:
    """The table of tallies, or None when no record has any."""
    import pyarrow as pa

    kept = [r for r in records if r.tallies]
    if not kept:
        return None
    tallies = [r.tallies or {} for r in kept]
    sizes = [len(next(iter(t.values()))) for t in tallies]
    columns = {name: pa.array(list(itertools.chain.from_iterable(t[name] for t in tallies))) for name in tallies[0]}
    return pa.table({**keys_of(kept, sizes, plan), **columns})


def keys_of(records: list[Record], sizes: list[int], plan: Plan) -> dict[str, Any]:
    """The columns that say to which run a row belongs, for so many rows of each record."""
    import pyarrow as pa

    rows = pa.array(np.repeat(np.arange(len(records)), sizes))
    return {
        "run_id": pa.array([plan.run_id(r.point, r.arm, r.replicate) for r in records], pa.string()).take(rows),
        "point": pa.array([r.point for r in records], pa.int32()).take(rows),
        "arm": pa.array([plan.arms[r.arm] for r in records], pa.string()).take(rows),
        "replicate": pa.array([r.replicate for r in records], pa.int64()).take(rows),
    }
