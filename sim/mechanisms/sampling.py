"""The supervisory board looks into closed files and publishes gaps, member by member (A18).

A member who holds a post in the bodies that are looked into decides against the own principal when publishing
(agency with two principals: Bernheim & Whinston 1986), so the same finding comes out or does not.
"""

from sim.codes import Body, File, Meeting, Pay, Purpose, Step, Stream, Truth
from sim.mechanisms.base import mechanism
from sim.params import Param, Shared
from sim.randomness import uniform

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


@mechanism(writes=("community.published", "body.left", "body.hours", "resident.hours", "resident.missed",
                   "body.sittings", "case.file", "case.ready",
                   "case.since", "case.body", "case.step", "case.paper", "case.judged", "case.promised"))
def step(
    key, week, file_hours, look_back, seen_through, loyalty, attend_base, attend_gain, recall_fear, news_memory,
    community_meeting_due, community_published, body_type,
    body_community, body_alive, body_members, body_crossed_members, body_dec, body_left, body_hours,
    kind_promise, body_sittings, body_elected_week, resident_uid, resident_community, resident_seat, resident_stake,
    resident_efficacy, resident_missed, resident_hours, case_uid, case_community, case_kind, case_file,
    case_truth, case_owner, case_promised,
    case_last_closed, case_paper, case_ready, case_since, case_body, case_step, case_judged, rows_used,
):
    for c in range(len(community_published)):
        community_published[c] *= news_memory
    now = week * 5.0 + 5.0
    for b in range(len(body_type)):
        if body_type[b] != Body.BOARD or body_alive[b] == 0 or body_members[b] <= 0.0:
            continue
        c = body_community[b]
        if community_meeting_due[c, Meeting.BOARD] == 1:  # members who miss the sitting take no files this week
            absent = 0.0
            for i in range(len(resident_seat)):
                if resident_community[i] != c or resident_seat[i] < 3:
                    continue
                chance = attend_base + attend_gain * resident_stake[i] * resident_efficacy[i]
                if body_elected_week[b] > 0 and body_sittings[b] > 0:
                    chance += (1.0 - chance) * recall_fear * resident_missed[i] / body_sittings[b]
                if uniform(key, Purpose.OVERSIGHT, resident_uid[i], week, 10) >= chance:
                    absent += 1.0
                    resident_missed[i] += 1
            body_sittings[b] += 1
            unused = body_left[b, Pay.BOARD] * min(1.0, absent / body_members[b])
            body_left[b, Pay.BOARD] -= unused
            body_hours[b, Pay.BOARD, Stream.IDLE] += unused
        room = body_dec[b, 0] * body_left[b, Pay.BOARD] / file_hours
        eligible = 0.0
        for n in range(rows_used[0]):
            if case_community[n] == c and case_file[n] == File.CLOSED and now - case_last_closed[n] <= look_back:
                eligible += 1.0
        if eligible <= 0.0 or room <= 0.0:
            continue
        spent = 0.0
        for n in range(rows_used[0]):
            if case_community[n] != c or case_file[n] != File.CLOSED or now - case_last_closed[n] > look_back:
                continue
            if spent + file_hours > body_left[b, Pay.BOARD]:
                break
            if uniform(key, Purpose.OVERSIGHT, case_uid[n], week, 0) >= room / eligible:
                continue
            spent += file_hours
            if case_paper[n] == 0 or uniform(key, Purpose.OVERSIGHT, case_uid[n], week, 1) >= seen_through:
                continue
            ready = body_dec[b, 1]
            if uniform(key, Purpose.OVERSIGHT, case_uid[n], week, 2) < body_crossed_members[b]:
                ready *= 1.0 - loyalty
            if uniform(key, Purpose.OVERSIGHT, case_uid[n], week, 3) >= ready:
                continue
            community_published[c] += 1.0
            if case_truth[n] == Truth.OPEN:
                case_file[n] = File.ROUTED
                case_body[n] = case_owner[n]
                case_step[n] = Step.INTAKE
                case_promised[n] = now + kind_promise[case_kind[n]]
                case_ready[n] = now
                case_since[n] = now
                case_paper[n] = 0
                case_judged[n] = 0
        body_left[b, Pay.BOARD] -= spent
        body_hours[b, Pay.BOARD, Stream.OVERSIGHT] += spent
        for i in range(len(resident_seat)):
            if resident_community[i] == c and resident_seat[i] >= 3:
                resident_hours[i, Pay.BOARD] += spent / body_members[b]
