"""The page in this machine's own Chromium: accessible, interactive, offline, and readable without scripts."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sim.report import Written

pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium without a window."""
    sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (extra browser)")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    with sync.sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


def shown(browser: Any, brief: Written, **look: Any) -> Any:
    """The page, opened from its file."""
    page = browser.new_page(**{"viewport": {"width": 1280, "height": 800}, **look})
    page.asked, page.failed = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.failed.append(str(error)))
    page.on("console", lambda message: page.failed.append(message.text))
    page.goto(brief.brief.as_uri())
    return page


def opacity(mark: Any) -> str:
    """How much of a mark is seen."""
    return str(mark.evaluate("node => getComputedStyle(node).opacity"))


def test_no_barrier(browser: Any, brief: Written) -> None:
    """axe finds nothing in either language, with the tables behind the charts open.

    Inside the drawings it looks at everything but contrast, which it cannot tell there (the places that a pointer
    meets lie over the letters) and which is measured on the pixels in tests/charts.
    """
    axe = pytest.importorskip("axe_core_python", reason="axe-core-python is not installed (extra browser)")
    source = next(Path(axe.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
    page = shown(browser, brief)
    page.evaluate(source)
    for lang in ("zh", "en"):
        page.check(f"#lang-{lang}")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found = page.evaluate("axe.run({exclude: [['svg > *']]})")
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []
        assert len(found["passes"]) > 20
    some = "[...document.querySelectorAll('.in-en svg')].slice(0, 5)"
    found = page.evaluate(f"axe.run({some}, {{rules: {{'color-contrast': {{enabled: false}}}}}})")
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]] == []
    assert any(one["id"] == "svg-img-alt" for one in found["passes"])


def test_a_pointer_is_told_the_value(browser: Any, brief: Written) -> None:
    """Something stands beside the mark that the pointer meets, and goes when it leaves."""
    page = shown(browser, brief)
    mark = page.locator(".in-zh .hot").first
    mark.scroll_into_view_if_needed()
    mark.hover()
    assert "·" in page.locator("#tip").inner_text()
    page.locator(".in-zh h2").first.hover()
    assert page.locator("#tip").is_hidden()
    assert page.failed == [] and all(url.startswith(("file:", "data:")) for url in page.asked)


def test_arms_indicators_and_languages_switch(browser: Any, brief: Written) -> None:
    """An arm that is taken out leaves every table; another indicator redraws; the page says its language."""
    page = shown(browser, brief)
    rows = page.locator(".in-zh .explorer tbody tr")
    assert rows.count() == 3
    marks = page.locator('.in-zh .picture g[data-arm="same"]')
    assert marks.count() > 20 and float(opacity(marks.first)) == 1
    page.locator(".in-zh details.arms summary").focus()
    page.keyboard.press("Enter")
    page.locator(".in-zh details.arms input[value=same]").focus()
    page.keyboard.press("Space")
    assert rows.count() == 2 and "2 / 3" in page.locator(".in-zh details.arms summary").inner_text()
    assert float(opacity(marks.first)) < 0.2
    assert page.locator('.in-zh .hot[data-arm="same"]:visible').count() == 0
    assert page.locator('.in-zh .hot[data-arm="better"]:visible').count() > 5
    assert page.locator('.in-zh tr[data-arm="same"]:visible').count() == 0
    before = rows.first.inner_text()
    page.locator(".in-zh .explorer select").select_option("2")
    assert rows.first.inner_text() != before
    page.check("#lang-en")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator(".in-en h1").is_visible() and page.locator(".in-zh h1").is_hidden()
    assert page.locator(".in-en .explorer tbody tr").count() == 2


def test_an_arm_that_is_pointed_at_stands_out(browser: Any, brief: Written) -> None:
    """The others fade, by pointer and by keyboard, and come back."""
    page = shown(browser, brief)
    other = page.locator('.in-zh .picture g[data-arm="same"]').first
    page.locator(".in-zh details.arms summary").click()
    page.locator(".in-zh details.arms label").first.hover()
    assert float(opacity(other)) < 0.2
    assert float(opacity(page.locator('.in-zh .picture g[data-arm="better"]').first)) == 1
    page.mouse.move(2, 2)
    assert float(opacity(other)) == 1
    page.locator(".in-zh details.arms input").first.focus()
    assert float(opacity(other)) < 0.2 and page.failed == []


def test_fits_a_phone_and_does_without_scripts(browser: Any, brief: Written) -> None:
    """Nothing but charts and tables scrolls sideways; without scripts both languages can still be read."""
    page = shown(browser, brief, viewport={"width": 375, "height": 800})
    for lang in ("zh", "en"):
        page.check(f"#lang-{lang}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 375
    plain = shown(browser, brief, java_script_enabled=False)
    plain.check("#lang-en")
    assert plain.locator(".in-en h1").is_visible() and plain.locator(".in-zh h1").is_hidden()
    assert plain.locator(".explorer:visible, details.arms:visible").count() == 0
