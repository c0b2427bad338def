"""What the fields of a scenario are made of: names, finite numbers, frozen mappings, and words about each of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from sim.vocabulary import codes
from sim.vocabulary.words import Text


def names(enum: Any) -> tuple[str, ...]:
    """Lower-case names of an enumeration, as they stand in files."""
    return tuple(member.name.lower() for member in enum)


BODIES = names(codes.Body)
CHANNELS = names(codes.Channel)[1:]
KINDS = names(codes.Kind)


def member(choices: tuple[str, ...], what: str) -> AfterValidator:
    """A check that a word is one of `choices`; `what` names it in the message."""
    def check(value: str) -> str:
        if value not in choices:
            raise ValueError(f"{value!r} is no {what}; it can be {', '.join(choices)}")
        return value

    return AfterValidator(check)


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError("must be a finite number")
    return value


BodyName = Annotated[str, member(BODIES, "type of body")]
ChannelName = Annotated[str, member(CHANNELS, "channel")]
Convener = Annotated[str, member((*BODIES, "rotating"), "convener")]
Settler = Annotated[str, member((*BODIES, "nobody"), "body that settles deadlock")]
Number = Annotated[float, AfterValidator(_finite)]


class FrozenDict(dict[Any, Any]):
    """A dictionary that cannot be changed once made."""

    def _refuse(self, *_: Any, **__: Any) -> Any:
        raise TypeError("a scenario cannot be changed; load another one")

    __setitem__ = __delitem__ = update = clear = pop = popitem = setdefault = __ior__ = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return (FrozenDict, (dict(self),))


def _freeze(value: Mapping[str, Any]) -> FrozenDict:
    return FrozenDict({k: _freeze(v) if isinstance(v, Mapping) else v for k, v in value.items()})


def keep(value: Any) -> Any:
    """The value, frozen where it is a mapping."""
    return _freeze(value) if isinstance(value, Mapping) else value


Frozen = AfterValidator(_freeze)


def about(unit: str, low: float | None = None, high: float | None = None, key: str = "") -> Any:
    """A required field with its unit and its range; what it means stands in the catalogue of words.

    It stands there under the names of the class and the field, or under `key`.
    """
    return Field(ge=low, le=high, json_schema_extra={"unit": unit, "key": key} if key else {"unit": unit})


def meaning(field: Any) -> Text | None:
    """What a field of a scenario means, in every language; nothing for one that says nothing of itself."""
    key = (getattr(field, "json_schema_extra", None) or {}).get("key")
    return Text(key) if key else None


class Checked(BaseModel):
    """Base of all parts: strict types, no unknown keys, no change after loading."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        for name, field in cls.model_fields.items():
            if isinstance(field.json_schema_extra, dict):
                field.json_schema_extra.setdefault("key", f"setting.{cls.__name__}.{name}")


class Words(Checked):
    """The same words in Chinese and English, as a user writes them; any other language reads the English."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def __getitem__(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


class Choice(Checked):
    """What every option of every group says about itself."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_]*$")
    label: Words
    description: Words
    source: str = Field(min_length=1)
