"""What becomes of resolutions that meetings with residents pass: an owner, a date and a public list, or a word (A42).

Where responsibility for resolutions is laid down, the minutes name the body that answers for the matter and a date, in
somebody's paid time. The list hangs out: what is past its date is seen by those who appraise (`appraisal`) and, at the
next meeting of residents, called up. Who is named has to report; a matter that was closed on paper is taken up again,
one that was put aside is taken in hand. Where the list names a person, it is the holder of a post in that body; who has
left the post since takes the matter along, and at the next meeting somebody has to be named anew before anybody can
report. Nothing makes the work shorter (accountability: Bovens 2007, Eur. Law J. 13).
"""

import numpy as np

from sim.codes import File, Kind, Meeting, Purpose, Step, Stream, Truth
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.mechanisms.find import paid_by, spend
from sim.mechanisms.waits import break_off
from sim.params import Param
from sim.randomness import joined, uniform

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
def name_person(
    key, n, b, person_uid, person_body, person_employed, person_incumbents, case_uid, case_answers, case_answers_as
):
    """Name somebody on the paid staff of body b for case n, by a keyed draw; nobody where it has no paid staff."""
    best = 2.0
    case_answers[n] = 0
    for p in range(len(person_uid)):
        if person_body[p] == b and person_employed[p] == 1:
            u = uniform(key, Purpose.MEETING, joined(np.uint64(case_uid[n]), np.uint64(person_uid[p])), 0, PERSON)
            if u < best:
                best = u
                case_answers[n] = p + 1
                case_answers_as[n] = person_incumbents[p]


@mechanism(
    writes=(
        "community.resolutions",
        "community.dated",
        "community.overdue_resolutions",
        "community.reassigned",
        "body.named",
        "body.named_overdue",
        "body.left",
        "body.hours",
        "case.named",
        "case.answers",
        "case.answers_as",
        "case.by",
        "case.file",
        "case.body",
        "case.step",
        "case.paper",
        "case.promised",
        "case.judged",
        "case.ready",
        "case.since",
        "case.wait",
    )
)
def step(
    key,
    week,
    note_hours,
    report_hours,
    weeks_project,
    weeks_other,
    called_up,
    rows_used,
    rule_responsibility,
    rule_names_person,
    community_full,
    community_meeting_held,
    community_resolutions,
    community_dated,
    community_overdue_resolutions,
    community_reassigned,
    body_type,
    body_alive,
    body_left,
    body_hours,
    body_named,
    body_named_overdue,
    person_uid,
    person_body,
    person_employed,
    person_incumbents,
    active_case,
    case_uid,
    case_community,
    case_kind,
    case_truth,
    case_owner,
    case_resolution,
    case_named,
    case_answers,
    case_answers_as,
    case_by,
    case_file,
    case_body,
    case_step,
    case_paper,
    case_promised,
    kind_promise,
    case_judged,
    case_ready,
    case_since,
    case_wait,
):
    now = 5.0 * week + 1.0
    for c in range(len(community_full)):
        community_dated[c] = 0.0
        community_overdue_resolutions[c] = 0.0
    for b in range(len(body_type)):
        body_named[b] = 0.0
        body_named_overdue[b] = 0.0
    for position in range(rows_used[2]):
        n = active_case[position]
        if case_resolution[n] == 0 or case_truth[n] != Truth.OPEN or case_file[n] == File.DROPPED:
            continue
        c = case_community[n]
        owner = case_owner[n]
        if case_resolution[n] == week + 1:
            community_resolutions[c] += 1.0
            if rule_responsibility[c] == 1 and case_by[n] == 0 and owner > 0 and body_alive[owner] == 1:
                pay = paid_by(body_type[owner])
                if body_left[owner, pay] >= note_hours:  # nobody's time, no list
                    spend(owner, note_hours, pay, Stream.MEETING, body_left, body_hours)
                    case_named[n] = owner
                    if rule_names_person[c] == 1:
                        name_person(
                            key, n, owner, person_uid, person_body, person_employed, person_incumbents, case_uid,
                            case_answers, case_answers_as,
                        )  # fmt: skip
                    case_by[n] = week + int(weeks_project if case_kind[n] == Kind.PROJECT else weeks_other)
        if case_by[n] == 0 or body_alive[case_named[n]] == 0:
            continue
        b = case_named[n]
        body_named[b] += 1.0
        community_dated[c] += 1.0
        if week <= case_by[n]:
            continue
        body_named_overdue[b] += 1.0
        community_overdue_resolutions[c] += 1.0
        met = community_meeting_held[c, Meeting.REPRESENTATIVES] + community_meeting_held[c, Meeting.DELIBERATION]
        if met + community_meeting_held[c, Meeting.APPRAISAL] <= 0.0 or community_overdue_resolutions[c] > called_up:
            continue
        p = case_answers[n] - 1
        if p >= 0 and (person_employed[p] == 0 or person_incumbents[p] != case_answers_as[n]):
            # who was named has left the post: nobody can report until somebody else has been named
            if spend(b, note_hours, paid_by(body_type[b]), Stream.MEETING, body_left, body_hours) >= note_hours:
                name_person(
                    key, n, b, person_uid, person_body, person_employed, person_incumbents, case_uid, case_answers,
                    case_answers_as,
                )  # fmt: skip
                community_reassigned[c] += 1.0
            continue
        # called up before residents: who is named reports and takes it in hand again
        if spend(b, report_hours, paid_by(body_type[b]), Stream.MEETING, body_left, body_hours) < report_hours:
            continue
        file = case_file[n]
        if file == File.CLOSED and case_paper[n] == 1:
            case_file[n] = File.ROUTED
            case_body[n] = case_owner[n]
            case_step[n] = Step.INTAKE
            case_paper[n] = 0
            case_promised[n] = now + kind_promise[case_kind[n]]
            case_judged[n] = 0
            case_since[n] = now
            case_ready[n] = now
        elif file == File.NOT_PASSED_ON:
            break_off(n, now, case_file, case_since, case_wait)
            case_file[n] = File.ROUTED
            case_ready[n] = now
        elif (file == File.ROUTED or file == File.WAIT_MONEY) and case_ready[n] > now:
            case_ready[n] = now  # what was put aside or waits for money is looked at now
