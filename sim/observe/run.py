"""A finished run as the indicators see it: state, weekly series, marks of the reform and a window of weeks."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.observe.measures import Survival, kaplan_meier
from sim.observe.prices import PARAMS
from sim.vocabulary.codes import Pay, Stream, Truth

if TYPE_CHECKING:
    from sim.engine.state import State
    from sim.observe.recording import Recorder

Array = NDArray[Any]

WEEK = 5.0  # working days
YEAR = 52.0  # weeks
PROMISE = 60.0  # working days within which welfare counts a solution
TRANSITION_WEEKS = 104
ATTITUDE_COLUMNS = ("trust", "standing", "efficacy", "belonging", "satisfaction")


class Run:
    """Read-only view of a run. `window` = (first week, week after the last); problems belong to the week felt."""

    def __init__(
        self,
        state: State,
        series: Mapping[str, Array],
        marks: Mapping[str, Array],
        scenario: Any = None,
        window: tuple[int, int] | None = None,
        prices: Mapping[str, float] | None = None,
    ) -> None:
        self.state = state
        self.series = series
        self.marks = marks
        self.scenario = scenario
        self.weeks = len(next(iter(series.values())))
        self.reform = int(marks["week"]) if "week" in marks else 0
        self.window = window if window is not None else (self.reform, self.weeks)
        self.prices = {name: p.value for name, p in PARAMS.items()} | dict(prices or {})
        self._case: dict[str, Array] = {}
        self.kept_results: dict[str, Any] = {}  # what several indicators of one run share

    @classmethod
    def of(
        cls, recorder: Recorder, state: State, scenario: Any = None, prices: Mapping[str, float] | None = None
    ) -> Run:
        """The run that was recorded, seen from the reform (or from the start when none was marked) to its last week."""
        return cls(state, recorder.series(state), recorder.marks, scenario, prices=prices)

    def over(self, start: int, end: int) -> Run:
        """The same run through another window."""
        return Run(self.state, self.series, self.marks, self.scenario, (start, end), self.prices)

    # --- scale

    @functools.cached_property
    def full(self) -> Array:
        return np.flatnonzero(self.state["community.full"])

    @functools.cached_property
    def residents(self) -> float:
        return float(self.state["community.residents"][self.full].sum())

    @functools.cached_property
    def adults(self) -> float:
        return float(self.state["community.adults"][self.full].sum())

    @property
    def years(self) -> float:
        return (self.window[1] - self.window[0]) / YEAR

    @property
    def reform_years(self) -> float:
        """Years since the marks were set, over which `since` counts."""
        return (self.weeks - self.reform) / YEAR

    @property
    def now(self) -> float:
        """End of the run in working days."""
        return self.weeks * WEEK

    # --- problems felt in the window

    @functools.cached_property
    def rows(self) -> Array:
        """Cases of full communities that were felt in the window."""
        used = self.state.used("case")
        felt = self.state["case.felt"][:used]
        here = self.state["community.full"][self.state["case.community"][:used]] != 0
        return np.flatnonzero(here & (felt >= self.window[0] * WEEK) & (felt < self.window[1] * WEEK))

    def case(self, name: str) -> Array:
        """Column of those cases."""
        if name not in self._case:
            self._case[name] = self.state[f"case.{name}"][self.rows]
        return self._case[name]

    @functools.cached_property
    def solved(self) -> Array:
        truth = self.case("truth")
        found: Array = (truth > Truth.OPEN) & (truth < Truth.LAPSED)
        return found

    @functools.cached_property
    def spoken(self) -> Array:
        return self.case("spoken") >= 0.0

    @functools.cached_property
    def received(self) -> Array:
        return self.case("received") >= 0.0

    @functools.cached_property
    def due(self) -> Array:
        """Received cases whose promised time has come."""
        return self.received & (self.case("due") <= self.now)

    @functools.cached_property
    def closed(self) -> Array:
        return self.case("closed") >= 0.0

    @functools.cached_property
    def followed(self) -> Array:
        """Problems felt at least 60 working days before the end of the run."""
        return self.case("felt") <= self.now - PROMISE

    @functools.cached_property
    def kept(self) -> Array:
        """Truly solved within 60 working days of being felt."""
        return self.solved & (self.case("solved") - self.case("felt") <= PROMISE)

    @functools.cached_property
    def survival(self) -> Survival:
        """Time from feeling a problem to its true solution; lapsed problems stay unsolved until the end."""
        felt = self.case("felt")
        times = np.where(self.solved, self.case("solved"), self.now) - felt
        return kaplan_meier(np.maximum(times, 0.0), self.solved)

    @functools.cached_property
    def closing(self) -> tuple[Array, Array]:
        """Working days from receipt to first closure of the file, and the kind, of closed cases."""
        mask = self.received & self.closed
        return (self.case("closed") - self.case("received"))[mask], self.case("kind")[mask].astype(np.int64)

    @functools.cached_property
    def case_groups(self) -> Array:
        """Groups of residents (rows as in words.GROUPS) of those cases."""
        return self.groups[:, self.case("resident")]

    # --- residents

    @functools.cached_property
    def groups(self) -> Array:
        state = self.state
        columns = [state[f"resident.{n}"] != 0 for n in ("vulnerable", "migrant", "owner", "party")]
        return np.array([*columns, state["resident.age"] >= 60.0])

    @functools.cached_property
    def adult(self) -> Array:
        state = self.state
        found: Array = (state["resident.adult"] != 0) & (state["community.full"][state["resident.community"]] != 0)
        return found

    @functools.cached_property
    def attitudes(self) -> Array:
        """Means of each attitude over adults of each group, at the end: [attitude, group]."""
        masks = (self.groups & self.adult).astype(float)
        values = np.array([self.state[f"resident.{n}"] for n in ATTITUDE_COLUMNS])
        size = masks.sum(axis=1)
        found: Array = np.divide(values @ masks.T, size, out=np.full((len(values), len(size)), np.nan), where=size > 0)
        return found

    # --- weekly series in the window

    def weekly(self, name: str) -> Array:
        return self.series[name][self.window[0] : self.window[1]]

    def total(self, name: str) -> float:
        return float(self.weekly(name).sum())

    def rate(self, name: str) -> float:
        """Per 1,000 residents a year."""
        return self.per_thousand(self.total(name))

    def per_thousand(self, amount: float) -> float:
        return amount / (self.residents / 1000.0 * self.years) if self.residents > 0 and self.years > 0 else np.nan

    def last(self, name: str) -> float:
        """Value at the end of the window."""
        values = self.weekly(name)
        return float(values[-1]) if len(values) else np.nan

    def average(self, name: str) -> float:
        values = self.weekly(name)
        return float(values.mean()) if len(values) else np.nan

    @functools.cached_property
    def hours(self) -> Array:
        """Hours of the bodies of the communities: [pay, stream]."""
        return np.array([[self.total(f"hours_{p.name.lower()}_{s.name.lower()}") for s in Stream] for p in Pay])

    @functools.cached_property
    def staff(self) -> Array:
        """Public and overtime hours of committee, station and desk by stream."""
        return np.array([self.total(f"staff_hours_{s.name.lower()}") for s in Stream])

    @functools.cached_property
    def core(self) -> Array:
        """Public and overtime hours of Party organization, committee and station by stream."""
        return np.array([self.total(f"core_hours_{s.name.lower()}") for s in Stream])

    @functools.cached_property
    def public(self) -> Array:
        """Public and overtime hours of all bodies of the communities by stream."""
        found: Array = self.hours[Pay.PUBLIC] + self.hours[Pay.OVERTIME]
        return found

    # --- totals since the reform

    def since(self, column: str) -> Array:
        """Growth of a running total since the reform."""
        values = self.state[column]
        return values - self.marks[column] if column in self.marks else values

    @functools.cached_property
    def body_hours(self) -> Array:
        """Hours by body since the reform, [body, pay, stream]; of the office the share of these communities."""
        hours = self.since("body.hours_total").copy()
        hours[self.state["body.community"] < 0] *= self.office_share
        return hours

    @functools.cached_property
    def office_share(self) -> float:
        """Share of the residents of the whole subdistrict who live in the communities simulated in full."""
        everyone = float(self.state["community.residents"].sum())
        return self.residents / everyone if everyone > 0 else 0.0

    @functools.cached_property
    def body_here(self) -> Array:
        """Bodies of full communities, and the office."""
        community = self.state["body.community"]
        found: Array = (community < 0) | (self.state["community.full"][np.maximum(community, 0)] != 0)
        return found

    @functools.cached_property
    def flow(self) -> Array:
        """Payments since the reform: [source, target, use]."""
        found: Array = self.since("community.flow")[self.full].sum(axis=0)
        return found

    @functools.cached_property
    def handovers(self) -> Array:
        """Matrix of cases handed over since the reform, [from type, to type]."""
        found: Array = self.since("community.handover")[self.full].sum(axis=0)
        return found

    def per_thousand_since(self, amount: float) -> float:
        """Per 1,000 residents a year since the reform."""
        scale = self.residents / 1000.0 * self.reform_years
        return amount / scale if scale > 0 else np.nan

    @functools.cached_property
    def voted(self) -> bool:
        """Whether an election was held up to the end of the window."""
        return float(self.series["elections"][: self.window[1]].sum()) > 0.0
