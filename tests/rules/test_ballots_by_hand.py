"""Votes counted by hand."""

from __future__ import annotations

import numpy as np

from sim.model.elections.ballots import approval, carry, plurality, vote_by_household
from sim.model.estates import contract
from sim.model.estates.contract import passes
from tests.calls import replaced


def counted(rule, *arguments, names):
    won = np.zeros(names, dtype=np.int64)
    rule(*arguments, won)
    return won.tolist()


def test_the_most_votes_win_and_at_equal_votes_the_first_name():
    assert counted(plurality, np.array([5.0, 9.0, 7.0, 9.0]), 2, names=4) == [0, 1, 0, 1]
    assert counted(plurality, np.array([5.0, 7.0, 7.0]), 1, names=3) == [0, 1, 0]
    assert counted(plurality, np.array([1.0]), 5, names=1) == [1]


def test_more_than_half_of_the_votes_cast_approve():
    assert counted(approval, np.array([6.0, 5.0, 4.0]), 10.0, names=3) == [1, 0, 0]
    assert counted(approval, np.array([0.0, 0.0]), 0.0, names=2) == [1, 1], "with no votes members stay"


def household():
    on_roll, going = np.array([1, 1, 0, 1]), np.array([0, 1, 0, 1])
    return on_roll, going, np.zeros(4, np.int8), np.zeros(4, np.int8), np.zeros(4, np.int32)


def test_the_first_who_goes_votes_for_the_household():
    on_roll, going, voted, voted_for, carried = household()
    vote_by_household(0, 4, on_roll, going, voted, voted_for, carried)
    assert voted.tolist() == [0, 1, 0, 0]
    assert voted_for.tolist() == [1, 0, 0, 1]  # who is not on the roll has no vote
    assert carried.tolist() == [0, 2, 0, 0]


def test_nobody_carries_more_votes_than_the_rule_allows():
    on_roll, _, voted, voted_for, carried = household()
    voted[1] = 1
    for other in (0, 2, 3):
        carry(1, other, 1, on_roll, voted, voted_for, carried)
    assert voted_for.tolist() == [1, 0, 0, 0]
    assert carried[1] == 1


def law(take_part, of_all, of_part):
    """The numbers of the law on votes of owners."""
    return replaced(contract.vote.numbers({}), take_part=take_part, of_all=of_all, of_part=of_part)


def test_owners_dismiss_a_firm_with_enough_of_all_and_of_those_who_take_part():
    half = law(0.5, 0.5, 0.5)
    assert passes(100, 60, 51, half)
    assert not passes(100, 60, 50, half), "more than half of all, not half"
    assert not passes(100, 49, 49, half), "too few take part"
    assert not passes(0, 0, 0, half)
    assert passes(90, 60, 31, law(0.66, 0.33, 0.5))
    assert not passes(90, 60, 30, law(0.66, 0.33, 0.5))
