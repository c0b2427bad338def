"""The design points of a large study in a file of their own, because YAML takes a kilobyte of memory a number.

`points.json.gz` holds JSON: the distinct rows of keys, and each mapping as the number of its row and its values. The
file says nothing that study.yaml would not; a reader of the study gets both as one.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.store.atomic import replace_file
from sim.store.errors import StoreError

PACKED = "points.json.gz"
READABLE = 2_000  # values of all points together that still stand in study.yaml


def large(points: Sequence[Mapping[str, Any]]) -> bool:
    """Whether so many values are better kept apart."""
    return sum(len(p.get("values") or ()) + sum(map(len, p.get("changes") or ())) for p in points) > READABLE


def write(folder: Path, points: Sequence[Mapping[str, Any]]) -> None:
    """Write the points (label, values, changes) beside study.yaml. Raises StoreError."""
    rows: dict[tuple[str, ...], int] = {}

    def packed(values: Mapping[str, Any]) -> list[Any]:
        return [rows.setdefault(tuple(values), len(rows)), *values.values()]

    made = [[p["label"], packed(p["values"]), [packed(c) for c in p["changes"]]] for p in points]
    text = json.dumps({"keys": list(rows), "points": made}, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    content = gzip.compress(text.encode("utf-8"), compresslevel=3, mtime=0)
    replace_file(folder / PACKED, lambda path: _bytes(path, content))


def read(folder: Path) -> list[dict[str, Any]]:
    """The points that `write` wrote. Raises StoreError when the file is missing or damaged."""
    path = folder / PACKED
    try:
        found = json.loads(gzip.decompress(path.read_bytes()))
        keys = [tuple(row) for row in found["keys"]]

        def unpacked(values: list[Any]) -> dict[str, Any]:
            return dict(zip(keys[values[0]], values[1:], strict=True))

        return [
            {"label": label, "values": unpacked(values), "changes": [unpacked(c) for c in changes]}
            for label, values, changes in found["points"]
        ]
    except (OSError, EOFError, zlib.error, ValueError, KeyError, IndexError, TypeError) as error:
        raise StoreError(
            f"{path} cannot be read ({error}); the study's design points stand in it, so run the study again"
        ) from error


def _bytes(path: Path, content: bytes) -> None:
    path.write_bytes(content)
