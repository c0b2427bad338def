"""Problems that end without any body: solved by oneself, by a neighbour, by a paid service, or lapsed (A03, A29).

Each takes somebody's own hours or money. A person with no spare time, with no willing tie and no money solves nothing.
"""

from sim.engine.kernel import kernel
from sim.engine.ledger import post
from sim.engine.mechanism import mechanism
from sim.engine.randomness import uniform
from sim.engine.sets import among
from sim.model.cases.life import break_off, close
from sim.model.companies.company import Dec as CompanyDec
from sim.vocabulary.codes import Account, Body, File, Pay, Purpose, Rows, Stream, Truth, Use
from sim.vocabulary.params import Param
from sim.vocabulary.sets import ENDED

ASSUMED = "assumption"
PARAMS = {
    "effort": Param(1.0, "ratio", 0.0, 3.0, ASSUMED,
                    "readiness to try for oneself, over the standard chances of the kinds"),
    "full_time": Param(4.0, "hours/week", 1.0, 15.0, ASSUMED, "spare time at which lack of time no longer holds back"),
    "yuan_worth": Param(600.0, "yuan", 50.0, 1500.0, ASSUMED,
                        "what a solution of mean severity is worth at mean income"),
    "lapse": Param(0.006, "1/week", 0.0, 0.05, ASSUMED, "a problem goes away by itself or is lived with"),
    "consider": Param(0.25, "1/week", 0.02, 1.0, ASSUMED, "thinking of a paid service"),
}


@kernel
def seller(k, first, last, body):
    """Row of a company here that sells work of kind k, -1 none; one without a line sells whatever is asked."""
    for b in range(first, last):
        if body.type[b] == Body.COMPANY and body.alive[b] == 1 and (body.line[b] == k or body.line[b] < 0):
            return b
    return -1


@mechanism
def step(now, p, rows, active, journal, link, tie, kind, community, household, body, resident, case):
    for position in range(rows.used[Rows.ACTIVE]):
        n = active.case[position]
        if case.truth[n] != Truth.OPEN:
            continue
        t = 5.0 * now.week + 5.0 * uniform(now.key, Purpose.SELF_HELP, case.uid[n], now.week, 0)
        if t <= case.felt[n] or t <= case.since[n]:
            continue  # the file was already further at that time of the week
        i = case.resident[n]
        k = case.kind[n]
        end = Truth.OPEN
        time = min(1.0, resident.spare[i] / p.full_time)
        chance = p.effort * kind.self_share[k] * 2.0 * resident.ability[i] * time
        if uniform(now.key, Purpose.SELF_HELP, case.uid[n], now.week, 1) < chance:
            end = Truth.SELF
            resident.hours[i, Pay.PUBLIC] += kind.self_hours[k]
        if end == Truth.OPEN and kind.neighbour_share[k] > 0.0 and link.start[i + 1] > link.start[i]:
            ties = int(link.start[i + 1] - link.start[i])
            j = tie.other[
                int(link.start[i]) + int(ties * uniform(now.key, Purpose.SELF_HELP, case.uid[n], now.week, 2))
            ]
            help_time = min(1.0, resident.spare[j] / p.full_time)
            chance = p.effort * kind.neighbour_share[k] * 2.0 * resident.giving[j] * help_time
            if uniform(now.key, Purpose.SELF_HELP, case.uid[n], now.week, 3) < chance:
                end = Truth.NEIGHBOUR
                resident.hours[j, Pay.VOLUNTEER] += kind.self_hours[k]
        if end == Truth.OPEN and uniform(now.key, Purpose.SELF_HELP, case.uid[n], now.week, 4) < p.consider:
            if uniform(now.key, Purpose.SELF_HELP, case.uid[n], 0, 5) < kind.paid[k]:
                c = case.community[n]
                b = seller(k, community.first_body[c], community.last_body[c], body)
                if b >= 0 and body.dec[b, CompanyDec.ACTIVE] > 0.0 and body.left[b, Pay.FEE] >= case.hours_needed[n]:
                    price = body.dec[b, CompanyDec.PRICE] * case.hours_needed[n]
                    if price <= p.yuan_worth * case.severity[n] * household.income[resident.household[i]]:
                        end = Truth.MARKET
                        body.left[b, Pay.FEE] -= case.hours_needed[n]
                        body.hours[b, Pay.FEE, Stream.DEMAND] += case.hours_needed[n]
                        post(
                            now.week, c, Account.RESIDENTS, Account.COMPANIES, b, Use.PURCHASE, price, rows, journal,
                            community,
                        )  # fmt: skip
        if end == Truth.OPEN and uniform(now.key, Purpose.SELF_HELP, case.uid[n], now.week, 6) < p.lapse:
            end = Truth.LAPSED
        if end == Truth.OPEN:
            continue
        case.truth[n] = end
        if end != Truth.LAPSED:
            case.solved[n] = t
        if case.file[n] == File.CLOSED:
            case.judged[n] = 0  # closed with a reply before, and over now: the person makes up his mind again
        if case.file[n] != File.NOT_SPOKEN and not among(case.file[n], ENDED):
            # the person tells the handler that it is no longer needed
            break_off(n, t, case)
            close(n, t, case.paper[n], case)  # an earlier reply without a solution stays one
