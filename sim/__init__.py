"""Gongzhi: an agent-based simulator of how an urban community is governed by many actors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.model.simulation import restore, simulate
    from sim.scenario.load import load
    from sim.store import open

_PLACES = {
    "load": "sim.scenario.load",
    "simulate": "sim.model.simulation",
    "restore": "sim.model.simulation",
    "open": "sim.store",
}
__all__ = ["load", "open", "restore", "simulate"]


def __getattr__(name: str) -> Any:
    """Load what is asked for when it is asked for, so that importing the package costs nothing."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_PLACES[name]), name)
