"""A working day: items from above and residents' cases compete for the hours of the bodies that have them.

Each body splits its day by its own decision (Holmstrom & Milgrom 1991: two tasks, one of them inspected); what one
stream leaves over the other may use. Hours times skill is work done, by one person at a time, so that no file ends
sooner than its hours take; finished work holds or has to be done again.
Desks by line serve only their own classes, pooled desks serve all (Smith & Whitt 1981). So do the departments of the
subdistrict office: each has the hours of its own officers, which no other department's queue can use (A21).
"""

import numpy as np

from sim.engine.kernel import kernel
from sim.engine.mechanism import mechanism
from sim.engine.randomness import uniform
from sim.engine.sets import among
from sim.model.bodies.committee import Dec as CommitteeDec
from sim.model.bodies.line import Dec as LineDec
from sim.model.cases.life import begin_work, close, route
from sim.vocabulary.codes import Body, File, Pay, Purpose, Rows, Skill, Step, Stream, TaskState, Truth
from sim.vocabulary.params import Param
from sim.vocabulary.sets import DESKS, PUBLIC_BODIES

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
def use(b, hours, stream, body):
    """Book hours of body b on a stream, contract hours before overtime."""
    rest = hours
    for kind in (Pay.PUBLIC, Pay.FEE, Pay.VOLUNTEER, Pay.BOARD, Pay.OVERTIME):
        if rest <= 0.0:
            break
        part = min(rest, body.left[b, kind])
        if part > 0.0:
            body.left[b, kind] -= part
            body.hours[b, kind, stream] += part
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
    if among(kind_of_body, PUBLIC_BODIES):
        return Truth.GOVERNMENT
    if kind_of_body == Body.FIRM or kind_of_body == Body.COMPANY:
        return Truth.MARKET
    return Truth.SOCIETY


