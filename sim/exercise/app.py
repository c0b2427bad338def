"""The pages of the class: coming in, a role, its decision, the meeting. The teacher's pages stand in `desk`."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, JSONResponse, Response

from sim.exercise import content, debrief, pictures, rules, views
from sim.exercise.desk import add_desk
from sim.exercise.forms import once, qr_path, read_levers, read_motion, read_vote
from sim.exercise.machine import DEBRIEF, LOBBY, Group, Session
from sim.exercise.rules import Refused
from sim.exercise.security import COOKIE, LINK_SECONDS, Guard, hashed
from sim.exercise.web import (
    HERE,
    Program,
    acting,
    address_of,
    back,
    empty_app,
    form,
    language,
    page,
    program,
    refused,
    set_cookie,
    stream,
    who,
)  # fmt: skip
from sim.vocabulary.words import languages

STATIC = {"app.js": "text/javascript", "app.css": "text/css", "icon.svg": "image/svg+xml"}
FONT = "type.woff"


def create(home: Program) -> FastAPI:
    """The application around a room."""

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        await home.room.start()
        yield
        await home.room.stop()

    app = empty_app()
    app.router.lifespan_context = life
    app.state.program = home
    app.add_exception_handler(Refused, refused)
    app.add_middleware(Guard)
    _add_static(app)
    _add_coming_in(app)
    _add_playing(app)
    add_desk(app)
    return app


def _add_static(app: FastAPI) -> None:
    @app.get("/static/{name}")
    async def static(request: Request, name: str) -> Response:
        if name in STATIC:
            return FileResponse(
                HERE / "static" / name, media_type=STATIC[name], headers={"cache-control": "max-age=60"}
            )
        folder = program(request).type_folder
        if name == FONT and folder and (folder / FONT).is_file():
            return FileResponse(folder / FONT, media_type="font/woff", headers={"cache-control": "max-age=86400"})
        raise Refused("page", 404)

    @app.get("/favicon.ico")
    async def icon() -> Response:
        return FileResponse(HERE / "static" / "icon.svg", media_type="image/svg+xml")

    @app.get("/health")
    async def health() -> JSONResponse:
        return JSONResponse({"ok": True})


def _add_coming_in(app: FastAPI) -> None:
    @app.get("/")
    async def first(request: Request) -> Response:
        try:
            who(request)
        except Refused:
            lang = language(request)
            response = page(request, "join.html", lang, code=request.query_params.get("code", "")[:12], wrong="")
            if request.query_params.get("lang") == lang:
                set_cookie(response, "lang", lang)
            return response
        return back("/me")

    @app.post("/join")
    async def join(request: Request) -> Response:
        home, lang = program(request), language(request)
        fields = await form(request)
        code, alias = fields.get("code", "")[:12], fields.get("alias", "")
        if home.joining.blocked(address_of(request)):
            return page(request, "join.html", lang, 429, code="", wrong=content.say("no_too_often", lang))
        session = home.room.by_code(code)
        if session is None:
            home.joining.fail(address_of(request))
            return page(request, "join.html", lang, 403, code=code, wrong=content.say("no_code", lang))
        try:
            _, token = home.room.join(session, alias, lang)
        except Refused as failed:
            wrong = failed.sentence(lang)
            return page(request, "join.html", lang, failed.status, code=code, wrong=wrong)
        response = back("/me")
        set_cookie(response, COOKIE, token)
        return response

    @app.get("/again/{token}")
    async def again_page(request: Request, token: str) -> Response:
        """A link from another device; a button takes the seat, so that nothing is taken by looking."""
        return page(request, "again.html", language(request), token_in=token[:64])

    @app.post("/again")
    async def again(request: Request) -> Response:
        home = program(request)
        fields = await form(request)
        if home.joining.blocked(address_of(request)):
            raise Refused("too_often", 429)
        old = fields.get("token", "")[:64]
        found = home.room.store.token(hashed("once:" + old), LINK_SECONDS)
        if found is None or found[0] not in home.room.sessions:
            home.joining.fail(address_of(request))
            raise Refused("come_in_first", 403)
        home.room.store.drop_token(hashed("once:" + old))
        session = home.room.sessions[found[0]]
        if session.players[found[1]].gone:
            home.room.write(session, "back", player=found[1])
        response = back("/me")
        set_cookie(response, COOKIE, home.room.new_token(*found))
        return response


def _opened(session: Session, pid: str) -> Group:
    """The player's group, when its debrief is open: until then what residents experience is not known."""
    group = rules.check_group(session, session.players[pid].group)
    if group.phase != DEBRIEF:
        raise Refused("not_now")
    return group


