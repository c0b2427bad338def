"""A turning point is told apart from luck: the same move over other seeds, with an interval."""

from __future__ import annotations

import numpy as np

from sim.exercise.turning import CHANGES, PATHS, turning_points

WEEKS = [4, 4, 4]


def record(**series):
    usual = {**dict.fromkeys(PATHS, [0.5] * 12), **dict.fromkeys(CHANGES, [0.0] * 12)}
    return {"series": {**usual, **series}}


def replays(number, **steps):
    """Replays in which a path leaves the agents' by what `steps` draws for each round."""
    found = []
    for i in range(number):
        paths = {n: [[0.5, 0.5, 0.5], [0.5, 0.5, 0.5]] for n in PATHS}
        for name, draw in steps.items():
            paths[name][0] = [0.5 + x for x in draw(i)]
        changes = {n: [[1.0] * 12, [1.0] * 12] for n in CHANGES}
        changes["firms"][0] = [1.0] * 8 + [0.0] * 4 if i % 2 else [1.0] * 12
        found.append({"pairs": {}, "paths": paths, "changes": changes})
    return found


def test_moves_are_told_apart_from_luck():
    rng = np.random.default_rng(3)
    noise = rng.normal(0.0, 0.2, (16, 3))
    own = record(trust=[0.5] * 4 + [0.7] * 8, standing=[0.5] * 4 + [0.7] * 8, firms=[1.0] * 8 + [0.0] * 4,
                 unsolved_cases=[20.0] * 12)  # fmt: skip
    agents = record(firms=[1.0] * 12, unsolved_cases=[20.0] * 12)
    many = replays(
        16, trust=lambda i: (0.0, 0.2 + 0.02 * noise[i, 0], 0.2), standing=lambda i: noise[i],
        collection=lambda i: (0.0, 0.0, 0.3 + 0.02 * noise[i, 1]),
    )  # fmt: skip
    found = {(p["name"], p["round"]): p for p in turning_points(own, agents, WEEKS, many)}
    sure = found["trust", 2]
    assert sure["verdict"] == "skill" and 0.15 < sure["low"] <= sure["mean"] <= sure["high"] < 0.25
    assert found["standing", 2]["verdict"] == "luck"
    assert found["standing", 2]["low"] < 0.0 < found["standing", 2]["high"]
    assert found["collection", 3]["verdict"] == "hidden", "it was not seen on the seed of the class"
    left = found["firms", 3]
    assert (left["from"], left["to"], left["own"], left["agents"], left["seeds"]) == (1.0, 0.0, 8, 0, 16)


def test_without_replays_nothing_is_said_about_luck():
    own = record(trust=[0.5] * 4 + [0.7] * 8)
    points = turning_points(own, record(), WEEKS)
    assert [(p["name"], p["round"]) for p in points] == [("trust", 2)] and "verdict" not in points[0]
