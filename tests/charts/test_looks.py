"""What charts look like: letters that stand out, arms that a page can fade, pictures that stay as they are."""

import io
import os
import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
import pytest
from PIL import Image

from sim.charts import Setting, charts, style
from sim.report.pictures import Bare, Picture, inline
from sim.store import open_study

LOOKS = Path(__file__).parent / "looks"
DRAWN_WITH = "3.11"  # of matplotlib; another minor version sets text a little differently
KEPT = (("scorecard", "zh"), ("paired_differences", "en"), ("groups", "zh"))
WIDE = 240  # pixels: letters are smears, marks and hatches still show
REDRAW = "GONGZHI_REDRAW"  # set it to write the pictures anew after a change that is wanted: look at them first
CONTRAST = 4.5  # WCAG 2, level AA
# arms with marks of their own in a chart of the made-up study
OWNED = {
    "paired_differences": 8, "scorecard": 8, "levels": 9, "fan": 9, "course": 8, "groups": 6, "closing": 8, "pareto": 9,
    "hours_money": 9, "money": 9, "budgets": 9, "ranks": 9, "two_records": 9, "body_matrix": 4, "case_flow": 2,
}  # fmt: skip
QUICK = {"paired_differences", "scorecard", "case_flow"}  # the slow tests look at all


def some(names: Iterable[str], quick: Collection[str] = QUICK) -> list[Any]:
    """Names as parameters, those that are not quick marked slow."""
    return [name if name in quick else pytest.param(name, marks=pytest.mark.slow) for name in names]


def luminance(colour: np.ndarray) -> float:
    """Relative luminance of a colour in 0..1."""
    parts = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
    return float(parts @ [0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize("name", some(sorted({*OWNED, "year"}), {*QUICK, "hours_money", "ranks"}))
def test_letters_stand_out(made_up: Path, name: str) -> None:
    """Every text has the contrast of WCAG AA against what is behind it, in colour and in grey."""
    from matplotlib.colors import to_rgb
    from matplotlib.text import Text

    study = open_study(made_up)
    with style.styled("page"):
        figure = charts()[name].draw(charts()[name].rows(study), Setting(study, "en", "page"))
        figure.set_dpi(72)
        figure.canvas.draw()
        texts = [t for t in figure.findobj(Text) if t.get_text().strip() and t.get_visible()]
        boxes = [(t, t.get_window_extent()) for t in texts]
        for text in texts:
            text.set_alpha(0.0)
        figure.canvas.draw()
        behind = np.asarray(figure.canvas.buffer_rgba())[..., :3] / 255  # type: ignore[attr-defined]
    for text, box in boxes:
        x0, x1 = (int(np.clip(v, 0, behind.shape[1] - 1)) for v in (box.x0, box.x1))
        y0, y1 = (int(np.clip(behind.shape[0] - v, 0, behind.shape[0] - 1)) for v in (box.y1, box.y0))
        part = behind[y0 : y1 + 1, x0 : x1 + 1].reshape(-1, 3)
        colours, count = np.unique(part.round(2), axis=0, return_counts=True)
        light, dark = sorted((luminance(colours[count.argmax()]), luminance(np.array(to_rgb(text.get_color())))))[::-1]
        assert (light + 0.05) / (dark + 0.05) >= CONTRAST, f"{text.get_text()!r} {text.get_color()}"


@pytest.mark.parametrize("name", some(OWNED))
def test_marks_know_their_arm(made_up: Path, name: str) -> None:
    """Every arm that a chart shows can be faded: its marks and its name carry it, with unique names elsewhere."""
    study = open_study(made_up)
    picture = Picture(charts()[name], charts()[name].rows(study), Bare(study, "en", "page"))
    svg, _ = picture.live()
    text = inline(svg, "one")
    arms = set(re.findall(r'data-arm="([^"]+)"', text))
    assert arms <= set(study.arms) and len(arms) == OWNED[name]
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids)) and not any("arm:" in name for name in ids)
    if name == "paired_differences":  # six panels with a line, a dot and a number each, and a name in both rows
        assert text.count('data-arm="flattened"') >= 6 * 3 + 2


@pytest.mark.skipif(
    not matplotlib.__version__.startswith(f"{DRAWN_WITH}."),
    reason=f"the kept pictures were drawn with matplotlib {DRAWN_WITH}, this is {matplotlib.__version__}",
)
@pytest.mark.parametrize(("name", "lang"), KEPT)
def test_pictures_stay_as_they_are(made_up: Path, name: str, lang: str) -> None:
    """Small and grey, a chart of the made-up study is the one that somebody looked at."""
    study = open_study(made_up)
    target = io.BytesIO()
    with style.styled("page"):
        charts()[name].draw(charts()[name].rows(study), Setting(study, lang, "page")).savefig(target, format="png")
    with Image.open(target) as picture:
        size = (WIDE, round(picture.height * WIDE / picture.width))
        drawn = picture.convert("L").resize(size, Image.Resampling.BOX)
    path = LOOKS / f"{name}.{lang}.png"
    if os.environ.get(REDRAW):
        LOOKS.mkdir(exist_ok=True)
        drawn.save(path, optimize=True)
    with Image.open(path) as kept:
        assert kept.size == drawn.size, f"look at the chart, then {REDRAW}=1 writes it anew"
        apart = np.abs(np.asarray(kept, dtype=float) - np.asarray(drawn, dtype=float))
    assert apart.mean() < 1.5 and np.quantile(apart, 0.995) < 40, f"look at the chart, then {REDRAW}=1 writes it anew"
