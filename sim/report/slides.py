"""The brief as slides: one chart a slide with its sentence as the title, tables and text that can be edited."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from sim.report.document import Block, Brief, Cards, Code, Paragraph, Points, Section, Table
from sim.report.language import say
from sim.report.pictures import Picture

FONT = "Microsoft YaHei"  # Office has it on every Chinese system; others put their own Chinese type in its place
COLOUR: Any = RGBColor  # published without types
INK, GREY, BLUE, PAPER = (COLOUR.from_string(name) for name in ("1A1A1A", "595959", "00558A", "FFFFFF"))
WIDE, HIGH, MARGIN = 13.333, 7.5, 0.6  # inches
TOP, BOTTOM = 1.45, 6.75  # of what stands between title and footer
TITLE_ONLY = 5  # the layout of python-pptx's own template
LINES = 12  # of a table on one slide
LETTERS = 1100  # of running text on one slide, a Chinese character counting two


def pptx(brief: Brief) -> bytes:
    """The slides as a file."""
    slides = Presentation()
    slides.slide_width, slides.slide_height = Inches(WIDE), Inches(HIGH)
    first = _slide(slides, brief, brief.title, 34)
    _text(first, [brief.question], 22, top=1.7)
    _text(first, [brief.kicker, brief.notice], 14, top=5.4, colour=GREY)
    for section in brief.sections:
        _section(slides, brief, section)
    for picture in brief.further:
        _picture(slides, brief, picture)
    target = io.BytesIO()
    slides.save(target)
    return target.getvalue()


def _section(slides: Any, brief: Brief, section: Section) -> None:
    """Headline numbers, then all running text together, then tables and pictures, one a slide."""
    for block in section.blocks:
        if isinstance(block, Cards):
            _cards(_slide(slides, brief, section.title), block)
    for lines in _pages([line for block in section.blocks for line in _lines(block)]):
        _text(_slide(slides, brief, section.title), lines, 16)
    for block in section.blocks:
        if isinstance(block, Table):
            for start in range(0, len(block.rows), LINES):
                _table(_slide(slides, brief, block.caption, 20), block, start)
    for picture in section.pictures:
        _picture(slides, brief, picture)


def _cards(slide: Any, block: Cards) -> None:
    wide = (WIDE - 2 * MARGIN) / len(block.cards)
    for place, card in enumerate(block.cards):
        left = MARGIN + place * wide
        _text(slide, [card.what], 16, 1.8, left, wide - 0.2, GREY)
        _text(slide, [card.number], 24, 2.7, left, wide - 0.2, BLUE)
        _text(slide, [card.detail], 13, 3.5, left, wide - 0.2, GREY)


def _lines(block: Block) -> list[str]:
    if isinstance(block, Points):
        return [f"– {item}" for item in block.items]
    if isinstance(block, Code):
        return list(block.lines)
    return [block.text] if isinstance(block, Paragraph) else []


def _pages(lines: Sequence[str]) -> list[list[str]]:
    """Lines by slide."""
    pages: list[list[str]] = []
    for line in lines:
        if not pages or sum(map(_weight, [*pages[-1], line])) > LETTERS:
            pages.append([])
        pages[-1].append(line)
    return pages


def _weight(text: str) -> int:
    return sum(2 if letter > "\u2e80" else 1 for letter in text)


def _slide(slides: Any, brief: Brief, title: str, points: float = 24) -> Any:
    slide = slides.slides.add_slide(slides.slide_layouts[TITLE_ONLY])
    head = slide.shapes.title
    head.left, head.top = Inches(MARGIN), Inches(0.35)
    head.width, head.height = Inches(WIDE - 2 * MARGIN), Inches(1.0)
    head.text_frame.word_wrap, head.text_frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
    shrunk = points if _weight(title) < 150 else points - 6
    _run(head.text_frame.paragraphs[0], title, shrunk, BLUE)
    _text(slide, brief.footer.split("\n"), 9, BOTTOM + 0.1, colour=GREY)
    return slide


def _text(
    slide: Any, lines: Sequence[str], points: float, top: float = TOP + 0.1, left: float = MARGIN,
    width: float = WIDE - 2 * MARGIN, colour: RGBColor = INK,
) -> None:  # fmt: skip
    frame = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(0.5)).text_frame
    frame.word_wrap = True
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(points / 2)
        _run(paragraph, line, points, colour)


def _run(paragraph: Any, text: str, points: float, colour: RGBColor) -> None:
    paragraph.alignment = None
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold, run.font.name, run.font.color.rgb = Pt(points), False, FONT, colour
    properties = run._r.get_or_add_rPr()
    east = properties.makeelement(qn("a:ea"), {"typeface": FONT})
    properties.find(qn("a:latin")).addnext(east)


def _table(slide: Any, table: Table, start: int) -> None:
    rows = table.rows[start : start + LINES]
    many = len(table.columns)
    points = 12 if many <= 5 else 10
    frame = slide.shapes.add_table(
        len(rows) + 1, many, Inches(MARGIN), Inches(TOP), Inches(WIDE - 2 * MARGIN), Inches(0.3 * (len(rows) + 1))
    )
    first = 0.26 if many > 2 else 0.3
    widths = [first, *[(1 - first) / (many - 1)] * (many - 1)]
    for column, share in zip(frame.table.columns, widths, strict=True):
        column.width = Emu(int(share * Inches(WIDE - 2 * MARGIN)))
    for at, cells in enumerate([table.columns, *[row.cells for row in rows]]):
        for place, text in enumerate(cells):
            cell = frame.table.cell(at, place)
            cell.margin_top = cell.margin_bottom = Inches(0.02)
            paragraph = cell.text_frame.paragraphs[0]
            _run(paragraph, text.replace("\n", "  "), points, PAPER if at == 0 else INK)
    if table.note:
        _text(slide, [table.note], 11, BOTTOM - 0.3, colour=GREY)


def _picture(slides: Any, brief: Brief, picture: Picture) -> None:
    shown = picture.in_style("slide")
    slide = _slide(slides, brief, shown.title, 22)
    placed = slide.shapes.add_picture(io.BytesIO(shown.draw("png")), Inches(MARGIN), Inches(TOP))
    room = (WIDE - 2 * MARGIN, BOTTOM - 0.55 - TOP)
    scale = min(Inches(room[0]) / placed.width, Inches(room[1]) / placed.height)
    placed.width, placed.height = Emu(int(placed.width * scale)), Emu(int(placed.height * scale))
    placed.left = Emu(int((slides.slide_width - placed.width) / 2))
    placed._element.nvPicPr.cNvPr.set("descr", say("text of", brief.lang, name=shown.label, question=shown.title))
    _text(slide, [shown.subtitle], 11, BOTTOM - 0.5, colour=GREY)
    slide.notes_slide.notes_text_frame.text = f"{shown.question}\n{shown.title}\n{shown.subtitle}"
