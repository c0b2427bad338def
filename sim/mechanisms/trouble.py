"""Escalations come on the office's books (A56, A75): it remembers where from, whatever lies behind them."""

from sim.mechanisms.base import mechanism
from sim.params import Param

PARAMS = {
    "smoothing": Param(0.05, "1/week", 0.01, 0.3, "assumption", "weight of the latest week in what the office remembers"),
}


@mechanism(writes=("community.known_trouble", "community.escalated"))
def step(
    smoothing,
    rows_used,
    active_case,
    community_known_trouble,
    community_escalated,
    case_community,
    case_petitions,
    case_skips,
    case_collective,
):
    for c in range(len(community_escalated)):
        community_known_trouble[c] -= smoothing * community_escalated[c]
        community_escalated[c] = 0.0
    for position in range(rows_used[2]):
        n = active_case[position]
        community_escalated[case_community[n]] += case_petitions[n] + case_skips[n] + case_collective[n]
    for c in range(len(community_escalated)):
        community_known_trouble[c] += smoothing * community_escalated[c]
