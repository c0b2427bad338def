"""Titles over made-up tables of every kind: where every interval covers zero, no title says that anything differs."""

import functools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.analysis.effects import verdicts
from sim.charts import Setting, body_matrix, case_flow, course, groups, prose, takeaway, two_records
from sim.charts.case_flow import STANDS
from sim.charts.tables import CLAIM
from sim.store import open_study

from .conftest import ARMS

OTHERS = list(ARMS)[1:]
# a signed number, as a difference is written: levels and numbers of pairs carry no sign
SIGNED = re.compile(rf"(?<!\d)[+{prose.MINUS}]\d")  # "1+2" is the name of an arm
WAYS = {
    "en": re.compile(r"\b(better|worse|above|below|more|fewer|higher|lower)\b"),
    "zh": re.compile("更好|更差|高于|低于|多于|少于"),
}
# ends of an interval that covers zero, the difference inside it
covering = st.tuples(st.floats(-1, 0), st.floats(0, 1), st.floats(0, 1)).map(
    lambda t: (t[0], t[1], t[0] + t[2] * (t[1] - t[0]))
)
clear = st.tuples(st.floats(0.01, 1), st.floats(0.01, 1), st.sampled_from([-1, 1])).map(
    lambda t: tuple(sorted((t[2] * t[0], t[2] * (t[0] + t[1])))) + (t[2] * (t[0] + 0.5 * t[1]),)
)
pairs = st.integers(CLAIM, 99)


def rows(found: list[tuple[float, float, float]], n: int, **more: Any) -> pd.DataFrame:
    """A table of differences with their intervals."""
    table = pd.DataFrame(found, columns=["ci_low", "ci_high", "difference"]).assign(n=n, better=1)
    rows = table.assign(**more)
    return rows.assign(verdict=verdicts(rows, rows["better"]))


def of_arms(found: list[tuple[float, float, float]], n: int, setting: Setting) -> str:
    return takeaway.of_indicator(rows(found, n, arm=OTHERS[: len(found)], indicator="welfare"), "welfare", setting)


def of_groups(found: list[tuple[float, float, float]], n: int, setting: Setting) -> str:
    names = ["owner", "tenant", "local", "migrant", "young", "middle", "old", "vulnerable"][: len(found)]
    return groups._title(rows(found, n, arm=OTHERS[0], group=names), OTHERS[0], setting)


def of_ends(found: list[tuple[float, float, float]], n: int, setting: Setting) -> str:
    table = rows(found, n, arm=OTHERS[0], d=list(STANDS)[: len(found)], share=float("nan"))
    return case_flow._title(table, [setting.baseline, OTHERS[0]], setting)


def of_bodies(found: list[tuple[float, float, float]], n: int, setting: Setting) -> str:
    named = ["committee", "firm", "mass", "station", "party", "owners", "council", "board"]
    return body_matrix._title(rows(found, n, arm=OTHERS[0], a="committee", b=named[: len(found)]), [OTHERS[0]], setting)


def of_courses(found: list[tuple[float, float, float]], n: int, setting: Setting) -> str:
    table = rows(found, n, arm=OTHERS[0], quarter=range(len(found)))
    return course._title(table.rename(columns={"ci_low": "low", "ci_high": "high"}), "trust", setting)


def of_records(found: list[tuple[float, float, float]], n: int, setting: Setting) -> str:
    table = rows(found, n, arm=OTHERS[: len(found)], handling_record="closed_share", residents="welfare")
    return two_records._title(table, ("closed_share", "welfare"), setting)


TITLES: dict[str, Callable[[list[tuple[float, float, float]], int, Setting], str]] = {
    "arms": of_arms, "groups": of_groups, "ends": of_ends, "bodies": of_bodies, "courses": of_courses,
}  # fmt: skip


@functools.cache
def setting_of(folder: Path, lang: str) -> Setting:
    """The setting of the made-up study, opened once."""
    return Setting(open_study(folder), lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", TITLES)
@settings(max_examples=25, deadline=None)
@given(found=st.lists(covering, min_size=1, max_size=8), n=pairs)
def test_nothing_is_said_to_differ_where_zero_is_covered(
    made_up: Path, kind: str, lang: str, found: list[tuple[float, float, float]], n: int
) -> None:
    """No signed amount, no direction, no better or worse."""
    title = TITLES[kind](found, n, setting_of(made_up, lang))
    assert title and not SIGNED.search(title) and not WAYS[lang].search(title), title


@pytest.mark.parametrize("kind", ["arms", "groups", "ends", "bodies"])
@settings(max_examples=25, deadline=None)
@given(sure=clear, found=st.lists(covering, max_size=7), n=pairs)
def test_what_is_sure_is_said_with_its_own_sign(
    made_up: Path, kind: str, sure: tuple[float, float, float], found: list[tuple[float, float, float]], n: int
) -> None:
    """One clear difference among others is the one named, on the side of zero where its whole interval stands; no end
    of it is written as zero."""
    title = TITLES[kind]([*found, sure], n, setting_of(made_up, "en"))
    written = re.search(rf"(?<!\d)([+{prose.MINUS}])[\d.]+.*?\(([^()]*) to ([^()]*)\)", title)
    assert written, title
    assert (written[1] == "+") == (sure[2] > 0)
    assert all(re.search("[1-9]", end) and (end[0] == prose.MINUS) == (sure[2] < 0) for end in written.groups()[1:])


@pytest.mark.parametrize("kind", [*TITLES, "records"])
@settings(max_examples=10, deadline=None)
@given(found=st.lists(clear, min_size=1, max_size=8), n=st.integers(1, CLAIM - 1))
def test_few_pairs_say_nothing(made_up: Path, kind: str, found: list[tuple[float, float, float]], n: int) -> None:
    """However clear an interval looks."""
    title = {**TITLES, "records": of_records}[kind](found, n, setting_of(made_up, "en"))
    assert "too few to tell" in title and not SIGNED.search(title)


@settings(max_examples=25, deadline=None)
@given(found=st.lists(covering, min_size=1, max_size=8), more=st.lists(clear, max_size=8), n=pairs)
def test_a_record_is_above_only_where_its_gap_is(
    made_up: Path, found: list[tuple[float, float, float]], more: list[tuple[float, float, float]], n: int
) -> None:
    """Arms are counted by the interval of the gap, not by its mean."""
    every = [*found, *more][:8]
    title = of_records(every, n, setting_of(made_up, "en"))
    assert f" in {sum(low > 0 for low, _, _ in every)} of {len(every)} arms" in title
