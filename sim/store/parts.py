"""Parts of a table: Parquet files whose names carry the checksum of their bytes, read, merged and put in order.

`runs/part-000003.9f86d081884c7d65.parquet` is a part of the table of runs; after the dot stands the beginning of the
SHA-256 of the file. A file is renamed to that name only when all of it is on the disk, so a name that does not fit
its bytes means damage, wherever in the file it is.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.store.atomic import explained, replace_file
from sim.store.errors import StoreError

if TYPE_CHECKING:
    import pyarrow as pa

Found = TypeVar("Found")
RUN_KEYS = ("run_id", "point", "arm", "replicate", "status", "message")
SERIES_KEYS = ("run_id", "point", "arm", "replicate", "week")
TALLY_KEYS = ("run_id", "point", "arm", "replicate", "measure", "a", "b", "c", "d", "at")
TABLES = {"runs": RUN_KEYS, "series": SERIES_KEYS, "tallies": TALLY_KEYS}
OF_A_RUN = ("run_id", "status", "message")  # keys that a run has once; the others tell its rows apart
BUDGET = "budget_"
EXECUTION = "exec_"
DIGITS = 16
NAMED = re.compile(rf"^(?P<stem>[a-z]+(?:-[0-9]+)?)\.(?P<sum>[0-9a-f]{{{DIGITS}}})\.parquet$")
BLOCK = 100_000  # rows put in order at once; memory grows with this and not with the table
ATTEMPTS = 5  # to read a table whose parts are being merged by another process


def checksum(path: Path) -> str:
    """First hex digits of the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:DIGITS]


def parts_of(folder: Path, table: str) -> list[Path]:
    """The finished parts of a table, oldest first."""
    return sorted((folder / table).glob("*.parquet"))


def add_part(folder: Path, table: str, stem: str, tables: Iterator[pa.Table]) -> Path:
    """Write tables of one schema, in turn, as one part; returns its path. Raises StoreError."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    def write(path: Path) -> None:
        first = next(tables)
        # numbers that hardly repeat gain nothing by a dictionary, and take three times as long to read with one
        coded = [field.name for field in first.schema if not pa.types.is_floating(field.type)]
        with pq.ParquetWriter(path, first.schema, compression="zstd", use_dictionary=coded) as writer:
            writer.write_table(first)
            for rows in tables:
                writer.write_table(rows)

    place = folder / table / f"{stem}.parquet"
    with explained(place.parent):
        place.parent.mkdir(exist_ok=True)  # somebody may have taken it away
    return replace_file(place, write, lambda written: place.with_name(f"{stem}.{checksum(written)}.parquet"))


def check_part(part: Path) -> None:
    """Raise StoreError when the bytes of a part are not those that were written; asked once for an unchanged file."""
    try:
        facts = part.stat()
    except OSError as error:
        raise damaged(part, error.strerror or str(error)) from error
    _check_bytes(part, facts.st_size, facts.st_mtime_ns)


@functools.lru_cache(maxsize=4096)
def _check_bytes(part: Path, size: int, changed: int) -> None:
    named = NAMED.match(part.name)
    if named is None:
        return  # a table that one run wrote for itself has no checksum in its name
    try:
        found = checksum(part)
    except OSError as error:
        raise damaged(part, error.strerror or str(error)) from error
    if found != named["sum"]:
        raise damaged(part, f"its checksum is {found}, not the {named['sum']} of its name")


def damaged(part: Path, reason: str) -> StoreError:
    """The error about a part that cannot be used."""
    folder = part.parent.parent
    return StoreError(
        f"{part} is damaged ({reason}); compute its runs again with: gongzhi resume {folder} repair=true"
    )


def read_part(part: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """Read one part, or those of `columns` that it has. Raises StoreError when it is damaged."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    check_part(part)
    try:
        with pq.ParquetFile(part) as file:
            wanted = None if columns is None else [c for c in columns if c in file.schema_arrow.names]
            return file.read(columns=wanted)
    except (pa.ArrowException, OSError) as error:
        raise damaged(part, "it cannot be read") from error


def read_table(folder: Path, table: str, columns: Sequence[str] | None = None) -> pa.Table | None:
    """All parts of a table, or some of its columns; a row found twice counts once. None when nothing is recorded."""
    import pyarrow as pa

    own = [key for key in TABLES[table] if key not in OF_A_RUN]
    asked = None if columns is None else list(dict.fromkeys([*own, *_status(table), *columns]))
    tables = _of_parts(folder, table, lambda part: read_part(part, asked))
    if not tables:
        return None
    rows = pa.concat_tables(tables, promote_options="permissive")
    if len(tables) > 1:
        keys = rows.select(own).to_pandas()
        order = np.arange(len(keys))
        if table == "runs":  # a run that failed and was done again counts with its success
            order = np.argsort(rows["status"].to_numpy(zero_copy_only=False) != "ok", kind="stable")
        again = keys.iloc[order].duplicated().to_numpy()
        rows = rows.take(np.sort(order[~again])) if again.any() else rows
    return rows if columns is None else rows.select([c for c in columns if c in rows.column_names])


