"""Mutants of the model: one operator of a kernel changed at a time, and the town that notices.

A mutant lives in a process of its own, forked from one that holds the compiled model and what the towns usually come
to: the changed function takes the place of its kernel, and only callers that depend on it are compiled again, into a
cache that is thrown away. `operators.csv` holds the outcome of every change that was tried. A run goes on where the
last one stopped; a change is tried again when its function or the model version is another, a survivor without a
reason always. The reason why nothing can notice a survivor is written into the table by hand, and stays.
"""

from __future__ import annotations

import ast
import csv
import fnmatch
import functools
import hashlib
import os
import random
import signal
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import connection, get_context
from pathlib import Path
from typing import Any

from sim.engine import binding
from sim.engine.kernel import Kernel, prepare_cache
from sim.engine.mechanism import Mechanism
from sim.identity import MODEL_VERSION
from sim.model.plan import load_all
from tests.changes import Change, changes
from tests.golden.battery import HERE, exact, run, towns

TABLE = HERE / "operators.csv"
HEAD = ("function", "source", "n", "change", "code", "noticed", "reason")
STOPS, NO_PROGRAM = "stops", "no program"  # outcomes beside the name of a town and, for a survivor, nothing
LIMIT = 60  # seconds of a town after which a run is taken never to end; the slowest takes two
SHOWN = 80  # letters of code in the table
PACKAGES = ("sim.model.", "sim.engine.ledger.")

Row = dict[str, str]


@dataclass(frozen=True)
class Mutant:
    """The n-th change of a kernel; `source` is a hash of the function as it is."""

    function: str
    source: str
    n: int
    words: str
    code: str
    where: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.function, self.source, str(self.n)


@functools.cache
def kernels() -> dict[str, Kernel[..., Any]]:
    """All kernels of the program by module and function, those of mechanisms included."""
    load_all()
    found = {}
    for module in [m for name, m in sys.modules.items() if name.startswith("sim.")]:
        for value in vars(module).values():
            item = value.kernel if isinstance(value, Mechanism) else value
            if isinstance(item, Kernel):
                found[f"{item.py_func.__module__}.{item.py_func.__name__}"] = item
    return dict(sorted(found.items()))


def tree_of(item: Kernel[..., Any]) -> ast.FunctionDef:
    """The function of a kernel as a tree, with the lines of its file and without what decorates it."""
    code = item.py_func.__code__
    tree = ast.parse(Path(code.co_filename).read_text(encoding="utf-8"))
    function = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == code.co_name)
    function.decorator_list = []
    return function


@functools.cache
def mutants(name: str) -> list[Mutant]:
    """All changes of one kernel."""
    item = kernels()[name]
    tree = tree_of(item)
    source = hashlib.sha256(ast.dump(tree).encode()).hexdigest()[:6]
    short = _short(name)
    file = Path(*name.split(".")[:-1]).with_suffix(".py")

    def one(n: int, change: Change) -> Mutant:
        code = " ".join(ast.unparse(change.node).split())
        cut = code if len(code) <= SHOWN else code[: SHOWN - 4] + " ..."
        return Mutant(short, source, n, change.words, cut, f"{file}:{change.line}")

    return [one(n, change) for n, change in enumerate(changes(tree))]


def sampled(patterns: list[str], size: int, seed: int) -> list[Mutant]:
    """Changes drawn from all kernels of mechanisms and agents in turn, so that each has one before any has two."""
    decks = []
    for name in kernels():
        if name.startswith(PACKAGES) and _wanted(_short(name), patterns):
            deck = list(mutants(name))
            random.Random(f"{seed} {name}").shuffle(deck)
            decks.append(deck)
    rounds = [[deck[at] for deck in decks if at < len(deck)] for at in range(max(map(len, decks), default=0))]
    return [mutant for one in rounds for mutant in one][: size or None]


def _short(name: str) -> str:
    """Module and function."""
    return ".".join(name.split(".")[-2:])


def _wanted(name: str, patterns: list[str]) -> bool:
    return not patterns or any(fnmatch.fnmatch(name, p) or fnmatch.fnmatch(name.split(".")[0], p) for p in patterns)


# --- one mutant, in a process of its own


def put_in_place(mutant: Mutant) -> set[str]:
    """Let the changed function act from now on; returns the mechanisms that depend on it."""
    item = next(k for name, k in kernels().items() if name.endswith(f".{mutant.function}"))
    tree, made = tree_of(item), {n: k.made_of for n, k in kernels().items()}
    list(changes(tree))[mutant.n].make()
    names: dict[str, Any] = {}
    whole = ast.fix_missing_locations(ast.Module([tree], []))
    exec(compile(whole, item.py_func.__code__.co_filename, "exec"), item.py_func.__globals__, names)
    item.py_func = names[tree.name]
    for one in kernels().values():
        vars(one).pop("made_of", None)
    moved = {id(k) for n, k in kernels().items() if k.made_of != made[n]}
    for one in kernels().values():
        if id(one) in moved:
            vars(one).pop("_entry", None)
            vars(one).pop("inner", None)
    again = {name for name, m in load_all().items() if id(m.kernel) in moved}
    usual, anew = binding.caller, functools.cache(binding.caller.__wrapped__)
    binding.made_of.cache_clear()
    binding.caller = lambda name: (anew if name in again else usual)(name)  # type: ignore[assignment]
    return again


