"""Measures of made-up runs: differences, ratios, combinations of arms and of archetypes; what is noted of them."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.analysis.claims import Measure, Runs, less, more

MEMBERS = 8
NOISE = np.resize([-1.0, 1.0, -0.5, 0.5], MEMBERS)


def runs(lenient: bool = False, **places: dict[str, Any]) -> Runs:
    """Runs of one indicator `x`: for each archetype the values of each arm, a number or one a member."""
    index = pd.MultiIndex.from_product([places, [str(r) for r in range(MEMBERS)]], names=["place", "member"])
    arms = next(iter(places.values()))
    values = {("x", a): np.concatenate([np.broadcast_to(own[a], MEMBERS) for own in places.values()]) for a in arms}
    made = pd.DataFrame(values, index=index, dtype=float)
    made.columns.names = [None, "arm"]
    return Runs(made, lenient=lenient)


def first(values: pd.Series) -> float:
    return float(values.iloc[0])


def test_combinations_of_arms() -> None:
    x = runs(a={"none": 1.0, "p": 2.0, "q": 4.0, "p_q": 9.0}).of("x")
    assert first(x("p_q")) == 9.0 and first(x("p_q", "q")) == 5.0
    assert first(x.sum({"p_q": 1.0, "p": -1.0, "q": -1.0, "none": 1.0})) == 4.0  # 8 - (1 + 3)
    assert first(x.spread(["none", "p", "q"])) == 3.0
    assert first(x.highest(["none", "p"]) - x.highest(["q", "p_q"])) == -7.0
    assert first(x("p_q", "p") - x("q", "none")) == 4.0


def test_ratios_and_standard_deviations() -> None:
    found = runs(a={"old": 2.0 + NOISE, "new": 3.0 + NOISE, "zero": 0.0})
    assert found.relative("x")("new", "old").to_numpy() == pytest.approx(1.0 / (2.0 + NOISE))
    assert first(found.standardised("x")("new", "old")) == pytest.approx(1.0 / np.std(NOISE, ddof=1))
    assert first(found.relative("x")("zero", "zero")) == 0.0  # nothing of nothing is no difference
    assert math.isnan(first(found.relative("x")("new", "zero")))  # something of nothing has no ratio


def test_shapley_parts_add_up_to_the_joint_effect() -> None:
    names = ("p", "q", "r")
    rng = np.random.default_rng(1)
    arms = ["_".join(s) or "none" for k in range(4) for s in itertools.combinations(names, k)]
    level = dict(zip(arms, rng.normal(size=8), strict=True))
    x = runs(a=level).of("x")
    parts = [first(x.shapley(n, names)) for n in names]
    assert sum(parts) == pytest.approx(level["p_q_r"] - level["none"])

    def gain(order: tuple[str, ...]) -> float:
        before = [n for n in names if n in order[: order.index("p")]]
        after = [n for n in names if n in before or n == "p"]
        return float(level["_".join(after)] - level["_".join(before) or "none"])

    orders = itertools.permutations(names)  # the definition: mean over orders of entering
    assert parts[0] == pytest.approx(np.mean([gain(o) for o in orders]))


def test_archetypes_added_up_or_looked_at_from_everywhere() -> None:
    found = runs(a={"old": NOISE, "new": NOISE + 0.5}, b={"old": NOISE, "new": NOISE + 0.2})
    x = found.of("x")
    across = x.across({"a": 1.0, "b": -1.0})("new", "old")
    assert set(across.index.get_level_values("place")) == {"all"} and len(across) == MEMBERS
    assert across.to_numpy() == pytest.approx(np.full(MEMBERS, 0.3))
    at = found.at("b", x("new", "old"))
    assert at.index.equals(found.frame.index) and at.to_numpy() == pytest.approx(np.full(2 * MEMBERS, 0.2))
    assert found.places == {"a", "b"}


def test_gini_over_archetypes() -> None:
    """Of 1 and 3 the coefficient is 1/4, of equals 0; each member by itself, the same for all its archetypes."""
    found = runs(a={"old": 2.0, "new": 1.0}, b={"old": 2.0, "new": 3.0})
    x = found.of("x")
    rise = found.gini(x("new")) - found.gini(x("old"))
    assert rise.to_numpy() == pytest.approx(np.full(2 * MEMBERS, 0.25))


def test_more_and_less_are_reached_on_their_side_of_the_smallest_effect() -> None:
    """Away from zero in the claimed direction; the bound itself counts, the other direction never does."""
    for difference, is_more, is_less in ((0.25, True, False), (0.125, False, False), (-0.25, False, True)):
        x = runs(a={"old": 1.0, "new": 1.0 + difference}).of("x")
        assert more(x, "new", "old", by=0.25).reached().all() == is_more
        assert less(x, "new", "old", by=0.25).reached().all() == is_less
        assert more(x, "old", "new", by=0.25).reached().all() == is_less


def test_what_is_lacking_is_an_error_or_unknown() -> None:
    with pytest.raises(KeyError):
        runs(a={"old": 1.0}).of("x")("new", "old")
    assert runs(lenient=True, a={"old": 1.0}).of("x")("new", "old").isna().all()


def test_a_sketch_notes_what_is_taken() -> None:
    sketch = Runs.sketch(["a", "b"])
    x: Measure = sketch.relative("x", "y")
    condition = (x("new", "old") > 0.1) & (sketch.at("b", sketch.of("z")("side")) < 0.0)
    assert not condition.any() and len(condition) == 6  # nothing is known, so nothing holds
    assert sketch.gini(x("new")).isna().all() and x.across({"c": 1.0})("new").isna().all()
    assert sketch.arms == {"new", "old", "side"}
    assert sketch.indicators == ["x", "y", "z"] and sketch.places == {"b", "c"}
