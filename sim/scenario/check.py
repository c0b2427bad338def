"""Strict checking of composed data, and the sentence that says what is wrong and where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from sim.scenario.moved import instead
from sim.scenario.schema import tuples
from sim.vocabulary.errors import ScenarioError

M = TypeVar("M", bound=BaseModel)
NOUNS = {
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "string_type": "a word",
    "tuple_type": "a list",
    "mapping_type": "a mapping of keys to values",
    "model_type": "a mapping of keys to values",
    "model_attributes_type": "a mapping of keys to values",
    "finite_number": "a finite number",
}


def fields_of(model: type[BaseModel], key: str) -> dict[str, Any] | None:
    """Fields of the part of `model` that the dotted key names, None when the key is no part with fields."""
    at: Any = model
    for step in [s for s in key.split(".") if s]:
        if isinstance(at, type) and issubclass(at, BaseModel):
            field = at.model_fields.get(step)
            at = field.annotation if field else None
        elif step.isdigit() and get_origin(at) is tuple:  # an entry of a list
            at = get_args(at)[0]
        else:
            return None
    return dict(at.model_fields) if isinstance(at, type) and issubclass(at, BaseModel) else None


def leaves(model: type[BaseModel], prefix: str = "") -> list[str]:
    """Every dotted key of a model that holds a value and not further keys."""
    found: list[str] = []
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            found += leaves(inner, f"{prefix}{name}.")
        else:
            found.append(prefix + name)
    return found


def _range(model: type[BaseModel], key: str) -> str:
    parent, _, name = key.rpartition(".")
    fields = fields_of(model, parent) or {}
    low = high = None
    for item in getattr(fields.get(name), "metadata", ()):
        low = getattr(item, "ge", low)
        high = getattr(item, "le", high)
    if low is not None and high is not None:
        return f"it must lie between {low:g} and {high:g}" if high < 1e6 else f"it must be at least {low:g}"
    return f"it must be at least {low:g}" if low is not None else "it is out of range"


def _sentence(model: type[BaseModel], error: Mapping[str, Any], locate: Callable[[str], str]) -> str:
    steps = [str(s) for s in error["loc"] if str(s) != "[key]"]
    key = ".".join(steps)
    where = locate(key)
    kind, value = str(error["type"]), error.get("input")
    if kind == "extra_forbidden":
        parent, _, name = key.rpartition(".")
        known = fields_of(model, parent) or {}
        return f"{where}: there is no key {key!r}; {instead(key, known, name)}"
    if kind == "missing":
        return f"{where}: the key {key!r} is missing; it must be given"
    if kind in ("greater_than_equal", "less_than_equal", "greater_than", "less_than"):
        return f"{where}: {key} is {value!r}; {_range(model, key)}"
    if kind == "value_error":
        text = str(error["ctx"]["error"])
        about = getattr(error["ctx"]["error"], "key", "")
        if about:
            return f"{locate(about)}: {text}"
        if not key:  # a check over several keys: the place is where one of them was set by hand
            places = [locate(word.strip(",;:")) for word in text.split()]
            where = next((p for p in places if not p.startswith("in ")), where)
        return f"{where}: {key + ': ' if key else ''}{text}"
    if kind in NOUNS:
        shown = "nothing" if value is None else repr(list(value) if isinstance(value, tuple) else value)
        return f"{where}: {key} is {shown}; it must be {NOUNS[kind]}"
    if kind == "string_pattern_mismatch":
        return f"{where}: {key} is {value!r}; it must be a name of lower-case letters, digits and _"
    if kind in ("string_too_short", "too_short"):
        return f"{where}: {key} is empty; it must say something"
    if kind == "literal_error":
        return f"{where}: {key} is {value!r}; it can be {error['ctx']['expected']}"
    return f"{where}: {key} is {value!r}: {error['msg']}"


def checked(model: type[M], values: Mapping[str, Any], locate: str | Callable[[str], str]) -> M:
    """The typed object, or ScenarioError for the first thing that is wrong; `locate` names where a key was set."""
    find: Callable[[str], str] = locate if callable(locate) else lambda _key: str(locate)
    try:
        return model.model_validate(tuples(values))
    except ValidationError as failed:
        errors = sorted(failed.errors(include_url=False), key=lambda e: e["type"] != "extra_forbidden")
        raise ScenarioError(_sentence(model, errors[0], find)) from None
