"""Residents' committee, service station and service windows: inspected tasks off the desk, standing, a short queue.

The split of hours is a = wA / (wA + D) over inspected hours A that are due and known hours D of residents' cases
(Holmstrom & Milgrom 1991); how strongly inspected work weighs is an assumption to sweep (A45, A51). Where the
structure gives another body the right to set that split, `assign` lets it.
"""

from dataclasses import dataclass

from sim.engine.kernel import kernel
from sim.engine.mechanism import mechanism
from sim.engine.sets import among
from sim.model.bodies.base import Decided, Observed, bounded, known, slots
from sim.model.bodies.party import Dec as PartyDec
from sim.vocabulary.codes import Body, Pay
from sim.vocabulary.params import Param
from sim.vocabulary.sets import DESKS

ASSUMED = "assumption"
PARAMS = {
    "inspected_weight": Param(3.0, "ratio", 1.0, 8.0, ASSUMED + "; 2-4 works (A45)",
                              "weight of inspected hours over residents'"),
    "rest_weight": Param(0.2, "ratio", 0.0, 1.0, ASSUMED, "weight of items that are not inspected or not yet due"),
    "appraisal_weight": Param(1.0, "1", 0.0, 4.0, ASSUMED + " (A67)",
                              "more weight of residents' hours at the worst score that counts"),
    "standing_weight": Param(0.5, "1", 0.0, 2.0, ASSUMED,
                             "how much an elected body weighs residents' hours more before a vote"),
    "outreach_base": Param(0.12, "share", 0.0, 0.4, ASSUMED + " (E16)", "own initiative when the desk is not full"),
    "outreach_until": Param(1.5, "ratio", 1.0, 3.0, ASSUMED, "load at which own initiative ends"),
    "outreach_most": Param(0.5, "share", 0.2, 0.8, ASSUMED, "most that goes to own initiative"),
    "outreach_idle": Param(0.50, "share", 0.0, 1.0, ASSUMED, "share of slack that goes to own initiative"),
    "pass_base": Param(0.75, "probability", 0.2, 1.0, ASSUMED + " (A55, E62)",
                       "passes up a case that implicates somebody"),
    "pass_fear": Param(0.35, "1", 0.0, 1.0, ASSUMED, "less of it as trouble on the books counts against it"),
    "pass_seen": Param(0.1, "1/gap", 0.0, 0.5, ASSUMED + " (A68)",
                       "more of it for each gap published lately: what is kept back may come out"),
    "paper_base": Param(0.75, "probability", 0.1, 1.0, ASSUMED, "does a late item on paper"),
    "reply_base": Param(0.70, "probability", 0.1, 1.0, ASSUMED + " (C3)",
                        "closes a case with a reply when its date comes"),
    "overtime_slope": Param(2.0, "1", 0.5, 5.0, ASSUMED, "overtime worked for each unit of load beyond that"),
    "overload": Param(0.9, "ratio", 0.5, 1.5, ASSUMED, "load from which overtime is worked"),
    "dare": Param(0.35, "probability", 0.0, 1.0, ASSUMED + " (A50, A86)", "refuses a duty at the gate, at half load"),
    "refusal_cost": Param(3.0, "1", 0.0, 10.0, ASSUMED + " (A86)",
                          "less of it for each unit of rating that refusing took off at the latest inspection"),
    "pay_cost": Param(5.0, "1", 0.0, 20.0, ASSUMED + " (A86)",
                      "less of it for each share of the own pay that refusing took off at the latest inspection"),
    "canvass": Param(0.3, "share", 0.0, 0.8, ASSUMED, "hours for fetching voters in the weeks before a vote"),
    "canvass_weeks": Param(6.0, "weeks", 2, 16, ASSUMED, "weeks before a vote in which voters are fetched"),
}


