"""Changes of one operator at a time in a piece of source, for those who ask whether a change is noticed."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

OPPOSITE: dict[type, type] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Mod: ast.FloorDiv,
    ast.FloorDiv: ast.Mod, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.LShift: ast.RShift,
    ast.RShift: ast.LShift, ast.And: ast.Or, ast.Or: ast.And, ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE,
    ast.LtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
}  # fmt: skip
EDGE: dict[type, type] = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
CALLED = {"min": "max", "max": "min"}


@dataclass(frozen=True)
class Change:
    """One operator that can be changed: `make` changes the tree that it was found in."""

    node: ast.AST
    words: str
    make: Callable[[], None]

    @property
    def line(self) -> int:
        """Line of the source."""
        return int(getattr(self.node, "lineno", 0))


def changes(tree: ast.AST) -> Iterator[Change]:
    """Every change of an operator below a node, in the order of the tree."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp | ast.BoolOp | ast.AugAssign):
            yield from _other(node, node.op, lambda new, at=node: setattr(at, "op", new), OPPOSITE)
        elif isinstance(node, ast.Compare):
            for place, op in enumerate(node.ops):
                for table in (OPPOSITE, EDGE):
                    yield from _other(node, op, lambda new, p=place, at=node: at.ops.__setitem__(p, new), table)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLED:
            old, new = node.func.id, CALLED[node.func.id]
            yield Change(node, f"{old} to {new}", lambda at=node.func, new=new: setattr(at, "id", new))
        for name, value in ast.iter_fields(node):
            for place, inner in enumerate(value if isinstance(value, list) else [value]):
                if isinstance(inner, ast.UnaryOp) and _can_go(inner):
                    words = f"{type(inner.op).__name__} dropped"
                    yield Change(inner, words, lambda at=(node, name, place), gone=inner: _drop(*at, gone))


def _other(node: ast.AST, op: Any, put: Callable[[Any], None], table: dict[type, type]) -> Iterator[Change]:
    if new := table.get(type(op)):
        yield Change(node, f"{type(op).__name__} to {new.__name__}", lambda: put(new()))


def _can_go(node: ast.UnaryOp) -> bool:
    """A `not`, and a minus before anything but a number, which is a number of its own."""
    minus = isinstance(node.op, ast.USub) and not isinstance(node.operand, ast.Constant)
    return minus or isinstance(node.op, ast.Not)


def _drop(above: ast.AST, name: str, place: int, gone: ast.UnaryOp) -> None:
    held = getattr(above, name)
    if isinstance(held, list):
        held[place] = gone.operand
    else:
        setattr(above, name, gone.operand)
