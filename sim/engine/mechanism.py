"""What a mechanism is: one kernel over the clock, its module's numbers and the tables that its signature names.

`step(now, p, case, body)` may say `now.week`, `p.rework`, `case.file[n]`; what it reads and writes follows from what
it says (`sim.engine.effects`). A mechanism that writes an outcome column may not read a rule column, so no structure
and no policy can touch an outcome directly; and rules are written by the loader and by shocks alone.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sim.engine.effects import NOW, NUMBERS, Effects, check_tables, effects
from sim.engine.kernel import Kernel, kernel
from sim.engine.tables import Numbers
from sim.vocabulary.columns import COLUMNS
from sim.vocabulary.errors import close
from sim.vocabulary.params import Param, Shared


@dataclass(frozen=True)
class Mechanism:
    """A step of the model. `arguments` are `now`, `p` and names of tables, as the kernel takes them.

    `keys` says for each number of the module under which key it stands: "module.name", of the module that owns it.
    """

    name: str
    title: str
    kernel: Kernel[..., Any]
    arguments: tuple[str, ...]
    keys: Mapping[str, str]
    module: str

    @property
    def tables(self) -> tuple[str, ...]:
        """Tables that it is handed."""
        return tuple(a for a in self.arguments if a not in (NOW, NUMBERS))

    @cached_property
    def effects(self) -> Effects:
        """What it does, helpers included."""
        return effects(self.kernel)

    @property
    def reads(self) -> tuple[str, ...]:
        """Columns that it looks at and does not write."""
        return tuple(c for c in self.effects.reads if c not in self.effects.writes)

    @property
    def writes(self) -> tuple[str, ...]:
        """Columns that it writes."""
        return tuple(self.effects.writes)

    @property
    def params(self) -> dict[str, Param]:
        """The numbers that it uses by its own names, those of other modules included."""
        known = all_params()
        used = {name: self.keys[name].partition(".") for name in self.effects.numbers}
        return {name: known[owner][last] for name, (owner, _, last) in used.items()}

    def numbers(self, given: Mapping[str, Mapping[str, float]]) -> Numbers:
        """All numbers of its module, those in `given` {module: {name: value}} replaced."""
        return numbers_of(self.module, self.keys, given)

    def check(self) -> None:
        """Raise TypeError for what a mechanism may not do, and for names that mean nothing."""
        where = self.kernel.py_func.__module__
        for name in self.effects.numbers:
            if name not in self.keys:
                raise TypeError(f"{where}: there is no number p.{name} in PARAMS; {close(name, self.keys)}")
        if unused := [a for a in self.arguments if a not in _looked_at(self.effects)]:
            raise TypeError(f"{where}: takes {unused[0]!r} and never looks at it")
        written = [c for c in self.writes if COLUMNS[c].role == "rule"]
        if written:
            raise TypeError(f"{where}: writes {written[0]}; rules are written by the loader and by shocks only")
        outcome = [c for c in self.writes if COLUMNS[c].role == "outcome"]
        rules = [c for c in self.reads if COLUMNS[c].role == "rule"]
        if outcome and rules:
            raise TypeError(f"{where}: writes outcome {outcome[0]} and reads rule {rules[0]}")


def _looked_at(does: Effects) -> set[str]:
    found = {c.partition(".")[0] for c in (*does.reads, *does.writes)}
    return found | ({NOW} if does.clock else set()) | ({NUMBERS} if does.numbers else set())


REGISTRY: dict[str, Mechanism] = {}


def mechanism(function: Callable[..., None]) -> Mechanism:
    """Declare a kernel as a mechanism; its module holds the dictionary PARAMS and the docstring with the theory.

    Raises TypeError when an argument has no meaning or the name is taken. What it does is checked before it is
    compiled first, since a kernel may call others that stand below it.
    """
    params: dict[str, Param | Shared] = function.__globals__.get("PARAMS", {})
    module = function.__module__.rsplit(".", 1)[-1]
    arguments = tuple(inspect.signature(function).parameters)
    check_tables(list(arguments), function.__module__)
    name = module if function.__name__ == "step" else f"{module}.{function.__name__}"
    if name in REGISTRY:
        raise TypeError(f"two mechanisms are called {name!r}")
    doc = (function.__doc__ if function.__name__ != "step" else None) or function.__globals__.get("__doc__") or ""
    made = Mechanism(
        name=name,
        title=doc.strip().splitlines()[0] if doc.strip() else name,
        kernel=kernel(function),
        arguments=arguments,
        keys={n: key_of(module, n, p) for n, p in params.items()},
        module=module,
    )
    REGISTRY[name] = made
    register_params(module, {n: p for n, p in params.items() if isinstance(p, Param)})
    return made


def key_of(module: str, name: str, param: Param | Shared) -> str:
    """The key under which a number stands: its owner's module and name."""
    return param.owner if isinstance(param, Shared) else f"{module}.{name}"


def numbers_of(module: str, keys: Mapping[str, str], given: Mapping[str, Mapping[str, float]]) -> Numbers:
    """The numbers of a module by its own names, those in `given` {module: {name: value}} replaced."""
    known = all_params()
    split = (key.partition(".") for key in keys.values())
    values = [float(given.get(owner, {}).get(last, known[owner][last].value)) for owner, _, last in split]
    return Numbers(module, tuple(keys), values)


_NUMBERS: dict[str, dict[str, Param]] = {}


def register_params(module: str, params: Mapping[str, Param]) -> None:
    """Add the numbers that a module owns to the table of parameters."""
    _NUMBERS[module] = dict(params)


def all_params() -> Mapping[str, Mapping[str, Param]]:
    """Every parameter by the module that owns it: {module: {name: Param}}."""
    return _NUMBERS
