"""Who sits where: posts, crossed posts and the week's public hours (A07, A10, A12, A18, A22, A26).

A person with two posts serves two principals and gives each post the more of the week, the harder its dates press
(Holmstrom & Milgrom 1991, J. Law, Econ. & Org. 7; Bernheim & Whinston 1986, Econometrica 54). Who is crossed follows
from one stable keyed ranking, so a larger share only adds persons. A person who handles more classes of items has
less practice in each (Wright 1936, J. Aeronautical Sciences 3; progress ratios: Dutton & Thomas 1984, AMR 9).
"""

import numpy as np

from sim.engine.kernel import kernel
from sim.engine.mechanism import mechanism
from sim.engine.randomness import uniform
from sim.engine.sets import among
from sim.vocabulary.codes import Body, Department, Meeting, Pay, Purpose, Seat
from sim.vocabulary.params import Param
from sim.vocabulary.sets import BOARD_SEATS, COUNCIL_SEATS, DOUBLE_SEATS, OF_THE_COMMUNITY, PUBLIC_BODIES

PARAMS = {
    "overtime_share": Param(0.15, "share", 0.0, 0.4, "assumption: statutory 36 h a month is 0.21 of contract hours",
                            "overtime that staff can be brought to, over contract hours"),
    "presence": Param(0.10, "share", 0.0, 0.3, "assumption", "least share of the week kept for either of two posts"),
    "due_weight": Param(3.0, "ratio", 1.0, 6.0, "A12, A45; assumption on the value",
                        "weight of inspected hours with a near date over other known work when two posts compete"),
    "split_inertia": Param(0.5, "share", 0.0, 0.9, "assumption", "share of last week's split that is kept"),
    "item_classes": Param(24.0, "classes", 24.0, 24.0, "A25", "classes of items from above"),
    "standard_classes": Param(6.0, "classes", 3.0, 12.0, "assumption: four desks by line",
                              "classes a person handles at skill 1"),
    "practice_exponent": Param(0.15, "exponent", 0.05, 0.32, "Dutton & Thomas 1984: progress ratio about 0.9",
                               "elasticity of speed in a class to practice in it"),
    "practice_shared": Param(0.3, "share", 0.0, 0.9, "assumption", "practice in one class that counts in another"),
    "council_seats": Param(11.0, "persons", 5.0, 21.0, "assumption", "seats of a council"),
    "board_seats": Param(5.0, "persons", 3.0, 9.0, "assumption", "seats of a supervisory board"),
    "filled_share": Param(0.6, "share", 0.34, 1.0, "assumption", "share of seats filled without which it cannot work"),
    "member_hours": Param(2.0, "hours/week", 0.25, 3.0, "assumption", "hours a member can give a week"),
    "able_at": Param(0.55, "share", 0.3, 0.8, "assumption", "ability below which nobody is put forward"),
    "spare_at": Param(2.0, "hours/week", 0.5, 5.0, "assumption", "spare time below which nobody stands"),
    "stake_at": Param(0.4, "share", 0.1, 0.7, "A48; assumption on the value", "stake below which nobody stands"),
    "standing_rate": Param(0.12, "share", 0.01, 0.5, "assumption",
                           "share of able people who stand when stake, belief in being answered and giving are full"),
}
DEPARTMENTS = len(Department)
RANK, PAIR = 10, 20  # slots of draws, after those of the first holder of a post


@kernel
def pressure(b, p, own_hours, body):
    """Known work per hour of a post, dated inspected work counting more."""
    available = max(own_hours, body.capacity[b, Pay.PUBLIC])
    return (p.due_weight * body.due_hours[b] + body.demand_hours[b]) / max(1.0, available)


@kernel
def extended(c, kind_of_body, rule, community):
    """Paid hours of a post over its contract hours: above 1 where the staff works the hours of further posts too."""
    if c < 0 or kind_of_body == Body.SECURITY or kind_of_body == Body.MASS:
        return 1.0
    return 1.0 + rule.extra_posts[c] / max(1, community.staff[c])


@kernel
def hanging(who, c, rule, community, body, person):
    """Pay of a person over the full pay: the committee's head loses the part that the year-end rating did not earn."""
    if c < 0 or person.head[who] == 0:
        return 1.0
    led_by = Body.PARTY if rule.one_head[c] == 1 else Body.COMMITTEE
    if body.type[person.body[who]] != led_by:
        return 1.0
    return 1.0 - rule.head_pay[c] * (1.0 - community.rating[c])


