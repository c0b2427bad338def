"""What a role may not know never reaches its browser: every role, every address, every phase, with marked numbers."""

from __future__ import annotations

import re

import pytest

from sim.exercise import content, rules
from tests.exercise.classroom import Person, SmallRoom, classroom

SEATS = [r for r in content.card("swamped_committee").roles if r != content.OBSERVER]
FIRST = 61_000  # marks are whole numbers from here on, which nothing else on a page comes near


def knows_mark(role: str, name: str) -> float:
    return FIRST + 100.0 * SEATS.index(role) + list(rules.sheet(role).knows).index(name)


def did_mark(role: str, name: str) -> float:
    return FIRST + 20_000 + 100.0 * SEATS.index(role) + list(rules.sheet(role).decides).index(name)


def hidden_mark(i: int) -> float:
    return FIRST + 40_000.0 + i


MONEY_MARK = FIRST + 60_000.0
MONEYED = ("street_office", "committee")  # whoever divides yearly money


class MarkedRoom(SmallRoom):
    """Every number that the engine gives is replaced by a mark that tells whose it is."""

    def outcome(self, session, group, rounds=None):
        found = super().outcome(session, group, rounds)
        if found is None:
            return None
        seats = {
            role: {
                **(seat or {}),
                "alive": True,
                "knows": {n: knows_mark(role, n) for n in rules.sheet(role).knows},
                "did": {n: did_mark(role, n) for n in rules.sheet(role).decides},
            }
            for role, seat in found["seats"].items()
        }
        names = [n for n in found["round"] if n not in content.PUBLIC]
        hidden = {n: hidden_mark(i) for i, n in enumerate(names)}
        money = {key: MONEY_MARK + i for i, key in enumerate(sorted(found["money"]))}
        return {**found, "seats": seats, "round": {**found["round"], **hidden}, "total": hidden, "money": money}


def forms(mark: float) -> tuple[str, ...]:
    """How a number may stand on a page."""
    return (f"{mark:.0f}", f"{mark:,.0f}", f"{100 * mark:.0f}", f"{100 * mark:,.0f}")


def leaks(text: str, me: str) -> list[str]:
    """Marks on a page that are not those of the role."""
    found: list[str] = []
    text = numbers(text)
    for role in SEATS:
        if role != me:
            found += [f"{role} knows {n}" for n in rules.sheet(role).knows if holds(text, knows_mark(role, n))]
        for n in rules.sheet(role).decides:
            if (role != me or rules.sheet(role).decides[n].sensitive) and holds(text, did_mark(role, n)):
                found.append(f"{role} did {n}")
    if me not in MONEYED:
        found += [f"money {i}" for i in range(5) if holds(text, MONEY_MARK + i)]
    return found + [f"hidden {i}" for i in range(400) if holds(text, hidden_mark(i))]


def numbers(text: str) -> frozenset[str]:
    """All numbers on a page, as they are written there."""
    return frozenset(re.findall(r"\d[\d,]*", text))


def holds(found: frozenset[str], mark: float) -> bool:
    return any(form in found for form in forms(mark))


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    with classroom(tmp_path_factory.mktemp("leak"), MarkedRoom) as running:
        yield running


def addresses(school, session):
    """Every address of the application with every method, filled with what exists."""
    fill = {"sid": session.sid, "gid": "g1", "role": "committee", "act": "next"}
    fill |= {"name": "course", "lang": "zh", "token": "x"}
    app_routes = [r for r in school.routes if hasattr(r, "methods")]
    for route in app_routes:
        for method in sorted(route.methods - {"HEAD"}):
            yield method, route.path.format(**fill)


def test_no_role_sees_what_is_another_s(marked):
    teacher = marked.teacher()
    session = marked.open(teacher)
    players = {r: marked.player(session, f"别名{i}", r) for i, r in enumerate([*SEATS, content.OBSERVER])}
    stranger = Person(marked.client())
    asked = set()
    for step in range(6):  # lobby, briefing, decisions, meeting, results, and the next briefing
        group = session.groups["g1"]
        if group.phase == "decide":
            secret = {"committee": "0.3", "street_office": "0.7"}
            players["committee"].post("/me/decide", round="1", lever_share_above=secret["committee"])
            players["street_office"].post("/me/decide", round="1", lever_delegate=secret["street_office"])
        for role, person in {**players, "": stranger}.items():
            page = person.get("/me")
            assert leaks(page.text, role) == []
            if role in SEATS and step:
                own = list(rules.sheet(role).knows)
                assert all(holds(numbers(page.text), knows_mark(role, n)) for n in own), (
                    "the role's own facts are shown"
                )
            if group.phase == "decide" and role not in ("committee", "street_office", ""):
                assert "selected" not in page.text, "decisions of others are private"
        if step in (1, 4):
            for role, person in {**players, "": stranger}.items():
                for method, path in addresses(marked, session):
                    if method != "GET" or path in ("/me/stream",):
                        continue
                    answer = person.client.get(path, follow_redirects=False)
                    asked.add(path)
                    assert answer.status_code < 500
                    assert leaks(answer.text, role) == [], (role, path)
                    if path.startswith("/teacher/") and path != "/teacher/door":
                        assert answer.status_code == 401, (role, path)
        marked.act(teacher, session, "next")
        marked.wait(lambda g=group: g.phase != "running")
    assert len(asked) > 15


def test_no_player_can_use_the_desk(marked):
    teacher = marked.teacher()
    session = marked.open(teacher)
    me = marked.player(session, "好奇", "committee")
    before = len(marked.room.store.events(session.sid))
    for method, path in addresses(marked, session):
        if method == "POST" and path.startswith("/teacher/") and path != "/teacher/door":
            assert me.post(path, player="p1", role="party", group="g1").status_code == 401, path
    assert len(marked.room.store.events(session.sid)) == before


def test_the_wall_shows_no_private_fact(marked):
    teacher = marked.teacher()
    session = marked.open(teacher)
    marked.player(session, "墙", "committee")
    marked.act(teacher, session, "next")
    text = teacher.get(f"/teacher/{session.sid}/g1/wall").text
    assert leaks(text, "") == [] and "墙" in text


def test_two_groups_do_not_touch_each_other(marked):
    teacher = marked.teacher()
    session = marked.open(teacher, groups="2")
    one = marked.player(session, "甲一", "committee", "g1")
    two = marked.player(session, "乙二", "committee", "g2")
    marked.act(teacher, session, "next", "g1")
    one.post("/me/decide", round="1", lever_outreach="1.0")
    assert "selected" not in two.get("/me").text
    assert session.groups["g2"].phase == "lobby" and session.groups["g2"].decisions == {}
    marked.play_round(teacher, session, "g1")
    assert session.groups["g2"].history == []
    marked.play_round(teacher, session, "g2")
    digests = [session.groups[g].history[0].digest for g in ("g1", "g2")]
    assert digests[0] != digests[1]
    other = marked.open(teacher)
    assert marked.player(other, "甲一", "party").get("/me").status_code == 200, "aliases are by class"
