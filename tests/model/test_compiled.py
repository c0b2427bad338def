"""Compiled or not, in tables of whatever size: the same source gives the same state, to the bit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from sim.model.simulation import Model
from tests.golden.battery import exact
from tests.runs import small

GROWING = ("case", "task", "active", "journal")
PLAIN = """
import json, sys
from tests.golden.battery import exact
from tests.model.test_compiled import town
print(json.dumps(exact(town(int(sys.argv[1])).store)))
"""


def town(weeks: int) -> Model:
    """A small town in which much happens, after some weeks."""
    busy = ("community.problems_per_1000=90", "policy/elections=household")
    world = small("package=proposed_boards", *busy, residents=200)
    return Model(world).run_until(weeks)


def test_a_run_in_plain_python_is_the_same():
    weeks = 8
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PLAIN, str(weeks)],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    plain, compiled = json.loads(run.stdout), exact(town(weeks).store)
    assert [name for name in compiled if plain[name] != compiled[name]] == []


def test_the_command_runs_in_plain_python_too(tmp_path):
    """What has everything compiled beforehand must not get in the way."""
    run = subprocess.run(
        [sys.executable, "-m", "sim", "run", "community.residents=200", "years=1", "warmup_years=0"],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1", "GONGZHI_CACHE": str(tmp_path / "cache")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert not list(tmp_path.glob("cache/**/*.nbi"))



@pytest.mark.parametrize("table", GROWING)
def test_a_table_that_grows_in_mid_run_changes_nothing(table, monkeypatch):
    usual = Model(small("package=proposed_boards"))
    grown = usual.fork()
    own = grown._reserve

    def reserve():
        moved = own()
        if grown.tick == 20:
            moved |= grown.store.reserve(table, 3 * grown.store.rows[table])
        return moved

    monkeypatch.setattr(grown, "_reserve", reserve)
    usual.run_until(20)
    grown.run_until(20)
    before = dict(grown.store.columns)
    grown.step()
    moved = {name for name, values in grown.store.columns.items() if values is not before[name]}
    assert {name.partition(".")[0] for name in moved} >= {table}
    for name in moved:
        before[name].view(np.uint8).fill(255)  # whoever still looks at the old array is noticed
    usual.run_until(40)
    grown.run_until(40)
    assert grown.store.rows[table] > usual.store.rows[table]
    assert exact(grown.store) == exact(usual.store)
