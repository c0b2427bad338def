"""The subdistrict office: inspected tasks done, no escalation on its books, visible results (A22, A25, A57, A86)."""

from dataclasses import dataclass

from sim.agents.base import Decided, Observed, bounded, known
from sim.codes import Body, Pay
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.params import Param

ASSUMED = "assumption"
PARAMS = {
    "delegate_base": Param(0.85, "share", 0.3, 1.0, ASSUMED, "optional items sent down when its own desks are free"),
    "delegate_load": Param(0.15, "share", 0.0, 0.5, ASSUMED, "more sent down as its own load rises"),
    "campaign_weeks": Param(26.0, "weeks", 13, 104, ASSUMED, "interval of campaigns and inspections"),
    "campaign_length": Param(4.0, "weeks", 1, 12, ASSUMED, "length of a campaign"),
    "campaign_size": Param(0.3, "share", 0.0, 1.0, ASSUMED, "more items while a campaign runs"),
    "inspect_base": Param(0.03, "share", 0.0, 0.3, ASSUMED, "hours for looking into files"),
    "inspect_trouble": Param(0.01, "share/case", 0.0, 0.5, ASSUMED, "more hours for each escalation a week"),
    "inspect_most": Param(0.3, "share", 0.05, 0.6, ASSUMED, "most of its hours that goes into looking at files"),
    "favour": Param(0.6, "share", 0.0, 1.0, ASSUMED + " (鞭打快牛)", "readiness to send more to those who deliver"),
    "rename": Param(0.4, "probability", 0.0, 1.0, ASSUMED + " (A86)",
                    "a refused duty is sent again under another name"),
    "bring": Param(0.3, "probability", 0.0, 1.0, ASSUMED + " (A86)", "a refused duty is sent again with money"),
    "cases": Param(0.6, "share", 0.2, 0.9, ASSUMED, "hours for cases passed up"),
    "guide": Param(0.3, "share", 0.0, 1.0, ASSUMED + "; E56, E57", "readiness to guide owners who found a committee"),
}


@dataclass(frozen=True)
class Observation(Observed):
    """What the office knows."""

    hours: float = known("h/week", "its own hours")
    load: float = known("ratio", "hours wanted over hours available")
    waiting: float = known("hours", "cases of the span that wait for it")
    delivered: float = known("share", "inspected items reported in time, mean over the span")
    trouble: float = known("cases/week", "escalations on its books")
    span: float = known("communities", "communities it supervises")
    week_of_year: float = known("week", "0 to 51")
    week: float = known("week", "since the start")


@dataclass(frozen=True)
class Decision(Decided):
    """What the office decides."""

    delegate: float = bounded(0.0, 1.0, "share", "optional items sent down")
    campaign: float = bounded(0.0, 1.0, "share", "more items this week")
    inspect: float = bounded(0.0, 1.0, "share", "hours for looking into closed files")
    favour: float = bounded(0.0, 1.0, "share", "readiness to send more items to those who deliver")
    rename: float = bounded(0.0, 1.0, "probability", "a refused duty comes back under another name")
    cases: float = bounded(0.0, 1.0, "share", "hours for cases passed up")
    guide: float = bounded(0.0, 1.0, "share", "readiness to guide founders of owners' committees")
    bring: float = bounded(0.0, 1.0, "probability", "a refused duty comes back with money")


@kernel
def rule(
    obs, dec, delegate_base, delegate_load, campaign_weeks, campaign_length, campaign_size,
    inspect_base, inspect_trouble, inspect_most, favour, rename, cases, guide,
    bring,
):  # fmt: skip
    """Default rule: pass down what can be passed down, inspect more where there is trouble."""
    dec[0] = min(1.0, delegate_base + delegate_load * min(1.0, obs[1]))
    dec[1] = campaign_size if obs[7] % campaign_weeks < campaign_length else 0.0
    dec[2] = min(inspect_most, inspect_base + inspect_trouble * obs[4])
    dec[3] = favour
    dec[4] = rename
    dec[5] = cases
    dec[6] = guide
    dec[7] = bring


@mechanism(writes=("body.obs",))
def perceive(
    week, community_full, community_neighbour_hours, community_delivered, community_known_trouble,
    body_capacity, body_load, body_demand_hours, body_obs,
):  # fmt: skip
    """The office sees what is reported to it and what is on its books."""
    span = len(community_full)
    obs = body_obs[0]
    obs[0] = body_capacity[0, Pay.PUBLIC]
    obs[1] = body_load[0]
    obs[2] = body_demand_hours[0]
    obs[3] = 0.0
    obs[4] = 0.0
    for c in range(span):
        obs[2] += community_neighbour_hours[c]
        obs[3] += community_delivered[c] / span
        obs[4] += community_known_trouble[c]
    obs[5] = span
    obs[6] = week % 52
    obs[7] = week


@mechanism(writes=("body.dec",))
def decide(
    delegate_base, delegate_load, campaign_weeks, campaign_length, campaign_size, inspect_base, inspect_trouble,
    inspect_most, favour, rename, cases, guide, bring, body_type, body_alive, body_obs, body_dec,
):  # fmt: skip
    """The office decides."""
    for b in range(len(body_type)):
        if body_type[b] == Body.STREET_OFFICE and body_alive[b] == 1:
            rule(
                body_obs[b], body_dec[b], delegate_base, delegate_load, campaign_weeks, campaign_length, campaign_size,
                inspect_base, inspect_trouble, inspect_most, favour, rename, cases, guide, bring,
            )  # fmt: skip
