"""Verdicts on tables made by hand: each verdict, its bounds, and what combines effects and archetypes."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.analysis.claims import Break, Reading, Rule, Runs, less, more
from sim.analysis.verdicts import (
    DEPENDS,
    EQUIVALENT,
    NOT_SUPPORTED,
    REFUTED,
    SUPPORTED,
    ensemble,
    settled,
    verdicts,
)

MEMBERS = 20
RIPPLE = 0.01 * np.cos(np.arange(MEMBERS))  # what the members differ in, the same for all arms
NOISE = np.resize([-1.0, 1.0, -0.5, 0.5], MEMBERS)  # adds up to nothing
RULE = Rule("规则", "rule", "new", "old")


def frame(**places: dict[str, Any]) -> pd.DataFrame:
    """An ensemble of one indicator `x`: for each archetype the values of each arm, a number or one a member."""
    rows = [
        {"status": "ok", "point": point, "arm": arm, "replicate": r, "x": float(np.broadcast_to(v, MEMBERS)[r])}
        for point, arms in enumerate(places.values())
        for arm, v in arms.items()
        for r in range(MEMBERS)
    ]
    return ensemble(pd.DataFrame(rows), [{"community": place} for place in places], "")


def more_x(runs: Runs) -> Reading:
    """The claim that `new` has at least 0.1 more of x than `old`."""
    return Reading(effects=(more(runs.of("x"), "new", "old", by=0.1),), rule=RULE, shortfall=False)


def falls_short(runs: Runs) -> Reading:
    """The same, and falling short of it refutes."""
    return Reading(effects=(more(runs.of("x"), "new", "old", by=0.1),), rule=RULE)


def verdict(values: pd.DataFrame, claim: Callable[[Runs], Reading] = more_x) -> str:
    return verdicts([(claim(Runs(values)), values)])[0].verdict


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
        assert verdict(values, falls_short) == expected
        assert verdict(values) == NOT_SUPPORTED
    for shift, equivalent in ((0.0, True), (-0.3, False)):  # refuted both times; only no effect at all is equivalent
        values = frame(a={"old": RIPPLE, "new": RIPPLE + shift + 0.01 * NOISE})
        (found,) = verdicts([(falls_short(Runs(values)), values)])
        assert (found.verdict, found.equivalent) == (REFUTED, equivalent)


def test_what_stands_at_its_cap_in_both_arms_is_judged_by_something_else() -> None:
    def claim(values: pd.DataFrame) -> Reading:
        x = Runs(values).of("x")
        return Reading(effects=(less(x, "new", "old", by=0.1, cap=1.0, instead=x),), rule=RULE)

    for k, replaced in ((5, True), (4, False)):  # of twenty members
        capped = np.where(np.arange(MEMBERS) < k, 1.0, 0.5)
        one_only = frame(a={"old": np.full(MEMBERS, 1.0), "new": np.full(MEMBERS, 0.5)})
        assert settled(claim(one_only))[1] == ()  # a lower bound of the difference is known
        changed, found = settled(claim(frame(a={"old": capped, "new": capped})))
        assert bool(found) == replaced and (changed.effects[0].cap is None) == replaced
        if replaced:
            assert found[0].share == pytest.approx(k / MEMBERS)


def test_not_supported_when_nothing_can_be_said() -> None:
    assert verdict(frame(a={"old": RIPPLE, "new": RIPPLE + NOISE})) == NOT_SUPPORTED


def test_direction_and_ratio() -> None:
    def falls(runs: Runs) -> Reading:
        return Reading(effects=(less(runs.relative("x"), "new", "old", by=0.1),), rule=RULE)

    def rises(runs: Runs) -> Reading:
        return Reading(effects=(more(runs.relative("x"), "new", "old", by=0.1),), rule=RULE)

    for level, fallen, risen in ((8.0, SUPPORTED, REFUTED), (9.5, REFUTED, REFUTED), (12.0, REFUTED, SUPPORTED)):
        values = frame(a={"old": 10.0, "new": level + 0.1 * NOISE})
        assert (verdict(values, falls), verdict(values, rises)) == (fallen, risen)


def test_another_condition_refutes_a_gain_on_its_side_of_the_bound() -> None:
    def unless(above: bool) -> Callable[[Runs], Reading]:
        def claim(runs: Runs) -> Reading:
            side = runs.of("x")("side")
            worse = Break("条件", "condition", "worse", side > 1.0 if above else side < 1.0)
            return Reading(effects=more_x(runs).effects, rule=RULE, breaks=(worse,), shortfall=False)

        return claim

    gain = {"old": RIPPLE, "new": RIPPLE + 0.2}
    for k, expected, reversed_ in ((16, REFUTED, SUPPORTED), (15, SUPPORTED, SUPPORTED), (4, SUPPORTED, REFUTED)):
        values = frame(a=gain | {"side": np.where(np.arange(MEMBERS) < k, 2.0, 0.0)})
        assert verdict(values, unless(above=True)) == expected
        assert verdict(values, unless(above=False)) == reversed_


def test_archetypes_that_differ_are_named() -> None:
    values = frame(
        a={"old": RIPPLE, "new": RIPPLE + 0.2 + 0.01 * NOISE}, b={"old": RIPPLE, "new": RIPPLE + 0.01 * NOISE}
    )
    (found,) = verdicts([(more_x(Runs(values)), values)])
    assert found.verdict == DEPENDS
    assert found.where == "supported: a; equivalent: b"
    assert found.overall.mean == pytest.approx(0.1)
    assert found.overall.n == MEMBERS  # members, not member and archetype


def test_every_effect_or_any() -> None:
    def both(every: bool) -> Callable[[Runs], Reading]:
        def claim(runs: Runs) -> Reading:
            x = runs.of("x")
            return Reading(effects=(more(x, "new", "old", by=0.1), more(x, "other", "old", by=0.1)), rule=RULE,
                           every=every)  # fmt: skip

        return claim

    values = frame(a={"old": RIPPLE, "new": RIPPLE + 0.2 + 0.01 * NOISE, "other": RIPPLE + 0.01 * NOISE})
    assert verdict(values, both(every=True)) == REFUTED  # one of them falls short
    assert verdict(values, both(every=False)) == SUPPORTED


def test_a_claim_speaks_of_some_members_only() -> None:
    def loaded(least: float) -> Callable[[Runs], Reading]:
        def claim(runs: Runs) -> Reading:
            return Reading(effects=more_x(runs).effects, rule=RULE, shortfall=False, when=runs.of("x")("load") > least)

        return claim

    load = np.where(np.arange(MEMBERS) < 10, 0.7, 0.2)
    values = frame(a={"old": RIPPLE, "new": RIPPLE + np.where(load > 0.5, 0.2, 0.0), "load": load})
    assert verdict(values) == NOT_SUPPORTED
    assert verdict(values, loaded(0.5)) == SUPPORTED
    assert verdict(values, loaded(0.9)) == NOT_SUPPORTED  # of nobody


def test_many_hypotheses_correct_one_another() -> None:
    """What stands by itself does not stand as the only one among two hundred."""
    nothing = frame(a={"old": RIPPLE, "new": RIPPLE + NOISE})
    values = frame(a={"old": RIPPLE, "new": RIPPLE + np.where(np.arange(MEMBERS) < 17, 0.2, -0.3)})
    one, other = (more_x(Runs(values)), values), (more_x(Runs(nothing)), nothing)
    assert verdicts([one])[0].verdict == SUPPORTED
    assert verdicts([one, *([other] * 200)])[0].verdict == NOT_SUPPORTED


def test_a_claim_across_archetypes_has_one_cell() -> None:
    def claim(runs: Runs) -> Reading:
        x = runs.of("x").across({"a": 1.0, "b": -1.0})
        return Reading(effects=(more(x, "new", "old", by=0.1),), rule=RULE, shortfall=False)

    values = frame(a={"old": RIPPLE, "new": RIPPLE + 0.5}, b={"old": RIPPLE, "new": RIPPLE + 0.2})
    (found,) = verdicts([(claim(Runs(values)), values)])
    assert (found.verdict, [c.place for c in found.cells]) == (SUPPORTED, ["all"])
    assert found.overall.mean == pytest.approx(0.3)


def test_a_condition_on_all_archetypes_holds_for_each_of_them() -> None:
    """Of 1 and 3 the Gini coefficient is 1/4, of equals 0; the effect itself differs between the archetypes."""

    def wider(bound: float) -> Callable[[Runs], Reading]:
        def claim(runs: Runs) -> Reading:
            x = runs.of("x")
            rise = Break("条件", "condition", "wider", runs.gini(x("new")) - runs.gini(x("old")) > bound)
            return Reading(effects=more_x(runs).effects, rule=RULE, breaks=(rise,), shortfall=False)

        return claim

    values = frame(a={"old": 2.0, "new": 1.0}, b={"old": 2.0, "new": 3.0})
    assert verdict(values, wider(0.2)) == REFUTED
    assert verdict(values, wider(0.3)) == DEPENDS  # less in one archetype, more in the other


def test_runs_that_failed_and_missing_values() -> None:
    rows = [
        {"status": "ok" if r else "failed", "point": 0, "arm": arm, "replicate": r, "x": math.nan if r == 1 else 1.0}
        for arm in ("old", "new")
        for r in range(8)
    ]
    values = ensemble(pd.DataFrame(rows), [], "a")
    (found,) = verdicts([(more_x(Runs(values)), values)])
    assert found.cells[0].headline.n == 6
    assert found.verdict == EQUIVALENT


def test_the_verdict_of_an_effect_follows_its_interval_and_the_indicator_s_direction():
    from sim.analysis.effects import directions, verdicts

    rows = pd.DataFrame({
        "difference": [0.2, 0.2, -0.2, 0.2, 0.2], "ci_low": [0.1, 0.1, -0.3, -0.1, np.nan],
        "ci_high": [0.3, 0.3, -0.1, 0.5, np.nan],
    })  # fmt: skip
    assert verdicts(rows, [1, -1, 1, 1, 1]).tolist() == ["better", "worse", "worse", "unclear", "unclear"]
    assert verdicts(rows, [0] * 5).tolist() == ["different", "different", "different", "unclear", "unclear"]
    assert directions(["welfare", "wait_total", "welfare_steady", "no_such"]) == [1, -1, 1, 0]
