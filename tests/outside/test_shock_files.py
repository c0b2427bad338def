"""What happens from outside is data like everything else: checked before anything runs, part of what a scenario is."""

import pytest
import yaml

import sim
from sim.scenario import Scenario, ScenarioError, load_study
from sim.scenario.catalogue import Catalogue
from sim.scenario.shocks import KINDS, OWN, begun, known_keys, situation

READY = [name for name in Catalogue().options("shock") if name not in ("none", "custom")]


def custom(*events, more=()):
    return sim.load(["shock=custom", f"shock.events=[{','.join(events)}]", *more])


@pytest.mark.parametrize("name", READY)
def test_ready_shocks_load_and_change_something(name):
    scenario = sim.load([f"shock={name}"])
    assert scenario.shock.events
    assert scenario.hash != sim.load([]).hash
    assert Scenario.from_dict(scenario.to_dict()) == scenario
    later = sim.load([f"shock={name}", "shock.start=200"])
    assert min(e["week"] for e in begun(later, 10_000)) == 200


def test_nothing_happens_unless_asked():
    assert sim.load([]).shock.name == "none"
    assert sim.load([]).hash == sim.load(["shock=custom"]).hash


def test_the_hash_is_of_what_happens_not_of_how_it_is_written():
    plain = custom("{week: 150, key: policy.gate.gate, value: true}")
    assert plain.hash == custom("{week: 46, key: policy.gate.gate, value: true}", more=["shock.start=104"]).hash
    assert plain.hash != custom("{week: 151, key: policy.gate.gate, value: true}").hash
    assert plain.hash != custom("{week: 150, until: 160, key: policy.gate.gate, value: true}").hash


def test_what_holds_in_a_week_is_a_function_of_the_week():
    scenario = custom(
        "{week: 50, until: 110, key: policy.gate.gate, value: true}",
        "{week: 108, until: 120, key: policy.money.pay, times: 2}",
        "{week: 112, until: 116, key: policy.money.pay, value: 1000}",
        "{week: 130, until: 140, key: parameters.items.scale, times: 0.5}",
        "{week: 130, until: 140, key: demand.all, times: 2}",
        "{week: 135, key: demand.help, times: 3}",
    )
    usual = scenario.policy.money.pay
    assert [situation(scenario, w).policy.gate.gate for w in (49, 50, 109, 110)] == [False, True, True, False]
    assert [situation(scenario, w).policy.money.pay for w in (107, 108, 112, 116, 120)] == [
        usual, 2 * usual, 1000, 2 * usual, usual,
    ]  # fmt: skip
    scale = scenario.parameters["items"]["scale"]
    assert [situation(scenario, w).parameters["items"]["scale"] for w in (129, 130, 140)] == [scale, scale / 2, scale]
    help_, repair = KINDS.index("help"), KINDS.index("repair")
    assert [situation(scenario, w).demand[help_] for w in (129, 130, 135, 140)] == [1, 2, 6, 3]
    assert [situation(scenario, w).demand[repair] for w in (129, 130, 135, 140)] == [1, 2, 2, 1]


def test_an_option_can_be_named():
    scenario = custom("{week: 110, until: 120, key: policy.gate, value: full_community}",
                      "{week: 110, until: 120, key: policy/channels, value: contact}",
                      "{week: 130, key: structure, value: one_plus_two}",
                      "{week: 140, key: policy.money, value: raised_pay}")  # fmt: skip
    now = situation(scenario, 115)
    assert now.policy.gate == sim.load(["policy/gate=full_community"]).policy.gate
    assert now.policy.channels == sim.load(["policy/channels=contact"]).policy.channels
    assert situation(scenario, 120).policy == scenario.policy
    assert situation(scenario, 130).structure == sim.load(["structure=one_plus_two", "package=before_reform"]).structure
    assert situation(scenario, 140).policy.money == sim.load(["policy/money=raised_pay"]).policy.money


def test_every_key_that_can_be_named_is_known():
    keys = known_keys()
    assert len(set(keys)) == len(keys)
    assert set(OWN) <= set(keys)
    assert "policy.gate.gate" in keys and "policy.gate" in keys and "parameters.items.scale" in keys
    assert not [k for k in keys if k.endswith((".name", ".label.zh", ".source"))]
    assert not [k for k in keys if k.startswith(("parameters.population.", "parameters.prices."))]


