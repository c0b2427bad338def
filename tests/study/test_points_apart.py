"""The points of a large design are kept beside study.yaml and come back as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.store import StoreError, open_study
from sim.store.folder import Folder
from sim.store.packed import PACKED

WHOLE = {"name": "x", "arms": [], "baseline": "a"}


def points(count: int) -> list[dict[str, object]]:
    """Numbers, whole numbers, words and flags; one change for all arms or one an arm, some keys now and then."""
    made = []
    for k in range(count):
        values = {f"parameters.m.n{j}": j / (k + 3) for j in range(40)} | {"community.staff": k, "rules.firm": "usual"}
        own = {**values, "era.flag": k % 2 == 0} if k % 3 else dict(values)
        label = {"zh": f"点{k}", "en": f"point {k}"}
        made.append({"label": label, "values": values, "changes": [own, values][: 1 + k % 2]})
    return made


@pytest.mark.parametrize(("count", "apart"), [(3, False), (60, True)])
def test_points_come_back_as_they_were(tmp_path: Path, count: int, apart: bool) -> None:
    Folder(tmp_path).write_study({**WHOLE, "points": points(count)})
    assert (tmp_path / PACKED).exists() == apart
    assert open_study(tmp_path).study == {**WHOLE, "points": points(count)}


@pytest.mark.parametrize("left", [0, 100, -5])
def test_points_that_are_damaged_or_gone_are_said(tmp_path: Path, left: int) -> None:
    Folder(tmp_path).write_study({**WHOLE, "points": points(60)})
    path = tmp_path / PACKED
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(StoreError, match="points.json.gz cannot be read"):
        open_study(tmp_path)
    path.unlink()
    with pytest.raises(StoreError, match="cannot be read"):
        open_study(tmp_path)
