"""The owners' committee of one estate: volunteers who watch the firm, bargain, and may call a vote of the owners.

Theory: voice and exit towards a provider (Hirschman 1970); monitoring by few for many (Olson 1965): what they can do is
bounded by their own hours and by what they see in them. Figures: E56, E57.
"""

from dataclasses import dataclass

from sim.agents.base import Decided, Observed, bounded, known
from sim.codes import Account, Body, Pay
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.params import Param

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


@kernel
def rule(
    obs, dec, standard, complaint_scale, watch_base, watch_gain, bargain_gain, vote_at, vote_wait, accept_base,
    accept_hours, accept_load,
):  # fmt: skip
    """Default rule: the larger the gap between standard and service seen, the more it watches, demands and votes."""
    discontent = 0.0
    if obs[8] > 0.5:
        gap = max(standard - obs[0], 0.0)
        alarm = min(obs[2] / complaint_scale, 1.0)
        discontent = 0.6 * gap / standard + 0.2 * alarm + 0.2 * obs[1]
    dec[0] = min(watch_base + watch_gain * discontent, 1.0) if obs[8] > 0.5 else 0.0
    dec[1] = min(standard, obs[0] + bargain_gain) if obs[0] < standard else standard
    dec[2] = 0.0
    if obs[8] > 0.5 and obs[9] < 0.5 and obs[7] >= vote_wait:
        dec[2] = min(0.5 * discontent / vote_at, 1.0)
    dec[3] = max(0.0, min(accept_base + accept_hours * obs[5] - accept_load * max(obs[12] - 1.0, 0.0), 1.0))


@mechanism(writes=("body.obs",))
def perceive(
    week, body_type, body_estate, body_alive, body_capacity, body_members, body_load, body_requests, body_dec, body_obs,
    estate_community, estate_households, estate_firm, estate_effort, estate_decay, estate_collection,
    estate_complaints, estate_contract_end, estate_leaving, estate_vote_week, community_balance,
):  # fmt: skip
    """Owners' committees see service through their own watching; without it they take it to be what it was thought."""
    for b in range(len(body_type)):
        if body_type[b] != Body.OWNERS or body_estate[b] < 0:
            continue
        if body_alive[b] == 0:
            for k in range(body_obs.shape[1]):
                body_obs[b, k] = 0.0
            continue
        e = body_estate[b]
        f = estate_firm[e]
        present = f >= 0 and body_alive[f] == 1
        # last week's hours of watching decide how far the picture moves towards what is really done
        seen = min(body_dec[b, 0] + (1.0 if body_obs[b, 4] <= 0.0 else 0.0), 1.0)
        body_obs[b, 0] = body_obs[b, 0] + seen * (estate_effort[e] - body_obs[b, 0]) if present else 0.0
        body_obs[b, 1] = estate_decay[e]
        body_obs[b, 2] = 100.0 * estate_complaints[e] / max(estate_households[e], 1)
        body_obs[b, 3] = estate_collection[e]
        body_obs[b, 4] = body_members[b]
        body_obs[b, 5] = body_capacity[b, Pay.VOLUNTEER]
        body_obs[b, 6] = max(estate_contract_end[e] - week, 0)
        body_obs[b, 7] = week - estate_vote_week[e] if estate_vote_week[e] > 0 else 999
        body_obs[b, 8] = 1.0 if present else 0.0
        body_obs[b, 9] = 1.0 if estate_vote_week[e] > week or estate_leaving[e] > 0 else 0.0
        body_obs[b, 10] = body_requests[b]
        body_obs[b, 11] = community_balance[estate_community[e], Account.OWNERS]
        body_obs[b, 12] = body_load[b]


@mechanism(writes=("body.dec",))
def decide(
    standard, complaint_scale, watch_base, watch_gain, bargain_gain, vote_at, vote_wait, accept_base, accept_hours,
    accept_load, body_type, body_alive, body_obs, body_dec,
):  # fmt: skip
    """Owners' committees that exist decide how to use their members' hours."""
    for b in range(len(body_type)):
        if body_type[b] != Body.OWNERS:
            continue
        if body_alive[b] == 0:  # an empty seat decides nothing, and leaves nothing to the next committee
            for k in range(body_dec.shape[1]):
                body_dec[b, k] = 0.0
        else:
            rule(
                body_obs[b], body_dec[b], standard, complaint_scale, watch_base, watch_gain, bargain_gain, vote_at,
                vote_wait, accept_base, accept_hours, accept_load,
            )  # fmt: skip
