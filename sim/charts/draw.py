"""Writing the charts of a study: for each language a PNG, an SVG, a PDF, the table behind them and a text for those
who cannot see them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.charts import style
from sim.charts.registry import Chart, NoData, charts
from sim.charts.setting import Setting
from sim.store import open_study
from sim.store.atomic import replace_file, write_text

if TYPE_CHECKING:
    import pandas as pd

FOLDER = "charts"
PLAIN = "page"  # the style whose files need no folder of their own
PICTURES = ("png", "svg", "pdf")


class Written(list[Path]):
    """The files that were written; `left_out` says in both languages why a chart was not drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.left_out: dict[str, Mapping[str, str]] = {}


def draw(
    directory: str | Path,
    langs: Sequence[str] = ("zh", "en"),
    style: str = "page",
    only: Sequence[str] | None = None,
    told: Callable[[str], None] | None = None,
) -> Written:
    """Draw the charts of the study in `directory` into its folder charts/, NAME.LANG.{png,svg,pdf,csv,txt}.

    Slides and figures of a paper go into folders of their own in there. Nothing is run; all comes from the store.
    `told` hears the name of each chart before it is drawn. Raises ValueError for an unknown chart, language or style,
    StoreError when `directory` holds no study.
    """
    known = charts()
    unknown = sorted(set(only or ()) - set(known))
    if unknown:
        raise ValueError(f"no chart is called {', '.join(unknown)}; there are {', '.join(known)}")
    study = open_study(directory)
    settings = [Setting(study, lang, style) for lang in langs]
    folder = Path(directory) / FOLDER / ("" if style == PLAIN else style)
    folder.mkdir(parents=True, exist_ok=True)
    written = Written()
    for name in only or known:
        if told is not None:
            told(name)
        try:
            rows = known[name].rows(study)
        except NoData as reason:
            written.left_out[name] = reason.text
            continue
        for setting in settings:
            stem = folder / f"{name}.{setting.lang}"
            text = rows.to_csv(index=False, lineterminator="\n")
            write_text(stem.with_name(f"{stem.name}.csv"), text, "utf-8-sig")  # spreadsheets need the mark
            written += [*_pictures(known[name], rows, setting, stem), stem.with_name(f"{stem.name}.csv")]
    return written


def _pictures(chart: Chart, rows: pd.DataFrame, setting: Setting, stem: Path) -> list[Path]:
    """Draw once, save in every format, and write the text beside it."""
    paths = []
    with style.styled(setting.style):
        figure = chart.draw(rows, setting)
        for kind in PICTURES:
            path = stem.with_name(f"{stem.name}.{kind}")
            # Without a date the same study gives the same file.
            metadata = {"png": {"Software": None}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}[kind]
            replace_file(path, lambda target, k=kind, m=metadata: figure.savefig(target, format=k, metadata=m))  # type: ignore[misc]
            paths.append(path)
        texts = [one_line(text.get_text()) for text in figure.texts]
    words = [f"{chart.label[setting.lang]}: {chart.question[setting.lang]}", *texts]
    path = stem.with_name(f"{stem.name}.txt")
    write_text(path, "\n".join(words) + "\n")
    return [*paths, path]


def one_line(text: str) -> str:
    """Undo line breaks: nothing between Chinese characters, a space elsewhere."""
    return re.sub(r"(?<=[\u2e80-\uffef])\n(?=[\u2e80-\uffef])", "", text).replace("\n", " ")
