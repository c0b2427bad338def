"""What residents experience (居民实感), per felt problem: unspoken problems included, open ones censored."""

from __future__ import annotations

import numpy as np

from sim.observe.measures import effective_number, gini, kaplan_meier, mean, ratio, worst_share
from sim.observe.members import GROUPS, KINDS, SOLVERS, subset
from sim.observe.registry import family, indicator
from sim.observe.run import PROMISE, WEEK, Array, Run
from sim.vocabulary.codes import Truth

LONGEST = 260.0  # working days; a quantile that lies later is reported as this
RESTRICTED = 120.0  # working days
FOLLOW_WEEKS = int(PROMISE / WEEK)


def welfare_of(run: Run, mask: Array | None = None) -> float:
    """Share solved in time of the problems with complete follow-up."""
    chosen = run.followed if mask is None else run.followed & mask
    return mean(run.kept[chosen])


@indicator(
    "share", 0, 1, +1, "problems", source="Y4, model.md", primary=True, reads=("case.solved", "case.truth"),
)  # fmt: skip
def welfare(run: Run) -> float:
    return welfare_of(run)


@indicator(
    "share", 0, 1, +1, "problems",
    source="Y4, model.md", primary=True, reads=("case.resident", "case.solved", "case.truth"),
)  # fmt: skip
def welfare_residents(run: Run) -> float:
    who = run.case("resident")[run.followed].astype(np.int64)
    size = np.bincount(who)
    solved = np.bincount(who, run.kept[run.followed])
    having = size > 0
    return mean(solved[having] / size[having])


@family(
    "kind", KINDS, "welfare_{}", "share", 0, 1, +1, "problems",
    source="model.md", reads=("case.kind", "case.solved", "case.truth"),
)  # fmt: skip
def welfare_kind(run: Run, kind: int) -> float:
    return welfare_of(run, run.case("kind") == kind)


@family(
    "group", subset(GROUPS, "vulnerable", "migrants", "owners"), "welfare_{}", "share", 0, 1, +1, "problems",
    source="model.md",
    reads=("case.resident", "case.solved", "case.truth", "resident.age", "resident.migrant", "resident.owner",
    "resident.party", "resident.vulnerable"),
)  # fmt: skip
def welfare_group(run: Run, group: int) -> float:
    return welfare_of(run, run.case_groups[group])


@family(
    "group", subset(GROUPS, "vulnerable", "migrants", "owners"), "gap_{}", "share", -1, 1, 0, "inequality",
    source="model.md, Y7", reads=("case.resident", "case.solved", "case.truth", "resident.age", "resident.migrant",
    "resident.owner", "resident.party", "resident.vulnerable"),
)  # fmt: skip
def gap_group(run: Run, group: int) -> float:
    inside = run.case_groups[group]
    return welfare_of(run, inside) - welfare_of(run, ~inside)


@indicator(
    "share", 0, 1, +1, "problems", source="Y4, model.md", primary=True, reads=("case.satisfaction",),
)  # fmt: skip
def felt_satisfaction(run: Run) -> float:
    values = run.case("satisfaction")
    return mean(values[values >= 0.0])


@indicator(
    "share", 0, 1, 0, "problems", source="A54, Y7", primary=True, reads=("case.spoken",),
)  # fmt: skip
def share_spoken(run: Run) -> float:
    return mean(run.spoken)


@indicator(
    "problems per 1,000 residents a year", 0, np.inf, 0, "problems", source="dossier 6", reads=(),
)  # fmt: skip
def felt_problems(run: Run) -> float:
    return run.per_thousand(float(len(run.rows)))


@indicator(
    "share", 0, 1, +1, "problems", source="model.md", reads=("case.truth",),
)  # fmt: skip
def solved_share(run: Run) -> float:
    return mean(run.solved)


@indicator(
    "share", 0, 1, +1, "problems", source="model.md",
    reads=("case.solved", "case.spoken", "case.truth"),
)  # fmt: skip
def welfare_spoken(run: Run) -> float:
    return welfare_of(run, run.spoken)


@indicator(
    "share", 0, 1, +1, "problems", source="model.md", reads=("case.solved", "case.spoken", "case.truth"),
)  # fmt: skip
def welfare_unspoken(run: Run) -> float:
    return welfare_of(run, ~run.spoken)


