"""The teacher's desk: opening a class, who has submitted, the timer, undo, what-ifs, events, baselines, export."""

from __future__ import annotations

import csv
import io
import time
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from sim.exercise import content, debrief, rules, views
from sim.exercise.desk_pages import add_pages, group_of, role_states
from sim.exercise.forms import number, once, qr_path, read_levers, read_motion, read_vote
from sim.exercise.machine import DEBRIEF, Group, Session
from sim.exercise.own import own_words, read_own
from sim.exercise.rules import Refused
from sim.exercise.security import TEACHER_COOKIE, hashed
from sim.exercise.web import Program, address_of, back, form, language, page, program, set_cookie, stream, teacher
from sim.vocabulary.errors import ScenarioError
from sim.vocabulary.words import languages

AWAY = 20.0  # seconds without a sign before somebody counts as away


def add_desk(app: FastAPI) -> None:
    """All pages under /teacher."""
    _add_door(app)
    _add_session(app)
    _add_group(app)
    add_pages(app)


def _session(request: Request, sid: str) -> Session:
    return program(request).room.session(sid)


def _add_door(app: FastAPI) -> None:
    @app.get("/teacher/door")
    async def door(request: Request) -> Response:
        return page(request, "door.html", language(request), wrong="")

    @app.post("/teacher/door")
    async def enter(request: Request) -> Response:
        home, lang = program(request), language(request)
        fields = await form(request)
        if home.teaching.blocked(address_of(request)):
            return page(request, "door.html", lang, 429, wrong=content.say("no_too_often", lang))
        if not home.password.fits(fields.get("password", "")):
            home.teaching.fail(address_of(request))
            return page(request, "door.html", lang, 403, wrong=content.say("no_password", lang))
        response = back("/teacher")
        set_cookie(response, TEACHER_COOKIE, home.room.new_token("", "teacher"))
        return response

    @app.post("/teacher/leave")
    async def leave(request: Request) -> Response:
        token = teacher(request)
        await form(request, token)
        program(request).room.store.drop_token(hashed(token))
        response = back("/teacher/door")
        response.delete_cookie(TEACHER_COOKIE)
        return response

    @app.get("/teacher")
    async def lobby(request: Request) -> Response:
        try:
            token = teacher(request)
        except Refused:
            return back("/teacher/door")
        home, lang = program(request), language(request)
        response = page(request, "teacher.html", lang, token=token, wrong="", **_choices(home, lang))
        if request.query_params.get("lang") == lang:
            set_cookie(response, "lang", lang)
        return response

    @app.post("/teacher/open")
    async def open_class(request: Request) -> Response:
        token = teacher(request)
        home, lang = program(request), language(request)
        fields = await form(request, token)
        try:
            card = home.room.card_text(fields.get("card", ""))
            words = own_words(read_own(fields)) if fields.get("own") else ()
            session = home.room.open(
                card, fields.get("plan", ""), groups=int(number(fields.get("groups", "1"))),
                seed=int(number(fields["seed"])) if fields.get("seed") else None,
                sensitive="sensitive" in fields, controls="controls" in fields, choose="choose" in fields,
                alone="alone" in fields, words=words, title=fields.get("title", ""),
            )  # fmt: skip
        except (ScenarioError, Refused) as failed:
            wrong = failed.sentence(lang) if isinstance(failed, Refused) else str(failed)
            return page(request, "teacher.html", lang, 422, token=token, wrong=wrong, **_choices(home, lang))
        return back(f"/teacher/{session.sid}")


def _choices(home: Program, lang: str) -> dict[str, Any]:
    """What there is to open, and what is open."""
    names = content.card_names(home.room.own)
    cards = [(n, content.card(n, home.room.own)) for n in names]
    return {
        "cards": [{"name": n, "label": c.label[lang], "brief": c.brief[lang]} for n, c in cards],
        "plans": [{"name": n, "label": p.label[lang]} for n, p in content.plans().items()],
        "communities": ["commercial", "old_danwei", "village_turned", "mixed_migrant", "affluent_mature"],
        "sessions": [
            {"sid": s.sid, "title": s.title or content.card_of(s).label[lang], "code": s.code,
             "started": time.strftime("%Y-%m-%d %H:%M", time.localtime(s.started)), "players": len(s.players)}
            for s in home.room.sessions.values()
        ],
    }  # fmt: skip


