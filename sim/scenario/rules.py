"""Structure, overlays and era of one community as the `rule.*` columns: the only road from a choice to the model.

`FEEDS` is the whole translation: which keys feed a column and how. A column is fed by the key that has its name, by the
value as it stands; `STATED` has a line for each of the others. Names, labels and descriptions are not in it, so a
structure under another name compiles to the same bits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.scenario.check import fields_of, leaves
from sim.scenario.choices import Era, Structure
from sim.scenario.fields import Checked, Choice
from sim.scenario.overlays import Policy
from sim.vocabulary import codes
from sim.vocabulary.columns import COLUMNS

HERE = "sim/scenario/rules.py"
NONE = -1
WEEKS_A_YEAR = 52


@dataclass(frozen=True)
class Feed:
    """How one rule column is filled: from `keys`, by `make`, which is handed their values in that order."""

    keys: tuple[str, ...]
    make: Callable[..., Any]


def _body(name: str) -> int:
    return NONE if name in ("nobody", "rotating") else int(codes.Body[name.upper()])


def _flags(names: tuple[str, ...]) -> list[int]:
    return [int(b.name.lower() in names) for b in codes.Body]


def _pairs(pairs: tuple[tuple[str, str], ...]) -> NDArray[np.int8]:
    grid = np.zeros((len(codes.Body), len(codes.Body)), dtype=np.int8)
    for a, b in pairs:
        grid[_body(a), _body(b)] = 1
    return grid


def _crossed(pairs: tuple[tuple[str, str], ...]) -> NDArray[np.int8]:
    grid = _pairs(pairs)
    return np.triu(grid | grid.T, 1)


def _reports(above: dict[str, str]) -> list[int]:
    return [_body(above[b.name.lower()]) if b.name.lower() in above else NONE for b in codes.Body]


def _channels(open_: tuple[str, ...], existing: tuple[str, ...]) -> list[int]:
    return [int(c.name.lower() in open_ and c.name.lower() in existing) for c in codes.Channel]


def _weeks(weeks: Any, council: int, board: int, congress: int) -> list[int]:
    own = {"council": council, "board": board, "congress": congress}
    return [own[n] if n in own else int(getattr(weeks, n)) for n in (m.name.lower() for m in codes.Meeting)]


def _code(enum: Any) -> Callable[[str], int]:
    return lambda name: int(enum[name.upper()])


def _same(value: Any) -> Any:
    return value


STATED: dict[str, Feed] = {
    "rule.seated": Feed(("structure.seats",), _flags),
    "rule.heard": Feed(("structure.heard",), _flags),
    "rule.receives": Feed(("structure.receives",), _flags),
    "rule.convener": Feed(("structure.convener",), _body),
    "rule.deciding": Feed(("structure.deciding",), _code(codes.Deciding)),
    "rule.settles": Feed(("structure.settles",), _body),
    "rule.assigns": Feed(("structure.assigns",), _pairs),
    "rule.reports_to": Feed(("structure.reports_to",), _reports),
    "rule.cross_share": Feed(("structure.cross_appointment",), _same),
    "rule.cross_pair": Feed(("structure.cross_pairs",), _crossed),
    "rule.desks_pooled": Feed(("policy.desks.pooled",), _same),
    "rule.patches_drawn": Feed(("policy.patches.drawn",), _same),
    "rule.data": Feed(("policy.data.mode",), _code(codes.Data)),
    "rule.shown_on": Feed(("policy.data.shown_on",), _code(codes.Form)),
    "rule.channel_on": Feed(("policy.channels.open", "era.channels"), _channels),
    "rule.meeting_weeks": Feed(
        ("policy.meetings.weeks", "structure.council_weeks", "structure.board_weeks", "structure.congress_weeks"),
        _weeks,
    ),
    "rule.minutes": Feed(("policy.meetings.published",), _same),
    "rule.meeting_quorum": Feed(("policy.meetings.quorum",), _same),
    "rule.election_mode": Feed(("policy.elections.mode",), _code(codes.Election)),
    "rule.election_runner": Feed(("policy.elections.runner",), _code(codes.Runner)),
    "rule.election_roll": Feed(("policy.elections.roll",), _code(codes.Roll)),
    "rule.election_open": Feed(("policy.elections.open_nomination",), _same),
    "rule.election_representatives": Feed(("policy.elections.representatives",), _same),
    "rule.election_term": Feed(("policy.elections.term_years",), lambda years: years * WEEKS_A_YEAR),
    "rule.gatekeeper": Feed(("policy.gate.gatekeeper",), _code(codes.Gatekeeper)),
    "rule.funds_by_size": Feed(("policy.money.by_size",), _same),
}
# dated values that reach a column through the overlay or switch that cites them: ${era.pay} in policy/money and so on
CITED = {
    "era.term_years": "policy.elections.term_years",
    "era.pay": "policy.money.pay",
    "era.pay_raised": "policy.money.pay",
    "era.founding_share": "policy.owners.founding_share",
    "era.one_head": "structure.one_head",
}
SHOWN = ("structure.theoretical_control", "era.year")  # words for the reader; they feed no column


def settings() -> dict[str, Any]:
    """Every key of structure, overlays and era that holds a value, and the type of that value."""
    found: dict[str, Any] = {}
    parts: tuple[tuple[str, type[Checked]], ...] = (("structure", Structure), ("policy", Policy), ("era", Era))
    for part, model in parts:
        for key in leaves(model):
            parent, _, name = key.rpartition(".")
            field = (fields_of(model, parent) or {})[name]
            if name not in Choice.model_fields and not parent.endswith(("label", "description")):
                found[f"{part}.{key}"] = field.annotation
    return found


def feeds(stated: Mapping[str, Feed], columns: Iterable[str], keys: Mapping[str, Any]) -> dict[str, Feed]:
    """The feed of every column. Raises TypeError for a column that no key feeds and a key that feeds none."""
    used = {key for feed in stated.values() for key in feed.keys}
    parts = {part for key in keys for part in (key, key.rpartition(".")[0])}
    free = [k for k in keys if used.isdisjoint((k, k.rpartition(".")[0])) and not k.startswith("era.")]
    found = {}
    if unknown := [name for name in stated if name not in set(columns)]:
        raise TypeError(f"STATED of {HERE} feeds {unknown[0]}, which is no rule in sim/vocabulary/columns.psv")
    if unknown := sorted(used - parts):
        raise TypeError(f"STATED of {HERE} names {unknown[0]}, which is no key of structure, policy or era")
    for column in columns:
        name = column.partition(".")[2]
        own = [k for k in free if k.rpartition(".")[2] == name]
        if column in stated:
            found[column] = stated[column]
        elif len(own) == 1 and keys[own[0]] in (bool, int, float):
            found[column] = Feed((own[0],), _same)
        else:
            what = ", ".join(own) or "nothing"
            raise TypeError(
                f"{column} of sim/vocabulary/columns.psv needs a line in STATED of {HERE}, or one key of structure or "
                f"policy that has its name and holds a number or a flag; there is {what}"
            )
    fed = {key for feed in found.values() for key in feed.keys} | {*CITED, *SHOWN}
    for key in keys:
        if key not in fed and key.rpartition(".")[0] not in fed:
            raise TypeError(
                f"{key} feeds no column; add rule.{key.rpartition('.')[2]} to sim/vocabulary/columns.psv, "
                f"or a line to STATED of {HERE}"
            )
    return found


FEEDS = feeds(STATED, [name for name, column in COLUMNS.items() if column.role == "rule"], settings())


def compile_rules(structure: Structure, policy: Policy, era: Era) -> dict[str, NDArray[Any]]:
    """Every rule column's value for one community: arrays of the column's trailing shape and dtype."""
    parts = {"structure": structure, "policy": policy, "era": era}
    rules: dict[str, NDArray[Any]] = {}
    for name, feed in FEEDS.items():
        values = []
        for key in feed.keys:
            value: Any = parts
            for step in key.split("."):
                value = value[step] if isinstance(value, dict) else getattr(value, step)
            values.append(value)
        column = COLUMNS[name]
        made = np.asarray(feed.make(*values), dtype=column.dtype)
        if made.shape != column.shape:
            raise ValueError(f"{name} has shape {made.shape}, its column {column.shape}")
        rules[name] = made
    return rules
