"""The community Party organization: what is visible above, peace below; whom to bring together (A08)."""

from dataclasses import dataclass

from sim.agents.base import Decided, Observed, bounded, known
from sim.codes import Body, File, Pay, Truth
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.params import Param

ASSUMED = "assumption"
PARAMS = {
    "call_from": Param(1.0, "cases", 0.5, 10.0, ASSUMED, "cases waiting between bodies that make it call a meeting"),
    "visible_weight": Param(2.5, "ratio", 1.0, 6.0, ASSUMED + " (A08, A45)",
                            "weight of inspected hours over residents' hours"),
    "peace_weight": Param(0.25, "1/case", 0.0, 1.0, ASSUMED,
                          "weight of residents' hours added by each escalation that is open"),
    "mobilise_base": Param(0.35, "share", 0.05, 0.8, ASSUMED,
                           "hours among members, units and residents when nothing presses"),
    "settle_base": Param(0.7, "probability", 0.2, 1.0, ASSUMED, "readiness to settle a deadlock"),
}


@dataclass(frozen=True)
class Observation(Observed):
    """What the Party organization knows."""

    hours: float = known("h/week", "its own hours")
    load: float = known("ratio", "hours wanted over hours available")
    between: float = known("cases", "cases that wait between bodies or for a meeting")
    due_hours: float = known("hours", "inspected hours due soon at committee and station")
    demand_hours: float = known("hours", "hours of residents' cases known there")
    escalated: float = known("cases", "petitions on cases that are still open")


@dataclass(frozen=True)
class Decision(Decided):
    """What the Party organization decides."""

    convene: float = bounded(0.0, 1.0, "flag", "calls the coordination meeting when it is due; 0.5 and more is yes")
    priority_above: float = bounded(0.0, 1.0, "share", "share of hours for items from above that it would set")
    mobilise: float = bounded(0.0, 1.0, "share", "hours among members, units and residents")
    settle: float = bounded(0.0, 1.0, "probability", "readiness to settle a deadlock")


@kernel
def rule(obs, dec, call_from, visible_weight, peace_weight, mobilise_base, settle_base):
    """Default rule: call a meeting when cases wait between bodies; put first what is seen above, then what may boil."""
    dec[0] = 1.0 if obs[2] >= call_from else 0.0
    above = visible_weight * obs[3]
    below = (1.0 + peace_weight * obs[5]) * obs[4]
    dec[1] = above / (above + below) if above + below > 0.0 else 0.5
    dec[2] = mobilise_base
    dec[3] = settle_base


@mechanism(writes=("body.obs",))
def perceive(
    rows_used, active_case, case_community, case_truth, case_file, community_full, community_first_body,
    community_last_body, community_escalated, body_type, body_alive, body_capacity, body_load, body_due_hours,
    body_demand_hours, body_obs,
):  # fmt: skip
    """It sees what lies between the bodies it brings together."""
    for c in range(len(community_full)):
        if community_full[c] == 0:
            continue
        between = 0.0
        for position in range(rows_used[2]):
            n = active_case[position]
            if case_community[n] == c and case_truth[n] == Truth.OPEN:
                if case_file[n] == File.WAIT_MEETING or case_file[n] == File.WAIT_BODY:
                    between += 1.0
        due = 0.0
        demand = 0.0
        for b in range(community_first_body[c], community_last_body[c]):
            if body_type[b] == Body.COMMITTEE or body_type[b] == Body.STATION:
                due += body_due_hours[b]
                demand += body_demand_hours[b]
        for b in range(community_first_body[c], community_last_body[c]):
            if body_type[b] == Body.PARTY and body_alive[b] == 1:
                obs = body_obs[b]
                obs[0] = body_capacity[b, Pay.PUBLIC]
                obs[1] = body_load[b]
                obs[2] = between
                obs[3] = due
                obs[4] = demand
                obs[5] = community_escalated[c]


@mechanism(writes=("body.dec",))
def decide(
    call_from, visible_weight, peace_weight, mobilise_base, settle_base,
    body_type, body_alive, body_obs, body_dec,
):  # fmt: skip
    """Party organizations decide."""
    for b in range(len(body_type)):
        if body_type[b] == Body.PARTY and body_alive[b] == 1:
            rule(
                body_obs[b], body_dec[b], call_from, visible_weight, peace_weight, mobilise_base, settle_base,
            )  # fmt: skip
