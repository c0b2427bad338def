"""The registries of indicators and charts, imported only when a command asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def indicators() -> Mapping[str, Any]:
    """Indicators by name."""
    import sim.observe.indicators
    from sim.observe.registry import INDICATORS

    del sim
    return INDICATORS


def charts() -> Mapping[str, Any]:
    """Charts by name."""
    from sim.charts.registry import charts as found

    return found()
