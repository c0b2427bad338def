"""Indices of sensitivity against published values, and boxes against cases of which the box is known."""

import itertools
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.analysis import discovery, sensitivity
from sim.scenario.comparison import Design, Factor
from sim.scenario.design import at, unit_sample

pytest.importorskip("SALib", reason="SALib is an extra: pip install 'gongzhi[sensitivity]'")


def study(kind: str, size: int, factors: dict[str, tuple[float, float]], outcome: Any, baseline: Any) -> Any:
    """A stored study whose two arms have these outcomes at each point."""
    design = Design(
        kind=kind,  # type: ignore[arg-type]
        factors=tuple(Factor(key=k, low=low, high=high) for k, (low, high) in factors.items()),
        size=size,
        seed=1,
        resolution=4,
    )
    unit = unit_sample(design)
    points = np.array([[at(f, u) for f, u in zip(design.factors, row, strict=True)] for row in unit])
    rows = [
        {"point": k, "replicate": 0, "status": "ok", "arm": arm, "y": made(x)}
        for k, x in enumerate(points)
        for arm, made in (("base", baseline), ("other", outcome))
    ]
    table = pd.DataFrame(points, columns=list(factors)).assign(point=range(len(points)))
    stated = {"design": design.model_dump(), "baseline": "base"}
    return SimpleNamespace(study=stated, runs=pd.DataFrame(rows), points=table, arms=["base", "other"], path="X")


def ishigami(x: Any) -> float:
    return float(np.sin(x[0]) + 7.0 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0]))


def test_sobol_indices_of_ishigami_are_the_published_ones():
    """Ishigami & Homma 1990 with a = 7, b = 0.1: first 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437."""
    ends = {f"x{k}": (-np.pi, np.pi) for k in range(3)}
    table = sensitivity.sobol_table(study("saltelli", 4096, ends, ishigami, lambda x: 0.0), ["y"])
    found = table[(table["arm"] == "other") & (table["of"] == "difference")].set_index("factor")
    assert found["first"].to_list() == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert found["total"].to_list() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)
    truth = pd.Series([0.5576, 0.4424, 0.2437], index=found.index)
    assert ((found["total_low"] - 0.01 <= truth) & (truth <= found["total_high"] + 0.01)).all()


@pytest.mark.parametrize("kind", ["saltelli", "morris"])
def test_the_same_table_has_the_same_intervals(kind):
    ends = {f"x{k}": (-np.pi, np.pi) for k in range(3)}
    made = study(kind, 16, ends, ishigami, lambda x: 0.0)
    table = {"saltelli": sensitivity.sobol_table, "morris": sensitivity.morris_table}[kind]
    pd.testing.assert_frame_equal(table(made, ["y"]), table(made, ["y"]))


def test_what_does_not_vary_has_no_sobol_index():
    ends = {"a": (0.0, 1.0), "b": (0.0, 1.0)}
    table = sensitivity.sobol_table(study("saltelli", 8, ends, lambda x: x[0], lambda x: 3.0), ["y"])
    assert table[table["arm"] == "base"]["total"].isna().all()


def test_elementary_effects_of_a_straight_line_are_its_slopes_over_the_range():
    ends = {"a": (0.0, 2.0), "b": (10.0, 20.0), "c": (0.0, 1.0)}
    made = study("morris", 10, ends, lambda x: 3 * x[0] - 0.5 * x[1], lambda x: x[2])
    table = sensitivity.morris_table(made, ["y"]).set_index(["arm", "of", "factor"]).sort_index()
    level = table.loc[("other", "level")]
    assert level["mu"].to_list() == pytest.approx([6.0, -5.0, 0.0], abs=1e-9)
    assert level["mu_star"].to_list() == pytest.approx([6.0, 5.0, 0.0], abs=1e-9)
    assert level["sigma"].to_list() == pytest.approx([0.0, 0.0, 0.0], abs=1e-9)
    assert table.loc[("other", "difference", "c"), "mu"] == pytest.approx(-1.0)


def test_elementary_effects_by_a_loop_over_trajectories():
    """Ishigami's function: mean, mean size and spread of the effects, from neighbouring points that differ in one."""
    ends = {f"x{k}": (-np.pi, np.pi) for k in range(3)}
    made = study("morris", 20, ends, ishigami, lambda x: 0.0)
    points, width = made.points[list(ends)].to_numpy(), 2 * np.pi
    effects: dict[int, list[float]] = {k: [] for k in range(3)}
    for at_, (one, two) in enumerate(itertools.pairwise(points)):
        if at_ % 4 < 3:  # the fourth point is the last of its trajectory
            [k] = np.flatnonzero(np.abs(two - one) > 1e-9)
            effects[k].append((ishigami(two) - ishigami(one)) / (two[k] - one[k]) * width)
    table = sensitivity.morris_table(made, ["y"]).set_index(["arm", "of", "factor"]).sort_index()
    assert [len(found) for found in effects.values()] == [20] * 3
    for k, found in effects.items():
        row, own = table.loc[("other", "level", f"x{k}")], np.array(found)
        assert row["mu"] == pytest.approx(own.mean()) and row["mu_star"] == pytest.approx(np.abs(own).mean())
        assert row["sigma"] == pytest.approx(own.std(ddof=1))


