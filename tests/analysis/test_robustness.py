"""Robustness against Savage's textbook example and plain loops."""

import numpy as np
import pytest
from made import runs

from sim.analysis import robustness_table
from sim.analysis.robustness import views

# A textbook example of minimax regret: returns of three placements when rates rise, stay or fall.
STATES = np.array([[-4.0, 4.0, 12.0], [-2.0, 3.0, 8.0], [3.0, 2.0, 1.0]])  # stocks, bonds, money market


def test_textbook_of_regret() -> None:
    found = views(STATES.T, +1, threshold=2.5)
    assert found["worst"].tolist() == [-4.0, -2.0, 1.0]  # maximin takes the money market
    assert found["regret_largest"].tolist() == [7.0, 5.0, 11.0]  # minimax regret takes bonds
    assert found["satisficing"] == pytest.approx([2 / 3, 2 / 3, 1 / 3])
    assert views(-STATES.T, -1, threshold=-2.5)["regret_largest"].tolist() == [7.0, 5.0, 11.0]


def test_table_by_hand() -> None:
    made = {arm: np.repeat(STATES[k][None, :, None], 4, axis=2) for k, arm in enumerate(("stocks", "bonds", "market"))}
    table = robustness_table(runs(made), list(made), "solved", +1, threshold=2.5, resamples=200)
    found = table.set_index(["view", "arm"])
    assert found.loc["regret_largest"]["value"].tolist() == [7.0, 5.0, 11.0]
    assert found.loc[("regret_largest", "bonds"), "p_best"] == 1.0 and found.loc[("worst", "market"), "p_best"] == 1.0
    assert (found["ci_low"] == found["value"]).all() and (found["ci_high"] == found["value"]).all()
    regrets = STATES.max(axis=0) - STATES
    wanted = [np.percentile(row, 90) for row in regrets]
    assert found.loc["regret_percentile"]["value"].tolist() == pytest.approx(wanted)


def test_interval_widens_with_noise_and_missing_points_drop_out() -> None:
    rng = np.random.default_rng(9)
    made = {arm: STATES[k][None, :, None] + rng.normal(size=(1, 3, 15)) for k, arm in enumerate(("s", "b", "m"))}
    table = runs(made)
    table.loc[(table["arm"] == "b") & (table["point"] == 1), "status"] = "failed"
    found = robustness_table(table, ["s", "b", "m"], "solved", +1, resamples=500).set_index(["view", "arm"])
    assert (found["points"] == 2).all() and (found["n"] == 15).all()
    mean = found.loc["mean"]
    assert ((mean["ci_low"] < mean["value"]) & (mean["value"] < mean["ci_high"])).all()
    assert robustness_table(runs({"a": np.zeros((1, 1, 3))}), ["a"], "solved", 1).empty
