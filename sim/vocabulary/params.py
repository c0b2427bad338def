"""A number that the model uses, together with its unit, its range and where it comes from; one owner a number."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Param:
    """One number of a mechanism; its name is the name under which the mechanism holds it.

    `source` is an id of the evidence table (E..), of the article (A..), a literature reference, or "assumption".
    """

    value: float
    unit: str
    low: float
    high: float
    source: str
    meaning: str = ""

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise ValueError(f"a Param of {self.value} lies outside its own range {self.low} to {self.high}")
        if not self.source:
            raise ValueError("a Param states its source, or 'assumption'")

    @property
    def assumed(self) -> bool:
        """True when no outside source stands behind the number."""
        return "assumption" in self.source


@dataclass(frozen=True)
class Shared:
    """A number of another module that a mechanism uses too, such as Shared("routing.agreed"): one owner, one value."""

    owner: str
