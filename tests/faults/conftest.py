"""Makes the small model of the study tests importable here and in worker processes."""

import os
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FAKE = HERE.parent / "study"
sys.path.insert(0, str(FAKE))


@pytest.fixture(autouse=True)
def no_real_indicators(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the registry and the version of the real model out of these tests."""
    monkeypatch.setattr("sim.study.plan.MODEL_VERSION", "0123456789ab")
    monkeypatch.setattr("sim.study.finish.registered_indicators", dict)


@pytest.fixture
def paths(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let processes that others start find the small model and this checkout."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(FAKE), str(ROOT), os.environ.get("PYTHONPATH", "")]))
