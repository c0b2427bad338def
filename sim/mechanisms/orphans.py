"""Work whose desk has gone, or has nobody at it, finds another one: at a reform, after a vacancy, when a body ends.

A case whose owner is gone is received anew by whoever receives now; a case that lay at another body comes back to its
owner. Items go to the desk that now does such items. Nothing is lost but the time it took.
"""

from sim.codes import Body, File, Step, TaskState, Truth
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.mechanisms.find import manned, manned_row
from sim.mechanisms.waits import break_off
from sim.params import Param

PARAMS: dict[str, Param] = {}  # nothing here is a matter of degree


@kernel
def gone(b, body_type, body_alive, body_capacity, body_asked):
    """Whether nobody at body b will take up what lies there; a resident unit helps only while it is asked."""
    if b <= 0:
        return False  # the office is always there
    if body_type[b] == Body.UNIT and body_asked[b] == 0:
        return True
    return not manned(b, body_type, body_alive, body_capacity)


@mechanism(
    writes=(
        "task.body",
        "case.file",
        "case.body",
        "case.performer",
        "case.step",
        "case.ready",
        "case.since",
        "case.wait",
    )
)
def step(
    week,
    rows_used,
    active_case,
    rule_items_down,
    community_first_body,
    community_last_body,
    body_type,
    body_alive,
    body_capacity,
    body_asked,
    item_desk,
    task_item,
    task_community,
    task_body,
    task_state,
    case_truth,
    case_file,
    case_body,
    case_owner,
    case_next,
    case_performer,
    case_step,
    case_ready,
    case_since,
    case_wait,
):
    now = 5.0 * week
    for j in range(rows_used[1]):
        b = task_body[j]
        if task_state[j] != TaskState.OPEN:
            continue
        if b >= 0 and not gone(b, body_type, body_alive, body_capacity, body_asked):
            continue
        c = task_community[j]
        task_body[j] = 0
        for turn in range(4):
            # its own desk first, where items are done now; then whoever else has staff
            t = Body.STATION + 0
            if turn == 0:
                t = Body.STREET_DESK + 0 if rule_items_down[c] == 0 else Body.STATION + 0
                if item_desk[task_item[j]] == 0:
                    t = Body.COMMITTEE + 0
            elif turn == 2:
                t = Body.COMMITTEE + 0
            elif turn == 3:
                t = Body.STREET_DESK + 0
            row = manned_row(t, c, community_first_body, community_last_body, body_type, body_alive, body_capacity)
            if row >= 0:
                task_body[j] = row
                break
    for position in range(rows_used[2]):
        n = active_case[position]
        file = case_file[n]
        if case_truth[n] != Truth.OPEN or file < File.RECEIVED or file == File.NOT_PASSED_ON or file >= File.CLOSED:
            continue
        if gone(case_owner[n], body_type, body_alive, body_capacity, body_asked):
            break_off(n, now, case_file, case_since, case_wait)
            case_file[n] = File.SPOKEN
            case_ready[n] = now
            continue
        b = case_performer[n]
        if b != case_owner[n] and gone(b, body_type, body_alive, body_capacity, body_asked):
            if body_type[b] != Body.FIRM:  # what a firm leaves behind takes money, see `routing`
                case_performer[n] = case_owner[n]
        at = case_body[n] if file == File.WAITING or file == File.IN_WORK else -1
        if file == File.WAIT_MEETING or file == File.WAIT_BODY:
            at = case_next[n]
        if gone(at, body_type, body_alive, body_capacity, body_asked):
            break_off(n, now, case_file, case_since, case_wait)
            case_file[n] = File.ROUTED
            case_body[n] = case_owner[n]
            case_step[n] = Step.INTAKE
            case_ready[n] = now
