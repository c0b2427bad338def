"""The Mesa model: a clock, the phases of the week, and no more. State stands in columns, behaviour in mechanisms."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import mesa
import numpy as np

from sim.engine.binding import Bound
from sim.engine.randomness import model_key
from sim.engine.state import State
from sim.engine.tables import Now, tables
from sim.identity import MODEL_VERSION
from sim.model.bodies import agents as people
from sim.model.bodies import alternatives
from sim.model.bodies.seats import Seat, fill_seats
from sim.model.cases import kinds
from sim.model.outside import NEVER, cut_posts, expose
from sim.model.people import population
from sim.model.plan import PLAN, load_all
from sim.model.result import Result
from sim.model.work import items
from sim.observe.definitions import recording
from sim.observe.panel import Panel
from sim.observe.recording import Recorder
from sim.scenario import Scenario, compile_rules
from sim.scenario.shocks import Situation, begun, changes, dated, happening, situation
from sim.vocabulary.codes import Body, Kind

WEEKS = 52  # a year
FREE_ROWS = 512  # rows of the journal kept free at the start of a week, per community
FELT_ROWS = 4.0  # rows kept free for cases over the problems expected in a week: candidates are drawn at twice the rate
ITEM_ROWS = 4.0  # the same for items from above: a campaign at its most doubles them
SPARE_ROWS = 64  # and some more, so that no draw of a week of few comes near the end of its table


class Model(mesa.Model):
    """One replicate of one scenario. `tick` is the number of weeks done, `store` the columns.

    `seats` maps a type of body ("party") or one body of it ("firm#2", counted from 1) to a rule that is handed the
    body's typed Observation and returns its typed Decision. `state` is a ready state to start from (fork, restore);
    `panel` keeps what the tables of single things need, `watch` makes one.
    """

    def __init__(
        self,
        settings: Scenario,
        seats: Mapping[str, Seat] | None = None,
        state: State | None = None,
        recorder: Recorder | None = None,
        tick: int = 0,
        panel: Panel | None = None,
    ) -> None:
        super().__init__(rng=settings.seed)
        self.settings = settings
        self.key = model_key(settings.seed, settings.replicate)
        self.reform_week = settings.reform_week
        self.last_week = self.reform_week + settings.years * WEEKS
        if state is None:
            state = population.build(settings, self.key)
            place_bodies(state)
            install_facts(state, situation(settings, tick))
        self.store = state
        self.recorder = recorder if recorder is not None else Recorder(state, self.last_week)
        self.recorder.extend(self.last_week)
        self.tick = tick
        self.seats = fill_seats(state, {**alternatives.chosen(settings), **(seats or {})})
        self.panel = panel
        self._dates = changes(settings)
        self._parameters = situation(settings, tick).parameters
        self._people: people.Population | None = None
        self.datacollector = mesa.DataCollector(model_reporters=people.REPORTERS)
        self._now = Now(int(self.key), tick)
        self._tables = tables(self.store.columns)
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
        return list(super().agent_types)

    def _populate(self) -> None:
        if self._people is None:
            self._people = people.Population(self)

    # --- the clock

    def step(self) -> None:
        """One week."""
        week = self.tick
        if week in self._dates:
            self._install(week)
        store, now = self.store, self._now
        store.zero_counts()
        if week in self._dates:
            happen(store, self.settings, week)
        if self._reserve():
            for table in self._tables.values():
                table.refresh(store.columns)
        for phase, bound in self._bound:
            if not phase.due(week) or (phase.when and not store.columns[phase.when].any()):
                continue
            for day in range(5 if phase.daily else 1):
                now.set(week, day)
                for run, sitting in bound:
                    run()
                    for seat in sitting:
                        seat.decide(store, week)
        self.recorder.record(store, week)
        self.tick = week + 1
        if self.panel is not None:
            self.panel.look(store, self.tick)
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

    def watch(self, detail: Sequence[str]) -> Model:
        """Keep from now on what the tables of these elements need (see sim.observe.detail); returns the model."""
        self.panel = Panel(self.store, detail, self.reform_week, self.tick)
        return self

    def _install(self, week: int) -> None:
        """Write what holds from this week on: rules of the base or the reform, and what events put in their place."""
        now = situation(self.settings, week)
        install_rules(self.store, now, self.settings)
        if self.settings.shock.events:
            install_facts(self.store, now)
        if now.parameters != self._parameters:
            self._parameters = now.parameters
            self._bind()
        if week == self.reform_week:
            self.recorder.mark(self.store)

    def _reserve(self) -> bool:
        store = self.store
        full = int(store["community.full"].sum())
        rate = FELT_ROWS * float(store["community.problem_rate"].max())
        felt = SPARE_ROWS + int(store.rows["resident"] * min(1.0, rate))
        sent = SPARE_ROWS + ITEM_ROWS * self._items * float(store["community.task_weight"].max())
        moved = store.reserve("case", felt)
        moved |= store.reserve("active", felt)
        moved |= store.reserve("task", int(full * sent))
        paid = store.used("active") + 2 * store.used("task")  # a case may be paid for, a finished item from two purses
        moved |= store.reserve("journal", int(full * (FREE_ROWS + sent)) + paid)
        return moved

    def _bind(self) -> None:
        registry, parameters = load_all(), self._parameters
        self._items = items.expected(self.store, parameters.get("items", {}))
        self._bound = []
        self._held: list[Any] = []  # numbers live as long as what points to them
        for phase in PLAN:
            calls = []
            for name in phase.mechanisms:
                call = Bound(registry[name], self._tables, self._now, parameters)
                sitting = [s for s in self.seats if name == f"{s.module}.decide"]
                calls.append((call.run, sitting))
                self._held.append(call)
            self._bound.append((phase, calls))

    # --- copies

    def fork(self, settings: Scenario | None = None, seats: Mapping[str, Seat] | None = None) -> Model:
        """An independent copy that goes on from here, under other settings from the reform on."""
        other = settings or self.settings
        if settings is not None:
            check_start(self.settings, settings, self.tick)
        panel = self.panel.copy() if self.panel is not None else None
        return Model(other, seats, self.store.copy(), self.recorder.copy(), self.tick, panel)

    def save(self, path: str | Path) -> Path:
        """Write everything into one file, from which `restore` goes on bit for bit."""
        path = Path(path)
        about = {"version": MODEL_VERSION, "recorded": recording(), "tick": self.tick}
        head = {**about, "settings": self.settings.to_dict()}
        partial = path.with_name(path.name + ".part")
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
            file.writestr("head.json", json.dumps(head, ensure_ascii=False))
            file.writestr("state.npz", self.store.to_bytes())
            kept = {"recorder": self.recorder.arrays()}
            if self.panel is not None:
                kept["panel"] = self.panel.arrays()
            for name, arrays in kept.items():
                buffer = io.BytesIO()
                np.savez(buffer, **arrays)  # type: ignore[arg-type]
                file.writestr(f"{name}.npz", buffer.getvalue())
        partial.replace(path)
        return path

    def result(self) -> Result:
        """Indicators and series up to now."""
        return Result.of(self)


def install_rules(store: State, now: Situation, settings: Scenario) -> None:
    """Write the rule columns of every community."""
    for name, value in compile_rules(now.structure, now.policy, settings.era).items():
        store.columns[name][...] = value


def install_facts(store: State, now: Situation) -> None:
    """Facts of the archetype and numbers of the kinds of problems, which mechanisms read as columns."""
    for c, place in enumerate(now.places):
        share = np.array([getattr(place.kind_mix, kind.name.lower()) for kind in Kind])
        felt = share * now.demand
        more = float(felt.sum() / share.sum())
        for name, value in (
            ("problem_rate", place.problems_per_1000 * more * 12.0 / WEEKS / 1000.0),
            ("kind_share", felt / more if more > 0.0 else share),
            ("reporting", place.report_chance),
            ("own_income", place.own_income),
            ("dividend_share", place.own_committed),
        ):
            store.columns[f"community.{name}"][c] = value
    kinds.install(store, {n: now.parameters.get("kinds", {}).get(n, p.value) for n, p in kinds.PARAMS.items()})


def happen(store: State, settings: Scenario, week: int) -> None:
    """What comes from outside in this week alone."""
    for d in happening(settings, week):
        if d.event.key == "staff.cut":
            cuts = [e for e in dated(settings) if e.event.key == "staff.cut" and e.number != d.number]
            gone = tuple(NEVER if e.until is None else e.until for e in cuts if e.holds(week))
            cut_posts(store, int(d.event.value), d.until, gone)
        else:
            expose(store, week)


def place_bodies(store: State) -> None:
    """The rows of bodies by community and type."""
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


def same_start(settings: Scenario, week: int) -> dict[str, Any]:
    """What two scenarios must share to go on from one state that was simulated up to a week."""
    place = ("communities", "span", "era", "community", "items", "items_hash")
    shared = ("seed", "replicate", "warmup_years", "base", "rules", *place)
    written = {m: settings.parameters[m] for m in ("population", "kinds")}  # numbers that stand in the state
    return {"events": begun(settings, week), "numbers": written} | {k: getattr(settings, k) for k in shared}


def check_start(first: Scenario, other: Scenario, week: int) -> None:
    """Raise ValueError unless one state, simulated up to a week, can be gone on from under both scenarios."""
    mine, its = same_start(first, week), same_start(other, week)
    if mine["events"] != its["events"]:
        raise ValueError(
            f"scenarios that go on from one state in week {week} must share all events before it; "
            f"the shocks {first.shock.name} and {other.shock.name} differ there"
        )
    if mine != its:
        raise ValueError("a fork shares seed, replicate, place, items, base and warm-up with the model it leaves")


def restore(path: str | Path, seats: Mapping[str, Seat] | None = None) -> Model:
    """The model that `Model.save` wrote. Raises ValueError when it was saved by another version of the model."""
    with zipfile.ZipFile(Path(path)) as file:
        head = json.loads(file.read("head.json"))
        if head["version"] != MODEL_VERSION:
            raise ValueError(
                f"{path} was saved by model version {head['version']}, this is {MODEL_VERSION}; run the scenario again"
            )
        if head["recorded"] != recording():
            raise ValueError(
                f"{path} was saved by a program that recorded weekly series otherwise; run the scenario again"
            )
        state = State.from_bytes(file.read("state.npz"))
        kept = {}
        for name in ("recorder", "panel"):
            if f"{name}.npz" in file.namelist():
                with np.load(io.BytesIO(file.read(f"{name}.npz")), allow_pickle=False) as arrays:
                    kept[name] = {k: arrays[k] for k in arrays.files}
    recorder = Recorder.from_arrays(kept["recorder"])
    panel = Panel.from_arrays(kept["panel"]) if "panel" in kept else None
    return Model(Scenario.from_dict(head["settings"]), seats, state, recorder, int(head["tick"]), panel)


def simulate(
    scenario: Scenario,
    seats: Mapping[str, Seat] | None = None,
    progress: Callable[[int, int], None] | None = None,
    detail: Sequence[str] = (),
) -> Result:
    """Run one scenario to its end. `detail` names tables of single things to keep, such as ("cases", "estates")."""
    model = Model(scenario, seats)
    if detail:
        model.watch(detail)
    return model.run_until(model.last_week, progress).result()


def simulate_arms(scenarios: Sequence[Scenario]) -> list[Result]:
    """Run the arms of one replicate: population and warm-up once, then each arm forked from the same state.

    Raises ValueError when the arms do not share all that the warm-up depends on, events before the reform included.
    """
    for scenario in scenarios[1:]:
        check_start(scenarios[0], scenario, scenarios[0].reform_week)
    trunk = Model(scenarios[0])
    trunk.run_until(trunk.reform_week)
    results = []
    for scenario in scenarios:
        arm = trunk.fork(scenario)
        results.append(arm.run_until(arm.last_week).result())
    return results
