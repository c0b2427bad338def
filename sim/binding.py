"""Mechanisms bound to the columns of one state, callable at almost no cost.

Handing a compiled function eighty arrays costs more than many a mechanism does with them. So for each mechanism a small
compiled caller is made: it is handed one table of addresses and lengths, builds the typed views from it (read-only
unless the mechanism declares to write the column) and calls the kernel. The callers are written into the cache folder
and compiled once per installation.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.community.columns import COLUMNS
from sim.community.state import State
from sim.kernel import inner, prepare_cache
from sim.mechanisms.base import CONTEXT, REGISTRY, Mechanism, column_of

HEAD = "def call(words, numbers, key, week, day):\n    run({})\n"


def argument_view(argument: str, item: Mechanism) -> tuple[str, int, bool] | None:
    """Dtype, number of axes and read-only flag of a column argument; None for other arguments."""
    name = None if argument in CONTEXT or argument in item.params else column_of(argument)
    if name is None:
        return None
    column = COLUMNS[name]
    return np.dtype(column.dtype).str[1:], 1 + len(column.axes), name not in item.writes


@functools.lru_cache(maxsize=None)
def viewer(dtype: str, axes: int, readonly: bool) -> Any:
    """Compiled function (words, position) -> typed view of the array whose address and shape stand at that position."""
    import numba
    from numba import types
    from numba.core import cgutils
    from numba.extending import intrinsic
    from numba.np.arrayobj import make_array, populate_array

    element = numba.from_dtype(np.dtype(dtype))
    kind = types.Array(element, axes, "C", readonly=readonly)

    @intrinsic
    def view(typing_context, words, position):  # type: ignore[no-untyped-def]
        def generate(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
            table = context.make_array(signature.args[0])(context, builder, arguments[0])
            word = context.get_value_type(types.intp)

            def read(offset):  # type: ignore[no-untyped-def]
                return builder.load(builder.gep(table.data, [builder.add(arguments[1], word(offset))]))

            data_type = context.get_data_type(element)
            size = context.get_abi_sizeof(data_type)
            shape = [read(1 + axis) for axis in range(axes)]
            stride, strides = word(size), []
            for axis in reversed(range(axes)):
                strides.insert(0, stride)
                if axis:
                    stride = builder.mul(stride, shape[axis])
            array = make_array(kind)(context, builder)
            populate_array(
                array,
                data=builder.inttoptr(read(0), data_type.as_pointer()),
                shape=cgutils.pack_array(builder, shape),
                strides=cgutils.pack_array(builder, strides),
                itemsize=word(size),
                meminfo=None,
            )
            return array._getvalue()

        return kind(words, position), generate

    return view


@functools.lru_cache(maxsize=None)
def caller(name: str) -> Any:
    """The compiled caller of a registered mechanism, from the cache on disk where it was made before."""
    item = REGISTRY[name]
    folder = prepare_cache()
    import numba
    from numba import types

    position, number, parts = 0, 0, []
    names: dict[str, Any] = {}
    for argument in item.arguments:
        view = argument_view(argument, item)
        if argument in CONTEXT:
            parts.append(argument)
        elif view is None:
            parts.append(f"numbers[{number}]")
            number += 1
        else:
            name = f"view_{view[0]}_{view[1]}_{int(view[2])}"
            names[name] = viewer(*view)
            parts.append(f"{name}(words, {position})")
            position += 1 + view[1]
    text = HEAD.format(", ".join(parts))
    path = folder / f"call_{item.name.replace('.', '_')}.py"
    if not path.exists():
        partial = path.with_name(f"{path.name}.{os.getpid()}")
        partial.write_text(text, encoding="utf-8")
        partial.replace(path)
    names["run"] = inner(item.kernel)  # compiled only if the caller is not in the cache
    exec(compile(text, str(path), "exec"), names)  # noqa: S102 - our own text, built above from registered names
    call = names["call"]
    call.__module__ = __name__
    compiled = numba.njit(cache=True, error_model="numpy")(call)
    compiled.compile((types.int64[::1], types.float64[::1], types.uint64, types.int64, types.int64))
    return compiled


class Bound:
    """One mechanism bound to a state: `run(words, numbers, key, week, day)` with the tables kept here."""

    def __init__(self, item: Mechanism, store: State, parameters: Mapping[str, Mapping[str, float]]) -> None:
        own = parameters.get(item.module, {})
        self.item = item
        self.run = caller(item.name)
        values = [float(own.get(a, item.params[a].value)) for a in item.arguments if a in item.params]
        self.numbers = np.array(values or [0.0])
        self.words = np.zeros(0, dtype=np.int64)
        self.refresh(store)

    def refresh(self, store: State) -> None:
        """Take down addresses and shapes anew, after a column was replaced by a longer one."""
        table: list[int] = []
        self.held = []  # keeps the arrays alive as long as their addresses stand here
        for argument in self.item.arguments:
            if argument_view(argument, self.item) is None:
                continue
            name = column_of(argument)
            array = store[str(name)]
            if not array.flags.c_contiguous:
                raise ValueError(f"column {name} is not contiguous")
            self.held.append(array)
            table += [array.ctypes.data, *array.shape]
        self.words = np.array(table, dtype=np.int64)
