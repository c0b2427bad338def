"""Mechanisms bound to the columns of one state, callable at almost no cost.

Handing a compiled function eighty arrays costs more than many a mechanism does with them. So for each mechanism a small
compiled caller is made: it is handed one table of addresses and lengths, builds the typed views from it (read-only
unless the mechanism declares to write the column) and calls the kernel. The callers are written into the cache folder
and compiled once per installation; a new version of the model compiles only those whose sources changed.
"""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.community.columns import COLUMNS
from sim.community.state import State
from sim.kernel import callers_folder, inner, lineage, prepare_cache
from sim.mechanisms.base import CONTEXT, REGISTRY, Mechanism, column_of

TEXT = """def call(words, clock):
    key, week, day = np.uint64(clock[0]), clock[1], clock[2]
    numbers = view_f8_1_1(words, 0)
    run({})
"""


def argument_view(argument: str, item: Mechanism) -> tuple[str, int, bool] | None:
    """Dtype, number of axes and read-only flag of a column argument; None for other arguments."""
    name = None if argument in CONTEXT or argument in item.keys else column_of(argument)
    if name is None:
        return None
    column = COLUMNS[name]
    return np.dtype(column.dtype).str[1:], 1 + len(column.axes), name not in item.writes


@functools.cache
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
    def view(typing_context, words, position):
        def generate(context, builder, signature, arguments):
            table = context.make_array(signature.args[0])(context, builder, arguments[0])
            word = context.get_value_type(types.intp)

            def read(offset):
                return builder.load(builder.gep(table.data, [builder.add(arguments[1], word(offset))]))

            data_type = context.get_data_type(element)
            size = context.get_abi_sizeof(data_type)
            shape = [read(1 + axis) for axis in range(axes)]
            stride = word(size)
            strides: list[Any] = []
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


@functools.cache
def caller(name: str) -> Any:
    """The compiled caller of a registered mechanism, from the cache on disk where it was made before."""
    item = REGISTRY[name]
    prepare_cache()
    import numba
    from numba import types

    position, number, parts = 2, 0, []
    names: dict[str, Any] = {"np": np, "view_f8_1_1": viewer("f8", 1, True)}
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
    text = TEXT.format(", ".join(parts))
    folder = callers_folder()
    folder.mkdir(exist_ok=True)
    parts = [lineage(item.kernel.__module__), lineage(__name__), item.kernel.py_func.__code__.co_code.hex(), text]
    made_of = hashlib.sha256(" ".join(parts).encode()).hexdigest()[:12]
    path = folder / f"call_{item.name.replace('.', '_')}_{made_of}.py"
    if not path.exists():
        partial = path.with_name(f"{path.name}.{os.getpid()}")
        partial.write_text(text, encoding="utf-8")
        partial.replace(path)
    names["run"] = inner(item.kernel)  # compiled only if the caller is not in the cache
    exec(compile(text, str(path), "exec"), names)
    call = names["call"]
    call.__module__ = __name__
    elsewhere = numba.config.CACHE_DIR  # type: ignore[attr-defined]
    numba.config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]
    try:
        compiled = numba.njit(cache=True, error_model="numpy")(call)
    finally:
        numba.config.CACHE_DIR = elsewhere  # type: ignore[attr-defined]
    compiled.compile((types.int64[::1], types.int64[::1]))
    return compiled


@functools.cache
def columns_of(name: str) -> tuple[str, ...]:
    """Columns of a registered mechanism in the order of its arguments."""
    item = REGISTRY[name]
    views = (a for a in item.arguments if argument_view(a, item) is not None)
    return tuple(str(column_of(a)) for a in views)


def addresses(store: State) -> dict[str, list[int]]:
    """Address and shape of every column. Raises ValueError for one that is not contiguous."""
    found = {}
    for name, array in store.columns.items():
        if not array.flags.c_contiguous:
            raise ValueError(f"column {name} is not contiguous")
        found[name] = [array.__array_interface__["data"][0], *array.shape]
    return found


class Bound:
    """One mechanism bound to a state: `run(words, clock)`, where clock holds the random key, the week and the day."""

    def __init__(
        self, item: Mechanism, where: Mapping[str, list[int]], parameters: Mapping[str, Mapping[str, float]]
    ) -> None:
        self.run = caller(item.name)
        self.numbers = np.array(item.values(parameters) or [0.0])
        table = [self.numbers.ctypes.data, len(self.numbers)]
        for name in columns_of(item.name):
            table += where[name]
        self.words = np.array(table, dtype=np.int64)