def test_screening_shares_levels_and_differences_alike():
    """Slopes over the range: level 6, 5, 0 in one arm and 0, 0, 1 in the other; difference 6, 5, 1."""
    ends = {"a": (0.0, 2.0), "b": (10.0, 20.0), "c": (0.0, 1.0)}
    made = study("morris", 10, ends, lambda x: 3 * x[0] - 0.5 * x[1], lambda x: x[2])
    table = sensitivity.screening_table(made, ["y"])
    assert table["factor"].to_list() == ["a", "b", "c"]
    level, difference = np.array([6 / 11, 5 / 11, 1.0]) / 2, np.array([6, 5, 1]) / 12
    assert table["level"].to_list() == pytest.approx(level)
    assert table["difference"].to_list() == pytest.approx(difference)
    assert table["share"].to_list() == pytest.approx((level + difference) / 2)


def test_a_point_that_is_missing_is_said():
    made = study("morris", 4, {"a": (0.0, 1.0), "b": (0.0, 1.0)}, lambda x: x[0], lambda x: x[1])
    made.runs = made.runs[made.runs["point"] != 3]
    with pytest.raises(sensitivity.NotOfThisKind, match="repair=true"):
        sensitivity.morris_table(made, ["y"])
    with pytest.raises(sensitivity.NotOfThisKind, match="need saltelli"):
        sensitivity.sobol_table(made, ["y"])


def test_the_box_that_was_put_in_is_found():
    """Two of five factors bound the cases; noise turns one case in twenty."""
    rng = np.random.default_rng(3)
    points = rng.random((3000, 5))
    cases = (points[:, 1] > 0.6) & (points[:, 3] < 0.4)
    cases ^= rng.random(3000) < 0.02
    box = discovery.pasted(discovery.chosen(discovery.prim(points, cases), 0.7), points, cases)
    assert box.low[1] == pytest.approx(0.6, abs=0.07) and box.high[3] == pytest.approx(0.4, abs=0.07)
    assert box.density > 0.9 and box.coverage > 0.7
    free = [0, 2, 4]
    assert (box.low[free] < 0.05).all() and (box.high[free] > 0.95).all()
    assert discovery.luck(box, points, cases, 1) < 1e-6


def test_boxes_are_those_of_another_program():
    """Coverage and density of the peeling trajectory of ema_workbench 2.5.3 for the same points and settings."""
    rng = np.random.default_rng(3)
    points = rng.random((3000, 5))
    cases = (points[:, 1] > 0.6) & (points[:, 3] < 0.4)
    cases ^= rng.random(3000) < 0.02
    boxes = discovery.prim(points, cases, peel=0.05, least_mass=0.05)
    theirs = {5: (0.977819, 0.228116), 10: (0.955638, 0.288504), 20: (0.927911, 0.469598), 39: (0.724584, 0.987406)}
    assert {k: (round(boxes[k].coverage, 6), round(boxes[k].density, 6)) for k in theirs} == theirs
    # what is covered and how densely, counted without the box's own arithmetic
    held = [bool(np.all((boxes[20].low <= x) & (x <= boxes[20].high))) for x in points]
    both = sum(h and bool(c) for h, c in zip(held, cases, strict=True))
    assert boxes[20].coverage == both / cases.sum() and boxes[20].density == both / sum(held)


def test_a_box_needs_cases_and_others():
    with pytest.raises(ValueError, match="0 of 4"):
        discovery.prim(np.zeros((4, 1)), np.zeros(4, dtype=bool))


def test_discovery_names_the_assumption_under_which_the_arm_does_not_gain():
    ends = {"a": (0.0, 1.0), "b": (0.0, 1.0), "c": (0.0, 1.0)}
    made = study("saltelli", 128, ends, lambda x: 1.0 - 2.0 * (x[0] > 0.7), lambda x: 0.0)
    table = discovery.discovery_table(made, "other", "y", better=1)
    assert table["factor"].to_list() == ["a"]
    assert table.loc[0, "low"] == pytest.approx(0.7, abs=0.02) and table.loc[0, "density"] == 1.0
    assert discovery.discovery_table(made, "other", "y", better=1, least=5.0).empty
