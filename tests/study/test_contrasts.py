"""What one choice does by itself: signs, places, and the mean over them."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from sim.analysis.contrasts import ALL, COLUMNS, contrast_table

PLACES = ("old", "new")
SWITCHES = (
    SimpleNamespace(mechanism="gate=on", around="base", present="base_with_gate", absent="base"),
    SimpleNamespace(mechanism="gate=on", around="full", present="full", absent="full_without_gate"),
)
VALUE = {"base": 0.0, "base_with_gate": 1.0, "full": 5.0, "full_without_gate": 7.0}


def runs(replicates: int = 6) -> pd.DataFrame:
    """Runs in which the gate adds 1 around base and takes 2 around full, and 0.5 more of each at the second place."""
    rng = np.random.default_rng(3)
    common = rng.normal(0, 2, (len(PLACES), replicates))
    rows = [
        {"run_id": "", "point": p, "arm": arm, "replicate": r, "status": "ok", "message": "",
         "solved": value * (1 + 0.5 * p) + common[p, r], "still": 1.0, "exec_seconds": 0.1}
        for p in range(len(PLACES)) for arm, value in VALUE.items() for r in range(replicates)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def table(frame: pd.DataFrame) -> pd.DataFrame:
    made = contrast_table(frame, SWITCHES, PLACES, ["solved", "still"], {"solved": "share"}, resamples=499)
    assert tuple(made.columns) == COLUMNS
    return made.set_index(["around", "archetype", "indicator"])


def test_the_difference_is_with_minus_without() -> None:
    found = table(runs())
    assert found.loc[("base", "old", "solved"), "difference"] == pytest.approx(1.0)
    assert found.loc[("base", "new", "solved"), "difference"] == pytest.approx(1.5)
    assert found.loc[("base", ALL, "solved"), "difference"] == pytest.approx(1.25)
    assert found.loc[("full", ALL, "solved"), "difference"] == pytest.approx(-2.5)
    assert (found.loc[(slice(None), slice(None), "still"), "difference"] == 0).all()
    assert (found.loc[(slice(None), slice(None), "still"), "standardised"] == 0).all()


def test_the_unit_over_places_is_the_replicate() -> None:
    found = table(runs())
    assert set(found["n"]) == {6}
    row = found.loc[("base", ALL, "solved")]
    assert row["ci_low"] == pytest.approx(1.25) and row["ci_high"] == pytest.approx(1.25)  # pairs share everything


def test_runs_that_failed_drop_out_with_their_pair() -> None:
    frame = runs()
    frame.loc[(frame["arm"] == "base") & (frame["replicate"] == 2) & (frame["point"] == 1), "status"] = "failed"
    found = table(frame)
    assert found.loc[("base", "new", "solved"), "n"] == 5 and found.loc[("base", "old", "solved"), "n"] == 6
    assert found.loc[("full", "new", "solved"), "n"] == 6


def test_a_single_place_is_its_own_whole() -> None:
    frame = runs()
    made = contrast_table(frame[frame["point"] == 0], SWITCHES, PLACES[:1], ["solved"], resamples=99)
    assert set(made["archetype"]) == {"old"} and set(made["n"]) == {6}
