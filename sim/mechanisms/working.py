"""A working day: items from above and residents' cases compete for the hours of the bodies that have them.

Each body splits its day by its own decision (Holmstrom & Milgrom 1991: two tasks, one of them inspected); what one
stream leaves over the other may use. Hours times skill is work done, by one person at a time, so that no file ends
sooner than its hours take; finished work holds or has to be done again.
Desks by line serve only their own classes, pooled desks serve all (Smith & Whitt 1981). So do the departments of the
subdistrict office: each has the hours of its own officers, which no other department's queue can use (A21).
"""

import numpy as np

from sim.codes import Body, File, Pay, Purpose, Step, Stream, TaskState, Truth
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.params import Param
from sim.randomness import uniform

ASSUMED = "assumption"
PARAMS = {
    "window_hours": Param(1.5, "hours", 0.0, 3.0, ASSUMED,
                          "matters up to this size are done while the person waits"),
    "person_hours": Param(6.8, "hours/working day", 5.0, 8.0, ASSUMED + ": five days are 34 hours",
                          "work of one pair of hands: a file takes no less time than its hours"),
    "due_days": Param(10.0, "working days", 3.0, 20.0, ASSUMED, "inspected items due within this time go first"),
    "rework": Param(0.12, "share", 0.02, 0.4, ASSUMED, "finished work that does not hold, at standard skill"),
    "notice_days": Param(3.0, "working days", 0.5, 15.0, ASSUMED, "time until the person sees whether it holds"),
    "least": Param(0.02, "hours", 0.0, 0.2, ASSUMED, "less than this is not begun"),
}
LINES = 8  # most desks that are told apart


@kernel
def use(b, hours, stream, body_left, body_hours):
    """Book hours of body b on a stream, contract hours before overtime."""
    rest = hours
    for kind in (Pay.PUBLIC, Pay.FEE, Pay.VOLUNTEER, Pay.BOARD, Pay.OVERTIME):
        if rest <= 0.0:
            break
        part = min(rest, body_left[b, kind])
        if part > 0.0:
            body_left[b, kind] -= part
            body_hours[b, kind, stream] += part
            rest -= part


@kernel
def take(b, wanted, line, lines, desk):
    """Take up to `wanted` hours from the desks of body b: from one line, or from all where line is -1."""
    got = 0.0
    if line >= 0 and lines > 1:
        got = min(wanted, desk[b, line % lines])
        desk[b, line % lines] -= got
        return got
    for j in range(lines):
        part = min(wanted - got, desk[b, j])
        desk[b, j] -= part
        got += part
    return got


@kernel
def wait_at(line, hours, lines, queue):
    """Add hours to the queue of one department, or evenly to all where any may do it."""
    for j in range(lines):
        if line < 0 or j == line % lines:
            queue[j] += hours if line >= 0 else hours / lines


@kernel
def solver(kind_of_body):
    """Truth code for a problem that a type of body solved."""
    if kind_of_body <= Body.MASS:
        return Truth.GOVERNMENT
    if kind_of_body == Body.FIRM or kind_of_body == Body.COMPANY:
        return Truth.MARKET
    return Truth.SOCIETY


