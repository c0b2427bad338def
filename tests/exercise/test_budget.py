"""Hours and money: every role has a budget, the form adds it up, and the server refuses what goes beyond it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sim.exercise import budget, debrief
from sim.exercise.refusal import Refused
from sim.vocabulary.words import LANGS

FIRM = {"households": 600.0, "fee": 100.0, "collection": 0.5, "purse": 12_000.0, "hours": 0.0}
FOUND = {
    "money": {
        "policy.money.work_funds": 100_000.0, "policy.money.project_money": 80_000.0,
        "policy.resources.cultivation": 10_000.0, "community.own_income": 500_000.0, "community.own_committed": 0.4,
    },
    "seats": {
        "street_office": {"alive": True, "knows": {"hours": 120.0}, "did": {"inspect": 0.1, "cases": 0.6}},
        "committee": {"alive": True, "knows": {"hours": 200.0}, "did": {"outreach": 0.3, "mobilise": 0.0}},
        "firm": {"alive": True, "knows": FIRM, "did": {"effort": 0.5}, "cost": {"fixed": 15_000.0, "effort": 30_000.0}},
        "council": {"alive": True, "knows": {"budget": 9_000.0, "released": 4_000.0}, "did": {"fund": 0.5}},
        "owners": {"alive": False, "knows": {"hours": 6.0}, "did": {"watch": 0.2}},
        "rep_1": {"alive": True, "knows": {"hours": 6.0, "bought": 2.0}, "did": {}},
    },
}  # fmt: skip


def group(*weeks, now=52):
    return SimpleNamespace(rounds=[SimpleNamespace(weeks=w) for w in weeks], weeks=now)


def test_what_each_role_may_spend():
    def total(role):
        return {p.name: round(p.total, 1) for p in budget.pots(role, FOUND, group())}

    assert total("street_office") == {"hours": 120.0, "year": 190_000.0}
    assert total("committee") == {"hours": 200.0, "work": 100_000.0, "own": 500_000.0}
    assert total("firm") == {"means": 31_000.0}, "half the fees, and a twelfth of what it has set aside"
    assert total("council") == {"common": 5_000.0} and total("rep_1") == {"hours": 8.0}
    assert total("owners") == {}, "a body that is not there spends nothing"
    office = budget.pots("street_office", FOUND, group())
    assert office[0].spent({"inspect": 0.5}) == pytest.approx(132.0), "the agent's share for cases is counted in"
    assert office[0].bound({"inspect": 0.5}) == pytest.approx(60.0)


@pytest.mark.parametrize(("role", "chosen", "weeks", "key"), [
    ("street_office", {"money_cultivation": 10_001.0}, (), "too_much_money"),
    ("street_office", {"money_cultivation": 60_000.0, "money_project_money": 30_000.0}, (), ""),
    ("street_office", {"money_cultivation": 5_000.0}, (26,), "not_this_round"),
    ("street_office", {"money_cultivation": 5_000.0}, (26, 26), ""),
    ("street_office", {"inspect": 0.6, "cases": 0.6}, (), "too_many_hours"),
    ("street_office", {"inspect": 0.9}, (), ""),
    ("committee", {"money_grants": 100_001.0}, (), "too_much_money"),
    ("committee", {"money_dividends": 500_000.0, "money_grants": 100_000.0}, (), ""),
    ("committee", {"money_work_funds": 1.0}, (), "no_power"),
    ("firm", {"effort": 0.6}, (), "too_much_money"), ("firm", {"effort": 0.5}, (), ""),
    ("firm", {"effort": 0.0}, (), ""),
])  # fmt: skip
def test_the_server_keeps_to_the_budget(role, chosen, weeks, key):
    if not key:
        budget.check(role, chosen, FOUND, group(*weeks))
        return
    with pytest.raises(Refused, match=key) as refused:
        budget.check(role, chosen, FOUND, group(*weeks))
    for lang in LANGS:
        assert "{" not in refused.value.sentence(lang)


def test_money_is_moved_and_not_made():
    decided = {
        "street_office": {"money_project_money": 50_000.0, "money_cultivation": 40_000.0, "inspect": 0.2},
        "committee": {"money_grants": 30_000.0, "money_dividends": 100_000.0},
    }
    events = {e["key"]: e["value"] for e in budget.settle(decided, FOUND)}
    assert events == {
        "policy.money.project_money": 50_000.0, "policy.resources.cultivation": 70_000.0,
        "policy.money.work_funds": 70_000.0, "community.own_committed": 0.2,
    }  # fmt: skip
    three = ("policy.money.project_money", "policy.resources.cultivation", "policy.money.work_funds")
    assert sum(events[k] for k in three) == sum(FOUND["money"][k] for k in three)
    assert budget.settle({}, FOUND) == []


def test_a_class_spends_and_is_refused_beyond_it(school):
    teacher = school.teacher()
    session = school.open(teacher)
    office = school.player(session, "街道", "street_office")
    rep = school.player(session, "代表", "rep_1")
    school.act(teacher, session, "next")
    page = office.get("/me").text
    assert 'data-pot="year"' in page and 'name="lever_money_cultivation"' in page and "220,000" in page
    assert "lever_money" not in rep.get("/me").text and "资金预算：0元" in rep.get("/me").text
    wrong = office.post("/me/decide", round="1", lever_money_cultivation="150000")
    assert wrong.status_code == 422 and "360,000" in wrong.text and "220,000" in wrong.text
    for bad in ("-5", "0.5", "1e12", "nan"):
        assert office.post("/me/decide", round="1", lever_money_cultivation=bad).status_code == 422
    assert office.post("/me/propose", lever="street_office:money_cultivation", value="1").status_code in (403, 409)
    good = {"lever_money_cultivation": "60000", "lever_money_project_money": "50000"}
    assert office.post("/me/decide", round="1", **good).status_code == 200
    assert 'value="60000"' in office.get("/me").text
    school.act(teacher, session, "inject", shock="money_cut")
    here = school.play_round(teacher, session)
    past = here.history[0]
    assert past.money == 2 and [e["key"] for e in past.round.events][:2] == [
        "policy.money.project_money", "policy.resources.cultivation",
    ]  # fmt: skip
    assert all(not s.startswith("money") for seat in past.round.seats.values() for s in seat)
    agents = debrief.baseline(session, here, "agents").rounds[0]
    assert [e["key"] for e in agents.events] == ["policy.money.work_funds", "policy.money.project_money"], "the cut"
    school.act(teacher, session, "next")
    school.wait(lambda: school.room.outcome(session, here) is not None)
    assert "disabled" in office.get("/me").text, "the second quarter is in the same year"
    late = office.post("/me/decide", round="2", lever_money_cultivation="5000")
    assert late.status_code == 409 and "每年的第一轮" in late.text


def test_what_a_meeting_bound_leaves_no_hour_to_be_spent_twice(school):
    teacher = school.teacher()
    session = school.open(teacher)
    office = school.player(session, "街道", "street_office")
    school.player(session, "书记", "party")
    here = session.groups["g1"]
    school.act(teacher, session, "next")
    office.post("/me/decide", round="1", lever_inspect="0.8")
    school.act(teacher, session, "next")
    school.act(teacher, session, "next")
    office.post("/me/propose", lever="street_office:cases", value="0.5", why="")
    for role in ("street_office", "party"):
        at = f"/teacher/{session.sid}/g1/role/{role}"
        teacher.post(f"{at}/vote", page=at, number="1", yes="1")
    school.play_round(teacher, session)
    assert here.history[0].adopted == [1]
    assert here.history[0].round.seats["street_office#1"] == {"inspect": 0.5, "cases": 0.5}
