"""A social organisation or residents' group: serve, speak for members, or give up (A80, A82).

An organisation that lives on bought services speaks less against those who buy (Pfeffer & Salancik 1978).
"""

from dataclasses import dataclass

from sim.engine.kernel import kernel
from sim.engine.mechanism import mechanism
from sim.model.bodies.base import Decided, Observed, bounded, known, slots
from sim.vocabulary.codes import Body, Pay
from sim.vocabulary.params import Param

PARAMS = {
    "serve_base": Param(0.35, "share", 0.0, 0.8, "assumption", "readiness to serve with a poor relation and no use"),
    "serve_relation": Param(0.35, "share", 0.0, 0.8, "assumption", "more readiness at a perfect relation"),
    "serve_use": Param(0.3, "share", 0.0, 0.8, "assumption", "more readiness where members' hours find use"),
    "speak_base": Param(0.6, "share", 0.0, 1.0, "assumption", "readiness to speak for members when independent"),
    "silence": Param(0.8, "share", 0.0, 1.0, "assumption", "part of that readiness lost when all hours are bought"),
    "fewest": Param(4.0, "persons", 2.0, 10.0, "assumption", "members below which it gives up"),
}


@dataclass(frozen=True)
class Observation(Observed):
    """What an organisation or group knows about itself and those it deals with."""

    members: float = known("persons", "members")
    purse: float = known("yuan", "own means")
    hours: float = known("h/week", "members' hours")
    bought: float = known("h/week", "hours paid from its means")
    use: float = known("share", "smoothed share of its hours that found use")
    relation: float = known("share", "how dealings with the residents' committee went")
    autonomy: float = known("share", "freedom to speak for members")
    requests: float = known("cases", "requests of other bodies last week")


@dataclass(frozen=True)
class Decision(Decided):
    """What it decides every week."""

    serve: float = bounded(0.0, 1.0, "share", "readiness to take a request")
    speak: float = bounded(0.0, 1.0, "share", "effort to speak for members")
    stay: float = bounded(0.0, 1.0, "share", "readiness to go on; below one half it gives up")


Obs, Dec = slots(Observation), slots(Decision)


@kernel
def rule(obs, dec, p):
    """Default rule: serve where it is of use and well treated, speak where it is free to, stay while members do."""
    dec[Dec.SERVE] = min(1.0, p.serve_base + p.serve_relation * obs[Obs.RELATION] + p.serve_use * obs[Obs.USE])
    total = obs[Obs.HOURS] + obs[Obs.BOUGHT]
    bought = obs[Obs.BOUGHT] / total if total > 0.0 else 0.0
    dec[Dec.SPEAK] = p.speak_base * (1.0 - p.silence * bought) if obs[Obs.AUTONOMY] > 0.0 else 0.0
    dec[Dec.STAY] = 1.0 if obs[Obs.MEMBERS] >= p.fewest else 0.0


@mechanism
def perceive(rule, body):
    """An organisation sees its members, its money and how it was treated."""
    for b in range(len(body.type)):
        if (body.type[b] != Body.ORGANISATION and body.type[b] != Body.GROUP) or body.alive[b] == 0:
            continue
        obs = body.obs[b]
        obs[Obs.MEMBERS] = body.members[b]
        obs[Obs.PURSE] = body.purse[b]
        obs[Obs.HOURS] = body.capacity[b, Pay.VOLUNTEER]
        obs[Obs.BOUGHT] = body.capacity[b, Pay.FEE]
        obs[Obs.USE] = body.returned[b]
        obs[Obs.RELATION] = body.relation[b, Body.COMMITTEE]
        obs[Obs.AUTONOMY] = rule.autonomy[body.community[b]]
        obs[Obs.REQUESTS] = body.requests[b]


@mechanism
def decide(p, body):
    """Organisations and groups decide."""
    for b in range(len(body.type)):
        if (body.type[b] == Body.ORGANISATION or body.type[b] == Body.GROUP) and body.alive[b] == 1:
            rule(body.obs[b], body.dec[b], p)
