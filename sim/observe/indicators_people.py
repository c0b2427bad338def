"""Residents' attitudes and participation, dealings between bodies, estates and organisations."""

from __future__ import annotations

import numpy as np

from sim.codes import Body, Stream, Truth
from sim.observe.indicators_work import PUBLIC_TYPES, worked
from sim.observe.measures import NAN, gini, mean, ratio
from sim.observe.registry import family, indicator
from sim.observe.run import Array, Run
from sim.observe.words import ATTITUDES, GROUPS, subset

COMPARED = subset(GROUPS, "vulnerable", "migrants", "owners")


def attitude_indicator(key: str, source: str) -> None:
    """Register the mean of one attitude over adults, and the same for each compared group."""
    code, zh, en = ATTITUDES[key]

    @family(
        {key: (code, zh, en)}, "{}", "share", 0, 1, +1, "attitudes", "{}", "Mean {}",
        "窗口期末成年居民的{}平均值。", "Mean over adults at the end of the window: {}.",
        source=source, primary=True, reads=(),
    )  # fmt: skip
    def at_end(run: Run, _: int) -> float:
        return run.last(key)

    @family(
        COMPARED, f"{key}_{{}}", "share", 0, 1, +1, "attitudes", f"{zh}:{{}}", f"Mean {en}: {{}}",
        f"运行结束时成年居民的{zh}平均值:{{}}。", f"Mean over adults at the end of the run: {en}, {{}}.",
        source=source, reads=("resident.adult", "resident.age", "resident.belonging", "resident.community",
        "resident.efficacy", "resident.migrant", "resident.owner", "resident.party", "resident.satisfaction",
        "resident.standing", "resident.trust", "resident.vulnerable"),
    )  # fmt: skip
    def of_group(run: Run, group: int) -> float:
        return float(run.attitudes[code, group])


for _key, _source in (
    ("trust", "K1, K16, dossier 6"),
    ("standing", "A52"),
    ("efficacy", "A54, A68"),
    ("belonging", "A48, E56"),
    ("satisfaction", "model.md"),
):
    attitude_indicator(_key, _source)


@indicator(
    "index", 0, np.inf, -1, "attitudes", "不满情绪", "Mean heat",
    "窗口期内成年居民不满情绪指数的平均值。", "Mean over adults and weeks of the anger from unsolved cases.",
    source="A56", reads=(),
)  # fmt: skip
def heat(run: Run) -> float:
    return run.average("heat")


# --- participation


@indicator(
    "share", 0, 1, +1, "participation", "志愿者比例", "Active volunteers",
    "窗口期末活跃志愿者占成年居民的比例(居民参与弱化三项数据之一)。",
    "Active volunteers over adults at the end of the window; one of three numbers on the weakening of participation.",
    source="A05, E50", primary=True, reads=(),
)  # fmt: skip
def volunteers(run: Run) -> float:
    return ratio(run.last("volunteers"), run.adults)


@indicator(
    "attendances per 100 adults a year", 0, np.inf, +1, "participation", "会议参与人次", "Attendance at meetings",
    "自改革起每百名成年居民每年参加会议人次(居民参与弱化三项数据之一)。",
    "Meetings attended per 100 adults a year since the reform; one of three numbers on the weakening of participation.",
    source="A05, A49, A62", reads=("resident.attended",),
)  # fmt: skip
def attendance(run: Run) -> float:
    return ratio(float(run.since("resident.attended").sum()) * 100.0, run.adults * run.reform_years)


@indicator(
    "share", 0, 1, 0, "participation", "官方投票率", "Official turnout",
    "最近一次居委会选举中计入的票数占选民名册人数的比例。",
    "Votes counted over persons on the roll at the last election of the residents' committee; nothing without an "
    "election.",
    source="A73, A74", reads=(),
)  # fmt: skip
def turnout_official(run: Run) -> float:
    return min(run.last("turnout_official"), 1.0) if run.voted else NAN


