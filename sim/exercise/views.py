"""What each page holds. A player's page is built here alone, from what the role may know and what is public."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from sim.exercise import budget, content, rules
from sim.exercise.budget import Pot
from sim.exercise.content import PUBLIC, say
from sim.exercise.machine import DEBRIEF, LOBBY, NEGOTIATE, OPEN, PHASES, RESULTS, RUNNING, Group, Proposal, Session
from sim.exercise.own import FIGURES
from sim.exercise.room import Room
from sim.observe.indicators import INDICATORS


def bare(value: float | None, unit: str) -> str:
    """A number whose unit stands elsewhere; shares in per cent."""
    if value is None:
        return "–"
    if unit == "share":
        return f"{100 * value:.1f}%"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def fact(value: float, unit: str) -> str:
    """A number of an observation; its unit stands with the label, except the sign of a percentage."""
    if unit == "share":
        return f"{100 * value:.0f}%"
    return f"{value:,.0f}" if abs(value) >= 20 or value == int(value) else f"{value:.1f}"


def fact_label(item: content.Fact, lang: str) -> str:
    """What an observation is called, with its unit."""
    from sim.charts.prose import bracketed

    word = "" if item.unit == "share" else content.unit(item.unit, lang)
    return bracketed(item[lang], word, lang) if word else item[lang]


def indicators(
    names: tuple[str, ...] | list[str], values: Mapping[str, float | None], lang: str
) -> list[dict[str, Any]]:
    """Label with unit, and value, of some indicators."""
    return [{"label": measure(n, lang), "value": bare(values.get(n), INDICATORS[n].unit)} for n in names]


def measure(name: str, lang: str) -> str:
    """What an indicator is called, with its unit unless that is a sign of percentage."""
    from sim.charts.prose import bracketed, unit_text

    item = INDICATORS[name]
    return bracketed(item.label[lang], "" if item.unit == "share" else unit_text(item.unit, lang), lang)


def clock(group: Group) -> dict[str, Any]:
    """The timer: seconds left, and whether it runs."""
    if group.left is not None:
        return {"seconds": int(group.left), "runs": False}
    if group.ends is not None:
        return {"seconds": max(0, int(group.ends - time.time())), "runs": True}
    return {"seconds": None, "runs": False}


def frame(session: Session, group: Group, lang: str) -> dict[str, Any]:
    """Where a group stands; known to everybody in it."""
    card = content.card_of(session)
    total = len(group.plan) - (1 if group.rehearsal else 0)
    steps = [p for p in PHASES if p not in (LOBBY, RUNNING)]
    return {
        "title": card.label[lang],
        "brief": brief(session, lang),
        "group": group.name,
        "gid": group.gid,
        "phase": group.phase,
        "steps": [{"name": s, "label": say(f"phase_{s}", lang), "now": s == group.phase} for s in steps],
        "number": group.number,
        "total": total,
        "rehearsal": group.rehearsal and group.phase != LOBBY,
        "weeks": group.weeks if group.phase not in (RESULTS, RUNNING) else group.history[-1].round.weeks,
        "clock": clock(group),
        "structure": say("structure_now", lang, name=structure_name(session, group, lang)),
    }


def brief(session: Session, lang: str) -> str:
    """What the community is like: the scenario's own words, or the figures of a class's own community."""
    card = content.card_of(session)
    figures = dict(w.split("=", 1) for w in session.words[len(card.setting) :])
    if not figures:
        return card.brief[lang]
    given = []
    for name, f in FIGURES.items():
        if f.key in figures:
            value = f"{100 * float(figures[f.key]):g}" if f.percent else figures[f.key]
            given.append(say(f"own_{name}", lang) + say("colon", lang) + value)
    place = say(f"place_{figures['community']}", lang)
    return say("own_brief", lang, place=place, figures=say("listing", lang).join(given) or "–")


def structure_name(session: Session, group: Group, lang: str) -> str:
    """The structure that the group has now: the scenario's own or the last one adopted."""
    from sim.vocabulary.words import label

    for past in reversed(group.history):
        for event in reversed(past.round.events):
            if event["key"] == "structure":
                return label(f"structure.{event['value']}", lang)
    package = next((w.partition("=")[2] for w in session.words if w.startswith("package=")), "")
    return label(f"package.{package}", lang) if package else ""


def public(room: Room, session: Session, group: Group, lang: str) -> list[dict[str, Any]]:
    """The published handling record of the last round."""
    found = room.outcome(session, group)
    return indicators(PUBLIC, found["round"], lang) if found else []


def role_sheet(session: Session, role: str, lang: str) -> dict[str, Any]:
    """What a role is, wants and may, with the legal basis of its powers."""
    one, card = content.roles()[role], content.card_of(session)
    aim = card.aims.get(role)
    return {
        "name": role,
        "label": one.label[lang],
        "brief": one.brief[lang],
        "powers": [{"text": p.text[lang], "basis": p.basis.get(card.era, p.basis["2026"])[lang]} for p in one.powers],
        "aim": aim[lang] if aim else "",
        "goals": [INDICATORS[g].label[lang] for g in one.goals],
    }


