"""Other ways to decide for a body, by name: `rules.firm=least_effort`. Each is a function of what the body knows.

Rules of behaviour are assumptions like numbers, so a study can vary them by name. An alternative starts from the
default rule and replaces what it is about; it sits as any seat does. Lexicographic order: Gigerenzer and Goldstein
(1996).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sim.agents import committee, firm, owners, street_office
from sim.agents.seats import Seat, default_rule
from sim.scenario import Scenario
from sim.scenario.schema import USUAL

# the default rule's decision, what the body knows, and its numbers -> what it decides instead
Change = Callable[[Any, Any, Mapping[str, float]], Any]
SEATS = {
    "street_office": ("street_office",),
    "committee": ("street_desk", "committee", "station"),
    "owners": ("owners",),
    "firm": ("firm",),
}
MODULES = {"street_office": street_office, "committee": committee, "owners": owners, "firm": firm}


def _no_inspection(usual: street_office.Decision, _: Any, __: Mapping[str, float]) -> street_office.Decision:
    return replace(usual, inspect=0.0)


def _candid(usual: committee.Decision, _: Any, __: Mapping[str, float]) -> committee.Decision:
    return replace(usual, paper_items=0.0, paper_cases=0.0)


def _above_first(usual: committee.Decision, seen: committee.Observation, _: Mapping[str, float]) -> committee.Decision:
    return replace(usual, share_above=1.0 if seen.backlog > seen.demand_hours else 0.0)


def _residents_first(
    usual: committee.Decision, seen: committee.Observation, _: Mapping[str, float]
) -> committee.Decision:
    return replace(usual, share_above=0.0 if seen.demand_hours > 0.0 and seen.items_only < 0.5 else 1.0)


def _passive(usual: owners.Decision, _: Any, __: Mapping[str, float]) -> owners.Decision:
    return replace(usual, watch=0.0, bargain=0.0, call_vote=0.0)


def _least_effort(usual: firm.Decision, _: Any, numbers: Mapping[str, float]) -> firm.Decision:
    return replace(usual, effort=numbers["least_effort"])


def _full_effort(usual: firm.Decision, _: Any, __: Mapping[str, float]) -> firm.Decision:
    return replace(usual, effort=1.0)


ALTERNATIVES: dict[str, dict[str, Change]] = {
    "street_office": {"no_inspection": _no_inspection},
    "committee": {"candid": _candid, "above_first": _above_first, "residents_first": _residents_first},
    "owners": {"passive": _passive},
    "firm": {"least_effort": _least_effort, "full_effort": _full_effort},
}


def alternative(scenario: Scenario, body: str, name: str, seat: str) -> Seat:
    """The rule of that name as a function from Observation to Decision. Raises KeyError when there is none."""
    change, module = ALTERNATIVES[body][name], MODULES[body]
    usual = default_rule(scenario, seat)
    stated = {key: param.value for key, param in module.PARAMS.items()}
    numbers = {**stated, **scenario.parameters.get(body, {})}

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
