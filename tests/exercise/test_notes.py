"""What observers write down is theirs alone until the debrief, and then everybody's."""

from __future__ import annotations

import io
import zipfile

SECRET = "书记在第三轮改了主意"


def archived(teacher, at) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(teacher.get(f"{at}/export").content)) as packed:
        return {n: packed.read(n).decode("utf-8-sig") for n in packed.namelist()}


def test_notes_are_private_until_the_debrief(school):
    teacher = school.teacher()
    session = school.open(teacher)
    watcher = school.player(session, "观察", "observer")
    other = school.player(session, "另一观察", "observer")
    head = school.player(session, "主任", "committee")
    at = f"/teacher/{session.sid}/g1"
    school.act(teacher, session, "next")
    assert head.post("/me/note", text=SECRET).status_code == 403
    assert watcher.post("/me/note", text=" ").status_code == 422
    assert watcher.post("/me/note", text="x" * 501).status_code == 422
    assert watcher.post("/me/note", text=SECRET + "<b>").status_code == 200
    page = watcher.get("/me").text
    assert SECRET in page and "<b>" not in page.split(SECRET)[1][:8] and "第 1 轮 · 通报" in page
    school.play_round(teacher, session)
    for text in (other.get("/me").text, head.get("/me").text, teacher.get(f"{at}/debrief").text,
                 teacher.get(f"/teacher/{session.sid}").text, *archived(teacher, at).values()):  # fmt: skip
        assert SECRET not in text
    school.act(teacher, session, "debrief")
    assert watcher.post("/me/note", text="太晚").status_code == 409
    for text in (head.get("/me/debrief").text, teacher.get(f"{at}/debrief").text):
        assert SECRET in text and "观察" in text
    files = archived(teacher, at)
    assert SECRET in files["notes.csv"] and SECRET in files["events.csv"]
    assert files["notes.csv"].splitlines()[0] == "time,round,phase,who,text"
