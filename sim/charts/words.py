"""The words and numbers of the charts in both languages."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LANGS = ("zh", "en")
MINUS = "\N{MINUS SIGN}"
_HAN = "[\u4e00-\u9fff]"
_HAN_SIDE = "[\u4e00-\u9fff“”%\uff08\uff09]"

PHRASES: dict[str, tuple[str, str]] = {
    "footer": (
        "每组 n = {n} 次模拟。{standing}。模型版本 {version},配置 {config}。\n"
        "模拟结果,不评价任何真实社区。Simulated; does not assess any real community.",
        "n = {n} runs an arm. {standing}. Model {version}, configuration {config}.\n"
        "Simulated; does not assess any real community. 模拟结果,不评价任何真实社区。",
    ),
    "none differs": (
        "{indicator}:没有方案能与基线区分",
        "{indicator}: no arm is distinguishable from the baseline",
    ),
    "some differ": ("{indicator}:{parts}{rest}", "{indicator}: {parts}{rest}"),
    "too few": (
        "{indicator}:配对重复少于 {n} 对,不足以判断",
        "{indicator}: fewer than {n} pairs, too few to tell",
    ),
    "scorecard too few": (
        "共 {total} 项差异;配对重复少于 {n} 对,不足以判断",
        "{total} differences from the baseline; fewer than {n} pairs, too few to tell",
    ),
    "ablation subtitle": (
        "有此做法减去无此做法的配对差异。颜色为差异除以各次模拟间的标准差;斜线表示 95% 区间含零;"
        "数字为 {places} 类社区中区间不含零且方向相同的类数;未作多重比较校正",
        "Paired difference with the choice minus without it. Colour: difference over the sd between runs; hatched: "
        "95% interval covers zero; figure: in how many of {places} archetypes the interval excludes zero in the same "
        "direction; not adjusted for the number of comparisons",
    ),
    "places subtitle": (
        "{indicator}:有此做法减去无此做法的配对差异。颜色为差异除以各次模拟间的标准差;斜线表示 95% 区间含零;"
        "未作多重比较校正",
        "{indicator}: paired difference with the choice minus without it. Colour: difference over the sd between runs; "
        "hatched: 95% interval covers zero; not adjusted for the number of comparisons",
    ),
    "ablation none": (
        "围绕“{arm}”,{total} 项均无法区分",
        "{arm}: none of {total} choices can be told apart",
    ),
    "ablation some": (
        "围绕“{arm}”,{total} 项中 {k} 项可区分,最大为“{what}”({amount})",
        "{arm}: {k} of {total} choices can be told apart, most of all {what} ({amount})",
    ),
    "around": ("围绕“{arm}”", "around: {arm}"),
    "then": (";", "; "),
    "all places": ("全部", "all"),
    "first rows": (";此处为 {total} 项指标中的前 {k} 项", "; the first {k} of {total} indicators"),
    "rows left out": (";此处列出 {total} 项中的 {k} 项", "; {k} of {total} choices shown"),
    "part": ("“{arm}”{amount}({low} 至 {high})", "{arm} {amount} ({low} to {high})"),
    "and": ("、", ", "),
    "also differ": (";另有 {k} 个方案有差异", "; {k} more also differ"),
    "the others": (";其余 {k} 个与基线无法区分", "; {k} not distinguishable from the baseline"),
    "right": ("越大越好", "higher is better"),
    "left": ("越小越好", "lower is better"),
    "better": ("更好,区间不含零", "better, interval excludes zero"),
    "worse": ("更差,区间不含零", "worse, interval excludes zero"),
    "different": ("有差异,无好坏之分", "different, neither better nor worse"),
    "unclear": ("区间含零,无法区分", "interval covers zero"),
    "forest subtitle": (
        "与基线“{baseline}”的配对差异(同一批居民、同一批问题):点为均值,横线为 95% 区间,未作多重比较校正",
        "Paired differences from the baseline, {baseline} (same residents, same problems): dot mean, "
        "line 95% interval, not adjusted for the number of comparisons",
    ),
    "scorecard title": (
        "与基线相比,{total} 项差异中有 {k} 项的区间不含零;更好 {better} 项,更差 {worse} 项,无好坏之分 {neutral} 项",
        "{k} of {total} differences from the baseline have an interval that excludes zero: "
        "{better} better, {worse} worse, {neutral} neither",
    ),
    "scorecard subtitle": (
        "格中数字为与基线“{baseline}”的配对差异;颜色为差异除以基线在各次模拟间的标准差;斜线表示 95% 区间含零;"
        "未作多重比较校正",
        "Cells: paired difference from the baseline, {baseline}; colour: difference over the baseline's sd "
        "between runs; hatched: 95% interval covers zero; not adjusted for the number of comparisons",
    ),
    "handling record": ("办件记录", "Handling record"),
    "residents' record": ("居民实感", "Residents' record"),
    "fan subtitle": (
        "“{indicator}”的季度均值,{unit};{n} 次模拟的分布;竖线为改革时点,横轴为改革后年数",
        "{indicator}, quarterly means over {n} runs an arm, {unit}; vertical line: reform; "
        "horizontal axis: years since the reform",
    ),
    "90%": ("90% 的模拟", "90% of runs"),
    "50%": ("50% 的模拟", "50% of runs"),
    "median": ("中位数", "median"),
    "median of": ("“{arm}”的中位数", "median of {arm}"),
    "reform": ("改革", "reform"),
    "years": ("改革后年数", "years since the reform"),
    "levels subtitle": (
        "各方案的绝对水平:点为均值,横线覆盖 90% 的模拟;竖线为基线“{baseline}”的均值",
        "Absolute levels by arm: dot mean, line 90% of runs; vertical line: mean of the baseline, {baseline}",
    ),
    "levels title": (
        "{indicator}:各方案均值介于 {low} 与 {high} 之间,基线为 {base}",
        "{indicator}: means from {low} to {high}, the baseline at {base}",
    ),
    "budgets subtitle": (
        "各项预算相对于基线“{baseline}”的差异;右侧数字为均值;灰带内(相差不足 {tolerance})视为相等;"
        "编制公共工时含空缺岗位,实际公共工时含加班",
        "Each budget relative to the baseline, {baseline}; numbers at the right: means; within the grey band "
        "({tolerance}) they count as equal; established hours include vacant posts, hours worked include overtime",
    ),
    "budgets equal": (
        "各项预算在各方案间相等(相差不足 {tolerance})",
        "All budgets are equal over the arms (within {tolerance})",
    ),
    "budgets differ": (
        "{parts}与基线相差超过 {tolerance}:结果差异可能来自投入",
        "{parts}: some arms differ from the baseline by more than {tolerance}, so other results may come from means",
    ),
    "held equal": ("设定为相等", "held equal"),
    "within": ("视为相等", "counts as equal"),
    "beyond": ("超出", "beyond that"),
    "worked": ("实际公共工时", "public hours worked"),
    "hours subtitle": (
        "各方案均值;格中为占该条合计的百分比;过窄的不标数字",
        "Means by arm; figures: per cent of the bar; narrow parts carry none",
    ),
    "hours heading": ("公共工时(含加班),按用途", "Public hours with overtime, by what they went to"),
    "money heading": (
        "社区各账户的支出,按用途(不含账户间划拨)",
        "Paid out by the community's purses, by use",
    ),
    "money by use": ("社区支出的去向", "What the community's money went to"),
    "other": ("其他", "other"),
    "hours title": (
        "上级事项占已用公共工时:基线 {share},其他方案 {low} 至 {high}",
        "Items from above take {share} of the public hours worked under the baseline, {low} to {high} elsewhere",
    ),
    "records subtitle": (
        "各方案均值。办件记录以已受理诉求为分母,居民实感以全部感受到的问题为分母,含未提出者",
        "Means by arm. The handling record counts received cases; the residents' record counts all felt problems, "
        "unspoken ones included",
    ),
    "records title": (
        "{total} 个方案中有 {k} 个的“{filed}”高于“{felt}”,相差 {low} 至 {high} 个百分点",
        "“{filed}” is above “{felt}” in {k} of {total} arms; the gap runs from {low} to {high} points",
    ),
    "transition": ("(改革后前两年)", " (first two years after the reform)"),
    "steady": ("(改革两年以后)", " (later than two years after the reform)"),
}

# unit: (factor, (Chinese, English) of a level, the same of a difference where it is another)
UNITS: dict[str, tuple[float, tuple[str, str], tuple[str, str] | None]] = {
    "share": (100.0, ("%", "%"), ("个百分点", "points")),
    "": (1.0, ("", ""), None),
    "number": (1.0, ("", ""), None),
    "ratio": (1.0, ("比值", "ratio"), None),
    "index": (1.0, ("指数", "index"), None),
    "working days": (1.0, ("个工作日", "working days"), None),
    "hours": (1.0, ("小时", "hours"), None),
    "yuan": (1.0, ("元", "yuan"), None),
    "hours/year": (1.0, ("小时/年", "hours a year"), None),
    "yuan/year": (1.0, ("元/年", "yuan a year"), None),
    "1/year": (1.0, ("每年", "a year"), None),
    "hours per 1,000 residents a year": (1.0, ("小时/千人·年", "hours per 1,000 residents a year"), None),
    "yuan per 1,000 residents a year": (1.0, ("元/千人·年", "yuan per 1,000 residents a year"), None),
    "per 1,000 residents a year": (1.0, ("件/千人·年", "per 1,000 residents a year"), None),
    "problems per 1,000 residents a year": (1.0, ("个问题/千人·年", "problems per 1,000 residents a year"), None),
    "items per 1,000 residents a year": (1.0, ("项/千人·年", "items per 1,000 residents a year"), None),
    "items per 1,000 residents": (1.0, ("项/千人", "items per 1,000 residents"), None),
    "hours per 1,000 residents": (1.0, ("小时/千人", "hours per 1,000 residents"), None),
    "yuan per 1,000 residents": (1.0, ("元/千人", "yuan per 1,000 residents"), None),
    "cases per 1,000 residents": (1.0, ("件/千人", "cases per 1,000 residents"), None),
    "attendances per 100 adults a year": (1.0, ("人次/百名成人·年", "attendances per 100 adults a year"), None),
    "meetings per community a year": (1.0, ("次/社区·年", "meetings per community a year"), None),
    "bodies per community": (1.0, ("个/社区", "bodies per community"), None),
    "firms per estate": (1.0, ("家/小区", "firms per estate"), None),
    "hand-overs": (1.0, ("次移交", "hand-overs"), None),
    "attempts": (1.0, ("次办理", "attempts"), None),
    "requests": (1.0, ("次请求", "requests"), None),
    "elections": (1.0, ("次选举", "elections"), None),
    "trips": (1.0, ("次跑动", "trips"), None),
    "actors": (1.0, ("个主体", "actors"), None),
}


@dataclass(frozen=True)
class Indicator:
    """What the charts need to know of an indicator; `better` is +1, -1 or 0 where neither direction is better."""

    name: str
    label: Mapping[str, str]
    unit: str
    better: int
    group: str


def say(key: str, lang: str, **values: Any) -> str:
    """A phrase in one language, filled in."""
    return typeset(PHRASES[key][LANGS.index(lang)].format(**values), lang)


def typeset(text: str, lang: str = "zh") -> str:
    """Chinese punctuation as it is printed: full-width marks beside Chinese characters, quotes within quotes single."""
    if lang == "en":  # the font's curly quotes are as wide as a Chinese character
        text = text.translate({ord(a): b for a, b in zip("“”‘’", "\"\"''", strict=True)})
    else:
        text = re.sub(rf"\(([^()]*{_HAN}[^()]*)\)", "\uff08\\1\uff09", text)
    side = _HAN if lang == "en" else _HAN_SIDE
    text = re.sub(rf"(?<={side})\(([^()]*)\)", "\uff08\\1\uff09", text)
    text = re.sub(rf"(?<={side})([,:;!?])[ ]*|([,:;!?])(?={side})", _full_width, text)
    depth, out = 0, []
    for letter in text:
        depth -= letter == "”"
        out.append({"“": "‘", "”": "’"}.get(letter, letter) if depth > 0 else letter)
        depth += letter == "“"
    return "".join(out)


def _full_width(found: re.Match[str]) -> str:
    return chr(ord(found[1] or found[2]) + 0xFEE0)


def arm(name: str, stated: Mapping[str, Any], lang: str) -> str:
    """Label of an arm: the study's own, else the glossary's, else the name."""
    label = stated.get("label")
    if isinstance(label, Mapping) and label.get(lang):
        return typeset(str(label[lang]), lang)
    return readable(name)


def declared() -> Mapping[str, Any]:
    """The indicators that the program declares."""
    from sim.observe.indicators import INDICATORS

    return INDICATORS


@functools.cache
def indicator(name: str) -> Indicator:
    """An indicator as the program declares it; an unknown column is shown under its own name."""
    from sim.observe.registry import STEADY, TRANSITION

    for suffix, key in (("", ""), (TRANSITION, "transition"), (STEADY, "steady")):
        found = declared().get(name.removesuffix(suffix)) if name.endswith(suffix) else None
        if found is not None:
            label = {lang: typeset(found.label[lang], lang) + (say(key, lang) if key else "") for lang in LANGS}
            return Indicator(name, label, found.unit, found.better, found.group)
    text = readable(name)
    return Indicator(name, {"zh": text, "en": text}, "", 0, "other")


def readable(name: str) -> str:
    """A name with spaces."""
    return name.replace("_", " ")


def factor(unit: str) -> float:
    """What a stored value is multiplied with before it is shown."""
    return UNITS[unit][0] if unit in UNITS else 1.0


def unit_text(unit: str, lang: str, difference: bool = False) -> str:
    """A unit in words; shares differ by points."""
    if unit not in UNITS:
        return unit
    _, level_words, difference_words = UNITS[unit]
    return (difference_words or level_words if difference else level_words)[LANGS.index(lang)]


def bracketed(text: str, note: str, lang: str) -> str:
    """A note in brackets behind a text; either may be empty."""
    if not text or not note:
        return text or note
    return f"{text}\uff08{note}\uff09" if lang == "zh" else f"{text} ({note})"


def decimals(*shown: float) -> int:
    """Decimals that leave about three digits of the largest of these numbers."""
    largest = max((abs(value) for value in shown if math.isfinite(value)), default=0.0)
    return 0 if largest >= 100 else 1 if largest >= 1 else 2 if largest >= 0.1 or largest == 0 else 3


def number(value: float, places: int, signed: bool = False) -> str:
    """A number with a true minus sign; what rounds to nothing carries no sign."""
    if not math.isfinite(value):
        return "–"
    text = f"{abs(value):,.{places}f}"
    if not text.strip("0.,"):
        return text
    return (MINUS if value < 0 else "+" if signed else "") + text


def level(value: float, unit: str, lang: str, places: int | None = None) -> str:
    """A level with its unit."""
    shown = value * factor(unit)
    text, name = number(shown, decimals(shown) if places is None else places), unit_text(unit, lang)
    return f"{text}{name}" if name == "%" else f"{text} {name}".strip()


def change(value: float, unit: str, lang: str, places: int) -> str:
    """A signed difference with its unit."""
    return f"{number(value * factor(unit), places, signed=True)} {unit_text(unit, lang, difference=True)}".strip()
