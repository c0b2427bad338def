"""An event changes what it names, when it says, for as long as it says, and nothing else."""

import numpy as np
import pytest

from sim.model.simulation import Model, restore, simulate_arms
from sim.scenario import compile_rules
from sim.vocabulary.codes import Body, File
from tests.runs import differing, load, run, small

BUSY = ("community.problems_per_1000=120",)


def shocked(*events, more=(), **how):
    return small("shock=custom", f"shock.events=[{','.join(events)}]", *more, **how)


def stepped(scenario, week):
    return Model(scenario).run_until(week)


def test_rules_change_in_their_week_and_return():
    scenario = shocked("{week: 5, until: 9, key: policy.gate, value: full_community}",
                       "{week: 7, until: 12, key: structure.quorum, value: 0.9}")  # fmt: skip
    model = Model(scenario)
    seen = []
    while model.tick < 14:
        model.step()
        seen.append((int(model.store["rule.gate"][0]), float(model.store["rule.quorum"][0])))
    usual = scenario.structure.quorum
    gates = [int(5 <= w < 9) for w in range(14)]
    assert seen == [(g, 0.9 if 7 <= w < 12 else usual) for w, g in enumerate(gates)]
    for name, value in compile_rules(scenario.structure, scenario.policy, scenario.era).items():
        assert np.array_equal(model.store[name][0], value), name


def test_an_event_of_the_warm_up_holds_over_the_reform_until_it_ends():
    scenario = shocked("{week: 50, until: 54, key: policy.gate.gate, value: true}", warmup=1)
    model = Model(scenario)
    seen = {}
    while model.tick < 56:
        model.step()
        seen[model.tick - 1] = int(model.store["rule.gate"][0])
    assert [seen[w] for w in (49, 50, 51, 52, 53, 54, 55)] == [0, 1, 1, 1, 1, 0, 0]


def test_a_run_is_the_same_up_to_the_week_of_the_event():
    plain, later = small(), shocked("{week: 20, key: demand.all, times: 3}")
    assert differing(stepped(plain, 20).store, stepped(later, 20).store) == []
    assert differing(stepped(plain, 21).store, stepped(later, 21).store) != []


def test_a_surge_adds_problems_and_takes_none_away():
    plain, more = (stepped(s, 40).store for s in (
        small(*BUSY), shocked("{week: 10, until: 30, key: demand.all, times: 1.5}", more=BUSY),
    ))  # fmt: skip

    def felt(store, first, last):
        case = store.table("case")
        return set(case["uid"][(case["felt"] >= 5 * first) & (case["felt"] < 5 * last)].tolist())

    assert felt(plain, 0, 10) == felt(more, 0, 10)
    before, after = felt(plain, 10, 30), felt(more, 10, 30)
    # the state of buildings differs a little after the surge has begun, so a candidate may fall on the other side
    assert len(before - after) <= 0.02 * len(before)
    assert len(after) == pytest.approx(1.5 * len(before), rel=0.15)
    assert len(felt(more, 30, 40)) == pytest.approx(len(felt(plain, 30, 40)), rel=0.1)


def test_one_kind_can_surge_alone():
    store = stepped(shocked("{week: 0, key: demand.help, times: 5}", more=BUSY), 1).store
    usual = stepped(small(*BUSY), 1).store
    k = 2  # help
    rate = store["community.problem_rate"][0] * store["community.kind_share"][0]
    old = usual["community.problem_rate"][0] * usual["community.kind_share"][0]
    assert rate[k] == pytest.approx(5 * old[k])
    assert np.allclose(np.delete(rate, k), np.delete(old, k))


def test_a_number_of_a_mechanism_changes_and_returns():
    """No items come while their volume is at its lowest end, and they come again afterwards."""
    scenario = shocked("{week: 10, until: 20, key: parameters.items.scale, value: 0.3}")
    model, sent = Model(scenario), []
    while model.tick < 30:
        model.step()
        sent.append(float(model.store["community.items_sent"][0]))
    usual, got = Model(small()), []
    while usual.tick < 30:
        usual.step()
        got.append(float(usual.store["community.items_sent"][0]))
    assert sent[:10] == got[:10]
    assert sum(sent[10:20]) < 0.6 * sum(got[10:20])
    assert sum(sent[20:]) == pytest.approx(sum(got[20:]), rel=0.3)


def test_money_that_is_cut_does_not_come():
    model = stepped(shocked("{week: 0, until: 20, key: policy.money.work_funds, times: 0.5}"), 4)
    assert model.store["rule.work_funds"][0] == pytest.approx(0.5 * model.settings.policy.money.work_funds)


