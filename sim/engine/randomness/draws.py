"""Keyed draws as kernels. Arguments of a draw: key (uint64), codes.Purpose, stable id, week or attempt, slot."""

import math

import numpy as np

from sim.engine.kernel import kernel

TWO_PI = 2.0 * math.pi


@kernel
def mix(state, value):
    """One chained step of the SplitMix64 finaliser; both arguments and the result are uint64."""
    z = (np.uint64(state) ^ np.uint64(value)) + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@kernel
def joined(first, second):
    """Stable id of a thing that two numbers name together; one step of `mix` would confuse 1, 4 with 4, 1."""
    return mix(mix(np.uint64(0), first), second)


@kernel
def word(key, purpose, stable_id, week, slot):
    """64 random bits for one key."""
    h = mix(mix(key, np.uint64(purpose)), np.uint64(stable_id))
    return mix(mix(h, np.uint64(week)), np.uint64(slot))


@kernel
def uniform(key, purpose, stable_id, week, slot):
    """Uniform in the open interval (0, 1)."""
    bits = word(key, purpose, stable_id, week, slot) >> np.uint64(11)
    return (np.float64(bits) + 0.5) * (1.0 / 9007199254740992.0)


@kernel
def bernoulli(p, key, purpose, stable_id, week, slot):
    """True with probability p."""
    return uniform(key, purpose, stable_id, week, slot) < p


@kernel
def exponential(key, purpose, stable_id, week, slot):
    """Exponential with mean 1."""
    return -math.log(uniform(key, purpose, stable_id, week, slot))


@kernel
def gumbel(key, purpose, stable_id, week, slot):
    """Standard Gumbel, for random-utility choices."""
    return -math.log(-math.log(uniform(key, purpose, stable_id, week, slot)))


@kernel
def normal(key, purpose, stable_id, week, slot):
    """Standard normal (Box-Muller); uses the two halves of one key pair."""
    u = uniform(key, purpose, stable_id, week, slot)
    v = uniform(key, purpose, stable_id, week, np.uint64(slot) ^ np.uint64(0x8000000000000000))
    return math.sqrt(-2.0 * math.log(u)) * math.cos(TWO_PI * v)


@kernel
def lognormal(mean, sigma, key, purpose, stable_id, week, slot):
    """Log-normal with the given mean and standard deviation sigma of its logarithm."""
    return mean * math.exp(sigma * normal(key, purpose, stable_id, week, slot) - 0.5 * sigma * sigma)


@kernel
def poisson(mean, key, purpose, stable_id, week, slot):
    """Poisson count by inversion of one uniform; monotone in the mean, so arms that differ in the mean stay paired."""
    if mean <= 0.0:
        return 0
    u = uniform(key, purpose, stable_id, week, slot)
    p = math.exp(-mean)
    cumulated = p
    n = 0
    while u > cumulated and n < 1000:
        n += 1
        p *= mean / n
        cumulated += p
    return n


def model_key(seed: int, replicate: int) -> np.uint64:
    """Key of one replicate of one seed, shared by all its arms."""
    mask = (1 << 64) - 1

    def step(state: int, value: int) -> int:
        z = ((state ^ value) + 0x9E3779B97F4A7C15) & mask
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return z ^ (z >> 31)

    return np.uint64(step(step(0, seed & mask), replicate & mask))
