"""Taking a session away: events, decisions and indicators as CSV with a README, in one archive."""

from __future__ import annotations

import csv
import io
import json
import time
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from sim.exercise import debrief
from sim.exercise.content import MONEY, say
from sim.exercise.machine import DEBRIEF, Group, Session
from sim.exercise.room import Room
from sim.vocabulary.words import LANGS

MOTION = ("round", "number", "by", "measure", "role", "lever", "value", "why", "yes", "no", "carried")
FILES = (
    "scenario.yaml", "session.json", "events.csv", "decisions.csv", "motions.csv", "indicators.csv", "series.csv",
    "notes.csv", "luck.csv",
)  # fmt: skip


def readme() -> str:
    """What stands in the archive, in Chinese and in English."""

    def both(key: str, between: str = " ") -> str:
        return between.join(say(f"readme.{key}", lang) for lang in LANGS)

    head = [both("title", " / "), "", both("simulated"), both("aliases"), ""]
    files = [f"{name:<17}{both('file.' + name.partition('.')[0], ' / ')}" for name in FILES]
    return "\n".join([*head, *files, "", both("units"), ""])


def _safe(value: Any) -> Any:
    """A cell that a spreadsheet does not take for a formula."""
    return "'" + value if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(head)
    table.writerows([[_safe(c) for c in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def archive(room: Room, session: Session, group: Group) -> bytes:
    """The archive of a group."""
    from sim.identity import MODEL_VERSION

    found = debrief.arms(room, session, group)
    pairs = debrief.paired(debrief.replays(room, session, group))
    about = {
        "seed": session.seed, "settings": session.words, "plan": session.plan, "group": group.name,
        "sensitive": session.sensitive, "controls": session.controls, "model_version": MODEL_VERSION,
        "digests": [p.digest for p in group.history],
        "compared_with": debrief.others(session, group),
    }  # fmt: skip
    files = {
        "README.txt": readme().encode("utf-8-sig"),
        "scenario.yaml": session.card.encode("utf-8"),
        "session.json": json.dumps(about, ensure_ascii=False, indent=1).encode("utf-8"),
        "events.csv": _csv(("seq", "time", "kind", "data"), _events(room, session)),
        "decisions.csv": _csv(("round", "role", "lever", "value", "unit"), _decisions(group)),
        "motions.csv": _csv(MOTION, _motions(group)),
        "indicators.csv": _csv(("arm", "round", "indicator", "unit", "label_zh", "label_en", "value"),
                               _indicators(room, session, group, found)),
        "series.csv": _csv(("arm", "series", "week", "value"), _series(found)),
    }  # fmt: skip
    if group.phase == DEBRIEF:
        files["notes.csv"] = _csv(("time", "round", "phase", "who", "text"), _notes(session, group))
    if pairs:
        rows = ((n, i + 1, a, b) for n, values in pairs.items() for i, (a, b) in enumerate(values))
        files["luck.csv"] = _csv(("indicator", "pair", "group", "agents"), rows)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return out.getvalue()


def _events(room: Room, session: Session) -> Iterable[Sequence[Any]]:
    for e in room.store.events(session.sid):
        hidden = {"card"}  # stands in scenario.yaml
        if e.kind == "noted" and session.groups[e.data["group"]].phase != DEBRIEF:
            hidden.add("text")  # an observer's until the debrief
        data = {k: v for k, v in e.data.items() if k not in hidden}
        yield e.seq, time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(e.at)), e.kind, json.dumps(data, ensure_ascii=False)


def _notes(session: Session, group: Group) -> Iterable[Sequence[Any]]:
    rows = [(n, session.players[p].alias) for p, own in session.notes.items() for n in own if n.group == group.gid]
    for n, alias in sorted(rows, key=lambda r: r[0].at):
        yield time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(n.at)), n.round, n.phase, alias, n.text


def _decisions(group: Group) -> Iterable[Sequence[Any]]:
    for i, past in enumerate(group.history, 1):
        for role, levers in past.decisions.items():
            for lever, value in levers.items():
                yield i, role, lever, value, "yuan/year" if lever.startswith(MONEY) else "share"


def _motions(group: Group) -> Iterable[Sequence[Any]]:
    for i, past in enumerate(group.history, 1):
        for m in past.proposals:
            yes, no = ([r for r, v in m.votes.items() if v is x] for x in (True, False))
            value = m.value if m.lever else ""
            yield (
                i,
                m.number,
                m.by,
                m.measure,
                m.role,
                m.lever,
                value,
                m.why,
                ";".join(yes),
                ";".join(no),
                m.number in past.adopted,
            )


def _indicators(room: Room, session: Session, group: Group, found: dict[str, Any]) -> Iterable[Sequence[Any]]:
    from sim.observe.indicators import INDICATORS

    def rows(arm: str, when: str, values: dict[str, Any]) -> Iterable[Sequence[Any]]:
        for name, value in values.items():
            item = INDICATORS[name]
            yield arm, when, name, item.unit, item.label["zh"], item.label["en"], "" if value is None else value

    for i in range(1, len(group.history) + 1):
        one = room.outcome(session, group, i)
        if one:
            yield from rows("own", str(i), one["round"])
    for arm, one in found.items():
        yield from rows(arm, "all", one["total"])


def _series(found: dict[str, Any]) -> Iterable[Sequence[Any]]:
    for arm, one in found.items():
        for name, values in one["series"].items():
            for week, value in enumerate(values, 1):
                yield arm, name, week, value
