"""The handling record (办件记录): what the handlers wrote, and how far it lies from what residents experience."""

from __future__ import annotations

import functools

import numpy as np

from sim.observe.measures import NAN, mean, ratio, weibull_shapes
from sim.observe.members import KINDS, subset
from sim.observe.registry import family, indicator
from sim.observe.run import Array, Run
from sim.vocabulary.codes import File, Kind

SAME = 1e-6  # working days; a closure within this of the solution is the same moment
FEW = 30  # closures below which the shape of one kind is not reported
ENOUGH = 100  # closures a kind before it counts in the summary over kinds (model-notes.md)
DISPUTES = subset(KINDS, "neighbours", "owner_firm")


@indicator(
    "share", 0, 1, +1, "record", source="C3, E23-E32", primary=True,
    reads=("case.closed", "case.due", "case.received"),
)  # fmt: skip
def closed_share(run: Run) -> float:
    return mean(run.closed[run.due])


@indicator(
    "share", 0, 1, +1, "record",
    source="C3, E25, E29", primary=True, reads=("case.closed", "case.due", "case.received"),
)  # fmt: skip
def closed_in_time(run: Run) -> float:
    return mean((run.closed & (run.case("closed") <= run.case("due")))[run.due])


@indicator(
    "share", 0, 1, +1, "record", source="C3, E23-E32",
    primary=True,
    reads=("case.callback",),
)  # fmt: skip
def callback_satisfied(run: Run) -> float:
    answer = run.case("callback")
    return mean(answer[answer > 0] == 1)


@indicator(
    "share", 0, 1, 0, "record", source="E24",
    reads=("case.callback", "case.closed"),
)  # fmt: skip
def callback_share(run: Run) -> float:
    return mean(run.case("callback")[run.closed] > 0)


@indicator(
    "share", 0, 1, -1, "record",
    source="C3, model.md", primary=True, reads=("case.closed", "case.solved", "case.truth"),
)  # fmt: skip
def closed_unsolved_share(run: Run) -> float:
    early = ~run.solved | (run.case("solved") > run.case("closed") + SAME)
    return mean(early[run.closed])


@indicator(
    "share", 0, 1, -1, "record", source="C3, model.md", primary=True,
    reads=("case.closed", "case.paper"),
)  # fmt: skip
def closed_paper_share(run: Run) -> float:
    return mean(run.case("paper")[run.closed] != 0)


@indicator(
    "share", 0, 1, -1, "record", source="A55, E62", primary=True, reads=(),
)  # fmt: skip
def not_passed_share(run: Run) -> float:
    return min(ratio(run.total("not_passed_new"), run.total("spoken")), 1.0)


@indicator(
    "cases per 1,000 residents", 0, np.inf, -1, "record", source="A55, Y8", reads=(),
)  # fmt: skip
def not_passed_stock(run: Run) -> float:
    return ratio(run.average("not_passed_on") * 1000.0, run.residents)


@indicator(
    "share", 0, 1, -1, "record", source="model.md",
    reads=("case.file", "case.spoken"),
)  # fmt: skip
def dropped_share(run: Run) -> float:
    return mean(run.case("file")[run.spoken] == File.DROPPED)


@indicator(
    "share", 0, 1, 0, "record", source="C2",
    reads=("case.passed", "case.received"),
)  # fmt: skip
def passed_on_share(run: Run) -> float:
    return mean(run.case("passed")[run.received] > 0)


@indicator(
    "share", -1, 1, -1, "record",
    source="model.md, trap 2", primary=True, reads=("case.closed", "case.due", "case.received", "case.truth"),
)  # fmt: skip
def record_gap(run: Run) -> float:
    return mean(run.closed[run.due]) - mean(run.solved[run.due])


@indicator(
    "share", -1, 1, -1, "record", source="model.md, trap 2",
    reads=("case.callback", "case.closed", "case.satisfaction"),
)  # fmt: skip
def satisfaction_gap(run: Run) -> float:
    felt = run.case("satisfaction")
    return callback_satisfied(run) - mean(felt[run.closed & (felt >= 0.0)])


# --- closing times (C4)


def shape_table(run: Run) -> tuple[Array, Array, Array, Array, Array]:
    """By kind: closures, CV, Weibull shape, mean over median, 90th percentile over median of closing times."""
    days, kind = run.closing
    n = len(Kind)
    size = np.bincount(kind, minlength=n)
    out = np.full((3, n), np.nan)
    order = np.argsort(kind, kind="stable")
    for k, part in enumerate(np.split(days[order], np.cumsum(size)[:-1])):
        if len(part) < 2:
            continue
        part = np.sort(part)
        m = float(part.mean())
        middle, late = quantile(part, 0.5), quantile(part, 0.9)
        out[0, k] = ratio(float(part.std()), m)
        out[1, k] = ratio(m, middle)
        out[2, k] = ratio(late, middle)
    return size, out[0], weibull_shapes(days, kind, n), out[1], out[2]


def quantile(ordered: Array, share: float) -> float:
    """Linear quantile of ordered values (numpy's default, without its overhead)."""
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return float(ordered[low] + (at - low) * (ordered[high] - ordered[low]))


