"""The check of a built site notices what leads nowhere and what comes from elsewhere."""

from __future__ import annotations

from pathlib import Path

from scripts.docs.links import wrong


def test_a_site_that_holds_together_has_nothing_wrong(tmp_path: Path):
    one = '<h1 id="指标">x</h1><a href="b.html#part">b</a><a href="https://example.org">x</a>'
    other = '<p id="part"><a href="a.html#%E6%8C%87%E6%A0%87">a</a><a href="#part"></a>'
    (tmp_path / "a.html").write_text(one, "utf-8")
    (tmp_path / "b.html").write_text(other, "utf-8")
    assert wrong(tmp_path) == []


def test_lost_pages_lost_anchors_and_foreign_scripts_are_named(tmp_path: Path):
    (tmp_path / "a.html").write_text(
        '<a href="gone.html"></a><a href="#gone"></a><script src="https://cdn.org/x.js"></script><img src="gone.png">',
        "utf-8",
    )
    assert wrong(tmp_path) == [
        "a.html fetches https://cdn.org/x.js",
        "a.html leads to #gone, which has no such anchor",
        "a.html leads to gone.html, which does not exist",
        "a.html leads to gone.png, which does not exist",
    ]
