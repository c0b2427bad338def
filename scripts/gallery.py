"""The gallery of charts: docs/gallery.md and its pictures, drawn from stored studies; nothing is run.

python scripts/gallery.py FOLDER [FOLDER ...]    each chart comes from the first of these studies that has the data

The pictures are small (fewer dots, few colours), because they live in the repository.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "gallery.md"
PICTURES = ROOT / "docs" / "pictures" / "gallery"
WIDE = 720
LANGS = ("en", "zh")
# shown in Chinese too: room is short
BOTH = ("scorecard", "case_flow", "groups", "closing", "fan", "year", "ranks", "pareto")
SLIDE, PAPER = "scorecard", "paired_differences"  # shown in the other styles too
ORDER = (
    "scorecard", "paired_differences", "ranks", "pareto", "levels", "fan", "course", "robustness", "two_records",
    "closing", "case_flow", "body_matrix", "groups", "hours_money", "money", "budgets", "year", "ablation",
    "ablation_places", "tornado", "discovery", "patterns",
)  # fmt: skip


def main(folders: list[str]) -> int:
    """Draw, shrink, write the page; returns the exit status."""
    from sim.charts import charts, draw
    from sim.charts.small import small
    from sim.store import open_study

    if not folders:
        print(f"usage: {__doc__.splitlines()[2]}", file=sys.stderr)
        return 2
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    every = charts()
    lines = head()
    left: dict[str, str] = {}
    for name in [*(n for n in ORDER if n in every), *sorted(set(every) - set(ORDER))]:
        for folder in folders:
            with tempfile.TemporaryDirectory() as made:
                study = linked(Path(folder), Path(made))
                written = draw(study, LANGS, "page", [name])
                if not written:
                    left[name] = str(written.left_out[name]["en"])
                    continue
                left.pop(name, None)
                lines += section(every[name], study, name, str(open_study(folder).study["name"]))
                for lang in LANGS if name in BOTH else LANGS[:1]:
                    small(study / "charts" / f"{name}.{lang}.png", PICTURES / f"{name}.{lang}.png", WIDE)
                print(name)
            break
    with tempfile.TemporaryDirectory() as made:
        study = linked(Path(folders[0]), Path(made))
        draw(study, ("en",), "slide", [SLIDE])
        draw(study, ("zh",), "paper", [PAPER])
        small(study / "charts" / "slide" / f"{SLIDE}.en.png", PICTURES / "slide.en.png", WIDE)
        small(study / "charts" / "paper" / f"{PAPER}.zh.png", PICTURES / "paper.zh.png", WIDE)
    lines += [
        "", "## Styles",
        "", "`style=slide` is a slide of 16 to 9, `style=paper` a figure over two columns of a journal.",
        "", f"![{every[SLIDE].label['en']}, slide](pictures/gallery/slide.en.png)",
        "", f"![{every[PAPER].label['zh']}，期刊插图](pictures/gallery/paper.zh.png)",
    ]  # fmt: skip
    if left:
        lines += ["", "## Not shown here", "", *(f"- `{name}`: {reason}" for name, reason in left.items())]
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    total = sum(path.stat().st_size for path in PICTURES.glob("*.png"))
    print(f"{PAGE.relative_to(ROOT)}: {len(list(PICTURES.glob('*.png')))} pictures, {total / 1e6:.2f} MB")
    return 0


def linked(folder: Path, into: Path) -> Path:
    """A folder whose tables are those of a study and whose charts are its own."""
    import shutil

    return Path(shutil.copytree(folder, into / "study", ignore=shutil.ignore_patterns("charts")))


def head() -> list[str]:
    """Title, what the pictures are, and how to make them."""
    return [
        "# Gallery of charts (图表集)",
        "",
        "Written by `python scripts/gallery.py FOLDER ...` from stored studies. **Simulated; does not assess any",
        "real community. 模拟结果，不评价任何真实社区。** The numbers show what the charts look like, not what to",
        "believe: the footers say what they stand on. Every chart is drawn in English and in Chinese; some are shown",
        "in both.",
        "",
        "`gongzhi list charts` lists them with the question that each answers; `gongzhi charts FOLDER` draws all",
        "that a stored study has the data for, `gongzhi charts FOLDER only=groups lang=zh style=slide` one of them.",
        "Beside each picture (PNG, SVG, PDF) lie the numbers that it shows (CSV) and a text for those who cannot see",
        "it (TXT).",
    ]


def section(chart: object, study: Path, name: str, source: str) -> list[str]:
    """Heading, question, takeaway and pictures of one chart."""
    label, question = chart.label, chart.question  # type: ignore[attr-defined]
    said = {lang: (study / "charts" / f"{name}.{lang}.txt").read_text(encoding="utf-8").splitlines() for lang in LANGS}
    lines = [
        "",
        f"## {label['en']} ({label['zh']})",
        "",
        f"{question['en']} {question['zh']} (`{name}`, study `{source}`)",
        "",
        f"![{plain(said['en'][1])}](pictures/gallery/{name}.en.png)",
    ]
    if name not in BOTH:
        return lines
    return [
        *lines,
        "",
        "<details><summary>中文</summary>",
        "",
        f"![{plain(said['zh'][1])}](pictures/gallery/{name}.zh.png)",
        "",
        "</details>",
    ]


def plain(text: str) -> str:
    """A text that may stand in the brackets of a picture."""
    return re.sub(r"[\[\]]", "", text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
