"""What a run keeps when somebody asks for tables of single things.

Yearly looks at estates, bodies and communities, each election, and each time that a resident was heard. A model without
a panel does none of this. Cases and residents are taken at the end, from the state itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.observe.detail import ACTS, ELEMENTS, tables
from sim.observe.extract import Look, arrow, take

if TYPE_CHECKING:
    from sim.engine.state import State

Array = NDArray[Any]
YEAR = 52  # weeks
KEPT = ("estates", "elections", "bodies", "decisions", "requests", "communities")


class Panel:
    """Looks taken so far, by table. `wanted` names elements of `ELEMENTS`; raises ValueError for another."""

    def __init__(self, state: State, wanted: Iterable[str], reform_week: int, tick: int = 0) -> None:
        self.wanted = tuple(dict.fromkeys(wanted))
        for name in self.wanted:
            if name not in ELEMENTS:
                raise ValueError(f"there is no detail {name!r}; it can be {', '.join(ELEMENTS)}")
        self.tables = tuple(t for name in self.wanted for t in ELEMENTS[name])
        self.reform_week = reform_week
        self.looks: dict[str, list[dict[str, Array]]] = {name: [] for name in KEPT}
        self._hours: Array = state["body.hours_total"].copy()
        self._decided: Array = np.zeros(state["body.dec"].shape)
        self._weeks: Array = np.zeros(len(state["body.alive"]))
        self._heard: Array = self._times(state)
        if "estates" in self.tables:
            self._take("estates", Look(state, self._all(state, "estate"), tick, reform_week))

    def look(self, state: State, tick: int) -> None:
        """After a week: add up decisions, take the election of the week, and at the end of a year the rest."""
        if "elections" in self.tables and state["community.ballot"].any():
            held = np.flatnonzero((state["community.ballot"] != 0) & (state["community.full"] != 0))
            self._take("elections", Look(state, held, tick, self.reform_week))
        if "bodies" in self.tables:
            alive = state["body.alive"] != 0
            self._decided[alive] += state["body.dec"][alive]
            self._weeks += alive
        if "requests" in self.tables:
            self._listen(state, tick)
        if tick % YEAR:
            return
        if "communities" in self.tables:
            self._take("communities", Look(state, self._all(state, "community"), tick, self.reform_week))
        if "estates" in self.tables:
            self._take("estates", Look(state, self._all(state, "estate"), tick, self.reform_week))
        if "bodies" in self.tables:
            decided = self._decided / np.where(self._weeks > 0, self._weeks, np.nan)[:, None]
            hours = state["body.hours_total"] - self._hours
            look = Look(state, self._all(state, "body"), tick, self.reform_week, hours, decided)
            self._take("bodies", look)
            self._take("decisions", look)
            self._hours = state["body.hours_total"].copy()
            self._decided[...] = 0.0
            self._weeks[...] = 0.0

    def results(self, state: State, tick: int, about: Mapping[str, str]) -> dict[str, Any]:
        """The tables that were asked for, as pyarrow tables."""
        known = tables()
        found = {}
        for name in self.tables:
            pieces = self.looks.get(name)
            if pieces is None:
                rows = np.arange(state.used("case" if name == "cases" else "resident"))
                pieces = [take(known[name], Look(state, rows, tick, self.reform_week))]
            found[name] = arrow(known[name], pieces, about)
        return found

    def copy(self) -> Panel:
        """An independent copy, for a fork."""
        return Panel.from_arrays(self.arrays())

    def arrays(self) -> dict[str, Array]:
        """Everything the panel holds, for storing; `from_arrays` rebuilds it."""
        held = {
            "wanted": np.array(self.wanted),
            "reform_week": np.array(self.reform_week),
            "hours": self._hours.copy(),
            "decided": self._decided.copy(),
            "weeks": self._weeks.copy(),
            "heard": self._heard.copy(),
        }
        for name, looks in self.looks.items():
            for column in looks[0] if looks else ():
                held[f"{name}:{column}"] = np.concatenate([look[column] for look in looks])
        return held

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Array]) -> Panel:
        """The panel that `arrays` described."""
        made = cls.__new__(cls)
        made.wanted = tuple(str(w) for w in arrays["wanted"])
        made.tables = tuple(t for name in made.wanted for t in ELEMENTS[name])
        made.reform_week = int(arrays["reform_week"])
        made._hours, made._decided, made._weeks = arrays["hours"], arrays["decided"], arrays["weeks"]
        made._heard = arrays["heard"]
        made.looks = {name: [] for name in KEPT}
        for name in KEPT:
            own = {k.partition(":")[2]: v for k, v in arrays.items() if k.startswith(f"{name}:")}
            if own:
                made.looks[name].append(own)
        return made

    def _listen(self, state: State, tick: int) -> None:
        """One row for each time that somebody was heard in the week."""
        now = self._times(state)
        more = now.copy()
        more[:, : self._heard.shape[1]] -= self._heard
        acts, cases = np.nonzero(more)
        if len(cases):
            times = more[acts, cases]
            rows, kinds = np.repeat(cases, times), np.repeat(acts, times)
            self._take("requests", Look(state, rows, tick, self.reform_week, acts=kinds))
        self._heard = now

    def _times(self, state: State) -> Array:
        """How often each case has been heard of in each way, (acts, cases)."""
        if "requests" not in self.tables:
            return np.zeros((len(ACTS), 0), dtype=np.int64)
        used = state.used("case")
        held = [state[name][:used] for name in ACTS.values()]
        held[0] = held[0] >= 0.0
        return np.array([h.astype(np.int64) for h in held])

    def _take(self, name: str, look: Look) -> None:
        self.looks[name].append(take(tables()[name], look))

    @staticmethod
    def _all(state: State, table: str) -> Array:
        return np.arange(state.rows[table])