def _add_playing(app: FastAPI) -> None:
    @app.get("/me")
    async def me(request: Request) -> Response:
        home = program(request)
        try:
            session, pid, token = who(request)
        except Refused:
            return back("/")
        home.room.seen[session.sid, pid] = time.monotonic()
        view = views.player(home.room, session, pid)
        return page(request, "player.html", view["lang"], token=token, v=view, version=session.version)

    @app.get("/me/stream")
    async def changes(request: Request) -> Response:
        session, pid, _ = who(request)
        room = program(request).room
        room.seen[session.sid, pid] = time.monotonic()
        return stream(program(request), session.sid, f"{session.sid}:{pid}", lambda: session.version)

    @app.get("/me/version")
    async def version(request: Request) -> JSONResponse:
        session, pid, _ = who(request)
        program(request).room.seen[session.sid, pid] = time.monotonic()
        return JSONResponse({"version": session.version})

    @app.get("/me/debrief")
    async def look_back(request: Request) -> Response:
        """The debrief on one's own device, once the teacher has opened it."""
        session, pid, token = who(request)
        group, lang = _opened(session, pid), session.players[pid].lang
        room = program(request).room
        return page(
            request, "debrief.html", lang, token=token, session=session, frame=views.frame(session, group, lang),
            d=debrief.view(room, session, group, lang), at="/me", live="/me", desk=False, version=session.version,
            compare_at="/me/compare" if session.alone else "",
        )  # fmt: skip

    @app.get("/me/chart/{name}.{lang}.svg")
    async def chart(request: Request, name: str, lang: str) -> Response:
        session, pid, _ = who(request)
        return await pictures.answer(program(request).room, session, _opened(session, pid), name, lang)

    @app.post("/me/lang")
    async def speak(request: Request) -> Response:
        session, pid, token = who(request)
        acting(request, session.sid, pid)
        fields = await form(request, token)
        lang = fields.get("lang", "")
        if lang not in languages():
            raise Refused("bad_value", 422)
        program(request).room.write(session, "spoke", player=pid, lang=lang)
        return back("/me")

    @app.post("/me/role")
    async def choose(request: Request) -> Response:
        session, pid, token = who(request)
        acting(request, session.sid, pid)
        fields = await form(request, token)
        if not session.choose:
            raise Refused("no_choice", 403)
        gid, role = fields.get("group", session.players[pid].group), fields.get("role", "")
        group = rules.check_group(session, gid)
        if group.phase == DEBRIEF or group.origin:
            raise Refused("not_now")
        if session.players[pid].role and group.phase != LOBBY:
            raise Refused("no_change_now")
        program(request).room.assign(session, pid, gid, role)
        return back("/me")

    @app.post("/me/decide")
    async def decide(request: Request) -> Response:
        session, pid, token = who(request)
        acting(request, session.sid, pid)
        fields = await form(request, token)
        me = session.players[pid]
        group = rules.check_group(session, me.group)
        rules.check_deciding(group)
        room = program(request).room
        if fields.get("round", "") != str(group.number):
            raise Refused("stale_form")
        levers = read_levers(session, group, me.role, fields, room.outcome(session, group))
        room.write(session, "decided", group=group.gid, role=me.role, by=pid, levers=levers)
        return back("/me")

    @app.post("/me/propose")
    async def propose(request: Request) -> Response:
        session, pid, token = who(request)
        acting(request, session.sid, pid)
        fields = await form(request, token)
        me = session.players[pid]
        group = rules.check_group(session, me.group)
        motion = read_motion(session, group, me.role, fields)
        program(request).room.write(session, "proposed", group=group.gid, **motion)
        return back("/me")

    @app.post("/me/vote")
    async def vote(request: Request) -> Response:
        session, pid, token = who(request)
        acting(request, session.sid, pid)
        fields = await form(request, token)
        me = session.players[pid]
        group = rules.check_group(session, me.group)
        program(request).room.write(session, "voted", group=group.gid, **read_vote(group, me.role, fields))
        return back("/me")

    @app.post("/me/note")
    async def note(request: Request) -> Response:
        """An observer writes something down; only they read it before the debrief."""
        session, pid, token = who(request)
        acting(request, session.sid, pid)
        fields = await form(request, token)
        group = rules.check_group(session, session.players[pid].group)
        text = rules.check_note(session, group, pid, fields.get("text", ""))
        program(request).room.write(session, "noted", player=pid, group=group.gid, text=text)
        return back("/me")

    @app.post("/me/answers")
    async def answers(request: Request) -> Response:
        session, pid, token = who(request)
        acting(request, session.sid, pid)
        fields = await form(request, token)
        asked = views.questions(session, pid, session.players[pid].lang)
        if not asked["due"]:
            raise Refused("not_now")
        given = [fields.get(f"q{i}", "") for i in range(len(asked["rows"]))]
        for text, row in zip(given, asked["rows"], strict=True):
            if len(text) > rules.LONGEST_TEXT or (
                text and row["options"] and text not in map(str, range(len(row["options"])))
            ):
                raise Refused("bad_value", 422)
        program(request).room.write(session, "answered", player=pid, when=asked["when"], answers=given)
        return back("/me")

    @app.post("/me/next")
    async def go_on(request: Request) -> Response:
        """Who plays alone sets the pace."""
        session, pid, token = who(request)
        acting(request, session.sid, pid)
        await form(request, token)
        if not session.alone:
            raise Refused("teacher_only", 403)
        group = rules.check_group(session, session.players[pid].group)
        home = program(request)
        home.room.advance(session, group)
        if group.phase == DEBRIEF:
            debrief.ask(home.room, session, group)
        return back("/me")

    @app.post("/me/compare")
    async def compare(request: Request) -> Response:
        """Who plays alone compares without a teacher."""
        session, pid, token = who(request)
        acting(request, session.sid, pid)
        fields = await form(request, token)
        if not session.alone:
            raise Refused("teacher_only", 403)
        debrief.compare_with(program(request).room, session, _opened(session, pid), fields.get("other", ""))
        return back("/me/debrief")

    @app.post("/me/device")
    async def device(request: Request) -> Response:
        """A link that takes this seat to another device, once."""
        session, pid, token = who(request)
        acting(request, session.sid, pid)
        await form(request, token)
        home = program(request)
        link = once(home, session.sid, pid)
        return page(request, "device.html", session.players[pid].lang, token=token, link=link, picture=qr_path(link))

    @app.post("/me/leave")
    async def leave(request: Request) -> Response:
        session, pid, token = who(request)
        acting(request, session.sid, pid)
        await form(request, token)
        home = program(request)
        home.room.store.drop_token(hashed(token))
        home.room.write(session, "left", player=pid)
        response = back("/")
        response.delete_cookie(COOKIE)
        return response
