"""The congress of community members' representatives fills council and supervisory board and recalls members (A19).

It sits at its own dates, and anew after a quarter while a body has no members and enough people stand. Without a quorum
of representatives it decides nothing. Each representative present votes among those who stand, and prefers the able and
giving, the friend, and the member who came to the sittings; the names with most votes fill the seats. At every
sitting the list of who missed which sittings is gone through: each representative decides for himself whether a
member goes, and a majority of those present recalls him (mandate and sanction: Ferejohn 1986, Public Choice 50).
Whoever is elected keeps the posts he has. Between two sittings the board is its standing body.
"""

import numpy as np

from sim.codes import Body, Meeting, Purpose
from sim.mechanisms.assemblies import attendance
from sim.mechanisms.ballots import plurality
from sim.mechanisms.base import mechanism
from sim.mechanisms.meetings import sit
from sim.params import Param, Shared
from sim.randomness import gumbel, joined, uniform

ASSUMED = "assumption"
PARAMS = {
    "again_weeks": Param(13.0, "weeks", 4, 52, ASSUMED, "interval of further sittings while a body has no members"),
    "length": Param(3.0, "hours", 1.0, 8.0, ASSUMED, "a sitting of the congress, for the bodies that report to it"),
    "assembly_hours": Param(3.0, "hours", 1.0, 8.0, ASSUMED, "a representative's time for a congress"),
    "come": Param(0.7, "share", 0.1, 1.0, ASSUMED,
                  "attendance of representatives at a congress, at middling belief in being answered"),
    "quorum": Param(0.5, "share", 0.34, 0.67, ASSUMED, "share of representatives without whom nothing is decided"),
    "friend": Shared("voting.friend"),
    "record": Param(0.4, "share", 0.0, 1.0, ASSUMED, "liking for a member who came to every sitting, over one who came "
                    "to none"),
    "spread": Shared("voting.spread"),
    "borne": Param(0.5, "share", 0.2, 0.9, ASSUMED, "sittings missed from which a member is recalled, at the median"),
    "leniency": Param(0.4, "share", 0.0, 0.8, ASSUMED, "range over which representatives differ in that"),
    "sittings_known": Param(2.0, "sittings", 1, 6, ASSUMED, "sittings before anybody is judged by them"),
}
MOST = 60  # names on one ballot at most
RECALLS, LIKES = 0, 100  # first slots of draws


