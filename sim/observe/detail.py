"""Tables of single cases, requests, residents, estates and so on: what stands in each column, and where it is from.

`gongzhi show schema` and the documentation tell the whole list.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.observe.extract import WHEN, Field, Look, Table, column, linked, names, parts
from sim.vocabulary import codes
from sim.vocabulary.codes import Body, Need, Pay, Stream
from sim.vocabulary.columns import COLUMNS

if TYPE_CHECKING:
    from sim.engine.state import State

Array = NDArray[Any]
ELEMENTS = {  # what can be asked for, and the tables that it gives
    "cases": ("cases",),
    "residents": ("residents", "residents_by_group"),
    "estates": ("estates",),
    "elections": ("elections",),
    "bodies": ("bodies", "decisions"),
    "requests": ("requests",),
    "communities": ("communities",),
}
CAUSES = ("staff", "body", "meeting", "money", "consent", "date")


def _needs(look: Look, need: int) -> Array:
    return (look.state["case.needs"][look.rows] >> need) & 1


CASES = Table(
    "cases",
    (
        column("case.uid"),
        linked("resident", "case.resident", "resident.uid", "stable id of the resident who felt it"),
        column("case.community"),
        linked("estate", "case.estate", "estate.uid", "stable id of the estate"),
        column("case.kind", names(codes.Kind), meaning="kind of problem"),
        column("case.implicates", ("nobody", "cadre", "office_above"), meaning="whom it implicates"),
        *(column(f"case.{n}") for n in ("about_above", "severity", "felt", "hours_needed", "cost", "firm_part")),
        *(Field(f"needs_{n.name.lower()}", "flag", f"whether it needs {word}",
                functools.partial(_needs, need=int(n)), flag=True)
          for n, word in zip(Need, ("work or consent of the property firm", "a decision above", "the line bodies",
                                    "money", "consent of other residents", "an outside date"), strict=True)),
        column("case.file", names(codes.File), meaning="state of the handling record"),
        column("case.truth", names(codes.Truth), meaning="state of the problem itself: open, or who solved it"),
        column("case.channel", names(codes.Channel)),
        column("case.found_by", ("own_voice", "visit", "piece_head", "meeting", "organisation"),
               meaning="how it came to be known"),
        column("case.outside"),
        linked("owner", "case.owner", "body.type", "type of the body that answers for it", names(Body), never=True),
        linked("owner_uid", "case.owner", "body.uid", "stable id of that body", never=True),
        linked("performer", "case.performer", "body.type", "type of the body that does the main work", names(Body),
               never=True),
        linked("performer_uid", "case.performer", "body.uid", "stable id of that body", never=True),
        linked("holder", "case.body", "body.type", "type of the body that has it now or had it last", names(Body),
               never=True),
        *(column(f"case.{n}", never=True) for n in ("spoken", "received")),
        Field("due", COLUMNS["case.due"].unit, COLUMNS["case.due"].meaning,
              lambda look: np.where(look.state["case.received"][look.rows] >= 0, look.state["case.due"][look.rows], -1),
              never=True),
        *(column(f"case.{n}", never=True) for n in ("closed", "last_closed", "solved")),
        *(column(f"case.{n}") for n in ("paper", "redo", "attempts", "handovers", "passed", "refusals", "repeats",
                                        "petitions", "skips", "collective", "court", "spent")),
        *parts("case.wait", "wait", (CAUSES,), "waiting so far by cause"),
        column("case.callback", ("not_asked", "satisfied", "dissatisfied"), meaning="call-back answer"),
        column("case.judged"),
        column("case.satisfaction", never=True),
    ),
)  # fmt: skip

ACTS = {  # ways to be heard, and the column of the case that counts them
    "spoken": "case.spoken",
    "repeat": "case.repeats",
    "petition": "case.petitions",
    "skip": "case.skips",
    "collective": "case.collective",
    "court": "case.court",
}


def _acts(look: Look) -> Array:
    assert look.acts is not None
    return look.acts


REQUESTS = Table(
    "requests",
    (
        *WHEN,
        column("case.uid", under="case"),
        linked("resident", "case.resident", "resident.uid", "stable id of the resident"),
        column("case.community"),
        linked("estate", "case.estate", "estate.uid", "stable id of the estate"),
        column("case.kind", names(codes.Kind), meaning="kind of problem"),
        Field("act", "word", "first time, again, or louder: petition, over the office's head, together, court", _acts,
              tuple(ACTS)),
        column("case.channel", names(codes.Channel)),
        column("case.found_by", ("own_voice", "visit", "piece_head", "meeting", "organisation"),
               meaning="how it came to be known"),
        column("case.file", names(codes.File), meaning="state of the handling record as the week ends"),
        Field("unsolved", "flag", "the problem is still open as the week ends",
              lambda look: look.state["case.truth"][look.rows] == codes.Truth.OPEN, flag=True),
    ),
)  # fmt: skip

RESIDENTS = Table(
    "residents",
    (
        column("resident.uid"),
        column("resident.community"),
        linked("estate", "resident.estate", "estate.uid", "stable id of the estate"),
        column("resident.building"),
        linked("household", "resident.household", "household.uid", "stable id of the household"),
        Field("income", COLUMNS["household.income"].unit, COLUMNS["household.income"].meaning,
              lambda look: look.state["household.income"][look.state["resident.household"][look.rows]]),
        Field("insider", "flag", COLUMNS["household.insider"].meaning,
              lambda look: look.state["household.insider"][look.state["resident.household"][look.rows]], flag=True),
        *(column(f"resident.{n}") for n in (
            "age", "adult", "owner", "migrant", "party", "vulnerable", "digital", "unit_tie", "stake", "spare",
            "ability", "temper", "threshold", "giving", "volunteer",
        )),
        column("resident.seat", ("none", "council", "council_and_representative", "board", "board_and_representative"),
               meaning="seat in the council or the supervisory board"),
        *(column(f"resident.{n}") for n in (
            "representative", "trust", "efficacy", "standing", "belonging", "satisfaction", "trust_anchor",
            "standing_anchor", "belonging_anchor", "heat", "open_cases", "spoke", "trips", "on_roll", "candidate",
            "asked", "voted", "voted_for", "carried", "attended",
        )),
        *parts("resident.hours", "hours", (names(Pay),)),
    ),
)  # fmt: skip

ESTATES = Table(
    "estates",
    (
        *WHEN,
        column("estate.uid"),
        *(column(f"estate.{n}") for n in ("community", "households", "owners", "commercial", "fee")),
        Field("firm", "flag", "a property firm is at work", lambda look: look.state["estate.firm"][look.rows] >= 0,
              flag=True),
        *(column(f"estate.{n}") for n in (
            "effort", "collection", "decay", "complaints", "cost_index", "known_collection", "contract_end", "leaving",
            "vote_week", "replaced",
        )),
        Field("owners_committee", "flag", "an owners' committee is at work",
              lambda look: _alive(look.state, look.state["estate.committee"][look.rows]), flag=True),
        *(column(f"estate.{n}") for n in ("committee_since", "campaign", "campaign_weeks")),
    ),
)  # fmt: skip


def _alive(state: State, body: Array) -> Array:
    found: Array = (body >= 0) & (state["body.alive"][np.maximum(body, 0)] != 0)
    return found


COMMUNITIES = Table(
    "communities",
    (
        *WHEN,
        Field("community", "row", "community", lambda look: look.rows),
        *(column(f"community.{n}") for n in (
            "uid", "full", "residents", "attention", "task_weight", "delivered", "visible", "known_trouble",
            "inspected", "rating", "rating_lost", "items_done", "items_paper", "items_late", "items_refused",
            "items_renamed", "neighbour_hours", "debt", "representatives", "spoken_for", "volunteer_hours", "escalated",
            "visited", "answered", "answered_late", "blocked", "pressed",
        )),
    ),
)  # fmt: skip


def _voters(name: str) -> Callable[[Look], Array]:
    def take(look: Look) -> Array:
        where, own = look.state["resident.community"], look.state[f"resident.{name}"] != 0
        return np.bincount(where[own], minlength=look.state.rows["community"])[look.rows]

    return take


ELECTIONS = Table(
    "elections",
    (
        *WHEN,
        Field("community", "row", "community", lambda look: look.rows),
        column("community.ballot_mode", names(codes.Election), under="mode", meaning="how votes were cast"),
        column("rule.election_runner", names(codes.Runner), under="runner", meaning="who put forward the committee"),
        column("rule.election_roll", names(codes.Roll), under="roll_rule", meaning="who could be on the roll"),
        column("rule.election_open", under="open_nomination"),
        column("community.ballot_neighbours", under="neighbours_run_it"),
        column("community.proxies"),
        column("community.adults"),
        column("community.roll"),
        Field("voted", "persons", "adults who cast their own vote themselves", _voters("voted")),
        Field("voted_for", "persons", "adults whose vote was cast by somebody else", _voters("voted_for")),
        *(column(f"community.{n}") for n in ("turnout_official", "turnout_personal", "ballot_contest", "candidates",
                                             "replaced", "representatives", "doors")),
    ),
)  # fmt: skip


def _hours(look: Look, pay: int, stream: int) -> Array:
    assert look.hours is not None
    spent: Array = look.hours[look.rows, pay, stream]
    return spent


BODIES = Table(
    "bodies",
    (
        *WHEN,
        column("body.uid"),
        column("body.type", names(Body), meaning="type of body"),
        column("body.community", never=True),
        linked("estate", "body.estate", "estate.uid", "stable id of the estate of a firm or an owners' committee",
               never=True),
        *(column(f"body.{n}") for n in ("alive", "members", "load", "backlog", "overdue", "purse", "margin", "visible",
                                        "returned")),
        *(Field(f"hours_{p.name.lower()}_{s.name.lower()}", "hours",
                f"hours spent in the year: {p.name.lower()}, {s.name.lower()}",
                functools.partial(_hours, pay=int(p), stream=int(s)))
          for p in Pay for s in Stream),
        *parts("body.relation", "relation", (names(Body),), "how dealings went with"),
    ),
)  # fmt: skip


@functools.lru_cache(maxsize=1)
def slots() -> tuple[tuple[int, int, str, str, str], ...]:
    """Every decision of every type of body: type, place, name, unit, meaning."""
    from sim.model.bodies.seats import module_of

    return tuple(
        (int(kind), place, item.name, str(item.metadata["unit"]), str(item.metadata["meaning"]))
        for kind in Body
        for place, item in enumerate(fields(module_of(kind).Decision))
    )


def decision_names() -> tuple[str, ...]:
    """Names of all decisions, each once."""
    return tuple(dict.fromkeys(name for _, _, name, _, _ in slots()))


def _slot_of(look: Look) -> list[tuple[int, int, int]]:
    """Body row, place of the decision, code of its name: for every body that decided in the year."""
    assert look.decided is not None
    known = decision_names()
    types = look.state["body.type"]
    by_type: dict[int, list[tuple[int, int]]] = {}
    for kind, place, name, _, _ in slots():
        by_type.setdefault(kind, []).append((place, known.index(name)))
    here = [int(b) for b in look.rows if np.isfinite(look.decided[b, 0])]
    return [(b, place, name) for b in here for place, name in by_type[int(types[b])]]


def _decision(part: int) -> Callable[[Look], Array]:
    return lambda look: np.array([entry[part] for entry in _slot_of(look)], dtype=np.int64)


@functools.lru_cache(maxsize=1)
def decisions() -> Table:
    """The table of decisions; made when asked for, because it needs the seats."""
    body = _decision(0)

    def mean(look: Look) -> Array:
        assert look.decided is not None
        return np.array([look.decided[b, place] for b, place, _ in _slot_of(look)], dtype=np.float64)

    def over(part: Field) -> Field:
        """A field of the bodies, one entry a decision."""
        assert part.take is not None
        inner = part.take
        return replace(part, take=lambda look: inner(replace(look, rows=body(look))))

    return Table(
        "decisions",
        (
            *(over(w) for w in WHEN),
            over(column("body.uid", under="body")),
            over(column("body.type", names(Body), meaning="type of body")),
            over(column("body.community", never=True)),
            Field("decision", "word", "what is decided; unit and meaning by type of body below", _decision(2),
                  decision_names()),
            Field("value", "as the decision", "mean over the weeks of the year in which the body existed", mean),
        ),
    )  # fmt: skip


GROUPS = ("vulnerable", "migrant", "owner", "party")
MEANS = ("trust", "efficacy", "standing", "belonging", "satisfaction", "heat", "trips", "spoke", "attended")
SHARES = ("volunteer", "voted", "voted_for")


def group_table() -> Table:
    """Columns of the summary of residents by group."""
    return Table(
        "residents_by_group",
        (
            Field("group", "word", "group of residents", words=("all", *GROUPS, "old")),
            Field("inside", "flag", "true the group, false all others", flag=True),
            Field("persons", "persons", "residents"),
            Field("adults", "persons", "residents aged 18 and over"),
            *(Field(n, COLUMNS[f"resident.{n}"].unit, f"mean over adults: {COLUMNS[f'resident.{n}'].meaning}")
              for n in MEANS),
            *(Field(n, "share", f"share of adults: {COLUMNS[f'resident.{n}'].meaning}") for n in SHARES),
            Field("felt", "cases", "problems felt since the reform"),
            Field("spoken", "cases", "of these, spoken"),
            Field("solved", "cases", "of these, truly solved"),
        ),
        by_group,
    )  # fmt: skip


def by_group(look: Look) -> dict[str, Array]:
    """The summary of residents by group."""
    state = look.state
    groups = [np.ones(len(state["resident.uid"]), bool), *(state[f"resident.{g}"] != 0 for g in GROUPS)]
    groups.append(state["resident.age"] >= 60.0)
    used = state.used("case")
    felt = state["case.felt"][:used] >= 5.0 * look.reform_week
    truth = state["case.truth"][:used]
    solved = (truth > codes.Truth.OPEN) & (truth < codes.Truth.LAPSED)
    spoken = state["case.spoken"][:used] >= 0.0
    adult = state["resident.adult"] != 0
    rows: list[list[float]] = []
    for code, group in enumerate(groups):
        for inside in (True, False) if code else (True,):
            mask = group if inside else ~group
            own = mask[state["case.resident"][:used]] & felt
            grown = mask & adult
            means = [state[f"resident.{n}"][grown].mean() if grown.any() else np.nan for n in (*MEANS, *SHARES)]
            rows.append([code, inside, mask.sum(), grown.sum(), *means, own.sum(), (own & spoken).sum(),
                         (own & solved).sum()])  # fmt: skip
    whole = ("group", "inside", "persons", "adults", "felt", "spoken", "solved")
    data = np.array(rows, dtype=float).T
    return {
        f.name: values.astype(np.int64) if f.name in whole else values
        for f, values in zip(group_table().fields, data, strict=True)
    }


def tables() -> dict[str, Table]:
    """All tables by name."""
    made = (CASES, REQUESTS, RESIDENTS, group_table(), ESTATES, ELECTIONS, BODIES, decisions(), COMMUNITIES)
    return {t.name: t for t in made}
