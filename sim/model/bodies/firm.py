"""The property firm of one estate: it wants profit and weighs service against fees, wages and dismissal.

Theory: effort under imperfect monitoring with a threat of dismissal (Shapiro & Stiglitz 1984), and a belief about how
fees follow service; it looks two years ahead, because a shorter view ends in the least effort. What the owners'
committee demands counts only as far as the committee spends hours on watching (E57). A place without a firm is seen
by a would-be firm, which makes the same reckoning before it enters.
"""

import math
from dataclasses import dataclass

from sim.engine.kernel import kernel
from sim.engine.ledger import post
from sim.engine.mechanism import mechanism
from sim.engine.randomness import lognormal
from sim.model.bodies.base import Decided, Observed, bounded, known, slots
from sim.model.bodies.owners import Dec as OwnersDec
from sim.vocabulary.codes import Account, Body, Pay, Purpose, Use
from sim.vocabulary.params import Param, Shared

MONTHS = 12.0 / 52.0  # months in a week
QUARTER = 13  # weeks
STEPS = 15  # steps between the least and full effort that the firm compares

PARAMS = {
    "labour_share": Param(0.22, "share of fees due", 0.12, 0.4, "assumption", "wages of service staff, full effort"),
    "service_share": Param(
        0.24, "share of fees due", 0.12, 0.4, "assumption: guarding and cleaning are bought", "full effort"
    ),
    "fixed_share": Param(0.22, "share of fees due", 0.1, 0.35, "assumption", "energy, insurance, office"),
    "wage": Param(16.0, "yuan/h", 10.0, 40.0, "assumption: about 2,700 yuan a month in 2012", "service staff"),
    "wage_growth": Param(
        0.02, "1/year", 0.0, 0.08, "assumption: fees are fixed for years", "rise of cost against the fee"
    ),
    "adjust": Param(0.15, "1/week", 0.05, 0.5, "assumption: hiring takes weeks", "speed at which effort follows"),
    "margin_speed": Param(0.04, "1/week", 0.02, 0.1, "assumption: about half a year", "smoothing of the margin"),
    "capital_weeks": Param(13.0, "weeks", 6.0, 26.0, "assumption", "cost that a firm brings as working capital"),
    "reserve_weeks": Param(26.0, "weeks", 8.0, 52.0, "assumption", "cost kept before profit is taken out"),
    "horizon": Param(24.0, "months", 6.0, 60.0, "assumption", "how far ahead the firm looks"),
    "horizon_spread": Param(0.5, "ratio", 0.0, 0.8, "assumption", "spread of firms in how far they look ahead"),
    "least_effort": Param(0.25, "share", 0.05, 0.4, "assumption: gate and rubbish are always served", "least effort"),
    "belief_gain": Param(0.65, "share", 0.3, 0.9, "assumption", "collection that service can win or lose, as believed"),
    "belief_middle": Param(0.45, "share", 0.3, 0.7, "assumption", "effort at which residents turn, as believed"),
    "belief_width": Param(0.12, "share", 0.05, 0.3, "assumption", "spread of that turn, as believed"),
    "belief_speed": Param(0.1, "1/month", 0.03, 0.3, "assumption", "speed at which fees follow service, as believed"),
    "danger": Param(0.15, "1/month", 0.0, 0.5, "assumption", "dismissal per unit of shortfall when fully watched"),
    "near_weeks": Param(52.0, "weeks", 13.0, 104.0, "assumption", "nearness of the contract's end that adds danger"),
    "dismissal_cost": Param(3.0, "months of fees", 0.0, 12.0, "assumption", "arrears, staff and name lost"),
    "required": Param(0.03, "share of fees due", 0.0, 0.1, "assumption", "margin that makes staying worthwhile"),
    "stay_scale": Param(0.05, "share of fees due", 0.01, 0.2, "assumption", "softness of the readiness to stay"),
    "accept_base": Param(0.25, "share", 0.0, 0.6, "assumption", "readiness to take a request without effort or watch"),
    "accept_effort": Param(0.6, "share", 0.2, 0.8, "assumption", "more readiness at full effort"),
    "accept_watch": Param(0.25, "share", 0.0, 0.5, "assumption", "more readiness when fully watched"),
    "accept_load": Param(0.3, "share", 0.0, 1.0, "assumption", "less readiness per unit of load above one"),
    "watch_hours": Param(
        0.01, "h/week/household", 0.003, 0.05, "assumption: about 6 h a week for 600 households", "a full watch"
    ),
    "ask_most": Param(0.3, "share", 0.0, 1.0, "assumption",
                      "largest rise of the fee asked for at once, 0 fees are fixed"),
    "usual": Shared("fees.usual"),
    "newcomer_effort": Param(0.5, "share", 0.3, 0.8, "assumption", "effort behind that expectation"),
}


