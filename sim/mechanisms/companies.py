"""Service companies come, pay their staff from what they sold, and leave when margins stay negative (A47).

Theory: free entry and exit under fixed costs (Bresnahan & Reiss 1991). The entry bar is money once and hours of
assessments every week; whether a branch survives then depends on how densely residents buy.
"""

from sim.codes import Account, Body, Pay, Purpose, Stream, Use
from sim.mechanisms.base import mechanism
from sim.mechanisms.ledger import post
from sim.params import Param, Shared
from sim.randomness import uniform

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


@mechanism(writes=("body.capacity",))
def offer(least_hours, most_hours, spread, body_type, body_alive, body_obs, body_purse, body_capacity, wage):
    """Companies offer some hours more than they sold lately, as far as they can pay for them."""
    for b in range(len(body_type)):
        if body_type[b] != Body.COMPANY:
            continue
        body_capacity[b, Pay.FEE] = 0.0
        if body_alive[b] == 1:
            hours = min(max(spread * body_obs[b, 2], least_hours), most_hours)
            body_capacity[b, Pay.FEE] = min(hours, max(body_purse[b], 0.0) / wage)


@mechanism(
    writes=(
        "body.alive", "body.purse", "body.margin", "body.left", "body.hours", "rows.used", "journal.entry",
        "community.balance", "community.flow",
    )
)  # fmt: skip
def step(
    key, week, wage, standby, compliance, entry_cost, stake, reserve, margin_speed, rule_entry_bar, body_uid,
    body_type, body_community, body_alive, body_purse, body_margin, body_left, body_hours, body_dec, rows_used,
    journal_entry, community_balance, community_flow,
):  # fmt: skip
    """Companies settle the week: what they sold has been paid to them; wages and assessments are paid by them."""
    for b in range(len(body_type)):
        if body_type[b] != Body.COMPANY:
            continue
        c = body_community[b]
        bar = rule_entry_bar[c]
        if body_alive[b] == 1:
            if week == 0 and body_purse[b] <= 0.0:
                body_purse[b] = post(rows_used, journal_entry, community_balance, community_flow, week, c,
                                     Account.SUPPLIERS, Account.COMPANIES, b, Use.ASSET, stake)  # fmt: skip
            extra = min(compliance * bar, body_left[b, Pay.FEE])
            body_left[b, Pay.FEE] -= extra
            body_hours[b, Pay.FEE, Stream.LEDGER] += extra
            sold = body_hours[b, Pay.FEE, Stream.DEMAND]
            other = 0.0  # hours at tables and on messages, which nobody buys
            for s in range(body_hours.shape[2]):
                if s != Stream.DEMAND and s != Stream.LEDGER and s != Stream.IDLE:
                    other += body_hours[b, Pay.FEE, s]
            income = sold * body_dec[b, 1]
            body_purse[b] += income  # the payment itself was posted when the work was bought
            cost = (sold + other + standby + compliance * bar) * wage
            paid = post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.COMPANIES,
                        Account.STAFF, b, Use.WAGE, min(cost, max(body_purse[b], 0.0)))  # fmt: skip
            body_purse[b] -= paid
            body_margin[b] += margin_speed * ((income - cost) / MONTHS - body_margin[b])
            if week % QUARTER == 0 and body_purse[b] > reserve:
                body_purse[b] -= post(rows_used, journal_entry, community_balance, community_flow, week, c,
                                      Account.COMPANIES, Account.SUPPLIERS, b, Use.PROFIT,
                                      body_purse[b] - reserve)  # fmt: skip
            # how long a loss is borne differs by company; without means nobody bears it
            borne = 0.5 * uniform(key, Purpose.ENTRY, body_uid[b], 0, 1)
            tired = week % QUARTER == 0 and week > 0 and body_margin[b] < 0.0 and body_dec[b, 0] < borne
            if tired or (body_purse[b] <= standby * wage and body_dec[b, 0] < 0.5):
                post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.COMPANIES,
                     Account.SUPPLIERS, b, Use.PROFIT, body_purse[b])  # fmt: skip
                body_purse[b] = 0.0
                body_margin[b] = 0.0
                body_alive[b] = 0
        elif week % QUARTER == 0 and week > 0:
            wish = 0.5 + 0.5 * uniform(key, Purpose.ENTRY, body_uid[b], week, 0)
            if body_dec[b, 0] >= wish:
                body_alive[b] = 1
                fee = entry_cost * bar
                body_purse[b] = post(rows_used, journal_entry, community_balance, community_flow, week, c,
                                     Account.SUPPLIERS, Account.COMPANIES, b, Use.ASSET, stake + fee)  # fmt: skip
                body_purse[b] -= post(rows_used, journal_entry, community_balance, community_flow, week, c,
                                      Account.COMPANIES, Account.SUPPLIERS, b, Use.TRANSITION, fee)  # fmt: skip
