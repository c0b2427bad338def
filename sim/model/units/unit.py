"""A resident unit: how much of its idle means it lends when asked (A14, A81; Gouldner 1960)."""

from dataclasses import dataclass

from sim.engine.kernel import kernel
from sim.engine.mechanism import mechanism
from sim.model.bodies.base import Decided, Observed, bounded, known, slots
from sim.vocabulary.codes import Body
from sim.vocabulary.params import Param

PARAMS = {
    "lend_relation": Param(0.35, "share", 0.0, 0.8, "assumption", "weight of the relation with those who ask"),
    "lend_return": Param(0.45, "share", 0.0, 0.8, "A14; assumption on the value", "weight of what came back"),
    "lend_credit": Param(0.15, "share", 0.0, 0.5, "A14; assumption on the value", "weight of being seen to help"),
    "tired": Param(0.05, "1/case", 0.0, 0.3, "assumption", "less readiness for each request last week"),
}


@dataclass(frozen=True)
class Observation(Observed):
    """What a unit knows about those who ask and what it got back."""

    asked: float = known("flag", "1 when it was asked this month")
    returned: float = known("share", "smoothed sense of return")
    relation: float = known("share", "how dealings with Party organization or committee went, the better of the two")
    requests: float = known("cases", "requests last week")
    credit: float = known("share", "how visible the community is among its neighbours")
    members: float = known("persons", "its staff")


@dataclass(frozen=True)
class Decision(Decided):
    """What a unit decides every week."""

    lend: float = bounded(0.0, 1.0, "share", "share of its idle means that it lends")


Obs, Dec = slots(Observation), slots(Decision)


@kernel
def rule(obs, dec, p):
    """Default rule: lend by relation, return and credit, less when asked often."""
    dec[Dec.LEND] = 0.0
    if obs[Obs.ASKED] > 0.5:
        wish = (
            p.lend_relation * obs[Obs.RELATION]
            + p.lend_return * obs[Obs.RETURNED]
            + p.lend_credit * obs[Obs.CREDIT]
            - p.tired * obs[Obs.REQUESTS]
        )
        dec[Dec.LEND] = min(1.0, max(0.0, wish))


@mechanism
def perceive(community, body):
    """A unit sees whether it is asked, how it was treated and who looks."""
    mean = 0.0
    for c in range(len(community.visible)):
        mean += community.visible[c] / len(community.visible)
    for b in range(len(body.type)):
        if body.type[b] != Body.UNIT or body.alive[b] == 0:
            continue
        own = community.visible[body.community[b]]
        obs = body.obs[b]
        obs[Obs.ASKED] = body.asked[b]
        obs[Obs.RETURNED] = body.returned[b]
        obs[Obs.RELATION] = max(body.relation[b, Body.PARTY], body.relation[b, Body.COMMITTEE])
        obs[Obs.REQUESTS] = body.requests[b]
        obs[Obs.CREDIT] = own / (own + mean) if own + mean > 0.0 else 0.5
        obs[Obs.MEMBERS] = body.members[b]


@mechanism
def decide(p, body):
    """Units decide."""
    for b in range(len(body.type)):
        if body.type[b] == Body.UNIT and body.alive[b] == 1:
            rule(body.obs[b], body.dec[b], p)