@kernel
def practice_of(classes, standard, exponent, shared):
    """Speed of a person who spreads the same practice over `classes` classes, over that with the standard number."""
    mine = (1.0 + shared * (classes - 1.0)) / classes
    usual = (1.0 + shared * (standard - 1.0)) / standard
    return (mine / usual) ** exponent


@kernel
def partner(key, who, place, body, rule, person):
    """Body row of the post that person p would hold beside the own one, -1 where no pair is allowed."""
    c = person.community[who]
    if c < 0:
        return -1
    own = body.type[person.body[who]]
    if own != Body.PARTY and own != Body.COMMITTEE and own != Body.STATION and own != Body.STREET_DESK:
        return -1
    best, row = -1.0, -1
    for t in range(place.shape[1]):
        b = place[c, t]
        if t == own or b < 0 or body.alive[b] == 0:
            continue
        public = among(t, OF_THE_COMMUNITY)
        if (public or t == Body.COUNCIL or t == Body.BOARD) and rule.cross_pair[c, min(t, own), max(t, own)] == 1:
            u = uniform(key, Purpose.STAFF, person.uid[who], 0, PAIR + t)
            if u > best:
                best, row = u, b
    return row


@kernel
def choose_second(key, who, place, staff, body, rule, person):
    """Second post of person p: one head first, then the lowest keyed ranks up to the share of the community's staff."""
    c = person.community[who]
    if c < 0:
        return -1
    own = body.type[person.body[who]]
    heads = rule.one_head[c] == 1 and place[c, Body.COMMITTEE] >= 0
    if heads and own == Body.PARTY and person.head[who] == 1:
        return place[c, Body.COMMITTEE]
    row = partner(key, who, place, body, rule, person)
    if row < 0:
        return -1
    quota = int(np.floor(rule.cross_share[c] * staff[c] + 0.5))
    mine = uniform(key, Purpose.STAFF, person.uid[who], 0, RANK)
    before = 0
    for q in range(len(person.uid)):
        if q == who or person.community[q] != c:
            continue
        if heads and body.type[person.body[q]] == Body.PARTY and person.head[q] == 1:
            before += 1
        elif uniform(key, Purpose.STAFF, person.uid[q], 0, RANK) < mine:
            if partner(key, q, place, body, rule, person) >= 0:
                before += 1
    return row if before < quota else -1


@kernel
def seat_of(kind_of_body, representative):
    """Seat of a member of a council or supervisory board, who is a residents' representative too or not."""
    if kind_of_body == Body.COUNCIL:
        return Seat.COUNCIL_REPRESENTATIVE if representative else Seat.COUNCIL
    return Seat.BOARD_REPRESENTATIVE if representative else Seat.BOARD


@kernel
def sits_in(seat, kind_of_body):
    """Whether a seat is one of the council, or of the supervisory board."""
    return among(seat, COUNCIL_SEATS if kind_of_body == Body.COUNCIL else BOARD_SEATS)


@kernel
def stands_for(kind_of_body):
    """Bit of `resident.stands` of who stands for the council, or for the supervisory board."""
    return 1 if kind_of_body == Body.COUNCIL else 2


@kernel
def crossed(b, body, person, resident):
    """Share of the members of a council or board who hold another post: staff with a seat there, representatives."""
    if body.alive[b] == 0:
        return 0.0
    members, doubled = 0.0, 0.0
    for p in range(len(person.second)):
        if person.second[p] == b and person.employed[p] == 1:
            members += 1.0
            doubled += 1.0
    for i in range(len(resident.seat)):
        if resident.community[i] == body.community[b]:
            if sits_in(resident.seat[i], body.type[b]):
                members += 1.0
                doubled += among(resident.seat[i], DOUBLE_SEATS)
    return doubled / members if members > 0.0 else 0.0


