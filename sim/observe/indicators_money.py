"""Money by source and use, staff, the three budgets and what a solved problem costs."""

from __future__ import annotations

import numpy as np

from sim.observe.indicators_work import worked
from sim.observe.measures import mean, ratio
from sim.observe.members import SOURCES, USES
from sim.observe.registry import family, indicator
from sim.observe.run import YEAR, Run
from sim.vocabulary.codes import Account, Body, Pay, Use
from sim.vocabulary.sets import OUTSIDE_ACCOUNTS

MONEY_UNIT = "yuan per 1,000 residents a year"
COMMUNITY_ACCOUNTS = slice(Account.STREET, Account.COMMON + 1)
IN_KIND = slice(Account.GOODS, Account.TECHNOLOGY + 1)


@family(
    "account", SOURCES, "money_from_{}", MONEY_UNIT, 0, np.inf, 0, "money", source="A92",
    reads=("community.flow",),
)  # fmt: skip
def money_source(run: Run, account: int) -> float:
    return run.per_thousand_since(float(run.flow[account].sum()))


@family(
    "account", SOURCES, "income_share_{}", "share", 0, 1, 0, "money", source="A92",
    reads=("community.flow",),
)  # fmt: skip
def income_share(run: Run, account: int) -> float:
    came = run.flow[list(OUTSIDE_ACCOUNTS)][:, COMMUNITY_ACCOUNTS].sum(axis=(1, 2))
    return ratio(float(came[account]), float(came.sum()))


@family(
    "use", USES, "money_for_{}", MONEY_UNIT, 0, np.inf, 0, "money", source="model.md", reads=("community.flow",),
)  # fmt: skip
def money_use(run: Run, use: int) -> float:
    return run.per_thousand_since(float(run.flow[:, :, use].sum()))


@family(
    "use", USES, "spent_on_{}", MONEY_UNIT, 0, np.inf, 0, "money",
    source="dossier 7, A83-A92", reads=("community.flow",),
)  # fmt: skip
def spending(run: Run, use: int) -> float:
    out = run.flow[COMMUNITY_ACCOUNTS, :, use]
    return run.per_thousand_since(float(out.sum() - out[:, COMMUNITY_ACCOUNTS].sum()))


@indicator(
    MONEY_UNIT, 0, np.inf, 0, "money", source="A91", reads=("community.flow",),
)  # fmt: skip
def gifts_in_kind(run: Run) -> float:
    return run.per_thousand_since(float(run.flow[:, IN_KIND, Use.GIFT].sum()))


@indicator(
    MONEY_UNIT, 0, np.inf, 0, "money", source="A91",
    reads=("community.flow",),
)  # fmt: skip
def gifts_in_kind_used(run: Run) -> float:
    return run.per_thousand_since(float(run.flow[IN_KIND, :, Use.CASE].sum()))


@indicator(
    "yuan per 1,000 residents", -np.inf, np.inf, +1, "money", source="A59", primary=True, reads=(),
)  # fmt: skip
def discretionary_money(run: Run) -> float:
    return ratio(1000.0, run.residents) * run.average("free_money")


@indicator(
    "yuan per 1,000 residents", -np.inf, np.inf, 0, "money", source="A57-A60", reads=(),
)  # fmt: skip
def spendable_money(run: Run) -> float:
    return ratio(1000.0, run.residents) * run.last("spendable")


@indicator(
    "yuan per 1,000 residents", 0, np.inf, -1, "money", source="A60, model.md",
    reads=(),
)  # fmt: skip
def debts(run: Run) -> float:
    return ratio(1000.0, run.residents) * run.last("debt")


# --- staff


@indicator(
    "1/year", 0, np.inf, -1, "staff", source="C7, E21, E22",
    primary=True,
    reads=(),
)  # fmt: skip
def quits(run: Run) -> float:
    return ratio(run.total("quits"), run.average("employed") * run.years)


@indicator(
    "share", 0, 1, -1, "staff", source="C7",
    reads=("person.community",),
)  # fmt: skip
def vacancies(run: Run) -> float:
    community = run.state["person.community"]
    posts = np.count_nonzero((community >= 0) & (run.state["community.full"][np.maximum(community, 0)] != 0))
    return 1.0 - ratio(run.average("employed"), float(posts))


@indicator(
    "index", 0, np.inf, -1, "staff", source="C7",
    reads=("person.community", "person.employed", "person.strain"),
)  # fmt: skip
def strain(run: Run) -> float:
    community = run.state["person.community"]
    here = (community >= 0) & (run.state["community.full"][np.maximum(community, 0)] != 0)
    return mean(run.state["person.strain"][here & (run.state["person.employed"] != 0)])


# --- the three budgets


@indicator(
    "hours per 1,000 residents a year", 0, np.inf, 0, "budgets", source="dossier 7, model.md", reads=("body.community",
    "body.hours_total"),
)  # fmt: skip
def public_hours(run: Run) -> float:
    hours = run.body_hours[run.body_here]
    return run.per_thousand_since(float(hours[:, Pay.PUBLIC].sum() + hours[:, Pay.OVERTIME].sum()))


@indicator(
    "hours per 1,000 residents a year", 0, np.inf, 0, "budgets", source="dossier 7, model.md",
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
    MONEY_UNIT, -np.inf, np.inf, 0, "budgets", source="dossier 7, A92",
    reads=("community.flow",),
)  # fmt: skip
def public_money(run: Run) -> float:
    return run.per_thousand_since(fiscal_net(run))


@indicator(
    MONEY_UNIT, 0, np.inf, -1, "budgets", source="dossier 7; prices: assumption", reads=("body.community",
    "body.hours_total", "resident.hours"),
)  # fmt: skip
def social_cost(run: Run) -> float:
    return run.per_thousand_since(private_cost(run))


@indicator(
    MONEY_UNIT, -np.inf, np.inf, -1, "budgets",
    source="dossier 7; prices: assumption", reads=("body.community", "body.hours_total", "community.flow",
    "resident.hours"),
)  # fmt: skip
def total_cost(run: Run) -> float:
    return run.per_thousand_since(whole_cost(run))


@indicator(
    "yuan", -np.inf, np.inf, -1, "budgets", source="model.md",
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
