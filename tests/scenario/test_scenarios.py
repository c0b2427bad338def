"""Scenarios: what is composed is checked, frozen, and the same however it is written down."""

import json
import pickle

import numpy as np
import pytest

import sim
from sim.scenario import Scenario, ScenarioError, compile_rules, load_study
from sim.scenario.catalogue import POLICY, Catalogue
from sim.scenario.check import leaves
from sim.scenario.choices import Era, Structure
from sim.scenario.overlays import Policy
from sim.scenario.rules import CITED, FEEDS, SHOWN
from sim.vocabulary.columns import COLUMNS

STRUCTURES = (
    "market_led",
    "one_core_plural",
    "one_core_plural_boards",
    "one_plus_three_2012",
    "one_plus_three_estate",
    "one_plus_two",
    "placebo",
    "polycentric",
    "street_hierarchy",
)
PACKAGES = ("before_reform", "flattened", "grand_2012", "proposed", "proposed_boards", "station_1_2")


@pytest.fixture(scope="module")
def structures():
    return load_study("structures")


@pytest.fixture(scope="module")
def packages():
    return load_study("packages")


def rules(scenario):
    return compile_rules(scenario.structure, scenario.policy, scenario.era)


def test_defaults_are_the_stated_ones():
    scenario = sim.load([])
    assert (scenario.years, scenario.warmup_years, scenario.communities, scenario.span) == (6, 2, 1, 8)
    assert scenario.community.residents == 5000
    assert scenario.community.name == "commercial"
    assert scenario.community.estates == 3
    assert scenario.community.problems_per_1000 == 11.0
    assert scenario.era.name == "2012"
    assert scenario.base.structure.name == "street_hierarchy"


def test_overrides_reach_their_fields():
    scenario = sim.load(
        ["structure=one_plus_two", "community.residents=300", "years=5", "era=2026", "package=proposed"]
    )
    assert scenario.structure.name == "one_plus_two"
    assert scenario.structure.cross_appointment == 0.4
    assert scenario.policy.data.mode == "open"
    assert scenario.policy.elections.term_years == 5
    assert scenario.parameters["calendar"]["cost_hotline"] < sim.load([]).parameters["calendar"]["cost_hotline"]
    assert scenario.base.structure.cross_appointment == 0.0


def test_a_scenario_survives_storing_and_pickling():
    scenario = sim.load(["community=village_turned", "seed=7"])
    stored = json.loads(json.dumps(scenario.to_dict()))
    again = Scenario.from_dict(stored)
    assert again == scenario
    assert again.hash == scenario.hash
    assert pickle.loads(pickle.dumps(scenario)) == scenario


def test_a_scenario_cannot_be_changed():
    scenario = sim.load([])
    with pytest.raises(Exception, match="frozen"):
        scenario.years = 9
    with pytest.raises(TypeError):
        scenario.parameters["x"] = {}


def test_the_hash_is_of_numbers_and_names_only():
    one = sim.load(["years=5"])
    assert one.hash == sim.load(["years=5", "executor.workers=2"]).hash
    assert one.hash != sim.load(["years=6"]).hash
    assert one.warmup_hash == sim.load(["package=proposed"]).warmup_hash
    assert one.warmup_hash != sim.load(["community.residents=400"]).warmup_hash


def test_all_structures_and_packages_of_the_article_exist():
    assert tuple(Catalogue().options("structure")) == STRUCTURES
    assert tuple(Catalogue().options("package")) == PACKAGES


def test_placebo_compiles_to_the_rules_of_one_plus_two(structures):
    placebo = rules(structures.arm("placebo").scenario)
    real = rules(structures.arm("one_plus_two").scenario)
    for name, values in real.items():
        assert np.array_equal(values, placebo[name]), name


def test_other_structures_differ_from_one_another(structures):
    seen = {}
    for arm in structures.arms:
        key = b"".join(v.tobytes() for v in rules(arm.scenario).values())
        seen.setdefault(key, []).append(arm.name)
    assert sorted(n for names in seen.values() if len(names) > 1 for n in names) == ["one_plus_two", "placebo"]


def test_structures_share_overlays_switches_and_warm_up(structures):
    first = structures.arms[0].scenario
    for arm in structures.arms:
        assert arm.scenario.policy == first.policy
        assert arm.scenario.structure.cross_pairs == first.structure.cross_pairs
        assert arm.scenario.structure.cross_appointment == 0.4
        assert arm.scenario.warmup_hash == first.warmup_hash
    assert first.base.structure.name == "street_hierarchy"


