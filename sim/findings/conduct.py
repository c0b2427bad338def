"""Run all hypotheses into one folder, a study each; then verdicts.csv, verdicts_by_place.csv and the findings.

The folder holds `hypotheses.json` (what it collects and with which settings), one folder a study, and the tables. A run
that was cut short is finished with `gongzhi resume FOLDER`; on a complete folder that writes tables and findings again.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.analysis.verdicts import Verdict
from sim.findings.asked import check_places, check_study
from sim.findings.gather import Found, gather, patterns
from sim.findings.numbers import amount, interval
from sim.findings.picture import write as write_picture
from sim.findings.text import COLUMNS, PLACES, called, claim, page, place_rows, rows
from sim.scenario import Study, load_study
from sim.scenario.experiments import COLLECTION as LIST
from sim.scenario.experiments import collects, experiment, hypothesis_of
from sim.scenario.places import PACKAGE
from sim.store import Folder, open_study
from sim.store.atomic import write_text
from sim.study.conduct import resume, run, status
from sim.study.errors import StudyError
from sim.study.plan import Plan
from sim.vocabulary.words import LANGS, room

if TYPE_CHECKING:
    from rich.console import Console

    from sim.study.finish import Summary
    from sim.study.show import Progress

say = room("findings")
PAGES = {"en": "findings.md", "zh": "findings.zh.md"}
TABLES = {"en": "verdicts.csv", "zh": "verdicts.zh.csv"}
BY_PLACE = "verdicts_by_place.csv"
PICTURES = "pictures"
NAMED = 5  # runs of a study that did not complete and are named


def studies(name: str, overrides: Sequence[str], told: Callable[[Plan], None] | None = None) -> list[Study]:
    """The studies that a name collects; `told` hears the plan of each as soon as it is read and found in order.

    Raises ScenarioError or StudyError for the first that cannot be run.
    """
    made = []
    for one in collects(name):
        study = load_study(one, list(overrides))
        plan = Plan.of(study)
        plan.check_budgets()
        hypothesis = hypothesis_of(one)
        if hypothesis is not None:
            check_places(hypothesis, check_study(experiment(one), study), plan.places)
        if told is not None:
            told(plan)
        made.append(study)
    return made


def begin(
    name: str, overrides: Sequence[str], results_dir: str | Path, workers: int | None, progress: Progress
) -> tuple[Path, list[Found]]:
    """Run all studies of a collection into a new folder. Raises like `run` of a study."""
    # whatever is wrong with any of them is said before the first one runs
    loaded = studies(name, overrides, lambda plan: progress.say(f"{plan.name} read"))
    folder = Folder.create(Path(results_dir), name, ()).path
    facts: dict[str, Any] = {"name": name, "collects": list(collects(name)), "overrides": list(overrides)}
    write_text(folder / LIST, json.dumps(facts, ensure_ascii=False, indent=2) + "\n")
    for place, study in enumerate(loaded, 1):
        progress.say(f"{study.name} ({place} of {len(loaded)})")
        _say(run(study, folder, workers, overrides=tuple(overrides), progress=progress), progress)
    return folder, finish(folder)


def again(folder: str | Path, workers: int | None, repair: bool, progress: Progress) -> list[Found]:
    """Finish a collection: studies that are missing or incomplete are run, then everything is judged and written."""
    path = Path(folder)
    facts = _facts(path)
    for name in facts["collects"]:
        there = _folder(path, name)
        if there is None:
            progress.say(name)
            given = tuple(facts["overrides"])
            _say(run(load_study(name, given), path, workers, overrides=given, progress=progress), progress)
        elif repair or not status(there).complete:
            progress.say(name)
            _say(resume(there, workers, repair=repair, progress=progress), progress)
    return finish(path)


def finish(path: Path) -> list[Found]:
    """Judge what stands in the folder and write tables and pages; in a checkout the run as designed goes to docs/."""
    facts = _facts(path)
    folders = {}
    for name in facts["collects"]:
        there = _folder(path, name)
        if there is None:
            raise StudyError(f"{path} holds no study {name}; finish it with: gongzhi resume {path}")
        folders[name] = there
    found = gather(folders)
    runs = sum(int((open_study(f).runs["status"] == "ok").sum()) for f in folders.values())
    seen = patterns(found)
    for lang in LANGS:
        _table(path / TABLES[lang], COLUMNS, rows(found, lang))
        text = page(found, seen, facts["overrides"], runs, lang)
        write_text(path / PAGES[lang], text)
        (path / PICTURES).mkdir(exist_ok=True)
        picture = path / PICTURES / f"findings.{lang}.png"
        write_picture(found, picture, lang)
        docs = PACKAGE.parent / "docs"
        if _as_designed(facts["overrides"]) and (docs / "odd.md").is_file():
            write_text(docs / PAGES[lang], text)
            (docs / PICTURES).mkdir(exist_ok=True)
            shutil.copyfile(picture, docs / PICTURES / picture.name)
    _table(path / BY_PLACE, PLACES, place_rows(found))
    return found


def show(found: Sequence[Found], console: Console, lang: str) -> None:
    """The verdicts as a table on the console."""
    from rich.table import Table

    table = Table(title=say("verdicts", lang).strip("# "), title_justify="left")
    heads = [part.strip() for part in say("columns", lang).strip("| ").split("|")]
    for head in (heads[0], heads[1], heads[2], heads[4], heads[5]):
        table.add_column(head, no_wrap=head == heads[0])
    for one in found:
        verdict: Verdict = one.verdict
        table.add_row(
            one.id,
            claim(one, lang),
            called(verdict, lang),
            amount(verdict.overall.mean, one.effect.measure, lang),
            interval(verdict.overall, one.effect.measure, lang),
        )
    console.print(table)


def _say(summary: Summary, progress: Progress) -> None:
    """Name the runs that did not complete, and budgets that are not as the study says."""
    for text in (*summary.messages[:NAMED], *summary.problems):
        progress.say(text)


def _as_designed(overrides: Sequence[str]) -> bool:
    """Whether nothing was set but which parameter sets are drawn and where it is computed."""
    return all(o.startswith(("uncertainty=", "executor=")) for o in overrides)


def _facts(path: Path) -> Mapping[str, Any]:
    try:
        found: Mapping[str, Any] = json.loads((path / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        raise StudyError(f"{path / LIST} cannot be read ({wrong}); run gongzhi study hypotheses again") from None
    return found


def _folder(path: Path, name: str) -> Path | None:
    """The newest folder of a study inside the collection."""
    there = sorted(p for p in path.glob(f"{name}-*") if p.is_dir())
    return there[-1] if there else None


def _table(path: Path, columns: Sequence[str], entries: list[dict[str, Any]]) -> None:
    import pandas as pd

    table = pd.DataFrame(entries, columns=list(columns))
    write_text(path, str(table.to_csv(index=False, lineterminator="\n")), "utf-8-sig")
