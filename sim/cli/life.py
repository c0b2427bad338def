"""`gongzhi show life`: the states that the file of a case may have, and what may follow each."""

from __future__ import annotations

from sim.cli.lines import say, table
from sim.model.cases.life import ALLOWED
from sim.vocabulary.codes import File
from sim.vocabulary.words import label

YES, NO = "●", "·"


def state(file: File, lang: str) -> str:
    """A state of the file in words."""
    return label(f"file.{file.name.lower()}", lang)


def lines(lang: str) -> list[str]:
    """The table of what may follow what, drawn as a list and as a square."""
    follows = [(state(a, lang), "→", ", ".join(state(b, lang) for b in ALLOWED[a])) for a in File]
    return [say("life", lang), "", *table(follows), "", *table(square(lang))]


def square(lang: str) -> list[tuple[str, ...]]:
    """From the state of a row to that of a column; columns are numbered as rows are."""
    head = ("", *(str(b + 1) for b in File))
    return [head, *((f"{a + 1:>2} {state(a, lang)}", *(YES if b in ALLOWED[a] else NO for b in File)) for a in File)]
