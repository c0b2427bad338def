"""A few persons press complainants, close channels and call meetings off, each at the risk of being found out (A55).

Obstruction is a trait of a few persons, for career or private gain, not of an office: drawn once for each holder of a
post. Such a person acts where the case implicates a cadre and is not yet known outside, and only if what that saves is
worth more than the blame times the chance of being found out (Becker 1968, JPE 76). Not passing on (隐瞒) is done in
`routing`; here are pressing (压制) and closing (堵塞). Who is pressed gives in or gets angry and may go elsewhere; what
goes elsewhere can come out, and who was found out holds back for a while.
"""

import numpy as np

from sim.codes import Body, Channel, File, Meeting, Pay, Purpose, Stream, Truth
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.mechanisms.find import spend
from sim.mechanisms.waits import break_off
from sim.params import Param
from sim.randomness import joined, uniform

ASSUMED = "assumption"
PARAMS = {
    "few": Param(0.08, "share", 0.0, 0.3, ASSUMED + " (A55: a few)", "holders of posts who would obstruct; 0 nobody"),
    "gain": Param(1.0, "index/case", 0.2, 5.0, ASSUMED, "what it is worth that one such case goes no further"),
    "blame": Param(3.0, "index", 0.5, 20.0, ASSUMED, "what being found out costs"),
    "found_base": Param(0.05, "probability", 0.0, 0.5, ASSUMED, "chance of being found out where nobody can look in"),
    "found_open": Param(0.4, "probability", 0.0, 1.0, ASSUMED + " (A68)", "more of it where all records are open"),
    "found_outside": Param(0.15, "probability", 0.0, 0.5, ASSUMED + " (A75, A76)",
                           "more of it for each of city hotline and digital platform that residents can use"),
    "found_dated": Param(0.5, "probability", 0.0, 1.0, ASSUMED + " (A53)",
                         "more of it for a meeting whose date everybody knows"),
    "press_rate": Param(0.25, "1/week", 0.0, 1.0, ASSUMED, "such a case is taken up with the complainant"),
    "press_hours": Param(1.0, "hours", 0.2, 4.0, ASSUMED, "a talk that presses somebody to let the matter rest"),
    "gives_in": Param(0.5, "probability", 0.0, 1.0, ASSUMED, "the person gives in, at no belief in being answered"),
    "anger": Param(0.3, "index", 0.0, 1.0, ASSUMED + " (A56)", "heat of somebody who was pressed and did not give in"),
    "block_rate": Param(0.1, "1/week", 0.0, 1.0, ASSUMED, "closes the channel by which such cases come"),
    "block_weeks": Param(8.0, "weeks", 2.0, 26.0, ASSUMED, "how long a channel stays closed"),
    "call_off": Param(0.5, "probability", 0.0, 1.0, ASSUMED, "calls off a meeting at which such a case may come up"),
    "act_hours": Param(0.5, "hours", 0.1, 2.0, ASSUMED, "giving the orders and the reasons for it"),
    "warned_weeks": Param(52.0, "weeks", 13.0, 156.0, ASSUMED, "how long who was found out holds back"),
}
TRAIT, PRESS, YIELD, CLOSE, OUT = 0, 1, 2, 4, 20
OWN_CHANNELS = 5  # box, phone, net, microblog, representative: those that the community can close


@kernel
def own_channel(j):
    """Code of the j-th channel that lies in the community's own hands."""
    if j == 0:
        return Channel.BOX + 0
    if j == 1:
        return Channel.PHONE + 0
    if j == 2:
        return Channel.NET + 0
    if j == 3:
        return Channel.MICROBLOG + 0
    return Channel.REPRESENTATIVE + 0


@kernel
def found_out(
    c, week, warned_weeks, body_community, person_body, person_obstructs, person_warned,
    community_obstruction_found, community_known_trouble,
):  # fmt: skip
    """An act has become known: the office has it on its books, and the first of those who act here holds back."""
    community_obstruction_found[c] += 1.0
    community_known_trouble[c] += 1.0
    for p in range(len(person_body)):
        if body_community[person_body[p]] == c and person_obstructs[p] == 1 and person_warned[p] <= week:
            person_warned[p] = week + warned_weeks
            break


