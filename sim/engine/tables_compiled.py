"""How compiled kernels see tables: types that numba resolves attributes of, from the registry of columns.

Imported only when something is compiled. The loads of addresses, shapes and numbers are marked invariant, because
nothing changes them while a kernel runs, so that the optimiser keeps them in registers.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.imputils import lower_getattr_generic
from numba.core.typing.templates import AttributeTemplate, infer_getattr
from numba.extending import NativeValue, models, register_model, typeof_impl, unbox

from sim.engine.tables import CLOCK, Now, Numbers, Table, laid_out, layout
from sim.vocabulary.columns import COLUMNS

HANDS = dict(zip(CLOCK, (types.uint64, types.int64, types.int64), strict=True))


class TableType(types.Type):
    """A table by name. The name of the type says how it lies in memory, so code for another layout is never taken."""

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(name=f"table {table} {laid_out(table)}")


class NumbersType(types.Type):
    """The numbers of a module, by their names in order."""

    def __init__(self, module: str, names: tuple[str, ...]) -> None:
        self.module, self.names = module, names
        super().__init__(name=f"numbers {module} {' '.join(names)}")


class NowType(types.Type):
    """The clock."""

    def __init__(self) -> None:
        super().__init__(name="now")


@register_model(TableType)
@register_model(NumbersType)
@register_model(NowType)
class Pointer(models.PrimitiveModel):
    """The address of a row of words."""

    def __init__(self, manager: Any, fe_type: Any) -> None:
        super().__init__(manager, fe_type, ir.IntType(64).as_pointer())


def column_type(name: str) -> Any:
    """Array type of a column."""
    column = COLUMNS[name]
    return types.Array(numba.from_dtype(np.dtype(column.dtype)), 1 + len(column.axes), "C")


@infer_getattr
class TableColumns(AttributeTemplate):
    """The columns of a table, by name: typed as the column declares."""

    key = TableType

    def generic_resolve(self, typ: TableType, attr: str) -> Any:
        return column_type(f"{typ.table}.{attr}") if attr in layout(typ.table) else None


@infer_getattr
class NumbersByName(AttributeTemplate):
    """The numbers of a mechanism, by name."""

    key = NumbersType

    def generic_resolve(self, typ: NumbersType, attr: str) -> Any:
        return types.float64 if attr in typ.names else None


@infer_getattr
class ClockHands(AttributeTemplate):
    """The hands of the clock: the week, the day and what the calendar says of them."""

    key = NowType

    def generic_resolve(self, typ: NowType, attr: str) -> Any:
        return HANDS.get(attr)


def _load(builder: Any, pointer: Any, place: int) -> Any:
    """A word at a place of the row, which stays what it is as long as the kernel runs."""
    read = builder.load(builder.gep(pointer, [ir.Constant(ir.IntType(64), place)]))
    read.set_metadata("invariant.load", builder.module.add_metadata([]))
    return read


@lower_getattr_generic(TableType)
def _column(context: Any, builder: Any, typ: TableType, pointer: Any, attr: str) -> Any:
    column, place = layout(typ.table)[attr]
    word, data_type = ir.IntType(64), context.get_data_type(column_type(column.name).dtype)
    shape = [_load(builder, pointer, place + 1 + axis) for axis in range(1 + len(column.axes))]
    size = ir.Constant(word, np.dtype(column.dtype).itemsize)
    strides = [size]
    for length in reversed(shape[1:]):
        strides.insert(0, builder.mul(strides[0], length))
    count = shape[0]
    for length in shape[1:]:
        count = builder.mul(count, length)
    owner = ir.Constant(ir.IntType(8).as_pointer(), None)  # nobody: the state holds the array as long as the run lasts
    data = builder.inttoptr(_load(builder, pointer, place), data_type.as_pointer())
    packed = (cgutils.pack_array(builder, sizes) for sizes in (shape, strides))
    return cgutils.pack_struct(builder, [owner, owner, count, size, data, *packed])


@lower_getattr_generic(NumbersType)
def _number(context: Any, builder: Any, typ: NumbersType, pointer: Any, attr: str) -> Any:
    word = _load(builder, pointer, typ.names.index(attr))
    return builder.bitcast(word, ir.DoubleType())


@lower_getattr_generic(NowType)
def _hand(context: Any, builder: Any, typ: NowType, pointer: Any, attr: str) -> Any:
    return _load(builder, pointer, CLOCK.index(attr))


# --- handed over from Python, as an address or as what has one


@typeof_impl.register(Table)
def _typeof_table(value: Table, _: Any) -> TableType:
    return TableType(value.name)


@typeof_impl.register(Numbers)
def _typeof_numbers(value: Numbers, _: Any) -> NumbersType:
    return NumbersType(value.module, value.names)


@typeof_impl.register(Now)
def _typeof_now(value: Now, _: Any) -> NowType:
    return NowType()


@unbox(TableType)
@unbox(NumbersType)
@unbox(NowType)
def _unbox(typ: Any, value: Any, context: Any) -> NativeValue:
    word = context.pyapi.long_as_longlong(value)  # asks what is no integer for its __index__
    pointer = context.builder.inttoptr(word, ir.IntType(64).as_pointer())
    return NativeValue(pointer, is_error=context.pyapi.c_api_error())
