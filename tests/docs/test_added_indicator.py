"""An indicator is looked at and never felt: added to the program, it changes no number of a study nor its standing."""

from __future__ import annotations

import pandas as pd
import pytest

from sim.store import open_study
from sim.study.basis import basis
from sim.vocabulary.words import LANGS
from tests.docs.test_howto import ROOT, copy_to, run, steps, write

STUDY = "gongzhi study structures community.residents=200 years=1 warmup_years=1 replicates=2 workers=1 lang=en"
ADDED = "asked_share"  # of the page on indicators


def studied(folder, name, copy):
    """The study, run by the program in the folder or by this one, and the lines that say how it stands."""
    said = run(folder, f"{STUDY} results_dir={folder / name}", copy)
    (stored,) = (folder / name).iterdir()
    return open_study(stored), [line for line in said.splitlines() if "simulated; does not assess" in line]


@pytest.mark.slow
@pytest.mark.skipif(not (ROOT / "docs").is_dir(), reason="needs the source checkout")
def test_an_added_indicator_changes_no_number_of_a_study_and_not_what_it_is_calibrated_to(tmp_path):
    before, said_before = studied(tmp_path, "before", copy=False)
    copy_to(tmp_path)
    assert all(write(tmp_path, say, body) for say, body in steps("indicator") if "dd at the end of" in say)
    after, said_after = studied(tmp_path, "after", copy=True)

    numbers = [name for name in before.runs.columns if not name.startswith("exec_")]
    assert set(after.runs.columns) - set(before.runs.columns) == {ADDED}
    for name in numbers:
        pd.testing.assert_series_equal(after.runs[name], before.runs[name], check_exact=True)
    pd.testing.assert_frame_equal(after.series, before.series, check_exact=True)
    pd.testing.assert_frame_equal(after.tallies, before.tallies, check_exact=True)
    assert said_before and said_after == said_before
    for lang in LANGS:
        assert basis(after.study, lang, after.sampled) == basis(before.study, lang, before.sampled)
    assert after.study["uncertainty"] == before.study["uncertainty"] and after.study["uncertainty"]["sets"]
    assert {n: h for n, h in after.study["definitions"].items() if n != ADDED} == before.study["definitions"]
