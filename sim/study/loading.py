"""A named study as the command line asks for it: what does not fit is said in one sentence, warnings as notes."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sim.study.errors import StudyError
from sim.study.finish import PHASES
from sim.study.show import say
from sim.vocabulary.errors import close

if TYPE_CHECKING:
    from rich.console import Console

COUNTS = {"replicates": 1, "least": 3, "most": 1}  # and the smallest that makes sense
MOST_REPLICATES = 1_000_000
AUTO = "auto"


def load(name: str, words: Sequence[str], console: Console) -> Any:
    """The study with these settings. Raises StudyError or ScenarioError."""
    from pydantic import ValidationError

    from sim.scenario import load_study

    check_counts(words)
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


def check_counts(words: Sequence[str]) -> None:
    """Raise StudyError for numbers of replicates on the command line that are none or out of bounds."""
    for word in words:
        key, _, value = word.partition("=")
        if key not in COUNTS or (key == "replicates" and value.strip() == AUTO):
            continue
        low, number = COUNTS[key], value.strip()
        if not (number.isascii() and number.isdigit() and low <= int(number) <= MOST_REPLICATES):
            or_auto = f", or {AUTO}" if key == "replicates" else ""
            raise StudyError(
                f"on the command line: {key} is {value!r}; "
                f"it must be a whole number between {low} and {MOST_REPLICATES:,}{or_auto}"
            )


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
