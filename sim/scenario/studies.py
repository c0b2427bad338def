"""Named studies: a file of arms becomes a typed study whose arms are full scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.scenario.catalogue import GROUPS, Catalogue
from sim.scenario.check import checked
from sim.scenario.compose import COMMAND_LINE, Composed, Override, check_keys, compose, parse, refuse_code
from sim.scenario.errors import ScenarioError, close
from sim.scenario.load import base_overrides, build, own_files
from sim.scenario.schema import Scenario, Study

STUDY_KEYS = (
    "name",
    "label",
    "description",
    "source",
    "question",
    "common",
    "base",
    "arms",
    "baseline",
    "replicates",
    "equal",
    "why",
    "indicators",
    "charts",
)


def load_study(name: str, overrides: Sequence[str] = (), *, configs: str | Path | None = None) -> Study:
    """The named study with all its arms as scenarios; `replicates=` and any setting shared by all arms may be given.

    Raises ScenarioError.
    """
    folder, words = own_files(overrides, configs)
    catalogue = Catalogue(folder)
    catalogue.require("study", name, COMMAND_LINE)
    path = catalogue.path("study", name)
    where = f"in {path}"
    data = catalogue.read(path)
    if not isinstance(data, Mapping):
        raise ScenarioError(f"{where}: a study is a mapping of keys to values")
    for key in data:
        if key not in STUDY_KEYS:
            raise ScenarioError(f"{where}: there is no key {key!r}; {close(str(key), STUDY_KEYS)}")
    given = parse(words)
    refuse_code(dict(data), "", catalogue)
    replicates = [o for o in given if o.key == "replicates"]
    shared = [
        *parse(_words(data.get("common", []), "common", where), where),
        *(o for o in given if o.key != "replicates"),
    ]
    for o in shared:
        if o.key.startswith("base."):
            raise ScenarioError(
                f"{o.where}: {o.text!r} cannot be set here; the study's own `base` says how the warm-up goes"
            )
    check_keys(shared, catalogue)
    base_spec = data.get("base")
    if not isinstance(base_spec, Mapping) or set(base_spec) - {"package", "structure"}:
        raise ScenarioError(
            f"{where}: base must be a mapping with package or structure, such as base: {{package: before_reform}}"
        )
    base = compose(base_overrides(shared, base_spec, catalogue), catalogue)
    arms = []
    entries = data.get("arms")
    if not isinstance(entries, list) or not all(isinstance(a, Mapping) for a in entries):
        raise ScenarioError(f"{where}: arms must be a list of entries with name and overrides")
    first: Composed | None = None
    for entry in entries:
        for key in entry:
            if key not in ("name", "label", "overrides"):
                raise ScenarioError(
                    f"{where}: there is no key {key!r} in an arm; {close(str(key), ('name', 'label', 'overrides'))}"
                )
        arm_name = str(entry.get("name", ""))
        own = parse(_words(entry.get("overrides", []), f"overrides of arm {arm_name}", where), where)
        for o in own:
            if o.key.split(".")[0] in ("seed", "replicate", "replicates", "base", "executor"):
                raise ScenarioError(
                    f"{where}: arm {arm_name} sets {o.key}; the arms of a study share it, set it in common"
                )
        check_keys(own, catalogue)
        composed = compose([*shared, *own], catalogue)
        first = first or composed
        scenario = build(composed, base, base_spec)
        arms.append(
            {
                "name": arm_name,
                "label": entry.get("label") or _label(own, scenario, catalogue),
                "overrides": [o.text for o in own],
                "scenario": scenario.to_dict(),
            }
        )
    values = {
        k: data[k]
        for k in (
            "name",
            "label",
            "description",
            "source",
            "question",
            "baseline",
            "equal",
            "why",
            "indicators",
            "charts",
        )
        if k in data
    }
    values |= {"arms": arms, "replicates": data.get("replicates", 1)}
    if first:
        values["executor"] = first.data["executor"]
    if replicates:
        number = replicates[-1].value
        values["replicates"] = int(number) if number.lstrip("-").isdigit() else number
    study = checked(Study, values, lambda key: COMMAND_LINE if key == "replicates" and replicates else where)
    _check_study(study, where)
    return study


def _words(value: Any, key: str, where: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise ScenarioError(f"{where}: {key} must be a list of settings, such as [structure=one_plus_two]")
    return value


def _label(own: Sequence[Override], scenario: Scenario, catalogue: Catalogue) -> dict[str, str]:
    """The label of what sets the arm apart, when that is one choice; else the settings as written."""
    if len(own) == 1 and own[0].key in GROUPS:
        data = catalogue.read(catalogue.path(own[0].key, own[0].value.strip("'\"")))
        label = data.get(own[0].key, data).get("label") if isinstance(data, Mapping) else None
        if isinstance(label, Mapping):
            return {"zh": str(label.get("zh")), "en": str(label.get("en"))}
    text = ", ".join(o.text for o in own) or "-"
    return {"zh": text, "en": text}


def _check_study(study: Study, where: str) -> None:
    names = [a.name for a in study.arms]
    for name in names:
        if names.count(name) > 1:
            raise ScenarioError(f"{where}: two arms are called {name!r}; give every arm a name of its own")
    if study.baseline not in names:
        raise ScenarioError(
            f"{where}: baseline is {study.baseline!r}, which is none of the arms; {close(study.baseline, names)}"
        )
    for arm in study.arms:
        for key in ("seed", "years", "warmup_years", "communities", "span"):
            mine, other = getattr(arm.scenario, key), getattr(study.arms[0].scenario, key)
            if mine != other:
                raise ScenarioError(
                    f"{where}: arm {arm.name} sets {key} to {mine}, arm {names[0]} to {other}; arms must share it"
                )
        if arm.scenario.warmup_hash != study.arms[0].scenario.warmup_hash:
            raise ScenarioError(
                f"{where}: arm {arm.name} does not share the warm-up of arm {names[0]}; "
                "arms may differ in structure, policy and events from the reform on; "
                "community, era, parameters and earlier events belong in common"
            )
