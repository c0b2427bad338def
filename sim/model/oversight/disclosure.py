"""Residents look up what became of their own cases, and object to what is not so (A68: content, form, time, procedure).

A person whose file was closed on paper, or lies with somebody who has not passed it on, reads in the open record what
it says there. How likely that is depends on what is shown, where and how fresh it is (`community.openness`, made by
`calendar.channels`). Who objects takes the time; the gap is then public. Where there is a right to one's file, the
handler must answer: he spends the hours, and the file is opened again or goes up. Handlers know what was published
lately (`closing`, `committee`), so a lie that can be looked up is a risk (Fung, Graham & Weil 2007, Full Disclosure).
"""

from sim.engine.mechanism import mechanism
from sim.engine.randomness import uniform
from sim.model.cases.find import paid_by, spend
from sim.model.cases.life import pass_on, reopen
from sim.vocabulary.codes import File, Pay, Purpose, Rows, Stream, Truth
from sim.vocabulary.params import Param

ASSUMED = "assumption"
PARAMS = {
    "look": Param(0.12, "1/week", 0.0, 0.5, ASSUMED, "looks up the own case in a week when everything is shown"),
    "no_device": Param(0.3, "ratio", 0.0, 1.0, ASSUMED, "the same without digital habits"),
    "objects": Param(0.6, "probability", 0.0, 1.0, ASSUMED, "objects at full belief in being answered"),
    "look_hours": Param(0.3, "hours", 0.05, 1.0, ASSUMED, "a resident's time to look up and to object"),
    "answer_hours": Param(0.5, "hours", 0.1, 2.0, ASSUMED, "a handler's time to lay a file open and answer"),
}
LOOKS, OBJECTS = 0, 1


@mechanism
def step(now, p, rows, active, rule, community, body, resident, case, kind):
    today = 5.0 * now.week + 5.0
    for position in range(rows.used[Rows.ACTIVE]):
        n = active.case[position]
        if case.truth[n] != Truth.OPEN or case.objected[n] == 1 or case.owner[n] < 0:
            continue
        kept_back = case.file[n] == File.NOT_PASSED_ON
        if not kept_back and not (case.file[n] == File.CLOSED and case.paper[n] == 1):
            continue
        i = case.resident[n]
        c = case.community[n]
        chance = p.look * community.openness[c] * (1.0 if resident.digital[i] == 1 else p.no_device)
        if uniform(now.key, Purpose.LOOK_UP, case.uid[n], now.week, LOOKS) >= chance:
            continue
        resident.hours[i, Pay.PUBLIC] += p.look_hours
        if uniform(now.key, Purpose.LOOK_UP, case.uid[n], now.week, OBJECTS) >= p.objects * resident.efficacy[i]:
            continue
        case.objected[n] = 1
        community.objections[c] += 1.0
        community.published[c] += 1.0
        owner = case.owner[n]
        pay = paid_by(body.type[owner])
        if rule.file_right[c] == 0 or body.left[owner, pay] < p.answer_hours:
            continue  # nobody has to answer, or nobody has the time
        spend(owner, p.answer_hours, pay, Stream.DEMAND, body)
        if kept_back:
            pass_on(n, today, case)
            case.outside[n] = 1  # it is known above now
        else:
            reopen(n, today, today + kind.promise[case.kind[n]], case)
