"""The pages under docs/how-to are followed to the letter: what they write is written, what they run is run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "how-to"
STEP = re.compile(r"(?P<say>(?:[^\n]+\n)*[^\n]+):\n\n```\w+\n(?P<body>.*?)```\n", re.DOTALL)
WRITE = re.compile(r"[Ww]rite\s+`([^`]+)`$")
APPEND = re.compile(r"[Aa]dd at the end of `([^`]+)`$")
INSERT = re.compile(r"[Ii]n `([^`]+)`, after the line that begins with `([^`]+)`, add$")
RUN, LATER = re.compile(r"\bRun$"), re.compile(r"\bRun later$")
COPIED = ("sim", "configs", "experiments", "tests", "pyproject.toml")
OWN_FOLDER = {"structure", "community"}  # pages that need no copy of the program: what they add are the user's files

pytestmark = pytest.mark.skipif(not PAGES.is_dir(), reason="needs the source checkout")


def steps(page: str) -> list[tuple[str, str]]:
    """Every code block of a page with the words that lead up to it."""
    text = (PAGES / f"{page}.md").read_text(encoding="utf-8")
    found = [(" ".join(m["say"].split()), m["body"]) for m in STEP.finditer(text)]
    blocks = re.findall(r"^```\w+$", text, re.MULTILINE)
    assert len(found) == len(blocks), f"{page}.md: a block that no words lead up to"
    return found


def place(folder: Path, name: str) -> Path:
    """A file of the page in the folder; parents are made."""
    path = folder / name
    assert path.resolve().is_relative_to(folder.resolve()), name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def write(folder: Path, say: str, body: str) -> bool:
    """Carry out a step that changes a file; False when the words say something else."""
    if match := WRITE.search(say):
        place(folder, match[1]).write_text(body, encoding="utf-8")
    elif match := APPEND.search(say):
        path = folder / match[1]
        path.write_text(path.read_text(encoding="utf-8") + body, encoding="utf-8")
    elif match := INSERT.search(say):
        path = folder / match[1]
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        at = [n for n, line in enumerate(lines) if line.lstrip().startswith(match[2])]
        assert len(at) == 1, f"{match[1]}: {len(at)} lines begin with {match[2]!r}"
        lines.insert(at[0] + 1, body)
        path.write_text("".join(lines), encoding="utf-8")
    else:
        return False
    return True


def run(folder: Path, line: str, copy: bool) -> str:
    """Run one command of a page in the folder."""
    words = {"gongzhi": [sys.executable, "-m", "sim"], "python": [sys.executable]}
    command, *rest = shlex.split(line)
    env = os.environ | {"MPLBACKEND": "Agg", "PYTHONDONTWRITEBYTECODE": "1"}
    env["PYTHONPATH"] = str(folder if copy else ROOT)
    if copy:
        env["GONGZHI_CACHE"] = str(folder / "cache")
    done = subprocess.run(
        [*words[command], *rest], cwd=folder, env=env, check=False,
        capture_output=True, encoding="utf-8", errors="replace",
    )  # fmt: skip
    assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


def copy_to(folder: Path) -> None:
    """Copy the program into a folder."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        else:
            shutil.copy(source, folder / name)


def follow(page: str, folder: Path, later: bool) -> str:
    """Do everything a page says, the commands for later only if asked; returns what the commands said."""
    copy = page not in OWN_FOLDER
    if copy:
        copy_to(folder)
    said = ""
    for say, body in steps(page):
        if write(folder, say, body):
            continue
        assert RUN.search(say) or LATER.search(say), f"{page}.md: what is to be done with the block after {say!r}?"
        if LATER.search(say) and not later:
            continue
        for line in body.strip().splitlines():
            said += run(folder, line, copy)
    return said


@pytest.mark.parametrize("page", ["structure", "community", "mechanism", "indicator", "chart"])
def test_every_step_works(page, tmp_path):
    said = follow(page, tmp_path, later=False)
    if "pytest" in (PAGES / f"{page}.md").read_text(encoding="utf-8"):
        assert re.search(r"\b[1-9]\d* passed", said), said


@pytest.mark.slow
def test_the_model_runs_with_the_new_mechanism(tmp_path):
    follow("mechanism", tmp_path, later=True)


def test_all_pages_are_followed():
    pages = {path.stem for path in PAGES.glob("*.md")}
    assert pages == {"structure", "community", "mechanism", "indicator", "chart"}
    home = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\(docs/how-to/(\w+)\.md\)", home)) == pages
