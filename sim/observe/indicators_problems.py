"""What residents experience (居民实感), per felt problem: unspoken problems included, open ones censored."""

from __future__ import annotations

import numpy as np

from sim.codes import Truth
from sim.observe.measures import effective_number, gini, kaplan_meier, mean, ratio, worst_share
from sim.observe.registry import family, indicator
from sim.observe.run import PROMISE, WEEK, Array, Run
from sim.observe.words import GROUPS, KINDS, SOLVERS, subset

LONGEST = 260.0  # working days; a quantile that lies later is reported as this
RESTRICTED = 120.0  # working days
FOLLOW_WEEKS = int(PROMISE / WEEK)


def welfare_of(run: Run, mask: Array | None = None) -> float:
    """Share solved in time of the problems with complete follow-up."""
    chosen = run.followed if mask is None else run.followed & mask
    return mean(run.kept[chosen])


@indicator(
    "share", 0, 1, +1, "problems", "诉求按期真正解决率", "Problems truly solved within 60 working days",
    "所感受到的问题(含未表达的)中,由任何一方在60个工作日内真正解决的比例;运行结束前60个工作日内新出现的问题不计入。",
    "Share of felt problems, unspoken ones included, that anybody truly solved within 60 working days of being felt; "
    "problems felt in the last 60 working days of the run are left out because their time is not over.",
    source="Y4, model.md", primary=True, reads=("case.solved", "case.truth"),
)  # fmt: skip
def welfare(run: Run) -> float:
    return welfare_of(run)


@indicator(
    "share", 0, 1, +1, "problems", "居民福祉(居民等权)", "Welfare, residents equally weighted",
    "先计算每位居民60个工作日内真正解决的问题比例,再对有问题的居民取平均。",
    "The share of each resident's problems truly solved within 60 working days, averaged over residents with a "
    "problem.",
    source="Y4, model.md", primary=True, reads=("case.resident", "case.solved", "case.truth"),
)  # fmt: skip
def welfare_residents(run: Run) -> float:
    who = run.case("resident")[run.followed].astype(np.int64)
    size = np.bincount(who)
    solved = np.bincount(who, run.kept[run.followed])
    having = size > 0
    return mean(solved[having] / size[having])


@family(
    KINDS, "welfare_{}", "share", 0, 1, +1, "problems", "按期真正解决率:{}", "Solved within 60 working days: {}",
    "“{}”类问题60个工作日内真正解决的比例。", "As `welfare`, for problems of the kind {}.",
    source="model.md", reads=("case.kind", "case.solved", "case.truth"),
)  # fmt: skip
def welfare_kind(run: Run, kind: int) -> float:
    return welfare_of(run, run.case("kind") == kind)


@family(
    subset(GROUPS, "vulnerable", "migrants", "owners"), "welfare_{}", "share", 0, 1, +1, "problems",
    "按期真正解决率:{}", "Solved within 60 working days: {}",
    "{}的问题60个工作日内真正解决的比例。", "As `welfare`, for problems of {}.", source="model.md",
    reads=("case.resident", "case.solved", "case.truth", "resident.age", "resident.migrant", "resident.owner",
    "resident.party", "resident.vulnerable"),
)  # fmt: skip
def welfare_group(run: Run, group: int) -> float:
    return welfare_of(run, run.case_groups[group])


@family(
    subset(GROUPS, "vulnerable", "migrants", "owners"), "gap_{}", "share", -1, 1, 0, "inequality",
    "解决率差距:{}减其他居民", "Gap in welfare: {} minus others",
    "{}的按期真正解决率减去其他居民的按期真正解决率。", "Welfare of {} minus welfare of all others.",
    source="model.md, Y7", reads=("case.resident", "case.solved", "case.truth", "resident.age", "resident.migrant",
    "resident.owner", "resident.party", "resident.vulnerable"),
)  # fmt: skip
def gap_group(run: Run, group: int) -> float:
    inside = run.case_groups[group]
    return welfare_of(run, inside) - welfare_of(run, ~inside)


@indicator(
    "share", 0, 1, +1, "problems", "居民平均满意度", "Mean felt satisfaction",
    "所感受到的问题中已形成满意度的,其满意度平均值(居民实感,非回访)。",
    "Mean satisfaction felt by the resident over felt problems that have a value; not the answer on call-back.",
    source="Y4, model.md", primary=True, reads=("case.satisfaction",),
)  # fmt: skip
def felt_satisfaction(run: Run) -> float:
    values = run.case("satisfaction")
    return mean(values[values >= 0.0])


