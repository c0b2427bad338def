"""A classroom for the tests: a real server on a free port with a small community, and clients that speak to it."""

from __future__ import annotations

import contextlib
import re
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from sim.exercise import content
from sim.exercise.app import create
from sim.exercise.cli import listen
from sim.exercise.machine import Group, Session
from sim.exercise.room import Room
from sim.exercise.security import Password
from sim.exercise.store import Store
from sim.exercise.web import Program

PASSWORD = "a-test-password"
PATIENCE = 120.0  # seconds: the first run of a version may have to compile


def small_card(name: str = "swamped_committee") -> str:
    """The text of a scenario with 300 residents."""
    text = content.card_text(name)
    text = re.sub(r"community\.residents=\d+", "community.residents=300", text)
    text = re.sub(r"warmup_years=\d+", "warmup_years=1", text)
    return re.sub(r"span=\d+", "span=2", text)


class SmallRoom(Room):
    """Opens every scenario with 300 residents."""

    def card_text(self, name: str) -> str:
        super().card_text(name)
        return small_card(name)


class Classroom:
    """The running server, and short ways to do what people do."""

    def __init__(self, home: Program, base: str) -> None:
        self.home, self.base = home, base
        self.room = home.room
        self.clients: list[httpx.Client] = []
        self.routes: list[Any] = []

    def client(self, **headers: str) -> httpx.Client:
        self.clients.append(httpx.Client(base_url=self.base, follow_redirects=True, headers=headers, timeout=30.0))
        return self.clients[-1]

    def teacher(self) -> Person:
        person = Person(self.client())
        person.post("/teacher/door", page="/teacher/door", password=PASSWORD)
        return person

    def open(self, teacher: Person, **fields: str) -> Session:
        given = {"card": "swamped_committee", "plan": "trial", "groups": "1", "choose": "on", **fields}
        answer = teacher.post("/teacher/open", page="/teacher", **given)
        assert answer.status_code == 200, answer.text
        session = self.room.sessions[str(answer.url).rsplit("/", 1)[1]]
        for group in session.groups.values():
            self.wait(lambda g=group: self.room.outcome(session, g) is not None)  # type: ignore[misc]
        return session

    def player(self, session: Session, alias: str, role: str = "", group: str = "g1") -> Person:
        person = Person(self.client())
        answer = person.post("/join", page="/", code=session.code, alias=alias)
        assert str(answer.url).endswith("/me"), answer.text
        if role:
            answer = person.post("/me/role", page="/me", group=group, role=role)
            assert answer.status_code == 200, answer.text
        return person

    def act(self, teacher: Person, session: Session, act: str, group: str = "g1", **fields: str) -> httpx.Response:
        at = f"/teacher/{session.sid}"
        return teacher.post(f"{at}/{group}/do/{act}", page=at, **fields)

    def play_round(self, teacher: Person, session: Session, group: str = "g1") -> Group:
        """Go on until the results of a round are there."""
        here = session.groups[group]
        while here.phase != "results" or not here.history:
            self.act(teacher, session, "next", group)
            self.wait(lambda: here.phase != "running")
        return here

    def wait(self, done: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not done():
            assert time.monotonic() < end, "waited too long"
            time.sleep(0.02)


class Person:
    """A browser without scripts: keeps cookies, takes the form word from the page before it posts."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def get(self, path: str) -> httpx.Response:
        return self.client.get(path)

    def word(self, page: str) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.client.get(page).text)
        return found.group(1) if found else ""

    def post(self, path: str, page: str = "/me", **fields: Any) -> httpx.Response:
        data = {"csrf": self.word(page), **fields}
        return self.client.post(path, data=data)


@contextlib.contextmanager
def classroom(folder: Path, room: type[Room] = SmallRoom) -> Iterator[Classroom]:
    """A server in a thread of this process; the engine in another thread."""
    listening = listen("127.0.0.1", 0)
    base = f"http://127.0.0.1:{listening.getsockname()[1]}"
    store = Store(folder / "exercise.db")
    with ThreadPoolExecutor(1) as engine:
        home = Program(room(store, engine), Password(PASSWORD), base)
        app = create(home)
        config = uvicorn.Config(app, log_level="error", access_log=False, timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            running = Classroom(home, base)
            running.routes = list(app.routes)
            yield running
        finally:
            for client in running.clients:
                client.close()
            server.should_exit = True
            thread.join(10)
            store.close()
            listening.close()
