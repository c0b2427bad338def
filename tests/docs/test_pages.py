"""What is generated covers the program and is not committed; pages by hand name only what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from scripts.docs import blocks, reference, stage
from sim.model.plan import PLAN, load_all
from sim.vocabulary.codes import Body
from sim.vocabulary.words import LANGS
from tests.docs.test_article import known_keys

ROOT = stage.ROOT
DOCS = ROOT / "docs"
pytestmark = pytest.mark.skipif(not DOCS.is_dir(), reason="needs the source checkout")
ODD = (DOCS / "odd.md").read_text("utf-8")
HAND = [p for p in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")] if p.name != "CHANGELOG.md"]
IDS = [p.relative_to(ROOT).as_posix() for p in HAND]
NAVS = {lang: yaml.safe_load((ROOT / f"scripts/docs/{lang}.yml").read_text("utf-8"))["nav"] for lang in stage.LANGS}
PATH = re.compile(r"(?<![\w/.-])(?:sim|tests|configs|scripts|docs|experiments)/[\w./*-]*\w")
KEY = re.compile(r"`((?:parameters|policy|structure)\.[a-z_0-9.]+)(?:=[^`]*)?`")


def every_name(kind: str) -> list[str]:
    """What the pages of the reference must show."""
    from sim.cli.main import COMMANDS
    from sim.observe.indicators import INDICATORS
    from sim.observe.schema import names
    from sim.scenario.parameters import registry
    from sim.vocabulary.columns import COLUMNS
    from sim.vocabulary.evidence import table

    return {
        "indicators": [f"| `{name}` |" for name in INDICATORS],
        "parameters": [f"| `{name}` |" for own in registry().values() for name in own],
        "columns": [f"| `{name.split('.', 1)[1]}` |" for name in COLUMNS],
        "schema": [f"\n## {name}\n" for name in names()],
        "commands": [f"\n## gongzhi {name}\n" for name in COMMANDS],
        "evidence": [f"| {name} |" for name in table()],
    }[kind]


@pytest.mark.parametrize("kind", ["indicators", "parameters", "columns", "schema", "commands", "evidence"])
def test_the_reference_shows_everything(kind):
    make, langs = reference.PAGES[f"{kind}.md"]
    for lang in langs:
        text = make(lang)
        assert [name for name in every_name(kind) if name not in text] == []


@pytest.mark.parametrize("name", reference.PAGES)
def test_a_page_of_the_reference_is_not_committed(name):
    assert not (DOCS / name).exists() and not (DOCS / "reference").exists()


def test_marks_of_the_model_description_can_be_filled():
    text = blocks.filled(ODD)
    assert "<!-- generated" not in text and len(text) > len(ODD)


def test_every_mechanism_has_its_section():
    modules = {item.module for item in load_all().values()}
    assert set(re.findall(r"^<!-- generated: module (\w+) -->$", ODD, re.MULTILINE)) == modules


def test_seats_cover_all_bodies():
    from sim.vocabulary.words import label

    told = "\n".join(line for line in blocks.seats() if line.startswith("**"))
    for body in Body:
        for lang in LANGS:
            assert label(f"body.{body.name.lower()}", lang) in told


def test_the_plan_is_told_in_order():
    told = re.findall(r"^    - `([\w.]+)`", "\n".join(blocks.plan()), re.MULTILINE)
    assert told == [name for phase in PLAN for name in phase.mechanisms]


def test_an_unknown_block_is_refused():
    with pytest.raises(ValueError, match="no block 'weather'"):
        blocks.filled("<!-- generated: weather -->\n")


def test_every_page_stands_in_a_navigation():
    shown = {stage.source(page, lang) for lang, nav in NAVS.items() for page in stage.leaves(nav)}
    left = [p for p in HAND if p not in shown and p.is_relative_to(DOCS)]
    assert left == []
    for lang, nav in NAVS.items():
        made = {f"reference/{name}" for name, (_, langs) in reference.PAGES.items() if lang in langs}
        assert {page for page in stage.leaves(nav) if page.startswith("reference/")} == made


def test_every_link_of_the_staged_pages_leads_to_a_page(tmp_path: Path):
    stage.write(NAVS, tmp_path)
    for page in tmp_path.rglob("*.md"):
        for target in re.findall(r"\]\(([^)#\s]+)", stage.FENCE.sub("", page.read_text("utf-8"))):
            assert "://" in target or (page.parent / target).is_file(), f"{page.relative_to(tmp_path)}: {target}"


@pytest.mark.parametrize("path", HAND, ids=IDS)
def test_links_lead_somewhere(path: Path):
    text = path.read_text("utf-8")
    for words, target in stage.NAMED.findall(text):
        assert target.removeprefix("reference/").split("#")[0] in reference.PAGES, words
    for target in re.findall(r"\]\(([^)]+)\)", stage.FENCE.sub("", text)):
        name, _, anchor = target.partition("#")
        if "://" in target:
            continue
        found = path.parent / name if name else path
        assert found.exists(), target
        if anchor:
            heads = re.findall(r"^#+ (.+)$", found.read_text("utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w\- ]", "", h.lower()).strip().replace(" ", "-") for h in heads}, target


@pytest.mark.parametrize("path", HAND, ids=IDS)
def test_files_keys_and_commands_that_are_named_exist(path: Path):
    import make
    from sim.cli.main import COMMANDS

    text = path.read_text("utf-8")
    keys = known_keys()
    assert [c for c in re.findall(r"gongzhi ([a-z]+)\b", text) if c not in COMMANDS] == []
    assert [t for t in re.findall(r"(?:`|^)make ([a-z][a-z-]*)", text, re.MULTILINE) if t not in make.TARGETS] == []
    wrong = [k for k in KEY.findall(text) if k not in keys and not any(key.startswith(f"{k}.") for key in keys)]
    assert wrong == []
    if path.parent.name != "how-to":  # those pages make the files that they name, and a test follows them
        assert [p for p in PATH.findall(text) if not (ROOT / p).exists() and not any(ROOT.glob(p))] == []


def test_every_number_says_what_it_is():
    from sim.scenario.parameters import registry

    numbers = [(f"{module}.{name}", p) for module, own in registry().items() for name, p in own.items()]
    assert [name for name, p in numbers if not p.meaning or not p.unit] == []