def steps() -> list[tuple[float, str]]:
    """The values that a share may take, in words."""
    return [(i / content.STEPS, f"{100 * i // content.STEPS}%") for i in range(content.STEPS + 1)]


def lever_rows(session: Session, role: str, group: Group, did: Mapping[str, float], lang: str) -> list[dict[str, Any]]:
    """The form of a decision: each lever with its choices, what the agent did last and what was chosen."""
    mine = group.decisions.get(role, {})
    rows: list[dict[str, Any]] = []
    for name, lever in rules.levers(session, role).items():
        agent = did.get(name, 0.0)
        if lever.form == "flag":
            options = [(1.0, say("yes", lang)), (0.0, say("no", lang))]
            usual = say("yes" if agent >= 0.5 else "no", lang)
        else:
            options = steps()
            usual = f"{100 * agent:.0f}%"
        rows.append(
            {"name": name, "label": lever[lang], "usual": usual, "money": False,
             "hours": lever.hours, "options": [{"value": v, "label": t, "on": mine.get(name) == v} for v, t in options]}
        )  # fmt: skip
    return rows


def money_rows(role: str, own: list[Pot], group: Group, lang: str) -> list[dict[str, Any]]:
    """The lines of yearly money in the form of a decision, as amounts in yuan."""
    mine = group.decisions.get(role, {})
    there = {n: p for p in own for n in p.each}
    return [
        {"name": n, "label": line[lang], "usual": f"{there[n].usual[n]:,.0f}", "money": True,
         "hours": False, "value": f"{mine[n]:.0f}" if n in mine else "", "most": int(there[n].total)}
        for n, line in budget.lines(role).items() if n in there
    ]  # fmt: skip


def pot_rows(own: list[Pot], role: str, group: Group, lang: str) -> list[dict[str, Any]]:
    """Each budget of a role: what there is, what is spent as things stand, what is left."""
    mine = group.decisions.get(role, {})
    rows = []
    for pot in own:
        spent = pot.spent(mine)
        amounts = {"total": pot.total, "spent": spent, "left": pot.total - spent}
        rows.append(
            {"name": pot.name, "label": say(f"pot_{pot.name}", lang), "how": say(f"pot_{pot.name}_how", lang),
             "unit": content.unit(pot.unit, lang), "fixed": round(pot.fixed, 3), "most": round(pot.total, 3),
             "each": {n: round(v, 3) for n, v in pot.each.items()}, "usual": pot.usual, "plain": not pot.each,
             "year": pot.unit == "yuan_year",
             **{k: f"{v:,.0f}" for k, v in amounts.items()}, "over": spent > pot.total * 1.000001}
        )  # fmt: skip
    return rows


