"""The exercise's way into the engine: a group is a scenario and its rounds, an outcome is what the engine says of them.

Runs in a process of its own. Everything here is a function of its arguments; models are kept only to save time.
"""

from __future__ import annotations

import functools
import hashlib
import json
import math
import multiprocessing
import os
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

import sim
from sim.engine.mechanism import all_params
from sim.model.bodies import firm
from sim.model.bodies.seats import Seat, decision, default_rule, observation
from sim.model.simulation import WEEKS, Model
from sim.observe.indicators import INDICATORS, compute
from sim.observe.run import Run
from sim.scenario import Scenario
from sim.scenario.compose import Override, compose
from sim.scenario.schema import plain
from sim.scenario.shocks import situation
from sim.vocabulary.codes import Body

KEPT_MODELS = 12  # a model of 2,000 residents takes some 10 MB
SERIES = (
    "felt", "closed", "solved", "unsolved_cases", "not_passed_on", "items_late", "item_hours", "repeat_petitions",
    "skip_petitions", "collective_petitions", "trust", "standing", "satisfaction", "heat", "collection", "effort",
    "decay", "owners_committees", "firms", "organisations", "groups", "quits", "elections", "volunteers",
)  # fmt: skip


@dataclass(frozen=True)
class Round:
    """What one round is made of: its weeks, what each seat decided, and what happened from outside or was adopted."""

    weeks: int
    seats: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    events: Sequence[Mapping[str, Any]] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "weeks": self.weeks,
            "seats": {k: dict(v) for k, v in self.seats.items()},
            "events": [dict(e) for e in self.events],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Round:
        return cls(int(data["weeks"]), data["seats"], tuple(data["events"]))


