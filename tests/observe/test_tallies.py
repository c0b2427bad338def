"""Tallies: nothing is lost or counted twice, and they say what the indicators say."""

import math

import numpy as np
import pandas as pd
import pytest
from synthetic import random_state, recorded

from sim.observe.indicators import INDICATORS, compute
from sim.observe.run import Run
from sim.observe.tallies import COLUMNS, DAYS, KEYS, MEASURES, STANDINGS, tallies
from sim.vocabulary.codes import Account


@pytest.fixture(scope="module", params=range(3))
def made(request: pytest.FixtureRequest) -> tuple[Run, pd.DataFrame]:
    run = recorded(random_state(request.param))[1]
    return run, pd.DataFrame(tallies(run))


def test_every_row_is_declared_and_stands_once(made: tuple[Run, pd.DataFrame]) -> None:
    _, rows = made
    assert list(rows) == list(COLUMNS)
    assert set(rows["measure"]) == set(MEASURES)
    assert not rows.drop(columns="value").duplicated().any()
    for measure, (_, _, keys) in MEASURES.items():
        part = rows[rows["measure"] == measure]
        for key, what in zip(KEYS, keys, strict=True):
            assert ((part[key] != "") == bool(what)).all(), (measure, key)


def test_every_felt_problem_stands_in_one_place(made: tuple[Run, pd.DataFrame]) -> None:
    run, rows = made
    cases = rows[rows["measure"] == "case"]
    assert cases["value"].sum() == pytest.approx(INDICATORS["felt_problems"].function(run))
    assert set(cases["d"]) <= set(STANDINGS)
    spoken = cases.loc[cases["a"] != "unspoken", "value"].sum() / cases["value"].sum()
    assert spoken == pytest.approx(compute(run)["share_spoken"])
    solved = cases.loc[cases["d"].isin(["solved", "solved_privately"]), "value"].sum()
    assert solved == pytest.approx(run.per_thousand(float(run.solved.sum())))


def test_every_yuan_and_hand_over_is_there(made: tuple[Run, pd.DataFrame]) -> None:
    run, rows = made
    for measure, whole in (("payment", run.flow.sum()), ("handover", run.handovers.sum())):
        part = rows[rows["measure"] == measure]
        assert part["value"].sum() == pytest.approx(run.per_thousand_since(float(whole)))
    paid = rows[(rows["measure"] == "payment") & (rows["a"] == "fiscal")]
    assert paid["value"].sum() == pytest.approx(run.per_thousand_since(float(run.flow[Account.FISCAL].sum())))


def test_curves_fall_from_one_and_agree_with_the_median(made: tuple[Run, pd.DataFrame]) -> None:
    run, rows = made
    for record, part in rows[rows["measure"] == "closing"].groupby("a"):
        assert list(part["at"]) == list(DAYS)
        assert (np.diff(part["value"]) <= 1e-12).all() and part["value"].between(0, 1).all()
        if record == "residents":
            median = run.survival.quantile(0.5, math.inf)
            assert ((part["value"] <= 0.5) == (part["at"] >= median)).all()


def test_groups_of_one_question_share_nobody(made: tuple[Run, pd.DataFrame]) -> None:
    run, rows = made
    part = rows[rows["measure"] == "group"].pivot(index="a", columns="b", values="value")
    for question in (("owner", "tenant"), ("local", "migrant"), ("young", "middle", "old")):
        assert part.loc[list(question), "persons"].sum() == run.residents
        assert part.loc[list(question), "felt"].sum() == pytest.approx(run.per_thousand(float(len(run.rows))))
    assert part.loc["migrant", "welfare"] == pytest.approx(compute(run)["welfare_migrants"], nan_ok=True)
