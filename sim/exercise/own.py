"""Our community: a dozen figures that a class knows of its own place, put over an archetype."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.exercise.rules import Refused


@dataclass(frozen=True)
class Figure:
    """One figure of the form: the key it sets, its range, and whether it is a percentage."""

    key: str
    low: float
    high: float
    percent: bool = False
    whole: bool = False


FIGURES = {
    "residents": Figure("community.residents", 300, 20000, whole=True),
    "estates": Figure("community.estates", 1, 8, whole=True),
    "staff": Figure("community.staff", 4, 40, whole=True),
    "aged": Figure("community.aged60_share", 2, 60, percent=True),
    "owners": Figure("community.owner_share", 0, 100, percent=True),
    "migrants": Figure("community.migrant_share", 0, 90, percent=True),
    "members": Figure("community.party_share", 0, 40, percent=True),
    "firms": Figure("community.firm_share", 0, 100, percent=True),
    "fees": Figure("community.fee_collection", 5, 100, percent=True),
    "committees": Figure("community.owners_committee_share", 0, 100, percent=True),
    "problems": Figure("community.problems_per_1000", 2, 60),
    "funds": Figure("community.work_funds", 0, 2000000),
}
ARCHETYPES = ("commercial", "old_danwei", "village_turned", "mixed_migrant", "affluent_mature")


def read_own(fields: Mapping[str, str]) -> dict[str, str]:
    """The figures that were filled in, checked; raises Refused for one that is no number or out of range."""
    archetype = fields.get("own_archetype", "")
    if archetype not in ARCHETYPES:
        raise Refused("bad_figure", 422)
    found = {"community": archetype}
    for name, figure in FIGURES.items():
        text = fields.get(f"own_{name}", "").strip()
        if not text:
            continue
        try:
            value = float(text)
        except ValueError:
            raise Refused("bad_figure", 422) from None
        if not figure.low <= value <= figure.high or (figure.whole and value != int(value)):
            raise Refused("bad_figure", 422)
        number = value / 100 if figure.percent else value
        found[figure.key] = f"{int(number)}" if figure.whole else f"{number:g}"
    return found


def own_words(figures: Mapping[str, str]) -> tuple[str, ...]:
    """The figures as settings of a scenario."""
    return tuple(f"{key}={value}" for key, value in figures.items())
