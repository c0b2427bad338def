"""The service mechanism against queues with a closed form.

A desk works by the day and puts all its hours on one case before the next, so it is the M/M/1 queue of its pooled
hours, and desks by line are as many M/M/1 queues side by side. M/M/c, in which a case is never worked on by more than
one person, is not in the model; it lies between the two. Times are kept to within the day, so service is drawn long
against a day and compared with an error of a day.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.verification.world import desk, one_server, poisson, serve

HOURS = 8.0  # a day
SERVICE = 6.0  # working days, mean


def erlang_c(servers: int, offered: float) -> float:
    """Chance to wait in an M/M/c queue (Erlang 1917)."""
    terms = [offered**k / math.factorial(k) for k in range(servers)]
    last = offered**servers / math.factorial(servers) * servers / (servers - offered)
    return last / (sum(terms) + last)


@pytest.mark.parametrize("load", [0.5, 0.8])
def test_one_desk_is_the_queue_of_lindley_and_its_mean_that_of_m_m_1(load: float) -> None:
    rng = np.random.default_rng(17)
    n = 3000
    at, work = poisson(load / SERVICE, n, rng), rng.exponential(SERVICE * HOURS, n)
    state = desk(at, work)
    expected = one_server(at, work / HOURS)
    serve(state, int(expected[-1]) + 3, HOURS)
    closed = state["case.closed"][:n]
    assert (closed >= 0.0).all()
    # the day of arrival is worked whole by whoever finds the desk free: a day too early at most, never late
    assert closed - expected == pytest.approx(np.zeros(n), abs=1.0 + 1e-6)
    mean = SERVICE / (1.0 - load)
    spread = 2.0 / (1.0 - load) / math.sqrt(n)  # of the mean of correlated times, about
    assert (closed - at).mean() == pytest.approx(mean - 0.5, rel=3.0 * spread)


def test_desks_by_line_wait_as_separate_queues_and_a_pooled_desk_as_one() -> None:
    """Smith & Whitt 1981: with equal service times pooling shortens the time in the system by the number of desks."""
    rng = np.random.default_rng(23)
    n, desks, load = 3000, 3, 0.75
    at, work = poisson(desks * load / SERVICE, n, rng), rng.exponential(SERVICE * HOURS, n)
    pooled, apart = desk(at, work), desk(at, work, lines=desks)
    expected = np.empty(n)
    for line in range(desks):
        own = np.arange(n) % desks == line
        expected[own] = one_server(at[own], work[own] / HOURS)
    days = int(expected.max()) + 5
    for state in (pooled, apart):
        serve(state, days, desks * HOURS)
    # one clock for the day of all desks: two days at most
    assert apart["case.closed"][:n] - expected == pytest.approx(np.zeros(n), abs=2.0 + 1e-6)
    one = one_server(at, work / (desks * HOURS))
    assert pooled["case.closed"][:n] - one == pytest.approx(np.zeros(n), abs=1.0 + 1e-6)
    waits = pooled["case.closed"][:n] - at, apart["case.closed"][:n] - at
    mean_c = SERVICE * (1.0 + erlang_c(desks, desks * load) / (desks * (1.0 - load)))
    assert waits[0].mean() < mean_c < waits[1].mean(), "M/M/c lies between the two"


def test_hours_that_a_day_leaves_over_are_worked_later_in_the_week() -> None:
    """As built: work left over follows Lindley's recursion with the hours that the days of the week still have."""
    rng = np.random.default_rng(29)
    at, work = poisson(1.2, 700, rng), rng.exponential(5.0, 700)
    days = int(at[-1])
    found = serve(desk(at, work), days, HOURS, refilled=False)
    came = np.bincount(at.astype(int), work, minlength=days)
    expected, hours, backlog = np.empty(days), 0.0, 0.0
    for day in range(days):
        hours = 5.0 * HOURS if day % 5 == 0 else hours
        backlog += came[day]
        worked = min(backlog, hours / (5 - day % 5))
        hours, backlog = hours - worked, backlog - worked
        expected[day] = backlog
    assert found == pytest.approx(expected, abs=0.05)  # less than 0.02 hours of a case is not begun


