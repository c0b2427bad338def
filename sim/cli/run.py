"""`gongzhi run`: simulate one scenario, print both records and the main indicators, keep everything in a folder."""

from __future__ import annotations

import csv
import io
import math
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.cli.lines import pad, say, width
from sim.cli.options import DETAIL
from sim.vocabulary.errors import ScenarioError, close
from sim.vocabulary.words import label

if TYPE_CHECKING:
    from sim.model.result import Result
    from sim.observe.registry import Indicator
    from sim.scenario import Scenario

OPTIONS = ("lang", "langs", "results_dir", "detail", "only", "configs", "executor")
RECORDS = {  # the two records, side by side by the same question
    "closed_share": "welfare",
    "closed_in_time": "time_median",
    "callback_satisfied": "felt_satisfaction",
    "turnout_official": "turnout_personal",
    "delivered": "solved_share",
}
MAIN = (
    "share_spoken", "handovers_per_case", "wait_total", "admin_share", "outreach_share", "utilisation", "repeats",
    "repeat_petitions", "collective_petitions", "trust", "standing", "efficacy", "solved_by_government",
    "solved_by_market", "solved_by_society", "solved_by_self", "fee_collection", "quits", "meetings_held",
    "public_hours", "public_money", "social_cost",
)  # fmt: skip


def main(scenario: Scenario, options: Mapping[str, Any]) -> int:
    """Run, print, write; returns 0. Raises ScenarioError before anything is run or written."""
    from sim.observe.indicators import INDICATORS

    for key in options:
        if key not in OPTIONS:
            known = ", ".join(o for o in OPTIONS if o != "langs")
            raise ScenarioError(f"gongzhi run has no option {key}=; it has {known}")
    wanted = tuple(options.get("only") or ())
    for name in wanted:
        if name not in INDICATORS:
            raise ScenarioError(f"only: there is no indicator {name!r}; {close(name, INDICATORS)}")
    from sim.store import StoreError

    lang = options["lang"]
    asked = tuple(options.get("detail") or ())
    detail = tuple(d for d in asked if d in DETAIL)
    try:
        result, seconds = simulated(scenario, lang, detail)
        folder = written(scenario, result, Path(options.get("results_dir") or "results"), seconds)
    except StoreError as failed:
        print(f"gongzhi: {failed}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(say("run.stopped", lang), file=sys.stderr)
        return 130
    print("\n".join(report(scenario, result, wanted, "full" in asked, lang)))
    print(f"{say('run.uncalibrated', lang)}; {label('word.simulated', lang)}")
    print(f"{say('run.written', lang)} {folder} ({say('run.took', lang, seconds=seconds)})")
    return 0


def simulated(scenario: Scenario, lang: str, detail: tuple[str, ...] = ()) -> tuple[Result, float]:
    """The result of one scenario and the seconds it took, with progress shown."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from sim.model.prepare import prepare

    console = Console(stderr=True)
    prepare(lambda text: console.print(text, markup=False, highlight=False))
    from sim.model.simulation import simulate

    start = time.perf_counter()
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"),
        TimeRemainingColumn(), console=console, transient=True, disable=not console.is_terminal,
    )  # fmt: skip
    with bar:
        task = bar.add_task(say("run.week", lang), total=scenario.weeks)

        def show(done: int, _: int) -> None:
            if done % 13 == 0:
                bar.update(task, completed=done)

        result = simulate(scenario, progress=show, detail=detail)
    return result, time.perf_counter() - start


def report(scenario: Scenario, result: Result, wanted: tuple[str, ...], full: bool, lang: str) -> list[str]:
    """The lines that a run prints: both records, then the main indicators, or those that were `wanted`."""
    from sim.observe.indicators import INDICATORS

    lines = [_title(scenario, lang), ""]
    if wanted:
        return lines + _rows([INDICATORS[n] for n in wanted], result, lang)
    half = 46
    lines.append(pad(say("run.file", lang), half) + say("run.felt", lang))
    for left, right in RECORDS.items():
        one, other = (_cell(INDICATORS[n], result.indicators[n], lang) for n in (left, right))
        lines.append(pad(one, half) + other if width(one) < half else f"{one}\n{' ' * half}{other}")
    lines += ["", say("run.main", lang)] + _rows([INDICATORS[n] for n in MAIN], result, lang)
    if full:
        rest = [i for n, i in INDICATORS.items() if n not in MAIN]
        lines += ["", say("run.all", lang)] + _rows(rest, result, lang)
    else:
        lines += ["", say("run.more", lang)]
    return lines


def _title(scenario: Scenario, lang: str) -> str:
    parts = [
        scenario.structure.label[lang],
        scenario.community.label[lang],
        scenario.era.label[lang],
        say("run.residents", lang, number=scenario.community.residents),
        say("run.seed", lang, number=scenario.seed),
    ]
    if scenario.package:
        parts.insert(1, say("run.overlays", lang, package=label(f"package.{scenario.package}", lang)))
    if scenario.shock.events:
        parts.append(scenario.shock.label[lang])
    return " · ".join(parts)


def _rows(chosen: list[Indicator], result: Result, lang: str) -> list[str]:
    wide = max(width(i.label[lang]) for i in chosen)
    return [f"  {pad(i.label[lang], wide)}  {_value(i, result.indicators[i.name], lang)}" for i in chosen]


def _cell(item: Indicator, value: float, lang: str) -> str:
    return f"  {item.label[lang]} {_value(item, value, lang)}"


def _value(item: Indicator, value: float, lang: str) -> str:
    if math.isnan(value):
        return "-"
    if item.unit == "share":
        return f"{value:.1%}"
    from sim.charts.prose import unit_text

    shown = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}"
    return f"{shown} {unit_text(item.unit, lang)}".rstrip()


def written(scenario: Scenario, result: Result, results: Path, seconds: float) -> Path:
    """Keep scenario, provenance, indicators, weekly series and the tables of single things that were asked for."""
    import pyarrow as pa
    import pyarrow.parquet as pq
    import yaml

    from sim.observe.indicators import INDICATORS, indicator_of
    from sim.store.folder import Folder
    from sim.store.provenance import facts, now

    assert INDICATORS  # importing the module fills the registry
    folder = Folder.create(results, "run", tables=("series",))
    text = yaml.safe_dump(scenario.to_dict(), allow_unicode=True, sort_keys=False, width=120)
    folder.write_text("scenario.yaml", text)
    how = {"scenario": scenario.hash, "finished": now(), "exec_seconds": round(seconds, 3)}
    folder.write_provenance({**facts(), **how})
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("indicator", "value", "unit", "label_zh", "label_en"))
    for name, value in result.indicators.items():
        item = indicator_of(name)
        table.writerow((name, repr(value), item.unit, item.label["zh"], item.label["en"]))
    folder.write_text("indicators.csv", out.getvalue(), "utf-8-sig")
    weeks = len(next(iter(result.series.values())))
    columns: dict[str, Any] = {"week": list(range(result.first_week, result.first_week + weeks)), **result.series}
    pq.write_table(pa.table(columns), folder.path / "series" / "all.parquet")
    for name, rows in result.detail.items():
        folder.path.joinpath("detail").mkdir(exist_ok=True)
        pq.write_table(rows, folder.path / "detail" / f"{name}.parquet", compression="zstd")
    return folder.path
