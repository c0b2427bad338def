"""Money by source and use, staff, the three budgets and what a solved problem costs."""

from __future__ import annotations

import numpy as np

from sim.codes import OUTSIDE_ACCOUNTS, Account, Body, Pay, Use
from sim.observe.indicators_work import worked
from sim.observe.measures import mean, ratio
from sim.observe.registry import family, indicator
from sim.observe.run import YEAR, Run
from sim.observe.words import SOURCES, USES

MONEY_UNIT = "yuan per 1,000 residents a year"
COMMUNITY_ACCOUNTS = slice(Account.STREET, Account.COMMON + 1)
IN_KIND = slice(Account.GOODS, Account.TECHNOLOGY + 1)


@family(
    SOURCES, "money_from_{}", MONEY_UNIT, 0, np.inf, 0, "money", "资金来源:{}", "Money from {}",
    "自改革起每千名居民每年由{}付出的全部款项。", "All payments made by {} since the reform.", source="A92",
    reads=("community.flow",),
)  # fmt: skip
def money_source(run: Run, account: int) -> float:
    return run.per_thousand_since(float(run.flow[account].sum()))


@family(
    SOURCES, "income_share_{}", "share", 0, 1, 0, "money", "社区收入构成:{}", "Share of the community's income from {}",
    "自改革起从外部进入社区各账户的款项中来自{}的比例。",
    "Share of what came from outside into the purses of the community since the reform: {}.", source="A92",
    reads=("community.flow",),
)  # fmt: skip
def income_share(run: Run, account: int) -> float:
    came = run.flow[:OUTSIDE_ACCOUNTS, COMMUNITY_ACCOUNTS].sum(axis=(1, 2))
    return ratio(float(came[account]), float(came.sum()))


@family(
    USES, "money_for_{}", MONEY_UNIT, 0, np.inf, 0, "money", "资金用途:{}", "Money for {}",
    "自改革起每千名居民每年用途为“{}”的全部款项。",
    "All payments booked since the reform as {}; moves between purses included.",
    source="model.md", reads=("community.flow",),
)  # fmt: skip
def money_use(run: Run, use: int) -> float:
    return run.per_thousand_since(float(run.flow[:, :, use].sum()))


@family(
    USES, "spent_on_{}", MONEY_UNIT, 0, np.inf, 0, "money", "社区支出:{}", "Spent on {}",
    "自改革起每千名居民每年由社区各账户(含街道代管部分)付给其他各方、用途为“{}”的款项,账户间划拨不计。",
    "Paid since the reform out of the purses of the community, the subdistrict's for it included, to anybody else: {}; "
    "moves between these purses are not counted.",
    source="dossier 7, A83-A92", reads=("community.flow",),
)  # fmt: skip
def spending(run: Run, use: int) -> float:
    out = run.flow[COMMUNITY_ACCOUNTS, :, use]
    return run.per_thousand_since(float(out.sum() - out[:, COMMUNITY_ACCOUNTS].sum()))


@indicator(
    MONEY_UNIT, 0, np.inf, 0, "money", "物资与技术捐助", "Gifts in kind",
    "自改革起每千名居民每年收到的物资和技术捐助,按登记价格。",
    "Goods and technical help given since the reform, at their stated price.", source="A91", reads=("community.flow",),
)  # fmt: skip
def gifts_in_kind(run: Run) -> float:
    return run.per_thousand_since(float(run.flow[:, IN_KIND, Use.GIFT].sum()))


@indicator(
    MONEY_UNIT, 0, np.inf, 0, "money", "用于诉求的物资与技术捐助", "Gifts in kind used for cases",
    "自改革起每千名居民每年用于居民诉求的受赠物资和技术,按登记价格。",
    "Goods and technical help used up for residents' cases since the reform, at their stated price.", source="A91",
    reads=("community.flow",),
)  # fmt: skip
def gifts_in_kind_used(run: Run) -> float:
    return run.per_thousand_since(float(run.flow[IN_KIND, :, Use.CASE].sum()))


