"""The table of keys: whole, of a stated model version, with a reason wherever a key changes nothing."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from sim import keys
from sim.docs import DOCS
from sim.kernel import source_hash

pytestmark = pytest.mark.skipif(not DOCS.is_dir(), reason="needs the source checkout")
SMALL = {
    "one": ("package=proposed", "community.residents=300", "years=1", "warmup_years=0"),
    "two": ("package=before_reform", "community.residents=300", "years=1", "warmup_years=0"),
}


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """scripts/key_effects.py as a module."""
    path = DOCS.parent / "scripts" / "key_effects.py"
    spec = importlib.util.spec_from_file_location("key_effects", path)
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules["key_effects"] = made
    spec.loader.exec_module(made)
    made.SPREAD, made.NUDGES, made.SAVED = 4, 3, 0.0
    return made


def test_every_key_has_a_row_with_both_ends_and_no_other_has():
    table = keys.read(DOCS / keys.TABLE)
    missing = [key for key in keys.ranged() if key not in table]
    assert missing == [], "run: python scripts/key_effects.py, then python -m sim.docs"
    assert [key for key in table if key not in keys.ranged()] == []
    assert all(set(own) == {"low", "high"} for own in table.values())


def test_the_table_says_of_which_version_it_is():
    versions = {e.version for own in keys.read(DOCS / keys.TABLE).values() for e in own.values()}
    assert all(len(version) == len(source_hash()) for version in versions)
    page = (DOCS / keys.PAGE).read_text(encoding="utf-8")
    assert all(version in page for version in versions)


def test_whatever_changes_nothing_has_a_reason_and_every_reason_a_key():
    table = keys.read(DOCS / keys.TABLE)
    dead = [key for key, own in table.items() if keys.idle(own)]
    assert [key for key in dead if keys.reason_of(key, table[key]) is None] == []
    told = {keys.reason_of(key, table[key]) for key in dead}
    assert keys.ONE_VALUE in told
    assert [reason for reason in keys.reasons() if reason not in told] == []


def test_only_a_range_of_one_value_is_told_without_a_pattern():
    table = keys.read(DOCS / keys.TABLE)
    one = [key for key, own in table.items() if keys.reason_of(key, own) == keys.ONE_VALUE]
    assert one and all(keys.ranged()[key].low == keys.ranged()[key].high for key in one)


def test_every_policy_and_structure_key_reaches_something():
    table = keys.read(DOCS / keys.TABLE)
    settings = [key for key in table if key.split(".")[0] in ("policy", "structure")]
    assert settings and [key for key in settings if keys.idle(table[key])] == []


def test_a_run_tells_what_moves_from_what_does_not_and_goes_on_where_it_was(script, tmp_path: Path, capsys):
    every = keys.ranged()
    wanted = ["community.problems_per_1000", "parameters.population.company_members"]
    towns = script.Towns({k: every[k] for k in (*wanted, "parameters.heat.rise", "parameters.learning.trust_rate")
                          if k in every}, SMALL)  # fmt: skip
    known: dict = {}
    path = tmp_path / keys.TABLE
    script.compute(towns, wanted, path, known)
    assert "2 of 2 keys" in capsys.readouterr().out
    stored = keys.read(path)
    assert stored == known
    low, high = stored[wanted[0]]["low"], stored[wanted[0]]["high"]
    assert low.verdict == high.verdict == "moves" and low.version == source_hash()
    assert low.moves and all(abs(float(part.rsplit(" ", 1)[1])) >= low.chance - 0.05 for part in low.moves.split("; "))
    shown = keys.page(stored)
    assert source_hash() in shown and "`problems_per_1000`" in shown


def test_a_table_of_another_make_is_refused(tmp_path):
    path = tmp_path / keys.TABLE
    path.write_text("key,low\nspan,2\n", encoding="utf-8")
    with pytest.raises(ValueError, match="other columns"):
        keys.read(path)
