"""Verdicts on tables made by hand: each verdict, its bounds, and what combines arms and archetypes."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.analysis.verdicts import (
    DEPENDS,
    EQUIVALENT,
    NOT_SUPPORTED,
    REFUTED,
    SUPPORTED,
    ensemble,
    measured,
    settled,
    verdicts,
)
from sim.scenario.check import checked
from sim.scenario.experiments import Condition, Measure, Reading

MEMBERS = 20
RIPPLE = 0.01 * np.cos(np.arange(MEMBERS))  # what the members differ in, the same for all arms
NOISE = np.resize([-1.0, 1.0, -0.5, 0.5], MEMBERS)  # adds up to nothing


def frame(**places: dict[str, Any]) -> pd.DataFrame:
    """An ensemble of one indicator `x`: for each archetype the values of each arm, a number or one a member."""
    rows = [
        {"status": "ok", "point": point, "arm": arm, "replicate": r, "x": float(np.broadcast_to(v, MEMBERS)[r])}
        for point, arms in enumerate(places.values())
        for arm, v in arms.items()
        for r in range(MEMBERS)
    ]
    return ensemble(pd.DataFrame(rows), [{"community": place} for place in places], "")


def reading(**changed: Any) -> Reading:
    """The claim that `new` has at least 0.1 more of x than `old`."""
    effect = {"indicator": ["x"], "arm": "new", "against": "old", "smallest": 0.1}
    words = {"zh": "规则", "en": "rule"}
    made: dict[str, Any] = {
        "effects": [effect], "rule": {"label": words, "arm": "new", "against": "old"}, "shortfall": False
    }  # fmt: skip
    return checked(Reading, made | changed, "in a test")


def verdict(values: pd.DataFrame, **changed: Any) -> str:
    return verdicts([(reading(**changed), values)])[0].verdict


def test_supported_needs_four_of_five_members() -> None:
    enough, short = (np.where(np.arange(MEMBERS) < k, 0.2, 0.05) for k in (16, 15))
    assert verdict(frame(a={"old": RIPPLE, "new": RIPPLE + enough})) == SUPPORTED
    assert verdict(frame(a={"old": RIPPLE, "new": RIPPLE + short})) == NOT_SUPPORTED


def test_equivalent_lies_inside_on_both_sides() -> None:
    assert verdict(frame(a={"old": RIPPLE, "new": RIPPLE})) == EQUIVALENT  # nothing differs
    assert verdict(frame(a={"old": RIPPLE, "new": RIPPLE + 0.05 + 0.02 * NOISE})) == EQUIVALENT


def test_falling_short_refutes_where_the_claim_says_so() -> None:
    for k, expected in ((16, REFUTED), (15, NOT_SUPPORTED)):  # of twenty members that fall short
        values = frame(a={"old": RIPPLE, "new": RIPPLE + np.where(np.arange(MEMBERS) < k, 0.05, 0.4)})
        assert verdict(values, shortfall=True) == expected
        assert verdict(values) == NOT_SUPPORTED
    (found,) = verdicts([(reading(shortfall=True), frame(a={"old": RIPPLE, "new": RIPPLE + 0.01 * NOISE}))])
    assert (found.verdict, found.equivalent) == (REFUTED, True)  # both are so
    (found,) = verdicts([(reading(shortfall=True), frame(a={"old": RIPPLE, "new": RIPPLE - 0.3 + 0.01 * NOISE}))])
    assert (found.verdict, found.equivalent) == (REFUTED, False)


def test_what_stands_at_its_cap_in_both_arms_is_judged_by_something_else() -> None:
    effect = {"indicator": ["x"], "arm": "new", "against": "old", "smallest": 0.1, "cap": 1.0, "instead": ["x"]}
    asked = reading(effects=[effect])
    for k, replaced in ((5, True), (4, False)):  # of twenty members
        capped = np.where(np.arange(MEMBERS) < k, 1.0, 0.5)
        one_only = frame(a={"old": np.full(MEMBERS, 1.0), "new": np.full(MEMBERS, 0.5)})
        both = frame(a={"old": capped, "new": capped})
        assert settled(asked, one_only)[1] == ()  # a lower bound of the difference is known
        changed, found = settled(asked, both)
        assert bool(found) == replaced and (changed.effects[0].cap is None) == replaced
        if replaced:
            assert found[0].share == pytest.approx(k / MEMBERS)


def test_not_supported_when_nothing_can_be_said() -> None:
    assert verdict(frame(a={"old": RIPPLE, "new": RIPPLE + NOISE})) == NOT_SUPPORTED


def test_direction_and_ratio() -> None:
    less = {"indicator": ["x"], "arm": "new", "against": "old", "relative": True, "direction": -1, "smallest": 0.1}
    assert verdict(frame(a={"old": 10.0, "new": 8.0 + 0.1 * NOISE}), effects=[less]) == SUPPORTED
    assert verdict(frame(a={"old": 10.0, "new": 9.5 + 0.1 * NOISE}), effects=[less]) == EQUIVALENT
    assert verdict(frame(a={"old": 10.0, "new": 12.0 + 0.1 * NOISE}), effects=[less], shortfall=True) == REFUTED


def test_another_condition_refutes_a_gain() -> None:
    words = {"zh": "条件", "en": "condition"}
    worse = {"name": "worse", "label": words, "all_of": [{"indicator": ["x"], "arm": "side", "above": 1.0}]}
    gain = {"old": RIPPLE, "new": RIPPLE + 0.2}
    for k, expected in ((16, REFUTED), (15, SUPPORTED)):
        side = np.where(np.arange(MEMBERS) < k, 2.0, 0.0)
        assert verdict(frame(a=gain | {"side": side}), breaks=[worse]) == expected


def test_archetypes_that_differ_are_named() -> None:
    values = frame(
        a={"old": RIPPLE, "new": RIPPLE + 0.2 + 0.01 * NOISE}, b={"old": RIPPLE, "new": RIPPLE + 0.01 * NOISE}
    )
    (found,) = verdicts([(reading(), values)])
    assert found.verdict == DEPENDS
    assert found.where == "supported: a; equivalent: b"
    assert found.overall.mean == pytest.approx(0.1)
    assert found.overall.n == MEMBERS  # members, not member and archetype


def test_every_effect_or_any() -> None:
    effects = [{"indicator": ["x"], "arm": arm, "against": "old", "smallest": 0.1} for arm in ("new", "other")]
    values = frame(a={"old": RIPPLE, "new": RIPPLE + 0.2 + 0.01 * NOISE, "other": RIPPLE + 0.01 * NOISE})
    assert verdict(values, effects=effects, every=True, shortfall=True) == REFUTED  # one of them falls short
    assert verdict(values, effects=effects, every=False, shortfall=True) == SUPPORTED


def test_a_claim_speaks_of_some_members_only() -> None:
    load = np.where(np.arange(MEMBERS) < 10, 0.7, 0.2)
    values = frame(a={"old": RIPPLE, "new": RIPPLE + np.where(load > 0.5, 0.2, 0.0), "load": load})
    when = [{"indicator": ["x"], "arm": "load", "above": 0.5}]
    assert verdict(values) == NOT_SUPPORTED
    assert verdict(values, when=when) == SUPPORTED
    assert verdict(values, when=[when[0] | {"above": 0.9}]) == NOT_SUPPORTED  # of nobody


def test_many_hypotheses_correct_one_another() -> None:
    """What stands by itself does not stand as the only one among two hundred."""
    nothing = frame(a={"old": RIPPLE, "new": RIPPLE + NOISE})
    strong = RIPPLE + np.where(np.arange(MEMBERS) < 17, 0.2, -0.3)
    values = frame(a={"old": RIPPLE, "new": strong})
    assert verdicts([(reading(), values)])[0].verdict == SUPPORTED
    assert verdicts([(reading(), values), *([(reading(), nothing)] * 200)])[0].verdict == NOT_SUPPORTED


def test_combinations_of_arms() -> None:
    values = frame(a={"none": 1.0, "p": 2.0, "q": 4.0, "p_q": 9.0})

    def of(**measure: Any) -> float:
        return float(measured(checked(Measure, {"indicator": ["x"]} | measure, "in a test"), values).iloc[0])

    assert of(sums={"p_q": 1.0, "p": -1.0, "q": -1.0, "none": 1.0}) == 4.0  # 8 - (1 + 3)
    assert of(spread=["none", "p", "q"]) == 3.0
    assert of(highest=["none", "p"], over=["q", "p_q"]) == -7.0
    assert of(arm="p_q", against="p", less=["q", "none"]) == 4.0
    assert of(arm="q", against="p", relative=True) == 1.0


def test_shapley_parts_add_up_to_the_joint_effect() -> None:
    names = ("p", "q", "r")
    rng = np.random.default_rng(1)
    arms = ["_".join(s) or "none" for k in range(4) for s in itertools.combinations(names, k)]
    level = dict(zip(arms, rng.normal(size=8), strict=True))
    values, factors = frame(a=level), {n: ("", n) for n in names}
    parts = [
        measured(checked(Measure, {"indicator": ["x"], "shapley": n}, "in a test"), values, factors).iloc[0]
        for n in names
    ]
    assert sum(parts) == pytest.approx(level["p_q_r"] - level["none"])
    orders = itertools.permutations(names)  # the definition: mean over orders of entering

    def gain(order: tuple[str, ...]) -> float:
        before = [n for n in names if n in order[: order.index("p")]]
        after = [n for n in names if n in before or n == "p"]
        return float(level["_".join(after)] - level["_".join(before) or "none"])

    assert parts[0] == pytest.approx(np.mean([gain(o) for o in orders]))


def test_a_measure_across_archetypes() -> None:
    values = frame(a={"old": RIPPLE, "new": RIPPLE + 0.5}, b={"old": RIPPLE, "new": RIPPLE + 0.2})
    effect = {"indicator": ["x"], "arm": "new", "against": "old", "smallest": 0.1, "across": {"a": 1.0, "b": -1.0}}
    (found,) = verdicts([(reading(effects=[effect]), values)])
    assert (found.verdict, len(found.cells)) == (SUPPORTED, 1)
    assert found.overall.mean == pytest.approx(0.3)
    inside = frame(a={"old": NOISE, "new": NOISE + 0.5})
    sd = measured(
        checked(Measure, {"indicator": ["x"], "arm": "new", "against": "old", "sd": True}, "in a test"), inside
    )
    assert sd.iloc[0] == pytest.approx(0.5 / np.std(NOISE, ddof=1))


def test_gini_over_archetypes() -> None:
    """Of 1 and 3 the coefficient is 1/4, of equals 0; each member by itself."""
    values = frame(a={"old": 2.0, "new": 1.0}, b={"old": 2.0, "new": 3.0})
    measure = {"indicator": ["x"], "arm": "new", "against": "old", "gini": True}
    found = measured(checked(Measure, measure, "in a test"), values)
    assert found.to_numpy() == pytest.approx(np.full(MEMBERS, 0.25))
    words = {"zh": "条件", "en": "condition"}
    wider = {"name": "wider", "label": words, "all_of": [measure | {"above": 0.2}]}
    assert verdict(values, breaks=[wider]) == REFUTED
    wider["all_of"] = [measure | {"above": 0.3}]
    assert verdict(values, breaks=[wider]) == DEPENDS  # less in one archetype, more in the other


def test_runs_that_failed_and_missing_values() -> None:
    rows = [
        {"status": "ok" if r else "failed", "point": 0, "arm": arm, "replicate": r, "x": math.nan if r == 1 else 1.0}
        for arm in ("old", "new")
        for r in range(8)
    ]
    (found,) = verdicts([(reading(), ensemble(pd.DataFrame(rows), [], "a"))])
    assert found.cells[0].headline.n == 6
    assert found.verdict == EQUIVALENT


def test_a_measure_says_one_thing() -> None:
    from sim.scenario.errors import ScenarioError

    for wrong, told in (
        ({"arm": "a", "spread": ["a", "b"]}, "exactly one of"),
        ({"highest": ["a"]}, "go together"),
        ({"arm": "a", "relative": True}, "compare against"),
        ({"arm": "a", "gini": True, "across": {"p": 1.0}}, "nothing else"),
    ):
        with pytest.raises(ScenarioError, match=told):
            checked(Condition, {"indicator": ["x"], "above": 0.0} | wrong, "in a test")
    with pytest.raises(ScenarioError, match="above or below what"):
        checked(Condition, {"indicator": ["x"], "arm": "a"}, "in a test")
