"""Residents report to the supervisory board what was not taken up or only closed on paper (A18).

A file that was never passed on cannot be found among closed files. Where residents may turn to the board, a person
decides to: it takes his own time, and he does so the less the less he believes in being answered. Members look into it
in their own hours, and each decides whether to publish, as with sampled files: against the own principal where he
holds a post there.
"""

from sim.codes import Body, File, Pay, Purpose, Step, Stream, Truth
from sim.mechanisms.base import mechanism
from sim.mechanisms.waits import break_off
from sim.params import Param, Shared
from sim.randomness import uniform

ASSUMED = "assumption"
PARAMS = {
    "reports": Param(0.06, "1/week", 0.0, 0.5, ASSUMED, "turns to the board, at full belief in being answered"),
    "own_hours": Param(0.7, "hours", 0.1, 3.0, ASSUMED, "a resident's time for a report"),
    "look_hours": Param(1.5, "hours", 0.5, 5.0, ASSUMED, "a member's time to look into a report"),
    "loyalty": Shared("sampling.loyalty"),
}
REPORTS, DOUBLE, PUBLISHES = 10, 11, 12


@mechanism(
    writes=(
        "community.published",
        "body.left",
        "body.hours",
        "resident.hours",
        "case.file",
        "case.body",
        "case.step",
        "case.paper",
        "case.promised",
        "case.judged",
        "case.ready",
        "case.since",
        "case.wait",
        "case.outside",
    )
)
def step(
    key,
    week,
    reports,
    own_hours,
    look_hours,
    loyalty,
    rows_used,
    active_case,
    rule_board_hears,
    community_row_of,
    community_published,
    body_alive,
    body_members,
    body_crossed_members,
    body_dec,
    body_left,
    body_hours,
    resident_community,
    resident_seat,
    resident_efficacy,
    resident_hours,
    case_uid,
    case_resident,
    case_community,
    case_truth,
    case_owner,
    case_file,
    case_body,
    case_step,
    case_paper,
    case_promised,
    case_kind,
    kind_promise,
    case_judged,
    case_ready,
    case_since,
    case_wait,
    case_outside,
):
    now = 5.0 * week + 5.0
    for c in range(len(community_published)):
        b = community_row_of[c, Body.BOARD]
        if rule_board_hears[c] == 0 or b < 0 or body_alive[b] == 0 or body_members[b] <= 0.0:
            continue
        spent = 0.0
        for position in range(rows_used[2]):
            n = active_case[position]
            kept_back = case_file[n] == File.NOT_PASSED_ON
            paper = case_file[n] == File.CLOSED and case_paper[n] == 1
            if case_community[n] != c or case_truth[n] != Truth.OPEN or case_owner[n] < 0:
                continue
            if not kept_back and not paper:
                continue
            i = case_resident[n]
            if uniform(key, Purpose.OVERSIGHT, case_uid[n], week, REPORTS) >= reports * resident_efficacy[i]:
                continue
            resident_hours[i, Pay.PUBLIC] += own_hours
            if body_left[b, Pay.BOARD] < spent + look_hours:
                continue
            spent += look_hours
            owner = case_owner[n]
            ready = body_dec[b, 1]
            if uniform(key, Purpose.OVERSIGHT, case_uid[n], week, DOUBLE) < body_crossed_members[b]:
                ready *= 1.0 - loyalty
            if uniform(key, Purpose.OVERSIGHT, case_uid[n], week, PUBLISHES) >= ready:
                continue
            community_published[c] += 1.0
            if kept_back:
                break_off(n, now, case_file, case_since, case_wait)
                case_outside[n] = 1  # published: it is known above
            else:
                case_body[n] = owner
                case_step[n] = Step.INTAKE
                case_paper[n] = 0
                case_promised[n] = now + kind_promise[case_kind[n]]
                case_judged[n] = 0
                case_since[n] = now
            case_file[n] = File.ROUTED
            case_ready[n] = now
        body_left[b, Pay.BOARD] -= spent
        body_hours[b, Pay.BOARD, Stream.OVERSIGHT] += spent
        for i in range(len(resident_seat)):
            if spent > 0.0 and resident_community[i] == c and resident_seat[i] >= 3:
                resident_hours[i, Pay.BOARD] += spent / body_members[b]
