"""The machine of rounds: a session is what its events make of it, and nothing else.

`apply` folds one accepted event into a session; it never refuses, because only accepted events are written down. What
may happen is decided in `commands`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.exercise.engine import Round

LOBBY, BRIEF, DECIDE, NEGOTIATE = "lobby", "brief", "decide", "negotiate"
RUNNING, RESULTS, DEBRIEF = "running", "results", "debrief"
TIMED = (BRIEF, DECIDE, NEGOTIATE, RESULTS)
OPEN = (BRIEF, DECIDE, NEGOTIATE)  # decisions can be made
MOST_OTHERS = 3  # further structures or packages that a group is compared with
PHASES = (LOBBY, *OPEN, RUNNING, RESULTS, DEBRIEF)


@dataclass(frozen=True)
class Event:
    """One accepted act: what, when (seconds since 1970), and its data."""

    kind: str
    at: float
    data: Mapping[str, Any]
    seq: int = 0


@dataclass
class Player:
    """Somebody in the class, under an alias."""

    alias: str
    group: str = ""
    role: str = ""
    lang: str = "zh"
    gone: bool = False


@dataclass
class Proposal:
    """A motion of a joint meeting: a measure to adopt or a lever to bind for the round, and the votes of the roles."""

    number: int
    by: str
    measure: str = ""
    role: str = ""
    lever: str = ""
    value: float = 0.0
    why: str = ""
    votes: dict[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Note:
    """What an observer wrote down, when, and where the group stood; nobody else reads it before the debrief."""

    at: float
    group: str
    round: int
    phase: str
    text: str


@dataclass
class Past:
    """A round that was played: what the engine was given, what each role had decided, what was moved, the digest."""

    round: Round
    decisions: dict[str, dict[str, float]]
    proposals: list[Proposal]
    adopted: list[int]
    digest: str = ""
    money: int = 0  # events that are the roles' yearly money; they stand first


def outside(past: Past) -> tuple[Mapping[str, Any], ...]:
    """What came from outside in a round: its events without yearly money and the measures that the meeting adopted."""
    measures = sum(1 for m in past.proposals if m.number in past.adopted and m.measure)
    events = tuple(past.round.events)
    return events[past.money : len(events) - measures]


@dataclass
class Group:
    """One community and those who govern it."""

    gid: str
    name: str
    plan: list[int]
    rehearsal: bool = False
    phase: str = LOBBY
    since: float = 0.0
    ends: float | None = None
    left: float | None = None  # seconds left on a timer that stands still
    decisions: dict[str, dict[str, float]] = field(default_factory=dict)
    submitted: set[str] = field(default_factory=set)
    proposals: list[Proposal] = field(default_factory=list)
    injected: list[dict[str, Any]] = field(default_factory=list)
    history: list[Past] = field(default_factory=list)
    rehearsed: bool = False
    undone: int = 0
    origin: str = ""
    others: list[str] = field(default_factory=list)  # what else it is compared with: "structure=x", "package=y"

    @property
    def rounds(self) -> tuple[Round, ...]:
        return tuple(p.round for p in self.history)

    @property
    def number(self) -> int:
        """Number of the round at hand, from 1."""
        return len(self.history) + (0 if self.phase in (RESULTS, DEBRIEF) else 1)

    @property
    def weeks(self) -> int:
        """Weeks of the round at hand."""
        return self.plan[min(len(self.history), len(self.plan) - 1)]

    @property
    def finished(self) -> bool:
        return not self.rehearsal and len(self.history) >= len(self.plan)


@dataclass
class Session:
    """A class: its scenario and plan, its people and its groups."""

    sid: str
    card: str = ""
    code: str = ""
    plan: str = ""
    seed: int = 0
    words: tuple[str, ...] = ()
    sensitive: bool = False
    controls: bool = False
    alone: bool = False
    choose: bool = True
    title: str = ""
    players: dict[str, Player] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    roster: dict[str, tuple[str, str]] = field(default_factory=dict)
    answers: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    notes: dict[str, list[Note]] = field(default_factory=dict)
    version: int = 0
    started: float = 0.0

    def holders(self, gid: str) -> dict[str, list[str]]:
        """Aliases of those who sit, by role."""
        found: dict[str, list[str]] = {}
        for player in self.players.values():
            if player.group == gid and player.role and not player.gone:
                found.setdefault(player.role, []).append(player.alias)
        return found


def fold(sid: str, events: Iterable[Event]) -> Session:
    """The session that a log of events describes."""
    session = Session(sid)
    for event in events:
        apply(session, event)
    return session


def apply(session: Session, event: Event) -> None:
    """Let one accepted event happen."""
    session.version += 1
    _HANDLERS[event.kind](session, event)


def _opened(s: Session, e: Event) -> None:
    d = e.data
    s.card, s.code, s.plan, s.seed = d["card"], d["code"], d["plan"], d["seed"]
    s.words, s.title, s.started = tuple(d["words"]), d["title"], e.at
    s.sensitive, s.controls, s.alone, s.choose = d["sensitive"], d["controls"], d["alone"], d["choose"]


def _group(s: Session, e: Event) -> None:
    s.groups[e.data["group"]] = Group(
        e.data["group"], e.data["name"], list(e.data["plan"]), bool(e.data["rehearsal"]), since=e.at
    )


def _forked(s: Session, e: Event) -> None:
    """A what-if: another group that has lived through the first rounds of an old one."""
    old = s.groups[e.data["from"]]
    new = Group(e.data["group"], e.data["name"], list(old.plan), since=e.at, origin=old.gid, rehearsed=True)
    new.history = [
        Past(p.round, dict(p.decisions), list(p.proposals), list(p.adopted), p.digest, p.money)
        for p in old.history[: e.data["rounds"]]
    ]
    new.phase = BRIEF
    s.groups[new.gid] = new


def _joined(s: Session, e: Event) -> None:
    s.players[e.data["player"]] = Player(e.data["alias"], lang=e.data["lang"])


def _assigned(s: Session, e: Event) -> None:
    player = s.players[e.data["player"]]
    player.group, player.role = e.data["group"], e.data["role"]


def _spoke(s: Session, e: Event) -> None:
    s.players[e.data["player"]].lang = e.data["lang"]


def _left(s: Session, e: Event) -> None:
    s.players[e.data["player"]].gone = True


def _back(s: Session, e: Event) -> None:
    s.players[e.data["player"]].gone = False


def _roster(s: Session, e: Event) -> None:
    s.roster = {alias: (group, role) for alias, group, role in e.data["rows"]}


def _answered(s: Session, e: Event) -> None:
    s.answers.setdefault(e.data["when"], {})[e.data["player"]] = list(e.data["answers"])


def _noted(s: Session, e: Event) -> None:
    g = s.groups[e.data["group"]]
    s.notes.setdefault(e.data["player"], []).append(Note(e.at, g.gid, g.number, g.phase, e.data["text"]))


def _compared(s: Session, e: Event) -> None:
    g = s.groups[e.data["group"]]
    g.others = [*(o for o in g.others if o != e.data["other"]), e.data["other"]][-MOST_OTHERS:]


def _phase(s: Session, e: Event) -> None:
    g = s.groups[e.data["group"]]
    if g.phase == LOBBY and not g.rehearsed and g.rehearsal:
        g.rehearsed = True
    if g.phase == RESULTS and g.rehearsal:  # the rehearsal is over and has not been
        g.history, g.rehearsal = [], False
        g.plan = g.plan[1:]
    g.phase, g.since, g.left = e.data["phase"], e.at, None
    g.ends = e.at + e.data["seconds"] if e.data["seconds"] else None
    if g.phase == BRIEF:
        g.decisions, g.submitted, g.proposals = {}, set(), []


def _decided(s: Session, e: Event) -> None:
    g = s.groups[e.data["group"]]
    g.decisions[e.data["role"]] = {k: float(v) for k, v in e.data["levers"].items()}
    g.submitted.add(e.data["role"])


def _proposed(s: Session, e: Event) -> None:
    g = s.groups[e.data["group"]]
    d = e.data
    g.proposals.append(
        Proposal(len(g.proposals) + 1, d["by"], d["measure"], d["role"], d["lever"], d["value"], d["why"])
    )


def _voted(s: Session, e: Event) -> None:
    s.groups[e.data["group"]].proposals[e.data["number"] - 1].votes[e.data["by"]] = e.data["yes"]


def _injected(s: Session, e: Event) -> None:
    s.groups[e.data["group"]].injected += [dict(x) for x in e.data["events"]]


def _locked(s: Session, e: Event) -> None:
    """The round is what it is now; the engine has not run yet."""
    g = s.groups[e.data["group"]]
    g.history.append(
        Past(
            Round.from_dict(e.data["round"]), dict(g.decisions), list(g.proposals), list(e.data["adopted"]),
            money=e.data.get("money", 0),
        )  # fmt: skip
    )
    g.phase, g.since, g.ends, g.left, g.injected = RUNNING, e.at, None, None, []


def _ran(s: Session, e: Event) -> None:
    g = s.groups[e.data["group"]]
    g.history[-1].digest = e.data["digest"]
    g.phase, g.since = RESULTS, e.at
    g.ends = e.at + e.data["seconds"] if e.data["seconds"] else None


def _failed(s: Session, e: Event) -> None:
    """The engine could not run the round: it is open again as it was, and may be changed."""
    g = s.groups[e.data["group"]]
    g.history.pop()
    g.injected = [dict(x) for x in e.data["injected"]]
    g.phase, g.since, g.ends, g.left = NEGOTIATE, e.at, None, None


def _undone(s: Session, e: Event) -> None:
    """The last round has not been; its decisions are to be made again."""
    g = s.groups[e.data["group"]]
    g.history.pop()
    g.undone += 1
    g.phase, g.since, g.ends, g.left = BRIEF, e.at, None, None
    g.decisions, g.submitted, g.proposals = {}, set(), []


def _paused(s: Session, e: Event) -> None:
    g = s.groups[e.data["group"]]
    if g.ends is not None:
        g.left, g.ends = max(0.0, g.ends - e.at), None


def _resumed(s: Session, e: Event) -> None:
    g = s.groups[e.data["group"]]
    if g.left is not None:
        g.ends, g.left = e.at + g.left, None


def _extended(s: Session, e: Event) -> None:
    g = s.groups[e.data["group"]]
    if g.left is not None:
        g.left += e.data["seconds"]
    else:
        g.ends = max(g.ends or e.at, e.at) + e.data["seconds"]


_HANDLERS = {
    "opened": _opened, "group": _group, "forked": _forked, "joined": _joined, "assigned": _assigned, "spoke": _spoke,
    "left": _left, "back": _back, "roster": _roster, "answered": _answered, "phase": _phase, "decided": _decided,
    "proposed": _proposed, "voted": _voted, "injected": _injected, "locked": _locked, "ran": _ran, "undone": _undone,
    "failed": _failed, "noted": _noted, "compared": _compared,
    "paused": _paused, "resumed": _resumed, "extended": _extended,
}  # fmt: skip
KINDS = tuple(_HANDLERS)
