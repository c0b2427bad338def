"""How charts and briefs print words and numbers in a language."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.vocabulary import words
from sim.vocabulary.words import languages

CHARTS = words.room("charts")
MINUS = "\N{MINUS SIGN}"
PLACES = 4  # decimals at most
_NESTED = re.compile("“(“[^“”]*”[^“”]*)”")  # a name that begins with a quotation needs no quotes of its own
_HAN = "[\u4e00-\u9fff]"
_HAN_SIDE = "[\u4e00-\u9fff“”%\uff08\uff09]"


@dataclass(frozen=True)
class Indicator:
    """What the charts need to know of an indicator; `better` is +1, -1 or 0 where neither direction is better."""

    name: str
    label: Mapping[str, str]
    unit: str
    better: int
    group: str


def say(key: str, lang: str, **values: Any) -> str:
    """A phrase of the charts, filled in."""
    return typeset(CHARTS(key, lang, **values), lang)


def typeset(text: str, lang: str = "zh") -> str:
    """Chinese punctuation as it is printed: full-width marks beside Chinese characters, quotes within quotes single."""
    if lang != "zh":  # the font's curly quotes are as wide as a Chinese character
        text = text.translate({ord(a): b for a, b in zip("“”‘’", "\"\"''", strict=True)})
    else:
        text = _NESTED.sub(r"\1", text)
        text = re.sub(rf"\(([^()]*{_HAN}[^()]*)\)", "\uff08\\1\uff09", text)
    side = _HAN_SIDE if lang == "zh" else _HAN
    text = re.sub(rf"(?<={side})\(([^()]*)\)", "\uff08\\1\uff09", text)
    text = re.sub(rf"(?<={side})([,:;!?])[ ]*|([,:;!?])(?={side})", _full_width, text)
    depth, out = 0, []
    for letter in text:
        depth -= letter == "”"
        out.append({"“": "‘", "”": "’"}.get(letter, letter) if depth > 0 else letter)
        depth += letter == "“"
    return "".join(out)


def _full_width(found: re.Match[str]) -> str:
    return chr(ord(found[1] or found[2]) + 0xFEE0)


def arm(name: str, stated: Mapping[str, Any], lang: str) -> str:
    """Label of an arm: the study's own, else the name."""
    label = stated.get("label")
    return typeset(words.of(label, lang), lang) if isinstance(label, Mapping) else readable(name)


def declared() -> Mapping[str, Any]:
    """The indicators that the program declares."""
    from sim.observe.indicators import INDICATORS

    return INDICATORS


@functools.cache
def indicator(name: str) -> Indicator:
    """An indicator as the program declares it; an unknown column is shown under its own name."""
    from sim.observe.registry import STEADY, TRANSITION

    for suffix, key in (("", ""), (TRANSITION, "transition"), (STEADY, "steady")):
        found = declared().get(name.removesuffix(suffix)) if name.endswith(suffix) else None
        if found is not None:
            label = {lang: typeset(found.label[lang], lang) + (say(key, lang) if key else "") for lang in languages()}
            return Indicator(name, label, found.unit, found.better, found.group)
    text = readable(name)
    return Indicator(name, dict.fromkeys(languages(), text), "", 0, "other")


def readable(name: str) -> str:
    """A name with spaces."""
    return name.replace("_", " ")


def factor(unit: str) -> float:
    """What a stored value is multiplied with before it is shown."""
    return 100.0 if unit == "share" else 1.0


def unit_text(unit: str, lang: str, difference: bool = False) -> str:
    """A unit in words; shares differ by points."""
    if unit in ("", "number"):
        return ""
    for key in (f"unit_difference.{unit}", f"unit.{unit}")[not difference :]:
        if words.has(key):
            return words.say(key, lang)
    return unit


def term(key: str, lang: str) -> str:
    """The one label of a thing, as it is printed."""
    return typeset(words.label(key, lang), lang)


def bracketed(text: str, note: str, lang: str) -> str:
    """A note in brackets behind a text; either may be empty."""
    if not text or not note:
        return text or note
    return f"{text}\uff08{note}\uff09" if lang == "zh" else f"{text} ({note})"


def decimals(*shown: float) -> int:
    """Decimals that leave about three digits of the largest of these numbers."""
    largest = max((abs(value) for value in shown if math.isfinite(value)), default=0.0)
    return 0 if largest >= 100 else 1 if largest >= 1 else 2 if largest >= 0.1 or largest == 0 else 3


def number(value: float, places: int, signed: bool = False) -> str:
    """A number with a true minus sign; what rounds to nothing carries no sign."""
    if not math.isfinite(value):
        return "–"
    text = f"{abs(value):,.{places}f}"
    if not text.strip("0.,"):
        return text
    return (MINUS if value < 0 else "+" if signed else "") + text


def level(value: float, unit: str, lang: str, places: int | None = None) -> str:
    """A level with its unit."""
    shown = value * factor(unit)
    text, name = number(shown, decimals(shown) if places is None else places), unit_text(unit, lang)
    return f"{text}{name}" if name == "%" else f"{text} {name}".strip()


def change(value: float, unit: str, lang: str, places: int) -> str:
    """A signed difference with its unit."""
    return f"{number(value * factor(unit), places, signed=True)} {unit_text(unit, lang, difference=True)}".strip()


def visible(value: float, places: int) -> int:
    """Decimals, at least `places`, with which a number that is not zero does not look like zero."""
    while places < PLACES and value and math.isfinite(value) and not round(value, places):
        places += 1
    return places


def span(difference: float, low: float, high: float, unit: str, lang: str) -> tuple[str, str, str]:
    """A difference with its unit and the ends of its interval; ends on one side of zero do not look like zero."""
    shown = [value * factor(unit) for value in (difference, low, high)]
    places = decimals(*shown)
    if shown[1] * shown[2] > 0:
        places = max(visible(end, places) for end in shown[1:])
    return change(difference, unit, lang, places), number(shown[1], places), number(shown[2], places)


def percent(share: float) -> str:
    """A share as a whole percentage."""
    return f"{100 * share:.0f}%"
