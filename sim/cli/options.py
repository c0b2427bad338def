"""The program's own options, taken off the line before Hydra sees it; everything else sets the scenario."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sim.vocabulary.errors import PROGRAM_OPTIONS, ScenarioError, close
from sim.vocabulary.words import languages

LISTS = ("lang", "only", "detail", "format")
KEPT = ("configs", "executor")  # these are also part of what describes a scenario
NUMBERS = {"workers": (1, 1024), "port": (0, 65535), "top": (1, 1000)}
FLAGS = ("dry_run", "repair", "lan")
# tables of single things, see sim.observe.detail
DETAIL = ("cases", "residents", "estates", "elections", "bodies", "requests", "communities")
FORMATS = ("html", "pdf", "pptx", "xlsx", "docx")  # of a brief
TABLES = ("csv", "xlsx", "salib", "ema")  # of exported tables
CHOICES = {"detail": ("brief", "full", *DETAIL), "format": tuple(dict.fromkeys((*FORMATS, *TABLES)))}
TRUE, FALSE = ("true", "yes", "on", "1"), ("false", "no", "off", "0")
COMMAND_LINE = "on the command line"


def split(words: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
    """Own options by name, and the words left over. A comma makes a list of LISTS.

    `lang` holds the first language and `langs` all of them; neither is there when none was given. A folder of the
    user's own files (`configs=DIR`) and `executor=` also stay among the words, as part of what describes the scenario.
    """
    options: dict[str, Any] = {}
    rest: list[str] = []
    for word in words:
        key, equals, value = word.partition("=")
        key = key.removeprefix("--").replace("-", "_") if word.startswith("--") else key
        if word.startswith("--") and key in FLAGS and not equals:
            options[key] = True
        elif key in PROGRAM_OPTIONS and equals:
            options[key] = _value(key, value.strip())
            if key in KEPT:
                rest.append(f"{key}={value.strip()}")
        elif word.startswith("-"):
            import difflib

            near = difflib.get_close_matches(key.lstrip("-"), PROGRAM_OPTIONS, n=1)
            meant = f"did you mean {near[0]}=? " if near else ""
            raise ScenarioError(
                f"{COMMAND_LINE}: there is no option {word!r}; {meant}options are written key=value, such as lang=zh"
            )
        else:
            rest.append(word)
    if "lang" in options:
        options["langs"] = options["lang"]
        options["lang"] = options["langs"][0]
    return options, rest


def _value(key: str, value: str) -> Any:
    if not value:
        raise ScenarioError(f"{COMMAND_LINE}: {key}= is empty; give it a value or leave it out")
    if key in LISTS:
        values = tuple(v.strip() for v in value.strip("[]").split(",") if v.strip())
        for v in values:
            _choose(key, v)
        return values
    if key in NUMBERS:
        low, high = NUMBERS[key]
        if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
            raise ScenarioError(
                f"{COMMAND_LINE}: {key} is {value!r}; it must be a whole number between {low} and {high}"
            )
        return int(value)
    if key in FLAGS:
        if value.lower() not in TRUE + FALSE:
            raise ScenarioError(f"{COMMAND_LINE}: {key} is {value!r}; it must be true or false")
        return value.lower() in TRUE
    return _choose(key, value)


def _choose(key: str, value: str) -> str:
    known = languages() if key == "lang" else CHOICES.get(key, (value,))
    if value not in known:
        raise ScenarioError(f"{COMMAND_LINE}: {key} is {value!r}; {close(value, known)}")
    return value
