"""The community council: able residents who meet at their dates and decide on the common budget (A17).

Nothing is decided without a quorum of members present; a majority of those present must agree.
"""

from dataclasses import dataclass

from sim.agents.base import Decided, Observed, bounded, known
from sim.codes import Account, Body, Meeting, Pay, Purpose, Stream
from sim.kernel import kernel
from sim.mechanisms.base import mechanism
from sim.params import Param
from sim.randomness import uniform

PARAMS = {
    "fund_base": Param(0.5, "share", 0.0, 1.0, "assumption", "share of the budget members would release with no need"),
    "fund_need": Param(0.5, "share", 0.0, 1.0, "assumption", "more when promises are as large as the budget"),
    "attend_base": Param(0.4, "share", 0.1, 0.8, "assumption", "chance to come of a member without stake or belief"),
    "attend_gain": Param(0.5, "share", 0.0, 0.6, "assumption", "more at full stake and belief in being answered"),
    "recall_fear": Param(0.5, "share", 0.0, 1.0, "assumption (A19)",
                         "absence made up by a member who could be recalled, for each share of sittings missed"),
    "sitting": Param(2.0, "hours", 1.0, 4.0, "assumption", "hours of a member at a sitting"),
    "present": Param(0.5, "share", 0.3, 0.67, "assumption", "share of members without whom nothing is decided"),
}


@dataclass(frozen=True)
class Observation(Observed):
    """What the council knows."""

    members: float = known("persons", "members")
    due: float = known("flag", "1 when a sitting falls this week")
    budget: float = known("yuan", "common budget")
    released: float = known("yuan", "released and unspent")
    promises: float = known("yuan", "payments that cases wait for")
    projects: float = known("cases", "collective projects that waited for money last week")
    doubles: float = known("share", "members who hold another post")


@dataclass(frozen=True)
class Decision(Decided):
    """What the council decides."""

    fund: float = bounded(0.0, 1.0, "share", "share of the unreleased budget put to the vote for cases")
    meet: float = bounded(0.0, 1.0, "share", "readiness to sit; above one half it does")


@kernel
def rule(obs, dec, fund_base, fund_need):
    """Default rule: sit when a sitting is due, release more the more is waiting."""
    need = obs[4] / (obs[4] + obs[2]) if obs[4] + obs[2] > 0.0 else 0.0
    dec[0] = min(1.0, fund_base + 2.0 * fund_need * need)
    dec[1] = 1.0 if obs[1] > 0.5 else 0.0


@mechanism(writes=("body.obs",))
def perceive(
    community_meeting_due, community_balance, community_council_released, community_promises,
    community_projects_waiting, body_type, body_community, body_alive, body_members, body_crossed_members, body_obs,
):
    """The council sees its calendar, its budget and what waits for money."""
    for b in range(len(body_type)):
        if body_type[b] != Body.COUNCIL or body_alive[b] == 0:
            continue
        c = body_community[b]
        obs = body_obs[b]
        obs[0] = body_members[b]
        obs[1] = community_meeting_due[c, Meeting.COUNCIL]
        obs[2] = community_balance[c, Account.COMMON]
        obs[3] = community_council_released[c]
        obs[4] = community_promises[c]
        obs[5] = community_projects_waiting[c]
        obs[6] = body_crossed_members[b]


@mechanism(writes=("body.dec",))
def decide(fund_base, fund_need, body_type, body_alive, body_obs, body_dec):
    """Councils decide."""
    for b in range(len(body_type)):
        if body_type[b] == Body.COUNCIL and body_alive[b] == 1:
            rule(body_obs[b], body_dec[b], fund_base, fund_need)


@mechanism(writes=("community.council_released", "community.meeting_held", "community.meeting_hours",
                   "community.meetings_total", "body.left", "body.hours", "resident.hours", "resident.attended",
                   "resident.missed", "body.sittings"))
def sit(
    key, week, attend_base, attend_gain, recall_fear, sitting, present, community_balance, community_council_released,
    community_meeting_held, community_meeting_hours, community_meetings_total, community_row_of, rule_own_budget,
    body_type,
    body_community, body_alive, body_members, body_dec,
    body_left, body_hours, resident_uid, resident_community, resident_seat, resident_stake, resident_efficacy,
    resident_hours, resident_attended, resident_missed, body_sittings, body_elected_week,
):
    """Members come or not; with a quorum a majority releases money of the common budget (A17)."""
    for c in range(len(community_council_released)):
        # money spent meanwhile is no longer released; where no council sits nobody holds the budget back
        b = community_row_of[c, Body.COUNCIL]
        budget = community_balance[c, Account.COMMON]
        sits = b >= 0 and body_alive[b] == 1
        held = sits or rule_own_budget[c] == 1  # or the representatives decide on it
        community_council_released[c] = min(community_council_released[c], budget) if held else budget
    for b in range(len(body_type)):
        if body_type[b] != Body.COUNCIL or body_alive[b] == 0 or body_dec[b, 1] <= 0.5 or body_members[b] <= 0.0:
            continue
        c = body_community[b]
        each = min(sitting, body_left[b, Pay.BOARD] / body_members[b])
        came, agreed = 0, 0
        for i in range(len(resident_seat)):
            if resident_community[i] != c or (resident_seat[i] != 1 and resident_seat[i] != 2):
                continue
            chance = attend_base + attend_gain * resident_stake[i] * resident_efficacy[i]
            if body_elected_week[b] > 0 and body_sittings[b] > 0:  # whoever elected him goes through the list
                chance += (1.0 - chance) * recall_fear * resident_missed[i] / body_sittings[b]
            resident_missed[i] += 1
            if each > 0.0 and uniform(key, Purpose.COUNCIL, resident_uid[i], week, 10) < chance:
                came += 1
                resident_missed[i] -= 1
                resident_attended[i] += 1
                resident_hours[i, Pay.BOARD] += each
                body_left[b, Pay.BOARD] -= each
                body_hours[b, Pay.BOARD, Stream.MEETING] += each
                community_meeting_hours[c, Meeting.COUNCIL] += each
                if uniform(key, Purpose.COUNCIL, resident_uid[i], week, 11) < 0.5 * (1.0 + resident_stake[i]):
                    agreed += 1
        body_sittings[b] += 1
        if came > 0 and came >= present * body_members[b]:
            community_meeting_held[c, Meeting.COUNCIL] += 1.0
            community_meetings_total[c, Meeting.COUNCIL] += 1.0
            if 2 * agreed > came:
                held_back = community_balance[c, Account.COMMON] - community_council_released[c]
                community_council_released[c] += body_dec[b, 0] * max(0.0, held_back)
