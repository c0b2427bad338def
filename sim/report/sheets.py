"""The numbers of a brief as a workbook: one sheet a table, numbers as numbers, and every difference of the study."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
import xlsxwriter

from sim.report.chart_data import ARMS, INDICATORS
from sim.report.document import Brief, Table
from sim.report.facts import Facts
from sim.report.language import Voice, column, say, verdict

FONT = {"zh": "等线", "en": "Calibri"}
NAME = 31  # letters that a sheet's name may have
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
SHOWN = (
    "arm", "indicator", "unit", "n", "mean_baseline", "mean_arm", "difference", "ci_low", "ci_high", "standardised",
    "paired_correlation", "verdict",
)  # fmt: skip


def xlsx(brief: Brief) -> bytes:
    """The workbook as a file."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "nan_inf_to_errors": False})
    book.set_properties({"title": brief.title, "author": "Gongzhi"})
    writer = _Writer(book, brief)
    writer.about()
    for section in brief.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                writer.table(section.title, block)
    voice = Voice(brief.study, brief.lang)
    for picture in [*(p for section in brief.sections for p in section.pictures), *brief.further]:
        writer.frame(picture.label, picture.title, picture.rows, voice)
    effects = Facts(brief.study).effects
    writer.frame(say("sheet effects", brief.lang), say("sheet effects", brief.lang), effects[list(SHOWN)], voice)
    book.close()
    return target.getvalue()


class _Writer:
    def __init__(self, book: Any, brief: Brief) -> None:
        self.book, self.brief, self.used = book, brief, set[str]()
        look = {"font_name": FONT.get(brief.lang, FONT["en"]), "valign": "top"}
        self.plain = book.add_format(look)
        self.wrapped = book.add_format({**look, "text_wrap": True})
        self.head = book.add_format({**look, "text_wrap": True, "bg_color": "#EEF4F8", "bottom": 1})
        self.title = book.add_format({**look, "font_size": 16, "font_color": "#00558A"})

    def sheet(self, name: str) -> Any:
        short = name.translate(FORBIDDEN).strip()[:NAME]
        number = 2
        while short.lower() in self.used:
            short = f"{name.translate(FORBIDDEN).strip()[: NAME - 3]} {number}"
            number += 1
        self.used.add(short.lower())
        return self.book.add_worksheet(short)

    def about(self) -> None:
        brief = self.brief
        sheet = self.sheet(say("sheet about", brief.lang))
        sheet.set_column(0, 0, 110)
        sheet.write_string(0, 0, brief.title, self.title)
        for row, text in enumerate([brief.question, brief.notice, *brief.footer.split("\n")], start=1):
            sheet.write_string(row, 0, text, self.wrapped)

    def table(self, name: str, table: Table) -> None:
        sheet = self.sheet(name)
        rows = [list(row.cells) for row in table.rows]
        self._lines(sheet, table.caption, table.columns, rows, [30, *[22] * (len(table.columns) - 1)])
        sheet.write_string(len(rows) + 3, 0, table.note, self.plain)

    def frame(self, name: str, caption: str, rows: pd.DataFrame, voice: Voice) -> None:
        heads = [column(str(key), voice.lang) for key in rows.columns]
        lines = ([_worded(str(key), value, voice) for key, value in zip(rows.columns, line, strict=True)]
                 for line in rows.itertuples(index=False, name=None))  # fmt: skip
        self._lines(self.sheet(name), caption, heads, lines, [26, 30, *[13] * (len(heads) - 2)])

    def _lines(
        self, sheet: Any, caption: str, heads: Sequence[str], rows: Iterable[Sequence[Any]], widths: Sequence[float]
    ) -> None:
        sheet.write_string(0, 0, caption, self.plain)
        for place, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(1, place, head, self.head)
        for at, row in enumerate(rows, start=2):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(at, place, value, self.wrapped)
                elif math.isfinite(value):
                    sheet.write_number(at, place, value, self.plain)
        sheet.freeze_panes(2, 1)


def _worded(key: str, value: Any, voice: Voice) -> str | float:
    """A cell: numbers stay numbers, names get the words of the language."""
    if isinstance(value, str):
        if key in ARMS:
            return voice.arm(value)
        if key in INDICATORS:
            return voice.indicator(value)
        return verdict(value, voice.lang) if key == "verdict" else value
    return float("nan") if value is None else float(value)
