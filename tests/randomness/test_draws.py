"""Draws are what they claim to be: uniform, independent over every word of the key, reproducible anywhere."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from sim.engine.randomness import (
    bernoulli,
    exponential,
    gumbel,
    joined,
    lognormal,
    mix,
    model_key,
    normal,
    poisson,
    uniform,
    word,
)
from sim.vocabulary.codes import Purpose

KEY = model_key(2024, 3)
MANY = 20_000
RARE = 1e-4  # a test of a right generator fails this often; the keys are fixed, so it fails always or never
WORDS = ("purpose", "id", "week", "slot")


def along(which: str, draw=uniform, count: int = MANY, **fixed: int) -> np.ndarray:
    """Draws with one word of the key running and the others fixed."""
    at = {"purpose": int(Purpose.FELT), "id": (1 << 30) + 17, "week": 5, "slot": 2, **fixed}
    call = draw.compiled
    out = np.empty(count)
    for k in range(count):
        at[which] = k + 1
        out[k] = call(KEY, at["purpose"], at["id"], at["week"], at["slot"])
    return out


SERIES = {which: along(which) for which in WORDS}


@pytest.mark.parametrize("which", WORDS)
def test_uniform_over_each_word_of_the_key(which):
    u = SERIES[which]
    assert ((u > 0.0) & (u < 1.0)).all()
    assert stats.kstest(u, "uniform").pvalue > RARE
    assert stats.chisquare(np.bincount((u * 64).astype(int), minlength=64)).pvalue > RARE
    assert len(np.unique(u)) == len(u)


@pytest.mark.parametrize("which", WORDS)
@pytest.mark.parametrize("lag", [1, 2, 7, 52])
def test_neighbouring_draws_tell_nothing_of_one_another(which, lag):
    u, v = SERIES[which][:-lag], SERIES[which][lag:]
    assert abs(np.corrcoef(u, v)[0, 1]) < 4.0 / math.sqrt(len(u))
    table = np.histogram2d(u, v, bins=8, range=((0, 1), (0, 1)))[0]
    assert stats.chi2_contingency(table).pvalue > RARE


@pytest.mark.parametrize(("one", "other"), [
    ({"week": 5}, {"week": 6}), ({"slot": 2}, {"slot": 3}), ({"purpose": Purpose.FELT}, {"purpose": Purpose.VOICE}),
    ({"week": 5, "slot": 2}, {"week": 2, "slot": 5}), ({"week": 0, "slot": 1}, {"week": 1, "slot": 0}),
])  # fmt: skip
def test_series_of_persons_are_independent_over_weeks_slots_and_purposes(one, other):
    u, v = along("id", **one), along("id", **other)
    assert abs(np.corrcoef(u, v)[0, 1]) < 4.0 / math.sqrt(MANY)
    assert not (u == v).any()


def test_replicates_and_seeds_are_independent():
    first = along("id", count=5000)
    for seed, replicate in ((2024, 4), (2025, 3), (3, 2024)):
        key = model_key(seed, replicate)
        other = np.array([uniform(key, Purpose.FELT, k + 1, 5, 2) for k in range(5000)])
        assert abs(np.corrcoef(first, other)[0, 1]) < 4.0 / math.sqrt(5000)


def test_keys_of_replicates_are_all_different():
    keys = {int(model_key(seed, replicate)) for seed in range(60) for replicate in range(60)}
    assert len(keys) == 3600
    assert model_key(0, 0) != 0
    assert isinstance(model_key(2**63 - 1, 10**9), np.uint64)


MASK = (1 << 64) - 1


def reference(state: int, value: int) -> int:
    """SplitMix64's finaliser in plain integers, written from the published constants."""
    z = ((state ^ value) + 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def test_bits_are_those_of_the_published_generator():
    assert int(model_key(7, 2)) == reference(reference(0, 7), 2)
    for numbers in ((1, 2, 3, 4), (39, (5 << 30) | (1023 << 20) | 77, 777, 100), (6, 0, 0, 0), (15, MASK, 5199, 2**40)):
        state = int(KEY)
        for n in numbers:
            state = reference(state, n)
        assert int(word(KEY, *(np.uint64(n) for n in numbers))) == state
        assert uniform(KEY, *(np.uint64(n) for n in numbers)) == ((state >> 11) + 0.5) / 2**53
    assert int(mix(np.uint64(3), np.uint64(5))) == reference(3, 5)


def test_an_id_of_two_numbers_is_nobody_elses():
    pairs = {int(joined(np.uint64(a), np.uint64(b))) for a in range(300) for b in range(300)}
    assert len(pairs) == 300 * 300


@pytest.mark.parametrize(("draw", "law", "mean", "sd"), [
    (normal, "norm", 0.0, 1.0), (exponential, "expon", 1.0, 1.0), (gumbel, "gumbel_r", 0.5772, math.pi / math.sqrt(6)),
])  # fmt: skip
def test_other_laws(draw, law, mean, sd):
    x = along("id", draw)
    assert stats.kstest(x, law).pvalue > RARE
    assert abs(x.mean() - mean) < 5.0 * sd / math.sqrt(MANY)
    assert abs(x.std() / sd - 1.0) < 0.05


def test_lognormal_has_the_mean_it_is_given():
    x = np.array([lognormal(4.0, 1.1, KEY, Purpose.CASE_NATURE, k, 0, 3) for k in range(MANY)])
    assert abs(x.mean() / 4.0 - 1.0) < 0.05
    assert abs(np.log(x).std() - 1.1) < 0.03


@pytest.mark.parametrize("mean", [0.0, 0.02, 0.7, 4.0, 40.0])
def test_poisson_has_its_law_and_grows_with_its_mean(mean):
    x = np.array([poisson(mean, KEY, Purpose.TASK, k, 1, 0) for k in range(MANY)])
    more = np.array([poisson(1.1 * mean, KEY, Purpose.TASK, k, 1, 0) for k in range(MANY)])
    assert (more >= x).all()
    if mean == 0.0:
        assert not x.any()
        return
    assert abs(x.mean() - mean) < 5.0 * math.sqrt(mean / MANY)
    counts = np.bincount(x)
    expected = stats.poisson.pmf(np.arange(len(counts)), mean) * MANY
    enough = expected > 8
    if enough.sum() > 2:
        observed = np.append(counts[enough], MANY - counts[enough].sum())
        should = np.append(expected[enough], MANY - expected[enough].sum())
        assert stats.chisquare(observed, should * observed.sum() / should.sum()).pvalue > RARE


def test_bernoulli_is_paired_over_its_probability():
    less = np.array([bernoulli(0.3, KEY, Purpose.FEE, k, 0, 0) for k in range(MANY)])
    more = np.array([bernoulli(0.4, KEY, Purpose.FEE, k, 0, 0) for k in range(MANY)])
    assert abs(less.mean() - 0.3) < 0.02
    assert not (less & ~more).any(), "who says yes at 0.3 says yes at 0.4"