@mechanism
def boards(now, p, rule, community, body, resident):
    """Council and supervisory board exist when enough able people can be found for their seats (A17, A18).

    Where a congress sits they only stand, and it chooses (A19); else the readiest of those who stand take the seats.
    """
    for b in range(len(body.type)):
        kind = body.type[b]
        if kind != Body.COUNCIL and kind != Body.BOARD:
            continue
        c = body.community[b]
        wanted = rule.council[c] if kind == Body.COUNCIL else rule.board[c]
        if wanted == 0:
            if body.alive[b] == 1:
                for i in range(len(resident.seat)):
                    if resident.community[i] == c and sits_in(resident.seat[i], kind):
                        resident.seat[i] = Seat.NONE
            body.alive[b] = 0
            body.members[b] = 0.0
            body.capacity[b, Pay.BOARD] = 0.0
            continue
        span = max(1, rule.election_term[c])
        term = now.week // span
        body.seats[b] = int(p.council_seats) if kind == Body.COUNCIL else int(p.board_seats)
        if rule.meeting_weeks[c, Meeting.CONGRESS] > 0:
            bit = stands_for(kind)
            members = 0
            for i in range(len(resident.seat)):
                if resident.community[i] != c:
                    continue
                resident.stands[i] &= ~bit
                if sits_in(resident.seat[i], kind):
                    members += 1
                fit = resident.adult[i] == 1 and resident.ability[i] >= p.able_at and resident.spare[i] >= p.spare_at
                if fit and resident.stake[i] >= p.stake_at:
                    wish = 0.5 * (resident.stake[i] * resident.efficacy[i] + resident.giving[i])
                    if (
                        uniform(now.key, Purpose.COUNCIL, resident.uid[i], term, seat_of(kind, False))
                        < p.standing_rate * wish
                    ):
                        resident.stands[i] |= bit
            body.alive[b] = 1 if members > 0 and members >= p.filled_share * body.seats[b] else 0
            body.members[b] = members if body.alive[b] == 1 else 0
            body.capacity[b, Pay.BOARD] = p.member_hours * body.members[b]
            continue
        if (body.alive[b] == 0 and now.week % 4 == 0) or now.week % span == 0:
            seats = int(body.seats[b])
            able = 0
            for i in range(len(resident.seat)):
                if resident.community[i] == c and resident.adult[i] == 1:
                    if sits_in(resident.seat[i], kind):
                        resident.seat[i] = Seat.NONE
                    fit = resident.ability[i] >= p.able_at and resident.spare[i] >= p.spare_at
                    if fit and resident.stake[i] >= p.stake_at:
                        able += 1
            doubles = min(1.0, community.representatives[c] / max(1, able))
            score = np.full(seats, np.inf)  # the readiest of those who stand
            row = np.full(seats, -1, np.int64)
            for i in range(len(resident.seat)):
                if resident.community[i] != c or resident.adult[i] == 0 or resident.seat[i] != Seat.NONE:
                    continue
                if resident.ability[i] < p.able_at or resident.spare[i] < p.spare_at or resident.stake[i] < p.stake_at:
                    continue
                wish = 0.5 * (resident.stake[i] * resident.efficacy[i] + resident.giving[i])
                u = uniform(now.key, Purpose.COUNCIL, resident.uid[i], term, seat_of(kind, False))
                if u < p.standing_rate * wish and u / wish < score[seats - 1]:
                    k = seats - 1
                    while k > 0 and score[k - 1] > u / wish:
                        score[k] = score[k - 1]
                        row[k] = row[k - 1]
                        k -= 1
                    score[k] = u / wish
                    row[k] = i
            found = 0
            for k in range(seats):
                if row[k] >= 0:
                    found += 1
                    double = (
                        uniform(now.key, Purpose.COUNCIL, resident.uid[row[k]], term, seat_of(kind, True)) < doubles
                    )
                    resident.seat[row[k]] = seat_of(kind, double)
            body.members[b] = found
            body.alive[b] = 1 if found >= p.filled_share * seats else 0
            if body.alive[b] == 0:
                body.members[b] = 0.0
                for i in range(len(resident.seat)):
                    if resident.community[i] == c and sits_in(resident.seat[i], kind):
                        resident.seat[i] = Seat.NONE
        body.capacity[b, Pay.BOARD] = p.member_hours * body.members[b]


