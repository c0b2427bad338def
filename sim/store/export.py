"""A stored study in the forms that other programs read: CSV, Excel, SALib, EMA workbench."""

from __future__ import annotations

import io
import json
import shutil
import tarfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.store.atomic import explained, replace_file, write_text
from sim.store.checksums import check_made
from sim.store.errors import StoreError
from sim.store.folder import CONTRASTS, EFFECTS, POINTS
from sim.store.parts import BUDGET, EXECUTION, RUN_KEYS, TABLES, check_part, columns_of, in_order, parts_of, read_table
from sim.store.read import StoredStudy
from sim.vocabulary.words import LANGS, label

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

FORMATS = ("csv", "xlsx", "salib", "ema")
SHEET_ROWS = 1_048_575  # of an Excel sheet, below its heading
BATCH = 50_000
UNIT_CUBE = ("morris", "saltelli")  # designs whose analysis needs the sample as SALib drew it


def _note() -> str:
    return " · ".join(label("word.simulated", lang) for lang in reversed(LANGS))


def export(stored: StoredStudy, formats: Sequence[str], out: Path) -> list[Path]:
    """Write a study into `out` in each of FORMATS that is asked for; returns the files. Raises StoreError."""
    for name in formats:
        if name not in FORMATS:
            raise StoreError(f"tables are not exported as {name!r}; format can be {', '.join(FORMATS)}")
    with explained(out):
        out.mkdir(parents=True, exist_ok=True)
    makers: dict[str, Callable[[StoredStudy, Path], list[Path]]] = {
        "csv": to_csv, "xlsx": to_xlsx, "salib": to_salib, "ema": to_ema,
    }  # fmt: skip
    return [path for name in formats for path in makers[name](stored, out)]


def to_csv(stored: StoredStudy, out: Path) -> list[Path]:
    """runs.csv, series.csv and tallies.csv, and the tables made from them."""
    from pyarrow import csv

    made = []
    for table in TABLES:
        batches = rows_of(stored, table)
        first = next(batches, None)
        if first is None:
            continue

        def write(path: Path, first: pa.Table = first, rest: Iterator[pa.Table] = batches) -> None:
            with csv.CSVWriter(path, first.schema) as writer:
                writer.write_table(first)
                for rows in rest:
                    writer.write_table(rows)

        made.append(replace_file(out / f"{table}.csv", write))
    for name in (EFFECTS, CONTRASTS, POINTS):
        if (stored.path / name).exists():
            check_made(stored.path / name)
            made.append(replace_file(out / name, partial(shutil.copyfile, stored.path / name)))
    return made


