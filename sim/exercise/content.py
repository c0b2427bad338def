"""What an exercise is made of, as data: levers, roles, measures, plans, words and the scenarios in configs/exercise."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field, model_validator

from sim.scenario.fields import Checked, Words
from sim.scenario.places import config_dir
from sim.vocabulary.errors import ScenarioError, close
from sim.vocabulary.words import STANDARD, entries, room
from sim.vocabulary.words import say as say_word

HERE = Path(__file__).parent
LESSON = "lesson"  # the file of the catalogue that names what an exercise is made of
say = room("exercise")
STEPS = 10  # a share is decided in steps of a tenth
OBSERVER = "observer"
MONEY = "money_"  # how the fields of yearly money begin
PUBLIC = ("closed_share", "closed_in_time", "callback_satisfied", "turnout_official", "meetings_held", "delivered")


class Said(Checked):
    """Something for which the catalogue of words has an entry, by its key."""

    words: str

    def __getitem__(self, lang: str) -> str:
        return say_word(self.words, lang)


class Lever(Said):
    """One field of a seat's Decision."""

    form: str = Field(pattern="^(share|flag)$")
    idle: float = Field(ge=0, le=1)
    sensitive: bool = False
    hours: bool = False

    def takes(self, value: object) -> bool:
        """Whether a value is one that the form offers."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return value in (0.0, 1.0) if self.form == "flag" else value in {i / STEPS for i in range(STEPS + 1)}


class Fact(Said):
    """One field of a seat's Observation that its holder is shown."""

    unit: str


class Purse(Said):
    """One line of money that a body spends in a year, as a setting of the scenario.

    set: the amount is the setting, and what the settings of all lines hold now is what there is to spend; move: the
    amount is taken off the setting `of` and added to this one; share: the amount over `of` is the setting.
    """

    key: str
    how: str = Field(pattern="^(set|move|share)$")
    of: str = ""


class SeatSheet(Checked):
    """What a type of body decides and knows; `hours` are the facts that add up to its hours a week."""

    decides: dict[str, Lever]
    knows: dict[str, Fact]
    hours: list[str] = []
    money: dict[str, Purse] = {}


class Power(Checked):
    """What a role may do, and the basis of it by era."""

    text: Said
    basis: dict[str, Said]


class Role(Checked):
    """A role of the class."""

    seats: list[str]
    nth: int = 1
    label: Said
    brief: Said
    goals: list[str]
    powers: list[Power]


class Measure(Said):
    """Something that a joint meeting may adopt: an option of the configuration."""

    key: str
    value: str
    holder: str
    control: bool = False


class Minutes(Checked):
    """Length of each phase, 0 without a timer."""

    brief: float = Field(ge=0, le=600)
    decide: float = Field(ge=0, le=600)
    negotiate: float = Field(ge=0, le=600)
    results: float = Field(ge=0, le=600)


class Plan(Checked):
    """How a class runs."""

    label: Said
    rehearsal: int = Field(ge=0, le=52)
    rounds: list[int] = Field(min_length=1, max_length=40)
    minutes: Minutes


class Question(Words):
    """A question before and after, or for the debrief; with options when one of them is to be chosen."""

    options: tuple[Words, ...] = ()


