"""The property firm of one estate: it wants profit and weighs service against fees, wages and dismissal.

Theory: effort under imperfect monitoring with a threat of dismissal (Shapiro & Stiglitz 1984), and a belief about how
fees follow service; it looks two years ahead, because a shorter view ends in the least effort. What the owners'
committee demands counts only as far as the committee spends hours on watching (E57). A place without a firm is seen
by a would-be firm, which makes the same reckoning before it enters.
"""

import math
from dataclasses import dataclass

from sim.agents.base import Decided, Observed, bounded, known
from sim.codes import Account, Body, Pay, Purpose, Use
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.mechanisms.ledger import post
from sim.params import Param, Shared
from sim.randomness import lognormal

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


@kernel
def rule(
    obs, dec, labour_share, service_share, fixed_share, horizon, least_effort, belief_gain, belief_middle, belief_width,
    belief_speed, danger, near_weeks, dismissal_cost, required, stay_scale, accept_base, accept_effort, accept_watch,
    accept_load, ask_most,
):  # fmt: skip
    """Default rule: the effort with the highest expected profit over the horizon."""
    due = obs[0] * obs[1]
    if due <= 0.0:
        dec[0] = 0.0
        dec[1] = 0.0
        dec[2] = 0.0
        dec[3] = 0.0
        return
    months = max(horizon * obs[15], 1.0)
    # share of the horizon for which residents have already answered to a change of service
    weight = 1.0 - (1.0 - (1.0 - belief_speed) ** months) / (belief_speed * months)
    turn_now = 1.0 / (1.0 + math.exp(-(obs[3] - belief_middle) / belief_width))
    near = 2.0 if obs[8] > 0.5 and obs[7] < near_weeks else 1.0
    best = -1e18
    chosen = 0.0
    margin = 0.0
    for k in range(STEPS + 1):
        effort = least_effort + (1.0 - least_effort) * k / STEPS
        turn = 1.0 / (1.0 + math.exp(-(effort - belief_middle) / belief_width))
        collection = min(max(obs[2] + weight * belief_gain * (turn - turn_now), 0.0), 1.0)
        per_month = collection - obs[4] * ((labour_share + service_share) * effort + fixed_share)
        rate = danger * obs[5] * max(obs[6] - effort, 0.0) * near
        lost = 1.0 - math.exp(-rate * months)
        value = per_month * months * (1.0 - 0.5 * lost) if per_month > 0.0 else per_month * months
        value -= lost * dismissal_cost
        if value > best:
            best = value
            chosen = effort
            margin = per_month
    if obs[14] > 0.5:  # a firm in place trusts its books as much as its plan
        margin = 0.5 * (margin + obs[9] / due)
    dec[0] = chosen
    dec[1] = min(
        max(accept_base + accept_effort * chosen + accept_watch * obs[5] - accept_load * max(obs[12] - 1.0, 0.0), 0.0),
        1.0,
    )
    dec[2] = 1.0 / (1.0 + math.exp(-(margin - required) / stay_scale))
    dec[3] = min(max(obs[4] - 1.0, 0.0), ask_most)  # what wages have gained on the fee


@mechanism(writes=("body.obs",))
def perceive(
    key, week, watch_hours, usual, newcomer_effort, horizon_spread, body_uid, body_type, body_estate, body_alive,
    body_margin, body_purse, body_load, body_capacity, body_dec, body_obs, estate_households, estate_fee,
    estate_collection, estate_effort, estate_cost_index, estate_fee_index, estate_contract_end, estate_committee,
    estate_complaints,
    estate_decay, estate_replaced, estate_known_collection,
):  # fmt: skip
    """Property firms look at their books and at the owners' committee."""
    for b in range(len(body_type)):
        if body_type[b] != Body.FIRM:
            continue
        e = body_estate[b]
        if e < 0:
            continue
        for k in range(body_obs.shape[1]):
            body_obs[b, k] = 0.0
        body_obs[b, 0] = estate_households[e]
        body_obs[b, 1] = estate_fee[e]
        # a firm that has not yet collected a quarter goes by what the trade knows of the estate
        hearsay = estate_known_collection[e] if estate_known_collection[e] > 0.0 else usual
        body_obs[b, 2] = estate_collection[e] if body_alive[b] == 1 and estate_collection[e] > 0.0 else hearsay
        body_obs[b, 3] = estate_effort[e] if body_alive[b] == 1 else newcomer_effort
        body_obs[b, 4] = estate_cost_index[e] / max(estate_fee_index[e], 1e-9)
        o = estate_committee[e]
        if o >= 0 and body_alive[o] == 1:
            hours = body_dec[o, 0] * body_capacity[o, Pay.VOLUNTEER]
            body_obs[b, 5] = min(hours / max(estate_households[e] * watch_hours, 1e-9), 1.0)
            body_obs[b, 6] = body_dec[o, 1]
            body_obs[b, 8] = 1.0
        body_obs[b, 7] = max(estate_contract_end[e] - week, 0)
        body_obs[b, 9] = body_margin[b]
        body_obs[b, 10] = body_purse[b]
        body_obs[b, 11] = estate_complaints[e]
        body_obs[b, 12] = body_load[b]
        body_obs[b, 13] = estate_decay[e]
        body_obs[b, 14] = body_alive[b]
        # each firm that comes is another firm: the count of firms so far is part of its key
        incumbent = estate_replaced[e] + (0 if body_alive[b] == 1 else 1)
        body_obs[b, 15] = lognormal(1.0, horizon_spread, key, Purpose.FIRM, body_uid[b], incumbent, 100)


