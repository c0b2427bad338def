"""Leaders go down: they sit with residents, open files, and some of what was kept below comes to light (A77, A28).

A visit costs the office's hours and the host's. What it looks into is a sample of what lies in the community, files
that were closed and cases that went no further; the resident is asked. On a screen that reaches the subdistrict a case
that stands still can be noticed without a visit, as far as the office looks (police patrol: McCubbins & Schwartz 1984).
"""

from sim.engine.mechanism import mechanism
from sim.engine.randomness import uniform
from sim.model.cases.find import spend
from sim.model.cases.life import register_outside, reopen
from sim.vocabulary.codes import Body, Channel, File, Implicates, Pay, Purpose, Rows, Stream, Truth
from sim.vocabulary.params import Param

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


@mechanism
def step(now, p, rows, kind, community, body, case):
    today = 5.0 * now.week
    for c in range(len(community.full)):
        if community.full[c] == 0 or community.channel_open[c, Channel.LEADER_VISIT] == 0:
            continue
        spent = spend(0, p.visit_hours, Pay.PUBLIC, Stream.OVERSIGHT, body)
        for host in (Body.PARTY, Body.COMMITTEE):
            b = community.row_of[c, host]
            if b >= 0:
                spend(b, 0.5 * p.host_hours, Pay.PUBLIC, Stream.MEETING, body)
        room = spent / p.look_hours
        eligible = 0.0
        for n in range(rows.used[Rows.CASE]):
            if case.community[n] != c:
                continue
            closed = case.file[n] == File.CLOSED and today - case.last_closed[n] <= p.look_back
            eligible += 1.0 if closed or case.file[n] == File.NOT_PASSED_ON else 0.0
        if eligible <= 0.0 or room <= 0.0:
            continue
        for n in range(rows.used[Rows.CASE]):
            if case.community[n] != c:
                continue
            closed = case.file[n] == File.CLOSED and today - case.last_closed[n] <= p.look_back
            if not closed and case.file[n] != File.NOT_PASSED_ON:
                continue
            if uniform(now.key, Purpose.OVERSIGHT, case.uid[n], now.week, 10) >= room / eligible:
                continue
            community.visited[c] += 1.0
            if case.truth[n] != Truth.OPEN or uniform(now.key, Purpose.OVERSIGHT, case.uid[n], now.week, 11) >= p.told:
                continue
            community.escalations[c] += 1.0
            if closed:
                reopen(n, today, today + kind.promise[case.kind[n]], case)
                case.outside[n] = 1
                case.decide_at[n] = case.promised[n]
            else:
                register_outside(n, today, case)


@mechanism
def screen(now, p, rows, active, rule, community, case):
    """Where the subdistrict is linked, a case that goes no further can be seen to stand still (A28)."""
    for position in range(rows.used[Rows.ACTIVE]):
        n = active.case[position]
        c = case.community[n]
        if case.file[n] != File.NOT_PASSED_ON or case.truth[n] != Truth.OPEN or rule.levels[c] < 2:
            continue
        if case.implicates[n] == Implicates.ABOVE and rule.levels[c] < p.asked_on:
            continue  # nobody reports himself; it takes a level that is not concerned
        if uniform(now.key, Purpose.OVERSIGHT, case.uid[n], now.week, 12) < p.noticed * community.inspected[c]:
            community.escalations[c] += 1.0
            register_outside(n, 5.0 * now.week, case)
