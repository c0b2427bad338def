"""Looking back: turning points found in the record, baselines on the same seed, the same decisions under other seeds.

The engine runs everything that is compared here; this file only sets its outcomes side by side.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sim.exercise import budget, content, engine
from sim.exercise.content import say
from sim.exercise.engine import Play, Round
from sim.exercise.machine import DEBRIEF, Group, Note, Session, outside
from sim.exercise.room import Room
from sim.exercise.rules import Refused
from sim.exercise.turning import CHANGES, PATHS, sentence, turning_points

BASELINES = ("agents", "nobody")  # and whatever structures and packages the teacher chose
SEEDS = 24  # other seeds under which the decisions are replayed
RECORD = (
    "closed_share", "closed_in_time", "callback_satisfied", "turnout_official", "delivered", "items_late_share",
    "mediation_file", "meetings_held",
)  # fmt: skip


def others(session: Session, group: Group) -> list[str]:
    """The structures and packages to compare with: as chosen by the teacher, else the scenario's own."""
    return group.others or [f"structure={content.card_of(session).other_structure}"]


def choices(session: Session, lang: str) -> dict[str, list[dict[str, str]]]:
    """What a group can be compared with; theoretical controls only where the teacher opened them."""
    from sim.scenario.catalogue import Catalogue
    from sim.vocabulary.words import label

    known = Catalogue()
    found: dict[str, list[dict[str, str]]] = {}
    for group in ("structure", "package"):
        found[group] = [
            {"name": f"{group}={n}", "label": label(f"{group}.{n}", lang)}
            for n in known.options(group)
            if session.controls or not known.card(group, n).get("theoretical_control")
        ]
    return found


def baseline(session: Session, group: Group, name: str) -> Play:
    """The same community, seed, rounds and shocks, where the agents act, nobody acts, or something else holds."""
    idle = {kind: {n: v.idle for n, v in sheet.decides.items()} for kind, sheet in content.sheets().items()}
    rounds = []
    for i, past in enumerate(group.history):
        events = list(outside(group.history[i]))
        key, _, value = name.partition("=")
        if value and i == 0:
            events.append({"key": key, "value": value, "week": 0, "until": None})
        rounds.append(Round(past.round.weeks, idle if name == "nobody" else {}, tuple(events)))
    return Play(session.words, session.seed, tuple(rounds))


def seeds(session: Session) -> list[int]:
    """Seeds on which the decisions of a session are played again."""
    return [session.seed + 1 + i for i in range(SEEDS)]


def luck_key(room: Room, session: Session, group: Group, seed: int) -> str:
    """Key under which a replay of this group on that seed is kept."""
    return f"replay:{room.play(session, group).key}:{seed}"


def verify_key(room: Room, session: Session, group: Group) -> str:
    """Key under which the digests of a replay from the log are kept."""
    return f"verify:{room.play(session, group).key}"


def replays(room: Room, session: Session, group: Group) -> list[dict[str, Any]]:
    """What the seeds that have been replayed gave."""
    keys = [luck_key(room, session, group, seed) for seed in seeds(session)] if group.history else []
    return [found for key in keys if (found := room.known(session.sid, key)) is not None]


def paired(found: Sequence[Mapping[str, Any]]) -> dict[str, list[list[float]]]:
    """Pairs by indicator: the group's value and the agents'."""
    pairs: dict[str, list[list[float]]] = {}
    for one in found:
        for name, (own, agents) in one["pairs"].items():
            if own is not None and agents is not None:
                pairs.setdefault(name, []).append([own, agents])
    return pairs


def compare_with(room: Room, session: Session, group: Group, other: str) -> None:
    """Compare with one more structure or package, or with what there is when none is named. Raises Refused."""
    if other and other not in {x["name"] for kind in choices(session, "en").values() for x in kind}:
        raise Refused("no_such_choice", 422)
    shown = others(session, group)
    for one in (*shown, other) if other and other not in shown else ():
        if one not in group.others:
            room.write(session, "compared", group=group.gid, other=one)
    ask(room, session, group)


def ask(room: Room, session: Session, group: Group) -> None:
    """Have baselines and replays computed; pages show them when they are there."""
    if not group.history or group.phase == "running":
        return
    for name in (*BASELINES, *others(session, group)):
        play = baseline(session, group, name)
        if room.known(session.sid, play.key) is None:
            room.job(session, play.key, engine.outcome, play, {}, slow=True)
    own, agents = room.play(session, group), baseline(session, group, "agents")
    names = list(dict.fromkeys([*content.card_of(session).watch, *PUBLIC_AND_FELT]))
    for seed in seeds(session):
        key = luck_key(room, session, group, seed)
        if room.known(session.sid, key) is None:
            room.job(session, key, engine.under_seed, own, agents, seed, names, PATHS, CHANGES, slow=True)
    room.job(session, verify_key(room, session, group), engine.verify, own, slow=True)


PUBLIC_AND_FELT = ("closed_in_time", "welfare")