def _add_session(app: FastAPI) -> None:
    @app.get("/teacher/{sid}")
    async def desk(request: Request, sid: str) -> Response:
        token = teacher(request)
        session, home, lang = _session(request, sid), program(request), language(request)
        response = page(
            request, "desk.html", lang, token=token, v=desk_view(home, session, lang), version=session.version
        )
        if request.query_params.get("lang") == lang:
            set_cookie(response, "lang", lang)
        return response

    @app.get("/teacher/{sid}/stream")
    async def changes(request: Request, sid: str) -> Response:
        teacher(request)
        session = _session(request, sid)
        return stream(program(request), sid, f"teacher:{sid}", lambda: session.version)

    @app.get("/teacher/{sid}/version")
    async def version(request: Request, sid: str) -> JSONResponse:
        teacher(request)
        return JSONResponse({"version": _session(request, sid).version})

    @app.post("/teacher/{sid}/random")
    async def at_random(request: Request, sid: str) -> Response:
        await form(request, teacher(request))
        program(request).room.assign_at_random(_session(request, sid))
        return back(f"/teacher/{sid}")

    @app.post("/teacher/{sid}/assign")
    async def assign(request: Request, sid: str) -> Response:
        fields = await form(request, teacher(request))
        session, gid = _session(request, sid), fields.get("group", "")
        program(request).room.assign(session, fields.get("player", ""), gid, fields.get("role", ""))
        return back(f"/teacher/{sid}")

    @app.post("/teacher/{sid}/roster")
    async def roster(request: Request, sid: str) -> Response:
        fields = await form(request, teacher(request))
        session = _session(request, sid)
        program(request).room.write(session, "roster", rows=read_roster(session, fields.get("roster", "")))
        return back(f"/teacher/{sid}")

    @app.post("/teacher/{sid}/link")
    async def link(request: Request, sid: str) -> Response:
        """A link for somebody who lost the device."""
        token = teacher(request)
        fields = await form(request, token)
        session, home = _session(request, sid), program(request)
        if fields.get("player", "") not in session.players:
            raise Refused("no_player", 404)
        url = once(home, sid, fields["player"])
        return page(request, "device.html", language(request), token=token, link=url, picture=qr_path(url))

    @app.post("/teacher/{sid}/drop")
    async def drop(request: Request, sid: str) -> Response:
        fields = await form(request, teacher(request))
        session = _session(request, sid)
        if fields.get("player", "") not in session.players:
            raise Refused("no_player", 404)
        program(request).room.store.drop_seat(sid, fields["player"])
        program(request).room.write(session, "left", player=fields["player"])
        return back(f"/teacher/{sid}")

    @app.post("/teacher/{sid}/add")
    async def add(request: Request, sid: str) -> Response:
        await form(request, teacher(request))
        session = _session(request, sid)
        if len(session.groups) >= rules.MOST_GROUPS:
            raise Refused("too_many_groups")
        program(request).room.add_group(session, str(len(session.groups) + 1))
        return back(f"/teacher/{sid}")

    @app.post("/teacher/{sid}/delete")
    async def delete(request: Request, sid: str) -> Response:
        fields = await form(request, teacher(request))
        session = _session(request, sid)
        if fields.get("sure") != session.code:
            raise Refused("not_sure", 422)
        program(request).room.delete(session)
        return back("/teacher")


def read_roster(session: Session, text: str) -> list[list[str]]:
    """Rows alias,group,role of a CSV; group by its number, role by its name or its label."""
    by_name = {g.name: g.gid for g in session.groups.values()} | {g: g for g in session.groups}
    by_role = {"": ""}
    for name in content.card_of(session).roles:
        said = content.roles()[name].label
        by_role |= {name: name, **dict.fromkeys((said[lang] for lang in languages()), name)}
    heads = {content.say("alias", lang).lower() for lang in languages()}
    rows = []
    for line in csv.reader(io.StringIO(text)):
        cells = [c.strip() for c in line]
        if not any(cells) or cells[0].lower() in heads:
            continue
        cells += [""] * (3 - len(cells))
        alias, group, role = cells[:3]
        if not 1 <= len(alias) <= rules.LONGEST_ALIAS or role not in by_role or (group or "1") not in by_name:
            raise Refused("bad_roster", 422)
        rows.append([alias, by_name[group or "1"], by_role[role]])
    if not rows or len(rows) > rules.MOST_PLAYERS:
        raise Refused("bad_roster", 422)
    return rows


