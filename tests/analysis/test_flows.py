"""Flows against plain sums; what a run did not have counts as zero."""

import numpy as np
import pandas as pd
import pytest

from sim.analysis import flow_differences, flow_means, group_differences

ROWS = [  # arm, replicate, from, to, value
    ("base", 0, "desk", "committee", 4.0), ("base", 0, "desk", "firm", 1.0), ("base", 1, "desk", "committee", 6.0),
    ("base", 2, "phone", "committee", 2.0), ("new", 0, "desk", "committee", 5.0), ("new", 1, "desk", "committee", 6.0),
    ("new", 2, "desk", "firm", 3.0), ("new", 2, "phone", "committee", 1.0),
]  # fmt: skip


@pytest.fixture
def tallies() -> pd.DataFrame:
    rows = [
        {"point": 0, "arm": arm, "replicate": r, "measure": "handover", "a": a, "b": b, "value": value}
        for arm, r, a, b, value in ROWS
    ]
    return pd.DataFrame(rows)


def test_means_by_a_loop(tallies: pd.DataFrame) -> None:
    found = flow_means(tallies, "handover", ["a", "b"]).set_index(["arm", "a", "b"])["mean"]
    wanted: dict[tuple[str, str, str], float] = {}
    for arm, _, a, b, value in ROWS:
        wanted[arm, a, b] = wanted.get((arm, a, b), 0.0) + value / 3
    assert found.to_dict() == pytest.approx(wanted)
    whole = flow_means(tallies, "handover", ["b"]).set_index(["arm", "b"])["mean"]
    assert whole["base", "committee"] == pytest.approx(12 / 3)


def test_differences_by_a_loop(tallies: pd.DataFrame) -> None:
    found = flow_differences(tallies, "handover", ["a", "b"], "base").set_index(["arm", "a", "b"])
    held = {(arm, r, a, b): value for arm, r, a, b, value in ROWS}
    for key in {(a, b) for _, _, a, b, _ in ROWS}:
        d = [held.get(("new", r, *key), 0.0) - held.get(("base", r, *key), 0.0) for r in range(3)]
        row = found.loc[("new", *key)]
        assert row["difference"] == pytest.approx(np.mean(d)) and row["n"] == 3
        assert row["ci_low"] <= row["difference"] <= row["ci_high"]


def test_groups_pair_with_themselves_and_drop_what_has_no_value() -> None:
    values = {("base", 0): 0.5, ("base", 1): 0.7, ("base", 2): np.nan}
    values |= {("new", 0): 0.6, ("new", 1): 0.9, ("new", 2): 0.8}
    rows = [
        {"point": 0, "arm": arm, "replicate": r, "measure": "group", "a": "tenant", "b": what, "value": value + shift}
        for (arm, r), value in values.items()
        for what, shift in (("welfare", 0.0), ("trust", 5.0))
    ]
    found = group_differences(pd.DataFrame(rows), "welfare", "base").iloc[0]
    assert (found["arm"], found["group"], found["n"]) == ("new", "tenant", 2)
    assert (found["mean_arm"], found["mean_baseline"]) == (pytest.approx(0.75), pytest.approx(0.6))
    assert found["difference"] == pytest.approx((0.1 + 0.2) / 2)
