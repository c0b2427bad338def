"""The command `gongzhi calibrate`: search, ensemble, table of patterns, and the sets where studies find them."""

from __future__ import annotations

import contextlib
import math
import time
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.calibration import ensemble, store
from sim.calibration.conduct import base_scenario, begun_sets, conclude, gather, measured, study_of
from sim.calibration.measures import measure, measure_signs
from sim.calibration.protocol import Protocol, load_protocol
from sim.calibration.search import Found, Sets, Values, search, thinned
from sim.charts import draw
from sim.identity import MODEL_VERSION
from sim.scenario.catalogue import Catalogue
from sim.scenario.compose import parse
from sim.scenario.load import own_files
from sim.scenario.schema import Scenario
from sim.scenario.uncertainty import about_accepted, read_sets
from sim.study.cli import guarded
from sim.study.conduct import available_cores, compile_model
from sim.study.errors import StudyError
from sim.study.show import Told, console_of, say
from sim.vocabulary.errors import ScenarioError
from sim.vocabulary.words import LANGS, label, of
from sim.vocabulary.words import say as phrase

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from rich.console import Console

OPTIONS = {"lang", "langs", "style", "configs", "workers", "results_dir", "dry_run"}
START = "start.csv"
SIGNS, ENSEMBLE = "signs", "ensemble"
RESIDENTS = "community.residents"
COLUMNS = ("pattern", "check", "tolerance", "mean", "range", "inside")  # of the table of patterns


def main(arguments: Sequence[str], options: Mapping[str, Any] | None = None) -> int:
    """Calibrate. `arguments`: sizes of the protocol (first=64), community.residents=N, a folder to resume, or check."""
    console, options = console_of(), dict(options or {})

    def work() -> int:
        for name in options:
            if name not in OPTIONS:
                raise StudyError(f"gongzhi calibrate has no option {name}=; it has {', '.join(sorted(OPTIONS))}")
        own, words = own_files([w for w in arguments if "=" in w], options.get("configs"))
        folders = [w for w in arguments if "=" not in w]
        if len(folders) > 1:
            raise StudyError(f"gongzhi calibrate goes on with one folder; {folders[1]!r} is too much")
        given = {o.key: o.value for o in parse(words)}
        residents = [f"{RESIDENTS}={given.pop(RESIDENTS)}"] if RESIDENTS in given else []
        members = given.pop("members", "0")
        if not members.isdigit():
            raise ScenarioError(f"on the command line: members is {members!r}; it must be a whole number")
        protocol = load_protocol(Catalogue(own), given)
        if folders == ["check"]:
            return check(protocol, int(members), _new(options), options, console, Catalogue(own))
        path = _folder(folders, options)
        return calibrate(protocol, residents, path, options, console, Catalogue(own))

    return guarded(work)


def calibrate(
    protocol: Protocol,
    extra: Sequence[str],
    path: Path,
    options: Mapping[str, Any],
    console: Console,
    catalogue: Catalogue,
) -> int:
    """Do what the protocol says in the folder `path`; returns the exit code: 0, or 1 when too few were accepted."""
    scenario = base_scenario(protocol, extra)
    workers = int(options.get("workers") or available_cores())
    sizes, later = protocol.search, protocol.ensemble
    if options.get("dry_run"):
        most = int(sizes["first"]) + int(sizes["waves"]) * int(sizes["wave"])
        after = int(sizes["accepted"]) * (int(later["seeds"]) + int(later["sign_seeds"]))
        say(console, f"{len(protocol.priors)} free parameters, {len(protocol.patterns)} patterns")
        say(console, f"at most {most} runs of the search and {after} of the ensemble, {scenario.weeks} weeks each")
        say(console, "dry run: nothing was run, nothing was written")
        return 0
    progress = Told(console)
    compile_model(progress)
    begun = time.monotonic()

    def wave(number: int, sets: Sets) -> tuple[Sets, Values]:
        place = path / f"wave_{number}"
        sets = begun_sets(place) or sets
        study = study_of(place.name, protocol, scenario, sets, len(sets))
        return sets, measured(gather(study, place, measure, workers, progress), len(sets))

    found = search(protocol, wave, progress.say, earlier(path, protocol, catalogue))
    sets = chosen(found)
    if len(sets) < int(sizes["accepted"]):
        say(console, f"only {len(sets)} sets were accepted, {sizes['accepted']} are asked for; nothing was stored")
        return 1
    progress.say(f"{len(sets)} sets accepted after {time.monotonic() - begun:.0f} s; now the ensemble, with new seeds")
    store.write(path, protocol, found, sets, None)
    frame = verdict(protocol, scenario, sets, path, workers, progress)
    store.write(path, protocol, found, sets, frame)
    target = store.installed()
    if target is not None and options.get("configs") is None and not extra:
        store.write(target, protocol, found, sets, frame)
    show(protocol, frame, path, console, options)
    say(console, f"tables: {path}" + (f"; accepted sets: {target}" if target is not None and not extra else ""))
    return 0


def verdict(
    protocol: Protocol,
    scenario: Scenario,
    sets: Sequence[Mapping[str, float]],
    path: Path,
    workers: int,
    progress: Told,
) -> pd.DataFrame:
    """The table of patterns from runs with a seed that no wave has used: no test on the runs that chose the sets."""
    fresh = scenario.at(seed=scenario.seed + 1)
    seeds = {SIGNS: int(protocol.ensemble["sign_seeds"]), ENSEMBLE: int(protocol.ensemble["seeds"])}
    frames = {}
    for name, simulate in ((SIGNS, measure_signs), (ENSEMBLE, measure)):
        study = study_of(name, protocol, fresh, sets, len(sets) * seeds[name])
        frames[name] = gather(study, path / name, simulate, workers, progress)
    return patterns(protocol, frames, len(sets))