class Card(Checked):
    """One scenario of the classroom."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_]*$")
    label: Words
    brief: Words
    teaching: tuple[Words, ...]
    guide: tuple[Words, ...]
    setting: tuple[str, ...]
    seed: int = Field(ge=0)
    roles: tuple[str, ...]
    aims: dict[str, Words]
    measures: tuple[str, ...]
    other_structure: str
    shocks: tuple[str, ...]
    before_after: tuple[Question, ...]
    debrief: tuple[Question, ...]
    watch: tuple[str, ...]

    @model_validator(mode="after")
    def _fits(self) -> Card:
        for kind, names, known in (
            ("role", (*self.roles, *self.aims), roles()),
            ("measure", self.measures, measures()),
        ):
            for name in names:
                if name not in known:
                    raise ValueError(f"there is no {kind} {name!r}; {close(name, known)}")
        return self

    @property
    def era(self) -> str:
        return next((w.partition("=")[2] for w in self.setting if w.startswith("era=")), "2012")


def _read(name: str) -> Any:
    """What stands in a file of this folder, and at each place that the catalogue has words for their key."""
    path = HERE / f"{name}.yaml"
    data: Any = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}
    prefix = f"{LESSON}.{name}."
    for key in entries(STANDARD, LESSON):
        if key.startswith(prefix):
            at = data
            for step in key.removeprefix(prefix).split("."):
                at = at.setdefault(step, {})
            at["words"] = key
    return data


def _listed(data: Mapping[str, Any]) -> list[Any]:
    """The values of {"0": ..., "1": ...}, which is a list in the catalogue."""
    return list(data.values())


@functools.cache
def sheets() -> Mapping[str, SeatSheet]:
    """What each type of body decides and knows; checked against the engine's own types."""
    from sim.model.bodies.seats import module_of
    from sim.vocabulary.codes import Body

    data = _read("levers")
    found = {k: SeatSheet.model_validate(v) for k, v in data.items()}
    for name, sheet in found.items():
        module = module_of(Body[name.upper()])
        for given, of in (
            (sheet.decides, module.Decision), (sheet.knows, module.Observation), (sheet.hours, module.Observation),
        ):  # fmt: skip
            unknown = set(given) - {f.name for f in fields(of)}
            if unknown:
                raise ValueError(f"levers.yaml: {name} has no {', '.join(sorted(unknown))}")
    return found | {"street_desk": found["station"]}


def unit(name: str, lang: str) -> str:
    """Words for the unit of a fact; a bare number has none."""
    return "" if name == "number" else say(f"unit.{name}", lang)


@functools.cache
def roles() -> Mapping[str, Role]:
    """All roles by name."""
    return {k: Role.model_validate({**v, "powers": _listed(v.get("powers", {}))}) for k, v in _read("roles").items()}


@functools.cache
def measures() -> Mapping[str, Measure]:
    """All measures that a group may adopt, by name."""
    return {k: Measure.model_validate(v) for k, v in _read("measures").items()}


@functools.cache
def plans() -> Mapping[str, Plan]:
    """The plans of a session (rehearsal, 90 and 180 minutes), by name."""
    return {k: Plan.model_validate(v) for k, v in _read("plans").items()}


class Part(Checked):
    """A part of the teacher's guide that holds for every scenario."""

    title: Said
    items: list[Said]


@functools.cache
def teaching() -> list[Part]:
    """The common part of the teacher's guide."""
    parts = _listed(_read("teaching"))
    return [Part.model_validate({**part, "items": _listed(part["items"])}) for part in parts]


def card_names(own: Path | None = None) -> list[str]:
    """Names of the scenarios for class, the user's own folder included."""
    return sorted({p.stem for root in _roots(own) for p in (root / "exercise").glob("*.yaml")})


def _roots(own: Path | None) -> list[Path]:
    return [config_dir(), *([own] if own else [])]


def card(name: str, own: Path | None = None) -> Card:
    """A scenario of the classroom by name. Raises ScenarioError."""
    return read_card(card_text(name, own), f"configs/exercise/{name}.yaml")


def card_text(name: str, own: Path | None = None) -> str:
    """The YAML text of a scenario by name. Raises ScenarioError."""
    if name not in card_names(own):
        raise ScenarioError(f"there is no exercise {name!r}; {close(name, card_names(own))}")
    paths = [root / "exercise" / f"{name}.yaml" for root in _roots(own)]
    return next(p for p in paths if p.is_file()).read_text(encoding="utf-8")


def read_card(text: str, where: str) -> Card:
    """The scenario in a YAML text. Raises ScenarioError that names file and key."""
    from sim.scenario.check import checked

    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as failed:
        raise ScenarioError(f"in {where}: this is not YAML ({failed})") from None
    return checked(Card, data, lambda key: f"in {where}")


def card_of(session: Any) -> Card:
    """The scenario of a session, from the text that was stored with it."""
    return _stored(session.card)


@functools.lru_cache(maxsize=64)
def _stored(text: str) -> Card:
    return read_card(text, "the session's scenario")
