"""Six browsers play an exercise from the first page to the debrief; every page is looked at by axe; nothing leaves."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest

from tests.exercise.classroom import PASSWORD

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
    pytest.mark.skipif(importlib.util.find_spec("playwright") is None, reason="playwright is not installed"),
    pytest.mark.skipif(importlib.util.find_spec("axe_core_python") is None, reason="axe is not installed"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # playwright's own sockets
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
ROLES = ("street_office", "party", "committee", "station", "firm", "rep_1")
PHONE, WALL = {"width": 390, "height": 844}, {"width": 1920, "height": 1080}


@pytest.fixture(scope="module")
def browser(school, tmp_path_factory):
    from playwright.sync_api import sync_playwright

    from sim.exercise.type import build

    school.home.type_folder = tmp_path_factory.mktemp("type")
    build(school.home.type_folder)
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


class Watched:
    """A page whose requests and complaints are written down."""

    def __init__(self, browser, base, lang="zh-CN", size=PHONE):
        self.asked, self.said = [], []
        self.bytes = 0
        self.page = browser.new_context(locale=lang, viewport=size, base_url=base).new_page()
        self.page.on("request", lambda r: self.asked.append(r.url))
        self.page.on("pageerror", lambda e: self.said.append(str(e)))
        self.page.on("console", lambda m: self.said.append(m.text) if m.type == "error" else None)

    def axe(self):
        """Violations of WCAG A and AA that axe finds on the page as it is."""
        import axe_core_python

        source = next(Path(axe_core_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
        self.page.evaluate(source + "; undefined")
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
        found = self.page.evaluate("tags => axe.run({runOnly: tags})", tags)
        return [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]]


def test_six_browsers_play_and_axe_finds_nothing(school, browser):
    clerk = school.teacher()
    session = school.open(clerk)
    desk = Watched(browser, school.base, size=WALL)
    desk.page.goto("/teacher")
    assert desk.axe() == []
    desk.page.fill("#password", PASSWORD)
    desk.page.click("button.main")
    desk.page.wait_for_url("**/teacher")
    assert desk.axe() == []
    people = {}
    for i, role in enumerate(ROLES):
        one = people[role] = Watched(browser, school.base, lang="en-US" if i % 2 else "zh-CN")
        one.page.goto("/")
        if not i:
            assert one.axe() == []
        one.page.fill("#code", session.code)
        one.page.fill("#alias", f"p {role}")
        one.page.click("button.main")
        one.page.wait_for_url("**/me")
        if not i:
            assert one.axe() == []
        one.page.click(f"#r-{role}")
        one.page.wait_for_selector("[data-live=do]")
    desk.page.goto(f"/teacher/{session.sid}")
    assert desk.axe() == []
    wall = Watched(browser, school.base, size=WALL)
    wall.page.context.add_cookies(desk.page.context.cookies())
    wall.page.goto(f"/teacher/{session.sid}/g1/wall")
    assert wall.axe() == []
    group = session.groups["g1"]
    for number in (1, 2):
        for _ in range(2):
            desk.page.click("#g1-next")
            desk.page.wait_for_load_state()
        for role, one in people.items():  # pushed: nobody reloads
            one.page.wait_for_selector("form.levers select:enabled", timeout=5000)
            select = one.page.locator("form.levers select").first
            select.focus()
            select.select_option(index=2)
            one.page.keyboard.press("Tab")
            if number == 1 and role == "committee":
                assert one.axe() == []
            one.page.locator("form.levers button.main").press("Enter")  # by keyboard
            one.page.wait_for_load_state()
        school.wait(lambda: group.submitted == set(ROLES))
        desk.page.click("#g1-next")
        head = people["committee"].page
        head.wait_for_selector("form[action='/me/propose']", state="attached", timeout=5000)
        head.locator("[data-live=propose] summary").click()
        head.select_option("#measure", "patches")
        head.locator("form[action='/me/propose'] button").click()
        for role in ("party", "committee"):
            people[role].page.wait_for_selector("#y-1", timeout=5000)
            people[role].page.click("#y-1")
        school.wait(lambda: len(group.proposals) == 1 and len(group.proposals[0].votes) == 2)
        if number == 1:
            assert people["party"].axe() == []
        desk.page.wait_for_load_state()
        desk.page.click("#g1-next")
        school.wait(lambda n=number: len(group.history) == n and group.phase == "results")
        people["firm"].page.wait_for_selector("[data-live=do] h3", timeout=5000)
        if number == 1:
            assert people["firm"].axe() == []
        desk.page.wait_for_selector("#g1-undo")
    school.act(clerk, session, "debrief")
    school.act(clerk, session, "compare")
    school.wait(lambda: 'class="busy"' not in clerk.get(f"/teacher/{session.sid}/g1/debrief").text)
    for path in ("debrief", "print", "wall", "role/party"):
        wall.page.goto(f"/teacher/{session.sid}/g1/{path}")
        wall.page.wait_for_load_state("load")
        assert wall.axe() == [], path
    for one in [*people.values(), desk, wall]:
        assert one.said == []
        assert all(u.startswith((school.base, "data:", "blob:")) for u in one.asked)


def test_first_page_is_light(school, browser):
    one = Watched(browser, school.base)
    sizes = {}
    one.page.on("response", lambda r: sizes.setdefault(r.url, r))
    one.page.goto("/")
    one.page.wait_for_load_state("networkidle")
    weight = {u: len(r.body()) for u, r in sizes.items()}
    assert sum(n for u, n in weight.items() if "/static/type" not in u) < 150_000
    assert all(n < 1_100_000 for u, n in weight.items() if "/static/type" in u)


def test_a_page_without_a_stream_asks_instead(school, browser):
    clerk = school.teacher()
    session = school.open(clerk)
    one = Watched(browser, school.base)
    one.page.route("**/me/stream", lambda route: route.abort())
    one.page.goto("/")
    one.page.fill("#code", session.code)
    one.page.fill("#alias", "断线")
    one.page.click("button.main")
    one.page.wait_for_url("**/me")
    one.page.click("#r-party")
    one.page.wait_for_selector("[data-live=do]")
    school.act(clerk, session, "next")
    one.page.wait_for_selector("form.levers select:enabled", timeout=5000)
