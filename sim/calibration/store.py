"""The accepted sets as data with their provenance: accepted.csv and accepted.yaml, from which studies draw."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.calibration.protocol import Protocol
from sim.calibration.search import Found, shrinkage
from sim.charts.registry import PATTERNS
from sim.identity import MODEL_VERSION
from sim.scenario.places import PACKAGE, config_dir
from sim.scenario.uncertainty import ABOUT, FOLDER, ID, SETS
from sim.store.atomic import write_text
from sim.vocabulary.words import LANGS, say

if TYPE_CHECKING:
    import pandas as pd

PRIORS = "priors.csv"  # each prior and what is left of it


def _head() -> str:
    return "".join(f"# {say('study.origin', lang)}\n" for lang in reversed(LANGS))


def write(
    folder: Path, protocol: Protocol, found: Found, sets: Sequence[Mapping[str, float]], frame: pd.DataFrame | None
) -> None:
    """Write the sets, what they were accepted on and what came of each prior; `frame` is the table of patterns.

    Without a table nothing is claimed to be shown yet.
    """
    import yaml

    folder.mkdir(parents=True, exist_ok=True)
    left = shrinkage(protocol, protocol.points(sets))
    about: dict[str, Any] = {
        "model_version": MODEL_VERSION,
        "era": protocol.era,
        "community": protocol.community,
        "patterns": list(protocol.patterns),
        "passed": [] if frame is None else list(dict.fromkeys(frame.loc[frame["pattern_passed"], "pattern"])),
        "set_aside": list(found.set_aside),
        "accepted": len(sets),
        "runs_of_the_search": int(sum(w["runs"] for w in found.waves)),
        "waves": [{k: round(v, 4) for k, v in w.items()} for w in found.waves],
        "runs_of_the_ensemble": 0 if frame is None else {r.check: int(r.runs) for r in frame.itertuples()},
        "search": dict(protocol.search),
        "scenario": list(protocol.common),
        "tolerances": {c.name: [_end(c.low), _end(c.high)] for c in protocol.checks},
        "shrinkage": {name: round(value, 3) for name, value in left.items()},
    }
    text = yaml.safe_dump(about, allow_unicode=True, sort_keys=False, width=120)
    write_text(folder / ABOUT, _head() + text)
    names = [p.name for p in protocol.priors]
    write_text(folder / SETS, _csv([ID, *names], [[i, *(one[n] for n in names)] for i, one in enumerate(sets)]))
    rows = []
    for p in protocol.priors:
        values = np.array([one[p.name] for one in sets])
        low, middle, high = (float(f"{v:.4g}") for v in np.quantile(values, (0.05, 0.5, 0.95)))
        rows.append([p.name, p.unit, p.value, p.low, p.high, low, middle, high, round(left[p.name], 3), p.source])
    head = ["parameter", "unit", "stated", "prior_low", "prior_high", "q05", "median", "q95", "shrinkage", "source"]
    write_text(folder / PRIORS, _csv(head, rows))
    if frame is not None:
        write_patterns(folder, frame)


def write_verdict(folder: Path, frame: pd.DataFrame) -> None:
    """Put the verdict on the patterns beside sets that are stored already."""
    import yaml

    about = yaml.safe_load((folder / ABOUT).read_text(encoding="utf-8"))
    about["passed"] = list(dict.fromkeys(frame.loc[frame["pattern_passed"], "pattern"]))
    about["runs_of_the_ensemble"] = {r.check: int(r.runs) for r in frame.itertuples()}
    write_text(folder / ABOUT, _head() + yaml.safe_dump(about, allow_unicode=True, sort_keys=False, width=120))
    write_patterns(folder, frame)


def write_patterns(folder: Path, frame: pd.DataFrame) -> None:
    """Write the table of pass and fail."""
    write_text(folder / PATTERNS, frame.round(4).to_csv(index=False, lineterminator="\n"))


def installed() -> Path | None:
    """Where the program looks for accepted sets, when it runs from a checkout and may write there; else None."""
    return config_dir() / FOLDER if not (PACKAGE / "_configs").is_dir() else None


def _end(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _csv(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()
