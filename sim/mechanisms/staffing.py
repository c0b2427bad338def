"""Staff learn by doing, tire under load, compare offers and leave; a vacancy costs weeks and skill (A85, A88, C7).

A person leaves when an outside offer plus the cost of overload beats the pay here and the attachment to the post
(job search: Mortensen 1986, Handbook of Labor Economics 2; overload: E21, level: E22). Skill grows with the hours
spent on a kind of work (Wright 1936) and goes with the leaver.
"""

from sim.codes import Body, Purpose, Stream
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.mechanisms.posts import hanging
from sim.params import Param
from sim.randomness import lognormal, normal, uniform

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
def ceiling(key, uid, incumbents, k, skill_spread):
    """Skill that this holder of the post reaches with practice."""
    return max(0.5, 1.0 + skill_spread * normal(key, Purpose.HIRE, uid, incumbents, 40 + k))


@kernel
def shares_of_work(b, body_hours_total):
    """Shares of a body's past hours in items, service and mediation."""
    items, service, mediation = 0.0, 0.0, 0.0
    for pay in range(2):  # paid and overtime
        items += body_hours_total[b, pay, Stream.ABOVE] + body_hours_total[b, pay, Stream.LEDGER]
        service += body_hours_total[b, pay, Stream.DEMAND] + body_hours_total[b, pay, Stream.INITIATIVE]
        mediation += body_hours_total[b, pay, Stream.MEETING] + body_hours_total[b, pay, Stream.COORDINATION]
    mediation += 0.5 * service
    total = items + service + mediation
    if total <= 0.0:
        return 1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0
    return items / total, service / total, mediation / total


@mechanism(writes=(
    "person.employed", "person.tenure", "person.skill", "person.strain", "person.vacant_until",
    "person.incumbents", "person.split", "community.outside_wage",
))
def step(
    key, week, offers, offer_spread, outside_ratio, outside_growth, attachment, strain_cost, bearable, strain_memory,
    gap_low, gap_high, applicants, hire_skill, skill_spread, learning, rule_pay, rule_head_pay, rule_one_head,
    rule_score_pay, community_score, community_rating,
    community_growth,
    community_outside_wage, body_type, body_load, body_hours_total, person_uid, person_community, person_body,
    person_second, person_split, person_head, person_employed, person_tenure, person_skill,
    person_strain, person_vacant_until, person_incumbents,
):
    for c in range(len(rule_pay)):
        if community_outside_wage[c] <= 0.0:
            community_outside_wage[c] = outside_ratio * rule_pay[c] * community_growth[c]
        elif week % 52 == 0:
            community_outside_wage[c] *= 1.0 + outside_growth

    for p in range(len(person_uid)):
        c = person_community[p]
        uid = person_uid[p]
        b = person_body[p]
        if person_employed[p] == 0:
            if week < person_vacant_until[p]:
                continue
            pay = rule_pay[c] * community_growth[c]
            best = -1.0
            for a in range(int(applicants)):
                offer = lognormal(community_outside_wage[c], offer_spread, key, Purpose.HIRE, uid, week, 10 + a)
                if offer <= pay * (1.0 + attachment):
                    best = max(best, hire_skill + skill_spread * normal(key, Purpose.HIRE, uid, week, 25 + a))
            if best < 0.0:
                person_vacant_until[p] = week + 4  # nobody applied; the post is offered again
                continue
            person_incumbents[p] += 1
            person_employed[p] = 1
            person_tenure[p] = 0.0
            person_strain[p] = 0.0
            for k in range(person_skill.shape[1]):
                person_skill[p, k] = max(0.3, best)
            continue

        person_tenure[p] += 1.0
        load = body_load[b]
        items, service, mediation = shares_of_work(b, body_hours_total)
        if person_second[p] >= 0:
            load += person_split[p] * (body_load[person_second[p]] - load)
        person_strain[p] = strain_memory * person_strain[p] + (1.0 - strain_memory) * load
        for k in range(person_skill.shape[1]):
            share = items if k == 0 else (service if k == 1 else mediation)
            gap = ceiling(key, uid, person_incumbents[p], k, skill_spread) - person_skill[p, k]
            if gap > 0.0:
                person_skill[p, k] += learning * share * gap

        # posts of the office and of the lines are filled by their own services
        if c < 0 or body_type[b] == Body.SECURITY or body_type[b] == Body.MASS:
            continue
        if uniform(key, Purpose.QUIT, uid, week, 0) < offers / 52.0:
            offer = lognormal(community_outside_wage[c], offer_spread, key, Purpose.QUIT, uid, week, 1)
            pay = rule_pay[c] * community_growth[c] * (1.0 + 2.0 * rule_score_pay[c] * community_score[c])
            pay *= hanging(p, c, rule_head_pay, rule_one_head, community_rating, body_type, person_body, person_head)
            cost = strain_cost * pay * max(0.0, person_strain[p] - bearable)
            if offer + cost > pay * (1.0 + attachment):
                gap_weeks = gap_low + (gap_high - gap_low) * uniform(key, Purpose.HIRE, uid, week, 2)
                person_employed[p] = 0
                person_split[p] = 0.0
                person_vacant_until[p] = week + int(gap_weeks)
