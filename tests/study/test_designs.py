"""Designs: points are drawn as asked, change what they say in every arm alike, and survive storing."""

from __future__ import annotations

import itertools
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from test_arms import ARMS, FREE, load

from sim.scenario import ScenarioError
from sim.scenario.arms import ArmSpec
from sim.scenario.catalogue import Catalogue
from sim.scenario.comparison import Design, Factor, Study, merged
from sim.scenario.compose import compose, parse, resolve
from sim.scenario.design import at, draw, levels, only
from sim.scenario.dotted import differences
from sim.scenario.fractional import rows
from sim.scenario.load import base_overrides, build
from sim.scenario.points import StudySetting, design_of
from sim.study import Plan

X, Y = Factor(key="x", low=0.0, high=10.0), Factor(key="y", values=("a", "b", "c"))
WHOLE = Factor(key="n", low=2.0, high=4.0, whole=True)


def design(kind: str, *factors: Factor, size: int = 8, seed: int = 0, **more: Any) -> Design:
    return Design(kind=kind, factors=factors, size=size, seed=seed, **more)  # type: ignore[arg-type]


def test_grids_and_one_at_a_time() -> None:
    assert draw(design("grid", X, Y)) == [{"x": x, "y": y} for x in (0.0, 10.0) for y in "abc"]
    assert draw(design("oat", X, Y)) == [{}, {"x": 0.0}, {"x": 10.0}, {"y": "a"}, {"y": "b"}, {"y": "c"}]
    assert len(draw(design("factorial", X, WHOLE))) == 4
    assert levels(WHOLE) == (2, 4)


@pytest.mark.parametrize("kind", ["lhs", "sobol"])
def test_a_sample_fills_the_ranges_and_repeats(kind: str) -> None:
    points = draw(design(kind, X, Y, WHOLE, size=16))
    assert points == draw(design(kind, X, Y, WHOLE, size=16)) != draw(design(kind, X, Y, WHOLE, size=16, seed=1))
    xs = sorted(p["x"] for p in points)
    assert all(0.625 * k <= x <= 0.625 * (k + 1) for k, x in enumerate(xs)), "one point in each sixteenth"
    assert {p["y"] for p in points} == set("abc") and {p["n"] for p in points} == {2, 3, 4}


def test_the_ends_of_a_factor_are_reached() -> None:
    assert [at(X, u) for u in (0.0, 0.5, 1.0)] == [0.0, 5.0, 10.0]
    assert [at(Y, u) for u in (0.0, 0.34, 1.0)] == ["a", "b", "c"]
    assert [at(WHOLE, u) for u in (0.0, 0.5, 1.0)] == [2, 3, 4]


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (design("sobol", X, size=10), "powers of two"),
        (design("factorial", Y), "has 3"),
        (design("grid"), ""),
        (design("grid", *[Factor(key=f"x{k}", low=0.0, high=1.0) for k in range(20)]), "at most"),
    ],
)
def test_a_design_that_cannot_be_drawn_says_so(made: Design, words: str) -> None:
    if not words:
        assert draw(made) == [{}]
        return
    with pytest.raises(ScenarioError, match=words):
        draw(made)


# runs of the smallest fraction: Box, Hunter & Hunter (2005), table 6.22; NIST handbook 5.3.3.4.7 for more factors
PUBLISHED = {
    (3, 3): 4, (5, 3): 8, (7, 3): 8, (15, 3): 16, (4, 4): 8, (6, 4): 16, (8, 4): 16, (9, 4): 32, (11, 4): 32,
    (5, 5): 16, (6, 5): 32, (8, 5): 64, (10, 5): 128, (11, 5): 128,
}  # fmt: skip


@pytest.mark.parametrize(("factors", "resolution"), PUBLISHED)
def test_a_fraction_is_as_small_as_published_and_as_clear_as_it_says(factors: int, resolution: int) -> None:
    found = np.array(rows(factors, resolution)) * 2 - 1
    assert len(found) == PUBLISHED[factors, resolution] and len(np.unique(found, axis=0)) == len(found)
    for size in range(1, resolution):
        for some in itertools.combinations(range(factors), size):
            assert found[:, some].prod(axis=1).sum() == 0, f"the product of {some} is not balanced"


def test_some_of_the_factors_are_named() -> None:
    assert only([X, Y, WHOLE], "[n,x]") == [WHOLE, X]
    for text, words in (("[z]", "names z, which the study does not vary"), ("[]", "names no key")):
        with pytest.raises(ScenarioError, match=words):
            only([X, Y], text)


