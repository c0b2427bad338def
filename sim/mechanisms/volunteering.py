"""Residents become volunteers or stop, once a year each: giving, belonging, peers, a call heeded, time (A52, A82).

Joining follows thresholds over ties (Granovetter 1978, AJS 83): a friend who volunteers counts when the share of such
friends reaches the person's own threshold. A call from the committee must reach a person, which takes staff hours, and
is heeded by those in whose eyes it stands well. Hours given come out of spare time.
"""

import math

import numpy as np

from sim.codes import Body, Pay, Purpose, Stream
from sim.mechanisms.base import mechanism
from sim.params import Param
from sim.randomness import uniform

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


@mechanism(writes=("resident.volunteer", "community.volunteer_hours"))
def step(
    key,
    week,
    join_level,
    leave_level,
    giving_slope,
    belonging_slope,
    peer_push,
    call_push,
    time_cost,
    calls_hour,
    time_share,
    community_adults,
    community_volunteer_hours,
    body_type,
    body_community,
    body_hours,
    link_start,
    tie_other,
    resident_uid,
    resident_community,
    resident_adult,
    resident_giving,
    resident_belonging,
    resident_standing,
    resident_threshold,
    resident_spare,
    resident_volunteer,
):
    called = np.zeros(len(community_adults))  # chance that a resident is asked within a year
    for b in range(len(body_type)):
        t = body_type[b]
        if body_community[b] >= 0 and (t == Body.COMMITTEE or t == Body.STATION or t == Body.MASS):
            called[body_community[b]] += body_hours[b, Pay.PUBLIC, Stream.INITIATIVE]
    for c in range(len(community_adults)):
        called[c] *= calls_hour * WEEKS / max(community_adults[c], 1)
        community_volunteer_hours[c] = 0.0
    turn = np.uint64((week // EVERY) % TURNS)
    n = len(resident_uid)
    flips = np.empty(n, dtype=np.int64)  # all decide on what they saw before anybody moved
    moved = 0
    for i in range(n):
        if resident_adult[i] == 0 or resident_uid[i] % np.uint64(TURNS) != turn:
            continue
        c = resident_community[i]
        first = int(link_start[i])
        last = int(link_start[i + 1])
        active = 0
        for k in range(first, last):
            active += resident_volunteer[tie_other[k]]
        value = (
            giving_slope * (resident_giving[i] - MIDDLE)
            + belonging_slope * (resident_belonging[i] - MIDDLE)
            - time_cost / (1.0 + resident_spare[i])
        )
        if active > 0 and active >= resident_threshold[i] * (last - first):
            value += peer_push
        if uniform(key, Purpose.MOBILISE, resident_uid[i], week, ASKED) < called[c]:
            value += call_push * resident_standing[i]
        u = uniform(key, Purpose.MOBILISE, resident_uid[i], week, MOVES)
        if resident_volunteer[i] == 0:
            change = u < 1.0 / (1.0 + math.exp(-join_level - value))
        else:
            change = u < 1.0 / (1.0 + math.exp(-leave_level + value))
        if change:
            flips[moved] = i
            moved += 1
    for k in range(moved):
        resident_volunteer[flips[k]] = 1 - resident_volunteer[flips[k]]
    for i in range(n):
        if resident_volunteer[i] != 0:
            community_volunteer_hours[resident_community[i]] += time_share * resident_spare[i]