def test_a_week_of_work_each_is_the_queue_with_one_departure_a_slot() -> None:
    """Cases of a week's hours each: X' = max(X + A - 1, 0), with mean E[A(A-1)] / (2 (1 - E[A])) (Bailey 1954)."""
    rng, load, weeks = np.random.default_rng(31), 0.6, 2500
    arrivals = rng.poisson(load, weeks)
    at = 5.0 * np.repeat(np.arange(weeks), arrivals)
    found = serve(desk(at, np.full(len(at), 5.0 * HOURS)), 5 * weeks, HOURS, refilled=False)[4::5] / (5.0 * HOURS)
    waiting = np.empty(weeks)
    x = 0
    for week in range(weeks):
        waiting[week] = x = max(x + arrivals[week] - 1, 0)
    assert found == pytest.approx(waiting, abs=0.01)
    assert found.mean() == pytest.approx(load**2 / (2.0 * (1.0 - load)), rel=0.2)


def left_free(at: np.ndarray, service: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Starts of service of the first class, and the time that it has left free up to each of them."""
    begun = one_server(at, service) - service
    return begun, begun - np.concatenate(([0.0], np.cumsum(service)[:-1]))


def free_until(t: np.ndarray, at: np.ndarray, service: np.ndarray) -> np.ndarray:
    """Time that the first class has left free until t."""
    begun, free = left_free(at, service)
    k = np.searchsorted(begun, t, side="right") - 1
    return np.where(k >= 0, free[k] + np.maximum(t - begun[k] - service[k], 0.0), t)


def second_class(at_1: np.ndarray, service_1: np.ndarray, at_2: np.ndarray, service_2: np.ndarray) -> np.ndarray:
    """Departures of the second class, first-come in the time that the first leaves free, in that time."""
    return one_server(free_until(at_2, at_1, service_1), service_2)


def in_days(free: np.ndarray, at: np.ndarray, service: np.ndarray) -> np.ndarray:
    """The moment by which the first class has left so much time free."""
    begun, before = left_free(at, service)
    k = np.searchsorted(before, free, side="left") - 1
    return np.where(k >= 0, begun[k] + service[k] + free - before[k], free)


def test_items_before_cases_are_the_preemptive_priority_queue() -> None:
    """Mean times in the system of two classes, the first interrupting the second (White & Christie 1958)."""
    rng = np.random.default_rng(5)
    first, second = 0.4, 0.3  # load of items and of cases
    drawn = {}
    for n in (2500, 200_000):
        at = {load: poisson(load / SERVICE, int(n * load / first), rng) for load in (first, second)}
        work = {load: rng.exponential(SERVICE, len(at[load])) for load in at}
        drawn[n] = at[first], work[first], at[second], work[second]
    # the textbook's means, from many customers and no town
    at_1, service_1, at_2, service_2 = drawn[200_000]
    done_2 = in_days(second_class(at_1, service_1, at_2, service_2), at_1, service_1)
    rest = 1.0 - first - second
    assert (one_server(at_1, service_1) - at_1).mean() == pytest.approx(SERVICE / (1.0 - first), rel=0.03)
    assert (done_2 - at_2).mean() == pytest.approx(
        SERVICE / (1.0 - first) + SERVICE * (first + second) / ((1.0 - first) * rest), rel=0.05
    )
    # the town's desk beside the same queue, customer by customer
    at_1, service_1, at_2, service_2 = drawn[2500]
    done_1, free_2 = one_server(at_1, service_1), second_class(at_1, service_1, at_2, service_2)
    done_2 = in_days(free_2, at_1, service_1)
    state = desk(at_2, service_2 * HOURS, task_at=at_1, task_work=service_1 * HOURS)
    serve(state, int(max(done_1.max(), done_2.max())) + 60, HOURS)
    assert state["task.finished"][: len(at_1)] - done_1 == pytest.approx(np.zeros(len(at_1)), abs=1.0 + 1e-6)
    # a day too early may be before a long interruption that the textbook has already begun: compared in free time
    closed = state["case.closed"][: len(at_2)]
    assert (closed >= 0.0).all()
    assert free_until(closed, at_1, service_1) - free_2 == pytest.approx(np.zeros(len(at_2)), abs=2.0)
