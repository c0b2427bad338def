"""Service companies come, pay their staff from what they sold, and leave when margins stay negative (A47).

Theory: free entry and exit under fixed costs (Bresnahan & Reiss 1991). The entry bar is money once and hours of
assessments every week; whether a branch survives then depends on how densely residents buy.
"""

from sim.engine.ledger import post
from sim.engine.mechanism import mechanism
from sim.engine.randomness import uniform
from sim.model.companies.company import Dec as CompanyDec
from sim.model.companies.company import Obs as CompanyObs
from sim.vocabulary.codes import Account, Body, Pay, Purpose, Stream, Use
from sim.vocabulary.params import Param, Shared

QUARTER = 13  # weeks

PARAMS = {
    "wage": Param(22.0, "yuan/h", 12.0, 60.0, "assumption: a little above the property firms'", "staff of companies"),
    "standby": Param(2.0, "h/week", 0.5, 10.0, "assumption", "paid hours that no customer pays for"),
    "compliance": Param(6.0, "h/week", 1.0, 20.0, "A47 names it, assumption", "assessments and ledgers at full bar"),
    "entry_cost": Param(12000.0, "yuan", 2000.0, 60000.0, "A47 names it, assumption", "licences, deposits at full bar"),
    "least_hours": Param(8.0, "h/week", 2.0, 40.0, "assumption", "hours that a branch can offer at least"),
    "most_hours": Param(80.0, "h/week", 20.0, 400.0, "assumption: two staff", "hours that a branch can offer at most"),
    "spread": Param(2.0, "ratio", 1.2, 4.0, "assumption", "hours on offer over hours sold lately"),
    "stake": Param(6000.0, "yuan", 1000.0, 30000.0, "assumption", "money put into a branch, beyond the bar"),
    "reserve": Param(30000.0, "yuan", 5000.0, 100000.0, "assumption", "means kept before profit is taken out"),
    "margin_speed": Shared("firm.margin_speed"),
}
MONTHS = 12.0 / 52.0  # months in a week


@mechanism
def offer(p, body):
    """Companies offer some hours more than they sold lately, as far as they can pay for them."""
    for b in range(len(body.type)):
        if body.type[b] != Body.COMPANY:
            continue
        body.capacity[b, Pay.FEE] = 0.0
        if body.alive[b] == 1:
            hours = min(max(p.spread * body.obs[b, CompanyObs.SOLD], p.least_hours), p.most_hours)
            body.capacity[b, Pay.FEE] = min(hours, max(body.purse[b], 0.0) / p.wage)


@mechanism
def step(now, p, rule, body, rows, journal, community):
    """Companies settle the week: what they sold has been paid to them; wages and assessments are paid by them."""
    for b in range(len(body.type)):
        if body.type[b] != Body.COMPANY:
            continue
        c = body.community[b]
        bar = rule.entry_bar[c]
        if body.alive[b] == 1:
            if now.week == 0 and body.purse[b] <= 0.0:
                body.purse[b] = post(
                    now.week, c, Account.SUPPLIERS, Account.COMPANIES, b, Use.ASSET, p.stake, rows, journal,
                    community,
                )  # fmt: skip
            extra = min(p.compliance * bar, body.left[b, Pay.FEE])
            body.left[b, Pay.FEE] -= extra
            body.hours[b, Pay.FEE, Stream.LEDGER] += extra
            sold = body.hours[b, Pay.FEE, Stream.DEMAND]
            other = 0.0  # hours at tables and on messages, which nobody buys
            for s in range(body.hours.shape[2]):
                if s != Stream.DEMAND and s != Stream.LEDGER and s != Stream.IDLE:
                    other += body.hours[b, Pay.FEE, s]
            income = sold * body.dec[b, CompanyDec.PRICE]
            body.purse[b] += income  # the payment itself was posted when the work was bought
            cost = (sold + other + p.standby + p.compliance * bar) * p.wage
            paid = post(
                now.week, c, Account.COMPANIES, Account.STAFF, b, Use.WAGE, min(cost, max(body.purse[b], 0.0)), rows,
                journal, community,
            )  # fmt: skip
            body.purse[b] -= paid
            body.margin[b] += p.margin_speed * ((income - cost) / MONTHS - body.margin[b])
            if now.week % QUARTER == 0 and body.purse[b] > p.reserve:
                body.purse[b] -= post(
                    now.week, c, Account.COMPANIES, Account.SUPPLIERS, b, Use.PROFIT, body.purse[b] - p.reserve, rows,
                    journal, community,
                )  # fmt: skip
            # how long a loss is borne differs by company; without means nobody bears it
            borne = 0.5 * uniform(now.key, Purpose.ENTRY, body.uid[b], 0, 1)
            tired = (
                now.week % QUARTER == 0
                and now.week > 0
                and body.margin[b] < 0.0
                and body.dec[b, CompanyDec.ACTIVE] < borne
            )
            if tired or (body.purse[b] <= p.standby * p.wage and body.dec[b, CompanyDec.ACTIVE] < 0.5):
                post(
                    now.week, c, Account.COMPANIES, Account.SUPPLIERS, b, Use.PROFIT, body.purse[b], rows, journal,
                    community,
                )  # fmt: skip
                body.purse[b] = 0.0
                body.margin[b] = 0.0
                body.alive[b] = 0
        elif now.week % QUARTER == 0 and now.week > 0:
            wish = 0.5 + 0.5 * uniform(now.key, Purpose.ENTRY, body.uid[b], now.week, 0)
            if body.dec[b, CompanyDec.ACTIVE] >= wish:
                body.alive[b] = 1
                fee = p.entry_cost * bar
                body.purse[b] = post(
                    now.week, c, Account.SUPPLIERS, Account.COMPANIES, b, Use.ASSET, p.stake + fee, rows, journal,
                    community,
                )  # fmt: skip
                body.purse[b] -= post(
                    now.week, c, Account.COMPANIES, Account.SUPPLIERS, b, Use.TRANSITION, fee, rows, journal,
                    community,
                )  # fmt: skip
