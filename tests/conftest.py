"""What tests of several folders need."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from sim.vocabulary import words
from sim.vocabulary.words import LANGS


@pytest.fixture
def third(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A language that knows two words, beside the program's own."""
    for lang in LANGS:
        (tmp_path / lang).symlink_to(words.PLACE / lang)
    (tmp_path / "qq").mkdir()
    own = {"body": {"party": "partika"}, "word": {"own_name": "Quequi"}}
    (tmp_path / "qq" / "terms.yaml").write_text(yaml.safe_dump(own), encoding="utf-8")
    (tmp_path / "qq" / "cli.yaml").write_text(yaml.safe_dump({"commands": "ordoni"}), encoding="utf-8")
    monkeypatch.setattr(words, "PLACE", tmp_path)
    from sim.charts import prose

    cached = (words.languages, words.entries, words.rooms, prose.indicator)
    for function in cached:
        function.cache_clear()
    yield "qq"
    monkeypatch.undo()
    for function in cached:
        function.cache_clear()
