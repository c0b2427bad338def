"""What an assumption is called on a chart: a sensitivity study moves hundreds of them, and a key says little."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from sim.charts import style
from sim.charts.setting import Setting

OWN = "parameters."
# part of the model, as the first half of a parameter's key names it: its name in Chinese
PARTS: Mapping[str, str] = {
    "kinds": "问题种类", "population": "人口与住户", "agenda": "会议议程", "meetings": "会议",
    "assemblies": "居民会议", "appraisal": "评议会", "calendar": "渠道与会期", "closing": "办结",
    "company": "服务企业决策", "companies": "服务企业", "founding": "业委会成立", "contract": "物业合同",
    "court": "诉讼", "disclosure": "公开", "elections": "选举", "fees": "物业费", "posts": "职位与委员",
    "funding": "经费", "hearing": "听证", "heat": "矛盾升温", "hours": "工时感受", "inspection": "检查考核",
    "items": "上级事项", "judging": "居民评价", "learning": "信任与经验", "mediating": "调解", "mobilising": "动员",
    "obstructing": "阻挠上报", "office": "街道工作", "organisations": "社会组织", "orphans": "无人负责",
    "outreach": "走访", "patience": "等待与放弃", "petitions": "信访", "prioritising": "办理次序",
    "problems": "问题", "receiving": "受理", "reporting": "向监事会反映", "representatives": "居民代表",
    "resolutions": "决议落实", "routing": "移交", "sampling": "抽查回访", "self_help": "自助互助",
    "speaking": "居民表达", "staffing": "人员去留", "trouble": "街道压力", "units": "驻区单位",
    "upkeep": "房屋维护", "visits": "街道下访", "volunteering": "志愿服务", "voting": "投票",
    "working": "窗口与办理", "board": "监事会", "committee": "居民委员会", "council": "理事会", "firm": "物业公司",
    "line": "条线部门", "organisation": "社会组织决策", "owners": "业主委员会", "party": "党组织",
    "street_office": "街道办事处", "unit": "驻区单位决策",
}  # fmt: skip


def factor(key: str, setting: Setting, inches: float | None = None) -> str:
    """A parameter or a fact of the community in words, and below it the key that sets it; wrapped where `inches` is
    given.

    Meanings of parameters are stated in English; in Chinese the part of the model stands in their place.
    """
    short = key.removeprefix(OWN)
    said = _meaning(key, setting.lang)
    if not said:
        return short
    if inches is None:
        return f"{said}\uff08{short}\uff09" if setting.lang == "zh" else f"{said} ({short})"
    return f"{style.cut(style.wrap(said, inches, style.size(style.SMALL)), 2)}\n{short}"


@functools.cache
def _meaning(key: str, lang: str) -> str:
    from sim.scenario import choices
    from sim.scenario.parameters import registry

    group, _, name = key.removeprefix(OWN).partition(".")
    if key.startswith(OWN):
        if lang == "zh":
            return PARTS.get(group, "")
        param = registry().get(group, {}).get(name)
        return param.meaning if param else ""
    field = choices.Community.model_fields.get(name) if group == "community" else None
    if field is None:
        return ""
    extra = field.json_schema_extra
    return str(extra.get("zh", "")) if lang == "zh" and isinstance(extra, dict) else str(field.description or "")
