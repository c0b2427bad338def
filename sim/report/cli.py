"""The command `gongzhi report DIR`: exit code 0 when the brief is written, 2 with one sentence when it is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.study.cli import check_options, guarded
from sim.study.show import console_of, say

OPTIONS = {"lang", "langs", "format", "configs"}


def main(folder: str, options: Mapping[str, Any] | None = None) -> int:
    """Write the brief of the study in a folder and print where it is."""
    console, options = console_of(), dict(options or {})

    def work() -> int:
        from sim.report import report
        from sim.vocabulary.words import LANGS

        check_options("report", options, OPTIONS)
        langs = options.get("langs") or LANGS
        written = report(folder, langs, options.get("format"), lambda text: say(console, text))
        for path in written.files:
            say(console, str(path))
        for sentence in written.left_out.values():
            say(console, sentence)
        return 0

    return guarded(work)