@mechanism(
    writes=(
        "body.left", "body.hours", "body.members", "body.sittings", "body.elected_week", "community.meeting_held",
        "community.meeting_hours", "community.meetings_total", "community.recalled", "resident.attended",
        "resident.hours", "resident.present", "resident.seat", "resident.missed",
    )
)  # fmt: skip
def step(
    key, week, again_weeks, length, assembly_hours, come, quorum, friend, record, spread, borne, leniency,
    sittings_known, rule_council, rule_board, rule_meeting_weeks, rule_election_term, community_full,
    community_meeting_due, community_row_of, community_meeting_held, community_meeting_hours,
    community_meetings_total, community_recalled, body_type, body_alive, body_left, body_hours,
    body_members, body_seats, body_sittings, body_elected_week,
    resident_uid, resident_community, resident_representative, resident_ability, resident_giving, resident_efficacy,
    resident_spare, resident_stands, resident_attended, resident_hours, resident_present, resident_seat,
    resident_missed, link_start, tie_other,
):  # fmt: skip
    m = Meeting.CONGRESS
    for c in range(len(community_full)):
        if community_full[c] == 0 or rule_meeting_weeks[c, m] == 0:
            continue
        council, board = community_row_of[c, Body.COUNCIL], community_row_of[c, Body.BOARD]
        wanted = (rule_council[c] == 1 and council >= 0, rule_board[c] == 1 and board >= 0)
        called = community_meeting_due[c, m] == 1
        if not called and week % int(again_weeks) == 0:  # a body is empty, and there are people for it
            for turn in range(2):
                b = council if turn == 0 else board
                if wanted[turn] and body_alive[b] == 0:
                    ready = 0
                    for i in range(len(resident_uid)):
                        if resident_community[i] == c and resident_stands[i] & (1 + turn):
                            ready += 1
                    called = called or ready >= body_seats[b]
        if not called:
            continue
        party = community_row_of[c, Body.PARTY]
        if party < 0 or not sit(party, length, body_type, body_left, body_hours):
            continue  # nobody has the time to call it
        community_meeting_hours[c, m] += length
        came, delegates = attendance(
            key, week, m, c, come, assembly_hours, resident_uid, resident_community, resident_representative,
            resident_efficacy, resident_spare, resident_attended, resident_hours, resident_present,
        )  # fmt: skip
        for b in (community_row_of[c, Body.COMMITTEE], council, board):
            if b >= 0 and body_alive[b] == 1 and sit(b, length, body_type, body_left, body_hours):
                community_meeting_hours[c, m] += length
        if came == 0 or came < quorum * delegates:
            continue
        community_meeting_held[c, m] += 1.0
        community_meetings_total[c, m] += 1.0
        here = np.full(came, -1, np.int64)
        k = 0
        for i in range(len(resident_uid)):
            if resident_community[i] == c and resident_present[i] & (1 << m) and k < came:
                here[k] = i
                k += 1
        for turn in range(2):
            if not wanted[turn]:
                continue
            b = council if turn == 0 else board
            first = 1 if turn == 0 else 3
            sittings = float(body_sittings[b])
            seats = int(body_seats[b])
            term = max(1, rule_election_term[c])
            renewed = body_elected_week[b] == 0 or (body_elected_week[b] - 1) // term != week // term
            names = np.full(MOST, -1, np.int64)
            found, kept = 0, 0
            for i in range(len(resident_uid)):
                if resident_community[i] != c:
                    continue
                sits = resident_seat[i] == first or resident_seat[i] == first + 1
                if sits and sittings >= sittings_known:
                    against = 0
                    for d in range(came):
                        u = uniform(key, Purpose.CONGRESS, joined(resident_uid[here[d]], resident_uid[i]), week,
                                    RECALLS)
                        if resident_missed[i] / sittings > borne + leniency * (u - 0.5):
                            against += 1
                    if 2 * against > came:
                        resident_seat[i] = 0
                        community_recalled[c] += 1.0
                        resident_missed[i] = 0
                        continue
                stands = resident_stands[i] & (1 + turn)
                if sits and not renewed:
                    kept += 1
                elif (sits or (stands and resident_seat[i] == 0)) and found < MOST:
                    names[found] = i
                    found += 1
            open_seats = max(0, seats - kept)
            votes = np.zeros(found)
            picked = np.zeros(found, np.int64)
            liking = np.zeros(found)
            for d in range(came):
                i = here[d]
                for n in range(found):
                    j = names[n]
                    value = 0.5 * (resident_ability[j] + resident_giving[j])
                    if resident_seat[j] != 0 and sittings > 0.0:
                        value += record * (0.5 - resident_missed[j] / sittings)
                    for e in range(int(link_start[i]), int(link_start[i + 1])):
                        if tie_other[e] == j:
                            value += friend
                            break
                    pair = joined(resident_uid[i], resident_uid[j])
                    liking[n] = value + spread * gumbel(key, Purpose.CONGRESS, pair, week, LIKES + turn)
                plurality(liking, open_seats, picked)
                for n in range(found):
                    votes[n] += picked[n]
            plurality(votes, open_seats, picked)
            for n in range(found):
                j = names[n]
                resident_seat[j] = first + resident_representative[j] if picked[n] == 1 else 0
            members = 0
            for i in range(len(resident_uid)):
                if resident_community[i] == c and (resident_seat[i] == first or resident_seat[i] == first + 1):
                    members += 1
                    resident_missed[i] = 0
            if body_alive[b] == 1:
                body_members[b] = members
            body_sittings[b] = 0
            if renewed and members > 0:
                body_elected_week[b] = week + 1
