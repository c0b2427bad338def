"""Runs of decades, and many estates that start equal."""

import shlex
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.cli.main import main
from sim.cli.options import split
from sim.cli.run import OPTIONS
from tests.runs import load

EQUAL = (
    "community.commercial_share=1",
    "community.firm_share=1",
    "community.owners_committee_share=0",
    "parameters.population.estate_sd=0",
    "parameters.population.estate_sigma=0",
    "parameters.population.contract_spread=0",
    "parameters.population.building_size=20",
)


def test_estates_can_start_equal():
    scenario = load("communities=20", "span=20", "community.estates=10", "community.residents=600", *EQUAL,
                    "years=1", "warmup_years=0")  # fmt: skip
    rows = sim.simulate(scenario, detail=("estates",)).detail["estates"].to_pandas()
    start, end = rows[rows["week"] == 0], rows[rows["week"] == 52]
    assert len(start) == 200
    for name in ("fee", "effort", "collection", "decay", "contract_end", "firm", "owners_committee", "commercial"):
        assert start[name].nunique() == 1, name
    assert start["households"].std() < 0.25 * start["households"].mean()
    assert end["collection"].nunique() > 20


def test_half_a_century_runs():
    scenario = load("community.residents=300", "years=50", "warmup_years=1")
    result = sim.simulate(scenario, detail=("estates", "elections"))
    assert len(result.series["felt"]) == 51 * 52
    estates = result.detail["estates"].to_pandas()
    assert estates["year"].max() == 50
    assert len(result.detail["elections"]) >= 16
    decay = estates["decay"].to_numpy()
    assert ((decay >= 0) & (decay <= 1)).all()
    store = result.model.store
    assert all(np.isfinite(values).all() for values in store.columns.values() if values.dtype.kind == "f")


PAGE = Path(__file__).parents[2] / "docs" / "outside_checks.md"


@pytest.mark.skipif(not PAGE.is_file(), reason="needs the source checkout")
def test_commands_of_the_page_are_understood(capsys):
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("gongzhi ")]
    assert len(lines) >= 9
    for line in lines:
        command, *words = shlex.split(line)[1:]
        if command == "run":
            options, rest = split(words)
            assert set(options) <= set(OPTIONS)
            assert sim.load(rest).hash
        else:
            assert main([command, *words, "lang=en"]) == 0
            capsys.readouterr()
