"""Findings from made-up runs: the verdict, what moved and what the micro-rule carries are those of the numbers."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from sim.findings.asked import needs
from sim.findings.conduct import BY_PLACE, LIST, PAGES, TABLES, finish
from sim.findings.gather import gather, patterns
from sim.findings.text import page
from sim.scenario.experiments import experiment
from sim.store import Folder

MEMBERS = 10
MAIN = ("welfare", "felt_satisfaction", "trust", "time_median", "share_spoken")


def stored(path: Path, gain: float, without: float) -> Path:
    """A folder of the study y3 in which patches add `gain` to the outreach share, `without` the rule less or more."""
    asked = experiment("y3")
    card = asked.card()
    places = card["design"]["uncertainties"]["community"]
    rng = np.random.default_rng(3)
    names = list(dict.fromkeys([*needs(asked).indicators, *MAIN, "demand_share"]))
    names += [n for n in ("wait_consent", "wait_date", "solved_by_self", "solved_by_market") if n not in names]
    rows = []
    for point in range(len(places)):
        for replicate in range(MEMBERS):
            same = {n: 0.5 + 0.05 * rng.normal() for n in names}
            for arm in card["arms"]:
                adds = {"patches": gain, "patches_strange": without, "patches_strong": gain + 0.06}
                added = adds.get(arm["name"], 0.0)
                own = same | {"admin_share": 0.7, "outreach_share": same["outreach_share"] + added}
                own["hours_initiative"] = same["hours_initiative"] + 10 * added
                rows.append({"run_id": f"{point}{arm['name']}{replicate}", "point": point, "arm": arm["name"],
                             "replicate": replicate, "status": "ok", "message": "", **own})  # fmt: skip
    folder = Folder.create(path, "y3")
    scenario = {"years": 5, "community": {"name": "commercial", "residents": 4000}}
    folder.write_study(
        {
            "name": "y3", "baseline": "none", "model_version": "0123456789ab",
            "points": [{"values": {"community": p}, "label": {"zh": p, "en": p}} for p in places],
            "arms": [{"name": a["name"], "label": a["label"], "scenario": scenario} for a in card["arms"]],
        }
    )  # fmt: skip
    folder.add_part("runs", pa.Table.from_pandas(pd.DataFrame(rows), preserve_index=False))
    return folder.path


@pytest.mark.parametrize(
    ("gain", "without", "verdict", "said"),
    [
        (0.2, 0.0, "supported", "the result hangs on this rule"),
        (0.2, 0.1, "supported", "Without it 50% of the difference is left"),
        (0.0, 0.0, "refuted", "no distinguishable difference to begin with"),
        (-0.2, -0.2, "refuted", "runs against the claim"),
    ],
)
def test_a_page_says_what_the_numbers_say(tmp_path: Path, gain: float, without: float, verdict: str, said: str) -> None:
    (found,) = gather({"y3": stored(tmp_path, gain, without)})
    assert (found.id, found.verdict.verdict, found.members, len(found.places)) == ("Y3", verdict, MEMBERS, 5)
    assert found.verdict.overall.mean == pytest.approx(gain)
    assert [m.indicator for m in found.moved] == (["hours_initiative"] if gain else [])
    assert found.carried.added.mean == pytest.approx(gain - without)
    assert found.why.strong is not None and found.why.strong.mean == pytest.approx(gain + 0.06)
    english, chinese = (page([found], patterns([found]), [], 200, lang) for lang in ("en", "zh"))
    called = f"{verdict} (equivalent to no effect)" if not gain else verdict
    told = "Why so little" if not gain else "What the mechanism did"
    assert told in english and ("which reaches" if gain >= 0.0 else "still falls short of") in english
    assert said in english and f"| Y3 | patch duty prevents office-ism | {called} |" in english
    assert english.count("\n") == chinese.count("\n")
    for text in (english, chinese):
        assert not re.search(r"\bnan\b|: None|\{", text)


def test_what_a_mechanism_touches_is_counted(tmp_path: Path) -> None:
    """Two of twenty hand-overs a year are among the bodies that are named, in each of two runs of the arm."""
    from types import SimpleNamespace

    from sim.analysis.claims import Touched
    from sim.findings.why import _part

    touched = Touched("移交", "hand-overs", "handover", a=("party", "station"))
    rows = [
        {"run_id": run, "arm": arm, "measure": measure, "a": a, "b": "committee", "c": "", "d": "", "value": value}
        for run, arm in (("1", "old"), ("2", "old"), ("3", "new"))
        for measure, a, value in (("handover", "party", 2.0), ("handover", "firm", 18.0), ("payment", "party", 9.0))
    ]
    stored: Any = SimpleNamespace(tallies=pd.DataFrame(rows))
    assert _part(stored, touched, "old") == (touched, 2.0, 0.1)
    assert _part(stored, touched, "nobody") is None


def test_arms_that_are_all_the_same_are_traced(tmp_path: Path) -> None:
    found = gather({"y3": stored(tmp_path, 0.3, 0.3)})
    (pattern,) = patterns(found)
    assert pattern.same and pattern.pair == ("patches", "none")
    text = page(found, [pattern], [], 200, "en")
    assert "**Y3: every arm nearly the same**" in text and "What moves most between the two: Public hours" in text


def test_a_folder_is_judged_again_and_leaves_the_documentation_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(tmp_path, 0.2, 0.0)
    facts = {"name": "hypotheses", "collects": ["y3"], "overrides": ["years=5"]}
    (tmp_path / LIST).write_text(json.dumps(facts), encoding="utf-8")
    monkeypatch.setattr("sim.findings.conduct.PACKAGE", tmp_path / "sim")
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "odd.md").write_text("", encoding="utf-8")
    finish(tmp_path)
    table = pd.read_csv(tmp_path / TABLES["en"])
    assert list(table.columns) == [
        "id", "claim", "verdict", "equivalent", "indicator", "difference", "ci_low", "ci_high", "sesoi", "where",
        "reason",
    ]  # fmt: skip
    assert table.loc[0, ["id", "verdict", "where"]].tolist() == ["Y3", "supported", "all"]
    assert len(pd.read_csv(tmp_path / BY_PLACE)) == 5
    assert "Set on the command line: `years=5`" in (tmp_path / PAGES["en"]).read_text(encoding="utf-8")
    assert sorted(p.name for p in docs.iterdir()) == ["odd.md"]  # not the run as designed
    (tmp_path / LIST).write_text(json.dumps(facts | {"overrides": []}), encoding="utf-8")
    finish(tmp_path)
    assert sorted(p.name for p in docs.iterdir()) == ["findings.md", "findings.zh.md", "odd.md", "pictures"]
    assert sorted(p.name for p in (docs / "pictures").iterdir()) == ["findings.en.png", "findings.zh.png"]


@pytest.mark.slow
def test_from_the_command_line_and_finished_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A collection is run, and what is missing of it is run again with the same settings."""
    from sim.cli.main import main

    for place in ("sim.findings.conduct", "sim.study.cli"):
        monkeypatch.setattr(f"{place}.collects", lambda name: ("y3", "y12") if name == "hypotheses" else ())
    monkeypatch.setattr("sim.findings.conduct.PACKAGE", tmp_path / "sim")
    words = ["community.residents=300", "years=1", "replicates=2", "workers=2", f"results_dir={tmp_path}"]
    assert main(["study", "hypotheses", *words, "dry_run=true"]) == 0
    assert "y12: 6 arms x 2 replicates x 5 points = 60 runs" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())
    assert main(["study", "hypotheses", *words]) == 0
    (folder,) = tmp_path.iterdir()
    before = (folder / TABLES["en"]).read_bytes()
    (gone,) = folder.glob("y12-*")
    shutil.rmtree(gone)
    (folder / TABLES["en"]).unlink()
    assert main(["resume", str(folder), "workers=2"]) == 0
    assert (folder / TABLES["en"]).read_bytes() == before
    assert "Y12" in capsys.readouterr().out
