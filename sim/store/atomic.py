"""Files that are there whole or not at all: written under a temporary name, flushed to the disk, renamed."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sim.store.errors import StoreError

TEMPORARY = ".partial"


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn an error of the operating system at `path` into one sentence."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StoreError(f"the disk is full: {path} is not written; what was recorded before is kept") from error
        reason = error.strerror or str(error)
        raise StoreError(f"{path} cannot be written ({reason}); choose another folder with results_dir=") from error


def replace_file(path: Path, write: Callable[[Path], None], name: Callable[[Path], Path] | None = None) -> Path:
    """Let `write` fill a temporary file beside `path`, make it durable and rename it to `path`, or to what `name`
    makes of the written file; returns where it is. Raises StoreError."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}{TEMPORARY}")
    with explained(path):
        try:
            write(temporary)
            with temporary.open("r+b") as stream:
                os.fsync(stream.fileno())
            final = name(temporary) if name else path
            temporary.replace(final)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        # A folder can be flushed on POSIX only; elsewhere the rename itself has to do.
        with suppress(OSError):
            handle = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
    return final


def write_text(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Write a whole text file, with line ends as given."""
    replace_file(path, lambda temporary: _bytes(temporary, text.encode(encoding)))


def _bytes(path: Path, data: bytes) -> None:
    path.write_bytes(data)
