"""The words that are asked for by the name of a thing: what is added to the program owes its own in each language.

Keys that stand in the code as they are cannot be forgotten; those that are put together from the name of a code, a
setting, a rule, an indicator or a chart can. A study asks for them before its first run, not when it is written up.
"""

from __future__ import annotations

import enum
import inspect
import re
from collections.abc import Iterable, Iterator

from sim.vocabulary import codes
from sim.vocabulary.words import LANGS, PLACE, TERMS, NoWord, Text, entries, rooms

# codes that stand inside the model alone: places in a row, keys of draws, flags with more than two values
INSIDE = {
    codes.Purpose, codes.Rows, codes.Entry, codes.Wait, codes.Skill, codes.CourtVerdict, codes.Callback, codes.FoundBy,
    codes.Implicates, codes.Seat, codes.Stage,
}  # fmt: skip


def section(vocabulary: type[enum.IntEnum]) -> str:
    """Section of terms.yaml that labels the members of a vocabulary: `task_state` of TaskState."""
    return re.sub(r"(?<=[a-z])([A-Z])", r"_\1", vocabulary.__name__).lower()


def vocabularies() -> list[type[enum.IntEnum]]:
    """The vocabularies of the model that a reader meets."""
    found = [c for _, c in inspect.getmembers(codes, inspect.isclass) if issubclass(c, enum.IntEnum) and c.__members__]
    return [c for c in found if c not in INSIDE]


def owed() -> Iterator[str]:
    """Every key that is put together from a name."""
    from pydantic import BaseModel

    from sim.charts import charts
    from sim.observe.indicators import INDICATORS
    from sim.scenario import choices, cities, comparison, overlays, schema
    from sim.scenario.shocks import OWN, event_words

    for vocabulary in vocabularies():
        yield from (f"{section(vocabulary)}.{member.name.lower()}" for member in vocabulary)
    for module in (choices, cities, comparison, overlays, schema):
        for cls in vars(module).values():
            if isinstance(cls, type) and issubclass(cls, BaseModel):
                extras = (field.json_schema_extra for field in cls.model_fields.values())
                yield from (str(extra["key"]) for extra in extras if isinstance(extra, dict))
    for body, field in schema.Rules.model_fields.items():
        yield from (f"setting.rule.{body}.{rule}" for rule in getattr(field.annotation, "__args__", ()))
    yield from map(event_words, OWN)
    for item in [*INDICATORS.values(), *charts().values()]:
        for text in (value for value in vars(item).values() if isinstance(value, Text)):
            yield text.key
            yield from (filled.key for filled in text.filled.values() if isinstance(filled, Text))


def check(keys: Iterable[str]) -> None:
    """Raise NoWord for the first key that one of the program's own languages lacks."""
    for key in keys:
        room = key.partition(".")[0]
        room = room if room in rooms() else TERMS
        for lang in LANGS:
            if key not in entries(lang, room):
                file = PLACE / lang / f"{room}.yaml"
                raise NoWord(f"the catalogue of words has no entry {key!r}; it should stand in {file}")
