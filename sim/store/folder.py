"""The folder of one study: study.yaml, provenance.json, the tables runs/, series/ and tallies/ as Parquet parts, and
tables made from them (effects.csv; ablation.csv and points.csv where there are contrasts or design points).

Parts are added while the study runs; `compact` turns them into one sorted part a table, so that the finished tables
hold the same bits whatever the number of workers was. Columns that begin with `exec_` say how a run was executed
(seconds, process) and are the only ones that differ between two executions of the same study.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.store.atomic import TEMPORARY, explained, replace_file, write_text
from sim.store.errors import StoreError

if TYPE_CHECKING:
    import pyarrow as pa

STUDY = "study.yaml"
PROVENANCE = "provenance.json"
EFFECTS = "effects.csv"
CONTRASTS = "ablation.csv"  # each choice by itself, where a study puts choices in and takes them out
POINTS = "points.csv"
RUN_KEYS = ("run_id", "point", "arm", "replicate", "status", "message")
SERIES_KEYS = ("run_id", "point", "arm", "replicate", "week")
TALLY_KEYS = ("run_id", "point", "arm", "replicate", "measure", "a", "b", "c", "d", "at")
TABLES = {"runs": RUN_KEYS, "series": SERIES_KEYS, "tallies": TALLY_KEYS}
OF_A_RUN = ("run_id", "status", "message")  # keys that a run has once; the others tell its rows apart
BUDGET = "budget_"
EXECUTION = "exec_"
WHOLE = "all.parquet"


class Folder:
    """Writer of one study's folder."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def create(cls, results_dir: Path, name: str, tables: Sequence[str] = tuple(TABLES)) -> Folder:
        """A new folder NAME-YYYYmmdd-HHMMSS[-n] that nobody used before, with a folder a table. Raises StoreError."""
        stem = f"{name}-{time.strftime('%Y%m%d-%H%M%S')}"
        with explained(results_dir):
            results_dir.mkdir(parents=True, exist_ok=True)
        for number in range(1, 1000):
            path = results_dir / (stem if number == 1 else f"{stem}-{number}")
            with explained(path):
                try:
                    path.mkdir()
                except FileExistsError:
                    continue
                for table in tables:
                    (path / table).mkdir()
            return cls(path)
        raise StoreError(f"{results_dir} already holds a thousand folders called {stem}")

    def write_study(self, resolved: Mapping[str, Any]) -> None:
        """Record the study as it was resolved."""
        import yaml

        dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
        text = yaml.dump(dict(resolved), Dumper=dumper, allow_unicode=True, sort_keys=False, width=120)
        write_text(self.path / STUDY, text)

    def write_provenance(self, facts: Mapping[str, Any]) -> None:
        """Record (again) with what, when and on what machine the study ran."""
        write_text(self.path / PROVENANCE, json.dumps(facts, ensure_ascii=False, indent=2) + "\n")

    def write_text(self, name: str, text: str, encoding: str = "utf-8") -> None:
        """Write another text file of the folder."""
        write_text(self.path / name, text, encoding)

    def add_part(self, table: str, rows: pa.Table) -> None:
        """Add one part to one of TABLES."""
        number = 1 + max((int(p.stem[5:]) for p in self.parts(table) if p.stem.startswith("part-")), default=-1)
        self._write(table, f"part-{number:06d}.parquet", rows)

    def parts(self, table: str) -> list[Path]:
        """The finished parts of a table, oldest first."""
        return sorted((self.path / table).glob("*.parquet"))

    def read(self, table: str) -> pa.Table | None:
        """All rows of a table, or None when nothing is recorded; parts that hold a row twice count once."""
        return read_table(self.path, table)

    def compact(self, arms: Sequence[str]) -> None:
        """Turn the parts of each table into one, rows by point, arm and replicate, columns in a fixed order.

        A stop in the middle loses nothing: the new part is complete before the old ones go, and a reader counts
        a row that stands in both once.
        """
        for table, keys in TABLES.items():
            old = self.parts(table)
            rows = self.read(table)
            if rows is None:
                continue
            self._write(table, WHOLE, in_order(rows, arms, keys))
            for part in old:
                if part.name != WHOLE:
                    with explained(part):
                        part.unlink(missing_ok=True)

    def set_damaged_aside(self) -> list[Path]:
        """Rename parts that cannot be read, so that their runs count as missing; returns the new names."""
        aside = []
        for table in TABLES:
            for part in self.parts(table):
                try:
                    read_part(part)
                except StoreError:
                    with explained(part):
                        aside.append(part.rename(part.with_name(f"{part.name}.damaged")))
        return aside

    def sweep(self) -> None:
        """Remove what a killed process left half written."""
        for orphan in self.path.rglob(f"*{TEMPORARY}"):
            with explained(orphan):
                orphan.unlink(missing_ok=True)

    def _write(self, table: str, name: str, rows: pa.Table) -> None:
        import pyarrow.parquet as pq

        replace_file(self.path / table / name, lambda path: pq.write_table(rows, path, compression="zstd"))


def in_order(rows: pa.Table, arms: Sequence[str], keys: Sequence[str]) -> pa.Table:
    """Rows by point, arm (in the study's order), replicate and week; key columns first, then the rest as first met."""
    known = {name: index for index, name in enumerate(arms)}
    arm = np.array([known.get(name, len(known)) for name in rows["arm"].to_pylist()], dtype=np.int64)
    by: list[Any] = [rows["replicate"].to_numpy(), arm, rows["point"].to_numpy()]
    if "week" in keys:
        by.insert(0, rows["week"].to_numpy())
    rest = [name for name in rows.column_names if name not in keys]
    rest.sort(key=lambda name: (name.startswith(EXECUTION), name.startswith(BUDGET)))
    return rows.select([*keys, *rest]).take(np.lexsort(by)).combine_chunks()


def read_part(part: Path) -> pa.Table:
    """Read one part. Raises StoreError when it is damaged."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.read_table(part, partitioning=None)
    except (pa.ArrowInvalid, OSError) as error:
        folder = part.parent.parent
        raise StoreError(
            f"{part} is damaged and cannot be read; compute its runs again with: gongzhi resume {folder} repair=true"
        ) from error


def read_table(folder: Path, table: str) -> pa.Table | None:
    """Read all parts of a table of a study's folder; a row found twice counts once."""
    import pyarrow as pa

    parts = sorted((folder / table).glob("*.parquet"))
    tables = [read_part(part) for part in parts]
    if not tables:
        return None
    rows = pa.concat_tables(tables, promote_options="permissive")
    if len(tables) == 1:
        return rows
    keys = rows.select([key for key in TABLES[table] if key not in OF_A_RUN]).to_pandas()
    order = np.arange(len(keys))
    if table == "runs":  # a run that failed and was done again counts with its success
        order = np.argsort(rows["status"].to_numpy(zero_copy_only=False) != "ok", kind="stable")
    again = keys.iloc[order].duplicated().to_numpy()
    return rows if not again.any() else rows.take(np.sort(order[~again]))
