"""The life of a case: the states of its file, what may follow what, and the acts by which it goes on.

Every case has one state of its file (`case.file`) and one of its truth at every moment. Mechanisms decide that
something happens; these acts say what that does to the file, and nothing else writes its state. `ALLOWED` is the table
of what may follow what: a law holds every scenario to it, and `gongzhi show life` draws it.
"""

from sim.engine.kernel import kernel
from sim.engine.sets import among
from sim.vocabulary.codes import File, Step, Wait
from sim.vocabulary.sets import ENDED

OFF = (File.SPOKEN, File.CLOSED, File.DROPPED)  # its receiver has gone; closed; the person was made to give up
DECIDED = (File.ROUTED, File.WAITING, File.WAIT_BODY, File.WAIT_MEETING, File.WAIT_MONEY, File.WAIT_DATE,
           File.NOT_PASSED_ON)  # fmt: skip
# what may follow each state of the file
ALLOWED: dict[File, tuple[File, ...]] = {
    File.NOT_SPOKEN: (File.SPOKEN,),
    File.SPOKEN: (File.RECEIVED, File.CLOSED),
    File.RECEIVED: (File.WAITING, *OFF),
    File.NOT_PASSED_ON: (File.ROUTED, *OFF),
    File.ROUTED: (*DECIDED, File.WAIT_CONSENT, *OFF),
    File.WAITING: (File.IN_WORK, File.ROUTED, *OFF),
    File.IN_WORK: (File.ROUTED, *OFF),
    File.WAIT_BODY: (File.WAITING, File.WAIT_MEETING, File.ROUTED, *OFF),
    File.WAIT_MEETING: (File.ROUTED, File.WAIT_BODY, File.WAIT_CONSENT, *OFF),
    File.WAIT_MONEY: (*DECIDED, *OFF),
    File.WAIT_CONSENT: (File.WAITING, File.ROUTED, *OFF),
    File.WAIT_DATE: (*DECIDED, *OFF),
    File.CLOSED: (File.SPOKEN, File.ROUTED, File.DROPPED),
    File.DROPPED: (File.ROUTED,),  # a court decides on it after all
}


@kernel
def enter(n, file, case):
    """Give the file of case n another state; all acts come to this."""
    case.file[n] = file


# --- waits: what a case has waited for, by cause


@kernel
def leave(n, t, cause, case):
    """Close the present wait of case n at time t."""
    if t > case.since[n]:
        case.wait[n, cause] += t - case.since[n]
    case.since[n] = max(t, case.since[n])


@kernel
def cause_of(file):
    """What a case in this state waits for; on its way, or kept back, it waits for a body."""
    if file == File.WAIT_MEETING:
        return Wait.MEETING
    if file == File.WAIT_MONEY:
        return Wait.MONEY
    if file == File.WAIT_CONSENT:
        return Wait.CONSENT
    if file == File.WAIT_DATE:
        return Wait.DATE
    if file == File.WAITING:
        return Wait.STAFF
    return Wait.BODY


@kernel
def break_off(n, t, case):
    """Close whatever case n waits for at time t; a case that is being worked on waits for nothing."""
    if case.file[n] == File.IN_WORK:
        case.since[n] = max(t, case.since[n])
    else:
        leave(n, t, cause_of(case.file[n]), case)


# --- heard


@kernel
def speak(n, t, channel, ready, case):
    """Case n is spoken for the first time, at time t; somebody looks at it from `ready` on."""
    enter(n, File.SPOKEN, case)
    case.channel[n] = channel
    case.spoken[n] = t
    case.since[n] = t
    case.ready[n] = ready


@kernel
def register(n, t, ready, case):
    """Case n is registered anew at time t: it goes to whoever receives such a matter, as if spoken now."""
    enter(n, File.SPOKEN, case)
    case.since[n] = t
    case.judged[n] = 0
    case.redo[n] = 0
    case.ready[n] = ready


@kernel
def register_outside(n, t, case):
    """Case n, which was not passed on, comes to be registered outside the community."""
    leave(n, t, Wait.BODY, case)
    register(n, case.since[n], case.since[n], case)
    case.outside[n] = 1


@kernel
def receive(n, owner, t, case):
    """Case n comes to a body that will answer for it; the wait for a receiver ends at time t."""
    case.owner[n] = owner
    case.next[n] = owner
    enter(n, File.RECEIVED, case)
    leave(n, t, Wait.BODY, case)


@kernel
def send_back(n, ready, case):
    """Nobody answers for case n any more: it lies where spoken cases lie, and is looked at from `ready` on."""
    enter(n, File.SPOKEN, case)
    case.ready[n] = ready


# --- on its way


@kernel
def lay_on_desk(n, b, step, todo, case):
    """Body b has case n and so many effective hours of a step to do on it."""
    enter(n, File.WAITING, case)
    case.body[n] = b
    case.step[n] = step
    case.todo[n] = todo


@kernel
def begin_work(n, t, case):
    """Somebody takes up case n at time t, which has waited for staff until then."""
    leave(n, t, Wait.STAFF, case)
    enter(n, File.IN_WORK, case)


@kernel
def route(n, ready, case):
    """What case n needs next is decided at the time `ready`."""
    enter(n, File.ROUTED, case)
    case.ready[n] = ready


@kernel
def wait(n, file, ready, case):
    """Case n waits, in one of the waiting states; it is looked at again from `ready` on, or when that has come."""
    enter(n, file, case)
    case.ready[n] = ready


@kernel
def take_home(n, ready, case):
    """Case n goes back to the body that answers for it, which looks at it from `ready` on as on the first day."""
    route(n, ready, case)
    case.body[n] = case.owner[n]
    case.step[n] = Step.INTAKE


@kernel
def keep_back(n, case):
    """Whoever has case n does not pass it on (A55)."""
    enter(n, File.NOT_PASSED_ON, case)


@kernel
def pass_on(n, t, case):
    """Case n, which was kept back until time t, goes on its way."""
    break_off(n, t, case)
    route(n, t, case)


@kernel
def hand_over(n, c, giver, taker, community, case):
    """Count that case n went from one type of body to another."""
    case.handovers[n] += 1
    community.handover[c, giver, taker] += 1.0


# --- ends, and beginnings after an end


@kernel
def close(n, t, paper, case):
    """The file of case n is closed at time t, with a solution or (paper) without one; the resident has yet to judge."""
    enter(n, File.CLOSED, case)
    case.paper[n] = paper
    case.judged[n] = 0
    case.last_closed[n] = t
    if case.closed[n] < 0.0:
        case.closed[n] = t


@kernel
def reopen(n, t, promised, case):
    """A file that was closed without a solution is open again from time t on, at the body that answers for it.

    `promised` is the date that is promised now: that of a new registration, the one that whoever reopens it sets, or
    the old one.
    """
    take_home(n, t, case)
    case.paper[n] = 0
    case.judged[n] = 0
    case.since[n] = max(case.since[n], t)
    case.promised[n] = promised


@kernel
def drop(n, t, case):
    """Case n is pursued no further from time t on; what it waited for ends. The resident has yet to judge."""
    if not among(case.file[n], ENDED):
        break_off(n, t, case)
    enter(n, File.DROPPED, case)
    case.judged[n] = 0
