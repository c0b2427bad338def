"""The pages of the reference, made from the registries of the program: `PAGES` names them and their languages."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable

from scripts.docs import article
from scripts.docs.blocks import short, table
from sim.cli.listing import KINDS, PLAIN
from sim.cli.main import COMMANDS, usage
from sim.scenario.catalogue import Catalogue
from sim.vocabulary.words import label, say

CHOICES = ("structures", "policies", "packages", "communities", "eras", "shocks", "studies", "experiments", "charts")


def _pick(lang: str, en: str, zh: str) -> str:
    return zh if lang == "zh" else en


def indicators(lang: str) -> str:
    """Every indicator by group."""
    from sim.charts.prose import unit_text
    from sim.observe.indicators import INDICATORS

    def edge(value: float) -> str:
        return ("∞" if value > 0 else "-∞") if math.isinf(value) else f"{value:g}"

    def unit(name: str) -> str:
        return {"share": "比例"}.get(name, unit_text(name, lang)) if zh else name

    zh = lang == "zh"
    head = _pick(
        lang,
        "Each indicator is one function and nothing else computes it. `better`: + more is better, - less is better, · "
        "neither can be said. Primary indicators (P) also exist as `NAME_transition` (first 104 weeks after the "
        "reform) and `NAME_steady` (the weeks after). Windows run from the reform to the end of the run; a problem "
        "belongs to the week in which it was felt. Values are empty where there is nothing to measure.",
        "每个指标只由一个函数计算，其他地方不再另算。“好坏”一栏：+ 越高越好，- 越低越好，· 不能论好坏。"
        "标 P 的为主要指标，另有 `名称_transition`（改革后前104周）与 `名称_steady`（其后各周）。"
        "统计期从改革到运行结束；问题归于感受到它的那一周。没有可计量的对象时为空。",
    )
    columns = ("名称", "", "指标", "单位", "范围", "好坏", "定义", "出处") if zh else (
        "name", "", "label", "unit", "range", "better", "definition", "source")  # fmt: skip
    lines = [f"# {_pick(lang, 'Indicators', '指标')}", "", head]
    for group in dict.fromkeys(item.group for item in INDICATORS.values()):
        rows = [
            (
                f"`{item.name}`", "P" if item.primary else "", item.label[lang], unit(item.unit),
                f"{edge(item.low)} {_pick(lang, 'to', '至')} {edge(item.high)}", {1: "+", -1: "-", 0: "·"}[item.better],
                item.definition[lang], item.source,
            )
            for item in INDICATORS.values()
            if item.group == group
        ]  # fmt: skip
        lines += ["", f"## {GROUPS[group] if zh else group.capitalize()}", "", *table(columns, rows)]
    return "\n".join(lines) + "\n"


def schema(lang: str) -> str:
    """The columns of every table that a run or a study writes."""
    from sim.observe.detail import ELEMENTS
    from sim.observe.schema import decided, described, heads, names

    given = {name: element for element, made in ELEMENTS.items() for name in made}
    lines = [
        "# Tables of a run and a study",
        "",
        "`gongzhi run ... detail=cases,estates` writes tables of single things as Parquet files into `detail/` of the",
        'run\'s folder; in Python `sim.simulate(scenario, detail=("cases", "estates")).detail` holds them as pyarrow',
        "tables. Every column of a file carries its unit and meaning as metadata. Times are working days since the",
        "start of the run, five a week, warm-up included; weeks and years are said in each table.",
    ]
    for name in names():
        what, rows = described(name, lang)
        lines += ["", f"## {name}", "", what + (f" (`detail={given[name]}`)" if name in given else ""), ""]
        lines += table(heads(lang), [(f"`{a}`", b, c) for a, b, c in rows])
        if name == "decisions":
            lines += ["", f"{say('table.decided', lang)}:", ""]
            lines += table(
                ("body", "decision", *heads(lang)[1:]), [(body, f"`{item}`", *rest) for body, item, *rest in decided()]
            )
    return "\n".join(lines) + "\n"


def parameters(lang: str) -> str:
    """Every number of the model by module."""
    from sim.scenario.parameters import registry

    lines = [
        "# Parameters",
        "",
        "Every number of the model with the value it has unless a scenario says otherwise",
        "(`parameters.MODULE.NAME=`), the range over which a study varies it, and where the value comes from. A source",
        "that begins with *assumption* stands for no published figure; `E..` are rows of the [evidence",
        "table](evidence.md), `A..` [items of the article](article.md). The equations that use the numbers stand in",
        "the [model description](../odd.md).",
    ]
    for module, own in registry().items():
        lines += ["", f"## {module}", ""]
        lines += table(
            ("number", "value", "range", "unit", "source", "meaning"),
            (
                (f"`{name}`", short(p.value), f"{short(p.low)} to {short(p.high)}", p.unit, p.source, p.meaning)
                for name, p in own.items()
            ),
        )
    return "\n".join(lines) + "\n"


def columns(lang: str) -> str:
    """Every state variable by table."""
    from sim.vocabulary.columns import COLUMNS, TABLES

    lines = [
        "# State variables",
        "",
        "Every column of the model's state, one row an entity of the table. The role says who may change it: *fixed*",
        "at the start; *state*; *outcome* (no mechanism that writes one may read a rule); *rule* (set from structure",
        "and policy); *seat* (observation and decision vectors); *count* (zeroed each week); *log*. `by` names further",
        "axes.",
    ]
    for name in TABLES:
        own = [c for c in COLUMNS.values() if c.table == name]
        lines += ["", f"## {name}", ""]
        lines += table(
            ("variable", "unit", "role", "by", "meaning"),
            ((f"`{c.name.split('.', 1)[1]}`", c.unit, c.role, ", ".join(c.axes), c.meaning) for c in own),
        )
    return "\n".join(lines) + "\n"


def evidence(lang: str) -> str:
    """The published figures that numbers of the model cite."""
    from sim.vocabulary.evidence import table as figures

    lines = [
        "# Evidence",
        "",
        "Published figures that numbers of the model cite. *Sure*: A official or primary text, B peer-reviewed or main",
        "press, C secondary or one-off, D derived by arithmetic.",
        "",
    ]
    names = ("id", "topic", "value", "unit", "place", "year", "source", "sure", "note")
    lines += table(names, ([getattr(figure, name) for name in names] for figure in figures().values()))
    return "\n".join(lines) + "\n"


def commands(lang: str) -> str:
    """What `gongzhi` and each of its commands say when asked for help, and the chores of a checkout."""
    head = _pick(lang, "Commands", "命令")
    lines = [f"# {head}", "", "```text", usage(lang), "```"]
    for name in COMMANDS:
        lines += ["", f"## gongzhi {name}", "", "```text", usage(lang, name), "```"]
    if lang == "en":
        import make

        lines += ["", "## make", "", "The chores of a checkout; without make: `python make.py TARGET`.", ""]
        lines += table(("target", "what it does"), ((f"`{n}`", inspect.getdoc(f)) for n, f in make.TARGETS.items()))
    return "\n".join(lines) + "\n"


def choices(lang: str) -> str:
    """What a scenario or a study may name, as `gongzhi list` says it."""
    catalogue = Catalogue()
    said = _pick(
        lang,
        "What may be named on the command line or in a file. `gongzhi show` tells one of them in words, for example "
        "`gongzhi show structure one_plus_two`.",
        "命令行和文件中可以引用的名称。查看其中一项的说明用 `gongzhi show`，"
        "例如 `gongzhi show structure one_plus_two lang=zh`。",
    )
    lines = [f"# {_pick(lang, 'What may be chosen', '可选内容')}", "", said]
    for kind in CHOICES:
        word = label(PLAIN[kind], lang)
        rows = [(f"`{name}`", *rest) for name, *rest in KINDS[kind][0](catalogue, lang)]
        wide = max(len(row) for row in rows)
        lines += ["", f"## {word[0].upper()}{word[1:]}", ""]
        blank = ("",) * (wide - 1)
        lines += table((_pick(lang, "name", "名称"), *blank), [(*row, *blank[len(row) - 1 :]) for row in rows])
    return "\n".join(lines) + "\n"


def api(lang: str) -> str:
    """The public Python interface; mkdocstrings puts the docstrings in."""
    import sim
    from sim import analysis, charts, report, store, study
    from sim.model import result

    def named(module: object, *names: str) -> list[str]:
        lines = []
        for name in names:
            item = getattr(module, name)
            if callable(item):
                heading = f"{module.__name__}.{name}"  # type: ignore[attr-defined]
                lines += [f"::: {item.__module__}.{item.__qualname__}", "    options:", f"      heading: {heading}", ""]
        return lines

    parts = {
        sim: sim.__all__,
        result: ["Result"],
        store: ["StoredStudy"],
        study: study.__all__,
        analysis: analysis.__all__,
        charts: ["draw"],
        report: ["report"],
    }
    said = "What a script or a notebook may rely on; everything else may change from one version to the next."
    lines = ["# Python", "", said]
    for module, own in parts.items():
        lines += ["", f"## {module.__name__}", "", *named(module, *own)]
    return "\n".join(lines) + "\n"


GROUPS = {  # groups of indicators in Chinese
    "work": "工作", "hours": "工时", "flow": "诉求流转", "items": "上级事项", "channels": "渠道",
    "escalation": "越级与信访", "money": "经费", "staff": "人员", "budgets": "预算口径", "attitudes": "态度",
    "participation": "参与", "weakenings": "三弱化", "relations": "关系", "estates": "小区与物业",
    "problems": "感受到的问题", "inequality": "差距", "actors": "共治主体", "record": "办件记录",
    "closing times": "办结时间", "mediation": "调解",
}  # fmt: skip
BOTH, ENGLISH = ("en", "zh"), ("en",)
PAGES: dict[str, tuple[Callable[[str], str], tuple[str, ...]]] = {
    "indicators.md": (indicators, BOTH),
    "article.md": (article.page, BOTH),
    "choices.md": (choices, BOTH),
    "commands.md": (commands, BOTH),
    "parameters.md": (parameters, ENGLISH),
    "columns.md": (columns, ENGLISH),
    "schema.md": (schema, ENGLISH),
    "evidence.md": (evidence, ENGLISH),
    "api.md": (api, ENGLISH),
}
