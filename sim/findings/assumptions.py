"""Which assumption moves what, and which would overturn which finding: `python make.py sensitivity`.

Four pieces, each a study in one folder, so that what is there and still fits is not computed again: Morris over every
number with a range, Sobol over the few that matter most, boxes in which the article's proposals do no better than the
1+2, and for each hypothesis its two arms over all ranges at once. docs/sensitivity.md and its pictures are written from
them.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.charts import draw, style
from sim.charts import prose as chart_words
from sim.charts.small import small
from sim.findings.numbers import named, share
from sim.findings.overturn import Overturned, asked, overturned, study_file, table
from sim.findings.picture import overturning, save
from sim.scenario import ScenarioError, load_study
from sim.scenario.experiments import collects
from sim.scenario.places import PACKAGE
from sim.store import StoredStudy, StoreError, open_study
from sim.store.atomic import write_text
from sim.study.conduct import check_definitions, check_ids, check_version, resume, run, status
from sim.study.errors import Stopped, StudyError
from sim.study.plan import Plan
from sim.study.show import Told
from sim.vocabulary.words import LANGS, room

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario.comparison import Study
    from sim.study.show import Progress

say = room("findings")
# sizes of what is run, for half an hour on two processors: an assumption of what suffices, not a number of the model
GIVEN = {"folder": "results/assumptions", "workers": "2", "sobol": "8", "size": "400", "residents": "800", "years": "2"}
SHOWN = 5
PAGES = {"en": "sensitivity.md", "zh": "sensitivity.zh.md"}
TABLE = "overturned.csv"


def main(argv: Sequence[str]) -> int:
    """Compute what is missing and write the pages. Words are key=value of GIVEN."""
    given = dict(GIVEN)
    for word in argv:
        key, _, value = word.partition("=")
        if key not in given or not value:
            return _refused(f"{word!r} is no setting here; give any of {', '.join(f'{k}=' for k in GIVEN)}")
        if key != "folder" and not (value.isascii() and value.isdigit() and int(value) > 0):
            return _refused(f"{key} is {value!r}; it must be a whole number of at least 1")
        given[key] = value
    try:
        return _conduct(Path(given.pop("folder")), {key: int(value) for key, value in given.items()})
    except (ScenarioError, StudyError, StoreError) as wrong:
        return _refused(str(wrong))
    except Stopped as stopped:
        print(stopped, file=sys.stderr)
        return 130


def _refused(sentence: str) -> int:
    print(f"sensitivity: {sentence}", file=sys.stderr)
    return 2


def _conduct(folder: Path, given: Mapping[str, int]) -> int:
    from rich.console import Console

    workers, told = given["workers"], Told(Console())
    folder.mkdir(parents=True, exist_ok=True)
    morris = piece(load_study("sensitivity", ["replicates=1"]), folder, workers, told)
    top = ",".join(_top(morris, given["sobol"]))
    sobol = piece(load_study("sobol", [f"design.factors=[{top}]"]), folder, workers, told)
    boxes = piece(load_study("discovery", []), folder, workers, told)
    found: list[Overturned] = []
    for name in collects("hypotheses"):
        if asked(name):
            study = of_claim(name, folder, given["size"], given["residents"], given["years"])
            found += overturned(name, piece(study, folder, workers, told))
    write_text(folder / TABLE, str(table(found).to_csv(index=False, lineterminator="\n")), "utf-8-sig")
    docs = PACKAGE.parent / "docs"
    target = docs if (docs / "odd.md").is_file() else folder
    write(morris, sobol, boxes, found, target)
    told.say(", ".join(str(target / page) for page in PAGES.values()))
    return 0


def piece(study: Study, folder: Path, workers: int, told: Progress) -> StoredStudy:
    """A study's tables: those in the folder that fit it, finished where they were left; run where there are none."""
    told.say(study.name)
    plan = Plan.of(study)
    for there in sorted(folder.glob(f"{study.name}-*"), reverse=True):
        if _fits(open_study(there), plan):
            if not status(there).complete:
                resume(there, workers, progress=told)
            return open_study(there)
    return open_study(run(study, folder, workers, progress=told).folder)


def _fits(stored: StoredStudy, plan: Plan) -> bool:
    """Whether the stored runs are those of the plan: the same version of the model, points and settings."""
    try:
        check_version(stored, plan)
        check_definitions(stored)
        check_ids(stored, plan)
    except StudyError:
        return False
    return len(stored.study["points"]) == len(plan.points)


def of_claim(name: str, folder: Path, size: int, residents: int, years: int) -> Study:
    """The study of a hypothesis over all ranges, with so many points."""
    import yaml

    stated = study_file(name, size, residents, years)
    configs = folder / "configs"
    (configs / "study").mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(stated, allow_unicode=True)
    write_text(configs / "study" / f"{stated['name']}.yaml", text)
    return load_study(stated["name"], [], configs=configs)


