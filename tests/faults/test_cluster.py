"""A study on a Ray cluster of two nodes, one killed on the way: nothing is lost, every value is the local one."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from study_fake import FakeScenario, FakeStudy, simulate_arms, study

from sim.study import StudyError, resume, run
from sim.study.cluster import EXTRA, connected
from sim.study.show import Silent
from tests.faults.same import same

pytestmark = pytest.mark.slow


@pytest.fixture
def cluster(paths: None) -> Iterator[Any]:
    pytest.importorskip("ray", reason="Ray is not installed: pip install 'gongzhi[cluster]'")
    from ray.cluster_utils import Cluster

    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    made.add_node(num_cpus=1)
    yield made
    import ray

    ray.shutdown()
    made.shutdown()


class NodeKiller(Silent):
    """Takes the second node away once some runs are done."""

    def __init__(self, cluster: Any) -> None:
        self.cluster, self.killed = cluster, False

    def advance(self, records: Any) -> None:
        if not self.killed:
            [other] = [node for node in self.cluster.list_all_nodes() if not node.head]
            self.cluster.remove_node(other, allow_graceful=False)
            self.killed = True


@pytest.mark.filterwarnings("ignore")  # Ray's own
def test_a_node_that_is_lost_costs_nothing(cluster: Any, tmp_path: Path) -> None:
    made = study(60, base=FakeScenario(behaviour="slow 0.05"), other=FakeScenario(shift=0.1))
    there = dataclasses.replace(made, executor=Place(address=cluster.address))
    killer = NodeKiller(cluster)
    far = run(there, tmp_path / "far", progress=killer, simulate=simulate_arms)
    assert killer.killed and far.statuses == {"ok": 120}
    same(far.folder, run(made, tmp_path / "near", 1, simulate=simulate_arms).folder)


@pytest.mark.filterwarnings("ignore")
def test_a_run_that_raises_or_kills_on_a_cluster_is_recorded(cluster: Any, tmp_path: Path) -> None:
    bad = study(4, base=FakeScenario(), bad=FakeScenario(behaviour="raise 1"), worse=FakeScenario(behaviour="kill 2"))
    there = dataclasses.replace(bad, executor=Place(address=cluster.address))
    summary = run(there, tmp_path, 2, simulate=simulate_arms)
    assert summary.statuses == {"ok": 10, "failed": 1, "crashed": 1}
    mended = resume(summary.folder, 1, repair=True, study_type=FakeStudy, simulate=lambda s: simulate_arms(whole(s)))
    assert mended.statuses == {"ok": 12}


@pytest.mark.filterwarnings("ignore")
def test_lanes_speak_as_executors_do(cluster: Any) -> None:
    with connected(cluster.address) as there:
        assert there.processors == 2
        lane = there.lane()
        assert lane.submit(sum, [1, 2]).result(60) == 3
        with pytest.raises(ZeroDivisionError):
            lane.submit(divmod, 1, 0).result(60)
        lane.shutdown()


def test_without_ray_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(StudyError) as said:
        run(dataclasses.replace(study(2), executor=Place()), tmp_path / "out", simulate=simulate_arms)
    assert str(said.value) == EXTRA and not (tmp_path / "out").exists()


@dataclasses.dataclass(frozen=True)
class Place:
    """What the program knows of an executor."""

    kind: str = "ray"
    address: str = ""
    workers: int = 8


def whole(scenarios: list[FakeScenario]) -> list[FakeScenario]:
    return [s.at(behaviour="") for s in scenarios]
