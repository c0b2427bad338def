"""`gongzhi charts DIR`: draw the charts of a stored study again; nothing is run."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.vocabulary.errors import ScenarioError, close
from sim.vocabulary.words import LANGS, say

OPTIONS = ("configs", "lang", "langs", "only", "style")


def main(folder: str, options: Mapping[str, Any]) -> int:
    """Draw all charts that the study has the data for, or those named; returns the exit status."""
    from sim.charts import STYLES, charts, draw
    from sim.store import StoreError
    from sim.study.conduct import available_cores

    for name in options:
        if name not in OPTIONS:
            raise ScenarioError(f"gongzhi charts has no option {name}=; it has lang, only, style")
    style = str(options.get("style") or "page")
    if style not in STYLES:
        raise ScenarioError(f"on the command line: style is {style!r}; {close(style, STYLES)}")
    for name in options.get("only") or ():
        if name not in charts():
            raise ScenarioError(f"there is no chart {name!r}; {close(name, charts())}")
    lang = str(options["lang"])
    try:
        langs, only = options.get("langs") or LANGS, options.get("only")
        drawn = draw(folder, langs, style, only, told=_told, workers=available_cores())
    except StoreError as failed:
        raise ScenarioError(str(failed)) from failed
    _told("")
    for name, reason in drawn.left_out.items():
        print(say("cli.not_drawn", lang, name=name, reason=reason[lang]))
    if not drawn:
        print(say("cli.nothing_drawn", lang))
        return 1
    print(say("cli.drawn", lang, count=len(drawn), folder=Path(drawn[0]).parent))
    return 0


def _told(name: str) -> None:
    """The chart that is being drawn, on one line of a terminal that it leaves clean."""
    if sys.stderr.isatty():
        print(f"\r{name:<40}\r", end="", file=sys.stderr, flush=True)