@mechanism(
    writes=(
        "body.today",
        "body.left",
        "body.hours",
        "task.left",
        "task.state",
        "task.finished",
        "case.file",
        "case.truth",
        "case.solved",
        "case.closed",
        "case.last_closed",
        "case.todo",
        "case.work_done",
        "case.spent",
        "case.ready",
        "case.wait",
        "case.since",
        "case.attempts",
        "case.redo",
        "case.paper",
        "case.judged",
        "case.decide_at",
    )
)
def step(
    key,
    week,
    day,
    window_hours,
    person_hours,
    due_days,
    rework,
    notice_days,
    least,
    rows_used,
    active_case,
    item_group,
    item_desk,
    kind_skill,
    kind_desk,
    community_neighbour_hours,
    body_type,
    body_alive,
    body_lines,
    body_patches,
    body_skill,
    body_dec,
    body_today,
    body_left,
    body_hours,
    task_item,
    task_body,
    task_arrived,
    task_due,
    task_inspected,
    task_paper,
    task_left,
    task_state,
    task_finished,
    resident_building,
    building_patch,
    case_uid,
    case_resident,
    case_kind,
    case_step,
    case_department,
    case_hours_needed,
    case_body,
    case_file,
    case_truth,
    case_solved,
    case_closed,
    case_last_closed,
    case_todo,
    case_work_done,
    case_spent,
    case_ready,
    case_wait,
    case_since,
    case_attempts,
    case_redo,
    case_paper,
    case_judged,
    case_decide_at,
):
    bodies = len(body_type)
    begin = 5.0 * week + day
    desk = np.zeros((bodies, LINES))
    patch = np.zeros((bodies, LINES))  # hours of each patch officer for residents of the own patch
    whole = np.zeros(bodies)
    above = np.zeros(bodies)
    waiting_above = 0.0
    for c in range(len(community_neighbour_hours)):
        waiting_above += community_neighbour_hours[c]
    own_above = np.zeros(LINES)  # hours that wait at each department of the office
    departments = min(LINES, max(1, body_lines[0]))
    for position in range(rows_used[2]):
        n = active_case[position]
        if case_body[n] == 0 and (case_file[n] == File.WAITING or case_file[n] == File.IN_WORK):
            at = case_department[n] if case_step[n] == Step.SIGN else -1
            wait_at(at, case_todo[n], departments, own_above)
    for j in range(rows_used[1]):
        if task_body[j] == 0 and task_state[j] == TaskState.OPEN and task_arrived[j] < begin + 1.0:
            item = task_item[j]
            wait_at(item_group[item] if item_desk[item] == 1 else -1, task_left[j], departments, own_above)
    for b in range(bodies):
        if body_alive[b] == 0:
            body_today[b] = 0.0
            continue
        hours = 0.0
        for kind in range(body_left.shape[1]):
            hours += body_left[b, kind]
        hours /= 5.0 - day
        t = body_type[b]
        if t == Body.STREET_OFFICE:
            # the other communities of the span wait for the same desks: each gets its share of a department's day
            day_of_one = hours / departments
            hours = 0.0
            for j in range(departments):
                if own_above[j] > 0.0:
                    desk[b, j] = day_of_one * own_above[j] / (own_above[j] + waiting_above / departments)
                    hours += desk[b, j]
        elif t == Body.SECURITY or t == Body.MASS:
            line = body_dec[b, 0] * hours  # the line's own tasks have no end
            use(b, line, Stream.ABOVE, body_left, body_hours)
            hours -= line
        elif t == Body.COMMITTEE or t == Body.STATION or t == Body.STREET_DESK:
            above[b] = body_dec[b, 0] * hours
        body_today[b] = hours
        whole[b] = max(hours, 1e-9)
        lines = min(LINES, max(1, body_lines[b]))
        for j in range(lines):
            if t != Body.STREET_OFFICE:
                desk[b, j] = hours / lines
        patches = min(LINES, body_patches[b])
        for j in range(patches):
            patch[b, j] = hours / patches

    # who stands at the window comes first; then twice over the items: inspected ones near their date, then others,
    # within the share decided for them; then all cases; last what is left of the day goes to whatever items wait
    for turn in range(5):
        if turn == 0 or turn == 3:
            for position in range(rows_used[2]):
                n = active_case[position]
                file = case_file[n]
                if (file != File.WAITING and file != File.IN_WORK) or case_truth[n] != Truth.OPEN:
                    continue
                b = case_body[n]
                if b < 0 or case_ready[n] >= begin + 1.0 or body_today[b] <= least:
                    continue
                k = case_kind[n]
                if turn == 0 and case_hours_needed[n] > window_hours:
                    continue
                lines = min(LINES, max(1, body_lines[b]))
                line = np.int64(case_uid[n] % np.uint64(lines)) if kind_desk[k] == 1 else -1
                if b == 0:  # a signature waits for the officers of its department
                    line = np.int64(case_department[n]) if case_step[n] == Step.SIGN else -1
                skill = max(0.05, body_skill[b, kind_skill[k]])
                wanted = case_todo[n] / skill
                own = -1
                if kind_desk[k] == 0 and body_patches[b] > 1:
                    own = building_patch[resident_building[case_resident[n]]] % min(LINES, body_patches[b])
                    wanted = min(wanted, patch[b, own])
                got = take(b, wanted, line, lines, desk)
                if got <= 0.0:
                    continue
                if own >= 0:
                    patch[b, own] -= got
                if file == File.WAITING:
                    started = max(case_since[n], max(case_ready[n], begin))
                    case_wait[n, 0] += started - case_since[n]
                    case_since[n] = started
                    case_file[n] = File.IN_WORK
                body_today[b] -= got
                use(b, got, Stream.DEMAND, body_left, body_hours)
                case_spent[n] += got
                case_work_done[n] += got * skill
                case_todo[n] -= got * skill
                if case_todo[n] > 1e-9:
                    continue
                t = max(case_ready[n], begin) + got / person_hours
                t = min(begin + 1.0, max(t, begin + 1.0 - body_today[b] / whole[b]))
                case_since[n] = t
                case_ready[n] = t
                if case_step[n] != Step.FINISH:
                    case_file[n] = File.ROUTED
                    continue
                case_file[n] = File.CLOSED
                case_paper[n] = 0
                case_judged[n] = 0
                case_last_closed[n] = t
                if case_closed[n] < 0.0:
                    case_closed[n] = t
                attempt = case_attempts[n]
                case_attempts[n] = attempt + 1
                if uniform(key, Purpose.CASE_WORK, case_uid[n], attempt, 2) >= rework / skill:
                    case_truth[n] = solver(body_type[b])
                    case_solved[n] = t
                    case_redo[n] = 0
                else:
                    case_redo[n] = 1
                    case_decide_at[n] = t + notice_days
            continue
        for j in range(rows_used[1]):
            b = task_body[j]
            if task_state[j] != TaskState.OPEN or b < 0 or body_today[b] <= least or task_arrived[j] >= begin + 1.0:
                continue
            near = task_inspected[j] == 1 and task_due[j] < begin + due_days
            if (turn == 1 and not near) or (turn == 2 and near):
                continue
            lines = min(LINES, max(1, body_lines[b]))
            item = task_item[j]
            line = np.int64(item_group[item]) if item_desk[item] == 1 else -1
            skill = max(0.05, body_skill[b, 0])
            wanted = task_left[j] / skill
            if turn < 4:
                wanted = min(wanted, above[b])
            got = take(b, wanted, line, lines, desk)
            if got <= 0.0:
                continue
            if turn < 4:
                above[b] -= got
            body_today[b] -= got
            use(b, got, Stream.ABOVE, body_left, body_hours)
            task_left[j] -= got * skill
            if task_left[j] <= 1e-9:
                task_state[j] = TaskState.PAPER if task_paper[j] == 1 else TaskState.DONE
                task_finished[j] = max(task_arrived[j], begin + 1.0 - body_today[b] / whole[b])
