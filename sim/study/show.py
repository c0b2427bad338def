"""What the user sees while a study runs and when it is done: progress with time left, then a short table."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from rich.console import Console

    from sim.study.worker import Record

LINE_SECONDS = 15.0  # between plain lines of progress when there is no terminal


class Progress(Protocol):
    """Somebody who is told how a study goes."""

    def say(self, text: str) -> None:
        """A word about what is going on."""

    def begin(self, total: int, done: int) -> None:
        """Work begins; `done` of `total` runs are on record already."""

    def advance(self, records: Sequence[Record]) -> None:
        """More runs are done."""

    def end(self) -> None:
        """Work has ended, complete or not."""


class Silent:
    """Tells nobody."""

    def say(self, text: str) -> None:
        """Nothing."""

    def begin(self, total: int, done: int) -> None:
        """Nothing."""

    def advance(self, records: Sequence[Record]) -> None:
        """Nothing."""

    def end(self) -> None:
        """Nothing."""


class Told:
    """Progress on a console: a bar with the time left on a terminal, a plain line now and then elsewhere."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.bar: Any = None
        self.task: Any = None
        self.total = self.done = self.before = self.bad = 0
        self.start = self.last = 0.0

    def say(self, text: str) -> None:
        """Print one line."""
        self.console.print(text, markup=False, highlight=False)

    def begin(self, total: int, done: int) -> None:
        """Start the clock and, on a terminal, the bar."""
        self.total, self.done, self.before = total, done, done
        self.start = self.last = time.monotonic()
        if self.console.is_terminal:
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            self.bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("time left"),
                TimeRemainingColumn(),
                console=self.console,
            )
            self.bar.start()
            self.task = self.bar.add_task("runs", total=total, completed=done)
        else:
            self.say(f"{done} of {total} runs done")

    def advance(self, records: Sequence[Record]) -> None:
        """Count runs; name those that did not complete."""
        self.done += len(records)
        for record in records:
            if record.status != "ok":
                self.bad += 1
                if self.bad <= 5:
                    self.say(f"a run {record.status} (replicate {record.replicate}): {record.message}")
        if self.bar is not None:
            self.bar.update(self.task, completed=self.done)
            return
        moment = time.monotonic()
        if moment - self.last >= LINE_SECONDS:
            self.last = moment
            left = (moment - self.start) / max(1, self.done - self.before) * (self.total - self.done)
            self.say(f"{self.done} of {self.total} runs done, about {duration(left)} left")

    def end(self) -> None:
        """Take the bar away."""
        if self.bar is not None:
            self.bar.stop()
            self.bar = None


def duration(seconds: float) -> str:
    """A time in words."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    if seconds < 5400:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:.1f} h"


def size(count: float) -> str:
    """A number of bytes in words."""
    for unit in ("kB", "MB", "GB"):
        count /= 1000
        if count < 1000:
            return f"{count:.1f} {unit}"
    return f"{count / 1000:.1f} TB"


def decimals(largest: float) -> int:
    """Decimals that leave three digits of the largest number that is shown."""
    if largest == 0 or not math.isfinite(largest):
        return 2
    return max(0, min(6, 2 - math.floor(math.log10(largest))))


def number(value: float, places: int) -> str:
    """A number with that many decimals; a dash where there is none."""
    return "-" if math.isnan(value) else f"{round(value, places) + 0.0:.{places}f}"  # + 0.0: no minus before a zero


def console_of() -> Console:
    """The console of a command."""
    from rich.console import Console

    return Console()


def say(console: Console, text: str) -> None:
    """Print one line as it is."""
    console.print(text, markup=False, highlight=False, soft_wrap=True)