@mechanism(writes=("body.dec",))
def decide(
    labour_share, service_share, fixed_share, horizon, least_effort, belief_gain, belief_middle, belief_width,
    belief_speed, danger, near_weeks, dismissal_cost, required, stay_scale, accept_base, accept_effort, accept_watch,
    accept_load, ask_most, body_type, body_obs, body_dec,
):  # fmt: skip
    """Property firms, and would-be firms where there is none, decide on effort, requests and staying."""
    for b in range(len(body_type)):
        if body_type[b] == Body.FIRM:
            rule(
                body_obs[b], body_dec[b], labour_share, service_share, fixed_share, horizon, least_effort,
                belief_gain, belief_middle, belief_width, belief_speed, danger, near_weeks, dismissal_cost, required,
                stay_scale, accept_base, accept_effort, accept_watch, accept_load, ask_most,
            )  # fmt: skip


@kernel
def weekly_cost(due, effort, cost_index, labour_share, service_share, fixed_share):
    """Cost of a week in yuan at an effort, for fees due in yuan a month; the index is that of cost over the fee."""
    return due * MONTHS * cost_index * ((labour_share + service_share) * effort + fixed_share)


@mechanism(
    writes=(
        "body.capacity", "body.purse", "body.margin", "estate.effort", "estate.collection", "estate.cost_index",
        "rows.used", "journal.entry", "community.balance", "community.flow",
    )
)  # fmt: skip
def operate(
    week, labour_share, service_share, fixed_share, wage, wage_growth, adjust, margin_speed, capital_weeks,
    reserve_weeks, usual, body_type, body_estate, body_alive, body_dec, body_capacity, body_purse, body_margin,
    estate_community, estate_households, estate_fee, estate_effort, estate_collection, estate_known_collection,
    estate_cost_index, estate_fee_index, rows_used, journal_entry, community_balance, community_flow,
):  # fmt: skip
    """Firms staff towards the effort they decided, pay the week's cost from their purse and so have hours to give.

    Hours are what can be paid: an empty purse means no hours. Wages go to STAFF; guarding, cleaning and fixed cost to
    SUPPLIERS. What exceeds the reserve is taken out as profit each quarter.
    """
    for b in range(len(body_type)):
        if body_type[b] != Body.FIRM or body_estate[b] < 0:
            continue
        e = body_estate[b]
        c = estate_community[e]
        if week == 0 and estate_cost_index[e] <= 0.0:
            estate_cost_index[e] = 1.0
        estate_cost_index[e] *= (1.0 + wage_growth) ** (1.0 / 52.0)
        body_capacity[b, Pay.FEE] = 0.0
        if body_alive[b] == 0:
            estate_effort[e] = 0.0
            estate_collection[e] = 0.0
            continue
        if week > 0:  # the first decision is taken in week 0
            estate_effort[e] += adjust * (body_dec[b, 0] - estate_effort[e])
        due = estate_households[e] * estate_fee[e]
        index = estate_cost_index[e] / max(estate_fee_index[e], 1e-9)
        if week == 0 and body_purse[b] <= 0.0:
            capital = capital_weeks * weekly_cost(due, 1.0, index, labour_share, service_share, fixed_share)
            post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.SUPPLIERS,
                 Account.FIRM, b, Use.ASSET, capital)  # fmt: skip
            body_purse[b] = capital
        cost = weekly_cost(due, estate_effort[e], index, labour_share, service_share, fixed_share)
        paid = max(min(cost, body_purse[b], community_balance[c, Account.FIRM]), 0.0)
        part = paid / cost if cost > 0.0 else 0.0
        wages = due * MONTHS * index * labour_share * estate_effort[e] * part
        if paid > 0.0:
            post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.FIRM, Account.STAFF, b,
                 Use.WAGE, wages)  # fmt: skip
            post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.FIRM,
                 Account.SUPPLIERS, b, Use.OFFICE, paid - wages)  # fmt: skip
        body_purse[b] -= paid
        estate_effort[e] *= part
        body_capacity[b, Pay.FEE] = wages / (wage * estate_cost_index[e])
        hearsay = estate_known_collection[e] if estate_known_collection[e] > 0.0 else usual
        collection = estate_collection[e] if estate_collection[e] > 0.0 else hearsay
        body_margin[b] += margin_speed * (due * collection - cost / MONTHS - body_margin[b])
        if week % QUARTER == 0 and body_purse[b] > reserve_weeks * cost:
            profit = min(body_purse[b] - reserve_weeks * cost, community_balance[c, Account.FIRM])
            if profit > 0.0:
                post(rows_used, journal_entry, community_balance, community_flow, week, c, Account.FIRM,
                     Account.SUPPLIERS, b, Use.PROFIT, profit)  # fmt: skip
                body_purse[b] -= profit
