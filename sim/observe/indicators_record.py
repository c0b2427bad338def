"""The handling record (办件记录): what the handlers wrote, and how far it lies from what residents experience."""

from __future__ import annotations

import functools

import numpy as np

from sim.codes import File, Kind
from sim.observe.measures import NAN, mean, ratio, weibull_shapes
from sim.observe.registry import family, indicator
from sim.observe.run import Array, Run
from sim.observe.words import KINDS, subset

SAME = 1e-6  # working days; a closure within this of the solution is the same moment
FEW = 30  # closures below which the shape of one kind is not reported
ENOUGH = 100  # closures a kind before it counts in the summary over kinds (model-notes.md)
DISPUTES = subset(KINDS, "neighbours", "owner_firm")


@indicator(
    "share", 0, 1, +1, "record", "办结率", "Share closed",
    "已受理且已到承诺期限的诉求中,办件记录为已办结的比例。",
    "Share of received cases past their promised time whose file was closed.", source="C3, E23-E32", primary=True,
    reads=("case.closed", "case.due", "case.received"),
)  # fmt: skip
def closed_share(run: Run) -> float:
    return mean(run.closed[run.due])


@indicator(
    "share", 0, 1, +1, "record", "按期办结率", "Share closed in time",
    "已受理且已到期的诉求中,在承诺期限内首次办结的比例。",
    "Share of received cases past their promised time whose file was first closed by then.",
    source="C3, E25, E29", primary=True, reads=("case.closed", "case.due", "case.received"),
)  # fmt: skip
def closed_in_time(run: Run) -> float:
    return mean((run.closed & (run.case("closed") <= run.case("due")))[run.due])


@indicator(
    "share", 0, 1, +1, "record", "回访满意率", "Satisfied on call-back",
    "接受回访者中回答满意的比例。", "Share of answered call-backs that said satisfied.", source="C3, E23-E32",
    primary=True,
    reads=("case.callback",),
)  # fmt: skip
def callback_satisfied(run: Run) -> float:
    answer = run.case("callback")
    return mean(answer[answer > 0] == 1)


@indicator(
    "share", 0, 1, 0, "record", "回访率", "Share called back",
    "已办结诉求中接受回访的比例。", "Share of closed cases that were called back.", source="E24",
    reads=("case.callback", "case.closed"),
)  # fmt: skip
def callback_share(run: Run) -> float:
    return mean(run.case("callback")[run.closed] > 0)


@indicator(
    "share", 0, 1, -1, "record", "未解决即办结率", "Closed without a solution",
    "已办结诉求中,首次办结时问题并未真正解决的比例(含纸面办结和解决未能持久者)。",
    "Share of closed cases whose file was first closed when the problem was not truly solved: closed on paper, or "
    "after work that did not hold.",
    source="C3, model.md", primary=True, reads=("case.closed", "case.solved", "case.truth"),
)  # fmt: skip
def closed_unsolved_share(run: Run) -> float:
    early = ~run.solved | (run.case("solved") > run.case("closed") + SAME)
    return mean(early[run.closed])


@indicator(
    "share", 0, 1, -1, "record", "纸面办结率", "Standing closed on paper",
    "已办结诉求中,运行结束时仍以纸面办结为最后一次办结的比例。",
    "Share of closed cases whose last closure, as the run ends, is one on paper.", source="C3, model.md", primary=True,
    reads=("case.closed", "case.paper"),
)  # fmt: skip
def closed_paper_share(run: Run) -> float:
    return mean(run.case("paper")[run.closed] != 0)


@indicator(
    "share", 0, 1, -1, "record", "未上报率", "Not passed on",
    "窗口期内首次成为未上报状态的诉求数与同期表达的诉求数之比(至多为1;按周末状态记录)。",
    "Cases that first stood at not passed on at the end of a week of the window, over cases spoken in it; at most 1.",
    source="A55, E62", primary=True, reads=(),
)  # fmt: skip
def not_passed_share(run: Run) -> float:
    return min(ratio(run.total("not_passed_new"), run.total("spoken")), 1.0)


@indicator(
    "cases per 1,000 residents", 0, np.inf, -1, "record", "未上报存量", "Stock of cases not passed on",
    "窗口期内每千名居民处于未上报状态的诉求周平均数。",
    "Weekly mean of cases that stand at not passed on, per 1,000 residents.", source="A55, Y8", reads=(),
)  # fmt: skip
def not_passed_stock(run: Run) -> float:
    return ratio(run.average("not_passed_on") * 1000.0, run.residents)


