"""Looking back: turning points found in the record, baselines on the same seed, the same decisions under other seeds.

The engine runs everything that is compared here; this file only sets its outcomes side by side.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sim.exercise import content, engine
from sim.exercise.content import say
from sim.exercise.engine import Play, Round
from sim.exercise.machine import Group, Session, outside
from sim.exercise.room import Room

BASELINES = ("agents", "nobody", "structure")
SEEDS = 24  # other seeds under which the decisions are replayed
MOST_POINTS = 6
LEAST_MOVE = 0.25  # of the spread of a series over rounds: smaller moves are not worth a sentence
LEAST = {True: 0.005, False: 0.5}  # and smaller ones than this: of shares half a point, of counts half a case
PATHS = ("unsolved_cases", "not_passed_on", "items_late", "trust", "standing", "heat", "collection", "decay")
CHANGES = ("owners_committees", "firms", "organisations", "groups", "elections")
SHARES = ("trust", "standing", "collection", "decay")
RECORD = (
    "closed_share", "closed_in_time", "callback_satisfied", "turnout_official", "delivered", "items_late_share",
    "mediation_file", "meetings_held",
)  # fmt: skip


def baseline(session: Session, group: Group, name: str) -> Play:
    """The same community, seed, rounds and shocks, where the agents act, nobody acts, or another structure holds."""
    idle = {kind: {n: v.idle for n, v in sheet.decides.items()} for kind, sheet in content.sheets().items()}
    rounds = []
    for i, past in enumerate(group.history):
        events = list(outside(group.history[i]))
        if name == "structure" and i == 0:
            events.append(
                {"key": "structure", "value": content.card_of(session).other_structure, "week": 0, "until": None}
            )
        rounds.append(Round(past.round.weeks, idle if name == "nobody" else {}, tuple(events)))
    return Play(session.words, session.seed, tuple(rounds))


def seeds(session: Session) -> list[int]:
    """Seeds on which the decisions of a session are played again."""
    return [session.seed + 1 + i for i in range(SEEDS)]


def luck_key(room: Room, session: Session, group: Group, seed: int) -> str:
    """Key under which a replay of this group on that seed is kept."""
    return f"luck:{room.play(session, group).key}:{seed}"


def replays(room: Room, session: Session, group: Group) -> tuple[int, dict[str, list[list[float]]]]:
    """How many seeds have been replayed, and the pairs by indicator: the group's value and the agents'."""
    pairs: dict[str, list[list[float]]] = {}
    done = 0
    for seed in seeds(session) if group.history else ():
        found = room.known(session.sid, luck_key(room, session, group, seed))
        done += found is not None
        for name, (own, agents) in (found or {}).items():
            if own is not None and agents is not None:
                pairs.setdefault(name, []).append([own, agents])
    return done, pairs


def ask(room: Room, session: Session, group: Group) -> None:
    """Have baselines and replays computed; pages show them when they are there."""
    if not group.history or group.phase == "running":
        return
    for name in BASELINES:
        play = baseline(session, group, name)
        if room.known(session.sid, play.key) is None:
            room.job(session, play.key, engine.outcome, play, {}, slow=True)
    own, agents = room.play(session, group), baseline(session, group, "agents")
    names = list(dict.fromkeys([*content.card_of(session).watch, *PUBLIC_AND_FELT]))
    for seed in seeds(session):
        key = luck_key(room, session, group, seed)
        if room.known(session.sid, key) is None:
            room.job(session, key, engine.under_seed, own, agents, seed, names, slow=True)


PUBLIC_AND_FELT = ("closed_in_time", "welfare")


def arms(room: Room, session: Session, group: Group) -> dict[str, dict[str, Any]]:
    """The outcomes that are there: the group itself, the baselines, the other groups that played as many weeks."""
    found = {}
    own = room.outcome(session, group)
    if own and group.history:
        found["own"] = own
        for name in BASELINES:
            known = room.known(session.sid, baseline(session, group, name).key)
            if known:
                found[name] = known
        for other in session.groups.values():
            if other.gid != group.gid and not other.rehearsal and other.history and other.phase != "running":
                known = room.outcome(session, other)
                if known and known["weeks"] == own["weeks"]:
                    found[f"group:{other.name}"] = known
    return found


def arm_label(name: str, lang: str) -> str:
    """What a comparison is called in a table or chart."""
    if name.startswith("group:"):
        return say("arm_group", lang, name=name.partition(":")[2])
    return say(f"arm_{name}", lang)


def by_round(values: Sequence[float], weeks: Sequence[int]) -> list[float]:
    """Means of a weekly series over each round."""
    ends = np.cumsum([0, *weeks])
    return [float(np.mean(values[a:b])) for a, b in zip(ends, ends[1:], strict=False)]


def turning_points(own: Mapping[str, Any], agents: Mapping[str, Any], weeks: Sequence[int]) -> list[dict[str, Any]]:
    """Rounds in which the group moved away from its agents most, and rounds in which something began or ended.

    A move is the change, from one round to the next, of the difference between the two weekly series; moves of
    different series are made comparable by the spread of each series' own moves.
    """
    moves: list[dict[str, Any]] = []
    for name in PATHS:
        gap = [
            a - b
            for a, b in zip(by_round(own["series"][name], weeks), by_round(agents["series"][name], weeks), strict=True)
        ]
        steps = [b - a for a, b in zip([0.0, *gap], gap, strict=False)]
        spread = statistics.pstdev([*by_round(agents["series"][name], weeks), *by_round(own["series"][name], weeks)])
        for i, step in enumerate(steps):
            if abs(step) >= max(LEAST_MOVE * spread, LEAST[name in SHARES]):
                before = gap[i - 1] if i else 0.0
                moves.append({"kind": "move", "round": i + 1, "name": name, "size": abs(step) / max(spread, 1e-9),
                              "from": before, "to": gap[i]})  # fmt: skip
    moves.sort(key=lambda m: -m["size"])
    found = sorted(moves[:MOST_POINTS], key=lambda m: m["round"])
    for name in CHANGES:
        values = own["series"][name]
        ends = np.cumsum([0, *weeks])
        for i, (a, b) in enumerate(zip(ends, ends[1:], strict=False)):
            if name == "elections":
                first, last = 0.0, float(sum(values[a:b]))
            else:
                first, last = values[max(a - 1, 0)], values[b - 1]
            if first != last:
                found.append({"kind": "change", "round": i + 1, "name": name, "from": first, "to": last})
    return found


def luck(pairs: Mapping[str, Sequence[Sequence[float]]]) -> list[dict[str, Any]]:
    """Mean paired difference between the group's decisions and the agents', with a 95% interval over seeds."""
    from sim.analysis.effects import intervals

    names = [n for n, rows in pairs.items() if len(rows) > 1]
    differences = [np.array([a - b for a, b in pairs[n]]) for n in names]
    low, high = intervals(differences) if names else ((), ())
    return [
        {"name": n, "mean": float(d.mean()), "low": float(a), "high": float(b), "pairs": len(d)}
        for n, d, a, b in zip(names, differences, low, high, strict=True)
    ]


def view(room: Room, session: Session, group: Group, lang: str) -> dict[str, Any]:
    """Everything on the debrief page."""
    card = content.card_of(session)
    found = arms(room, session, group)
    done, pairs = replays(room, session, group)
    waiting = any(
        room.busy(session.sid, key)
        for key in (
            *(luck_key(room, session, group, s) for s in seeds(session)),
            *(baseline(session, group, b).key for b in BASELINES),
        )
    )
    pairs = pairs if done == SEEDS else {}
    weeks = [p.round.weeks for p in group.history]
    points = turning_points(found["own"], found["agents"], weeks) if {"own", "agents"} <= set(found) else []
    return {
        "ready": "own" in found,
        "waiting": waiting,
        "asked": "agents" in found,
        "arms": [{"name": n, "label": arm_label(n, lang)} for n in found],
        "watch": _rows(card.watch, found, lang),
        "points": [_point(p, group, lang) for p in points],
        "roles": [_role(r, found, lang) for r in card.roles if content.roles()[r].goals and r != content.OBSERVER],
        "luck": [_luck(x, lang) for x in luck(pairs)] if pairs else [],
        "seeds": SEEDS,
        "done": done,
        "questions": [getattr(q, lang) for q in card.debrief],
        "answers": answers(session, lang),
        "rounds": [_round(session, group, i, lang) for i in range(len(group.history))],
        "charts": ["course", "records", *(["luck"] if pairs else [])] if "own" in found else [],
    }


def _rows(names: Sequence[str], found: Mapping[str, Mapping[str, Any]], lang: str) -> list[dict[str, Any]]:
    """Indicators over the arms; the unit stands with the label, except the sign of a percentage."""
    from sim.charts.words import bracketed, unit_text
    from sim.exercise.views import bare
    from sim.observe.indicators import INDICATORS

    rows = []
    for n in names:
        item = INDICATORS[n]
        unit = "" if item.unit == "share" else unit_text(item.unit, lang)
        label = bracketed(item.label[lang], unit, lang)
        rows.append(
            {
                "label": label,
                "record": say("record_file" if n in RECORD else "record_felt", lang),
                "values": [bare(o["total"].get(n), item.unit) for o in found.values()],
            }
        )
    return rows


def _role(role: str, found: Mapping[str, Mapping[str, Any]], lang: str) -> dict[str, Any]:
    one = content.roles()[role]
    return {"label": getattr(one.label, lang), "rows": _rows(one.goals, found, lang)}


def _luck(row: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """A paired difference; its unit stands with the label."""
    from sim.charts.words import bracketed, decimals, factor, number, unit_text
    from sim.observe.indicators import INDICATORS

    item = INDICATORS[row["name"]]
    scale = factor(item.unit)
    places = min(2, decimals(row["low"] * scale, row["high"] * scale))
    same = row["low"] == row["high"] == 0
    skill = row["low"] > 0 or row["high"] < 0
    return {
        "label": bracketed(item.label[lang], unit_text(item.unit, lang, difference=True), lang),
        **{k: number(row[k] * scale, places, signed=True) for k in ("mean", "low", "high")},
        "verdict": say("verdict_same" if same else "verdict_skill" if skill else "verdict_luck", lang),
    }


def _number(name: str, value: float, lang: str, signed: bool) -> str:
    """A level, or a signed difference: of shares in percentage points."""
    sign = "+" if signed else ""
    if name in SHARES:
        return f"{100 * value:{sign}.1f}" + (say("points", lang) if signed else "%")
    return f"{value:{sign}.1f}" if signed else f"{value:.0f}"


def _point(point: Mapping[str, Any], group: Group, lang: str) -> dict[str, Any]:
    name = say(f"path_{point['name']}", lang)
    a, b = (_number(point["name"], point[k], lang, point["kind"] == "move") for k in ("from", "to"))
    text = say(f"point_{point['kind']}", lang, name=name, before=a, after=b)
    past = group.history[point["round"] - 1]
    who = say("listing", lang).join(getattr(content.roles()[r].label, lang) for r in past.decisions)
    return {"round": point["round"], "text": text, "who": who}


def _round(session: Session, group: Group, i: int, lang: str) -> dict[str, Any]:
    """What each role had decided in a round, and what was adopted."""
    past = group.history[i]
    known = content.roles()
    lines = []
    for role, levers in past.decisions.items():
        decides = content.sheets()[known[role].seats[0]].decides if known[role].seats else {}
        parts = [f"{getattr(decides[n], lang)} {100 * v:.0f}%" for n, v in levers.items()]
        lines.append(
            {
                "role": getattr(known[role].label, lang),
                "text": say("listing", lang).join(parts) or say("as_agent", lang),
            }
        )
    taken = [
        getattr(content.measures()[m.measure], lang)
        if m.measure
        else f"{getattr(known[m.role].label, lang)}: {m.lever}"
        for m in past.proposals
        if m.number in past.adopted
    ]
    return {"number": i + 1, "weeks": past.round.weeks, "lines": lines, "adopted": taken,
            "outside": len(outside(group.history[i])), "digest": past.digest[:12]}  # fmt: skip


def answers(session: Session, lang: str) -> list[dict[str, Any]]:
    """How many chose each option before and after."""
    rows = []
    for i, question in enumerate(content.card_of(session).before_after):
        counts = []
        for k, option in enumerate(question.options):
            before, after = (
                sum(1 for a in session.answers.get(when, {}).values() if i < len(a) and a[i] == str(k))
                for when in ("before", "after")
            )
            counts.append({"label": getattr(option, lang), "before": before, "after": after})
        rows.append({"text": getattr(question, lang), "counts": counts})
    return rows
