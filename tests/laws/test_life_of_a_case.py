"""A case goes from state to state as the table says, in every scenario, and only by the acts of one room."""

from __future__ import annotations

import ast
import warnings
from pathlib import Path

import pytest

import sim
from sim.engine.state import State
from sim.engine.tables import Table
from sim.model.cases import life
from sim.model.simulation import Model
from sim.vocabulary.codes import File
from tests.golden.battery import towns

PACKAGE = Path(sim.__file__).parent
ACTS = "model/cases/life.py"
OWNED = {"file", "closed", "last_closed", "wait"}  # columns of a case that its acts alone write
SMALL = ["community.residents=250", "warmup_years=0", "community.problems_per_1000=120"]
WEEKS = 26
WORLDS = {"proposed": [], "grievances": [], "cut": ["shock.start=8"], "exposed": ["shock.start=16"]}  # of the battery


def writes(path: Path) -> set[str]:
    """Columns of table case of which a file sets elements."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign | ast.AugAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                text = ast.unparse(target)
                if text.startswith(("case.", "state['case.")) and "[" in text:
                    found.add(text.removeprefix("state['").partition("[")[0].removeprefix("case.").rstrip("']"))
    return found


def test_nothing_else_writes_the_state_of_a_file():
    others = {
        path.relative_to(PACKAGE).as_posix(): writes(path) & OWNED
        for path in PACKAGE.rglob("*.py")
        if path.relative_to(PACKAGE).as_posix() not in (ACTS, "model/cases/problems.py")
    }
    assert {path: found for path, found in others.items() if found} == {}
    assert writes(PACKAGE / ACTS) >= OWNED
    assert "file" not in writes(PACKAGE / "model" / "cases" / "problems.py"), "a case begins unspoken"


@pytest.mark.slow
@pytest.mark.parametrize("town", WORLDS)
def test_no_other_transition_happens(town, monkeypatch):
    seen = set()

    def enter(n, file, case):
        before = File(int(case.file[n]))
        assert file in life.ALLOWED[before], f"{before.name} to {File(int(file)).name}"
        seen.add((before, File(int(file))))
        case.file[n] = file

    monkeypatch.setenv("NUMBA_DISABLE_JIT", "1")
    monkeypatch.setattr(life.enter, "py_func", enter)
    words = [w for w in towns()[town]["settings"] if not w.startswith(("community.residents", "warmup_years"))]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # keys of draws wrap around
        Model(sim.load([*words, *SMALL, *WORLDS[town]])).run_until(WEEKS)
    assert len(seen) > 15, "a town in which cases take many ways"


def case_table(**values):
    state = State({"case": 2, "body": 1, "community": 1})
    for name, value in values.items():
        state[f"case.{name}"] = value
    return state, Table("case", state.columns)


def test_a_file_is_closed_once_for_the_first_time_and_then_again():
    state, case = case_table(file=File.IN_WORK, closed=-1.0, last_closed=-1.0, judged=1)
    life.close(0, 7.0, 1, case)
    life.reopen(0, 9.0, 22.0, case)
    assert state["case.file"][0] == File.ROUTED and state["case.promised"][0] == 22.0
    assert state["case.paper"][0] == state["case.judged"][0] == 0 and state["case.ready"][0] == 9.0
    life.close(0, 12.0, 0, case)
    assert (state["case.closed"][0], state["case.last_closed"][0], state["case.judged"][0]) == (7.0, 12.0, 0)
    assert state["case.file"][1] == File.IN_WORK


@pytest.mark.parametrize(("file", "cause"), [
    (File.WAITING, 0), (File.ROUTED, 1), (File.NOT_PASSED_ON, 1), (File.WAIT_MEETING, 2), (File.WAIT_MONEY, 3),
    (File.WAIT_CONSENT, 4), (File.WAIT_DATE, 5), (File.IN_WORK, None),
])  # fmt: skip
def test_what_a_case_waited_for_is_booked_when_it_breaks_off(file, cause):
    state, case = case_table(file=file, since=3.0)
    life.break_off(0, 8.0, case)
    booked = [0.0] * 6
    if cause is not None:
        booked[cause] = 5.0
    assert state["case.wait"][0].tolist() == booked and state["case.since"][0] == 8.0


def test_a_case_that_has_ended_waits_for_nothing_when_it_is_dropped():
    for file, waited in ((File.CLOSED, 0.0), (File.NOT_PASSED_ON, 5.0)):
        state, case = case_table(file=file, since=3.0)
        life.drop(0, 8.0, case)
        assert state["case.file"][0] == File.DROPPED and state["case.wait"][0].sum() == waited


def test_what_was_kept_back_and_is_registered_outside_is_spoken_anew():
    state, case = case_table(file=File.NOT_PASSED_ON, since=3.0, redo=1, judged=1)
    life.register_outside(0, 8.0, case)
    assert state["case.file"][0] == File.SPOKEN and state["case.outside"][0] == 1
    assert state["case.redo"][0] == state["case.judged"][0] == 0
    assert state["case.ready"][0] == state["case.since"][0] == 8.0


def test_every_state_has_its_line_and_only_what_has_not_been_spoken_has_no_way_back():
    assert set(life.ALLOWED) == set(File)
    reached = {b for follows in life.ALLOWED.values() for b in follows}
    assert set(File) - reached == {File.NOT_SPOKEN}
