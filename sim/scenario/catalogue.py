"""What there is to choose: groups, options and their files, read as plain YAML without Hydra."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from sim.scenario.places import config_dir
from sim.vocabulary.errors import ScenarioError, close

POLICY = (
    "delegation",
    "desks",
    "patches",
    "data",
    "tiers",
    "channels",
    "meetings",
    "supervision",
    "elections",
    "gate",
    "owners",
    "resources",
    "money",
)
GROUPS = ("structure", *(f"policy/{p}" for p in POLICY), "package", "community", "era", "shock", "study", "executor")
GLOBAL = ("package", "era")  # their files may also set keys outside their own group
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Catalogue:
    """The program's own config tree and, behind it, a folder of the user's."""

    def __init__(self, own: str | Path | None = None) -> None:
        self.built_in = config_dir()
        self.own: Path | None = None
        if own is not None:
            self.own = Path(own).expanduser().resolve()
            if not self.own.is_dir():
                raise ScenarioError(
                    f"on the command line: configs={own} is no folder; give a folder laid out as configs/"
                )
        self._texts: dict[Path, str] = {}

    @property
    def main(self) -> Path:
        """The file that names the defaults."""
        return self.built_in / "scenario.yaml"

    @property
    def roots(self) -> tuple[Path, ...]:
        return (self.built_in, self.own) if self.own else (self.built_in,)

    def options(self, group: str) -> list[str]:
        """Names of a group's options."""
        found = {p.stem for root in self.roots for p in (root / group).glob("*.yaml")}
        if group == "study":
            found |= set(_experiments().studies())
        return sorted(found)

    def path(self, group: str, name: str) -> Path:
        """File of an option; the program's own file wins over a user's of the same name."""
        for root in self.roots:
            path = root / group / f"{name}.yaml"
            if path.is_file():
                return path
        if group == "study" and name in _experiments().studies():
            return Path(_experiments().path_of(name))
        return self.built_in / group / f"{name}.yaml"

    def require(self, group: str, name: str, where: str) -> None:
        """Raise ScenarioError when the group has no such option."""
        options = self.options(group)
        if name not in options:
            raise ScenarioError(f"{where}: there is no {group} called {name!r}; {close(name, options)}")

    def files(self) -> list[Path]:
        """All YAML files, the user's first."""
        return [p for root in reversed(self.roots) for p in sorted(root.rglob("*.yaml"))]

    def text(self, path: Path) -> str:
        if path not in self._texts:
            try:
                self._texts[path] = path.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as failed:
                raise ScenarioError(f"in {path}: the file cannot be read as UTF-8 text ({failed})") from None
        return self._texts[path]

    def read(self, path: Path) -> Any:
        """Plain data of one file; ScenarioError names file and line of a mistake in the YAML."""
        return read_yaml(path, self.text(path))

    def read_all(self) -> None:
        """Read every file, so that one with a mistake is named."""
        for path in self.files():
            self.read(path)

    def card(self, group: str, name: str) -> Mapping[str, Any]:
        """What an option says about itself; of an experiment the study that it holds."""
        path = self.path(group, name)
        if group == "study" and path == _experiments().path_of(name):
            card: Mapping[str, Any] = _experiments().experiment(name).card()
            return card
        data = self.named(group, name)
        if "defaults" not in data:  # else another file holds the rest
            given = self.read(self.main).get(group, {})  # to every option of the group
            for key in _needed(group):
                if key not in data and key not in given:
                    raise _missing(path, group, key)
        return data

    def named(self, group: str, name: str) -> Mapping[str, Any]:
        """What the file of an option says in its group; ScenarioError when it goes by another name than the file."""
        path = self.path(group, name)
        data = self.read(path)
        if isinstance(data, Mapping) and group in GLOBAL:
            data = data.get(group)
        if not isinstance(data, Mapping):
            raise ScenarioError(f"in {path}: an option is a mapping of keys to values")
        if "name" not in data:
            raise _missing(path, group, "name")
        if data["name"] != name:
            raise ScenarioError(f"in {path}: name is {data['name']!r}; it must be that of the file, {name!r}")
        return data


def _missing(path: Path, group: str, key: str) -> ScenarioError:
    dotted = f"{group.replace('/', '.')}.{key}"
    return ScenarioError(f"in {path}: the key {dotted!r} is missing; it must be given")


@functools.cache
def _needed(group: str) -> tuple[str, ...]:
    """Keys that an option of a group must hold."""
    from sim.scenario.choices import Community, Era, Shock, Structure
    from sim.scenario.fields import Choice
    from sim.scenario.overlays import Policy

    whole: dict[str, Any] = {"structure": Structure, "community": Community, "era": Era, "shock": Shock}
    whole |= {f"policy/{part}": field.annotation for part, field in Policy.model_fields.items()}
    if group in ("study", "executor"):
        return ()  # checked when it is read
    return tuple(whole.get(group, Choice).model_fields)


def _experiments() -> Any:
    """The module of the named questions; it reads its files through this one."""
    from sim.scenario import experiments

    return experiments


@functools.lru_cache(maxsize=512)
def read_yaml(path: Path, text: str) -> Any:
    """Data of a YAML text; ScenarioError with the line when it is not YAML."""
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as failed:
        mark = failed.problem_mark or failed.context_mark
        line = f", line {mark.line + 1}" if mark else ""
        raise ScenarioError(f"in {path}{line}: this is not YAML ({failed.problem or 'cannot be read'})") from None
    except yaml.YAMLError as failed:
        raise ScenarioError(f"in {path}: this is not YAML ({failed})") from None
