"""One running server for the tests of a file; every test opens a class of its own."""

from __future__ import annotations

import pytest

from sim.exercise import debrief
from tests.exercise.classroom import classroom


@pytest.fixture(scope="module", autouse=True)
def few_seeds():
    """Replays under four other seeds instead of all."""
    before, debrief.SEEDS = debrief.SEEDS, 4
    yield
    debrief.SEEDS = before


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    with classroom(tmp_path_factory.mktemp("exercise")) as running:
        yield running
