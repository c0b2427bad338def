"""What meetings with residents leave behind, and what a few persons do against voice: counts of individual acts."""

from __future__ import annotations

import numpy as np

from sim.observe.measures import mean, ratio
from sim.observe.registry import family, indicator
from sim.observe.run import Run
from sim.vocabulary.codes import Truth

FOLLOW_WEEKS = 26  # time given to a resolution before it is asked whether it was carried out
WEEK = 5.0  # working days
GROUP = "work"


def _since(run: Run, column: str) -> float:
    return float(run.since(f"community.{column}")[run.full].sum())


@indicator(
    "share", 0, 1, +1, GROUP, source="A42", reads=("case.resolution", "case.solved", "case.truth"), primary=True,
)  # fmt: skip
def follow_through(run: Run) -> float:
    used = run.state.used("case")
    passed = run.state["case.resolution"][:used] - 1
    here = run.state["community.full"][run.state["case.community"][:used]] != 0
    ripe = here & (passed >= run.window[0]) & (passed < run.window[1]) & (passed <= run.now / WEEK - FOLLOW_WEEKS)
    truth = run.state["case.truth"][:used][ripe]
    days = run.state["case.solved"][:used][ripe] - WEEK * passed[ripe]
    return mean((truth > Truth.OPEN) & (truth < Truth.LAPSED) & (days <= WEEK * FOLLOW_WEEKS))


@indicator(
    "share", 0, 1, -1, GROUP, source="A65", reads=("community.hurt_heard", "community.hurt_unheard"),
)  # fmt: skip
def hurt_unheard_share(run: Run) -> float:
    heard, unheard = _since(run, "hurt_heard"), _since(run, "hurt_unheard")
    return ratio(unheard, heard + unheard)


@indicator(
    "ratio", 0, np.inf, -1, GROUP, source="A27", reads=("community.patch_uneven", "community.patch_weeks"),
)  # fmt: skip
def patch_unevenness(run: Run) -> float:
    return ratio(_since(run, "patch_uneven"), _since(run, "patch_weeks"))


@indicator(
    "share", 0, 1, -1, GROUP, source="A81", reads=("community.means_asked", "community.means_vain"),
)  # fmt: skip
def means_in_vain_share(run: Run) -> float:
    return ratio(_since(run, "means_vain"), _since(run, "means_asked"))


ACTS = (
    "resolutions", "pressed", "blocked", "obstruction_found", "objections", "filtered", "told",
    "hurt_unheard", "reassigned", "means_asked", "means_lent",
)  # fmt: skip


def acts(run: Run, code: int) -> float:
    """Acts of one kind since the reform, per 1,000 residents a year."""
    return run.per_thousand_since(_since(run, ACTS[code]))


for _code, _name in enumerate(ACTS):
    family(
        "act", {_name: _code}, "{}_rate", "1/year/1,000 residents", 0, np.inf, 0, GROUP,
        source="A39, A42, A53, A55, A65, A68, A81", reads=(f"community.{_name}",),
    )(acts)  # fmt: skip
