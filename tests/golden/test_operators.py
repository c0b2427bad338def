"""The machinery of the proof over operators: a change is noticed, the same source is not, the table is complete."""

from __future__ import annotations

import ast
import multiprocessing
from collections import Counter

import pytest

from tests.changes import changes
from tests.golden import operators


def made(text):
    found = []
    for n, _ in enumerate(changes(ast.parse(text))):
        tree = ast.parse(text)
        list(changes(tree))[n].make()
        found.append(ast.unparse(tree))
    return sorted(found)


def test_every_operator_is_changed_once_and_a_comparison_at_its_edge_too():
    assert made("x = a < 1") == ["x = a <= 1", "x = a >= 1"]
    assert made("x += a * b") == ["x += a / b", "x -= a * b"]
    assert made("x = not a or b == -1") == ["x = a or b == -1", "x = not a and b == -1", "x = not a or b != -1"]
    assert made("x = min(-a, 2)") == ["x = max(-a, 2)", "x = min(a, 2)"]
    assert made("x = 0 <= a != b") == ["x = 0 < a != b", "x = 0 <= a == b", "x = 0 > a != b"]


def test_a_sample_has_a_change_of_every_kernel_before_a_second_of_any_and_is_the_same_for_a_seed():
    every = {mutant.function for mutant in operators.sampled([], 0, 1)}
    first = operators.sampled([], len(every), 1)
    assert {mutant.function for mutant in first} == every
    assert {name.split(".")[0] for name in every} >= {"routing", "committee", "find"}
    assert first == operators.sampled([], len(every), 1) != operators.sampled([], len(every), 2)


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="this system cannot fork a process")
def test_a_change_is_noticed_and_one_without_effect_is_not(monkeypatch):
    monkeypatch.setattr(operators, "towns", lambda: ["proposed"])
    operators.usual("proposed")
    dues = {(mutant.words, mutant.code): mutant for mutant in operators.mutants("sim.model.money.dues.step")}
    idle = dues["Lt to LtE", "f < 0"]
    noticed = dues["min to max", "min(body.obs[o, OwnersObs.SERVICE] / demanded, 1.0)"]
    found = dict(operators.outcomes([idle, noticed], Counter(), 1))
    assert found == {idle: "", noticed: "proposed"}  # no firm stands in the first row


def test_what_nothing_noticed_has_a_reason_in_the_table():
    _, rows = operators.read()
    assert rows
    assert [key for key, row in rows.items() if not operators.settled(row)] == []