def rows_of(stored: StoredStudy, table: str) -> Iterator[pa.Table]:
    """The rows of a table in order, in batches; of a finished study without reading all of it."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    parts = parts_of(stored.path, table)
    if len(parts) == 1 and parts[0].name.startswith("all."):
        check_part(parts[0])
        with pq.ParquetFile(parts[0]) as file:
            for batch in file.iter_batches(BATCH):
                yield pa.Table.from_batches([batch])
    elif parts and (rows := read_table(stored.path, table)) is not None:
        yield in_order(rows, stored.arms, TABLES[table])


def to_xlsx(stored: StoredStudy, out: Path) -> list[Path]:
    """One workbook: what the study is, effects, points, runs, and what the indicators mean."""
    try:
        import xlsxwriter
    except ImportError:
        raise StoreError(
            "format=xlsx needs XlsxWriter, which is not installed; install it with: pip install 'gongzhi[office]'"
        ) from None
    rows = columns_of(stored.path, "runs")[1]
    if rows > SHEET_ROWS:
        raise StoreError(f"the study has {rows:,} runs, an Excel sheet holds {SHEET_ROWS:,}; take format=csv")

    def write(path: Path) -> None:
        with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False}) as book:
            _sheet(book, "about", ("key", "value"), iter(_about(stored)))
            for name, table in (("effects", EFFECTS), ("contrasts", CONTRASTS), ("points", POINTS)):
                if (stored.path / table).exists():
                    frame = stored._csv(table)
                    _sheet(book, name, list(frame.columns), frame.itertuples(index=False, name=None))
            batches = rows_of(stored, "runs")
            first = next(batches, None)
            if first is not None:
                names = first.column_names
                lines = (line for batch in _chain(first, batches) for line in _lines(batch, names))
                _sheet(book, "runs", names, lines)
            _sheet(book, "indicators", ("name", "unit", "zh", "en"), iter(_indicators(stored)))

    return [replace_file(out / f"{stored.study['name']}.xlsx", write)]


def _chain(first: pa.Table, rest: Iterator[pa.Table]) -> Iterator[pa.Table]:
    yield first
    yield from rest


def _lines(batch: pa.Table, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    return zip(*(batch[name].to_pylist() for name in names), strict=True)


def _sheet(book: Any, name: str, heading: Sequence[str], lines: Iterator[Any]) -> None:
    sheet, bold = book.add_worksheet(name), book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(heading) - 1, 18)
    sheet.write_row(0, 0, heading, bold)
    for number, line in enumerate(lines, 1):
        # a value that is not there is an empty cell
        sheet.write_row(number, 0, ["" if v is None or v != v or v in (np.inf, -np.inf) else v for v in line])


def _about(stored: StoredStudy) -> list[tuple[str, str]]:
    words = [(key, lang) for key in ("label", "question", "description") for lang in LANGS]
    study, facts = stored.study, stored.provenance
    found = [("note", _note()), ("name", str(study["name"]))]
    found += [(f"{key} ({lang})", str(study[key][lang])) for key, lang in words if isinstance(study.get(key), dict)]
    found += [(key, str(study.get(key, ""))) for key in ("baseline", "replicates", "source", "model_version")]
    begun = (facts.get("executions") or [{}])[0].get("begun", "")
    return [*found, ("begun", str(begun)), ("gongzhi", str(facts.get("versions", {}).get("gongzhi", "")))]


def _indicators(stored: StoredStudy) -> list[tuple[str, str, str, str]]:
    from sim.observe.indicators import INDICATORS

    names = next(rows_of(stored, "runs")).column_names if parts_of(stored.path, "runs") else []
    known = [INDICATORS[name] for name in names if name in INDICATORS]
    return [(item.name, item.unit, item.label["zh"], item.label["en"]) for item in known]


def to_salib(stored: StoredStudy, out: Path) -> list[Path]:
    """problem.json and X.csv of the design, and Y_ARM.csv: every indicator's mean over the replicates, point by point.

    `SALib.analyze` takes them as they are: `analyze(problem, X, Y["welfare"].to_numpy())`. Of designs that SALib drew,
    X is the sample between 0 and 1; elsewhere the values of the factors, words as their number among the options.
    """
    from sim.scenario.comparison import Design
    from sim.scenario.design import unit_sample

    if not stored.study.get("design"):
        raise StoreError(f"the study in {stored.path} varies no factors, so there is nothing for SALib to analyse")
    from sim.scenario.check import checked

    design = checked(Design, stored.study["design"], "the stored design")
    keys = [f.key for f in design.factors]
    if design.kind in UNIT_CUBE:
        x, bounds = unit_sample(design), [[0.0, 1.0]] * len(keys)
    else:
        x, bounds = _numbers(stored, design)
    problem = {"num_vars": len(keys), "names": keys, "bounds": bounds}
    about = {"kind": design.kind, "size": design.size, "seed": design.seed, "note": _note()}
    place = out / "salib"
    with explained(place):
        place.mkdir(exist_ok=True)
    write_text(place / "problem.json", json.dumps({**problem, "design": about}, ensure_ascii=False, indent=2) + "\n")
    lines = [",".join(keys), *(",".join(repr(float(v)) for v in row) for row in x)]
    write_text(place / "X.csv", "\n".join(lines) + "\n")
    made = [place / "problem.json", place / "X.csv"]
    for arm in stored.arms:
        table = _means(stored, arm).reindex(range(len(x)))
        path = place / f"Y_{arm}.csv"
        write_text(path, table.to_csv(index=False, lineterminator="\n"))
        made.append(path)
    return made


def _numbers(stored: StoredStudy, design: Any) -> tuple[Any, list[list[float]]]:
    """Values of the factors at every point as numbers, and their bounds; words by their place among the options."""
    points = [p["values"] for p in stored.study["points"]]
    columns, bounds = [], []
    for f in design.factors:
        options = {repr(v): float(at) for at, v in enumerate(f.values)}
        worded = any(isinstance(v, str | bool) for v in f.values)
        values = [p.get(f.key) for p in points]
        if worded:
            found = [options.get(repr(v), np.nan) for v in values]
            bounds.append([0.0, float(max(1, len(options) - 1))])
        else:
            found = [np.nan if v is None else float(v) for v in values]
            ends = [f.low, f.high] if f.low is not None else [float(min(f.values)), float(max(f.values))]
            bounds.append([float(ends[0]), float(ends[1])])
        columns.append(found)
    return np.array(columns).T, bounds


def _means(stored: StoredStudy, arm: str) -> pd.DataFrame:
    """Means of the indicators over the completed replicates of each point."""
    runs = stored.runs
    done = runs[(runs["arm"] == arm) & (runs["status"] == "ok")]
    names = [c for c in runs.columns if c not in RUN_KEYS and not c.startswith((BUDGET, EXECUTION))]
    return done.groupby("point")[names].mean()


def to_ema(stored: StoredStudy, out: Path) -> list[Path]:
    """NAME.tar.gz, which `ema_workbench.load_results` reads: one experiment a completed run, the arm as its policy."""
    import pandas as pd

    runs = stored.runs[stored.runs["status"] == "ok"]
    points = stored.study.get("points") or [{"values": {}}]
    factors = pd.DataFrame([p["values"] for p in points]).astype(object)
    experiments = factors.iloc[runs["point"].to_numpy()].reset_index(drop=True).infer_objects()
    keys = {"replicate": runs["replicate"], "scenario": runs["point"], "policy": runs["arm"]}
    own = pd.DataFrame({name: column.to_numpy() for name, column in keys.items()}).assign(model="gongzhi")
    experiments = pd.concat([experiments, own], axis=1)
    names = [c for c in runs.columns if c not in RUN_KEYS and not c.startswith(EXECUTION)]
    kinds = {c: "object" if experiments[c].dtype.kind not in "iufb" else str(experiments[c].dtype) for c in experiments}
    files = {f"{name}.csv": "\n".join(repr(float(v)) for v in runs[name]) + "\n" for name in names}
    metadata = {
        "version": 0.1,
        "experiments": kinds,
        "outcomes": [["ScalarOutcome", name, f"{name}.csv"] for name in names],
    }
    files = {
        "metadata.json": json.dumps(metadata),
        "experiments.csv": experiments.to_csv(index=False, lineterminator="\n"),
        **files,
    }

    def write(path: Path) -> None:
        with tarfile.open(path, "w:gz") as archive:
            for name, text in files.items():
                data = text.encode("utf-8")
                entry = tarfile.TarInfo(name)
                entry.size = len(data)
                archive.addfile(entry, io.BytesIO(data))

    return [replace_file(out / f"{stored.study['name']}.tar.gz", write)]