@indicator(
    "share", 0, 1, -1, "problems", source="model.md", reads=("case.truth",),
)  # fmt: skip
def open_share(run: Run) -> float:
    return mean(run.case("truth") == Truth.OPEN)


@indicator(
    "share", 0, 1, 0, "problems", source="model.md",
    reads=("case.truth",),
)  # fmt: skip
def lapsed_share(run: Run) -> float:
    return mean(run.case("truth") == Truth.LAPSED)


@indicator(
    "working days", 0, LONGEST, -1, "problems",
    source="Y1; Kaplan and Meier 1958", primary=True, reads=("case.solved", "case.truth"),
)  # fmt: skip
def time_median(run: Run) -> float:
    return run.survival.quantile(0.5, LONGEST)


@indicator(
    "working days", 0, LONGEST, -1, "problems", source="Y1; Kaplan and Meier 1958", reads=("case.solved", "case.truth"),
)  # fmt: skip
def time_p90(run: Run) -> float:
    return run.survival.quantile(0.9, LONGEST)


@indicator(
    "working days", 0, RESTRICTED, -1, "problems",
    source="Y1, Y2; Royston and Parmar 2013", primary=True, reads=("case.solved", "case.truth"),
)  # fmt: skip
def time_restricted_mean(run: Run) -> float:
    return run.survival.restricted_mean(RESTRICTED)


@indicator(
    "working days", 0, RESTRICTED, -1, "problems", source="Y1, Y2", reads=("case.solved", "case.spoken",
    "case.truth"),
)  # fmt: skip
def time_spoken(run: Run) -> float:
    mask = run.spoken
    times = np.where(run.solved, run.case("solved"), run.now) - run.case("felt")
    return kaplan_meier(np.maximum(times[mask], 0.0), run.solved[mask]).restricted_mean(RESTRICTED)


@family(
    "solver", SOLVERS, "solved_by_{}", "share", 0, 1, 0, "actors", source="A03, A29", reads=("case.truth",),
)  # fmt: skip
def solved_by(run: Run, solver: int) -> float:
    return ratio(float(np.count_nonzero(run.case("truth") == solver)), float(np.count_nonzero(run.solved)))


@indicator(
    "actors", 1, len(SOLVERS), 0, "actors", source="A03; Simpson 1949", primary=True, reads=("case.truth",),
)  # fmt: skip
def effective_actors(run: Run) -> float:
    return effective_number(np.bincount(run.case("truth")[run.solved].astype(np.int64)))


@indicator(
    "share", -1, 1, 0, "problems", source="A04, A45", reads=("case.about_above", "case.solved", "case.truth"),
)  # fmt: skip
def visible_gap(run: Run) -> float:
    seen = run.case("about_above") != 0
    return welfare_of(run, seen) - welfare_of(run, ~seen)


@indicator(
    "share", -1, 1, +1, "problems", source="model.md", reads=("case.solved", "case.truth"),
)  # fmt: skip
def transition_cost(run: Run) -> float:
    before = run.reform - FOLLOW_WEEKS
    if before <= 0:
        return float("nan")
    return welfare_of(run.over(run.reform, run.reform + 52)) - welfare_of(run.over(max(before - 52, 0), before))


def by_building(run: Run) -> tuple[Array, Array]:
    """Share solved in time and number of problems of each building that had any."""
    buildings = run.state["resident.building"][run.case("resident")][run.followed].astype(np.int64)
    size = np.bincount(buildings)
    solved = np.bincount(buildings, run.kept[run.followed])
    having = size > 0
    return solved[having] / size[having], size[having]


@indicator(
    "index", 0, 1, -1, "inequality",
    source="Y7, model.md", reads=("case.resident", "case.solved", "case.truth", "resident.building"),
)  # fmt: skip
def gini_buildings(run: Run) -> float:
    return gini(*by_building(run))


@indicator(
    "share", 0, 1, +1, "inequality",
    source="Y3, model.md", reads=("case.resident", "case.solved", "case.truth", "resident.building"),
)  # fmt: skip
def worst_decile(run: Run) -> float:
    return worst_share(*by_building(run), 0.1)
