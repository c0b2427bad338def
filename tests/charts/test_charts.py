"""Charts: complete, readable, honest about their intervals, and the same each time."""

import functools
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.charts import STYLES, NoData, Setting, charts, draw, prose, style, takeaway
from sim.charts.tables import comparisons
from sim.store import StoredStudy, open_study
from sim.vocabulary import words

LANGS = ("zh", "en")
SOME = ("levels", "case_flow", "pareto")  # written in every form; the slow tests write all
OF_POINTS = ("robustness",)  # charts of studies whose runs stand at several design points
OF_CALIBRATION = ("patterns",)  # the chart of what a calibration found
OF_RANGES = ("discovery", "tornado")  # charts of studies whose points were drawn from ranges
NOTICE = {"zh": "模拟结果\uff0c不评价任何真实社区", "en": "Simulated; does not assess any real community"}


@pytest.fixture(scope="module")
def drawn(made_up: Path) -> dict[str, Path]:
    """Every file of some charts by name; warnings, a missing glyph among them, are errors."""
    written = draw(made_up, only=SOME)
    assert written.left_out == {}
    return {path.name: path for path in written}


def test_every_form(drawn: dict[str, Path]) -> None:
    """Each chart is there in both languages and all forms, and none is empty."""
    assert set(drawn) == files(SOME)
    assert all(path.stat().st_size > 100 for path in drawn.values())


@pytest.mark.slow
def test_every_chart_in_every_form(
    made_up: Path, pointed: Path, sampled: Path, ensemble: Path, tmp_path: Path
) -> None:
    """All charts of a study that has everything, and those of studies at several points."""
    copies = [Path(shutil.copytree(folder, tmp_path / folder.name)) for folder in (made_up, pointed, sampled, ensemble)]
    written = draw(copies[0])
    assert set(written.left_out) == {*OF_POINTS, *OF_RANGES, *OF_CALIBRATION}
    written += draw(copies[1], only=OF_POINTS)
    written += draw(copies[2], only=OF_RANGES)
    written += draw(copies[3], only=OF_CALIBRATION)
    assert {path.name for path in written} == files(charts())
    assert all(path.stat().st_size > 100 for path in written)


def files(names: Iterable[str]) -> set[str]:
    """Names of the files of these charts."""
    return {f"{n}.{lang}.{kind}" for n in names for lang in LANGS for kind in ("png", "svg", "pdf", "csv", "txt")}


def test_says_what_it_is_not(drawn: dict[str, Path]) -> None:
    """Sample size, kind of interval, version, configuration and the notice stand on every chart."""
    for name, path in drawn.items():
        if name.endswith(".txt"):
            text = path.read_text(encoding="utf-8")
            assert all(notice in text for notice in NOTICE.values()), name
            assert "n = 30" in text and "0123456789ab" in text, name
            question = charts()[name.split(".")[0]].question[name.split(".")[1]]
            assert question in text and len(text) > len(question) + 200, name


def test_table_is_what_is_drawn(drawn: dict[str, Path], made_up: Path) -> None:
    """The CSV holds the table that the chart function got."""
    for name in SOME:
        stored = pd.read_csv(drawn[f"{name}.en.csv"], encoding="utf-8-sig")
        made = charts()[name].rows(open_study(made_up))
        pd.testing.assert_frame_equal(stored, made, check_dtype=False, check_exact=False, check_column_type=False)


@functools.cache
def table_of(
    name: str, made_up: Path, pointed: Path, sampled: Path, ensemble: Path
) -> tuple[StoredStudy, pd.DataFrame]:
    """The study that a chart is drawn from, and its table; the same for every language and style."""
    others = {OF_POINTS: pointed, OF_RANGES: sampled, OF_CALIBRATION: ensemble}
    study = studied(next((folder for names, folder in others.items() if name in names), made_up))
    return study, charts()[name].rows(study)


@functools.cache
def studied(folder: Path) -> StoredStudy:
    """A study that is read once."""
    return open_study(folder)


