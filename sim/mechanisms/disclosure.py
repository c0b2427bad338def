"""Residents look up what became of their own cases, and object to what is not so (A68: content, form, time, procedure).

A person whose file was closed on paper, or lies with somebody who has not passed it on, reads in the open record what
it says there. How likely that is depends on what is shown, where and how fresh it is (`community.openness`, made by
`calendar.channels`). Who objects takes the time; the gap is then public. Where there is a right to one's file, the
handler must answer: he spends the hours, and the file is opened again or goes up. Handlers know what was published
lately (`closing`, `committee`), so a lie that can be looked up is a risk (Fung, Graham & Weil 2007, Full Disclosure).
"""

from sim.codes import File, Pay, Purpose, Step, Stream, Truth
from sim.mechanisms.base import mechanism
from sim.mechanisms.find import paid_by, spend
from sim.mechanisms.waits import break_off
from sim.params import Param
from sim.randomness import uniform

ASSUMED = "assumption"
PARAMS = {
    "look": Param(0.12, "1/week", 0.0, 0.5, ASSUMED, "looks up the own case in a week when everything is shown"),
    "no_device": Param(0.3, "ratio", 0.0, 1.0, ASSUMED, "the same without digital habits"),
    "objects": Param(0.6, "probability", 0.0, 1.0, ASSUMED, "objects at full belief in being answered"),
    "look_hours": Param(0.3, "hours", 0.05, 1.0, ASSUMED, "a resident's time to look up and to object"),
    "answer_hours": Param(0.5, "hours", 0.1, 2.0, ASSUMED, "a handler's time to lay a file open and answer"),
}
LOOKS, OBJECTS = 0, 1


@mechanism(
    writes=(
        "community.published",
        "community.objections",
        "body.left",
        "body.hours",
        "resident.hours",
        "case.objected",
        "case.file",
        "case.body",
        "case.step",
        "case.paper",
        "case.promised",
        "case.judged",
        "case.ready",
        "case.since",
        "case.wait",
        "case.outside",
    )
)
def step(
    key,
    week,
    look,
    no_device,
    objects,
    look_hours,
    answer_hours,
    rows_used,
    active_case,
    rule_file_right,
    community_openness,
    community_published,
    community_objections,
    body_type,
    body_left,
    body_hours,
    resident_digital,
    resident_efficacy,
    resident_hours,
    case_uid,
    case_resident,
    case_community,
    case_truth,
    case_owner,
    case_objected,
    case_file,
    case_body,
    case_step,
    case_paper,
    case_promised,
    case_kind,
    kind_promise,
    case_judged,
    case_ready,
    case_since,
    case_wait,
    case_outside,
):
    now = 5.0 * week + 5.0
    for position in range(rows_used[2]):
        n = active_case[position]
        if case_truth[n] != Truth.OPEN or case_objected[n] == 1 or case_owner[n] < 0:
            continue
        kept_back = case_file[n] == File.NOT_PASSED_ON
        if not kept_back and not (case_file[n] == File.CLOSED and case_paper[n] == 1):
            continue
        i = case_resident[n]
        c = case_community[n]
        chance = look * community_openness[c] * (1.0 if resident_digital[i] == 1 else no_device)
        if uniform(key, Purpose.LOOK_UP, case_uid[n], week, LOOKS) >= chance:
            continue
        resident_hours[i, Pay.PUBLIC] += look_hours
        if uniform(key, Purpose.LOOK_UP, case_uid[n], week, OBJECTS) >= objects * resident_efficacy[i]:
            continue
        case_objected[n] = 1
        community_objections[c] += 1.0
        community_published[c] += 1.0
        owner = case_owner[n]
        pay = paid_by(body_type[owner])
        if rule_file_right[c] == 0 or body_left[owner, pay] < answer_hours:
            continue  # nobody has to answer, or nobody has the time
        spend(owner, answer_hours, pay, Stream.DEMAND, body_left, body_hours)
        if kept_back:
            break_off(n, now, case_file, case_since, case_wait)
            case_outside[n] = 1  # it is known above now
        else:
            case_body[n] = owner
            case_step[n] = Step.INTAKE
            case_paper[n] = 0
            case_promised[n] = now + kind_promise[case_kind[n]]
            case_judged[n] = 0
            case_since[n] = now
        case_file[n] = File.ROUTED
        case_ready[n] = now
