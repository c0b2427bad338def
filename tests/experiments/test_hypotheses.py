"""Each hypothesis on made-up runs: what is claimed and what refutes it hold on their side of the bound alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.analysis.claims import Reading, Runs
from sim.analysis.verdicts import NOT_SUPPORTED, REFUTED, SUPPORTED, verdicts
from sim.findings.asked import needs, readings
from sim.scenario.experiments import experiment
from sim.scenario.hypotheses import PLACES

MEMBERS = 6
LEVEL = 0.5  # of everything that is not set
FULL = "seats_self_voice_means_money"
RANGE = {("admin_share", "none"): 0.7}  # y3 speaks of members with an administrative load as observed
Levels = Mapping[tuple[str, ...], float]


def runs(name: str, levels: Levels) -> Runs:
    """Runs of a hypothesis; `levels` by (indicator, arm), and archetype where it differs from the others."""
    needed = needs(experiment(name))
    index = pd.MultiIndex.from_product([sorted(PLACES), [str(r) for r in range(MEMBERS)]], names=["place", "member"])
    columns = pd.MultiIndex.from_product([needed.indicators, sorted(needed.arms)], names=[None, "arm"])
    frame = pd.DataFrame(LEVEL, index=index, columns=columns)
    ripple = 1e-4 * np.resize(np.cos(np.arange(MEMBERS)), len(index))  # members differ, the arms of a member do not
    for (indicator, arm, *places), value in (RANGE | dict(levels)).items():
        if (indicator, arm) in frame.columns:
            rows = frame.index.get_level_values("place").isin(places or PLACES)
            frame.loc[rows, (indicator, arm)] = value
    return Runs(frame.add(ripple, axis=0))


def found(name: str, levels: Levels, letter: str = "") -> Reading:
    hypothesis = experiment(name).hypothesis
    assert hypothesis is not None
    return next(r for r in readings(hypothesis, runs(name, levels)) if r.name == letter)


SPOKEN = {("share_spoken", "expression"): 0.6}
WITH_SEATS = {("welfare_residents", arm): 0.6 for arm in needs(experiment("y10")).arms if arm.startswith("seats")}
OUTSIDE = {("skip_petitions", "hidden"): 0.8}
RISE = {("skip_petitions_transition", "hidden"): 0.8}
CONDITIONS: list[tuple[str, str, dict[Any, float], dict[Any, float]]] = [
    # reading, condition, levels at which it holds, what is changed so that it does not hold any more
    ("y1", "back", {("time_median_transition", "bare"): 0.4}, {("time_median_steady", "bare"): 0.4}),
    ("y1", "loaded", {("time_median", "bare_loaded"): 0.6, ("utilisation", "bare_loaded"): 0.9},
     {("utilisation", "bare_loaded"): 0.8}),
    ("y2", "rework", {("wait_staff", "pooled"): 0.4, ("rework", "pooled"): 0.6},
     {("time_restricted_mean", "pooled"): 0.4}),
    ("y2", "items_only", {("items_late", "pooled"): 0.45}, {("items_late", "pooled"): 0.49}),
    ("y3", "worst", {("worst_decile", "patches"): 0.47}, {("worst_decile", "patches"): 0.49}),
    ("y4", "price", {("wait_body", "c40"): 0.4, ("welfare_residents", "c00"): 0.6},
     {("welfare_residents", "c80"): 0.6}),
    ("y4", "flat", {("welfare_residents", "c80"): 0.505}, {("welfare_residents", "c80"): 0.515}),
    ("y5a", "property_only", {("welfare_repair", "plural"): 0.6, ("welfare", "plural"): 0.49},
     {("welfare", "plural", "old_danwei"): 0.51}),
    ("y5b", "property_only", {("welfare_repair", "plural"): 0.6, ("welfare", "plural"): 0.49},
     {("welfare_help", "plural"): 0.6}),
    ("y6", "vanish", {("closed_unsolved_share", "boards_c00"): 0.49}, {("closed_unsolved_share", "boards_c80"): 0.49}),
    ("y7", "congestion_time", SPOKEN | {("welfare", "expression"): 0.49}, {("welfare", "expression"): 0.51}),
    ("y7", "congestion_felt", SPOKEN | {("felt_satisfaction", "expression"): 0.48},
     {("felt_satisfaction", "expression"): 0.495}),
    ("y7", "unequal", {("gini_buildings", "expression"): 0.52}, {("gini_buildings", "expression"): 0.505}),
    ("y8", "not_higher", {("skip_petitions", "hidden"): 0.4}, {("skip_petitions", "hidden"): 0.6}),
    ("y8", "outside_only", OUTSIDE | {("skip_petitions", "hidden_shut"): 0.4},
     {("skip_petitions", "hidden_shut"): 0.6}),
    ("y8", "rise_and_fall", RISE | {("skip_petitions_steady", "hidden"): 0.4},
     {("skip_petitions_steady", "hidden"): 0.6}),
    ("y9a", "money_alone", {("demand_share", "funds"): 0.65, ("demand_share", "gate_funds"): 0.655},
     {("demand_share", "gate_funds"): 0.67}),
    ("y9b", "money_alone", {("outreach_share", "funds"): 0.65, ("outreach_share", "gate_funds"): 0.655},
     {("outreach_share", "funds"): 0.55}),
    ("y10a", "sub_additive", {("welfare_residents", FULL): 0.49}, {("welfare_residents", FULL): 0.51}),
    ("y10a", "only_money", {("welfare_residents", FULL): 0.6, ("welfare_residents", "money"): 0.58},
     {("welfare_residents", "money"): 0.56}),
    ("y10b", "sub_additive", {("welfare_residents", "voice"): 0.51}, {("welfare_residents", "voice"): 0.49}),
    ("y10b", "only_seats", WITH_SEATS, {("welfare_residents", "seats"): 0.3}),
    ("y11", "performance", {("standing", "steps"): 0.55, ("standing", "steps_still"): 0.55},
     {("standing", "steps_still"): 0.5}),
    ("y12", "crowding_out", {("money_from_donors", "givers_rich"): 0.4}, {("money_from_donors", "givers_rich"): 0.49}),
    ("y12", "to_the_rich", {("discretionary_money", "givers", "affluent_mature"): 1.0},
     {("discretionary_money", "givers", "affluent_mature"): 0.5}),
]  # fmt: skip


@pytest.mark.parametrize(("reading", "name", "levels", "changed"), CONDITIONS)
def test_a_condition_refutes_on_its_side_of_the_bound(
    reading: str, name: str, levels: dict[Any, float], changed: dict[Any, float]
) -> None:
    key, letter = reading.rstrip("ab"), reading[-1] if reading[-1] in "ab" else ""
    for given, expected in ((levels, True), (levels | changed, False)):
        own = {b.name: b.holds for b in found(key, given, letter).breaks}
        assert (own[name].all() if expected else not own[name].any()), own[name]


def test_every_condition_of_every_hypothesis_is_tried_on_both_sides() -> None:
    """Those of the five factors of y10 are one rule, tried by one of them."""
    tried = {(reading, name) for reading, name, _, _ in CONDITIONS}
    for k in range(1, 13):
        for reading in needs(experiment(f"y{k}")).readings:
            for condition in reading.breaks:
                if not condition.name.startswith("only_") or k != 10:
                    assert (f"y{k}{reading.name}", condition.name) in tried


SMALLEST = {  # reading: indicator, arms, and the smallest effect of interest in its direction
    "y1": [("time_median", "bare", "before", -0.1), ("time_p90", "bare", "before", -0.1)],
    "y2": [("time_restricted_mean", "pooled", "by_line", -0.05)],
    "y3": [("outreach_share", "patches", "none", 0.05)],
    "y4": [("wait_body", "c40", "c00", -0.1)],
    "y5a": [("welfare", "plural", "estate", 0.05), ("trust", "plural", "estate", 0.05)],
    "y5b": [("welfare", "plural", "grand", 0.05), ("trust", "plural", "grand", 0.05)],
    "y6": [("welfare", "boards", "plural", 0.1)],
    "y7": [("share_spoken", "expression", "basic", 0.05), ("welfare", "expression", "basic", 0.05)],
    "y8": [("skip_petitions", "hidden", "candid", 0.1)],
    "y9a": [("demand_share", "gate_funds", "none", 0.1)],
    "y9b": [("demand_share", "gate_funds", "none", 0.1)],
    "y10a": [("welfare_residents", FULL, "plain", 0.01)],
    "y10b": [("welfare_residents", FULL, "none", 0.01)],
    "y11": [("standing", "steps", "street", 0.02), ("volunteers", "steps", "street", 0.05)],
    "y12": [("income_share_donors", "givers", "none", 0.05)],
}
SHORT_REFUTES = {"y1", "y3", "y4", "y5a", "y5b", "y6", "y9a", "y9b"}


def test_what_is_claimed_stands_as_it_was_written_down() -> None:
    for k in range(1, 13):
        for reading in needs(experiment(f"y{k}")).readings:
            key = f"y{k}{reading.name}"
            assert [
                (e.measure.indicators[0], e.arm, e.against, pytest.approx(e.direction * e.smallest))
                for e in reading.effects
            ] == SMALLEST[key]
            assert reading.shortfall == (key in SHORT_REFUTES)


@pytest.mark.parametrize("reading", [key for key in SMALLEST if key != "y6"])  # it compares archetypes with each other
def test_a_claim_is_reached_beyond_its_smallest_effect_and_not_short_of_it_nor_the_other_way(reading: str) -> None:
    key, letter = reading.rstrip("ab"), reading[-1] if reading[-1] in "ab" else ""
    stated = found(key, {}, letter)
    for size, reached in ((1.2, True), (0.8, False), (-1.2, False)):
        levels = {}
        for effect in stated.effects:
            base = LEVEL * len(effect.measure.indicators)
            change = size * effect.direction * effect.smallest * (base if effect.measure.relative else 1.0)
            levels[(effect.measure.indicators[0], effect.arm)] = LEVEL + change
        own = found(key, levels, letter)
        for effect in own.effects:
            assert effect.reached().all() == reached and effect.reached().any() == reached
        (judged,) = verdicts([(own, own.effects[0].measure.runs.frame)])
        if not reached:
            assert judged.verdict == REFUTED if reading in SHORT_REFUTES else judged.verdict != SUPPORTED
        else:
            assert judged.verdict in (SUPPORTED, REFUTED)  # what else refutes may hold: y4 where welfare is flat


def test_boards_suit_where_they_help_more_than_elsewhere() -> None:
    suited, others = ("affluent_mature", "village_turned"), ("old_danwei", "commercial", "mixed_migrant")
    for places, verdict in ((suited, SUPPORTED), (others, REFUTED)):
        levels = {("welfare", "boards", place): LEVEL + 0.01 for place in places}
        reading = found("y6", levels)
        (judged,) = verdicts([(reading, reading.effects[0].measure.runs.frame)])
        assert judged.verdict == verdict, places


def test_patches_are_not_judged_where_the_load_is_another() -> None:
    levels = {("outreach_share", "patches"): 0.7}
    for load, verdict in ((0.7, SUPPORTED), (0.5, NOT_SUPPORTED), (0.9, NOT_SUPPORTED)):
        reading = found("y3", levels | {("admin_share", "none"): load})
        (judged,) = verdicts([(reading, reading.effects[0].measure.runs.frame)])
        assert judged.verdict == verdict, load
