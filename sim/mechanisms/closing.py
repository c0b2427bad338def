"""Closing a file without solving the problem: a handler's choice near or past the promised date (C3, Lipsky 1980).

It costs hours (a reply has to be written), it is likelier where somebody counts dates, and less likely where files
are looked into and gaps are published. It never touches the problem itself.
"""

from sim.codes import Body, File, Purpose, Stream, Truth
from sim.mechanisms.base import mechanism
from sim.mechanisms.find import has, write
from sim.mechanisms.waits import break_off
from sim.params import Param
from sim.randomness import uniform

ASSUMED = "assumption"
PARAMS = {
    "reply_hours": Param(0.4, "hours", 0.1, 1.5, ASSUMED, "writing a reply that closes a file"),
    "ahead_days": Param(3.0, "working days", 0.0, 10.0, ASSUMED,
                        "how long before the date handlers begin to think of it"),
    "early": Param(0.12, "1/week", 0.0, 0.5, ASSUMED, "replying early to a case that waits for somebody else"),
    "uncounted": Param(0.8, "share", 0.1, 1.0, ASSUMED, "readiness where only the community counts the date"),
    "others": Param(0.5, "probability", 0.0, 1.0, ASSUMED, "readiness of bodies that are not judged by closed files"),
    "fear_inspection": Param(0.5, "1", 0.0, 5.0, ASSUMED, "how much a share of files looked into deters"),
    "fear_published": Param(0.15, "1/gap", 0.0, 1.0, ASSUMED, "how much each gap published lately deters"),
    "think_days": Param(2.0, "working days", 0.2, 10.0, ASSUMED, "time until the person has read the reply"),
}
DECIDED = 2  # code of case.verdict
PAPER_CASES, INSPECTED = 5, 8  # places in the decision and in the observation of a body with a desk


@mechanism(
    writes=(
        "body.left",
        "body.hours",
        "case.file",
        "case.paper",
        "case.closed",
        "case.last_closed",
        "case.judged",
        "case.since",
        "case.wait",
        "case.decide_at",
    )
)
def step(
    key,
    week,
    reply_hours,
    ahead_days,
    early,
    uncounted,
    others,
    fear_inspection,
    fear_published,
    think_days,
    rows_used,
    active_case,
    community_inspected,
    community_published,
    body_type,
    body_obs,
    body_dec,
    body_left,
    body_hours,
    case_uid,
    case_community,
    case_truth,
    case_owner,
    case_promised,
    case_received,
    case_outside,
    case_about_above,
    case_verdict,
    case_file,
    case_paper,
    case_closed,
    case_last_closed,
    case_judged,
    case_since,
    case_wait,
    case_decide_at,
):
    begin = 5.0 * week
    for position in range(rows_used[2]):
        n = active_case[position]
        file = case_file[n]
        owner = case_owner[n]
        if case_truth[n] != Truth.OPEN or file < File.NOT_PASSED_ON or file >= File.CLOSED or owner < 0:
            continue
        if case_verdict[n] == DECIDED:
            continue  # a decision of the court is not answered with a reply
        t = begin + 5.0 * uniform(key, Purpose.CASE_CLOSE, case_uid[n], week, 0)
        if t < case_received[n] or t < case_since[n]:
            continue
        kind_of = body_type[owner]
        c = case_community[n]
        willing = others
        inspected = community_inspected[c]
        if kind_of == Body.COMMITTEE or kind_of == Body.STATION or kind_of == Body.STREET_DESK:
            willing = body_dec[owner, PAPER_CASES]
            inspected = body_obs[owner, INSPECTED]  # as far as it is held against this body
        counted = case_outside[n] == 1 or case_about_above[n] == 1
        chance = willing if counted else uncounted * willing
        if t < case_promised[n] - ahead_days:
            if file < File.WAIT_BODY:
                continue
            chance *= early
        chance /= 1.0 + fear_inspection * inspected + fear_published * community_published[c]
        if uniform(key, Purpose.CASE_CLOSE, case_uid[n], week, 1) >= chance:
            continue
        if has(owner, body_type, body_left) < reply_hours:
            continue
        write(owner, reply_hours, Stream.DEMAND, body_type, body_left, body_hours)
        break_off(n, t, case_file, case_since, case_wait)
        case_file[n] = File.CLOSED
        case_paper[n] = 1
        case_judged[n] = 0
        case_last_closed[n] = t
        if case_closed[n] < 0.0:
            case_closed[n] = t
        case_decide_at[n] = t + think_days
