"""The program `gongzhi`: finds the command, takes its own options off the line and calls one function.

Exit status: what the command returns; 2 when something could not be done as asked, said in one sentence on stderr.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from sim.cli.options import DETAIL, FORMATS, KEPT, TABLES, split
from sim.cli.words import say, table
from sim.glossary import default_language
from sim.scenario.errors import PROGRAM_OPTIONS, ScenarioError, close

Options = Mapping[str, Any]


@dataclass(frozen=True)
class Command:
    """A command: what it takes (nothing, a name, or a kind and names), the function "module:name" behind it, and the
    name of the list of its options in that module."""

    place: str
    takes: str
    zh: str
    en: str
    options: str = "OPTIONS"


COMMANDS = {
    "run": Command("sim.cli.run:main", "scenario", "模拟一个情景", "simulate one scenario"),
    "study": Command("sim.study.cli:main", "name", "运行一项有名称的比较研究", "run a named comparison",
                     "STUDY_OPTIONS"),
    "resume": Command("sim.study.cli:main_resume", "folder", "完成中断的研究", "finish an interrupted study",
                      "RESUME_OPTIONS"),
    "status": Command("sim.study.cli:main_status", "folder", "查看研究进度", "say how far a study is", "LOOK"),
    "rerun": Command("sim.cli.rerun:main", "folder", "重做一次已存的运行", "run one stored run again, in detail"),
    "export": Command("sim.cli.export:main", "folder", "导出研究的表格", "write a study's tables in other forms"),
    "charts": Command("sim.charts.cli:main", "folder", "重画研究的图表", "draw the charts of a study again"),
    "calibrate": Command("sim.calibration.cli:main", "begun", "按特征校准模型参数", "calibrate to the stated patterns"),
    "report": Command("sim.report.cli:main", "folder", "把研究写成简报", "write a study up as a brief"),
    "list": Command("sim.cli.listing:main", "words", "列出可选内容", "list what there is to choose", ""),
    "show": Command("sim.cli.showing:main", "words", "用文字说明一项内容", "describe one thing in words", ""),
    "exercise": Command("sim.exercise.cli:main", "nothing", "启动课堂演练（--lan 供教室内网使用）",
                        "start the classroom exercise (--lan for the room's network)"),
    "version": Command("sim.cli.version:main", "nothing", "显示版本", "say which version this is", ""),
}
NAMES = {
    "name": {"zh": "研究名称", "en": "STUDY"},
    "folder": {"zh": "结果目录", "en": "FOLDER"},
    "begun": {"zh": "[结果目录]", "en": "[FOLDER]"},
    "words": {"zh": "类别 [名称]", "en": "KIND [NAME]"},
    "nothing": {"zh": "", "en": ""},
    "scenario": {"zh": "键=值 ...", "en": "key=value ..."},
}
OPTION_WORDS = {
    "lang": ("zh、en 或两者", "zh, en or both: zh,en"),
    "only": ("只要这些，逗号分隔", "only these, with commas"),
    "style": ("图表样式", "style of charts"),
    "detail": (f"brief、full 或明细表：{','.join(DETAIL)}", f"brief, full, or tables: {','.join(DETAIL)}"),
    "workers": ("进程数", "processes"),
    "results_dir": ("结果目录", "folder for results"),
    "configs": ("自备配置目录", "folder of your own YAML files"),
    "executor": ("计算位置：local、ray", "where runs are computed: local, ray"),
    "format": (
        f"简报：{','.join(FORMATS)}；导出：{','.join(TABLES)}",
        f"of a brief: {','.join(FORMATS)}; of exported tables: {','.join(TABLES)}",
    ),
    "id": ("运行编号", "id of a run"),
    "dry_run": ("只显示计划", "show the plan only"),
    "from": ("只变动此 Morris 研究中影响最大的因素", "vary only what mattered in this stored Morris study"),
    "top": ("取前几个（与 from= 合用）", "how many of them (with from=)"),
    "repair": ("修复损坏的结果", "repair damaged results"),
    "port": ("端口", "port"),
    "host": ("主机", "host"),
}


HELP = ("-h", "--help", "help")
VERSION = ("--version", "-V")
SETTINGS_TAKEN = ("name", "scenario", "begun")  # commands that take settings of the scenario too


def usage(lang: str, name: str = "") -> str:
    """The help text, of the program or of one command."""
    if name in COMMANDS:
        return _usage_of(name, lang)
    lines = [say("usage", lang), "", f"{say('commands', lang)}:"]
    lines += table([(f"{n} {NAMES[c.takes][lang]}", c.zh if lang == "zh" else c.en) for n, c in COMMANDS.items()])
    lines += ["", f"{say('options', lang)}:"]
    lines += table([(f"{n}=", OPTION_WORDS[n][lang == "en"]) for n in PROGRAM_OPTIONS])
    lines += ["", say("settings", lang), say("simulated", lang)]
    return "\n".join(lines)


def _usage_of(name: str, lang: str) -> str:
    command = COMMANDS[name]
    line = f"gongzhi {name} {NAMES[command.takes][lang]}".rstrip()
    own = getattr(_module(command), command.options) if command.options else ("lang",)
    lines = [line, f"  {command.zh if lang == 'zh' else command.en}", "", f"{say('options', lang)}:"]
    lines += table([(f"{n}=", OPTION_WORDS[n][lang == "en"]) for n in PROGRAM_OPTIONS if n in own])
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
    except ScenarioError as failed:
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