@mechanism
def step(now, p, rows, active, item, kind, community, body, task, resident, building, case):
    bodies = len(body.type)
    begin = 5.0 * now.week + now.day
    desk = np.zeros((bodies, LINES))
    patch = np.zeros((bodies, LINES))  # hours of each patch officer for residents of the own patch
    whole = np.zeros(bodies)
    above = np.zeros(bodies)
    waiting_above = 0.0
    for c in range(len(community.neighbour_hours)):
        waiting_above += community.neighbour_hours[c]
    own_above = np.zeros(LINES)  # hours that wait at each department of the office
    departments = min(LINES, max(1, body.lines[0]))
    for position in range(rows.used[Rows.ACTIVE]):
        n = active.case[position]
        if case.body[n] == 0 and (case.file[n] == File.WAITING or case.file[n] == File.IN_WORK):
            at = case.department[n] if case.step[n] == Step.SIGN else -1
            wait_at(at, case.todo[n], departments, own_above)
    for j in range(rows.used[Rows.TASK]):
        if task.body[j] == 0 and task.state[j] == TaskState.OPEN and task.arrived[j] < begin + 1.0:
            which = task.item[j]
            wait_at(item.group[which] if item.desk[which] == 1 else -1, task.left[j], departments, own_above)
    for b in range(bodies):
        if body.alive[b] == 0:
            body.today[b] = 0.0
            continue
        hours = 0.0
        for sort in range(body.left.shape[1]):
            hours += body.left[b, sort]
        hours /= 5.0 - now.day
        t = body.type[b]
        if t == Body.STREET_OFFICE:
            # the other communities of the span wait for the same desks: each gets its share of a department's day
            day_of_one = hours / departments
            hours = 0.0
            for j in range(departments):
                if own_above[j] > 0.0:
                    desk[b, j] = day_of_one * own_above[j] / (own_above[j] + waiting_above / departments)
                    hours += desk[b, j]
        elif t == Body.SECURITY or t == Body.MASS:
            line = body.dec[b, LineDec.LINE] * hours  # the line's own tasks have no end
            use(b, line, Stream.ABOVE, body)
            hours -= line
        elif among(t, DESKS):
            above[b] = body.dec[b, CommitteeDec.SHARE_ABOVE] * hours
        body.today[b] = hours
        whole[b] = max(hours, 1e-9)
        lines = min(LINES, max(1, body.lines[b]))
        for j in range(lines):
            if t != Body.STREET_OFFICE:
                desk[b, j] = hours / lines
        patches = min(LINES, body.patches[b])
        for j in range(patches):
            patch[b, j] = hours / patches

    # who stands at the window comes first; then twice over the items: inspected ones near their date, then others,
    # within the share decided for them; then all cases; last what is left of the day goes to whatever items wait
    for turn in range(5):
        if turn == 0 or turn == 3:
            for position in range(rows.used[Rows.ACTIVE]):
                n = active.case[position]
                file = case.file[n]
                if (file != File.WAITING and file != File.IN_WORK) or case.truth[n] != Truth.OPEN:
                    continue
                b = case.body[n]
                if b < 0 or case.ready[n] >= begin + 1.0 or body.today[b] <= p.least:
                    continue
                k = case.kind[n]
                if turn == 0 and case.hours_needed[n] > p.window_hours:
                    continue
                lines = min(LINES, max(1, body.lines[b]))
                line = np.int64(case.uid[n] % np.uint64(lines)) if kind.desk[k] == 1 else -1
                if b == 0:  # a signature waits for the officers of its department
                    line = np.int64(case.department[n]) if case.step[n] == Step.SIGN else -1
                skill = max(0.05, body.skill[b, kind.skill[k]])
                wanted = case.todo[n] / skill
                own = -1
                if kind.desk[k] == 0 and body.patches[b] > 1:
                    own = building.patch[resident.building[case.resident[n]]] % min(LINES, body.patches[b])
                    wanted = min(wanted, patch[b, own])
                got = take(b, wanted, line, lines, desk)
                if got <= 0.0:
                    continue
                if own >= 0:
                    patch[b, own] -= got
                if file == File.WAITING:
                    started = max(case.since[n], max(case.ready[n], begin))
                    begin_work(n, started, case)
                body.today[b] -= got
                use(b, got, Stream.DEMAND, body)
                case.spent[n] += got
                case.work_done[n] += got * skill
                case.todo[n] -= got * skill
                if case.todo[n] > 1e-9:
                    continue
                t = max(case.ready[n], begin) + got / p.person_hours
                t = min(begin + 1.0, max(t, begin + 1.0 - body.today[b] / whole[b]))
                case.since[n] = t
                case.ready[n] = t
                if case.step[n] != Step.FINISH:
                    route(n, t, case)
                    continue
                close(n, t, 0, case)
                attempt = case.attempts[n]
                case.attempts[n] = attempt + 1
                if uniform(now.key, Purpose.CASE_WORK, case.uid[n], attempt, 2) >= p.rework / skill:
                    case.truth[n] = solver(body.type[b])
                    case.solved[n] = t
                    case.redo[n] = 0
                else:
                    case.redo[n] = 1
                    case.decide_at[n] = t + p.notice_days
            continue
        for j in range(rows.used[Rows.TASK]):
            b = task.body[j]
            if task.state[j] != TaskState.OPEN or b < 0 or body.today[b] <= p.least or task.arrived[j] >= begin + 1.0:
                continue
            near = task.inspected[j] == 1 and task.due[j] < begin + p.due_days
            if (turn == 1 and not near) or (turn == 2 and near):
                continue
            lines = min(LINES, max(1, body.lines[b]))
            which = task.item[j]
            line = np.int64(item.group[which]) if item.desk[which] == 1 else -1
            skill = max(0.05, body.skill[b, Skill.ITEMS])
            wanted = task.left[j] / skill
            if turn < 4:
                wanted = min(wanted, above[b])
            got = take(b, wanted, line, lines, desk)
            if got <= 0.0:
                continue
            if turn < 4:
                above[b] -= got
            body.today[b] -= got
            use(b, got, Stream.ABOVE, body)
            task.left[j] -= got * skill
            if task.left[j] <= 1e-9:
                task.state[j] = TaskState.PAPER if task.paper[j] == 1 else TaskState.DONE
                task.finished[j] = max(task.arrived[j], begin + 1.0 - body.today[b] / whole[b])
