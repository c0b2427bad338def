"""What a brief says: every number from the tables, no claim beyond an interval, the same in both languages."""

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from sim.report.compose import compose
from sim.report.document import Brief, Cards, Code, Paragraph, Points, Table
from sim.report.facts import Facts
from sim.report.language import say
from sim.store import open_study

from .made import store

LANGS = ("zh", "en")
ROOT = Path(__file__).parents[2]


def texts(brief: Brief) -> dict[str, str]:
    """All words of each section."""
    found = {}
    for section in brief.sections:
        parts = [section.title]
        for block in section.blocks:
            if isinstance(block, Paragraph):
                parts.append(block.text)
            elif isinstance(block, Points):
                parts += block.items
            elif isinstance(block, Code):
                parts += block.lines
            elif isinstance(block, Cards):
                parts += [f"{card.what} {card.number} {card.detail}" for card in block.cards]
            elif isinstance(block, Table):
                parts += [block.caption, *block.columns, *(cell for row in block.rows for cell in row.cells)]
        found[section.name] = "\n".join(parts)
    return found


@pytest.mark.parametrize("lang", LANGS)
def test_headline_number_is_the_tables_own(study: Path, lang: str) -> None:
    """The first card holds the difference of the plan that differs most, theoretical controls aside."""
    stored = open_study(study)
    row = stored.effects.set_index(["arm", "indicator"]).loc[("better", "welfare")]
    cards = compose(stored, lang).sections[0].blocks[0]
    assert isinstance(cards, Cards)
    first = cards.cards[0]
    assert first.number.startswith(f"+{100 * row['difference']:.1f} ")
    assert f"{100 * row['ci_low']:.1f}" in first.detail and f"{100 * row['ci_high']:.1f}" in first.detail


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_is_said_of_an_arm_that_differs_in_nothing(study: Path, lang: str) -> None:
    """An interval that covers zero gets a ring in the table and no verdict in a sentence."""
    facts = Facts(open_study(study))
    assert facts.focus == "better" and not facts.moved("same", facts.named)
    answer = next(s for s in compose(open_study(study), lang).sections if s.name == "answer")
    table = next(block for block in answer.blocks if isinstance(block, Table))
    row = next(row for row in table.rows if row.arm == "same")
    assert all(cell.startswith("○") for cell in row.cells[1:])


@pytest.mark.parametrize("lang", LANGS)
def test_too_few_pairs_claim_nothing(tmp_path: Path, lang: str) -> None:
    """With five pairs no card, no driver, no group is said to differ, however large the difference."""
    brief = compose(open_study(store(tmp_path, replicates=5)), lang)
    cards = brief.sections[0].blocks[0]
    assert isinstance(cards, Cards)
    assert {card.number for card in cards.cards} == {"–"}
    said = texts(brief)
    better = {"zh": r"更好 [1-9]|更差 [1-9]", "en": r"better under [1-9]|worse under [1-9]"}[lang]
    assert not re.search(better, said["who"])
    assert say("few pairs", lang, n=10) in said["sure"]


def test_means_that_differ_are_named(study: Path) -> None:
    """More money under the better plan is said beside the result, and why the study allows it."""
    said = texts(compose(open_study(study), "en"))
    assert "+20.0%" in said["answer"] and "part of a result may come from means" in said["answer"]
    assert "More money." in said["sure"]


def test_rebuilding_repeats_what_was_typed(study: Path) -> None:
    """The commands name the sources, the study and its overrides."""
    said = texts(compose(open_study(study), "en"))["rebuild"]
    assert "git checkout abcdef" in said and "gongzhi study made_up replicates=12" in said
    assert "0123456789ab" in said


def test_share_of_numbers_with_a_source(study: Path) -> None:
    """It is counted from the registry of parameters."""
    from sim.scenario.parameters import registry

    every = [p for own in registry().values() for p in own.values()]
    sourced = [p for p in every if "assumption" not in p.source]
    said = texts(compose(open_study(study), "en"))
    assert f"Of the model's {len(every)} numbers, {len(sourced)} " in said["sure"]
    assert f"{len(sourced)} / {len(every)}" in said["method"]


def test_verdicts_are_told_where_claims_were_tested(study: Path, tmp_path: Path) -> None:
    """A table of verdicts becomes a section; without it there is none."""
    assert "claims" not in texts(compose(open_study(study), "en"))
    folder = shutil.copytree(study, tmp_path / "copy")
    pd.DataFrame(
        {
            "id": ["Y1"], "claim_zh": ["方案甲更快"], "claim_en": ["plan A is faster"], "verdict": ["refuted"],
            "difference": [0.4], "ci_low": [-0.1], "ci_high": [0.9], "sesoi": [1.0], "where": ["all places"],
            "reason": ["below the smallest of interest"],
        }
    ).to_csv(folder / "verdicts.csv", index=False, encoding="utf-8-sig")  # fmt: skip
    other = folder.parent / "verdicts.csv"  # of a collection, which this folder does not belong to until it says so
    shutil.copy(folder / "verdicts.csv", other)
    for lang, wanted in (("zh", ("方案甲更快", "否定")), ("en", ("plan A is faster", "refuted"))):
        said = texts(compose(open_study(folder), lang))["claims"]
        assert all(text in said for text in (*wanted, "Y1", "0.40", "0.90"))
    (folder / "verdicts.csv").unlink()
    assert "claims" not in texts(compose(open_study(folder), "en"))
    (folder.parent / "hypotheses.json").write_text("{}", encoding="utf-8")
    assert "claims" not in texts(compose(open_study(folder), "en")), "Y1 is no claim of this study"
    text = other.read_text(encoding="utf-8-sig").replace("Y1", "Made_Upb")
    other.write_text(text, encoding="utf-8-sig")
    assert "Made_Upb" in texts(compose(open_study(folder), "en"))["claims"]


def test_both_languages_have_the_same_sections(study: Path) -> None:
    """Same sections, same tables, same charts, whatever the language."""
    shapes = []
    for lang in LANGS:
        brief = compose(open_study(study), lang)
        shapes.append(
            [(s.name, [type(b).__name__ for b in s.blocks], [p.name for p in s.pictures]) for s in brief.sections]
        )
    assert shapes[0] == shapes[1]


def test_a_third_language_has_briefs_and_charts(study: Path, third: str) -> None:
    """What a language lacks stands in English, on every page and picture."""
    brief, english = (compose(open_study(study), lang) for lang in (third, "en"))
    assert [s.title for s in brief.sections] == [s.title for s in english.sections]
    assert [[p.label for p in s.pictures] for s in brief.sections] == [
        [p.label for p in s.pictures] for s in english.sections
    ]
