"""A scenario as a typed, frozen object; checked strictly after Hydra has composed them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import Field, model_validator

from sim.scenario.choices import Community, Era, Shock, Structure
from sim.scenario.fields import Checked, Frozen, Number, Words, about
from sim.scenario.overlays import Policy

TEXTS = ("label", "description", "source", "ranges", "question", "why")  # words about a choice, never part of its hash


MOST_REPLICATES = 10**9
USUAL: Final = "usual"  # the default rule of a body


class Executor(Checked):
    """Where runs are computed; never changes a result."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_]*$")
    label: Words
    description: Words
    kind: Literal["local", "ray"] = "local"
    address: str = ""  # of a Ray cluster; empty: the one that RAY_ADDRESS names, else one on this machine alone
    workers: int = about("processes", 1, 1024)


def _rule() -> Any:
    return Field(USUAL, json_schema_extra={"unit": "rule"})


class Rules(Checked):
    """By which rule each type of body decides: its usual one, or another by name (sim.model.bodies.alternatives)."""

    street_office: Literal["usual", "no_inspection", "no_campaigns", "even_handed"] = _rule()
    party: Literal["usual", "residents_first", "settling"] = _rule()
    committee: Literal["usual", "candid", "above_first", "residents_first", "proportional", "half_each"] = _rule()
    owners: Literal["usual", "passive"] = _rule()
    firm: Literal["usual", "least_effort", "full_effort"] = _rule()
    organisation: Literal["usual", "services_only"] = _rule()


class Base(Checked):
    """Structure and overlays of the warm-up."""

    package: str = ""
    structure: Structure
    policy: Policy

    @property
    def name(self) -> str:
        return self.package or self.structure.name


def plain(value: Any) -> Any:
    """Mappings as dictionaries and tuples as lists, all the way down."""
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    return value


def tuples(value: Any) -> Any:
    """The same plain data with lists as tuples."""
    if isinstance(value, Mapping):
        return {k: tuples(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return tuple(tuples(v) for v in value)
    return value


def _without_words(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_words(v) for k, v in value.items() if k not in TEXTS}
    if isinstance(value, list):
        return [_without_words(v) for v in value]
    return value


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON (sorted keys, no blanks, numbers as Python writes them)."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


class Scenario(Checked):
    """One fully stated run: nothing about the model is decided anywhere else."""

    seed: int = about("id", 0, 2**63 - 1)
    replicate: int = about("id", 0, MOST_REPLICATES)
    replicates: int = about("runs", 1, 1_000_000)
    years: int = about("years", 1, 50)
    warmup_years: int = about("years", 0, 20)
    communities: int = about("communities", 1, 20)
    span: int = about("communities", 1, 200)
    package: str = ""
    structure: Structure
    policy: Policy
    community: Community
    mix: tuple[str, ...] = Field(
        (),
        json_schema_extra={"unit": "names"},
    )
    archetypes: Annotated[Mapping[str, Community], Frozen] = Field(
        default_factory=dict,
        json_schema_extra={"unit": "by name"},
    )
    era: Era
    shock: Shock
    executor: Executor
    items: str = Field(
        pattern=r"^[a-z0-9][a-z0-9_]*$",
        json_schema_extra={"unit": "file"},
    )
    items_hash: str = ""
    parameters: Annotated[Mapping[str, Mapping[str, Number]], Frozen]
    rules: Rules
    base: Base

    @model_validator(mode="after")
    def _fits(self) -> Scenario:
        from sim.scenario.shocks import check_events

        if self.span < self.communities:
            raise ValueError(
                f"span is {self.span} but communities is {self.communities}; "
                "the subdistrict must hold at least the communities simulated in full"
            )
        if self.mix and len(self.mix) != self.communities:
            raise ValueError(
                f"mix names {len(self.mix)} archetypes but communities is {self.communities}; name one for each"
            )
        for name in self.mix:
            if name not in self.archetypes:
                raise ValueError(f"mix names {name!r}, which archetypes does not describe")
        check_events(self)
        return self

    @property
    def places(self) -> tuple[Community, ...]:
        """The archetype of each community that is simulated in full."""
        return tuple(self.archetypes[name] for name in self.mix) or (self.community,) * self.communities

    @property
    def weeks(self) -> int:
        """Weeks of the whole run, warm-up included."""
        return 52 * (self.warmup_years + self.years)

    @property
    def reform_week(self) -> int:
        """Week in which the reform comes."""
        return 52 * self.warmup_years

    @property
    def hash(self) -> str:
        """SHA-256 of everything that can move a result: names and numbers, not labels, not the executor."""
        own = _without_words(self.to_dict())
        for key in ("executor", "replicates"):
            del own[key]
        own["shock"] = self._events_before(self.weeks)
        return digest(own)

    @property
    def warmup_hash(self) -> str:
        """SHA-256 of everything that the warm-up depends on; arms that share it are forked from one state."""
        own = _without_words(self.to_dict())
        for key in ("executor", "replicates", "years", "package", "structure", "policy"):
            del own[key]
        del own["base"]["package"]
        own["shock"] = self._events_before(self.reform_week)
        return digest(own)

    def _events_before(self, week: int) -> Any:
        """Events that begin before a week: what they do, not what they are called."""
        from sim.scenario.shocks import begun

        return _without_words(plain(begun(self, week)))

    def to_dict(self) -> dict[str, Any]:
        """Plain lists, dictionaries, strings and numbers; `from_dict` takes it back."""
        own: dict[str, Any] = plain(self.model_dump())
        return own

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Scenario:
        """The scenario that `to_dict` wrote; raises ScenarioError when it does not fit this version."""
        from sim.scenario.check import checked

        return checked(cls, values, "the stored scenario")

    def at(self, **changes: Any) -> Scenario:
        """The same scenario with other plain values, such as `replicate=3`; checked again."""
        number = changes.get("replicate")
        if len(changes) == 1 and type(number) is int and 0 <= number <= MOST_REPLICATES:
            return self.model_copy(update=changes)  # nothing else depends on it, and studies ask once a run
        return Scenario.from_dict({**self.to_dict(), **changes})