@indicator(
    "share", 0, 1, +1, "participation", "本人投票率", "Personal turnout",
    "最近一次居委会选举中亲自投票的成年居民占全部成年居民的比例(居民参与弱化三项数据之一)。",
    "Adults who cast their own vote themselves over all adults at the last election; one of three numbers on the "
    "weakening of participation.", source="A05, A74, C5", reads=(),
)  # fmt: skip
def turnout_personal(run: Run) -> float:
    return run.last("turnout_personal") if run.voted else NAN


@indicator(
    "share", -1, 1, 0, "participation", "官方与本人投票率之差", "Gap between official and personal turnout",
    "官方投票率减去本人投票率。", "Official turnout minus personal turnout.", source="A73, A74", reads=(),
)  # fmt: skip
def turnout_gap(run: Run) -> float:
    return turnout_official(run) - turnout_personal(run)


@family(
    GROUPS, "turnout_{}", "share", 0, 1, 0, "participation", "本人投票率:{}", "Personal turnout: {}",
    "最近一次选举中{}成年人亲自投票的比例。", "Share of adult {} who cast their own vote at the last election.",
    source="C5, E42-E46", reads=(),
)  # fmt: skip
def turnout_group(run: Run, group: int) -> float:
    return mean(run.state["resident.voted"][run.adult & run.groups[group]] != 0) if run.voted else NAN


@indicator(
    "share", 0, 1, 0, "participation", "由他人代投比例", "Votes cast by somebody else",
    "最近一次选举中选票由他人代投的成年居民比例。",
    "Share of adults whose vote somebody else cast at the last election.",
    source="A73", reads=(),
)  # fmt: skip
def proxy_share(run: Run) -> float:
    return mean(run.state["resident.voted_for"][run.adult] != 0) if run.voted else NAN


@indicator(
    "elections", 0, np.inf, 0, "participation", "选举次数", "Elections held",
    "自改革起每个社区举行的选举次数。", "Elections held per community since the reform.", source="A69-A74",
    reads=("community.elections",),
)  # fmt: skip
def elections_held(run: Run) -> float:
    return mean(run.since("community.elections")[run.full].astype(float))


@indicator(
    "meetings per community a year", 0, np.inf, 0, "participation", "会议次数", "Meetings held",
    "每个社区每年举行的各类会议数。", "Meetings of all kinds held per community a year.", source="A38-A40, A62",
    reads=(),
)  # fmt: skip
def meetings_held(run: Run) -> float:
    return ratio(run.total("meetings"), len(run.full) * run.years)


@indicator(
    "trips", 0, np.inf, -1, "participation", "每件诉求居民跑动次数", "Residents' trips per spoken case",
    "自改革起居民跑动次数除以同期表达的诉求数。",
    "Residents' trips to offices over cases spoken, both since the reform.",
    source="model.md", reads=("resident.spoke", "resident.trips"),
)  # fmt: skip
def trips_per_case(run: Run) -> float:
    return ratio(float(run.since("resident.trips").sum()), float(run.since("resident.spoke").sum()))


# --- the three weakenings (A05)


@indicator(
    "share", 0, 1, +1, "weakenings", "社区功能:走访与自主工作占比", "Community function",
    "社区党组织、居委会和工作站实际工时中用于走访与自主工作的比例(社区功能弱化)。",
    "Share of hours worked by Party organization, committee and station on visits and own initiative.",
    source="A05, A45", reads=(),
)  # fmt: skip
def weakening_function(run: Run) -> float:
    return ratio(run.core[Stream.INITIATIVE], worked(run.core))