def check(
    protocol: Protocol, members: int, path: Path, options: Mapping[str, Any], console: Console, catalogue: Catalogue
) -> int:
    """Run the ensemble of the stored sets, or of the first so many of them, and give the verdict on each pattern.

    The verdict on all sets is stored beside them. Returns 0, or 1 when a pattern that was shown before is not now.
    """
    about = about_accepted(catalogue)
    if about is None:
        raise StudyError("there are no accepted parameter sets to check; make them with gongzhi calibrate")
    if str(about["model_version"]) != MODEL_VERSION:
        say(console, f"the sets were accepted on model version {about['model_version']}; this is {MODEL_VERSION}")
    every = read_sets(catalogue)
    sets = every[:members] if members else every
    progress = Told(console)
    compile_model(progress)
    workers = int(options.get("workers") or available_cores())
    frame = verdict(protocol, base_scenario(protocol), sets, path, workers, progress)
    target = store.installed()
    whole = len(sets) == len(every) and str(about["model_version"]) == MODEL_VERSION
    if whole and target is not None and options.get("configs") is None:
        store.write_verdict(target, frame)
    show(protocol, frame, path, console, options)
    lost = sorted(set(about["passed"]) - set(ensemble.passed(frame)))
    if lost:
        say(console, f"shown before, not now: {', '.join(lost)}")
    return int(bool(lost))


def earlier(path: Path, protocol: Protocol, catalogue: Catalogue) -> np.ndarray[Any, Any] | None:
    """Points of the sets accepted before, where they have the same parameters; kept in the folder for whoever goes on.

    They are only proposals: what is accepted is run on this version of the model.
    """
    import numpy as np

    kept = path / START
    if not kept.exists():
        names = {p.name for p in protocol.priors}
        known: list[dict[str, float]] = []
        with contextlib.suppress(ScenarioError):  # what this version cannot use is no start
            known = read_sets(catalogue) if about_accepted(catalogue) is not None else []
        points = protocol.points(known) if known and set(known[0]) == names else np.empty((0, len(names)))
        points = points[np.all((points >= 0.0) & (points <= 1.0), axis=1)] if len(points) else points
        path.mkdir(parents=True, exist_ok=True)
        np.savetxt(kept, points, delimiter=",")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # numpy warns of an empty file
        points = np.loadtxt(kept, delimiter=",", ndmin=2)
    return points if points.size else None


def chosen(found: Found) -> list[dict[str, float]]:
    """As many of the accepted sets as are wanted, in random order."""
    import numpy as np

    good = np.flatnonzero(found.accepted(found.surfaces()))
    rng = np.random.default_rng([int(found.protocol.search["seed"]), 1])
    rows = good[thinned(found.points[good], int(found.protocol.search["accepted"]), rng)]
    return found.protocol.sets(found.points[rows])


def patterns(protocol: Protocol, frames: Mapping[str, pd.DataFrame], sets: int) -> pd.DataFrame:
    """The table of patterns from the runs of the ensemble and those beside it."""
    means = {}
    runs = {}
    for name in (ENSEMBLE, SIGNS):
        for measure_name, values in ensemble.by_set(frames[name], sets).items():
            means[measure_name] = values
            runs[measure_name] = int((frames[name]["status"] == "ok").sum())
    return ensemble.table(protocol, means, runs)


def show(protocol: Protocol, frame: pd.DataFrame, path: Path, console: Console, options: Mapping[str, Any]) -> None:
    """Print the table of patterns, failures included, and draw it."""
    from rich.table import Table

    lang = str(options.get("lang") or "en")
    store.write_patterns(path / ENSEMBLE, frame)
    conclude(path / ENSEMBLE, ensemble.passed(frame))
    drawn = draw(path / ENSEMBLE, options.get("langs") or LANGS, options.get("style") or "page", ["patterns"])
    table = Table()
    for column in COLUMNS:
        table.add_column(phrase(f"study.patterns.{column}", lang))
    table.add_column()
    labels = {c.name: of(c.label, lang) for c in protocol.checks}
    for row in frame.itertuples(index=False):
        tolerance = " .. ".join(f"{end:g}" if math.isfinite(end) else "" for end in (row.low, row.high))
        table.add_row(
            str(row.pattern), labels[str(row.check)], tolerance, f"{row.mean:.3f}",
            f"{row.set_low:.3f} .. {row.set_high:.3f}", f"{row.sets_inside:.0%}",
            phrase(f"study.patterns.{'passed' if row.passed else 'failed'}", lang),
        )  # fmt: skip
    console.print(table)
    done = ensemble.passed(frame)
    say(console, f"{len(done)} / {len(protocol.patterns)}: {', '.join(done) or '-'}; {label('word.simulated', lang)}")
    say(console, f"charts: {path / ENSEMBLE / 'charts'} ({len(drawn)} files)")


def _folder(given: Sequence[str], options: Mapping[str, Any]) -> Path:
    if given:
        path = Path(given[0])
        if not (path / "wave_0").is_dir():
            raise ScenarioError(f"{path} holds no calibration: there is no folder wave_0 in it")
        return path
    return _new(options)


def _new(options: Mapping[str, Any]) -> Path:
    stem = time.strftime("calibration-%Y%m%d-%H%M%S")
    return Path(options.get("results_dir") or "results") / stem
