"""A lawsuit costs a fee, takes months and ends in a decision that binds whoever lost (A79: no remedy, no right).

Litigation as the last of the ways to complain (Michelson 2007, Law & Society Review 41). A decision for the resident
stands in for the consent and the signature of the bodies that held back, and a file under it cannot be closed with a
reply; whether the problem is solved then still takes hands.
"""

from sim.codes import Account, File, Need, Purpose, Step, Truth, Use
from sim.mechanisms.base import mechanism
from sim.mechanisms.ledger import post
from sim.mechanisms.waits import break_off
from sim.params import Param
from sim.randomness import lognormal, uniform

ASSUMED = "assumption"
PARAMS = {
    "fee": Param(100.0, "yuan", 10.0, 2000.0, ASSUMED, "court fee and papers"),
    "decide_days": Param(110.0, "working days", 40.0, 260.0, ASSUMED + "; six months", "mean time to a decision"),
    "decide_spread": Param(0.5, "sd of log days", 0.1, 1.0, ASSUMED, "its spread"),
    "upheld": Param(0.35, "probability", 0.05, 0.9, ASSUMED, "a decision for the resident"),
}
BEFORE, FOR, AGAINST = 1, 2, 3  # codes of case.verdict


@mechanism(
    writes=("case.verdict", "case.verdict_at", "case.met", "case.file", "case.body", "case.step", "case.ready",
            "case.since", "case.wait", "case.outside", "case.judged", "case.paper", "rows.used", "journal.entry",
            "community.balance", "community.flow")
)
def step(
    key, week, fee, decide_days, decide_spread, upheld, active_case, case_uid, case_community, case_truth, case_court,
    case_owner, case_verdict, case_verdict_at, case_met, case_file, case_body, case_step, case_ready, case_since,
    case_wait, case_outside, case_judged, case_paper, rows_used, journal_entry, community_balance, community_flow,
):
    now = 5.0 * week
    for position in range(rows_used[2]):
        n = active_case[position]
        if case_court[n] == 0 or case_truth[n] != Truth.OPEN:
            continue
        if case_verdict[n] == 0:
            case_verdict[n] = BEFORE
            case_verdict_at[n] = now + lognormal(decide_days, decide_spread, key, Purpose.CASE_ROUTE, case_uid[n], 0,
                                                 120)
            post(rows_used, journal_entry, community_balance, community_flow, week, case_community[n],
                 Account.RESIDENTS, Account.SUPPLIERS, -1, Use.CASE, fee)  # fmt: skip
        if case_verdict[n] != BEFORE or case_verdict_at[n] >= now + 5.0 or case_owner[n] < 0:
            continue
        if uniform(key, Purpose.CASE_ROUTE, case_uid[n], 0, 121) >= upheld:
            case_verdict[n] = AGAINST
            continue
        case_verdict[n] = FOR
        case_met[n] |= (1 << Need.FIRM) | (1 << Need.ABOVE) | (1 << Need.LINE)
        if case_file[n] < File.NOT_PASSED_ON or case_file[n] == File.WAITING or case_file[n] == File.IN_WORK:
            continue  # whoever has it goes on with it, bound by the decision
        if case_file[n] < File.CLOSED:
            break_off(n, now, case_file, case_since, case_wait)
        case_file[n] = File.ROUTED
        case_body[n] = case_owner[n]
        case_step[n] = Step.INTAKE
        case_outside[n] = 1
        case_judged[n] = 0
        case_paper[n] = 0
        case_ready[n] = now
        case_since[n] = max(case_since[n], now)
