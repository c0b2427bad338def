"""Booking of waits: what a case has waited for, by cause (staff, body, meeting, money, consent, date)."""

from sim.codes import File
from sim.kernel import kernel


@kernel
def leave(n, t, cause, case):
    """Close the present wait of case n at time t."""
    if t > case.since[n]:
        case.wait[n, cause] += t - case.since[n]
    case.since[n] = max(t, case.since[n])


@kernel
def cause_of(file):
    """Index of the waiting cause of a file state: staff, body, meeting, money, consent, date."""
    if file == File.WAIT_MEETING:
        return 2
    if file == File.WAIT_MONEY:
        return 3
    if file == File.WAIT_CONSENT:
        return 4
    if file == File.WAIT_DATE:
        return 5
    if file == File.WAITING:
        return 0
    return 1


@kernel
def break_off(n, t, case):
    """Close whatever case n waits for at time t; a case that is being worked on waits for nothing."""
    if case.file[n] == File.IN_WORK:
        case.since[n] = max(t, case.since[n])
    else:
        leave(n, t, cause_of(case.file[n]), case)
