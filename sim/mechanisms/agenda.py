"""What residents make of a meeting: they put stuck matters on the agenda, learn what was done, decide on money.

Three acts after a meeting that was held. Where residents have a right to the agenda, those who came put up matters of
their neighbours that are past their date, and whoever answers for one has to say in the meeting what will be done
(A40, A53). At talks the committee tells what became of cases; those who came hear it beside neighbours who know better
(A39); published minutes are read by some who did not come (A53). Where it has its quorum and there is no council, the
meeting of representatives decides how much of the common budget may be spent (A63); who has not seen the budget
releases little (Fung 2006, Public Admin. Rev. 66: what a meeting can do is who comes, how they talk, what they decide).
"""

from sim.codes import Account, Body, File, Meeting, Pay, Purpose, Step, Stream, Truth
from sim.mechanisms.base import mechanism
from sim.mechanisms.find import paid_by, spend
from sim.mechanisms.waits import break_off
from sim.params import Param
from sim.randomness import uniform

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


@mechanism(
    writes=(
        "body.left",
        "body.hours",
        "case.file",
        "case.body",
        "case.step",
        "case.paper",
        "case.promised",
        "case.judged",
        "case.ready",
        "case.since",
        "case.wait",
        "case.resolution",
    )
)
def step(
    key,
    week,
    puts_up,
    at_most,
    answer_hours,
    rows_used,
    active_case,
    rule_open_agenda,
    community_full,
    community_meeting_held,
    community_representatives,
    resident_community,
    resident_present,
    body_type,
    body_alive,
    body_left,
    body_hours,
    case_uid,
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
    case_resolution,
):
    now = 5.0 * week + 1.0
    for c in range(len(community_full)):
        if community_full[c] == 0 or rule_open_agenda[c] == 0:
            continue
        for m in range(Meeting.REPRESENTATIVES, Meeting.HEARING):
            if community_meeting_held[c, m] <= 0.0:
                continue
            came = 0.0
            for i in range(len(resident_present)):
                if resident_community[i] == c and resident_present[i] & (1 << m):
                    came += 1.0
            put = 0.0
            for position in range(rows_used[2]):
                n = active_case[position]
                if put >= at_most or case_community[n] != c or case_truth[n] != Truth.OPEN:
                    continue
                owner = case_owner[n]
                file = case_file[n]
                paper = file == File.CLOSED and case_paper[n] == 1
                stuck = file == File.NOT_PASSED_ON or file == File.ROUTED or file == File.WAIT_MONEY or paper
                if owner < 0 or body_alive[owner] == 0 or not stuck or case_promised[n] >= now or case_since[n] > now:
                    continue
                share = came / max(1.0, community_representatives[c])
                if uniform(key, Purpose.MEETING, case_uid[n], week, PUTS + m) >= puts_up * share:
                    continue
                pay = paid_by(body_type[owner])
                if body_left[owner, pay] < answer_hours:
                    continue
                put += 1.0
                spend(owner, answer_hours, pay, Stream.MEETING, body_left, body_hours)
                case_resolution[n] = week + 1
                if paper:
                    case_body[n] = owner
                    case_step[n] = Step.INTAKE
                    case_paper[n] = 0
                    case_promised[n] = now + kind_promise[case_kind[n]]
                    case_judged[n] = 0
                    case_since[n] = now
                elif file == File.NOT_PASSED_ON:
                    break_off(n, now, case_file, case_since, case_wait)
                if file != File.WAIT_MONEY:
                    case_file[n] = File.ROUTED
                case_ready[n] = min(case_ready[n], now) if file == File.WAIT_MONEY else now


