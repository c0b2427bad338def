"""Assemblies with residents: they collect issues and hold rounds on what needs consent (A38-A40, A43, A63-A66).

Representatives come if they expect something of it and have the time. Consent is sought in rounds that bring positions
closer (Deffuant et al. 2000). At the four-party meeting the property firms sit at the table too: what a firm has
refused is asked of it again before residents' eyes. Nobody can bind it. A case does not wait for a meeting for ever.
"""

from sim.codes import Body, Channel, File, Meeting, Need, Pay, Purpose, Truth
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.mechanisms.dealing import deal, fits, readiness
from sim.mechanisms.find import alive_row
from sim.mechanisms.meetings import sit
from sim.mechanisms.waits import leave
from sim.params import Param, Shared
from sim.randomness import exponential, uniform

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
def attendance(
    key, week, m, c, come, hours, resident_uid, resident_community, resident_representative, resident_efficacy,
    resident_spare, resident_attended, resident_hours, resident_present,
):  # fmt: skip
    """Representatives who come and all representatives; those who come give their time."""
    came, members = 0, 0
    for i in range(len(resident_representative)):
        if resident_representative[i] == 0 or resident_community[i] != c:
            continue
        members += 1
        if resident_spare[i] < hours:
            continue
        if uniform(key, Purpose.MEETING, resident_uid[i], week, COMES + m) < come * 2.0 * resident_efficacy[i]:
            came += 1
            resident_attended[i] += 1
            resident_present[i] |= 1 << m
            resident_hours[i, Pay.VOLUNTEER] += hours
    return came, members


