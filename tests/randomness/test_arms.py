"""Common random numbers: arms meet the same people and problems; same seed, same bits, however the run is cut up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from sim.model.simulation import Model, restore, simulate, simulate_arms
from sim.vocabulary.codes import Body, Kind
from tests.laws.worlds import law, worlds
from tests.runs import cases, changed, differing, differing_records, from_the_start, load, run, small

EXOGENOUS = [k for k in Kind if k not in (Kind.REPAIR, Kind.OWNER_FIRM)]  # the others depend on how a building is kept
NATURE = ("uid", "kind", "felt", "severity", "hours_needed", "cost", "implicates", "about_above")


def nature(model: Model, kinds=EXOGENOUS) -> dict[str, np.ndarray]:
    """What the problems of some kinds are, by uid: nothing that anybody could change."""
    case = cases(model)
    mine = np.isin(case["kind"], kinds)
    order = np.argsort(case["uid"][mine])
    found = {n: case[n][mine][order] for n in NATURE}
    found["person"] = model.store["resident.uid"][case["resident"][mine]][order]
    return found


def equal(a: dict[str, np.ndarray], b: dict[str, np.ndarray]) -> bool:
    return set(a) == set(b) and all(np.array_equal(a[n], b[n]) for n in a)


def same(a: Model, b: Model) -> None:
    assert differing(a.store, b.store) == []
    assert differing_records(a, b) == []


@given(worlds())
@law(0.25)
def test_same_seed_same_bits(world):
    same(run(world.scenario), run(world.scenario))


@given(worlds())
@law(0.25)
def test_a_fork_goes_on_as_the_model_would(world):
    middle = world.scenario.weeks // 2 + 3
    model = Model(world.scenario).run_until(middle)
    twin = model.fork()
    assert differing(model.store, twin.store) == []
    twin.run_until(twin.last_week)
    assert model.tick == middle, "a fork leaves the model it came from alone"
    model.run_until(model.last_week)
    same(model, twin)


@given(world=worlds())
@law(0.25)
def test_a_saved_model_goes_on_as_it_would_have(world, tmp_path_factory):
    path = tmp_path_factory.mktemp("saved") / "model.zip"
    model = Model(world.scenario).run_until(world.scenario.weeks // 3 + 1)
    assert model.save(path) == path
    back = restore(path)
    assert back.tick == model.tick and back.settings == model.settings
    assert differing(model.store, back.store) == []
    same(model.run_until(model.last_week), back.run_until(back.last_week))


def test_a_restored_model_gives_the_same_indicators(tmp_path):
    model = Model(small("package=proposed", warmup=1)).run_until(77)
    model.save(tmp_path / "model.zip")
    back = restore(tmp_path / "model.zip")
    one = model.run_until(model.last_week).result().indicators
    other = back.run_until(back.last_week).result().indicators
    assert list(one) == list(other)
    assert np.array_equal(list(one.values()), list(other.values()), equal_nan=True)


def test_a_model_saved_by_another_version_is_refused(tmp_path, monkeypatch):
    Model(small()).run_until(2).save(tmp_path / "model.zip")
    monkeypatch.setattr("sim.model.simulation.MODEL_VERSION", "0123456789ab")
    with pytest.raises(ValueError, match="run the scenario again"):
        restore(tmp_path / "model.zip")


def test_a_model_whose_series_were_recorded_otherwise_is_refused(tmp_path, monkeypatch):
    Model(small()).run_until(2).save(tmp_path / "model.zip")
    monkeypatch.setattr("sim.model.simulation.recording", lambda: "01234567")
    with pytest.raises(ValueError, match="recorded weekly series otherwise"):
        restore(tmp_path / "model.zip")


def test_replicates_and_seeds_differ():
    base = small("community.problems_per_1000=60")
    runs = [run(base.at(replicate=r)) for r in range(3)] + [run(base.at(seed=5))]
    seen = [frozenset(nature(m)["felt"].tolist()) for m in runs]
    assert all(a.isdisjoint(b) for i, a in enumerate(seen) for b in seen[:i])
    assert len({m.store["resident.age"].tobytes() for m in runs}) == len(runs)
    assert len({float(m.store["community.balance"].sum(axis=0)[0]) for m in runs}) == len(runs)


def test_an_arm_that_differs_in_nothing_has_differences_of_exactly_zero():
    base = small("package=grand_2012", warmup=1, years=2)
    other = small("package=proposed", warmup=1, years=2)
    one, middle, two = simulate_arms([base, other, base])
    same(one.model, two.model)
    assert np.array_equal(list(one.indicators.values()), list(two.indicators.values()), equal_nan=True)
    assert all(np.array_equal(one.series[n], two.series[n], equal_nan=True) for n in one.series)
    alone = simulate(base)
    same(alone.model, one.model)
    assert not np.array_equal(list(one.indicators.values()), list(middle.indicators.values()), equal_nan=True)


def test_arms_share_people_and_problems_that_no_policy_touches():
    arms = simulate_arms([
        small(f"package={p}", "community.problems_per_1000=60", warmup=1, years=2)
        for p in ("before_reform", "station_1_2", "flattened", "grand_2012", "proposed", "proposed_boards")
    ])  # fmt: skip
    first = nature(arms[0].model)
    assert len(first["uid"]) > 300
    for arm in arms[1:]:
        assert equal(first, nature(arm.model))
        assert differing(arms[0].model.store, arm.model.store, apart_from=[
            n for n in arm.model.store.columns if not n.startswith(("resident.", "household.", "link.", "tie."))
            or n.split(".")[1] not in ("uid", "age", "stake", "ability", "giving", "income", "start", "other")
        ]) == []  # fmt: skip


def test_arms_thin_the_same_latent_problems_and_never_redraw_them():
    kinds = [Kind.REPAIR, Kind.OWNER_FIRM]
    base = small("community.problems_per_1000=60", "community.firm_share=1", years=2)
    worn, kept = (run(changed(base, {"parameters.population.decay_commercial": d})) for d in (0.8, 0.0))
    more, less = nature(worn, kinds), nature(kept, kinds)
    assert len(more["uid"]) > 1.2 * len(less["uid"])
    shared, a, b = np.intersect1d(more["uid"], less["uid"], return_indices=True)
    assert len(shared) > 0.95 * len(less["uid"]), "what the kept buildings bring the worn ones bring too"
    for name in ("kind", "felt", "severity", "hours_needed"):
        assert np.array_equal(more[name][a], less[name][b]), name
    assert equal(nature(worn), nature(kept))


@pytest.mark.parametrize("residents", [600, 749])
def test_one_more_resident_changes_nobody_elses_problems(residents):
    words = ("community.problems_per_1000=60", "years=2", "package=proposed", "warmup_years=0")
    few, more = (run(load(*words, f"community.residents={n}")) for n in (residents, residents + 1))
    uids = few.store["resident.uid"]
    assert np.array_equal(uids, more.store["resident.uid"][:residents])
    a, b = nature(few), nature(more)
    old = np.isin(b["person"], uids)
    assert equal(a, {n: v[old] for n, v in b.items()})
    assert len(a["uid"]) > 300
    for name in ("age", "stake", "spare", "ability", "temper", "threshold", "giving"):
        assert np.array_equal(few.store[f"resident.{name}"], more.store[f"resident.{name}"][:residents]), name
    for i in range(residents):
        mine = few.store["tie.other"][few.store["link.start"][i] : few.store["link.start"][i + 1]]
        its = more.store["tie.other"][more.store["link.start"][i] : more.store["link.start"][i + 1]]
        assert set(mine.tolist()) == set(its[its < residents].tolist()), i


@pytest.mark.parametrize("more", [
    {"community.units": 5}, {"parameters.population.groups": 6.0}, {"parameters.population.companies": 4.0},
    {"community.staff": 11}, {"communities": 2},
])  # fmt: skip
def test_one_more_body_changes_nobodys_problems(more):
    base = changed(small("community.problems_per_1000=60"), {"community.units": 4})
    a, model = nature(run(base)), run(changed(base, more))
    b = nature(model)
    here = np.isin(b["person"], run(base).store["resident.uid"])
    assert equal(a, {n: v[here] for n, v in b.items()})


@pytest.mark.parametrize("seat", [b.name.lower() for b in Body])
def test_the_default_rule_in_a_seat_gives_the_same_bits(seat):
    from sim.model.bodies.seats import default_rule

    base = changed(
        small("package=proposed_boards", "community.problems_per_1000=60", warmup=1),
        {"parameters.population.first_election": 60.0, "community.firm_share": 0.6,
         "community.owners_committee_share": 0.6, "community.estates": 3},
    )  # fmt: skip
    same(run(base), run(base, seats={seat: default_rule(base, seat)}))


def test_all_default_rules_together_give_the_same_bits():
    from sim.model.bodies.seats import default_rule

    base = from_the_start(small("structure=polycentric", "community.problems_per_1000=60", years=2))
    everybody = {b.name.lower(): default_rule(base, b.name.lower()) for b in Body}
    same(run(base), run(base, seats=everybody))
