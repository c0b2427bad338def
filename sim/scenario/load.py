"""From overrides to a checked, frozen scenario: one composition for the run and one for its warm-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.scenario import parameters
from sim.scenario.catalogue import Catalogue
from sim.scenario.check import checked
from sim.scenario.compose import COMMAND_LINE, Composed, Override, check_keys, compose, parse
from sim.scenario.fields import Choice
from sim.scenario.items import items_file
from sim.scenario.schema import Base, Scenario, digest
from sim.scenario.shocks import with_options
from sim.vocabulary.errors import ScenarioError

COMPARED_UNDER = "station_1_2"  # the package of the study `structures`
SHARED = (
    "community",
    "era",
    "executor",
    "seed",
    "replicate",
    "replicates",
    "years",
    "warmup_years",
    "communities",
    "mix",
    "span",
    "items",
    "parameters",
    "rules",
)


def base_overrides(
    overrides: Sequence[Override], spec: Mapping[str, Any], catalogue: Catalogue
) -> tuple[Override, ...]:
    """Overrides of the warm-up: those that every arm shares, then the base's own package or structure."""
    where = next((o.where for o in overrides if o.key.startswith("base.")), f"in {catalogue.main}")
    package, structure = spec.get("package"), spec.get("structure")
    for group, name in (("package", package), ("structure", structure)):
        if name is not None and not isinstance(name, str):
            raise ScenarioError(f"{where}: base.{group} is {name!r}; it must be the name of a {group}")
        if name:
            catalogue.require(group, name, where)
    if not package and not structure:
        raise ScenarioError(
            f"{where}: base names neither a package nor a structure; set base.package or base.structure"
        )
    if package:
        keep = [o for o in overrides if o.key.split(".")[0].split("/")[0] in SHARED]
        keep.append(Override("package", package, where))
    else:
        keep = [o for o in overrides if not (o.key == "structure" or o.key.startswith(("structure.", "base.")))]
    if structure:
        keep.append(Override("structure", structure, where))
    return tuple(keep)


def build(composed: Composed, base: Composed, spec: Mapping[str, Any]) -> Scenario:
    """The typed scenario of a composition and of its warm-up's; raises ScenarioError."""
    data = dict(composed.data)
    data["parameters"] = parameters.resolved(data.get("parameters", {}), composed.locate)
    items = str(data.get("items"))
    data["items_hash"] = digest(items_file(items, composed.catalogue, composed.locate("items")).read_text("utf-8"))
    data["package"] = checked(Choice, data.get("package", {}), lambda key: composed.locate(f"package.{key}")).name
    data["base"] = checked(
        Base,
        {"package": str(spec.get("package") or ""), "structure": base.data["structure"], "policy": base.data["policy"]},
        base.locate,
    ).model_dump()
    named = data.get("mix") or []
    if not isinstance(named, list):
        raise ScenarioError(f"{composed.locate('mix')}: mix is {named!r}; write a list, such as mix=[{named}]")
    data["archetypes"] = {str(name): archetype(str(name), composed) for name in dict.fromkeys(named)}
    shock = data.get("shock")
    if isinstance(shock, Mapping):
        data["shock"] = {**shock, "events": with_options(shock.get("events"), composed)}
    return checked(Scenario, data, composed.locate)


def archetype(name: str, composed: Composed) -> Any:
    """Plain data of one archetype of a mix, with what the overrides say of `community`."""
    where = composed.locate("mix")
    composed.catalogue.require("community", name, where)
    kept = [o for o in composed.overrides if o.key not in ("community", "mix")]
    return compose([*kept, Override("community", name, where)], composed.catalogue).data["community"]


def load(overrides: Sequence[str] = (), *, configs: str | Path | None = None) -> Scenario:
    """The checked, frozen scenario that the overrides describe, such as `load(["structure=one_plus_two", "years=5"])`.

    `configs` is a folder of the user's own YAML files, laid out as the program's. Raises ScenarioError.
    """
    if isinstance(overrides, str):
        raise ScenarioError(f"{COMMAND_LINE}: overrides are a list of words, such as ['years=5'], not one string")
    own, words = own_files(overrides, configs)
    return _load(parse(words), Catalogue(own))


def own_files(words: Sequence[str], configs: str | Path | None) -> tuple[str | Path | None, list[str]]:
    """The folder of the user's own files, which may also stand among the overrides as `configs=DIR`."""
    rest = [w for w in words if not str(w).startswith("configs=")]
    found = [w.partition("=")[2] for w in words if str(w).startswith("configs=")]
    return (found[-1] if found else configs), rest


def alike(given: tuple[Override, ...]) -> tuple[Override, ...]:
    """The overrides, with the overlays that all structures are compared under where a structure is named alone.

    Without it a structure with a service station would be tried with a station that has no staff, because the default
    package is the state before the reform, in which the desks are the subdistrict's.
    """
    named = {o.key for o in given}
    if "structure" not in named or "package" in named:
        return given
    return (Override("package", COMPARED_UNDER, "for a structure that is named without a package"), *given)


def _load(given: tuple[Override, ...], catalogue: Catalogue) -> Scenario:
    check_keys(given, catalogue)
    given = alike(given)
    composed = compose(given, catalogue)
    spec = composed.data.get("base") or {}
    base = compose(base_overrides(given, spec, catalogue), catalogue)
    return build(composed, base, spec)
