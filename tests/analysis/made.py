"""Runs with stated values."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd


def runs(values: Mapping[str, np.ndarray], names: tuple[str, ...] = ("solved",)) -> pd.DataFrame:
    """A table of runs from arm -> [indicator, point, replicate]."""
    rows = []
    for arm, numbers in values.items():
        for point in range(numbers.shape[1]):
            for replicate in range(numbers.shape[2]):
                keys = {"run_id": f"{arm}-{point}-{replicate}", "point": point, "arm": arm, "replicate": replicate}
                found = {name: numbers[k, point, replicate] for k, name in enumerate(names)}
                rows.append({**keys, "status": "ok", "message": "", **found})
    return pd.DataFrame(rows)
