"""What can go wrong when a brief is asked for."""

from __future__ import annotations

from sim.study.errors import StudyError

# format: the module that makes it, its package, and the extra of this program that brings it
PACKAGES = {
    "pdf": ("typst", "typst", "report"),
    "pptx": ("pptx", "python-pptx", "office"),
    "xlsx": ("xlsxwriter", "XlsxWriter", "office"),
    "docx": ("docx", "python-docx", "office"),
}


def missing(kind: str) -> StudyError:
    """The error for a format whose package is not installed."""
    _, package, extra = PACKAGES[kind]
    return StudyError(
        f"format={kind} needs the package {package}, which is not installed: pip install 'gongzhi[{extra}]' "
        f"(in a checkout: pip install -e '.[{extra}]')"
    )
