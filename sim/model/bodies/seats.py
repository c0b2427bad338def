"""Seats: anybody may decide for a body. A rule is handed a typed observation and returns a typed decision."""

from __future__ import annotations

import difflib
import importlib
import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from types import ModuleType
from typing import Any

import numpy as np

from sim.engine import mechanism as base
from sim.engine.state import State
from sim.engine.tables import Numbers
from sim.model.bodies.base import Decided, Observed
from sim.scenario import Scenario
from sim.vocabulary.codes import Body, complete
from sim.vocabulary.columns import AXES

Seat = Callable[[Any], Any]
HERE = "sim/model/bodies/seats.py"

MODULES = complete(  # in the order in which they look and decide in a week
    Body,
    {
        Body.STREET_OFFICE: "street_office",
        Body.PARTY: "party",
        Body.COMMITTEE: "committee",
        Body.STATION: "committee",
        Body.STREET_DESK: "committee",
        Body.SECURITY: "line",
        Body.MASS: "line",
        Body.OWNERS: "owners",
        Body.FIRM: "firm",
        Body.COMPANY: "company",
        Body.ORGANISATION: "organisation",
        Body.GROUP: "organisation",
        Body.UNIT: "unit",
        Body.COUNCIL: "council",
        Body.BOARD: "board",
    },
    f"{HERE}: MODULES",
)


ROOMS = {"company": "companies", "organisation": "organisations", "unit": "units"}  # all others: bodies
PARTS = ("Observation", "Decision", "PARAMS", "rule", "perceive", "decide")  # what the module of a body holds
WOULD_BE = (Body.FIRM, Body.COMPANY)  # where there is none, one that might come decides whether to


class SeatError(ValueError):
    """A seat that does not exist, or a rule that does not return the seat's Decision."""


def agent(name: str) -> ModuleType:
    """The module of that name which holds Observation, Decision and rule."""
    return importlib.import_module(place_of(name))


def place_of(name: str) -> str:
    """The dotted name of such a module."""
    return f"sim.model.{ROOMS.get(name, 'bodies')}.{name}"


def module_of(kind: Body) -> ModuleType:
    """The module that holds Observation, Decision and rule of a type of body."""
    return agent(MODULES[kind])


def check_module(kind: Body) -> None:
    """Raise TypeError for a type of body whose module is not there, or lacks one of PARTS."""
    name = MODULES[kind]
    place = place_of(name)
    if importlib.util.find_spec(place) is None:
        raise TypeError(f"there is no file {place.replace('.', '/')}.py, which MODULES of {HERE} names")
    module = module_of(kind)
    for part in PARTS:
        if not hasattr(module, part):
            raise TypeError(f"{place.replace('.', '/')}.py has no {part}; a body has {', '.join(PARTS)}")


def observation(state: State, row: int) -> Observed:
    """What the body in a row knows this week."""
    made: type[Observed] = module_of(Body(int(state["body.type"][row]))).Observation
    return made(*state["body.obs"][row, : len(fields(made))].tolist())


def decision(state: State, row: int) -> Decided:
    """What the body in a row decided last."""
    made: type[Decided] = module_of(Body(int(state["body.type"][row]))).Decision
    return made(*state["body.dec"][row, : len(fields(made))].tolist())


def numbers_of(module: ModuleType, given: Mapping[str, Mapping[str, float]]) -> Numbers:
    """All numbers of an agent's module by its own names, those in `given` {module: {name: value}} replaced."""
    name = module.__name__.rpartition(".")[2]
    return base.numbers_of(name, {n: base.key_of(name, n, p) for n, p in module.PARAMS.items()}, given)


def default_rule(scenario: Scenario, seat: str) -> Seat:
    """The default rule of a type of body as a function from Observation to Decision; the same compiled code."""
    kind = parse(seat)[0]
    module = module_of(kind)
    numbers = numbers_of(module, scenario.parameters)

    def decide(seen: Observed) -> Decided:
        obs, dec = np.zeros(AXES["obs"]), np.zeros(AXES["dec"])
        values = seen.vector()
        obs[: len(values)] = values
        module.rule(obs, dec, numbers)
        made: type[Decided] = module.Decision
        return made(*dec[: len(fields(made))].tolist())

    return decide


def parse(seat: str) -> tuple[Body, int | None]:
    """Type of body and, for "firm#2", the number of the body among its type, counted from 0."""
    name, _, number = seat.partition("#")
    known = {b.name.lower(): b for b in Body}
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else f"; seats are {', '.join(known)}"
        raise SeatError(f"there is no seat {seat!r}{hint}")
    if not number:
        return known[name], None
    if not number.isdigit() or int(number) < 1:
        raise SeatError(f"seat {seat!r}: the number after # counts bodies of that type from 1")
    return known[name], int(number) - 1


@dataclass(frozen=True)
class Sitting:
    """A rule that sits for some bodies of one type."""

    seat: str
    kind: Body
    rows: tuple[int, ...]
    rule: Seat

    @property
    def module(self) -> str:
        return MODULES[self.kind]

    def decide(self, state: State, week: int) -> None:
        """Ask the rule for every body that decides and write what it says. Raises SeatError on a wrong answer."""
        made = module_of(self.kind).Decision
        for row in self.rows:
            if not state["body.alive"][row] and self.kind not in WOULD_BE:
                continue
            chosen = self.rule(observation(state, row))
            if not isinstance(chosen, made):
                raise SeatError(
                    f"the rule in seat {self.seat!r} returned {type(chosen).__name__} in week {week}; "
                    f"it must return {module_of(self.kind).__name__}.Decision"
                )
            values = chosen.vector()
            state["body.dec"][row, : len(values)] = values


def fill_seats(state: State, seats: Mapping[str, Seat]) -> list[Sitting]:
    """Check the seats and find their bodies. Raises SeatError for an unknown seat or one without a body."""
    sittings = []
    for seat, rule in seats.items():
        kind, number = parse(seat)
        rows = np.flatnonzero(state["body.type"] == kind)
        if number is not None:
            if number >= len(rows):
                raise SeatError(f"seat {seat!r}: there are only {len(rows)} bodies of that type")
            rows = rows[number : number + 1]
        if not callable(rule):
            raise SeatError(f"seat {seat!r}: the rule must be a function of an Observation")
        sittings.append(Sitting(seat, kind, tuple(int(r) for r in rows), rule))
    return sittings
