"""The columns of every table that a run or a study writes, in words: for `gongzhi show schema` and the site."""

from __future__ import annotations

from sim.observe.detail import slots, tables
from sim.observe.extract import Field
from sim.observe.fields import CUMULATIVE, FIELDS, MEANS
from sim.observe.recording import CASE_SERIES
from sim.observe.tallies import KEYS, MEASURES
from sim.vocabulary.words import say

Rows = list[tuple[str, str, str]]
UNITS = (  # first part of a series' name and its unit; what is not here counts cases
    (("hours_", "staff_hours_", "core_hours_", "item_hours"), "hours"),
    (("days_open", "mean_days_open"), "working days"),
    (("items_",), "items"),
    (("handovers",), "hand-overs"),
    (("trust", "standing", "efficacy", "belonging", "satisfaction", "turnout_", "effort", "collection", "attention"),
     "share"),
    (("heat", "decay"), "index"),
    (("volunteers", "quits", "employed"), "persons"),
    (("elections",), "elections"),
    (("owners_committees", "firms", "companies", "organisations", "groups"), "bodies"),
    (("spendable", "free_money", "debt"), "yuan"),
    (("meetings",), "meetings"),
    (("channels_open",), "channels"),
)  # fmt: skip


def unit_of_series(name: str) -> str:
    """Unit of a weekly series."""
    for stems, unit in UNITS:
        if name.startswith(stems):
            return unit
    return "cases"


def _series() -> Rows:
    rows: Rows = [("week", "weeks", "week, 0 is the week of the reform")]
    for name in (*FIELDS, "mean_days_open", *CASE_SERIES):
        kind = "added in the week" if name in CUMULATIVE or name in CASE_SERIES else "in or at the end of the week"
        if name in MEANS:
            kind += ", mean over the communities"
        rows.append((name, unit_of_series(name), f"{name.replace('_', ' ')}, {kind}"))
    return rows


def _runs() -> Rows:
    return [
        ("run_id", "id", "hash of scenario, replicate and model version"),
        ("point", "id", "number of the design point"),
        ("arm", "word", "arm of the study"),
        ("replicate", "id", "number of the replicate; arms of one replicate share people and warm-up"),
        ("status", "word", "ok, failed or crashed"),
        ("message", "text", "what went wrong"),
        ("<indicator>", "of the indicator", "every indicator, and its parts <indicator>_transition and _steady"),
        ("budget_<name>", "of the indicator", "public hours, public money, social cost"),
        ("exec_<name>", "seconds, id", "how the run was executed; no part of a result"),
    ]


def _tallies() -> Rows:
    return [
        (
            measure,
            unit,
            f"{meaning}; {', '.join(f'{key}: {what}' for key, what in zip(KEYS, by, strict=True) if what)}",
        )
        for measure, (unit, meaning, by) in MEASURES.items()
    ]


def _field(f: Field) -> tuple[str, str, str]:
    meaning = f"{f.meaning} ({', '.join(f.words)})" if 0 < len(f.words) <= 20 else f.meaning
    return (f.name, f.unit, f"{meaning}; empty where there is none" if f.never else meaning)


def names() -> tuple[str, ...]:
    """Tables that can be described."""
    return (*tables(), "series", "tallies", "runs")


def described(name: str, lang: str) -> tuple[str, Rows]:
    """What a row of the table is, and name, unit and meaning of each column."""
    made = {"series": _series, "tallies": _tallies, "runs": _runs}.get(name)
    rows = made() if made else [_field(f) for f in tables()[name].fields]
    return say(f"table.row.{name}", lang), rows


def heads(lang: str) -> tuple[str, str, str]:
    """Words above the columns of such a list."""
    return say("table.head.column", lang), say("table.head.unit", lang), say("table.head.meaning", lang)


def decided() -> list[tuple[str, str, str, str]]:
    """Every decision: type of body, decision, unit, meaning."""
    from sim.vocabulary.codes import Body

    return [(Body(kind).name.lower(), name, unit, meaning) for kind, _, name, unit, meaning in slots()]
