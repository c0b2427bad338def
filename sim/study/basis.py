"""What the numbers of a study stand on, in words: calibrated or not, on what, and over what its intervals run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.identity import MODEL_VERSION
from sim.scenario.catalogue import Catalogue
from sim.scenario.uncertainty import Uncertainty
from sim.vocabulary.words import of, say


def calibration(study: Mapping[str, Any], lang: str) -> str:
    """Whether the study (as stored in study.yaml) is calibrated, and to what."""
    drawn = study.get("uncertainty") or {}
    if not drawn.get("sets"):
        return say("study.basis.uncalibrated", lang)
    if drawn["model_version"] != study.get("model_version"):
        return say("study.basis.other version", lang, version=drawn["model_version"])
    if drawn["stated"]:
        return say("study.basis.stated", lang, k=len(drawn["stated"]))
    return say(
        "study.basis.calibrated" if drawn["passed"] else "study.basis.nothing",
        lang,
        passed=say("study.basis.between", lang).join(drawn["passed"]),
        n=len(drawn["patterns"]),
        era=drawn["era"],
        community=_archetype(drawn["community"], lang),
    )


def _archetype(name: str, lang: str) -> str:
    """The archetype in words; its name where this installation does not hold it."""
    catalogue = Catalogue()
    return of(catalogue.card("community", name)["label"], lang) if name in catalogue.options("community") else name


def interval(study: Mapping[str, Any], lang: str, sampled: bool) -> str:
    """Over what the intervals of the study run."""
    drawn = bool((study.get("uncertainty") or {}).get("sets"))
    if sampled:
        return say("study.basis.points and parameters" if drawn else "study.basis.points", lang)
    return say("study.basis.parameters" if drawn else "study.basis.seeds", lang)


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


def basis(study: Mapping[str, Any], lang: str, sampled: bool) -> str:
    """Both in one line."""
    return calibration(study, lang) + say("study.basis.then", lang) + interval(study, lang, sampled)
