"""What can go wrong with a study, in words for the user."""

from __future__ import annotations

from pathlib import Path


class StudyError(ValueError):
    """A study that cannot be run as it was asked for; one clear sentence."""


class Stopped(Exception):
    """The user stopped a study; what was recorded is kept in `folder`, and `command` goes on with it."""

    def __init__(self, folder: Path, recorded: int, wanted: int, command: str = "resume") -> None:
        super().__init__(f"stopped with {recorded} of {wanted} runs recorded; finish with: gongzhi {command} {folder}")
        self.folder, self.recorded, self.wanted = folder, recorded, wanted