def test_packages_are_as_the_article_bundles_them(packages):
    made = {a.name: a.scenario for a in packages.arms}
    assert made["before_reform"].structure.cross_appointment == 0.0
    assert made["station_1_2"].structure.cross_appointment == 0.4
    assert made["before_reform"].policy.channels.open == ("desk", "firm_desk", "box", "hotline")
    assert made["flattened"].policy.desks.pooled
    assert made["grand_2012"].structure.name == "one_plus_three_2012"
    assert made["grand_2012"].policy == made["flattened"].policy
    assert made["proposed_boards"].policy == made["proposed"].policy
    assert made["proposed_boards"].structure.board


def test_every_rule_column_is_fed():
    assert set(FEEDS) == {n for n, c in COLUMNS.items() if c.role == "rule"}


def test_every_key_feeds_one_column_and_no_key_is_idle():
    words = ("name", "label.zh", "label.en", "description.zh", "description.en", "source")
    keys = set()
    for prefix, model in (("structure", Structure), ("policy", Policy), ("era", Era)):
        keys |= {f"{prefix}.{k}" for k in leaves(model) if not k.endswith(words)}
    fed = [k for feed in FEEDS.values() for k in feed.keys]
    assert len(fed) == len(set(fed))
    weeks = {k for k in keys if k.startswith("policy.meetings.weeks.")}
    assert (keys - weeks) | {"policy.meetings.weeks"} == set(fed) | set(CITED) | set(SHOWN)


def test_rules_have_the_shape_and_type_of_their_columns(packages):
    for arm in packages.arms:
        for name, values in rules(arm.scenario).items():
            assert values.shape == COLUMNS[name].shape
            assert values.dtype == np.dtype(COLUMNS[name].dtype)


@pytest.mark.parametrize("name", POLICY)
def test_every_option_says_what_it_is_and_where_it_comes_from(name):
    catalogue = Catalogue()
    for option in catalogue.options(f"policy/{name}"):
        card = catalogue.card(f"policy/{name}", option)
        assert card["name"] == option
        for text in ("label", "description"):
            assert card[text]["zh"].strip()
            assert card[text]["en"].strip()
        assert card["source"].strip()


@pytest.mark.parametrize("name", POLICY)
def test_every_option_composes(name):
    options = Catalogue().options(f"policy/{name}")
    made = {getattr(sim.load([f"policy/{name}={o}"]).policy, name) for o in options[:2]}
    assert len(made) == len(options[:2])


@pytest.mark.parametrize("name", ["old_danwei", "commercial", "village_turned", "mixed_migrant", "affluent_mature"])
def test_archetypes_lie_within_their_ranges(name):
    place = sim.load([f"community={name}"]).community
    assert place.residents == 5000
    for key, (low, high) in place.ranges.items():
        if key != "households":
            assert low <= getattr(place, key) <= high, key


def test_a_stated_number_of_residents_overrides_the_households_of_the_archetype():
    assert sim.load(["community.residents=280"]).community.households == 100


def test_a_parameter_can_be_set_by_name():
    usual = sim.load([])
    module, params = next((m, p) for m, p in usual.parameters.items() if p)
    name, value = next(iter(params.items()))
    from sim.scenario.parameters import registry

    param = registry()[module][name]
    other = param.low if value != param.low else param.high
    changed = sim.load([f"parameters.{module}.{name}={other}"])
    assert changed.parameters[module][name] == other
    assert changed.hash != usual.hash


def test_a_study_takes_replicates_and_shared_settings():
    study = load_study("packages", ["replicates=2", "community.residents=300", "years=1"])
    assert study.replicates == 2
    assert {a.scenario.community.residents for a in study.arms} == {300}
    assert type(study).from_dict(json.loads(json.dumps(study.to_dict()))) == study


def test_studies_name_only_indicators_and_charts_that_exist(structures, packages):
    from sim.cli.registries import charts, indicators

    for study in (structures, packages):
        assert set(study.indicators) <= set(indicators())
        assert set(study.charts) <= set(charts())
        assert study.replicates == 30


def test_base_can_be_the_own_overlays_under_another_structure():
    scenario = sim.load(["package=station_1_2", "base.package=null", "base.structure=street_hierarchy"])
    assert scenario.base.policy == scenario.policy
    assert scenario.base.structure.name == "street_hierarchy"


def test_own_files_add_options(tmp_path):
    built_in = Catalogue().path("structure", "one_plus_two").read_text(encoding="utf-8")
    (tmp_path / "structure").mkdir()
    mine = built_in.replace("name: one_plus_two", "name: mine").replace("quorum: 0.5", "quorum: 0.75")
    (tmp_path / "structure" / "mine.yaml").write_text(mine, encoding="utf-8")
    assert sim.load(["structure=mine", f"configs={tmp_path}"]).structure.quorum == 0.75
    with pytest.raises(ScenarioError):
        sim.load(["structure=mine"])
