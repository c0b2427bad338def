"""What all pages share: the application, templates, who is asking, forms, errors, and the stream of changes."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from sim.exercise import content
from sim.exercise.machine import Session
from sim.exercise.room import Room
from sim.exercise.rules import Refused
from sim.exercise.security import (
    COOKIE,
    MOST_STREAMS,
    TEACHER_COOKIE,
    TOKEN_SECONDS,
    Limit,
    Password,
    csrf_of,
    hashed,
    same,
)
from sim.vocabulary.words import languages, own_name

HERE = Path(__file__).parent
HEARTBEAT = 15.0  # seconds between signs of life on a quiet stream
MOST_FIELDS = 80


@dataclass
class Program:
    """The running program: its room, its password, its limits, and where it is found."""

    room: Room
    password: Password
    address: str = ""
    joining: Limit = field(default_factory=lambda: Limit(10, 60.0, 200))  # wrong class codes
    teaching: Limit = field(default_factory=lambda: Limit(5, 60.0, 50))  # wrong passwords
    acting: Limit = field(default_factory=lambda: Limit(120, 60.0, 6000))  # forms of one seat, a minute
    streams: Counter[str] = field(default_factory=Counter)  # open streams by seat
    type_folder: Path | None = None


templates = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
)  # fmt: skip


def program(request: Request) -> Program:
    """The program that this application serves."""
    found: Program = request.app.state.program
    return found


def language(request: Request) -> str:
    """What somebody without a seat reads: as chosen, else as the browser asks."""
    chosen = request.query_params.get("lang") or request.cookies.get("lang", "")
    if chosen in languages():
        return chosen
    return "en" if request.headers.get("accept-language", "").lower().startswith("en") else "zh"


def code(lang: str) -> str:
    """The language as a browser knows it."""
    return "zh-CN" if lang == "zh" else lang


def page(request: Request, name: str, lang: str, status: int = 200, token: str = "", **values: Any) -> HTMLResponse:
    """A page from a template, in a language, with the form word of whoever asks."""

    def t(key: str, **inside: Any) -> str:
        return content.say(key, lang, **inside)

    tongues = [{"lang": o, "code": code(o), "name": own_name(o)} for o in languages() if o != lang]
    text = templates.get_template(name).render(
        t=t, lang=lang, code_of=code, tongues=tongues, csrf=csrf_of(token) if token else "",
        path=request.url.path, **values,
    )  # fmt: skip
    return HTMLResponse(text, status)


def back(where: str) -> RedirectResponse:
    """Answer a form by sending the browser to a page."""
    return RedirectResponse(where, 303)


def check_origin(request: Request) -> None:
    """A form that another site sent is refused."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Refused("foreign", 403)
    origin = request.headers.get("origin")
    if origin and origin != "null" and urlsplit(origin).netloc != request.headers.get("host", ""):
        raise Refused("foreign", 403)


async def form(request: Request, token: str = "") -> dict[str, str]:
    """The fields of a form as text; with a token the form word must belong to it."""
    check_origin(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise Refused("bad_form", 415)
    fields: dict[str, str] = {}
    async with request.form(max_fields=MOST_FIELDS, max_files=1) as data:
        for key, value in data.multi_items():
            if isinstance(value, str):
                fields[key] = value
                continue
            try:
                fields[key] = (await value.read()).decode("utf-8-sig")
            except UnicodeDecodeError:
                raise Refused("not_utf8", 422) from None
    if any("\x00" in v for v in fields.values()):
        raise Refused("bad_form", 422)
    if token and not same(fields.get("csrf", ""), csrf_of(token)):
        raise Refused("stale_form", 403)
    return fields


def who(request: Request) -> tuple[Session, str, str]:
    """Session, player and token of whoever asks. Refuses a stranger."""
    token = request.cookies.get(COOKIE, "")
    found = program(request).room.store.token(hashed(token), TOKEN_SECONDS) if token else None
    if found is None or not found[0] or found[0] not in program(request).room.sessions:
        raise Refused("come_in_first", 401)
    session = program(request).room.sessions[found[0]]
    if session.players[found[1]].gone:
        raise Refused("come_in_first", 401)
    return session, found[1], token


def teacher(request: Request) -> str:
    """The teacher's token. Refuses everybody else."""
    token = request.cookies.get(TEACHER_COOKIE, "")
    found = program(request).room.store.token(hashed(token), TOKEN_SECONDS) if token else None
    if found != ("", "teacher"):
        raise Refused("teacher_only", 401)
    return token


def set_cookie(response: Response, name: str, value: str) -> None:
    """Keep a token in the browser where no script can read it."""
    response.set_cookie(name, value, max_age=TOKEN_SECONDS, httponly=True, samesite="strict", path="/")


def address_of(request: Request) -> str:
    """Network address of who asks."""
    return request.client.host if request.client else "?"


async def refused(request: Request, failed: Exception) -> Response:
    """A page that says in one sentence why not."""
    assert isinstance(failed, Refused)
    lang = language(request)
    try:
        session, pid, _ = who(request)
        lang = session.players[pid].lang
    except Refused:
        pass
    home = "/teacher" if request.url.path.startswith("/teacher") else "/"
    return page(request, "refused.html", lang, failed.status, why=failed.sentence(lang), home=home)


def acting(request: Request, sid: str, pid: str) -> None:
    """Count one form of a seat. Refuses more of them than a person can send."""
    limit, seat = program(request).acting, f"{sid}:{pid}"
    if limit.blocked(seat):
        raise Refused("too_often", 429)
    limit.fail(seat)


def stream(home: Program, sid: str, seat: str, version: Callable[[], int]) -> StreamingResponse:
    """Server-sent events: the version of the session whenever it moves, and again as a sign of life."""

    room = home.room
    if home.streams[seat] >= MOST_STREAMS:
        raise Refused("too_often", 429)

    async def lines() -> AsyncIterator[str]:
        event = asyncio.Event()
        home.streams[seat] += 1
        room.waiting.setdefault(sid, set()).add(event)
        try:
            yield f"retry: 1000\ndata: {version()}\n\n"
            while True:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(event.wait(), HEARTBEAT)
                event.clear()
                yield f"data: {version()}\n\n"
                if sid not in room.sessions:
                    return
        finally:
            room.waiting.get(sid, set()).discard(event)
            home.streams[seat] -= 1
            if not home.streams[seat]:
                del home.streams[seat]

    return StreamingResponse(lines(), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


def empty_app() -> FastAPI:
    """An application without pages of its own: the interactive documentation would fetch from elsewhere."""
    return FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
