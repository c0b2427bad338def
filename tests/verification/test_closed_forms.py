"""Mechanisms against what a textbook says of them: two tasks, consensus, votes, the shape of closing times."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.stats import weibull_min

from sim.calibration.measures import logit
from sim.engine.state import State
from sim.model.bodies import committee
from sim.model.elections.ballots import approval, plurality
from sim.model.people import learning
from sim.observe.measures import weibull_shapes
from tests.calls import call, ruled


@pytest.mark.parametrize("judged", [True, False])
@pytest.mark.parametrize(("due", "cases"), [(30.0, 10.0), (5.0, 40.0), (12.0, 12.0)])
def test_the_day_is_split_as_two_tasks_of_which_one_is_rewarded(due: float, cases: float, judged: bool) -> None:
    """Holmstrom & Milgrom 1991 with one day to divide: the split maximises the reward of both tasks.

    With a reward of weight x hours at stake x log of effort, effort goes by the weighted hours; unequal weights pull it
    to the task that the inspector sees, and where nobody inspects the two tasks count alike.
    """
    numbers = {name: p.value for name, p in committee.PARAMS.items()}
    obs = np.zeros(16)
    obs[0], obs[2], obs[3], obs[4] = 100.0, due, due + cases, cases  # hours a week, inspected, all, residents'
    obs[6], obs[11], obs[12] = 999.0, float(judged), 1.0  # no vote near; judged from above; nothing appraised
    dec = ruled(committee, obs)
    weight = numbers["inspected_weight"] if judged else 1.0

    def loss(share: float) -> float:
        return -(weight * due * np.log(share) + cases * np.log(1.0 - share))

    best = minimize_scalar(loss, bounds=(1e-6, 1.0 - 1e-6), method="bounded", options={"xatol": 1e-9}).x
    assert dec[0] == pytest.approx(best, abs=1e-5)


def people(ties: list[tuple[int, int]], trust: list[float]) -> State:
    n = len(trust)
    state = State({"community": 1, "rule": 1, "building": 1, "resident": n, "link": n + 1, "tie": 2 * len(ties),
                   "case": 1})  # fmt: skip
    near: list[list[int]] = [[] for _ in range(n)]
    for a, b in ties:
        near[a].append(b)
        near[b].append(a)
    state["link.start"][: n + 1] = np.concatenate(([0], np.cumsum([len(x) for x in near])))
    state["tie.other"][:] = [j for x in near for j in x]
    state["resident.trust"] = trust
    return state


def test_without_anchors_and_news_trust_comes_to_the_consensus_of_de_groot() -> None:
    """DeGroot 1974: the limit is the mean of the beginnings weighted by the number of ties."""
    ties = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 0), (0, 2)]
    begin = [0.1, 0.9, 0.4, 0.7, 0.2]
    state = people(ties, begin)
    degree = np.array([sum(i in t for t in ties) for i in range(5)])
    for week in range(400):
        call(learning.step, state, week, susceptibility=1.0, mixing=0.5)
    assert state["resident.trust"] == pytest.approx(np.full(5, np.average(begin, weights=degree)), abs=1e-9)


def test_with_anchors_opinions_stop_where_friedkin_and_johnsen_say() -> None:
    """Friedkin & Johnsen 1990: x = (I - S W)^-1 (I - S) x0; no consensus while somebody holds on."""
    ties = [(0, 1), (1, 2), (2, 3), (0, 3), (0, 2)]
    begin, s = [0.05, 0.95, 0.5, 0.3], 0.7
    state = people(ties, begin)
    w = np.zeros((4, 4))
    for a, b in ties:
        w[a, b] = w[b, a] = 1.0
    w /= w.sum(axis=1, keepdims=True)
    for week in range(600):
        call(learning.step, state, week, susceptibility=s, mixing=0.3)
    expected = np.linalg.solve(np.eye(4) - s * w, (1.0 - s) * np.array(begin))
    assert state["resident.trust"] == pytest.approx(expected, abs=1e-9)
    assert float(np.ptp(expected)) > 0.05


votes = st.lists(st.integers(0, 9), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(votes, st.integers(1, 8), st.integers(0, 7), st.randoms(use_true_random=False))
def test_at_large_plurality_elects_as_many_as_there_are_seats_and_more_votes_never_harm(
    cast: list[int], seats: int, who: int, random: Any
) -> None:
    def elected(of: list[int]) -> list[int]:
        won = np.zeros(len(of), dtype=np.int64)
        plurality(np.array(of, dtype=float), seats, won)
        return [int(k) for k in np.flatnonzero(won)]

    first = elected(cast)
    assert len(first) == min(seats, len(cast))
    lost = [v for k, v in enumerate(cast) if k not in first]
    assert not lost or min(cast[k] for k in first) >= max(lost)
    who %= len(cast)
    if who in first:  # monotone: more votes for a winner leave the winner in
        assert who in elected([v + (random.randint(1, 3) if k == who else 0) for k, v in enumerate(cast)])
    # anonymous: what counts are the votes, not the names, where no two are equal
    if len(set(cast)) == len(cast):
        order = list(range(len(cast)))
        random.shuffle(order)
        assert {order[k] for k in elected([cast[k] for k in order])} == set(first)


@settings(max_examples=60, deadline=None)
@given(votes, st.integers(1, 20))
def test_approval_asks_for_more_than_half_of_the_votes_cast(yes: list[int], cast: int) -> None:
    won = np.zeros(len(yes), dtype=np.int64)
    approval(np.array(yes, dtype=float), float(cast), won)
    assert won.tolist() == [int(y > cast / 2) for y in yes]


def test_the_shape_of_closing_times_is_that_of_scipy() -> None:
    rng = np.random.default_rng(3)
    shapes = (0.55, 0.8, 1.3)
    times = [1e4 * rng.weibull(k, 400) for k in shapes]  # long beside the thousandth of a day that counts as none
    own = weibull_shapes(np.concatenate(times), np.repeat(np.arange(3), 400), 3)
    fitted = [weibull_min.fit(t, floc=0)[0] for t in times]
    assert own == pytest.approx(fitted, rel=1e-3)


def test_signs_of_the_vote_come_from_the_maximum_of_the_likelihood() -> None:
    """With one yes-or-no reason the logit coefficients are the log odds, in closed form."""
    x = np.column_stack([np.ones(100), np.repeat([0.0, 1.0], 50)])
    y = np.concatenate([np.repeat([1.0, 0.0], [10, 40]), np.repeat([1.0, 0.0], [30, 20])])
    found = logit(x, y, ridge=0.0)
    assert found == pytest.approx([np.log(10 / 40), np.log(30 / 20) - np.log(10 / 40)], abs=1e-9)