def motion(session: Session, group: Group, one: Proposal, structure: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """A motion in words, with its votes."""
    known = content.roles()
    if one.measure:
        text = content.measures()[one.measure][lang]
    else:
        lever = rules.sheet(one.role).decides[one.lever]  # type: ignore[union-attr]
        number = f"{100 * one.value:.0f}%" if lever.form == "share" else say("yes" if one.value else "no", lang)
        text = f"{known[one.role].label[lang]}{say('colon', lang)}{lever[lang]} → {number}"
    needed = rules.consent(structure, one)
    played = set(session.holders(group.gid)) | set(group.submitted)
    return {
        "number": one.number,
        "text": text,
        "why": one.why,
        "by": known[one.by].label[lang],
        "yes": [known[r].label[lang] for r, v in one.votes.items() if v],
        "no": [known[r].label[lang] for r, v in one.votes.items() if not v],
        "needs": known[needed].label[lang] if needed else "",
        "carried": rules.passes(structure, one, played),
        "votes": dict(one.votes),
    }


def meeting(room: Room, session: Session, group: Group, role: str, lang: str) -> dict[str, Any]:
    """The joint meeting: motions, and what may be moved."""
    from sim.vocabulary.words import label

    now = room.outcome(session, group)
    if now is None:
        return {"motions": [], "measures": [], "roles": [], "rule": "", "votes": False, "open": False}
    structure = now["structure"]
    card = content.card_of(session)
    return {
        "open": group.phase == NEGOTIATE,
        "motions": [motion(session, group, m, structure, lang) for m in group.proposals],
        "measures": [{"name": n, "label": m[lang]} for n, m in rules.measures(session).items()],
        "roles": [
            {"name": r, "label": content.roles()[r].label[lang],
             "levers": [{"name": n, "label": v[lang]} for n, v in rules.levers(session, r).items()]}
            for r in card.roles if r != content.OBSERVER
        ],
        "rule": say("meeting_rule", lang, deciding=label(f"deciding.{structure['deciding']}", lang),
                    seats=say("listing", lang).join(label(f"body.{s}", lang) for s in structure["seats"])),
        "votes": role != content.OBSERVER,
        "seated": rules.seated(structure, role) if role != content.OBSERVER else False,
        "steps": [{"value": v, "label": t} for v, t in steps()],
    }  # fmt: skip


def own_facts(room: Room, session: Session, group: Group, role: str, lang: str) -> dict[str, Any]:
    """What the holder of a role knows: facts of its own seat now and a round ago, nothing of another's."""
    now = room.outcome(session, group)
    sheet = rules.sheet(role)
    if now is None or sheet is None or not now["seats"].get(role):
        return {"ready": now is not None, "alive": False, "facts": [], "did": {}}
    seat = now["seats"][role]
    done = len(group.history) - (1 if group.phase == RUNNING else 0)
    before = room.outcome(session, group, done - 1) if done else None
    old = before["seats"][role]["knows"] if before and before["seats"].get(role) else {}
    facts = [
        {
            "label": fact_label(f, lang),
            "value": fact(seat["knows"][n], f.unit),
            "before": fact(old[n], f.unit) if n in old else "",
        }
        for n, f in sheet.knows.items()
    ]
    return {"ready": True, "alive": seat["alive"], "facts": facts, "did": seat["did"]}


def spending(room: Room, session: Session, group: Group, role: str, lang: str) -> dict[str, Any]:
    """The spending form of a role: its budgets, the lines of money, and whether money is divided this round."""
    own = budget.pots(role, room.outcome(session, group), group)
    money = money_rows(role, own, group, lang)
    return {"pots": pot_rows(own, role, group, lang), "money": money, "open": budget.starts_a_year(group),
            "none": bool(content.roles()[role].seats) and not any(p.unit != "h_week" for p in own)}  # fmt: skip


def player(room: Room, session: Session, pid: str) -> dict[str, Any]:
    """Everything on a player's page."""
    me = session.players[pid]
    lang = me.lang
    card = content.card_of(session)
    view: dict[str, Any] = {
        "me": {"alias": me.alias, "id": pid, "role": me.role, "group": me.group},
        "session": {"title": session.title, "alone": session.alone, "choose": session.choose, "sid": session.sid},
        "lang": lang,
        "card": {"title": card.label[lang], "brief": brief(session, lang)},
        "questions": questions(session, pid, lang),
    }
    if not me.group:
        view["groups"] = [{"gid": g.gid, "name": g.name} for g in session.groups.values() if not g.origin]
        return view
    group = session.groups[me.group]
    view["frame"] = frame(session, group, lang)
    if not me.role:
        view["open_roles"] = open_roles(session, group, lang)
        return view
    facts = own_facts(room, session, group, me.role, lang)
    view |= {
        "role": role_sheet(session, me.role, lang),
        "facts": facts,
        "levers": lever_rows(session, me.role, group, facts["did"], lang) if facts["alive"] else [],
        "budget": spending(room, session, group, me.role, lang),
        "deciding": group.phase in OPEN,
        "submitted": me.role in group.submitted,
        "partners": [a for a in session.holders(group.gid).get(me.role, []) if a != me.alias],
        "public": public(room, session, group, lang),
        "meeting": meeting(room, session, group, me.role, lang) if group.phase in (NEGOTIATE, RUNNING) else None,
        "debrief": group.phase == DEBRIEF,
        "adopted": adopted(room, session, group, lang),
        "notes": my_notes(session, pid, group, lang),
    }
    return view


def my_notes(session: Session, pid: str, group: Group, lang: str) -> list[dict[str, Any]]:
    """An observer's own notes on a group, the latest first."""
    from sim.exercise.debrief import note_words

    own = [n for n in session.notes.get(pid, ()) if n.group == group.gid]
    return [{"text": n.text, **note_words(n, lang)} for n in reversed(own)]


def adopted(room: Room, session: Session, group: Group, lang: str) -> list[str]:
    """What the last meeting adopted; known to everybody who sat there."""
    if group.phase not in (RESULTS, DEBRIEF) or not group.history:
        return []
    last = group.history[-1]
    before = room.outcome(session, group, len(group.history) - 1)
    structure = before["structure"] if before else {"assigns": [], "seats": [], "convener": "", "settles": "",
                                                     "quorum": 1.0, "deciding": "majority"}  # fmt: skip
    return [motion(session, group, m, structure, lang)["text"] for m in last.proposals if m.number in last.adopted]


def open_roles(session: Session, group: Group, lang: str) -> list[dict[str, Any]]:
    """The roles of a scenario with who holds each."""
    held = session.holders(group.gid)
    known = content.roles()
    return [
        {"name": r, "label": known[r].label[lang], "brief": known[r].brief[lang],
         "taken": held.get(r, [])}
        for r in content.card_of(session).roles
    ]  # fmt: skip


def questions(session: Session, pid: str, lang: str) -> dict[str, Any]:
    """Questions before and after, and whether this player has answered them."""
    card = content.card_of(session)
    group = session.groups.get(session.players[pid].group)
    when = "after" if group and group.phase == DEBRIEF else "before"
    ask = when == "after" or (group is not None and group.phase == LOBBY) or group is None
    return {
        "when": when,
        "due": ask and pid not in session.answers.get(when, {}),
        "rows": [{"text": q[lang], "options": [o[lang] for o in q.options]} for q in card.before_after],
    }