@dataclass(frozen=True)
class Observation(Observed):
    """What committee, station or windows know."""

    hours: float = known("h/week", "contract hours")
    load: float = known("ratio", "hours wanted over hours available")
    due_hours: float = known("hours", "inspected item hours due soon")
    backlog: float = known("hours", "all work waiting")
    demand_hours: float = known("hours", "hours of residents' cases at hand")
    overdue: float = known("cases", "cases and items past their date")
    weeks_to_vote: float = known("weeks", "until the next committee election")
    trouble: float = known("cases/week", "escalations the office remembers from here")
    inspected: float = known("share", "closed files the office looks into")
    published: float = known("gaps", "gaps published lately")
    items_only: float = known("flag", "it is to do items from above only")
    answers: float = known("flag", "those it reports to answer to the office, so that inspection counts for it")
    appraised: float = known("share", "residents' score where it counts in how the body is judged, else 1")
    rating_lost: float = known("share", "what refusing took off its rating at the latest year-end inspection")
    pay_lost: float = known("share", "what that took off the pay of the committee's head")


@dataclass(frozen=True)
class Decision(Decided):
    """What committee, station or windows decide."""

    share_above: float = bounded(0.0, 1.0, "share", "hours of the day kept for items from above")
    outreach: float = bounded(0.0, 1.0, "share", "hours of the week for visits and other own initiative")
    pass_up: float = bounded(0.0, 1.0, "probability", "passes up a case that implicates somebody")
    paper_items: float = bounded(0.0, 1.0, "probability", "does a late item on paper")
    overtime: float = bounded(0.0, 1.0, "share", "of the overtime it could work")
    paper_cases: float = bounded(0.0, 1.0, "probability", "closes a case with a reply when its date comes")
    refuse: float = bounded(0.0, 1.0, "probability", "refuses a duty at the gate")
    mobilise: float = bounded(0.0, 1.0, "share", "hours for fetching voters")


Obs, Dec = slots(Observation), slots(Decision)


@kernel
def answers(c, t, rule):
    """Whether the line of report from a type of body ends at the subdistrict office."""
    at = int(t)
    for _ in range(rule.reports_to.shape[1]):
        if at == Body.STREET_OFFICE:
            return True
        at = int(rule.reports_to[c, at])
        if at < 0:
            return False
    return False


@kernel
def rule(obs, dec, p):
    """Default rule of a body with two streams of work."""
    near = 1.0 if obs[Obs.WEEKS_TO_VOTE] <= p.canvass_weeks else 0.0
    # inspected work weighs more only for those whom the inspector judges
    weight = p.inspected_weight if obs[Obs.ANSWERS] > 0.5 else 1.0
    above = weight * obs[Obs.DUE_HOURS] + p.rest_weight * max(
        0.0, obs[Obs.BACKLOG] - obs[Obs.DUE_HOURS] - obs[Obs.DEMAND_HOURS]
    )
    below = (1.0 + p.standing_weight * near + p.appraisal_weight * (1.0 - obs[Obs.APPRAISED])) * obs[Obs.DEMAND_HOURS]
    if obs[Obs.ITEMS_ONLY] > 0.5:
        dec[Dec.SHARE_ABOVE] = 1.0
    else:
        dec[Dec.SHARE_ABOVE] = above / (above + below) if above + below > 0.0 else 0.5
    slack = max(0.0, obs[Obs.HOURS] - obs[Obs.BACKLOG])
    idle = p.outreach_idle * slack / max(1.0, obs[Obs.HOURS])
    dec[Dec.OUTREACH] = min(p.outreach_most, p.outreach_base * max(0.0, p.outreach_until - obs[Obs.LOAD]) + idle)
    if obs[Obs.ITEMS_ONLY] > 0.5:
        dec[Dec.OUTREACH] = 0.0
    # the blame that passing on brings against the blame of being found to have kept it back
    dec[Dec.PASS_UP] = min(
        1.0, max(0.05, p.pass_base - p.pass_fear * min(1.0, obs[Obs.TROUBLE]) + p.pass_seen * obs[Obs.PUBLISHED])
    )
    dec[Dec.PAPER_ITEMS] = p.paper_base
    dec[Dec.OVERTIME] = max(0.0, min(1.0, p.overtime_slope * (obs[Obs.LOAD] - p.overload)))
    dec[Dec.PAPER_CASES] = p.reply_base
    dec[Dec.REFUSE] = max(
        0.0,
        min(
            1.0,
            p.dare
            * (0.5 + obs[Obs.LOAD])
            * (1.0 - p.refusal_cost * obs[Obs.RATING_LOST] - p.pay_cost * obs[Obs.PAY_LOST]),
        ),
    )
    dec[Dec.MOBILISE] = p.canvass if near > 0.5 else 0.0