def _add_group(app: FastAPI) -> None:
    @app.post("/teacher/{sid}/{gid}/do/{act}")
    async def act(request: Request, sid: str, gid: str, act: str) -> Response:
        """One act of the desk on a group; `gid` may be all."""
        fields = await form(request, teacher(request))
        session, room = _session(request, sid), program(request).room
        groups = list(session.groups.values()) if gid == "all" else [rules.check_group(session, gid)]
        for group in groups:
            try:
                await _act(room, session, group, act, fields)
            except Refused:
                if gid != "all":
                    raise
        # what is being computed is seen where it was asked for
        return back(f"/teacher/{sid}/{gid}/debrief" if act == "compare" and gid != "all" else f"/teacher/{sid}")

    @app.get("/teacher/{sid}/{gid}/role/{role}")
    async def seat(request: Request, sid: str, gid: str, role: str) -> Response:
        """One role's form on the teacher's screen: for a class with one screen and paper sheets."""
        token = teacher(request)
        session, group = group_of(request, sid, gid)
        rules.check_role(session, role)
        room, lang = program(request).room, language(request)
        facts = views.own_facts(room, session, group, role, lang)
        return page(
            request, "seat.html", lang, token=token, session=session, frame=views.frame(session, group, lang),
            role=views.role_sheet(session, role, lang), facts=facts,
            levers=views.lever_rows(session, role, group, facts["did"], lang) if facts["alive"] else [],
            meeting=views.meeting(room, session, group, role, lang),
            budget=views.spending(room, session, group, role, lang),
        )  # fmt: skip

    @app.post("/teacher/{sid}/{gid}/role/{role}/{act}")
    async def act_for(request: Request, sid: str, gid: str, role: str, act: str) -> Response:
        fields = await form(request, teacher(request))
        session, group = group_of(request, sid, gid)
        rules.check_role(session, role)
        room = program(request).room
        if act == "decide":
            rules.check_deciding(group)
            levers = read_levers(session, group, role, fields, room.outcome(session, group))
            room.write(session, "decided", group=gid, role=role, by="teacher", levers=levers)
        elif act == "propose":
            room.write(session, "proposed", group=gid, **read_motion(session, group, role, fields))
        elif act == "vote":
            room.write(session, "voted", group=gid, **read_vote(group, role, fields))
        else:
            raise Refused("page", 404)
        return back(f"/teacher/{sid}/{gid}/role/{role}")


async def _act(room: Any, session: Session, group: Group, act: str, fields: dict[str, str]) -> None:
    if act == "next":
        if fields.get("phase", group.phase) != group.phase:
            raise Refused("not_now")  # pressed twice, or somebody else was faster
        room.advance(session, group)
        if group.phase == DEBRIEF:
            debrief.ask(room, session, group)  # while the class talks
    elif act in ("pause", "resume"):
        room.write(session, "paused" if act == "pause" else "resumed", group=group.gid)
    elif act == "extend":
        if group.ends is None and group.left is None:
            raise Refused("not_now")
        room.write(session, "extended", group=group.gid, seconds=rules.EXTENSION)
    elif act == "undo":
        room.undo(session, group)
    elif act == "debrief":
        if group.phase != "results" or group.rehearsal:
            raise Refused("not_now")
        room.write(session, "phase", group=group.gid, phase=DEBRIEF, seconds=0.0)
        debrief.ask(room, session, group)
    elif act == "fork":
        room.fork(session, group, int(number(fields.get("rounds", "0"))))
    elif act == "inject":
        await room.inject(session, group, fields.get("shock", ""))
    elif act == "compare":
        debrief.compare_with(room, session, group, fields.get("other", ""))
    else:
        raise Refused("page", 404)


def desk_view(home: Program, session: Session, lang: str) -> dict[str, Any]:
    """Everything on the desk."""
    from sim.vocabulary.words import label

    card = content.card_of(session)
    room, now = home.room, time.monotonic()
    join = home.address + "/?code=" + session.code
    away = {p for p in session.players if now - room.seen.get((session.sid, p), 0.0) > AWAY}
    listening = bool(room.waiting.get(session.sid))
    return {
        "sid": session.sid, "code": session.code, "join": join, "picture": qr_path(join), "listening": listening,
        "title": session.title or card.label[lang], "card": card.label[lang],
        "seed": session.seed, "sensitive": session.sensitive, "controls": session.controls, "alone": session.alone,
        "players": [
            {"id": p, "alias": one.alias, "group": one.group, "role": one.role, "gone": one.gone, "away": p in away}
            for p, one in session.players.items()
        ],
        "roles": [{"name": r, "label": content.roles()[r].label[lang]} for r in card.roles],
        "shocks": [{"name": s, "label": label(f"shock.{s}", lang)} for s in card.shocks],
        "groups": [
            {**views.frame(session, g, lang), "states": role_states(session, g, lang), "name": g.name,
             "rounds": len(g.history), "injected": len(g.injected), "undone": g.undone, "origin": g.origin,
             "opened": room.outcome(session, g) is not None,
             "can": {"next": g.phase not in ("running", "debrief"), "undo": bool(g.history) and g.phase != "running",
                     "debrief": g.phase == "results" and not g.rehearsal}}
            for g in session.groups.values()
        ],
        "guide": [x[lang] for x in card.guide],
    }  # fmt: skip
