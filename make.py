"""The project's chores, with Python alone: `python make.py demo`. The Makefile calls this file.

Every target prepares what it needs: a virtual environment in .venv and the packages, from PyPI.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OLDEST = (3, 11)
LOWEST_MESA, HIGHEST_MESA = "3.3.1", "3.5.1"  # 3.5 needs Python 3.12
QUICK = 25  # minutes given below which a further interpreter runs only what it or another Mesa could change
OTHERS = ("tests/model", "tests/rules", "tests/randomness", "tests/scenario", "tests/packaging")
SYSTEM_PACKAGES = {"chromium": "chromium", "pdftotext": "poppler-utils"}  # command: Debian package


class Failed(SystemExit):
    """A step did not succeed; its own output says why."""


def run(*command: str | Path, check: bool = True, **extra: str) -> int:
    """Run a command from the top of the checkout, its output shown as it comes."""
    shown = " ".join(str(word) for word in command)
    print(f"$ {shown}", flush=True)
    code = subprocess.run([str(word) for word in command], cwd=ROOT, env={**os.environ, **extra}).returncode
    if check and code:
        raise Failed(f"make.py: this failed with code {code}: {shown}")
    return code


def python_of(folder: Path) -> Path:
    """The interpreter of a virtual environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def environment(*extras: str, name: str = ".venv", base: str = sys.executable, pins: tuple[str, ...] = ()) -> Path:
    """The interpreter of the virtual environment `name`, made and filled when something about it changed."""
    folder = ROOT / name
    python, stamp = python_of(folder), folder / "gongzhi-installed"
    project = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    done = set(stamp.read_text(encoding="utf-8").split()) if stamp.exists() and python.exists() else set()
    if project not in done:
        shutil.rmtree(folder, ignore_errors=True)
        if subprocess.run([base, "-m", "venv", str(folder)]).returncode:
            raise Failed(
                f"make.py: {base} could not make a virtual environment; on Debian and Ubuntu: apt install python3-venv"
            )
        done = {project}
    if not {"base", *extras, *pins} <= done:
        target = f".[{','.join(extras)}]" if extras else "."
        run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", target, *pins)
        stamp.write_text("\n".join(sorted({*done, "base", *extras, *pins})), encoding="utf-8")
    return python


def pytest(python: Path, *arguments: str, check: bool = True) -> int:
    """Run the tests on two processes; the last lines are pytest's own summary."""
    return run(
        python, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", *arguments,
        check=check, OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MPLBACKEND="Agg",
    )  # fmt: skip


def demo(_: list[str]) -> None:
    """Two small studies from nothing to charts and a brief, in a few minutes."""
    run(environment("report"), "-m", "sim.study.demo")


def exercise(more: list[str]) -> None:
    """The classroom exercise on this machine; `python make.py exercise -- --lan` for the room's network."""
    run(environment("exercise"), "-m", "sim", "exercise", *more)


def test(more: list[str]) -> None:
    """The tests that take seconds each; needs nothing but PyPI."""
    pytest(environment("test"), "-m", "not slow and not browser", *more)


def lint(_: list[str]) -> None:
    """ruff and mypy."""
    python = environment("dev", "test")
    run(python, "-m", "ruff", "check", ".")
    run(python, "-m", "mypy")


def docs(_: list[str]) -> None:
    """The documentation site in English and Chinese, read from disk: build/site/index.html; every link is checked."""
    run(environment("docs"), "-m", "scripts.docs")


def hypotheses(more: list[str]) -> None:
    """The twelve claims put to the test; writes docs/findings.md; half an hour or more."""
    run(environment(), "-m", "sim", "study", "hypotheses", *more)


def sensitivity(more: list[str]) -> None:
    """Which assumption moves what and would overturn which finding; writes docs/sensitivity.md; half an hour."""
    run(environment("sensitivity"), "-m", "sim.findings.assumptions", *more)


def bench(_: list[str]) -> None:
    """Seconds a run takes."""
    run(environment(), "benchmarks/bench.py")


def golden(more: list[str]) -> None:
    """Record what the model comes to, after a change of behaviour; with `-- prove`, that the record notices all."""
    run(environment("test"), "-m", "tests.golden", *(more or ["record"]))