@mechanism(
    writes=(
        "body.left",
        "body.hours",
        "body.relation",
        "body.requests",
        "body.accepted",
        "community.meeting_held",
        "community.meeting_hours",
        "community.meetings_total",
        "community.channel_used",
        "community.quorate",
        "community.filtered",
        "resident.attended",
        "resident.hours",
        "resident.present",
        "resident.spoke",
        "resident.open_cases",
        "case.file",
        "case.met",
        "case.distance",
        "case.ready",
        "case.since",
        "case.wait",
        "case.channel",
        "case.found_by",
        "case.spoken",
        "case.granted",
        "case.refusals",
        "case.decide_at",
        "case.resolution",
    )
)
def step(
    key,
    week,
    opening_hours,
    case_hours,
    longest,
    step_closer,
    agreed,
    assembly_hours,
    come,
    come_deciding,
    kept_off,
    collect,
    relation_weight,
    relation_rate,
    patience_days,
    stay_away,
    rows_used,
    active_case,
    rule_open_agenda,
    rule_own_budget,
    rule_meeting_quorum,
    community_full,
    community_first_body,
    community_last_body,
    community_meeting_due,
    community_meeting_held,
    community_meeting_hours,
    community_meetings_total,
    community_channel_used,
    community_quorate,
    community_filtered,
    body_type,
    body_alive,
    body_dec,
    body_left,
    body_hours,
    body_relation,
    body_requests,
    body_accepted,
    resident_uid,
    resident_community,
    resident_representative,
    resident_efficacy,
    resident_spare,
    resident_attended,
    resident_hours,
    resident_present,
    resident_spoke,
    resident_open_cases,
    case_uid,
    case_resident,
    case_community,
    case_kind,
    case_implicates,
    case_truth,
    case_felt,
    case_file,
    case_owner,
    case_next,
    case_met,
    case_distance,
    case_ready,
    case_refusals,
    case_granted,
    case_since,
    case_wait,
    case_channel,
    case_found_by,
    case_spoken,
    case_decide_at,
    case_resolution,
):
    now = 5.0 * week
    for position in range(rows_used[2]):
        n = active_case[position]
        if case_file[n] == File.WAIT_MEETING and case_next[n] < 0 and now - case_since[n] > stay_away:
            leave(n, now, 2, case_since, case_wait)
            case_file[n] = File.WAIT_CONSENT  # no meeting brought it about: rounds by whoever has it
            case_ready[n] = now
    for c in range(len(community_full)):
        if community_full[c] == 0:
            continue
        first, last = community_first_body[c], community_last_body[c]
        committee = alive_row(Body.COMMITTEE, c, community_first_body, community_last_body, body_type, body_alive)
        for m in range(Meeting.REPRESENTATIVES, Meeting.APPRAISAL):
            if committee < 0 or community_meeting_due[c, m] == 0:
                continue
            most = min(longest, body_left[committee, Pay.PUBLIC])  # no longer than the committee has time for
            if most < opening_hours + case_hours:
                continue
            readier = come_deciding if m == Meeting.REPRESENTATIVES and rule_own_budget[c] == 1 else come
            came, members = attendance(
                key, week, m, c, readier, assembly_hours, resident_uid, resident_community, resident_representative,
                resident_efficacy, resident_spare, resident_attended, resident_hours, resident_present,
            )  # fmt: skip
            if came == 0:
                continue
            quorate = True
            if m == Meeting.REPRESENTATIVES:
                quorate = came >= rule_meeting_quorum[c] * members
                community_quorate[c] = 1 if quorate else 0
            room = int((most - opening_hours) / case_hours)
            treated = 0
            for position in range(rows_used[2]):
                n = active_case[position]
                if case_community[n] != c or treated >= room or case_truth[n] != Truth.OPEN:
                    continue
                if case_file[n] == File.WAIT_MEETING and case_next[n] < 0 and fits(m, case_kind[n]):
                    treated += 1
                    case_distance[n] *= 1.0 - step_closer
                    if case_distance[n] < agreed and quorate:
                        leave(n, now + 1.0, 2, case_since, case_wait)
                        case_met[n] |= 1 << Need.CONSENT
                        case_resolution[n] = week + 1
                        case_file[n] = File.ROUTED
                        case_ready[n] = now + 1.0
                    continue
                other = case_next[n]
                if m != Meeting.FOUR_PARTY or other < 0 or case_refusals[n] == 0 or case_granted[n] == 1:
                    continue
                if body_type[other] != Body.FIRM or body_alive[other] == 0 or body_left[other, Pay.FEE] < opening_hours:
                    continue
                if case_file[n] != File.ROUTED and case_file[n] != File.WAIT_MEETING:
                    continue
                # refused before: asked by committee, Party organization and, in their own name, residents
                treated += 1
                agrees = False
                for t_b in range(Body.PARTY, Body.STATION):
                    chance = readiness(other, Body.FIRM, body_dec) + relation_weight * (body_relation[other, t_b] - 0.5)
                    body_requests[other] += 1.0
                    agrees |= uniform(key, Purpose.MEETING, case_uid[n], week, ASKED + t_b) < chance
                deal(case_owner[n], other, agrees, relation_rate, body_type, body_relation)
                if agrees:
                    leave(n, now + 1.0, 2 if case_file[n] == File.WAIT_MEETING else 1, case_since, case_wait)
                    body_accepted[other] += 1.0
                    case_granted[n] = 1
                    case_resolution[n] = week + 1
                    case_file[n] = File.ROUTED
                    case_ready[n] = now + 1.0
                else:
                    case_refusals[n] += 1
            for position in range(rows_used[2]):
                n = active_case[position]
                i = case_resident[n]
                if case_community[n] != c or case_file[n] != File.NOT_SPOKEN or case_truth[n] != Truth.OPEN:
                    continue
                if case_felt[n] >= now or treated >= room:
                    continue
                # a representative of the building is asked for what bothers the neighbours
                if uniform(key, Purpose.MEETING, case_uid[n], week, COMES_UP + m) >= collect * came / max(1, members):
                    continue
                # where residents have no right to the agenda, whoever convenes decides what is on it
                if rule_open_agenda[c] == 0 and case_implicates[n] > 0:
                    if uniform(key, Purpose.MEETING, case_uid[n], week, KEPT + m) < kept_off:
                        community_filtered[c] += 1.0
                        continue
                treated += 1
                case_file[n] = File.SPOKEN
                case_channel[n] = Channel.REPRESENTATIVE
                case_found_by[n] = 3
                case_spoken[n] = now + 1.0
                case_ready[n] = now + 1.0
                case_since[n] = now + 1.0
                pause = 0.5 + 0.5 * exponential(key, Purpose.MEETING, case_uid[n], week, THINKS)
                case_decide_at[n] = now + 1.0 + patience_days * pause
                resident_spoke[i] += 1
                resident_open_cases[i] += 1
                community_channel_used[c, Channel.REPRESENTATIVE] += 1.0
            length = opening_hours + treated * case_hours
            community_meeting_held[c, m] += 1.0
            community_meetings_total[c, m] += 1.0
            for b in range(first, last):
                if body_alive[b] == 0:
                    continue
                t = body_type[b]
                attends = t == Body.COMMITTEE or t == Body.PARTY or (m == Meeting.FOUR_PARTY and t == Body.FIRM)
                if attends and sit(b, length, body_type, body_left, body_hours):
                    community_meeting_hours[c, m] += length
