"""The dry run of a study: runs, time and disk, factors and points, hours and money over the arms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.analysis.budgets import relative_difference
from sim.scenario import fractional
from sim.scenario.design import shown
from sim.study.basis import said_before
from sim.study.conduct import worker_count
from sim.study.plan import Plan
from sim.study.show import decimals, duration, number, say, size

if TYPE_CHECKING:
    from rich.console import Console

POINTS_SHOWN = 8


def show_plan(study: Any, workers: int | None, console: Console) -> int:
    """Print what would be run; writes nothing."""
    plan = Plan.of(study)
    count = worker_count(workers, plan)
    seconds, disk = plan.estimate(count)
    points = f" at {len(plan.points)} design points" if len(plan.points) > 1 else ""
    design = getattr(study, "design", None)
    most = "" if plan.precision is None else "at most "
    runs = f"{plan.replicates} replicates{points} = {plan.runs} runs"
    say(console, f"study {plan.name}: {len(plan.arms)} arms x {most}{runs}")
    if plan.precision is not None:
        widths = ", ".join(f"{name} {width:g}" for name, width in plan.precision.widths.items())
        say(console, f"replicates are added, from {plan.precision.least} on, until half widths are: {widths}")
    for arm in plan.arms:
        note = " (baseline)" if arm == plan.baseline else ""
        say(console, f"  {arm}{note}: runs {plan.run_id(0, plan.arms.index(arm), 0)} ...")
    if design is not None:
        _say_design(design, plan, console)
    if words := said_before(plan.uncertainty):
        say(console, words)
    say(console, f"held equal within {plan.tolerance:.0%}: {', '.join(plan.equal) or 'nothing'}")
    for budget, arms in plan.differs.items():
        say(console, f"may differ: {budget}, {'in ' + ', '.join(arms) if arms else 'in any arm'}")
    _say_budgets(plan, console)
    say(console, f"weekly series are kept of {plan.series_replicates} of {plan.replicates} replicates")
    say(console, f"roughly {duration(seconds)} on {count} process{'es' if count > 1 else ''} and {size(disk)} on disk")
    plan.check_budgets()
    say(console, "dry run: nothing was run, nothing was written")
    return 0


def _say_design(design: Any, plan: Plan, console: Console) -> None:
    """The factors with their values or ranges, and the first points."""
    drawn = f", size {design.size}, seed {design.seed}" if plan.sampled else ""
    say(console, f"design: {design.kind}{drawn}; arms are paired at every point and replicate")
    if design.kind == "fractional":
        for line in fractional.described([f.key for f in design.factors], design.resolution):
            say(console, f"  {line}")
    for text in design.constraints:
        say(console, f"  only points with {text}")
    for f in design.factors:
        span = ", ".join(map(str, f.values)) if f.values else f"{f.low:g} .. {f.high:g}{' (whole)' if f.whole else ''}"
        say(console, f"  {f.key}: {span}")
    for place, values in enumerate(plan.points.values[:POINTS_SHOWN]):
        say(console, f"  point {place}: {shown(values)}")
    if len(plan.points) > POINTS_SHOWN:
        say(console, f"  ... {len(plan.points) - POINTS_SHOWN} more points")


def _say_budgets(plan: Plan, console: Console) -> None:
    """Posts and public money of every arm as far as they are known before any run, beside the baseline's."""
    from rich.table import Table

    known = plan.known_budgets(0)
    base = known[plan.baseline]
    title = "paid posts and public money a year, known before any run" + (" (point 0)" if len(plan.points) > 1 else "")
    table = Table(title=title, title_justify="left")
    table.add_column("arm", overflow="fold")
    for name in ("posts", "against baseline", "yuan", "against baseline"):
        table.add_column(name, justify="right")
    for arm, found in known.items():
        cells = []
        for measure in ("established_hours", "public_money"):
            gap = relative_difference(found[measure], base[measure])
            cells += [f"{found[measure]:,.1f}" if measure != "public_money" else f"{found[measure]:,.0f}"]
            cells += ["baseline" if arm == plan.baseline else f"{number(100 * gap, max(2, decimals(100 * gap)))}%"]
        table.add_row(arm, *cells)
    console.print(table)
