"""Composition by Hydra: files and overrides in, plain data out; the only importer of Hydra and OmegaConf.

Nothing named in a file is ever imported, instantiated or run.
"""

from __future__ import annotations

import functools
import re
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.scenario.catalogue import GROUPS, Catalogue
from sim.scenario.check import fields_of, leaves
from sim.scenario.moved import instead
from sim.scenario.schema import Scenario
from sim.vocabulary.errors import PROGRAM_OPTIONS, ScenarioError

COMMAND_LINE = "on the command line"
CITED = re.compile(r"\$\{([A-Za-z0-9_][A-Za-z0-9_.]*)\}")  # a value that is another key's
MOST_CITATIONS = 9  # one behind another
BASE_KEYS = ("base.package", "base.structure")
_LOCK = threading.Lock()  # Hydra keeps one global state a process


@dataclass(frozen=True)
class Override:
    """One `key=value` from the command line or a study file, and where it stands."""

    key: str
    value: str
    where: str = COMMAND_LINE

    @property
    def text(self) -> str:
        return f"{self.key}={self.value}"


@dataclass
class Composed:
    """Plain data of one composition, and how to tell where a key was set."""

    data: dict[str, Any]
    overrides: tuple[Override, ...]
    choices: Mapping[str, str]
    catalogue: Catalogue
    raw: dict[str, Any] = field(default_factory=dict)  # the same with citations such as ${era.pay} still in it

    def locate(self, key: str) -> str:
        """File or place that set the dotted key."""
        key = key.removeprefix("base.") if key.startswith(("base.structure.", "base.policy.")) else key
        for override in reversed(self.overrides):
            same = key == override.key or key.startswith(override.key + ".") or override.key.startswith(key + ".")
            if same and override.key not in GROUPS:
                return override.where
        package = self.catalogue.path("package", self.choices["package"])
        group, rest = _group_of(key)
        era = self.catalogue.path("era", self.choices["era"])
        candidates: list[tuple[Path, str]] = [(package, key), (era, key)] if rest or not group else []
        if group:
            candidates.append((self.catalogue.path(group, self.choices[group]), rest))
        candidates.append((self.catalogue.main, key))
        for path, inner in candidates:
            if (group and not inner) or _holds(self.catalogue.read(path), inner):
                return f"in {path}"
        return f"in {self.catalogue.path(group, self.choices[group]) if group else self.catalogue.main}"


def _group_of(key: str) -> tuple[str, str]:
    for group in sorted(GROUPS, key=len, reverse=True):
        dotted = group.replace("/", ".")
        if key == dotted or key.startswith(dotted + "."):
            return group, key[len(dotted) + 1 :]
    return "", key


def _holds(data: Any, key: str) -> bool:
    for step in [s for s in key.split(".") if s]:
        if not isinstance(data, Mapping) or step not in data:
            return False
        data = data[step]
    return bool(key)


@functools.lru_cache(maxsize=1)
def _known_keys() -> tuple[str, ...]:
    """Every dotted key that an override may set."""
    own = ("name", "label", "description", "source", "ranges", "zh", "en", "theoretical_control")
    made = ("base.", "package", "parameters", "items_hash", "archetypes")  # filled from other keys
    keys = [k for k in leaves(Scenario) if not k.startswith(made)]
    return tuple(k for k in keys if k.rsplit(".", 1)[-1] not in own) + BASE_KEYS


def parse(texts: Iterable[str], where: str = COMMAND_LINE) -> tuple[Override, ...]:
    """Overrides from `key=value` words; raises ScenarioError for anything else."""
    found = []
    for text in texts:
        key, equals, value = str(text).partition("=")
        key = key.strip()
        if not equals or not key:
            raise ScenarioError(f"{where}: {text!r} is no setting; write key=value, such as years=5")
        if key[0] in "+~" or key == "hydra" or key.startswith(("hydra.", "hydra/")) or "@" in key:
            raise ScenarioError(
                f"{where}: {text!r} cannot be used; settings are written key=value and only replace known keys"
            )
        if "_target_" in text:
            raise ScenarioError(
                f"{where}: {text!r} names _target_; a scenario holds data only and never names code to run"
            )
        found.append(Override(key, value.strip(), where))
    return tuple(found)


def check_keys(overrides: Sequence[Override], catalogue: Catalogue) -> None:
    """Raise ScenarioError for an override that names no key, group or parameter."""
    known = _known_keys()
    for o in overrides:
        if o.key == "study":
            raise ScenarioError(
                f"{o.where}: study={o.value} cannot be set here; run a study with `gongzhi study {o.value}`"
            )
        if o.key in GROUPS:
            name = o.value.strip("'\"")
            catalogue.require(o.key, name, o.where)
            catalogue.named(o.key, name)
            continue
        if o.key.startswith("parameters.") and o.key.count(".") == 2:
            continue
        group = [g for g in GROUPS if g.replace("/", ".") == o.key]
        if group and o.value in catalogue.options(group[0]):
            raise ScenarioError(
                f"{o.where}: {o.key} holds several keys; to choose an option write {group[0]}={o.value}"
            )
        if o.key in known or any(k.startswith(o.key + ".") for k in known):
            if o.key not in BASE_KEYS and fields_of(Scenario, o.key) and not o.value.startswith("{"):
                inside = [k for k in known if k.startswith(o.key + ".")]
                raise ScenarioError(f"{o.where}: {o.key} holds several keys; set one of them, such as {inside[0]}=...")
            continue
        if o.key.startswith("structure.reports_to."):
            continue
        if o.key.split(".")[0] == "parameters":
            raise ScenarioError(f"{o.where}: {o.text!r} names no parameter; write parameters.<module>.<name>=<number>")
        hint = instead(o.key, (*known, *(g for g in GROUPS if g != "study"), *PROGRAM_OPTIONS))
        raise ScenarioError(f"{o.where}: there is no key {o.key!r}; {hint}")


