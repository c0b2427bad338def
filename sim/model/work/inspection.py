"""The year-end inspection: what was reported in time, less what was refused; project money follows it (A86, A89, A50).

Under a gate that the community keeps itself a refused duty is work that the office has to do or to find somebody for,
and the office is the one that rates (yardsticks set by the principal: Holmstrom 1979). The rating moves no attitude:
it is money next year, the part of the head's own pay that hangs on it where the rule says so, and what the head
remembers when the next duty comes to the gate.
"""

from sim.engine.mechanism import mechanism
from sim.model.cases.find import spend
from sim.vocabulary.codes import Body, Pay, Stream
from sim.vocabulary.params import Param

ASSUMED = "assumption"
PARAMS = {
    "held_against": Param(2.0, "1", 0.0, 6.0, ASSUMED + " (A86)", "rating lost for each share of items refused"),
    "visit_hours": Param(8.0, "hours", 1.0, 40.0, ASSUMED, "the office's hours for the inspection of one community"),
    "show_hours": Param(12.0, "hours", 0.0, 60.0, ASSUMED, "hours in which a community shows its papers"),
}


@mechanism
def step(p, rule, community, body):
    for c in range(len(community.full)):
        lost = 0.0
        if community.full[c] == 1:
            spend(0, p.visit_hours, Pay.PUBLIC, Stream.OVERSIGHT, body)
            host = community.row_of[c, Body.COMMITTEE]
            if host >= 0:
                spend(host, p.show_hours, Pay.PUBLIC, Stream.OVERSIGHT, body)
            if rule.rated[c] == 1 and community.offered_year[c] > 0.0:
                lost = min(1.0, p.held_against * community.refused_year[c] / community.offered_year[c])
        community.rating_lost[c] = lost * community.delivered[c]
        community.rating[c] = community.delivered[c] - community.rating_lost[c]
        community.refused_year[c] = 0.0
        community.offered_year[c] = 0.0
