"""Statistics against values worked out by hand."""

import numpy as np
import pytest
from scipy.stats import weibull_min

from sim.observe.measures import effective_number, gini, kaplan_meier, mean, ratio, weibull_shapes, worst_share


def test_kaplan_meier_by_hand():
    # six patients: events at 1, 3, 3, 6; censored at 2 and 8
    curve = kaplan_meier(np.array([3.0, 1.0, 8.0, 2.0, 3.0, 6.0]), np.array([True, True, False, False, True, True]))
    assert curve.left == pytest.approx([5 / 6, 5 / 6, 5 / 6 * 3 / 4, 5 / 6 * 2 / 4, 5 / 6 * 1 / 4, 5 / 6 * 1 / 4])
    assert curve.quantile(0.5, 100) == 3.0
    assert curve.quantile(0.9, 100) == 100.0
    # area: 1 to day 1, 5/6 to day 3, 5/12 to day 6, 5/24 to day 10
    assert curve.restricted_mean(10.0) == pytest.approx(1 + 2 * 5 / 6 + 3 * 5 / 12 + 4 * 5 / 24)
    assert curve.restricted_mean(2.0) == pytest.approx(1 + 5 / 6)


def test_events_come_before_censoring_at_the_same_time():
    curve = kaplan_meier(np.array([5.0, 5.0]), np.array([False, True]))
    assert curve.left.tolist() == [0.5, 0.5]


def test_gini_by_hand():
    assert gini(np.array([1.0, 1.0, 1.0]), np.ones(3)) == pytest.approx(0.0)
    assert gini(np.array([0.0, 1.0]), np.ones(2)) == pytest.approx(0.5)
    assert gini(np.array([1.0, 3.0]), np.ones(2)) == pytest.approx(0.25)
    assert gini(np.array([0.0, 1.0]), np.array([3.0, 1.0])) == pytest.approx(0.75)
    assert np.isnan(gini(np.zeros(3), np.ones(3)))


def test_worst_share_by_hand():
    # the lowest tenth of 20 problems: both problems of the first building
    assert worst_share(np.array([0.9, 0.0, 0.5]), np.array([8, 2, 10]), 0.1) == 0.0
    assert worst_share(np.array([0.9, 0.0, 0.5]), np.array([8, 1, 11]), 0.1) == pytest.approx(0.25)


def test_effective_number_by_hand():
    assert effective_number(np.array([5, 5, 5, 5])) == pytest.approx(4.0)
    assert effective_number(np.array([9, 0])) == 1.0
    assert effective_number(np.array([3, 1])) == pytest.approx(16 / 10)


def test_weibull_shape_is_found_again():
    rng = np.random.default_rng(1)
    times = np.concatenate((rng.weibull(0.68, 20_000) * 40, rng.weibull(1.7, 20_000) * 3, [2.0, 2.0]))
    groups = np.repeat([0, 1, 2], [20_000, 20_000, 2])
    shapes = weibull_shapes(times, groups, 4)
    assert shapes[:2] == pytest.approx([0.68, 1.7], rel=0.02)
    assert np.isnan(shapes[2:]).all()


def test_weibull_shapes_are_those_of_maximum_likelihood():
    """Against SciPy's optimiser, with few values, shapes far from one and very different scales."""
    rng = np.random.default_rng(4)
    samples = [rng.weibull(k, n) * scale for k, n, scale in ((0.3, 7, 900.0), (1.0, 30, 1.0), (6.0, 12, 0.01))]
    shapes = weibull_shapes(np.concatenate(samples), np.repeat([0, 1, 2], [7, 30, 12]), 3)
    for sample, shape in zip(samples, shapes, strict=True):
        assert shape == pytest.approx(weibull_min.fit(np.maximum(sample, 1e-3), floc=0.0)[0], rel=1e-3)


def test_a_share_of_nothing_and_a_mean_of_nothing_are_unknown():
    assert ratio(3.0, 12.0) == 0.25 and np.isnan(ratio(3.0, 0.0))
    assert mean(np.array([1.0, 2.0, 6.0])) == 3.0 and np.isnan(mean(np.array([])))
