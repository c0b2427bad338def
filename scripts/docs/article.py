"""The page of the source article item by item (A01-A92), in either language."""

from __future__ import annotations

from pathlib import Path

from scripts.docs.blocks import table
from sim.vocabulary.article import Item, items

SECTIONS = {
    "A01": ("Setting", "背景"),
    "A07": ("Structures and bodies", "结构与主体"),
    "A20": ("Flattening", "扁平化"),
    "A30": ("Channels and meetings in use", "治理方式：渠道与会议"),
    "A44": ("The four challenges", "四项挑战"),
    "A61": ("The five recommended mechanisms", "五项建议机制"),
}
WORDS = {
    "en": {
        "title": "Article items A01-A92",
        "head": (
            "One row for each item of the source article. *Changes* says which of seats, rights, hours, money, "
            "information, cost or the calendar the item moves: nothing else is written, and what follows from it is "
            "simulated. *Seen in* names the [indicators](indicators.md) that can show it. *Proved by* names the tests; "
            "`test_it_acts` runs two small towns that differ in that one setting and asks that what the item is about "
            "differs after a year. *Numbers* tells which of the numbers behind it have a source and which are "
            "assumptions. The equations stand in the [model description](../odd.md)."
        ),
        "all": "All {} items are done.",
        "open": "Of {} items {} are not done:",
        "columns": ("item", "where", "changes", "seen in", "proved by", "numbers"),
    },
    "zh": {
        "title": "原文逐项（A01—A92）",
        "head": (
            "原文每一项一行：程序中以哪些设置表示、可用哪些[指标](indicators.md)观察。程序只写席位、权限、工时、经费、信息、"
            "成本与日程的变动，不写效果；效果由模拟得出。用 `gongzhi show article A12 lang=zh` 可看到该项的文件与测试。"
        ),
        "all": "{} 项均已实现。",
        "open": "{} 项中有 {} 项尚未完成：",
        "columns": ("编号", "内容", "设置", "可观察的指标"),
    },
}


def page(lang: str) -> str:
    """The whole page."""
    words, rows = WORDS[lang], items()
    left = [item for item in rows.values() if item.state != "done"]
    lines = [f"# {words['title']}", "", str(words["head"]), ""]
    lines.append(str(words["open" if left else "all"]).format(len(rows), len(left)))
    lines += ["", *(f"- **{item.number}** {item.zh}, {item.en} ({item.state}): {item.lacks}" for item in left)]
    starts = [*SECTIONS, ""]
    numbers = list(rows)
    for number, after in zip(starts, starts[1:], strict=False):
        part = numbers[numbers.index(number) : numbers.index(after) if after else None]
        lines += ["", f"## {SECTIONS[number][lang == 'zh']}", ""]
        lines += table(words["columns"], [(_zh if lang == "zh" else _en)(rows[name]) for name in part])
    return "\n".join(lines) + "\n"


def _zh(item: Item) -> tuple[str, ...]:
    from sim.observe.indicators import INDICATORS

    seen = "、".join(INDICATORS[name].label["zh"] for name in item.indicators) or "—"
    return (item.number, item.zh, "<br>".join(f"`{key}`" for key in item.keys) or "—", seen)


def _en(item: Item) -> tuple[str, ...]:
    state = "" if item.state == "done" else f"<br>*{item.state}*"
    where = [", ".join(f"`{Path(path).stem}`" for path in item.files), ", ".join(f"`{key}`" for key in item.keys)]
    tests = [f"`{test.split('::')[-1]}`" for test in item.tests]
    tests += [f"`test_it_acts[{item.number}]`"] if item.act else []
    return (
        f"**{item.number}** {item.zh}<br>{item.en}{state}",
        "<br>".join(part for part in where if part) or "—",
        f"**{', '.join(item.changes)}**: {item.how}",
        ", ".join(f"`{name}`" for name in item.indicators) or "—",
        ", ".join(tests) or "—",
        _numbers(item),
    )


def _numbers(item: Item) -> str:
    sourced, assumed = [], []
    for key, source in item.numbers.items():
        source = source or _source(key)
        bare = key.removeprefix("parameters.")
        if source.startswith("assumption"):
            assumed.append(f"`{bare}`")
        else:
            sourced.append(f"`{bare}` ({source})")
    lines = [f"{word}: {', '.join(names)}" for word, names in (("sourced", sourced), ("assumed", assumed)) if names]
    return "<br>".join(lines) or "—"


def _source(key: str) -> str:
    """Where the number behind a parameter comes from, as the parameter says."""
    from sim.scenario.parameters import registry

    _, module, name = key.split(".")
    if name == "*":
        return "assumption"
    param = registry()[module][name]
    return "assumption" if param.assumed else param.source
