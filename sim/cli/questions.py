"""The named questions of experiments/ in words: `gongzhi list experiments`, `gongzhi show experiment NAME`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sim.cli.lines import say, table
from sim.scenario.catalogue import Catalogue
from sim.scenario.experiments import Experiment, Hypothesis, experiment, names
from sim.vocabulary.words import of

if TYPE_CHECKING:
    from sim.analysis.claims import Effect


def listed(catalogue: Catalogue, lang: str) -> list[tuple[str, ...]]:
    """Name, claims and question of every experiment."""
    found = [experiment(name) for name in names()]
    return [(e.name, " ".join(e.claims), e.question[lang]) for e in found]


def shown(catalogue: Catalogue, name: str, lang: str) -> list[str]:
    """One experiment: what it asks, how to read the answer, and the rules of a hypothesis."""
    asked = experiment(name)
    lines = [
        f"{asked.name}  {asked.label[lang]}",
        f"{say('question', lang)}: {asked.question[lang]}",
        f"{say('claims', lang)}: {', '.join(asked.claims)}",
        f"{say('read', lang)}: {asked.read[lang]}",
        f"{say('charts', lang)}: {asked.chart}",
    ]
    if asked.hypothesis is not None:
        lines += ["", *_rules(asked, asked.hypothesis, lang)]
    held = f"{say('collects', lang)}: {', '.join(asked.collects)}" if asked.collects else ""
    study = asked.study if isinstance(asked.study, str) and asked.study else asked.name
    return [*lines, "", held or say("its study", lang, name=study)]


def _rules(asked: Experiment, hypothesis: Hypothesis, lang: str) -> list[str]:
    from sim.findings.asked import needs

    lines = [
        f"{say('claim', lang)}: {hypothesis.claim[lang]}",
        f"{say('refuted', lang)}: {hypothesis.refuted_if[lang]}",
    ]
    label = {str(a["name"]): a["label"] for a in _arms(asked)}
    for reading in needs(asked).readings:
        if reading.label:
            lines += ["", f"{hypothesis.id}{reading.name}: {reading.label[lang]}"]
        lines.append(f"{say('effect', lang)} ({say('every' if reading.every else 'any', lang)}):")
        lines += table(
            [
                (
                    " + ".join(e.measure.indicators),
                    _compared(e, label, lang),
                    format(e.direction * e.smallest, "+.0%" if e.measure.relative else "+g") + " sd" * e.measure.sd,
                )
                for e in reading.effects
            ]
        )
        if reading.breaks:
            lines.append(f"{say('breaks', lang)}:")
            lines += [f"  {b.label[lang]}" for b in reading.breaks]
        lines.append(f"{say('micro-rule', lang)}: {reading.rule.label[lang]}")
    return lines


def _arms(asked: Experiment) -> list[Mapping[str, Any]]:
    return list(asked.study.get("arms", ())) if isinstance(asked.study, Mapping) else []


def _compared(effect: Effect, label: Mapping[str, Mapping[str, str]], lang: str) -> str:
    """The arms of an effect in words."""
    if effect.weights:
        return " ".join(f"{weight:+g} {of(label.get(a), lang) or a}" for a, weight in effect.weights.items())
    return " - ".join(of(label.get(a), lang) or a for a in (effect.arm, effect.against))