def _hydra_text(o: Override) -> str:
    if o.key in GROUPS:
        value = o.value.strip("'\"")
        return f"{o.key}='{value}'"  # quoted, so that era=2012 is a name and not a number
    if o.key in BASE_KEYS and o.value not in ("", "null"):
        return f"{o.key}='{o.value.strip(chr(39) + chr(34))}'"
    return f"++{o.text}" if o.key.startswith(("parameters.", "structure.reports_to.", "rules.")) else o.text


def compose(overrides: Sequence[Override], catalogue: Catalogue) -> Composed:
    """Compose once; raises ScenarioError for whatever Hydra, YAML or OmegaConf find wrong."""
    import hydra
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.errors import HydraException
    from omegaconf import OmegaConf
    from omegaconf.errors import OmegaConfBaseException
    from yaml import YAMLError

    parser = OverridesParser.create()
    texts = []
    items = [o for o in overrides if o.key == "items"]  # a folder of that name makes Hydra take the key for a group
    for o in overrides:
        if o in items:
            continue
        text = _hydra_text(o)
        try:
            swept = parser.parse_override(text).is_sweep_override()
        except HydraException:
            raise ScenarioError(f"{o.where}: {o.text!r} cannot be read; write key=value, a list as key=[a,b]") from None
        if swept:
            raise ScenarioError(f"{o.where}: {o.key} is given several values ({o.value}); give one value")
        texts.append(text)
    if catalogue.own:
        place = catalogue.own.as_posix().replace("\\", "\\\\").replace("'", "\\'")
        texts.append(f"hydra.searchpath=['file://{place}']")
    try:
        with _LOCK, hydra.initialize_config_dir(config_dir=str(catalogue.built_in), version_base="1.3"):
            config = hydra.compose("scenario", overrides=texts)
            raw: Any = OmegaConf.to_container(config, resolve=False)
            refuse_code(raw, "", catalogue)
            data: Any = OmegaConf.to_container(config, resolve=True, throw_on_missing=True)
    except (HydraException, OmegaConfBaseException, YAMLError, OSError) as failed:
        catalogue.read_all()  # a file that cannot be read, or lacks a key, explains itself better than Hydra does
        for o in overrides:
            if o.key in GROUPS:
                catalogue.card(o.key, o.value.strip("'\""))
        sentence = " ".join(str(failed).split())
        raise ScenarioError(f"the configuration cannot be composed: {sentence}") from None
    choices = {g: _choice(data, g) for g in GROUPS if g != "study"}
    for kept in (data, raw):
        kept.pop("study", None)
        if items:
            kept["items"] = items[-1].value.strip("'\"")
    return Composed(data, tuple(overrides), choices, catalogue, raw)


def resolve(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Plain data whose citations are replaced by what they cite. Raises ScenarioError when one cites nothing."""

    def look(value: Any, depth: int = 0) -> Any:
        if isinstance(value, dict):
            return {k: look(v, depth) for k, v in value.items()}
        if isinstance(value, list):
            return [look(v, depth) for v in value]
        key = cited(value)
        if not key:
            return value
        at: Any = raw
        for step in key.split("."):
            if not isinstance(at, Mapping) or step not in at or depth > MOST_CITATIONS:
                raise ScenarioError(f"the configuration cites {key}, which is not there")
            at = at[step]
        return look(at, depth + 1)

    made: dict[str, Any] = look(dict(raw))
    return made


def cited(value: Any) -> str:
    """The key that a value such as ${era.pay} cites, "" when it cites none. A citation must be the whole value."""
    if not isinstance(value, str) or "${" not in value:
        return ""
    found = CITED.fullmatch(value)
    if not found:
        raise ScenarioError(f"the configuration holds {value!r}; a citation is a whole value, such as ${{era.pay}}")
    return found[1]


def _choice(data: Mapping[str, Any], group: str) -> str:
    at: Any = data
    for step in group.split("/"):
        at = at.get(step) if isinstance(at, Mapping) else None
    return str(at.get("name", "")) if isinstance(at, Mapping) else ""


def refuse_code(value: Any, key: str, catalogue: Catalogue) -> None:
    """Refuse anything that could make a configuration library import, run or look up something outside."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            at = f"{key}.{name}" if key else str(name)
            if str(name).startswith("_") and str(name).endswith("_"):
                where = next((f"in {p}" for p in catalogue.files() if str(name) in catalogue.text(p)), COMMAND_LINE)
                raise ScenarioError(f"{where}: {at} names code to run; a scenario holds data only, remove {name}")
            refuse_code(inner, at, catalogue)
    elif isinstance(value, list | tuple):
        for inner in value:
            refuse_code(inner, key, catalogue)
    elif isinstance(value, str) and "${" in value and ":" in value.split("${", 1)[1].split("}", 1)[0]:
        where = next((f"in {p}" for p in catalogue.files() if value in catalogue.text(p)), COMMAND_LINE)
        raise ScenarioError(f"{where}: {key} is {value!r}; only other keys may be cited, such as ${{era.pay}}")