@indicator(
    "share", 0, 1, +1, "weakenings", "居民自治:社会与居民解决占比", "Self-governance",
    "真正解决的问题中由社会组织、邻里或居民本人解决的比例(居民自治弱化)。",
    "Share of truly solved problems that organised society, neighbours or the resident solved.",
    source="A05, A45", reads=("case.truth",),
)  # fmt: skip
def weakening_self_governance(run: Run) -> float:
    truth = run.case("truth")[run.solved]
    return mean((truth == Truth.SOCIETY) | (truth == Truth.NEIGHBOUR) | (truth == Truth.SELF))


# A05: each weakening and the indicators that show it
WEAKENINGS = {
    "function": ("weakening_function",),
    "participation": ("volunteers", "attendance", "turnout_personal"),
    "self_governance": ("weakening_self_governance",),
}


# --- dealings between bodies


def relation_between(run: Run, first: Array, second: tuple[int, ...]) -> float:
    """Mean relation of the bodies `first` to the types `second` that exist, own type left out."""
    state = run.state
    alive = run.body_here & (state["body.alive"] != 0)
    kinds = state["body.type"]
    present = np.intersect1d(kinds[alive], np.array(second))
    rows = np.flatnonzero(alive & first)
    if not len(rows) or not len(present):
        return NAN
    other = present[None, :] != kinds[rows][:, None]
    return mean(state["body.relation"][rows][:, present][other])


@indicator(
    "share", 0, 1, +1, "relations", "公共机构之间关系", "Relation between public bodies",
    "运行结束时公共机构对其他公共机构往来评价的平均值。",
    "Mean over pairs of public bodies of how dealings went, at the end of the run.", source="K1, model.md",
    reads=("body.alive", "body.community", "body.relation", "body.type"),
)  # fmt: skip
def relation_public(run: Run) -> float:
    return relation_between(run, np.isin(run.state["body.type"], PUBLIC_TYPES), PUBLIC_TYPES)


@indicator(
    "share", 0, 1, +1, "relations", "公共机构与物业公司关系", "Relation between public bodies and firms",
    "运行结束时公共机构与物业公司双向往来评价的平均值。",
    "Mean of how public bodies rate dealings with property firms and the other way, at the end of the run.",
    source="K16, model.md", reads=("body.alive", "body.community", "body.relation", "body.type"),
)  # fmt: skip
def relation_firm(run: Run) -> float:
    kinds = run.state["body.type"]
    there = relation_between(run, np.isin(kinds, PUBLIC_TYPES), (Body.FIRM,))
    back = relation_between(run, kinds == Body.FIRM, PUBLIC_TYPES)
    return 0.5 * (there + back)


@indicator(
    "index", 0, 1, 0, "relations", "街道关注度不均衡程度", "Inequality of the subdistrict's attention",
    "街道办事处对各社区关注份额的基尼系数。",
    "Gini coefficient of the office's attention over its communities at the end.",
    source="model.md", reads=("community.attention",),
)  # fmt: skip
def attention_inequality(run: Run) -> float:
    attention = run.state["community.attention"]
    return gini(attention, np.ones(len(attention)))


@indicator(
    "ratio", 0, np.inf, 0, "relations", "街道对本社区的关注度", "The subdistrict's attention",
    "完整模拟社区所得关注份额与平均份额之比(窗口期平均)。",
    "Share of the office's attention that a community simulated in full has, over an even share; mean over the window.",
    source="model.md", reads=(),
)  # fmt: skip
def attention(run: Run) -> float:
    return run.average("attention") * len(run.state["community.full"])


# --- estates, firms, organisations


def over_estates(run: Run, column: str, firms_only: bool) -> float:
    """Mean over estates of full communities, weighted by households."""
    state = run.state
    here = state["community.full"][state["estate.community"]] != 0
    if firms_only:
        firm = state["estate.firm"]
        here &= (firm >= 0) & (state["body.alive"][np.maximum(firm, 0)] != 0)
    weight = state["estate.households"][here].astype(float)
    return ratio(float((state[column][here] * weight).sum()), float(weight.sum()))


