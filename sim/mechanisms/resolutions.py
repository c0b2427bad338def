"""What becomes of resolutions that meetings with residents pass: an owner, a date and a public list, or a word (A42).

Where responsibility for resolutions is laid down, the minutes name the body that answers for the matter and a date, in
somebody's paid time. The list hangs out: what is past its date is seen by those who appraise (`appraisal`) and, at the
next meeting of residents, called up. Who is named has to report; a matter that was closed on paper is taken up again,
one that was put aside is taken in hand. Nothing makes the work shorter (accountability: Bovens 2007, Eur. Law J. 13).
"""

from sim.codes import File, Kind, Meeting, Step, Stream, Truth
from sim.mechanisms.base import mechanism
from sim.mechanisms.find import paid_by, spend
from sim.mechanisms.waits import break_off
from sim.params import Param

ASSUMED = "assumption"
PARAMS = {
    "note_hours": Param(0.4, "hours", 0.1, 1.5, ASSUMED, "writing down and posting who is to do what by when"),
    "report_hours": Param(0.3, "hours", 0.1, 1.5, ASSUMED, "reporting to a meeting on one overdue resolution"),
    "weeks_project": Param(26.0, "weeks", 8.0, 78.0, ASSUMED, "time given for a collective project"),
    "weeks_other": Param(8.0, "weeks", 2.0, 26.0, ASSUMED, "time given for other resolutions"),
    "called_up": Param(5.0, "resolutions", 1.0, 20.0, ASSUMED, "overdue resolutions that a meeting has time for"),
}


@mechanism(
    writes=(
        "community.resolutions",
        "community.dated",
        "community.overdue_resolutions",
        "body.named",
        "body.named_overdue",
        "body.left",
        "body.hours",
        "case.named",
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
    week,
    note_hours,
    report_hours,
    weeks_project,
    weeks_other,
    called_up,
    rows_used,
    rule_responsibility,
    community_full,
    community_meeting_held,
    community_resolutions,
    community_dated,
    community_overdue_resolutions,
    body_type,
    body_alive,
    body_left,
    body_hours,
    body_named,
    body_named_overdue,
    active_case,
    case_community,
    case_kind,
    case_truth,
    case_owner,
    case_resolution,
    case_named,
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
