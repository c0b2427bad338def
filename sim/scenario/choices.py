"""Types and ranges of what a user may choose: structures, communities, eras, shocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field, create_model, model_validator

from sim.scenario.fields import (
    KINDS,
    BodyName,
    ChannelName,
    Checked,
    Choice,
    Convener,
    Frozen,
    Number,
    Settler,
    about,
    keep,
    member,
    names,
)
from sim.vocabulary import codes


class Structure(Choice):
    """A governance structure: seats, convener, rights and reporting, nothing else."""

    theoretical_control: bool = about("flag")
    seats: tuple[BodyName, ...] = about("bodies")
    heard: tuple[BodyName, ...] = about("bodies")
    convener: Convener = about("body")
    deciding: Annotated[str, member(names(codes.Deciding), "way of deciding")] = about("rule")
    settles: Settler = about("body")
    receives: tuple[BodyName, ...] = about("bodies")
    assigns: tuple[tuple[BodyName, BodyName], ...] = about("pairs")
    reports_to: Annotated[Mapping[BodyName, BodyName], Frozen] = about("bodies")
    items_only: bool = about("flag")
    station_apart: bool = about("flag")
    council: bool = about("flag")
    council_weeks: int = about("weeks", 0, 260)
    board: bool = about("flag")
    board_weeks: int = about("weeks", 0, 260)
    congress_weeks: int = about("weeks", 0, 260)
    quorum: Number = about("share", 0, 1)
    cross_appointment: Number = about("share", 0, 1)
    cross_pairs: tuple[tuple[BodyName, BodyName], ...] = about("pairs")
    one_head: bool = about("flag")

    @model_validator(mode="after")
    def _fits(self) -> Structure:
        for key in ("seats", "heard", "receives"):
            values = getattr(self, key)
            if len(set(values)) != len(values):
                raise ValueError(f"{key} names a body twice")
        both = set(self.seats) & set(self.heard)
        if both:
            raise ValueError(f"{min(both)} stands in seats and in heard; a body is seated or heard, not both")
        if not self.seats:
            raise ValueError("seats is empty; at least one body must be seated")
        for a, b in (*self.assigns, *self.cross_pairs):
            if a == b:
                raise ValueError(f"assigns or cross_pairs names {a} with itself")
        if self.convener in ("council", "board") or self.settles in ("council", "board"):
            raise ValueError(
                "the council and the supervisory board neither convene the coordination set nor settle deadlock"
            )
        if self.council_weeks and not self.council:
            raise ValueError(
                "council_weeks sets a council meeting, but council is false; set council: true or council_weeks: 0"
            )
        if self.board_weeks and not self.board:
            raise ValueError("board_weeks sets a board meeting, but board is false; set board: true or board_weeks: 0")
        if self.congress_weeks and not (self.council or self.board):
            raise ValueError(
                "congress_weeks sets a congress, but there is no council and no board to elect; "
                "set council: true or board: true, or congress_weeks: 0"
            )
        for key in ("council", "board"):
            if key in (*self.seats, *self.heard) and not getattr(self, key):
                raise ValueError(f"{key} has a seat but {key} is false")
        if "station" in self.seats and not self.station_apart:
            raise ValueError("station has a seat, but station_apart is false; set station_apart: true")
        for start in self.reports_to:
            seen, at = {start}, self.reports_to[start]
            while at in self.reports_to:
                if at in seen:
                    raise ValueError(f"reports_to goes in a circle at {at}")
                seen.add(at)
                at = self.reports_to[at]
        return self


_shares: Any = {kind: (Number, about("share", 0, 1, f"kind.{kind}")) for kind in KINDS}


class KindMix(create_model("Shares", __base__=Checked, **_shares)):  # type: ignore[misc]
    """Share of each kind among felt problems; they add up to one."""

    @model_validator(mode="after")
    def _whole(self) -> KindMix:
        total = sum(getattr(self, k) for k in KINDS)
        if abs(total - 1.0) > 1e-6:
            raise ValueError(f"the shares of kind_mix add up to {total:g}; they must add up to 1")
        return self


class Community(Choice):
    """A community archetype: midpoints as values, the ranges of the evidence beside them in `ranges`."""

    residents: int = about("persons", 200, 20_000)
    estates: int = about("estates", 1, 40)
    residents_per_household: Number = about("persons", 1, 8)
    commercial_share: Number = about("share", 0, 1)
    owner_share: Number = about("share", 0, 1)
    migrant_share: Number = about("share", 0, 1)
    insider_share: Number = about("share", 0, 1)
    aged60_share: Number = about("share", 0, 1)
    party_share: Number = about("share", 0, 1)
    income: Number = about("ratio", 0.05, 20)
    income_spread: Number = about("Gini", 0.01, 0.9)
    ties: Number = about("ties", 0, 60)
    ties_others: Number = about("ties", 0, 60)
    same_group_share: Number = about("share", 0, 1)
    unit_tie: Number = about("share", 0, 1)
    stay_years: Number = about("years", 0, 60)
    stay_years_others: Number = about("years", 0, 60)
    firm_share: Number = about("share", 0, 1)
    fee_collection: Number = about("share", 0, 1)
    owners_committee_share: Number = about("share", 0, 1)
    problems_per_1000: Number = about("1/month", 0, 200)
    report_chance: Number = about("share", 0, 1)
    digital_share: Number = about("share", 0, 1)
    staff: int = about("persons", 1, 200)
    work_funds: Number = about("yuan/year", 0, 10_000_000)
    own_income: Number = about("yuan/year", 0, 100_000_000)
    own_committed: Number = about("share", 0, 1)
    volunteer_share: Number = about("share", 0, 1)
    units: int = about("bodies", 0, 40)
    trust: Number = about("share", 0, 1)
    trust_others: Number = about("share", 0, 1)
    kind_mix: KindMix
    ranges: Annotated[Mapping[str, tuple[Number, Number]], Frozen] = Field(json_schema_extra={"unit": "as the key"})

    @property
    def households(self) -> int:
        """Households that the stated residents make up."""
        return max(1, round(self.residents / self.residents_per_household))

    @model_validator(mode="after")
    def _ranges_known(self) -> Community:
        for key, (low, high) in self.ranges.items():
            if key != "households" and key not in type(self).model_fields:
                raise ValueError(f"ranges names {key!r}, which is no key of a community")
            if low > high:
                raise ValueError(f"ranges.{key} runs from {low:g} to {high:g}; the lower end comes first")
        return self


class Era(Choice):
    """Dated parameters."""

    year: int = about("year", 1980, 2100)
    term_years: int = about("years", 1, 10)
    pay: Number = about("yuan/month", 0, 100_000)
    pay_raised: Number = about("yuan/month", 0, 100_000)
    founding_share: Number = about("share", 0, 1)
    one_head: bool = about("flag")
    channels: tuple[ChannelName, ...] = about("channels")


class Event(Checked):
    """One change from outside: from `week` on, and where `until` is given up to but not including that week.

    `value` replaces what `key` holds, `times` multiplies it; an event says one of the two.
    """

    week: int = about("week", 0, 3640)
    until: int | None = Field(
        default=None, ge=1, le=3640, json_schema_extra={"unit": "week"},
    )  # fmt: skip
    key: str = Field(min_length=1, json_schema_extra={"unit": "key"})
    value: Annotated[Any, AfterValidator(keep)] = Field(default=None, json_schema_extra={"unit": "as the key"})
    times: Number | None = Field(
        default=None, ge=0, le=100, json_schema_extra={"unit": "ratio"},
    )  # fmt: skip

    @model_validator(mode="after")
    def _fits(self) -> Event:
        if (self.value is None) == (self.times is None):
            raise ValueError(f"the event on {self.key} must say either value or times")
        if self.until is not None and self.until <= self.week:
            raise ValueError(
                f"the event on {self.key} begins in week {self.week} and ends in week {self.until}; it must end later"
            )
        return self


class Shock(Choice):
    """What happens from outside, at which week. Weeks of the events are counted from `start`."""

    start: int = about(
        "week",
        0,
        3640,
    )
    events: tuple[Event, ...] = about("events")
