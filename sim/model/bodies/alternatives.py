"""Other ways to decide for a body, by name: `rules.firm=least_effort`. Each is a function of what the body knows.

Rules of behaviour are assumptions like numbers, so a study can vary them by name: the rule `candid` of
`Rules.committee` is the function `_committee_candid` here. An alternative starts from the default rule and replaces
what it is about; it sits as any seat does. Where two streams want the same hours: one before the other in lexicographic
order (Gigerenzer and Goldstein 1996), in proportion to what waits, or half to each whatever waits (1/N: Benartzi and
Thaler 2001). What a structure reserves for items from above no rule takes away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, get_args

from sim.model.bodies import committee, firm, owners, party, street_office
from sim.model.bodies.seats import MODULES, Seat, default_rule, module_of, numbers_of, parse
from sim.model.organisations import organisation
from sim.scenario import Scenario
from sim.scenario.schema import USUAL, Rules
from sim.vocabulary.errors import close

# the default rule's decision, what the body knows, and its numbers -> what it decides instead
Own = Mapping[str, float]
Change = Callable[[Any, Any, Own], Any]
SEATS = {  # the seats for which a rule decides: of all bodies that share a module
    body: tuple(kind.name.lower() for kind, module in sorted(MODULES.items()) if module == body)
    for body in Rules.model_fields
}
HALF = 0.5


def _street_office_no_inspection(usual: street_office.Decision, _: Any, __: Own) -> street_office.Decision:
    return replace(usual, inspect=0.0)


def _street_office_no_campaigns(usual: street_office.Decision, _: Any, __: Own) -> street_office.Decision:
    return replace(usual, campaign=0.0)


def _street_office_even_handed(usual: street_office.Decision, _: Any, __: Own) -> street_office.Decision:
    return replace(usual, favour=0.0)


def _party_residents_first(usual: party.Decision, _: Any, __: Own) -> party.Decision:
    return replace(usual, priority_above=0.0)


def _party_settling(usual: party.Decision, _: Any, __: Own) -> party.Decision:
    return replace(usual, settle=1.0)


def _committee_candid(usual: committee.Decision, _: Any, __: Own) -> committee.Decision:
    return replace(usual, paper_items=0.0, paper_cases=0.0)


def _committee_above_first(usual: committee.Decision, seen: committee.Observation, _: Own) -> committee.Decision:
    return replace(usual, share_above=1.0 if seen.backlog > seen.demand_hours else 0.0)


def _committee_residents_first(usual: committee.Decision, seen: committee.Observation, _: Own) -> committee.Decision:
    return replace(usual, share_above=0.0 if seen.demand_hours > 0.0 and seen.items_only < HALF else 1.0)


def _committee_proportional(usual: committee.Decision, seen: committee.Observation, _: Own) -> committee.Decision:
    if seen.items_only > HALF:
        return usual
    above = max(0.0, seen.backlog - seen.demand_hours)
    every = above + seen.demand_hours
    return replace(usual, share_above=above / every if every > 0.0 else HALF)


def _committee_half_each(usual: committee.Decision, seen: committee.Observation, _: Own) -> committee.Decision:
    return usual if seen.items_only > HALF else replace(usual, share_above=HALF)


def _owners_passive(usual: owners.Decision, _: Any, __: Own) -> owners.Decision:
    return replace(usual, watch=0.0, bargain=0.0, call_vote=0.0)


def _firm_least_effort(usual: firm.Decision, _: Any, numbers: Own) -> firm.Decision:
    return replace(usual, effort=numbers["least_effort"])


def _firm_full_effort(usual: firm.Decision, _: Any, __: Own) -> firm.Decision:
    return replace(usual, effort=1.0)


def _organisation_services_only(usual: organisation.Decision, _: Any, __: Own) -> organisation.Decision:
    return replace(usual, speak=0.0)


def found(named: Mapping[str, tuple[str, ...]], functions: Mapping[str, Any]) -> dict[str, dict[str, Change]]:
    """The function of every rule {body: names}. Raises TypeError for a rule without one and for one without a rule."""
    here, there = "sim/model/bodies/alternatives.py", "Rules of sim/scenario/schema.py"
    if unknown := [body for body in named if body not in MODULES.values()]:
        raise TypeError(f"{there} has rules for {unknown[0]!r}; {close(unknown[0], set(MODULES.values()))}")
    rules = {f"_{body}_{name}": (body, name) for body, names in named.items() for name in names if name != USUAL}
    made: dict[str, dict[str, Change]] = {body: {} for body in named}
    for function, (body, name) in rules.items():
        if function not in functions:
            raise TypeError(f"{here} has no function {function}, the rule {name!r} that {there} names for {body}")
        made[body][name] = functions[function]
    for function in functions:
        if function not in rules:
            raise TypeError(f"the function {function} of {here} is no rule; {there} names none that is called so")
    return made


NAMED = {body: get_args(field.annotation) for body, field in Rules.model_fields.items()}
ALTERNATIVES = found(NAMED, {n: f for n, f in vars().items() if n.startswith(tuple(f"_{body}_" for body in NAMED))})


def alternative(scenario: Scenario, body: str, name: str, seat: str) -> Seat:
    """The rule of that name as a function from Observation to Decision."""
    change = ALTERNATIVES[body][name]
    usual = default_rule(scenario, seat)
    own = numbers_of(module_of(parse(seat)[0]), scenario.parameters)
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
