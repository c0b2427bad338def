"""What the teacher shows and takes away: the wall, the debrief, charts, the archive, and what is printed."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response

from sim.exercise import budget, content, debrief, export, pictures, rules, views
from sim.exercise.content import say
from sim.exercise.forms import qr_path
from sim.exercise.machine import Group, Session
from sim.exercise.web import language, page, program, teacher


def group_of(request: Request, sid: str, gid: str) -> tuple[Session, Group]:
    """The session and the group of an address. Raises Refused when there is none."""
    session = program(request).room.session(sid)
    return session, rules.check_group(session, gid)


def add_pages(app: FastAPI) -> None:
    """Pages to look at, to print and to keep."""

    @app.get("/teacher/{sid}/{gid}/wall")
    async def wall(request: Request, sid: str, gid: str) -> Response:
        """For the projector: where the group stands, who has submitted, the public record. No private fact."""
        token = teacher(request)
        session, group = group_of(request, sid, gid)
        home, lang = program(request), language(request)
        join = home.address + "/?code=" + session.code
        return page(
            request, "wall.html", lang, token=token, frame=views.frame(session, group, lang), session=session,
            roles=role_states(session, group, lang), public=views.public(home.room, session, group, lang),
            motions=(views.meeting(home.room, session, group, content.OBSERVER, lang)["motions"]
                     if group.phase == "negotiate" else []),
            adopted=views.adopted(home.room, session, group, lang),
            join=join, address=home.address, picture=qr_path(join), version=session.version,
        )  # fmt: skip

    @app.get("/teacher/{sid}/{gid}/debrief")
    async def look_back(request: Request, sid: str, gid: str) -> Response:
        token = teacher(request)
        session, group = group_of(request, sid, gid)
        room, lang = program(request).room, language(request)
        return page(
            request, "debrief.html", lang, token=token, session=session, frame=views.frame(session, group, lang),
            d=debrief.view(room, session, group, lang), at=f"/teacher/{sid}/{gid}",
            live=f"/teacher/{sid}",
            desk=True, version=session.version, compare_at=f"/teacher/{sid}/{gid}/do/compare",
        )  # fmt: skip

    @app.get("/teacher/{sid}/{gid}/chart/{name}.{lang}.svg")
    async def chart(request: Request, sid: str, gid: str, name: str, lang: str) -> Response:
        teacher(request)
        session, group = group_of(request, sid, gid)
        return await pictures.answer(program(request).room, session, group, name, lang)

    @app.get("/teacher/{sid}/{gid}/export")
    async def take_away(request: Request, sid: str, gid: str) -> Response:
        teacher(request)
        session, group = group_of(request, sid, gid)
        data = export.archive(program(request).room, session, group)
        name = f"gongzhi-{session.code}-{group.gid}.zip"
        return Response(
            data, media_type="application/zip", headers={"content-disposition": f'attachment; filename="{name}"'}
        )

    @app.get("/teacher/{sid}/{gid}/print")
    async def sheets(request: Request, sid: str, gid: str) -> Response:
        """The guide, the plan, questions, measures and all role sheets, for the printer."""
        teacher(request)
        session, group = group_of(request, sid, gid)
        lang = language(request)
        card = content.card_of(session)
        return page(
            request, "print.html", lang, card=card, frame=views.frame(session, group, lang),
            roles=[
                {**views.role_sheet(session, r, lang),
                 "levers": [v[lang] for v in rules.levers(session, r).values()]
                 + [say("in_yuan", lang, what=v[lang]) for v in budget.lines(r).values()]}
                for r in card.roles
            ],
            plan=content.plans()[session.plan], measures=rules.measures(session), text=lambda w: w[lang],
            common=content.teaching(),
            holders={r: one.label[lang] for r, one in content.roles().items()}, desk=f"/teacher/{sid}",
        )  # fmt: skip

    @app.get("/teacher/{sid}/{gid}/slips")
    async def slips(request: Request, sid: str, gid: str) -> Response:
        """For a class on paper: a slip for each role with what it alone knows this round, to be handed out."""
        teacher(request)
        session, group = group_of(request, sid, gid)
        room, lang = program(request).room, language(request)
        return page(
            request, "slips.html", lang, frame=views.frame(session, group, lang),
            public=views.public(room, session, group, lang), adopted=views.adopted(room, session, group, lang),
            roles=[
                {"label": content.roles()[r].label[lang],
                 "facts": views.own_facts(room, session, group, r, lang),
                 "budget": views.spending(room, session, group, r, lang)}
                for r in content.card_of(session).roles if content.roles()[r].seats
            ],
        )  # fmt: skip


def role_states(session: Session, group: Group, lang: str) -> list[dict[str, Any]]:
    """Each role, who holds it, and whether it has submitted."""
    held = session.holders(group.gid)
    return [
        {"name": r, "label": content.roles()[r].label[lang], "held": held.get(r, []),
         "submitted": r in group.submitted, "decides": bool(content.roles()[r].seats)}
        for r in content.card_of(session).roles
    ]  # fmt: skip
