"""Record what the battery comes to, or prove that it notices everything.

    python -m tests.golden record      after a change of behaviour, with MODEL_VERSION raised; says what moved
    python -m tests.golden prove       changes every number and a sample of operators; lists what moves nothing
    python -m tests.golden prove numbers 'posts.*'
    python -m tests.golden prove operators posts seed=1 sample=420       sample=0 tries all
"""

from __future__ import annotations

import sys
from collections import Counter

from sim.identity import MODEL_VERSION
from tests.golden.battery import HERE, exact, machine, read_table, run, sums, towns, write_table
from tests.golden.records import EXACT, SUMS, VERSION, recorded_version, unlike


def record() -> int:
    """Write the records of this machine type; refuses to call other behaviour by the same version."""
    states = {name: run(name) for name in towns()}
    found = {name: exact(state) for name, state in states.items()}
    path = HERE / EXACT / f"{machine()}.csv"
    moved = unlike(read_table(path), found) if path.exists() else []
    if moved and recorded_version() == MODEL_VERSION:
        print(f"{len(moved)} values moved, and sim/identity.py still says model version {MODEL_VERSION}; raise it if")
        print("that is meant. " + "; ".join(f"{town}: {column}" for town, column in moved[:12]))
        return 1
    write_table(path, found)
    write_table(HERE / SUMS, {name: {c: f"{v:.10g}" for c, v in sums(state).items()} for name, state in states.items()})
    (HERE / VERSION).write_text(f"{MODEL_VERSION}\n", encoding="utf-8")
    for other in (HERE / EXACT).glob("*.csv"):
        if moved and other != path:
            other.unlink()  # another machine type has to record the new behaviour itself
    towns_moved = Counter(town for town, _ in moved)
    print(f"recorded {len(found)} towns for {machine()}; moved: {dict(towns_moved) or 'nothing'}")
    return 0


def main(words: list[str]) -> int:
    """Run one of the two commands; returns the exit status."""
    if words[:1] == ["record"]:
        return record()
    if words[:1] == ["prove"]:
        from tests.golden.prove import prove

        return prove(words[1:])
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
