"""Typed scenarios: what a user may choose, as data; checked before anything is run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.vocabulary.errors import ScenarioError

if TYPE_CHECKING:
    from sim.scenario.choices import Community, Era, Structure
    from sim.scenario.comparison import Arm, Study
    from sim.scenario.load import load
    from sim.scenario.overlays import Policy
    from sim.scenario.rules import compile_rules
    from sim.scenario.schema import Scenario
    from sim.scenario.studies import load_study

_PLACES = {
    "load": "load",
    "load_study": "studies",
    "compile_rules": "rules",
    "Arm": "comparison",
    "Community": "choices",
    "Era": "choices",
    "Policy": "overlays",
    "Scenario": "schema",
    "Structure": "choices",
    "Study": "comparison",
}
__all__ = [
    "Arm",
    "Community",
    "Era",
    "Policy",
    "Scenario",
    "ScenarioError",
    "Structure",
    "Study",
    "compile_rules",
    "load",
    "load_study",
]


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"sim.scenario.{_PLACES[name]}"), name)
