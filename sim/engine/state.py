"""All state of a run as named columns, with growth of the open-ended tables, copying and storing."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.vocabulary.codes import Kind, Rows
from sim.vocabulary.columns import COLUMNS

GROWING = {rows.name.lower(): int(rows) for rows in Rows}  # table: place in rows.used


class State:
    """Columns by name ("table.column"). Arrays have the registered dtype and trailing shape and C order."""

    def __init__(self, rows: Mapping[str, int]) -> None:
        import sim.model.bodies.every  # noqa: F401  the widths of what bodies know and decide

        self.columns: dict[str, NDArray[Any]] = {}
        self.rows: dict[str, int] = {"rows": len(GROWING), "kind": len(Kind)}
        for table, count in rows.items():
            self.rows[table] = count
        for column in COLUMNS.values():
            count = self.rows.get(column.table, 0)
            self.columns[column.name] = np.zeros((count, *column.shape), dtype=column.dtype)

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.columns[name]

    def __setitem__(self, name: str, values: Any) -> None:
        """Replace the values of a column; the shape must fit."""
        self.columns[name][...] = values

    def used(self, table: str) -> int:
        """Rows in use: of a growing table those filled so far, else all."""
        return int(self.columns["rows.used"][GROWING[table]]) if table in GROWING else self.rows[table]

    def table(self, name: str) -> dict[str, NDArray[Any]]:
        """Views of the used rows of one table, by short column name."""
        n = self.used(name)
        return {c.name.split(".", 1)[1]: self.columns[c.name][:n] for c in COLUMNS.values() if c.table == name}

    def reserve(self, table: str, free: int) -> bool:
        """Make sure that a growing table has `free` unused rows; True when arrays were replaced."""
        used, have = self.used(table), self.rows[table]
        if used + free <= have:
            return False
        count = max(used + free, have + have // 2)
        for column in COLUMNS.values():
            if column.table == table:
                old = self.columns[column.name]
                new = np.zeros((count, *column.shape), dtype=column.dtype)
                new[:used] = old[:used]
                self.columns[column.name] = new
        self.rows[table] = count
        return True

    def copy(self) -> State:
        """An independent copy, for a fork."""
        twin = State.__new__(State)
        twin.rows = dict(self.rows)
        twin.columns = {name: values.copy() for name, values in self.columns.items()}
        return twin

    def zero_counts(self) -> None:
        """Zero this week's counters."""
        for name in COUNTS:
            self.columns[name].fill(0)

    def to_bytes(self) -> bytes:
        """All columns as an uncompressed npz."""
        buffer = io.BytesIO()
        np.savez(buffer, **self.columns)  # type: ignore[arg-type]
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> State:
        """The state that `to_bytes` wrote. Raises ValueError when columns are missing or unknown."""
        with np.load(io.BytesIO(data), allow_pickle=False) as stored:
            if set(stored.files) != set(COLUMNS):
                raise ValueError("the saved state holds other columns than this version of the model")
            state = cls.__new__(cls)
            state.columns = {name: stored[name] for name in COLUMNS}
        state.rows = {c.table: len(state.columns[c.name]) for c in COLUMNS.values()}
        return state


COUNTS = tuple(c.name for c in COLUMNS.values() if c.role == "count")