@indicator(
    "share", 0, 1, 0, "problems", "问题表达率", "Share of felt problems spoken",
    "所感受到的问题中通过任一渠道表达出来的比例。", "Share of felt problems that were spoken through any channel.",
    source="A54, Y7", primary=True, reads=("case.spoken",),
)  # fmt: skip
def share_spoken(run: Run) -> float:
    return mean(run.spoken)


@indicator(
    "problems per 1,000 residents a year", 0, np.inf, 0, "problems", "感受到的问题数", "Felt problems",
    "每千名居民每年感受到的问题数。", "Problems felt per 1,000 residents a year.", source="dossier 6", reads=(),
)  # fmt: skip
def felt_problems(run: Run) -> float:
    return run.per_thousand(float(len(run.rows)))


@indicator(
    "share", 0, 1, +1, "problems", "真正解决率(不限期)", "Share of felt problems truly solved so far",
    "所感受到的问题中截至运行结束已真正解决的比例。",
    "Share of felt problems truly solved by the end of the run, at any time.",
    source="model.md", reads=("case.truth",),
)  # fmt: skip
def solved_share(run: Run) -> float:
    return mean(run.solved)


@indicator(
    "share", 0, 1, +1, "problems", "已表达问题按期真正解决率", "Spoken problems truly solved within 60 working days",
    "已表达的问题中60个工作日内真正解决的比例。", "As `welfare`, for spoken problems.", source="model.md",
    reads=("case.solved", "case.spoken", "case.truth"),
)  # fmt: skip
def welfare_spoken(run: Run) -> float:
    return welfare_of(run, run.spoken)


@indicator(
    "share", 0, 1, +1, "problems", "未表达问题按期真正解决率", "Unspoken problems truly solved within 60 working days",
    "始终未表达的问题中60个工作日内真正解决的比例。", "As `welfare`, for problems that were never spoken.",
    source="model.md", reads=("case.solved", "case.spoken", "case.truth"),
)  # fmt: skip
def welfare_unspoken(run: Run) -> float:
    return welfare_of(run, ~run.spoken)


@indicator(
    "share", 0, 1, -1, "problems", "未解决率", "Share of felt problems still open",
    "截至运行结束仍未解决且未消失的问题比例。", "Share of felt problems that are open at the end of the run.",
    source="model.md", reads=("case.truth",),
)  # fmt: skip
def open_share(run: Run) -> float:
    return mean(run.case("truth") == Truth.OPEN)


@indicator(
    "share", 0, 1, 0, "problems", "自行消失率", "Share of felt problems lapsed",
    "未经解决而消失的问题比例。", "Share of felt problems that ended without a solution.", source="model.md",
    reads=("case.truth",),
)  # fmt: skip
def lapsed_share(run: Run) -> float:
    return mean(run.case("truth") == Truth.LAPSED)


@indicator(
    "working days", 0, LONGEST, -1, "problems", "真正解决时间中位数", "Median time to a true solution",
    "从感受到问题至真正解决的时间中位数(Kaplan-Meier,未解决者按删失处理);超过260个工作日记为260。",
    "Kaplan-Meier median from feeling a problem to its true solution, open problems censored at the end of the run, "
    "lapsed ones kept as unsolved; 260 stands for 260 or more.",
    source="Y1; Kaplan and Meier 1958", primary=True, reads=("case.solved", "case.truth"),
)  # fmt: skip
def time_median(run: Run) -> float:
    return run.survival.quantile(0.5, LONGEST)


@indicator(
    "working days", 0, LONGEST, -1, "problems", "真正解决时间90%分位数", "90th percentile of time to a true solution",
    "90%的问题得到真正解决所需时间(Kaplan-Meier);超过260个工作日记为260。",
    "Kaplan-Meier time by which 90% of felt problems are truly solved; 260 stands for 260 or more.",
    source="Y1; Kaplan and Meier 1958", reads=("case.solved", "case.truth"),
)  # fmt: skip
def time_p90(run: Run) -> float:
    return run.survival.quantile(0.9, LONGEST)


