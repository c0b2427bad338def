"""Structure, overlays and era of one community as the `rule.*` columns: the only road from a choice to the model.

`FEEDS` is the whole translation, one line a column: which keys feed it and how. Names, labels and descriptions
are not in it, so a structure under another name compiles to the same bits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.scenario.choices import Era, Structure
from sim.scenario.overlays import Policy
from sim.vocabulary import codes
from sim.vocabulary.columns import COLUMNS

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


FEEDS: dict[str, Feed] = {
    "rule.seated": Feed(("structure.seats",), _flags),
    "rule.heard": Feed(("structure.heard",), _flags),
    "rule.receives": Feed(("structure.receives",), _flags),
    "rule.convener": Feed(("structure.convener",), _body),
    "rule.deciding": Feed(("structure.deciding",), _code(codes.Deciding)),
    "rule.settles": Feed(("structure.settles",), _body),
    "rule.assigns": Feed(("structure.assigns",), _pairs),
    "rule.reports_to": Feed(("structure.reports_to",), _reports),
    "rule.items_only": Feed(("structure.items_only",), _same),
    "rule.station_apart": Feed(("structure.station_apart",), _same),
    "rule.council": Feed(("structure.council",), _same),
    "rule.board": Feed(("structure.board",), _same),
    "rule.quorum": Feed(("structure.quorum",), _same),
    "rule.cross_share": Feed(("structure.cross_appointment",), _same),
    "rule.cross_pair": Feed(("structure.cross_pairs",), _crossed),
    "rule.one_head": Feed(("structure.one_head",), _same),
    "rule.items_down": Feed(("policy.delegation.items_down",), _same),
    "rule.staff_down": Feed(("policy.delegation.staff_down",), _same),
    "rule.money_down": Feed(("policy.delegation.money_down",), _same),
    "rule.rights_down": Feed(("policy.delegation.rights_down",), _same),
    "rule.desks_pooled": Feed(("policy.desks.pooled",), _same),
    "rule.lines_broken": Feed(("policy.desks.lines_broken",), _same),
    "rule.patches": Feed(("policy.patches.patches",), _same),
    "rule.piece_head_households": Feed(("policy.patches.piece_head_households",), _same),
    "rule.patches_drawn": Feed(("policy.patches.drawn",), _same),
    "rule.redraw_weeks": Feed(("policy.patches.redraw_weeks",), _same),
    "rule.data": Feed(("policy.data.mode",), _code(codes.Data)),
    "rule.levels": Feed(("policy.data.levels",), _same),
    "rule.budget_shown": Feed(("policy.data.budget_shown",), _same),
    "rule.shown_on": Feed(("policy.data.shown_on",), _code(codes.Form)),
    "rule.shown_weeks": Feed(("policy.data.shown_weeks",), _same),
    "rule.file_right": Feed(("policy.data.file_right",), _same),
    "rule.tiers": Feed(("policy.tiers.tiers",), _same),
    "rule.channel_on": Feed(("policy.channels.open", "era.channels"), _channels),
    "rule.card": Feed(("policy.channels.card",), _same),
    "rule.notice": Feed(("policy.channels.notice",), _same),
    "rule.diary": Feed(("policy.channels.diary",), _same),
    "rule.anonymous_box": Feed(("policy.channels.anonymous_box",), _same),
    "rule.petition_office": Feed(("policy.channels.petition_office",), _same),
    "rule.petition_days": Feed(("policy.channels.petition_days",), _same),
    "rule.meeting_weeks": Feed(
        ("policy.meetings.weeks", "structure.council_weeks", "structure.board_weeks", "structure.congress_weeks"),
        _weeks,
    ),
    "rule.institutionalised": Feed(("policy.meetings.institutionalised",), _same),
    "rule.open_agenda": Feed(("policy.meetings.open_agenda",), _same),
    "rule.minutes": Feed(("policy.meetings.published",), _same),
    "rule.responsibility": Feed(("policy.meetings.responsibility",), _same),
    "rule.names_person": Feed(("policy.meetings.names_person",), _same),
    "rule.rational_cycle": Feed(("policy.meetings.rational_cycle",), _same),
    "rule.meeting_quorum": Feed(("policy.meetings.quorum",), _same),
    "rule.own_budget": Feed(("policy.meetings.own_budget",), _same),
    "rule.appraisal": Feed(("policy.supervision.appraisal",), _same),
    "rule.court": Feed(("policy.supervision.court",), _same),
    "rule.score_pay": Feed(("policy.supervision.score_pay",), _same),
    "rule.score_grants": Feed(("policy.supervision.score_grants",), _same),
    "rule.score_votes": Feed(("policy.supervision.score_votes",), _same),
    "rule.board_hears": Feed(("policy.supervision.board_hears",), _same),
    "rule.election_mode": Feed(("policy.elections.mode",), _code(codes.Election)),
    "rule.election_runner": Feed(("policy.elections.runner",), _code(codes.Runner)),
    "rule.election_roll": Feed(("policy.elections.roll",), _code(codes.Roll)),
    "rule.election_open": Feed(("policy.elections.open_nomination",), _same),
    "rule.election_representatives": Feed(("policy.elections.representatives",), _same),
    "rule.election_term": Feed(("policy.elections.term_years",), lambda years: years * WEEKS_A_YEAR),
    "rule.proxies": Feed(("policy.elections.proxies",), _same),
    "rule.gate": Feed(("policy.gate.gate",), _same),
    "rule.gatekeeper": Feed(("policy.gate.gatekeeper",), _code(codes.Gatekeeper)),
    "rule.funds_follow": Feed(("policy.gate.funds_follow",), _same),
    "rule.rights_follow": Feed(("policy.gate.rights_follow",), _same),
    "rule.rated": Feed(("policy.gate.rated",), _same),
    "rule.gate_desks": Feed(("policy.gate.gate_desks",), _same),
    "rule.head_pay": Feed(("policy.gate.head_pay",), _same),
    "rule.bought": Feed(("policy.gate.bought",), _same),
    "rule.founding_share": Feed(("policy.owners.founding_share",), _same),
    "rule.founding_help": Feed(("policy.owners.founding_help",), _same),
    "rule.broker": Feed(("policy.resources.broker",), _same),
    "rule.lending": Feed(("policy.resources.lending",), _same),
    "rule.cultivation": Feed(("policy.resources.cultivation",), _same),
    "rule.entry_bar": Feed(("policy.resources.entry_bar",), _same),
    "rule.autonomy": Feed(("policy.resources.autonomy",), _same),
    "rule.work_funds": Feed(("policy.money.work_funds",), _same),
    "rule.pay": Feed(("policy.money.pay",), _same),
    "rule.extra_posts": Feed(("policy.money.extra_posts",), _same),
    "rule.growth": Feed(("policy.money.growth",), _same),
    "rule.street_keeps": Feed(("policy.money.street_keeps",), _same),
    "rule.project_money": Feed(("policy.money.project_money",), _same),
    "rule.paired_support": Feed(("policy.money.paired_support",), _same),
    "rule.gifts": Feed(("policy.money.gifts",), _same),
    "rule.gifts_in_kind": Feed(("policy.money.gifts_in_kind",), _same),
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
