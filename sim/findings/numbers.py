"""Numbers of the findings in words: values with units, shares, intervals, and the names of arms and archetypes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from sim.analysis.claims import ALL, Measure
from sim.analysis.verdicts import Estimate
from sim.charts import prose as chart_words
from sim.vocabulary.words import room

say = room("findings")

PERCENT = 100.0


def amount(value: float, measure: Measure, lang: str, *, signed: bool = True) -> str:
    """A value of a measure with its unit: per cent where it is relative, points of a share, standard deviations."""
    if math.isnan(value):
        return "–"
    if measure.relative:
        return f"{chart_words.number(value * PERCENT, 1, signed=signed)}%"
    if measure.sd:
        return f"{chart_words.number(value, 2, signed=signed)} {say('sd', lang)}"
    return quantity(value, chart_words.indicator(measure.indicators[0]).unit, lang, signed=signed)


def quantity(value: float, unit: str, lang: str, *, signed: bool = True) -> str:
    """A difference of an indicator with its unit."""
    shown = value * chart_words.factor(unit)
    name = chart_words.unit_text(unit, lang, difference=True)
    return f"{chart_words.number(shown, chart_words.decimals(shown), signed=signed)} {name}".strip()


def share(value: float) -> str:
    """A share in whole per cent."""
    return "–" if math.isnan(value) else f"{value * PERCENT:.0f}%"


def within(found: Estimate, measure: Measure, lang: str) -> str:
    """Mean and interval in one phrase."""
    return say(
        "between",
        lang,
        mean=amount(found.mean, measure, lang),
        low=amount(found.low, measure, lang),
        high=amount(found.high, measure, lang),
    )


def interval(found: Estimate, measure: Measure, lang: str) -> str:
    """The interval in a cell of a table."""
    unit = "" if measure.relative or measure.sd else chart_words.indicator(measure.indicators[0]).unit
    factor = PERCENT if measure.relative else chart_words.factor(unit)
    return ends(found, factor, 1 if measure.relative else 2 if measure.sd else None) + "%" * measure.relative


def ends(found: Estimate, factor: float, places: int | None = None) -> str:
    """Both ends of an interval with the same number of decimals, without a unit."""
    low, high = found.low * factor, found.high * factor
    shown = chart_words.decimals(low, high) if places is None else places
    return " .. ".join(chart_words.number(v, shown, signed=True) for v in (low, high))


def named(measure: Measure, lang: str) -> str:
    """The indicators of a measure in words."""
    return " + ".join(chart_words.indicator(name).label[lang] for name in measure.indicators)


def arm(study: Mapping[str, Any], name: str, lang: str) -> str:
    """Label of an arm."""
    return next((str(a["label"][lang]) for a in study["arms"] if a["name"] == name), name)


def place(study: Mapping[str, Any], name: str, lang: str) -> str:
    """Label of an archetype."""
    if name == ALL:
        return say("all", lang)
    for point in study.get("points") or ():
        if point["values"].get("community") == name:
            return str(point["label"][lang])
    return name
