"""The search: waves of runs over the priors, each chosen by the emulated chance to show the patterns.

History matching in waves (Craig et al. 1997; Vernon, Goldstein & Bower 2010) with the pattern tolerances as they stand:
what is accepted has been run and lies within them. The accepted sets are plausible sets, not draws from a posterior.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from sim.calibration.emulator import Surface, features, fit
from sim.calibration.protocol import Check, Protocol

Array = NDArray[np.float64]
Values = Mapping[str, Array]
Sets = list[dict[str, float]]
Runner = Callable[[int, Sets], tuple[Sets, Values]]  # number of the wave, its sets -> those that were run, measures
STEP = 0.12  # of the unit cube: how far a small step goes
STEPS = 120  # of a walk
MOVED = 4.0  # parameters moved in a step, on average
ONE_RUN_TELLS_LITTLE = ("owners_committees_commercial", "owners_committees_growth")  # three estates in a run
EDGE = 0.1  # of the tolerance: how sharply the edge is drawn where the surface itself judges
STANDS_FOR = {"closing_kinds_in_range": ("closing_kinds_distance", -np.inf, 0.0)}  # a smooth measure of the same


@dataclass
class Found:
    """All runs of the search so far, and what follows from them."""

    protocol: Protocol
    points: Array
    values: dict[str, Array]
    set_aside: list[str] = field(default_factory=list)
    waves: list[dict[str, float]] = field(default_factory=list)

    def checks(self) -> list[Check]:
        """The checks that a run of the base can show, of the patterns that are not set aside."""
        return [c for c in self.protocol.checks if c.pattern not in self.set_aside and c.name in self.values]

    def surfaces(self) -> dict[str, Surface]:
        """A surface for each measure that is asked for."""
        names = {STANDS_FOR.get(c.name, (c.name,))[0] for c in self.protocol.checks if c.name in self.values}
        return {name: fit(self.points, self.values[name]) for name in sorted(names)}

    def chance(self, points: Array, surfaces: Mapping[str, Surface]) -> Array:
        """Emulated chance that a run at each point shows every pattern that is asked for."""
        chance, terms = np.ones(len(points)), features(points)
        for check in self.checks():
            name, low, high = STANDS_FOR.get(check.name, (check.name, check.low, check.high))
            surface = surfaces[name]
            if name in ONE_RUN_TELLS_LITTLE:  # judged by its surface, not by the run
                surface = replace(surface, spread=EDGE * (high - low))
            chance *= np.maximum(surface.chance(terms, low, high), 1e-12)
        return chance

    def shows(self, pattern: str, surfaces: Mapping[str, Surface]) -> NDArray[np.bool_]:
        """Whether each run shows a pattern; what one run cannot tell is taken from its surface."""
        held = np.ones(len(self.points), dtype=bool)
        for check in self.protocol.of(pattern):
            if check.name not in self.values:
                continue
            told = self.values[check.name]
            if check.name in ONE_RUN_TELLS_LITTLE:
                told = surfaces[check.name].mean(features(self.points))
            held &= check.holds(told)
        return held

    def accepted(self, surfaces: Mapping[str, Surface]) -> NDArray[np.bool_]:
        """Runs that show every pattern that is not set aside."""
        held = np.ones(len(self.points), dtype=bool)
        for pattern in self.protocol.patterns:
            if pattern not in self.set_aside:
                held &= self.shows(pattern, surfaces)
        return held


def search(protocol: Protocol, run: Runner, say: Callable[[str], None], start: Array | None = None) -> Found:
    """Waves until as many sets are accepted as wanted, or as many waves are done as allowed.

    The first wave also runs the points of `start`, such as the sets accepted on an earlier version of the model.
    """
    sizes = protocol.search
    d = len(protocol.priors)
    points = spread(d, int(sizes["first"]), np.random.default_rng(int(sizes["seed"])))
    if start is not None:
        points = np.concatenate([points, start])
    found = Found(protocol, np.empty((0, d)), {})
    for wave in range(1 + int(sizes["waves"])):
        sets, values = run(wave, protocol.sets(points))  # a wave begun before keeps its sets
        points = protocol.points(sets)
        _add(found, points, values)
        surfaces = found.surfaces()
        set_rare_aside(found, surfaces, len(points), say)
        good = found.accepted(surfaces)
        fresh = good[-len(points) :]
        shares = {p: float(found.shows(p, surfaces)[-len(points) :].mean()) for p in protocol.patterns}
        found.waves.append({"runs": float(len(points)), "accepted": float(fresh.sum()), **shares})
        told = ", ".join(f"{p} {share:.0%}" for p, share in shares.items())
        say(f"wave {wave}: {int(fresh.sum())} of {len(points)} runs accepted, {int(good.sum())} in all ({told})")
        if int(good.sum()) >= int(sizes["accepted"]):
            break
        rng = np.random.default_rng([int(sizes["seed"]), wave])
        points = propose(found, surfaces, rng, int(sizes["wave"]), int(sizes["pool"]))
    return found


def spread(d: int, n: int, rng: np.random.Generator) -> Array:
    """The first n points of the Sobol sequence in the unit cube, shifted at random (Cranley & Patterson 1976)."""
    whole = qmc.Sobol(d, scramble=False).random_base2(max(1, (n - 1).bit_length()))
    found: Array = (whole[:n] + rng.random(d)) % 1.0
    return found


def _add(found: Found, points: Array, values: Values) -> None:
    found.points = np.concatenate([found.points, points])
    for name, new in values.items():
        found.values[name] = np.concatenate([found.values.get(name, np.empty(0)), new])


def set_rare_aside(found: Found, surfaces: Mapping[str, Surface], last: int, say: Callable[[str], None]) -> None:
    """Set aside the pattern that holds back the others when too few runs show all, after the waves that are allowed it.

    Of the runs of the last wave that show all other patterns, hardly any show it, and without it there would be more.
    """
    if len(found.waves) < int(found.protocol.search["tried"]):
        return
    asked = [p for p in found.protocol.patterns if p not in found.set_aside]
    shown = {p: found.shows(p, surfaces)[-last:] for p in asked}
    every = np.all(list(shown.values()), axis=0)
    if float(every.mean()) >= float(found.protocol.search["rare"]):
        return
    without = {p: float(np.mean(np.all([shown[q] for q in asked if q != p], axis=0))) for p in asked}
    worst = max(asked, key=lambda p: (without[p], -float(shown[p].mean())))
    if without[worst] > float(every.mean()):
        found.set_aside.append(worst)
        say(f"{worst} is set aside: {every.mean():.1%} of the last wave show all, {without[worst]:.1%} all but {worst}")


def propose(found: Found, surfaces: Mapping[str, Surface], rng: np.random.Generator, n: int, pool: int) -> Array:
    """The points of the next wave, with a density over the priors that follows their emulated chance.

    Metropolis walks, one for each point, from a pool: half of it spread over the priors, half around the best runs. A
    step moves a few parameters a little, or draws them anew.
    """
    d = found.points.shape[1]
    best = found.points[np.argsort(-found.chance(found.points, surfaces) - found.accepted(surfaces))[: 2 * n]]
    near = np.abs(best[rng.integers(0, len(best), pool // 2)] + rng.normal(0.0, STEP, (pool // 2, d)))
    points = np.concatenate([spread(d, pool // 2, rng), reflected(near)])
    chance = found.chance(points, surfaces)
    chosen = rng.choice(len(points), size=n, p=chance / chance.sum())
    at, height = points[chosen], chance[chosen]
    for step in range(STEPS):
        moved = rng.random(at.shape) < MOVED / d
        fresh = rng.random(at.shape) if step % 2 else reflected(at + rng.normal(0.0, STEP, at.shape))
        there = np.where(moved, fresh, at)
        new = found.chance(there, surfaces)
        taken = rng.random(n) * height < new
        at, height = np.where(taken[:, None], there, at), np.where(taken, new, height)
    return at


def reflected(points: Array) -> Array:
    """Points moved back into the unit cube at its walls."""
    found: Array = np.clip(1.0 - np.abs(1.0 - np.abs(points)), 0.0, 1.0)
    return found


def shrinkage(protocol: Protocol, points: Array) -> dict[str, float]:
    """How much narrower the accepted sets are than the prior: 1 - sd over that of the uniform; 0 is untouched."""
    uniform = 1.0 / np.sqrt(12.0)
    return {p.name: 1.0 - float(sd) / float(uniform) for p, sd in zip(protocol.priors, points.std(axis=0), strict=True)}


def thinned(points: Array, wanted: int, rng: np.random.Generator) -> Sequence[int]:
    """Rows of `wanted` of the points, in random order, so that any first few of them are a fair sample."""
    return [int(i) for i in rng.permutation(len(points))[:wanted]]
