"""Factors for a closer look: those that mattered most in a stored Morris study, as settings for the next study."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.store import open_study
from sim.study.errors import StudyError
from sim.study.show import say

if TYPE_CHECKING:
    from rich.console import Console

TOP = 8


def settings(folder: str | Path, top: int | None, overrides: Sequence[str], console: Console) -> list[str]:
    """The overrides with `design.factors` set to the factors that matter most in a Morris study; prints which.

    Raises StudyError where the folder holds no finished study of that kind, StoreError where it holds no study.
    """
    from sim.analysis.sensitivity import NotOfThisKind, screening_table

    if any(word.startswith("design.factors=") for word in overrides):
        raise StudyError("on the command line: from= chooses the factors and so does design.factors=; give one of them")
    stored = open_study(folder)
    named = [name for name in stored.study["indicators"] if name in stored.runs.columns]
    try:
        table = screening_table(stored, named)
    except NotOfThisKind as wrong:
        raise StudyError(
            f"from={folder}: {wrong}; name the folder of a study such as `gongzhi study sensitivity`"
        ) from None
    chosen = table.head(top or TOP)
    say(
        console,
        f"factors that matter most in {stored.path.name}, in percent of all (levels, differences between arms):",
    )
    for row in chosen.itertuples(index=False):
        parts = [f"{100 * value:.1f}" for value in (row.level, row.difference) if value == value]
        say(console, f"  {row.factor}: {', '.join(parts)}")
    left = table["share"].iloc[len(chosen) :].sum()
    say(console, f"  {len(table) - len(chosen)} others are left as stated; together {100 * left:.0f}%")
    return [*overrides, f"design.factors=[{','.join(chosen['factor'])}]"]
