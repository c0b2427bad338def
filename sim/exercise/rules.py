"""What may happen in a session: every power is checked here, on the server, before an event is written down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.exercise import budget, content
from sim.exercise.engine import Round
from sim.exercise.machine import (
    BRIEF,
    DEBRIEF,
    DECIDE,
    LOBBY,
    NEGOTIATE,
    OPEN,
    RESULTS,
    RUNNING,
    Group,
    Proposal,
    Session,
)
from sim.exercise.refusal import Refused as Refused

NEXT = {LOBBY: BRIEF, BRIEF: DECIDE, DECIDE: NEGOTIATE, NEGOTIATE: RUNNING}
MOST_PROPOSALS = 12  # a round
MOST_PLAYERS = 80  # a session
MOST_GROUPS = 8
LONGEST_ALIAS, LONGEST_TEXT = 24, 200
MOST_YUAN = 1e8
LONGEST_NOTE, MOST_NOTES = 500, 100
EXTENSION = 120.0  # seconds
PRIVATE = ("firm", "owners", "organisation", "rep_1", "rep_2", "rep_3")  # nobody decides for these but they themselves


def sheet(role: str) -> content.SeatSheet | None:
    """Levers and facts of a role, None for an observer."""
    seats = content.roles()[role].seats
    return content.sheets()[seats[0]] if seats else None


def levers(session: Session, role: str) -> dict[str, content.Lever]:
    """The levers that a role has in this session."""
    own = sheet(role)
    if own is None:
        return {}
    return {n: v for n, v in own.decides.items() if session.sensitive or not v.sensitive}


def check_group(session: Session, gid: str) -> Group:
    """The group of that id. Raises Refused when there is none."""
    if gid not in session.groups:
        raise Refused("no_group", 404)
    return session.groups[gid]


def check_role(session: Session, role: str) -> None:
    """Raise Refused when the scenario does not have this role."""
    if role not in content.card_of(session).roles:
        raise Refused("no_role", 404)


def check_levers(session: Session, role: str, given: Mapping[str, Any]) -> dict[str, float]:
    """The decision as numbers. Refuses a lever that the role lacks and a value off the form."""
    known, purses = levers(session, role), budget.lines(role)
    found: dict[str, float] = {}
    for name, value in given.items():
        if name in purses:
            if not isinstance(value, int | float) or not 0.0 <= value <= MOST_YUAN or value != int(value):
                raise Refused("bad_money", 422)
            found[name] = float(value)
            continue
        if name not in known:
            raise Refused("no_power", 403)
        if not known[name].takes(value):
            raise Refused("bad_value", 422)
        found[name] = float(value)
    return found


def check_hours(session: Session, role: str, chosen: Mapping[str, float]) -> None:
    """Refuse the same hours spent twice."""
    known = levers(session, role)
    if sum(v for n, v in chosen.items() if n in known and known[n].hours) > 1.0 + 1e-9:
        raise Refused("same_hours", 422)


def check_deciding(group: Group) -> None:
    """Raise Refused unless decisions are open."""
    if group.phase not in OPEN:
        raise Refused("not_now")


def check_proposal(
    session: Session, group: Group, by: str, measure: str, role: str, lever: str, value: object, why: str
) -> dict[str, Any]:
    """The data of a motion. Refuses one outside a meeting, of something unknown or not allowed in this class."""
    if group.phase != NEGOTIATE:
        raise Refused("not_now")
    if len(group.proposals) >= MOST_PROPOSALS:
        raise Refused("too_many_proposals")
    if by == content.OBSERVER:
        raise Refused("no_power", 403)
    if len(why) > LONGEST_TEXT:
        raise Refused("too_long", 422)
    number = 0.0
    if measure:
        if measure not in measures(session):
            raise Refused("no_measure", 422)
        role = lever = ""
    else:
        check_role(session, role)
        if lever in budget.lines(role):
            raise Refused("no_power", 403)  # yearly money is its holder's alone
        number = check_levers(session, role, {lever: value})[lever]
    return {"by": by, "measure": measure, "role": role, "lever": lever, "value": number, "why": why}


def check_note(session: Session, group: Group, pid: str, text: str) -> str:
    """An observer's note. Refuses one of another role, after the debrief has begun, empty or too long."""
    if session.players[pid].role != content.OBSERVER:
        raise Refused("no_power", 403)
    text = text.strip()
    if not text:
        raise Refused("empty", 422)
    if len(text) > LONGEST_NOTE:
        raise Refused("note_too_long", 422)
    if group.phase == DEBRIEF:
        raise Refused("not_now")
    if len(session.notes.get(pid, ())) >= MOST_NOTES:
        raise Refused("too_many_notes")
    return text


def measures(session: Session) -> dict[str, content.Measure]:
    """What the joint meetings of this session may adopt."""
    own = {n: content.measures()[n] for n in content.card_of(session).measures}
    return {n: m for n, m in own.items() if session.controls or not m.control}


# --- votes


