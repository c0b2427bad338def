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
