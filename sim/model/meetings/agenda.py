"""What residents make of a meeting: they put stuck matters on the agenda, learn what was done, decide on money.

Three acts after a meeting that was held. Where residents have a right to the agenda, those who came put up matters of
their neighbours that are past their date, and whoever answers for one has to say in the meeting what will be done
(A40, A53). At talks the committee tells what became of cases; those who came hear it beside neighbours who know better
(A39); published minutes are read by some who did not come (A53). Where it has its quorum and there is no council, the
meeting of representatives decides how much of the common budget may be spent (A63); who has not seen the budget
releases little (Fung 2006, Public Admin. Rev. 66: what a meeting can do is who comes, how they talk, what they decide).
"""

from sim.engine.mechanism import mechanism
from sim.engine.randomness import uniform
from sim.model.cases.find import paid_by, spend
from sim.model.cases.life import pass_on, reopen, route
from sim.vocabulary.codes import Account, Body, File, Meeting, Pay, Purpose, Rows, Stage, Stream, Truth
from sim.vocabulary.params import Param
from sim.vocabulary.sets import OPEN_AGENDA, WITH_RESIDENTS

ASSUMED = "assumption"
PARAMS = {
    "puts_up": Param(0.3, "probability", 0.0, 1.0, ASSUMED + " (A40)",
                     "a stuck matter of the neighbourhood is put up when all representatives are there"),
    "at_most": Param(4.0, "cases", 1.0, 20.0, ASSUMED, "stuck matters that one meeting has time for"),
    "answer_hours": Param(0.5, "hours", 0.1, 2.0, ASSUMED, "finding out and saying what will be done"),
    "report_hours": Param(2.0, "hours", 0.5, 8.0, ASSUMED + " (A39)", "preparing what is told at talks"),
    "told_weeks": Param(13.0, "weeks", 4.0, 52.0, ASSUMED, "cases of so many weeks are told of"),
    "minutes_hours": Param(1.5, "hours", 0.5, 6.0, ASSUMED + " (A53)", "writing and publishing the minutes"),
    "read": Param(0.08, "share", 0.0, 0.5, ASSUMED, "adults who read published minutes"),
    "release_blind": Param(0.3, "share", 0.0, 1.0, ASSUMED, "budget released by those who have not seen it"),
    "release_seen": Param(0.8, "share", 0.0, 1.0, ASSUMED, "the same by those who have, if as much is waited for"),
}
PUTS, READS, VOTES = 600, 700, 701


@mechanism
def step(now, p, rows, active, rule, community, resident, body, case, kind):
    today = 5.0 * now.week + 1.0
    for c in range(len(community.full)):
        if community.full[c] == 0 or rule.open_agenda[c] == 0:
            continue
        for m in OPEN_AGENDA:
            if community.meeting_held[c, m] <= 0.0:
                continue
            came = 0.0
            for i in range(len(resident.present)):
                if resident.community[i] == c and resident.present[i] & (1 << m):
                    came += 1.0
            put = 0.0
            for position in range(rows.used[Rows.ACTIVE]):
                n = active.case[position]
                if put >= p.at_most or case.community[n] != c or case.truth[n] != Truth.OPEN:
                    continue
                owner = case.owner[n]
                file = case.file[n]
                paper = file == File.CLOSED and case.paper[n] == 1
                stuck = file == File.NOT_PASSED_ON or file == File.ROUTED or file == File.WAIT_MONEY or paper
                if (
                    owner < 0
                    or body.alive[owner] == 0
                    or not stuck
                    or case.promised[n] >= today
                    or case.since[n] > today
                ):
                    continue
                share = came / max(1.0, community.representatives[c])
                if uniform(now.key, Purpose.MEETING, case.uid[n], now.week, PUTS + m) >= p.puts_up * share:
                    continue
                pay = paid_by(body.type[owner])
                if body.left[owner, pay] < p.answer_hours:
                    continue
                put += 1.0
                spend(owner, p.answer_hours, pay, Stream.MEETING, body)
                case.resolution[n] = now.week + 1
                if paper:
                    reopen(n, today, today + kind.promise[case.kind[n]], case)
                elif file == File.NOT_PASSED_ON:
                    pass_on(n, today, case)
                elif file == File.ROUTED:
                    route(n, today, case)
                else:  # money is asked for again at once
                    case.ready[n] = min(case.ready[n], today)


