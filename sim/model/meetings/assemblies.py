"""Assemblies with residents: they collect issues and hold rounds on what needs consent (A38-A40, A43, A63-A66).

Representatives come if they expect something of it and have the time. Consent is sought in rounds that bring positions
closer (Deffuant et al. 2000). At the four-party meeting the property firms sit at the table too: what a firm has
refused is asked of it again before residents' eyes. Nobody can bind it. A case does not wait for a meeting for ever.
"""

from sim.engine.kernel import kernel
from sim.engine.mechanism import mechanism
from sim.engine.randomness import exponential, uniform
from sim.model.cases.dealing import deal, fits, readiness
from sim.model.cases.find import alive_row
from sim.model.cases.life import break_off, leave, route, speak, wait
from sim.model.meetings.meetings import sit
from sim.vocabulary.codes import (
    Body,
    Channel,
    File,
    FoundBy,
    Implicates,
    Meeting,
    Need,
    Pay,
    Purpose,
    Rows,
    Truth,
    Wait,
)
from sim.vocabulary.params import Param, Shared
from sim.vocabulary.sets import ROUNDS

ASSUMED = "assumption"
PARAMS = {
    "opening_hours": Shared("meetings.opening_hours"),
    "case_hours": Shared("meetings.case_hours"),
    "longest": Shared("meetings.longest"),
    "step_closer": Shared("mediating.step_closer"),
    "agreed": Shared("routing.agreed"),
    "assembly_hours": Param(2.0, "hours", 0.5, 5.0, ASSUMED, "a resident's time for an assembly"),
    "come": Param(0.5, "share", 0.05, 1.0, ASSUMED,
                  "attendance of representatives at middling belief in being answered"),
    "come_deciding": Param(0.9, "share", 0.05, 1.0, ASSUMED + " (A63)",
                           "the same for a meeting that decides on money of its own"),
    "kept_off": Param(0.7, "probability", 0.0, 1.0, ASSUMED + " (A53)",
                      "the convener keeps off an agenda of its own what implicates somebody"),
    "collect": Param(0.3, "share", 0.0, 1.0, ASSUMED,
                     "unspoken problems that come up when all representatives are there"),
    "relation_weight": Shared("dealing.relation_weight"),
    "relation_rate": Shared("dealing.relation_rate"),
    "patience_days": Shared("patience.patience_days"),
    "stay_away": Shared("meetings.stay_away"),
}
COMES, COMES_UP, ASKED, THINKS, KEPT = 100, 200, 300, 400, 500  # first slots of draws: by meeting or asking body


@kernel
def attendance(key, week, m, c, come, hours, resident):
    """Representatives who come and all representatives; those who come give their time."""
    came, members = 0, 0
    for i in range(len(resident.representative)):
        if resident.representative[i] == 0 or resident.community[i] != c:
            continue
        members += 1
        if resident.spare[i] < hours:
            continue
        if uniform(key, Purpose.MEETING, resident.uid[i], week, COMES + m) < come * 2.0 * resident.efficacy[i]:
            came += 1
            resident.attended[i] += 1
            resident.present[i] |= 1 << m
            resident.hours[i, Pay.VOLUNTEER] += hours
    return came, members


