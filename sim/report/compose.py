"""From the tables of a study to the sections of a brief in one language."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from sim.charts import prose, takeaway
from sim.charts.tables import CLAIM
from sim.report.document import Block, Brief, Card, Cards, Code, Paragraph, Points, Row, Section, Table
from sim.report.facts import DRIVERS, DRIVERS_SHOWN, GAPS, GROUPS, STAFF, Facts, parameters, told
from sim.report.language import Voice
from sim.report.pictures import chosen, shared_out
from sim.study.basis import basis

if TYPE_CHECKING:
    from sim.store import StoredStudy

SENTENCES = 4  # headline indicators that get a sentence of their own
CARDS = 4
CHOICES = 8  # single choices shown
ALWAYS = 0.05  # share of intervals that exclude zero where there is no difference
BOXED = ("method", "rebuild")
BUDGETS = ("public_hours", "public_money", "social_cost")


def compose(study: StoredStudy, lang: str) -> Brief:
    """The brief of a stored study. Raises NoData where the study compares nothing."""
    facts, voice = Facts(study), Voice(study, lang)
    shown, further = shared_out(chosen(study, lang))
    parts: list[tuple[str, Callable[[Facts, Voice], list[Block]]]] = [
        ("answer", answer), ("charts", nothing), ("drives", drives), ("who", who), ("sure", sure), ("claims", claims),
        ("limits", limits), ("method", method), ("rebuild", rebuild),
    ]  # fmt: skip
    sections: list[Section] = []
    for name, build in parts:
        blocks, own = build(facts, voice), shown.get(name, [])
        if blocks or own:
            sections.append(Section(name, voice.heading(name, len(sections)), blocks, own, boxed=name in BOXED))
    about = study.study
    return Brief(
        study,
        lang,
        voice.say("kicker"),
        voice.title(voice.of(about.get("label")) or prose.readable(str(about["name"]))),
        voice.of(about.get("question")) or voice.of(about.get("description")),
        voice.say("notice"),
        voice.footer,
        sections,
        further,
        voice.say("further"),
    )


def nothing(facts: Facts, voice: Voice) -> list[Block]:
    """A section of charts alone."""
    return []


def answer(facts: Facts, voice: Voice) -> list[Block]:
    """Headline numbers, what the tables say of each, and the table itself."""
    blocks: list[Block] = [Cards([_card(facts, voice, name) for name in facts.headline[:CARDS]])]
    said = [takeaway.of_indicator(facts.effects, name, voice.setting) + voice.say("stop")
            for name in facts.headline[:SENTENCES]]  # fmt: skip
    blocks.append(Points([*said, *_phases(facts, voice), *_means(facts, voice)]))
    blocks.append(
        _differences(facts, voice, facts.headline, voice.say("headline table", baseline=voice.quoted(facts.baseline)))
    )
    return blocks


def _card(facts: Facts, voice: Voice, name: str) -> Card:
    """The difference of the arm that differs most, or that none can be told apart."""
    unit = prose.indicator(name).unit
    level = voice.say("card baseline", level=prose.level(_baseline(facts, name), unit, voice.lang))
    label = voice.indicator(name)
    row = facts.row(facts.focus, name) if facts.focus else None
    if row is None or not told(row):
        number = voice.say("not told") if facts.enough else voice.say("few pairs", n=CLAIM)
        where = voice.quoted(facts.focus) if facts.focus else ""
        return Card("–", label, voice.list([part for part in (where, number, level) if part]))
    amount, low, high = voice.span(row)
    arm = voice.say("against", arm=voice.title(voice.arm(row["arm"])), baseline=voice.arm(facts.baseline))
    return Card(amount, label, voice.then([arm, voice.say("interval", low=low, high=high), level]))


def _baseline(facts: Facts, name: str) -> float:
    return float(facts.rows(name)["mean_baseline"].mean())


def _phases(facts: Facts, voice: Voice) -> list[str]:
    from sim.observe.registry import STEADY, TRANSITION

    name = facts.headline[0]
    if facts.focus is None:
        return []
    early, late = (facts.row(facts.focus, name + phase) for phase in (TRANSITION, STEADY))
    if early is None or late is None:
        return []
    return [
        voice.say(
            "phases", arm=voice.quoted(facts.focus), indicator=voice.indicator(name), early=voice.amount(early),
            late=voice.amount(late),
        )
    ]  # fmt: skip


def _means(facts: Facts, voice: Voice) -> list[str]:
    """A word on each budget that is not equal over the arms, and one on those that are."""
    said, equal = [], []
    tolerance = float(facts.study.study.get("tolerance") or 0.0)
    for budget in BUDGETS:
        furthest = facts.means(budget)
        if furthest is None:
            continue
        gap = float(furthest["relative_difference"])
        if abs(gap) <= tolerance:
            equal.append(voice.indicator(furthest["measure"]))
            continue
        said.append(
            voice.say(
                "means beyond", budget=voice.indicator(furthest["measure"]), arm=voice.quoted(furthest["arm"]),
                percent=f"{prose.number(100 * gap, 1, signed=True)}%",
            )
        )  # fmt: skip
    if equal:
        said.insert(0, voice.say("means equal", budgets=voice.list(equal), tolerance=f"{100 * tolerance:g}%"))
    return said


def _differences(facts: Facts, voice: Voice, names: Sequence[str], caption: str) -> Table:
    """Arms by indicators: differences with their intervals, and the baseline's own level in the first line."""
    levels = [prose.level(_baseline(facts, name), prose.indicator(name).unit, voice.lang) for name in names]
    rows = [Row([voice.say("baseline level"), *levels])]
    for arm in facts.arms:
        cells = []
        for name in names:
            row = facts.row(arm, name)
            mark = "" if row is None or told(row) else "○\u00a0"
            cells.append("–" if row is None else mark + voice.stacked(row))
        rows.append(Row([voice.arm(arm), *cells], arm))
    columns = [
        prose.bracketed(
            voice.indicator(name), prose.unit_text(prose.indicator(name).unit, voice.lang, difference=True), voice.lang
        )
        for name in names
    ]
    note = voice.say("faint" if facts.enough else "faint few", n=CLAIM)
    return Table(caption, [voice.say("arm"), *columns], rows, note)


