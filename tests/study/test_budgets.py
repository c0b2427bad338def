"""Budgets are equal, or the study says why not."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sim.analysis.budgets import judge, known_budgets, sentences

BASE = {"established_hours": 100.0, "public_hours": 96.0, "public_money": 50.0, "social_cost": 10.0}


@pytest.mark.parametrize(
    ("value", "equal", "differs", "verdict"),
    [
        (100.9, ("public_hours",), {}, "equal"),
        (102.0, ("public_hours",), {}, "failed"),
        (102.0, (), {"public_hours": ()}, "declared"),
        (102.0, ("public_hours",), {"public_hours": ("arm",)}, "declared"),
        (102.0, ("public_hours",), {"public_hours": ("another",)}, "failed"),
        (102.0, (), {}, "undeclared"),
        (float("nan"), ("public_hours",), {}, "unknown"),
    ],
)
def test_verdicts(value: float, equal: tuple[str, ...], differs: dict[str, tuple[str, ...]], verdict: str) -> None:
    rows = judge({"base": BASE, "arm": {**BASE, "established_hours": value}}, "base", equal, differs)
    assert [r.verdict for r in rows if r.measure == "established_hours"] == [verdict]
    said = sentences(rows)
    assert bool(said) == (verdict in ("failed", "undeclared"))
    if said:
        assert "arm arm" in said[0] and "+2.00%" in said[0] and "public hours" in said[0]


def test_hours_worked_are_reported_and_not_judged() -> None:
    rows = judge({"base": BASE, "arm": {**BASE, "public_hours": 90.0}}, "base", ("public_hours",), {})
    worked = [r for r in rows if r.measure == "public_hours"]
    assert [(r.budget, r.verdict) for r in worked] == [("public_hours", "outcome")]
    assert worked[0].relative_difference == pytest.approx(-6 / 96)
    assert sentences(rows) == []


def test_nothing_beside_something_is_infinitely_different() -> None:
    rows = judge({"base": {"public_money": 0.0}, "arm": {"public_money": 1.0}}, "base", (), {})
    assert {r.measure: r.verdict for r in rows} == {
        "established_hours": "unknown",
        "public_hours": "outcome",
        "public_money": "undeclared",
        "social_cost": "unknown",
    }


def test_staff_pay_and_work_funds_are_known_beforehand() -> None:
    scenario = SimpleNamespace(community=SimpleNamespace(staff=10))
    rules = {"rule.pay": 1500.0, "rule.work_funds": 100_000.0, "rule.extra_posts": 0.0, "rule.funds_by_size": 0}
    assert known_budgets(scenario, rules) == {"established_hours": 10.0, "public_money": 280_000.0}
    dose = known_budgets(scenario, {**rules, "rule.extra_posts": 1.0})
    assert dose == {"established_hours": 11.0, "public_money": 298_000.0}
    for residents, funds in ((3000, 80_000.0), (5000, 100_000.0), (9000, 120_000.0)):
        place = SimpleNamespace(community=SimpleNamespace(staff=10, residents=residents), parameters={})
        assert known_budgets(place, {**rules, "rule.funds_by_size": 1})["public_money"] == 180_000.0 + funds