def _status(table: str) -> tuple[str, ...]:
    return ("status",) if table == "runs" else ()


def columns_of(folder: Path, table: str) -> tuple[list[str], int]:
    """Names of the columns of a table, and how many rows its parts have. Raises StoreError when one is damaged."""
    found = _of_parts(folder, table, _shape)
    return list(dict.fromkeys(name for names, _ in found for name in names)), sum(rows for _, rows in found)


def _shape(part: Path) -> tuple[list[str], int]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    check_part(part)
    try:
        with pq.ParquetFile(part) as file:
            return list(file.schema_arrow.names), int(file.metadata.num_rows)
    except (pa.ArrowException, OSError) as error:
        raise damaged(part, "it cannot be read") from error


def _of_parts(folder: Path, table: str, read: Callable[[Path], Found]) -> list[Found]:
    """What `read` gives for every part; begun anew when parts go away because another process merges them."""
    for attempt in range(ATTEMPTS):
        parts = parts_of(folder, table)
        try:
            return [read(part) for part in parts]
        except StoreError:
            if attempt == ATTEMPTS - 1 or all(part.exists() for part in parts):
                raise
    return []


def in_order(rows: pa.Table, arms: Sequence[str], keys: Sequence[str]) -> pa.Table:
    """Rows by point, arm (in the study's order), replicate and week; key columns first, then the rest as first met."""
    by: list[Any] = [rows["replicate"].to_numpy(), arm_numbers(rows, arms), rows["point"].to_numpy()]
    if "week" in keys:
        by.insert(0, rows["week"].to_numpy())
    return rows.select(column_order(rows.column_names, keys)).take(np.lexsort(by)).combine_chunks()


def column_order(names: Sequence[str], keys: Sequence[str]) -> list[str]:
    """Key columns first, then indicators, budgets and execution as first met."""
    rest = [name for name in names if name not in keys]
    rest.sort(key=lambda name: (name.startswith(EXECUTION), name.startswith(BUDGET)))
    return [*keys, *rest]


def arm_numbers(rows: pa.Table, arms: Sequence[str]) -> NDArray[np.int64]:
    """Place of each row's arm in the study's order."""
    known = {name: index for index, name in enumerate(arms)}
    coded = rows["arm"].combine_chunks().dictionary_encode()
    codes = np.array([known.get(name, len(known)) for name in coded.dictionary.to_pylist()], dtype=np.int64)
    return codes[coded.indices.to_numpy()] if len(codes) else np.zeros(0, np.int64)


def merged_runs(parts: Sequence[Path], arms: Sequence[str]) -> Iterator[pa.Table]:
    """The runs of all parts in order, a block at a time, so that memory does not grow with their number."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.unify_schemas([pq.read_schema(part) for part in parts], promote_options="permissive")
    names = column_order(schema.names, RUN_KEYS)
    part_of, row_of = _run_order(parts, arms)
    for start in range(0, len(part_of), BLOCK):
        which, rows = part_of[start : start + BLOCK], row_of[start : start + BLOCK]
        pieces, places = [], []
        for part in np.unique(which):
            here = np.flatnonzero(which == part)
            pieces.append(read_part(parts[part]).take(rows[here]))
            places.append(here)
        block = pa.concat_tables(pieces, promote_options="permissive")
        block = block.take(np.argsort(np.concatenate(places), kind="stable"))
        columns = {f.name: block[f.name] if f.name in block.column_names else pa.nulls(len(block)) for f in schema}
        whole = pa.table({name: columns[name] for name in names})
        yield whole.cast(pa.schema([schema.field(name) for name in names])).combine_chunks()


def _run_order(parts: Sequence[Path], arms: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Part and row of every run in order; of a run recorded twice the one that completed, else the first."""
    found: list[list[Any]] = [[], [], [], [], [], []]
    for number, part in enumerate(parts):
        keys = read_part(part, ["point", "arm", "replicate", "status"])
        size = len(keys)
        bad = keys["status"].to_numpy(zero_copy_only=False) != "ok"
        values = (keys["point"].to_numpy(), arm_numbers(keys, arms), keys["replicate"].to_numpy())
        own = (*values, bad, np.full(size, number), np.arange(size))
        for column, value in zip(found, own, strict=True):
            column.append(value)
    point, arm, replicate, bad, part_of, row_of = (np.concatenate(column) for column in found)
    order = np.lexsort((row_of, part_of, bad, replicate, arm, point))
    same = np.ones(len(order), dtype=bool)
    for key in (point, arm, replicate):
        same[1:] &= key[order[1:]] == key[order[:-1]]
    same[:1] = False
    order = order[~same]
    return part_of[order], row_of[order]