def drives(facts: Facts, voice: Voice) -> list[Block]:
    """What moved between the rules and the result under the arm that differs most, and single choices where tried."""
    first = voice.indicator(facts.headline[0])
    if facts.focus is None:
        return [Paragraph(voice.say("drives none" if facts.enough else "drives few", indicator=first, n=CLAIM))]
    every = facts.recorded([name for names in DRIVERS.values() for name in names])
    moved = facts.moved(facts.focus, every)
    aside = voice.say("controls aside") if set(facts.controls) - {facts.focus} else ""
    text = voice.say(
        "drives lead", n=len(every), k=len(moved), arm=voice.quoted(facts.focus), indicator=first, aside=aside
    )
    rows = []
    for group, names in DRIVERS.items():
        for row in facts.moved(facts.focus, names)[:DRIVERS_SHOWN]:
            unit = prose.indicator(row["indicator"]).unit
            levels = [prose.level(float(row[side]), unit, voice.lang) for side in ("mean_baseline", "mean_arm")]
            rows.append(
                Row([voice.indicator(row["indicator"]), voice.say(f"group {group}"), *levels, voice.amount(row)])
            )
    heads = ("indicator", "group", "under baseline", "under arm", "difference")
    caption = voice.say("drives table", arm=voice.quoted(facts.focus), baseline=voice.quoted(facts.baseline))
    blocks: list[Block] = [Paragraph(f"{text}{voice.gap}{voice.say('drives caution')}")]
    if rows:
        blocks.append(Table(caption, [voice.say(head) for head in heads], rows))
    return [*blocks, *_choices(facts, voice)]


