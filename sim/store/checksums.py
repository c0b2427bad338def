"""What a finished study says of its own files, so that a table that went away or was changed afterwards is noticed.

The parts of a table carry their checksum in their names. The tables made from them (effects.csv and the like) keep
their names, so summary.json lists their checksums, and which tables of parts there were.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from sim.store.errors import StoreError
from sim.store.parts import TABLES, checksum, parts_of

SUMMARY = "summary.json"
FILES = "files"


def list_files(folder: Path, names: Sequence[str]) -> dict[str, str]:
    """Name and checksum of the files of `names` that are there; of each table the name of its part, also of one that
    was listed before and went away."""
    before = {table: name for table, name in listed(folder).items() if table in TABLES}
    now = {table: parts[-1].name for table in TABLES if (parts := parts_of(folder, table))}
    return {**{name: checksum(folder / name) for name in names if (folder / name).is_file()}, **before, **now}


def listed(folder: Path) -> dict[str, str]:
    """What summary.json lists; nothing where the study is not finished or the file cannot be read."""
    try:
        found = json.loads((folder / SUMMARY).read_text(encoding="utf-8")).get(FILES)
    except (OSError, ValueError, AttributeError):
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def gone(folder: Path) -> list[str]:
    """Tables that the finished study had and of which no part is left."""
    return [table for table in TABLES if table in listed(folder) and not parts_of(folder, table)]


def check_made(path: Path) -> None:
    """Raise StoreError when a table is not what the study wrote."""
    noted = listed(path.parent).get(path.name)
    found = checksum(path) if noted else None
    if found != noted:
        raise not_as_written(path, f"its checksum is {found}, not the {noted} of {SUMMARY}")


def not_as_written(path: Path, reason: str) -> StoreError:
    """The error about a table that can be made again from the runs."""
    return StoreError(
        f"{path} is damaged or was changed ({reason}); make it again with: gongzhi resume {path.parent}"
    )
