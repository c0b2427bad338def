"""Generated pages and blocks are as the program would make them now, and links inside docs/ lead somewhere."""

import re

import pytest

from sim import docs
from sim.codes import Body
from sim.plan import PLAN, load_all

DOCS = docs.DOCS
pytestmark = pytest.mark.skipif(not DOCS.is_dir(), reason="needs the source checkout")


def test_pages_are_current():
    old = [path.relative_to(DOCS).as_posix() for path in docs.stale()]
    assert old == [], "run: python -m sim.docs"


def test_every_mechanism_and_seat_has_its_section():
    text = (DOCS / "odd.md").read_text(encoding="utf-8")
    modules = {item.module for item in load_all().values()}
    missing = {m for m in modules if f"<!-- generated: module {m} -->" not in text}
    assert missing == set(), "docs/odd.md: a section with equations is missing"
    assert set(re.findall(r"<!-- generated: module (\w+) -->", text)) == modules


def test_every_table_of_columns_is_shown():
    from sim.community.columns import TABLES

    text = (DOCS / "odd.md").read_text(encoding="utf-8")
    assert [t for t in TABLES if f"<!-- generated: columns {t} -->" not in text] == []


def test_seats_cover_all_bodies():
    from sim.agents.seats import MODULES

    assert set(docs.SEATS) == set(MODULES.values())
    assert set(MODULES) == set(Body)


def test_the_plan_is_told_in_order():
    lines = docs.plan()
    told = [re.match(r"   - `([\w.]+)`", line)[1] for line in lines if line.startswith("   - ")]  # type: ignore[index]
    assert told == [name for phase in PLAN for name in phase.mechanisms]


def test_an_unknown_block_is_refused():
    with pytest.raises(ValueError, match="no block 'weather'"):
        docs.filled("<!-- generated: weather -->\n<!-- end -->\n")


@pytest.mark.parametrize("page", sorted(p.relative_to(DOCS).as_posix() for p in DOCS.rglob("*.md")))
def test_links_lead_somewhere(page):
    path = DOCS / page
    text = path.read_text(encoding="utf-8")
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    headings = {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        if name:
            assert (path.parent / name).exists(), target
        else:
            assert anchor in headings, target


def test_every_number_says_what_it_is():
    from sim.scenario.parameters import registry

    numbers = [(f"{module}.{name}", p) for module, own in registry().items() for name, p in own.items()]
    assert [name for name, p in numbers if not p.meaning or not p.unit] == []
