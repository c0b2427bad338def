"""The year-end inspection: what was reported in time, less what was refused; project money follows it (A86, A89, A50).

Under a gate that the community keeps itself a refused duty is work that the office has to do or to find somebody for,
and the office is the one that rates (yardsticks set by the principal: Holmstrom 1979). The rating moves no attitude:
it is money next year, the part of the head's own pay that hangs on it where the rule says so, and what the head
remembers when the next duty comes to the gate.
"""

from sim.codes import Body, Pay, Stream
from sim.mechanisms.base import mechanism
from sim.mechanisms.find import spend
from sim.params import Param

ASSUMED = "assumption"
PARAMS = {
    "held_against": Param(2.0, "1", 0.0, 6.0, ASSUMED + " (A86)", "rating lost for each share of items refused"),
    "visit_hours": Param(8.0, "hours", 1.0, 40.0, ASSUMED, "the office's hours for the inspection of one community"),
    "show_hours": Param(12.0, "hours", 0.0, 60.0, ASSUMED, "hours in which a community shows its papers"),
}


@mechanism(
    writes=("community.rating", "community.rating_lost", "community.refused_year", "community.offered_year",
            "body.left", "body.hours")
)
def step(
    held_against, visit_hours, show_hours, rule_rated, community_full, community_delivered, community_row_of,
    community_rating, community_rating_lost, community_refused_year, community_offered_year, body_left, body_hours,
):
    for c in range(len(community_full)):
        lost = 0.0
        if community_full[c] == 1:
            spend(0, visit_hours, Pay.PUBLIC, Stream.OVERSIGHT, body_left, body_hours)
            host = community_row_of[c, Body.COMMITTEE]
            if host >= 0:
                spend(host, show_hours, Pay.PUBLIC, Stream.OVERSIGHT, body_left, body_hours)
            if rule_rated[c] == 1 and community_offered_year[c] > 0.0:
                lost = min(1.0, held_against * community_refused_year[c] / community_offered_year[c])
        community_rating_lost[c] = lost * community_delivered[c]
        community_rating[c] = community_delivered[c] - community_rating_lost[c]
        community_refused_year[c] = 0.0
        community_offered_year[c] = 0.0