@dataclass(frozen=True)
class Observation(Observed):
    """What the firm knows: its own books, its staff, its contract, and what the owners' committee lets it feel."""

    households: float = known("households", "households of the estate")
    fee: float = known("yuan/month", "fee due per household")
    collection: float = known("share", "fees due that were paid last quarter, or expected by a would-be firm")
    effort: float = known("share", "present service effort")
    cost_index: float = known("ratio", "own wage level over the level of the fee, 1 at the start")
    watched: float = known("share", "hours of watching by the owners' committee, 1 a full watch")
    demanded: float = known("share", "effort that the owners' committee demands")
    weeks_left: float = known("weeks", "until the contract ends")
    committee: float = known("flag", "1 when the estate has an owners' committee")
    margin: float = known("yuan/month", "own smoothed result")
    purse: float = known("yuan", "own means")
    complaints: float = known("cases/week", "complaints lately")
    load: float = known("ratio", "hours wanted over hours available")
    decay: float = known("index", "disrepair of the buildings")
    present: float = known("flag", "1 when it serves the estate, 0 for a would-be firm")
    patience: float = known("ratio", "how far ahead this firm looks, 1 as usual")


@dataclass(frozen=True)
class Decision(Decided):
    """What the firm decides every week."""

    effort: float = bounded(0.0, 1.0, "share", "service effort it staffs for")
    accept: float = bounded(0.0, 1.0, "share", "readiness to take requests of others")
    stay: float = bounded(0.0, 1.0, "share", "readiness to stay; of a would-be firm to come")
    ask: float = bounded(0.0, 1.0, "share", "rise of the fee it asks for when the contract is made or renewed")


Obs, Dec = slots(Observation), slots(Decision)


@kernel
def rule(obs, dec, p):
    """Default rule: the effort with the highest expected profit over the horizon."""
    due = obs[Obs.HOUSEHOLDS] * obs[Obs.FEE]
    if due <= 0.0:
        dec[Dec.EFFORT] = 0.0
        dec[Dec.ACCEPT] = 0.0
        dec[Dec.STAY] = 0.0
        dec[Dec.ASK] = 0.0
        return
    months = max(p.horizon * obs[Obs.PATIENCE], 1.0)
    # share of the horizon for which residents have already answered to a change of service
    weight = 1.0 - (1.0 - (1.0 - p.belief_speed) ** months) / (p.belief_speed * months)
    turn_now = 1.0 / (1.0 + math.exp(-(obs[Obs.EFFORT] - p.belief_middle) / p.belief_width))
    near = 2.0 if obs[Obs.COMMITTEE] > 0.5 and obs[Obs.WEEKS_LEFT] < p.near_weeks else 1.0
    best = -1e18
    chosen = 0.0
    margin = 0.0
    for k in range(STEPS + 1):
        effort = p.least_effort + (1.0 - p.least_effort) * k / STEPS
        turn = 1.0 / (1.0 + math.exp(-(effort - p.belief_middle) / p.belief_width))
        collection = min(max(obs[Obs.COLLECTION] + weight * p.belief_gain * (turn - turn_now), 0.0), 1.0)
        per_month = collection - obs[Obs.COST_INDEX] * ((p.labour_share + p.service_share) * effort + p.fixed_share)
        rate = p.danger * obs[Obs.WATCHED] * max(obs[Obs.DEMANDED] - effort, 0.0) * near
        lost = 1.0 - math.exp(-rate * months)
        value = per_month * months * (1.0 - 0.5 * lost) if per_month > 0.0 else per_month * months
        value -= lost * p.dismissal_cost
        if value > best:
            best = value
            chosen = effort
            margin = per_month
    if obs[Obs.PRESENT] > 0.5:  # a firm in place trusts its books as much as its plan
        margin = 0.5 * (margin + obs[Obs.MARGIN] / due)
    dec[Dec.EFFORT] = chosen
    dec[Dec.ACCEPT] = min(
        max(
            p.accept_base
            + p.accept_effort * chosen
            + p.accept_watch * obs[Obs.WATCHED]
            - p.accept_load * max(obs[Obs.LOAD] - 1.0, 0.0),
            0.0,
        ),
        1.0,
    )
    dec[Dec.STAY] = 1.0 / (1.0 + math.exp(-(margin - p.required) / p.stay_scale))
    dec[Dec.ASK] = min(max(obs[Obs.COST_INDEX] - 1.0, 0.0), p.ask_most)  # what wages have gained on the fee


