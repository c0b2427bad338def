"""The owners' committee of one estate: volunteers who watch the firm, bargain, and may call a vote of the owners.

Theory: voice and exit towards a provider (Hirschman 1970); monitoring by few for many (Olson 1965): what they can do is
bounded by their own hours and by what they see in them. Figures: E56, E57.
"""

from dataclasses import dataclass

from sim.engine.kernel import kernel
from sim.engine.mechanism import mechanism
from sim.model.bodies.base import Decided, Observed, bounded, known, slots
from sim.vocabulary.codes import Account, Body, Pay
from sim.vocabulary.params import Param

PARAMS = {
    "standard": Param(0.75, "share", 0.5, 1.0, "assumption", "effort that the fee is held to pay for"),
    "complaint_scale": Param(
        1.0, "cases/week/100 households", 0.2, 5.0, "assumption", "complaints at which the committee is fully alarmed"
    ),
    "watch_base": Param(0.2, "share", 0.0, 0.5, "assumption", "hours given to watching when all is well"),
    "watch_gain": Param(1.2, "share", 0.3, 3.0, "assumption", "more watching per unit of discontent"),
    "bargain_gain": Param(0.3, "share", 0.0, 0.6, "assumption", "demand above what is seen to be delivered"),
    "vote_at": Param(0.3, "index", 0.15, 0.6, "assumption", "discontent at which a vote is as likely as not"),
    "vote_wait": Param(52.0, "weeks", 26.0, 104.0, "assumption", "least time between two votes"),
    "accept_base": Param(0.3, "share", 0.0, 0.6, "assumption", "readiness to take a request with no hours free"),
    "accept_load": Param(0.3, "share", 0.0, 1.0, "assumption", "less readiness per unit of load above one"),
    "accept_hours": Param(0.05, "1/h", 0.0, 0.2, "assumption", "more readiness per weekly hour of the members"),
}


@dataclass(frozen=True)
class Observation(Observed):
    """What the owners' committee knows: the estate, its own members, and service as far as it watches."""

    service: float = known("share", "service effort as it sees it")
    decay: float = known("index", "disrepair it sees")
    complaints: float = known("cases/week/100 households", "complaints about the firm that reach it")
    collection: float = known("share", "fees paid, as published or guessed")
    members: float = known("persons", "members")
    hours: float = known("h/week", "hours of its members")
    weeks_left: float = known("weeks", "until the contract ends")
    weeks_since_vote: float = known("weeks", "since the last vote on the firm; 999 never")
    firm: float = known("flag", "1 when the estate has a firm")
    voting: float = known("flag", "1 when a vote or a notice is already under way")
    own_requests: float = known("cases", "requests of other bodies this week")
    funds: float = known("yuan", "owners' common funds of the community's estates")
    load: float = known("ratio", "hours wanted over hours available")


@dataclass(frozen=True)
class Decision(Decided):
    """What the owners' committee decides every week."""

    watch: float = bounded(0.0, 1.0, "share", "share of its hours spent on watching the firm")
    bargain: float = bounded(0.0, 1.0, "share", "effort it demands of the firm")
    call_vote: float = bounded(0.0, 1.0, "share", "readiness to call a vote; above one half it does")
    accept: float = bounded(0.0, 1.0, "share", "readiness to take requests of others")


Obs, Dec = slots(Observation), slots(Decision)


@kernel
def rule(obs, dec, p):
    """Default rule: the larger the gap between standard and service seen, the more it watches, demands and votes."""
    discontent = 0.0
    if obs[Obs.FIRM] > 0.5:
        gap = max(p.standard - obs[Obs.SERVICE], 0.0)
        alarm = min(obs[Obs.COMPLAINTS] / p.complaint_scale, 1.0)
        discontent = 0.6 * gap / p.standard + 0.2 * alarm + 0.2 * obs[Obs.DECAY]
    dec[Dec.WATCH] = min(p.watch_base + p.watch_gain * discontent, 1.0) if obs[Obs.FIRM] > 0.5 else 0.0
    dec[Dec.BARGAIN] = (
        min(p.standard, obs[Obs.SERVICE] + p.bargain_gain) if obs[Obs.SERVICE] < p.standard else p.standard
    )
    dec[Dec.CALL_VOTE] = 0.0
    if obs[Obs.FIRM] > 0.5 and obs[Obs.VOTING] < 0.5 and obs[Obs.WEEKS_SINCE_VOTE] >= p.vote_wait:
        dec[Dec.CALL_VOTE] = min(0.5 * discontent / p.vote_at, 1.0)
    dec[Dec.ACCEPT] = max(
        0.0, min(p.accept_base + p.accept_hours * obs[Obs.HOURS] - p.accept_load * max(obs[Obs.LOAD] - 1.0, 0.0), 1.0)
    )


@mechanism
def perceive(now, body, estate, community):
    """Owners' committees see service through their own watching; without it they take it to be what it was thought."""
    for b in range(len(body.type)):
        if body.type[b] != Body.OWNERS or body.estate[b] < 0:
            continue
        if body.alive[b] == 0:
            for k in range(body.obs.shape[1]):
                body.obs[b, k] = 0.0
            continue
        e = body.estate[b]
        f = estate.firm[e]
        present = f >= 0 and body.alive[f] == 1
        # last week's hours of watching decide how far the picture moves towards what is really done
        seen = min(body.dec[b, Dec.WATCH] + (1.0 if body.obs[b, Obs.MEMBERS] <= 0.0 else 0.0), 1.0)
        body.obs[b, Obs.SERVICE] = (
            body.obs[b, Obs.SERVICE] + seen * (estate.effort[e] - body.obs[b, Obs.SERVICE]) if present else 0.0
        )
        body.obs[b, Obs.DECAY] = estate.decay[e]
        body.obs[b, Obs.COMPLAINTS] = 100.0 * estate.complaints[e] / max(estate.households[e], 1)
        body.obs[b, Obs.COLLECTION] = estate.collection[e]
        body.obs[b, Obs.MEMBERS] = body.members[b]
        body.obs[b, Obs.HOURS] = body.capacity[b, Pay.VOLUNTEER]
        body.obs[b, Obs.WEEKS_LEFT] = max(estate.contract_end[e] - now.week, 0)
        body.obs[b, Obs.WEEKS_SINCE_VOTE] = now.week - estate.vote_week[e] if estate.vote_week[e] > 0 else 999
        body.obs[b, Obs.FIRM] = 1.0 if present else 0.0
        body.obs[b, Obs.VOTING] = 1.0 if estate.vote_week[e] > now.week or estate.leaving[e] > 0 else 0.0
        body.obs[b, Obs.OWN_REQUESTS] = body.requests[b]
        body.obs[b, Obs.FUNDS] = community.balance[estate.community[e], Account.OWNERS]
        body.obs[b, Obs.LOAD] = body.load[b]


@mechanism
def decide(p, body):
    """Owners' committees that exist decide how to use their members' hours."""
    for b in range(len(body.type)):
        if body.type[b] != Body.OWNERS:
            continue
        if body.alive[b] == 0:  # an empty seat decides nothing, and leaves nothing to the next committee
            for k in range(body.dec.shape[1]):
                body.dec[b, k] = 0.0
        else:
            rule(body.obs[b], body.dec[b], p)
