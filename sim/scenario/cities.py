"""A city: many subdistricts, each with communities of several archetypes, from one file of `configs/city/`."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, model_validator

from sim.scenario.catalogue import Catalogue
from sim.scenario.check import checked
from sim.scenario.comparison import Design, Point, merged
from sim.scenario.fields import Choice, Frozen, Number, Words, about
from sim.scenario.schema import Scenario
from sim.vocabulary.errors import ScenarioError
from sim.vocabulary.words import pair

ALL = 1_000_000  # more subdistricts than any city has


class City(Choice):
    """How many people live in how many communities of which archetype."""

    residents: int = about("persons", 1_000, 50_000_000)
    community_residents: int = about("persons", 200, 20_000)
    communities_per_subdistrict: int = about("communities", 1, 20)
    mix: Annotated[Mapping[str, Number], Frozen] = Field(min_length=1)  # shares of communities by archetype

    @model_validator(mode="after")
    def _shares(self) -> City:
        total = sum(self.mix.values())
        if min(self.mix.values()) < 0 or abs(total - 1.0) > 1e-6:
            raise ValueError(f"the shares of mix add up to {total:g}; they must be at least 0 and add up to 1")
        return self

    @property
    def communities(self) -> int:
        """Communities of the city."""
        return max(1, round(self.residents / self.community_residents))

    @property
    def size(self) -> int:
        """Residents of each community, so that the city has no fewer than stated."""
        return math.ceil(self.residents / self.communities)


def read(name: str, catalogue: Catalogue, where: str) -> City:
    """The city of that name. Raises ScenarioError for one that is not there or does not fit."""
    catalogue.require("city", name, where)
    path = catalogue.path("city", name)
    city = checked(City, catalogue.read(path), f"in {path}")
    for archetype in city.mix:
        catalogue.require("community", archetype, f"in {path}")
    return city


def subdistricts(city: City, seed: int) -> list[tuple[str, ...]]:
    """The archetypes of the communities of each subdistrict.

    The shares hold in the city as a whole to one community; which communities lie in one subdistrict is drawn.
    """
    import numpy as np

    number = city.communities
    ends = np.round(np.cumsum(list(city.mix.values())) * number).astype(int)
    counts = np.diff(ends, prepend=0)
    every = np.repeat(list(city.mix), counts)
    np.random.default_rng(seed_of(seed, 0)).shuffle(every)
    step = city.communities_per_subdistrict
    return [tuple(str(name) for name in every[i : i + step]) for i in range(0, number, step)]


def seed_of(seed: int, place: int) -> int:
    """Seed of one subdistrict, so that no two of them hold the same people."""
    return int(hashlib.sha256(f"city {seed} {place}".encode()).hexdigest()[:15], 16)


def design_of(spec: Mapping[str, Any], size: int, setting: Any) -> tuple[Design, tuple[Point, ...]]:
    """A city as a design: each point is one subdistrict, with people of its own; `size` of them, or all.

    `setting` holds the arms of the study (`sim.scenario.points.StudySetting`). Raises ScenarioError.
    """
    where, first = setting.where, setting.scenarios[0]
    if extra := set(spec) - {"kind", "city", "size"}:
        raise ScenarioError(f"{where}: a design of kind city takes city and size, not {min(extra)}")
    city = read(str(spec.get("city", "")), setting.catalogue, where)
    if missing := sorted(set(city.mix) - set(first.archetypes)):
        raise ScenarioError(f"{where}: the city holds {missing[0]}, so common must name it in mix, with communities")
    every = subdistricts(city, first.seed)[:size]
    points = []
    for place, names in enumerate(every):
        own = {
            "seed": seed_of(first.seed, place),
            "mix": list(names),
            "communities": len(names),
            "span": len(names),
            **{f"archetypes.{name}.residents": city.size for name in city.mix},
            "community.residents": city.size,
        }
        values = {"subdistrict": place + 1, **{name: names.count(name) for name in city.mix}}
        label = Words(**pair("study.subdistrict", number=place + 1))
        points.append(Point(label=label, values=values, changes=(own,)))
    Scenario.from_dict(merged(setting.plain[0], points[0].changes[0]))
    return Design(kind="city", factors=(), size=len(every), seed=first.seed, resolution=4), tuple(points)
