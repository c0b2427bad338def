"""Mutation testing of mechanisms: change one operator or number at a time and see whether the tests notice.

`python scripts/mutation.py [n=30] [seed=0] [only=ballots]` copies the package to a folder of its own, changes one
place, runs the tests that answer for that file and counts who notices. The score is the share that a test notices; what
is not noticed is listed with its line. docs/verification.md holds the last result. Whether the towns of the golden
battery notice an operator is another question (tests/golden/operators.py).
"""

from __future__ import annotations

import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from tests.changes import Change, changes  # noqa: E402

# the file that is changed, and the tests that answer for it
TARGETS = {
    "ballots": ("sim/model/elections/ballots.py", ("tests/rules/test_ballots_by_hand.py",
                                              "tests/verification/test_closed_forms.py")),
    "committee": ("sim/model/bodies/committee.py", ("tests/rules/test_the_committee_by_hand.py",
                                              "tests/verification/test_closed_forms.py")),
    "contract": ("sim/model/estates/contract.py", ("tests/estates/test_owners_committee.py",
                                                "tests/rules/test_ballots_by_hand.py")),
    "electing": ("sim/model/elections/electing.py", ("tests/people/test_elections.py",
                                                "tests/rules/test_who_is_chosen_by_hand.py")),
    "fees": ("sim/model/money/fees.py", ("tests/estates/test_fees_and_upkeep.py",)),
    "firm": ("sim/model/bodies/firm.py", ("tests/estates/test_seats.py", "tests/estates/test_fees_and_upkeep.py")),
    "founding": ("sim/model/estates/founding.py", ("tests/estates/test_owners_committee.py",)),
    "learning": ("sim/model/people/learning.py", ("tests/people/test_learning.py",
                                                "tests/verification/test_closed_forms.py")),
    "measures": ("sim/observe/measures.py", ("tests/observe/test_measures.py",
                                             "tests/verification/test_closed_forms.py")),
    "mediating": ("sim/model/cases/mediating.py", ("tests/rules/test_meetings_by_hand.py",)),
    "routing": ("sim/model/cases/routing.py", ("tests/rules/test_departments_and_the_gate_by_hand.py",
                                              "tests/rules/test_dates_and_calendars.py")),
    "staffing": ("sim/model/work/staffing.py", ("tests/means/test_staffing.py",)),
    "voting": ("sim/model/elections/voting.py", ("tests/people/test_elections.py",)),
    "working": ("sim/model/cases/working.py", ("tests/rules/test_a_queue_by_hand.py",
                                              "tests/rules/test_a_day_of_work_by_hand.py",
                                              "tests/verification/test_queues.py")),
}  # fmt: skip
TIMEOUT = 240.0  # seconds; a change that never ends is noticed


def places(tree: ast.Module) -> Iterator[Change]:
    """Operators and numbers inside functions; numbers of PARAMS are no behaviour of a function."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for statement in function.body:
                yield from changes(statement)
                for node in ast.walk(statement):
                    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
                        yield Change(node, f"{node.value} to {node.value + 1}", lambda at=node: _raise(at))


def _raise(node: ast.Constant) -> None:
    node.value += 1  # type: ignore[operator]


def noticed(folder: Path, tests: tuple[str, ...]) -> bool:
    """Whether a test fails in the copy."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    settings = {**os.environ, "PYTHONPATH": str(folder), "GONGZHI_CACHE": str(folder / "cache")}
    try:
        done = subprocess.run(command, cwd=folder, env=settings, capture_output=True, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return True
    if done.returncode not in (0, 1, 2):
        raise SystemExit(f"mutation.py: pytest ended with {done.returncode}: {done.stdout.decode()[-500:]}")
    return done.returncode != 0


def main() -> None:
    """Sample changes over all targets and print the score."""
    given = dict(word.split("=", 1) for word in sys.argv[1:])
    only = given.get("only")
    jobs = []
    for name, (path, tests) in TARGETS.items():
        if only in (None, name):
            tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
            jobs += [(name, path, tests, at) for at in range(sum(1 for _ in places(tree)))]
    random.Random(int(given.get("seed", "0"))).shuffle(jobs)
    jobs = jobs[: int(given.get("n", "30"))]
    score: dict[str, list[bool]] = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for part in ("sim", "tests", "configs", "experiments"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", folder)
        for number, (name, path, tests, at) in enumerate(jobs, 1):
            text = (ROOT / path).read_text(encoding="utf-8")
            tree = ast.parse(text)
            change = list(places(tree))[at]
            change.make()
            (folder / path).write_text(ast.unparse(tree), encoding="utf-8")
            found = noticed(folder, tests)
            (folder / path).write_text(text, encoding="utf-8")
            score.setdefault(name, []).append(found)
            said = "noticed " if found else "SURVIVED"
            print(f"{number}/{len(jobs)} {said} {path}:{change.line} {change.words}", flush=True)
    every = [found for own in score.values() for found in own]
    for name, own in score.items():
        print(f"{name}: {sum(own)} of {len(own)}")
    print(f"score: {sum(every)} of {len(every)} changes noticed ({sum(every) / max(1, len(every)):.0%})")


if __name__ == "__main__":
    main()
