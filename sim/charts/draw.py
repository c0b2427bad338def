"""Writing the charts of a study: for each language a PNG, an SVG, a PDF, the table behind them and a text for those
who cannot see them."""

from __future__ import annotations

import multiprocessing
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import sim.charts.style as style
from sim.charts.registry import Chart, NoData, charts
from sim.charts.setting import Setting
from sim.store import open_study
from sim.store.atomic import explained, replace_file, write_text
from sim.vocabulary.words import LANGS

if TYPE_CHECKING:
    import pandas as pd

    from sim.store import StoredStudy

FOLDER = "charts"
PLAIN = "page"  # the style whose files need no folder of their own
PICTURES = ("png", "svg", "pdf")
ENOUGH = 4  # pictures for each process: starting one takes as long as drawing two or three
Drawn = tuple[list[Path], Mapping[str, str] | None]  # the files of a chart, or why there are none
_opened: list[StoredStudy] = []  # in a process that draws charts for another: the study


class Written(list[Path]):
    """The files that were written; `left_out` says in both languages why a chart was not drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.left_out: dict[str, Mapping[str, str]] = {}


def draw(
    directory: str | Path,
    langs: Sequence[str] = LANGS,
    style: str = "page",
    only: Sequence[str] | None = None,
    told: Callable[[str], None] | None = None,
    workers: int = 1,
) -> Written:
    """Draw the charts of the study in `directory` into its folder charts/, NAME.LANG.{png,svg,pdf,csv,txt}.

    Slides and figures of a paper go into folders of their own in there. Nothing is run; all comes from the store.
    `told` hears the name of each chart before it is drawn. With `workers` charts are drawn in so many processes, which
    a script of one's own has to guard by `if __name__ == "__main__":`. Raises ValueError for an unknown chart, language
    or style, StoreError when `directory` holds no study.
    """
    known = charts()
    names = list(only or known)
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise ValueError(f"no chart is called {', '.join(unknown)}; there are {', '.join(known)}")
    study = open_study(directory)
    for lang in langs:
        Setting(study, lang, style)  # refuses what it does not know before anything is written
    folder = Path(directory) / FOLDER / ("" if style == PLAIN else style)
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
    written = Written()
    one = partial(_one, study, tuple(langs), style, folder)
    count = min(workers, len(names) * len(langs) // ENOUGH)
    for name, (paths, reason) in zip(names, _each(one, names, count, told), strict=True):
        written += paths
        if reason is not None:
            written.left_out[name] = reason
    return written


def _each(
    one: partial[Drawn], names: Sequence[str], workers: int, told: Callable[[str], None] | None
) -> Iterator[Drawn]:
    """What `one` gives for each name in order, in so many processes; in this one where they are lost."""
    done = 0
    if workers > 1:
        from sim.study.execute import end
        from sim.study.interrupt import starting

        study, *rest = one.args
        pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _open, (study.path,))
        try:
            with starting():
                drawn = pool.map(partial(_here, *rest), names)
            for name, found in zip(names, drawn, strict=True):
                if told is not None:
                    told(name)
                done += 1
                yield found
        except BrokenExecutor:
            pass  # the processes were lost: the rest is drawn here
        finally:
            end(pool)  # at once, whatever is still being drawn
    for name in names[done:]:
        if told is not None:
            told(name)
        yield one(name)


def _open(path: Path) -> None:
    """In a process of its own: the study, whose tables are then read once for all charts that are drawn here."""
    from sim.study.worker import start_worker

    start_worker()
    _opened.append(open_study(path))


def _here(langs: tuple[str, ...], style: str, folder: Path, name: str) -> Drawn:
    return _one(_opened[-1], langs, style, folder, name)


def _one(study: StoredStudy, langs: tuple[str, ...], style: str, folder: Path, name: str) -> Drawn:
    """One chart in every language and form."""
    try:
        rows = charts()[name].rows(study)
    except NoData as reason:
        return [], reason.text
    written = []
    for lang in langs:
        stem = folder / f"{name}.{lang}"
        text = rows.to_csv(index=False, lineterminator="\n")
        write_text(stem.with_name(f"{stem.name}.csv"), text, "utf-8-sig")  # spreadsheets need the mark
        pictures = _pictures(charts()[name], rows, Setting(study, lang, style), stem)
        written += [*pictures, stem.with_name(f"{stem.name}.csv")]
    return written, None


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
