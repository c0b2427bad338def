"""The appraisal meeting: residents' representatives score the bodies that serve them (A67).

They score from what they have come to think of each and, where one hangs out, from the list of resolutions (A42).
Whether a score counts is another matter: in pay, project money, before voters or in the judgement of those above.
`committee.perceive` shows it to a body only where something hangs on it.
"""

from sim.engine.mechanism import mechanism
from sim.model.cases.find import alive_row
from sim.model.meetings.assemblies import attendance
from sim.model.meetings.meetings import sit
from sim.vocabulary.codes import Body, Meeting, Pay
from sim.vocabulary.params import Param, Shared

ASSUMED = "assumption"
PARAMS = {
    "length": Param(1.5, "hours", 0.5, 4.0, ASSUMED, "an appraisal meeting, for the bodies"),
    "assembly_hours": Param(2.0, "hours", 0.5, 5.0, ASSUMED, "a representative's time for an appraisal"),
    "list_weight": Param(0.4, "share", 0.0, 1.0, ASSUMED + " (A42)",
                         "weight of the public list of resolutions against a representative's own opinion"),
    "come": Shared("assemblies.come"),
}


@mechanism
def step(now, p, community, body, resident):
    m = Meeting.APPRAISAL
    for c in range(len(community.full)):
        if community.full[c] == 0 or community.meeting_due[c, m] == 0:
            continue
        committee = alive_row(Body.COMMITTEE, c, community, body)
        if committee < 0 or body.left[committee, Pay.PUBLIC] < p.length:
            continue
        before = resident.attended.copy()
        came, _ = attendance(now.key, now.week, m, c, p.come, p.assembly_hours, resident)
        if came == 0:
            continue
        standing, trust = 0.0, 0.0
        for i in range(len(before)):
            if resident.attended[i] > before[i]:
                standing += resident.standing[i] / came
                trust += resident.trust[i] / came
        community.appraisals[c] += 1.0
        scored, score = 0.0, 0.0
        community.meeting_held[c, m] += 1.0
        community.meetings_total[c, m] += 1.0
        for b in range(community.first_body[c], community.last_body[c]):
            t = body.type[b]
            if body.alive[b] == 0 or (t != Body.PARTY and t != Body.COMMITTEE and t != Body.STATION):
                continue
            body.appraised[b] = standing if t == Body.COMMITTEE else trust
            if body.named[b] > 0.0:  # the list hangs on the wall: how much of it is not past its date
                kept = 1.0 - body.named_overdue[b] / body.named[b]
                body.appraised[b] += p.list_weight * (kept - body.appraised[b])
            if t != Body.PARTY:
                scored += 1.0
                score += body.appraised[b]
            if sit(b, p.length, body):
                community.meeting_hours[c, m] += p.length
        if scored > 0.0:
            community.score[c] = score / scored - 0.5  # a half is neither good nor bad