def _choices(facts: Facts, voice: Voice) -> list[Block]:
    if facts.choices.empty:
        return []
    rows = []
    for _, row in facts.choices.head(CHOICES).iterrows():
        mark = "" if told(row) else "○\u00a0"
        label = voice.setting.choice(str(row["mechanism"]))
        rows.append(Row([label, voice.arm(str(row["around"])), mark + voice.amount(row)]))
    caption = voice.say("choices table", indicator=voice.indicator(facts.headline[0]))
    return [Table(caption, [voice.say(head) for head in ("choice", "around", "difference")], rows, voice.say("faint"))]


def who(facts: Facts, voice: Voice) -> list[Block]:
    """Groups of residents and staff: under how many arms each is better or worse off, and what gets worse."""
    groups = facts.recorded(GROUPS)
    shown = [*groups, *facts.recorded(STAFF)]
    if not shown:
        return []
    said = []
    for name in shown:
        parts = [voice.say(f"tally {verdict}", k=k) for verdict, k in facts.tally(name).items() if k]
        tally = voice.say("comma").join(parts)
        said.append(voice.say("group tally", indicator=voice.indicator(name), n=len(facts.rows(name)), parts=tally))
    if facts.focus is not None:
        for row in facts.moved(facts.focus, GAPS):
            said.append(
                voice.say("gap", arm=voice.quoted(facts.focus), indicator=voice.indicator(row["indicator"]),
                          amount=voice.amount(row))
            )  # fmt: skip
        worse = facts.moved(facts.focus, facts.named, "worse")
        cost = voice.list([voice.say("part", what=voice.indicator(r["indicator"]), amount=voice.amount(r))
                            for r in worse])  # fmt: skip
        said.append(voice.say("price" if worse else "price none", arm=voice.quoted(facts.focus), parts=cost))
    caption = voice.say("who table", baseline=voice.quoted(facts.baseline))
    return [Points(said), _differences(facts, voice, shown[:6], caption)]


def sure(facts: Facts, voice: Voice) -> list[Block]:
    """Pairs, intervals, how many comparisons, how many numbers have a source, and whether means were equal."""
    low, high = facts.pairs
    stands = basis(facts.study.study, voice.lang, facts.study.sampled)
    said = [voice.say("sure pairs", n=low if low == high else f"{low}–{high}", standing=voice.title(stands))]
    clear, total = facts.told_apart
    said.append(
        voice.say("few pairs", n=CLAIM) + voice.say("stop") if not facts.enough
        else voice.say("sure count", k=clear, total=total, chance=max(1, round(ALWAYS * total)))
    )  # fmt: skip
    if facts.correlations:
        ends = dict(zip(("low", "middle", "high"), (prose.number(r, 2) for r in facts.correlations), strict=True))
        said.append(voice.say("sure correlation", **ends))
    done, every = facts.runs
    said.append(voice.say("sure runs" if done == every else "sure failed", total=every, failed=every - done))
    sourced, numbers = parameters()
    said.append(voice.say("sure sourced", k=sourced, total=numbers, percent=f"{100 * sourced / numbers:.0f}%"))
    return [Points(said), *_budget_table(facts, voice)]


def _budget_table(facts: Facts, voice: Voice) -> list[Block]:
    stated = facts.study.study
    rows = []
    for budget in BUDGETS:
        furthest = facts.means(budget)
        if furthest is None:
            continue
        differs = (stated.get("differs") or {}).get(budget)
        held = (
            voice.say("held") if budget in (stated.get("equal") or ())
            else voice.say("may differ", reason=voice.of(differs)) if differs
            else voice.say("not stated")
        )  # fmt: skip
        gap = f"{prose.number(100 * float(furthest['relative_difference']), 1, signed=True)}%"
        rows.append(Row([voice.indicator(furthest["measure"]), held, f"{voice.arm(furthest['arm'])} {gap}"]))
    if not rows:
        return []
    heads = [voice.say(head) for head in ("budget", "budget held", "budget gap")]
    return [Table(voice.say("budget table"), heads, rows, numbers=False)]