def shapes(run: Run) -> tuple[Array, Array, Array, Array, Array]:
    """`shape_table`, computed once a run."""
    found: tuple[Array, Array, Array, Array, Array] | None = run.kept_results.get("shapes")
    if found is None:
        found = run.kept_results["shapes"] = shape_table(run)
    return found


def of_kind(run: Run, column: int, kind: int) -> float:
    """One column of the table of closing times for a kind; empty with too few closures."""
    table = shapes(run)
    return float(table[column][kind]) if table[0][kind] >= FEW else NAN


closing_family = functools.partial(
    family, "kind", KINDS, source="C4, dossier 2.5", reads=("case.closed", "case.kind", "case.received")
)


@closing_family(
    "closing_cv_{}", "ratio", 0, np.inf, 0, "closing times",
)  # fmt: skip
def closing_cv_kind(run: Run, kind: int) -> float:
    return of_kind(run, 1, kind)


@closing_family(
    "closing_shape_{}", "ratio", 0, np.inf, 0, "closing times",
)  # fmt: skip
def closing_shape_kind(run: Run, kind: int) -> float:
    return of_kind(run, 2, kind)


@closing_family(
    "closing_mean_median_{}", "ratio", 0, np.inf, 0, "closing times",
)  # fmt: skip
def closing_mean_median_kind(run: Run, kind: int) -> float:
    return of_kind(run, 3, kind)


@closing_family(
    "closing_p90_median_{}", "ratio", 1, np.inf, 0, "closing times",
)  # fmt: skip
def closing_p90_median_kind(run: Run, kind: int) -> float:
    return of_kind(run, 4, kind)


@indicator(
    "share", 0, 1, 0, "closing times", source="C4", reads=("case.closed", "case.kind", "case.received"),
)  # fmt: skip
def closing_kinds_in_range(run: Run) -> float:
    size, cv, shape, _, _ = shapes(run)
    many = size >= ENOUGH
    return mean(((cv >= 1.1) & (cv <= 2.2) & (shape >= 0.5) & (shape <= 0.85))[many])


@indicator(
    "ratio", 0, np.inf, 0, "closing times", source="C4", reads=("case.closed",
    "case.kind", "case.received"),
)  # fmt: skip
def closing_mean_median(run: Run) -> float:
    size, _, _, values, _ = shapes(run)
    return float(np.median(values[size >= ENOUGH])) if np.any(size >= ENOUGH) else NAN


@indicator(
    "ratio", 1, np.inf, 0, "closing times", source="C4",
    reads=("case.closed", "case.kind", "case.received"),
)  # fmt: skip
def closing_p90_median(run: Run) -> float:
    size, _, _, _, values = shapes(run)
    return float(np.median(values[size >= ENOUGH])) if np.any(size >= ENOUGH) else NAN


@indicator(
    "working days", 0, np.inf, -1, "closing times", source="C4, E40", primary=True,
    reads=("case.closed", "case.kind", "case.received"),
)  # fmt: skip
def closing_median(run: Run) -> float:
    days, _ = run.closing
    return float(np.median(days)) if len(days) else NAN


@indicator(
    "ratio", 0, np.inf, 0, "closing times", source="C4", reads=("case.closed", "case.kind", "case.received"),
)  # fmt: skip
def closing_cv(run: Run) -> float:
    days, _ = run.closing
    return ratio(float(days.std()), float(days.mean())) if len(days) else NAN


# --- mediation


def disputes(run: Run) -> Array:
    """Disputes between neighbours or with the firm whose promised time has come."""
    kind = run.case("kind")
    found: Array = run.due & ((kind == Kind.NEIGHBOURS) | (kind == Kind.OWNER_FIRM))
    return found


@indicator(
    "share", 0, 1, 0, "mediation", source="A43, A66", reads=("case.closed", "case.due", "case.kind", "case.received"),
)  # fmt: skip
def mediation_file(run: Run) -> float:
    return mean(run.closed[disputes(run)])


@indicator(
    "share", 0, 1, +1, "mediation", source="A43, A66",
    reads=("case.due", "case.kind", "case.received", "case.truth"),
)  # fmt: skip
def mediation_truth(run: Run) -> float:
    return mean(run.solved[disputes(run)])


@indicator(
    "share", 0, 1, +1, "mediation",
    source="A43, A66", reads=("case.attempts", "case.collective", "case.court", "case.due", "case.kind",
    "case.petitions", "case.received", "case.skips", "case.truth"),
)  # fmt: skip
def mediation_held(run: Run) -> float:
    quiet = (run.case("attempts") <= 1) & (run.case("petitions") == 0) & (run.case("skips") == 0)
    quiet &= (run.case("collective") == 0) & (run.case("court") == 0)
    return mean((run.solved & quiet)[disputes(run)])


@family(
    "kind", DISPUTES, "mediation_{}", "share", 0, 1, +1, "mediation",
    source="A43", reads=("case.due", "case.kind", "case.received", "case.truth"),
)  # fmt: skip
def mediation_kind(run: Run, kind: int) -> float:
    return mean(run.solved[run.due & (run.case("kind") == kind)])
