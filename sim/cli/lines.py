"""What the command line says, and how it stands on a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from sim.vocabulary import words

say = words.room("cli")


def width(text: str) -> int:
    """Columns that a text takes on a terminal; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def pad(text: str, columns: int) -> str:
    """The text filled with blanks to a width."""
    return text + " " * max(0, columns - width(text))


def table(rows: Sequence[tuple[str, ...]], indent: str = "  ") -> list[str]:
    """Lines of a table whose columns stand under each other."""
    if not rows:
        return []
    widths = [max(width(r[i]) for r in rows) for i in range(len(rows[0]))]
    return [(indent + "  ".join(pad(c, w) for c, w in zip(r, widths, strict=True))).rstrip() for r in rows]
