"""The appraisal meeting: residents' representatives score the bodies that serve them (A67).

They score from what they have come to think of each and, where one hangs out, from the list of resolutions (A42).
Whether a score counts is another matter: in pay, project money, before voters or in the judgement of those above.
`committee.perceive` shows it to a body only where something hangs on it.
"""

from sim.codes import Body, Meeting, Pay
from sim.mechanisms.assemblies import attendance
from sim.mechanisms.base import mechanism
from sim.mechanisms.find import alive_row
from sim.mechanisms.meetings import sit
from sim.params import Param, Shared

ASSUMED = "assumption"
PARAMS = {
    "length": Param(1.5, "hours", 0.5, 4.0, ASSUMED, "an appraisal meeting, for the bodies"),
    "assembly_hours": Param(2.0, "hours", 0.5, 5.0, ASSUMED, "a representative's time for an appraisal"),
    "list_weight": Param(0.4, "share", 0.0, 1.0, ASSUMED + " (A42)",
                         "weight of the public list of resolutions against a representative's own opinion"),
    "come": Shared("assemblies.come"),
}


@mechanism(
    writes=(
        "body.left",
        "body.hours",
        "body.appraised",
        "community.appraisals",
        "community.meeting_held",
        "community.meeting_hours",
        "community.meetings_total",
        "resident.attended",
        "resident.hours",
        "resident.present",
        "community.score",
    )
)
def step(
    key,
    week,
    length,
    assembly_hours,
    come,
    list_weight,
    community_full,
    community_first_body,
    community_last_body,
    community_meeting_due,
    community_appraisals,
    community_meeting_held,
    community_meeting_hours,
    community_meetings_total,
    body_type,
    body_alive,
    body_left,
    body_hours,
    body_appraised,
    body_named,
    body_named_overdue,
    resident_uid,
    resident_community,
    resident_representative,
    resident_efficacy,
    resident_standing,
    resident_trust,
    resident_spare,
    resident_attended,
    resident_hours,
    resident_present,
    community_score,
):
    m = Meeting.APPRAISAL
    for c in range(len(community_full)):
        if community_full[c] == 0 or community_meeting_due[c, m] == 0:
            continue
        committee = alive_row(Body.COMMITTEE, c, community_first_body, community_last_body, body_type, body_alive)
        if committee < 0 or body_left[committee, Pay.PUBLIC] < length:
            continue
        before = resident_attended.copy()
        came, _ = attendance(
            key, week, m, c, come, assembly_hours, resident_uid, resident_community, resident_representative,
            resident_efficacy, resident_spare, resident_attended, resident_hours, resident_present,
        )  # fmt: skip
        if came == 0:
            continue
        standing, trust = 0.0, 0.0
        for i in range(len(before)):
            if resident_attended[i] > before[i]:
                standing += resident_standing[i] / came
                trust += resident_trust[i] / came
        community_appraisals[c] += 1.0
        scored, score = 0.0, 0.0
        community_meeting_held[c, m] += 1.0
        community_meetings_total[c, m] += 1.0
        for b in range(community_first_body[c], community_last_body[c]):
            t = body_type[b]
            if body_alive[b] == 0 or (t != Body.PARTY and t != Body.COMMITTEE and t != Body.STATION):
                continue
            body_appraised[b] = standing if t == Body.COMMITTEE else trust
            if body_named[b] > 0.0:  # the list hangs on the wall: how much of it is not past its date
                kept = 1.0 - body_named_overdue[b] / body_named[b]
                body_appraised[b] += list_weight * (kept - body_appraised[b])
            if t != Body.PARTY:
                scored += 1.0
                score += body_appraised[b]
            if sit(b, length, body_type, body_left, body_hours):
                community_meeting_hours[c, m] += length
        if scored > 0.0:
            community_score[c] = score / scored - 0.5  # a half is neither good nor bad
