"""Contract of every mechanism, found through the registry: a new one is covered without a word here."""

from __future__ import annotations

import functools
import importlib
import inspect
import re
import sys
import types
from pathlib import Path

import numpy as np
import pytest

from sim.engine.effects import NOW, NUMBERS
from sim.engine.kernel import Kernel
from sim.engine.mechanism import REGISTRY, all_params, mechanism
from sim.engine.tables import Now
from sim.model.plan import PLAN, load_all
from sim.model.simulation import Model
from sim.scenario.parameters import registry
from tests.contracts.source import sources
from tests.runs import small

MECHANISMS = sorted(load_all().values(), key=lambda m: m.name)
UNPLANNED: dict[str, str] = {}  # mechanism: why it stands in no phase
SOURCE = re.compile(r"\b[AECKY]\d\d?\b|assumption|\b(19|20)\d\d\b|section \d")
LINES = 400  # most that a file of a mechanism holds
MODULES = sorted({m.module for m in MECHANISMS})


@pytest.mark.parametrize("item", MECHANISMS, ids=lambda m: m.name)
def test_it_may_do_what_it_does(item):
    item.check()
    assert item.tables and len(item.arguments) <= 14


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
    for module, folder in (("population", "model/"), ("prices", "observe/")):
        body = "\n".join(t for path, t in text.items() if path.startswith(folder))
        for name in registry().get(module, {}):
            assert len(re.findall(rf"\b{name}\b", body)) > 1 or f"_{name.split('_')[-1]}" in body, (module, name)


def test_numbers_of_the_registry_are_those_of_the_modules():
    assert set(all_params()) == set(registry())


@pytest.mark.parametrize("module", sorted({m.kernel.py_func.__module__ for m in MECHANISMS}))
def test_a_file_stays_small(module):
    text = Path(inspect.getfile(sys.modules[module])).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LINES


@pytest.fixture
def declare(tmp_path, monkeypatch):
    """A mechanism made from source text, as if it stood in a file of its own; it is forgotten again."""
    monkeypatch.syspath_prepend(str(tmp_path))
    before = dict(REGISTRY)
    count = 0

    def made(body, helper=""):
        nonlocal count
        count += 1
        name = f"made_up_{tmp_path.name.replace('-', '_')}_{count}"
        text = f"""\"\"\"A made-up mechanism.\"\"\"
from sim.engine.kernel import kernel
from sim.engine.mechanism import mechanism
from sim.vocabulary.params import Param
PARAMS = {{"rate": Param(0.5, "share", 0.0, 1.0, "assumption", "made up")}}
{helper}
@mechanism
{body}
"""
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
        importlib.invalidate_caches()
        module = importlib.import_module(name)
        return module.step

    yield made
    REGISTRY.clear()
    REGISTRY.update(before)


@pytest.mark.parametrize(("body", "words"), [
    ("def step(rule, resident):\n    resident.trust[0] = rule.board[0]", "writes outcome resident.trust and"),
    ("def step(rule):\n    rule.board[0] = 1", "rules are written by the loader"),
    ("def step(resident):\n    resident.nothing[0] = 1.0", "there is no column resident.nothing"),
    ("def step(p, resident):\n    resident.heat[0] = p.rote", "no number p.rote in PARAMS; did you mean 'rate'"),
    ("def step(now, resident):\n    resident.heat[0] = now.weak", "no now.weak; did you mean 'week'"),
    ("def step(body, resident):\n    resident.heat[0] = 1.0", "takes 'body' and never looks at it"),
    ("def step(resident):\n    resident.heat[0] = body.purse[0]", "says body.purse and does not take body"),
    ("def step(resident):\n    resident.heat[0] = p.rate", "says p.rate and does not take p"),
    ("def step(resident):\n    resident.heat = 1.0", "writes over the column resident.heat"),
])  # fmt: skip
def test_what_a_mechanism_may_not_do_is_refused(declare, body, words):
    with pytest.raises(TypeError, match=words):
        declare(body).check()


def test_an_argument_that_is_no_table_is_refused(declare):
    with pytest.raises(TypeError, match="'resydent' is no table.*did you mean 'resident'"):
        declare("def step(resydent):\n    pass")


def test_two_mechanisms_cannot_share_a_name(declare):
    step = declare("def step(resident):\n    resident.heat[0] = 1.0")
    with pytest.raises(TypeError, match="two mechanisms"):
        mechanism(step.kernel.py_func)


def test_what_a_helper_does_counts_too(declare):
    helper = "@kernel\ndef cool(i, values, resident):\n    values[i] = 0.0\n    resident.trust[i] = resident.heat[i]\n"
    item = declare("def step(resident):\n    row = resident.belonging\n    cool(0, row, resident)", helper)
    assert set(item.writes) == {"resident.belonging", "resident.trust"}
    assert "resident.heat" in item.reads


def test_a_helper_is_handed_tables_under_their_own_names(declare):
    helper = "@kernel\ndef cool(resident):\n    resident.heat[0] = 0.0\n"
    with pytest.raises(TypeError, match="hands body to cool as resident"):
        declare("def step(body):\n    cool(body)", helper).check()


class Watched:
    """A table that notes which columns are looked at, and lets only those be written that were found to be."""

    def __init__(self, name, columns, writes):
        self._name, self._columns, self._writes, self._seen = name, columns, writes, set()

    def __getattr__(self, short):
        column = f"{self._name}.{short}"
        self._seen.add(column)
        view = self._columns[column].view()
        view.flags.writeable = column in self._writes
        return view


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_what_it_does_in_a_run_is_what_was_found_from_its_code(monkeypatch):
    world = small("package=proposed_boards", residents=200)
    model = Model(world)
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "1")
    registry = load_all()
    for _ in range(14):
        week = model.tick
        model.step()
        for name in {n for phase in PLAN for n in phase.mechanisms}:
            item = registry[name]
            copy = model.store.copy()
            for table, free in (("case", 50), ("active", 50), ("journal", 900), ("task", 200)):
                copy.reserve(table, free)
            stand = {t: Watched(t, copy.columns, item.writes) for t in item.tables}
            held = {NOW: Now(int(model.key), week, 0), NUMBERS: item.numbers({}), **stand}
            plain(item.kernel)(*(held[a] for a in item.arguments))
            seen = {c for table in stand.values() for c in table._seen}
            assert seen <= {*item.reads, *item.writes}, name


@functools.cache
def plain(item):
    """The kernel as a plain function whose callees are plain too."""
    names = dict(item.py_func.__globals__)
    for name in item.py_func.__code__.co_names:
        if isinstance(names.get(name), Kernel):
            names[name] = plain(names[name])
    return types.FunctionType(item.py_func.__code__, names, item.py_func.__name__)
