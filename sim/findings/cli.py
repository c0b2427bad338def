"""The commands about several studies that are judged together, and the verdict of a single hypothesis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.findings.conduct import PAGES, TABLES, again, begin, show, studies
from sim.findings.gather import gather
from sim.findings.text import reason
from sim.study.errors import StudyError
from sim.study.plan import Plan
from sim.study.show import Told, duration, size
from sim.vocabulary.words import own, room

if TYPE_CHECKING:
    from rich.console import Console

phrase = room("findings")


def main(name: str, overrides: Sequence[str], options: Mapping[str, Any], console: Console) -> int:
    """Run a collection of hypotheses; returns the exit code."""
    workers = _workers(options)
    if options.get("dry_run"):
        return _plan(name, overrides, workers, console)
    folder, found = begin(name, overrides, options.get("results_dir") or "results", workers, Told(console))
    show(found, console, own(options.get("lang") or "en"))
    return _where(folder, console)


def main_resume(folder: str, options: Mapping[str, Any], console: Console) -> int:
    """Finish a collection in a folder; returns the exit code."""
    if options.get("executor"):
        raise StudyError(f"several studies are finished on this machine; on another executor finish each in {folder}")
    found = again(folder, _workers(options), bool(options.get("repair")), Told(console))
    show(found, console, own(options.get("lang") or "en"))
    return _where(Path(folder), console)


def verdict(name: str, folder: Path, console: Console, lang: str) -> None:
    """The verdict of one hypothesis, judged by itself; where the study looks at too little, what is missing."""
    try:
        found = gather({name: folder})
    except StudyError as missing:
        console.print(f"{missing}", markup=False, highlight=False, soft_wrap=True)
        return
    show(found, console, own(lang))
    for one in found:
        console.print(f"{one.id}: {reason(one, own(lang))}", markup=False, highlight=False, soft_wrap=True)


def _where(folder: Path, console: Console) -> int:
    for name in (TABLES["en"], *PAGES.values()):
        console.print(str(folder / name), markup=False, highlight=False, soft_wrap=True)
    console.print(phrase("generated", "en").split(". ")[1] + ".", markup=False, highlight=False, soft_wrap=True)
    return 0


def _plan(name: str, overrides: Sequence[str], workers: int | None, console: Console) -> int:
    from sim.study.conduct import worker_count

    made: list[Plan] = []
    seconds = disk = 0.0

    def told(plan: Plan) -> None:
        nonlocal seconds, disk
        took, bytes_ = plan.estimate(worker_count(workers, plan))
        seconds, disk = seconds + took, disk + bytes_
        made.append(plan)
        text = f"{plan.name}: {len(plan.arms)} arms x {plan.replicates} replicates x {len(plan.points)} points"
        equal = f"held equal within {plan.tolerance:.0%}: {', '.join(plan.equal) or 'nothing'}"
        console.print(f"{text} = {plan.runs} runs; {equal}", markup=False, highlight=False, soft_wrap=True)

    studies(name, overrides, told)
    total = sum(plan.runs for plan in made)
    console.print(f"{total} runs, roughly {duration(seconds)} and {size(disk)} on disk", markup=False, highlight=False)
    console.print("dry run: nothing was run, nothing was written", markup=False, highlight=False)
    return 0


def _workers(options: Mapping[str, Any]) -> int | None:
    asked = options.get("workers")
    if asked is not None and int(asked) < 1:
        raise StudyError(f"workers={asked} makes no sense; give 1 or more, or leave it out to use all cores")
    return None if asked is None else int(asked)
