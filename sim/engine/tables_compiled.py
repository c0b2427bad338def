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
from numba.extending import NativeValue, intrinsic, models, register_model, typeof_impl, unbox
from numba.np.arrayobj import make_array, populate_array

from sim.engine.tables import CLOCK, Now, Numbers, Table, layout
from sim.vocabulary.columns import COLUMNS

HANDS = dict(zip(CLOCK, (types.uint64, types.int64, types.int64), strict=True))


class TableType(types.Type):
    """A table by name."""

    def __init__(self, table: str) -> None:
        self.table = table
        super().__init__(name=f"table {table}")


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
    """A column of a table by its short name."""

    key = TableType

    def generic_resolve(self, typ: TableType, attr: str) -> Any:
        return column_type(f"{typ.table}.{attr}") if attr in layout(typ.table) else None


@infer_getattr
class NumbersByName(AttributeTemplate):
    """A number of a module by its name."""

    key = NumbersType

    def generic_resolve(self, typ: NumbersType, attr: str) -> Any:
        return types.float64 if attr in typ.names else None


@infer_getattr
class ClockHands(AttributeTemplate):
    """A hand of the clock."""

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
    kind = column_type(column.name)
    data_type = context.get_data_type(kind.dtype)
    size = ir.Constant(ir.IntType(64), context.get_abi_sizeof(data_type))
    shape = [_load(builder, pointer, place + 1 + axis) for axis in range(kind.ndim)]
    strides: list[Any] = []
    stride = size
    for axis in reversed(range(kind.ndim)):
        strides.insert(0, stride)
        if axis:
            stride = builder.mul(stride, shape[axis])
    array = make_array(kind)(context, builder)
    populate_array(
        array,
        data=builder.inttoptr(_load(builder, pointer, place), data_type.as_pointer()),
        shape=cgutils.pack_array(builder, shape),
        strides=cgutils.pack_array(builder, strides),
        itemsize=size,
        meminfo=None,
    )
    return array._getvalue()


@lower_getattr_generic(NumbersType)
def _number(context: Any, builder: Any, typ: NumbersType, pointer: Any, attr: str) -> Any:
    word = _load(builder, pointer, typ.names.index(attr))
    return builder.bitcast(word, ir.DoubleType())


@lower_getattr_generic(NowType)
def _hand(context: Any, builder: Any, typ: NowType, pointer: Any, attr: str) -> Any:
    return _load(builder, pointer, CLOCK.index(attr))


def pointed(kind: Any) -> Any:
    """Compiled function (words, place) -> a table, numbers or clock of that type at the address that stands there."""

    @intrinsic
    def at(typing_context: Any, words: Any, place: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            row = context.make_array(signature.args[0])(context, builder, arguments[0])
            word = builder.load(builder.gep(row.data, [arguments[1]]))
            return builder.inttoptr(word, ir.IntType(64).as_pointer())

        return kind(words, place), generate

    return at


# --- handed over from Python, where somebody calls a kernel by itself


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
    address = context.pyapi.object_getattr_string(value, "address")
    word = context.pyapi.long_as_longlong(address)
    context.pyapi.decref(address)
    return NativeValue(context.builder.inttoptr(word, ir.IntType(64).as_pointer()))
