"""Contract of every column: somebody writes it and somebody looks at it."""

from __future__ import annotations

import pytest

from sim.model.plan import load_all
from sim.vocabulary.columns import AXES, COLUMNS, ROLES
from tests.contracts.source import mentions

MECHANISMS = tuple(load_all().values())
READ = {c for m in MECHANISMS for c in m.reads}
WRITTEN = {c for m in MECHANISMS for c in m.writes}
WRITERS = ("model/simulation.py", "model/people/", "model/bodies/stock.py", "model/bodies/seats.py", "model/outside.py",
           "model/cases/kinds.py", "engine/state.py")  # besides mechanisms  # fmt: skip


@pytest.mark.parametrize("name", COLUMNS)
def test_somebody_looks_at_it(name):
    elsewhere = [p for p in mentions(name) if not p.startswith(("model/people/population", "model/bodies/stock"))]
    assert name in READ | WRITTEN or elsewhere, f"nothing reads {name}"


@pytest.mark.parametrize("name", [n for n, c in COLUMNS.items() if c.role == "rule"])
def test_every_rule_is_read_by_a_mechanism(name):
    assert name in READ, f"a choice that no code reads feeds {name}"


@pytest.mark.parametrize("name", [n for n, c in COLUMNS.items() if c.role not in ("rule", "fixed")])
def test_what_can_change_is_changed(name):
    set_elsewhere = [p for p in mentions(name) if p.startswith(WRITERS)]
    assert name in WRITTEN or set_elsewhere, f"{name} can change and nothing changes it"


@pytest.mark.parametrize("column", COLUMNS.values(), ids=lambda c: c.name)
def test_it_says_what_it_is(column):
    assert column.unit and column.meaning and column.role in ROLES
    assert all(axis in AXES for axis in column.axes)
    assert column.name.count(".") == 1 and column.name.replace(".", "_").isidentifier()


def test_no_two_columns_become_the_same_argument():
    arguments = [name.replace(".", "_", 1) for name in COLUMNS]
    assert len(arguments) == len(set(arguments))
