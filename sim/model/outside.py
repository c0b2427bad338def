"""What comes from outside and happens in one week: posts are taken away, what was concealed becomes known.

Nothing here is an effect. A post that is gone has no hours; a case that is known outside is a registration that the
office sees. What follows from either is left to those whom it meets.
"""

from __future__ import annotations

import numpy as np

from sim.engine.state import State
from sim.engine.tables import Table
from sim.model.cases.life import register_outside
from sim.vocabulary.codes import Body, File

NEVER = int(np.iinfo(np.int32).max)  # week in which a post that was cut for good is filled again
DAYS = 5.0  # working days a week


def cut_posts(state: State, number: int, until: int | None, earlier: tuple[int, ...] = ()) -> None:
    """Take posts from each community until a week: vacant ones, desk posts, the shortest in post; heads last.

    `earlier` holds the weeks until which other posts were cut that are still gone; those are not cut twice.
    """
    kind = state["body.type"][state["person.body"]]
    employed, vacant = state["person.employed"], state["person.vacant_until"]
    gone = (employed == 0) & np.isin(vacant, earlier)
    staff = (state["person.community"] >= 0) & (kind != Body.SECURITY) & (kind != Body.MASS) & ~gone
    order = np.lexsort((
        state["person.uid"], state["person.tenure"], state["person.desk"] == 0, state["person.head"], employed,
    ))  # fmt: skip
    for c in np.flatnonzero(state["community.full"]):
        rows = [p for p in order if staff[p] and state["person.community"][p] == c][:number]
        employed[rows] = 0
        vacant[rows] = NEVER if until is None else until
        state["person.split"][rows] = 0.0


def expose(state: State, week: int) -> None:
    """All cases that were not passed on are registered outside; the office has them on its books."""
    used = state.used("case")
    rows = np.flatnonzero(state["case.file"][:used] == File.NOT_PASSED_ON)
    now = DAYS * week
    case = Table("case", state.columns)
    for n in rows:
        register_outside(int(n), now, case)
    found = np.bincount(state["case.community"][rows], minlength=state.rows["community"])
    state["community.published"][...] += found
    state["community.escalations"][...] += found
