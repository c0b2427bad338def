"""What a worker process does: one unit of work at a time, failures caught where they happen."""

from __future__ import annotations

import functools
import gc
import os
import pickle
import signal
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from sim.scenario.uncertainty import with_numbers
from sim.study.plan import Unit

Simulate = Callable[[list[Any]], Sequence[Any]]  # the arms of one replicate -> their results, in the same order
LARGE_SECONDS = 0.5  # beside which a collection (0.1 s the first time, then 0.003 s) is little
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


@dataclass
class Record:
    """One run as it goes into the store."""

    point: int
    arm: int
    replicate: int
    status: str  # ok, failed, crashed
    message: str = ""
    indicators: dict[str, float] = field(default_factory=dict)
    budgets: dict[str, float] = field(default_factory=dict)
    series: dict[str, Any] | None = None
    week: Any = None
    tallies: dict[str, list[Any]] | None = None  # columns of equal length
    seconds: float = 0.0
    process: int = 0


def simulate_arms(scenarios: list[Any]) -> Sequence[Any]:
    """The model itself; imported here, so that planning does not wait for it."""
    from sim.model.simulation import simulate_arms as simulate

    return simulate(scenarios)


def start_worker() -> None:
    """Prepare a worker process: it leaves Ctrl-C to its parent and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:

        def watch() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=watch, daemon=True).start()


def ready() -> int:
    """A sign of life; returns the process id."""
    return os.getpid()


def run_chunk(simulate: Simulate, work: Sequence[tuple[Unit, bytes]]) -> list[Record]:
    """Run units (with the packed scenarios of their points); every run is recorded, whether it completes or raises."""
    return [record for unit, packed in work for record in run_tidily(simulate, unit, of_unit(unpacked(packed), unit))]


def run_tidily(simulate: Simulate, unit: Unit, scenarios: tuple[Any, ...]) -> list[Record]:
    """Run one unit and, after a large one, give its memory back before the next.

    Python itself looks for rings of objects by their number, and a city's subdistrict is few objects of many megabytes.
    """
    start = time.perf_counter()
    records = run_unit(simulate, unit, scenarios)
    if time.perf_counter() - start > LARGE_SECONDS:
        gc.collect()
        if not gc.get_freeze_count():  # compiled mechanisms and modules stay: no need to look through them every time
            gc.freeze()
    return records


@functools.lru_cache(maxsize=2)
def unpacked(scenarios: bytes) -> tuple[Any, ...]:
    """The scenarios of all arms at a design point; unit after unit asks for those of the same point."""
    made: tuple[Any, ...] = pickle.loads(scenarios)  # from the process that began this one
    return made


def of_unit(every: tuple[Any, ...], unit: Unit) -> tuple[Any, ...]:
    """The scenarios of the arms that a unit runs."""
    return tuple(every[arm] for arm in unit.arms)


def run_unit(simulate: Simulate, unit: Unit, scenarios: tuple[Any, ...]) -> list[Record]:
    """Run all arms of one replicate together; when that raises, each by itself, to find the one at fault."""
    start = time.perf_counter()
    try:
        ready_arms = [drawn(s, unit, checked=at == 0) for at, s in enumerate(scenarios)]
        results = simulate(ready_arms)
        if len(results) != len(ready_arms):
            raise RuntimeError(f"{len(ready_arms)} arms gave {len(results)} results")
        seconds = (time.perf_counter() - start) / len(results)
        return [_record(unit, arm, result, seconds) for arm, result in zip(unit.arms, results, strict=True)]
    except Exception as error:
        if len(unit.arms) == 1:
            return [
                Record(
                    unit.point,
                    unit.arms[0],
                    unit.replicate,
                    "failed",
                    _sentence(error),
                    seconds=time.perf_counter() - start,
                    process=os.getpid(),
                )
            ]
    return [
        record
        for arm, scenario in zip(unit.arms, scenarios, strict=True)
        for record in run_unit(simulate, unit.alone(arm), (scenario,))
    ]


def drawn(scenario: Any, unit: Unit, *, checked: bool = True) -> Any:
    """The scenario of one arm in this replicate: with its number, and with the parameters that it draws.

    Ranges were checked when the sets were read. `checked` looks at the scenario as a whole once more, which takes a
    twentieth of a run and says the same of every arm of a unit.
    """
    changes: dict[str, Any] = {"replicate": unit.replicate}
    if unit.numbers:
        changes["parameters"] = with_numbers(scenario.parameters, unit.numbers)
    return scenario.at(**changes) if checked else scenario.model_copy(update=changes)


def _record(unit: Unit, arm: int, result: Any, seconds: float) -> Record:
    series, week = None, None
    if unit.series and result.series:
        series = {str(k): np.asarray(v, dtype=np.float64) for k, v in result.series.items() if k != "week"}
        length = len(next(iter(series.values()))) if series else 0
        for name, values in series.items():
            if values.ndim != 1 or len(values) != length:
                raise RuntimeError(f"series {name!r} has shape {values.shape}, the others have {length} weeks")
        week = np.arange(length, dtype=np.int32) + np.int32(result.first_week)
    return Record(
        unit.point,
        arm,
        unit.replicate,
        "ok",
        indicators={str(k): float(v) for k, v in result.indicators.items()},
        budgets={str(k): float(v) for k, v in result.budgets.items()},
        series=series,
        week=week,
        tallies=dict(result.tallies) if unit.series else None,
        seconds=seconds,
        process=os.getpid(),
    )


def _sentence(error: Exception) -> str:
    """What went wrong and in which file and line."""
    where = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(where[-1].filename).name}:{where[-1].lineno})" if where else ""
    return f"{type(error).__name__}: {error}{place}"
