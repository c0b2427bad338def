"""The search on toys whose answer is known: surface, region found, acceptance, what is set aside, verdict."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pandas as pd
import pytest

from sim.calibration import ensemble
from sim.calibration.emulator import features, fit
from sim.calibration.protocol import Check, Prior, Protocol, load_protocol
from sim.calibration.search import Found, reflected, search, set_rare_aside, shrinkage, spread
from sim.scenario.catalogue import Catalogue

LOW, HIGH = 0.55, 0.65  # tolerance of the toy's only measure that one parameter decides


@lru_cache(maxsize=1)
def real() -> Protocol:
    return load_protocol(Catalogue())


def check(pattern: str, name: str, low: float, high: float, sign: bool = False) -> Check:
    return Check(pattern, name, low, high, "1", sign, {"zh": name, "en": name})


def toy(**sizes: float) -> Protocol:
    """Three parameters; A asks for the first near 0.6, B for the sum of the others near 1."""
    checks = (check("A", "first", LOW, HIGH), check("B", "sum", 0.9, 1.1))
    priors = tuple(Prior(f"toy.p{i}", 0.0, 1.0, 0.5, "1", "assumption") for i in range(3))
    search_sizes = {"seed": 7, "first": 64, "wave": 64, "waves": 4, "accepted": 60, "pool": 1024, "tried": 9,
                    "rare": 0.02, **sizes}  # fmt: skip
    labels = {p: {"zh": p, "en": p} for p in "AB"}
    return replace(real(), priors=priors, checks=checks, labels=labels, search=search_sizes)


def measure(points: np.ndarray) -> dict[str, np.ndarray]:
    return {"first": points[:, 0], "sum": points[:, 1] + points[:, 2]}


def test_the_surface_recovers_a_quadratic() -> None:
    rng = np.random.default_rng(1)
    points, beyond = rng.random((200, 4)), rng.random((50, 4))

    def truth(p: np.ndarray) -> np.ndarray:
        found: np.ndarray = 2.0 + 3.0 * p[:, 0] - 2.0 * p[:, 1] ** 2 + 4.0 * p[:, 2] * p[:, 3]
        return found

    surface = fit(points, truth(points))
    # the least penalty leaves a little: 2% of a range of about 7
    assert surface.mean(features(beyond)) == pytest.approx(truth(beyond), abs=0.14)
    assert surface.explained > 0.99


def test_the_spread_of_the_surface_is_the_chance_of_single_runs() -> None:
    rng = np.random.default_rng(2)
    points = rng.random((400, 3))
    surface = fit(points, points[:, 0] + rng.normal(0.0, 0.2, 400))
    assert surface.spread == pytest.approx(0.2, rel=0.15)
    middle = np.full((1, 3), 0.5)
    inside = surface.chance(features(middle), 0.5 - 0.2, 0.5 + 0.2)[0]
    assert inside == pytest.approx(0.683, abs=0.08)  # one sd to either side of a normal


def test_runs_without_a_value_do_not_move_the_surface() -> None:
    points = np.random.default_rng(3).random((120, 2))
    values = points[:, 0].copy()
    values[::3] = math.nan
    assert fit(points, values).mean(features(np.array([[0.25, 0.5]])))[0] == pytest.approx(0.25, abs=0.02)


def test_the_search_finds_the_region_and_accepts_nothing_outside_it() -> None:
    protocol = toy()

    def run(number: int, sets: list[dict[str, float]]) -> tuple[list[dict[str, float]], dict[str, np.ndarray]]:
        return sets, measure(protocol.points(sets))

    found = search(protocol, run, lambda text: None)
    good = found.accepted(found.surfaces())
    inside = (np.abs(found.points[:, 0] - 0.6) <= 0.05) & (np.abs(found.points[:, 1:].sum(axis=1) - 1.0) <= 0.1)
    assert good.tolist() == inside.tolist()
    shares = [w["accepted"] / w["runs"] for w in found.waves]
    assert shares[0] < 0.1 < 0.4 < shares[-1]
    left = shrinkage(protocol, found.points[good])
    assert left["toy.p0"] > 0.8 and left["toy.p1"] < 0.5


def test_acceptance_is_by_tolerance_alone_ends_included() -> None:
    points = np.array([[LOW, 0.5, 0.5], [HIGH, 0.5, 0.5], [LOW - 1e-9, 0.5, 0.5], [HIGH + 1e-9, 0.5, 0.5]])
    found = Found(toy(), points, measure(points))
    assert found.accepted(found.surfaces()).tolist() == [True, True, False, False]
    found.values["first"] = np.array([0.6, math.nan, 0.6, 0.6])
    assert found.accepted(found.surfaces()).tolist() == [True, False, True, True]


@pytest.mark.parametrize(("tried", "aside"), [(1.0, ["A"]), (2.0, [])])
def test_only_the_pattern_that_holds_back_the_others_is_set_aside_and_not_too_soon(
    tried: float, aside: list[str]
) -> None:
    points = np.random.default_rng(4).random((40, 3))
    found = Found(toy(tried=tried), points, {"first": np.full(40, 0.9), "sum": np.full(40, 1.0)}, waves=[{}])
    set_rare_aside(found, found.surfaces(), 40, lambda text: None)
    assert found.set_aside == aside


def test_points_spread_evenly_and_stay_in_the_cube() -> None:
    points = spread(3, 64, np.random.default_rng(5))
    for column in points.T:
        counts = np.histogram(column, 8, (0.0, 1.0))[0]
        assert counts.min() >= 6 and counts.max() <= 10
    assert reflected(np.array([-0.2, 0.3, 1.25])) == pytest.approx([0.2, 0.3, 0.75])


def test_the_verdict_asks_range_mean_and_half_of_the_sets_and_a_sign_of_four_fifths() -> None:
    protocol = replace(toy(), checks=(check("A", "first", LOW, HIGH), check("B", "slope", 0.0, math.inf, sign=True)))
    few = np.array([0.6, 0.6, 0.5, 0.7, 0.72])  # the mean lies inside, fewer than half of the sets do
    frame = ensemble.table(protocol, {"first": few, "slope": np.array([1.0, 1.0, 1.0, 1.0, 0.0])}, {})
    assert ensemble.passed(frame) == ["B"]
    assert frame.loc[frame["check"] == "first", "mean"].item() == pytest.approx(0.624)
    half = np.array([0.6, 0.6, 0.6, 0.5, 0.7])
    frame = ensemble.table(protocol, {"first": half, "slope": np.array([1.0, 1.0, 1.0, -1.0, -1.0])}, {})
    assert ensemble.passed(frame) == ["A"]


def test_a_set_is_judged_by_the_mean_over_its_seeds_without_the_runs_that_failed() -> None:
    runs = pd.DataFrame({"replicate": [0, 1, 2, 3], "status": ["ok", "ok", "ok", "failed"],
                         "first": [0.2, 0.4, 0.6, 9.0]})  # fmt: skip
    assert ensemble.by_set(runs, 2)["first"] == pytest.approx([0.4, 0.4])
