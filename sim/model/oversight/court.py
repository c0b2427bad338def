"""A lawsuit costs a fee, takes months and ends in a decision that binds whoever lost (A79: no remedy, no right).

Litigation as the last of the ways to complain (Michelson 2007, Law & Society Review 41). A decision for the resident
stands in for the consent and the signature of the bodies that held back, and a file under it cannot be closed with a
reply; whether the problem is solved then still takes hands.
"""

from sim.engine.ledger import post
from sim.engine.mechanism import mechanism
from sim.engine.randomness import lognormal, uniform
from sim.engine.sets import among
from sim.model.cases.life import break_off, reopen
from sim.vocabulary.codes import Account, CourtVerdict, Need, Purpose, Rows, Truth, Use
from sim.vocabulary.params import Param
from sim.vocabulary.sets import AT_A_BODY, ENDED, UNANSWERED

ASSUMED = "assumption"
PARAMS = {
    "fee": Param(100.0, "yuan", 10.0, 2000.0, ASSUMED, "court fee and papers"),
    "decide_days": Param(110.0, "working days", 40.0, 260.0, ASSUMED + "; six months", "mean time to a decision"),
    "decide_spread": Param(0.5, "sd of log days", 0.1, 1.0, ASSUMED, "its spread"),
    "upheld": Param(0.35, "probability", 0.05, 0.9, ASSUMED, "a decision for the resident"),
}


@mechanism
def step(now, p, active, case, rows, journal, community):
    today = 5.0 * now.week
    for position in range(rows.used[Rows.ACTIVE]):
        n = active.case[position]
        if case.court[n] == 0 or case.truth[n] != Truth.OPEN:
            continue
        if case.verdict[n] == CourtVerdict.NONE:
            case.verdict[n] = CourtVerdict.PENDING
            case.verdict_at[n] = today + lognormal(
                p.decide_days, p.decide_spread, now.key, Purpose.CASE_ROUTE, case.uid[n], 0, 120
            )
            post(
                now.week, case.community[n], Account.RESIDENTS, Account.SUPPLIERS, -1, Use.CASE, p.fee, rows, journal,
                community,
            )  # fmt: skip
        if case.verdict[n] != CourtVerdict.PENDING or case.verdict_at[n] >= today + 5.0 or case.owner[n] < 0:
            continue
        if uniform(now.key, Purpose.CASE_ROUTE, case.uid[n], 0, 121) >= p.upheld:
            case.verdict[n] = CourtVerdict.AGAINST
            continue
        case.verdict[n] = CourtVerdict.FOR
        case.met[n] |= (1 << Need.FIRM) | (1 << Need.ABOVE) | (1 << Need.LINE)
        if among(case.file[n], UNANSWERED) or among(case.file[n], AT_A_BODY):
            continue  # whoever has it goes on with it, bound by the decision
        if not among(case.file[n], ENDED):
            break_off(n, today, case)
        reopen(n, today, case.promised[n], case)  # a decision moves no date
        case.outside[n] = 1
