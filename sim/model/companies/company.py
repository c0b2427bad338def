"""A service company with a branch in the community: it wants profit and enters, prices or leaves (A46, A47).

Theory: entry under a fixed cost (Bresnahan & Reiss 1991): demand must be dense enough to carry the bar of entry and the
hours of assessments. A place without a branch is seen by a would-be company, which reckons in the same way.
"""

import math
from dataclasses import dataclass

from sim.engine.kernel import kernel
from sim.engine.mechanism import mechanism
from sim.engine.sets import among
from sim.model.bodies.base import Decided, Observed, bounded, known, slots
from sim.vocabulary.codes import Body, Pay, Rows, Stream, Truth
from sim.vocabulary.params import Param, Shared
from sim.vocabulary.sets import FOR_SALE

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


Obs, Dec = slots(Observation), slots(Decision)


@kernel
def rule(obs, dec, p):
    """Default rule: price over wage by a markup that rivals share; active where hours sold carry the cost."""
    price = min(p.wage * (1.0 + p.markup / (1.0 + obs[Obs.RIVALS])), 500.0)
    sold = obs[Obs.SOLD] if obs[Obs.PRESENT] > 0.5 else p.buyers * obs[Obs.DEMAND] / (1.0 + obs[Obs.RIVALS])
    margin = sold * (price - p.wage) - (p.standby + p.compliance * obs[Obs.BAR]) * p.wage
    if obs[Obs.PRESENT] < 0.5:
        margin -= p.entry_cost * obs[Obs.BAR] / p.payback
    dec[Dec.ACTIVE] = 1.0 / (1.0 + math.exp(-min(max(margin / p.soft, -50.0), 50.0)))
    dec[Dec.PRICE] = price


@mechanism
def perceive(now, p, rule, community, body, rows, active, case):
    """Companies and would-be companies study the market of their line."""
    for b in range(len(body.type)):
        if body.type[b] != Body.COMPANY:
            continue
        c = body.community[b]
        demand = 0.0
        for k in range(rows.used[Rows.ACTIVE]):
            n = active.case[k]
            if case.community[n] != c or case.truth[n] != Truth.OPEN or case.felt[n] < (now.week - p.scan_weeks) * 5.0:
                continue
            # a company without a line of its own sells what can be bought at all: help, repair, environment
            line = case.kind[n] == body.line[b]
            if body.line[b] < 0:
                line = among(case.kind[n], FOR_SALE)
            if line:
                demand += case.hours_needed[n]
        rivals = 0
        for r in range(len(body.type)):
            if r != b and body.type[r] == Body.COMPANY and body.community[r] == c and body.alive[r] == 1:
                if body.line[r] == body.line[b]:
                    rivals += 1
        total = body.hours_total[b, Pay.FEE, Stream.DEMAND]
        if body.alive[b] == 1 and body.obs[b, Obs.PRESENT] < 0.5:  # a newcomer starts from its plan
            body.obs[b, Obs.SOLD] = p.buyers * demand / p.scan_weeks / (1.0 + rivals)
            body.obs[b, Obs.SOLD_TOTAL] = total
        body.obs[b, Obs.PRESENT] = body.alive[b]
        body.obs[b, Obs.DEMAND] = demand / p.scan_weeks
        body.obs[b, Obs.SOLD] += p.sales_speed * (total - body.obs[b, Obs.SOLD_TOTAL] - body.obs[b, Obs.SOLD])
        body.obs[b, Obs.SOLD_TOTAL] = total
        body.obs[b, Obs.RIVALS] = rivals
        body.obs[b, Obs.BAR] = rule.entry_bar[c]
        body.obs[b, Obs.PURSE] = body.purse[b]
        body.obs[b, Obs.MARGIN] = body.margin[b]
        body.obs[b, Obs.RESIDENTS] = community.residents[c]


@mechanism
def decide(p, body):
    """Companies decide whether to be active here, and their price."""
    for b in range(len(body.type)):
        if body.type[b] == Body.COMPANY:
            rule(body.obs[b], body.dec[b], p)
