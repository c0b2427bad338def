"""What the numbers of a study stand on, in words: calibrated or not, on what, and over what its intervals run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.identity import MODEL_VERSION
from sim.scenario.catalogue import Catalogue
from sim.scenario.uncertainty import Uncertainty

PHRASES = {
    "uncalibrated": {"en": "uncalibrated", "zh": "未校准"},
    "calibrated": {
        "en": "calibrated to {passed} of {n} patterns (era {era}, {community})",
        "zh": "已校准：{n} 项特征中符合 {passed}（{era} 年参数，{community}）",
    },
    "nothing": {
        "en": "uncalibrated: sets nearest to {n} patterns, none of which is shown (era {era}, {community})",
        "zh": "未校准：参数组取最接近 {n} 项特征者，但无一项符合（{era} 年参数，{community}）",
    },
    "other version": {
        "en": "uncalibrated: parameter sets accepted on model version {version}, not on this one",
        "zh": "未校准：参数组由模型版本 {version} 校准，并非本版本",
    },
    "stated": {
        "en": "uncalibrated: {k} of the calibrated parameters are stated by the study itself",
        "zh": "未校准：校准所得参数中有 {k} 项由本研究另行给定",
    },
    "seeds": {"en": "interval over seeds only", "zh": "区间仅反映随机种子"},
    "parameters": {"en": "interval over seeds and parameters", "zh": "区间反映随机种子与参数"},
    "points": {
        "en": "interval over the sampled design points and seeds",
        "zh": "区间反映抽取的设计点与随机种子",
    },
    "points and parameters": {
        "en": "interval over the sampled design points, seeds and parameters",
        "zh": "区间反映抽取的设计点、随机种子与参数",
    },
}
BETWEEN = {"en": ", ", "zh": "、"}
THEN = {"en": "; ", "zh": "；"}


def calibration(study: Mapping[str, Any], lang: str) -> str:
    """Whether the study (as stored in study.yaml) is calibrated, and to what."""
    drawn = study.get("uncertainty") or {}
    if not drawn.get("sets"):
        return PHRASES["uncalibrated"][lang]
    if drawn["model_version"] != study.get("model_version"):
        return PHRASES["other version"][lang].format(version=drawn["model_version"])
    if drawn["stated"]:
        return PHRASES["stated"][lang].format(k=len(drawn["stated"]))
    return PHRASES["calibrated" if drawn["passed"] else "nothing"][lang].format(
        passed=BETWEEN[lang].join(drawn["passed"]),
        n=len(drawn["patterns"]),
        era=drawn["era"],
        community=_archetype(drawn["community"], lang),
    )


def _archetype(name: str, lang: str) -> str:
    """The archetype in words; its name where this installation does not hold it."""
    catalogue = Catalogue()
    return str(catalogue.card("community", name)["label"][lang]) if name in catalogue.options("community") else name


def interval(study: Mapping[str, Any], lang: str, sampled: bool) -> str:
    """Over what the intervals of the study run."""
    drawn = bool((study.get("uncertainty") or {}).get("sets"))
    if sampled:
        return PHRASES["points and parameters" if drawn else "points"][lang]
    return PHRASES["parameters" if drawn else "seeds"][lang]


WHY = {
    "stated": "the stated values are used, as the study says; uncertainty=accepted draws the accepted parameter sets",
    "none": "there are no accepted parameter sets, so the stated values are used; gongzhi calibrate makes some",
    "version": "the accepted parameter sets belong to model version {other}, this is {here}, so the stated values are "
    "used; gongzhi calibrate makes sets for this version, uncertainty=accepted draws those of the other",
    "other": "the accepted parameter sets belong to model version {other}, this is {here}, and are drawn because the "
    "study says so; gongzhi calibrate makes sets for this version",
}


def said_before(drawn: Uncertainty) -> str:
    """A sentence, with the way out, on a study that draws no accepted sets or those of another version; else empty."""
    other = drawn.sets and drawn.model_version != MODEL_VERSION
    words = WHY.get("other" if other else drawn.why, "")
    return words.format(other=drawn.model_version, here=MODEL_VERSION)


def standing(study: Mapping[str, Any], lang: str, sampled: bool) -> str:
    """Both in one line."""
    return calibration(study, lang) + THEN[lang] + interval(study, lang, sampled)
