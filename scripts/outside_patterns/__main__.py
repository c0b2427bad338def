"""Patterns known from elsewhere, tried on the program by configuration alone: the table in docs/outside_checks.md.

python scripts/outside_patterns            all patterns, three seeds each, about two minutes on one core
python scripts/outside_patterns P05 P16    some of them

A rule for "shown" stands beside each pattern, was written before the numbers, and no parameter was set to meet it.
"""

from __future__ import annotations

import sys

import of_bodies  # noqa: F401
import of_residents  # noqa: F401
from asking import PATTERNS, SEEDS

from sim.identity import MODEL_VERSION


def main(wanted: list[str]) -> int:
    unknown = [w for w in wanted if w not in PATTERNS]
    if unknown:
        print(f"there is no pattern {unknown[0]!r}; it can be {', '.join(sorted(PATTERNS))}", file=sys.stderr)
        return 2
    print(f"Model version {MODEL_VERSION}, seeds {', '.join(map(str, SEEDS))}\n")
    print("| | pattern | asked for | came out | counts as shown when | |\n|---|---|---|---|---|---|")
    for number in wanted or sorted(PATTERNS):
        expected, rule, asked, function = PATTERNS[number]
        text, shown = function()
        verdict = "shown" if shown else "**not shown**"
        print(f"| {number} | {expected} | `{asked}` | {text} | {rule} | {verdict} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