@indicator(
    "share", 0, 1, -1, "record", "放弃率", "Given up",
    "已表达的诉求中居民放弃而撤下的比例。", "Share of spoken cases that were dropped.", source="model.md",
    reads=("case.file", "case.spoken"),
)  # fmt: skip
def dropped_share(run: Run) -> float:
    return mean(run.case("file")[run.spoken] == File.DROPPED)


@indicator(
    "share", 0, 1, 0, "record", "转办率", "Passed on to another body",
    "已受理的诉求中曾交由答复主体以外的主体办理的比例。",
    "Share of received cases that another body than the one answering for them has had.", source="C2",
    reads=("case.passed", "case.received"),
)  # fmt: skip
def passed_on_share(run: Run) -> float:
    return mean(run.case("passed")[run.received] > 0)


@indicator(
    "share", -1, 1, -1, "record", "两种记录之差:办结与解决", "Gap between the two records: closed and solved",
    "已受理且到期诉求的办结率减去其真正解决率。",
    "Share closed minus share truly solved, both over received cases past their promised time.",
    source="model.md, trap 2", primary=True, reads=("case.closed", "case.due", "case.received", "case.truth"),
)  # fmt: skip
def record_gap(run: Run) -> float:
    return mean(run.closed[run.due]) - mean(run.solved[run.due])


@indicator(
    "share", -1, 1, -1, "record", "两种记录之差:满意度", "Gap between the two records: satisfaction",
    "回访满意率减去已办结诉求的居民平均满意度。",
    "Share satisfied on call-back minus mean satisfaction felt over closed cases.", source="model.md, trap 2",
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
    family, KINDS, source="C4, dossier 2.5", reads=("case.closed", "case.kind", "case.received")
)


@closing_family(
    "closing_cv_{}", "ratio", 0, np.inf, 0, "closing times", "办结时间变异系数:{}", "CV of closing time: {}",
    "“{}”类从受理到首次办结时间的变异系数(至少30件)。",
    "Coefficient of variation of the time from receipt to first closure; kind {}; at least 30 closures.",
)  # fmt: skip
def closing_cv_kind(run: Run, kind: int) -> float:
    return of_kind(run, 1, kind)


@closing_family(
    "closing_shape_{}", "ratio", 0, np.inf, 0, "closing times", "办结时间威布尔形状参数:{}",
    "Weibull shape of closing time: {}",
    "“{}”类办结时间的威布尔分布形状参数(极大似然,至少30件)。",
    "Maximum-likelihood Weibull shape of the closing time; kind {}; at least 30 closures.",
)  # fmt: skip
def closing_shape_kind(run: Run, kind: int) -> float:
    return of_kind(run, 2, kind)


@closing_family(
    "closing_mean_median_{}", "ratio", 0, np.inf, 0, "closing times", "办结时间均值与中位数之比:{}",
    "Mean over median of closing time: {}",
    "“{}”类办结时间均值与中位数之比(至少30件)。",
    "Mean over median of the closing time; kind {}; at least 30 closures.",
)  # fmt: skip
def closing_mean_median_kind(run: Run, kind: int) -> float:
    return of_kind(run, 3, kind)


@closing_family(
    "closing_p90_median_{}", "ratio", 1, np.inf, 0, "closing times", "办结时间90%分位与中位数之比:{}",
    "90th percentile over median: {}",
    "“{}”类办结时间90%分位数与中位数之比(至少30件)。",
    "90th percentile over median of the closing time; kind {}; at least 30 closures.",
)  # fmt: skip
def closing_p90_median_kind(run: Run, kind: int) -> float:
    return of_kind(run, 4, kind)


@indicator(
    "share", 0, 1, 0, "closing times", "办结时间分布符合参照的类别比例", "Kinds with over-dispersed closing times",
    "至少100件办结的类别中,变异系数在1.1-2.2且威布尔形状在0.5-0.85的比例。",
    "Share of the kinds with at least 100 closures that have a CV of 1.1-2.2 and a Weibull shape of 0.5-0.85.",
    source="C4", reads=("case.closed", "case.kind", "case.received"),
)  # fmt: skip
def closing_kinds_in_range(run: Run) -> float:
    size, cv, shape, _, _ = shapes(run)
    many = size >= ENOUGH
    return mean(((cv >= 1.1) & (cv <= 2.2) & (shape >= 0.5) & (shape <= 0.85))[many])


