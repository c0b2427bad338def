"""The Mesa model: a clock, the phases of the week, and nothing else. State stands in columns, behaviour in mechanisms."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import mesa
import numpy as np

from sim.agents import people
from sim.agents.seats import Seat, fill_seats
from sim.binding import Bound, addresses
from sim.codes import Body, Kind
from sim.community import population
from sim.community.state import State
from sim.kernel import source_hash
from sim.mechanisms import kinds
from sim.observe.recording import Recorder
from sim.plan import PLAN, load_all
from sim.randomness import model_key
from sim.result import Result
from sim.scenario import Scenario, compile_rules

WEEKS = 52  # a year
FREE_ROWS = {"task": 400, "active": 256, "journal": 512}  # rows kept free at the start of a week, per community
FELT_SHARE = 0.05  # rows kept free in the case table, per resident: far above what a week can bring


class Model(mesa.Model):
    """One replicate of one scenario. `tick` is the number of weeks done, `store` the columns.

    `seats` maps a type of body ("party") or one body of it ("firm#2", counted from 1) to a rule that is handed the
    body's typed Observation and returns its typed Decision. `state` is a ready state to start from (fork, restore).
    """

    def __init__(
        self,
        settings: Scenario,
        seats: Mapping[str, Seat] | None = None,
        state: State | None = None,
        recorder: Recorder | None = None,
        tick: int = 0,
    ) -> None:
        super().__init__(rng=settings.seed)
        self.settings = settings
        self.key = model_key(settings.seed, settings.replicate)
        self.reform_week = settings.warmup_years * WEEKS
        self.last_week = self.reform_week + settings.years * WEEKS
        if state is None:
            state = population.build(settings, self.key)
            install_facts(state, settings)
        self.store = state
        self.recorder = recorder if recorder is not None else Recorder(state, self.last_week)
        self.recorder.extend(self.last_week)
        self.tick = tick
        self.seats = fill_seats(state, seats or {})
        self._people: people.Population | None = None
        self.datacollector = mesa.DataCollector(model_reporters=people.REPORTERS)
        self._held: list[Any] = []
        self._clock = np.array([self.key, 0, 0], dtype=np.uint64).view(np.int64)
        self._bind()

    # --- agents, made when somebody asks for them

    @property
    def agents(self) -> Any:
        self._populate()
        return super().agents

    @property
    def agents_by_type(self) -> Any:
        self._populate()
        return super().agents_by_type

    @property
    def agent_types(self) -> list[type]:
        self._populate()
        return super().agent_types

    def _populate(self) -> None:
        if self._people is None:
            self._people = people.Population(self)

    # --- the clock

    def step(self) -> None:
        """One week."""
        week = self.tick
        if week == self.reform_week:
            install_rules(self.store, self.settings, reform=True)
            self.recorder.mark(self.store)
        elif week == 0:
            install_rules(self.store, self.settings, reform=False)
        store, clock = self.store, self._clock
        clock[1] = week
        store.zero_counts()
        if self._reserve():
            self._bind()
        for phase, bound in self._bound:
            if not phase.due(week) or (phase.when and not store.columns[phase.when].any()):
                continue
            for day in range(5 if phase.daily else 1):
                clock[2] = day
                for run, words, sitting in bound:
                    run(words, clock)
                    for seat in sitting:
                        seat.decide(store, week)
        self.recorder.record(store, week)
        self.tick = week + 1
        self.datacollector.collect(self)
        self.running = self.tick < self.last_week

    def run_until(self, week: int, progress: Callable[[int, int], None] | None = None) -> Model:
        """Run to the given week (weeks since the start of the warm-up); returns the model."""
        self.recorder.extend(week)
        while self.tick < week:
            self.step()
            if progress is not None:
                progress(self.tick, week)
        return self

    def _reserve(self) -> bool:
        store = self.store
        full = int(store["community.full"].sum())
        moved = store.reserve("case", 64 + int(FELT_SHARE * store.rows["resident"]))
        for table, free in FREE_ROWS.items():
            moved |= store.reserve(table, free * full + (store.used("active") if table == "journal" else 0))
        return moved

    def _bind(self) -> None:
        registry, parameters, where = load_all(), self.settings.parameters, addresses(self.store)
        self._bound = []
        self._held = list(self.store.columns.values())  # addresses stay good while these live
        for phase in PLAN:
            calls = []
            for name in phase.mechanisms:
                call = Bound(registry[name], where, parameters)
                sitting = [s for s in self.seats if name == f"{s.module}.decide"]
                calls.append((call.run, call.words, sitting))
                self._held.append(call)
            self._bound.append((phase, calls))

    # --- copies

    def fork(self, settings: Scenario | None = None, seats: Mapping[str, Seat] | None = None) -> Model:
        """An independent copy that goes on from here, under other settings from the reform on."""
        other = settings or self.settings
        if settings is not None and same_start(settings) != same_start(self.settings):
            raise ValueError("a fork shares seed, replicate, place, base and warm-up with the model it leaves")
        return Model(other, seats, self.store.copy(), self.recorder.copy(), self.tick)

    def save(self, path: str | Path) -> Path:
        """Write everything into one file, from which `restore` goes on bit for bit."""
        path = Path(path)
        head = {"version": source_hash(), "tick": self.tick, "settings": self.settings.to_dict()}
        partial = path.with_name(path.name + ".part")
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
            file.writestr("head.json", json.dumps(head, ensure_ascii=False))
            file.writestr("state.npz", self.store.to_bytes())
            buffer = io.BytesIO()
            np.savez(buffer, **self.recorder.arrays())  # type: ignore[arg-type]
            file.writestr("recorder.npz", buffer.getvalue())
        partial.replace(path)
        return path

    def result(self) -> Result:
        """Indicators and series up to now."""
        return Result.of(self)


def install_rules(store: State, settings: Scenario, *, reform: bool) -> None:
    """Write the rule columns of every community: those of the base, or those of the scenario once the reform comes."""
    side = settings if reform else settings.base
    for name, value in compile_rules(side.structure, side.policy, settings.era).items():
        store.columns[name][...] = value


def install_facts(store: State, settings: Scenario) -> None:
    """Facts of the archetype that mechanisms read as columns, and the rows of bodies by type."""
    place = settings.community
    store["community.problem_rate"] = place.problems_per_1000 * 12.0 / WEEKS / 1000.0
    store["community.kind_share"] = [getattr(place.kind_mix, kind.name.lower()) for kind in Kind]
    store["community.reporting"] = place.report_chance
    store["community.own_income"] = place.own_income
    store["community.dividend_share"] = place.own_committed
    kinds.install(store, {n: settings.parameters.get("kinds", {}).get(n, p.value) for n, p in kinds.PARAMS.items()})
    where, types = store["body.community"], store["body.type"]
    store["community.row_of"] = -1
    for c in np.flatnonzero(store["community.full"]):
        rows = np.flatnonzero(where == c)
        store.columns["community.first_body"][c] = rows[0]
        store.columns["community.last_body"][c] = rows[-1] + 1
        for kind in Body:
            of_kind = rows[types[rows] == kind]
            if len(of_kind):
                store.columns["community.row_of"][c, kind] = of_kind[0]


def same_start(settings: Scenario) -> dict[str, Any]:
    """What two scenarios must share to start from the same state."""
    whole = settings.to_dict()
    return {k: whole[k] for k in ("seed", "replicate", "warmup_years", "communities", "span", "era", "community", "base")}


def restore(path: str | Path, seats: Mapping[str, Seat] | None = None) -> Model:
    """The model that `Model.save` wrote. Raises ValueError when it was saved by another version of the model."""
    with zipfile.ZipFile(Path(path)) as file:
        head = json.loads(file.read("head.json"))
        if head["version"] != source_hash():
            raise ValueError(
                f"{path} was saved by model version {head['version']}, this is {source_hash()}; run the scenario again"
            )
        state = State.from_bytes(file.read("state.npz"))
        with np.load(io.BytesIO(file.read("recorder.npz")), allow_pickle=False) as arrays:
            recorder = Recorder.from_arrays({k: arrays[k] for k in arrays.files})
    return Model(Scenario.from_dict(head["settings"]), seats, state, recorder, int(head["tick"]))


def simulate(
    scenario: Scenario,
    seats: Mapping[str, Seat] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Result:
    """Run one scenario to its end."""
    model = Model(scenario, seats)
    return model.run_until(model.last_week, progress).result()


def simulate_arms(scenarios: Sequence[Scenario]) -> list[Result]:
    """Run the arms of one replicate: population and warm-up once, then each arm forked from the same state."""
    trunk = Model(scenarios[0])
    trunk.run_until(trunk.reform_week)
    results = []
    for scenario in scenarios:
        arm = trunk.fork(scenario)
        results.append(arm.run_until(arm.last_week).result())
    return results