@mechanism
def step(now, p, rule, community, body, person, resident):
    n_bodies = len(body.type)
    n_persons = len(person.uid)
    n_communities = len(rule.station_apart)
    n_types = body.staff_cross.shape[1]

    place = np.full((n_communities, n_types), -1, np.int64)  # first row of each type in each community
    for b in range(n_bodies):
        c = body.community[b]
        if c >= 0:
            if body.type[b] == Body.STATION:
                body.alive[b] = rule.station_apart[c]
            if place[c, body.type[b]] < 0:
                place[c, body.type[b]] = b

    # where the desk persons sit, and how many desks there are
    desks = np.zeros(n_bodies, np.int64)
    staff = np.zeros(n_communities, np.int64)
    for who in range(n_persons):
        c = person.community[who]
        if c < 0:
            continue
        if person.desk[who] == 1:
            seat = Body.STREET_DESK + 0
            if rule.staff_down[c] == 1:
                seat = Body.STATION + 0 if rule.station_apart[c] == 1 else Body.COMMITTEE + 0
            if place[c, seat] >= 0:
                person.body[who] = place[c, seat]
            if person.employed[who] == 1:
                desks[person.body[who]] += 1
        kind = body.type[person.body[who]]
        if kind == Body.PARTY or kind == Body.COMMITTEE or kind == Body.STATION:
            staff[c] += 1

    # who holds a second post
    for who in range(n_persons):
        second = choose_second(now.key, who, place, staff, body, rule, person)
        if second != person.second[who]:
            person.second[who] = second
            person.split[who] = 0.5 if second >= 0 else 0.0
        if second >= 0:
            own = person.hours[who]
            mine = pressure(person.body[who], p, own, body)
            other = pressure(second, p, own, body)
            share = other / (mine + other) if mine + other > 0.0 else 0.5
            goal = p.presence + (1.0 - 2.0 * p.presence) * share
            person.split[who] = p.split_inertia * person.split[who] + (1.0 - p.split_inertia) * goal

    # the week's hours of each body
    skills = np.zeros((n_bodies, body.skill.shape[1]))
    for b in range(n_bodies):
        body.capacity[b, Pay.PUBLIC] = 0.0
        body.capacity[b, Pay.OVERTIME] = 0.0
        body.lines[b] = 1
        c = body.community[b]
        if c >= 0 and rule.desks_pooled[c] == 0:
            body.lines[b] = max(1, desks[b])
        for t in range(n_types):
            body.staff_cross[b, t] = 0.0
        if (
            among(body.type[b], PUBLIC_BODIES) and body.type[b] != Body.PARTY
        ):  # a Party organization's members are residents
            body.members[b] = 0.0
    for who in range(n_persons):
        if person.employed[who] == 0:
            continue
        first = person.body[who]
        second = person.second[who]
        practice = 1.0
        if person.desk[who] == 1:
            classes = p.item_classes / body.lines[first]
            practice = practice_of(classes, p.standard_classes, p.practice_exponent, p.practice_shared)
        if body.type[first] != Body.PARTY:
            body.members[first] += 1.0
        paid = person.hours[who] * extended(person.community[who], body.type[first], rule, community)
        for turn in range(2):
            b = first if turn == 0 else second
            if b < 0:
                continue
            other = second if turn == 0 else first
            hours = paid * (1.0 - person.split[who] if turn == 0 else person.split[who])
            body.capacity[b, Pay.PUBLIC] += hours
            body.capacity[b, Pay.OVERTIME] += p.overtime_share * hours
            if other >= 0:
                body.staff_cross[b, body.type[other]] += hours
            for k in range(body.skill.shape[1]):
                skills[b, k] += hours * person.skill[who, k] * (practice if k == 0 else 1.0)
        if second >= 0 and among(body.type[second], PUBLIC_BODIES) and body.type[second] != Body.PARTY:
            body.members[second] += 1.0
    # the office's officers are spread over its departments, unless the lines are broken everywhere
    apart = False
    for c in range(n_communities):
        apart |= rule.lines_broken[c] == 0
    body.lines[0] = min(DEPARTMENTS, max(1, int(body.members[0]))) if apart else 1
    for b in range(n_bodies):
        body.patches[b] = 0
        if body.type[b] == Body.COMMITTEE and rule.patches[body.community[b]] == 1:
            body.patches[b] = int(body.members[b])
        hours = body.capacity[b, Pay.PUBLIC]
        if hours > 0.0:
            for k in range(body.skill.shape[1]):
                body.skill[b, k] = skills[b, k] / hours
            for t in range(n_types):
                body.staff_cross[b, t] /= hours
        if body.type[b] == Body.COUNCIL or body.type[b] == Body.BOARD:
            body.crossed_members[b] = crossed(b, body, person, resident)
