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
from sim.study.cli import STUDY_OPTIONS, check_charts, check_options, guarded
from sim.study.conduct import available_cores, run
from sim.study.show import Told, console_of, say
from sim.study.standing import standing

if TYPE_CHECKING:
    import pandas as pd

    from sim.store import StoredStudy

BRIEF = {"en": "the brief, to be read in a browser", "zh": "简报（用浏览器打开）"}
UNADJUSTED = {"en": "not adjusted for the number of comparisons", "zh": "未作多重比较校正"}
STUDIES = ("structures", "packages")
SETTING = ("community=commercial", "community.residents=5000", "era=2012")
REPLICATES = 30  # of every arm; both studies together take a few minutes on two cores
FELT, FILED = "welfare", "closed_share"
PERCENT = 100.0
PLACES = {
    "structures": {
        "en": "Seats alone ({arms} structures against {baseline})",
        "zh": "仅改变席位（{arms} 种结构与{baseline}相比）",
    },
    "packages": {
        "en": "Whole packages ({arms} packages against {baseline})",
        "zh": "整套方案（{arms} 个方案与{baseline}相比）",
    },
}
SENTENCES = {
    "some": {
        "en": "{what}: {k} can be told from it in the share of felt problems truly solved within 60 working days, "
        "most of all {arm} ({difference} points, 95% interval {low} to {high}); {rest} cannot.",
        "zh": "{what}：{k} 个在“60 个工作日内真正解决的感受问题占比”上可与之区分，"
        "差异最大的是{arm}（{difference} 个百分点，95% 区间 {low} 至 {high}）；{rest} 个无法区分。",
    },
    "none": {
        "en": "{what}: none can be told from it in the share of felt problems truly solved within 60 working days.",
        "zh": "{what}：在“60 个工作日内真正解决的感受问题占比”上，没有一个可与之区分。",
    },
    "records": {
        "en": "The two records, {arm} against {baseline}: the share closed on file {filed}, "
        "and the share truly solved {felt}.",
        "zh": "两种记录（{arm}与{baseline}相比）：办件记录的办结率{filed}；居民实感的真正解决率{felt}。",
    },
    "moved": {
        "en": "differs by {difference} points (95% interval {low} to {high})",
        "zh": "相差 {difference} 个百分点（95% 区间 {low} 至 {high}）",
    },
    "still": {
        "en": "cannot be told from the baseline's (95% interval {low} to {high} points)",
        "zh": "与基线无法区分（95% 区间 {low} 至 {high} 个百分点）",
    },
    "unknown": {"en": "could not be compared", "zh": "无法比较"},
}


def demo(options: Mapping[str, Any] | None = None) -> int:
    """Run both studies, draw their charts, print three sentences; returns the exit code."""
    options = dict(options or {})
    console = console_of()

    def work() -> int:
        from sim.charts import draw
        from sim.charts.words import LANGS
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
            langs, style = options.get("langs") or ("zh", "en"), options.get("style") or "page"
            draw(summary.folder, langs, style, chosen, workers=options.get("workers") or available_cores())
        lang = options.get("lang") or "en"
        say(console, "")
        stored = {name: open_study(folder) for name, folder in folders.items()}
        for sentence in sentences(stored, lang):
            say(console, sentence)
        stands = dict.fromkeys(standing(s.study, lang, s.sampled) for s in stored.values())
        say(console, f"({'; '.join([*stands, UNADJUSTED[lang]])})")
        for name, folder in folders.items():
            say(console, f"{name}: pictures in {folder / 'charts'}, tables in {folder}")
        say(console, "writing the brief ...")
        written = report(folders[STUDIES[-1]], options.get("langs") or LANGS)
        for text in written.left_out.values():
            say(console, text)
        say(console, f"{BRIEF[lang]}: {written.brief}")
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
    what = PLACES[name][lang].format(arms=len(rows), baseline=study.arm_label(study.study["baseline"], lang))
    if len(clear) == 0:
        return SENTENCES["none"][lang].format(what=what)
    top = clear.loc[clear["difference"].abs().idxmax()]
    return SENTENCES["some"][lang].format(
        what=what, k=len(clear), rest=len(rows) - len(clear), arm=study.arm_label(top["arm"], lang), **_points(top)
    )


def records(study: StoredStudy, arm: str, lang: str) -> str:
    """What the handling record says of an arm beside what residents experience."""
    found = {}
    for key, indicator in (("filed", FILED), ("felt", FELT)):
        rows = study.effects[(study.effects["indicator"] == indicator) & (study.effects["arm"] == arm)]
        if len(rows) == 0 or math.isnan(rows.iloc[0]["ci_low"]):
            found[key] = SENTENCES["unknown"][lang]
            continue
        row = rows.iloc[0]
        found[key] = SENTENCES["moved" if told_apart(row) else "still"][lang].format(**_points(row))
    baseline = study.arm_label(study.study["baseline"], lang)
    return SENTENCES["records"][lang].format(arm=study.arm_label(arm, lang), baseline=baseline, **found)


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
    from sim.glossary import default_language

    given, _ = split(sys.argv[1:])
    sys.exit(demo({"lang": default_language(), **given}))
