"""The commands about studies: run one, finish one, look how far one is. Exit codes: 0 all is well, 1 the study is done
but runs failed or budgets are not as it says, 2 it could not be done as asked, 130 stopped by the user."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sim.analysis.contrasts import ALL
from sim.scenario.experiments import collects, experiment, hypothesis_of, is_collection
from sim.store import StoreError, open_study
from sim.study.basis import basis
from sim.study.conduct import available_cores, resume, run, status
from sim.study.errors import Stopped, StudyError
from sim.study.finish import PHASES, Summary, registered_indicators
from sim.study.loading import load
from sim.study.planned import show_plan
from sim.study.show import Told, console_of, decimals, duration, number, say
from sim.vocabulary.words import LANGS, label, languages, of, room
from sim.vocabulary.words import say as said

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

    from sim.store import StoredStudy
    from sim.study.precision import Reached

LOOK = {"lang", "langs", "style", "only", "charts", "configs"}
STUDY_OPTIONS = {*LOOK, "workers", "results_dir", "dry_run", "executor", "from", "top"}
RESUME_OPTIONS = {*LOOK, "workers", "repair", "executor"}
NAMED_FAILURES = 5
CONTRASTS_SHOWN = 3
phrase = room("study")


def main(name: str, overrides: Sequence[str] = (), options: Mapping[str, Any] | None = None) -> int:
    """Run the study NAME with overrides (KEY=VALUE) and STUDY_OPTIONS. Returns the exit code."""
    console, options = console_of(), dict(options or {})

    def work() -> int:
        check_options("study", options, STUDY_OPTIONS)
        if collects(name):
            from sim.findings.cli import main as run_all

            return run_all(name, overrides, options, console)
        words = _words(overrides, options, console)
        study = load(name, words, console)
        if hypothesis_of(name) is not None:
            from sim.findings.asked import check_study

            check_study(experiment(name), study)
        workers = _workers(study, words, options)
        check_charts(study.charts, options)
        if options.get("dry_run"):
            return show_plan(study, workers, console)
        results = options.get("results_dir") or "results"
        summary = run(study, results, workers, overrides=tuple(words), progress=Told(console))
        return report(summary, console, options)

    return guarded(work)


def main_resume(folder: str, options: Mapping[str, Any] | None = None) -> int:
    """Finish the study in a folder; option repair also repeats runs that failed, crashed or are damaged."""
    console, options = console_of(), dict(options or {})

    def work() -> int:
        check_options("resume", options, RESUME_OPTIONS)
        check_charts((), options)
        if is_collection(folder):
            from sim.findings.cli import main_resume as finish_all

            return finish_all(folder, options, console)
        repair, executor = bool(options.get("repair")), _executor(options)
        summary = resume(folder, options.get("workers"), repair=repair, progress=Told(console), executor=executor)
        return report(summary, console, options)

    return guarded(work)


def main_status(folder: str, options: Mapping[str, Any] | None = None) -> int:
    """Say how far the study in a folder is."""
    console = console_of()

    def work() -> int:
        check_options("status", dict(options or {}), LOOK)
        summary = status(folder)
        _counts(summary, console)
        for problem in summary.problems:
            say(console, problem)
        for row in summary.reached:
            say(console, _precision(row))
        if summary.running:
            left = f", about {duration(summary.left)} left" if summary.left is not None else ""
            say(console, f"it is being computed now{left}")
        elif not summary.complete:
            say(console, f"finish it with: gongzhi resume {summary.folder}")
        return 0

    return guarded(work)


def _words(overrides: Sequence[str], options: Mapping[str, Any], console: Console) -> list[str]:
    """The settings of a study, those that another study's result makes (`from=`) included."""
    if "from" in options:
        from sim.study.screened import settings

        return settings(options["from"], options.get("top"), overrides, console)
    if "top" in options:
        raise StudyError("top= says how many factors are taken from a stored study; name it with from=DIR")
    return list(overrides)


def _executor(options: Mapping[str, Any]) -> Any:
    """The executor that is asked for by name, or None for this machine."""
    if not options.get("executor"):
        return None
    from sim.scenario.load import load as scenario

    own = [f"configs={options['configs']}"] if options.get("configs") else []
    return scenario([f"executor={options['executor']}", *own]).executor


def _precision(row: Reached) -> str:
    """What was reached beside what was asked for."""
    return (
        f"precision of {row.indicator} in {row.arm}: half width {row.half_width:.3g} over {row.pairs} pairs, "
        f"{row.wanted:g} asked for{'' if row.narrow else ', not reached'}"
    )


