"""Problems that end without any body: solved by oneself, by a neighbour, by a paid service, or lapsed (A03, A29).

Each takes somebody's own hours or money. A person with no spare time, with no willing tie and no money solves nothing.
"""

from sim.codes import Account, Body, File, Pay, Purpose, Stream, Truth, Use
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.mechanisms.ledger import post
from sim.mechanisms.waits import break_off
from sim.params import Param
from sim.randomness import uniform

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
def seller(k, first, last, body_type, body_alive, body_line):
    """Row of a company here that sells work of kind k, -1 none; one without a line sells whatever is asked."""
    for b in range(first, last):
        if body_type[b] == Body.COMPANY and body_alive[b] == 1 and (body_line[b] == k or body_line[b] < 0):
            return b
    return -1


@mechanism(
    writes=(
        "rows.used",
        "journal.entry",
        "community.balance",
        "community.flow",
        "body.left",
        "body.hours",
        "resident.hours",
        "case.truth",
        "case.solved",
        "case.file",
        "case.closed",
        "case.last_closed",
        "case.judged",
        "case.since",
        "case.wait",
    )
)
def step(
    key,
    week,
    effort,
    full_time,
    yuan_worth,
    lapse,
    consider,
    rows_used,
    active_case,
    journal_entry,
    link_start,
    tie_other,
    kind_self_share,
    kind_self_hours,
    kind_neighbour_share,
    kind_paid,
    community_first_body,
    community_last_body,
    community_balance,
    community_flow,
    household_income,
    body_type,
    body_alive,
    body_line,
    body_dec,
    body_left,
    body_hours,
    resident_household,
    resident_spare,
    resident_ability,
    resident_giving,
    resident_hours,
    case_uid,
    case_resident,
    case_community,
    case_kind,
    case_severity,
    case_felt,
    case_hours_needed,
    case_truth,
    case_solved,
    case_file,
    case_closed,
    case_last_closed,
    case_judged,
    case_since,
    case_wait,
):
    for position in range(rows_used[2]):
        n = active_case[position]
        if case_truth[n] != Truth.OPEN:
            continue
        t = 5.0 * week + 5.0 * uniform(key, Purpose.SELF_HELP, case_uid[n], week, 0)
        if t <= case_felt[n] or t <= case_since[n]:
            continue  # the file was already further at that time of the week
        i = case_resident[n]
        k = case_kind[n]
        end = Truth.OPEN
        time = min(1.0, resident_spare[i] / full_time)
        chance = effort * kind_self_share[k] * 2.0 * resident_ability[i] * time
        if uniform(key, Purpose.SELF_HELP, case_uid[n], week, 1) < chance:
            end = Truth.SELF
            resident_hours[i, Pay.PUBLIC] += kind_self_hours[k]
        if end == Truth.OPEN and kind_neighbour_share[k] > 0.0 and link_start[i + 1] > link_start[i]:
            ties = int(link_start[i + 1] - link_start[i])
            j = tie_other[int(link_start[i]) + int(ties * uniform(key, Purpose.SELF_HELP, case_uid[n], week, 2))]
            help_time = min(1.0, resident_spare[j] / full_time)
            chance = effort * kind_neighbour_share[k] * 2.0 * resident_giving[j] * help_time
            if uniform(key, Purpose.SELF_HELP, case_uid[n], week, 3) < chance:
                end = Truth.NEIGHBOUR
                resident_hours[j, Pay.VOLUNTEER] += kind_self_hours[k]
        if end == Truth.OPEN and uniform(key, Purpose.SELF_HELP, case_uid[n], week, 4) < consider:
            if uniform(key, Purpose.SELF_HELP, case_uid[n], 0, 5) < kind_paid[k]:
                c = case_community[n]
                b = seller(k, community_first_body[c], community_last_body[c], body_type, body_alive, body_line)
                if b >= 0 and body_dec[b, 0] > 0.0 and body_left[b, Pay.FEE] >= case_hours_needed[n]:
                    price = body_dec[b, 1] * case_hours_needed[n]
                    if price <= yuan_worth * case_severity[n] * household_income[resident_household[i]]:
                        end = Truth.MARKET
                        body_left[b, Pay.FEE] -= case_hours_needed[n]
                        body_hours[b, Pay.FEE, Stream.DEMAND] += case_hours_needed[n]
                        post(
                            rows_used, journal_entry, community_balance, community_flow,
                            week, c, Account.RESIDENTS, Account.COMPANIES, b, Use.PURCHASE, price,
                        )  # fmt: skip
        if end == Truth.OPEN and uniform(key, Purpose.SELF_HELP, case_uid[n], week, 6) < lapse:
            end = Truth.LAPSED
        if end == Truth.OPEN:
            continue
        case_truth[n] = end
        if end != Truth.LAPSED:
            case_solved[n] = t
        if case_file[n] == File.CLOSED:
            case_judged[n] = 0  # closed with a reply before, and over now: the person makes up his mind again
        if case_file[n] != File.NOT_SPOKEN and case_file[n] < File.CLOSED:
            # the person tells the handler that it is no longer needed
            break_off(n, t, case_file, case_since, case_wait)
            case_file[n] = File.CLOSED
            case_last_closed[n] = t
            if case_closed[n] < 0.0:
                case_closed[n] = t