def _top(morris: StoredStudy, count: int) -> list[str]:
    from sim.analysis.sensitivity import screening_table

    return [str(name) for name in screening_table(morris, list(morris.study["indicators"])).head(count)["factor"]]


def write(
    morris: StoredStudy, sobol: StoredStudy, boxes: StoredStudy, found: Sequence[Overturned], target: Path
) -> None:
    """The pages in both languages, and their pictures."""
    pictures = target / "pictures"
    pictures.mkdir(exist_ok=True)
    for study, name, chart in (
        (morris, "morris", "tornado"), (sobol, "sobol", "tornado"), (boxes, "discovery", "discovery")
    ):  # fmt: skip
        draw(study.path, LANGS, "page", [chart])
        for lang in LANGS:
            small(study.path / "charts" / f"{chart}.{lang}.png", pictures / f"{name}.{lang}.png")
    for lang in LANGS:
        with style.styled("page"):
            save(overturning(found, lang), pictures / f"overturned.{lang}.png")
        small(pictures / f"overturned.{lang}.png", pictures / f"overturned.{lang}.png")
        write_text(target / PAGES[lang], page(morris, sobol, boxes, found, lang))


def page(
    morris: StoredStudy, sobol: StoredStudy, boxes: StoredStudy, found: Sequence[Overturned], lang: str
) -> str:
    """The page in one language."""
    from sim.analysis.sensitivity import screening_table, sobol_table

    indicators = list(morris.study["indicators"])
    screened = screening_table(morris, indicators)
    factors, runs = len(screened), len(morris.runs)
    lines = [say("s title", lang), "", say("s generated", lang), ""]
    lines += [say("s version", lang, version=str(morris.study.get("model_version", "?"))), ""]
    lines += [say("s morris", lang, factors=factors, runs=f"{runs:,}"), "", _image("morris", lang), ""]
    lines += _morris(screened.head(2 * SHOWN), lang)
    rest = float(screened["share"].iloc[2 * SHOWN :].sum())
    lines += ["", say("s rest", lang, count=factors - 2 * SHOWN, share=share(rest)), ""]
    lines += [say("s sobol", lang, runs=f"{len(sobol.runs):,}"), "", _image("sobol", lang), ""]
    lines += _sobol(sobol_table(sobol, indicators), lang)
    lines += ["", say("s discovery", lang, points=len(boxes.study["points"])), "", _image("discovery", lang), ""]
    points = found[0].points if found else 0
    lines += [say("s overturned", lang, points=points), "", _image("overturned", lang), "", *_overturned(found, lang)]
    return "\n".join([*lines, "", say("s limits", lang), ""])


def _image(name: str, lang: str) -> str:
    return f"![{say(f's picture {name}', lang)}](pictures/{name}.{lang}.png)"


def _morris(rows: pd.DataFrame, lang: str) -> list[str]:
    lines = [say("s morris columns", lang), "| --- | --- | --- |"]
    return lines + [f"| `{r.factor}` | {r.level:.1%} | {r.difference:.1%} |" for r in rows.itertuples(index=False)]


def _sobol(rows: pd.DataFrame, lang: str) -> list[str]:
    """The largest total index of each indicator, for the level of the baseline and for the difference."""
    lines = [say("s sobol columns", lang), "| --- | --- | --- | --- | --- |"]
    for (of, indicator), own in rows.dropna(subset=["total"]).groupby(["of", "indicator"], sort=False):
        top = own.sort_values("total", ascending=False).iloc[0]
        label = chart_words.indicator(str(indicator)).label[lang]
        interval = f"{top['total_low']:.2f} .. {top['total_high']:.2f}"
        lines.append(
            f"| {label} | {say(f's {of}', lang)} | `{top['factor']}` | {top['first']:.2f} | "
            f"{top['total']:.2f} ({interval}) |"
        )
    return lines


def _overturned(found: Sequence[Overturned], lang: str) -> list[str]:
    lines = [say("s overturned columns", lang), "| --- | --- | --- | --- | --- |"]
    for one in found:
        gone = [r for r in one.rows if r["p_holm"] < 0.05]
        text = say("list", lang).join(f"`{r['factor']}` ({r['rho']:+.2f})" for r in gone) or say("s none", lang)
        inside = [r for r in one.rows if "box_low" in r and r["p_luck"] < 0.05]
        box = say("list", lang).join(f"`{r['factor']}` {r['box_low']:.3g} .. {r['box_high']:.3g}" for r in inside)
        if inside:
            texts = {key: share(inside[0][f"box_{key}"]) for key in ("density", "coverage")}
            box += say("s box", lang, **texts)
        lines.append(f"| {one.id} | {named(one.effect.measure, lang)} | {share(one.holds)} | {text} | {box or '–'} |")
    return lines


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
