"""The folder of one study: study.yaml (the points of a large design in points.json.gz beside it), provenance.json, the
tables runs/, series/ and tallies/ as Parquet parts, and tables made from them (effects.csv; ablation.csv
and points.csv where there are contrasts or design points).

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

import sim.store.packed as packed
from sim.store.atomic import TEMPORARY, explained, write_text
from sim.store.errors import StoreError
from sim.store.parts import (
    TABLES,
    add_part,
    check_part,
    in_order,
    merged_runs,
    parts_of,
    read_part,
    read_table,
)

if TYPE_CHECKING:
    import pyarrow as pa

STUDY = "study.yaml"
PROVENANCE = "provenance.json"
EFFECTS = "effects.csv"
CONTRASTS = "ablation.csv"  # each choice by itself, where a study puts choices in and takes them out
POINTS = "points.csv"
WHOLE = "all"


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
        if packed.large(resolved.get("points") or ()):
            packed.write(self.path, resolved["points"])
            resolved = {**resolved, "points": packed.PACKED}
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
        number = 1 + max((int(p.name[5:11]) for p in self.parts(table) if p.name.startswith("part-")), default=-1)
        add_part(self.path, table, f"part-{number:06d}", iter([rows]))

    def parts(self, table: str) -> list[Path]:
        """The finished parts of a table, oldest first."""
        return parts_of(self.path, table)

    def read(self, table: str, columns: Sequence[str] | None = None) -> pa.Table | None:
        """A table or some of its columns, None when nothing is recorded; a row that two parts hold counts once."""
        return read_table(self.path, table, columns)

    def compact(self, arms: Sequence[str]) -> None:
        """Turn the parts of each table into one, rows by point, arm and replicate, columns in a fixed order.

        A stop in the middle loses nothing: the new part is complete before the old ones go, and a reader counts
        a row that stands in both once.
        """
        for table, keys in TABLES.items():
            old = self.parts(table)
            if not old or [part.name.partition(".")[0] for part in old] == [WHOLE]:
                for part in old:
                    check_part(part)
                continue
            if table == "runs":
                blocks = merged_runs(old, arms)
            else:  # a study keeps a bounded number of these rows
                rows = self.read(table)
                blocks = iter([] if rows is None else [in_order(rows, arms, keys)])
            whole = add_part(self.path, table, WHOLE, blocks)
            for part in old:
                if part != whole:
                    with explained(part):
                        part.unlink(missing_ok=True)

    def set_damaged_aside(self) -> list[Path]:
        """Rename parts that are damaged, so that their runs count as missing; returns the new names."""
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