@indicator(
    "yuan per 1,000 residents", -np.inf, np.inf, +1, "money", "可自主支配资金", "Discretionary money",
    "窗口期内社区工作经费、自有收入和公共预算账户余额的周平均数。",
    "Weekly mean balance of work funds, own income and common budget: what is left after pay and office.",
    source="A59", primary=True, reads=(),
)  # fmt: skip
def discretionary_money(run: Run) -> float:
    return ratio(1000.0, run.residents) * run.average("free_money")


@indicator(
    "yuan per 1,000 residents", -np.inf, np.inf, 0, "money", "可支出账户余额", "Balance of the spendable accounts",
    "窗口期末工作经费、随事经费、自有收入、项目资金和公共预算账户余额。",
    "Balance of work funds, item funds, own income, project money and common budget at the end of the window.",
    source="A57-A60", reads=(),
)  # fmt: skip
def spendable_money(run: Run) -> float:
    return ratio(1000.0, run.residents) * run.last("spendable")


@indicator(
    "yuan per 1,000 residents", 0, np.inf, -1, "money", "社区债务", "Debts",
    "窗口期末未支付的应付款。", "Unpaid obligations of the community at the end of the window.", source="A60, model.md",
    reads=(),
)  # fmt: skip
def debts(run: Run) -> float:
    return ratio(1000.0, run.residents) * run.last("debt")


# --- staff


@indicator(
    "1/year", 0, np.inf, -1, "staff", "人员流失率", "Quits a year",
    "每年离职人次与在岗岗位数之比。", "Departures from paid posts a year over posts filled.", source="C7, E21, E22",
    primary=True,
    reads=(),
)  # fmt: skip
def quits(run: Run) -> float:
    return ratio(run.total("quits"), run.average("employed") * run.years)


@indicator(
    "share", 0, 1, -1, "staff", "岗位空缺率", "Posts vacant",
    "窗口期内空缺岗位的周平均比例。", "Weekly mean share of paid posts that are vacant.", source="C7",
    reads=("person.community",),
)  # fmt: skip
def vacancies(run: Run) -> float:
    community = run.state["person.community"]
    posts = np.count_nonzero((community >= 0) & (run.state["community.full"][np.maximum(community, 0)] != 0))
    return 1.0 - ratio(run.average("employed"), float(posts))


@indicator(
    "index", 0, np.inf, -1, "staff", "人员负荷感", "Strain of staff",
    "运行结束时在岗人员超负荷感受指数的平均值。", "Mean smoothed overload felt by employed staff at the end.",
    source="C7",
    reads=("person.community", "person.employed", "person.strain"),
)  # fmt: skip
def strain(run: Run) -> float:
    community = run.state["person.community"]
    here = (community >= 0) & (run.state["community.full"][np.maximum(community, 0)] != 0)
    return mean(run.state["person.strain"][here & (run.state["person.employed"] != 0)])


# --- the three budgets


@indicator(
    "hours per 1,000 residents a year", 0, np.inf, 0, "budgets", "公共工时", "Public hours",
    "自改革起财政供养与加班的全部工时(含未使用工时、街道窗口及街道办事处按人口分摊部分)。",
    "All public and overtime hours since the reform, used or not: bodies of the communities, the subdistrict's "
    "windows, and the office's hours by share of residents.", source="dossier 7, model.md", reads=("body.community",
    "body.hours_total"),
)  # fmt: skip
def public_hours(run: Run) -> float:
    hours = run.body_hours[run.body_here]
    return run.per_thousand_since(float(hours[:, Pay.PUBLIC].sum() + hours[:, Pay.OVERTIME].sum()))


@indicator(
    "hours per 1,000 residents a year", 0, np.inf, 0, "budgets", "编制公共工时", "Established public hours",
    "改革后全部财政供养岗位的合同工时(含空缺岗位、街道窗口及街道办事处按人口分摊部分),不含加班。",
    "Contract hours of all posts paid from public money after the reform, filled or vacant, without overtime: bodies "
    "of the communities, the subdistrict's windows, and the office's by share of residents. What a comparison can "
    "hold equal; vacancies and overtime are outcomes.", source="dossier 7, model.md",
    reads=("body.type", "community.staff", "person.body", "person.community", "person.hours", "rule.extra_posts"),
)  # fmt: skip
def established_hours(run: Run) -> float:
    state = run.state
    where, hours = state["person.community"], state["person.hours"]
    kind = state["body.type"][state["person.body"]]
    staff = (where >= 0) & (kind != Body.SECURITY) & (kind != Body.MASS)
    more = state["rule.extra_posts"] / np.maximum(1, state["community.staff"])
    hours = hours * (1.0 + np.where(staff, more[np.maximum(where, 0)], 0.0))
    here = (where >= 0) & (state["community.full"][np.maximum(where, 0)] != 0)
    weekly = float(hours[here].sum()) + run.office_share * float(hours[where < 0].sum())
    return ratio(1000.0 * YEAR * weekly, run.residents)


