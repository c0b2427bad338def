"""A class is played from the first page to the debrief, by posting forms as a browser would."""

from __future__ import annotations

import csv
import io
import time
import zipfile

from sim.exercise.machine import DEBRIEF, RESULTS


def test_a_whole_exercise(school):
    teacher = school.teacher()
    session = school.open(teacher)
    head = school.player(session, "甲", "committee")
    rep = school.player(session, "乙", "rep_1")
    watcher = school.player(session, "丙", "observer")
    school.act(teacher, session, "next")
    answer = head.post("/me/decide", round="1", lever_share_above="0.3", lever_outreach="0.2")
    assert answer.status_code == 200 and "已提交" in answer.text
    school.act(teacher, session, "next")
    school.act(teacher, session, "next")
    assert rep.post("/me/propose", measure="patches", why="<b>多走访</b>").status_code == 200
    page = head.get("/me").text
    assert "&lt;b&gt;多走访&lt;/b&gt;" in page and "<b>多走访" not in page
    head.post("/me/vote", number="1", yes="1")
    school.act(teacher, session, "inject", shock="demand_surge")
    group = school.play_round(teacher, session)
    past = group.history[0]
    assert past.round.seats["committee#1"] == {"share_above": 0.3, "outreach": 0.2}
    assert [e["key"] for e in past.round.events] == ["demand.all", "policy.patches"]
    assert past.adopted == [1] and len(past.digest) == 64
    assert "干部分片包户" in watcher.get("/me").text
    school.act(teacher, session, "next")
    school.play_round(teacher, session)
    school.act(teacher, session, "next")
    assert group.phase == DEBRIEF and group.finished
    school.act(teacher, session, "compare", other="structure=one_core_plural")
    school.act(teacher, session, "compare", other="package=proposed")
    at = f"/teacher/{session.sid}/g1"
    school.wait(lambda: 'class="busy"' not in teacher.get(f"{at}/debrief").text)
    page = teacher.get(f"{at}/debrief").text
    assert "代理人" in page and "无人作为" in page and "95%" in page and "文章建议" in page
    assert "逐位相同" in page, "the replay from the log equals what was live"
    for name in ("course", "records", "luck"):
        drawn = teacher.get(f"{at}/chart/{name}.en.svg")
        assert drawn.status_code == 200 and drawn.text.rstrip().endswith("</svg>")
    with zipfile.ZipFile(io.BytesIO(teacher.get(f"{at}/export").content)) as packed:
        rows = list(csv.DictReader(io.StringIO(packed.read("indicators.csv").decode("utf-8-sig"))))
        assert {r["arm"] for r in rows} == {"own", "agents", "nobody", "structure=one_core_plural", "package=proposed"}
        assert "luck.csv" in packed.namelist() and "README.txt" in packed.namelist()


def test_undo_makes_the_round_not_have_been(school):
    teacher = school.teacher()
    session = school.open(teacher)
    group = school.play_round(teacher, session)
    first = group.history[0].digest
    school.act(teacher, session, "undo")
    assert group.history == [] and group.phase == "brief"
    again = school.play_round(teacher, session)
    assert again.history[0].digest == first and again.undone == 1


def test_a_what_if_leaves_the_first_group_alone(school):
    teacher = school.teacher()
    session = school.open(teacher)
    group = school.play_round(teacher, session)
    before = group.history[0].digest
    school.act(teacher, session, "fork", rounds="0")
    other = session.groups["g2"]
    assert other.origin == "g1" and other.history == []
    at = f"/teacher/{session.sid}/g2/role/committee"
    assert teacher.post(f"{at}/decide", page=at, round="1", lever_outreach="1.0").status_code == 200
    school.play_round(teacher, session, "g2")
    assert other.history[0].digest != before
    assert group.history[0].digest == before and group.phase == RESULTS


def test_a_rehearsal_is_taken_back(school):
    teacher = school.teacher()
    session = school.open(teacher, plan="minutes_90")
    group = session.groups["g1"]
    assert group.rehearsal and group.plan[0] == 13
    school.play_round(teacher, session)
    school.act(teacher, session, "next")
    assert not group.rehearsal and group.history == [] and group.plan == [52] * 5 and group.number == 1


def test_who_sends_nothing_is_played_by_the_agent(school):
    """A round in which nobody decides equals the agents' own round, bit for bit."""
    from sim.exercise import debrief, engine

    teacher = school.teacher()
    session = school.open(teacher)
    school.player(session, "晚到者", "party")
    group = school.play_round(teacher, session)
    agents = debrief.baseline(session, group, "agents")
    assert engine.outcome(agents, {})["digest"] == group.history[0].digest


def test_one_person_sets_the_pace(school):
    teacher = school.teacher()
    session = school.open(teacher, alone="on")
    me = school.player(session, "独自", "party")
    group = session.groups["g1"]
    for _ in range(4):
        assert me.post("/me/next").status_code == 200
    school.wait(lambda: group.phase == RESULTS)
    assert len(group.history) == 1
    assert me.post("/me/compare").status_code == 409, "not before the debrief"
    me.post("/me/next")
    for _ in range(3):
        me.post("/me/next")
    school.wait(lambda: group.phase == RESULTS and len(group.history) == 2)
    me.post("/me/next")
    assert group.phase == DEBRIEF and me.post("/me/compare", other="structure=polycentric").status_code == 422
    assert me.post("/me/compare", page="/me/debrief", other="package=proposed").status_code == 200
    assert group.others[-1] == "package=proposed"


