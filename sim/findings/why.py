"""How often what a claim rests on acted, on how much it could act at all, and what came of making it strongest.

This is what explains a result in which hardly anything differs: a mechanism that touches two hand-overs in a hundred
cannot move the waiting for hand-overs by ten per cent, and one that moves nothing at the ends of its ranges either is
not held back by the values that were chosen for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.analysis.claims import Act, Effect, Reading, Touched
from sim.analysis.verdicts import Estimate, Verdict, estimate
from sim.findings.numbers import amount, quantity, share, within
from sim.vocabulary.words import room

if TYPE_CHECKING:
    import pandas as pd

    from sim.store import StoredStudy

say = room("findings")
Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Why:
    """What the mechanism did, in numbers: acts, the part of a tally it can act on, and the effect at its strongest."""

    acts: tuple[tuple[Act, Estimate], ...]
    touched: tuple[tuple[Touched, float, float], ...]  # rate per 1,000 residents a year, and share of the tally
    strong: Estimate | None


def by_member(values: pd.Series) -> Floats:
    """Each member's mean over archetypes."""
    return np.asarray(values.groupby(level="member").mean().to_numpy(dtype=np.float64))


def reasons(stored: StoredStudy, reading: Reading, verdict: Verdict, seed: int = 0) -> Why:
    """Acts, touched parts and the strongest case of a reading, over all archetypes."""
    acts = tuple((act, estimate(by_member(act.measure(act.arm, act.against)), seed)) for act in reading.acts)
    touched = tuple(part for t in reading.touched if (part := _part(stored, t, reading.traced[1])) is not None)
    strong = None
    if reading.strong is not None:
        measure = reading.effects[verdict.effect].measure
        strong = estimate(by_member(measure(reading.strong.arm, reading.strong.against)), seed)
    return Why(acts, touched, strong)


def _part(stored: StoredStudy, touched: Touched, arm: str) -> tuple[Touched, float, float] | None:
    """Rate and share of the rows that count, over the runs of an arm of which tallies are kept; None without any."""
    rows = stored.tallies
    rows = rows[(rows["measure"] == touched.tally) & (rows["arm"] == arm)]
    total = float(rows["value"].sum())
    if not total:
        return None
    chosen = np.ones(len(rows), dtype=bool)
    for key in ("a", "b", "c", "d"):
        wanted = getattr(touched, key)
        if wanted:
            chosen &= rows[key].isin(wanted).to_numpy()
    counted = float(rows["value"][chosen].sum())
    return touched, counted / rows["run_id"].nunique(), counted / total


def lines(found: Why, reading: Reading, effect: Effect, verdict: Verdict, lang: str) -> list[str]:
    """The same in sentences; nothing where a reading states nothing of the kind."""
    said = []
    if found.acts:
        each = [
            f"{act.label[lang]} {_within(act, value, lang, signed=bool(act.against))}"
            for act, value in found.acts
        ]
        said.append(say("acted", lang, text=say("and", lang).join(each)))
    for part, rate, portion in found.touched:
        texts = {"label": part.label[lang], "rate": f"{rate:,.1f}", "share": share(portion)}
        said.append(say("touched", lang, **texts, unit=say(part.tally, lang)))
        if part.bounds:
            said.append(say("bound", lang, share=share(portion)))
    if found.strong is not None and reading.strong is not None:
        best = found.strong.mean * effect.direction
        smallest = amount(effect.smallest, effect.measure, lang, signed=False)
        outcome = say("strong reaches" if best >= effect.smallest else "strong short", lang, smallest=smallest)
        label = reading.strong.label[lang]
        said.append(say("strong", lang, label=label, found=within(found.strong, effect.measure, lang), outcome=outcome))
    if not said:
        return []
    text = (" " if lang == "en" else "").join(one[0].upper() + one[1:] for one in said)
    return ["", say("why so little" if verdict.equivalent else "what it did", lang, text=text)]


def _within(act: Act, value: Estimate, lang: str, *, signed: bool) -> str:
    if not act.against:
        from sim.charts import prose as chart_words

        about = chart_words.indicator(act.measure.indicators[0])
        return quantity(value.mean, about.unit, lang, signed=signed)
    return within(value, act.measure, lang)