def test_a_fractional_design_visits_its_levels() -> None:
    more = [Factor(key="a", values=(1, 2)), Factor(key="b", values=("p", "q")), Factor(key="c", low=0.0, high=1.0)]
    factors = [X, WHOLE, *more]
    points = draw(design("fractional", *factors, resolution=5))
    assert len(points) == 16 and {p["b"] for p in points} == {"p", "q"} and {p["x"] for p in points} == {0.0, 10.0}
    with pytest.raises(ScenarioError, match="two values"):
        draw(design("fractional", X, WHOLE, Y))
    with pytest.raises(ScenarioError, match="3 to 20 factors"):
        draw(design("fractional", X, WHOLE))


def test_points_keep_to_their_constraints() -> None:
    few = draw(design("grid", X, Y, constraints=("x > 5 or y == 'a'",)))
    assert few == [{"x": 0.0, "y": "a"}, *({"x": 10.0, "y": y} for y in "abc")]
    one = draw(design("oat", X, Y, constraints=("not (x < 5 and y == 'b')",)), stated={"x": 1.0, "y": "a"})
    assert {"y": "b"} not in one and {"y": "c"} in one and len(one) == 5
    for kind in ("lhs", "sobol"):
        sample = draw(design(kind, X, WHOLE, size=16, constraints=("x <= 2 * n - 1",)))
        assert len(sample) == 16 and all(p["x"] <= 2 * p["n"] - 1 for p in sample)


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("grid", "z < 3", "names z, which is not varied"),
        ("grid", "x <", "cannot be read"),
        ("grid", "__import__('os')", "not varied"),
        ("grid", "(lambda: 1)()", "names lambda"),
        ("grid", "[x][0]", "cannot be read"),
        ("grid", "x < y", "makes no sense"),
        ("grid", "x < 0", "no point"),
        ("lhs", "x < 0", "fewer than one of 64"),
        ("morris", "x < 5", "balanced only with all its points"),
    ],
)
def test_a_constraint_that_makes_no_sense_is_named(kind: str, text: str, words: str) -> None:
    with pytest.raises(ScenarioError, match=words):
        draw(design(kind, X, Y, constraints=(text,)))


def test_rules_of_bodies_and_words_of_keys_are_factors(tmp_path: Path) -> None:
    spec = {
        "uncertainties": {"rules.firm": None, "rules.committee": ["usual", "candid"]},
        "constraints": ["rules.firm == 'usual' or rules.committee == 'usual'"],
    }
    study = load(tmp_path, design=spec)
    found = [tuple(p.values.values()) for p in study.points]
    assert found == [("usual", "usual"), ("usual", "candid"), ("least_effort", "usual"), ("full_effort", "usual")]
    assert all(s.rules.firm == "least_effort" for s in study.scenarios(2))


def test_levers_are_constrained_and_cut_to_a_fraction(tmp_path: Path) -> None:
    levers = {
        "policy/gate": ["none", "full_district"],
        "policy/desks": ["by_line", "pooled"],
        "money": {"little": ["policy.money.extra_posts=0"], "more": ["policy.money.extra_posts=1"]},
    }
    spec: dict[str, Any] = {"kind": "factorial", "factors": levers}
    constraints = ["policy/gate != 'none' or money == 'little'"]
    study = load(tmp_path, arms=[], baseline=None, design={"levers": {**spec, "constraints": constraints}})
    assert len(study.arms) == 6
    assert not any(a.name.startswith("gate_none") and a.name.endswith("more") for a in study.arms)
    half = load(tmp_path, arms=[], baseline=None, design={"levers": {**spec, "kind": "fractional", "resolution": 3}})
    assert len(half.arms) == 4


@pytest.mark.parametrize(("kind", "count"), [("morris", 4 * 3), ("saltelli", 4 * 4)])
def test_trajectories_and_radial_samples_come_from_salib(kind: str, count: int) -> None:
    pytest.importorskip("SALib")
    assert len(draw(design(kind, X, Y, size=4))) == count


def test_without_salib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "SALib", None)
    monkeypatch.setitem(sys.modules, "SALib.sample.morris", None)
    with pytest.raises(ScenarioError, match=r"gongzhi\[sensitivity\]"):
        draw(design("morris", X))


COMMUNITIES = ["old_danwei", "village_turned"]


