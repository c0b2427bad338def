"""Executing units of work over `concurrent.futures.Executor`, in this process or in many.

Each worker is a lane of its own: an executor with one process and one chunk in flight. So a killed worker costs its
chunk and nobody else's, and it is known whose fault it was: the chunk is cut into its replicates, a replicate that
kills again into its arms, and an arm that kills a process all by itself is recorded as crashed. Another machine's
executor comes in through `make_lane`.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import pickle
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from typing import Any

from sim.study.errors import StudyError
from sim.study.interrupt import starting
from sim.study.plan import Plan, Unit
from sim.study.worker import THREADS, Record, Simulate, of_unit, ready, run_chunk, run_tidily, start_worker

CHUNK_SECONDS = 1.0
START_ATTEMPTS = 3
DEATHS = 2  # of workers that run a single arm, before that arm is to blame
UNGUARDED = (
    "worker processes do not start; use workers=1, or, when a study is run from a script of your own, "
    "put the call under: if __name__ == '__main__':"
)


def local_lane() -> Executor:
    """An executor with one spawned process (spawned everywhere, so that all systems behave alike)."""
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), initializer=start_worker)


def execute(
    plan: Plan,
    units: Iterator[Unit],
    simulate: Simulate,
    workers: int,
    make_lane: Callable[[], Executor] = local_lane,
) -> Generator[list[Record], None, None]:
    """Run the units and give their records as they come, in any order. Closing the iterator stops the workers."""
    if workers == 1 and make_lane is local_lane:
        try:
            for unit in units:
                yield run_tidily(simulate, unit, of_unit(plan.points[unit.point][1], unit))
        finally:
            gc.unfreeze()  # this process may have other things to do
        return
    with _one_thread_each():
        lanes = Lanes(plan, units, simulate, workers, make_lane)
        try:
            yield from lanes.records()
        finally:
            lanes.stop()


class Lanes:
    """The lanes and the work that is still to be done."""

    def __init__(
        self, plan: Plan, units: Iterator[Unit], simulate: Simulate, workers: int, make_lane: Callable[[], Executor]
    ) -> None:
        self.plan, self.units, self.simulate, self.make_lane = plan, units, simulate, make_lane
        self.workers = workers
        self.suspects: deque[list[Unit]] = deque()
        self.idle: list[Executor] = []
        self.busy: dict[Future[list[Record]], tuple[Executor, list[Unit]]] = {}
        self.starting: dict[Future[int], Executor] = {}
        self.unit_seconds = CHUNK_SECONDS
        self.left = plan.replicates * len(plan.points)
        self.failed_starts = 0
        self.packed = -1, b""
        self.deaths: dict[tuple[int, int, int], int] = {}  # of workers that ran nothing but this one arm

    def records(self) -> Iterator[list[Record]]:
        """Run everything; gives the records of each chunk when it is done."""
        for _ in range(max(1, min(self.workers, self.left))):
            self._start()
        exhausted = False
        while True:
            while self.idle and (self.suspects or not exhausted):
                chunk = self._next()
                if chunk is None:
                    exhausted = True
                    break
                self._submit(chunk)
            if not self.busy and exhausted and not self.suspects:
                return
            under_way: list[Future[Any]] = [*self.busy, *self.starting]
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                if future in self.starting:
                    self._started(future)
                elif found := self._finished(future):
                    yield found

    def stop(self) -> None:
        """End all worker processes, busy or not."""
        for lane in [*self.idle, *self.starting.values(), *(lane for lane, _ in self.busy.values())]:
            end(lane)

    def _start(self) -> None:
        lane = self.make_lane()
        with starting():
            self.starting[lane.submit(ready)] = lane

    def _started(self, future: Future[int]) -> None:
        lane = self.starting.pop(future)
        try:
            future.result()
        except Exception as error:
            end(lane)
            self.failed_starts += 1
            if self.failed_starts >= START_ATTEMPTS:
                raise StudyError(UNGUARDED) from error
            self._start()
            return
        self.idle.append(lane)

    def _next(self) -> list[Unit] | None:
        if self.suspects:
            return self.suspects.popleft()
        # Chunks last about a second, and shrink towards the end so that all lanes finish together.
        size = int(min(CHUNK_SECONDS / max(self.unit_seconds, 1e-6), self.left / (2 * self.workers)))
        chunk = [unit for _, unit in zip(range(max(1, size)), self.units, strict=False)]
        self.left -= len(chunk)
        return chunk or None

    def _submit(self, chunk: list[Unit]) -> None:
        lane = self.idle.pop()
        work = [(unit, self._packed(unit.point)) for unit in chunk]
        try:
            future = lane.submit(run_chunk, self.simulate, work)
        except BrokenExecutor:  # killed while it waited for work: nobody's fault
            end(lane)
            self._start()
            self.suspects.appendleft(chunk)
            return
        self.busy[future] = (lane, chunk)

    def _packed(self, point: int) -> bytes:
        """The scenarios of a point as bytes, made once for all units of it, which come one after the other."""
        if self.packed[0] != point:
            self.packed = point, pickle.dumps(self.plan.points[point][1])
        return self.packed[1]

    def _finished(self, future: Future[list[Record]]) -> list[Record]:
        lane, chunk = self.busy.pop(future)
        error = future.exception()
        if isinstance(error, BrokenExecutor):
            end(lane)
            self._start()
            return self._blame(chunk)
        self.failed_starts = 0
        self.idle.append(lane)
        if error is not None:  # the worker lives but could not hand its results over
            message = f"{type(error).__name__}: {error}"
            return [Record(u.point, arm, u.replicate, "failed", message) for u in chunk for arm in u.arms]
        records = future.result()
        whole = sum(r.seconds for r in records) / len(chunk)
        self.unit_seconds = 0.5 * (self.unit_seconds + whole)
        return records

    def _blame(self, chunk: list[Unit]) -> list[Record]:
        """Cut a chunk whose worker died; a single arm whose worker dies again and again is the poison."""
        if len(chunk) > 1:
            self.suspects.extend([unit] for unit in chunk)
            return []
        unit = chunk[0]
        if len(unit.arms) > 1:
            self.suspects.extend([unit.alone(arm)] for arm in unit.arms)
            return []
        place = (unit.point, unit.replicate, unit.arms[0])
        self.deaths[place] = self.deaths.get(place, 0) + 1
        if self.deaths[place] < DEATHS:  # a worker may also be killed from outside
            self.suspects.append(chunk)
            return []
        message = "its worker process died (killed, out of memory, or a crash in compiled code)"
        return [Record(unit.point, unit.arms[0], unit.replicate, "crashed", message)]


def end(lane: Executor) -> None:
    """End a lane at once; a process that computes is not waited for."""
    processes = list((getattr(lane, "_processes", None) or {}).values())
    lane.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        with contextlib.suppress(Exception):
            process.terminate()
    deadline = time.monotonic() + 2.0
    for process in processes:
        with contextlib.suppress(Exception):
            process.join(max(0.0, deadline - time.monotonic()))


@contextlib.contextmanager
def _one_thread_each() -> Iterator[None]:
    """Let processes started inside use one thread each for linear algebra; every worker has a core of its own."""
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
