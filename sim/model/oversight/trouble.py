"""Escalations come on the office's books and take its hours (A56, A75): it remembers where from, not what for."""

from sim.engine.mechanism import mechanism
from sim.model.cases.find import spend
from sim.vocabulary.codes import Pay, Rows, Stream
from sim.vocabulary.params import Param, Shared

PARAMS = {
    "smoothing": Shared("office.smoothing"),
    "petition_hours": Param(1.0, "hours", 0.2, 5.0, "assumption",
                            "the office's own time for a petition: hearing, handing down"),
}


@mechanism
def step(p, rows, active, community, body, case):
    for c in range(len(community.escalated)):
        # the office forgets at the same rate, see `office`
        community.known_trouble[c] += p.smoothing * community.escalations[c]
        community.escalated[c] = 0.0
        spend(0, p.petition_hours * community.escalations[c], Pay.PUBLIC, Stream.COORDINATION, body)
    for position in range(rows.used[Rows.ACTIVE]):
        n = active.case[position]
        community.escalated[case.community[n]] += case.petitions[n] + case.skips[n] + case.collective[n]