@dataclass(frozen=True)
class Play:
    """A scenario (words as on the command line), its seed, and the rounds played so far."""

    words: tuple[str, ...]
    seed: int
    rounds: tuple[Round, ...] = ()

    @property
    def key(self) -> str:
        """SHA-256 over everything that can move the outcome."""
        text = json.dumps([self.words, self.seed, [r.to_dict() for r in self.rounds]], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def upto(self, count: int) -> Play:
        return replace(self, rounds=self.rounds[:count])


@functools.lru_cache(maxsize=64)
def _composed(words: tuple[str, ...]) -> Scenario:
    return sim.load([*words, "shock=none"])


def _scenario(words: tuple[str, ...], seed: int) -> Scenario:
    """Composed once for all seeds: composing takes longer than a run."""
    return _composed(words).at(seed=seed)


@functools.lru_cache(maxsize=256)
def option(key: str, name: str) -> Any:
    """What an option such as policy.meetings=five holds."""
    from sim.scenario.catalogue import Catalogue

    data = compose([Override(key.replace(".", "/"), name)], Catalogue()).data
    return functools.reduce(lambda at, step: at[step], key.split("."), data)


@functools.lru_cache(maxsize=32)
def shock_events(name: str) -> tuple[dict[str, Any], ...]:
    """Events of a named shock, with weeks counted from its start."""
    events = sim.load(["years=50", f"shock={name}"]).shock.events
    return tuple(plain(e.model_dump()) for e in events)


@functools.lru_cache(maxsize=16)
def packaged(words: tuple[str, ...], name: str) -> tuple[dict[str, Any], ...]:
    """A package as events of its structure and every overlay, with the place and era of a scenario."""
    made = _composed((*(w for w in words if not w.startswith("package=")), f"package={name}"))
    policy = plain(made.policy.model_dump())
    parts = {"structure": plain(made.structure.model_dump()), **{f"policy.{k}": v for k, v in policy.items()}}
    return tuple({"key": k, "value": v, "week": 0, "until": None} for k, v in parts.items())


def expanded(words: tuple[str, ...], events: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Events in which a whole package stands as its parts."""
    found: list[Mapping[str, Any]] = []
    for event in events:
        found += packaged(words, str(event["value"])) if event["key"] == "package" else (event,)
    return found


def settings(play: Play) -> Scenario:
    """The scenario with the events of all rounds so far, long enough for the rounds."""
    first = _scenario(play.words, play.seed)
    week, events = first.reform_week, []
    for one in play.rounds:
        for event in expanded(play.words, one.events):
            value = event.get("value")
            if isinstance(value, str) and (event["key"] == "structure" or event["key"].startswith("policy.")):
                value = option(event["key"], value)
            until = event.get("until")
            events.append(
                {**event, "value": value, "times": event.get("times"), "week": week + int(event.get("week", 0)),
                 "until": None if until is None else week + int(until)}
            )  # fmt: skip
        week += one.weeks
    years = max(first.years, math.ceil((week - first.reform_week) / WEEKS), _last(events, first.reform_week))
    return Scenario.from_dict({**first.to_dict(), "years": years, "shock": _shock(first, events)})


def _last(events: Sequence[dict[str, int]], start: int) -> int:
    """Years that hold every event: one that is to come after the last round must still fit."""
    return math.ceil(max([e["week"] + 1 - start for e in events] or [0]) / WEEKS)


def _shock(scenario: Scenario, events: list[dict[str, Any]]) -> dict[str, Any]:
    own = scenario.to_dict()["shock"]
    return {**own, "name": "exercise" if events else own["name"], "start": 0, "events": events}


def seat_rule(scenario: Scenario, seat: str, chosen: Mapping[str, float]) -> Seat:
    """The agent's own rule with the chosen levers put in its place."""
    usual = default_rule(scenario, seat)
    return lambda seen: replace(usual(seen), **chosen)


class Models:
    """Models by what was played, forked for what follows."""

    def __init__(self, most: int = KEPT_MODELS) -> None:
        self.most = most
        self.kept: OrderedDict[str, Model] = OrderedDict()

    def get(self, play: Play) -> Model:
        """The model after the last round. It must not be run further; fork it."""
        if play.key in self.kept:
            self.kept.move_to_end(play.key)
            return self.kept[play.key]
        if play.rounds:
            before = self.get(play.upto(len(play.rounds) - 1))
            now, one = settings(play), play.rounds[-1]
            rules = {seat: seat_rule(now, seat, chosen) for seat, chosen in one.seats.items() if chosen}
            model = before.fork(now, rules)
            model.run_until(before.tick + one.weeks)
        else:
            start = settings(play)
            model = Model(start).run_until(start.reform_week)
        self.kept[play.key] = model
        while len(self.kept) > self.most:
            self.kept.popitem(last=False)
        return model


MODELS = Models()


def digest(model: Model) -> str:
    """SHA-256 over every used row of every column and over what was recorded."""
    found = hashlib.sha256()
    for name in sorted(model.store.columns):
        found.update(name.encode())
        found.update(np.ascontiguousarray(model.store[name][: model.store.used(name.split(".", 1)[0])]).tobytes())
    held = model.recorder.arrays()
    for name in ("weekly", "counts", "settled"):
        values = held[name]
        found.update(np.ascontiguousarray(values[: model.tick] if name == "weekly" else values).tobytes())
    return found.hexdigest()


def _finite(values: Mapping[str, float]) -> dict[str, float | None]:
    return {k: (float(v) if math.isfinite(v) else None) for k, v in values.items()}


def measured(model: Model, start: int, end: int) -> dict[str, float | None]:
    """All indicators over a window of weeks."""
    if end <= start:
        return dict.fromkeys(INDICATORS)
    run = Run.of(model.recorder, model.store, model.settings, model.settings.parameters.get("prices", {}))
    found = compute(run.over(start, end))
    return _finite({k: found[k] for k in INDICATORS})


def row_of(model: Model, kinds: Sequence[str], nth: int) -> tuple[str, int] | None:
    """Seat and row of the nth body of the first of these types that has one alive, or of the first type at all."""
    types, alive = model.store["body.type"], model.store["body.alive"]
    for must_live in (True, False):
        for kind in kinds:
            rows = np.flatnonzero(types == Body[kind.upper()])
            chosen = rows[alive[rows] != 0] if must_live else rows
            if len(chosen) >= nth:
                row = int(chosen[nth - 1])
                return f"{kind}#{int(np.flatnonzero(rows == row)[0]) + 1}", row
    return None


def service_cost(seen: Mapping[str, float], numbers: Mapping[str, float]) -> dict[str, float]:
    """What a firm's service costs in yuan a month: what is fixed, and what full effort takes beside it."""
    own = {n: numbers.get(n, all_params()["firm"][n].value) for n in ("labour_share", "service_share", "fixed_share")}
    due = seen["households"] * seen["fee"]
    none, full = (firm.weekly_cost(due, e, seen["cost_index"], *own.values()) / firm.MONTHS for e in (0.0, 1.0))
    return {"fixed": float(none), "effort": float(full - none)}


def purses(model: Model) -> dict[str, float]:
    """The settings of money that hold in the coming week, by key."""
    now = situation(model.settings, model.tick)
    place, policy = now.places[0], now.policy
    return {
        "community.own_income": float(place.own_income),
        "community.own_committed": float(place.own_committed),
        "policy.money.work_funds": float(policy.money.work_funds),
        "policy.money.project_money": float(policy.money.project_money),
        "policy.resources.cultivation": float(policy.resources.cultivation),
    }


def sitting(model: Model, seat: str) -> dict[str, Any]:
    """What the holder of a seat knows, and what its agent decided last."""
    kind, _, number = seat.partition("#")
    row = int(np.flatnonzero(model.store["body.type"] == Body[kind.upper()])[int(number) - 1])
    seen, said = observation(model.store, row), decision(model.store, row)
    knows = {f.name: float(getattr(seen, f.name)) for f in fields(seen)}
    numbers = situation(model.settings, model.tick).parameters.get("firm", {})
    cost = {"cost": service_cost(knows, numbers)} if kind == "firm" else {}
    return {
        **cost,
        "seat": seat,
        "alive": bool(model.store["body.alive"][row]),
        "knows": knows,
        "did": {f.name: float(getattr(said, f.name)) for f in fields(said)},
    }


def outcome(play: Play, roles: Mapping[str, tuple[Sequence[str], int]]) -> dict[str, Any]:
    """What the engine says after the last round: indicators of the round and since the start, series, seats."""
    opening = MODELS.get(play.upto(0))
    model = MODELS.get(play)
    start = opening.tick
    seats: dict[str, Any] = {}
    for role, (kinds, nth) in roles.items():
        place = row_of(opening, kinds, nth)
        # where one type gives way to another (windows to a station), the holder moves along
        now = row_of(model, kinds, nth) if place and place[0].partition("#")[0] != kinds[0] else place
        seats[role] = sitting(model, now[0]) if now else None
        if now and len(kinds) > 1:  # what is decided holds wherever the holder sits this week
            seats[role]["also"] = [f"{k}#{nth}" for k in kinds if f"{k}#{nth}" != now[0]]
    last = play.rounds[-1].weeks if play.rounds else 0
    run = Run.of(model.recorder, model.store, model.settings, model.settings.parameters.get("prices", {}))
    structure = plain(situation(model.settings, model.tick).structure.model_dump())
    return {
        "digest": digest(model),
        "weeks": model.tick - start,
        "round": measured(model, model.tick - last, model.tick) if last else measured(model, max(0, start - 52), start),
        "total": measured(model, start, model.tick),
        "series": {n: np.asarray(run.series[n][start : model.tick], dtype=float).tolist() for n in SERIES},
        "seats": seats,
        "structure": structure,
        "money": purses(model),
        "residents": int(run.residents),
    }


def by_round(values: Sequence[float] | NDArray[np.float64], weeks: Sequence[int]) -> list[float]:
    """Means of a weekly series over each round."""
    ends = np.cumsum([0, *weeks])
    return [float(np.mean(values[a:b])) for a, b in zip(ends, ends[1:], strict=False)]


def under_seed(
    play: Play, other: Play, seed: int, names: Sequence[str], paths: Sequence[str], changes: Sequence[str]
) -> dict[str, Any]:
    """Two plays under one other seed, on one warm-up: indicators since the start and series by round, in pairs.

    `paths` are given as means of each round, `changes` week by week.
    """
    own = Models()
    sides = []
    for one in (play, other):
        model, weeks = own.get(replace(one, seed=seed)), [r.weeks for r in one.rounds]
        start = model.tick - sum(weeks)
        run = Run.of(model.recorder, model.store, model.settings, model.settings.parameters.get("prices", {}))
        series = {n: np.asarray(run.series[n][start : model.tick], dtype=float) for n in (*paths, *changes)}
        sides.append(
            (measured(model, start, model.tick), {n: by_round(series[n], weeks) for n in paths},
             {n: series[n].tolist() for n in changes})
        )  # fmt: skip
    return {
        "pairs": {n: [side[0][n] for side in sides] for n in names},
        "paths": {n: [side[1][n] for side in sides] for n in paths},
        "changes": {n: [side[2][n] for side in sides] for n in changes},
    }


def verify(play: Play) -> dict[str, list[str]]:
    """The digests after every round, computed anew from nothing but the play."""
    fresh = Models(2)
    return {"digests": [digest(fresh.get(play.upto(i + 1))) for i in range(len(play.rounds))]}


def follow() -> None:
    """End this process when the one that started it is gone, however it went."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def warm() -> None:
    """Load what the first question would have to wait for."""
    from sim.model.plan import load_all

    load_all()
    option("policy.meetings", "five")
