"""The arms of a study as its file states them: one by one, around another arm, or as combinations of levers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from sim.scenario import fractional
from sim.scenario.catalogue import GROUPS, Catalogue
from sim.scenario.check import fields_of
from sim.scenario.compose import Composed, Override, parse
from sim.scenario.constraints import all_of
from sim.scenario.fields import meaning
from sim.scenario.schema import Scenario
from sim.vocabulary.errors import ScenarioError, close
from sim.vocabulary.words import LANGS, has, say
from sim.vocabulary.words import label as said

SHARED_BY_ALL = ("seed", "replicate", "replicates", "base", "executor")  # first steps of keys that no arm sets
ARM_KEYS = ("name", "label", "overrides", "from_week")
AROUND_KEYS = ("arm", "with", "without")
SWITCH_KEYS = ("name", "label", "set")
LEVER_KINDS = ("grid", "factorial", "fractional", "oat")
GROUP_WORDS = {
    "structure": "word.seats",
    "package": "word.package",
    "community": "word.archetype",
    "era": "word.era",
    "shock": "word.shock",
}
Label = dict[str, str]


@dataclass(frozen=True)
class ArmSpec:
    """An arm before it is composed; `label` is None where it follows from what the arm sets."""

    name: str
    overrides: tuple[Override, ...]
    label: Label | None = None


@dataclass(frozen=True)
class SwitchSpec:
    """One choice to be put into an arm (`present`) or taken out of it, by these settings."""

    around: str
    present: bool
    overrides: tuple[Override, ...]
    name: str = ""
    label: Label | None = None


def stated_arms(data: Mapping[str, Any], where: str) -> list[ArmSpec]:
    """The arms that stand one by one in the file, and the combinations of its levers."""
    entries = data.get("arms", [])
    if not isinstance(entries, list) or not all(isinstance(a, Mapping) for a in entries):
        raise ScenarioError(f"{where}: arms must be a list of entries with name and overrides")
    found = []
    for entry in entries:
        known(entry, ARM_KEYS, "an arm", where)
        name = str(entry.get("name", ""))
        own = settings(entry.get("overrides", []), f"overrides of arm {name}", where)
        later = parse(events(entry.get("from_week", {}), f"from_week of arm {name}", where), where)
        if later and any(o.key.split(".")[0] == "shock" for o in own):
            raise ScenarioError(f"{where}: arm {name} has from_week and sets a shock too; keep one of the two")
        own += later
        found.append(ArmSpec(name, own, entry.get("label")))
    design = data.get("design")
    if isinstance(design, Mapping) and design.get("levers") is not None:
        found += lever_arms(design["levers"], where)
    if not found:
        raise ScenarioError(f"{where}: the study has no arms; name them under arms or vary levers under design")
    return found


def lever_arms(spec: Any, where: str) -> list[ArmSpec]:
    """One arm for each combination of levers, or the first levels of all and each other level by itself (oat)."""
    if not isinstance(spec, Mapping):
        raise ScenarioError(f"{where}: design.levers must be a mapping with kind and factors")
    known(spec, ("kind", "factors", "resolution", "constraints"), "design.levers", where)
    kind = spec.get("kind", "grid")
    if kind not in LEVER_KINDS:
        raise ScenarioError(f"{where}: design.levers.kind is {kind!r}; it can be {', '.join(LEVER_KINDS)}")
    factors = spec.get("factors")
    if not isinstance(factors, Mapping) or not factors:
        raise ScenarioError(f"{where}: design.levers.factors must name at least one lever with its levels")
    levers = [lever_levels(str(key), levels, where) for key, levels in factors.items()]
    for key, levels in zip(factors, levers, strict=True):
        if kind in ("factorial", "fractional") and len(levels) != 2:
            raise ScenarioError(
                f"{where}: kind: {kind} needs two levels of every lever, but {key} has {len(levels)}"
            )
    if kind == "oat":
        first = tuple(levels[0] for levels in levers)
        combinations = [first]
        for place, levels in enumerate(levers):
            combinations += [(*first[:place], level, *first[place + 1 :]) for level in levels[1:]]
    elif kind == "fractional":
        try:
            rows = fractional.rows(len(levers), spec.get("resolution", 4))
        except ScenarioError as wrong:
            raise ScenarioError(f"{where}: {str(wrong).replace('design.', 'design.levers.')}") from None
        combinations = [tuple(levels[at] for levels, at in zip(levers, row, strict=True)) for row in rows]
    else:
        combinations = list(itertools.product(*levers))
    combinations = _kept(combinations, [str(key) for key in factors], spec, where)
    return [ArmSpec("_".join(name for name, _ in row), tuple(o for _, own in row for o in own)) for row in combinations]


def _kept(
    combinations: list[tuple[tuple[str, tuple[Override, ...]], ...]],
    keys: Sequence[str],
    spec: Mapping[str, Any],
    where: str,
) -> list[tuple[tuple[str, tuple[Override, ...]], ...]]:
    """The combinations of levers that keep to the conditions, which speak of a lever's level by its name."""
    texts = spec.get("constraints") or []
    if not isinstance(texts, list) or not all(isinstance(t, str) for t in texts):
        raise ScenarioError(f"{where}: design.levers.constraints must be a list of conditions")
    if not texts:
        return combinations
    if spec.get("kind") == "fractional":
        raise ScenarioError(f"{where}: a fraction of levers is balanced only as a whole, so it takes no constraints")
    try:
        holds = all_of(texts, keys)
        kept = [
            row
            for row in combinations
            if holds({key: level_word(key, name, own) for key, (name, own) in zip(keys, row, strict=True)})
        ]
    except ScenarioError as wrong:
        raise ScenarioError(f"{where}: design.levers: {wrong}") from None
    if not kept:
        raise ScenarioError(f"{where}: no combination of levers keeps to design.levers.constraints")
    return kept


