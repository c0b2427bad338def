"""Escalations come on the office's books and take its hours (A56, A75): it remembers where from, not what for."""

from sim.codes import Pay, Stream
from sim.mechanisms.base import mechanism
from sim.mechanisms.find import spend
from sim.params import Param, Shared

PARAMS = {
    "smoothing": Shared("office.smoothing"),
    "petition_hours": Param(1.0, "hours", 0.2, 5.0, "assumption",
                            "the office's own time for a petition: hearing, handing down"),
}


@mechanism(writes=("community.known_trouble", "community.escalated", "body.left", "body.hours"))
def step(
    smoothing,
    petition_hours,
    rows_used,
    active_case,
    community_escalations,
    community_known_trouble,
    community_escalated,
    body_left,
    body_hours,
    case_community,
    case_petitions,
    case_skips,
    case_collective,
):
    for c in range(len(community_escalated)):
        # the office forgets at the same rate, see `office`
        community_known_trouble[c] += smoothing * community_escalations[c]
        community_escalated[c] = 0.0
        spend(0, petition_hours * community_escalations[c], Pay.PUBLIC, Stream.COORDINATION, body_left, body_hours)
    for position in range(rows_used[2]):
        n = active_case[position]
        community_escalated[case_community[n]] += case_petitions[n] + case_skips[n] + case_collective[n]
