"""One brief of a made-up study in every format, written once."""

from pathlib import Path

import pytest

from sim.report import Written, report

from .made import store


@pytest.fixture(scope="session")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the made-up study."""
    return store(tmp_path_factory.mktemp("study"))


@pytest.fixture(scope="session")
def brief(study: Path) -> Written:
    """Its brief in both languages and every format; warnings, a missing glyph among them, are errors."""
    return report(study, formats=("html", "pdf", "pptx", "xlsx", "docx"))


@pytest.fixture(scope="session")
def page(brief: Written) -> str:
    """The page for the screen."""
    return brief.brief.read_text(encoding="utf-8")