@pytest.mark.parametrize("look", [pytest.param(s, marks=pytest.mark.slow) if s == "paper" else s for s in STYLES])
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", sorted(charts()))
def test_text_stays_inside(
    made_up: Path, pointed: Path, sampled: Path, ensemble: Path, name: str, lang: str, look: str
) -> None:
    """No text leaves the figure, and no title, tick label or key entry covers another."""
    study, rows = table_of(name, made_up, pointed, sampled, ensemble)
    with style.styled(look):
        figure = charts()[name].draw(rows, Setting(study, lang, look))
        figure.canvas.draw()
        renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
        texts = [*figure.texts]
        for axes in figure.axes:
            if axes.axison:
                texts += [axes._left_title, axes.xaxis.label]
                for axis in (axes.xaxis, axes.yaxis):  # only ticks within the limits are drawn
                    texts += [label for tick in axis._update_ticks() for label in (tick.label1, tick.label2)]
            texts += [text for key in [axes.get_legend()] if key for text in key.get_texts()]
        low, high = figure.bbox.min - 2, figure.bbox.max + 2
        boxes = []
        for text in texts:
            if text.get_text().strip() and text.get_visible():
                box = text.get_window_extent(renderer)
                assert (box.min >= low).all() and (box.max <= high).all(), f"{text.get_text()!r} leaves the figure"
                boxes.append((text.get_text(), box))
    for place, (first, a) in enumerate(boxes):
        for second, b in boxes[place + 1 :]:
            across = min(a.x1, b.x1) - max(a.x0, b.x0)
            down = min(a.y1, b.y1) - max(a.y0, b.y0)
            # Line boxes include empty room above and below the letters.
            assert across <= 2 or down <= 0.35 * min(a.height, b.height), f"{first!r} and {second!r} overlap"


def test_font_has_every_character() -> None:
    """Nothing that the charts can say is missing from the font."""
    import pylopdf_fonts_zh_cn
    from fontTools.ttLib import TTFont

    folder = Path(pylopdf_fonts_zh_cn.__file__).parent
    with TTFont(folder / "NotoSansSC-Regular.otf") as file:
        known = set(file.getBestCmap())
    said = [text for lang in LANGS for room in words.rooms() for text in words.entries(lang, room).values()]
    said += [text for item in prose.declared().values() for text in item.label.values()]
    said += [text for chart in charts().values() for text in (*chart.label.values(), *chart.question.values())]
    said += [prose.typeset(text) for text in said] + [prose.MINUS, "▲▼◆■●○→–…"]
    missing = {letter for text in said for letter in text if ord(letter) not in known and letter != "\n"}
    assert missing == set()


def test_every_unit_has_words() -> None:
    """Each unit of an indicator is written out in both languages."""
    assert all(words.has(f"unit.{unit}") for unit in {item.unit for item in prose.declared().values()} - {"", "number"})


def effects(low: float, high: float, n: int = 30) -> pd.DataFrame:
    """One comparison with this interval."""
    middle = (low + high) / 2
    verdict = "unclear" if not (low > 0 or high < 0) else "better"
    row = {"indicator": "welfare", "arm": "flattened", "difference": middle, "ci_low": low, "ci_high": high, "n": n}
    return pd.DataFrame([{**row, "verdict": verdict}])


@pytest.mark.parametrize(
    ("low", "high", "zh", "en"),
    [
        (-0.01, 0.02, "没有方案能与基线区分", "no arm is distinguishable"),
        (0.001, 0.015, "+0.8 个百分点", "+0.8 points (0.1 to 1.5)"),
        (0.0, 0.0, "没有方案能与基线区分", "no arm is distinguishable"),
        (np.nan, np.nan, "不足以判断", "too few to tell"),
    ],
)
def test_title_claims_no_more_than_the_interval(made_up: Path, low: float, high: float, zh: str, en: str) -> None:
    """A difference is named only where its interval leaves out zero."""
    study = open_study(made_up)
    assert zh in takeaway.of_indicator(effects(low, high), "welfare", Setting(study, "zh"))
    assert en in takeaway.of_indicator(effects(low, high), "welfare", Setting(study, "en"))


def test_title_claims_nothing_on_few_pairs(made_up: Path) -> None:
    """With fewer than ten pairs no title names a difference, however clear its interval looks."""
    study = open_study(made_up)
    assert "too few to tell" in takeaway.of_indicator(effects(0.01, 0.02, 9), "welfare", Setting(study, "en"))
    assert "points" in takeaway.of_indicator(effects(0.01, 0.02, 10), "welfare", Setting(study, "en"))


def test_better_knows_its_direction(made_up: Path) -> None:
    """A longer wait is worse although the difference is positive."""
    rows = comparisons(open_study(made_up)).set_index(["arm", "indicator"])
    wait = rows.loc[("market_led", "time_median")]
    assert wait["difference"] > 0 and wait["verdict"] == "worse"
    solved = rows.loc[("proposed", "welfare")]
    assert solved["difference"] > 0 and solved["verdict"] == "better"


def test_chinese_punctuation() -> None:
    """Marks beside Chinese characters are full-width, numbers and English keep theirs, inner quotes are single."""
    assert prose.typeset("区间(3.7 至 4.3):好,“一核“多元””") == "区间\uff083.7 至 4.3\uff09\uff1a好\uff0c“一核‘多元’”"
    assert prose.typeset("1,200 yuan (a year); “closed”: 3", "en") == '1,200 yuan (a year); "closed": 3'


