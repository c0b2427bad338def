"""What the command line itself says, in both languages, and how wide it is on a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

SAID = {
    "usage": {"zh": "用法：gongzhi 命令 [名称] [键=值 ...]", "en": "usage: gongzhi COMMAND [NAME] [key=value ...]"},
    "commands": {"zh": "命令", "en": "commands"},
    "options": {"zh": "程序选项", "en": "options of the program"},
    "settings": {
        "zh": "其余 键=值 均为情景设置，例如 structure=one_plus_two community.residents=5000 years=5",
        "en": "any other key=value sets the scenario, such as structure=one_plus_two community.residents=5000 years=5",
    },
    "of_study": {
        "zh": "研究本身的设置：replicates=20，或 replicates=auto precision=welfare:0.01；设计："
        "design.kind= design.size= design.seed=",
        "en": "settings of the study itself: replicates=20, or replicates=auto precision=welfare:0.01; of its design: "
        "design.kind= design.size= design.seed=",
    },
    "kinds": {"zh": "可列出", "en": "what can be listed"},
    "show_how": {"zh": "详细内容：gongzhi show {} 名称", "en": "more about one: gongzhi show {} NAME"},
    "simulated": {"zh": "模拟结果,不评价任何真实社区", "en": "simulated, does not assess any real community"},
    "yes": {"zh": "是", "en": "yes"},
    "no": {"zh": "否", "en": "no"},
    "none": {"zh": "无", "en": "none"},
    "as": {"zh": "同 {}", "en": "as {}"},
    "range": {"zh": "范围", "en": "range"},
    "source": {"zh": "来源", "en": "source"},
    "theoretical_control": {"zh": "理论对照，非政策建议", "en": "theoretical control, not a policy proposal"},
    "made_of": {"zh": "组成", "en": "made of"},
    "sets": {"zh": "另设", "en": "also sets"},
    "arms": {"zh": "对比组", "en": "arms"},
    "baseline": {"zh": "基准", "en": "baseline"},
    "base": {"zh": "预热状态", "en": "warm-up"},
    "common": {"zh": "共同设置", "en": "shared settings"},
    "replicates": {"zh": "重复次数", "en": "replicates"},
    "equal": {"zh": "保持相等", "en": "held equal"},
    "differs": {"zh": "可以不同", "en": "may differ"},
    "claims": {"zh": "主张", "en": "claims"},
    "read": {"zh": "如何读结果", "en": "how to read it"},
    "claim": {"zh": "所主张的", "en": "claim"},
    "refuted": {"zh": "否定规则", "en": "refuted if"},
    "effect": {"zh": "最小有意义效应", "en": "smallest effect of interest"},
    "every": {"zh": "须全部达到", "en": "all of"},
    "any": {"zh": "达到其一即可", "en": "any of"},
    "breaks": {"zh": "另有任一成立即否定", "en": "also refuted by any of"},
    "micro-rule": {"zh": "微观规则", "en": "micro-rule"},
    "collects": {"zh": "汇集", "en": "collects"},
    "its study": {
        "zh": "其研究：gongzhi show study {0}；运行：gongzhi study {0}",
        "en": "its study: gongzhi show study {0}; run it: gongzhi study {0}",
    },
    "with": {"zh": "逐项加上", "en": "with, one at a time"},
    "without": {"zh": "逐项去掉", "en": "without, one at a time"},
    "design": {"zh": "设计点", "en": "design points"},
    "indicators": {"zh": "指标", "en": "indicators"},
    "charts": {"zh": "图表", "en": "charts"},
    "needs": {"zh": "需要：{}", "en": "needs {}"},
    "question": {"zh": "问题", "en": "question"},
    "reads": {"zh": "可见", "en": "sees"},
    "writes": {"zh": "改变", "en": "changes"},
    "parameters": {"zh": "参数", "en": "parameters"},
    "unit": {"zh": "单位", "en": "unit"},
    "value": {"zh": "取值", "en": "value"},
    "better": {"zh": "方向", "en": "direction"},
    "more": {"zh": "越大越好", "en": "more is better"},
    "less": {"zh": "越小越好", "en": "less is better"},
    "neither": {"zh": "无优劣", "en": "neither"},
    "items": {"zh": "下沉事项", "en": "items from above"},
    "events": {"zh": "事件", "en": "events"},
    "weeks_count": {
        "zh": "周自运行开始算起，含预热：第0周为预热第一周，预热 N 年则改革在第 52×N 周（默认第104周）。"
        "事件写作 {week, until, key, value 或 times}，week 与 until 自 shock.start 算起；到 until 那一周恢复原状。",
        "en": "Weeks count from the start of the run, warm-up included: week 0 is the first week of the warm-up, and "
        "after a warm-up of N years the reform comes in week 52 x N (104 by default). An event is {week, until, key, "
        "value or times}; week and until count from shock.start, and in week `until` the key holds again what it held.",
    },
    "event_keys": {"zh": "可改变的键", "en": "keys that an event can change"},
    "week": {"zh": "第{}周", "en": "week {}"},
    "from_to": {"zh": "第{}至{}周", "en": "weeks {} to {}"},
    "times": {"zh": "乘以 {:g}", "en": "times {:g}"},
}


def say(key: str, lang: str) -> str:
    """A phrase in a language."""
    return SAID[key][lang]


def width(text: str) -> int:
    """Columns that a text takes on a terminal; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def pad(text: str, columns: int) -> str:
    """The text filled with blanks to a width."""
    return text + " " * max(0, columns - width(text))


def table(rows: Sequence[tuple[str, ...]], indent: str = "  ") -> list[str]:
    """Lines of a table whose columns stand under each other."""
    if not rows:
        return []
    widths = [max(width(r[i]) for r in rows) for i in range(len(rows[0]))]
    return [(indent + "  ".join(pad(c, w) for c, w in zip(r, widths, strict=True))).rstrip() for r in rows]
