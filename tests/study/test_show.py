"""What the user is told: plain lines without a terminal, a word about every run that did not complete."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from sim.study import show
from sim.study.worker import Record


def test_plain_lines_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(show, "LINE_SECONDS", 0.0)
    out = io.StringIO()
    told = show.Told(Console(file=out))
    told.begin(10, 4)
    told.advance([Record(0, 0, 4, "ok"), Record(0, 1, 4, "failed", "the [lift] is stuck")])
    told.end()
    lines = out.getvalue().splitlines()
    assert lines[0] == "4 of 10 runs done"
    assert "a run failed (replicate 4): the [lift] is stuck" in lines
    assert lines[-1].startswith("6 of 10 runs done, about") and lines[-1].endswith("left")


def test_a_bar_on_a_terminal() -> None:
    out = io.StringIO()
    told = show.Told(Console(file=out, force_terminal=True, width=100))
    told.begin(2, 0)
    told.advance([Record(0, 0, 0, "ok"), Record(0, 1, 0, "ok")])
    told.end()
    assert "2/2" in out.getvalue() and "time left" in out.getvalue()


@pytest.mark.parametrize(("value", "words"), [(3, "3 s"), (0.1, "1 s"), (600, "10 min"), (9000, "2.5 h")])
def test_durations(value: float, words: str) -> None:
    assert show.duration(value) == words


def test_sizes_and_numbers() -> None:
    assert show.size(1500) == "1.5 kB" and show.size(3.2e9) == "3.2 GB"
    assert [show.decimals(x) for x in (0.0, 0.0123, 0.5, 12.0, 12345.0)] == [2, 4, 3, 1, 0]
    assert show.number(float("nan"), 2) == "-" and show.number(0.01234, 4) == "0.0123"
    assert show.number(-0.001, 2) == "0.00"