def level_word(key: str, name: str, own: Sequence[Override]) -> Any:
    """The level of a lever as a condition names it: the value of its key, else the level's own name."""
    if len(own) == 1 and own[0].key == key:
        return yaml.safe_load(own[0].value)
    return name.removeprefix(f"{slug(key)}_")


def lever_levels(key: str, levels: Any, where: str) -> list[tuple[str, tuple[Override, ...]]]:
    """Name and settings of each level of a lever: values of a key, or named lists of settings."""
    if isinstance(levels, Mapping):
        # YAML reads on and off as true and false
        names = [{True: "on", False: "off"}.get(n, str(n)) if isinstance(n, bool) else str(n) for n in levels]
        made = [
            (slug(f"{key}_{n}"), settings(own, f"{key}.{n}", where))
            for n, own in zip(names, levels.values(), strict=True)
        ]
    elif isinstance(levels, list):
        made = [(slug(f"{key.rpartition('/')[2]}_{v}"), settings([f"{key}={written(v)}"], key, where)) for v in levels]
    else:
        made = []
    if len(made) < 2:
        raise ScenarioError(f"{where}: the lever {key} must be a list of values or a mapping of at least two levels")
    return made


def switches(entries: Any, names: Sequence[str], where: str) -> list[SwitchSpec]:
    """The entries under `around`."""
    if not isinstance(entries, list) or not all(isinstance(e, Mapping) for e in entries):
        raise ScenarioError(f"{where}: around must be a list of entries with arm, with and without")
    found = []
    for entry in entries:
        known(entry, AROUND_KEYS, "an entry of around", where)
        arm = str(entry.get("arm", ""))
        if arm not in names:
            raise ScenarioError(f"{where}: around names the arm {arm!r}; {close(arm, names)}")
        for key in ("with", "without"):
            listed = entry.get(key) or []
            if not isinstance(listed, list):
                raise ScenarioError(f"{where}: {key} of around {arm} must be a list of settings")
            for one in listed:
                if isinstance(one, Mapping):
                    known(one, SWITCH_KEYS, f"{key} of around {arm}", where)
                    own = settings(one.get("set", []), f"{key} of around {arm}", where)
                    found.append(SwitchSpec(arm, key == "with", own, str(one.get("name", "")), one.get("label")))
                else:
                    found.append(SwitchSpec(arm, key == "with", settings([one], f"{key} of around {arm}", where)))
    return found


def mechanism(switch: SwitchSpec, inside: Scenario, composed: Composed) -> tuple[str, Label]:
    """What a switch is about: what it puts in, or what stands in its arm and is taken out; and the words for it."""
    catalogue = composed.catalogue
    parts = []
    for o in switch.overrides:
        value = o.value.strip("'\"")
        if not switch.present:
            value = composed.choices[o.key] if o.key in composed.choices else str(value_of(inside, o.key))
        parts.append((o.key, value))
    name = switch.name or ",".join(f"{key}={value}" for key, value in parts)
    if switch.label:
        return name, {lang: str(switch.label[lang]) for lang in LANGS}
    words = [described(key, value, catalogue) for key, value in parts]
    return name, {lang: say("study.arms.and", lang).join(w[lang] for w in words) for lang in LANGS}


