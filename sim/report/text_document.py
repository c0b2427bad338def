"""The brief as a text document that can be edited: headings, sentences, tables and pictures."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from sim.report.document import Block, Brief, Cards, Code, Paragraph, Points, Table
from sim.report.language import say
from sim.report.pictures import Picture

# Names that Chinese Office has: Song for the text, Hei for headings; others put their own Chinese type in their place
TEXT, HEAD = ("Times New Roman", "宋体"), ("Arial", "黑体")
GREY, BLUE = RGBColor(0x59, 0x59, 0x59), RGBColor(0x00, 0x55, 0x8A)
WIDE = 16.5  # cm of text on A4
SIZES = {"Normal": 10.5, "Title": 22, "Heading 1": 15, "Heading 2": 11}


def docx(brief: Brief) -> bytes:
    """The document as a file."""
    made = Document()
    _looks(made)
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm((21 - WIDE) / 2)
    _small(page.footer.paragraphs[0], brief.footer, 7)
    made.core_properties.title, made.core_properties.author = brief.title, "Gongzhi"
    _small(made.add_paragraph(), brief.kicker)
    made.add_heading(brief.title, 0)
    made.add_paragraph(brief.question)
    _small(made.add_paragraph(), brief.notice)
    for section in brief.sections:
        made.add_heading(section.title, 1)
        for block in section.blocks:
            _block(made, block)
        for picture in section.pictures:
            _picture(made, picture)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def _looks(made: Any) -> None:
    for name, points in SIZES.items():
        style = made.styles[name]
        latin, east = TEXT if name == "Normal" else HEAD
        style.font.name, style.font.size, style.font.bold = latin, Pt(points), False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(key), None)
        fonts.set(qn("w:hAnsi"), latin)
        fonts.set(qn("w:eastAsia"), east)
        if name != "Normal":
            style.font.color.rgb = BLUE


def _small(paragraph: Any, text: str, points: float = 9) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(points), GREY


def _block(made: Any, block: Block) -> None:
    if isinstance(block, Paragraph):
        made.add_paragraph(block.text)
    elif isinstance(block, Points):
        for item in block.items:
            made.add_paragraph(item, style="List Bullet")
    elif isinstance(block, Code):
        for line in block.lines:
            _small(made.add_paragraph(), line)
    elif isinstance(block, Cards):
        for card in block.cards:
            paragraph = made.add_paragraph()
            paragraph.add_run(f"{card.what}  ")
            number = paragraph.add_run(card.number)
            number.font.size, number.font.color.rgb = Pt(14), BLUE
            _small(paragraph, f"  {card.detail}")
    else:
        _table(made, block)


def _table(made: Any, table: Table) -> None:
    caption = made.add_paragraph()
    caption.paragraph_format.keep_with_next = True
    caption.add_run(table.caption)
    found = made.add_table(rows=1, cols=len(table.columns), style="Light List Accent 1")
    for cell, text in zip(found.rows[0].cells, table.columns, strict=True):
        _cell(cell, text)
    for row in table.rows:
        for cell, text in zip(found.add_row().cells, row.cells, strict=True):
            _cell(cell, text)
    for line in found.rows:  # on one page where it fits, and no line over two
        properties = line._tr.get_or_add_trPr()
        properties.append(properties.makeelement(qn("w:cantSplit"), {}))
    for line in list(found.rows)[:-1]:
        for cell in line.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    _small(made.add_paragraph(), table.note, 8)


def _cell(cell: Any, text: str) -> None:
    run = cell.paragraphs[0].add_run(text)
    run.font.size, run.font.bold = Pt(8), False


def _picture(made: Any, picture: Picture) -> None:
    made.add_heading(picture.title, 2)
    shape = made.add_picture(io.BytesIO(picture.draw("png")), width=Cm(WIDE))
    made.paragraphs[-1].paragraph_format.keep_with_next = True
    alt = say("text of", picture.setting.lang, name=picture.label, question=picture.title)
    shape._inline.docPr.set("descr", alt)
    _small(made.add_paragraph(), picture.subtitle, 8)
