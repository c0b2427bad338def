"""A study that is killed at random moments, or whose workers are, ends with the store of one that was left alone."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from study_fake import FakeStudy, simulate_arms, slow_study

from sim.store import StoreError, open_study
from sim.store.lock import alone, busy
from sim.study import resume, run, status
from tests.faults.same import same

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
KILLS, SEED = 3, 20261123
SCRIPT = """
import sys
import sim.study.plan, sim.study.recorder
import study_fake
from sim.study import conduct
sim.study.recorder.FLUSH_SECONDS = 0.05
sim.study.plan.MODEL_VERSION = "0123456789ab"
if __name__ == "__main__":
    if len(sys.argv) > 2:
        conduct.resume(sys.argv[2], 2, study_type=study_fake.FakeStudy, simulate=study_fake.simulate_arms)
    else:
        conduct.run(study_fake.slow_study(), sys.argv[1], 2, simulate=study_fake.simulate_arms)
"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the same study, left alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.study.plan.MODEL_VERSION", "0123456789ab")
        patch.setattr("sim.study.finish.registered_indicators", dict)
        return run(slow_study(), tmp_path_factory.mktemp("whole"), 1, simulate=simulate_arms).folder


def children(pid: int) -> list[int]:
    """Worker processes of a process."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if int(line[1]) == pid and b"spawn_main" in command and line[0] != "Z":
                found.append(int(entry.name))
    return found


def started(paths: None, tmp_path: Path, *more: str) -> subprocess.Popen[bytes]:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    return subprocess.Popen([sys.executable, str(script), str(tmp_path / "out"), *more])


def wait_for(tmp_path: Path, process: subprocess.Popen[bytes], parts: int) -> Path:
    """The folder, once it has so many parts of runs or the process has ended."""
    deadline = time.monotonic() + 120
    while process.poll() is None and time.monotonic() < deadline:
        if len(list((tmp_path / "out").glob("*/runs/part-*.parquet"))) >= parts:
            break
        time.sleep(0.01)
    [folder] = (tmp_path / "out").iterdir()
    return folder


def test_killed_at_random_moments_nothing_recorded_is_lost(paths: None, tmp_path: Path, whole: Path) -> None:
    draw = random.Random(SEED)
    process, folder, before = started(paths, tmp_path), None, 0
    for _ in range(KILLS):
        folder = wait_for(tmp_path, process, 1)
        time.sleep(draw.uniform(0.0, 0.4))
        process.kill()
        process.wait()
        kept = len(open_study(folder).runs)
        assert kept >= before, "a recorded run is gone"
        before = kept
        process = started(paths, tmp_path, str(folder))
        time.sleep(draw.uniform(0.0, 0.2))
    assert process.wait(120) == 0 and folder is not None
    assert status(folder, FakeStudy).complete and not list(folder.rglob("*.partial"))
    same(folder, whole)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc to find workers")
def test_workers_killed_from_outside_cost_nothing(paths: None, tmp_path: Path, whole: Path) -> None:
    process = started(paths, tmp_path)
    folder = wait_for(tmp_path, process, 1)
    for victim in children(process.pid):
        os.kill(victim, signal.SIGKILL)
    assert process.wait(120) == 0
    assert status(folder, FakeStudy).statuses == {"ok": 120}
    same(folder, whole)


def test_one_process_at_a_time(paths: None, tmp_path: Path) -> None:
    process = started(paths, tmp_path)
    folder = wait_for(tmp_path, process, 2)
    seen = status(folder, FakeStudy)
    assert seen.running and 0 < seen.recorded < 120 and seen.left is not None and seen.left > 0
    with pytest.raises(StoreError, match="another process is computing"):
        resume(folder, 1, study_type=FakeStudy, simulate=simulate_arms)
    process.kill()
    process.wait()
    assert not busy(folder), "the lock of a dead process is gone"
    with alone(folder):
        assert busy(folder)
