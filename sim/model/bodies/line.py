"""Comprehensive-management bodies and mass organizations: their line's own tasks first, then what others ask (A15)."""

from dataclasses import dataclass

from sim.engine.kernel import kernel
from sim.engine.mechanism import mechanism
from sim.model.bodies.base import Decided, Observed, bounded, known, slots
from sim.vocabulary.codes import Body, Pay
from sim.vocabulary.params import Param

PARAMS = {
    "own_line": Param(0.65, "share", 0.2, 0.95, "assumption", "hours for the line's own tasks when nobody asks"),
    "give_way": Param(0.02, "share/hour", 0.0, 0.1, "assumption", "hours freed for each hour of cases at hand"),
    "accept_base": Param(0.8, "probability", 0.2, 1.0, "assumption", "takes a request of another body"),
    "accept_full": Param(0.5, "1", 0.0, 1.0, "assumption", "less of it as its own desk fills"),
}


@dataclass(frozen=True)
class Observation(Observed):
    """What a line body knows."""

    hours: float = known("h/week", "its own hours")
    demand_hours: float = known("hours", "hours of cases at hand")
    load: float = known("ratio", "hours wanted over hours available")


@dataclass(frozen=True)
class Decision(Decided):
    """What a line body decides."""

    line: float = bounded(0.0, 1.0, "share", "hours for the line's own tasks")
    accept: float = bounded(0.0, 1.0, "probability", "takes a request of another body")


Obs, Dec = slots(Observation), slots(Decision)


@kernel
def rule(obs, dec, p):
    """Default rule: own line first; gives way to cases it has taken."""
    dec[Dec.LINE] = max(0.0, p.own_line - p.give_way * obs[Obs.DEMAND_HOURS])
    dec[Dec.ACCEPT] = max(
        0.0, min(1.0, p.accept_base - p.accept_full * obs[Obs.DEMAND_HOURS] / max(1.0, obs[Obs.HOURS]))
    )


@mechanism
def perceive(body):
    """Line bodies see their own desk."""
    for b in range(len(body.type)):
        if body.alive[b] == 1 and (body.type[b] == Body.SECURITY or body.type[b] == Body.MASS):
            body.obs[b, Obs.HOURS] = body.capacity[b, Pay.PUBLIC]
            body.obs[b, Obs.DEMAND_HOURS] = body.demand_hours[b]
            body.obs[b, Obs.LOAD] = body.load[b]


@mechanism
def decide(p, body):
    """Line bodies decide."""
    for b in range(len(body.type)):
        if body.alive[b] == 1 and (body.type[b] == Body.SECURITY or body.type[b] == Body.MASS):
            rule(body.obs[b], body.dec[b], p)
