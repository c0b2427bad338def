"""Who sits where: posts, crossed posts and the week's public hours (A07, A10, A12, A18, A22, A26).

A person with two posts serves two principals and gives each post the more of the week, the harder its dates press
(Holmstrom & Milgrom 1991, J. Law, Econ. & Org. 7; Bernheim & Whinston 1986, Econometrica 54). Who is crossed follows
from one stable keyed ranking, so a larger share only adds persons. A person who handles more classes of items has
less practice in each (Wright 1936, J. Aeronautical Sciences 3; progress ratios: Dutton & Thomas 1984, AMR 9).
"""

import numpy as np

from sim.codes import Body, Department, Meeting, Pay, Purpose
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.params import Param
from sim.randomness import uniform

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
def pressure(b, due_weight, body_due_hours, body_demand_hours, body_capacity, own_hours):
    """Known work per hour of a post, dated inspected work counting more."""
    available = max(own_hours, body_capacity[b, Pay.PUBLIC])
    return (due_weight * body_due_hours[b] + body_demand_hours[b]) / max(1.0, available)


@kernel
def extended(c, kind, rule_extra_posts, community_staff):
    """Paid hours of a post over its contract hours: above 1 where the staff works the hours of further posts too."""
    if c < 0 or kind == Body.SECURITY or kind == Body.MASS:
        return 1.0
    return 1.0 + rule_extra_posts[c] / max(1, community_staff[c])


@kernel
def hanging(p, c, rule_head_pay, rule_one_head, community_rating, body_type, person_body, person_head):
    """Pay of person p over the full pay: the committee's head loses the part that the year-end rating did not earn."""
    if c < 0 or person_head[p] == 0:
        return 1.0
    led_by = Body.PARTY if rule_one_head[c] == 1 else Body.COMMITTEE
    if body_type[person_body[p]] != led_by:
        return 1.0
    return 1.0 - rule_head_pay[c] * (1.0 - community_rating[c])


@kernel
def practice_of(classes, standard, exponent, shared):
    """Speed of a person who spreads the same practice over `classes` classes, over that with the standard number."""
    mine = (1.0 + shared * (classes - 1.0)) / classes
    usual = (1.0 + shared * (standard - 1.0)) / standard
    return (mine / usual) ** exponent


@kernel
def partner(key, p, place, body_alive, body_type, rule_cross_pair, person_uid, person_community, person_body):
    """Body row of the post that person p would hold beside the own one, -1 where no pair is allowed."""
    c = person_community[p]
    if c < 0:
        return -1
    own = body_type[person_body[p]]
    if own != Body.PARTY and own != Body.COMMITTEE and own != Body.STATION and own != Body.STREET_DESK:
        return -1
    best, row = -1.0, -1
    for t in range(place.shape[1]):
        b = place[c, t]
        if t == own or b < 0 or body_alive[b] == 0:
            continue
        public = t >= Body.PARTY and t <= Body.MASS
        if (public or t == Body.COUNCIL or t == Body.BOARD) and rule_cross_pair[c, min(t, own), max(t, own)] == 1:
            u = uniform(key, Purpose.STAFF, person_uid[p], 0, PAIR + t)
            if u > best:
                best, row = u, b
    return row


@kernel
def choose_second(
    key, p, place, staff, body_alive, body_type, rule_cross_share, rule_cross_pair, rule_one_head,
    person_uid, person_community, person_body, person_head,
):
    """Second post of person p: one head first, then the lowest keyed ranks up to the share of the community's staff."""
    c = person_community[p]
    if c < 0:
        return -1
    own = body_type[person_body[p]]
    heads = rule_one_head[c] == 1 and place[c, Body.COMMITTEE] >= 0
    if heads and own == Body.PARTY and person_head[p] == 1:
        return place[c, Body.COMMITTEE]
    row = partner(key, p, place, body_alive, body_type, rule_cross_pair, person_uid, person_community, person_body)
    if row < 0:
        return -1
    quota = int(np.floor(rule_cross_share[c] * staff[c] + 0.5))
    mine = uniform(key, Purpose.STAFF, person_uid[p], 0, RANK)
    before = 0
    for q in range(len(person_uid)):
        if q == p or person_community[q] != c:
            continue
        if heads and body_type[person_body[q]] == Body.PARTY and person_head[q] == 1:
            before += 1
        elif uniform(key, Purpose.STAFF, person_uid[q], 0, RANK) < mine:
            if partner(key, q, place, body_alive, body_type, rule_cross_pair, person_uid, person_community,
                       person_body) >= 0:
                before += 1
    return row if before < quota else -1


