"""What a body knows and decides is named, never counted: places come from the fields of its classes."""

from __future__ import annotations

import ast
from dataclasses import fields, make_dataclass
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.engine.kernel import Kernel
from sim.model.bodies.base import slots
from sim.model.bodies.seats import MODULES, agent, numbers_of
from sim.model.plan import load_all
from sim.vocabulary.columns import AXES

PACKAGE = Path(sim.__file__).parent
load_all()
ORDERS = ast.Lt | ast.LtE | ast.Gt | ast.GtE
AGENTS = sorted(set(MODULES.values()))
# columns whose last axis, or whose value, is a code with a name
NAMED = {
    "obs", "dec", "body.obs", "body.dec", "rows.used", "case.wait", "body.skill", "person.skill", "journal.entry",
    "body.hours", "body.left", "body.capacity", "community.balance", "community.flow", "rule.meeting_weeks",
}  # fmt: skip


@pytest.mark.parametrize("name", AGENTS)
def test_places_are_those_of_the_fields(name):
    module = agent(name)
    for places, made, axis in ((module.Obs, module.Observation, "obs"), (module.Dec, module.Decision, "dec")):
        assert [p.name.lower() for p in places] == [f.name for f in fields(made)]
        assert [int(p) for p in places] == list(range(len(fields(made))))
        assert AXES[axis] >= len(fields(made))


@pytest.mark.parametrize("name", AGENTS)
def test_fields_in_another_order_give_the_same_decision_by_name(name):
    module = agent(name)
    seen = {f.name: 0.3 + 0.1 * k for k, f in enumerate(fields(module.Observation))}
    assert decided(module, seen, False) == decided(module, seen, True)


def decided(module, seen, turned):
    """The default rule's decision by name, with the fields of both classes as they stand, or the other way round."""
    places = {}
    for kind, made in (("Obs", module.Observation), ("Dec", module.Decision)):
        order = [f.name for f in fields(made)]
        other = make_dataclass(made.__name__, order[::-1] if turned else order, bases=made.__mro__[1:2], frozen=True)
        places[kind] = slots(other)
    names = dict(module.rule.py_func.__globals__) | places
    rule = type(module.rule.py_func)(module.rule.py_func.__code__, plain(names), "rule")
    obs, dec = np.zeros(AXES["obs"]), np.zeros(AXES["dec"])
    for name, value in seen.items():
        obs[places["Obs"][name.upper()]] = value
    rule(obs, dec, numbers_of(module, {}))
    return {p.name: dec[p] for p in sorted(places["Dec"], key=lambda p: p.name)}


def plain(names):
    return {name: value.py_func if isinstance(value, Kernel) else value for name, value in names.items()}


def test_no_kernel_counts_places_by_hand():
    wrong = []
    for path in sorted((PACKAGE / "model").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Subscript) and ast.unparse(node.value) in NAMED:
                at = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
                own = at if ast.unparse(node.value) in ("obs", "dec", "rows.used") else at[1:]
                if any(isinstance(i, ast.Constant) for i in own):
                    wrong.append(f"{path.name}:{node.lineno} {ast.unparse(node)}")
    assert wrong == []


def test_no_order_of_codes_stands_for_a_set():
    codes = {"Body", "File", "Kind", "Meeting", "Channel", "Truth", "Account", "Seat", "Step", "Tag", "TaskState"}
    wrong = []
    for path in sorted((PACKAGE / "model").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare) and any(isinstance(o, ORDERS) for o in node.ops):
                for side in (node.left, *node.comparators):
                    if isinstance(side, ast.Attribute) and isinstance(side.value, ast.Name) and side.value.id in codes:
                        wrong.append(f"{path.name}:{node.lineno} {ast.unparse(node)}")
    assert wrong == []