@mechanism
def perceive(now, rule, community, body):
    """They see their own desk, the calendar, and what is held against them by those who judge them."""
    for b in range(len(body.type)):
        t = body.type[b]
        if body.alive[b] == 0 or not among(t, DESKS):
            continue
        c = body.community[b]
        obs = body.obs[b]
        obs[Obs.HOURS] = body.capacity[b, Pay.PUBLIC]
        obs[Obs.LOAD] = body.load[b]
        obs[Obs.DUE_HOURS] = body.due_hours[b]
        obs[Obs.BACKLOG] = body.backlog[b]
        obs[Obs.DEMAND_HOURS] = body.demand_hours[b]
        obs[Obs.OVERDUE] = body.overdue[b]
        obs[Obs.WEEKS_TO_VOTE] = community.election_week[c] - now.week if t == Body.COMMITTEE else 999.0
        judged = answers(c, t, rule)
        obs[Obs.TROUBLE] = community.known_trouble[c] if judged else 0.0
        obs[Obs.INSPECTED] = community.inspected[c] if judged else 0.0
        obs[Obs.PUBLISHED] = community.published[c]
        obs[Obs.ITEMS_ONLY] = rule.items_only[c] if t != Body.STREET_DESK else 0.0
        obs[Obs.ANSWERS] = 1.0 if judged else 0.0
        # in the judgement of those above, in pay, in project money or before voters: where any of them hangs on it
        hangs = rule.appraisal[c] == 1 or rule.score_pay[c] > 0.0 or rule.score_grants[c] == 1
        hangs = hangs or (rule.score_votes[c] == 1 and t == Body.COMMITTEE)
        counts = hangs and community.appraisals[c] > 0.0 and t != Body.STREET_DESK
        obs[Obs.APPRAISED] = body.appraised[b] if counts else 1.0
        obs[Obs.RATING_LOST] = community.rating_lost[c] if t == Body.COMMITTEE else 0.0
        obs[Obs.PAY_LOST] = rule.head_pay[c] * obs[Obs.RATING_LOST]


@mechanism
def decide(p, body):
    """Committees, stations and windows decide."""
    for b in range(len(body.type)):
        t = body.type[b]
        if body.alive[b] == 1 and among(t, DESKS):
            rule(body.obs[b], body.dec[b], p)


@mechanism
def assign(rule, community, body):
    """Whoever may set another body's hours splits the difference with it (A07, A08, A11).

    Half and half: the right is to assign, the hands are the other's (assumption; a natural constant of two wills).
    """
    for c in range(len(community.full)):
        if community.full[c] == 0:
            continue
        for b in range(community.first_body[c], community.last_body[c]):
            t = body.type[b]
            if body.alive[b] == 0 or not among(t, DESKS):
                continue
            if rule.assigns[c, Body.PARTY, t] == 1:
                for p in range(community.first_body[c], community.last_body[c]):
                    if body.type[p] == Body.PARTY and body.alive[p] == 1:
                        body.dec[b, Dec.SHARE_ABOVE] = 0.5 * (
                            body.dec[b, Dec.SHARE_ABOVE] + body.dec[p, PartyDec.PRIORITY_ABOVE]
                        )
            elif rule.assigns[c, Body.STREET_OFFICE, t] == 1:
                # the office wants inspected items done; of residents' cases it knows what is on its books
                body.dec[b, Dec.SHARE_ABOVE] = 0.5 * (body.dec[b, Dec.SHARE_ABOVE] + 1.0)