WRONG = [
    ("{week: 104, key: policy.gate.enabled, value: true}", "or 'policy.gate.gate'"),
    ("{week: 104, key: policy.gate.gate, value: ja}", "week 104: policy.gate.gate is 'ja'; it must be true or"),
    ("{week: 104, key: policy.gate, value: true}", "must be the name of an option of policy.gate"),
    ("{week: 104, key: policy.gate, value: ful_community}", "no policy/gate called 'ful_community'; did you mean"),
    ("{week: 104, key: policy.meetings.weeks, value: 3}", "holds several keys; set one of them, such as"),
    ("{week: 416, key: policy.gate.gate, value: true}", "the run ends after 416 weeks, warm-up included"),
    ("{week: 50, until: 40, key: policy.gate.gate, value: true}", "begins in week 50 and ends in week 40"),
    ("{week: 50, key: policy.gate.gate}", "must say either value or times"),
    ("{week: 50, key: policy.tiers.tiers, value: 2, times: 2}", "must say either value or times"),
    ("{week: 50, key: policy.gate.gate, times: 2}", "holds no number, so it cannot be multiplied"),
    ("{week: -1, key: policy.gate.gate, value: true}", "shock.events.0.week is -1; it must lie between 0 and 3640"),
    ("{weeks: 1, key: policy.gate.gate, value: true}", "no key 'shock.events.0.weeks'; did you mean 'week'?"),
    ("{week: 50, key: parameters.items.scale, value: 9}", "items.scale is 9; it must lie between 0.3 and 2.5"),
    ("{week: 50, key: parameters.items.scal, value: 1}", "did you mean 'parameters.items.scale'"),
    ("{week: 50, key: parameters.population.estate_sd, value: 0}", "an event cannot change it during a run"),
    ("{week: 50, key: community.residents, value: 300}", "an event can change community.problems_per_1000"),
    ("{week: 50, key: community.problems_per_1000, value: 300}", "it must lie between 0 and 200"),
    ("{week: 50, key: structure.council_weeks, value: 4}", "sets a council meeting, but council is false"),
    ("{week: 50, key: staff.cut, value: 11}", "staff.cut is 11; it must lie between 1 and 10"),
    ("{week: 50, key: staff.cut, value: 1.5}", "staff.cut is 1.5; it must be a whole number"),
    ("{week: 50, key: cases.exposed, value: 1}", "cases.exposed is 1; it must be true"),
    ("{week: 50, until: 60, key: cases.exposed, value: true}", "cases.exposed cannot be undone"),
    ("{week: 50, key: demand.helpp, times: 2}", "no key 'demand.helpp'; did you mean 'demand.help'"),
    ("{week: 50, key: demand.help, times: 30}", "demand.help is 30; it must lie between 0 and 20"),
    ("{week: 50, key: policy.channels.open, value: [desk, fone]}", "'fone' is no channel"),
]


@pytest.mark.parametrize(("event", "words"), WRONG, ids=[w[0] for w in WRONG])
def test_a_wrong_event_is_explained(event, words):
    with pytest.raises(ScenarioError) as said:
        custom(event)
    assert words in str(said.value)
    assert str(said.value).startswith("on the command line: ")
    assert "\n" not in str(said.value)


def test_a_wrong_event_in_a_file_names_the_file():
    with pytest.raises(ScenarioError, match=r"^in .*demand_surge\.yaml: event 1, week 156: the run ends after 52"):
        sim.load(["shock=demand_surge", "years=1", "warmup_years=0"])


def test_events_are_checked_wherever_a_scenario_comes_from():
    scenario = sim.load(["shock=demand_surge"])
    with pytest.raises(ScenarioError, match="the run ends after 156 weeks"):
        scenario.at(years=1)


def own_study(tmp_path, *arms):
    """A study of two arms in a file of one's own; everything else is as in a study that the program carries."""
    study = yaml.safe_load(Catalogue().path("study", "structures").read_text(encoding="utf-8"))
    entries = [{"name": name, "overrides": list(own)} for name, own in zip("ab", arms, strict=True)]
    study |= {"name": "mine", "arms": entries, "baseline": "a"}
    (tmp_path / "study").mkdir()
    (tmp_path / "study" / "mine.yaml").write_text(yaml.safe_dump(study, allow_unicode=True), encoding="utf-8")
    return load_study("mine", [f"configs={tmp_path}"])


def test_arms_may_differ_in_events_from_the_reform_on(tmp_path):
    study = own_study(tmp_path, ["shock=none"], ["shock=demand_surge", "shock.start=104"])
    first, second = (a.scenario for a in study.arms)
    assert first.warmup_hash == second.warmup_hash
    assert first.hash != second.hash


def test_arms_must_share_earlier_events(tmp_path):
    with pytest.raises(ScenarioError, match="arm b does not share the warm-up of arm a"):
        own_study(tmp_path, ["shock=none"], ["shock=demand_surge", "shock.start=103"])
