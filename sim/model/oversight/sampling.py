"""The supervisory board looks into closed files and publishes gaps, member by member (A18).

A member who holds a post in the bodies that are looked into decides against the own principal when publishing
(agency with two principals: Bernheim & Whinston 1986), so the same finding comes out or does not.
"""

from sim.engine.mechanism import mechanism
from sim.engine.randomness import uniform
from sim.engine.sets import among
from sim.model.bodies.board import Dec as BoardDec
from sim.model.cases.life import reopen
from sim.vocabulary.codes import Body, File, Meeting, Pay, Purpose, Rows, Stream, Truth
from sim.vocabulary.params import Param, Shared
from sim.vocabulary.sets import BOARD_SEATS

PARAMS = {
    "file_hours": Param(1.5, "hours", 0.5, 5.0, "assumption",
                        "hours to look into one closed file and ask the resident"),
    "look_back": Param(130.0, "working days", 20.0, 260.0, "assumption", "age of closures that are looked into"),
    "seen_through": Param(0.8, "probability", 0.4, 1.0, "assumption", "a paper closure that is looked into is noticed"),
    "loyalty": Param(0.7, "share", 0.0, 1.0, "A12, A18; assumption on the value",
                     "part of the readiness to publish lost when the member holds another post here"),
    "attend_base": Param(0.5, "share", 0.1, 0.9, "assumption",
                         "chance to come to the board's sitting of a member without stake or belief"),
    "attend_gain": Shared("council.attend_gain"),
    "recall_fear": Shared("council.recall_fear"),
    "news_memory": Param(0.92, "1/week", 0.7, 0.99, "assumption: a quarter",
                         "share of published gaps remembered a week"),
}


@mechanism
def step(now, p, community, body, kind, resident, case, rows):
    for c in range(len(community.published)):
        community.published[c] *= p.news_memory
    today = now.week * 5.0 + 5.0
    for b in range(len(body.type)):
        if body.type[b] != Body.BOARD or body.alive[b] == 0 or body.members[b] <= 0.0:
            continue
        c = body.community[b]
        if community.meeting_due[c, Meeting.BOARD] == 1:  # members who miss the sitting take no files this week
            absent = 0.0
            for i in range(len(resident.seat)):
                if resident.community[i] != c or not among(resident.seat[i], BOARD_SEATS):
                    continue
                chance = p.attend_base + p.attend_gain * resident.stake[i] * resident.efficacy[i]
                if body.elected_week[b] > 0 and body.sittings[b] > 0:
                    chance += (1.0 - chance) * p.recall_fear * resident.missed[i] / body.sittings[b]
                if uniform(now.key, Purpose.OVERSIGHT, resident.uid[i], now.week, 10) >= chance:
                    absent += 1.0
                    resident.missed[i] += 1
            body.sittings[b] += 1
            unused = body.left[b, Pay.BOARD] * min(1.0, absent / body.members[b])
            body.left[b, Pay.BOARD] -= unused
            body.hours[b, Pay.BOARD, Stream.IDLE] += unused
        room = body.dec[b, BoardDec.SAMPLE] * body.left[b, Pay.BOARD] / p.file_hours
        eligible = 0.0
        for n in range(rows.used[Rows.CASE]):
            if case.community[n] == c and case.file[n] == File.CLOSED and today - case.last_closed[n] <= p.look_back:
                eligible += 1.0
        if eligible <= 0.0 or room <= 0.0:
            continue
        spent = 0.0
        for n in range(rows.used[Rows.CASE]):
            if case.community[n] != c or case.file[n] != File.CLOSED or today - case.last_closed[n] > p.look_back:
                continue
            if spent + p.file_hours > body.left[b, Pay.BOARD]:
                break
            if uniform(now.key, Purpose.OVERSIGHT, case.uid[n], now.week, 0) >= room / eligible:
                continue
            spent += p.file_hours
            if case.paper[n] == 0 or uniform(now.key, Purpose.OVERSIGHT, case.uid[n], now.week, 1) >= p.seen_through:
                continue
            ready = body.dec[b, BoardDec.PUBLISH]
            if uniform(now.key, Purpose.OVERSIGHT, case.uid[n], now.week, 2) < body.crossed_members[b]:
                ready *= 1.0 - p.loyalty
            if uniform(now.key, Purpose.OVERSIGHT, case.uid[n], now.week, 3) >= ready:
                continue
            community.published[c] += 1.0
            if case.truth[n] == Truth.OPEN:
                reopen(n, today, today + kind.promise[case.kind[n]], case)
        body.left[b, Pay.BOARD] -= spent
        body.hours[b, Pay.BOARD, Stream.OVERSIGHT] += spent
        for i in range(len(resident.seat)):
            if resident.community[i] == c and among(resident.seat[i], BOARD_SEATS):
                resident.hours[i, Pay.BOARD] += spent / body.members[b]
