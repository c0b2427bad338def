"""What becomes of resolutions that meetings with residents pass: an owner, a date and a public list, or a word (A42).

Where responsibility for resolutions is laid down, the minutes name the body that answers for the matter and a date, in
somebody's paid time. The list hangs out: what is past its date is seen by those who appraise (`appraisal`) and, at the
next meeting of residents, called up. Who is named has to report; a matter that was closed on paper is taken up again,
one that was put aside is taken in hand. Where the list names a person, it is the holder of a post in that body; who has
left the post since takes the matter along, and at the next meeting somebody has to be named anew before anybody can
report. Nothing makes the work shorter (accountability: Bovens 2007, Eur. Law J. 13).
"""

import numpy as np

from sim.engine.kernel import kernel
from sim.engine.mechanism import mechanism
from sim.engine.randomness import joined, uniform
from sim.model.cases.find import paid_by, spend
from sim.model.cases.life import pass_on, reopen
from sim.vocabulary.codes import File, Kind, Meeting, Purpose, Rows, Stream, Truth
from sim.vocabulary.params import Param

ASSUMED = "assumption"
PARAMS = {
    "note_hours": Param(0.4, "hours", 0.1, 1.5, ASSUMED, "writing down and posting who is to do what by when"),
    "report_hours": Param(0.3, "hours", 0.1, 1.5, ASSUMED, "reporting to a meeting on one overdue resolution"),
    "weeks_project": Param(26.0, "weeks", 8.0, 78.0, ASSUMED, "time given for a collective project"),
    "weeks_other": Param(8.0, "weeks", 2.0, 26.0, ASSUMED, "time given for other resolutions"),
    "called_up": Param(5.0, "resolutions", 1.0, 20.0, ASSUMED, "overdue resolutions that a meeting has time for"),
}
PERSON = 50  # slot of the draw of who is named


@kernel
def name_person(key, n, b, person, case):
    """Name somebody on the paid staff of body b for case n, by a keyed draw; nobody where it has no paid staff."""
    best = 2.0
    case.answers[n] = 0
    for p in range(len(person.uid)):
        if person.body[p] == b and person.employed[p] == 1:
            u = uniform(key, Purpose.MEETING, joined(np.uint64(case.uid[n]), np.uint64(person.uid[p])), 0, PERSON)
            if u < best:
                best = u
                case.answers[n] = p + 1
                case.answers_as[n] = person.incumbents[p]


@mechanism
def step(now, p, rows, rule, community, body, person, active, case, kind):
    today = 5.0 * now.week + 1.0
    for c in range(len(community.full)):
        community.dated[c] = 0.0
        community.overdue_resolutions[c] = 0.0
    for b in range(len(body.type)):
        body.named[b] = 0.0
        body.named_overdue[b] = 0.0
    for position in range(rows.used[Rows.ACTIVE]):
        n = active.case[position]
        if case.resolution[n] == 0 or case.truth[n] != Truth.OPEN or case.file[n] == File.DROPPED:
            continue
        c = case.community[n]
        owner = case.owner[n]
        if case.resolution[n] == now.week + 1:
            community.resolutions[c] += 1.0
            if rule.responsibility[c] == 1 and case.by[n] == 0 and owner > 0 and body.alive[owner] == 1:
                pay = paid_by(body.type[owner])
                if body.left[owner, pay] >= p.note_hours:  # nobody's time, no list
                    spend(owner, p.note_hours, pay, Stream.MEETING, body)
                    case.named[n] = owner
                    if rule.names_person[c] == 1:
                        name_person(now.key, n, owner, person, case)
                    case.by[n] = now.week + int(p.weeks_project if case.kind[n] == Kind.PROJECT else p.weeks_other)
        if case.by[n] == 0 or body.alive[case.named[n]] == 0:
            continue
        b = case.named[n]
        body.named[b] += 1.0
        community.dated[c] += 1.0
        if now.week <= case.by[n]:
            continue
        body.named_overdue[b] += 1.0
        community.overdue_resolutions[c] += 1.0
        met = community.meeting_held[c, Meeting.REPRESENTATIVES] + community.meeting_held[c, Meeting.DELIBERATION]
        if met + community.meeting_held[c, Meeting.APPRAISAL] <= 0.0 or community.overdue_resolutions[c] > p.called_up:
            continue
        who = case.answers[n] - 1
        if who >= 0 and (person.employed[who] == 0 or person.incumbents[who] != case.answers_as[n]):
            # who was named has left the post: nobody can report until somebody else has been named
            if spend(b, p.note_hours, paid_by(body.type[b]), Stream.MEETING, body) >= p.note_hours:
                name_person(now.key, n, b, person, case)
                community.reassigned[c] += 1.0
            continue
        # called up before residents: who is named reports and takes it in hand again
        if spend(b, p.report_hours, paid_by(body.type[b]), Stream.MEETING, body) < p.report_hours:
            continue
        file = case.file[n]
        if file == File.CLOSED and case.paper[n] == 1:
            reopen(n, today, today + kind.promise[case.kind[n]], case)
        elif file == File.NOT_PASSED_ON:
            pass_on(n, today, case)
        elif (file == File.ROUTED or file == File.WAIT_MONEY) and case.ready[n] > today:
            case.ready[n] = today  # what was put aside or waits for money is looked at now
