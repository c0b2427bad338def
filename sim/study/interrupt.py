"""Ctrl-C at a bad moment: it counts when what is being done is done."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Finish what is done inside before a Ctrl-C that comes meanwhile counts; it counts then."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    stopped = False

    def later(*_: object) -> None:
        nonlocal stopped
        stopped = True

    before = signal.signal(signal.SIGINT, later)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if stopped and before is not signal.SIG_IGN:
        raise KeyboardInterrupt


@contextmanager
def starting() -> Iterator[None]:
    """Start processes inside: Ctrl-C counts afterwards, and does not reach them before they leave it to their parent.

    They inherit that it is blocked, until they ignore it themselves; where a system cannot block signals, they do not.
    """
    with uninterrupted():
        if sys.platform == "win32":
            yield
            return
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
