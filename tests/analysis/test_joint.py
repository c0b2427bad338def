"""Ranks and Pareto sets against plain loops, and against what is known of normal means."""

import numpy as np
import pandas as pd
import pytest
from made import runs
from scipy import stats

from sim.analysis import pareto_table, rank_table
from sim.analysis.joint import ranks, undominated


def test_ranks_by_hand() -> None:
    values = np.array([[3.0, 1.0, 2.0], [3.0, 3.0, 1.0]])
    up = ranks(values, +1)
    assert up == pytest.approx(np.array([[0.75, 0.25, 0.0], [0.25, 0.25, 0.5], [0.0, 0.5, 0.5]]))
    down = ranks(values, -1)
    assert down[:, 0] == pytest.approx([0.0, 0.5, 0.5])


def test_rank_probabilities_against_a_loop() -> None:
    rng = np.random.default_rng(3)
    common = rng.normal(size=(1, 1, 20))
    made = {arm: common + 0.2 * k + 0.5 * rng.normal(size=common.shape) for k, arm in enumerate("abc")}
    found = rank_table(runs(made), list("abc"), {"solved": 1}, seed=4, resamples=1200)
    table = found.pivot(index="arm", columns="rank", values="probability")
    assert table.sum(axis=0).to_numpy() == pytest.approx(np.ones(3))
    assert table.sum(axis=1).to_numpy() == pytest.approx(np.ones(3))
    values = np.stack([made[arm].ravel() for arm in "abc"])
    rng = np.random.default_rng(99)
    first = np.zeros(3)
    for _ in range(3000):
        chosen = rng.integers(0, 20, 20)
        first[np.argmax(values[:, chosen].mean(axis=1))] += 1 / 3000
    assert table[1].to_numpy() == pytest.approx(first, abs=0.04)


def test_best_of_two_is_the_normal_chance() -> None:
    """With two arms and many pairs the chance of being best is that of the mean difference being positive."""
    d = 0.15 + np.random.default_rng(8).normal(size=200)
    made = {"a": np.zeros((1, 1, 200)), "b": d.reshape(1, 1, -1)}
    found = rank_table(runs(made), ["a", "b"], {"solved": 1}).set_index(["arm", "rank"])["probability"]
    assert found["b", 1] == pytest.approx(stats.norm.cdf(d.mean() / (d.std() / np.sqrt(200))), abs=0.01)


def test_undominated_by_a_loop() -> None:
    rng = np.random.default_rng(6)
    for _ in range(50):
        values = rng.integers(0, 4, size=(2, 6)).astype(float)
        better = (1, -1)
        wanted = []
        for i in range(6):
            beaten = False
            for j in range(6):
                gains = [better[k] * (values[k, j] - values[k, i]) for k in range(2)]
                beaten |= min(gains) >= 0 and max(gains) > 0
            wanted.append(not beaten)
        assert undominated(values, better).tolist() == wanted


def test_pareto_probability() -> None:
    """An arm far off in both is never in the set, one best in something always; a near tie lies in between."""
    rng = np.random.default_rng(7)
    noise = rng.normal(size=(2, 1, 30))
    own = {arm: 0.3 * rng.normal(size=noise.shape) for arm in "wxyz"}
    shift = {"w": (0, 0), "x": (5, 5), "y": (2, 2), "z": (5.0, 5.02)}  # benefit, cost
    made = {arm: noise + own[arm] + np.array(shift[arm]).reshape(2, 1, 1) for arm in "wxyz"}
    made["bad"] = noise + np.array([-3.0, 3.0]).reshape(2, 1, 1)
    table = pareto_table(runs(made, ("benefit", "cost")), [*"wxyz", "bad"], {"benefit": 1, "cost": -1})
    found = table.set_index("arm")["probability"]
    assert found["bad"] == 0.0 and found["w"] == 1.0 and found["y"] == 1.0
    assert 0.1 < found["x"] < 1.0 or 0.1 < found["z"] < 1.0
    assert isinstance(table, pd.DataFrame) and table["n"].eq(30).all()


@pytest.mark.parametrize("left", ["none", "failed", "infinite"])
def test_an_arm_without_values_leaves_nothing_to_rank(left: str) -> None:
    """Not an error: a study in which one arm always fails still has its other tables."""
    runs = pd.DataFrame(
        {
            "point": 0, "arm": ["a", "a", "b", "b"], "replicate": [0, 1, 0, 1], "status": "ok",
            "message": "", "run_id": list("1234"), "w": [1.0, 2.0, 3.0, 4.0],
        }
    )  # fmt: skip
    if left == "none":
        runs = runs[runs["arm"] == "a"]
    elif left == "failed":
        runs.loc[runs["arm"] == "b", "status"] = "failed"
    else:
        runs.loc[runs["arm"] == "b", "w"] = np.inf
    assert rank_table(runs, ["a", "b"], {"w": 1}, resamples=50).empty
    assert pareto_table(runs, ["a", "b"], {"w": 1}, resamples=50).empty
