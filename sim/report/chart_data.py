"""The table behind a chart, with the words of a language for its columns, arms and indicators."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sim.charts import prose
from sim.report.document import Row, Table
from sim.report.language import Voice, column, verdict
from sim.report.pictures import Picture

ARMS, INDICATORS = ("arm", "baseline", "around"), ("indicator", "handling_record", "residents", "measure", "budget")
DROPPED = ("better", "effect_size_a")  # said by the verdict, or kept for the table of all differences


def behind(picture: Picture) -> Table:
    """The numbers that a chart was drawn from, as they are stored: shares as shares, not as per cent."""
    voice = Voice(picture.setting.study, picture.setting.lang)
    rows = picture.rows
    names = [name for name in rows.columns if name not in DROPPED and not rows[name].isna().all()]
    lines = [
        Row([_cell(name, value, voice) for name, value in zip(names, line, strict=True)], _arm(rows, at))
        for at, line in enumerate(rows[names].itertuples(index=False, name=None))
    ]
    heads = [column(str(name), voice.lang) for name in names]
    return Table(picture.label, heads, lines, numbers=False)


def _arm(rows: pd.DataFrame, at: int) -> str:
    return str(rows["arm"].iloc[at]) if "arm" in rows else ""


def _cell(name: str, value: Any, voice: Voice) -> str:
    if value is None or isinstance(value, bool):
        return "✓" if value else "–"
    if isinstance(value, str):
        if name in ARMS:
            return voice.arm(value)
        if name in INDICATORS:
            return voice.indicator(value)
        if name == "verdict":
            return verdict(value, voice.lang)
        if name == "unit":
            return prose.unit_text(value, voice.lang)
        if name == "mechanism":
            return voice.setting.choice(value)
        return prose.readable(value)
    return value_text(float(value))


def value_text(value: float) -> str:
    """A number to four digits with a true minus sign."""
    if pd.isna(value):
        return "–"
    if value == int(value) and abs(value) < 1e6:
        return f"{value:,.0f}".replace("-", prose.MINUS)
    return (f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}").replace("-", prose.MINUS)
