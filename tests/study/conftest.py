"""Makes the small model importable here and in worker processes; it has indicators of its own."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(autouse=True)
def no_real_indicators(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the registry and the version of the real model out of these tests."""
    monkeypatch.setattr("sim.study.plan.MODEL_VERSION", "0123456789ab")
    monkeypatch.setattr("sim.study.finish.registered_indicators", dict)