@pytest.mark.parametrize("until", [None, 30])
def test_posts_that_are_cut_are_empty(until):
    ends = "" if until is None else f", until: {until}"
    scenario = shocked(f"{{week: 10{ends}, key: staff.cut, value: 3}}", years=2)
    before = stepped(scenario, 10).store
    model = stepped(scenario, 11)
    store = model.store
    gone = np.flatnonzero((before["person.employed"] == 1) & (store["person.employed"] == 0))
    desk = store["person.desk"] == 1
    assert np.count_nonzero(desk & (store["person.employed"] == 0)) >= 3
    assert len(gone) <= 3 and desk[gone].all() and not store["person.head"][gone].any()
    assert store["body.capacity"][:, 0].sum() < before["body.capacity"][:, 0].sum() - 60
    model.run_until(100)
    assert np.count_nonzero(store["person.employed"][desk] == 0) >= (3 if until is None else 0)
    if until is None:
        assert store["person.employed"][desk].sum() <= desk.sum() - 3
    else:
        assert store["person.employed"][desk].sum() >= desk.sum() - 1


def test_two_cuts_take_different_posts():
    scenario = shocked("{week: 10, key: staff.cut, value: 2}", "{week: 12, key: staff.cut, value: 2}")
    store = stepped(scenario, 13).store
    line = np.isin(store["body.type"][store["person.body"]], (Body.SECURITY, Body.MASS))
    own = (store["person.community"] == 0) & ~line
    assert store["person.employed"][own].sum() <= own.sum() - 4


def test_what_was_concealed_becomes_known():
    more = (*BUSY, "community.kind_mix.grievance=0.20", "community.kind_mix.repair=0.07")
    hidden = stepped(small(*more), 40).store
    rows = np.flatnonzero(hidden.table("case")["file"] == File.NOT_PASSED_ON)
    assert len(rows) > 0
    store = stepped(shocked("{week: 40, key: cases.exposed, value: true}", more=more), 41).store
    assert (store["case.outside"][rows] == 1).all()
    assert not (store["case.file"][rows] == File.NOT_PASSED_ON).any()
    assert store["community.known_trouble"][0] > stepped(small(*more), 41).store["community.known_trouble"][0]
    assert (hidden["case.truth"][rows] == store["case.truth"][rows]).mean() > 0.9  # exposure solves nothing by itself


def arms(*shocks, warmup=1):
    return [small("package=flattened", *s, years=1, warmup=warmup) for s in shocks]


def test_arms_with_events_are_what_they_are_alone():
    early = "{week: 30, until: 60, key: policy.gate.gate, value: true}"
    late = "{week: 70, key: demand.all, times: 2}"
    scenarios = arms(("shock=custom", f"shock.events=[{early}]"), ("shock=custom", f"shock.events=[{early},{late}]"))
    together = simulate_arms(scenarios)
    for scenario, result in zip(scenarios, together, strict=True):
        assert differing(run(scenario).store, result.model.store) == []
    assert differing(together[0].model.store, together[1].model.store) != []


def test_arms_with_other_events_before_the_reform_are_refused():
    early = ("shock=custom", "shock.events=[{week: 51, key: policy.gate.gate, value: true}]")
    with pytest.raises(ValueError, match="must share all events before it; the shocks none and custom differ"):
        simulate_arms(arms((), early))


def test_a_run_goes_on_from_a_file_in_the_middle_of_an_event(tmp_path):
    scenario = shocked("{week: 10, until: 30, key: parameters.items.scale, times: 2}",
                       "{week: 10, until: 30, key: demand.all, times: 2}")  # fmt: skip
    halfway = Model(scenario).watch(("estates", "elections", "bodies")).run_until(20)
    again = restore(halfway.save(tmp_path / "run.zip"))
    one, other = (m.run_until(m.last_week) for m in (halfway, again))
    assert differing(one.store, other.store) == []
    mine, its = one.result().detail, other.result().detail
    assert all(mine[name].equals(its[name]) for name in mine)


@pytest.mark.parametrize("name", ["demand_surge", "money_cut", "staff_cut", "exposure", "epidemic"])
def test_ready_shocks_run(name):
    plain = run(load("community.residents=400", "years=2", "warmup_years=0", *BUSY))
    hit = run(load("community.residents=400", "years=2", "warmup_years=0", *BUSY, f"shock={name}", "shock.start=52"))
    changed = differing(plain.store, hit.store)
    assert changed or name == "exposure"


def test_more_who_obstruct_act_more_often_from_that_week_on():
    pressed = {}
    for shock in ("none", "obstruction"):
        begins = () if shock == "none" else ("shock.start=26",)
        scenario = small(f"shock={shock}", *begins, "community.problems_per_1000=60", years=2)
        pressed[shock] = [float(stepped(scenario, week).store["community.pressed"][0]) for week in (26, 104)]
    assert pressed["none"][0] == pressed["obstruction"][0]
    assert pressed["none"][1] < pressed["obstruction"][1]
