"""The files of a brief: whole, self-contained, searchable, and readable by the programs that they are for."""

import importlib.util
import json
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from sim.cli.main import main
from sim.report import Written
from sim.report.pictures import chosen
from sim.store import open_study

from .made import store

NOTICE = {"zh": "模拟结果，不评价任何真实社区", "en": "Simulated; does not assess any real community"}


def named(brief: Written, name: str) -> Path:
    """A file of the brief."""
    return next(path for path in brief.files if path.name == name)


def test_page_fetches_nothing(page: str) -> None:
    """No address of another file stands in the page, and it stays light."""
    named = page.replace("http://www.w3.org/2000/svg", "")  # the name of a kind of element, not an address
    assert not re.search(r"https?://|@import|<link|<iframe|src=", named)
    assert all(found.startswith(("data:", "#")) for found in re.findall(r"url\(([^)]*)\)", page))
    assert len(page.encode()) < 4_000_000


def test_page_is_well_formed(page: str) -> None:
    """Ids are unique, headings step down by one, each language has one first heading."""
    ids = Counter(re.findall(r'\bid="([^"]+)"', page))
    assert [name for name, count in ids.items() if count > 1] == []
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels.count(1) == 2
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_each_chart_has_words_and_a_table(page: str) -> None:
    """A picture is named for those who do not see it, and its numbers stand below it."""
    figures = re.findall(r"<figure>.*?</figure>", page, re.DOTALL)
    assert len(figures) >= 8
    for figure in figures:
        assert re.search(r'<svg role="img" aria-label="[^"]{20,}"', figure)
        assert "<details>" in figure and figure.count("<tr") > 2


def test_what_a_pointer_is_told_is_what_is_drawn(study: Path) -> None:
    """The text at a mark of the forest is the difference of its arm."""
    stored = open_study(study)
    picture = next(p for p in chosen(stored, "en")["charts"] if p.name == "paired_differences")
    row = stored.effects.set_index(["arm", "indicator"]).loc[("better", "welfare")]
    told = [spot.text for spot in picture.live()[1]]
    assert any("plan A" in text and f"{100 * row['difference']:.2f} points" in text for text in told)


def test_script_gets_the_differences_as_shown(page: str, study: Path) -> None:
    """The values for interactive reading are those of effects.csv, shares as per cent."""
    found = re.search(r'id="values">(.*?)</script>', page, re.DOTALL)
    assert found
    values = json.loads(found[1].replace("<\\/", "</"))
    first = values["indicators"][0]
    row = open_study(study).effects.set_index(["arm", "indicator"]).loc[("better", "welfare")]
    stated = [row[key] for key in ("mean_baseline", "mean_arm", "difference", "ci_low", "ci_high")]
    assert first["rows"]["better"] == pytest.approx([100 * value for value in stated], rel=1e-4)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed (poppler-utils)")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_paper_is_short_and_can_be_searched(brief: Written, lang: str) -> None:
    """Four to eight pages whose words come out as they are, the notice on each."""
    done = subprocess.run(["pdftotext", "-raw", str(named(brief, f"brief.{lang}.pdf")), "-"], capture_output=True)
    pages = done.stdout.decode("utf-8").removesuffix("\f").split("\f")
    assert 4 <= len(pages) <= 8
    text = re.sub(r"\s+", "", "".join(pages))
    question = {"zh": "方案甲是否更好？", "en": "IsplanAbetter?"}[lang]
    assert question in text and all(NOTICE["en"].replace(" ", "") in re.sub(r"\s+", "", part) for part in pages)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_slides_hold_one_chart_with_its_sentence(brief: Written, lang: str) -> None:
    """Every picture has a slide, a title and words for those who do not see it."""
    from pptx import Presentation

    slides = Presentation(str(named(brief, f"brief.{lang}.pptx"))).slides
    pictures = [[s for s in slide.shapes if s.shape_type == 13] for slide in slides]
    assert sum(map(bool, pictures)) >= 4 and max(map(len, pictures)) == 1
    for slide, found in zip(slides, pictures, strict=True):
        assert slide.shapes.title.text
        assert any(NOTICE[lang] in s.text_frame.text for s in slide.shapes if s.has_text_frame)
        assert all(len(s._element.nvPicPr.cNvPr.get("descr")) > 20 for s in found)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_document_has_headings_tables_and_pictures(brief: Written, lang: str) -> None:
    """It can be edited: real headings, real tables."""
    from docx import Document

    found = Document(str(named(brief, f"brief.{lang}.docx")))
    headings = [p.text for p in found.paragraphs if p.style and p.style.name.startswith("Heading 1")]
    assert len(headings) >= 7 and len(found.tables) >= 4 and len(found.inline_shapes) >= 3


def test_workbook_holds_numbers(brief: Written) -> None:
    """Differences are numbers, in one sheet with all of them."""
    with zipfile.ZipFile(named(brief, "brief.en.xlsx")) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        last = book.read(f"xl/worksheets/sheet{len(names)}.xml").decode()
    assert names[0] == "About" and names[-1] == "All differences"
    assert len(re.findall(r'<c r="G\d+" s="\d+"><v>-?[\d.E-]+</v>', last)) > 20


def test_command_writes_what_is_asked_for(study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One language, one format, the path printed."""
    folder = shutil.copytree(study, tmp_path / "copy", ignore=shutil.ignore_patterns("report"))
    assert main(["report", str(folder), "lang=en", "format=xlsx"]) == 0
    assert [path.name for path in (folder / "report").iterdir()] == ["brief.en.xlsx"]
    assert "brief.en.xlsx" in capsys.readouterr().out


def test_mistakes_end_in_one_sentence(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 2, nothing written, what would be right."""
    alone = store(tmp_path / "alone", arms=("before",))
    folder = shutil.copytree(study, tmp_path / "copy", ignore=shutil.ignore_patterns("report"))
    for words, wanted in (
        ([str(folder), "format=odt"], "pptx"), ([str(folder), "only=fan"], "no option only="),
        ([str(tmp_path)], "not the folder of a study"), ([str(alone)], "no brief"),
    ):  # fmt: skip
        assert main(["report", *words]) == 2
        said = capsys.readouterr().err
        assert said.startswith("gongzhi: ") and wanted in said and said.count("\n") == 1
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *more: None if name == "typst" else find(name, *more))
    assert main(["report", str(folder), "format=pdf"]) == 2
    assert "gongzhi[report]" in capsys.readouterr().err
    assert not (folder / "report").exists() and not (alone / "report").exists()
    assert main(["report", str(folder), "lang=zh"]) == 0  # the page is there, and how to get the paper is said
    assert [path.name for path in (folder / "report").iterdir()] == ["brief.html"]
    assert "gongzhi[report]" in capsys.readouterr().out
