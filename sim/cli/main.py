"""The program `gongzhi`: finds the command, takes its own options off the line and calls one function.

Exit status: what the command returns; 2 when something could not be done as asked, said in one sentence on stderr.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any, NamedTuple

from sim.cli.lines import say, table
from sim.cli.options import DETAIL, FORMATS, KEPT, TABLES, split
from sim.vocabulary.errors import PROGRAM_OPTIONS, ScenarioError, close
from sim.vocabulary.words import NoWord, default_language, label, languages, note

Options = Mapping[str, Any]


class Command(NamedTuple):
    """A command: what it takes (nothing, a name, or a kind and names), the function "module:name" behind it, and the
    name of the list of its options in that module."""

    place: str
    takes: str
    options: str = "OPTIONS"


COMMANDS = {
    "run": Command("sim.cli.run:main", "scenario"),
    "study": Command("sim.study.cli:main", "name", "STUDY_OPTIONS"),
    "resume": Command("sim.study.cli:main_resume", "folder", "RESUME_OPTIONS"),
    "status": Command("sim.study.cli:main_status", "folder", "LOOK"),
    "rerun": Command("sim.cli.rerun:main", "folder"),
    "export": Command("sim.cli.export:main", "folder"),
    "charts": Command("sim.charts.cli:main", "folder"),
    "calibrate": Command("sim.calibration.cli:main", "begun"),
    "report": Command("sim.report.cli:main", "folder"),
    "list": Command("sim.cli.listing:main", "words", ""),
    "show": Command("sim.cli.showing:main", "words", ""),
    "exercise": Command("sim.exercise.cli:main", "nothing"),
    "version": Command("sim.cli.version:main", "nothing", ""),
}
HELP = ("-h", "--help", "help")
VERSION = ("--version", "-V")
SETTINGS_TAKEN = ("name", "scenario", "begun")  # commands that take settings of the scenario too


def usage(lang: str, name: str = "") -> str:
    """The help text, of the program or of one command."""
    if name in COMMANDS:
        return _usage_of(name, lang)
    lines = [say("usage", lang), "", f"{say('commands', lang)}:"]
    lines += table([(f"{n} {_taken(c, lang)}", say(f"command.{n}", lang)) for n, c in COMMANDS.items()])
    lines += ["", f"{say('options', lang)}:"]
    lines += table([(f"{n}=", _option(n, lang)) for n in PROGRAM_OPTIONS])
    lines += ["", say("settings", lang), label("word.simulated", lang)]
    return "\n".join(lines)


def _taken(command: Command, lang: str) -> str:
    return "" if command.takes == "nothing" else say(f"takes.{command.takes}", lang)


def _option(name: str, lang: str) -> str:
    choices = {"detail": DETAIL, "formats": FORMATS, "tables": TABLES, "langs": languages()}
    return say(f"option.{name}", lang, **{key: ",".join(values) for key, values in choices.items()})


def _usage_of(name: str, lang: str) -> str:
    command = COMMANDS[name]
    line = f"gongzhi {name} {_taken(command, lang)}".rstrip()
    own = getattr(_module(command), command.options) if command.options else ("lang",)
    lines = [line, f"  {say(f'command.{name}', lang)}", "", f"{say('options', lang)}:"]
    lines += table([(f"{n}=", _option(n, lang)) for n in PROGRAM_OPTIONS if n in own])
    if name == "study":
        lines += ["", say("of_study", lang)]
    if command.takes in SETTINGS_TAKEN:
        lines += ["", say("settings", lang)]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program on its arguments; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")  # a console that lacks a character shows ? rather than failing
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _dispatch(words)
    except (ScenarioError, NoWord) as failed:
        print(f"gongzhi: {failed}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def _dispatch(words: list[str]) -> int:
    _check_encoding(words)
    asked = [w for w in words if w not in HELP]
    if asked and asked[0] in VERSION:
        asked[0] = "version"
    options, rest = split(asked)
    lang = options.get("lang") or default_language()
    for language in options.get("langs") or (lang,):
        if lacks := note(language):
            print(f"gongzhi: {lacks}", file=sys.stderr)
    if not rest or len(asked) < len(words):
        print(usage(lang, rest[0] if rest else ""))
        return 0
    name, rest = rest[0], rest[1:]
    command = COMMANDS.get(name)
    if command is None:
        raise ScenarioError(f"there is no command {name!r}; {close(name, COMMANDS)}")
    options["lang"] = lang
    return call(name, command, rest, options)


def _check_encoding(words: Sequence[str]) -> None:
    """Raise ScenarioError where Python was started so that it cannot hold the names of files that are asked for."""
    for word in words:
        try:
            word.encode("utf-8")
        except UnicodeEncodeError:
            typed = os.fsencode(word).decode("utf-8", "replace")
            raise ScenarioError(
                f"on the command line: {typed!r} has characters beyond the encoding {sys.getfilesystemencoding()} that "
                "Python was started with; set PYTHONUTF8=1 and run it again"
            ) from None


def call(name: str, command: Command, rest: list[str], options: Options) -> int:
    """Hand the words to the function behind a command."""
    if command.takes in ("name", "folder"):
        if not rest or "=" in rest[0]:
            raise ScenarioError(f"gongzhi {name} needs a {command.takes}, such as `gongzhi {name} {_example(command)}`")
        if command.takes == "name":
            return int(_function(command)(rest[0], rest[1:], options))
        extra = [w for w in rest[1:] if w.partition("=")[0] not in KEPT]
        if extra:
            raise ScenarioError(f"gongzhi {name} takes one folder and no settings; {extra[0]!r} is too much")
        return int(_function(command)(rest[0], options))
    if command.takes == "scenario":
        from sim.scenario.load import load

        scenario = load(rest)
        return int(_function(command)(scenario, options))
    return int(_function(command)([w for w in rest if w.partition("=")[0] not in KEPT], options))


def _example(command: Command) -> str:
    return "structures" if command.takes == "name" else "results/structures"


def _function(command: Command) -> Callable[..., int]:
    found: Callable[..., int] = getattr(_module(command), command.place.partition(":")[2])
    return found


def _module(command: Command) -> ModuleType:
    return importlib.import_module(command.place.partition(":")[0])