def switched(switch: SwitchSpec, base: ArmSpec, name: str, words: Label, label: Label) -> ArmSpec:
    """The arm with the switch thrown."""
    key = "with" if switch.present else "without"
    keys = {o.key for o in switch.overrides}
    # a package replaces whatever the arm chose; any other choice replaces only the arm's own of the same key
    kept = () if "package" in keys else tuple(o for o in base.overrides if o.key not in keys)
    made = {lang: say(f"study.arms.{key}", lang, arm=label[lang], what=words[lang]) for lang in LANGS}
    return ArmSpec(f"{base.name}_{key}_{slug(name)}", (*kept, *switch.overrides), made)


def described(key: str, value: str, catalogue: Catalogue) -> Label:
    """A setting in words: the option's own label behind the name of its group, or the meaning of the key."""
    made = {}
    if key in GROUPS:
        option = catalogue.card(key, value).get("label") or {}
        for lang in LANGS:
            group, own = said(GROUP_WORDS.get(key, key.replace("/", ".")), lang), str(option.get(lang, value))
            made[lang] = own if own == group else say("study.arms.choice", lang, group=group, option=own)
        return made
    parent, _, name = key.rpartition(".")
    field = (fields_of(Scenario, parent) or {}).get(name)
    what = meaning(field)
    rule = f"setting.rule.{name}.{value}"  # a value that is itself a word
    for lang in LANGS:
        own = said(rule, lang) if parent == "rules" and has(rule) else ""
        form = "study.arms.named" if own else "study.arms.value"
        made[lang] = say(form, lang, what=what[lang] if what else key, value=own or value)
    return made


def value_of(scenario: Scenario, key: str) -> Any:
    """The value at a dotted key."""
    at: Any = scenario
    for step in key.split("."):
        at = at[step] if isinstance(at, Mapping) else getattr(at, step)
    return at


def settings(value: Any, key: str, where: str) -> tuple[Override, ...]:
    """A list of `key=value` words that an arm may set."""
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise ScenarioError(f"{where}: {key} must be a list of settings, such as [structure=one_plus_two]")
    found = parse(value, where)
    for o in found:
        if o.key.split(".")[0] in SHARED_BY_ALL:
            raise ScenarioError(f"{where}: {key} sets {o.key}; the arms of a study share it, set it in common")
    return found


def events(weeks: Any, key: str, where: str) -> list[str]:
    """What holds from a week of the run on, `{104: {parameters.patience.anger: 0.0}}`, as settings of the shock."""
    if not isinstance(weeks, Mapping) or not all(
        isinstance(week, int) and not isinstance(week, bool) and isinstance(changed, Mapping) and changed
        for week, changed in weeks.items()
    ):
        raise ScenarioError(
            f"{where}: {key} must be a mapping of weeks to what holds from then on, "
            "such as {104: {parameters.patience.anger: 0.0}}"
        )
    if not weeks:
        return []
    start = min(weeks)
    listed = [
        f"{{week: {week - start}, key: {name}, value: {written(value)}}}"
        for week, changed in weeks.items()
        for name, value in changed.items()
    ]
    return ["shock=custom", f"shock.start={start}", f"shock.events=[{', '.join(listed)}]"]


def known(entry: Mapping[Any, Any], keys: Sequence[str], what: str, where: str) -> None:
    """Refuse a key that is none."""
    for key in entry:
        if key not in keys:
            raise ScenarioError(f"{where}: there is no key {str(key)!r} in {what}; {close(str(key), keys)}")


def slug(text: str) -> str:
    """A name of lower-case letters, digits and _ from any text."""
    parts = [part.rpartition("/")[2] for part in text.split(",")]
    parts = [
        f"{part.partition('=')[0].rpartition('.')[2]}_{part.partition('=')[2]}" if "=" in part else part
        for part in parts
    ]
    return re.sub(r"[^a-z0-9]+", "_", "_".join(parts).lower()).strip("_")


def written(value: Any) -> str:
    """A value as it is written in a setting."""
    return str(value).lower() if isinstance(value, bool) else str(value)
