"""The subdistrict office: inspected tasks done, no escalation on its books, visible results (A22, A25, A57, A86)."""

from dataclasses import dataclass

from sim.engine.kernel import kernel
from sim.engine.mechanism import mechanism
from sim.model.bodies.base import Decided, Observed, bounded, known, slots
from sim.vocabulary.codes import Body, Pay
from sim.vocabulary.params import Param

ASSUMED = "assumption"
PARAMS = {
    "delegate_base": Param(0.85, "share", 0.3, 1.0, ASSUMED, "optional items sent down when its own desks are free"),
    "delegate_load": Param(0.15, "share", 0.0, 0.5, ASSUMED, "more sent down as its own load rises"),
    "campaign_weeks": Param(26.0, "weeks", 13, 104, ASSUMED, "interval of campaigns and inspections"),
    "campaign_length": Param(4.0, "weeks", 1, 12, ASSUMED, "length of a campaign"),
    "campaign_size": Param(0.3, "share", 0.0, 1.0, ASSUMED, "more items while a campaign runs"),
    "inspect_base": Param(0.03, "share", 0.0, 0.3, ASSUMED, "hours for looking into files"),
    "inspect_trouble": Param(0.01, "share/case", 0.0, 0.5, ASSUMED, "more hours for each escalation a week"),
    "inspect_most": Param(0.3, "share", 0.05, 0.6, ASSUMED, "most of its hours that goes into looking at files"),
    "favour": Param(0.6, "share", 0.0, 1.0, ASSUMED + " (鞭打快牛)", "readiness to send more to those who deliver"),
    "rename": Param(0.4, "probability", 0.0, 1.0, ASSUMED + " (A86)",
                    "a refused duty is sent again under another name"),
    "bring": Param(0.3, "probability", 0.0, 1.0, ASSUMED + " (A86)", "a refused duty is sent again with money"),
    "cases": Param(0.6, "share", 0.2, 0.9, ASSUMED, "hours for cases passed up"),
    "guide": Param(0.3, "share", 0.0, 1.0, ASSUMED + "; E56, E57", "readiness to guide owners who found a committee"),
}


@dataclass(frozen=True)
class Observation(Observed):
    """What the office knows."""

    hours: float = known("h/week", "its own hours")
    load: float = known("ratio", "hours wanted over hours available")
    waiting: float = known("hours", "cases of the span that wait for it")
    delivered: float = known("share", "inspected items reported in time, mean over the span")
    trouble: float = known("cases/week", "escalations on its books")
    span: float = known("communities", "communities it supervises")
    week_of_year: float = known("week", "0 to 51")
    week: float = known("week", "since the start")


@dataclass(frozen=True)
class Decision(Decided):
    """What the office decides."""

    delegate: float = bounded(0.0, 1.0, "share", "optional items sent down")
    campaign: float = bounded(0.0, 1.0, "share", "more items this week")
    inspect: float = bounded(0.0, 1.0, "share", "hours for looking into closed files")
    favour: float = bounded(0.0, 1.0, "share", "readiness to send more items to those who deliver")
    rename: float = bounded(0.0, 1.0, "probability", "a refused duty comes back under another name")
    cases: float = bounded(0.0, 1.0, "share", "hours for cases passed up")
    guide: float = bounded(0.0, 1.0, "share", "readiness to guide founders of owners' committees")
    bring: float = bounded(0.0, 1.0, "probability", "a refused duty comes back with money")


Obs, Dec = slots(Observation), slots(Decision)


@kernel
def rule(obs, dec, p):
    """Default rule: pass down what can be passed down, inspect more where there is trouble."""
    dec[Dec.DELEGATE] = min(1.0, p.delegate_base + p.delegate_load * min(1.0, obs[Obs.LOAD]))
    dec[Dec.CAMPAIGN] = p.campaign_size if obs[Obs.WEEK] % p.campaign_weeks < p.campaign_length else 0.0
    dec[Dec.INSPECT] = min(p.inspect_most, p.inspect_base + p.inspect_trouble * obs[Obs.TROUBLE])
    dec[Dec.FAVOUR] = p.favour
    dec[Dec.RENAME] = p.rename
    dec[Dec.CASES] = p.cases
    dec[Dec.GUIDE] = p.guide
    dec[Dec.BRING] = p.bring


@mechanism
def perceive(now, community, body):
    """The office sees what is reported to it and what is on its books."""
    span = len(community.full)
    obs = body.obs[Obs.HOURS]
    obs[Obs.HOURS] = body.capacity[0, Pay.PUBLIC]
    obs[Obs.LOAD] = body.load[0]
    obs[Obs.WAITING] = body.demand_hours[0]
    obs[Obs.DELIVERED] = 0.0
    obs[Obs.TROUBLE] = 0.0
    for c in range(span):
        obs[Obs.WAITING] += community.neighbour_hours[c]
        obs[Obs.DELIVERED] += community.delivered[c] / span
        obs[Obs.TROUBLE] += community.known_trouble[c]
    obs[Obs.SPAN] = span
    obs[Obs.WEEK_OF_YEAR] = now.week % 52
    obs[Obs.WEEK] = now.week


@mechanism
def decide(p, body):
    """The office decides."""
    for b in range(len(body.type)):
        if body.type[b] == Body.STREET_OFFICE and body.alive[b] == 1:
            rule(body.obs[b], body.dec[b], p)
