"""Writing a brief in the formats asked for. All of them are made before the first is written."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sim.charts.registry import NoData
from sim.cli.options import FORMATS
from sim.report.document import Brief
from sim.report.errors import PACKAGES, missing
from sim.store import open_study
from sim.store.atomic import explained, replace_file
from sim.study.errors import StudyError
from sim.vocabulary.words import LANGS, languages

FOLDER = "report"
USUAL = ("html", "pdf")


@dataclass
class Written:
    """The files of a brief; `left_out` says of a usual format that could not be made how to get it."""

    files: list[Path] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)

    @property
    def brief(self) -> Path:
        """The file to open first."""
        return self.files[0]


def report(
    directory: str | Path,
    langs: Sequence[str] = LANGS,
    formats: Sequence[str] | None = None,
    say: Callable[[str], None] = lambda text: None,
) -> Written:
    """Write the brief of the study in `directory` into its folder report/: brief.html with all languages, and
    brief.LANG.{pdf,pptx,xlsx,docx}. Without `formats`: html, and pdf where typst is installed.

    Raises StoreError when `directory` holds no study, StudyError for an unknown language or format, for a format whose
    package is not installed, and for a study that compares nothing.
    """
    written = Written()
    wanted = _formats(formats, written)
    for lang in langs:
        if lang not in languages():
            raise StudyError(f"a brief speaks {' and '.join(languages())}, not {lang!r}")
    study = open_study(directory)
    from sim.report.compose import compose

    briefs = []
    for lang in dict.fromkeys(langs):
        say(f"{study.study['name']}: {lang} ...")
        try:
            briefs.append(compose(study, lang))
        except NoData as reason:
            raise StudyError(f"{study.path} gives no brief: {reason}") from reason
    made: list[tuple[str, bytes]] = []
    for kind in wanted:
        if kind == "html":
            from sim.report.page import html

            say("html ...")
            made.append(("brief.html", html(briefs).encode("utf-8")))
            continue
        make = _maker(kind)
        for brief in briefs:
            say(f"{kind}, {brief.lang} ...")
            made.append((f"brief.{brief.lang}.{kind}", make(brief)))
    folder = study.path / FOLDER
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
    for name, data in made:
        replace_file(folder / name, lambda path, data=data: _bytes(path, data))  # type: ignore[misc]
        written.files.append(folder / name)
    return written


def _formats(asked: Sequence[str] | None, written: Written) -> list[str]:
    """The formats to make, or the error of one that cannot be made."""
    for kind in asked or ():
        if kind not in FORMATS:
            raise StudyError(f"there is no format {kind!r} of a brief; there are {', '.join(FORMATS)}")
    wanted = []
    for kind in dict.fromkeys(asked or USUAL):
        module = PACKAGES.get(kind, ("sim", "", ""))[0]
        if importlib.util.find_spec(module) is not None:
            wanted.append(kind)
        elif asked:
            raise missing(kind)
        else:
            written.left_out[kind] = str(missing(kind))
    return wanted


def _maker(kind: str) -> Callable[[Brief], bytes]:
    if kind == "pdf":
        from sim.report.pdf import pdf

        return pdf
    if kind == "pptx":
        from sim.report.slides import pptx

        return pptx
    if kind == "xlsx":
        from sim.report.sheets import xlsx

        return xlsx
    from sim.report.text_document import docx

    return docx


def _bytes(path: Path, data: bytes) -> None:
    path.write_bytes(data)
