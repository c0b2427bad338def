"""Named studies: a file of arms and points becomes a typed study whose arms are full scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.scenario.arms import (
    ArmSpec,
    mechanism,
    stated_arms,
    switched,
    switches,
    written,
)
from sim.scenario.catalogue import GROUPS, Catalogue
from sim.scenario.check import checked
from sim.scenario.comparison import Study
from sim.scenario.compose import COMMAND_LINE, Composed, Override, check_keys, compose, parse, refuse_code
from sim.scenario.load import base_overrides, build, own_files
from sim.scenario.points import SETTABLE, StudySetting, design_of
from sim.scenario.schema import Scenario
from sim.scenario.uncertainty import fixed_keys, uncertainty_of
from sim.vocabulary.errors import ScenarioError, close

COPIED = (
    "name",
    "label",
    "description",
    "source",
    "question",
    "baseline",
    "equal",
    "differs",
    "tolerance",
    "indicators",
    "charts",
)
SEQUENTIAL = ("replicates", "precision", "least", "most")
OF_STUDY = (*SEQUENTIAL, "uncertainty")  # settings of a study, not of its arms; also on the command line
STUDY_KEYS = (*COPIED, "common", "base", "arms", "around", "design", *OF_STUDY)
AUTO, LEAST, MOST = "auto", 10, 500


def load_study(name: str, overrides: Sequence[str] = (), *, configs: str | Path | None = None) -> Study:
    """The named study with all its arms as scenarios.

    Overrides may give `replicates=` (a number, or `auto` with `precision=`, `least=`, `most=`), `uncertainty=accepted`
    or `=default`, any setting shared by all arms, which then is no longer varied by the design, and `design.size=`,
    `design.seed=`, `design.kind=`. Raises ScenarioError.
    """
    folder, words = own_files(overrides, configs)
    catalogue = Catalogue(folder)
    catalogue.require("study", name, COMMAND_LINE)
    path = catalogue.path("study", name)
    where = f"in {path}"
    data = catalogue.card("study", name)
    for key in data:
        if key not in STUDY_KEYS:
            raise ScenarioError(f"{where}: there is no key {str(key)!r}; {close(str(key), STUDY_KEYS)}")
    refuse_code(dict(data), "", catalogue)
    given = parse(words)
    counts = {o.key: o for o in given if o.key in SEQUENTIAL}
    uncertainty = [o for o in given if o.key == "uncertainty"]
    of_design = _of_design(given)
    shared = (
        *_constants(data, where),
        *(o for o in given if o.key not in OF_STUDY and not o.key.startswith("design.")),
    )
    for o in shared:
        if o.key.startswith("base."):
            raise ScenarioError(
                f"{o.where}: {o.text!r} cannot be set here; the study's own `base` says how the warm-up goes"
            )
    check_keys(shared, catalogue)
    base_spec = data.get("base")
    if not isinstance(base_spec, Mapping) or set(base_spec) - {"package", "structure"}:
        raise ScenarioError(
            f"{where}: base must be a mapping with package or structure, such as base: {{package: NAME}}"
        )
    base = compose(base_overrides(shared, base_spec, catalogue), catalogue)
    specs, composed, scenarios, labels = [], [], [], []
    for spec in stated_arms(data, where):
        made = _compose(spec, shared, catalogue)
        specs.append(spec)
        composed.append(made)
        scenarios.append(build(made, base, base_spec))
        labels.append(_label(spec, scenarios[-1], catalogue))
    contrasts: list[dict[str, Any]] = []
    setting = StudySetting(specs, composed, scenarios, labels, shared, base, base_spec, catalogue, where)
    if data.get("around") is not None:
        contrasts = _switch(data["around"], setting)
    design, points = design_of(data.get("design"), of_design, setting)
    own = [*shared, *(o for spec in specs for o in spec.overrides)]
    drawn = uncertainty_of(
        uncertainty[-1].value if uncertainty else data.get("uncertainty"),
        COMMAND_LINE if uncertainty else where,
        fixed_keys(own, [f.key for f in design.factors] if design else []),
        catalogue,
    )
    values = {key: data[key] for key in COPIED if key in data}
    values.setdefault("baseline", specs[0].name)
    values |= {
        "arms": [
            {"name": a.name, "label": label, "overrides": [o.text for o in a.overrides], "scenario": s.to_dict()}
            for a, label, s in zip(specs, labels, scenarios, strict=True)
        ],
        "executor": composed[0].data["executor"],
        "contrasts": contrasts,
        "design": design.model_dump() if design else None,
        "points": [p.model_dump() for p in points],
        "uncertainty": drawn.model_dump(),
    }
    values |= _replication(data, counts, where)
    study = checked(Study, values, lambda key: counts[key].where if key in counts else where)
    _check_study(study, where)
    return study


def _replication(data: Mapping[str, Any], given: Mapping[str, Override], where: str) -> dict[str, Any]:
    """How many replicates are run: a number, or `auto` with the precision that is wanted, from `least` to `most`."""
    stated: dict[str, Any] = {key: data[key] for key in SEQUENTIAL if key in data}
    asked = {key: o.value for key, o in given.items()}
    for key, text in asked.items():
        if key == "precision":
            stated[key] = _widths(text)
        else:
            stated[key] = int(text) if text.lstrip("-").isdigit() else text
    count = stated.get("replicates", 1)
    if count != AUTO:
        for key in ("precision", "least", "most"):
            if key in asked:
                raise ScenarioError(f"{COMMAND_LINE}: {key} is given, but replicates is {count}; set replicates=auto")
        return {"replicates": count}
    widths = stated.get("precision")
    if not isinstance(widths, Mapping) or not widths:
        raise ScenarioError(
            f"{where if 'replicates' not in asked else COMMAND_LINE}: replicates is auto, so name the indicators and "
            "half widths wanted, such as precision=welfare:0.01,trust:0.02"
        )
    return {
        "replicates": stated.get("most", MOST),
        "precision": {"widths": widths, "least": stated.get("least", min(LEAST, stated.get("most", MOST)))},
    }


def _widths(text: str) -> dict[str, float]:
    """`welfare:0.01,trust:0.02` as numbers by indicator."""
    found = {}
    for part in text.strip("{}[]").split(","):
        name, _, width = part.partition(":")
        try:
            found[name.strip()] = float(width)
        except ValueError:
            raise ScenarioError(
                f"{COMMAND_LINE}: precision={text} cannot be read; write indicator:half-width, "
                "such as precision=welfare:0.01,trust:0.02"
            ) from None
    return found


def _of_design(given: Sequence[Override]) -> dict[str, str]:
    found = {}
    for o in given:
        if o.key.startswith("design."):
            key = o.key.removeprefix("design.")
            if key not in SETTABLE:
                raise ScenarioError(f"{o.where}: there is no key {o.key!r}; {close(key, SETTABLE)}")
            found[key] = o.value
    return found


def _constants(data: Mapping[str, Any], where: str) -> tuple[Override, ...]:
    """What all arms and points share: the settings in `common`, and the constants of the design."""
    common = data.get("common", [])
    if not isinstance(common, list) or not all(isinstance(v, str) for v in common):
        raise ScenarioError(f"{where}: common must be a list of settings, such as [structure=one_plus_two]")
    design = data.get("design")
    constants = design.get("constants") if isinstance(design, Mapping) else None
    if constants is not None and not isinstance(constants, Mapping):
        raise ScenarioError(f"{where}: design.constants must be a mapping of keys to values")
    return parse([*common, *(f"{key}={written(value)}" for key, value in (constants or {}).items())], where)


def _compose(spec: ArmSpec, shared: Sequence[Override], catalogue: Catalogue) -> Composed:
    check_keys(spec.overrides, catalogue)
    return compose([*shared, *spec.overrides], catalogue)


def _switch(entries: Any, setting: StudySetting) -> list[dict[str, Any]]:
    """Add the arms that `around` describes; returns what is to be compared with what."""
    names = [spec.name for spec in setting.arms]
    same = {s.hash: name for name, s in zip(names, setting.scenarios, strict=True)}
    contrasts = []
    for switch in switches(entries, names, setting.where):
        place = names.index(switch.around)
        spec, label = setting.arms[place], setting.labels[place]
        check_keys(switch.overrides, setting.catalogue)
        name, words = mechanism(switch, setting.scenarios[place], setting.composed[place])
        new = switched(switch, spec, name, words, label)
        made = _compose(new, setting.shared, setting.catalogue)
        scenario = build(made, setting.base, setting.base_spec)
        other = same.get(scenario.hash)
        if other == switch.around:
            raise ScenarioError(f"{setting.where}: around {spec.name}, {name} changes nothing; take it out")
        if other is None:
            other = same[scenario.hash] = new.name
            setting.add(new, made, scenario, new.label or label)
        pair = (other, switch.around) if switch.present else (switch.around, other)
        contrasts.append(
            {"mechanism": name, "label": words, "around": switch.around, "present": pair[0], "absent": pair[1]}
        )
    return contrasts


def _label(spec: ArmSpec, scenario: Scenario, catalogue: Catalogue) -> Any:
    """The label of what sets the arm apart, when that is one choice; else the settings as written."""
    if spec.label is not None:
        return spec.label
    own = spec.overrides
    if len(own) == 1 and own[0].key in GROUPS:
        label = catalogue.card(own[0].key, own[0].value.strip("'\"")).get("label")
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
                "community, era, parameters, rules and earlier events belong in common"
            )
