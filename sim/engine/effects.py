"""What a kernel does, found from its code and that of the kernels it calls: columns read and written, numbers used.

A mechanism declares nothing twice: its tables stand in its signature, and what it reads and writes follows from what it
says. What cannot be followed is refused with a sentence: a table that there is not, a column that there is not, an
array put in the place of a column.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sim.engine.kernel import Kernel
from sim.engine.tables import CLOCK, layout
from sim.vocabulary.columns import TABLES
from sim.vocabulary.errors import close

NOW, NUMBERS = "now", "p"
STANDS = ast.Subscript | ast.Attribute | ast.Name | ast.IfExp  # what makes a name stand for a column or a row of it


@dataclass
class Effects:
    """Columns as "table.name", numbers by the module's own names, hands of the clock, arguments that are written."""

    reads: dict[str, None] = field(default_factory=dict)  # in the order met
    writes: dict[str, None] = field(default_factory=dict)
    numbers: dict[str, None] = field(default_factory=dict)
    clock: dict[str, None] = field(default_factory=dict)
    arguments: set[str] = field(default_factory=set)

    def add(self, other: Effects) -> None:
        """Take over what a called kernel does to columns, numbers and clock."""
        for name in ("reads", "writes", "numbers", "clock"):
            getattr(self, name).update(getattr(other, name))


def tree_of(item: Kernel[..., Any]) -> ast.FunctionDef:
    """The function behind a kernel, parsed."""
    made = ast.parse(textwrap.dedent(inspect.getsource(item.py_func))).body[0]
    assert isinstance(made, ast.FunctionDef)
    return made


@cache
def effects(item: Kernel[..., Any]) -> Effects:
    """What a kernel does. Raises TypeError for a column that there is not, or what cannot be followed."""
    return _Reader(item).read()


class _Reader:
    """Reads one kernel; names that stand for a column, or for a row of one, are followed."""

    def __init__(self, item: Kernel[..., Any]) -> None:
        self.item, self.function = item, tree_of(item)
        self.names = item.py_func.__globals__
        self.arguments = [a.arg for a in self.function.args.args]
        stored = {n.id for n in ast.walk(self.function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        self.missing = {NOW, NUMBERS, *TABLES} - {*self.arguments, *self.names, *stored}
        self.found = Effects()
        self.standing: dict[str, set[str]] = {}  # local name: columns ("table.name") and arguments it may stand for

    def read(self) -> Effects:
        for node in ast.walk(self.function):
            if isinstance(node, ast.Attribute):
                self._attribute(node)
            elif isinstance(node, ast.Assign):
                self._alias(node)
        for node in ast.walk(self.function):
            if isinstance(node, ast.Assign | ast.AugAssign):
                for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    self._target(target)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                called = self.names.get(node.func.id)
                if isinstance(called, Kernel):
                    self._call(node, called)
        return self.found

    def _where(self) -> str:
        return f"{self.item.py_func.__module__}.{self.function.name}"

    def _attribute(self, node: ast.Attribute) -> None:
        if isinstance(node.value, ast.Name) and node.value.id in self.missing:
            name = node.value.id
            raise TypeError(f"{self._where()}: says {name}.{node.attr} and does not take {name} as an argument")
        if not isinstance(node.value, ast.Name) or node.value.id not in self.arguments:
            return
        name = node.value.id
        if name == NUMBERS:
            self.found.numbers[node.attr] = None
        elif name == NOW:
            if node.attr not in CLOCK:
                raise TypeError(f"{self._where()}: there is no now.{node.attr}; {close(node.attr, CLOCK)}")
            self.found.clock[node.attr] = None
        elif name in TABLES:
            if node.attr not in layout(name):
                hint = close(node.attr, layout(name))
                raise TypeError(f"{self._where()}: there is no column {name}.{node.attr}; {hint}")
            if isinstance(node.ctx, ast.Store):
                raise TypeError(f"{self._where()}: writes over the column {name}.{node.attr}; set its elements")
            self.found.reads[f"{name}.{node.attr}"] = None

    def _roots(self, node: ast.AST) -> Iterator[str]:
        """Columns and arguments whose elements an expression may be."""
        while isinstance(node, ast.Subscript):
            node = node.value
        if isinstance(node, ast.IfExp):
            yield from self._roots(node.body)
            yield from self._roots(node.orelse)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in TABLES:
            if node.value.id in self.arguments:
                yield f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.Name):
            yield from self.standing.get(node.id, ())
            if node.id in self.arguments:
                yield node.id

    def _alias(self, node: ast.Assign) -> None:
        for target in node.targets:
            if isinstance(target, ast.Name) and isinstance(node.value, STANDS):
                self.standing.setdefault(target.id, set()).update(self._roots(node.value))

    def _target(self, target: ast.expr) -> None:
        for node in target.elts if isinstance(target, ast.Tuple) else (target,):
            if isinstance(node, ast.Subscript):
                self._written(node)

    def _written(self, node: ast.AST) -> None:
        for root in self._roots(node):
            if "." in root:
                self.found.writes[root] = None
            else:
                self.found.arguments.add(root)

    def _call(self, node: ast.Call, called: Kernel[..., Any]) -> None:
        does = effects(called)
        self.found.add(does)
        for argument, value in zip(inspect.signature(called.py_func).parameters, node.args, strict=False):
            if argument in (NOW, NUMBERS, *TABLES):
                if not (isinstance(value, ast.Name) and value.id == argument and argument in self.arguments):
                    raise TypeError(
                        f"{self._where()}: hands {ast.unparse(value)} to {called.py_func.__name__} as {argument}; a "
                        f"kernel that calls it takes {argument} itself and hands it on"
                    )
            elif argument in does.arguments:
                self._written(value)


def check_tables(arguments: Mapping[str, Any] | list[str], where: str) -> None:
    """Raise TypeError for an argument of a mechanism that is neither the clock, nor its numbers, nor a table."""
    for name in arguments:
        if name not in (NOW, NUMBERS, *TABLES):
            hint = close(name, (NOW, NUMBERS, *TABLES), everything=0)
            raise TypeError(f"{where}: argument {name!r} is no table, and neither {NOW} nor {NUMBERS}; {hint}")
