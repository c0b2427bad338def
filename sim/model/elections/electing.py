"""The election committee: who sits on it, when the vote falls, who brings the forms, whose name may stand (A69).

Whoever puts the committee forward brings its own people and its own hours, and settles what the law leaves to it:
the day of the vote, how the roll is drawn up, and the review of names before they go on the list. Run by the street,
officers of the subdistrict office sit in paid hours, nobody carries forms, and a name opposed to the members in office
is struck off. Run by the Party organization, Party members sit, they carry the forms, and a name from outside the
Party needs trust in the public bodies. Run by residents, representatives sit and carry the forms, and every name on
the roll stands. Who controls the list controls the contest (selectorate and candidacy:
Hazan & Rahat 2010, Democracy within Parties).
"""

import numpy as np

from sim.engine.mechanism import mechanism
from sim.engine.randomness import gumbel
from sim.model.cases.find import spend
from sim.vocabulary.codes import Body, Pay, Purpose, Runner, Stage, Stream
from sim.vocabulary.params import Param

ASSUMED = "assumption"
PARAMS = {
    "seats": Param(7.0, "persons", 5.0, 9.0, ASSUMED, "seats of an election committee"),
    "sitting": Param(2.0, "hours/week", 0.5, 6.0, ASSUMED, "a member's time for its sittings in a week of an election"),
    "call_hours": Param(4.0, "hours", 1.0, 12.0, ASSUMED, "time in which one person carries registration forms"),
    "review_hours": Param(1.0, "hours", 0.2, 4.0, ASSUMED, "looking into one name before it goes on the list"),
    "street_bar": Param(0.4, "share", 0.0, 0.8, ASSUMED + " (A69)",
                        "standing of the committee in a nominee's eyes below which the street strikes the name off"),
    "party_bar": Param(0.4, "share", 0.0, 0.8, ASSUMED + " (A69)",
                       "trust below which the Party organization strikes off a name from outside the Party"),
}
SEATED = 20  # slot of the draws


@mechanism
def seat(now, p, community, resident):
    """Who sits on the election committee, and who carries registration forms from door to door."""
    for c in range(len(community.ballot_stage)):
        if community.ballot_stage[c] != Stage.NOMINATION:
            continue
        runner = community.ballot_runner[c]
        places = int(p.seats) if runner != Runner.STREET else 0  # the street sends officers
        score = np.full(max(1, places), -np.inf)
        row = np.full(max(1, places), -1, np.int64)
        for i in range(len(resident.uid)):
            if resident.community[i] != c:
                continue
            resident.election_seat[i] = 0
            may = resident.party[i] if runner == Runner.PARTY else resident.representative[i]
            if places == 0 or resident.adult[i] == 0 or may == 0:
                continue
            value = resident.giving[i] + (resident.ability[i] if runner == Runner.PARTY else resident.belonging[i])
            value += 0.5 * gumbel(now.key, Purpose.ELECTING, resident.uid[i], now.week, SEATED)
            k = places - 1
            if value <= score[k]:
                continue
            while k > 0 and score[k - 1] < value:
                score[k] = score[k - 1]
                row[k] = row[k - 1]
                k -= 1
            score[k] = value
            row[k] = i
        for k in range(places):
            if row[k] >= 0:
                resident.election_seat[row[k]] = 1
        callers = 0.0
        for i in range(len(resident.uid)):
            if resident.community[i] != c:
                continue
            calls = resident.election_seat[i] == 1
            if runner == Runner.RESIDENTS:  # each representative calls in the own block
                calls = calls or resident.representative[i] == 1
            if calls:
                callers += 1.0
                resident.hours[i, Pay.VOLUNTEER] += p.call_hours
        community.ballot_callers[c] = callers


@mechanism
def review(p, community, person, resident):
    """Each name that was put forward is looked into before it goes on the list of candidates."""
    for c in range(len(community.ballot_stage)):
        if community.ballot_stage[c] != Stage.NOMINATION or community.candidates[c] == 0:
            continue
        left = 0
        for i in range(len(resident.candidate)):
            if resident.community[i] != c or resident.candidate[i] == 0:
                continue
            stays = True
            if community.ballot_runner[c] == Runner.STREET:
                stays = resident.standing[i] >= p.street_bar
            elif community.ballot_runner[c] == Runner.PARTY:
                stays = resident.party[i] == 1 or resident.trust[i] >= p.party_bar
            if stays:
                left += 1
            else:
                resident.candidate[i] = 0
        members = 0
        for who in range(len(person.community)):
            if person.community[who] == c and person.elected[who] != 0:
                members += 1
        community.struck[c] += community.candidates[c] - left
        community.candidates[c] = left
        community.ballot_contest[c] = min(1.0, left / max(members, 1))


@mechanism
def work(p, community, body, resident):
    """Its sittings and the review of names take hours: of officers, of the Party organization, of residents."""
    for c in range(len(community.ballot_stage)):
        stage = community.ballot_stage[c]
        if stage == Stage.NONE:
            continue
        names = p.review_hours * community.candidates[c] if stage == Stage.NOMINATION else 0.0
        runner = community.ballot_runner[c]
        if runner == Runner.STREET:
            spend(0, p.seats * p.sitting + names, Pay.PUBLIC, Stream.MEETING, body)
            continue
        convener = community.row_of[c, Body.PARTY]
        if runner == Runner.PARTY and convener >= 0:
            spend(convener, p.sitting + names, Pay.PUBLIC, Stream.MEETING, body)
            names = 0.0
        for i in range(len(resident.hours)):
            if resident.community[i] == c and resident.election_seat[i] == 1:
                resident.hours[i, Pay.VOLUNTEER] += p.sitting + names / p.seats
