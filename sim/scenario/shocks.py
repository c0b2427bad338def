"""What happens from outside: which keys an event may change, what holds in a week, and the check before anything runs.

An event holds from its week until it ends, over whatever structure and policy hold then: the base in the warm-up, the
scenario's own after the reform. What holds in a week is therefore a function of the week alone; when an event ends,
everything is as if it had never been said, except what people and bodies have done in the meantime.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.scenario import parameters
from sim.scenario.check import checked, leaves
from sim.scenario.choices import Community, Event, Structure
from sim.scenario.fields import Checked
from sim.scenario.moved import instead
from sim.scenario.overlays import Policy
from sim.vocabulary import codes
from sim.vocabulary.errors import ScenarioError

if TYPE_CHECKING:
    from sim.scenario.compose import Composed
    from sim.scenario.schema import Scenario

WORDS = ("name", "label", "description", "source", "zh", "en", "theoretical_control")  # cannot be changed by an event
FACTS = ("problems_per_1000", "report_chance", "own_income", "own_committed")  # of a community, read all through a run
KINDS = tuple(k.name.lower() for k in codes.Kind)
MOST_DEMAND = 20.0  # a factor above this is a slip of the pen
OWN = {  # what is no setting of a scenario: its unit; what it means stands in the catalogue of words
    "demand.all": "ratio",
    **{f"demand.{k}": "ratio" for k in KINDS},
    "staff.cut": "posts",
    "cases.exposed": "flag",
}
ONCE = ("staff.cut", "cases.exposed")  # happen in one week and are not a setting that holds


def event_words(key: str) -> str:
    """Where the catalogue of words says what an event on such a key does; one entry serves all kinds of problems."""
    return f"setting.event.{'demand.one' if key.removeprefix('demand.') in KINDS else key}"


class Replaceable(Checked):
    """What events can replace, checked together."""

    structure: Structure
    policy: Policy
    community: Community


@dataclass(frozen=True)
class Situation:
    """What holds in one week; `demand` is the factor on the problems of each kind."""

    structure: Structure
    policy: Policy
    places: tuple[Community, ...]  # of the whole span: those simulated in full, then the reduced neighbours
    parameters: Mapping[str, Mapping[str, float]]
    demand: tuple[float, ...]


@dataclass(frozen=True)
class Dated:
    """An event with its weeks counted from the start of the run."""

    number: int
    week: int
    until: int | None
    event: Event

    def holds(self, week: int) -> bool:
        return self.week <= week and (self.until is None or week < self.until)

    @property
    def plain(self) -> dict[str, Any]:
        """The event as data, in weeks of the run."""
        return self.event.model_dump() | {"week": self.week, "until": self.until}


def dated(scenario: Scenario) -> tuple[Dated, ...]:
    """The events of a scenario in the order in which they were written."""
    start = scenario.shock.start
    return tuple(
        Dated(i, start + e.week, None if e.until is None else start + e.until, e)
        for i, e in enumerate(scenario.shock.events, 1)
    )


def begun(scenario: Scenario, week: int) -> list[dict[str, Any]]:
    """Events that began before a week: scenarios that share them can share what was simulated up to it."""
    return [d.plain for d in dated(scenario) if d.week < week]


def changes(scenario: Scenario) -> frozenset[int]:
    """Weeks in which something is set: the start, the reform, and where an event begins or ends."""
    weeks = {0, scenario.reform_week}
    for d in dated(scenario):
        weeks |= {d.week} if d.until is None else {d.week, d.until}
    return frozenset(weeks)


def happening(scenario: Scenario, week: int) -> list[Dated]:
    """What happens once, in this week."""
    return [d for d in dated(scenario) if d.week == week and d.event.key in ONCE]


def situation(scenario: Scenario, week: int) -> Situation:
    """What holds in a week. Raises ScenarioError when the events do not fit together."""
    side = scenario if week >= scenario.reform_week else scenario.base
    holding = [d for d in dated(scenario) if d.holds(week) and d.event.key not in ONCE]
    if not holding:
        places = scenario.places + (scenario.community,) * (scenario.span - scenario.communities)
        return Situation(side.structure, side.policy, places, scenario.parameters, (1.0,) * len(KINDS))
    data = {"structure": side.structure, "policy": side.policy, "community": scenario.community}
    data = {name: _plain(part.model_dump()) for name, part in data.items()}
    numbers = {module: dict(values) for module, values in scenario.parameters.items()}
    demand = dict.fromkeys(KINDS, 1.0)
    for d in holding:
        place, key = _place(d), d.event.key
        if key.startswith("parameters."):
            module, name = key.split(".")[1:]
            new = _new(d.event, numbers[module][name], place)
            numbers[module][name] = parameters.number(key, new, place)
        elif key.startswith("demand."):
            kind = key.partition(".")[2]
            for name in KINDS if kind == "all" else (kind,):
                demand[name] = _factor(key, _new(d.event, demand[name], place), place)
        else:
            _put(data, d.event, place)

    def blame(key: str) -> str:
        """The event that set a wrong key, or the last one that began or ended."""
        said = [d for d in holding if key == d.event.key or key.startswith(f"{d.event.key}.")]
        moved = [d for d in dated(scenario) if week in (d.week, d.until)]
        return _place((said or moved or holding)[-1])

    made = checked(Replaceable, data, blame)
    altered = {}
    for name, archetype in scenario.archetypes.items():
        own = {"community": _plain(archetype.model_dump())}
        for d in holding:
            if d.event.key.startswith("community."):
                _put(own, d.event, _place(d))
        altered[name] = checked(Replaceable, {**data, **own}, blame).community
    places = tuple(altered[name] for name in scenario.mix) or (made.community,) * scenario.communities
    places += (made.community,) * (scenario.span - scenario.communities)
    return Situation(made.structure, made.policy, places, numbers, tuple(demand.values()))


def _new(event: Event, old: Any, where: str) -> Any:
    if event.times is None:
        return event.value
    if isinstance(old, bool) or not isinstance(old, int | float):
        raise ScenarioError(f"{where}: {event.key} holds no number, so it cannot be multiplied; give value instead")
    return round(old * event.times) if isinstance(old, int) else old * event.times


def _factor(key: str, value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ScenarioError(f"{where}: {key} is {value!r}; it must be a number")
    if not 0.0 <= value <= MOST_DEMAND:
        raise ScenarioError(f"{where}: {key} is {value:g}; it must lie between 0 and {MOST_DEMAND:g}")
    return float(value)


def _put(data: dict[str, Any], event: Event, where: str) -> None:
    *steps, last = event.key.split(".")
    at = data
    for step in steps:
        at = at[step]
    at[last] = _plain(_new(event, at.get(last), where))


def _plain(value: Any) -> Any:
    return {k: _plain(v) for k, v in value.items()} if isinstance(value, Mapping) else value


# --- checking


@functools.lru_cache(maxsize=1)
def known_keys() -> tuple[str, ...]:
    """Every key that an event may name."""
    rules = (*leaves(Structure, "structure."), *leaves(Policy, "policy."))
    keys = [k for k in rules if k.rsplit(".", 1)[-1] not in WORDS]
    keys += [f"parameters.{m}.{n}" for m in _changeable() for n in parameters.registry()[m]]
    return (*keys, *groups(), *(f"community.{f}" for f in FACTS), *OWN)


def groups() -> tuple[str, ...]:
    """Keys whose value is the name of an option: a whole structure or a whole overlay."""
    return ("structure", *(f"policy.{g}" for g in Policy.model_fields))


@functools.lru_cache(maxsize=1)
def _changeable() -> tuple[str, ...]:
    """Modules whose numbers are read all through a run, and not only when people are made or results are added up."""
    from sim.engine.mechanism import REGISTRY

    known = parameters.registry()
    running = {item.module for item in REGISTRY.values()} | {"kinds"}
    return tuple(m for m in sorted(known) if m in running)


def check_events(scenario: Scenario) -> None:
    """Raise ScenarioError for the first event that names no key, holds no fitting value or comes too late."""
    if not scenario.shock.events:
        return
    try:
        for d in dated(scenario):
            _check_key(d)
            if d.week >= scenario.weeks:
                raise ScenarioError(
                    f"{_place(d)}: the run ends after {scenario.weeks} weeks, warm-up included; "
                    "set shock.start or the event's week lower, or years higher"
                )
            if d.event.key in ONCE:
                _check_once(d, scenario)
        for week in sorted(changes(scenario)):
            situation(scenario, week)
    except ScenarioError as failed:
        raise ScenarioError(str(failed), key="shock.events") from None


def _place(d: Dated) -> str:
    return f"event {d.number}, week {d.week}"


def _check_key(d: Dated) -> None:
    where, key, event = _place(d), d.event.key, d.event
    if key in groups() and isinstance(event.value, Mapping):
        return  # the option's own content, put in by `with_options`
    if key in groups():
        raise ScenarioError(f"{where}: {key} is {event.value!r}; it must be the name of an option of {key}")
    if key in known_keys() or (key.startswith("structure.reports_to.") and key.count(".") == 2):
        return
    inside = [k for k in known_keys() if k.startswith(f"{key}.")]
    if inside:
        raise ScenarioError(f"{where}: {key} holds several keys; set one of them, such as {inside[0]}")
    module, _, name = key.removeprefix("parameters.").partition(".")
    if key.startswith("parameters.") and name in parameters.registry().get(module, {}):
        raise ScenarioError(
            f"{where}: {key} is read only when people and places are made or when results are added up; "
            "an event cannot change it during a run"
        )
    if key.startswith("community.") and key.partition(".")[2] in Community.model_fields:
        may = ", ".join(f"community.{f}" for f in FACTS)
        raise ScenarioError(f"{where}: {key} is read only when people and places are made; an event can change {may}")
    raise ScenarioError(f"{where}: there is no key {key!r}; {instead(key, known_keys())}")


def _check_once(d: Dated, scenario: Scenario) -> None:
    where, key, value = _place(d), d.event.key, d.event.value
    if d.event.times is not None:
        raise ScenarioError(f"{where}: {key} takes a value, not times")
    if key == "cases.exposed":
        if value is not True:
            raise ScenarioError(f"{where}: {key} is {value!r}; it must be true")
        if d.until is not None:
            raise ScenarioError(f"{where}: {key} cannot be undone; leave until out")
        return
    if isinstance(value, bool) or not isinstance(value, int):
        raise ScenarioError(f"{where}: {key} is {value!r}; it must be a whole number")
    if not 1 <= value <= scenario.community.staff:
        most = scenario.community.staff
        raise ScenarioError(f"{where}: {key} is {value}; it must lie between 1 and {most}, the posts of a community")


# --- options by name


def with_options(events: Any, composed: Composed) -> Any:
    """Events as data in which the name of an option is replaced by what the option holds. Raises ScenarioError."""
    if not isinstance(events, Sequence) or isinstance(events, str):
        return events
    return [_with_option(e, i, composed) for i, e in enumerate(events, 1)]


def _with_option(event: Any, number: int, composed: Composed) -> Any:
    from sim.scenario.compose import Override, compose

    if not isinstance(event, Mapping):
        return event
    event = dict(event)
    key = str(event.get("key", "")).replace("policy/", "policy.")
    event["key"] = key
    if key not in groups() or not isinstance(event.get("value"), str):
        return event
    where = f"{composed.locate('shock.events')}: event {number}"
    group, name = key.replace(".", "/"), event["value"]
    composed.catalogue.require(group, name, where)
    others = [o for o in composed.overrides if o.key != group and not o.key.startswith(f"{key}.")]
    data = compose([*others, Override(group, name, where)], composed.catalogue).data
    event["value"] = functools.reduce(lambda at, step: at[step], key.split("."), data)
    return event
