"""Simultaneous bands: critical values that are known, coverage, and the paired table."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.analysis import difference_bands, simultaneous_band


def test_critical_value_of_independent_times() -> None:
    """Many units, twenty independent times: the value below which the largest of twenty normals stays."""
    values = np.random.default_rng(1).normal(size=(1500, 20))
    wanted = stats.norm.ppf(0.5 + 0.5 * 0.95 ** (1 / 20))
    assert simultaneous_band(values).critical == pytest.approx(wanted, abs=0.08)


def test_one_time_is_one_interval() -> None:
    """One time, or the same course at all times, needs no more than Student's t."""
    course = np.random.default_rng(2).normal(size=(400, 1))
    for values in (course, np.repeat(course, 30, axis=1)):
        band = simultaneous_band(values)
        low, high = stats.t.interval(0.95, 399, course.mean(), stats.sem(course.ravel()))
        assert band.low[0] == pytest.approx(low, abs=0.012) and band.high[0] == pytest.approx(high, abs=0.012)


def test_it_covers_the_whole_course() -> None:
    """Random walks around zero: about 95 in 100 bands hold zero everywhere, far fewer pointwise ones do."""
    rng = np.random.default_rng(3)
    held = pointwise = 0
    trials = 150
    for trial in range(trials):
        walks = np.cumsum(rng.normal(size=(25, 24)), axis=1)
        band = simultaneous_band(walks, seed=trial, resamples=400)
        held += bool((band.low <= 0).all() and (band.high >= 0).all())
        half = stats.t.ppf(0.975, 24) * stats.sem(walks)
        pointwise += bool((np.abs(walks.mean(axis=0)) <= half).all())
    assert held / trials > 0.89
    assert pointwise < held


def test_without_spread_or_pairs() -> None:
    band = simultaneous_band(np.ones((5, 4)))
    assert (band.low == 1).all() and (band.high == 1).all()
    assert np.isnan(simultaneous_band(np.ones((1, 4))).low).all()


def test_paired_table() -> None:
    rng = np.random.default_rng(4)
    rows = []
    for replicate in range(12):
        level = rng.normal(0, 5)
        for arm, gain in (("base", 0.0), ("new", 1.0)):
            rows += [
                {"point": 0, "arm": arm, "replicate": replicate, "quarter": q, "x": level + gain * q + noise}
                for q, noise in enumerate(rng.normal(0, 0.1, size=4))
            ]
    table = difference_bands(pd.DataFrame(rows), "base", "x", "quarter")
    assert table["arm"].unique().tolist() == ["new"] and table["n"].eq(12).all()
    assert table["difference"].to_numpy() == pytest.approx([0, 1, 2, 3], abs=0.12)
    assert (table["low"] <= table["pointwise_low"]).all() and (table["pointwise_high"] <= table["high"]).all()
