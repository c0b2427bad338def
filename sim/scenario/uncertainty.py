"""Which numbers of the model a study draws: the stated values alone, or parameter sets accepted in a calibration.

The accepted sets are data, `calibration/accepted.csv` (one set a row) and `accepted.yaml` (what they were accepted on),
written by `gongzhi calibrate`. A replicate draws one set, keyed by its number alone and the same for all arms and
points, so intervals over replicates run over seeds and parameters. What a study states or varies is never drawn.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from typing import Annotated, Any, Literal

from sim.identity import MODEL_VERSION
from sim.scenario.catalogue import Catalogue
from sim.scenario.compose import Override
from sim.scenario.fields import Checked, Frozen
from sim.scenario.moved import instead
from sim.scenario.parameters import number, registry
from sim.vocabulary.errors import ScenarioError, close

FOLDER = "calibration"
SETS, ABOUT = "accepted.csv", "accepted.yaml"
KINDS = ("accepted", "default")
ID = "set"  # column of accepted.csv that numbers the sets


class Uncertainty(Checked):
    """Parameter sets that the replicates of a study draw, and what is known of them; no sets: stated values."""

    kind: Literal["accepted", "default"] = "default"
    why: Literal["", "stated", "none", "version"] = ""  # no set is drawn: the study says so, there are none, of another
    model_version: str = ""  # on which the sets were accepted; of those that are not drawn, too
    patterns: tuple[str, ...] = ()  # that the calibration asked for
    passed: tuple[str, ...] = ()  # those of them that the accepted ensemble shows
    era: str = ""
    community: str = ""
    stated: tuple[str, ...] = ()  # parameters of the sets that the study states or varies itself
    sets: tuple[Annotated[Mapping[str, float], Frozen], ...] = ()

    def of(self, replicate: int) -> Mapping[str, float]:
        """The parameter set that a replicate draws, by dotted name without `parameters.`; empty for stated values."""
        return self.sets[replicate % len(self.sets)] if self.sets else {}


DEFAULT = Uncertainty()


def uncertainty_of(stated: Any, where: str, keys: Collection[str], catalogue: Catalogue) -> Uncertainty:
    """What a study draws. `stated` is accepted, default or None; `keys` are those that it states or varies itself.

    Without a word the accepted sets are drawn when they belong to this version of the model, and the stated values are
    used when there are none or they belong to another. Raises ScenarioError.
    """
    if stated is not None and stated not in KINDS:
        raise ScenarioError(f"{where}: uncertainty is {stated!r}; {close(str(stated), KINDS)}")
    if stated == "default":
        return Uncertainty(why="stated")
    about = about_accepted(catalogue)
    if about is None:
        if stated is None:
            return Uncertainty(why="none")
        raise ScenarioError(
            f"{where}: uncertainty=accepted, but there are no accepted parameter sets; make them with gongzhi calibrate"
        )
    if stated is None and str(about["model_version"]) != MODEL_VERSION:
        return Uncertainty(why="version", model_version=str(about["model_version"]))
    sets = read_sets(catalogue)
    own = [name for name in sets[0] if f"parameters.{name}" in keys]
    return Uncertainty(
        kind="accepted",
        model_version=str(about["model_version"]),
        patterns=tuple(about["patterns"]),
        passed=tuple(about["passed"]),
        era=str(about["era"]),
        community=str(about["community"]),
        stated=tuple(own),
        sets=tuple({k: v for k, v in one.items() if k not in own} for one in sets),
    )


def about_accepted(catalogue: Catalogue) -> Mapping[str, Any] | None:
    """What accepted.yaml says of the accepted sets, the user's own before the program's; None where there are none."""
    for root in reversed(catalogue.roots):
        path = root / FOLDER / ABOUT
        if path.is_file():
            data = catalogue.read(path)
            needed = ("model_version", "patterns", "passed", "era", "community")
            missing = [k for k in needed if not isinstance(data, Mapping) or k not in data]
            if missing:
                raise ScenarioError(f"in {path}: {missing[0]} is missing; make the file again with gongzhi calibrate")
            found: Mapping[str, Any] = data
            return found
    return None


def read_sets(catalogue: Catalogue) -> list[dict[str, float]]:
    """The accepted sets in their order, {module.name: value}. Raises ScenarioError for what this version cannot use."""
    path = next(r / FOLDER / SETS for r in reversed(catalogue.roots) if (r / FOLDER / ABOUT).is_file())
    known = {f"{m}.{n}" for m, params in registry().items() for n in params}
    found = []
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            for line, row in enumerate(csv.DictReader(lines), 2):
                row.pop(ID, None)
                for name in row:
                    if name not in known:
                        hint = instead(f"parameters.{name}", ())
                        raise ScenarioError(
                            f"in {path}: there is no parameter {name!r}, {hint}; run gongzhi calibrate again"
                        )
                where = f"in {path}, line {line}"
                found.append({k: number(f"parameters.{k}", _float(v), where) for k, v in row.items()})
    except OSError as failed:
        raise ScenarioError(f"in {path}: the accepted sets cannot be read ({failed})") from None
    if not found:
        raise ScenarioError(f"in {path}: there is no parameter set; make the file again with gongzhi calibrate")
    return found


def with_numbers(parameters: Mapping[str, Mapping[str, float]], drawn: Mapping[str, float]) -> dict[str, Any]:
    """All parameters by module and name, those named `module.name` in `drawn` replaced."""
    made: dict[str, Any] = {module: dict(values) for module, values in parameters.items()}
    for key, value in drawn.items():
        module, _, name = key.partition(".")
        made[module][name] = value
    return made


def fixed_keys(overrides: Collection[Override], factors: Collection[str]) -> set[str]:
    """Parameters that a study states in its settings or arms, or varies in its design."""
    return {k for k in (*(o.key for o in overrides), *factors) if k.startswith("parameters.")}


def _float(text: Any) -> Any:
    try:
        return float(text)
    except (TypeError, ValueError):
        return text
