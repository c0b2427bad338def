"""The gallery shows charts that exist, with pictures small enough for the repository."""

import re
from pathlib import Path

import pytest

from sim.charts import charts

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = DOCS / "gallery.md"
PICTURES = DOCS / "pictures" / "gallery"
LIMIT = 1_500_000  # bytes of all pictures
pytestmark = pytest.mark.skipif(not PAGE.is_file(), reason="needs the source checkout")


def test_shown_charts_exist_and_answer_their_question() -> None:
    text = PAGE.read_text(encoding="utf-8")
    shown = re.findall(r"\(`(\w+)`, study `\w+`\)", text)
    assert len(shown) == len(set(shown)) > 10
    for name in shown:
        item = charts()[name]
        assert f"## {item.label['en']} ({item.label['zh']})" in text, f"run scripts/gallery.py: {name}"
        assert item.question["en"] in text and item.question["zh"] in text, f"run scripts/gallery.py: {name}"


def test_pictures_are_there_described_and_small() -> None:
    text = PAGE.read_text(encoding="utf-8")
    named = {place: words for words, place in re.findall(r"!\[([^\]]+)\]\(pictures/gallery/([^)]+)\)", text)}
    assert set(named) == {path.name for path in PICTURES.iterdir()}
    assert all(len(words) > 4 for words in named.values())
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < LIMIT