def clean(_: list[str]) -> None:
    """Remove environments, caches and build output; results stay."""
    for pattern in (".venv*", "build", "dist", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis"):
        for path in ROOT.glob(pattern):
            shutil.rmtree(path, ignore_errors=True)
    for path in [*ROOT.glob("sim/**/__pycache__"), *ROOT.glob("tests/**/__pycache__")]:
        shutil.rmtree(path, ignore_errors=True)


def interpreters() -> dict[str, str]:
    """Minor version to path, for every interpreter found that the project supports."""
    names = [f"python3.{minor}" for minor in range(OLDEST[1], 20)]
    places = [sys.executable, *(path for name in names if (path := shutil.which(name)))]
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    places += [str(path) for path in sorted(versions.glob("3.*/bin/python"))]
    found: dict[str, str] = {}
    ask = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"
    for place in places:
        answer = subprocess.run([place, "-c", ask], capture_output=True, text=True)
        version = answer.stdout.strip()
        if answer.returncode == 0 and tuple(int(part) for part in version.split(".")) >= OLDEST:
            found.setdefault(version, place)
    return found


def system_packages(notes: list[str]) -> None:
    """Chromium and pdftotext from apt where that is allowed; says what is missing otherwise."""
    missing = {command: package for command, package in SYSTEM_PACKAGES.items() if not shutil.which(command)}
    if not missing:
        return
    root = [] if hasattr(os, "geteuid") and os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") and (not root or subprocess.run([*root, "true"], capture_output=True).returncode == 0):
        apt = [*root, "apt-get", "-qq", "-y", "--no-install-recommends"]
        run(*apt, "update", check=False, DEBIAN_FRONTEND="noninteractive")
        run(*apt, "install", *missing.values(), check=False, DEBIAN_FRONTEND="noninteractive")
    for command, package in missing.items():
        if not shutil.which(command):
            notes.append(f"not installed: {package}, so tests that need {command} are skipped")


def test_full(more: list[str]) -> None:
    """Lint, documentation, every interpreter found with the lowest and highest Mesa, then all tests, slow ones too."""
    began, budget = time.monotonic(), float(os.environ.get("GONGZHI_MINUTES", "30")) * 60
    quick = budget < QUICK * 60
    notes: list[str] = []
    failed: list[str] = []
    system_packages(notes)
    for step in (lint, docs):
        try:
            step([])
        except Failed as error:
            failed.append(str(error))
    found = interpreters()
    plan = {version: LOWEST_MESA if version == "3.11" else HIGHEST_MESA for version in ("3.11", "3.12", "3.13")}
    main = f"{sys.version_info[0]}.{sys.version_info[1]}"
    for version, mesa in plan.items():
        label = f"Python {version} with Mesa {mesa}"
        if version not in found:
            notes.append(f"not run: {label}, no such interpreter here")
        elif time.monotonic() - began > budget / 2:
            notes.append(f"not run: {label}, half of the {budget / 60:.0f} minutes (GONGZHI_MINUTES) are used")
        elif version == main == "3.11":
            continue  # Mesa 3.3 is the last for 3.11: the main environment below is this one
        else:
            print(f"== {label}", flush=True)
            try:
                python = environment("test", name=f".venv-{version}", base=found[version], pins=(f"mesa=={mesa}",))
                pytest(python, "-m", "not slow and not browser", "-x", *(OTHERS if quick else ()))
            except Failed as error:
                failed.append(f"{label}: {error}")
    python = environment("browser", "test")
    try:
        environment("test", "browser", "cluster")
    except Failed:
        notes.append("not installed: the extra cluster (Ray), so the tests on a cluster of two nodes are skipped")
    print(f"== all tests, Python {main}", flush=True)
    for line in [*notes, *(f"FAILED before: {line}" for line in failed)]:
        print(f"note: {line}", flush=True)
    code = pytest(python, *more, check=False)
    if code or failed:
        raise Failed(1)


def validate(_: list[str]) -> None:
    """Verification tests, and the patterns over part of the accepted sets, in minutes."""
    python = environment("test")
    pytest(python, "tests/verification", "tests/calibration")
    run(python, "-m", "sim", "calibrate", "check", "members=40", "seeds=1", "sign_seeds=1")


def validate_full(_: list[str]) -> None:
    """The same over all accepted sets with as many seeds as the protocol says, and the score of mutation testing."""
    python = environment("test")
    pytest(python, "tests/verification", "tests/calibration")
    run(python, "-m", "sim", "calibrate", "check")
    run(python, "scripts/mutation.py")


TARGETS = {
    "demo": demo, "exercise": exercise, "test": test, "test-full": test_full, "lint": lint, "docs": docs,
    "hypotheses": hypotheses, "sensitivity": sensitivity, "bench": bench, "golden": golden,
    "validate": validate, "validate-full": validate_full, "clean": clean,
}  # fmt: skip


def main() -> None:
    """Run the targets named on the command line; what follows `--` goes to pytest."""
    if sys.version_info < OLDEST:
        raise Failed(f"make.py: Python 3.11 or newer is needed; this one is {sys.version.split()[0]}")
    here = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    words, more = sys.argv[1:here], sys.argv[here + 1 :]
    lines = "\n".join(f"  {name:10} {function.__doc__}" for name, function in TARGETS.items())
    parser = argparse.ArgumentParser(
        prog="make.py", description=__doc__, epilog=lines, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", nargs="+", choices=list(TARGETS), metavar="TARGET")
    for target in parser.parse_args(words).target:
        TARGETS[target](more)


if __name__ == "__main__":
    main()
