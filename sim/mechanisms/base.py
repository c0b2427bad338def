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
from sim.params import Param, Shared

CONTEXT = ("key", "week", "day")


@dataclass(frozen=True)
class Mechanism:
    """A step of the model. `reads` and `writes` hold column names such as "resident.trust".

    `keys` says for each number under which key it stands: "module.name", of the module that owns it.
    """

    name: str
    title: str
    kernel: Kernel[..., Any]
    arguments: tuple[str, ...]
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    keys: Mapping[str, str]
    module: str

    @property
    def params(self) -> dict[str, Param]:
        """Its numbers by the names under which the kernel holds them, those of other modules included."""
        known = all_params()
        return {name: known[owner][last] for name, (owner, last) in self._split().items()}

    def values(self, given: Mapping[str, Mapping[str, float]]) -> list[float]:
        """Its numbers in the order of the kernel's arguments, those in `given` {module: {name: value}} replaced."""
        known = all_params()
        return [float(given.get(m, {}).get(n, known[m][n].value)) for m, n in self._split().values()]

    def _split(self) -> dict[str, tuple[str, str]]:
        return {name: (key.partition(".")[0], key.partition(".")[2]) for name, key in self.keys.items()}


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
        params: dict[str, Param | Shared] = function.__globals__.get("PARAMS", {})
        module = function.__module__.rsplit(".", 1)[-1]
        arguments = tuple(inspect.signature(function).parameters)
        columns: list[str] = []
        used: dict[str, str] = {}
        for argument in arguments:
            if argument in CONTEXT:
                continue
            if argument in params:
                used[argument] = key_of(module, argument, params[argument])
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
            keys=used,
            module=module,
        )
        REGISTRY[name] = made
        register_params(module, {n: p for n, p in params.items() if isinstance(p, Param)})
        return made

    return declare


def key_of(module: str, name: str, param: Param | Shared) -> str:
    """The key under which a number stands: its owner's module and name."""
    return param.owner if isinstance(param, Shared) else f"{module}.{name}"


_NUMBERS: dict[str, dict[str, Param]] = {}


def register_params(module: str, params: Mapping[str, Param]) -> None:
    """Add the numbers that a module owns to the table of parameters."""
    _NUMBERS[module] = dict(params)


def all_params() -> Mapping[str, Mapping[str, Param]]:
    """Every parameter by the module that owns it: {module: {name: Param}}."""
    return _NUMBERS