def claims(facts: Facts, voice: Voice) -> list[Block]:
    """Verdicts on claims, where the study put some to the test."""
    table = facts.verdicts(voice.lang)
    if table.empty:
        return []
    rows = []
    for _, row in table.iterrows():
        numbers = [voice.plain(row.get(key)) for key in ("difference", "ci_low", "ci_high", "sesoi")]
        amount = voice.say("amount with interval", amount=numbers[0], low=numbers[1], high=numbers[2])
        reason = voice.cell(row, "reason")
        rows.append(
            Row([
                voice.cell(row, "id"), voice.cell(row, "claim"), voice.verdict(row.get("verdict")),
                amount if numbers[0] else "–", numbers[3] or "–", "" if reason else voice.cell(row, "where"), reason,
            ])
        )  # fmt: skip
    heads = [voice.say(head) for head in ("id", "claim", "verdict", "difference", "sesoi", "where", "reason")]
    keep = [at for at in range(len(heads)) if any(row.cells[at] not in ("", "–") for row in rows)]
    trimmed = [Row([row.cells[at] for at in keep]) for row in rows]
    return [Table(voice.say("claims table"), [heads[at] for at in keep], trimmed, voice.say("claims note"), False)]


def limits(facts: Facts, voice: Voice) -> list[Block]:
    """What nobody may read out of it."""
    study = facts.study.study
    said = [voice.say("limit world"), voice.say("limit levels")]
    places = len(study.get("points") or ())
    base = voice.scenario(facts.baseline)
    if places > 1:
        said.append(voice.say("limit places", n=places))
    elif base:
        said.append(voice.say("limit place", **voice.place(base), era=voice.era(base)))
    if facts.choices.empty:
        said.append(voice.say("limit cause"))
    said.append(voice.say("limit zero"))
    if facts.controls:
        said.append(voice.say("limit controls", arms=voice.list([voice.quoted(arm) for arm in facts.controls])))
    return [Points(said)]


def method(facts: Facts, voice: Voice) -> list[Block]:
    """The method in a few lines and the study's settings."""
    study, base = facts.study.study, voice.scenario(facts.baseline)
    sourced, numbers = parameters()
    places = len(study.get("points") or ())
    pairs: list[tuple[str, str]] = []
    if base:
        pairs += [
            ("place", voice.say("place value", **voice.place(base)) if places < 2 else voice.places(study["points"])),
            ("era", voice.era(base)),
            ("years", voice.say("years value", before=base["warmup_years"], after=base["years"])),
        ]
    arms = [voice.arm(arm) for arm in facts.arms]
    pairs += [("baseline", voice.arm(facts.baseline)), ("arms", voice.then(arms))]
    if places > 1:
        pairs.append(("design", str(places)))
    pairs.append(("replicates", str(study.get("replicates", facts.pairs[1]))))
    pairs.append(("parameters", f"{sourced} / {numbers} ({100 * sourced / numbers:.0f}%)"))
    rows = [Row([voice.say(key), value]) for key, value in pairs]
    heads = [voice.say("setup"), voice.say("value")]
    return [Paragraph(voice.say("method text")), Table(voice.say("setup"), heads, rows, numbers=False)]


def rebuild(facts: Facts, voice: Voice) -> list[Block]:
    """The commands that give the same study and the same brief, and the versions they need."""
    given = facts.study.provenance
    git: dict[str, Any] = given.get("git") or {}
    commit = str(git.get("commit") or "")
    lines = [f"git checkout {commit}"] if commit else []
    study = shlex.join(["gongzhi", "study", str(facts.study.study["name"]), *(given.get("overrides") or ())])
    lines += [study, "gongzhi report DIR format=html,pdf", "gongzhi charts DIR"]
    text = voice.say("rebuild text") + (voice.gap + voice.say("rebuild changed") if git.get("changed") else "")
    version = str(facts.study.study.get("model_version") or given.get("model_version") or "?")
    return [Paragraph(text), Code(lines), Paragraph(f"{voice.say('version')} {version}")]