def test_a_point_is_what_composing_there_would_give(tmp_path: Path) -> None:
    """Named choices and numbers reach the scenario, its warm-up and every value that cites them."""
    varied = {"community": COMMUNITIES, "community.work_funds": [70_000.0], "era": ["2012", "2026"]}
    study = load(tmp_path, design={"kind": "grid", "uncertainties": varied})
    assert len(study.points) == 4
    for point, stated in enumerate(study.points):
        words = [f"{k}={v}" for k, v in stated.values.items()]
        for scenario, arm in zip(study.scenarios(point), load(tmp_path, *words).arms, strict=True):
            assert scenario.to_dict() == arm.scenario.to_dict(), (arm.name, words)
            assert scenario.base.policy.money.work_funds == 70_000.0


def test_arms_that_set_what_a_choice_sets_are_composed_anew(tmp_path: Path) -> None:
    arms = [*ARMS, {"name": "mine", "overrides": ["package=proposed", "policy/elections=household"]}]
    study = load(tmp_path, arms=arms, design={"uncertainties": {"era": ["2026"]}})
    again = load(tmp_path, "era=2026", arms=arms)
    for scenario, arm in zip(study.scenarios(0), again.arms, strict=True):
        assert scenario.to_dict() == arm.scenario.to_dict()


def test_any_key_with_a_range_can_be_varied_by_name(tmp_path: Path) -> None:
    keys = {"parameters.staffing.offers": None, "community.problems_per_1000": None, "community.residents": None}
    keys |= {"policy.patches.patches": None, "span": {"low": 4, "high": 12}}
    study = load(tmp_path, common=["years=1"], design={"kind": "lhs", "size": 8, "uncertainties": keys})
    factors = {f.key: f for f in study.design.factors} if study.design else {}
    offers, problems = factors["parameters.staffing.offers"], factors["community.problems_per_1000"]
    assert (offers.low, offers.high) == (0.5, 3.0)
    assert [problems.low, problems.high] == list(study.arms[0].scenario.community.ranges["problems_per_1000"])
    assert factors["community.residents"].whole and factors["policy.patches.patches"].values == (False, True)
    assert study.sampled and len(study.points) == 8
    for point, stated in enumerate(study.points):
        for scenario in study.scenarios(point):
            assert scenario.parameters["staffing"]["offers"] == stated.values["parameters.staffing.offers"]
            assert scenario.community.residents == stated.values["community.residents"]
            assert scenario.span == stated.values["span"]


def test_a_study_with_points_survives_storing_and_is_planned_lazily(tmp_path: Path) -> None:
    study = load(tmp_path, design={"uncertainties": {"community": COMMUNITIES}})
    again = Study.from_dict(json.loads(json.dumps(study.to_dict())))
    assert again == study and again.hash == study.hash
    one, two = Plan.of(study), Plan.of(again)
    assert one.runs == 2 * 2 * 2 and one.places == tuple(COMMUNITIES)
    ids = {one.run_id(p, a, r) for p in range(2) for a in range(2) for r in range(2)}
    assert len(ids) == 8 and ids == {two.run_id(p, a, r) for p in range(2) for a in range(2) for r in range(2)}
    assert [s.community.name for _, (s, *_) in one.points] == COMMUNITIES


def test_a_listed_design_and_its_constants(tmp_path: Path) -> None:
    points = [{"community": "commercial"}, {"community": "old_danwei", "community.staff": 8}]
    spec = {"kind": "list", "points": points, "constants": {"community.units": 3}}
    study = load(tmp_path, design=spec)
    assert [s.community.staff for s in (study.scenarios(0)[0], study.scenarios(1)[1])] == [10, 8]
    assert study.scenarios(1)[0].community.units == 3 and not study.sampled


def test_the_command_line_fixes_a_factor_or_sizes_the_design(tmp_path: Path) -> None:
    spec = {"kind": "sobol", "uncertainties": {"community": None, "community.staff": [8, 10]}}
    assert len(load(tmp_path, "design.size=4", design=spec).points) == 4
    fixed = load(tmp_path, "community=old_danwei", "design.kind=grid", design=spec)
    assert [p.values for p in fixed.points] == [{"community.staff": 8}, {"community.staff": 10}]
    assert fixed.scenarios(0)[0].community.name == "old_danwei"
    whole = load(tmp_path, "community=old_danwei", "community.staff=9", design=spec)
    assert whole.points == () and whole.design is None


@pytest.fixture(scope="module")
def setting() -> StudySetting:
    """Two arms composed once, to try designs on."""
    catalogue = Catalogue()
    shared = parse(["community.residents=300", "years=1", "warmup_years=1"])
    spec = {"package": "before_reform"}
    base = compose(base_overrides(shared, spec, catalogue), catalogue)
    arms = [ArmSpec(a["name"], parse(a["overrides"])) for a in ARMS]
    composed = [compose([*shared, *a.overrides], catalogue) for a in arms]
    scenarios = [build(c, base, spec) for c in composed]
    return StudySetting(arms, composed, scenarios, [], shared, base, spec, catalogue, "here")


