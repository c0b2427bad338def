"""Who decides and who may refuse: counts of what election committees, congress, departments and the gate did."""

from __future__ import annotations

import numpy as np

from sim.observe.measures import ratio
from sim.observe.registry import indicator
from sim.observe.run import Run


def _since(run: Run, column: str) -> float:
    return float(run.since(f"community.{column}")[run.full].sum())


@indicator(
    "items per 1,000 residents a year", 0, np.inf, -1, "items", source="A86", reads=("community.duties_committee",),
)  # fmt: skip
def duties_on_committee(run: Run) -> float:
    return run.per_thousand_since(_since(run, "duties_committee"))


@indicator(
    "share", 0, 1, -1, "items", source="A50, A51, A86", reads=("community.items_committee", "community.items_desks"),
)  # fmt: skip
def items_committee_share(run: Run) -> float:
    own = _since(run, "items_committee")
    return ratio(own, own + _since(run, "items_desks"))


@indicator(
    "signatures", 0, 5, -1, "flow", source="A21", reads=("community.decisions", "community.signatures"),
)  # fmt: skip
def signatures_per_decision(run: Run) -> float:
    return ratio(_since(run, "signatures"), _since(run, "decisions"))


@indicator(
    "names per election", 0, np.inf, 0, "participation",
    source="A69, A72", reads=("community.elections", "community.struck"),
)  # fmt: skip
def candidates_struck(run: Run) -> float:
    return ratio(_since(run, "struck"), _since(run, "elections"))


@indicator(
    "persons per community a year", 0, np.inf, 0, "participation", source="A19", reads=("community.recalled",),
)  # fmt: skip
def members_recalled(run: Run) -> float:
    return ratio(_since(run, "recalled"), len(run.full) * run.reform_years)
