"""Shares and probabilities lie between zero and one, counts are not negative, and nothing is not a number."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given

from sim.model.bodies.seats import decision, observation
from sim.model.simulation import Model
from sim.observe.indicators import compute, indicator_of
from sim.observe.run import Run
from sim.vocabulary.codes import Body, File, Pay, TaskState, Truth
from sim.vocabulary.columns import AXES, COLUMNS
from tests.laws.worlds import law, worlds
from tests.runs import watch

UNSET = {"case.satisfaction"}  # -1 until there is one
SIGNED_UNITS = {"1/year", "body", "code", "row", "week", "working day", "mixed"}
SIGNED = {"case.priority", "case.refusals", "community.balance", "body.margin", "community.score", *UNSET}
CODES = {"case.file": File, "case.truth": Truth, "task.state": TaskState, "body.type": Body}
FLOATING = 1e-9  # a sum of rounded numbers may miss a bound by this much


def columns_in_range(model: Model) -> None:
    """By unit, as the registry of columns declares it."""
    store = model.store
    for name, column in COLUMNS.items():
        values = store[name][: store.used(column.table)]
        if values.dtype.kind == "f":
            assert np.isfinite(values).all(), f"{name} is not a number"
        if not values.size:
            continue
        if column.unit == "flag":
            assert np.isin(values, (0, 1)).all(), name
        elif column.unit == "share":
            low = -1.0 if name in UNSET else 0.0
            assert values.min() >= low and values.max() <= 1.0 + FLOATING, (name, values.min(), values.max())
        elif column.unit not in SIGNED_UNITS and name not in SIGNED and values.dtype.kind != "u":
            assert values.min() >= -FLOATING, (name, values.min())
        if name in CODES:
            assert np.isin(values, list(CODES[name])).all(), name


def rows_exist(model: Model) -> None:
    """A row that a column names is a row of its table, or -1."""
    store = model.store
    target = {"community": "community", "estate": "estate", "building": "building", "household": "household",
              "resident": "resident", "body": "body", "owner": "body", "next": "body", "performer": "body",
              "second": "body", "firm": "body", "committee": "body", "chair": "body", "decider": "body",
              "item": "item", "other": "resident"}  # fmt: skip
    for name, column in COLUMNS.items():
        short = name.split(".")[1]
        if column.unit in ("row", "body") and short in target and not column.axes:
            values = store[name][: store.used(column.table)]
            if values.size:
                assert values.min() >= -1 and values.max() < store.rows[target[short]], name


def decisions_in_range(model: Model) -> None:
    """What a body knows is made of numbers, and what it decides it might decide."""
    for row in range(model.store.rows["body"]):
        assert all(math.isfinite(v) for v in observation(model.store, row).vector())
        decision(model.store, row)  # raises when a value lies outside its declared range


@given(worlds())
@law(1.5)
def test_every_column_lies_in_the_range_of_its_unit(world):
    watch(world.scenario, columns_in_range)


@given(worlds())
@law(0.5)
def test_every_row_named_exists(world):
    watch(world.scenario, rows_exist)


@given(worlds())
@law(0.5)
def test_decisions_lie_in_their_ranges(world):
    watch(world.scenario, decisions_in_range)


@given(worlds())
@law()
def test_indicators_lie_in_their_ranges(world):
    model = watch(world.scenario, lambda _: None)
    found = compute(Run.of(model.recorder, model.store, model.settings, model.settings.parameters.get("prices", {})))
    for name, value in found.items():
        item = indicator_of(name)
        assert math.isnan(value) or item.low - FLOATING <= value <= item.high + FLOATING, (name, value)


def test_axes_are_those_of_the_codes():
    assert AXES["pay"] == len(Pay) and AXES["type"] == len(Body)