def test_our_own_community_is_what_is_played(school):
    teacher = school.teacher()
    own = {"own": "on", "own_archetype": "village_turned", "own_residents": "320", "own_aged": "31.5"}
    wrong = {"card": "swamped_committee", "plan": "trial", **own, "own_aged": "99"}
    assert teacher.post("/teacher/open", page="/teacher", **wrong).status_code == 422
    session = school.open(teacher, **own)
    me = school.player(session, "本地", "party")
    page = me.get("/me").text
    assert "村转居社区" in page and "320" in page and "31.5" in page and "三千人" not in page
    assert school.room.outcome(session, session.groups["g1"])["money"]["community.own_income"] > 1_000_000
    assert "三千人" not in teacher.get(f"/teacher/{session.sid}/g1/print").text


def test_roster_random_and_rejoining(school):
    teacher = school.teacher()
    session = school.open(teacher)
    at = f"/teacher/{session.sid}"
    files = {"roster": ("r.csv", "别名,小组,角色\n小王,1,station\n小李,1,物业项目经理\n".encode(), "text/csv")}
    teacher.client.post(f"{at}/roster", data={"csrf": teacher.word(at)}, files=files)
    school.player(session, "小王")
    school.player(session, "小李")
    school.player(session, "小赵")
    assert {p.alias: p.role for p in session.players.values()} == {"小王": "station", "小李": "firm", "小赵": ""}
    teacher.post(f"{at}/random", page=at)
    assert all(p.role for p in session.players.values())
    page = teacher.post(f"{at}/link", page=at, player="p1").text
    token = page.split("/again/")[1].split("<")[0].strip()
    from tests.exercise.classroom import Person

    other = Person(school.client())
    assert "回到你的座位" in other.get(f"/again/{token}").text
    assert str(other.client.post("/again", data={"token": token}).url).endswith("/me")
    assert "小王" in other.get("/me").text
    assert Person(school.client()).client.post("/again", data={"token": token}).status_code == 403


def test_the_timer_goes_on_by_itself_and_can_be_stopped(school):
    teacher = school.teacher()
    session = school.open(teacher, plan="minutes_90")
    group = session.groups["g1"]
    school.act(teacher, session, "next")
    assert group.phase == "brief" and 110 < group.ends - group.since <= 120
    school.act(teacher, session, "pause")
    assert group.ends is None and 100 < group.left <= 120
    school.act(teacher, session, "extend")
    assert 220 < group.left <= 240
    school.act(teacher, session, "resume")
    group.ends = time.time() - 1
    school.wait(lambda: group.phase == "decide")
    assert group.ends > time.time()


def test_a_round_that_the_engine_cannot_run_is_open_again(school, monkeypatch):
    from sim.exercise import engine

    teacher = school.teacher()
    session = school.open(teacher)
    me = school.player(session, "甲", "committee")
    group = session.groups["g1"]
    school.act(teacher, session, "next")
    me.post("/me/decide", round="1", lever_outreach="0.4")
    school.act(teacher, session, "next")
    school.act(teacher, session, "next")
    school.act(teacher, session, "inject", shock="staff_cut")

    def fails(*_):
        raise ValueError("no such engine")

    monkeypatch.setattr(engine, "outcome", fails)
    school.act(teacher, session, "next")
    school.wait(lambda: group.phase == "negotiate")
    assert group.history == [] and group.decisions["committee"] == {"outreach": 0.4} and len(group.injected) == 1
    monkeypatch.undo()
    school.play_round(teacher, session)
    assert group.history[0].round.seats["committee#1"] == {"outreach": 0.4}
    assert group.history[0].round.events[0]["key"] == "staff.cut"


def test_the_debrief_is_on_every_device_once_it_is_open(school):
    teacher = school.teacher()
    session = school.open(teacher)
    me = school.player(session, "甲", "committee")
    school.play_round(teacher, session)
    assert me.get("/me/debrief").status_code == 409 and me.get("/me/chart/course.zh.svg").status_code == 409
    school.act(teacher, session, "debrief")
    page = me.get("/me/debrief").text
    assert "实感与过程" in page and "/do/compare" not in page
    assert me.get("/me/chart/course.zh.svg").status_code == 200
    shown = school.act(teacher, session, "compare")
    assert shown.url.path.endswith("/debrief"), "where it is computed, not back at the desk"


def test_a_cell_is_no_formula():
    from sim.exercise.export import _csv

    rows = _csv(("a", "b"), [("=1+1", -2.5), ("@x", "+y"), ("-z", "平常")]).decode("utf-8-sig")
    assert rows == "a,b\r\n'=1+1,-2.5\r\n'@x,'+y\r\n'-z,平常\r\n"


def test_sheets_are_printed_in_both_languages(school):
    teacher = school.teacher()
    session = school.open(teacher)
    at = f"/teacher/{session.sid}/g1"
    school.act(teacher, session, "next")
    words = (("zh", "未经法律专业人员审核", "同意"), ("en", "not been checked by a jurist", "Consent"))
    for lang, check, word in words:
        page = teacher.get(f"{at}/print?lang={lang}").text
        assert page.count(check) == 1 + 11, "the guide and every role sheet"
        assert word in page and page.count("☐") >= 2 * 9
        slips = teacher.get(f"{at}/slips?lang={lang}").text
        assert slips.count('<section class="sheet">') == 10 and 'id="pot-year"' in slips
