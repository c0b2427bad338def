"""No two decisions share a draw by accident: a run in plain Python that writes down who drew with which key."""

from __future__ import annotations

import sys
import types
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from sim.engine.effects import NOW, NUMBERS
from sim.engine.kernel import Kernel
from sim.engine.tables import Now, tables
from sim.model.people import population
from sim.model.plan import PLAN, load_all
from sim.model.simulation import Model, model_key
from sim.vocabulary.codes import Purpose
from tests.runs import changed, from_the_start, small

MASK = (1 << 64) - 1
WEEKS = 30  # with an election in week 28
# draws that several places share because they are the same fact of a person; (purpose, week, slot): why
SHARED = {
    (Purpose.VOICE, 0, 0): "how readily a person speaks up, for the first time or again",
    (Purpose.VOICE, 0, 1 << 63): "the other half of that normal number",
    (Purpose.OUTREACH, 0, 0): "whether a person knows who is responsible for the patch",
    (Purpose.OUTREACH, 0, 1): "whether organisations reach a person",
}


def step(state: int, value: int) -> int:
    z = ((state ^ value) + 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


class Diary:
    """Kernels as plain functions, with a `word` that notes who asks."""

    def __init__(self) -> None:
        self.sites: dict[tuple[int, int, int, int], set[str]] = defaultdict(set)
        self.plain: dict[Kernel, types.FunctionType] = {}

    def word(self, key, purpose, stable_id, week, slot):
        frame = sys._getframe(1)
        while Path(frame.f_code.co_filename).parent.name == "randomness":
            frame = frame.f_back
        while frame.f_back is not None and frame.f_code.co_name in HELPERS:
            frame = frame.f_back
        place = f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_name}"
        self.sites[int(purpose), int(stable_id), int(week), int(slot)].add(place)
        state = int(key)
        for value in (int(purpose), int(stable_id), int(week), int(slot)):
            state = step(state, value)
        return np.uint64(state)

    def function(self, item: Kernel):
        """The kernel as a plain function whose callees are plain too."""
        if item not in self.plain:
            source = item.py_func
            if source.__module__ == "sim.engine.randomness.draws" and source.__name__ in ("mix", "word"):
                mix = lambda a, b: np.uint64(step(int(a), int(b)))  # noqa: E731
                self.plain[item] = mix if source.__name__ == "mix" else self.word
                return self.plain[item]
            names = dict(source.__globals__)
            made = types.FunctionType(source.__code__, names, source.__name__, source.__defaults__)
            self.plain[item] = made
            for name in source.__code__.co_names:
                if isinstance(names.get(name), Kernel):
                    names[name] = self.function(names[name])
        return self.plain[item]


HELPERS = {"logistic"}


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_no_two_decisions_share_a_draw(monkeypatch):
    world = from_the_start(changed(
        small("package=proposed_boards", residents=200),
        {"community.problems_per_1000": 120.0, "community.report_chance": 0.6,
         "parameters.population.first_election": 28.0, "community.staff": 8, "span": 2,
         "community.owners_committee_share": 0.5, "community.trust": 0.2, "parameters.elections.stand_level": -2.0},
    ))  # fmt: skip
    model = Model(world)  # compiled, for its rules and facts
    model.step()
    diary = Diary()
    monkeypatch.setattr(Kernel, "compiled", property(diary.function))
    key = model_key(world.seed, world.replicate)
    store = population.build(world, key)
    for name in model.store.columns:
        if name.startswith("rule."):
            store[name] = model.store[name]
    for name in ("problem_rate", "kind_share", "reporting", "own_income", "dividend_share", "row_of", "first_body",
                 "last_body"):  # fmt: skip
        store[f"community.{name}"] = model.store[f"community.{name}"]
    for name in model.store.columns:
        if name.startswith("kind."):
            store[name] = model.store[name]
    registry = load_all()
    (
        store.reserve("case", 2000),
        store.reserve("active", 2000),
        store.reserve("task", 2000),
        store.reserve("journal", 9000),
    )
    stands = tables(store.columns)
    for week in range(WEEKS):
        store.zero_counts()
        for phase in PLAN:
            if not phase.due(week):
                continue
            for day in range(5 if phase.daily else 1):
                for name in phase.mechanisms:
                    item = registry[name]
                    held = {NOW: Now(int(key), week, day), NUMBERS: item.numbers(world.parameters), **stands}
                    diary.function(item.kernel)(*(held[a] for a in item.arguments))
    assert store.used("case") > 100
    assert store["community.elections"][0] == 1 and store["community.replaced"][0] > 0
    found = defaultdict(int)
    for (purpose, _, week, slot), places in diary.sites.items():
        if len(places) > 1 and (purpose, week, slot) not in SHARED:
            found[Purpose(purpose).name, tuple(sorted(places)), week, slot] += 1
    assert dict(found) == {}, "the same key was drawn at several places"
    assert len({p for p, *_ in diary.sites}) > 25, "most purposes were drawn for"
