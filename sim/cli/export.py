"""`gongzhi export`: write the tables of a stored study in the forms that other programs read."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.cli.lines import say
from sim.vocabulary.errors import ScenarioError

OPTIONS = ("lang", "langs", "format", "results_dir", "configs")


def main(folder: str, options: Mapping[str, Any]) -> int:
    """Write the forms asked for (format=csv,xlsx,salib,ema) beside the study, or into results_dir=; returns 0 or 2."""
    from sim.store import StoreError, open_study
    from sim.store.export import export

    for key in options:
        if key not in OPTIONS:
            raise ScenarioError(f"gongzhi export has no option {key}=; it has format, results_dir, lang")
    try:
        stored = open_study(folder)
        out = Path(options["results_dir"]) if options.get("results_dir") else stored.path / "export"
        for path in export(stored, options.get("format") or ("csv",), out):
            print(say("exported", options["lang"], path=path))
    except StoreError as failed:
        print(f"gongzhi: {failed}", file=sys.stderr)
        return 2
    return 0
