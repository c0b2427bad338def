"""The community council: able residents who meet at their dates and decide on the common budget (A17).

Nothing is decided without a quorum of members present; a majority of those present must agree.
"""

from dataclasses import dataclass

from sim.engine.kernel import kernel
from sim.engine.mechanism import mechanism
from sim.engine.randomness import uniform
from sim.engine.sets import among
from sim.model.bodies.base import Decided, Observed, bounded, known, slots
from sim.vocabulary.codes import Account, Body, Meeting, Pay, Purpose, Stream
from sim.vocabulary.params import Param
from sim.vocabulary.sets import COUNCIL_SEATS

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


Obs, Dec = slots(Observation), slots(Decision)


@kernel
def rule(obs, dec, p):
    """Default rule: sit when a sitting is due, release more the more is waiting."""
    need = (
        obs[Obs.PROMISES] / (obs[Obs.PROMISES] + obs[Obs.BUDGET]) if obs[Obs.PROMISES] + obs[Obs.BUDGET] > 0.0 else 0.0
    )
    dec[Dec.FUND] = min(1.0, p.fund_base + 2.0 * p.fund_need * need)
    dec[Dec.MEET] = 1.0 if obs[Obs.DUE] > 0.5 else 0.0


@mechanism
def perceive(community, body):
    """The council sees its calendar, its budget and what waits for money."""
    for b in range(len(body.type)):
        if body.type[b] != Body.COUNCIL or body.alive[b] == 0:
            continue
        c = body.community[b]
        obs = body.obs[b]
        obs[Obs.MEMBERS] = body.members[b]
        obs[Obs.DUE] = community.meeting_due[c, Meeting.COUNCIL]
        obs[Obs.BUDGET] = community.balance[c, Account.COMMON]
        obs[Obs.RELEASED] = community.council_released[c]
        obs[Obs.PROMISES] = community.promises[c]
        obs[Obs.PROJECTS] = community.projects_waiting[c]
        obs[Obs.DOUBLES] = body.crossed_members[b]


@mechanism
def decide(p, body):
    """Councils decide."""
    for b in range(len(body.type)):
        if body.type[b] == Body.COUNCIL and body.alive[b] == 1:
            rule(body.obs[b], body.dec[b], p)


@mechanism
def sit(now, p, community, rule, body, resident):
    """Members come or not; with a quorum a majority releases money of the common budget (A17)."""
    for c in range(len(community.council_released)):
        # money spent meanwhile is no longer released; where no council sits nobody holds the budget back
        b = community.row_of[c, Body.COUNCIL]
        budget = community.balance[c, Account.COMMON]
        sits = b >= 0 and body.alive[b] == 1
        held = sits or rule.own_budget[c] == 1  # or the representatives decide on it
        community.council_released[c] = min(community.council_released[c], budget) if held else budget
    for b in range(len(body.type)):
        if body.type[b] != Body.COUNCIL or body.alive[b] == 0 or body.dec[b, Dec.MEET] <= 0.5 or body.members[b] <= 0.0:
            continue
        c = body.community[b]
        each = min(p.sitting, body.left[b, Pay.BOARD] / body.members[b])
        came, agreed = 0, 0
        for i in range(len(resident.seat)):
            if resident.community[i] != c or not among(resident.seat[i], COUNCIL_SEATS):
                continue
            chance = p.attend_base + p.attend_gain * resident.stake[i] * resident.efficacy[i]
            if body.elected_week[b] > 0 and body.sittings[b] > 0:  # whoever elected him goes through the list
                chance += (1.0 - chance) * p.recall_fear * resident.missed[i] / body.sittings[b]
            resident.missed[i] += 1
            if each > 0.0 and uniform(now.key, Purpose.COUNCIL, resident.uid[i], now.week, 10) < chance:
                came += 1
                resident.missed[i] -= 1
                resident.attended[i] += 1
                resident.hours[i, Pay.BOARD] += each
                body.left[b, Pay.BOARD] -= each
                body.hours[b, Pay.BOARD, Stream.MEETING] += each
                community.meeting_hours[c, Meeting.COUNCIL] += each
                if uniform(now.key, Purpose.COUNCIL, resident.uid[i], now.week, 11) < 0.5 * (1.0 + resident.stake[i]):
                    agreed += 1
        body.sittings[b] += 1
        if came > 0 and came >= p.present * body.members[b]:
            community.meeting_held[c, Meeting.COUNCIL] += 1.0
            community.meetings_total[c, Meeting.COUNCIL] += 1.0
            if 2 * agreed > came:
                held_back = community.balance[c, Account.COMMON] - community.council_released[c]
                community.council_released[c] += body.dec[b, Dec.FUND] * max(0.0, held_back)
