"""What the low and the high end of every key change in two standard towns: writes docs/keys.csv and docs/keys.md.

    python scripts/key_effects.py              all keys, some minutes on one processor
    python scripts/key_effects.py --missing    only the keys that are not in the table yet
    python scripts/key_effects.py PATTERN ...  only keys that match, such as 'parameters.posts.*'
"""

from __future__ import annotations

import argparse
import fnmatch
import math
import sys
import time
from typing import Any

import numpy as np

import sim
from sim.docs import DOCS
from sim.keys import COMMON, MAIN, STANDARD, TABLE, Effect, Key, ranged, read, write
from sim.model import Model
from sim.scenario import Scenario, ScenarioError

PAIRS = 2  # replicates of every end
SPREAD = 20  # replicates of the standard towns, for the spread between runs


def outcome(scenario: Scenario) -> tuple[dict[str, float], bytes]:
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
    """The value that the key has in a standard town."""
    at: Any = scenario.to_dict()
    for step in key.split("."):
        at = at[step]
    return at


class Towns:
    """The standard towns: their runs, and how far each indicator differs between runs."""

    def __init__(self) -> None:
        self.scenarios = {name: sim.load([*words, *COMMON]) for name, words in STANDARD.items()}
        self.base: dict[str, list[tuple[dict[str, float], bytes]]] = {}
        self.spread: dict[str, dict[str, float]] = {}
        for name, scenario in self.scenarios.items():
            runs = [outcome(scenario.at(replicate=r)) for r in range(SPREAD)]
            self.base[name] = runs[:PAIRS]
            values = {m: np.array([run[0][m] for run in runs]) for m in MAIN}
            self.spread[name] = {m: float(np.nanstd(v, ddof=1)) for m, v in values.items()}

    def end(self, key: Key, value: Any) -> tuple[str, str, float, str]:
        """What this end moves most over the towns: verdict, indicator, by how much, in which town."""
        best: tuple[float, str, str] = (0.0, "", "")
        differs = same = False
        for name, scenario in self.scenarios.items():
            if standard(key.name, scenario) == value:
                same = True
                continue
            differences: dict[str, list[float]] = {m: [] for m in MAIN}
            for r in range(PAIRS):
                try:
                    found, bits = outcome(changed(scenario.at(replicate=r), key.name, value))
                except ScenarioError:
                    break
                before, old = self.base[name][r]
                differs |= bits != old
                for m in MAIN:
                    differences[m].append(found[m] - before[m])
            for m, values in differences.items():
                sd = self.spread[name][m]
                by = float(np.mean(values)) / sd if values and sd > 0.0 else 0.0
                if not math.isnan(by) and abs(by) > abs(best[0]):
                    best = (by, m, name)
        if best[1]:
            return "moves", best[1], best[0], best[2]
        return ("less" if differs else "same" if same else "nothing"), "", math.nan, ""


def text(value: Any) -> str:
    """A value as it is written in a setting."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.6g}" if isinstance(value, int | float) else str(value)


def main() -> int:
    """Compute, write, say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("patterns", nargs="*")
    parser.add_argument("--missing", action="store_true")
    chosen = parser.parse_args()
    keys = ranged()
    path = DOCS / TABLE
    known = {k: e for k, e in (read(path) if path.exists() else {}).items() if k in keys}
    wanted = [k for k in keys if not chosen.patterns or any(fnmatch.fnmatch(k, p) for p in chosen.patterns)]
    if chosen.missing:
        wanted = [k for k in wanted if k not in known]
    if not wanted:
        print("nothing to compute")
        return 0
    began = time.perf_counter()
    towns = Towns()
    for number, name in enumerate(wanted, 1):
        key = keys[name]
        low, high = towns.end(key, key.low), towns.end(key, key.high)
        known[name] = Effect(name, text(key.low), text(key.high), *low, *high)
        if number % 10 == 0:  # so that little is lost when it is stopped; go on with --missing
            write(path, [known[k] for k in keys if k in known])
        if number % 50 == 0:
            print(f"{number} of {len(wanted)} keys, {time.perf_counter() - began:.0f} s", flush=True)
    write(path, [known[k] for k in keys if k in known])
    idle = [e.key for e in known.values() if e.nothing]
    print(f"{len(wanted)} keys in {time.perf_counter() - began:.0f} s; {len(idle)} of {len(known)} change nothing")
    print("now run: python -m sim.docs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