@kernel
def crossed(b, body_type, body_community, body_alive, person_second, person_employed, resident_seat,
            resident_community):
    """Share of the members of a council or board who hold another post: staff with a seat there, representatives."""
    if body_alive[b] == 0:
        return 0.0
    first = 1 if body_type[b] == Body.COUNCIL else 3
    members, doubled = 0.0, 0.0
    for p in range(len(person_second)):
        if person_second[p] == b and person_employed[p] == 1:
            members += 1.0
            doubled += 1.0
    for i in range(len(resident_seat)):
        if resident_community[i] == body_community[b]:
            if resident_seat[i] == first or resident_seat[i] == first + 1:
                members += 1.0
                doubled += resident_seat[i] - first
    return doubled / members if members > 0.0 else 0.0


@mechanism(writes=("body.alive", "body.members", "body.seats", "body.capacity", "resident.seat", "resident.stands"))
def boards(
    key, week, council_seats, board_seats, filled_share, member_hours, able_at, spare_at, stake_at, standing_rate,
    rule_council, rule_board, rule_meeting_weeks, rule_election_term, community_representatives, body_type,
    body_community, body_alive, body_members, body_seats, body_capacity, resident_uid,
    resident_community, resident_adult, resident_ability, resident_spare,
    resident_stake, resident_efficacy, resident_giving, resident_seat,
    resident_stands,
):
    """Council and supervisory board exist when enough able people can be found for their seats (A17, A18).

    Where a congress sits they only stand, and it chooses (A19); else the readiest of those who stand take the seats.
    """
    for b in range(len(body_type)):
        kind = body_type[b]
        if kind != Body.COUNCIL and kind != Body.BOARD:
            continue
        c = body_community[b]
        first = 1 if kind == Body.COUNCIL else 3
        wanted = rule_council[c] if kind == Body.COUNCIL else rule_board[c]
        if wanted == 0:
            if body_alive[b] == 1:
                for i in range(len(resident_seat)):
                    if resident_community[i] == c and (resident_seat[i] == first or resident_seat[i] == first + 1):
                        resident_seat[i] = 0
            body_alive[b] = 0
            body_members[b] = 0.0
            body_capacity[b, Pay.BOARD] = 0.0
            continue
        span = max(1, rule_election_term[c])
        term = week // span
        body_seats[b] = int(council_seats) if kind == Body.COUNCIL else int(board_seats)
        if rule_meeting_weeks[c, Meeting.CONGRESS] > 0:
            bit = 1 if kind == Body.COUNCIL else 2
            members = 0
            for i in range(len(resident_seat)):
                if resident_community[i] != c:
                    continue
                resident_stands[i] &= ~bit
                if resident_seat[i] == first or resident_seat[i] == first + 1:
                    members += 1
                fit = resident_adult[i] == 1 and resident_ability[i] >= able_at and resident_spare[i] >= spare_at
                if fit and resident_stake[i] >= stake_at:
                    wish = 0.5 * (resident_stake[i] * resident_efficacy[i] + resident_giving[i])
                    if uniform(key, Purpose.COUNCIL, resident_uid[i], term, first) < standing_rate * wish:
                        resident_stands[i] |= bit
            body_alive[b] = 1 if members > 0 and members >= filled_share * body_seats[b] else 0
            body_members[b] = members if body_alive[b] == 1 else 0
            body_capacity[b, Pay.BOARD] = member_hours * body_members[b]
            continue
        if (body_alive[b] == 0 and week % 4 == 0) or week % span == 0:
            seats = int(body_seats[b])
            able = 0
            for i in range(len(resident_seat)):
                if resident_community[i] == c and resident_adult[i] == 1:
                    if resident_seat[i] == first or resident_seat[i] == first + 1:
                        resident_seat[i] = 0
                    fit = resident_ability[i] >= able_at and resident_spare[i] >= spare_at
                    if fit and resident_stake[i] >= stake_at:
                        able += 1
            doubles = min(1.0, community_representatives[c] / max(1, able))
            score = np.full(seats, np.inf)  # the readiest of those who stand
            row = np.full(seats, -1, np.int64)
            for i in range(len(resident_seat)):
                if resident_community[i] != c or resident_adult[i] == 0 or resident_seat[i] != 0:
                    continue
                if resident_ability[i] < able_at or resident_spare[i] < spare_at or resident_stake[i] < stake_at:
                    continue
                wish = 0.5 * (resident_stake[i] * resident_efficacy[i] + resident_giving[i])
                u = uniform(key, Purpose.COUNCIL, resident_uid[i], term, first)
                if u < standing_rate * wish and u / wish < score[seats - 1]:
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
                    double = uniform(key, Purpose.COUNCIL, resident_uid[row[k]], term, first + 1) < doubles
                    resident_seat[row[k]] = first + 1 if double else first
            body_members[b] = found
            body_alive[b] = 1 if found >= filled_share * seats else 0
            if body_alive[b] == 0:
                body_members[b] = 0.0
                for i in range(len(resident_seat)):
                    if resident_community[i] == c and (resident_seat[i] == first or resident_seat[i] == first + 1):
                        resident_seat[i] = 0
        body_capacity[b, Pay.BOARD] = member_hours * body_members[b]


