"""Reading what a form says about a decision, a motion or a vote, and making links to a seat."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sim.exercise import budget, content, rules
from sim.exercise.machine import NEGOTIATE, Group, Session
from sim.exercise.rules import Refused
from sim.exercise.security import hashed, new_token

if TYPE_CHECKING:
    from sim.exercise.web import Program


def once(home: Program, sid: str, pid: str) -> str:
    """A link with a token that is good for one use."""
    token = new_token()
    home.room.store.add_token(hashed("once:" + token), sid, pid)
    return f"{home.address}/again/{token}"


def qr_path(text: str) -> tuple[int, str]:
    """A QR code as its size in modules and the path of an SVG."""
    import segno

    rows = segno.make(text, micro=False, error="m").matrix
    return len(rows), "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)


def read_levers(
    session: Session, group: Group, role: str, fields: dict[str, str], found: Mapping[str, Any] | None
) -> dict[str, float]:
    """The decision in a form, checked against powers and budgets: what is left to the agent stays out."""
    if not role:
        raise Refused("no_power", 403)
    given: dict[str, Any] = {}
    for key, value in fields.items():
        if key.startswith("lever_") and value != "":
            given[key.removeprefix("lever_")] = number(value)
    chosen = rules.check_levers(session, role, given)
    budget.check(role, chosen, found, group)  # says how many hours there are
    rules.check_hours(session, role, chosen)  # where the engine has not answered yet, or the body has none
    return chosen


def number(text: str) -> float:
    """A finite number from a form."""
    try:
        value = float(text[:12])
    except ValueError:
        raise Refused("bad_value", 422) from None
    if not math.isfinite(value):
        raise Refused("bad_value", 422)
    return value


def read_motion(session: Session, group: Group, by: str, fields: dict[str, str]) -> dict[str, Any]:
    """A proposal from a form. Raises Refused."""
    if not by:
        raise Refused("no_power", 403)
    role, _, lever = fields.get("lever", "").partition(":")
    value = number(fields.get("value", "0") or "0") if lever else 0.0
    measure = fields.get("measure", "")
    if not measure and not lever:
        raise Refused("bad_value", 422)
    return rules.check_proposal(session, group, by, measure, role, lever, value, fields.get("why", "").strip())


def read_vote(group: Group, by: str, fields: dict[str, str]) -> dict[str, Any]:
    """A vote from a form. Raises Refused."""
    if group.phase != NEGOTIATE:
        raise Refused("not_now")
    if not by or by == content.OBSERVER:
        raise Refused("no_power", 403)
    wanted = fields.get("number", "")
    if wanted not in {str(m.number) for m in group.proposals} or fields.get("yes") not in ("0", "1"):
        raise Refused("bad_value", 422)
    return {"by": by, "number": int(wanted), "yes": fields["yes"] == "1"}
