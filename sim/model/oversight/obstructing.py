"""A few persons press complainants, close channels and call meetings off, each at the risk of being found out (A55).

Obstruction is a trait of a few persons, for career or private gain, not of an office: drawn once for each holder of a
post. Such a person acts where the case implicates a cadre and is not yet known outside, and only if what that saves is
worth more than the blame times the chance of being found out (Becker 1968, JPE 76). Not passing on (隐瞒) is done in
`routing`; here are pressing (压制) and closing (堵塞). Who is pressed gives in or gets angry and may go elsewhere; what
goes elsewhere can come out, and who was found out holds back for a while.
"""

import numpy as np

from sim.engine.kernel import kernel
from sim.engine.mechanism import mechanism
from sim.engine.randomness import joined, uniform
from sim.engine.sets import among
from sim.model.cases.find import spend
from sim.model.cases.life import drop
from sim.vocabulary.codes import Channel, Implicates, Pay, Purpose, Rows, Stream, Truth
from sim.vocabulary.params import Param
from sim.vocabulary.sets import CORE, ENDED, UNHEARD, WITH_RESIDENTS

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
def found_out(c, week, warned_weeks, body, person, community):
    """An act has become known: the office has it on its books, and the first of those who act here holds back."""
    community.obstruction_found[c] += 1.0
    community.known_trouble[c] += 1.0
    for p in range(len(person.body)):
        if body.community[person.body[p]] == c and person.obstructs[p] == 1 and person.warned[p] <= week:
            person.warned[p] = week + warned_weeks
            break


@mechanism
def step(now, p, rows, active, community, body, person, resident, case):
    bodies = len(body.type)
    staff = np.zeros(bodies)
    acting = np.zeros(bodies)
    for who in range(len(person.uid)):
        b = person.body[who]
        person.obstructs[who] = 0
        if person.employed[who] == 0 or not among(body.type[b], CORE):
            continue
        holder = joined(np.uint64(person.uid[who]), np.uint64(person.incumbents[who]))
        if uniform(now.key, Purpose.OBSTRUCT, holder, 0, TRAIT) < p.few:
            person.obstructs[who] = 1
            if person.warned[who] <= now.week:
                acting[b] += 1.0
        staff[b] += 1.0
    for b in range(bodies):
        body.obstructing[b] = acting[b] / staff[b] if staff[b] > 0.0 else 0.0
    today = 5.0 * now.week
    for c in range(len(community.full)):
        if community.full[c] == 0:
            continue
        chance = p.found_base + p.found_open * community.openness[c]
        chance += p.found_outside * community.channel_open[c, Channel.HOTLINE]
        chance += p.found_outside * community.channel_open[c, Channel.PLATFORM]
        chance = min(1.0, chance)
        # what was done before and went elsewhere may come out
        for j in range(OWN_CHANNELS):
            ch = own_channel(j)
            if community.blocked_until[c, ch] > now.week:
                if uniform(now.key, Purpose.OBSTRUCT, community.uid[c], now.week, OUT + ch) < chance / p.block_weeks:
                    community.blocked_until[c, ch] = now.week
                    found_out(c, now.week, int(p.warned_weeks), body, person, community)
        actor = -1
        for b in range(bodies):
            if body.community[b] == c and acting[b] > 0.0 and actor < 0:
                actor = b
        came = np.zeros(community.channel_open.shape[1])
        touchy = 0.0
        for position in range(rows.used[Rows.ACTIVE]):
            n = active.case[position]
            if case.community[n] != c or case.implicates[n] != Implicates.CADRE or case.truth[n] != Truth.OPEN:
                continue
            if case.pressed[n] > 0 and case.exposed[n] == 0 and case.outside[n] == 1:
                case.exposed[n] = 1
                if uniform(now.key, Purpose.OBSTRUCT, case.uid[n], 0, OUT) < chance:
                    found_out(c, now.week, int(p.warned_weeks), body, person, community)
            file = case.file[n]
            if actor < 0 or case.outside[n] == 1 or among(file, UNHEARD) or among(file, ENDED):
                continue
            touchy += 1.0
            came[case.channel[n]] += 1.0
            b = case.owner[n]
            if case.pressed[n] > 0 or b < 0 or acting[b] <= 0.0 or p.gain <= chance * p.blame:
                continue
            if uniform(now.key, Purpose.OBSTRUCT, case.uid[n], now.week, PRESS) >= p.press_rate * body.obstructing[b]:
                continue
            if body.left[b, Pay.PUBLIC] < p.press_hours:
                continue
            spend(b, p.press_hours, Pay.PUBLIC, Stream.INITIATIVE, body)
            case.pressed[n] += 1
            community.pressed[c] += 1.0
            i = case.resident[n]
            if uniform(now.key, Purpose.OBSTRUCT, case.uid[n], 0, YIELD) < p.gives_in * (1.0 - resident.efficacy[i]):
                drop(n, today, case)
            else:
                resident.heat[i] += p.anger
                case.decide_at[n] = today  # thinks again at once: whether to ask again, wait or go elsewhere
        if touchy <= 0.0 or body.left[actor, Pay.PUBLIC] < p.act_hours:
            continue
        # closing the channel by which most of them came
        worst = 0
        for j in range(OWN_CHANNELS):
            ch = own_channel(j)
            if community.channel_open[c, ch] == 1 and came[ch] > came[worst]:
                worst = ch
        if worst > 0 and p.gain * came[worst] > chance * p.blame:
            if uniform(now.key, Purpose.OBSTRUCT, community.uid[c], now.week, CLOSE) < p.block_rate:
                community.blocked_until[c, worst] = now.week + int(p.block_weeks)
                community.blocked[c] += 1.0
                spend(actor, p.act_hours, Pay.PUBLIC, Stream.INITIATIVE, body)
        # calling off a meeting of residents; a date that everybody knows cannot be passed over in silence
        risk = min(1.0, chance + p.found_dated * community.dates_fixed[c])
        for m in WITH_RESIDENTS:
            if community.meeting_due[c, m] == 0 or p.gain * touchy <= risk * p.blame:
                continue
            if uniform(now.key, Purpose.OBSTRUCT, community.uid[c], now.week, CLOSE + m) >= p.call_off:
                continue
            community.meeting_due[c, m] = 0
            community.blocked[c] += 1.0
            spend(actor, p.act_hours, Pay.PUBLIC, Stream.INITIATIVE, body)
            if uniform(now.key, Purpose.OBSTRUCT, community.uid[c], now.week, OUT + 20 + m) < risk:
                found_out(c, now.week, int(p.warned_weeks), body, person, community)
