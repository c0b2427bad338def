"""The week, in order: which mechanism acts when. Read it as prose from top to bottom."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import lru_cache

from sim.mechanisms.base import REGISTRY, Mechanism


@dataclass(frozen=True)
class Phase:
    """Mechanisms that act one after the other, every `every` weeks, `daily` five times in a week.

    `last` puts a phase at the end of its interval (week 3, 7, ... of every=4) instead of at its beginning; `when` names
    a column that must hold something else than zero.
    """

    title: str
    mechanisms: tuple[str, ...]
    every: int = 1
    daily: bool = False
    last: bool = False
    when: str = ""

    def due(self, week: int) -> bool:
        return week % self.every == (self.every - 1 if self.last else 0)


DECIDING = (
    ("street_office.perceive", "street_office.decide"),
    ("party.perceive", "party.decide"),
    ("committee.perceive", "committee.decide"),
    ("line.perceive", "line.decide"),
    ("owners.perceive", "owners.decide"),
    ("firm.perceive", "firm.decide"),
    ("company.perceive", "company.decide"),
    ("organisation.perceive", "organisation.decide"),
    ("unit.perceive", "unit.decide"),
    ("council.perceive", "council.decide"),
    ("board.perceive", "board.decide"),
)

PLAN = (
    Phase("the calendar, and who holds which post", ("posts.boards",), every=4),
    Phase("the calendar, and who holds which post", ("calendar.meetings", "calendar.channels", "elections", "posts")),
    Phase("representatives are chosen where there are none, and in the week of a vote", ("representatives",)),
    Phase("work whose desk has gone finds another", ("orphans",)),
    Phase(
        "the election committee, the roll and the nomination",
        ("electing.seat", "elections.register", "elections.nominate", "electing.review"),
        when="community.ballot_stage",
    ),
    Phase("money comes in; what was finished last week is paid and cleared", ("funding", "items.clear")),
    Phase("problems arise in people's lives", ("problems",)),
    Phase("what waits is weighed", ("items.weigh",)),
    Phase("everybody looks and decides", tuple(n for pair in DECIDING for n in pair)),
    Phase("some may set the hours of others", ("committee.assign",)),
    Phase(
        "firms, companies, owners, organisations and units find their hours",
        ("firm.operate", "companies.offer", "contract.volunteers", "organisations", "units"),
    ),
    Phase("hours of the week are handed out", ("hours.hand_out",)),
    Phase("officers know their patches", ("patches",), when="body.patches"),
    Phase("the office supervises; items come down", ("office", "items.arrive", "organisations.papers", "units.broker")),
    Phase("the election committee sits", ("electing.work",), when="community.ballot_stage"),
    Phase(
        "owners' committees watch, firms ask for their fee, campaigns knock at doors",
        ("contract.watch", "contract.renew", "mobilising"),
    ),
    Phase("the year-end inspection", ("inspection",), every=52, last=True),
    Phase("visits, voices, second thoughts", ("outreach", "visits", "visits.screen", "speaking", "patience",
                                              "petitions", "court", "trouble")),
    Phase("meetings", ("prioritising", "obstructing", "meetings", "assemblies", "appraisal", "congress",
                       "council.sit")),
    Phase("what residents make of them", ("agenda", "hearing", "resolutions", "agenda.tell", "agenda.budget")),
    Phase("five working days", ("receiving", "mediating", "means", "routing", "working"), daily=True),
    Phase("files are closed, ends are judged", ("closing", "self_help", "judging", "hearing.remember", "sampling")),
    Phase("residents look into their files", ("reporting", "disclosure")),
    Phase("votes are cast", ("voting", "voting.result", "elections.pay"), when="community.ballot"),
    Phase(
        "estates and markets",
        ("upkeep", "companies", "contract", "contract.vote", "contract.common", "contract.tiring", "founding"),
    ),
    Phase("fees fall due", ("fees", "dues"), every=13, last=True),
    Phase("gifts are asked for", ("funding.gifts",), every=13, last=True),
    Phase("anger", ("heat",)),
    Phase("people learn from what happened", ("learning.hear", "learning", "volunteering"), every=4, last=True),
    Phase("the week is booked", ("hours.close", "hours.tidy")),
    Phase("units, organisations and staff draw their conclusions", ("units.returns", "organisations.life", "staffing")),
)


@lru_cache(maxsize=1)
def load_all() -> dict[str, Mechanism]:
    """Import every mechanism and every agent module and return the registry."""
    import sim.agents
    import sim.community.population
    import sim.mechanisms
    import sim.observe

    for package in (sim.mechanisms, sim.agents):
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"{package.__name__}.{module.name}")
    return REGISTRY
