"""What a mechanism is: one kernel, the columns it reads and writes, its parameters.

The arguments of the kernel say everything it may see: `resident_trust` is the column `resident.trust`, a name in
PARAMS is that parameter, and `key`, `week`, `day` are the run's random key and clock. Columns that are not declared in
`writes` are handed over read-only: a kernel that writes one does not compile. A mechanism that writes an outcome
column may not read a rule column, so no structure and no policy can touch an outcome directly.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sim.community.columns import COLUMNS
from sim.kernel import Kernel, kernel
from sim.params import Param

CONTEXT = ("key", "week", "day")


@dataclass(frozen=True)
class Mechanism:
    """A step of the model. `reads` and `writes` hold column names such as "resident.trust"."""

    name: str
    title: str
    kernel: Kernel[..., Any]
    arguments: tuple[str, ...]
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    params: Mapping[str, Param]
    module: str


REGISTRY: dict[str, Mechanism] = {}


def column_of(argument: str) -> str | None:
    """Column name meant by an argument name, or None."""
    table, _, rest = argument.partition("_")
    name = f"{table}.{rest}"
    return name if name in COLUMNS else None


def mechanism(*, writes: tuple[str, ...]) -> Callable[[Callable[..., None]], Mechanism]:
    """Declare a kernel as a mechanism; its module holds the dictionary PARAMS and the docstring with the theory.

    Raises TypeError when an argument has no meaning, a declared column does not exist or is not an argument, or a
    writer of an outcome column asks for a rule column.
    """

    def declare(function: Callable[..., None]) -> Mechanism:
        params: dict[str, Param] = function.__globals__.get("PARAMS", {})
        arguments = tuple(inspect.signature(function).parameters)
        columns: list[str] = []
        used: dict[str, Param] = {}
        for argument in arguments:
            if argument in CONTEXT:
                continue
            if argument in params:
                used[argument] = params[argument]
                continue
            column = column_of(argument)
            if column is None:
                raise TypeError(f"{function.__module__}: argument {argument!r} is no column, parameter or context")
            columns.append(column)
        for column in writes:
            if column not in columns:
                raise TypeError(f"{function.__module__}: writes {column!r}, which is not an argument")
        outcome = [c for c in writes if COLUMNS[c].role == "outcome"]
        rules = [c for c in columns if COLUMNS[c].role == "rule"]
        if outcome and rules:
            raise TypeError(f"{function.__module__}: writes outcome {outcome[0]} and reads rule {rules[0]}")
        if any(COLUMNS[c].role == "rule" for c in writes):
            raise TypeError(f"{function.__module__}: rules are written by the loader and by shocks only")
        module = function.__module__.rsplit(".", 1)[-1]
        name = module if function.__name__ == "step" else f"{module}.{function.__name__}"
        if name in REGISTRY:
            raise TypeError(f"two mechanisms are called {name!r}")
        doc = (function.__doc__ if function.__name__ != "step" else None) or function.__globals__.get("__doc__") or ""
        made = Mechanism(
            name=name,
            title=doc.strip().splitlines()[0] if doc.strip() else name,
            kernel=kernel(function),
            arguments=arguments,
            reads=tuple(c for c in columns if c not in writes),
            writes=writes,
            params=used,
            module=module,
        )
        REGISTRY[name] = made
        return made

    return declare


_FACTS: dict[str, Mapping[str, Param]] = {}


def register_params(module: str, params: Mapping[str, Param]) -> None:
    """Add the numbers of a module that is no mechanism (population, kinds) to the table of parameters."""
    _FACTS[module] = params


def all_params() -> dict[str, dict[str, Param]]:
    """Every parameter of every registered mechanism module: {module: {name: Param}}."""
    found: dict[str, dict[str, Param]] = {module: dict(params) for module, params in _FACTS.items()}
    for item in REGISTRY.values():
        found.setdefault(item.module, {}).update(item.params)
    return found
