"""What the low and the high end of every key change in standard towns: writes docs/keys.csv.

    python scripts/key_effects.py              keys that are not in the table of this model version yet, minutes for all
    python scripts/key_effects.py --all        all keys anew
    python scripts/key_effects.py PATTERN ...  only keys that match, such as 'parameters.posts.*'; these anew

It may be stopped at any time and goes on where it was. Afterwards: python -m sim.docs
"""

from __future__ import annotations

import argparse
import fnmatch
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

import sim
from sim.docs import DOCS
from sim.kernel import source_hash
from sim.key_towns import COMMON, TOWNS
from sim.keys import LEAST, MAIN, SHOWN, SPREAD, TABLE, Effect, Key, idle, ranged, read, write
from sim.model import Model
from sim.scenario import Scenario, ScenarioError

NUDGES = 20  # runs with one number nudged, for what chance alone moves
NUDGE = 1e-3  # of the number's range
SURE = 95  # per cent of these runs
SAVED = 5.0  # seconds between writings of the table
Run = tuple[dict[str, float], bytes]


def outcome(scenario: Scenario) -> Run:
    """Main indicators of a run, and everything that was recorded as bytes."""
    model = Model(scenario)
    model.run_until(model.last_week)
    result = model.result()
    every = np.array(list(result.indicators.values()))
    told = (model.recorder.weekly, model.store["community.flow"], model.store["case.truth"], every)
    return {name: result.indicators[name] for name in MAIN}, b"".join(a.tobytes() for a in told)


def changed(scenario: Scenario, key: str, value: Any) -> Scenario:
    """The scenario with another value; a structure or overlay holds from the reform on, a number all the time."""
    data = scenario.to_dict()
    at: Any = data
    *steps, last = key.split(".")
    for step in steps:
        at = at[step]
    at[last] = value
    return Scenario.from_dict(data)


def standard(key: str, scenario: Scenario) -> Any:
    """The value that the key has in a town."""
    at: Any = scenario.to_dict()
    for step in key.split("."):
        at = at[step]
    return at


def spread(values: Sequence[float]) -> float:
    """Standard deviation of what could be said at all; 0 where that is too little."""
    known = [v for v in values if np.isfinite(v)]
    return float(np.std(known, ddof=1)) if len(known) > 1 else 0.0


class Town:
    """A town: its run, how far each main indicator differs between seeds, and what chance alone moves."""

    def __init__(self, name: str, words: Sequence[str], keys: Mapping[str, Key]) -> None:
        self.name = name
        self.scenario = sim.load([*COMMON, *words])
        self.base = outcome(self.scenario)
        seeds = [self.base, *(outcome(self.scenario.at(replicate=r)) for r in range(1, SPREAD))]
        self.spread = {m: spread([run[0][m] for run in seeds]) for m in MAIN}
        numbers = [k for k in keys.values() if k.name.startswith("parameters.") and k.low < k.high]
        moved: list[float] = []
        for key in numbers[:: max(1, len(numbers) // (2 * NUDGES))]:
            old = standard(key.name, self.scenario)
            by = NUDGE * (key.high - key.low)
            found = self.moves(key.name, old + by if old + by <= key.high else old - by)
            if found is not None and len(moved) < NUDGES:
                moved.append(max((abs(by) for by in found.values()), default=0.0))
        self.chance = max(LEAST, float(np.percentile(moved, SURE)) if moved else 0.0)

    def moves(self, key: str, value: Any) -> dict[str, float] | None:
        """By how many standard deviations each main indicator moves; None when not one bit of the record does."""
        found, bits = outcome(changed(self.scenario, key, value))
        before, old = self.base
        if bits == old:
            return None
        by = {m: (found[m] - before[m]) / self.spread[m] for m in MAIN if self.spread[m] > 0.0}
        return {m: v for m, v in by.items() if np.isfinite(v)}


class Towns:
    """The towns, each made when it is first needed."""

    def __init__(self, keys: Mapping[str, Key], towns: Mapping[str, Sequence[str]] = TOWNS) -> None:
        self.keys, self.words = keys, towns
        self.version = source_hash()
        self._made: dict[str, Town] = {}

    def town(self, name: str) -> Town:
        if name not in self._made:
            self._made[name] = Town(name, self.words[name], self.keys)
        return self._made[name]

    def end(self, key: Key, end: str, name: str) -> Effect:
        """What an end changes in one town."""
        town = self.town(name)
        value = getattr(key, end)
        made = Effect(key.name, end, text(value), "same", "", name, town.chance, self.version)
        if standard(key.name, town.scenario) == value:
            return made
        try:
            by = town.moves(key.name, value)
        except ScenarioError:
            return replace(made, verdict="refused")
        if by is None:
            return replace(made, verdict="nothing")
        most = sorted((m for m in by if abs(by[m]) > town.chance), key=lambda m: -abs(by[m]))[:SHOWN]
        told = "; ".join(f"{m} {by[m]:+.1f}" for m in most)
        return replace(made, verdict="moves" if most else "less", moves=told)

    def effects(self, key: Key) -> dict[str, Effect]:
        """Both ends: in the second town where the first shows nothing large, in the others where both are idle."""
        first, second, *others = self.words
        found = {}
        for end in ("low", "high"):
            made = self.end(key, end, first)
            if made.verdict != "moves":
                made = better(made, self.end(key, end, second))
            found[end] = made
        for name in others:
            if idle(found):
                found = {end: better(old, self.end(key, end, name)) for end, old in found.items()}
        return found


RANKS = ("refused", "same", "nothing", "less", "moves")


def better(old: Effect, new: Effect) -> Effect:
    """Whichever shows more; "same" in one town and "nothing" in another is nothing."""
    return new if RANKS.index(new.verdict) > RANKS.index(old.verdict) else old


def text(value: Any) -> str:
    """A value as it is written in a setting."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.6g}" if isinstance(value, int | float) else str(value)


def compute(towns: Towns, wanted: Sequence[str], path: Path, known: dict[str, dict[str, Effect]]) -> None:
    """Compute the wanted keys, with progress, writing the table every few seconds."""
    began = saved = time.perf_counter()
    for number, name in enumerate(wanted, 1):
        known[name] = towns.effects(towns.keys[name])
        now = time.perf_counter()
        if now - saved > SAVED or number == len(wanted):
            write(path, {k: known[k] for k in towns.keys if k in known})
            saved = now
            left = (now - began) / number * (len(wanted) - number)
            print(f"{number} of {len(wanted)} keys, {now - began:.0f} s, about {left:.0f} s to go", flush=True)


def main(words: Sequence[str] | None = None) -> int:
    """Compute, write, say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("patterns", nargs="*")
    parser.add_argument("--all", action="store_true", help="compute all keys anew")
    chosen = parser.parse_args(words)
    keys = ranged()
    path = DOCS / TABLE
    version = source_hash()
    known = {k: e for k, e in (read(path) if path.exists() and not chosen.all else {}).items() if k in keys}
    if chosen.patterns:
        wanted = [k for k in keys if any(fnmatch.fnmatch(k, p) for p in chosen.patterns)]
    else:
        wanted = [k for k in keys if k not in known or any(e.version != version for e in known[k].values())]
    if not wanted:
        print("nothing to compute")
        return 0
    compute(Towns(keys), wanted, path, known)
    dead = [k for k, e in known.items() if idle(e)]
    print(f"{len(dead)} of {len(known)} keys change nothing; now run: python -m sim.docs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
