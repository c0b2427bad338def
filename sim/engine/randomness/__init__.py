"""Counter-based random numbers: every draw is a pure function of (seed, replicate, purpose, stable id, week, slot).

Arms of a study share all keys, so two arms meet the same people, temperaments and latent problems; an added person
or body has keys of its own and changes nobody else's draws. Mixing: the finaliser of SplitMix64 (Steele, Lea &
Flood 2014, OOPSLA), chained over the words of the key.
"""

from sim.engine.randomness.draws import (
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

__all__ = [
    "bernoulli",
    "exponential",
    "gumbel",
    "joined",
    "lognormal",
    "mix",
    "model_key",
    "normal",
    "poisson",
    "uniform",
    "word",
]
