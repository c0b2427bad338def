"""Other ways to decide for a body, by name: `rules.firm=least_effort`. Each is a function of what the body knows.

Rules of behaviour are assumptions like numbers, so a study can vary them by name. An alternative starts from the
default rule and replaces what it is about; it sits as any seat does. Where two streams want the same hours: one before
the other in lexicographic order (Gigerenzer and Goldstein 1996), in proportion to what waits, or half to each
whatever waits (1/N: Benartzi and Thaler 2001). What a structure reserves for items from above no rule takes away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sim.model.bodies import committee, firm, owners, party, street_office
from sim.model.bodies.seats import Seat, default_rule, numbers_of
from sim.model.organisations import organisation
from sim.scenario import Scenario
from sim.scenario.schema import USUAL

# the default rule's decision, what the body knows, and its numbers -> what it decides instead
Change = Callable[[Any, Any, Mapping[str, float]], Any]
SEATS = {
    "street_office": ("street_office",),
    "party": ("party",),
    "committee": ("street_desk", "committee", "station"),
    "owners": ("owners",),
    "firm": ("firm",),
    "organisation": ("organisation", "group"),
}
MODULES = {
    "street_office": street_office,
    "party": party,
    "committee": committee,
    "owners": owners,
    "firm": firm,
    "organisation": organisation,
}
HALF = 0.5


def _no_inspection(usual: street_office.Decision, _: Any, __: Mapping[str, float]) -> street_office.Decision:
    return replace(usual, inspect=0.0)


def _no_campaigns(usual: street_office.Decision, _: Any, __: Mapping[str, float]) -> street_office.Decision:
    return replace(usual, campaign=0.0)


def _even_handed(usual: street_office.Decision, _: Any, __: Mapping[str, float]) -> street_office.Decision:
    return replace(usual, favour=0.0)


def _for_residents(usual: party.Decision, _: Any, __: Mapping[str, float]) -> party.Decision:
    return replace(usual, priority_above=0.0)


def _settling(usual: party.Decision, _: Any, __: Mapping[str, float]) -> party.Decision:
    return replace(usual, settle=1.0)


def _candid(usual: committee.Decision, _: Any, __: Mapping[str, float]) -> committee.Decision:
    return replace(usual, paper_items=0.0, paper_cases=0.0)


def _above_first(usual: committee.Decision, seen: committee.Observation, _: Mapping[str, float]) -> committee.Decision:
    return replace(usual, share_above=1.0 if seen.backlog > seen.demand_hours else 0.0)


def _residents_first(
    usual: committee.Decision, seen: committee.Observation, _: Mapping[str, float]
) -> committee.Decision:
    return replace(usual, share_above=0.0 if seen.demand_hours > 0.0 and seen.items_only < HALF else 1.0)


def _proportional(
    usual: committee.Decision, seen: committee.Observation, _: Mapping[str, float]
) -> committee.Decision:
    if seen.items_only > HALF:
        return usual
    above = max(0.0, seen.backlog - seen.demand_hours)
    every = above + seen.demand_hours
    return replace(usual, share_above=above / every if every > 0.0 else HALF)


def _half_each(usual: committee.Decision, seen: committee.Observation, _: Mapping[str, float]) -> committee.Decision:
    return usual if seen.items_only > HALF else replace(usual, share_above=HALF)


def _passive(usual: owners.Decision, _: Any, __: Mapping[str, float]) -> owners.Decision:
    return replace(usual, watch=0.0, bargain=0.0, call_vote=0.0)


def _least_effort(usual: firm.Decision, _: Any, numbers: Mapping[str, float]) -> firm.Decision:
    return replace(usual, effort=numbers["least_effort"])


def _full_effort(usual: firm.Decision, _: Any, __: Mapping[str, float]) -> firm.Decision:
    return replace(usual, effort=1.0)


def _services_only(usual: organisation.Decision, _: Any, __: Mapping[str, float]) -> organisation.Decision:
    return replace(usual, speak=0.0)


ALTERNATIVES: dict[str, dict[str, Change]] = {
    "street_office": {
        "no_inspection": _no_inspection,
        "no_campaigns": _no_campaigns,
        "even_handed": _even_handed,
    },
    "party": {"residents_first": _for_residents, "settling": _settling},
    "committee": {
        "candid": _candid,
        "above_first": _above_first,
        "residents_first": _residents_first,
        "proportional": _proportional,
        "half_each": _half_each,
    },
    "owners": {"passive": _passive},
    "firm": {"least_effort": _least_effort, "full_effort": _full_effort},
    "organisation": {"services_only": _services_only},
}


def alternative(scenario: Scenario, body: str, name: str, seat: str) -> Seat:
    """The rule of that name as a function from Observation to Decision. Raises KeyError when there is none."""
    change, module = ALTERNATIVES[body][name], MODULES[body]
    usual = default_rule(scenario, seat)
    own = numbers_of(module, scenario.parameters)
    numbers = dict(zip(own.names, own.values.tolist(), strict=False))

    def decide(seen: Any) -> Any:
        return change(usual(seen), seen, numbers)

    return decide


def chosen(scenario: Scenario) -> dict[str, Seat]:
    """The seats that a scenario gives to other rules than the default ones."""
    return {
        seat: alternative(scenario, body, name, seat)
        for body, name in scenario.rules
        if name != USUAL
        for seat in SEATS[body]
    }
