"""One process at a time works on a study's folder; the operating system takes the lock back when a process dies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from sim.store.atomic import explained
from sim.store.errors import StoreError

NAME = ".lock"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Work on a folder alone. Raises StoreError when another process does or the folder cannot be written."""
    with explained(folder / NAME):
        stream = (folder / NAME).open("a+b")
    try:
        if not _lock(stream):
            raise StoreError(
                f"another process is computing the study in {folder}; see how far it is with: gongzhi status {folder}"
            )
        yield
    finally:
        stream.close()


def busy(folder: Path) -> bool:
    """Whether a process works on the folder now."""
    try:
        with (folder / NAME).open("r+b") as stream:
            return not _lock(stream)
    except OSError:
        return False  # never worked on, or not ours to write


def _lock(stream: IO[bytes]) -> bool:
    """Take the lock until the file is closed; False when somebody else has it. Without locks there is no waiting."""
    if os.name == "nt":
        import msvcrt

        stream.seek(0)
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        with suppress(OSError):  # a file system that knows no locks
            stream.flush()
    return True
