"""Nothing acknowledged is lost: replay from the log, a killed server, a deleted class."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from sim.exercise import engine
from sim.exercise.engine import Play
from sim.exercise.machine import fold
from sim.exercise.store import Store
from tests.exercise.classroom import Person, small_card


def test_replay_from_the_log_equals_what_was_live(school):
    teacher = school.teacher()
    session = school.open(teacher)
    head = school.player(session, "甲", "committee")
    office = school.player(session, "乙", "street_office")
    for levers in ({"lever_share_above": "0.2"}, {"lever_outreach": "0.6"}):
        school.act(teacher, session, "next")
        head.post("/me/decide", round=str(session.groups["g1"].number), **levers)
        school.act(teacher, session, "next")
        school.act(teacher, session, "next")
        office.post("/me/propose", measure="gate_community", why="")
        office.post("/me/vote", number="1", yes="1")
        school.play_round(teacher, session)
    live = session.groups["g1"].history
    again = fold(session.sid, school.room.store.events(session.sid)).groups["g1"]
    engine.MODELS.kept.clear()
    assert live[0].round.seats["committee#1"] == {"share_above": 0.2}
    for i, past in enumerate(again.history):
        play = Play(session.words, session.seed, again.rounds[: i + 1])
        fresh = engine.Models(2)
        assert engine.digest(fresh.get(play)) == past.digest == live[i].digest
    one_run = engine.settings(Play(session.words, session.seed, again.rounds))
    assert one_run.weeks >= one_run.reform_week + 26


def test_deleting_a_class_leaves_nothing(school):
    teacher = school.teacher()
    session = school.open(teacher, title="将被删除的课堂名称")
    school.player(session, "要忘记的别名", "party")
    at = f"/teacher/{session.sid}"
    assert teacher.post(f"{at}/delete", page=at, sure="wrong").status_code == 422
    assert teacher.post(f"{at}/delete", page=at, sure=session.code).status_code == 200
    path = school.room.store.path
    for file in path.parent.glob(path.name + "*"):
        assert "要忘记的别名".encode() not in file.read_bytes()
    assert teacher.get(at).status_code == 404


def test_the_store_writes_through_to_the_disk(tmp_path):
    store = Store(tmp_path / "x.db")
    assert store.db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert store.db.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
    store.close()


def start(folder: Path, port: int) -> tuple[subprocess.Popen[str], str]:
    """The real program; returns it and the password once it listens."""
    words = [sys.executable, "-m", "sim", "exercise", f"port={port}", f"results_dir={folder}", "lang=en",
             f"configs={folder / 'configs'}"]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUTF8": "1"}
    program = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment)
    password = ""
    for line in program.stdout:
        found = re.search(r"teacher's password: (\S+)", line)
        password = found.group(1) if found else password
        if "Ctrl+C" in line:
            break
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/health").status_code == 200:
                break
        except httpx.TransportError:
            time.sleep(0.05)
    return program, password


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_server_loses_no_acknowledged_decision(tmp_path):
    from sim.exercise.cli import listen

    own = tmp_path / "configs" / "exercise"
    own.mkdir(parents=True)
    (own / "small.yaml").write_text(small_card().replace("name: swamped_committee", "name: small"), encoding="utf-8")
    probe = listen("127.0.0.1", 0)
    port = probe.getsockname()[1]
    probe.close()
    program, password = start(tmp_path, port)
    clients = []
    try:
        client = httpx.Client(base_url=f"http://127.0.0.1:{port}", follow_redirects=True, timeout=60)
        clients.append(client)
        teacher = Person(client)
        teacher.post("/teacher/door", page="/teacher/door", password=password)
        answer = teacher.post("/teacher/open", page="/teacher", card="small", plan="trial", groups="1", choose="on")
        sid = str(answer.url).rsplit("/", 1)[1]
        code = re.search(r'<strong class="code">(\w+)</strong>', answer.text).group(1)
        me = Person(httpx.Client(base_url=client.base_url, follow_redirects=True, timeout=60))
        clients.append(me.client)
        me.post("/join", page="/", code=code, alias="Ann")
        me.post("/me/role", group="g1", role="committee")
        teacher.post(f"/teacher/{sid}/g1/do/next", page=f"/teacher/{sid}")
        for value in ("0.1", "0.9", "0.4"):
            end = time.monotonic() + 60
            while 'name="lever_outreach"' not in me.get("/me").text:
                assert time.monotonic() < end
                time.sleep(0.2)
            assert me.post("/me/decide", round="1", lever_outreach=value).status_code == 200
            program.send_signal(signal.SIGKILL)  # right after the answer
            program.wait()
            program.stdout.close()
            program, password = start(tmp_path, port)
            began = time.monotonic()
            page = me.get("/me").text
            assert time.monotonic() - began < 5.0
            assert f'<option value="{value}" selected>' in page
        assert teacher.get(f"/teacher/{sid}").status_code == 200, "the teacher's cookie is still good"
        for _ in range(3):
            teacher.post(f"/teacher/{sid}/g1/do/next", page=f"/teacher/{sid}")
        program.send_signal(signal.SIGKILL)  # while the engine runs
        program.wait()
        program.stdout.close()
        program, password = start(tmp_path, port)
        end = time.monotonic() + 60
        while "Results of the round" not in me.get("/me").text and "本轮结果" not in me.get("/me").text:
            assert time.monotonic() < end
            time.sleep(0.2)
    finally:
        program.kill()
        program.wait()
        program.stdout.close()
        for client in clients:
            client.close()
    store = Store(tmp_path / "exercise" / "exercise.db")
    kinds = [e.kind for e in store.events(sid)]
    assert kinds.count("decided") == 3 and kinds.count("ran") == 1
    assert json.dumps(store.events(sid)[-1].data)
    store.close()