def check_options(command: str, options: Mapping[str, Any], known: set[str]) -> None:
    """Raise StudyError for an option that the command does not have."""
    for name in options:
        if name not in known:
            raise StudyError(f"gongzhi {command} has no option {name}=; it has {', '.join(sorted(known - {'langs'}))}")


def check_charts(named: Sequence[str], options: Mapping[str, Any]) -> None:
    """Raise StudyError before anything runs when a chart, language or style does not exist."""
    if not options.get("charts", True):
        return
    from sim.charts import STYLES, charts

    for what, wanted, known in (
        ("chart", [*named, *(options.get("only") or ())], charts()),
        ("language of charts", options.get("langs") or (), languages()),
        ("style of charts", [options["style"]] if options.get("style") else [], STYLES),
    ):
        for name in wanted:
            if name not in known:
                raise StudyError(f"there is no {what} {name!r}; there are {', '.join(known)}")


def report(summary: Summary, console: Console, options: Mapping[str, Any]) -> int:
    """The table of effects, what to know about it, the charts; returns the exit code."""
    lang = options.get("lang") or "en"
    stored = open_study(summary.folder)
    if stored.study.get("contrasts"):
        _contrasts(stored, console, lang)
    else:
        _effects(stored, console, lang)
    _counts(summary, console)
    for row in summary.reached:
        say(console, _precision(row))
    if summary.reached:
        say(console, "replicates were added until intervals were narrow; they cover less than 95%, see docs/studies.md")
    for message in summary.messages[:NAMED_FAILURES]:
        say(console, f"  {message}")
    for problem in summary.problems:
        console.print(problem, style="bold red", markup=False, highlight=False, soft_wrap=True)
    if hypothesis_of(str(stored.study["name"])) is not None and summary.complete:
        from sim.findings.cli import verdict

        verdict(str(stored.study["name"]), summary.folder, console, lang)
    if options.get("charts", True) and summary.statuses.get("ok"):
        _charts(stored, console, options)
    say(console, f"tables: {summary.folder}")
    return 1 if summary.problems or any(k != "ok" for k in summary.statuses) else 0


def main_effects(stored: StoredStudy) -> pd.DataFrame:
    """The effects on the indicators that the study names, in its order."""
    effects = stored.effects
    named = [i for i in stored.study.get("indicators", ()) if (effects["indicator"] == i).any()]
    if not named:
        return effects
    order = {name: k for k, name in enumerate(named)}
    chosen = effects[effects["indicator"].isin(named)].copy()
    return chosen.iloc[chosen["indicator"].map(order).argsort(kind="stable")]


def _contrasts(stored: StoredStudy, console: Console, lang: str) -> None:
    """What each choice does by itself to the first indicators, over all places; the rest stands in ablation.csv."""
    from rich.table import Table

    rows = stored.contrasts
    labels = {c["mechanism"]: of(c["label"], lang) for c in stored.study["contrasts"]}
    rows = rows[rows["archetype"] == (ALL if (rows["archetype"] == ALL).any() else rows["archetype"].iloc[0])]
    around = list(dict.fromkeys(rows["around"]))
    for indicator in list(dict.fromkeys(rows["indicator"]))[:CONTRASTS_SHOWN]:
        part = rows[rows["indicator"] == indicator]
        places = decimals(float(part[["difference", "ci_low", "ci_high"]].abs().max().max()))
        title = f"{_label(str(indicator), lang)}{_unit(part.iloc[0]['unit'])}: {phrase('by itself', lang)}"
        table = Table(title=title, title_justify="left")
        table.add_column(phrase("choice", lang))
        for name in around:
            table.add_column(stored.arm_label(name, lang), justify="right", no_wrap=True)
        for mechanism in dict.fromkeys(part["mechanism"]):
            cells = []
            for name in around:
                found = part[(part["mechanism"] == mechanism) & (part["around"] == name)]
                cells.append("" if found.empty else _interval(found.iloc[0], places))
            table.add_row(labels[mechanism], *cells)
        console.print(table)
    say(console, f"{basis(stored.study, lang, stored.sampled)}; {label('word.simulated', lang)}")


def _interval(row: pd.Series, places: int) -> str:
    low, high = number(row["ci_low"], places), number(row["ci_high"], places)
    return f"{number(row['difference'], places)} ({low} .. {high})"


