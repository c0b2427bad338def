"""Three budgets are compared over the arms of every study: public hours, public money, social cost.

Public hours are judged by what a comparison can hold equal, the established hours: contract hours of all posts paid
from public money. Hours worked are reported beside them: overtime is in them and vacancies are not, both outcomes.
Public money is what the state paid on balance, social cost what others gave in time and fees.

A study names the budgets it holds equal (`equal`) and those that may differ, with the reason and, where it is not all
of them, the arms (`differs`). An arm that differs from the baseline by more than the tolerance without the study
saying so is an error; so is a budget that was to be equal and is not. What can be known from the scenarios alone is
checked before anything runs.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sim.model.money import funding
from sim.scenario.comparison import TOLERANCE
from sim.store.parts import BUDGET

if TYPE_CHECKING:
    import pandas as pd

BUDGETS = ("public_hours", "public_money", "social_cost")
MEASURES = {"public_hours": "established_hours", "public_money": "public_money", "social_cost": "social_cost"}
OUTCOMES = {"public_hours": "public_hours"}  # what is reported beside the judged measure
WORDS = {
    "public_hours": "established public hours",
    "public_money": "public money",
    "social_cost": "social cost outside the public budgets",
}
MONTHS = 12
WRONG = ("failed", "undeclared")


@dataclass(frozen=True)
class BudgetRow:
    """One budget of one arm beside the baseline's.

    `verdict` is equal, declared, failed, undeclared or unknown; outcome where the measure is only reported.
    """

    budget: str
    measure: str
    arm: str
    mean_arm: float
    mean_baseline: float
    relative_difference: float
    verdict: str

    def as_dict(self) -> dict[str, Any]:
        """The row as plain data."""
        return asdict(self)


def relative_difference(value: float, reference: float) -> float:
    """Difference relative to the reference; infinite when only the reference is zero."""
    if value == reference:
        return 0.0
    return (value - reference) / abs(reference) if reference else math.copysign(math.inf, value)


def judge(
    values: Mapping[str, Mapping[str, float]],
    baseline: str,
    equal: Sequence[str],
    differs: Mapping[str, Sequence[str]],
    tolerance: float = TOLERANCE,
) -> list[BudgetRow]:
    """Compare `values[arm][measure]` with the baseline's; `differs` names the arms that may differ, none for all."""
    rows = []
    for budget in BUDGETS:
        for measure in dict.fromkeys([MEASURES[budget], OUTCOMES.get(budget, MEASURES[budget])]):
            reference = values[baseline].get(measure, math.nan)
            for arm, found in values.items():
                if arm == baseline:
                    continue
                value = found.get(measure, math.nan)
                gap = relative_difference(value, reference)
                named = differs.get(budget, ())
                allowed = arm in named or (budget in differs and not named and budget not in equal)
                if measure != MEASURES[budget]:
                    verdict = "outcome"
                elif math.isnan(value) or math.isnan(reference):
                    verdict = "unknown"
                elif abs(gap) <= tolerance:
                    verdict = "equal"
                elif allowed:
                    verdict = "declared"
                else:
                    verdict = "failed" if budget in equal else "undeclared"
                rows.append(BudgetRow(budget, measure, arm, value, reference, gap, verdict))
    return rows


def sentences(rows: Sequence[BudgetRow], tolerance: float = TOLERANCE) -> list[str]:
    """One sentence for every budget that is not as the study says."""
    said = []
    for row in rows:
        words, gap = WORDS[row.budget], f"{row.relative_difference:+.2%}"
        if row.verdict == "failed":
            said.append(
                f"EQUALITY FAILED: the study holds {words} equal within {tolerance:.0%}, "
                f"but arm {row.arm} differs from the baseline by {gap}"
            )
        elif row.verdict == "undeclared":
            said.append(
                f"UNDECLARED DIFFERENCE: arm {row.arm} differs from the baseline by {gap} in {words}, and the study "
                f"says nothing about it; name {row.budget} under equal: or, with the reason, under differs:"
            )
    return said


def compare_budgets(
    runs: pd.DataFrame,
    arms: Sequence[str],
    baseline: str,
    equal: Sequence[str],
    differs: Mapping[str, Sequence[str]],
    tolerance: float = TOLERANCE,
) -> list[BudgetRow]:
    """Judge the mean budgets of completed runs, over the replicates that an arm and the baseline both completed."""
    done = runs[runs["status"] == "ok"].set_index(["point", "replicate"])
    columns = [c for c in done.columns if c.startswith(BUDGET)]
    base = done[done["arm"] == baseline]
    rows: list[BudgetRow] = []
    for arm in arms:
        if arm == baseline:
            continue
        other = done[done["arm"] == arm]
        both = base.index.intersection(other.index)
        values = {
            name: {c.removeprefix(BUDGET): float(frame.loc[both, c].mean()) for c in columns}
            for name, frame in ((baseline, base), (arm, other))
        }
        rows += judge(values, baseline, equal, differs, tolerance)
    return rows


def funds_of(scenario: Any, rules: Mapping[str, Any]) -> float:
    """Work funds of a year in yuan, as the rule gives them or by the number of residents."""
    if not rules["rule.funds_by_size"]:
        return float(rules["rule.work_funds"])
    own = scenario.parameters.get("funding", {})
    names = ("small_size", "large_size", "small_funds", "middle_funds", "large_funds")
    numbers = (float(own.get(n, funding.PARAMS[n].value)) for n in names)
    return float(funding.funds_by_size.py_func(scenario.community.residents, *numbers))


def known_budgets(scenario: Any, rules: Mapping[str, Any]) -> dict[str, float]:
    """What is known of the budgets of an arm before it runs: posts of the community, their pay and its work funds."""
    posts = float(scenario.community.staff) + float(rules["rule.extra_posts"])
    money = MONTHS * posts * float(rules["rule.pay"]) + funds_of(scenario, rules)
    return {"established_hours": posts, "public_money": money}
