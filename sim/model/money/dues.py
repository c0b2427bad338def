"""After each quarter the two sides of a property contract remember how it went: service delivered, fees paid.

Theory: trust between partners follows what each delivered (relational contracts: Macaulay 1963, ASR 28). The owners'
committee holds the service it has seen against the service it demanded, the firm the fees that came in against those
due. What each remembers weighs in how readily it takes a request of the other (routing, meetings). Nothing else moves.
"""

from sim.engine.mechanism import mechanism
from sim.model.bodies.owners import Dec as OwnersDec
from sim.model.bodies.owners import Obs as OwnersObs
from sim.vocabulary.codes import Body
from sim.vocabulary.params import Param

PARAMS = {
    "weight": Param(0.1, "1/quarter", 0.0, 0.3, "assumption", "weight of a quarter in what is remembered"),
}


@mechanism
def step(p, estate, body):
    """Owners' committee and firm of each estate draw their conclusions from the quarter."""
    for e in range(len(estate.firm)):
        f = estate.firm[e]
        o = estate.committee[e]
        if f < 0 or o < 0 or body.alive[f] == 0 or body.alive[o] == 0:
            continue
        demanded = max(body.dec[o, OwnersDec.BARGAIN], 1e-9)
        kept = min(body.obs[o, OwnersObs.SERVICE] / demanded, 1.0)
        body.relation[o, Body.FIRM] += p.weight * (kept - body.relation[o, Body.FIRM])
        body.relation[f, Body.OWNERS] += p.weight * (estate.collection[e] - body.relation[f, Body.OWNERS])
