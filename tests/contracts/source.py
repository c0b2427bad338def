"""Reading the program's own source: what a kernel names, writes and hands on."""

from __future__ import annotations

import ast
import functools
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import sim
from sim.kernel import Kernel
from sim.mechanisms.base import Mechanism

PACKAGE = Path(sim.__file__).parent


@functools.cache
def tree(item: Kernel) -> ast.FunctionDef:
    """The function behind a kernel."""
    made = ast.parse(textwrap.dedent(inspect.getsource(item.py_func))).body[0]
    assert isinstance(made, ast.FunctionDef)
    return made


def named(item: Kernel) -> set[str]:
    """Names that the body of a kernel uses."""
    return {n.id for line in tree(item).body for n in ast.walk(line) if isinstance(n, ast.Name)}


def _root(node: ast.AST) -> str | None:
    while isinstance(node, ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def _subscripts(targets: list[ast.expr]) -> Iterator[str]:
    for target in targets:
        for node in target.elts if isinstance(target, ast.Tuple) else (target,):
            if isinstance(node, ast.Subscript) and (name := _root(node)):
                yield name


@functools.cache
def written(item: Kernel) -> frozenset[str]:
    """Arguments of a kernel whose elements it sets, itself, by a row taken from them, or in a kernel that it calls."""
    function = tree(item)
    arguments = [a.arg for a in function.args.args]
    rows = {}  # a name given to a row of an argument, as in obs = body_obs[b]
    found: set[str] = set()
    names = sys.modules[item.py_func.__module__].__dict__
    for node in ast.walk(function):
        if isinstance(node, ast.Assign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found.update(_subscripts(targets))
            if isinstance(node, ast.Assign) and isinstance(targets[0], ast.Name) and (name := _root(node.value)):
                rows[targets[0].id] = name
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called = names.get(node.func.id)
            if isinstance(called, Kernel):
                sets = written(called)
                for argument, value in zip(inspect.signature(called.py_func).parameters, node.args, strict=False):
                    if argument in sets and (name := _root(value)):
                        found.add(name)
    found |= {rows[name] for name in found if name in rows}
    return frozenset(found & set(arguments))


def columns(item: Mechanism) -> dict[str, str]:
    """Column behind each argument of a mechanism that is one."""
    names = {c.replace(".", "_", 1): c for c in (*item.reads, *item.writes)}
    return {a: names[a] for a in item.arguments if a in names}


@functools.cache
def sources(*suffixes: str) -> dict[str, str]:
    """Text of all files of the package with these endings, by path below it."""
    return {
        p.relative_to(PACKAGE).as_posix(): p.read_text(encoding="utf-8")
        for p in sorted(PACKAGE.rglob("*"))
        if p.suffix in suffixes and "__pycache__" not in p.parts
    }


@functools.cache
def mentions(column: str) -> tuple[str, ...]:
    """Files that name a column, as "table.name" or as an argument table_name."""
    table, _, name = column.partition(".")
    word = re.compile(rf"\b{re.escape(table)}[._]{re.escape(name)}\b")
    return tuple(path for path, text in sources(".py").items() if word.search(text))
