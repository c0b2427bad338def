"""A round of mediation moves positions; hot parties move less; laid-down rounds let them cool and be heard (A43).

Positions move by a share of their distance in each round (bounded confidence: Deffuant et al. 2000), the less the
hotter the person is. Ordinary mediation goes straight to a proposal, which can only speak to the points that came up
unasked. In the rational cycle the mediator first lets both sides speak, which reveals further points to a proposal
(interests behind positions: Fisher & Ury 1981), the more the person trusts those who serve the community, and
afterwards agrees a date for going on; until that date the person waits as for any promised date (`heat`). Both take
further hours of the body that mediates. With no hours for it, the round is an ordinary one.
"""

from sim.codes import File, Step, Stream, Truth
from sim.mechanisms.base import mechanism
from sim.mechanisms.find import paid_by, spend
from sim.params import Param

ASSUMED = "assumption"
PARAMS = {
    "step_closer": Param(0.35, "share", 0.1, 0.5, "Deffuant et al. 2000 (mu 0.3-0.5)",
                         "how far positions move in a round"),
    "best_skill": Param(1.5, "ratio", 1.0, 2.0, ASSUMED, "skill above which a mediator moves nobody further"),
    "hot": Param(0.7, "share", 0.0, 1.0, ASSUMED, "part of the movement lost by a person at heat 1"),
    "cycle_hours": Param(1.0, "hours", 0.2, 4.0, ASSUMED + " (A43)",
                         "hearing both sides first and following up, besides the round itself"),
    "unasked": Param(0.7, "share", 0.3, 1.0, ASSUMED + " (A43)",
                     "points that come up in a round without being asked for"),
    "listening": Param(0.6, "share", 0.0, 1.0, ASSUMED + " (A43)",
                       "of the points not known yet, what a hearing brings out at full trust"),
    "next_talk": Param(10.0, "working days", 2.0, 40.0, ASSUMED + " (A43)",
                       "date for going on that is agreed with both sides"),
}


@mechanism(writes=("case.distance", "case.points", "case.next_talk", "body.left", "body.hours"))
def step(
    week,
    day,
    step_closer,
    best_skill,
    hot,
    cycle_hours,
    unasked,
    listening,
    next_talk,
    rows_used,
    active_case,
    rule_rational_cycle,
    body_type,
    body_skill,
    body_left,
    body_hours,
    resident_heat,
    resident_trust,
    case_resident,
    case_community,
    case_truth,
    case_file,
    case_body,
    case_step,
    case_ready,
    case_distance,
    case_points,
    case_next_talk,
):
    end = 5.0 * week + day + 1.0
    for position in range(rows_used[2]):
        n = active_case[position]
        b = case_body[n]
        if case_file[n] != File.ROUTED or case_step[n] != Step.ROUND or case_truth[n] != Truth.OPEN or b < 0:
            continue
        if case_ready[n] >= end:
            continue
        i = case_resident[n]
        case_points[n] = max(case_points[n], unasked)
        pay = paid_by(body_type[b])
        if rule_rational_cycle[case_community[n]] == 1 and body_left[b, pay] >= cycle_hours:
            spend(b, cycle_hours, pay, Stream.DEMAND, body_left, body_hours)
            case_points[n] += listening * resident_trust[i] * (1.0 - case_points[n])
            case_next_talk[n] = end + next_talk
        # `step_closer` is of a round in which the usual points come up
        moved = min(1.0, step_closer * min(best_skill, body_skill[b, 2]) * case_points[n] / unasked)
        case_distance[n] *= 1.0 - moved * (1.0 - hot * min(1.0, resident_heat[i]))
