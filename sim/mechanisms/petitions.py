"""A petition is registered, has a date of its own and is answered in the office's hours (A75).

The office for letters and visits handles nothing itself: it hands the matter down with a date, asks those who have it,
and owes the petitioner an answer. The answer orders what a body refused; a file closed without a solution is sent back
(Minzner 2006, Stanford Journal of International Law 42: petitioning as an order from above, not as a remedy).
"""

from sim.codes import Channel, File, Pay, Step, Stream, Truth
from sim.mechanisms.base import mechanism
from sim.mechanisms.find import spend
from sim.mechanisms.waits import break_off
from sim.params import Param

ASSUMED = "assumption"
PARAMS = {
    "answer_hours": Param(2.0, "hours", 0.5, 8.0, ASSUMED, "asking those who have the case and writing the answer"),
    "read_days": Param(5.0, "working days", 1.0, 20.0, ASSUMED, "time until the petitioner has weighed the answer"),
    "again_days": Param(20.0, "working days", 5.0, 60.0, ASSUMED,
                        "date for the body to which the answer sends it back"),
}


@mechanism(
    writes=("community.answered", "community.answered_late", "body.left", "body.hours", "case.registered",
            "case.answer_due", "case.promised", "case.file", "case.body", "case.step", "case.paper", "case.judged",
            "case.ready", "case.since", "case.wait", "case.granted", "case.decide_at")
)
def step(
    week, answer_hours, read_days, again_days, rows_used, active_case, rule_petition_days, community_answered,
    community_answered_late, body_left, body_hours, case_community, case_truth, case_channel, case_petitions,
    case_skips, case_collective, case_court, case_owner, case_next, case_registered, case_answer_due, case_promised,
    case_file, case_body, case_step, case_paper, case_judged, case_ready, case_since, case_wait, case_granted,
    case_decide_at,
):
    now = 5.0 * week
    for position in range(rows_used[2]):
        n = active_case[position]
        c = case_community[n]
        asked = case_petitions[n] + case_skips[n] + case_collective[n]
        if asked == 0 and case_channel[n] == Channel.PETITION and case_court[n] == 0:
            asked = 1  # spoken there from the first
        if asked > case_registered[n]:
            case_registered[n] = asked
            if case_answer_due[n] == 0.0:
                case_answer_due[n] = now + rule_petition_days[c]
        if case_answer_due[n] == 0.0 or case_answer_due[n] >= now + 5.0:
            continue
        open_still = case_truth[n] == Truth.OPEN and case_file[n] != File.DROPPED
        if open_still and body_left[0, Pay.PUBLIC] < answer_hours:
            continue  # the date passes; next week is another week
        community_answered[c] += 1.0
        community_answered_late[c] += 1.0 if case_answer_due[n] < now else 0.0
        case_answer_due[n] = 0.0
        if not open_still:
            continue
        spend(0, answer_hours, Pay.PUBLIC, Stream.COORDINATION, body_left, body_hours)
        case_promised[n] = now + again_days
        case_decide_at[n] = max(case_decide_at[n], now + read_days) if case_file[n] != File.CLOSED else now + again_days
        if case_file[n] == File.CLOSED and case_owner[n] >= 0:
            case_file[n] = File.ROUTED
            case_body[n] = case_owner[n]
            case_step[n] = Step.INTAKE
            case_paper[n] = 0
            case_judged[n] = 0
            case_ready[n] = now
            case_since[n] = now
        elif case_next[n] >= 0 and (case_file[n] == File.WAIT_BODY or case_file[n] == File.WAIT_MEETING):
            case_granted[n] = 1  # what the answer orders is not refused
            if case_file[n] == File.WAIT_MEETING:
                break_off(n, now, case_file, case_since, case_wait)
                case_file[n] = File.WAIT_BODY
                case_ready[n] = now