def outcome(mutant: Mutant, order: Iterable[str], folder: Path) -> str:
    """The first town that comes to something else, or why there is none."""
    os.environ["GONGZHI_CACHE"] = str(folder)
    prepare_cache.cache_clear()
    warnings.simplefilter("ignore")
    try:
        for name in put_in_place(mutant):
            binding.caller(name)
    except Exception:
        return NO_PROGRAM
    for town in order:
        signal.alarm(LIMIT)
        try:
            found = exact(run(town))
        except Exception:
            return STOPS
        if found != usual(town):
            return town
    return ""


@functools.cache
def usual(town: str) -> dict[str, str]:
    """What a town comes to as the model is."""
    return exact(run(town))


def outcomes(jobs: list[Mutant], noticed: Counter[tuple[str, str]], at_once: int) -> Iterator[tuple[Mutant, str]]:
    """Each mutant with its outcome, as they come. `noticed` counts by module and town, to begin with the likeliest."""
    fork = get_context("fork")
    running: dict[Any, tuple[Any, Mutant, Any]] = {}
    waiting = list(reversed(jobs))
    with tempfile.TemporaryDirectory() as folder:

        def act(mutant: Mutant, order: list[str], end: Any) -> None:
            end.send(outcome(mutant, order, Path(folder) / f"{mutant.function}.{mutant.n}"))

        while waiting or running:
            while waiting and len(running) < at_once:
                mutant = waiting.pop()
                module = mutant.function.split(".")[0]
                order = sorted(towns(), key=lambda town, m=module: -noticed[m, town])  # type: ignore[misc]
                mine, its = fork.Pipe(duplex=False)
                child = fork.Process(target=act, args=(mutant, order, its))
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore", DeprecationWarning)  # of threads, those of linear algebra, at rest
                    child.start()
                its.close()
                running[mine] = child, mutant, order
            for mine in connection.wait(list(running)):
                child, mutant, order = running.pop(mine)
                try:
                    found = mine.recv()
                except EOFError:
                    found = STOPS  # no answer: it crashed, or never ended
                child.join()
                mine.close()
                yield mutant, found


# --- the table


def read() -> tuple[str, dict[tuple[str, str, str], Row]]:
    """Model version of the table, and its rows by key."""
    if not TABLE.exists():
        return "", {}
    first, *lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = {(row["function"], row["source"], row["n"]): row for row in csv.DictReader(lines)}
    return first.partition("version ")[2].partition(";")[0], rows


def write(rows: Iterable[Row], said: str) -> None:
    """Write the table, with what it comes to in its first line."""
    ordered = sorted(rows, key=lambda row: (row["function"], int(row["n"])))
    partial = TABLE.with_suffix(".part")
    with partial.open("w", encoding="utf-8", newline="") as file:
        file.write(f"# model version {MODEL_VERSION}; {said}; {summary(ordered)}\n")
        table = csv.DictWriter(file, HEAD, lineterminator="\n")
        table.writeheader()
        table.writerows(ordered)
    partial.replace(TABLE)


def summary(rows: Iterable[Row]) -> str:
    """Numbers of what was noticed and what was not."""
    rows = list(rows)
    programs = [row for row in rows if row["noticed"] != NO_PROGRAM]
    survived = [row for row in programs if not row["noticed"]]
    reasoned = sum(1 for row in survived if row["reason"])
    return (
        f"{len(rows)} changes: {len(rows) - len(programs)} no program; {len(programs) - len(survived)} noticed; "
        f"{len(survived)} not; {reasoned} of these with a reason"
    )


def settled(row: Row | None) -> bool:
    """Whether a change was tried and noticed, or nothing can notice it."""
    return bool(row and (row["noticed"] or row["reason"]))


def prove_operators(patterns: list[str], seed: int, sample: int) -> int:
    """Try a sample of operators (0 is all); returns 1 when one moves no town and the table gives no reason for it."""
    jobs = sampled(patterns, sample, seed)
    version, before = read()
    known = {m.key for name in kernels() if name.startswith(PACKAGES) for m in mutants(name)}
    rows = {key: row for key, row in before.items() if key in known}
    open_ = [m for m in jobs if version != MODEL_VERSION or not settled(rows.get(m.key))]
    noticed = Counter((row["function"].split(".")[0], row["noticed"]) for row in rows.values())
    said = f"seed={seed} sample={sample or 'all'}" + (f" of {' '.join(patterns)}" if patterns else "")
    print(f"{len(jobs)} changes, {len(jobs) - len(open_)} of them known", flush=True)
    for town in towns() if open_ else ():
        usual(town)
    for count, (mutant, found) in enumerate(outcomes(open_, noticed, min(2, os.cpu_count() or 1)), 1):
        reason = before.get(mutant.key, {}).get("reason", "") if not found else ""
        cells = (*mutant.key, mutant.words, mutant.code, found, reason)
        rows[mutant.key] = dict(zip(HEAD, cells, strict=True))
        noticed[mutant.function.split(".")[0], found] += 1
        write(rows.values(), said)
        if not found:
            print(f"moves nothing: {mutant.where} {mutant.words}: {mutant.code}", flush=True)
        if count % 25 == 0:
            print(f"{count} of {len(open_)}", flush=True)
    write(rows.values(), said)
    mine = [rows[m.key] for m in jobs]
    print(summary(mine))
    return int(any(not row["noticed"] and not row["reason"] for row in mine))
