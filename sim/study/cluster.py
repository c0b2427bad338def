"""Lanes on a Ray cluster behind the executor interface of the standard library (extra `gongzhi[cluster]`).

A lane is one actor with one processor. When its process or its machine is lost, the lane reports a broken executor, as
a local process pool does, and what it was computing is done again elsewhere. Every node needs this version of gongzhi.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

from sim.identity import MODEL_VERSION
from sim.observe.definitions import changed, definitions
from sim.study.errors import StudyError

P = ParamSpec("P")
R = TypeVar("R")
EXTRA = "executor=ray needs Ray, which is not installed; install it with: pip install 'gongzhi[cluster]'"


def work(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    """What an actor does."""
    return function(*arguments)


def prepared(version: str, defined: Mapping[str, str]) -> str:
    """Have the model compiled on this node; returns an empty text, or what is wrong with the node."""
    if version != MODEL_VERSION:
        return f"a node of the cluster has model version {MODEL_VERSION}, this is {version}; install the same on all"
    if others := changed(defined):
        return f"a node of the cluster computes {others[0]} otherwise than this machine; install the same on all"
    from sim.model.prepare import prepare

    prepare(lambda _text: None)
    return ""


class Worker:
    """The actor of a lane."""

    def do(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        return work(function, arguments)


class RayLane(Executor):
    """An executor with one actor. A chunk is sent by `submit`; its future breaks when the actor is lost."""

    def __init__(self, ray: Any) -> None:
        self.ray = ray
        self.actor = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(Worker).remote()

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Send work to the actor; keyword arguments are not taken."""
        if kwargs:
            raise TypeError("a lane takes no keyword arguments")
        given: Future[R] = Future()
        try:
            sent = self.actor.do.remote(fn, args).future()
        except self.ray.exceptions.RayActorError as lost:
            raise BrokenExecutor(str(lost)) from lost
        sent.add_done_callback(lambda done: self._hand_over(done, given))
        return given

    def _hand_over(self, done: Future[R], given: Future[R]) -> None:
        error = done.exception()
        if error is None:
            given.set_result(done.result())
        elif isinstance(error, self.ray.exceptions.RayTaskError):
            given.set_exception(error.as_instanceof_cause())
        else:  # the actor, its process or its machine is gone
            given.set_exception(BrokenExecutor(type(error).__name__))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the actor at once."""
        self.ray.kill(self.actor, no_restart=True)


class Cluster:
    """A connection to Ray: how many processors it has, and lanes on it."""

    def __init__(self, ray: Any) -> None:
        self.ray = ray

    @property
    def processors(self) -> int:
        """Processors of all nodes that are there now."""
        return max(1, int(self.ray.cluster_resources().get("CPU", 1)))

    def lane(self) -> Executor:
        """One more lane."""
        return RayLane(self.ray)

    def prepare(self) -> None:
        """Compile the model on every node before lanes share it. Raises StudyError when a node has another version."""
        ask = self.ray.remote(num_cpus=0)(prepared)
        strategy = self.ray.util.scheduling_strategies.NodeAffinitySchedulingStrategy
        nodes = [node["NodeID"] for node in self.ray.nodes() if node["Alive"]]
        here = (MODEL_VERSION, definitions())
        asked = [ask.options(scheduling_strategy=strategy(n, soft=False)).remote(*here) for n in nodes]
        for wrong in self.ray.get(asked):
            if wrong:
                raise StudyError(wrong)


@contextmanager
def connected(address: str = "") -> Iterator[Cluster]:
    """A cluster at an address, or the one that RAY_ADDRESS names, or one on this machine alone. Raises StudyError."""
    try:
        import ray
        import ray.util.scheduling_strategies
    except ImportError:
        raise StudyError(EXTRA) from None
    mine = not ray.is_initialized()
    if mine:
        where = address or os.environ.get("RAY_ADDRESS") or None
        try:
            ray.init(address=where, log_to_driver=False, logging_level="ERROR", configure_logging=False)
        except (ConnectionError, RuntimeError, ValueError) as failed:
            raise StudyError(f"no Ray cluster answers at {where or 'this machine'} ({failed})") from None
    try:
        yield Cluster(ray)
    finally:
        if mine:
            ray.shutdown()