@mechanism(
    writes=(
        "person.obstructs",
        "person.warned",
        "body.obstructing",
        "body.left",
        "body.hours",
        "resident.heat",
        "community.meeting_due",
        "community.blocked_until",
        "community.blocked",
        "community.pressed",
        "community.obstruction_found",
        "community.known_trouble",
        "case.file",
        "case.judged",
        "case.decide_at",
        "case.since",
        "case.wait",
        "case.pressed",
        "case.exposed",
    )
)
def step(
    key,
    week,
    few,
    gain,
    blame,
    found_base,
    found_open,
    found_outside,
    found_dated,
    press_rate,
    press_hours,
    gives_in,
    anger,
    block_rate,
    block_weeks,
    call_off,
    act_hours,
    warned_weeks,
    rows_used,
    active_case,
    rule_institutionalised,
    community_uid,
    community_full,
    community_openness,
    community_channel_open,
    community_meeting_due,
    community_blocked_until,
    community_blocked,
    community_pressed,
    community_obstruction_found,
    community_known_trouble,
    body_type,
    body_community,
    body_left,
    body_hours,
    body_obstructing,
    person_uid,
    person_body,
    person_employed,
    person_incumbents,
    person_obstructs,
    person_warned,
    resident_efficacy,
    resident_heat,
    case_uid,
    case_resident,
    case_community,
    case_implicates,
    case_outside,
    case_truth,
    case_owner,
    case_channel,
    case_file,
    case_judged,
    case_decide_at,
    case_since,
    case_wait,
    case_pressed,
    case_exposed,
):
    bodies = len(body_type)
    staff = np.zeros(bodies)
    acting = np.zeros(bodies)
    for p in range(len(person_uid)):
        b = person_body[p]
        person_obstructs[p] = 0
        if person_employed[p] == 0 or body_type[b] < Body.PARTY or body_type[b] > Body.STATION:
            continue
        holder = joined(np.uint64(person_uid[p]), np.uint64(person_incumbents[p]))
        if uniform(key, Purpose.OBSTRUCT, holder, 0, TRAIT) < few:
            person_obstructs[p] = 1
            if person_warned[p] <= week:
                acting[b] += 1.0
        staff[b] += 1.0
    for b in range(bodies):
        body_obstructing[b] = acting[b] / staff[b] if staff[b] > 0.0 else 0.0
    now = 5.0 * week
    for c in range(len(community_full)):
        if community_full[c] == 0:
            continue
        chance = found_base + found_open * community_openness[c]
        chance += found_outside * community_channel_open[c, Channel.HOTLINE]
        chance += found_outside * community_channel_open[c, Channel.PLATFORM]
        chance = min(1.0, chance)
        # what was done before and went elsewhere may come out
        for j in range(OWN_CHANNELS):
            ch = own_channel(j)
            if community_blocked_until[c, ch] > week:
                if uniform(key, Purpose.OBSTRUCT, community_uid[c], week, OUT + ch) < chance / block_weeks:
                    community_blocked_until[c, ch] = week
                    found_out(
                        c, week, int(warned_weeks), body_community, person_body, person_obstructs, person_warned,
                        community_obstruction_found, community_known_trouble,
                    )  # fmt: skip
        actor = -1
        for b in range(bodies):
            if body_community[b] == c and acting[b] > 0.0 and actor < 0:
                actor = b
        came = np.zeros(community_channel_open.shape[1])
        touchy = 0.0
        for position in range(rows_used[2]):
            n = active_case[position]
            if case_community[n] != c or case_implicates[n] != 1 or case_truth[n] != Truth.OPEN:
                continue
            if case_pressed[n] > 0 and case_exposed[n] == 0 and case_outside[n] == 1:
                case_exposed[n] = 1
                if uniform(key, Purpose.OBSTRUCT, case_uid[n], 0, OUT) < chance:
                    found_out(
                        c, week, int(warned_weeks), body_community, person_body, person_obstructs, person_warned,
                        community_obstruction_found, community_known_trouble,
                    )  # fmt: skip
            file = case_file[n]
            if actor < 0 or case_outside[n] == 1 or file <= File.SPOKEN or file >= File.CLOSED:
                continue
            touchy += 1.0
            came[case_channel[n]] += 1.0
            b = case_owner[n]
            if case_pressed[n] > 0 or b < 0 or acting[b] <= 0.0 or gain <= chance * blame:
                continue
            if uniform(key, Purpose.OBSTRUCT, case_uid[n], week, PRESS) >= press_rate * body_obstructing[b]:
                continue
            if body_left[b, Pay.PUBLIC] < press_hours:
                continue
            spend(b, press_hours, Pay.PUBLIC, Stream.INITIATIVE, body_left, body_hours)
            case_pressed[n] += 1
            community_pressed[c] += 1.0
            i = case_resident[n]
            if uniform(key, Purpose.OBSTRUCT, case_uid[n], 0, YIELD) < gives_in * (1.0 - resident_efficacy[i]):
                break_off(n, now, case_file, case_since, case_wait)
                case_file[n] = File.DROPPED
                case_judged[n] = 0
            else:
                resident_heat[i] += anger
                case_decide_at[n] = now  # thinks again at once: whether to ask again, wait or go elsewhere
        if touchy <= 0.0 or body_left[actor, Pay.PUBLIC] < act_hours:
            continue
        # closing the channel by which most of them came
        worst = 0
        for j in range(OWN_CHANNELS):
            ch = own_channel(j)
            if community_channel_open[c, ch] == 1 and came[ch] > came[worst]:
                worst = ch
        if worst > 0 and gain * came[worst] > chance * blame:
            if uniform(key, Purpose.OBSTRUCT, community_uid[c], week, CLOSE) < block_rate:
                community_blocked_until[c, worst] = week + int(block_weeks)
                community_blocked[c] += 1.0
                spend(actor, act_hours, Pay.PUBLIC, Stream.INITIATIVE, body_left, body_hours)
        # calling off a meeting of residents; a date that everybody knows cannot be passed over in silence
        risk = min(1.0, chance + found_dated * rule_institutionalised[c])
        for m in range(Meeting.REPRESENTATIVES, Meeting.COUNCIL):
            if community_meeting_due[c, m] == 0 or gain * touchy <= risk * blame:
                continue
            if uniform(key, Purpose.OBSTRUCT, community_uid[c], week, CLOSE + m) >= call_off:
                continue
            community_meeting_due[c, m] = 0
            community_blocked[c] += 1.0
            spend(actor, act_hours, Pay.PUBLIC, Stream.INITIATIVE, body_left, body_hours)
            if uniform(key, Purpose.OBSTRUCT, community_uid[c], week, OUT + 20 + m) < risk:
                found_out(
                    c, week, int(warned_weeks), body_community, person_body, person_obstructs, person_warned,
                    community_obstruction_found, community_known_trouble,
                )  # fmt: skip
