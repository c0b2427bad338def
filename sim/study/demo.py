"""The demonstration: the two studies of the article's proposals, three sentences of what came out, and the pictures.

A sentence says that something differs only when its 95% interval excludes zero; the rest it counts as not
distinguishable. Nothing is said that is not computed from effects.csv.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sim.store import open_study
from sim.study.basis import basis
from sim.study.cli import STUDY_OPTIONS, check_charts, check_options, guarded
from sim.study.conduct import available_cores, run
from sim.study.show import Told, console_of, say
from sim.vocabulary.words import LANGS, room

if TYPE_CHECKING:
    import pandas as pd

    from sim.store import StoredStudy

phrase = room("study")
STUDIES = ("structures", "packages")
SETTING = ("community=commercial", "community.residents=5000", "era=2012")
REPLICATES = 30  # of every arm; both studies together take a few minutes on two cores
FELT, FILED = "welfare", "closed_share"
PERCENT = 100.0


def demo(options: Mapping[str, Any] | None = None) -> int:
    """Run both studies, draw their charts, print three sentences; returns the exit code."""
    options = dict(options or {})
    console = console_of()

    def work() -> int:
        from sim.charts import draw
        from sim.report import report
        from sim.scenario import load_study

        check_options("demo", options, STUDY_OPTIONS - {"dry_run", "only"})
        check_charts((), options)
        overrides = [*SETTING, f"replicates={REPLICATES}"]
        folders, code = {}, 0
        for name in STUDIES:
            say(console, f"study {name} ...")
            summary = run(
                load_study(name, overrides),
                options.get("results_dir") or "results",
                options.get("workers"),
                overrides=tuple(overrides),
                progress=Told(console),
            )
            folders[name] = summary.folder
            for text in [*summary.messages[:3], *summary.problems]:
                say(console, text)
            if summary.problems or set(summary.statuses) != {"ok"}:
                code = 1
            say(console, "drawing ...")
            chosen = list(open_study(summary.folder).study.get("charts") or ()) or None
            langs, style = options.get("langs") or LANGS, options.get("style") or "page"
            draw(summary.folder, langs, style, chosen, workers=options.get("workers") or available_cores())
        lang = options.get("lang") or "en"
        say(console, "")
        stored = {name: open_study(folder) for name, folder in folders.items()}
        for sentence in sentences(stored, lang):
            say(console, sentence)
        stands = dict.fromkeys(basis(s.study, lang, s.sampled) for s in stored.values())
        say(console, f"({'; '.join([*stands, phrase('demo.unadjusted', lang)])})")
        for name, folder in folders.items():
            say(console, f"{name}: pictures in {folder / 'charts'}, tables in {folder}")
        say(console, "writing the brief ...")
        written = report(folders[STUDIES[-1]], options.get("langs") or LANGS)
        for text in written.left_out.values():
            say(console, text)
        say(console, f"{phrase('demo.brief', lang)}: {written.brief}")
        return code

    return guarded(work)


def sentences(studies: Mapping[str, StoredStudy], lang: str = "en") -> list[str]:
    """One sentence a study about what residents experience, and one about the two records under the last package."""
    said = [experience(name, study, lang) for name, study in studies.items()]
    last = studies[STUDIES[-1]]
    said.append(records(last, _last_arm(last), lang))
    return said


def experience(name: str, study: StoredStudy, lang: str) -> str:
    """How many arms can be told from the baseline in what residents experience, and the largest difference."""
    rows = study.effects[study.effects["indicator"] == FELT]
    clear = rows[rows.apply(told_apart, axis=1)] if len(rows) else rows
    what = phrase(f"demo.{name}", lang, arms=len(rows), baseline=study.arm_label(study.study["baseline"], lang))
    if len(clear) == 0:
        return phrase("demo.none", lang, what=what)
    top = clear.loc[clear["difference"].abs().idxmax()]
    return phrase(
        "demo.some",
        lang,
        what=what,
        k=len(clear),
        rest=len(rows) - len(clear),
        arm=study.arm_label(top["arm"], lang),
        **_points(top),
    )


def records(study: StoredStudy, arm: str, lang: str) -> str:
    """What the handling record says of an arm beside what residents experience."""
    found = {}
    for key, indicator in (("filed", FILED), ("felt", FELT)):
        rows = study.effects[(study.effects["indicator"] == indicator) & (study.effects["arm"] == arm)]
        if len(rows) == 0 or math.isnan(rows.iloc[0]["ci_low"]):
            found[key] = phrase("demo.unknown", lang)
            continue
        row = rows.iloc[0]
        found[key] = phrase("demo.moved" if told_apart(row) else "demo.still", lang, **_points(row))
    baseline = study.arm_label(study.study["baseline"], lang)
    return phrase("demo.records", lang, arm=study.arm_label(arm, lang), baseline=baseline, **found)


def told_apart(row: pd.Series) -> bool:
    """Whether the interval excludes zero; no interval tells nothing apart."""
    return bool(row["ci_low"] > 0 or row["ci_high"] < 0)


def _points(row: pd.Series) -> dict[str, str]:
    """Difference and interval in percentage points."""
    return {
        key: f"{PERCENT * row[column]:+.2f}"
        for key, column in (("difference", "difference"), ("low", "ci_low"), ("high", "ci_high"))
    }


def _last_arm(study: StoredStudy) -> str:
    return next(arm for arm in reversed(study.arms) if arm != study.study["baseline"])


if __name__ == "__main__":
    from sim.cli.options import split
    from sim.vocabulary.words import default_language

    given, _ = split(sys.argv[1:])
    sys.exit(demo({"lang": default_language(), **given}))
