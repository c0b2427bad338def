"""The recorded values of the battery, and in what a run is unlike them.

`exact/<machine type>.csv` holds a digest of every column in every town and is compared to the bit on machines of that
type; `sums.csv` holds sums, compared within TOLERANCE on all others; `version.txt` is the model version they belong to.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from tests.golden.battery import HERE

EXACT, SUMS, VERSION = "exact", "sums.csv", "version.txt"
TOLERANCE = 1e-6  # relative; a last bit rounded otherwise moves a sum by some 1e-12, a decision that flips by 1e-4

Cells = Mapping[str, Mapping[str, str]]


def recorded_version() -> str:
    """Model version of the records."""
    return (HERE / VERSION).read_text(encoding="utf-8").strip()


def unlike(recorded: Cells, found: Cells) -> list[tuple[str, str]]:
    """(town, column) of every value that is not as recorded.

    A column under another name is no other behaviour: its values are looked for among the recorded columns that are
    gone, and the same of a column without a name in the record.
    """
    wrong = []
    for town, own in found.items():
        if town not in recorded:
            continue  # a new town is recorded, not compared
        before = recorded[town]
        gone = [before[name] for name in before if name not in own]
        for name, value in own.items():
            if name in before:
                if before[name] != value:
                    wrong.append((town, name))
            elif value in gone:
                gone.remove(value)
            else:
                wrong.append((town, name))
    return wrong


def far(recorded: Cells, found: Mapping[str, Mapping[str, float]]) -> list[tuple[str, str]]:
    """(town, column) of every sum that is further than TOLERANCE from the recorded one."""
    return [
        (town, name)
        for town, own in found.items()
        for name, value in own.items()
        if not math.isclose(value, float(recorded[town][name]), rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    ]