@mechanism
def tell(now, p, rows, community, body, resident, case):
    """Those who came to talks are told what became of cases; some read the minutes, and the score before a vote."""
    today = 5.0 * now.week
    for c in range(len(community.full)):
        committee = community.row_of[c, Body.COMMITTEE]
        if community.full[c] == 0 or committee < 0:
            continue
        talks = community.meeting_held[c, Meeting.TALKS] > 0.0
        held = 0.0
        for m in WITH_RESIDENTS:
            held += community.meeting_held[c, m]
        minutes = community.minutes_shown[c] == 1 and held > 0.0
        if talks and body.left[committee, Pay.PUBLIC] < p.report_hours:
            talks = False  # nobody had time to prepare anything
        if talks:
            spend(committee, p.report_hours, Pay.PUBLIC, Stream.MEETING, body)
        if minutes and body.left[committee, Pay.PUBLIC] < p.minutes_hours:
            minutes = False
        if minutes:
            spend(committee, p.minutes_hours, Pay.PUBLIC, Stream.MEETING, body)
        spoken, solved, passed, carried = 0.0, 0.0, 0.0, 0.0
        if talks or minutes:
            for k in range(rows.used[Rows.CASE] - 1, -1, -1):
                if today - case.felt[k] > 52.0 * 5.0:
                    break
                if case.community[k] != c or case.spoken[k] < 0.0:
                    continue
                good = 1.0 if case.truth[k] != Truth.OPEN and case.truth[k] != Truth.LAPSED else 0.0
                if today - case.felt[k] <= p.told_weeks * 5.0:
                    spoken += 1.0
                    solved += good
                if case.resolution[k] > 0:
                    passed += 1.0
                    carried += good
        scores = (
            community.score_read[c] == 1
            and community.ballot_stage[c] == Stage.NOMINATION
            and community.appraisals[c] > 0.0
        )
        if not (talks and spoken > 0.0) and not (minutes and passed > 0.0) and not scores:
            continue
        for i in range(len(resident.uid)):
            if resident.community[i] != c or resident.adult[i] == 0:
                continue
            # who came hears of cases from both sides, so that what is told is what neighbours know to be so
            if talks and spoken > 0.0 and resident.present[i] & (1 << Meeting.TALKS):
                resident.told[i] += 1
                resident.told_good[i] += solved / spoken
                community.told[c] += 1.0
            reads = uniform(now.key, Purpose.MEETING, resident.uid[i], now.week, READS) < p.read
            if reads and minutes and passed > 0.0:
                resident.told[i] += 1
                resident.told_good[i] += carried / passed
                community.told[c] += 1.0
            if reads and scores:
                resident.told[i] += 1
                resident.told_good[i] += community.score[c] + 0.5
                community.told[c] += 1.0


@mechanism
def budget(now, p, rule, community, body, resident):
    """Representatives with a quorum release money of the common budget by majority where no council sits (A63)."""
    for c in range(len(community.full)):
        council = community.row_of[c, Body.COUNCIL]
        sits = council >= 0 and body.alive[council] == 1
        if community.full[c] == 0 or rule.own_budget[c] == 0 or sits or community.quorate[c] == 0:
            continue
        came, agreed = 0, 0
        for i in range(len(resident.uid)):
            if resident.community[i] == c and resident.present[i] & (1 << Meeting.REPRESENTATIVES):
                came += 1
                if uniform(now.key, Purpose.MEETING, resident.uid[i], now.week, VOTES) < 0.5 * (
                    1.0 + resident.stake[i]
                ):
                    agreed += 1
        if 2 * agreed <= came:
            continue
        purse = community.balance[c, Account.COMMON]
        held_back = max(0.0, purse - community.council_released[c])
        need = min(1.0, community.promises[c] / max(1.0, purse))
        known = community.budget_known[c]
        share = (1.0 - known) * p.release_blind + known * max(p.release_blind, p.release_seen * need)
        community.council_released[c] += share * held_back
