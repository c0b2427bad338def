"""What an outsider needs to try a pattern: the tables hold what happened, and each key does what its name says."""

import runpy
import sys
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.model.bodies.owners import Dec as OwnersDec
from sim.model.bodies.owners import Obs as OwnersObs
from sim.model.estates import contract
from sim.model.money import dues
from sim.model.simulation import Model
from sim.observe.detail import ACTS
from sim.vocabulary.codes import Body
from tests.estates.world import build, call
from tests.runs import load, run, small

SCRIPT = Path(__file__).parents[2] / "scripts" / "outside_patterns"
NEW = ("parameters.problems.exposure=0", "parameters.speaking.readiness=0", "parameters.patience.persistence=0")
LIVELY = ("community.problems_per_1000=150", "community.report_chance=0.6", "package=station_1_2")


@pytest.fixture(scope="module")
def told():
    return sim.simulate(small(*LIVELY, residents=400, years=2), detail=("requests", "cases", "communities"))


def test_requests_add_up_to_what_the_cases_count(told):
    rows, cases = told.detail["requests"].to_pandas(), told.detail["cases"].to_pandas().set_index("uid")
    n = rows.groupby(["case", "act"], observed=True).size().unstack(fill_value=0)
    n = n.reindex(cases.index, fill_value=0).reindex(columns=list(ACTS), fill_value=0)
    assert np.array_equal(n["spoken"], cases["spoken"].notna())
    for act, name in (("repeat", "repeats"), ("petition", "petitions"), ("skip", "skips"), ("court", "court")):
        assert np.array_equal(n[act], cases[name]), act
    assert n["repeat"].sum() > 5 and n["petition"].sum() > 0
    first = rows[rows["act"] == "spoken"].set_index("case")["week"]
    assert (first - 1 == cases.loc[first.index, "spoken"] // 5).all()


def test_requests_go_on_after_saving(told, tmp_path):
    scenario = small(*LIVELY, residents=400, years=2)
    model = Model(scenario).watch(("requests",)).run_until(50)
    model.save(tmp_path / "half.zip")
    rest = sim.restore(tmp_path / "half.zip").run_until(104).result()
    assert rest.detail["requests"].to_pandas().equals(told.detail["requests"].to_pandas())


def test_every_community_of_the_span_has_a_row_a_year(told):
    rows = told.detail["communities"].to_pandas()
    assert list(rows.groupby("year")["community"].count()) == [8, 8]
    assert rows.groupby("year")["attention"].sum().to_numpy() == pytest.approx(1.0, abs=1e-6)
    assert rows["full"].sum() == 2 and (rows[~rows["full"]]["delivered"] > 0).all()


def dispersion(*words):
    state = run(small(*LIVELY, *words, residents=1500, years=2)).store
    adults = state["resident.adult"] != 0
    felt = np.bincount(state.table("case")["resident"], minlength=len(adults))[adults]
    return felt.var() / felt.mean()


def test_problems_and_requests_fall_on_a_few_unless_persons_are_alike():
    assert dispersion() > 1.15
    assert 0.85 < dispersion(*NEW) < 1.1


def test_exposure_leaves_the_number_of_problems_nearly_as_it_was():
    with_it, without = (run(small(*LIVELY, w, residents=1500, years=2)).store.used("case")
                        for w in ("parameters.problems.exposure=0.6", "parameters.problems.exposure=0"))  # fmt: skip
    assert abs(with_it / without - 1.0) < 0.06


def share_spoken(high, *words):
    """Share spoken on what concerns the place, of persons with high or low stake."""
    state = run(small(*LIVELY, *words, "policy.channels.open=[desk,hotline]", residents=1500, years=2)).store
    case = state.table("case")
    stakes = state["resident.stake"][case["resident"]]
    mine = (case["kind"] >= 3) & (case["found_by"] == 0) & ((stakes > 0.45) if high else (stakes < 0.33))
    return (case["spoken"][mine] >= 0).mean()


def test_a_stake_makes_people_speak_on_what_concerns_the_place():
    steep = "parameters.speaking.stake=2.5"
    flat = "parameters.speaking.stake=0"
    assert share_spoken(True, steep) - share_spoken(False, steep) > share_spoken(True, flat) - share_spoken(False, flat)


def voters(weight):
    words = (f"parameters.voting.habit={weight}", "policy.elections.mode=personal")
    model = Model(small(*words, residents=500, years=7, warmup=0))
    seen = []
    while model.tick < model.last_week:
        model.step()
        if model.store["community.ballot"].any():
            seen.append(model.store["resident.voted"].copy())
    return seen


def test_who_went_goes_again_only_out_of_habit():
    strong, none = voters(2.0), voters(0.0)
    assert len(strong) == len(none) == 2
    assert np.array_equal(strong[0], none[0])  # nobody has a habit before the first vote
    assert (strong[0] == strong[1]).mean() > (none[0] == none[1]).mean() + 0.05


def test_both_sides_of_a_contract_remember_what_the_other_delivered():
    s = build(committee=True)
    owners, firm = int(s["estate.committee"][0]), int(s["estate.firm"][0])
    s["body.relation"] = 0.5
    s["body.obs"][owners, OwnersObs.SERVICE], s["body.dec"][owners, OwnersDec.BARGAIN] = 0.3, 0.6
    s["estate.collection"] = 0.9
    call(s, dues.step, 12, weight=0.2)
    assert s["body.relation"][owners, Body.FIRM] == pytest.approx(0.5)
    assert s["body.relation"][firm, Body.OWNERS] == pytest.approx(0.5 + 0.2 * 0.4)
    s["body.obs"][owners, OwnersObs.SERVICE] = 0.9  # more than was demanded is no more than all of it
    call(s, dues.step, 25, weight=0.2)
    assert s["body.relation"][owners, Body.FIRM] == pytest.approx(0.5 + 0.2 * 0.5)


def test_a_new_firm_begins_with_no_past():
    s = build(committee=True)
    owners, firm = int(s["estate.committee"][0]), int(s["estate.firm"][0])
    s["body.relation"] = 0.1
    s["body.alive"][firm], s["estate.firm"][0] = 0, -1
    s["body.obs"][firm, 14], s["body.dec"][firm, 2] = 0.0, 1.0
    call(s, contract.step, 52)
    assert s["body.alive"][firm] == 1
    assert (s["body.relation"][firm] == contract.UNKNOWN).all()
    assert s["body.relation"][owners, Body.FIRM] == contract.UNKNOWN


@pytest.mark.skipif(not SCRIPT.is_dir(), reason="needs the source checkout")
def test_the_script_knows_its_patterns(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["outside_patterns", "P99"])
    with pytest.raises(SystemExit) as left:
        runpy.run_path(str(SCRIPT), run_name="__main__")
    assert left.value.code == 2
    assert "there is no pattern 'P99'; it can be P01" in capsys.readouterr().err
    for name in ("asking", "of_residents", "of_bodies"):
        sys.modules.pop(name, None)


def test_ten_years_load():
    assert load("years=10", "communities=20", "span=20", "community.estates=10").years == 10
