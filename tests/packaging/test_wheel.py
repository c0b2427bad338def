"""What is built and shipped: the package, its data and the user's choices, and nothing else."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = {".psv", ".csv", ".yaml", ".yml", ".mplstyle", ".typed", ".html", ".css", ".js"}

pytestmark = pytest.mark.skipif(not (ROOT / "pyproject.toml").exists(), reason="needs the source checkout")


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Files of a freshly built wheel."""
    target = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)], cwd=ROOT, check=True,
        capture_output=True,
    )  # fmt: skip
    (wheel,) = target.glob("gongzhi-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_only_the_package(names: set[str]) -> None:
    """One top-level package besides the wheel's own notes; no test, no result."""
    assert {name.split("/")[0].split("-")[0] for name in names} == {"sim", "gongzhi"}


def test_everything_of_the_package(names: set[str]) -> None:
    """Each module and data file of `sim` is in the wheel."""
    here = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "sim").rglob("*")
        if path.suffix in {".py", *DATA} and "__pycache__" not in path.parts
    }
    assert here <= names


@pytest.mark.parametrize("folder", ["configs", "experiments"])
def test_carries_the_choices(names: set[str], folder: str) -> None:
    """The top-level folders stand inside the package under a name of their own."""
    here = {
        f"sim/_{folder}/{path.relative_to(ROOT / folder).as_posix()}"
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert here <= names


def test_every_dependency_is_bounded() -> None:
    """A new major version of a dependency is a decision, not an accident."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + [line for extra in project["optional-dependencies"].values() for line in extra]
    wanted = [line for line in wanted if not line.startswith("gongzhi[")]  # one extra within another
    assert not [line for line in wanted if "<" not in line or ">=" not in line]
