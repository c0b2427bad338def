"""Contract of every mechanism, found through the registry: a new one is covered without a word here."""

from __future__ import annotations

import inspect
import re
import sys
import types
from pathlib import Path

import numpy as np
import pytest

from sim.binding import Bound, addresses
from sim.codes import Body
from sim.community.columns import COLUMNS
from sim.community.state import State
from sim.kernel import Kernel
from sim.mechanisms.base import CONTEXT, REGISTRY, all_params, mechanism
from sim.plan import PLAN, load_all
from sim.scenario.parameters import registry
from tests.contracts.source import columns, named, sources, written

MECHANISMS = sorted(load_all().values(), key=lambda m: m.name)
UNPLANNED: dict[str, str] = {}  # mechanism: why it stands in no phase
SOURCE = re.compile(r"\b[AECKY]\d\d?\b|assumption|\b(19|20)\d\d\b|section \d")
LINES = 400  # most that a file of a mechanism holds
MODULES = sorted({m.module for m in MECHANISMS})


@pytest.mark.parametrize("item", MECHANISMS, ids=lambda m: m.name)
def test_it_sees_what_it_uses_and_writes_what_it_says(item):
    used = named(item.kernel)
    assert [a for a in item.arguments if a not in used] == [], "arguments that the kernel never looks at"
    its = columns(item)
    sets = {its[a] for a in written(item.kernel) if a in its}
    assert sets - set(item.writes) == set(), "written and not declared"
    assert set(item.writes) - sets == set(), "declared and never written"
    assert set(item.arguments) == set(its) | set(item.params) | (set(CONTEXT) & set(item.arguments))


@pytest.mark.parametrize("item", MECHANISMS, ids=lambda m: m.name)
def test_who_writes_an_outcome_sees_no_rule(item):
    roles = {COLUMNS[c].role for c in item.writes}
    assert "rule" not in roles
    if "outcome" in roles:
        assert [c for c in item.reads if COLUMNS[c].role == "rule"] == []


@pytest.mark.parametrize("item", MECHANISMS, ids=lambda m: m.name)
def test_it_says_what_it_is_and_stands_in_the_plan(item):
    module = sys.modules[item.kernel.py_func.__module__]
    assert module.__doc__ and len(module.__doc__.split()) >= 8
    assert item.title and item.title != item.name and item.title[0].isupper()
    planned = sum(phase.mechanisms.count(item.name) for phase in PLAN)
    assert planned == (0 if item.name in UNPLANNED else 1), "in the plan once, or in UNPLANNED with a reason"


def test_the_plan_names_only_what_exists():
    assert {n for phase in PLAN for n in phase.mechanisms} <= set(REGISTRY)
    assert set(UNPLANNED) <= set(REGISTRY)
    assert all(phase.title for phase in PLAN)


@pytest.mark.parametrize("module", sorted(registry()))
def test_numbers_have_unit_source_and_range(module):
    for name, param in registry()[module].items():
        assert name.isidentifier() and name.islower(), name
        assert param.unit.strip(), name
        assert SOURCE.search(param.source), (name, param.source)
        assert param.low <= param.value <= param.high, name
        assert np.isfinite([param.low, param.value, param.high]).all(), name


@pytest.mark.parametrize("module", MODULES)
def test_every_number_is_read(module):
    here = [m for m in MECHANISMS if m.module == module]
    declared = set(sys.modules[here[0].kernel.py_func.__module__].__dict__.get("PARAMS", {}))
    read = {name for m in here for name in m.params}
    assert declared - read == set(), "numbers that no mechanism of the file is handed"


def test_every_number_of_the_state_at_the_start_is_read():
    text = sources(".py")
    for module, folder in (("population", "community/"), ("prices", "observe/")):
        body = "\n".join(t for path, t in text.items() if path.startswith(folder))
        for name in registry().get(module, {}):
            assert len(re.findall(rf"\b{name}\b", body)) > 1 or f"_{name.split('_')[-1]}" in body, (module, name)


def test_numbers_of_the_registry_are_those_of_the_modules():
    assert set(all_params()) == set(registry())


@pytest.mark.parametrize("module", sorted({m.kernel.py_func.__module__ for m in MECHANISMS}))
def test_a_file_stays_small(module):
    text = Path(inspect.getfile(sys.modules[module])).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LINES


def declare(writes, body, params=None):
    """A mechanism made from source text, as if it stood in a file of its own."""
    module = types.ModuleType("made_up")
    from sim.mechanisms.base import mechanism as decorator

    module.__dict__.update(PARAMS=params or {}, mechanism=decorator, __doc__="A made-up mechanism.")
    exec(f"@mechanism(writes={writes!r})\n{body}", module.__dict__)
    return module.__dict__["step"]


@pytest.fixture
def forgotten():
    """What a test registers is taken out again."""
    before = dict(REGISTRY)
    yield
    REGISTRY.clear()
    REGISTRY.update(before)


@pytest.mark.parametrize(("writes", "body", "words"), [
    (("resident.trust",), "def step(rule_board, resident_trust): pass", "writes outcome resident.trust and reads rule"),
    (("rule.board",), "def step(rule_board): pass", "rules are written by the loader"),
    (("resident.heat",), "def step(resident_trust): pass", "which is not an argument"),
    ((), "def step(resident_nothing): pass", "no column, parameter or context"),
])  # fmt: skip
def test_a_wrong_declaration_is_refused(writes, body, words, forgotten):
    with pytest.raises(TypeError, match=words):
        declare(writes, body)


def test_two_mechanisms_cannot_share_a_name(forgotten):
    declare((), "def step(resident_heat): pass")
    with pytest.raises(TypeError, match="two mechanisms"):
        declare((), "def step(resident_heat): pass")


def test_an_undeclared_write_does_not_compile(forgotten, tmp_path):
    from numba.core.errors import TypingError

    path = tmp_path / "made_up.py"
    path.write_text("def step(resident_heat):\n    resident_heat[0] = 1.0\n", encoding="utf-8")
    space = {"__name__": "made_up", "PARAMS": {}, "__doc__": "A made-up mechanism."}
    exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), space)
    item = mechanism(writes=())(space["step"])
    assert isinstance(item.kernel, Kernel)
    state = State({"resident": 3, "body": len(Body)})
    with pytest.raises(TypingError, match=r"(?i)readonly|cannot modify"):
        Bound(item, addresses(state), {})
