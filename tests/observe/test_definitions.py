"""The hash of an indicator's definition follows what computes it, and nothing that only speaks of it."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from sim.observe import definitions
from sim.observe.indicators import INDICATORS
from sim.observe.registry import indicator

SOURCE = '''"""A made-up file of indicators."""
from sim.observe.run import Run
LIMIT = {limit}

def helper(run):
    return run.{read}("{series}") * LIMIT

def made(run: Run) -> float:
    """{words}"""
    return helper(run){more}
'''
PLAIN = {"limit": "2.0", "read": "total", "series": "dropped", "words": "Doc.", "more": ""}


@pytest.fixture
def hash_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(definitions, "PACKAGE", "made_up")  # beside the package's own, which is read through Run
    count = 0

    def compute(**changes: str) -> str:
        nonlocal count
        count += 1
        name = f"made_up_{count}"
        (tmp_path / f"{name}.py").write_text(SOURCE.format(**{**PLAIN, **changes}), encoding="utf-8")
        importlib.invalidate_caches()
        module = importlib.import_module(name)
        monkeypatch.setattr(definitions, "PACKAGE", name)
        found = definitions._hash(module.made)
        del sys.modules[name]
        return found

    return compute


def test_words_comments_and_line_breaks_are_no_part_of_it(hash_of):
    plain = hash_of()
    assert hash_of(words="Other words.") == plain
    assert hash_of(more="  # a comment") == plain


@pytest.mark.parametrize("change", [
    {"limit": "3.0"}, {"read": "average"}, {"series": "court_cases"}, {"more": " + 1.0"},
], ids=str)  # fmt: skip
def test_what_computes_it_is(hash_of, change):
    assert hash_of(**change) != hash_of()


def test_every_indicator_has_one_of_its_own():
    found = definitions.definitions()
    assert set(found) == {*INDICATORS, "series", "tallies"}
    assert len(set(found.values())) == len(found)


def test_what_is_changed_and_what_is_added_is_named(monkeypatch):
    before = definitions.definitions()
    assert definitions.changed(before) == [] and definitions.added(before) == frozenset()
    assert definitions.changed({**before, "welfare": "00000000", "gone": "11111111"}) == ["welfare", "gone"]

    def newcomer(run):
        return 1.0

    indicator("share", 0, 1, 0, "hours", source="assumption", reads=(), primary=True)(newcomer)
    try:
        assert definitions.changed(before) == []
        assert definitions.added(before) == {"newcomer", "newcomer_transition", "newcomer_steady"}
    finally:
        del INDICATORS["newcomer"]


def test_a_changed_property_of_a_run_reaches_all_that_use_it(monkeypatch):
    from sim.observe.run import Run

    before = definitions.definitions()

    def kept(self):
        return self.solved & (self.case("solved") - self.case("felt") <= 30.0)

    monkeypatch.setattr(Run, "kept", property(kept))
    others = definitions.changed(before)
    assert "welfare" in others and "trust" not in others