def arms(room: Room, session: Session, group: Group) -> dict[str, dict[str, Any]]:
    """The outcomes that are there: the group itself, the baselines, the other groups that played as many weeks."""
    found = {}
    own = room.outcome(session, group)
    if own and group.history:
        found["own"] = own
        for name in (*BASELINES, *others(session, group)):
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
    if "=" in name:
        from sim.vocabulary.words import label

        return say("arm_other", lang, name=label(name.replace("=", "."), lang))
    return say(f"arm_{name}", lang)


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
    many = replays(room, session, group)
    done = len(many)
    waiting = any(
        room.busy(session.sid, key)
        for key in (
            *(luck_key(room, session, group, s) for s in seeds(session)),
            *(baseline(session, group, b).key for b in (*BASELINES, *others(session, group))),
            verify_key(room, session, group),
        )
    )
    many = many if done == SEEDS else []
    pairs = paired(many)
    weeks = [p.round.weeks for p in group.history]
    key = f"{room.play(session, group).key}:{len(many)}"
    points = []
    if {"own", "agents"} <= set(found):
        points = room.once(
            session.sid, f"turns:{key}", lambda: turning_points(found["own"], found["agents"], weeks, many)
        )
    lucky = room.once(session.sid, f"luck:{key}", lambda: luck(pairs)) if pairs else []
    return {
        "ready": "own" in found,
        "waiting": waiting,
        "asked": "agents" in found,
        "arms": [{"name": n, "label": arm_label(n, lang)} for n in found],
        "watch": _rows(card.watch, found, lang),
        "points": [sentence(p, group, lang) for p in points],
        "roles": [_role(r, found, lang) for r in card.roles if content.roles()[r].goals and r != content.OBSERVER],
        "luck": [_luck(x, lang) for x in lucky],
        "seeds": SEEDS,
        "done": done,
        "questions": [q[lang] for q in card.debrief],
        "answers": answers(session, lang),
        "choices": choices(session, lang),
        "same": _same(room, session, group),
        "notes": notes(session, group, lang),
        "rounds": [_round(session, group, i, lang) for i in range(len(group.history))],
        "charts": ["course", "records", *(["luck"] if pairs else [])] if "own" in found else [],
    }


def _same(room: Room, session: Session, group: Group) -> bool | None:
    """Whether the replay from the log equals what was live in every round, None while it has not been made."""
    found = room.known(session.sid, verify_key(room, session, group)) if group.history else None
    return None if found is None else found["digests"] == [p.digest for p in group.history]


def notes(session: Session, group: Group, lang: str) -> list[dict[str, Any]]:
    """What observers wrote down about a group, once its debrief is open; nothing before."""
    if group.phase != DEBRIEF:
        return []
    rows = [
        (n.at, {"who": session.players[p].alias, "text": n.text, **note_words(n, lang)})
        for p, own in session.notes.items() for n in own if n.group == group.gid
    ]  # fmt: skip
    return [row for _, row in sorted(rows, key=lambda r: r[0])]


def note_words(note: Note, lang: str) -> dict[str, str]:
    """When a note was written, and where the group stood."""
    return {"time": time.strftime("%H:%M:%S", time.localtime(note.at)),
            "when": f"{say('round_n', lang, n=note.round)} · {say(f'phase_{note.phase}', lang)}"}  # fmt: skip


def _rows(names: Sequence[str], found: Mapping[str, Mapping[str, Any]], lang: str) -> list[dict[str, Any]]:
    """Indicators over the arms; the unit stands with the label, except the sign of a percentage."""
    from sim.exercise.views import bare, measure
    from sim.observe.indicators import INDICATORS

    return [
        {
            "label": measure(n, lang),
            "record": say("record_file" if n in RECORD else "record_felt", lang),
            "values": [bare(o["total"].get(n), INDICATORS[n].unit) for o in found.values()],
        }
        for n in names
    ]


def _role(role: str, found: Mapping[str, Mapping[str, Any]], lang: str) -> dict[str, Any]:
    """The goals of a role in both records: where its goals lie in one, the other's headline stands beside them."""
    one = content.roles()[role]
    goals = list(one.goals)
    goals += [] if any(g in RECORD for g in goals) else ["closed_in_time"]
    goals += [] if any(g not in RECORD for g in goals) else ["welfare"]
    return {"label": one.label[lang], "rows": _rows(goals, found, lang)}


def _luck(row: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """A paired difference; its unit stands with the label."""
    from sim.charts.prose import bracketed, decimals, factor, number, unit_text
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


def _round(session: Session, group: Group, i: int, lang: str) -> dict[str, Any]:
    """What each role had decided in a round, and what was adopted."""
    past = group.history[i]
    known = content.roles()
    lines = []
    for role, levers in past.decisions.items():
        decides = content.sheets()[known[role].seats[0]].decides if known[role].seats else {}
        parts = [_decided(decides[n], v, lang) for n, v in levers.items() if n in decides]
        money = budget.lines(role)
        parts += [say("amount", lang, what=money[n][lang], yuan=f"{v:,.0f}")
                  for n, v in levers.items() if n in money]  # fmt: skip
        lines.append(
            {
                "role": known[role].label[lang],
                "text": say("listing", lang).join(parts) or say("as_agent", lang),
            }
        )
    taken = [
        content.measures()[m.measure][lang]
        if m.measure
        else known[m.role].label[lang] + say("colon", lang)
        + _decided(content.sheets()[known[m.role].seats[0]].decides[m.lever], m.value, lang)
        for m in past.proposals
        if m.number in past.adopted
    ]
    return {"number": i + 1, "weeks": past.round.weeks, "lines": lines, "adopted": taken,
            "outside": len(outside(group.history[i])), "digest": past.digest[:12]}  # fmt: skip


def _decided(lever: content.Lever, value: float, lang: str) -> str:
    """One decision in words."""
    number = say("yes" if value >= 0.5 else "no", lang) if lever.form == "flag" else f"{100 * value:.0f}%"
    return f"{lever[lang]} {number}"


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
            counts.append({"label": option[lang], "before": before, "after": after})
        rows.append({"text": question[lang], "counts": counts})
    return rows
