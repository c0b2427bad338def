"""What overturns a finding, on made-up points: the number that does is named, with its range; luck is not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.analysis.claims import Runs, more
from sim.findings.assumptions import main, of_claim, piece
from sim.findings.overturn import _one, asked, study_file, table
from sim.study.show import Silent

POINTS, NUMBERS = 160, 300
EFFECT = more(Runs.sketch(["any"]).of("x"), "new", "old", by=0.5)


def drawn() -> pd.DataFrame:
    rng = np.random.default_rng(11)
    return pd.DataFrame(rng.random((POINTS, NUMBERS)), columns=[f"parameters.m.p{k}" for k in range(NUMBERS)])


def test_the_number_on_which_the_effect_hangs_is_named_with_its_range() -> None:
    numbers = drawn()
    effect = np.where(numbers["parameters.m.p7"] > 0.8, 1.0, 0.0) + 0.01 * np.random.default_rng(2).normal(size=POINTS)
    found = _one("Y0", EFFECT, pd.Series(effect, index=numbers.index), numbers)
    assert found.holds == pytest.approx(float((numbers["parameters.m.p7"] > 0.8).mean()))
    first = found.rows[0]
    assert first["factor"] == "parameters.m.p7" and first["p_holm"] < 1e-4
    assert first["box_low"] == pytest.approx(0.8, abs=0.05) and first["box_density"] > 0.9
    rows = table([found])
    assert rows.loc[0, "id"] == "Y0" and rows.loc[0, "factor"] == "parameters.m.p7"


def test_of_three_hundred_numbers_none_is_named_by_luck() -> None:
    numbers = drawn()
    effect = pd.Series(np.random.default_rng(3).normal(size=POINTS), index=numbers.index)
    assert all(row["p_holm"] > 0.05 for row in _one("Y0", EFFECT, effect, numbers).rows)
    nothing = _one("Y0", EFFECT, effect * 0.0, numbers)  # nothing differs anywhere
    assert nothing.holds == 0.0 and all(row["rho"] == 0.0 for row in nothing.rows)


def test_the_study_of_a_claim_has_its_two_arms_and_all_numbers() -> None:
    stated = study_file("y4", 32, 300, 1)
    assert [a["name"] for a in stated["arms"]] == ["c00", "c40"] and stated["baseline"] == "c00"
    assert set(stated["design"]["uncertainties"]) == {"parameters.*", "community"}
    assert "community.residents=300" in stated["common"] and "years=1" in stated["common"]
    assert asked("y6") == []  # it compares archetypes, which a point has one of


def test_a_setting_that_is_none_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["points=3"]) == 2
    assert "'points=3' is no setting here" in capsys.readouterr().err
    assert main(["workers=x"]) == 2
    assert "workers is 'x'; it must be a whole number" in capsys.readouterr().err


@pytest.mark.slow
def test_runs_of_another_design_are_not_taken_for_those_asked_for(tmp_path: Path) -> None:
    first = piece(of_claim("y4", tmp_path, 2, 300, 1), tmp_path, 1, Silent())
    assert len(first.runs) == 4
    assert piece(of_claim("y4", tmp_path, 2, 300, 1), tmp_path, 1, Silent()).path == first.path
    more = piece(of_claim("y4", tmp_path, 3, 300, 1), tmp_path, 1, Silent())
    assert more.path != first.path and len(more.runs) == 6
    assert piece(of_claim("y4", tmp_path, 3, 320, 1), tmp_path, 1, Silent()).path not in (first.path, more.path)