@indicator(
    "working days", 0, RESTRICTED, -1, "problems", "限制平均解决时间(120日)", "Restricted mean time to a true solution",
    "120个工作日内问题处于未解决状态的平均天数,即Kaplan-Meier曲线下至120日的面积。",
    "Mean working days that a problem stays unsolved within its first 120: area under the Kaplan-Meier curve to "
    "day 120.",
    source="Y1, Y2; Royston and Parmar 2013", primary=True, reads=("case.solved", "case.truth"),
)  # fmt: skip
def time_restricted_mean(run: Run) -> float:
    return run.survival.restricted_mean(RESTRICTED)


@indicator(
    "working days", 0, RESTRICTED, -1, "problems", "已表达问题的限制平均解决时间",
    "Restricted mean time, spoken problems",
    "已表达问题从感受至真正解决的限制平均时间(120个工作日)。",
    "As `time_restricted_mean`, for problems that were spoken.", source="Y1, Y2", reads=("case.solved", "case.spoken",
    "case.truth"),
)  # fmt: skip
def time_spoken(run: Run) -> float:
    mask = run.spoken
    times = np.where(run.solved, run.case("solved"), run.now) - run.case("felt")
    return kaplan_meier(np.maximum(times[mask], 0.0), run.solved[mask]).restricted_mean(RESTRICTED)


@family(
    SOLVERS, "solved_by_{}", "share", 0, 1, 0, "actors", "解决主体构成:{}", "Solved by {}",
    "真正解决的问题中由{}解决的比例。", "Share of truly solved problems that were solved by {}.",
    source="A03, A29", reads=("case.truth",),
)  # fmt: skip
def solved_by(run: Run, solver: int) -> float:
    return ratio(float(np.count_nonzero(run.case("truth") == solver)), float(np.count_nonzero(run.solved)))


@indicator(
    "actors", 1, len(SOLVERS), 0, "actors", "有效解决主体数", "Effective number of actors",
    "五类解决主体构成的逆辛普森指数。",
    "Inverse Simpson index of truly solved problems over the five classes of solvers.",
    source="A03; Simpson 1949", primary=True, reads=("case.truth",),
)  # fmt: skip
def effective_actors(run: Run) -> float:
    return effective_number(np.bincount(run.case("truth")[run.solved].astype(np.int64)))


@indicator(
    "share", -1, 1, 0, "problems", "可见事项与不可见事项解决率之差", "Visible against non-visible results",
    "上级检查所及类别的按期真正解决率减去其他问题的按期真正解决率。",
    "Welfare of problems of kinds that inspectors from above look at, minus welfare of the others.",
    source="A04, A45", reads=("case.about_above", "case.solved", "case.truth"),
)  # fmt: skip
def visible_gap(run: Run) -> float:
    seen = run.case("about_above") != 0
    return welfare_of(run, seen) - welfare_of(run, ~seen)


@indicator(
    "share", -1, 1, +1, "problems", "改革过渡期得失", "Change of welfare in the first year after the reform",
    "改革后第一年感受到的问题的按期真正解决率,减去改革前一年(截至改革前60个工作日)的同一指标;负值为过渡成本。",
    "Welfare of problems felt in the first 52 weeks after the reform minus that of the 52 weeks which end 60 working "
    "days before it, so that their follow-up ends before the reform; negative values are a transition cost.",
    source="model.md", reads=("case.solved", "case.truth"),
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
    "index", 0, 1, -1, "inequality", "楼栋间解决率基尼系数", "Gini of the solved share over buildings",
    "各楼栋按期真正解决率的基尼系数,以问题数加权。",
    "Gini coefficient over buildings of the share solved within 60 working days, weighted by problems; small numbers "
    "a building add to it alike in all arms.",
    source="Y7, model.md", reads=("case.resident", "case.solved", "case.truth", "resident.building"),
)  # fmt: skip
def gini_buildings(run: Run) -> float:
    return gini(*by_building(run))


@indicator(
    "share", 0, 1, +1, "inequality", "最差十分之一楼栋的解决率", "Solved share of the worst decile of buildings",
    "解决率最低的楼栋(合计占问题数十分之一)的按期真正解决率。",
    "Share solved within 60 working days in the buildings with the lowest shares that hold a tenth of all problems.",
    source="Y3, model.md", reads=("case.resident", "case.solved", "case.truth", "resident.building"),
)  # fmt: skip
def worst_decile(run: Run) -> float:
    return worst_share(*by_building(run), 0.1)
