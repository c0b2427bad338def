"""Residents become volunteers or stop, once a year each: giving, belonging, peers, a call heeded, time (A52, A82).

Joining follows thresholds over ties (Granovetter 1978, AJS 83): a friend who volunteers counts when the share of such
friends reaches the person's own threshold. A call from the committee must reach a person, which takes staff hours, and
is heeded by those in whose eyes it stands well. Hours given come out of spare time.
"""

import math

import numpy as np

from sim.engine.mechanism import mechanism
from sim.engine.randomness import uniform
from sim.vocabulary.codes import Body, Pay, Purpose, Stream
from sim.vocabulary.params import Param

PARAMS = {
    "join_level": Param(-5.0, "utils", -8.0, -2.0, "assumption to E50", "joining within a year, a middling resident"),
    "leave_level": Param(-1.1, "utils", -3.0, 1.0, "assumption", "stopping within a year, a middling volunteer"),
    "giving_slope": Param(2.0, "utils", 0.0, 5.0, "assumption", "readiness to give, about its middle"),
    "belonging_slope": Param(2.0, "utils", 0.0, 5.0, "assumption", "belonging, about its middle, in volunteering"),
    "peer_push": Param(
        1.0, "utils", 0.0, 3.0, "Granovetter 1978 (form); assumption", "when the own threshold is reached"
    ),
    "call_push": Param(2.0, "utils", 0.0, 5.0, "assumption (A52)", "a call, times the committee's standing"),
    "time_cost": Param(2.0, "utils", 0.0, 6.0, "assumption", "cost of time, over one plus spare hours a week"),
    "calls_hour": Param(
        0.2, "persons/hour", 0.0, 2.0, "assumption", "persons asked in an hour of visiting and culture work"
    ),
    "time_share": Param(0.15, "share", 0.02, 0.5, "assumption to E50", "of spare time that an active volunteer gives"),
}
MIDDLE = 0.5
WEEKS = 52
EVERY = 4  # weeks between two steps
TURNS = 13  # steps a year; each resident reconsiders at one of them
ASKED, MOVES = 10, 11  # slots beside those of mobilising, which shares the purpose


@mechanism
def step(now, p, community, body, link, tie, resident):
    called = np.zeros(len(community.adults))  # chance that a resident is asked within a year
    for b in range(len(body.type)):
        t = body.type[b]
        if body.community[b] >= 0 and (t == Body.COMMITTEE or t == Body.STATION or t == Body.MASS):
            called[body.community[b]] += body.hours[b, Pay.PUBLIC, Stream.INITIATIVE]
    for c in range(len(community.adults)):
        called[c] *= p.calls_hour * WEEKS / max(community.adults[c], 1)
        community.volunteer_hours[c] = 0.0
    turn = np.uint64((now.week // EVERY) % TURNS)
    n = len(resident.uid)
    flips = np.empty(n, dtype=np.int64)  # all decide on what they saw before anybody moved
    moved = 0
    for i in range(n):
        if resident.adult[i] == 0 or resident.uid[i] % np.uint64(TURNS) != turn:
            continue
        c = resident.community[i]
        first = int(link.start[i])
        last = int(link.start[i + 1])
        active = 0
        for k in range(first, last):
            active += resident.volunteer[tie.other[k]]
        value = (
            p.giving_slope * (resident.giving[i] - MIDDLE)
            + p.belonging_slope * (resident.belonging[i] - MIDDLE)
            - p.time_cost / (1.0 + resident.spare[i])
        )
        if active > 0 and active >= resident.threshold[i] * (last - first):
            value += p.peer_push
        if uniform(now.key, Purpose.MOBILISE, resident.uid[i], now.week, ASKED) < called[c]:
            value += p.call_push * resident.standing[i]
        u = uniform(now.key, Purpose.MOBILISE, resident.uid[i], now.week, MOVES)
        if resident.volunteer[i] == 0:
            change = u < 1.0 / (1.0 + math.exp(-p.join_level - value))
        else:
            change = u < 1.0 / (1.0 + math.exp(-p.leave_level + value))
        if change:
            flips[moved] = i
            moved += 1
    for k in range(moved):
        resident.volunteer[flips[k]] = 1 - resident.volunteer[flips[k]]
    for i in range(n):
        if resident.volunteer[i] != 0:
            community.volunteer_hours[resident.community[i]] += p.time_share * resident.spare[i]
