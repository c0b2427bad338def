"""What an indicator is computed by, as a hash: a resumed study never mixes two definitions under one name.

The hash runs over the source of the indicator's function and of all that it uses: functions and constants of this
package by name, properties of `Run`, and the recording kernels where it looks at weekly series. Comments, docstrings,
annotations, labels and line breaks are no part of it.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import inspect
import re
import sys
import textwrap
import types
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from sim.engine.kernel import Kernel
from sim.observe import tallies
from sim.observe.indicators import INDICATORS, indicator_of, names
from sim.observe.recording import Recorder
from sim.observe.run import Run

DIGITS = 8
PACKAGE = __name__.partition(".")[0]
NAME = re.compile(r"[A-Za-z0-9_.:]*")
RECORDED = {"series", "marks"}  # attributes of Run that hold what the recorder wrote


def definitions() -> dict[str, str]:
    """Hash by name of indicator, and of the tables `series` and `tallies`.

    >>> len(definitions()["welfare"])
    8
    """
    found = {name: _hash(item.function) for name, item in INDICATORS.items()}
    return found | {"series": recording(), "tallies": _hash(tallies.tallies)}


def recording() -> str:
    """Hash of how weekly series are recorded."""
    return _hash(Recorder)


def changed(before: Mapping[str, str]) -> list[str]:
    """Names that had another definition, or that are gone; new ones do not count."""
    now = definitions()
    return [name for name, own in before.items() if now.get(name) != own]


def added(before: Mapping[str, str]) -> frozenset[str]:
    """Names of a run's indicators, phases of primary ones included, that were not there yet; none without a record."""
    if not before:
        return frozenset()
    return frozenset(name for name in names() if indicator_of(name).name not in before)


def _hash(thing: Any) -> str:
    return hashlib.sha256("\n".join(_parts(thing, {})).encode()).hexdigest()[:DIGITS]


def _parts(thing: Any, seen: dict[int, Any]) -> Iterator[str]:
    """Text of a function, class or value and of everything of this package that it names."""
    if isinstance(thing, functools.partial):  # of a family: the function and the member's code
        yield from (repr(part) for part in thing.args if not callable(part))
        for part in (thing.func, *thing.args):
            if callable(part):
                yield from _parts(part, seen)
        return
    thing = thing.py_func if isinstance(thing, Kernel) else thing
    thing = getattr(thing, "func", None) or getattr(thing, "fget", None) or thing  # cached_property, property
    if id(thing) in seen:
        return
    seen[id(thing)] = thing
    if isinstance(thing, type) and issubclass(thing, Enum):
        yield f"{thing.__name__} {[(m.name, m.value) for m in thing]}"
    elif isinstance(thing, types.FunctionType | type):
        if thing.__module__.partition(".")[0] != PACKAGE:
            return
        text, names, attributes = _read(thing)
        yield text
        for held in _held(thing):
            yield from _parts(held, seen) if callable(held) else [_plain(held)]
        space = vars(sys.modules[thing.__module__])
        for name in sorted(names & set(space)):
            yield from _parts(space[name], seen)
        for name in sorted(attributes & set(vars(Run))):
            yield from _parts(vars(Run)[name], seen)
        if attributes & RECORDED:
            yield from _parts(Recorder, seen)
    elif not isinstance(thing, types.ModuleType) and not callable(thing):
        yield _plain(thing)


def _held(thing: Any) -> list[Any]:
    """What a function made inside another keeps from there, and its defaults."""
    cells = [cell.cell_contents for cell in getattr(thing, "__closure__", None) or ()]
    return [*cells, *(getattr(thing, "__defaults__", None) or ())]


def _plain(value: Any) -> str:
    """A constant as text: names and numbers count, words for people do not, other things by their type."""
    if isinstance(value, str):
        return value if NAME.fullmatch(value) else ""
    if isinstance(value, Mapping):
        return f"{{{','.join(f'{_plain(k)}:{_plain(v)}' for k, v in value.items())}}}"
    if isinstance(value, frozenset | set):
        return f"{{{','.join(sorted(map(_plain, value)))}}}"
    if isinstance(value, tuple | list):
        return f"[{','.join(map(_plain, value))}]"
    return repr(value) if isinstance(value, int | float | None) else type(value).__name__


@functools.cache
def _read(thing: Any) -> tuple[str, frozenset[str], frozenset[str]]:
    """Text without words about it, names used, attributes used."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(thing)))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            node.decorator_list = []
            if isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant):
                node.body = node.body[1:] or [ast.Pass()]
        if isinstance(node, ast.FunctionDef):
            node.returns = None
            for argument in (*node.args.args, *node.args.kwonlyargs):
                argument.annotation = None
        if isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(0)
    names = frozenset(n.id for n in ast.walk(tree) if isinstance(n, ast.Name))
    attributes = frozenset(n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute))
    return ast.unparse(tree), names, attributes