@mechanism(writes=("body.left", "body.hours", "resident.told", "resident.told_good", "community.told"))
def tell(
    key,
    week,
    report_hours,
    told_weeks,
    minutes_hours,
    read,
    rows_used,
    rule_minutes,
    rule_score_votes,
    community_full,
    community_row_of,
    community_meeting_held,
    community_ballot_stage,
    community_appraisals,
    community_score,
    community_told,
    body_left,
    body_hours,
    resident_uid,
    resident_community,
    resident_adult,
    resident_present,
    resident_told,
    resident_told_good,
    case_community,
    case_felt,
    case_spoken,
    case_truth,
    case_resolution,
):
    """Those who came to talks are told what became of cases; some read the minutes, and the score before a vote."""
    now = 5.0 * week
    for c in range(len(community_full)):
        committee = community_row_of[c, Body.COMMITTEE]
        if community_full[c] == 0 or committee < 0:
            continue
        talks = community_meeting_held[c, Meeting.TALKS] > 0.0
        held = 0.0
        for m in range(Meeting.REPRESENTATIVES, Meeting.COUNCIL):
            held += community_meeting_held[c, m]
        minutes = rule_minutes[c] == 1 and held > 0.0
        if talks and body_left[committee, Pay.PUBLIC] < report_hours:
            talks = False  # nobody had time to prepare anything
        if talks:
            spend(committee, report_hours, Pay.PUBLIC, Stream.MEETING, body_left, body_hours)
        if minutes and body_left[committee, Pay.PUBLIC] < minutes_hours:
            minutes = False
        if minutes:
            spend(committee, minutes_hours, Pay.PUBLIC, Stream.MEETING, body_left, body_hours)
        spoken, solved, passed, carried = 0.0, 0.0, 0.0, 0.0
        if talks or minutes:
            for k in range(rows_used[0] - 1, -1, -1):
                if now - case_felt[k] > 52.0 * 5.0:
                    break
                if case_community[k] != c or case_spoken[k] < 0.0:
                    continue
                good = 1.0 if case_truth[k] != Truth.OPEN and case_truth[k] != Truth.LAPSED else 0.0
                if now - case_felt[k] <= told_weeks * 5.0:
                    spoken += 1.0
                    solved += good
                if case_resolution[k] > 0:
                    passed += 1.0
                    carried += good
        scores = rule_score_votes[c] == 1 and community_ballot_stage[c] == 1 and community_appraisals[c] > 0.0
        if not (talks and spoken > 0.0) and not (minutes and passed > 0.0) and not scores:
            continue
        for i in range(len(resident_uid)):
            if resident_community[i] != c or resident_adult[i] == 0:
                continue
            # who came hears of cases from both sides, so that what is told is what neighbours know to be so
            if talks and spoken > 0.0 and resident_present[i] & (1 << Meeting.TALKS):
                resident_told[i] += 1
                resident_told_good[i] += solved / spoken
                community_told[c] += 1.0
            reads = uniform(key, Purpose.MEETING, resident_uid[i], week, READS) < read
            if reads and minutes and passed > 0.0:
                resident_told[i] += 1
                resident_told_good[i] += carried / passed
                community_told[c] += 1.0
            if reads and scores:
                resident_told[i] += 1
                resident_told_good[i] += community_score[c] + 0.5
                community_told[c] += 1.0


@mechanism(writes=("community.council_released",))
def budget(
    key,
    week,
    release_blind,
    release_seen,
    rule_own_budget,
    community_full,
    community_row_of,
    community_quorate,
    community_balance,
    community_promises,
    community_budget_known,
    community_council_released,
    body_alive,
    resident_uid,
    resident_community,
    resident_stake,
    resident_present,
):
    """Representatives with a quorum release money of the common budget by majority where no council sits (A63)."""
    for c in range(len(community_full)):
        council = community_row_of[c, Body.COUNCIL]
        sits = council >= 0 and body_alive[council] == 1
        if community_full[c] == 0 or rule_own_budget[c] == 0 or sits or community_quorate[c] == 0:
            continue
        came, agreed = 0, 0
        for i in range(len(resident_uid)):
            if resident_community[i] == c and resident_present[i] & (1 << Meeting.REPRESENTATIVES):
                came += 1
                if uniform(key, Purpose.MEETING, resident_uid[i], week, VOTES) < 0.5 * (1.0 + resident_stake[i]):
                    agreed += 1
        if 2 * agreed <= came:
            continue
        purse = community_balance[c, Account.COMMON]
        held_back = max(0.0, purse - community_council_released[c])
        need = min(1.0, community_promises[c] / max(1.0, purse))
        known = community_budget_known[c]
        share = (1.0 - known) * release_blind + known * max(release_blind, release_seen * need)
        community_council_released[c] += share * held_back
