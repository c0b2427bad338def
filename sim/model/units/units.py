"""Resident units lend hours and rooms when they are asked; they give on when something came back (A14, A81).

Reciprocity in exchange networks (Gouldner 1960, Am. Sociological Review 25; Blau 1964). Who is asked: without a
broker those whom the community already knows well, with one everybody whose idle means are on the list.
"""

from sim.engine.mechanism import mechanism
from sim.engine.randomness import uniform
from sim.model.cases.find import spend
from sim.model.units.unit import Dec as UnitDec
from sim.vocabulary.codes import Body, Pay, Purpose, Stream
from sim.vocabulary.params import Param

PARAMS = {
    "unit_time": Param(0.15, "hours/week", 0.02, 0.5, "assumption", "hours a week a unit could lend per member"),
    "unit_hours": Param(12.0, "hours/week", 2.0, 40.0, "assumption", "most hours a unit lends a week"),
    "known": Param(0.4, "ratio", 0.1, 1.0, "A81; assumption on the value",
                   "chance that a unit with a perfect relation comes to mind in a month without a broker"),
    "broker_hours": Param(3.0, "hours/week", 0.5, 15.0, "assumption (A81)",
                          "keeping the list of idle means and needs up to date"),
    "return_memory": Param(0.95, "1/week", 0.8, 0.99, "assumption", "share of the sense of return kept a week"),
    "return_rate": Param(0.5, "hours/hour", 0.1, 2.0, "assumption",
                         "hours turned to a unit that count as full return for an hour it gave"),
    "turned_to_units": Param(0.1, "share", 0.0, 0.3, "assumption",
                             "share of own-initiative hours of Party organization and committee spent with units"),
}


@mechanism
def step(now, p, community, body):
    for b in range(len(body.type)):
        if body.type[b] != Body.UNIT:
            continue
        if now.week % 4 == 0:
            relation = max(body.relation[b, Body.PARTY], body.relation[b, Body.COMMITTEE])
            comes_to_mind = uniform(now.key, Purpose.RESOURCE, body.uid[b], now.week, 2) < p.known * relation
            listed = uniform(now.key, Purpose.RESOURCE, body.uid[b], now.week, 3) < community.listed[body.community[b]]
            body.asked[b] = 1 if listed or comes_to_mind else 0
        could = min(p.unit_hours, p.unit_time * body.members[b])
        body.capacity[b, Pay.VOLUNTEER] = (
            could * body.dec[b, UnitDec.LEND] if body.alive[b] == 1 and body.asked[b] == 1 else 0.0
        )


@mechanism
def broker(p, rule, community, body):
    """Where there is a broker, the Party organization's hours keep the list; it is as good as the hours given (A81)."""
    for c in range(len(community.full)):
        community.listed[c] = 0.0
        party = community.row_of[c, Body.PARTY]
        others = 0  # a list of nobody takes no time
        for b in range(len(body.type)):
            t = body.type[b]
            if body.community[b] == c and body.alive[b] == 1:
                others += t == Body.UNIT or t == Body.ORGANISATION or t == Body.GROUP
        if community.full[c] == 1 and rule.broker[c] == 1 and party >= 0 and others > 0:
            spent = spend(party, p.broker_hours, Pay.PUBLIC, Stream.COORDINATION, body)
            community.listed[c] = spent / p.broker_hours


@mechanism
def returns(p, community, body):
    """What the community's own initiative brings to the units that were asked, against what they gave (A14)."""
    for b in range(len(body.type)):
        if body.type[b] != Body.UNIT or body.alive[b] == 0:
            continue
        c = body.community[b]
        gave = 0.0
        for stream in range(body.hours.shape[2]):
            if stream != Stream.IDLE:
                gave += body.hours[b, Pay.VOLUNTEER, stream]
        if gave <= 0.0:
            continue
        visited = 0.0
        for turn in range(2):
            host = community.row_of[c, Body.PARTY + 0 if turn == 0 else Body.COMMITTEE + 0]
            if host >= 0:
                visited += body.hours[host, Pay.PUBLIC, Stream.INITIATIVE]
        others = 0.0
        for other in range(len(body.type)):
            if body.type[other] == Body.UNIT and body.community[other] == c and body.asked[other] == 1:
                others += 1.0
        back = p.turned_to_units * visited / max(1.0, others)
        body.returned[b] = p.return_memory * body.returned[b] + (1.0 - p.return_memory) * min(
            1.0, back / (p.return_rate * gave)
        )
