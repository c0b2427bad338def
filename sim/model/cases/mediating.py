"""A round of mediation moves positions; hot parties move less; laid-down rounds let them cool and be heard (A43).

Positions move by a share of their distance in each round (bounded confidence: Deffuant et al. 2000), the less the
hotter the person is. Ordinary mediation goes straight to a proposal, which can only speak to the points that came up
unasked. In the rational cycle the mediator first lets both sides speak, which reveals further points to a proposal
(interests behind positions: Fisher & Ury 1981), the more the person trusts those who serve the community, and
afterwards agrees a date for going on; until that date the person waits as for any promised date (`heat`). Both take
further hours of the body that mediates. With no hours for it, the round is an ordinary one.
"""

from sim.engine.mechanism import mechanism
from sim.model.cases.find import paid_by, spend
from sim.vocabulary.codes import File, Rows, Skill, Step, Stream, Truth
from sim.vocabulary.params import Param

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


@mechanism
def step(now, p, rows, active, rule, body, resident, case):
    end = 5.0 * now.week + now.day + 1.0
    for position in range(rows.used[Rows.ACTIVE]):
        n = active.case[position]
        b = case.body[n]
        if case.file[n] != File.ROUTED or case.step[n] != Step.ROUND or case.truth[n] != Truth.OPEN or b < 0:
            continue
        if case.ready[n] >= end:
            continue
        i = case.resident[n]
        case.points[n] = max(case.points[n], p.unasked)
        pay = paid_by(body.type[b])
        if rule.rational_cycle[case.community[n]] == 1 and body.left[b, pay] >= p.cycle_hours:
            spend(b, p.cycle_hours, pay, Stream.DEMAND, body)
            case.points[n] += p.listening * resident.trust[i] * (1.0 - case.points[n])
            case.next_talk[n] = end + p.next_talk
        # `step_closer` is of a round in which the usual points come up
        moved = min(1.0, p.step_closer * min(p.best_skill, body.skill[b, Skill.MEDIATION]) * case.points[n] / p.unasked)
        case.distance[n] *= 1.0 - moved * (1.0 - p.hot * min(1.0, resident.heat[i]))
