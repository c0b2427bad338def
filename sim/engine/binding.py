"""Mechanisms bound to the tables of one state, callable at almost no cost.

A compiled kernel is called with one address an argument: of its numbers, of the clock and of each of its tables. It is
kept in the cache folder and compiled once per installation; after a change only what depends on it is compiled again.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Mapping

from sim.engine.effects import NOW, NUMBERS
from sim.engine.kernel import uncompiled
from sim.engine.mechanism import REGISTRY, Mechanism
from sim.engine.tables import Addressed, Now, Table, laid_out


@functools.cache
def made_of(name: str) -> str:
    """What the compiled kernel of a mechanism depends on: its code, its numbers, how its tables lie in memory."""
    item = REGISTRY[name]
    return repr((item.kernel.made_of, list(item.keys), [laid_out(table) for table in item.tables]))


def all_made_of() -> str:
    """Hash over the kernels of all registered mechanisms."""
    return hashlib.sha256(" ".join(made_of(name) for name in sorted(REGISTRY)).encode()).hexdigest()[:12]


@functools.cache
def caller(name: str) -> Callable[..., None]:
    """The compiled kernel of a registered mechanism, from the cache on disk where it was made before.

    Raises TypeError for a new one that does what a mechanism may not do.
    """
    item = REGISTRY[name]
    if not item.kernel.kept:
        item.check()
    dispatcher = item.kernel.compiled
    from sim.engine.tables_compiled import NowType, NumbersType, TableType

    kinds = {NOW: NowType, NUMBERS: lambda: NumbersType(item.module, tuple(item.keys))}
    entry: Callable[..., None] = dispatcher.compile(
        tuple(kinds[a]() if a in kinds else TableType(a) for a in item.arguments)
    )
    return entry


class Bound:
    """One mechanism bound to the tables of a state and a clock: `run()`.

    Growing a table leaves the bound mechanism good: it has the address of the table's row of words, which stays.
    """

    def __init__(
        self, item: Mechanism, tables: Mapping[str, Table], now: Now, given: Mapping[str, Mapping[str, float]]
    ) -> None:
        held: dict[str, Addressed] = {NOW: now, NUMBERS: item.numbers(given), **tables}
        self.held = [held[argument] for argument in item.arguments]  # lives as long as what points to it
        if uncompiled():
            self.run = functools.partial(item.kernel, *self.held)
        else:
            self.run = functools.partial(caller(item.name), *(one.address for one in self.held))