@indicator(
    MONEY_UNIT, -np.inf, np.inf, 0, "budgets", "公共资金", "Public money",
    "自改革起财政账户付出减去缴回财政账户的净额。",
    "Payments out of the state's budget minus payments back into it, since the reform.", source="dossier 7, A92",
    reads=("community.flow",),
)  # fmt: skip
def public_money(run: Run) -> float:
    return run.per_thousand_since(fiscal_net(run))


@indicator(
    MONEY_UNIT, 0, np.inf, -1, "budgets", "社会成本(非公共部分)", "Social cost borne outside the public budgets",
    "自改革起收费支付、志愿者、理事会与监事会工时以及居民自身时间(含跑动)按设定价格折算的成本。",
    "Hours paid from fees, of volunteers and of board members, and residents' own time with trips, at the stated "
    "prices (sim/observe/prices.py), since the reform.",
    source="dossier 7; prices: assumption", reads=("body.community",
    "body.hours_total", "resident.hours"),
)  # fmt: skip
def social_cost(run: Run) -> float:
    return run.per_thousand_since(private_cost(run))


@indicator(
    MONEY_UNIT, -np.inf, np.inf, -1, "budgets", "社会总成本", "Total social cost",
    "社会成本(非公共部分)、按价格折算的公共工时与不含人员报酬的公共资金之和。",
    "Social cost borne outside the public budgets, public hours at their price, and public money other than pay.",
    source="dossier 7; prices: assumption", reads=("body.community", "body.hours_total", "community.flow",
    "resident.hours"),
)  # fmt: skip
def total_cost(run: Run) -> float:
    return run.per_thousand_since(whole_cost(run))


@indicator(
    "yuan", -np.inf, np.inf, -1, "budgets", "每个真正解决问题的总成本", "Cost per solved problem",
    "自改革起社会总成本除以同期感受到并真正解决的问题数。",
    "Total social cost since the reform over problems felt since then and truly solved.", source="model.md",
    reads=("body.community", "body.hours_total", "case.truth", "community.flow", "resident.hours"),
)  # fmt: skip
def cost_per_solved(run: Run) -> float:
    return ratio(whole_cost(run), float(np.count_nonzero(run.solved)))


def fiscal_net(run: Run) -> float:
    """What the state has paid since the reform, over what came back to it, in yuan."""
    return float(run.flow[Account.FISCAL].sum() - run.flow[:, Account.FISCAL].sum())


def private_cost(run: Run) -> float:
    """Hours that fees, volunteers, boards and residents have given since the reform, at their prices, in yuan."""
    hours = run.body_hours[run.body_here].sum(axis=0)
    # members' board hours stand in the body's hours; trips, votes, assemblies and help to neighbours only here
    own = run.since("resident.hours").sum(axis=0)
    price = run.prices
    return (
        worked(hours[Pay.FEE]) * price["price_fee"]
        + (worked(hours[Pay.VOLUNTEER]) + float(own[Pay.VOLUNTEER])) * price["price_volunteer"]
        + worked(hours[Pay.BOARD]) * price["price_board"]
        + float(own[Pay.PUBLIC]) * price["price_resident"]
    )


def whole_cost(run: Run) -> float:
    """Private cost, public hours at their price, and public money that is not pay for these hours, in yuan."""
    hours = run.body_hours[run.body_here]
    public = float(hours[:, Pay.PUBLIC].sum() + hours[:, Pay.OVERTIME].sum())
    pay = float(run.flow[:, Account.STAFF, Use.PAY].sum())
    return private_cost(run) + public * run.prices["price_public"] + fiscal_net(run) - pay