def _effects(stored: StoredStudy, console: Console, lang: str) -> None:
    from rich.table import Table

    chosen = main_effects(stored)
    baseline = stored.arm_label(stored.study["baseline"], lang)
    for indicator, rows in chosen.groupby("indicator", sort=False):
        first = rows.iloc[0]
        shown = rows[["difference", "ci_low", "ci_high"]].abs().to_numpy()
        places = decimals(float(shown[shown == shown].max(initial=0.0)))
        table = Table(
            title=f"{_label(str(indicator), lang)}{_unit(first['unit'])}; "
            f"{phrase('baseline', lang)} {baseline}: {number(rows['mean_baseline'].mean(), places)}",
            title_justify="left",
        )
        for key in ("arm", "difference", "interval", "pairs", "correlation"):
            table.add_column(phrase(key, lang), justify="left" if key == "arm" else "right", no_wrap=key != "arm")
        for row in rows.itertuples(index=False):
            table.add_row(
                stored.arm_label(row.arm, lang),
                number(row.difference, places),
                f"{number(row.ci_low, places)} .. {number(row.ci_high, places)}",
                str(row.n),
                number(row.paired_correlation, 2),
            )
        console.print(table)
    say(console, f"{basis(stored.study, lang, stored.sampled)}; {label('word.simulated', lang)}")
    achieved = chosen["paired_correlation"].dropna()
    if len(achieved):
        say(
            console,
            f"{phrase('correlation', lang)}: {number(achieved.min(), 2)} .. {number(achieved.max(), 2)} "
            f"(median {number(achieved.median(), 2)})",
        )


def _counts(summary: Summary, console: Console) -> None:
    parts = [f"{summary.statuses[k]} {k}" for k in sorted(summary.statuses)]
    say(console, f"{summary.recorded} of {summary.wanted} runs on record: {', '.join(parts) or 'none'}")


def _charts(stored: StoredStudy, console: Console, options: Mapping[str, Any]) -> None:
    from sim.charts import draw

    lang = options.get("lang") or "en"
    if not options.get("only") and not told_from_chance(stored):
        say(console, f"{phrase('one run', lang)}: gongzhi charts {stored.path}")
        return
    only = options.get("only") or list(stored.study.get("charts", ())) or None
    langs, style = options.get("langs") or LANGS, options.get("style") or "page"
    try:
        drawn = draw(stored.path, langs, style, only, workers=options.get("workers") or available_cores())
    except KeyboardInterrupt:
        raise Stopped(stored.path, len(stored.runs), len(stored.runs), "charts") from None
    say(console, f"charts: {stored.path / 'charts'} ({len(drawn)} files)")
    for chart, reason in drawn.left_out.items():
        say(console, f"  {said('cli.not_drawn', lang, name=chart, reason=reason[lang])}")


def told_from_chance(stored: StoredStudy) -> bool:
    """Whether an arm has more than one run to be compared by, so that its charts can show how far chance goes."""
    return int(stored.runs["point" if stored.sampled else "replicate"].nunique()) > 1


def guarded(work: Callable[[], int]) -> int:
    """Every error a user can cause or meet ends in one sentence on stderr and an exit code."""
    from sim.vocabulary.errors import ScenarioError

    try:
        return work()
    except (ScenarioError, StoreError, StudyError) as error:
        print(f"gongzhi: {error}", file=sys.stderr)
        return 2
    except (Stopped, KeyboardInterrupt) as stop:
        print(str(stop) or "stopped", file=sys.stderr)
        return 130


def _workers(study: Any, overrides: Sequence[str], options: Mapping[str, Any]) -> int | None:
    """Processes asked for as an option or as an override of the executor, else None for all cores."""
    asked = options.get("workers")
    if asked is not None:
        try:
            return int(asked)
        except (TypeError, ValueError):
            raise StudyError(f"workers={asked} is no number; give 1 or more, or leave it out for all cores") from None
    if study.executor.kind == "local" and any(o.lstrip("+").startswith("executor") for o in overrides):
        return int(study.executor.workers)
    return None


def _label(indicator: str, lang: str) -> str:
    known = registered_indicators()
    for phase in PHASES:
        item = known.get(indicator.removesuffix(phase))
        if item is not None:
            return str(item.label[lang]) + (said(f"charts.{phase[1:]}", lang) if phase else "")
    return indicator


def _unit(unit: Any) -> str:
    return f" ({unit})" if isinstance(unit, str) and unit else ""
