"""The words and numbers of the charts in both languages."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.charts.phrases import PHRASES

LANGS = ("zh", "en")
MINUS = "\N{MINUS SIGN}"
PLACES = 4  # decimals at most
_NESTED = re.compile("“(“[^“”]*”[^“”]*)”")  # a name that begins with a quotation needs no quotes of its own
_HAN = "[\u4e00-\u9fff]"
_HAN_SIDE = "[\u4e00-\u9fff“”%\uff08\uff09]"

# unit: (factor, (Chinese, English) of a level, the same of a difference where it is another)
UNITS: dict[str, tuple[float, tuple[str, str], tuple[str, str] | None]] = {
    "share": (100.0, ("%", "%"), ("个百分点", "points")),
    "": (1.0, ("", ""), None),
    "number": (1.0, ("", ""), None),
    "ratio": (1.0, ("比值", "ratio"), None),
    "index": (1.0, ("指数", "index"), None),
    "working days": (1.0, ("个工作日", "working days"), None),
    "hours": (1.0, ("小时", "hours"), None),
    "yuan": (1.0, ("元", "yuan"), None),
    "hours/year": (1.0, ("小时/年", "hours a year"), None),
    "yuan/year": (1.0, ("元/年", "yuan a year"), None),
    "1/year": (1.0, ("每年", "a year"), None),
    "hours per 1,000 residents a year": (1.0, ("小时/千人·年", "hours per 1,000 residents a year"), None),
    "yuan per 1,000 residents a year": (1.0, ("元/千人·年", "yuan per 1,000 residents a year"), None),
    "1/year/1,000 residents": (1.0, ("每千人每年", "per 1,000 residents a year"), None),
    "per 1,000 residents a year": (1.0, ("件/千人·年", "per 1,000 residents a year"), None),
    "problems per 1,000 residents a year": (1.0, ("个问题/千人·年", "problems per 1,000 residents a year"), None),
    "items per 1,000 residents a year": (1.0, ("项/千人·年", "items per 1,000 residents a year"), None),
    "items per 1,000 residents": (1.0, ("项/千人", "items per 1,000 residents"), None),
    "hours per 1,000 residents": (1.0, ("小时/千人", "hours per 1,000 residents"), None),
    "yuan per 1,000 residents": (1.0, ("元/千人", "yuan per 1,000 residents"), None),
    "cases per 1,000 residents": (1.0, ("件/千人", "cases per 1,000 residents"), None),
    "attendances per 100 adults a year": (1.0, ("人次/百名成人·年", "attendances per 100 adults a year"), None),
    "meetings per community a year": (1.0, ("次/社区·年", "meetings per community a year"), None),
    "bodies per community": (1.0, ("个/社区", "bodies per community"), None),
    "firms per estate": (1.0, ("家/小区", "firms per estate"), None),
    "hand-overs": (1.0, ("次移交", "hand-overs"), None),
    "attempts": (1.0, ("次办理", "attempts"), None),
    "requests": (1.0, ("次请求", "requests"), None),
    "elections": (1.0, ("次选举", "elections"), None),
    "trips": (1.0, ("次跑动", "trips"), None),
    "names per election": (1.0, ("名/次选举", "names per election"), None),
    "signatures": (1.0, ("个签名", "signatures"), None),
    "persons per community a year": (1.0, ("人/社区·年", "persons per community a year"), None),
    "actors": (1.0, ("个主体", "actors"), None),
}


@dataclass(frozen=True)
class Indicator:
    """What the charts need to know of an indicator; `better` is +1, -1 or 0 where neither direction is better."""

    name: str
    label: Mapping[str, str]
    unit: str
    better: int
    group: str


def say(key: str, lang: str, **values: Any) -> str:
    """A phrase in one language, filled in."""
    return typeset(PHRASES[key][LANGS.index(lang)].format(**values), lang)


def typeset(text: str, lang: str = "zh") -> str:
    """Chinese punctuation as it is printed: full-width marks beside Chinese characters, quotes within quotes single."""
    if lang == "en":  # the font's curly quotes are as wide as a Chinese character
        text = text.translate({ord(a): b for a, b in zip("“”‘’", "\"\"''", strict=True)})
    else:
        text = _NESTED.sub(r"\1", text)
        text = re.sub(rf"\(([^()]*{_HAN}[^()]*)\)", "\uff08\\1\uff09", text)
    side = _HAN if lang == "en" else _HAN_SIDE
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
    """Label of an arm: the study's own, else the glossary's, else the name."""
    label = stated.get("label")
    if isinstance(label, Mapping) and label.get(lang):
        return typeset(str(label[lang]), lang)
    return readable(name)


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
            label = {lang: typeset(found.label[lang], lang) + (say(key, lang) if key else "") for lang in LANGS}
            return Indicator(name, label, found.unit, found.better, found.group)
    text = readable(name)
    return Indicator(name, {"zh": text, "en": text}, "", 0, "other")


def readable(name: str) -> str:
    """A name with spaces."""
    return name.replace("_", " ")


def factor(unit: str) -> float:
    """What a stored value is multiplied with before it is shown."""
    return UNITS[unit][0] if unit in UNITS else 1.0


def unit_text(unit: str, lang: str, difference: bool = False) -> str:
    """A unit in words; shares differ by points."""
    if unit not in UNITS:
        return unit
    _, level_words, difference_words = UNITS[unit]
    return (difference_words or level_words if difference else level_words)[LANGS.index(lang)]


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
