"""A petition is registered, has a date of its own and is answered in the office's hours (A75).

The office for letters and visits handles nothing itself: it hands the matter down with a date, asks those who have it,
and owes the petitioner an answer. The answer orders what a body refused; a file closed without a solution is sent back
(Minzner 2006, Stanford Journal of International Law 42: petitioning as an order from above, not as a remedy).
"""

from sim.engine.mechanism import mechanism
from sim.model.cases.find import spend
from sim.model.cases.life import break_off, reopen, wait
from sim.vocabulary.codes import Channel, File, Pay, Rows, Stream, Truth
from sim.vocabulary.params import Param

ASSUMED = "assumption"
PARAMS = {
    "answer_hours": Param(2.0, "hours", 0.5, 8.0, ASSUMED, "asking those who have the case and writing the answer"),
    "read_days": Param(5.0, "working days", 1.0, 20.0, ASSUMED, "time until the petitioner has weighed the answer"),
    "again_days": Param(20.0, "working days", 5.0, 60.0, ASSUMED,
                        "date for the body to which the answer sends it back"),
}


@mechanism
def step(now, p, rows, active, rule, community, body, case):
    today = 5.0 * now.week
    for position in range(rows.used[Rows.ACTIVE]):
        n = active.case[position]
        c = case.community[n]
        asked = case.petitions[n] + case.skips[n] + case.collective[n]
        if asked == 0 and case.channel[n] == Channel.PETITION and case.court[n] == 0:
            asked = 1  # spoken there from the first
        if asked > case.registered[n]:
            case.registered[n] = asked
            if case.answer_due[n] == 0.0:
                case.answer_due[n] = today + rule.petition_days[c]
        if case.answer_due[n] == 0.0 or case.answer_due[n] >= today + 5.0:
            continue
        open_still = case.truth[n] == Truth.OPEN and case.file[n] != File.DROPPED
        if open_still and body.left[0, Pay.PUBLIC] < p.answer_hours:
            continue  # the date passes; next week is another week
        community.answered[c] += 1.0
        community.answered_late[c] += 1.0 if case.answer_due[n] < today else 0.0
        case.answer_due[n] = 0.0
        if not open_still:
            continue
        spend(0, p.answer_hours, Pay.PUBLIC, Stream.COORDINATION, body)
        case.decide_at[n] = (
            max(case.decide_at[n], today + p.read_days) if case.file[n] != File.CLOSED else today + p.again_days
        )
        case.promised[n] = today + p.again_days
        if case.file[n] == File.CLOSED and case.owner[n] >= 0:
            reopen(n, today, case.promised[n], case)
        elif case.next[n] >= 0 and (case.file[n] == File.WAIT_BODY or case.file[n] == File.WAIT_MEETING):
            case.granted[n] = 1  # what the answer orders is not refused
            if case.file[n] == File.WAIT_MEETING:
                break_off(n, today, case)
                wait(n, File.WAIT_BODY, today, case)