@pytest.mark.parametrize(
    ("spec", "given", "said"),
    [
        ({"kind": "spiral", "uncertainties": {"community": None}}, {}, "design.kind is 'spiral'"),
        ({"uncertainties": {"community.staf": [1]}}, {}, "community.staf"),
        ({"uncertainties": {"community": ["atlantis"]}}, {}, "atlantis"),
        ({"uncertainties": {"parameters.staffing.offer": None}}, {}, "staffing.offers"),
        ({"uncertainties": {"community.staff": [5000]}}, {}, "must lie between 1 and 200"),
        ({"uncertainties": {"parameters.staffing.offers": {"low": 0.0, "high": 1.0}}}, {}, "0.5 and 3"),
        ({"uncertainties": {"community.staff": {"low": 9, "high": 3}}}, {}, "the lower end comes first"),
        ({"uncertainties": {"policy.data.mode": None}}, {}, "no declared range"),
        ({"uncertainties": {"package": None}}, {}, "cannot vary package"),
        ({"uncertainties": {"seed": [1, 2]}}, {}, "cannot vary seed"),
        ({"kind": "list"}, {}, "must be a list"),
        ({"points": [{"community": "commercial"}]}, {}, "set kind: list"),
        ({"kind": "lhs", "size": 0, "uncertainties": {"community": None}}, {}, "design.size"),
        ({"kind": "lhs", "grid": 3}, {}, "no key 'grid'"),
        (None, {"size": "4"}, "has no design"),
    ],
)
def test_a_design_that_makes_no_sense_is_named(
    setting: StudySetting, spec: Any, given: dict[str, str], said: str
) -> None:  # fmt: skip
    with pytest.raises(ScenarioError, match=said):
        design_of(spec, given, setting)


def test_a_key_that_an_arm_sets_is_not_varied(tmp_path: Path) -> None:
    arms = [ARMS[0], {"name": "more", "overrides": ["package=proposed", "policy.money.work_funds=99999"]}]
    with pytest.raises(ScenarioError, match="which arm more sets"):
        load(tmp_path, arms=arms, design={"uncertainties": {"policy.money.work_funds": [80_000.0]}})


def test_a_dry_run_shows_factors_and_points(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from test_arms import write

    from sim.study.cli import main

    spec = {"kind": "lhs", "size": 20, "uncertainties": {"parameters.staffing.offers": None}}
    assert main("trial", [write(tmp_path, design=spec, differs=FREE)], {"dry_run": True}) == 0
    printed = capsys.readouterr().out
    assert "2 arms x 2 replicates at 20 design points = 80 runs" in printed
    assert "parameters.staffing.offers: 0.5 .. 3" in printed and "12 more points" in printed


def test_plain_helpers() -> None:
    old = {"a": {"b": 1, "c": 2}, "d": {"e": 1}}
    new = {"a": {"b": 1, "c": 3}, "d": {"f": 1}}
    assert differences(old, new) == {"a.c": 3, "d": {"f": 1}}
    assert merged(old, {"a.c": 3}) == {**old, "a": {"b": 1, "c": 3}} and old["a"]["c"] == 2
    with pytest.raises(KeyError):
        merged(old, {"a.x": 3})
    assert resolve({"a": 1, "b": {"c": "${a}", "d": ["${b.c}"]}}) == {"a": 1, "b": {"c": 1, "d": [1]}}
    for wrong in ({"a": "${b}"}, {"a": "${a}"}, {"a": "x${b}", "b": 1}):
        with pytest.raises(ScenarioError):
            resolve(wrong)


def test_the_example_of_the_page_is_a_study(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """docs/studies.md shows a study; it is loaded and planned as it stands there."""
    from sim.study.cli import main

    page = (Path(__file__).parents[2] / "docs" / "studies.md").read_text(encoding="utf-8")
    (tmp_path / "study").mkdir()
    text = page.split("```yaml\n")[1].split("```")[0]
    (tmp_path / "study" / "example.yaml").write_text(text, encoding="utf-8")
    assert main("example", [f"configs={tmp_path}"], {"dry_run": True}) == 0
    printed = capsys.readouterr().out
    assert "at 8 design points = 32 runs" in printed and "only points with rules.firm == 'usual'" in printed
    assert "community.staff: 8 .. 12 (whole)" in printed
