"""The points of a design: what each of them changes in the scenarios of the arms.

Composing takes a tenth of a second, so it is done once an arm and once a combination of named choices, never once a
point: what a choice changes in the first arm it changes in the others too, and a number is set where it stands and
where it is cited.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any, Literal, get_args, get_origin

from sim.scenario import cities, parameters
from sim.scenario.arms import ArmSpec, described, known
from sim.scenario.catalogue import GROUPS, Catalogue
from sim.scenario.check import fields_of
from sim.scenario.comparison import SAMPLED, Design, Factor, Point, merged
from sim.scenario.compose import Composed, Override, check_keys, compose, resolve
from sim.scenario.constraints import KEY
from sim.scenario.design import KINDS, at, draw, levels, only
from sim.scenario.dotted import MISSING, citing, differences, look, put
from sim.scenario.fields import Words
from sim.scenario.fractional import RESOLUTIONS
from sim.scenario.load import base_overrides, build
from sim.scenario.moved import instead
from sim.scenario.schema import Scenario
from sim.vocabulary.errors import ScenarioError, close
from sim.vocabulary.words import LANGS, pair, say

DESIGN_KEYS = (
    "kind", "city", "uncertainties", "levers", "constants", "points", "size", "seed", "resolution", "constraints",
)  # fmt: skip
SETTABLE = ("kind", "city", "size", "seed", "resolution", "factors")  # from the command line, as design.size=64
NOT_VARIED = ("study", "executor", "items", "seed", "replicate", "replicates", "base", "package")
SIZE = 64
RESOLUTION = 4
CITY = "city"
Choices = tuple[tuple[str, str], ...]


@dataclass
class StudySetting:
    """The arms of a study as composed, and how to compose them again with more settings."""

    arms: list[ArmSpec]
    composed: list[Composed]
    scenarios: list[Scenario]
    labels: list[Any]
    shared: Sequence[Override]
    base: Composed
    base_spec: Mapping[str, Any]
    catalogue: Catalogue
    where: str
    seen: dict[Choices, list[Chosen]] = field(default_factory=dict)

    def add(self, arm: ArmSpec, composed: Composed, scenario: Scenario, label: Any) -> None:
        """One more arm."""
        self.arms.append(arm)
        self.composed.append(composed)
        self.scenarios.append(scenario)
        self.labels.append(label)

    @cached_property
    def plain(self) -> list[dict[str, Any]]:
        """The scenarios as plain data."""
        return [s.to_dict() for s in self.scenarios]


@dataclass
class Chosen:
    """An arm under some named choices: what they change, its plain scenario, and where its values are cited."""

    changes: dict[str, Any]
    plain: Mapping[str, Any]
    composed: Composed
    base: Composed
    cited: dict[str, list[str]] = field(default_factory=dict)


def design_of(spec: Any, given: Mapping[str, str], setting: StudySetting) -> tuple[Design | None, tuple[Point, ...]]:
    """The design that a study file describes, with `given` size, seed or kind, and its points; none without factors.

    Raises ScenarioError.
    """
    where = setting.where
    if spec is None:
        if given:
            raise ScenarioError(f"on the command line: design.{min(given)} is given, but the study has no design")
        return None, ()
    if not isinstance(spec, Mapping):
        raise ScenarioError(f"{where}: design must be a mapping with kind and uncertainties")
    known(spec, DESIGN_KEYS, "design", where)
    spec = {**spec, **{key: value for key, value in given.items() if key != "factors"}}
    kind = str(spec.get("kind", "grid"))
    if kind not in KINDS:
        raise ScenarioError(f"{where}: design.kind is {kind!r}; {close(kind, KINDS)}")
    if kind == CITY:
        return cities.design_of(spec, _number(spec, "size", cities.ALL, setting), setting)
    listed = _listed(spec, kind, setting)
    wanted = spec.get("uncertainties") or {}
    if not isinstance(wanted, Mapping):
        raise ScenarioError(f"{where}: design.uncertainties must be a mapping of keys to their values or ranges")
    fixed = {o.key: o for o in setting.shared}
    factors = []
    for pattern, value in wanted.items():
        for key in matching(str(pattern), value, setting):
            if key not in fixed:  # a factor that was given a value is no longer varied
                factors.append(factor_of(key, value, setting))
    if "factors" in given:
        factors = only(factors, given["factors"])
    if not factors and not listed:
        return None, ()
    size, seed = (_number(spec, key, usual, setting) for key, usual in (("size", SIZE), ("seed", 0)))
    if kind == "list":
        keys = dict.fromkeys(key for row in listed for key in row)
        factors = [Factor(key=k, values=tuple(dict.fromkeys(r[k] for r in listed if k in r))) for k in keys]
    resolution = _number(spec, "resolution", RESOLUTION, setting)
    if resolution not in RESOLUTIONS:
        raise ScenarioError(f"{where}: design.resolution is {resolution}; it can be 3, 4 or 5")
    made = Design(
        kind=kind,  # type: ignore[arg-type]
        factors=tuple(factors),
        size=size,
        seed=seed,
        resolution=resolution,
        constraints=conditions(spec.get("constraints"), "design.constraints", where),
    )
    design = made.model_copy(update={"constraints": _still_asked(made, fixed)})
    try:
        rows = draw(design, listed, {f.key: _stated(f.key, setting) for f in factors})
    except ScenarioError as wrong:
        raise ScenarioError(f"{where}: {wrong}") from None
    _check_ends(factors, setting)
    points = [
        Point(label=Words(**_label(row, design, place, setting)), values=row, changes=changes(row, setting))
        for place, row in enumerate(rows)
    ]
    return design, tuple(points)


def conditions(value: Any, key: str, where: str) -> tuple[str, ...]:
    """A list of conditions in a study file."""
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise ScenarioError(f"{where}: {key} must be a list of conditions, such as ['community.staff <= 12']")
    return tuple(value)


def _still_asked(design: Design, fixed: Mapping[str, Override]) -> tuple[str, ...]:
    """The conditions without those about a factor that was given a value on the command line."""
    return tuple(text for text in design.constraints if not set(KEY.findall(text)) & set(fixed))


def _stated(key: str, setting: StudySetting) -> Any:
    """The value that a key has where a point does not set it."""
    return setting.composed[0].choices[key] if key in GROUPS else look(setting.plain[0], key)


def _listed(spec: Mapping[str, Any], kind: str, setting: StudySetting) -> list[dict[str, Any]]:
    rows = spec.get("points")
    if kind != "list":
        if rows is not None:
            raise ScenarioError(f"{setting.where}: design.points are listed, but design.kind is {kind}; set kind: list")
        return []
    if not isinstance(rows, list) or not rows or not all(isinstance(r, Mapping) for r in rows):
        raise ScenarioError(f"{setting.where}: design.points must be a list of mappings of keys to values")
    made = []
    for row in rows:
        _check_keys([str(k) for k in row], setting)
        made.append({str(k): str(v) if k in GROUPS else v for k, v in row.items()})
    return made


def _number(spec: Mapping[str, Any], key: str, usual: int, setting: StudySetting) -> int:
    value = spec.get(key, usual)
    text = str(value)
    if isinstance(value, bool) or not text.isdigit() or (key == "size" and int(text) < 1):
        raise ScenarioError(f"{setting.where}: design.{key} is {value!r}; it must be a whole number")
    return int(text)


def _check_keys(keys: Sequence[str], setting: StudySetting) -> None:
    for key in keys:
        if key.split(".")[0] in NOT_VARIED:
            raise ScenarioError(f"{setting.where}: a design cannot vary {key}; it is the same for a whole study")
        if key not in GROUPS:
            check_keys([Override(key, "0", setting.where)], setting.catalogue)
        for arm in setting.arms:
            if any(o.key == key for o in arm.overrides):
                raise ScenarioError(
                    f"{setting.where}: the design varies {key}, which arm {arm.name} sets; leave it to one"
                )


def factor_of(key: str, spec: Any, setting: StudySetting) -> Factor:
    """A factor from its line in the file: a list of values, {low, high}, or nothing for all options or the range."""
    where, catalogue = setting.where, setting.catalogue
    _check_keys([key], setting)
    if isinstance(spec, list):
        if not spec:
            raise ScenarioError(f"{where}: design.uncertainties.{key} is an empty list")
        values = tuple(str(v) if key in GROUPS else v for v in spec)
        for value in values if key in GROUPS else ():
            catalogue.require(key, value, where)
        return Factor(key=key, values=values)
    if key in GROUPS:
        if spec is not None:
            raise ScenarioError(f"{where}: design.uncertainties.{key} must list options, or nothing for all of them")
        return Factor(key=key, values=tuple(catalogue.options(key)))
    if spec is None and (options := options_of(key)):
        return Factor(key=key, values=options)
    try:
        low, high, whole, flag = declared_range(key, setting.scenarios[0])
    except ScenarioError as wrong:
        raise ScenarioError(f"{where}: {wrong}") from None
    if flag:
        return Factor(key=key, values=(False, True))
    if spec is not None:
        if not isinstance(spec, Mapping) or set(spec) - {"low", "high"}:
            raise ScenarioError(
                f"{where}: design.uncertainties.{key} must be a list of values or {{low: ..., high: ...}}"
            )
        low, high = spec.get("low", low), spec.get("high", high)
    if not all(isinstance(end, int | float) and not isinstance(end, bool) for end in (low, high)):
        raise ScenarioError(f"{where}: {key} has no declared range; give its values or {{low: ..., high: ...}}")
    if low > high:
        raise ScenarioError(
            f"{where}: design.uncertainties.{key} runs from {low:g} to {high:g}; the lower end comes first"
        )
    return Factor(key=key, low=float(low), high=float(high), whole=whole)


def matching(pattern: str, spec: Any, setting: StudySetting) -> list[str]:
    """The keys that `parameters.*`, `parameters.closing.*` or `community.*` stand for: all with a range to vary."""
    if not pattern.endswith("*"):
        return [pattern]
    numbers = parameters.registry()
    every = [f"parameters.{m}.{n}" for m in sorted(numbers) for n, p in numbers[m].items() if p.low < p.high]
    every += [f"community.{key}" for key, (low, high) in setting.scenarios[0].community.ranges.items() if low < high]
    found = [key for key in every if fnmatchcase(key, pattern) and key not in ("community.households",)]
    if not found or spec is not None:
        wrong = "stands for no key with a range" if not found else "takes no values; each key has its own range"
        raise ScenarioError(f"{setting.where}: design.uncertainties.{pattern} {wrong}")
    return found


def options_of(key: str) -> tuple[Any, ...]:
    """The words that a key can be set to, such as the rules of a body; none where it is a number or free."""
    parent, _, name = key.rpartition(".")
    kind = getattr((fields_of(Scenario, parent) or {}).get(name), "annotation", None)
    return get_args(kind) if get_origin(kind) is Literal else ()


def declared_range(key: str, scenario: Scenario) -> tuple[Any, Any, bool, bool]:
    """Low end and high end of a key (None where none is declared), whether it is whole, and whether it is a flag."""
    if key.startswith("parameters."):
        _, module, name = key.split(".")
        param = parameters.registry().get(module, {}).get(name)
        if param is None:
            names = [f"parameters.{m}.{n}" for m, params in parameters.registry().items() for n in params]
            raise ScenarioError(f"the design varies {key}, but there is no such parameter; {instead(key, names)}")
        return param.low, param.high, False, False
    parent, _, name = key.rpartition(".")
    found = (fields_of(Scenario, parent) or {}).get(name)
    low = high = None
    for item in getattr(found, "metadata", ()):
        low, high = getattr(item, "ge", low), getattr(item, "le", high)
    if parent == "community" and name in scenario.community.ranges:
        low, high = scenario.community.ranges[name]  # what the evidence says of this archetype, not what is possible
    kind = getattr(found, "annotation", None)
    return low, high, kind is int, kind is bool


def _check_ends(factors: Sequence[Factor], setting: StudySetting) -> None:
    """Try each end of each factor, so that a value out of range is named before anything runs."""
    for factor in factors:
        key = factor.key
        for value in levels(factor) if factor.values else (at(factor, 0.0), at(factor, 1.0)):
            if key.startswith("parameters."):
                _, module, name = key.split(".")
                parameters.resolved({module: {name: value}}, lambda _key: f"{setting.where}: design.uncertainties")
                continue
            try:
                Scenario.from_dict(merged(setting.plain[0], changes({key: value}, setting)[0]))
            except ScenarioError as wrong:
                sentence = str(wrong).removeprefix("the stored scenario: ")
                raise ScenarioError(f"{setting.where}: the design varies {key}: {sentence}") from None


def changes(values: Mapping[str, Any], setting: StudySetting) -> tuple[dict[str, Any], ...]:
    """What a point changes in the plain scenario of each arm; one entry where it is the same in all."""
    choices = tuple((k, str(v)) for k, v in values.items() if k in GROUPS)
    numbers = {k: v for k, v in values.items() if k not in GROUPS}
    if choices not in setting.seen:
        setting.seen[choices] = list(_chosen(choices, setting) if choices else _as_stated(setting))
    made = []
    for arm in setting.seen[choices]:
        patch = dict(arm.changes)
        for key, value in numbers.items():
            if key not in arm.cited:
                arm.cited[key] = _places(key, arm, setting)
            patch |= dict.fromkeys(arm.cited[key], float(value) if key.startswith("parameters.") else value)
        made.append(patch)
    return tuple(made[:1] if all(patch == made[0] for patch in made) else made)


def _as_stated(setting: StudySetting) -> Iterator[Chosen]:
    for plain, composed in zip(setting.plain, setting.composed, strict=True):
        yield Chosen({}, plain, composed, setting.base)


def _chosen(choices: Choices, setting: StudySetting) -> Iterator[Chosen]:
    """Each arm under other named choices."""
    words = tuple(Override(k, v, setting.where) for k, v in choices)
    shared = [*setting.shared, *words]
    base = compose(base_overrides(shared, setting.base_spec, setting.catalogue), setting.catalogue)
    first, own = setting.composed[0], setting.arms[0].overrides
    moved = differences(first.raw, compose([*shared, *own], setting.catalogue).raw)
    for arm, composed, plain in zip(setting.arms, setting.composed, setting.plain, strict=True):
        if all(look(composed.raw, key) == look(first.raw, key) for key in moved):
            raw = put(composed.raw, moved)
            chosen = {**composed.choices, **dict(choices)}
            found = Composed(resolve(raw), (*composed.overrides, *words), chosen, setting.catalogue, raw)
        else:  # the arm has set something that the choice sets too
            found = compose([*shared, *arm.overrides], setting.catalogue)
        new = build(found, base, setting.base_spec).to_dict()
        yield Chosen(differences(plain, new), new, found, base)


def _places(key: str, arm: Chosen, setting: StudySetting) -> list[str]:
    """Where a key's value stands: at the key and wherever it is cited, in the scenario and in its warm-up."""
    if look(arm.plain, key) is MISSING:
        raise ScenarioError(f"{setting.where}: the design varies {key}, which the scenario does not have")
    if key.startswith("parameters."):
        return [key]
    kept = base_overrides([Override(key, "0", setting.where)], setting.base_spec, setting.catalogue)
    in_base = [*citing(key, arm.base.raw), *([key] if any(o.key == key for o in kept) else [])]
    found = [key, *citing(key, arm.composed.raw)]
    found += [f"base.{other}" for other in in_base if other.startswith(("structure.", "policy."))]
    return [k for k in dict.fromkeys(found) if look(arm.plain, k) is not MISSING]


def _label(values: Mapping[str, Any], design: Design, place: int, setting: StudySetting) -> dict[str, str]:
    """A point in words: the options' own labels, or its number where it was drawn from ranges."""
    if design.kind in SAMPLED:
        return pair("study.point.drawn", place=place)
    if not values:
        return pair("study.point.stated")
    if all(k in GROUPS for k in values):
        words = [setting.catalogue.card(k, str(v)).get("label") or {} for k, v in values.items()]
    else:
        words = [described(k, str(v), setting.catalogue) for k, v in values.items()]
    return {lang: say("study.point.joint", lang).join(str(w.get(lang)) for w in words) for lang in LANGS}
