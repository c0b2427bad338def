"""How a table of single things is taken from the state: fields with unit and meaning, and pyarrow tables of them.

Codes become words, dates that never came become nothing. Unit and meaning of a field that is a column of the state are
those of the column registry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.vocabulary.columns import COLUMNS

if TYPE_CHECKING:
    from sim.engine.state import State

Array = NDArray[Any]
YEAR = 52.0  # weeks
NOTHING = re.compile(r"[,;] -1 .*$")


@dataclass(frozen=True)
class Look:
    """What a table is taken from: the state after `week` weeks, the rows, and what bodies or residents did before."""

    state: State
    rows: Array
    week: int
    reform_week: int
    hours: Array | None = None
    decided: Array | None = None
    acts: Array | None = None


@dataclass(frozen=True)
class Field:
    """One column of a table. `words` name the codes; with `never` a number below zero is nothing; `flag`: yes or no."""

    name: str
    unit: str
    meaning: str
    take: Callable[[Look], Array] | None = None
    words: tuple[str, ...] = ()
    never: bool = False
    flag: bool = False


@dataclass(frozen=True)
class Table:
    """A table by name, and its columns; `whole` takes them all at once where no field does so by itself."""

    name: str
    fields: tuple[Field, ...]
    whole: Callable[[Look], dict[str, Array]] | None = None


def names(enum: Any) -> tuple[str, ...]:
    """Words of a code in the order of its numbers, which begin at 0."""
    return tuple(member.name.lower() for member in enum)


def column(name: str, words: tuple[str, ...] = (), never: bool = False, under: str = "", meaning: str = "") -> Field:
    """A column of the registry as it stands; what it marks with -1 is nothing here where `never` says so."""
    held = COLUMNS[name]
    meaning = meaning or (NOTHING.sub("", held.meaning) if never else held.meaning)
    return Field(
        under or name.split(".", 1)[1], held.unit if not words else "word", meaning,
        lambda look: look.state[name][look.rows], words, never, held.unit == "flag",
    )  # fmt: skip


def linked(under: str, row: str, target: str, meaning: str, words: tuple[str, ...] = (), never: bool = False) -> Field:
    """The column `target` of the row that the column `row` points to; where `never`, it may point nowhere."""

    def take(look: Look) -> Array:
        at = look.state[row][look.rows].astype(np.int64)
        held = look.state[target].astype(np.int64)
        return np.where(at >= 0, held[np.maximum(at, 0)], -1) if len(held) else np.full(len(at), -1)

    return Field(under, "word" if words else COLUMNS[target].unit, meaning, take, words, never)


def parts(name: str, stem: str, axes: Sequence[tuple[str, ...]], meaning: str = "") -> tuple[Field, ...]:
    """One field for each place of a column with further axes."""
    held = COLUMNS[name]

    def field(place: tuple[int, ...]) -> Field:
        label = "_".join(words[i] for words, i in zip(axes, place, strict=True))
        return Field(
            f"{stem}_{label}", held.unit, f"{meaning or held.meaning}: {label.replace('_', ' ')}",
            lambda look: look.state[name][(look.rows, *place)],
        )  # fmt: skip

    return tuple(field(place) for place in np.ndindex(*(len(words) for words in axes)))


WHEN = (
    Field("week", "weeks", "weeks done since the start of the run, warm-up included",
          lambda look: np.full(len(look.rows), look.week)),
    Field("year", "years", "years since the reform, below zero before it",
          lambda look: np.full(len(look.rows), (look.week - look.reform_week) / YEAR)),
)  # fmt: skip


def take(table: Table, look: Look) -> dict[str, Array]:
    """The numbers of a table, by column."""
    if table.whole is not None:
        return table.whole(look)
    return {f.name: np.asarray(f.take(look)) for f in table.fields if f.take is not None}


def arrow(table: Table, pieces: Iterable[Mapping[str, Array]], about: Mapping[str, str]) -> Any:
    """A pyarrow table of one or more pieces; every field carries its unit and meaning."""
    import pyarrow as pa

    held = list(pieces)
    made, schema = [], []
    for f in table.fields:
        values = np.concatenate([p[f.name] for p in held]) if held else np.zeros(0, np.int64 if f.words else float)
        none = values < 0 if f.never else None
        if f.words:
            places = pa.array(np.clip(values, 0, None).astype(np.int8), mask=none)
            made.append(pa.DictionaryArray.from_arrays(places, pa.array(f.words)))
        else:
            made.append(pa.array(values != 0 if f.flag else values, mask=none))
        schema.append(pa.field(f.name, made[-1].type, metadata={"unit": f.unit, "meaning": f.meaning}))
    return pa.Table.from_arrays(made, schema=pa.schema(schema, metadata=dict(about)))
