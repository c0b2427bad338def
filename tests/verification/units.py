"""Units of the model's numbers as dimensions: a small grammar, so that what cannot be said is noticed."""

from __future__ import annotations

import re
from collections import Counter

PURE = {
    "1", "share", "ratio", "probability", "index", "logit", "log", "weight", "exponent", "elasticity", "flag", "code",
    "times", "mixed", "bits", "level", "levels", "ledger level",
}  # fmt: skip
TIME = {"hour", "h", "day", "week", "month", "quarter", "year", "decade"}
THINGS = {
    "yuan", "utils", "m2", "person", "adult", "resident", "household", "case", "problem", "item", "outcome", "act",
    "attempt", "trip", "refusal", "gap", "class", "body", "firm", "ledger", "file", "post", "row", "offer", "estate",
    "building", "vote", "meeting", "petition", "visit", "step", "representative", "hand-over", "request", "patch",
    "desk", "tier", "election", "attendance", "actor", "community", "department", "fee", "id", "position", "note",
    "severity", "answer", "leader", "complaint", "unit", "member", "seat", "piece-head", "contact", "decision", "round",
    "resolution", "sitting", "signature", "name", "hazard",
}  # fmt: skip
SAME = {"hours": "hour", "people": "person", "classes": "class", "bodies": "body", "utils": "utils"}


class NoUnit(ValueError):
    """A unit that the grammar does not know; the text says which word."""


def _word(word: str) -> Counter[str]:
    word = SAME.get(word, word)
    for one in (word, word.removesuffix("s")):
        if one in PURE:
            return Counter()
        if one in TIME:
            return Counter({"hour" if one in ("hour", "h") else "time": 1})
        if one in THINGS:
            return Counter({one: 1})
    raise NoUnit(word)


def dimension(unit: str) -> dict[str, int]:
    """Powers by dimension, such as {"yuan": 1, "hour": -1}; hours of work are kept apart from calendar time.

    Raises NoUnit.
    """
    text = unit.strip()
    if text in ("log sd", "log units"):
        return {}
    if text.startswith("sd of log "):
        _word(text.removeprefix("sd of log ").split()[-1])  # of something that has a unit
        return {}
    text = re.sub(r"^(share|months) of fees( due)?$", lambda m: "1" if m[1] == "share" else "month", text)
    text = re.sub(r"\bper\b", "/", text)
    text = re.sub(r"\ba (year|month|week)\b", r"/\1", text)
    text = re.sub(r"\bworking days?\b", "day", text)
    found: Counter[str] = Counter()
    for place, part in enumerate(re.split(r"/", text)):
        for factor in re.split(r"\s+x\s+", part.strip()):
            words = [w for w in factor.split() if not re.fullmatch(r"[\d,]+", w) or len(factor.split()) == 1]
            for word in words:
                if re.fullmatch(r"[\d,]+", word):
                    continue
                for name, power in _word(word).items():
                    found[name] += power if place == 0 else -power
    return {name: power for name, power in found.items() if power}


def times(*units: str) -> dict[str, int]:
    """Dimension of a product of units."""
    found: Counter[str] = Counter()
    for unit in units:
        found.update(dimension(unit))
    return {name: power for name, power in found.items() if power}
