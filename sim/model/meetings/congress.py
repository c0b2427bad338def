"""The congress of community members' representatives fills council and supervisory board and recalls members (A19).

It sits at its own dates, and anew after a quarter while a body has no members and enough people stand. Without a quorum
of representatives it decides nothing. Each representative present votes among those who stand, and prefers the able and
giving, the friend, and the member who came to the sittings; the names with most votes fill the seats. At every
sitting the list of who missed which sittings is gone through: each representative decides for himself whether a
member goes, and a majority of those present recalls him (mandate and sanction: Ferejohn 1986, Public Choice 50).
Whoever is elected keeps the posts he has. Between two sittings the board is its standing body.
"""

import numpy as np

from sim.engine.mechanism import mechanism
from sim.engine.randomness import gumbel, joined, uniform
from sim.model.elections.ballots import plurality
from sim.model.meetings.assemblies import attendance
from sim.model.meetings.meetings import sit
from sim.model.work.posts import seat_of, sits_in, stands_for
from sim.vocabulary.codes import Body, Meeting, Purpose, Seat
from sim.vocabulary.params import Param, Shared

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


@mechanism
def step(now, p, rule, community, body, resident, link, tie):
    m = Meeting.CONGRESS
    for c in range(len(community.full)):
        if community.full[c] == 0 or rule.meeting_weeks[c, m] == 0:
            continue
        council, board = community.row_of[c, Body.COUNCIL], community.row_of[c, Body.BOARD]
        wanted = (rule.council[c] == 1 and council >= 0, rule.board[c] == 1 and board >= 0)
        called = community.meeting_due[c, m] == 1
        if not called and now.week % int(p.again_weeks) == 0:  # a body is empty, and there are people for it
            for turn in range(2):
                b = council if turn == 0 else board
                if wanted[turn] and body.alive[b] == 0:
                    ready = 0
                    for i in range(len(resident.uid)):
                        if resident.community[i] == c and resident.stands[i] & (1 + turn):
                            ready += 1
                    called = called or ready >= body.seats[b]
        if not called:
            continue
        party = community.row_of[c, Body.PARTY]
        if party < 0 or not sit(party, p.length, body):
            continue  # nobody has the time to call it
        community.meeting_hours[c, m] += p.length
        came, delegates = attendance(now.key, now.week, m, c, p.come, p.assembly_hours, resident)
        for b in (community.row_of[c, Body.COMMITTEE], council, board):
            if b >= 0 and body.alive[b] == 1 and sit(b, p.length, body):
                community.meeting_hours[c, m] += p.length
        if came == 0 or came < p.quorum * delegates:
            continue
        community.meeting_held[c, m] += 1.0
        community.meetings_total[c, m] += 1.0
        here = np.full(came, -1, np.int64)
        k = 0
        for i in range(len(resident.uid)):
            if resident.community[i] == c and resident.present[i] & (1 << m) and k < came:
                here[k] = i
                k += 1
        for turn in range(2):
            if not wanted[turn]:
                continue
            b = council if turn == 0 else board
            sort = Body.COUNCIL if turn == 0 else Body.BOARD
            sittings = float(body.sittings[b])
            seats = int(body.seats[b])
            term = max(1, rule.election_term[c])
            renewed = body.elected_week[b] == 0 or (body.elected_week[b] - 1) // term != now.week // term
            names = np.full(MOST, -1, np.int64)
            found, kept = 0, 0
            for i in range(len(resident.uid)):
                if resident.community[i] != c:
                    continue
                sits = sits_in(resident.seat[i], sort)
                if sits and sittings >= p.sittings_known:
                    against = 0
                    for d in range(came):
                        u = uniform(now.key, Purpose.CONGRESS, joined(resident.uid[here[d]], resident.uid[i]), now.week,
                                    RECALLS)
                        if resident.missed[i] / sittings > p.borne + p.leniency * (u - 0.5):
                            against += 1
                    if 2 * against > came:
                        resident.seat[i] = Seat.NONE
                        community.recalled[c] += 1.0
                        resident.missed[i] = 0
                        continue
                stands = resident.stands[i] & stands_for(sort)
                if sits and not renewed:
                    kept += 1
                elif (sits or (stands and resident.seat[i] == Seat.NONE)) and found < MOST:
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
                    value = 0.5 * (resident.ability[j] + resident.giving[j])
                    if resident.seat[j] != Seat.NONE and sittings > 0.0:
                        value += p.record * (0.5 - resident.missed[j] / sittings)
                    for e in range(int(link.start[i]), int(link.start[i + 1])):
                        if tie.other[e] == j:
                            value += p.friend
                            break
                    pair = joined(resident.uid[i], resident.uid[j])
                    liking[n] = value + p.spread * gumbel(now.key, Purpose.CONGRESS, pair, now.week, LIKES + turn)
                plurality(liking, open_seats, picked)
                for n in range(found):
                    votes[n] += picked[n]
            plurality(votes, open_seats, picked)
            for n in range(found):
                j = names[n]
                resident.seat[j] = seat_of(sort, resident.representative[j] == 1) if picked[n] == 1 else Seat.NONE
            members = 0
            for i in range(len(resident.uid)):
                if resident.community[i] == c and sits_in(resident.seat[i], sort):
                    members += 1
                    resident.missed[i] = 0
            if body.alive[b] == 1:
                body.members[b] = members
            body.sittings[b] = 0
            if renewed and members > 0:
                body.elected_week[b] = now.week + 1
