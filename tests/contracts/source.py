"""Reading the program's own source: its files, and which of them name a column."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import sim

PACKAGE = Path(sim.__file__).parent


@functools.cache
def sources(*suffixes: str) -> dict[str, str]:
    """Text of all files of the package with these endings, by path below it."""
    return {
        p.relative_to(PACKAGE).as_posix(): p.read_text(encoding="utf-8")
        for p in sorted(PACKAGE.rglob("*"))
        if p.suffix in suffixes and "__pycache__" not in p.parts
    }


@functools.cache
def mentions(column: str) -> tuple[str, ...]:
    """Files that name a column, as "table.name" or as an argument table_name."""
    table, _, name = column.partition(".")
    word = re.compile(rf"\b{re.escape(table)}[._]{re.escape(name)}\b")
    return tuple(path for path, text in sources(".py").items() if word.search(text))
