"""The catalogue of words: all that the program says, by key, in one folder of plain YAML files for each language.

A key is `room.name`: `cli.usage` stands in `cli.yaml`. Where there is no such file the first part of the key is a
section of `terms.yaml`, which holds the one label of each thing: `body.party`, `channel.desk`, `kind.repair`. Values in
braces are filled in; an entry `"@body.party"` says what that other entry says. A language is a folder beside this file:
what it lacks stands in English, and `note` says so. Options of configs/ carry their own labels.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

LANGS = ("zh", "en")  # the program's own languages, which lack nothing
STANDARD = "en"  # stands in for what another language lacks
PLACE = Path(__file__).parent
TERMS = "terms"
ALIAS = "@"
NAMED = 5  # entries that a note on what is lacking names
OPTIONS = ("structure", "package", "community", "era", "shock", "study", "executor")  # of configs/, beside policy.*


class NoWord(ValueError):
    """What was asked for is in no language of the catalogue."""


@functools.cache
def languages() -> tuple[str, ...]:
    """Every language that there is a folder for, the program's own first."""
    found = {path.name for path in PLACE.iterdir() if path.is_dir() and not path.name.startswith("_")}
    return (*LANGS, *sorted(found - set(LANGS)))


@functools.cache
def entries(lang: str, room: str) -> Mapping[str, str]:
    """The entries of one file by their full keys; none where the language has no such file."""
    path = PLACE / lang / f"{room}.yaml"
    if not path.is_file():
        return {}
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=loader) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as failed:
        raise NoWord(f"{path} cannot be read as YAML: {' '.join(str(failed).split())}") from None
    if not isinstance(data, Mapping):
        raise NoWord(f"{path} must hold entries `key: text`")
    return dict(_flat(data, "" if room == TERMS else f"{room}."))


def _flat(data: Mapping[str, Any] | list[Any], prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in data.items() if isinstance(data, Mapping) else enumerate(data):
        if isinstance(value, Mapping | list):
            yield from _flat(value, f"{prefix}{name}.")
        elif value not in (None, ""):  # not translated yet
            yield f"{prefix}{name}", str(value)


@functools.cache
def rooms() -> tuple[str, ...]:
    """The files of which each language has one."""
    return tuple(sorted(path.stem for path in (PLACE / STANDARD).glob("*.yaml")))


def lacking(lang: str) -> tuple[str, ...]:
    """Keys that a language does not have, and says in English."""
    return tuple(key for room in rooms() for key in entries(STANDARD, room) if key not in entries(lang, room))


def own(lang: str) -> str:
    """The language where it is one of the program's own, else English: for what is only written in these."""
    return lang if lang in LANGS else STANDARD


def note(lang: str) -> str:
    """A sentence on what a language lacks; nothing where it lacks nothing, as the program's own."""
    keys = () if lang in LANGS else lacking(lang)
    if not keys:
        return ""
    named = ", ".join(keys[:NAMED]) + (", ..." if len(keys) > NAMED else "")
    return f"{PLACE / lang} lacks {len(keys)} entries, which stand in English: {named}"


def has(key: str) -> bool:
    """Whether the catalogue has the key."""
    return _found(key, STANDARD) is not None


def _found(key: str, lang: str) -> str | None:
    text = _entry(key, lang)
    return _entry(text[len(ALIAS) :], lang) if text and text.startswith(ALIAS) else text


def _entry(key: str, lang: str) -> str | None:
    room = key.partition(".")[0]
    room = room if room in rooms() else TERMS
    return entries(lang, room).get(key) or entries(STANDARD, room).get(key)


def say(key: str, lang: str, **values: Any) -> str:
    """What stands at a key, filled in. Raises NoWord for a key or a language that does not exist."""
    if lang not in languages():
        raise NoWord(f"there are no words in {lang!r}; languages are {', '.join(languages())}")
    text = _found(key, lang)
    if text is None:
        raise NoWord(f"the catalogue of words has no entry {key!r}; it should stand in {PLACE / STANDARD}")
    try:
        return text.format(**{k: v[lang] if isinstance(v, Text) else v for k, v in values.items()}) if values else text
    except NoWord:
        raise  # of what is filled in
    except (LookupError, ValueError) as failed:
        raise NoWord(f"{key!r} in {PLACE / lang} cannot be filled in with {', '.join(values)}: {failed}") from None


def pair(key: str, **values: Any) -> dict[str, str]:
    """What stands at a key in each of the program's own languages, to be stored."""
    return {lang: say(key, lang, **values) for lang in LANGS}


def label(key: str, lang: str) -> str:
    """The one label of a thing such as "body.party", or of an option such as "structure.one_plus_two"."""
    group, _, name = key.rpartition(".")
    if (group in OPTIONS or group.startswith("policy.")) and not has(key):
        from sim.scenario.catalogue import Catalogue
        from sim.vocabulary.errors import ScenarioError

        try:
            return of(Catalogue().card(group.replace(".", "/"), name).get("label"), lang)
        except ScenarioError as failed:
            raise NoWord(str(failed)) from None
    return say(key, lang)


def of(texts: Any, lang: str) -> str:
    """The text of a language out of {zh: ..., en: ...}, as a user writes it; English where it is not there."""
    if not isinstance(texts, Mapping):
        return str(texts or "")
    return str(texts.get(lang) or texts.get(STANDARD) or "")


def own_name(lang: str) -> str:
    """What a language calls itself."""
    return entries(lang, TERMS).get("word.own_name", lang)


def room(name: str) -> Callable[..., str]:
    """`say` for one file: a key there needs no name of the file."""
    return lambda key, lang, **values: say(f"{name}.{key}", lang, **values)


class Text(Mapping[str, str]):
    """An entry in whichever language is asked for: Text("body.party")["zh"]."""

    def __init__(self, key: str, **values: Any) -> None:
        self.key, self.filled = key, values

    def __getitem__(self, lang: str) -> str:
        return say(self.key, lang, **self.filled)

    def __iter__(self) -> Iterator[str]:
        return iter(languages())

    def __len__(self) -> int:
        return len(languages())


def default_language(environment: Mapping[str, str] = os.environ) -> str:
    """zh when the locale is Chinese, else en."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    import locale

    language = (locale.getlocale()[0] or "").lower()
    return "zh" if language.startswith(("zh", "chinese")) else "en"
