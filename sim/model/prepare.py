"""Compile the model once per installation and version, on all processors, with a word of progress."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from sim.engine.kernel import cache_folder, prepare_cache, uncompiled
from sim.engine.mechanism import Mechanism
from sim.model.plan import load_all

MOST_PROCESSES = 8
MARKER = "compiled"


def compile_some(names: Sequence[str]) -> int:
    """Compile the kernels of these mechanisms into the cache folder; returns how many."""
    from sim.engine.binding import caller

    load_all()
    for name in names:
        caller(name)
    return len(names)


def prepared() -> bool:
    """Whether the model as it is was compiled here."""
    load_all()
    return marker().exists()


def marker() -> Path:
    """The file that says so: of all compiled code of this version of the sources."""
    from sim.engine.binding import all_made_of

    return cache_folder() / f"{MARKER}-{all_made_of()}"


def _length(item: Mechanism) -> int:
    return len(item.kernel.py_func.__code__.co_code)


def prepare(say: Callable[[str], None]) -> None:
    """Have everything compiled; tells how far it is. Does nothing when it was done before.

    Nothing either where kernels are to run as plain Python (`NUMBA_DISABLE_JIT=1`).
    """
    if uncompiled() or prepared():
        return
    prepare_cache()
    registry = load_all()
    processes = min(MOST_PROCESSES, os.cpu_count() or 1)
    say("compiling the model, once for this version; about a minute on one processor ...")
    if processes > 1:
        # those of one file share what they call; long ones first, so that all processors end at about the same time
        files: dict[str, list[str]] = {}
        for name, item in registry.items():
            files.setdefault(item.module, []).append(name)
        hands = sorted(files.values(), key=lambda names: -sum(_length(registry[n]) for n in names))
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(processes, mp_context=spawn) as pool:
            done, told = 0, 0
            for future in as_completed([pool.submit(compile_some, hand) for hand in hands]):
                done += future.result()
                if done * 4 // len(registry) > told:
                    told = done * 4 // len(registry)
                    say(f"  {done} of {len(registry)} mechanisms compiled")
    import sim
    from sim.model.simulation import simulate

    simulate(sim.load(["community.residents=300", "years=1", "warmup_years=1"]))
    marker().write_bytes(b"")
