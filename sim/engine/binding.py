"""Mechanisms bound to the tables of one state, callable at almost no cost.

For each mechanism a small compiled caller is made. It is handed one row of words, the addresses of its numbers, of the
clock and of its tables, and calls the kernel with them. The callers are written into the cache folder and compiled once
per installation; after a change only those are compiled again whose sources changed.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from sim.engine.effects import NOW, NUMBERS
from sim.engine.kernel import cached_in, prepare_cache, uncompiled
from sim.engine.mechanism import REGISTRY, Mechanism
from sim.engine.tables import Now, Table, layout


def text_of(item: Mechanism) -> str:
    """Source of a caller: the kernel with what stands at each place of the words."""
    given = ", ".join(f"at_{argument}(words, {place})" for place, argument in enumerate(item.arguments))
    return f"def call(words):\n    run({given})\n"


@functools.cache
def made_of(name: str) -> str:
    """Hash of all that the caller of a mechanism depends on: its kernel, how its tables lie in memory, this program."""
    item = REGISTRY[name]
    lie = {t: [[n, c.dtype, len(c.axes), place] for n, (c, place) in layout(t).items()] for t in item.tables}
    parts = (item.kernel.made_of, text_of(item), json.dumps([lie, list(item.keys)]), sources())
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:12]


@functools.cache
def sources() -> str:
    """The files that turn a kernel into compiled code."""
    here = Path(__file__).parent
    return "".join((here / name).read_text(encoding="utf-8") for name in ("binding.py", "tables_compiled.py"))


def all_made_of() -> str:
    """Hash over the callers of all registered mechanisms."""
    return hashlib.sha256(" ".join(made_of(name) for name in sorted(REGISTRY)).encode()).hexdigest()[:12]


@functools.cache
def caller(name: str) -> Any:
    """The compiled caller of a registered mechanism, from the cache on disk where it was made before."""
    item = REGISTRY[name]
    folder = prepare_cache() / "callers"
    path = folder / f"call_{item.name.replace('.', '_')}_{made_of(name)}.py"
    with cached_in(folder):
        return _compiled(item, path)


def _compiled(item: Mechanism, path: Path) -> Any:
    import numba
    from numba import types

    from sim.engine.tables_compiled import NowType, NumbersType, TableType, pointed

    text = text_of(item)
    if not path.exists():
        item.check()
        partial = path.with_name(f"{path.name}.{os.getpid()}")
        partial.write_text(text, encoding="utf-8")
        partial.replace(path)
    names: dict[str, Any] = {"run": item.kernel.inner}  # compiled only if the caller is not in the cache
    for argument in item.arguments:
        kinds = {NOW: NowType, NUMBERS: lambda: NumbersType(item.module, tuple(item.keys))}
        names[f"at_{argument}"] = pointed(kinds[argument]() if argument in kinds else TableType(argument))
    exec(compile(text, str(path), "exec"), names)
    call = names["call"]
    call.__module__ = __name__
    compiled = numba.njit(cache=True, error_model="numpy")(call)
    compiled.compile((types.int64[::1],))
    return compiled


def plain(item: Mechanism, handed: list[Any]) -> Callable[[Any], None]:
    """The same for kernels that are not compiled."""

    def run(_: Any) -> None:
        item.kernel(*handed)

    return run


class Bound:
    """One mechanism bound to the tables of a state and a clock: `run(words)`.

    Growing a table leaves the bound mechanism good: its words point to the row of words of the table.
    """

    def __init__(
        self, item: Mechanism, tables: Mapping[str, Table], now: Now, given: Mapping[str, Mapping[str, float]]
    ) -> None:
        self.held: dict[str, Any] = {NOW: now, NUMBERS: item.numbers(given), **tables}
        handed = [self.held[argument] for argument in item.arguments]
        self.words = np.array([one.address for one in handed], dtype=np.int64)
        self.run: Callable[[Any], None] = plain(item, handed) if uncompiled() else caller(item.name)
