"""How the accepted ensemble shows each pattern: pass or fail, by set and over all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.calibration.protocol import Protocol

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
COLUMNS = (
    "pattern", "pattern_zh", "pattern_en", "check", "check_zh", "check_en", "unit", "low", "high", "sign",
    "mean", "set_low", "set_high", "sets_inside", "sets", "runs",
    "passed", "pattern_passed",
)  # fmt: skip
HALF = 0.5
ENDS = (0.05, 0.95)  # of the means of the sets


def by_set(runs: pd.DataFrame, sets: int) -> dict[str, Array]:
    """The mean of each measure over the seeds of a set; replicate r ran set r modulo the number of sets."""
    done = runs[runs["status"] == "ok"]
    group = done["replicate"].to_numpy() % sets
    found = {}
    for name in done.columns:
        if done[name].dtype.kind != "f" or name.startswith(("exec_", "budget_")):
            continue
        values = done[name].to_numpy(dtype=float)
        known = np.isfinite(values)
        size = np.bincount(group[known], minlength=sets)
        total = np.bincount(group[known], values[known], sets)
        found[name] = np.divide(total, size, out=np.full(sets, np.nan), where=size > 0)
    return found


def table(protocol: Protocol, means: Mapping[str, Array], runs: Mapping[str, int]) -> pd.DataFrame:
    """One row a check. A sign passes when enough sets have it; a range when the mean of the ensemble and at least half
    of the sets lie in it. A pattern passes when all its checks do.

    `sets_inside` is the share of sets whose own mean over their seeds lies in the tolerance.
    """
    import pandas as pd

    enough = float(protocol.ensemble["sign"])
    rows: list[dict[str, Any]] = []
    for check in protocol.checks:
        values = means.get(check.name, np.empty(0))
        known = values[np.isfinite(values)]
        inside = float(check.holds(known).mean()) if len(known) else 0.0
        middle = float(known.mean()) if len(known) else np.nan
        low, high = np.quantile(known, ENDS) if len(known) else (np.nan, np.nan)
        passed = inside >= enough if check.sign else bool(check.holds(middle)) and inside >= HALF
        rows.append(
            {
                "pattern": check.pattern, "check": check.name, "unit": check.unit, "low": check.low,
                **{f"pattern_{lang}": text for lang, text in protocol.labels[check.pattern].items()},
                **{f"check_{lang}": text for lang, text in check.label.items()},
                "high": check.high, "sign": check.sign, "mean": middle, "set_low": low, "set_high": high,
                "sets_inside": inside, "sets": len(known), "runs": runs.get(check.name, 0), "passed": passed,
            }
        )  # fmt: skip
    frame = pd.DataFrame(rows)
    frame["pattern_passed"] = frame.groupby("pattern")["passed"].transform("all")
    return frame[list(COLUMNS)]


def passed(frame: pd.DataFrame) -> list[str]:
    """Ids of the patterns that the ensemble shows."""
    return [str(p) for p in dict.fromkeys(frame.loc[frame["pattern_passed"], "pattern"])]
