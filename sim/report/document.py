"""What a brief consists of, before anybody sets it as a page, a slide or a sheet: sections of plain blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.report.pictures import Picture
    from sim.store import StoredStudy


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True)
class Points:
    """Sentences one below the other."""

    items: Sequence[str]


@dataclass(frozen=True)
class Card:
    """One headline number: the number, what it counts, and how sure it is."""

    number: str
    what: str
    detail: str


@dataclass(frozen=True)
class Cards:
    """Headline numbers side by side."""

    cards: Sequence[Card]


@dataclass(frozen=True)
class Row:
    """One line of a table; `arm` is the arm that it is about, where there is one."""

    cells: Sequence[str]
    arm: str = ""


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first column names the rows, the others hold numbers where `numbers` is true."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Row]
    note: str = ""
    numbers: bool = True


@dataclass(frozen=True)
class Code:
    """Lines to type."""

    lines: Sequence[str]


Block = Paragraph | Points | Cards | Table | Code


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it; the pictures follow the text."""

    name: str
    title: str
    blocks: Sequence[Block]
    pictures: Sequence[Picture] = ()
    boxed: bool = False


@dataclass(frozen=True)
class Brief:
    """A whole brief in one language. `further` are charts that a page of paper leaves out."""

    study: StoredStudy
    lang: str
    kicker: str
    title: str
    question: str
    notice: str
    footer: str
    sections: Sequence[Section]
    further: Sequence[Picture] = field(default=())
    further_title: str = ""
