"""The community Party organization: what is visible above, peace below; whom to bring together (A08)."""

from dataclasses import dataclass

from sim.engine.kernel import kernel
from sim.engine.mechanism import mechanism
from sim.model.bodies.base import Decided, Observed, bounded, known, slots
from sim.vocabulary.codes import Body, File, Pay, Rows, Truth
from sim.vocabulary.params import Param

ASSUMED = "assumption"
PARAMS = {
    "call_from": Param(1.0, "cases", 0.5, 10.0, ASSUMED, "cases waiting between bodies that make it call a meeting"),
    "visible_weight": Param(2.5, "ratio", 1.0, 6.0, ASSUMED + " (A08, A45)",
                            "weight of inspected hours over residents' hours"),
    "peace_weight": Param(0.25, "1/case", 0.0, 1.0, ASSUMED,
                          "weight of residents' hours added by each escalation that is open"),
    "mobilise_base": Param(0.35, "share", 0.05, 0.8, ASSUMED,
                           "hours among members, units and residents when nothing presses"),
    "settle_base": Param(0.7, "probability", 0.2, 1.0, ASSUMED, "readiness to settle a deadlock"),
}


@dataclass(frozen=True)
class Observation(Observed):
    """What the Party organization knows."""

    hours: float = known("h/week", "its own hours")
    load: float = known("ratio", "hours wanted over hours available")
    between: float = known("cases", "cases that wait between bodies or for a meeting")
    due_hours: float = known("hours", "inspected hours due soon at committee and station")
    demand_hours: float = known("hours", "hours of residents' cases known there")
    escalated: float = known("cases", "petitions on cases that are still open")


@dataclass(frozen=True)
class Decision(Decided):
    """What the Party organization decides."""

    convene: float = bounded(0.0, 1.0, "flag", "calls the coordination meeting when it is due; 0.5 and more is yes")
    priority_above: float = bounded(0.0, 1.0, "share", "share of hours for items from above that it would set")
    mobilise: float = bounded(0.0, 1.0, "share", "hours among members, units and residents")
    settle: float = bounded(0.0, 1.0, "probability", "readiness to settle a deadlock")


Obs, Dec = slots(Observation), slots(Decision)


@kernel
def rule(obs, dec, p):
    """Default rule: call a meeting when cases wait between bodies; put first what is seen above, then what may boil."""
    dec[Dec.CONVENE] = 1.0 if obs[Obs.BETWEEN] >= p.call_from else 0.0
    above = p.visible_weight * obs[Obs.DUE_HOURS]
    below = (1.0 + p.peace_weight * obs[Obs.ESCALATED]) * obs[Obs.DEMAND_HOURS]
    dec[Dec.PRIORITY_ABOVE] = above / (above + below) if above + below > 0.0 else 0.5
    dec[Dec.MOBILISE] = p.mobilise_base
    dec[Dec.SETTLE] = p.settle_base


@mechanism
def perceive(rows, active, case, community, body):
    """It sees what lies between the bodies it brings together."""
    for c in range(len(community.full)):
        if community.full[c] == 0:
            continue
        between = 0.0
        for position in range(rows.used[Rows.ACTIVE]):
            n = active.case[position]
            if case.community[n] == c and case.truth[n] == Truth.OPEN:
                if case.file[n] == File.WAIT_MEETING or case.file[n] == File.WAIT_BODY:
                    between += 1.0
        due = 0.0
        demand = 0.0
        for b in range(community.first_body[c], community.last_body[c]):
            if body.type[b] == Body.COMMITTEE or body.type[b] == Body.STATION:
                due += body.due_hours[b]
                demand += body.demand_hours[b]
        for b in range(community.first_body[c], community.last_body[c]):
            if body.type[b] == Body.PARTY and body.alive[b] == 1:
                obs = body.obs[b]
                obs[Obs.HOURS] = body.capacity[b, Pay.PUBLIC]
                obs[Obs.LOAD] = body.load[b]
                obs[Obs.BETWEEN] = between
                obs[Obs.DUE_HOURS] = due
                obs[Obs.DEMAND_HOURS] = demand
                obs[Obs.ESCALATED] = community.escalated[c]


@mechanism
def decide(p, body):
    """Party organizations decide."""
    for b in range(len(body.type)):
        if body.type[b] == Body.PARTY and body.alive[b] == 1:
            rule(body.obs[b], body.dec[b], p)