@mechanism
def step(now, p, rows, active, rule, community, body, resident, case):
    today = 5.0 * now.week
    for position in range(rows.used[Rows.ACTIVE]):
        n = active.case[position]
        if case.file[n] == File.WAIT_MEETING and case.next[n] < 0 and today - case.since[n] > p.stay_away:
            leave(n, today, Wait.MEETING, case)
            wait(n, File.WAIT_CONSENT, today, case)  # no meeting brought it about: rounds by whoever has it
    for c in range(len(community.full)):
        if community.full[c] == 0:
            continue
        first, last = community.first_body[c], community.last_body[c]
        committee = alive_row(Body.COMMITTEE, c, community, body)
        for m in ROUNDS:
            if committee < 0 or community.meeting_due[c, m] == 0:
                continue
            most = min(p.longest, body.left[committee, Pay.PUBLIC])  # no longer than the committee has time for
            if most < p.opening_hours + p.case_hours:
                continue
            readier = p.come_deciding if m == Meeting.REPRESENTATIVES and rule.own_budget[c] == 1 else p.come
            came, members = attendance(now.key, now.week, m, c, readier, p.assembly_hours, resident)
            if came == 0:
                continue
            quorate = True
            if m == Meeting.REPRESENTATIVES:
                quorate = came >= rule.meeting_quorum[c] * members
                community.quorate[c] = 1 if quorate else 0
            room = int((most - p.opening_hours) / p.case_hours)
            treated = 0
            for position in range(rows.used[Rows.ACTIVE]):
                n = active.case[position]
                if case.community[n] != c or treated >= room or case.truth[n] != Truth.OPEN:
                    continue
                if case.file[n] == File.WAIT_MEETING and case.next[n] < 0 and fits(m, case.kind[n]):
                    treated += 1
                    case.distance[n] *= 1.0 - p.step_closer
                    if case.distance[n] < p.agreed and quorate:
                        leave(n, today + 1.0, Wait.MEETING, case)
                        case.met[n] |= 1 << Need.CONSENT
                        case.resolution[n] = now.week + 1
                        route(n, today + 1.0, case)
                    continue
                other = case.next[n]
                if m != Meeting.FOUR_PARTY or other < 0 or case.refusals[n] == 0 or case.granted[n] == 1:
                    continue
                if (
                    body.type[other] != Body.FIRM
                    or body.alive[other] == 0
                    or body.left[other, Pay.FEE] < p.opening_hours
                ):
                    continue
                if case.file[n] != File.ROUTED and case.file[n] != File.WAIT_MEETING:
                    continue
                # refused before: asked by committee, Party organization and, in their own name, residents
                treated += 1
                agrees = False
                for t_b in (Body.PARTY, Body.COMMITTEE):
                    chance = readiness(other, Body.FIRM, body) + p.relation_weight * (body.relation[other, t_b] - 0.5)
                    body.requests[other] += 1.0
                    agrees |= uniform(now.key, Purpose.MEETING, case.uid[n], now.week, ASKED + t_b) < chance
                deal(case.owner[n], other, agrees, p.relation_rate, body)
                if agrees:
                    break_off(n, today + 1.0, case)
                    body.accepted[other] += 1.0
                    case.granted[n] = 1
                    case.resolution[n] = now.week + 1
                    route(n, today + 1.0, case)
                else:
                    case.refusals[n] += 1
            for position in range(rows.used[Rows.ACTIVE]):
                n = active.case[position]
                i = case.resident[n]
                if case.community[n] != c or case.file[n] != File.NOT_SPOKEN or case.truth[n] != Truth.OPEN:
                    continue
                if case.felt[n] >= today or treated >= room:
                    continue
                # a representative of the building is asked for what bothers the neighbours
                if uniform(now.key, Purpose.MEETING, case.uid[n], now.week, COMES_UP + m) >= p.collect * came / max(
                    1, members
                ):
                    continue
                # where residents have no right to the agenda, whoever convenes decides what is on it
                if rule.open_agenda[c] == 0 and case.implicates[n] != Implicates.NOBODY:
                    if uniform(now.key, Purpose.MEETING, case.uid[n], now.week, KEPT + m) < p.kept_off:
                        community.filtered[c] += 1.0
                        continue
                treated += 1
                speak(n, today + 1.0, Channel.REPRESENTATIVE, today + 1.0, case)
                case.found_by[n] = FoundBy.MEETING
                pause = 0.5 + 0.5 * exponential(now.key, Purpose.MEETING, case.uid[n], now.week, THINKS)
                case.decide_at[n] = today + 1.0 + p.patience_days * pause
                resident.spoke[i] += 1
                resident.open_cases[i] += 1
                community.channel_used[c, Channel.REPRESENTATIVE] += 1.0
            length = p.opening_hours + treated * p.case_hours
            community.meeting_held[c, m] += 1.0
            community.meetings_total[c, m] += 1.0
            for b in range(first, last):
                if body.alive[b] == 0:
                    continue
                t = body.type[b]
                attends = t == Body.COMMITTEE or t == Body.PARTY or (m == Meeting.FOUR_PARTY and t == Body.FIRM)
                if attends and sit(b, length, body):
                    community.meeting_hours[c, m] += length
