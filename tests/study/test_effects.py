"""Paired effects: by hand, against SciPy, and in the degenerate cases."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from sim.analysis import COLUMNS, effects_table, paired_intervals


def runs(**arms: list[float]) -> pd.DataFrame:
    rows = [
        {"run_id": f"{arm}{r}", "point": 0, "arm": arm, "replicate": r, "status": "ok", "message": "", "solved": value}
        for arm, values in arms.items()
        for r, value in enumerate(values)
    ]
    return pd.DataFrame(rows)


def row(table: pd.DataFrame, arm: str) -> pd.Series:
    return table[table["arm"] == arm].iloc[0]


def test_effects_by_hand() -> None:
    table = effects_table(runs(b=[1.0, 2.0, 3.0, 4.0], a=[2.0, 2.0, 5.0, 3.0]), ["b", "a"], "b", {"solved": "share"})
    assert tuple(table.columns) == COLUMNS
    found = row(table, "a")
    assert (found["unit"], found["n"], found["mean_arm"], found["mean_baseline"]) == ("share", 4, 3.0, 2.5)
    assert found["difference"] == 0.5  # (1 + 0 + 2 - 1) / 4
    assert found["p_higher"] == (2 + 0.5) / 4
    assert found["effect_size_a"] == (1 + 0.5 + 1 + 0.5 + 4 + 2 + 0.5) / 16  # of each run with each run
    assert found["paired_correlation"] == pytest.approx(3.0 / math.sqrt(5.0 * 6.0))
    assert found["ci_low"] < 0.5 < found["ci_high"]


def test_interval_is_that_of_scipy() -> None:
    stats = pytest.importorskip("scipy.stats")
    data = np.random.default_rng(3).gamma(0.7, size=(3, 25)) - 0.4
    low, high = paired_intervals(data, seed=11)
    for k in range(3):
        known = stats.bootstrap(
            (data[k],), np.mean, method="BCa", n_resamples=9999, rng=np.random.default_rng(11), vectorized=True
        ).confidence_interval
        assert low[k] == pytest.approx(known.low, abs=1e-9)
        assert high[k] == pytest.approx(known.high, abs=1e-9)


def test_an_arm_that_differs_in_nothing() -> None:
    found = row(effects_table(runs(b=[0.1, 0.7, 0.3], a=[0.1, 0.7, 0.3]), ["b", "a"], "b"), "a")
    assert (found["difference"], found["ci_low"], found["ci_high"]) == (0.0, 0.0, 0.0)
    assert (found["p_higher"], found["effect_size_a"], found["paired_correlation"]) == (0.5, 0.5, 1.0)


def test_equal_differences_have_an_interval_of_one_value() -> None:
    found = row(effects_table(runs(b=[1.0, 2.0, 4.0], a=[2.0, 3.0, 5.0]), ["b", "a"], "b"), "a")
    assert (found["difference"], found["ci_low"], found["ci_high"]) == (1.0, 1.0, 1.0)


def test_one_pair_gives_no_interval() -> None:
    found = row(effects_table(runs(b=[1.0], a=[3.0]), ["b", "a"], "b"), "a")
    assert found["n"] == 1 and found["difference"] == 2.0
    assert math.isnan(found["ci_low"]) and math.isnan(found["ci_high"]) and math.isnan(found["paired_correlation"])


def test_missing_values_drop_out_with_their_pair() -> None:
    table = runs(b=[1.0, 2.0, math.nan, 4.0], a=[2.0, math.nan, 3.0, 6.0])
    found = row(effects_table(table, ["b", "a"], "b"), "a")
    assert (found["n"], found["difference"], found["mean_baseline"]) == (2, 1.5, 2.5)
    table.loc[(table["arm"] == "a") & (table["replicate"] == 3), "status"] = "failed"
    assert row(effects_table(table, ["b", "a"], "b"), "a")["n"] == 1
    table["status"] = "failed"
    assert row(effects_table(table, ["b", "a"], "b"), "a")["n"] == 0


def test_constant_values_have_no_correlation() -> None:
    found = row(effects_table(runs(b=[0.1] * 4, a=[0.1, 0.2, 0.3, 0.4]), ["b", "a"], "b"), "a")
    assert math.isnan(found["paired_correlation"])
    assert found["mean_baseline"] == 0.1


def test_the_order_of_rows_changes_nothing() -> None:
    table = runs(b=list(np.random.default_rng(1).normal(size=9)), a=list(np.random.default_rng(2).normal(size=9)))
    mixed = table.sample(frac=1.0, random_state=5)
    one, two = (effects_table(rows, ["b", "a"], "b") for rows in (table, mixed))
    pd.testing.assert_frame_equal(one, two, check_exact=True)


def test_few_pairs_give_finite_intervals() -> None:
    low, high = paired_intervals(np.array([[0.0, 1.0], [0.0, 0.0], [-1.0, 1e-3]]))
    assert np.isfinite(low).all() and np.isfinite(high).all()
    assert (low <= high).all()


def test_many_indicators_are_quick() -> None:
    data = np.random.default_rng(0).normal(size=(500, 100))
    low, high = paired_intervals(data)
    assert (low < data.mean(axis=1)).all() and (high > data.mean(axis=1)).all()
