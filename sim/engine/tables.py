"""What a kernel is handed: the clock, its module's numbers, and tables whose columns it names.

A kernel says `case.file[n]`, `p.rework`, `now.week`. Compiled, a table is one address: of a row of words that hold the
address and the shape of each of its columns (`sim.engine.tables_compiled` resolves the names). Uncompiled, it is a
plain object with the arrays as attributes. So the same source runs both ways, and helpers are handed tables too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.vocabulary.columns import COLUMNS, TABLES, Column

Array = NDArray[Any]
CLOCK = ("key", "week", "day")


@cache
def layout(table: str) -> Mapping[str, tuple[Column, int]]:
    """Columns of a table by short name, each with the place of its first word: address, then the size of each axis."""
    found, place = {}, 0
    for column in COLUMNS.values():
        if column.table == table:
            found[column.name.partition(".")[2]] = (column, place)
            place += 2 + len(column.axes)
    return found


@cache
def laid_out(table: str) -> str:
    """First 8 hex digits of the SHA-256 over how a table lies in memory."""
    lie = [(name, column.dtype, len(column.axes), place) for name, (column, place) in layout(table).items()]
    return hashlib.sha256(repr(lie).encode()).hexdigest()[:8]


class Addressed:
    """What compiled code is handed as the address of a row of words."""

    address: int

    def __index__(self) -> int:
        return self.address


class Table(Addressed):
    """One table of a state; an attribute is the array of a column. `address` is that of its row of words."""

    def __init__(self, name: str, columns: Mapping[str, Array]) -> None:
        self.name = name
        self.words = np.zeros(sum(2 + len(c.axes) for c, _ in layout(name).values()) or 1, dtype=np.int64)
        self.address = self.words.ctypes.data
        self.refresh(columns)

    def refresh(self, columns: Mapping[str, Array]) -> None:
        """Look the arrays up again, after some were replaced. Raises ValueError for one that is not contiguous."""
        for short, (column, place) in layout(self.name).items():
            array = columns[column.name]
            if not array.flags.c_contiguous or array.dtype != np.dtype(column.dtype):
                raise ValueError(f"column {column.name} is not a contiguous array of {column.dtype}")
            setattr(self, short, array)
            self.words[place : place + 1 + array.ndim] = (array.__array_interface__["data"][0], *array.shape)


def tables(columns: Mapping[str, Array]) -> dict[str, Table]:
    """All tables of a state by name."""
    return {name: Table(name, columns) for name in TABLES}


class Numbers(Addressed):
    """The numbers of a module by name, as `p` of its kernels."""

    def __init__(self, module: str, names: Sequence[str], values: Sequence[float]) -> None:
        self.module, self.names = module, tuple(names)
        self.values = np.array(values or [0.0], dtype=np.float64)
        self.address = self.values.ctypes.data
        self.__dict__.update(zip(names, values, strict=True))


class Now(Addressed):
    """The run's random key, the week since the start and the working day of the week."""

    def __init__(self, key: int = 0, week: int = 0, day: int = 0) -> None:
        self.clock = np.array([key, week, day], dtype=np.uint64)
        self.address = self.clock.ctypes.data

    @property
    def key(self) -> np.uint64:
        return np.uint64(self.clock[0])

    @property
    def week(self) -> int:
        return int(self.clock[1])

    @property
    def day(self) -> int:
        return int(self.clock[2])

    def set(self, week: int, day: int) -> None:
        """Move the clock."""
        self.clock[1], self.clock[2] = week, day
