"""Whether two finished stores hold the same values."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sim.store import open_study


def values(folder: Path) -> pd.DataFrame:
    """The table of runs without the columns that say how a run was executed."""
    runs = open_study(folder).runs
    return runs[[c for c in runs.columns if not c.startswith("exec_")]]


def same(one: Path, two: Path) -> None:
    """Every run, weekly value, tally and effect of both is the same, bit for bit."""
    a, b = open_study(one), open_study(two)
    pd.testing.assert_frame_equal(values(one), values(two), check_exact=True)
    for table in ("series", "tallies"):
        assert {p.name: p.read_bytes() for p in (one / table).glob("*.parquet")} == {
            p.name: p.read_bytes() for p in (two / table).glob("*.parquet")
        }
    assert list(a.runs["run_id"]) == list(b.runs["run_id"])
    assert (one / "effects.csv").read_bytes() == (two / "effects.csv").read_bytes()
