"""Leaders go down: they sit with residents, open files, and some of what was kept below comes to light (A77, A28).

A visit costs the office's hours and the host's. What it looks into is a sample of what lies in the community, files
that were closed and cases that went no further; the resident is asked. On a screen that reaches the subdistrict a case
that stands still can be noticed without a visit, as far as the office looks (police patrol: McCubbins & Schwartz 1984).
"""

from sim.codes import Body, Channel, File, Pay, Purpose, Step, Stream, Truth
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.mechanisms.find import spend
from sim.mechanisms.waits import leave
from sim.params import Param
from sim.randomness import uniform

ASSUMED = "assumption"
PARAMS = {
    "visit_hours": Param(16.0, "hours", 2.0, 60.0, ASSUMED, "the office's hours for a visit to one community"),
    "host_hours": Param(6.0, "hours", 0.0, 30.0, ASSUMED, "hours of those who receive the visit"),
    "look_hours": Param(1.0, "hours", 0.2, 4.0, ASSUMED, "opening one file and asking the resident"),
    "look_back": Param(130.0, "working days", 20.0, 260.0, ASSUMED, "age of closures that are looked into"),
    "told": Param(0.7, "probability", 0.2, 1.0, ASSUMED, "an unsolved case that is looked into is recognised"),
    "noticed": Param(0.3, "1/week", 0.0, 1.0, ASSUMED + " (A28)",
                     "a case that stands still is noticed on the screen, at full inspection"),
    "asked_on": Param(3, "levels", 2, 4, ASSUMED,
                      "levels linked at which a case about the office above is noticed too"),
}


@kernel
def bring_up(n, now, case_file, case_outside, case_judged, case_redo, case_since, case_wait, case_ready):
    """Case n, which was not passed on, is registered outside."""
    leave(n, now, 1, case_since, case_wait)
    case_file[n] = File.SPOKEN
    case_outside[n] = 1
    case_judged[n] = 0
    case_redo[n] = 0
    case_ready[n] = case_since[n]


@mechanism(
    writes=("community.visited", "community.escalations", "body.left", "body.hours", "case.file", "case.body",
            "case.step", "case.outside", "case.judged", "case.redo", "case.paper", "case.since", "case.wait",
            "case.ready", "case.promised", "case.decide_at")
)
def step(
    key, week, visit_hours, host_hours, look_hours, look_back, told, rows_used, kind_promise, community_full,
    community_channel_open, community_row_of, community_visited, community_escalations, body_left, body_hours,
    case_uid, case_community, case_kind, case_truth, case_owner, case_last_closed, case_file, case_body, case_step,
    case_outside, case_judged, case_redo, case_paper, case_since, case_wait, case_ready, case_promised, case_decide_at,
):
    now = 5.0 * week
    for c in range(len(community_full)):
        if community_full[c] == 0 or community_channel_open[c, Channel.LEADER_VISIT] == 0:
            continue
        spent = spend(0, visit_hours, Pay.PUBLIC, Stream.OVERSIGHT, body_left, body_hours)
        for host in (Body.PARTY, Body.COMMITTEE):
            b = community_row_of[c, host]
            if b >= 0:
                spend(b, 0.5 * host_hours, Pay.PUBLIC, Stream.MEETING, body_left, body_hours)
        room = spent / look_hours
        eligible = 0.0
        for n in range(rows_used[0]):
            if case_community[n] != c:
                continue
            closed = case_file[n] == File.CLOSED and now - case_last_closed[n] <= look_back
            eligible += 1.0 if closed or case_file[n] == File.NOT_PASSED_ON else 0.0
        if eligible <= 0.0 or room <= 0.0:
            continue
        for n in range(rows_used[0]):
            if case_community[n] != c:
                continue
            closed = case_file[n] == File.CLOSED and now - case_last_closed[n] <= look_back
            if not closed and case_file[n] != File.NOT_PASSED_ON:
                continue
            if uniform(key, Purpose.OVERSIGHT, case_uid[n], week, 10) >= room / eligible:
                continue
            community_visited[c] += 1.0
            if case_truth[n] != Truth.OPEN or uniform(key, Purpose.OVERSIGHT, case_uid[n], week, 11) >= told:
                continue
            community_escalations[c] += 1.0
            if closed:
                case_file[n] = File.ROUTED
                case_body[n] = case_owner[n]
                case_step[n] = Step.INTAKE
                case_outside[n] = 1
                case_paper[n] = 0
                case_judged[n] = 0
                case_ready[n] = now
                case_since[n] = now
                case_promised[n] = now + kind_promise[case_kind[n]]
                case_decide_at[n] = case_promised[n]
            else:
                bring_up(n, now, case_file, case_outside, case_judged, case_redo, case_since, case_wait, case_ready)


@mechanism(
    writes=("community.escalations", "case.file", "case.outside", "case.judged", "case.redo", "case.since",
            "case.wait", "case.ready")
)
def screen(
    key, week, noticed, asked_on, rows_used, active_case, rule_levels, community_inspected, community_escalations,
    case_uid, case_community, case_implicates, case_truth, case_file, case_outside, case_judged, case_redo, case_since,
    case_wait, case_ready,
):
    """Where the subdistrict is linked, a case that goes no further can be seen to stand still (A28)."""
    for position in range(rows_used[2]):
        n = active_case[position]
        c = case_community[n]
        if case_file[n] != File.NOT_PASSED_ON or case_truth[n] != Truth.OPEN or rule_levels[c] < 2:
            continue
        if case_implicates[n] == 2 and rule_levels[c] < asked_on:
            continue  # nobody reports himself; it takes a level that is not concerned
        if uniform(key, Purpose.OVERSIGHT, case_uid[n], week, 12) < noticed * community_inspected[c]:
            community_escalations[c] += 1.0
            bring_up(n, 5.0 * week, case_file, case_outside, case_judged, case_redo, case_since, case_wait, case_ready)
