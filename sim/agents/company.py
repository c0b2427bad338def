"""A service company with a branch in the community: it wants profit and enters, prices or leaves (A46, A47).

Theory: entry under a fixed cost (Bresnahan & Reiss 1991): demand must be dense enough to carry the bar of entry and the
hours of assessments. A place without a branch is seen by a would-be company, which reckons in the same way.
"""

import math
from dataclasses import dataclass

from sim.agents.base import Decided, Observed, bounded, known
from sim.codes import Body, Kind, Pay, Stream, Truth
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.params import Param, Shared

PARAMS = {
    "wage": Shared("companies.wage"),
    "markup": Param(1.2, "share", 0.3, 2.5, "assumption: tools, travel, profit", "price over wage without rivals"),
    "standby": Shared("companies.standby"),
    "compliance": Shared("companies.compliance"),
    "entry_cost": Shared("companies.entry_cost"),
    "buyers": Param(0.3, "share", 0.05, 0.6, "assumption", "open demand that a newcomer expects to sell to"),
    "payback": Param(104.0, "weeks", 26.0, 208.0, "assumption", "time in which the entry cost must come back"),
    "soft": Param(40.0, "yuan/week", 5.0, 200.0, "assumption", "softness of the readiness to be active"),
    "scan_weeks": Param(4.0, "weeks", 2.0, 13.0, "assumption", "weeks of demand that a market study covers"),
    "sales_speed": Param(0.08, "1/week", 0.02, 0.3, "assumption: about a quarter", "smoothing of hours sold"),
}


@dataclass(frozen=True)
class Observation(Observed):
    """What the company knows: its sales, the open demand of its line, rivals, and the bar of entry."""

    present: float = known("flag", "1 when it has a branch here, 0 for a would-be company")
    demand: float = known("h/week", "work of its line that newly turned up and is still open")
    sold: float = known("h/week", "hours it sold, smoothed")
    sold_total: float = known("h", "hours sold since the start")
    rivals: float = known("companies", "other companies of its line here")
    bar: float = known("share", "height of the entry bar")
    purse: float = known("yuan", "own means")
    margin: float = known("yuan/month", "own smoothed result")
    residents: float = known("persons", "residents of the community")


@dataclass(frozen=True)
class Decision(Decided):
    """What the company decides every week."""

    active: float = bounded(0.0, 1.0, "share", "readiness to be active here; below one half a loss is expected")
    price: float = bounded(0.0, 500.0, "yuan/h", "price of an hour")


@kernel
def rule(obs, dec, wage, markup, standby, compliance, entry_cost, buyers, payback, soft):
    """Default rule: price over wage by a markup that rivals share; active where hours sold carry the cost."""
    price = min(wage * (1.0 + markup / (1.0 + obs[4])), 500.0)
    sold = obs[2] if obs[0] > 0.5 else buyers * obs[1] / (1.0 + obs[4])
    margin = sold * (price - wage) - (standby + compliance * obs[5]) * wage
    if obs[0] < 0.5:
        margin -= entry_cost * obs[5] / payback
    dec[0] = 1.0 / (1.0 + math.exp(-min(max(margin / soft, -50.0), 50.0)))
    dec[1] = price


@mechanism(writes=("body.obs",))
def perceive(
    week, scan_weeks, sales_speed, buyers, rule_entry_bar, community_residents, body_type, body_community, body_line,
    body_alive, body_purse, body_margin, body_hours_total, body_obs, rows_used, active_case, case_community,
    case_kind, case_truth, case_felt, case_hours_needed,
):  # fmt: skip
    """Companies and would-be companies study the market of their line."""
    for b in range(len(body_type)):
        if body_type[b] != Body.COMPANY:
            continue
        c = body_community[b]
        demand = 0.0
        for k in range(rows_used[2]):
            n = active_case[k]
            if case_community[n] != c or case_truth[n] != Truth.OPEN or case_felt[n] < (week - scan_weeks) * 5.0:
                continue
            # a company without a line of its own sells what can be bought at all: help, repair, environment
            line = case_kind[n] == body_line[b]
            if body_line[b] < 0:
                line = Kind.HELP <= case_kind[n] <= Kind.ENVIRONMENT
            if line:
                demand += case_hours_needed[n]
        rivals = 0
        for r in range(len(body_type)):
            if r != b and body_type[r] == Body.COMPANY and body_community[r] == c and body_alive[r] == 1:
                if body_line[r] == body_line[b]:
                    rivals += 1
        total = body_hours_total[b, Pay.FEE, Stream.DEMAND]
        if body_alive[b] == 1 and body_obs[b, 0] < 0.5:  # a newcomer starts from its plan
            body_obs[b, 2] = buyers * demand / scan_weeks / (1.0 + rivals)
            body_obs[b, 3] = total
        body_obs[b, 0] = body_alive[b]
        body_obs[b, 1] = demand / scan_weeks
        body_obs[b, 2] += sales_speed * (total - body_obs[b, 3] - body_obs[b, 2])
        body_obs[b, 3] = total
        body_obs[b, 4] = rivals
        body_obs[b, 5] = rule_entry_bar[c]
        body_obs[b, 6] = body_purse[b]
        body_obs[b, 7] = body_margin[b]
        body_obs[b, 8] = community_residents[c]


@mechanism(writes=("body.dec",))
def decide(
    wage, markup, standby, compliance, entry_cost, buyers, payback, soft, body_type, body_obs, body_dec
):
    """Companies decide whether to be active here, and their price."""
    for b in range(len(body_type)):
        if body_type[b] == Body.COMPANY:
            rule(
                body_obs[b], body_dec[b], wage, markup, standby, compliance, entry_cost, buyers, payback, soft
            )
