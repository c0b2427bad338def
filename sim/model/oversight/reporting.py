"""Residents report to the supervisory board what was not taken up or only closed on paper (A18).

A file that was never passed on cannot be found among closed files. Where residents may turn to the board, a person
decides to: it takes his own time, and he does so the less the less he believes in being answered. Members look into it
in their own hours, and each decides whether to publish, as with sampled files: against the own principal where he
holds a post there.
"""

from sim.engine.mechanism import mechanism
from sim.engine.randomness import uniform
from sim.engine.sets import among
from sim.model.bodies.board import Dec as BoardDec
from sim.model.cases.life import pass_on, reopen
from sim.vocabulary.codes import Body, File, Pay, Purpose, Rows, Stream, Truth
from sim.vocabulary.params import Param, Shared
from sim.vocabulary.sets import BOARD_SEATS

ASSUMED = "assumption"
PARAMS = {
    "reports": Param(0.06, "1/week", 0.0, 0.5, ASSUMED, "turns to the board, at full belief in being answered"),
    "own_hours": Param(0.7, "hours", 0.1, 3.0, ASSUMED, "a resident's time for a report"),
    "look_hours": Param(1.5, "hours", 0.5, 5.0, ASSUMED, "a member's time to look into a report"),
    "loyalty": Shared("sampling.loyalty"),
}
REPORTS, DOUBLE, PUBLISHES = 10, 11, 12


@mechanism
def step(now, p, rows, active, rule, community, body, resident, case, kind):
    today = 5.0 * now.week + 5.0
    for c in range(len(community.published)):
        b = community.row_of[c, Body.BOARD]
        if rule.board_hears[c] == 0 or b < 0 or body.alive[b] == 0 or body.members[b] <= 0.0:
            continue
        spent = 0.0
        for position in range(rows.used[Rows.ACTIVE]):
            n = active.case[position]
            kept_back = case.file[n] == File.NOT_PASSED_ON
            paper = case.file[n] == File.CLOSED and case.paper[n] == 1
            if case.community[n] != c or case.truth[n] != Truth.OPEN or case.owner[n] < 0:
                continue
            if not kept_back and not paper:
                continue
            i = case.resident[n]
            if uniform(now.key, Purpose.OVERSIGHT, case.uid[n], now.week, REPORTS) >= p.reports * resident.efficacy[i]:
                continue
            resident.hours[i, Pay.PUBLIC] += p.own_hours
            if body.left[b, Pay.BOARD] < spent + p.look_hours:
                continue
            spent += p.look_hours
            ready = body.dec[b, BoardDec.PUBLISH]
            if uniform(now.key, Purpose.OVERSIGHT, case.uid[n], now.week, DOUBLE) < body.crossed_members[b]:
                ready *= 1.0 - p.loyalty
            if uniform(now.key, Purpose.OVERSIGHT, case.uid[n], now.week, PUBLISHES) >= ready:
                continue
            community.published[c] += 1.0
            if kept_back:
                pass_on(n, today, case)
                case.outside[n] = 1  # published: it is known above
            else:
                reopen(n, today, today + kind.promise[case.kind[n]], case)
        body.left[b, Pay.BOARD] -= spent
        body.hours[b, Pay.BOARD, Stream.OVERSIGHT] += spent
        for i in range(len(resident.seat)):
            if spent > 0.0 and resident.community[i] == c and among(resident.seat[i], BOARD_SEATS):
                resident.hours[i, Pay.BOARD] += spent / body.members[b]
