"""A named study as the command line asks for it: what does not fit is said in one sentence, warnings as notes."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.scenario.errors import close
from sim.study.errors import StudyError
from sim.study.finish import PHASES
from sim.study.show import say

if TYPE_CHECKING:
    from rich.console import Console


def load(name: str, words: Sequence[str], console: Console) -> Any:
    """The study with these settings. Raises StudyError or ScenarioError."""
    from pydantic import ValidationError

    from sim.scenario import load_study

    with warnings.catch_warnings(record=True) as noted:
        warnings.simplefilter("always")
        try:
            study = load_study(name, words)
        except ValidationError as wrong:
            first = wrong.errors()[0]
            key = ".".join(str(part) for part in first["loc"])
            raise StudyError(
                f"study {name}: {key} of its {wrong.title.lower()} is {first['input']!r}: {first['msg']}"
            ) from None
    check_indicators(study)
    for text in dict.fromkeys(" ".join(str(warning.message).split()) for warning in noted):
        say(console, f"note: {text}")
    return study


def check_indicators(study: Any) -> None:
    """Raise StudyError when a study shows, or wants the precision of, something that is no indicator."""
    from sim.observe.indicators import INDICATORS

    known = {name + phase for name in INDICATORS for phase in PHASES}
    widths = study.precision.widths if study.precision else ()
    for key, names in (("indicators", study.indicators), ("precision", widths)):
        for name in names:
            if name not in known:
                meant = close(name, known)
                raise StudyError(f"study {study.name}: {key} names {name!r}, which is no indicator; {meant}")
