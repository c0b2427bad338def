"""Damaged parts are named by their checksum and computed again; a full disk and a folder that cannot be written are
said in one sentence, and what was recorded stays."""

from __future__ import annotations

import errno
import os
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from study_fake import FakeStudy, simulate_arms, study

from sim.charts import draw
from sim.store import StoreError, open_study
from sim.store.export import export
from sim.store.parts import TABLES, checksum
from sim.study import StudyError, resume, run, status
from tests.faults.same import same, values

FLIPS = 6


def again(folder: Path, **more: Any) -> Any:
    return resume(folder, 1, study_type=FakeStudy, simulate=simulate_arms, **more)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.study.plan.MODEL_VERSION", "0123456789ab")
        patch.setattr("sim.study.finish.registered_indicators", dict)
        return run(study(4), tmp_path_factory.mktemp("whole"), 1, simulate=simulate_arms).folder


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    import shutil

    return Path(shutil.copytree(whole, tmp_path / whole.name))


@pytest.mark.parametrize("table", TABLES)
def test_every_flipped_bit_is_found(copy: Path, table: str) -> None:
    """Anywhere: in the data, in the footer, in the magic bytes at the ends."""
    [part] = (copy / table).glob("*.parquet")
    data, draw = part.read_bytes(), random.Random(7)
    places = [0, len(data) - 1, *(draw.randrange(len(data)) for _ in range(FLIPS))]
    for number, place in enumerate(places):
        wrong = bytearray(data)
        wrong[place] ^= 1 << draw.randrange(8)
        part.write_bytes(wrong)
        os.utime(part, ns=(number, number))
        with pytest.raises(StoreError, match=f"its checksum is {checksum(part)}.*repair=true"):
            again(copy)
    assert again(copy, repair=True).statuses == {"ok": 12}
    [aside] = (copy / table).glob("*.damaged")
    assert aside.name.startswith(part.name)


@pytest.mark.parametrize("left", [0, 10, 0.5, -1])
def test_a_truncated_part_is_found_and_its_runs_are_computed_again(copy: Path, whole: Path, left: float) -> None:
    [part] = (copy / "runs").glob("*.parquet")
    data = part.read_bytes()
    part.write_bytes(data[: int(left * len(data)) if 0 < left < 1 else int(left)])
    with pytest.raises(StoreError, match="damaged"):
        _ = open_study(copy).runs
    assert again(copy, repair=True).statuses == {"ok": 12}
    same(copy, whole)


def test_a_part_that_went_away_is_computed_again(copy: Path, whole: Path) -> None:
    for part in (copy / "runs").glob("*.parquet"):
        part.unlink()
    assert again(copy).statuses == {"ok": 12}
    same(copy, whole)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 200 kB, where this user may mount one."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(place)]
    if os.name == "nt" or os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a small file system cannot be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_keeps_what_is_recorded(
    small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.study.recorder.FLUSH_SECONDS", 0.0)
    monkeypatch.setattr("sim.study.recorder.FLUSH_SHARE", 0.0)
    made = study(40)
    with pytest.raises(StoreError, match="the disk is full: .* what was recorded before is kept"):
        run(made, small_disk, 1, simulate=simulate_arms)
    [folder] = small_disk.iterdir()
    kept = values(folder)
    assert 0 < len(kept) < 120
    left = tmp_path / "room"
    left.mkdir()
    subprocess.run(["mount", "-o", "remount,size=50m", str(small_disk)], check=True)
    assert again(folder).statuses == {"ok": 120}
    same(folder, run(made, left, 1, simulate=simulate_arms).folder)


def test_a_disk_that_is_full_at_the_last_byte(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no small file system can be mounted, the flush to the disk fails instead."""
    before = values(copy)
    [part] = (copy / "series").glob("*.parquet")
    part.unlink()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="the disk is full"):
        again(copy, repair=True)
    monkeypatch.undo()
    assert values(copy).equals(before) and not list(copy.rglob("*.partial"))


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A folder in which nothing can be written; root needs a file system that is mounted so."""
    place = tmp_path / "fixed"
    place.mkdir()
    if os.name == "nt":
        pytest.skip("folders are not read-only in this sense here")
    if os.geteuid() != 0:
        place.chmod(0o555)
        yield place
        place.chmod(0o755)
        return
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(place)], capture_output=True).returncode:
        pytest.skip("a read-only file system cannot be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_folder_that_cannot_be_written_is_said_before_anything_runs(read_only: Path) -> None:
    def never(_: list[Any]) -> list[Any]:
        raise AssertionError("something ran")

    with pytest.raises(StoreError, match="cannot be written .*choose another folder with results_dir="):
        run(study(2), read_only, 1, simulate=never)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="needs a mount")
def test_a_store_on_a_read_only_disk_is_read_and_not_resumed(copy: Path) -> None:
    if subprocess.run(["mount", "--bind", "-o", "ro", str(copy), str(copy)], capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        assert len(open_study(copy).runs) == 12
        with pytest.raises(StoreError, match="cannot be written"):
            again(copy)
        with pytest.raises(StoreError, match="cannot be written"):
            draw(copy)
    finally:
        subprocess.run(["umount", "-l", str(copy)], check=True)


@pytest.mark.parametrize("table", ["series", "tallies"])
def test_a_table_that_went_away_is_missed_and_computed_again(copy: Path, whole: Path, table: str) -> None:
    import shutil

    shutil.rmtree(copy / table)
    assert f"{table} is empty" in status(copy, FakeStudy).problems[0]
    assert f"{table} is empty" in again(copy).problems[0]  # not mended unasked: the runs are all there
    assert not again(copy, repair=True).problems
    same(copy, whole)


def test_how_far_a_damaged_study_is_is_said_in_one_sentence(copy: Path) -> None:
    [part] = (copy / "runs").glob("*.parquet")
    part.write_bytes(part.read_bytes()[:100])
    with pytest.raises(StoreError, match="damaged .*repair=true"):
        status(copy, FakeStudy)


@pytest.mark.parametrize("text", ["", "[]", None])
def test_lost_provenance_stops_nothing(copy: Path, whole: Path, text: str | None) -> None:
    path = copy / "provenance.json"
    path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    assert "provenance.json" in status(copy, FakeStudy).problems[0]
    assert again(copy).statuses == {"ok": 12}
    assert not status(copy, FakeStudy).problems and len(open_study(copy).provenance["executions"]) == 1
    same(copy, whole)


@pytest.mark.parametrize("left", [0, 200])
def test_a_made_table_that_was_changed_is_not_read(copy: Path, whole: Path, left: int) -> None:
    path = copy / "effects.csv"
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(StoreError, match="damaged or was changed .*gongzhi resume"):
        _ = open_study(copy).effects
    with pytest.raises(StoreError, match="damaged or was changed"):
        export(open_study(copy), ("csv",), copy / "export")
    again(copy)
    same(copy, whole)


def test_a_study_that_no_longer_fits_its_runs_is_not_resumed(copy: Path) -> None:
    path = copy / "study.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("shift: 0.1", "shift: 0.2"), encoding="utf-8")
    with pytest.raises(StudyError, match=r"study.yaml was changed since run [0-9a-f]{16} \(point 0, arm better"):
        again(copy)
    path.write_text(text.replace("name: better", "nom: better"), encoding="utf-8")
    with pytest.raises(StoreError, match="its arms have no names"):
        again(copy)
