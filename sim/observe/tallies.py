"""Tallies: what a run counts in more than one dimension, as rows of one long table.

Flows of cases between bodies, hand-overs, payments, closing times, groups of residents. An indicator is one number a
run and stands elsewhere; a tally says how such a number is made up. `measure` names what a row counts, the columns `a`
to `d` are its keys (see MEASURES), `at` is a number of working days where there is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.observe.measures import Survival, kaplan_meier, mean
from sim.observe.run import Run
from sim.vocabulary.codes import Account, Body, Channel, File, Truth, Use

Array = NDArray[Any]
KEYS = ("a", "b", "c", "d")
COLUMNS = ("measure", *KEYS, "at", "value")
RATE = "per 1,000 residents a year"

# measure: (unit of the value, meaning, keys)
MEASURES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "case": (f"cases {RATE}", "felt problems since the reform, as they stand at the end",
             ("channel, or unspoken", "body that answers", "body that has it or had it last", "how it stands")),
    "escalation": (f"times {RATE}", "escalations of problems felt since the reform",
                   ("means", "body that answers", "", "")),
    "handover": (f"cases {RATE}", "cases handed over since the reform", ("from body", "to body", "", "")),
    "payment": (f"yuan {RATE}", "payments since the reform", ("from account", "to account", "use", "")),
    "closing": ("share", "share not closed (handling) or not truly solved (residents) after `at` working days from "
                "receipt or from being felt; Kaplan and Meier (1958)", ("record", "", "", "")),
    "group": ("by measure", "residents by group, problems felt since the reform", ("group", "what", "", "")),
}  # fmt: skip

NOBODY, UNSPOKEN = "nobody", "unspoken"
SOLVED, PRIVATE, LAPSED, PAPER = "solved", "solved_privately", "lapsed", "closed_unsolved"
ESCALATED, HIDDEN, DROPPED, UNDER_WAY = "escalated", "not_passed_on", "dropped", "under_way"
WAITS = {
    File.WAITING: "waits_staff",
    File.WAIT_BODY: "waits_body",
    File.WAIT_MEETING: "waits_meeting",
    File.WAIT_MONEY: "waits_money",
    File.WAIT_CONSENT: "waits_consent",
    File.WAIT_DATE: "waits_date",
}
# how a felt problem stands, from best to worst
STANDINGS = (SOLVED, PRIVATE, LAPSED, UNDER_WAY, *WAITS.values(), PAPER, HIDDEN, DROPPED, ESCALATED, UNSPOKEN)
MEANS = ("petitions", "skips", "collective", "court")
DAYS = (0, 1, 2, 3, 5, 7, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100, 120, 150, 180, 220, 260)
RECORDS = ("handling", "residents")
YOUNG, OLD = 35.0, 60.0
WHAT = ("persons", "felt", "welfare", "satisfaction", "spoken", "trust")


def tallies(run: Run) -> dict[str, list[Any]]:
    """All rows by column, see COLUMNS; only what occurs is listed."""
    found: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for part in (_cases, _escalations, _handovers, _payments, _closing, _groups):
        for measure, keys, at, value in part(run):
            row = (measure, *keys, *[""] * (len(KEYS) - len(keys)), at, value)
            for name, cell in zip(COLUMNS, row, strict=True):
                found[name].append(cell)
    return found


Rows = Iterator[tuple[str, tuple[str, ...], float, float]]


def how_it_stands(run: Run) -> Array:
    """How each case of the run stands, as places in STANDINGS: the truth first, then escalation, then the file."""
    code = {name: place for place, name in enumerate(STANDINGS)}
    truth, file = run.case("truth"), run.case("file")
    found = np.full(len(truth), code[UNDER_WAY])
    for state, name in WAITS.items():
        found[file == state] = code[name]
    found[file == File.CLOSED] = code[PAPER]
    found[file == File.NOT_PASSED_ON] = code[HIDDEN]
    found[file == File.DROPPED] = code[DROPPED]
    found[~run.spoken] = code[UNSPOKEN]
    found[sum(run.case(name).astype(np.int64) for name in MEANS) > 0] = code[ESCALATED]
    found[run.solved] = code[SOLVED]
    found[(truth == Truth.SELF) | (truth == Truth.NEIGHBOUR)] = code[PRIVATE]
    found[truth == Truth.LAPSED] = code[LAPSED]
    return found


def _body_type(run: Run, column: str) -> Array:
    """Type of the body in a column of the cases, -1 for none."""
    body = run.case(column)
    types = run.state["body.type"]
    return np.where(body >= 0, types[np.maximum(body, 0)], -1)


def _name(code: int, words: type[Body] | type[Channel], none: str) -> str:
    return none if code < 0 else words(code).name.lower()


def _cases(run: Run) -> Rows:
    channel = np.where(run.spoken, run.case("channel"), -1)
    parts = np.stack([channel, _body_type(run, "owner"), _body_type(run, "body"), how_it_stands(run)])
    kinds, counts = np.unique(parts, axis=1, return_counts=True)
    for (way, owner, holder, stands), count in zip(kinds.T, counts, strict=True):
        keys = (
            _name(way, Channel, UNSPOKEN), _name(owner, Body, NOBODY), _name(holder, Body, NOBODY), STANDINGS[stands],
        )  # fmt: skip
        yield "case", keys, np.nan, run.per_thousand(float(count))


def _escalations(run: Run) -> Rows:
    owner = _body_type(run, "owner")
    for means in MEANS:
        times = np.bincount(owner + 1, run.case(means), minlength=len(Body) + 1)
        for place in np.flatnonzero(times).tolist():
            yield "escalation", (means, _name(place - 1, Body, NOBODY)), np.nan, run.per_thousand(float(times[place]))


def _handovers(run: Run) -> Rows:
    for source, target in np.argwhere(run.handovers):
        keys = (Body(source).name.lower(), Body(target).name.lower())
        yield "handover", keys, np.nan, run.per_thousand_since(float(run.handovers[source, target]))


def _payments(run: Run) -> Rows:
    for source, target, use in np.argwhere(run.flow):
        keys = (Account(source).name.lower(), Account(target).name.lower(), Use(use).name.lower())
        yield "payment", keys, np.nan, run.per_thousand_since(float(run.flow[source, target, use]))


def _closing(run: Run) -> Rows:
    for record, curve in zip(RECORDS, (filed(run), run.survival), strict=True):
        if len(curve.times) == 0:
            continue
        place = np.searchsorted(curve.times, DAYS, side="right")
        left = np.concatenate(([1.0], curve.left))[place]
        for day, share in zip(DAYS, left, strict=True):
            yield "closing", (record,), float(day), float(share)


def filed(run: Run) -> Survival:
    """Time from receipt to the first closure of the file; files still open are censored at the end of the run."""
    received, closed = run.case("received")[run.received], run.case("closed")[run.received]
    ended = closed >= 0.0
    return kaplan_meier(np.maximum(np.where(ended, closed, run.now) - received, 0.0), ended)


def groups(run: Run) -> dict[str, Array]:
    """Masks over all residents; the groups of one question (tenure, registration, age) share nobody."""
    state = run.state
    own, moved = state["resident.owner"] != 0, state["resident.migrant"] != 0
    age = state["resident.age"]
    return {
        "owner": own,
        "tenant": ~own,
        "local": ~moved,
        "migrant": moved,
        "young": age < YOUNG,
        "middle": (age >= YOUNG) & (age < OLD),
        "old": age >= OLD,
        "vulnerable": state["resident.vulnerable"] != 0,
        "party": state["resident.party"] != 0,
    }


def _groups(run: Run) -> Rows:
    from sim.observe.indicators_problems import welfare_of  # here, because importing it registers indicators

    here = run.state["community.full"][run.state["resident.community"]] != 0
    trust, satisfaction = run.state["resident.trust"], run.case("satisfaction")
    for name, mask in groups(run).items():
        own = mask[run.case("resident")]
        values = (
            float((mask & here).sum()),
            run.per_thousand(float(own.sum())),
            welfare_of(run, own),
            mean(satisfaction[own & (satisfaction >= 0.0)]),
            mean(run.spoken[own]),
            mean(trust[mask & run.adult]),
        )
        for what, value in zip(WHAT, values, strict=True):
            yield "group", (name, what), np.nan, value