@mechanism
def perceive(now, p, body, estate):
    """Property firms look at their books and at the owners' committee."""
    for b in range(len(body.type)):
        if body.type[b] != Body.FIRM:
            continue
        e = body.estate[b]
        if e < 0:
            continue
        for k in range(body.obs.shape[1]):
            body.obs[b, k] = 0.0
        body.obs[b, Obs.HOUSEHOLDS] = estate.households[e]
        body.obs[b, Obs.FEE] = estate.fee[e]
        # a firm that has not yet collected a quarter goes by what the trade knows of the estate
        hearsay = estate.known_collection[e] if estate.known_collection[e] > 0.0 else p.usual
        body.obs[b, Obs.COLLECTION] = (
            estate.collection[e] if body.alive[b] == 1 and estate.collection[e] > 0.0 else hearsay
        )
        body.obs[b, Obs.EFFORT] = estate.effort[e] if body.alive[b] == 1 else p.newcomer_effort
        body.obs[b, Obs.COST_INDEX] = estate.cost_index[e] / max(estate.fee_index[e], 1e-9)
        o = estate.committee[e]
        if o >= 0 and body.alive[o] == 1:
            hours = body.dec[o, OwnersDec.WATCH] * body.capacity[o, Pay.VOLUNTEER]
            body.obs[b, Obs.WATCHED] = min(hours / max(estate.households[e] * p.watch_hours, 1e-9), 1.0)
            body.obs[b, Obs.DEMANDED] = body.dec[o, OwnersDec.BARGAIN]
            body.obs[b, Obs.COMMITTEE] = 1.0
        body.obs[b, Obs.WEEKS_LEFT] = max(estate.contract_end[e] - now.week, 0)
        body.obs[b, Obs.MARGIN] = body.margin[b]
        body.obs[b, Obs.PURSE] = body.purse[b]
        body.obs[b, Obs.COMPLAINTS] = estate.complaints[e]
        body.obs[b, Obs.LOAD] = body.load[b]
        body.obs[b, Obs.DECAY] = estate.decay[e]
        body.obs[b, Obs.PRESENT] = body.alive[b]
        # each firm that comes is another firm: the count of firms so far is part of its key
        incumbent = estate.replaced[e] + (0 if body.alive[b] == 1 else 1)
        body.obs[b, Obs.PATIENCE] = lognormal(1.0, p.horizon_spread, now.key, Purpose.FIRM, body.uid[b], incumbent, 100)


@mechanism
def decide(p, body):
    """Property firms, and would-be firms where there is none, decide on effort, requests and staying."""
    for b in range(len(body.type)):
        if body.type[b] == Body.FIRM:
            rule(body.obs[b], body.dec[b], p)


@kernel
def weekly_cost(due, effort, cost_index, labour_share, service_share, fixed_share):
    """Cost of a week in yuan at an effort, for fees due in yuan a month; the index is that of cost over the fee."""
    return due * MONTHS * cost_index * ((labour_share + service_share) * effort + fixed_share)


@mechanism
def operate(now, p, body, estate, rows, journal, community):
    """Firms staff towards the effort they decided, pay the week's cost from their purse and so have hours to give.

    Hours are what can be paid: an empty purse means no hours. Wages go to STAFF; guarding, cleaning and fixed cost to
    SUPPLIERS. What exceeds the reserve is taken out as profit each quarter.
    """
    for b in range(len(body.type)):
        if body.type[b] != Body.FIRM or body.estate[b] < 0:
            continue
        e = body.estate[b]
        c = estate.community[e]
        if now.week == 0 and estate.cost_index[e] <= 0.0:
            estate.cost_index[e] = 1.0
        estate.cost_index[e] *= (1.0 + p.wage_growth) ** (1.0 / 52.0)
        body.capacity[b, Pay.FEE] = 0.0
        if body.alive[b] == 0:
            estate.effort[e] = 0.0
            estate.collection[e] = 0.0
            continue
        if now.week > 0:  # the first decision is taken in week 0
            estate.effort[e] += p.adjust * (body.dec[b, Dec.EFFORT] - estate.effort[e])
        due = estate.households[e] * estate.fee[e]
        index = estate.cost_index[e] / max(estate.fee_index[e], 1e-9)
        if now.week == 0 and body.purse[b] <= 0.0:
            capital = p.capital_weeks * weekly_cost(due, 1.0, index, p.labour_share, p.service_share, p.fixed_share)
            post(now.week, c, Account.SUPPLIERS, Account.FIRM, b, Use.ASSET, capital, rows, journal, community)
            body.purse[b] = capital
        cost = weekly_cost(due, estate.effort[e], index, p.labour_share, p.service_share, p.fixed_share)
        paid = max(min(cost, body.purse[b], community.balance[c, Account.FIRM]), 0.0)
        part = paid / cost if cost > 0.0 else 0.0
        wages = due * MONTHS * index * p.labour_share * estate.effort[e] * part
        if paid > 0.0:
            post(now.week, c, Account.FIRM, Account.STAFF, b, Use.WAGE, wages, rows, journal, community)
            post(now.week, c, Account.FIRM, Account.SUPPLIERS, b, Use.OFFICE, paid - wages, rows, journal, community)
        body.purse[b] -= paid
        estate.effort[e] *= part
        body.capacity[b, Pay.FEE] = wages / (p.wage * estate.cost_index[e])
        hearsay = estate.known_collection[e] if estate.known_collection[e] > 0.0 else p.usual
        collection = estate.collection[e] if estate.collection[e] > 0.0 else hearsay
        body.margin[b] += p.margin_speed * (due * collection - cost / MONTHS - body.margin[b])
        if now.week % QUARTER == 0 and body.purse[b] > p.reserve_weeks * cost:
            profit = min(body.purse[b] - p.reserve_weeks * cost, community.balance[c, Account.FIRM])
            if profit > 0.0:
                post(now.week, c, Account.FIRM, Account.SUPPLIERS, b, Use.PROFIT, profit, rows, journal, community)
                body.purse[b] -= profit
