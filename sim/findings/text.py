"""Findings as text and tables: every sentence is put together from what the runs show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sim.analysis.verdicts import (
    DEPENDS,
    EQUIVALENT,
    FEWEST,
    MAJORITY,
    REFUTED,
    SUPPORTED,
    VERDICTS,
    Cell,
    Estimate,
    Verdict,
)
from sim.charts import prose as chart_words
from sim.findings.gather import SAME, SOLVERS, WAITS, Carried, Found, Moved, Pattern, overall
from sim.findings.numbers import PERCENT, amount, arm, ends, interval, named, place, quantity, share, within
from sim.findings.why import lines as why_lines
from sim.study.basis import basis
from sim.vocabulary.words import room

say = room("findings")

COLUMNS = (
    "id", "claim", "verdict", "equivalent", "indicator", "difference", "ci_low", "ci_high", "sesoi", "where", "reason"
)  # fmt: skip
PLACES = ("id", "place", "n", "difference", "ci_low", "ci_high", "reached", "breaks", "p", "verdict", "equivalent")
MOST_ARMS = 16


def claim(one: Found, lang: str) -> str:
    """The claim, with the reading where there are several."""
    text = one.hypothesis.claim[lang]
    label = one.reading.label
    return chart_words.bracketed(text, label[lang], lang) if label else text


def reason(one: Found, lang: str) -> str:
    """Why the verdict is what it is, and what moved most; for mixed verdicts the archetypes of each."""
    if one.verdict.verdict == DEPENDS:
        parts = []
        for v in VERDICTS:
            names = [place(one.study, c.place, lang) for c in one.verdict.cells if c.verdict == v]
            if names:
                parts.append(f"{say(v, lang)}: {say('list', lang).join(names)}")
        said = [say("where", lang, parts=say("and", lang).join(parts)).rstrip("。.")]
    else:
        said = _shared(one, lang)
    if one.moved:
        said.append(say("reason moved", lang, text=say("list", lang).join(moved(m, lang) for m in one.moved[:3])))
    text = say("and", lang).join(said) + say("stop", lang)
    return text[0].upper() + text[1:]


def _shared(one: Found, lang: str) -> list[str]:
    """What the cells with one common verdict have in common; shares are means over archetypes."""
    each = one.verdict.cells
    smallest = amount(one.effect.smallest, one.effect.measure, lang, signed=False)
    reached = sum(c.reached for c in each) / len(each)
    verdict = one.verdict.verdict
    if min(c.headline.n for c in each) < FEWEST:
        return [say("reason few", lang, n=FEWEST)]
    said = [
        say("reason broken", lang, label=b.label[lang], share=share(mean))
        for b in one.reading.breaks
        if (mean := sum(c.breaks[b.name] for c in each) / len(each)) >= MAJORITY
    ]
    against = one.verdict.overall.mean * one.effect.direction < 0.0 and not _zero(one.verdict.overall)
    if verdict == SUPPORTED:
        said.append(say("reason reached", lang, reached=share(reached), smallest=smallest))
    elif verdict == EQUIVALENT:
        said.append(say("reason inside", lang, smallest=smallest))
    elif verdict == REFUTED:
        if one.reading.shortfall and all(1.0 - c.reached >= MAJORITY for c in each):
            said.append(say("reason short", lang, smallest=smallest, missed=share(1.0 - reached)))
        if one.verdict.equivalent:
            said.append(say("reason inside", lang, smallest=smallest))
        if against:
            said.append(say("reason wrong way", lang))
    elif _zero(one.verdict.overall):
        said += [say("reason zero", lang), say("reason other", lang, reached=share(reached))]
    else:
        said += [say("reason wrong way", lang)] if against else []
        said.append(say("reason other", lang, reached=share(reached)))
    return said


def _zero(found: Estimate) -> bool:
    return not (found.low > 0.0 or found.high < 0.0)


def called(found: Verdict | Cell, lang: str) -> str:
    """A verdict in words; a refuted claim without an effect worth naming is said to be both."""
    both = found.verdict == REFUTED and found.equivalent
    return say("refuted, equivalent" if both else found.verdict, lang)


def moved(one: Moved, lang: str) -> str:
    """A quantity that moved, in one phrase."""
    about = chart_words.indicator(one.indicator)
    return f"{about.label[lang]} {quantity(one.difference.mean, about.unit, lang)}"


def rows(found: Sequence[Found], lang: str) -> list[dict[str, Any]]:
    """verdicts.csv: one row a reading, columns COLUMNS."""
    return [
        {
            "id": one.id,
            "claim": claim(one, lang),
            "verdict": one.verdict.verdict if lang == "en" else say(one.verdict.verdict, lang),
            "equivalent": one.verdict.equivalent,
            "indicator": " + ".join(one.effect.measure.indicators),
            "difference": one.verdict.overall.mean,
            "ci_low": one.verdict.overall.low,
            "ci_high": one.verdict.overall.high,
            "sesoi": one.effect.direction * one.effect.smallest,
            "where": one.verdict.where,
            "reason": reason(one, lang),
        }
        for one in found
    ]


def place_rows(found: Sequence[Found]) -> list[dict[str, Any]]:
    """verdicts_by_place.csv: one row a reading and archetype, columns PLACES."""
    return [
        {
            "id": one.id,
            "place": c.place,
            "n": c.headline.n,
            "difference": c.headline.mean,
            "ci_low": c.headline.low,
            "ci_high": c.headline.high,
            "reached": c.reached,
            "breaks": "; ".join(f"{name}={value:.2f}" for name, value in c.breaks.items()),
            "p": c.p,
            "verdict": c.verdict,
            "equivalent": c.equivalent,
        }
        for one in found
        for c in one.verdict.cells
    ]


def page(found: Sequence[Found], patterns: Sequence[Pattern], overrides: Sequence[str], runs: int, lang: str) -> str:
    """The findings as one Markdown page."""
    study = found[0].study
    drawn = bool((study.get("uncertainty") or {}).get("sets"))
    scenarios = [one.study["arms"][0]["scenario"] for one in found]
    years = sorted({s["years"] for s in scenarios})
    residents = sorted({s["community"]["residents"] for s in scenarios})
    lines = [say("title", lang), "", say("generated", lang), "", say("run", lang), ""]
    version = study.get("model_version", "?")
    lines.append(say("standing", lang, version=version, standing=basis(study, lang, False)))
    lines.append(say("drawn" if drawn else "stated", lang))
    counted = {"studies": len({one.experiment.name for one in found}), "places": max(len(one.places) for one in found)}
    sizes = {"residents": _either(residents, lang), "years": _either(years, lang), "runs": f"{runs:,}"}
    lines.append(say("settings", lang, **counted, **sizes))
    if overrides:
        lines.append(say("own", lang, overrides=", ".join(f"`{o}`" for o in overrides)))
    lines += ["", say("verdicts", lang), "", say("columns", lang), "| --- " * 7 + "|"]
    lines += [_line(one, lang) for one in found]
    lines += ["", say("rules", lang), "", say("picture", lang, label=say("picture label", lang))]
    lines += ["", say("picture caption", lang)]
    name = ""
    for one in found:
        if one.experiment.name != name:
            name = one.experiment.name
            lines += ["", *_head(one, lang)]
        lines += ["", *_section(one, lang)]
        if one is [x for x in found if x.experiment.name == name][-1]:
            lines += ["", say("not shown", lang, text=one.hypothesis.not_shown[lang])]
    lines += ["", say("patterns", lang), "", say("patterns how", lang, same=share(SAME)), ""]
    lines += [line for p in patterns for line in (*_pattern(p, lang), "")] or [say("patterns none", lang), ""]
    over = say("over parameters" if drawn else "over seeds", lang)
    lines += [say("limits", lang), "", say("limits text", lang, interval=over), ""]
    return "\n".join(lines)


def _either(values: Sequence[Any], lang: str) -> str:
    return say("list", lang).join(f"{v:,}" for v in values)


def _line(one: Found, lang: str) -> str:
    overall, effect, measure = one.verdict.overall, one.effect, one.effect.measure
    verdict = called(one.verdict, lang)
    smallest = amount(effect.direction * effect.smallest, measure, lang)
    return (
        f"| {one.id} | {claim(one, lang)} | {verdict} | {named(measure, lang)} | {amount(overall.mean, measure, lang)} "
        f"| {interval(overall, measure, lang)} | {smallest} |"
    )


def _head(one: Found, lang: str) -> list[str]:
    """Question, claim, rule and design of a hypothesis."""
    hypothesis, asked = one.hypothesis, one.experiment
    said = [
        say("question", lang, text=asked.question[lang]),
        say("claim", lang, ids=", ".join(asked.claims), text=hypothesis.claim[lang]),
        say("rule", lang, text=hypothesis.refuted_if[lang]),
        say(
            "design", lang, arms=len(one.study["arms"]), places=len(one.places), members=one.members,
            years=one.study["arms"][0]["scenario"]["years"],
        ),
    ]  # fmt: skip
    return [f"## {asked.label[lang]}", "", "\n\n".join(said)]


def _section(one: Found, lang: str) -> list[str]:
    """Verdict, archetypes, what moved, micro-rule and arms of one reading."""
    lines = [f"### {one.id}: {one.reading.label[lang]}", ""] if one.reading.label else []
    verdict = called(one.verdict, lang)
    lines += [say("verdict", lang, verdict=verdict, reason=reason(one, lang)), ""]
    breaks = [b.label[lang] for b in one.reading.breaks]
    lines.append(say("cells", lang, breaks="".join(say("break", lang, label=b) for b in breaks)))
    lines.append("| --- " * (5 + len(breaks)) + "|")
    for c in one.verdict.cells:
        own = one.reading.effects[c.deciding].measure
        shares = "".join(f"{share(c.breaks[b.name])} | " for b in one.reading.breaks)
        note = f" ({say('members in range', lang, n=c.headline.n)})" if one.reading.when is not None else ""
        found = f"{named(own, lang)} {amount(c.headline.mean, own, lang)} | {interval(c.headline, own, lang)}"
        last = f"{share(c.reached)} | {shares}{called(c, lang)}"
        lines.append(f"| {place(one.study, c.place, lang)}{note} | {found} | {last} |")
    if len(one.reading.effects) > 1:
        lines += ["", *_effects(one, lang)]
    lines += _censored(one, lang)
    first, second = one.reading.traced
    lines += ["", *_moved(one.moved, arm(one.study, first, lang), arm(one.study, second, lang), lang)]
    lines += ["", _micro(one, lang)]
    lines += [*why_lines(one.why, one.reading, one.effect, one.verdict, lang), ""]
    measure = one.effect.measure
    lines.append(say("arms", lang, baseline=arm(one.study, str(one.study["baseline"]), lang)))
    lines += ["", say("arms columns", lang, indicator=named(measure, lang)), "| --- | --- | --- |"]
    for name, other in _chosen(one):
        shown = arm(one.study, name, lang)
        lines.append(f"| {shown} | {amount(other.mean, measure, lang)} | {interval(other, measure, lang)} |")
    return lines


def _effects(one: Found, lang: str) -> list[str]:
    """Each effect of a claim with several."""
    said = [f"{named(e.measure, lang)} {within(overall(e), e.measure, lang)}" for e in one.reading.effects]
    return [say("effects", lang, text=say("and", lang).join(said))]


def _censored(one: Found, lang: str) -> list[str]:
    """What could not be judged because it stands at the end of what its indicator can say, and what was instead."""
    lines = []
    for found in one.censored:
        about = chart_words.indicator(found.effect.measure.indicators[0])
        level = chart_words.level(found.effect.cap or 0.0, about.unit, lang)
        texts = {"indicator": named(found.effect.measure, lang), "instead": named(found.instead.measure, lang)}
        lines += ["", say("censored", lang, **texts, level=level, share=share(found.share))]
    return lines


def _chosen(one: Found) -> list[tuple[str, Estimate]]:
    """All arms, or those that the reading names where there are too many."""
    if len(one.arms) <= MOST_ARMS:
        return list(one.arms)
    named_arms = {a for e in one.reading.effects for a in (e.weights or (e.arm, e.against))} | set(one.reading.traced)
    return [(name, found) for name, found in one.arms if name in named_arms]


def _moved(found: Sequence[Moved], first: str, second: str, lang: str) -> list[str]:
    if not found:
        return [say("moved none", lang)]
    lines = [f"{say('moved', lang, arm=first, against=second)}:", "", say("moved columns", lang), "| --- " * 5 + "|"]
    for one in found:
        about = chart_words.indicator(one.indicator)
        lines.append(
            f"| {about.label[lang]} | {chart_words.level(one.level, about.unit, lang)} "
            f"| {quantity(one.difference.mean, about.unit, lang)} "
            f"| {ends(one.difference, chart_words.factor(about.unit))} "
            f"| {chart_words.number(one.standardised, 2, signed=True)} |"
        )
    return lines


def _micro(one: Found, lang: str) -> str:
    measure = one.effect.measure
    parts: Carried = one.carried
    if _zero(parts.usual):
        said = say("micro nothing", lang)
    elif _zero(parts.without):
        said = say("micro kills", lang)
    else:
        said = say("micro part", lang, share=share(parts.without.mean / parts.usual.mean))
    return say(
        "micro",
        lang,
        label=one.reading.rule.label[lang],
        usual=within(parts.usual, measure, lang),
        without=within(parts.without, measure, lang),
        added=within(parts.added, measure, lang),
        said=said,
    )


def _pattern(one: Pattern, lang: str) -> list[str]:
    largest = say("list", lang).join(
        f"{chart_words.indicator(n).label[lang]} {v * PERCENT:.1f}%" for n, v in one.largest.items()
    )
    label = one.found.hypothesis.id
    first = (
        say("same", lang, id=label, largest=largest)
        if one.same
        else say("wins", lang, id=label, arm=arm(one.found.study, one.winner, lang), largest=largest)
    )
    waits = say("list", lang).join(
        f"{chart_words.indicator(n).label[lang]} {share(one.shares[n])}" for n in WAITS if n in one.shares
    )
    own = sum(one.shares[n] for n in SOLVERS[3:])
    reach = say(
        "reach", lang, demand=f"{one.shares['demand_share'] * PERCENT:.1f}%", government=share(one.shares[SOLVERS[0]]),
        market=share(one.shares[SOLVERS[1]]), society=share(one.shares[SOLVERS[2]]), own=share(own), waits=waits,
    )  # fmt: skip
    text = say("list", lang).join(moved(m, lang) for m in one.moved[:5])
    after = say("reach moved", lang, text=text) if text else say("moved none", lang)
    return [f"{first} {reach} {after}"]