def test_same_study_same_files(made_up: Path, tmp_path: Path) -> None:
    """Drawing twice gives the same bytes."""
    kinds = ("png", "svg", "pdf")
    copy = Path(shutil.copytree(made_up, tmp_path / "copy", ignore=shutil.ignore_patterns("charts")))
    for folder in (made_up, copy):
        draw(folder, langs=("zh",), only=["levels"])
    for kind in kinds:
        name = Path("charts") / f"levels.zh.{kind}"
        assert (made_up / name).read_bytes() == (copy / name).read_bytes(), kind


@pytest.mark.slow
def test_two_processes_draw_what_one_draws(made_up: Path, tmp_path: Path) -> None:
    """The same files in the same order, with the same bytes and the same reasons; told of each chart."""
    some, told = ["levels", "pareto", "tornado", "ranks"], []
    copies = [
        Path(shutil.copytree(made_up, tmp_path / name, ignore=shutil.ignore_patterns("charts"))) for name in "ab"
    ]
    one = draw(copies[0], only=some)
    two = draw(copies[1], only=some, workers=2, told=told.append)
    assert told == some and one.left_out == two.left_out and set(one.left_out) == {"tornado"}
    assert [p.relative_to(copies[0]) for p in one] == [p.relative_to(copies[1]) for p in two]
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(one, two, strict=True))


def test_one_pair_has_a_course_without_bands(made_up: Path) -> None:
    """Intervals that are not known do not stop the drawing."""
    study = open_study(made_up)
    rows = charts()["course"].rows(study)
    rows[["low", "high", "pointwise_low", "pointwise_high"]] = np.nan
    rows["n"] = 1
    with style.styled("page"):
        figure = charts()["course"].draw(rows, Setting(study, "en"))
    assert any("too few" in text.get_text() for text in figure.texts)


def test_pdf_embeds_its_font(drawn: dict[str, Path]) -> None:
    """The font is embedded as Type 3 with a table back to Unicode."""
    content = drawn["levels.zh.pdf"].read_bytes()
    assert b"/Type3" in content and b"/ToUnicode" in content


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed")
def test_pdf_text_can_be_copied(drawn: dict[str, Path]) -> None:
    """Chinese text comes out of the PDF as Chinese text."""
    done = subprocess.run(
        ["pdftotext", "-layout", str(drawn["levels.zh.pdf"]), "-"], capture_output=True, check=True, encoding="utf-8"
    )
    assert "不评价任何真实社区" in re.sub(r"\s", "", done.stdout)
    assert "扁平化社区管理" in re.sub(r"\s", "", done.stdout)


def test_refuses_what_it_does_not_know(made_up: Path) -> None:
    """Unknown charts, languages and styles are named in the message."""
    with pytest.raises(ValueError, match="no chart is called pie"):
        draw(made_up, only=["pie"])
    with pytest.raises(ValueError, match="not 'fr'"):
        draw(made_up, langs=("fr",))
    with pytest.raises(ValueError, match="poster"):
        draw(made_up, style="poster")


def test_leaves_out_what_has_no_data(made_up: Path, tmp_path: Path) -> None:
    """A study without weekly series has no fan, and the reason is given."""
    copy = shutil.copytree(made_up, tmp_path / "copy", ignore=shutil.ignore_patterns("charts", "series"))
    written = draw(copy, langs=("en",), only=["fan", "levels"])
    assert set(written.left_out) == {"fan"}
    assert "series" in written.left_out["fan"]["en"] and "逐周序列" in written.left_out["fan"]["zh"]
    assert any(path.name == "levels.en.png" for path in written)
    with pytest.raises(NoData):
        charts()["fan"].rows(open_study(copy))


def test_command_draws_from_the_store(made_up: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`gongzhi charts` redraws; slides have a folder of their own; what cannot be drawn is skipped with a sentence."""
    from sim.cli.main import main

    copy = Path(shutil.copytree(made_up, tmp_path / "copy", ignore=shutil.ignore_patterns("charts", "series")))
    assert main(["charts", str(copy), "only=levels,fan", "lang=zh", "style=slide"]) == 0
    assert {p.name for p in (copy / "charts" / "slide").iterdir()} == {
        f"levels.zh.{kind}" for kind in ("png", "svg", "pdf", "csv", "txt")
    }
    assert "未画 fan" in capsys.readouterr().out
    assert main(["charts", str(copy), "only=fan", "lang=en"]) == 1
    for wrong in ("only=pie", "style=poster", "workers=2"):
        assert main(["charts", str(copy), wrong]) == 2
    assert main(["charts", str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert "fan was not drawn: it needs a study with weekly series" in said.out
    assert said.err.count("gongzhi: ") == 4 and "Traceback" not in said.err
