"""Resident units lend hours and rooms when they are asked; they give on when something came back (A14, A81).

Reciprocity in exchange networks (Gouldner 1960, Am. Sociological Review 25; Blau 1964). Who is asked: without a
broker those whom the community already knows well, with one everybody whose idle means are on the list.
"""

from sim.codes import Body, Pay, Purpose, Stream
from sim.mechanisms.base import mechanism
from sim.mechanisms.find import spend
from sim.params import Param
from sim.randomness import uniform

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


@mechanism(writes=("body.asked", "body.capacity"))
def step(
    key, week, unit_time, unit_hours, known, community_listed, body_uid, body_type, body_community, body_alive,
    body_members, body_relation, body_dec, body_asked, body_capacity,
):
    for b in range(len(body_type)):
        if body_type[b] != Body.UNIT:
            continue
        if week % 4 == 0:
            relation = max(body_relation[b, Body.PARTY], body_relation[b, Body.COMMITTEE])
            comes_to_mind = uniform(key, Purpose.RESOURCE, body_uid[b], week, 2) < known * relation
            listed = uniform(key, Purpose.RESOURCE, body_uid[b], week, 3) < community_listed[body_community[b]]
            body_asked[b] = 1 if listed or comes_to_mind else 0
        could = min(unit_hours, unit_time * body_members[b])
        body_capacity[b, Pay.VOLUNTEER] = could * body_dec[b, 0] if body_alive[b] == 1 and body_asked[b] == 1 else 0.0


@mechanism(writes=("community.listed", "body.left", "body.hours"))
def broker(
    broker_hours, rule_broker, community_full, community_row_of, community_listed, body_type, body_community,
    body_alive, body_left, body_hours,
):
    """Where there is a broker, the Party organization's hours keep the list; it is as good as the hours given (A81)."""
    for c in range(len(community_full)):
        community_listed[c] = 0.0
        party = community_row_of[c, Body.PARTY]
        others = 0  # a list of nobody takes no time
        for b in range(len(body_type)):
            t = body_type[b]
            if body_community[b] == c and body_alive[b] == 1:
                others += t == Body.UNIT or t == Body.ORGANISATION or t == Body.GROUP
        if community_full[c] == 1 and rule_broker[c] == 1 and party >= 0 and others > 0:
            spent = spend(party, broker_hours, Pay.PUBLIC, Stream.COORDINATION, body_left, body_hours)
            community_listed[c] = spent / broker_hours


@mechanism(writes=("body.returned",))
def returns(
    return_memory, return_rate, turned_to_units, community_row_of, body_type, body_community, body_alive, body_asked,
    body_hours, body_returned,
):
    """What the community's own initiative brings to the units that were asked, against what they gave (A14)."""
    for b in range(len(body_type)):
        if body_type[b] != Body.UNIT or body_alive[b] == 0:
            continue
        c = body_community[b]
        gave = 0.0
        for stream in range(body_hours.shape[2]):
            if stream != Stream.IDLE:
                gave += body_hours[b, Pay.VOLUNTEER, stream]
        if gave <= 0.0:
            continue
        visited = 0.0
        for turn in range(2):
            host = community_row_of[c, Body.PARTY + 0 if turn == 0 else Body.COMMITTEE + 0]
            if host >= 0:
                visited += body_hours[host, Pay.PUBLIC, Stream.INITIATIVE]
        others = 0.0
        for other in range(len(body_type)):
            if body_type[other] == Body.UNIT and body_community[other] == c and body_asked[other] == 1:
                others += 1.0
        back = turned_to_units * visited / max(1.0, others)
        body_returned[b] = return_memory * body_returned[b] + (1.0 - return_memory) * min(
            1.0, back / (return_rate * gave)
        )
