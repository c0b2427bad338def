"""After each quarter the two sides of a property contract remember how it went: service delivered, fees paid.

Theory: trust between partners follows what each delivered (relational contracts: Macaulay 1963, ASR 28). The owners'
committee holds the service it has seen against the service it demanded, the firm the fees that came in against those
due. What each remembers weighs in how readily it takes a request of the other (routing, meetings). Nothing else moves.
"""

from sim.codes import Body
from sim.mechanisms.base import mechanism
from sim.params import Param

PARAMS = {
    "weight": Param(0.1, "1/quarter", 0.0, 0.3, "assumption", "weight of a quarter in what is remembered"),
}
SEEN, DEMANDED = 0, 1  # places in the observation and in the decision of an owners' committee


@mechanism(writes=("body.relation",))
def step(weight, estate_firm, estate_committee, estate_collection, body_alive, body_obs, body_dec, body_relation):
    """Owners' committee and firm of each estate draw their conclusions from the quarter."""
    for e in range(len(estate_firm)):
        f = estate_firm[e]
        o = estate_committee[e]
        if f < 0 or o < 0 or body_alive[f] == 0 or body_alive[o] == 0:
            continue
        demanded = max(body_dec[o, DEMANDED], 1e-9)
        kept = min(body_obs[o, SEEN] / demanded, 1.0)
        body_relation[o, Body.FIRM] += weight * (kept - body_relation[o, Body.FIRM])
        body_relation[f, Body.OWNERS] += weight * (estate_collection[e] - body_relation[f, Body.OWNERS])