@mechanism(writes=(
    "person.body", "person.second", "person.split", "body.alive", "body.capacity", "body.members", "body.skill",
    "body.staff_cross", "body.lines", "body.patches", "body.crossed_members",
))
def step(
    key, overtime_share, presence, due_weight, split_inertia, item_classes, standard_classes, practice_exponent,
    practice_shared, rule_station_apart, rule_staff_down, rule_cross_share, rule_cross_pair, rule_one_head,
    rule_desks_pooled, rule_lines_broken, rule_patches, rule_extra_posts, community_staff,
    body_type, body_community, body_alive, body_capacity, body_members, body_skill,
    body_staff_cross, body_lines, body_patches, body_crossed_members, body_due_hours, body_demand_hours, person_uid,
    person_community, person_body, person_second, person_split, person_hours, person_desk, person_head,
    person_employed, person_skill, resident_seat, resident_community,
):
    n_bodies = len(body_type)
    n_persons = len(person_uid)
    n_communities = len(rule_station_apart)
    n_types = body_staff_cross.shape[1]

    place = np.full((n_communities, n_types), -1, np.int64)  # first row of each type in each community
    for b in range(n_bodies):
        c = body_community[b]
        if c >= 0:
            if body_type[b] == Body.STATION:
                body_alive[b] = rule_station_apart[c]
            if place[c, body_type[b]] < 0:
                place[c, body_type[b]] = b

    # where the desk persons sit, and how many desks there are
    desks = np.zeros(n_bodies, np.int64)
    staff = np.zeros(n_communities, np.int64)
    for p in range(n_persons):
        c = person_community[p]
        if c < 0:
            continue
        if person_desk[p] == 1:
            seat = Body.STREET_DESK + 0
            if rule_staff_down[c] == 1:
                seat = Body.STATION + 0 if rule_station_apart[c] == 1 else Body.COMMITTEE + 0
            if place[c, seat] >= 0:
                person_body[p] = place[c, seat]
            if person_employed[p] == 1:
                desks[person_body[p]] += 1
        kind = body_type[person_body[p]]
        if kind == Body.PARTY or kind == Body.COMMITTEE or kind == Body.STATION:
            staff[c] += 1

    # who holds a second post
    for p in range(n_persons):
        second = choose_second(
            key, p, place, staff, body_alive, body_type, rule_cross_share, rule_cross_pair, rule_one_head,
            person_uid, person_community, person_body, person_head,
        )
        if second != person_second[p]:
            person_second[p] = second
            person_split[p] = 0.5 if second >= 0 else 0.0
        if second >= 0:
            own = person_hours[p]
            mine = pressure(person_body[p], due_weight, body_due_hours, body_demand_hours, body_capacity, own)
            other = pressure(second, due_weight, body_due_hours, body_demand_hours, body_capacity, own)
            share = other / (mine + other) if mine + other > 0.0 else 0.5
            goal = presence + (1.0 - 2.0 * presence) * share
            person_split[p] = split_inertia * person_split[p] + (1.0 - split_inertia) * goal

    # the week's hours of each body
    skills = np.zeros((n_bodies, body_skill.shape[1]))
    for b in range(n_bodies):
        body_capacity[b, Pay.PUBLIC] = 0.0
        body_capacity[b, Pay.OVERTIME] = 0.0
        body_lines[b] = 1
        c = body_community[b]
        if c >= 0 and rule_desks_pooled[c] == 0:
            body_lines[b] = max(1, desks[b])
        for t in range(n_types):
            body_staff_cross[b, t] = 0.0
        if body_type[b] <= Body.MASS and body_type[b] != Body.PARTY:  # a Party organization's members are residents
            body_members[b] = 0.0
    for p in range(n_persons):
        if person_employed[p] == 0:
            continue
        first = person_body[p]
        second = person_second[p]
        practice = 1.0
        if person_desk[p] == 1:
            classes = item_classes / body_lines[first]
            practice = practice_of(classes, standard_classes, practice_exponent, practice_shared)
        if body_type[first] != Body.PARTY:
            body_members[first] += 1.0
        paid = person_hours[p] * extended(person_community[p], body_type[first], rule_extra_posts, community_staff)
        for turn in range(2):
            b = first if turn == 0 else second
            if b < 0:
                continue
            other = second if turn == 0 else first
            hours = paid * (1.0 - person_split[p] if turn == 0 else person_split[p])
            body_capacity[b, Pay.PUBLIC] += hours
            body_capacity[b, Pay.OVERTIME] += overtime_share * hours
            if other >= 0:
                body_staff_cross[b, body_type[other]] += hours
            for k in range(body_skill.shape[1]):
                skills[b, k] += hours * person_skill[p, k] * (practice if k == 0 else 1.0)
        if second >= 0 and body_type[second] <= Body.MASS and body_type[second] != Body.PARTY:
            body_members[second] += 1.0
    # the office's officers are spread over its departments, unless the lines are broken everywhere
    apart = False
    for c in range(n_communities):
        apart |= rule_lines_broken[c] == 0
    body_lines[0] = min(DEPARTMENTS, max(1, int(body_members[0]))) if apart else 1
    for b in range(n_bodies):
        body_patches[b] = 0
        if body_type[b] == Body.COMMITTEE and rule_patches[body_community[b]] == 1:
            body_patches[b] = int(body_members[b])
        hours = body_capacity[b, Pay.PUBLIC]
        if hours > 0.0:
            for k in range(body_skill.shape[1]):
                body_skill[b, k] = skills[b, k] / hours
            for t in range(n_types):
                body_staff_cross[b, t] /= hours
        if body_type[b] == Body.COUNCIL or body_type[b] == Body.BOARD:
            body_crossed_members[b] = crossed(b, body_type, body_community, body_alive, person_second, person_employed,
                                              resident_seat, resident_community)