@indicator(
    "ratio", 0, np.inf, 0, "closing times", "各类均值与中位数之比的中位数", "Mean over median, median over kinds",
    "至少100件办结的类别的均值与中位数之比的中位数。",
    "Median over kinds with at least 100 closures of mean over median closing time.", source="C4", reads=("case.closed",
    "case.kind", "case.received"),
)  # fmt: skip
def closing_mean_median(run: Run) -> float:
    size, _, _, values, _ = shapes(run)
    return float(np.median(values[size >= ENOUGH])) if np.any(size >= ENOUGH) else NAN


@indicator(
    "ratio", 1, np.inf, 0, "closing times", "各类90%分位与中位数之比的中位数",
    "90th percentile over median, median over kinds",
    "至少100件办结的类别的90%分位与中位数之比的中位数。",
    "Median over kinds with at least 100 closures of 90th percentile over median closing time.", source="C4",
    reads=("case.closed", "case.kind", "case.received"),
)  # fmt: skip
def closing_p90_median(run: Run) -> float:
    size, _, _, _, values = shapes(run)
    return float(np.median(values[size >= ENOUGH])) if np.any(size >= ENOUGH) else NAN


@indicator(
    "working days", 0, np.inf, -1, "closing times", "办结时间中位数", "Median closing time",
    "从受理到首次办结的工作日中位数(全部已办结诉求)。",
    "Median working days from receipt to first closure of the file, over closed cases.", source="C4, E40", primary=True,
    reads=("case.closed", "case.kind", "case.received"),
)  # fmt: skip
def closing_median(run: Run) -> float:
    days, _ = run.closing
    return float(np.median(days)) if len(days) else NAN


@indicator(
    "ratio", 0, np.inf, 0, "closing times", "办结时间变异系数", "CV of closing time",
    "全部已办结诉求办结时间的变异系数。", "Coefficient of variation of closing times over all closed cases.",
    source="C4", reads=("case.closed", "case.kind", "case.received"),
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
    "share", 0, 1, 0, "mediation", "调解成功率(办件记录)", "Mediation success by the file",
    "已受理且到期的邻里纠纷和业主与物业纠纷中已办结的比例。",
    "Share of disputes (between neighbours, between owners and firm), received and past their promised time, "
    "whose file was closed.", source="A43, A66", reads=("case.closed", "case.due", "case.kind", "case.received"),
)  # fmt: skip
def mediation_file(run: Run) -> float:
    return mean(run.closed[disputes(run)])


@indicator(
    "share", 0, 1, +1, "mediation", "调解成功率(居民实感)", "Mediation success in truth",
    "同一范围纠纷中真正解决的比例。", "Share of the same disputes that were truly solved.", source="A43, A66",
    reads=("case.due", "case.kind", "case.received", "case.truth"),
)  # fmt: skip
def mediation_truth(run: Run) -> float:
    return mean(run.solved[disputes(run)])


@indicator(
    "share", 0, 1, +1, "mediation", "调解成功率(第三方口径)", "Mediation success as a third party would judge",
    "同一范围纠纷中真正解决、且此后或此前均未返工、重复信访、越级、集体上访或诉讼的比例。",
    "Share of the same disputes truly solved with the first result holding and nobody petitioning or going to court.",
    source="A43, A66", reads=("case.attempts", "case.collective", "case.court", "case.due", "case.kind",
    "case.petitions", "case.received", "case.skips", "case.truth"),
)  # fmt: skip
def mediation_held(run: Run) -> float:
    quiet = (run.case("attempts") <= 1) & (run.case("petitions") == 0) & (run.case("skips") == 0)
    quiet &= (run.case("collective") == 0) & (run.case("court") == 0)
    return mean((run.solved & quiet)[disputes(run)])


@family(
    DISPUTES, "mediation_{}", "share", 0, 1, +1, "mediation", "调解真正成功率:{}", "Mediation success in truth: {}",
    "已受理且到期的{}中真正解决的比例。", "Share of {}, received and past their promised time, that were truly solved.",
    source="A43", reads=("case.due", "case.kind", "case.received", "case.truth"),
)  # fmt: skip
def mediation_kind(run: Run, kind: int) -> float:
    return mean(run.solved[run.due & (run.case("kind") == kind)])