def seated(structure: Mapping[str, Any], role: str) -> bool:
    """Whether the structure gives a role a vote in the joint meeting: its seat, or the chair."""
    seats = content.roles()[role].seats
    chairs = (structure["convener"], structure["settles"])
    return any(s in structure["seats"] or s in chairs for s in seats)


def heard(structure: Mapping[str, Any], role: str) -> bool:
    """Whether the structure hears the role without a vote."""
    return any(s in structure["heard"] for s in content.roles()[role].seats)


def consent(structure: Mapping[str, Any], motion: Proposal) -> str:
    """The role without whose yes a motion cannot bind: whose power it is, unless somebody may set its hours."""
    if motion.measure:
        return content.measures()[motion.measure].holder
    if motion.role in PRIVATE:
        return motion.role
    if motion.lever == "share_above" and any(
        pair[1] in content.roles()[motion.role].seats and pair[0] in content.roles()[motion.by].seats
        for pair in structure["assigns"]
    ):
        return ""
    return motion.role


def passes(structure: Mapping[str, Any], motion: Proposal, played: set[str]) -> bool:
    """Whether a motion is carried under the structure's rules by those who sit; `played` are the roles with people.

    Roles nobody plays take no part: they neither vote nor object. A private body is never bound without its own yes.
    """
    needed = consent(structure, motion)
    if needed in played and motion.votes.get(needed) is not True:
        return False
    if needed in PRIVATE and needed not in played:
        return False
    voters = {r for r in played if seated(structure, r)}
    if not voters:
        return needed in played
    cast = {r: v for r, v in motion.votes.items() if r in voters}
    if len(cast) < structure["quorum"] * len(voters) or not cast:
        return False
    return _carried(structure, cast, voters)


def _carried(structure: Mapping[str, Any], cast: Mapping[str, bool], voters: set[str]) -> bool:
    """The structure's way of deciding, over votes cast."""
    yes = sum(cast.values())
    deciding = structure["deciding"]
    if deciding == "convener":
        chair = next((r for r in sorted(voters) if structure["convener"] in content.roles()[r].seats), None)
        if chair is not None:
            return cast.get(chair) is True
        deciding = "majority"  # nobody plays the convener: those who sit decide among themselves
    if deciding == "majority":
        return yes * 2 > len(cast)
    if deciding == "consensus":
        return yes == len(voters)
    return yes >= min(2, len(voters))  # any two may agree


def close_round(session: Session, group: Group, now: Mapping[str, Any]) -> dict[str, Any]:
    """What the engine is given: decisions by seat, with what the meeting bound; money and measures as events.

    Events come in this order: yearly money, what came from outside, what the meeting adopted. A later one holds over
    an earlier one on the same subject.
    """
    seats, structure = now["seats"], now["structure"]
    played = set(session.holders(group.gid)) | set(group.submitted)
    adopted = [m for m in group.proposals if passes(structure, m, played)]
    decided = {role: dict(values) for role, values in group.decisions.items()}
    money = budget.settle(decided, now) if budget.starts_a_year(group) else []
    events = [*money, *(dict(e) for e in group.injected)]
    bound: dict[str, dict[str, float]] = {}
    for motion in adopted:
        if motion.measure:
            measure = content.measures()[motion.measure]
            events.append({"key": measure.key, "value": measure.value, "week": 0, "until": None})
        else:
            bound.setdefault(motion.role, {})[motion.lever] = motion.value
    for role, values in bound.items():
        decided[role] = _with_bound(session, role, decided.get(role, {}), values)
    chosen: dict[str, dict[str, float]] = {}
    for role, values in decided.items():
        place = seats.get(role)
        own = {n: v for n, v in values.items() if not n.startswith(content.MONEY)}
        if place and own:
            for seat in (place["seat"], *place.get("also", ())):
                chosen[seat] = own
    return {
        "round": Round(group.weeks, chosen, tuple(events)).to_dict(),
        "adopted": [m.number for m in adopted],
        "money": len(money),
    }


def _with_bound(
    session: Session, role: str, own: Mapping[str, float], bound: Mapping[str, float]
) -> dict[str, float]:
    """A role's decision with what the meeting bound: the same hours are not spent twice, what was bound goes before."""
    known = levers(session, role)
    shared = [n for n in (*bound, *own) if n in known and known[n].hours]
    left, made = 1.0, {**own, **bound}
    for name in dict.fromkeys(shared):
        made[name] = min(made[name], max(left, 0.0))
        left = round(left - made[name], 9)
    return made


def check_undo(group: Group) -> None:
    """Raise Refused when there is no round to undo."""
    if group.phase not in (RESULTS, *OPEN, DEBRIEF) or not group.history:
        raise Refused("nothing_to_undo")


def following(group: Group) -> str:
    """The phase that comes next."""
    if group.phase == RESULTS:
        return DEBRIEF if group.finished else BRIEF
    if group.phase in NEXT:
        return NEXT[group.phase]
    raise Refused("not_now")
