"""Staff learn by doing, tire under load, compare offers and leave; a vacancy costs weeks and skill (A85, A88, C7).

A person leaves when an outside offer plus the cost of overload beats the pay here and the attachment to the post
(job search: Mortensen 1986, Handbook of Labor Economics 2; overload: E21, level: E22). Skill grows with the hours
spent on a kind of work (Wright 1936) and goes with the leaver.
"""

from sim.engine.kernel import kernel
from sim.engine.mechanism import mechanism
from sim.engine.randomness import lognormal, normal, uniform
from sim.model.work.posts import hanging
from sim.vocabulary.codes import Body, Purpose, Stream
from sim.vocabulary.params import Param

PARAMS = {
    "offers": Param(1.2, "offers/year", 0.5, 3.0, "assumption, set so that quits meet E22",
                    "outside offers a person gets"),
    "offer_spread": Param(0.2, "log units", 0.1, 0.4, "assumption", "spread of offers around the outside wage"),
    "outside_ratio": Param(0.95, "ratio", 0.7, 1.4, "assumption: E22 with A85", "outside wage over the first pay here"),
    "outside_growth": Param(0.01, "1/year", 0.0, 0.1, "assumption: real growth", "growth of the outside wage"),
    "attachment": Param(0.25, "share", 0.1, 0.5, "assumption, set so that quits meet E22",
                        "part of pay that an offer must add before a person moves"),
    "strain_cost": Param(0.5, "share", 0.2, 1.0, "E21; assumption on the value",
                         "part of pay that one unit of overload is worth"),
    "bearable": Param(0.85, "ratio", 0.7, 1.0, "assumption", "load that is borne without cost"),
    "strain_memory": Param(0.92, "1/week", 0.8, 0.98, "assumption: a quarter", "share of felt strain kept a week"),
    "gap_low": Param(4.0, "weeks", 1.0, 8.0, "assumption", "shortest vacancy"),
    "gap_high": Param(14.0, "weeks", 8.0, 30.0, "assumption", "longest vacancy when somebody applies"),
    "applicants": Param(6.0, "persons", 2.0, 12.0, "assumption", "persons who look at a vacancy"),
    "hire_skill": Param(0.70, "ratio", 0.5, 0.95, "assumption", "mean skill of an applicant"),
    "skill_spread": Param(0.1, "ratio", 0.0, 0.25, "assumption", "spread of skill between persons"),
    "learning": Param(0.06, "1/week", 0.02, 0.15, "assumption: most of the gap within a year",
                      "share of the gap to the own ceiling closed in a week spent wholly on one kind of work"),
}


@kernel
def ceiling(key, uid, incumbents, k, p):
    """Skill that this holder of the post reaches with practice."""
    return max(0.5, 1.0 + p.skill_spread * normal(key, Purpose.HIRE, uid, incumbents, 40 + k))


@kernel
def shares_of_work(b, body):
    """Shares of a body's past hours in items, service and mediation."""
    items, service, mediation = 0.0, 0.0, 0.0
    for pay in range(2):  # paid and overtime
        items += body.hours_total[b, pay, Stream.ABOVE] + body.hours_total[b, pay, Stream.LEDGER]
        service += body.hours_total[b, pay, Stream.DEMAND] + body.hours_total[b, pay, Stream.INITIATIVE]
        mediation += body.hours_total[b, pay, Stream.MEETING] + body.hours_total[b, pay, Stream.COORDINATION]
    mediation += 0.5 * service
    total = items + service + mediation
    if total <= 0.0:
        return 1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0
    return items / total, service / total, mediation / total


@mechanism
def step(now, p, rule, community, body, person):
    for c in range(len(rule.pay)):
        if community.outside_wage[c] <= 0.0:
            community.outside_wage[c] = p.outside_ratio * rule.pay[c] * community.growth[c]
        elif now.week % 52 == 0:
            community.outside_wage[c] *= 1.0 + p.outside_growth

    for who in range(len(person.uid)):
        c = person.community[who]
        uid = person.uid[who]
        b = person.body[who]
        if person.employed[who] == 0:
            if now.week < person.vacant_until[who]:
                continue
            pay = rule.pay[c] * community.growth[c]
            best = -1.0
            for a in range(int(p.applicants)):
                offer = lognormal(
                    community.outside_wage[c], p.offer_spread, now.key, Purpose.HIRE, uid, now.week, 10 + a
                )
                if offer <= pay * (1.0 + p.attachment):
                    best = max(
                        best, p.hire_skill + p.skill_spread * normal(now.key, Purpose.HIRE, uid, now.week, 25 + a)
                    )
            if best < 0.0:
                person.vacant_until[who] = now.week + 4  # nobody applied; the post is offered again
                continue
            person.incumbents[who] += 1
            person.employed[who] = 1
            person.tenure[who] = 0.0
            person.strain[who] = 0.0
            for k in range(person.skill.shape[1]):
                person.skill[who, k] = max(0.3, best)
            continue

        person.tenure[who] += 1.0
        load = body.load[b]
        items, service, mediation = shares_of_work(b, body)
        if person.second[who] >= 0:
            load += person.split[who] * (body.load[person.second[who]] - load)
        person.strain[who] = p.strain_memory * person.strain[who] + (1.0 - p.strain_memory) * load
        for k in range(person.skill.shape[1]):
            share = items if k == 0 else (service if k == 1 else mediation)
            gap = ceiling(now.key, uid, person.incumbents[who], k, p) - person.skill[who, k]
            if gap > 0.0:
                person.skill[who, k] += p.learning * share * gap

        # posts of the office and of the lines are filled by their own services
        if c < 0 or body.type[b] == Body.SECURITY or body.type[b] == Body.MASS:
            continue
        if uniform(now.key, Purpose.QUIT, uid, now.week, 0) < p.offers / 52.0:
            offer = lognormal(community.outside_wage[c], p.offer_spread, now.key, Purpose.QUIT, uid, now.week, 1)
            pay = rule.pay[c] * community.growth[c] * (1.0 + 2.0 * rule.score_pay[c] * community.score[c])
            pay *= hanging(who, c, rule, community, body, person)
            cost = p.strain_cost * pay * max(0.0, person.strain[who] - p.bearable)
            if offer + cost > pay * (1.0 + p.attachment):
                gap_weeks = p.gap_low + (p.gap_high - p.gap_low) * uniform(now.key, Purpose.HIRE, uid, now.week, 2)
                person.employed[who] = 0
                person.split[who] = 0.0
                person.vacant_until[who] = now.week + int(gap_weeks)
