"""Extreme conditions: what must happen where a number stands at its end, whatever else is assumed."""

from __future__ import annotations

import numpy as np
import pytest

from tests.runs import changed, from_the_start, run, small


@pytest.fixture(scope="module")
def usual():
    return from_the_start(small("package=station_1_2", residents=500, years=2))


def indicators(scenario, **numbers):
    return run(changed(scenario, {k.replace("__", "."): v for k, v in numbers.items()})).result().indicators


def test_with_hardly_an_item_from_above_the_hours_go_elsewhere(usual) -> None:
    some, few = indicators(usual), indicators(usual, parameters__items__scale=0.3)
    assert few["admin_share"] < 0.7 * some["admin_share"]
    assert few["utilisation"] <= some["utilisation"] + 1e-9


def test_a_town_that_used_to_be_silent_speaks_less_than_one_that_used_to_speak(usual) -> None:
    silent, loud = (indicators(usual, community__report_chance=chance) for chance in (0.02, 0.95))
    assert silent["share_spoken"] < loud["share_spoken"] - 0.1


def test_an_outside_wage_that_nobody_can_match_empties_the_posts_faster(usual) -> None:
    low = indicators(usual, parameters__staffing__outside_ratio=0.7, parameters__staffing__attachment=0.5,
                     parameters__staffing__strain_cost=0.2)  # fmt: skip
    high = indicators(usual, parameters__staffing__outside_ratio=1.4, parameters__staffing__attachment=0.1,
                      parameters__staffing__offers=3.0)  # fmt: skip
    assert low["quits"] < 0.05 < 0.5 < high["quits"]


def test_a_duty_so_strong_that_all_go_and_one_so_weak_that_none_do(usual) -> None:
    longer = changed(usual, {"years": 3})
    keys = [{"parameters.voting.level": end, "parameters.voting.time_cost": cost} for end, cost in ((-4, 4), (1, 0))]
    turnout = [run(changed(longer, k)).result().indicators["turnout_personal"] for k in keys]
    assert turnout[0] < 0.1 < 0.7 < turnout[1]


def test_work_that_never_holds_is_done_over_and_over(usual) -> None:
    well, badly = (indicators(usual, parameters__working__rework=share) for share in (0.02, 0.4))
    assert badly["rework"] > 0.4 * 0.4 > 0.05 > well["rework"]  # of some dozen finished jobs in a small town
    assert np.isfinite(badly["welfare"])