@indicator(
    "share", 0, 1, +1, "estates", "物业费收缴率", "Fee collection",
    "运行结束时有物业公司的小区最近一季度物业费收缴率(按户数加权)。",
    "Share of property fees due that were paid in the last quarter, estates with a firm, weighted by households.",
    source="dossier 6", reads=("body.alive", "estate.collection", "estate.community", "estate.firm",
    "estate.households"),
)  # fmt: skip
def fee_collection(run: Run) -> float:
    return over_estates(run, "estate.collection", firms_only=True)


@indicator(
    "share", 0, 1, +1, "estates", "物业服务投入", "Service effort of firms",
    "运行结束时有物业公司的小区的服务投入程度(按户数加权)。",
    "Service effort of the property firm at the end, estates with a firm, weighted by households.", source="A46",
    reads=("body.alive", "estate.community", "estate.effort", "estate.firm", "estate.households"),
)  # fmt: skip
def service_effort(run: Run) -> float:
    return over_estates(run, "estate.effort", firms_only=True)


@indicator(
    "index", 0, 1, -1, "estates", "小区失修程度", "Decay of estates",
    "运行结束时小区失修指数(按户数加权)。", "Disrepair at the end, 0 new to 1 worn out, weighted by households.",
    source="model.md", reads=("estate.community", "estate.decay", "estate.households"),
)  # fmt: skip
def decay(run: Run) -> float:
    return over_estates(run, "estate.decay", firms_only=False)


@indicator(
    "firms per estate", 0, np.inf, 0, "estates", "物业公司更换次数", "Firms replaced",
    "自改革起每个小区更换物业公司的次数。", "Times an estate's firm was replaced since the reform.", source="model.md",
    reads=("estate.community", "estate.replaced"),
)  # fmt: skip
def firms_replaced(run: Run) -> float:
    here = run.state["community.full"][run.state["estate.community"]] != 0
    return mean(run.since("estate.replaced")[here].astype(float))


def committee_share(run: Run, commercial: bool) -> float:
    """Share of estates, of all or of commercial ones, that have an owners' committee."""
    state = run.state
    here = state["community.full"][state["estate.community"]] != 0
    if commercial:
        here &= state["estate.commercial"] != 0
    place = state["estate.committee"][here]
    return mean((place >= 0) & (state["body.alive"][np.maximum(place, 0)] != 0))


@indicator(
    "share", 0, 1, 0, "estates", "业委会覆盖率", "Estates with an owners' committee",
    "运行结束时有业主委员会的小区比例。", "Share of estates that have an owners' committee at the end.",
    source="E52", reads=("body.alive", "estate.committee", "estate.community"),
)  # fmt: skip
def owners_committees(run: Run) -> float:
    return committee_share(run, commercial=False)


@indicator(
    "share", 0, 1, 0, "estates", "商品房小区业委会覆盖率", "Commercial estates with an owners' committee",
    "运行结束时有业主委员会的商品房小区比例。",
    "Share of commercial estates that have an owners' committee at the end.",
    source="C6, E52", reads=("body.alive", "estate.commercial", "estate.committee", "estate.community"),
)  # fmt: skip
def owners_committees_commercial(run: Run) -> float:
    return committee_share(run, commercial=True)


@family(
    {
        "firms": (0, "物业公司", "property firms"),
        "companies": (1, "服务企业", "service companies"),
        "organisations": (2, "社会组织", "social organisations"),
        "groups": (3, "群众团队", "residents' groups"),
    },
    "{}_alive", "bodies per community", 0, np.inf, 0, "estates", "存续数:{}", "Alive: {}",
    "窗口期末每个社区存续的{}数。", "Number per community at the end of the window: {}.", source="A46, A80, A82",
    reads=(),
)  # fmt: skip
def bodies_alive(run: Run, code: int) -> float:
    return ratio(run.last(("firms", "companies", "organisations", "groups")[code]), len(run.full))
