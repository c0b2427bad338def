"""Work whose desk has gone, or has nobody at it, finds another one: at a reform, after a vacancy, when a body ends.

A case whose owner is gone is received anew by whoever receives now; a case that lay at another body comes back to its
owner. Items go to the desk that now does such items. Nothing is lost but the time it took.
"""

from sim.engine.kernel import kernel
from sim.engine.mechanism import mechanism
from sim.engine.sets import among
from sim.model.cases.find import manned, manned_row
from sim.model.cases.life import break_off, send_back, take_home
from sim.vocabulary.codes import Body, File, Rows, TaskState, Truth
from sim.vocabulary.params import Param
from sim.vocabulary.sets import ENDED, UNHEARD

PARAMS: dict[str, Param] = {}  # nothing here is a matter of degree


@kernel
def gone(b, body):
    """Whether nobody at body b will take up what lies there; a resident unit helps only while it is asked."""
    if b <= 0:
        return False  # the office is always there
    if body.type[b] == Body.UNIT and body.asked[b] == 0:
        return True
    return not manned(b, body)


@mechanism
def step(now, rows, active, rule, community, body, item, task, case):
    today = 5.0 * now.week
    for j in range(rows.used[Rows.TASK]):
        b = task.body[j]
        if task.state[j] != TaskState.OPEN:
            continue
        if b >= 0 and not gone(b, body):
            continue
        c = task.community[j]
        task.body[j] = 0
        for turn in range(4):
            # its own desk first, where items are done now; then whoever else has staff
            t = Body.STATION + 0
            if turn == 0:
                t = Body.STREET_DESK + 0 if rule.items_down[c] == 0 else Body.STATION + 0
                if item.desk[task.item[j]] == 0:
                    t = Body.COMMITTEE + 0
            elif turn == 2:
                t = Body.COMMITTEE + 0
            elif turn == 3:
                t = Body.STREET_DESK + 0
            row = manned_row(t, c, community, body)
            if row >= 0:
                task.body[j] = row
                break
    for position in range(rows.used[Rows.ACTIVE]):
        n = active.case[position]
        file = case.file[n]
        if case.truth[n] != Truth.OPEN or among(file, UNHEARD) or file == File.NOT_PASSED_ON or among(file, ENDED):
            continue
        if gone(case.owner[n], body):
            break_off(n, today, case)
            send_back(n, today, case)
            continue
        b = case.performer[n]
        if b != case.owner[n] and gone(b, body):
            if body.type[b] != Body.FIRM:  # what a firm leaves behind takes money, see `routing`
                case.performer[n] = case.owner[n]
        at = case.body[n] if file == File.WAITING or file == File.IN_WORK else -1
        if file == File.WAIT_MEETING or file == File.WAIT_BODY:
            at = case.next[n]
        if gone(at, body):
            break_off(n, today, case)
            take_home(n, today, case)
