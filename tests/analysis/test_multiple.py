"""Holm's correction and the two shares of superiority against definitions computed another way."""

from itertools import combinations

import numpy as np
import pytest
from made import runs
from scipy import stats

from sim.analysis import effects_table, holm, holm_table


def closed(p: np.ndarray) -> np.ndarray:
    """Adjusted p-values by closed testing: the largest Bonferroni p-value of all sets that hold the comparison."""
    found = np.zeros(len(p))
    for size in range(1, len(p) + 1):
        for chosen in combinations(range(len(p)), size):
            whole = min(1.0, size * p[list(chosen)].min())
            for k in chosen:
                found[k] = max(found[k], whole)
    return found


def test_holm_is_the_closure_of_bonferroni() -> None:
    rng = np.random.default_rng(5)
    for _ in range(20):
        p = rng.beta(0.4, 3.0, size=7)
        assert holm(p) == pytest.approx(closed(p))


def test_holm_of_a_worked_example() -> None:
    """Four p-values: the smallest times four, the next times three, two, one, and never less than one before."""
    assert holm(np.array([0.01, 0.04, 0.03, 0.005])) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm(np.array([np.nan, 0.02, 0.5])) == pytest.approx([np.nan, 0.04, 0.5], nan_ok=True)


def test_p_values_are_those_of_scipy() -> None:
    rng = np.random.default_rng(1)
    base = rng.normal(size=(2, 1, 12))
    table = runs({"a": base, "b": base + 0.4 + 0.5 * rng.normal(size=base.shape), "same": base}, ("x", "y"))
    found = holm_table(table, ["a", "b", "same"], "a", ["x", "y"]).set_index(["arm", "indicator"])
    for name in ("x", "y"):
        wide = table.pivot(index="replicate", columns="arm", values=name)
        assert found.loc[("b", name), "p_value"] == pytest.approx(stats.ttest_rel(wide["b"], wide["a"]).pvalue)
        assert found.loc[("same", name), "p_value"] == 1.0
    assert found["p_holm"].to_numpy() == pytest.approx(closed(found["p_value"].to_numpy()))


def test_superiority_paired_and_unpaired() -> None:
    """Vargha and Delaney's A is Mann and Whitney's U over the number of combinations."""
    rng = np.random.default_rng(2)
    base = np.round(rng.normal(size=(1, 1, 15)), 1)
    other = base + np.round(0.1 + 0.2 * rng.normal(size=base.shape), 1)
    row = effects_table(runs({"a": base, "b": other}), ["a", "b"], "a", resamples=99).iloc[0]
    u = stats.mannwhitneyu(other.ravel(), base.ravel(), method="asymptotic").statistic
    assert row["effect_size_a"] == pytest.approx(u / 15**2)
    signs = np.sign(other - base).ravel()
    assert row["p_higher"] == pytest.approx((np.sum(signs > 0) + 0.5 * np.sum(signs == 0)) / 15)
