"""What a finished run gives: indicators, weekly series around the reform, budgets, and the model behind them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from sim.model.simulation import Model
    from sim.observe.run import Run
    from sim.scenario import Scenario

BEFORE = 104  # weeks before the reform that series show
NOTE = "simulated, does not assess any real community"


@dataclass(frozen=True)
class Result:
    """`indicators` by name; `series` weekly arrays from week `first_week` (0 is the reform); `model` when it finished.

    `detail` holds the tables of single things that were asked for, as pyarrow tables by name (`gongzhi show schema`).
    """

    scenario: Scenario
    indicators: dict[str, float]
    series: dict[str, NDArray[Any]]
    first_week: int
    model: Model
    observed: Run = field(repr=False)
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def budgets(self) -> dict[str, float]:
        """Public hours (worked and established), public money and social cost after the reform."""
        names = ("public_hours", "established_hours", "public_money", "social_cost")
        return {name: self.indicators[name] for name in names}

    @property
    def tallies(self) -> dict[str, list[Any]]:
        """Counts in more than one dimension, as columns of one long table (sim.observe.tallies)."""
        from sim.observe.tallies import tallies

        return tallies(self.observed)

    @classmethod
    def of(cls, model: Model) -> Result:
        from sim.observe.indicators import compute
        from sim.observe.run import Run

        prices = model.settings.parameters.get("prices", {})
        run = Run.of(model.recorder, model.store, model.settings, prices)
        start = max(0, model.reform_week - BEFORE)
        series = {name: np.asarray(values[start : model.tick]) for name, values in run.series.items()}
        detail = {}
        if model.panel is not None:
            about = {"scenario": model.settings.hash, "reform_week": str(model.reform_week), "note": NOTE}
            detail = model.panel.results(model.store, model.tick, about)
        return cls(model.settings, compute(run), series, start - model.reform_week, model, run, detail)
