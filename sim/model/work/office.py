"""The subdistrict office over its span: other communities' load, attention, items for those who deliver, inspection.

The office sees what is reported: items in time, visible results, trouble on its books. Supervision time per community
is its hours over its span (A22). Most of its hours go to tasks from further up that are none of the communities'.
Reduced neighbours load its desks with the same kinds of cases, close files, cause trouble and have records that drift
(first-order autoregression), so that attention, items and money are really shared out (鞭打快牛).
"""

import math

from sim.engine.kernel import kernel
from sim.engine.mechanism import mechanism
from sim.engine.randomness import normal, poisson
from sim.model.bodies.street_office import Dec as StreetOfficeDec
from sim.model.cases.find import spend
from sim.vocabulary.codes import Pay, Purpose, Stream
from sim.vocabulary.params import Param, Shared

ASSUMED = "assumption"
PARAMS = {
    "own_tasks": Param(0.7, "share", 0.0, 0.95, ASSUMED, "hours that the district's tasks and other departments take"),
    "neighbour_cases": Param(0.55, "cases/week per 5,000 residents", 0.1, 3.0,
                             "assumption; E23 (0.55 per 1,000 a month passed on)", "cases that a neighbour sends up"),
    "standard_residents": Shared("items.standard_residents"),
    "neighbour_case_hours": Param(3.0, "hours", 0.5, 10.0, ASSUMED,
                                  "the office's hours for one of them, enforcement included"),
    "neighbour_closed": Param(1.0, "files/week per 5,000 residents", 0.1, 5.0, ASSUMED,
                              "files of kinds looked at that neighbours close"),
    "neighbour_trouble": Param(0.3, "cases/week per 5,000 residents", 0.0, 2.0, ASSUMED,
                               "escalations from a neighbour"),
    "drift": Param(0.05, "1/week", 0.01, 0.2, ASSUMED, "return of a neighbour's record to its mean"),
    "drift_sd": Param(0.02, "share", 0.0, 0.1, ASSUMED, "weekly shock to a neighbour's record"),
    "neighbour_mean": Param(0.85, "share", 0.5, 1.0, ASSUMED, "inspected items that neighbours deliver in time"),
    "floor": Param(0.3, "ratio", 0.0, 1.0, ASSUMED, "attention that is shared out evenly"),
    "trouble_weight": Param(0.5, "1/case", 0.0, 2.0, ASSUMED, "attention drawn by each escalation a week"),
    "more_for_able": Param(0.6, "ratio", 0.0, 2.0, ASSUMED + " (鞭打快牛)",
                           "items moved towards communities that deliver, at full favour"),
    "weight_rate": Param(0.02, "1/week", 0.0, 0.2, ASSUMED, "speed at which items are re-allotted"),
    "file_minutes": Param(0.5, "hours", 0.1, 2.0, ASSUMED, "looking into one closed file"),
    "screen_minutes": Param(0.25, "hours", 0.05, 1.0, ASSUMED + " (A28)",
                            "looking into one closed file on the screen where the subdistrict is linked"),
    "smoothing": Param(0.05, "1/week", 0.01, 0.3, ASSUMED, "weight of the latest week in what the office remembers"),
    "visible_decay": Param(0.01, "1/week", 0.0, 0.1, ASSUMED, "visible results are forgotten"),
}


@kernel
def count_full(community):
    """Number of communities simulated in full."""
    n = 0
    for c in range(len(community.full)):
        n += community.full[c]
    return n


@mechanism
def step(now, p, rule, community, body):
    span = len(community.full)
    total = 0.0
    for c in range(span):
        # what the communities put on the office's books last week; `trouble` adds the full ones' escalations
        size = community.residents[c] / p.standard_residents
        seen = community.closed_seen[c]
        community.known_trouble[c] *= 1.0 - p.smoothing
        if community.full[c] == 0:
            seen = poisson(p.neighbour_closed * size, now.key, Purpose.ABOVE_LOAD, community.uid[c], now.week, 2)
            trouble = poisson(p.neighbour_trouble * size, now.key, Purpose.ABOVE_LOAD, community.uid[c], now.week, 3)
            community.known_trouble[c] += p.smoothing * trouble
        community.visible[c] += p.visible_decay * (seen - community.visible[c])
        if community.full[c] == 0:
            # a neighbour's record drifts about its mean; its cases queue at the office
            shock = p.drift_sd * normal(now.key, Purpose.ABOVE_LOAD, community.uid[c], now.week, 0)
            value = community.delivered[c] + p.drift * (p.neighbour_mean - community.delivered[c]) + shock
            community.delivered[c] = min(1.0, max(0.0, value))
            cases = poisson(p.neighbour_cases * size, now.key, Purpose.ABOVE_LOAD, community.uid[c], now.week, 1)
            community.neighbour_hours[c] += p.neighbour_case_hours * cases
    # supervision: hours for looking into files, spread over the span
    available = body.left[0, Pay.PUBLIC]
    looking = spend(0, body.dec[0, StreetOfficeDec.INSPECT] * available, Pay.PUBLIC, Stream.OVERSIGHT, body)
    spend(0, p.own_tasks * available, Pay.PUBLIC, Stream.ABOVE, body)
    available = body.left[0, Pay.PUBLIC]
    waiting = 0.0
    for c in range(span):
        waiting += community.neighbour_hours[c]
    # hours for the neighbours' cases: the office's share for cases, less what the full communities' cases will take
    budget = body.dec[0, StreetOfficeDec.CASES] * available * (span - count_full(community)) / span
    done = min(budget, waiting)
    if done > 0.0:
        spend(0, done, Pay.PUBLIC, Stream.DEMAND, body)
        for c in range(span):
            community.neighbour_hours[c] *= 1.0 - done / waiting
    favour = body.dec[0, StreetOfficeDec.FAVOUR]
    mean_delivered = 0.0
    for c in range(span):
        mean_delivered += community.delivered[c] / span
    for c in range(span):
        total += p.floor + (1.0 - p.floor) * community.delivered[c] + p.trouble_weight * community.known_trouble[c]
    for c in range(span):
        share = (
            p.floor + (1.0 - p.floor) * community.delivered[c] + p.trouble_weight * community.known_trouble[c]
        ) / total
        community.attention[c] = (1.0 - p.smoothing) * community.attention[c] + p.smoothing * share
        lead = (community.delivered[c] - mean_delivered) / max(0.05, mean_delivered)
        wanted = math.exp(p.more_for_able * favour * lead)
        community.task_weight[c] += p.weight_rate * (wanted - community.task_weight[c])
        if community.full[c] == 1:
            # as many files as it has time for among those that each community closes in a week
            expected = max(1.0, community.closed_lately[c])
            each = p.screen_minutes if rule.levels[c] >= 2 else p.file_minutes
            community.inspected[c] = min(1.0, looking / each * community.attention[c] / expected)
