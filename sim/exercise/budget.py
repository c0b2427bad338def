"""The budgets of a role: the hours and the money that it may spend, what each decision takes of them, and the check.

Hours are those its body has; shares of them are spent by the engine. Money is what the settings of the scenario hold
for a year: a role moves it between uses and makes none. What a meeting adopts on the same subject goes before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.exercise import content
from sim.exercise.content import MONEY
from sim.exercise.machine import Group
from sim.exercise.refusal import Refused
from sim.model.simulation import WEEKS as YEAR

MONTHS_A_WEEK = 12.0 / 52.0
SLACK = 1e-6


@dataclass
class Pot:
    """What there is to spend of one thing: `each` is what a decision takes of it at 1, `fixed` what is gone anyway."""

    name: str
    unit: str
    total: float
    fixed: float = 0.0
    each: dict[str, float] = field(default_factory=dict)
    usual: dict[str, float] = field(default_factory=dict)  # what the agent spends where nothing is chosen

    def spent(self, chosen: Mapping[str, float]) -> float:
        """What is spent when these decisions are made and the agent makes the others."""
        open_ = {n: self.usual.get(n, 0.0) for n in self.each}
        return self.fixed + sum(self.each[n] * chosen.get(n, v) for n, v in open_.items())

    def bound(self, chosen: Mapping[str, float]) -> float:
        """What the decisions that were made take, without what the agent decides within the rest."""
        return self.fixed + sum(self.each[n] * v for n, v in chosen.items() if n in self.each)


def starts_a_year(group: Group) -> bool:
    """Whether the round at hand begins a year: only then is yearly money divided."""
    return sum(r.weeks for r in group.rounds) % YEAR == 0


def lines(role: str) -> dict[str, content.Purse]:
    """The yearly money that a role divides, by the name of its field."""
    seats = content.roles()[role].seats
    own = content.sheets()[seats[0]].money if seats else {}
    return {MONEY + n: line for n, line in own.items()}


def pots(role: str, found: Mapping[str, Any] | None, group: Group) -> list[Pot]:
    """The budgets of a role as the engine's latest outcome gives them; empty without a body."""
    seat = (found or {}).get("seats", {}).get(role)
    if not found or not seat or not seat["alive"]:
        return []
    sheet = content.sheets()[content.roles()[role].seats[0]]
    knows, did = seat["knows"], seat["did"]
    made = []
    if sheet.hours:
        each = sum(knows[h] for h in sheet.hours)
        taken = [n for n, lever in sheet.decides.items() if lever.hours]
        made.append(Pot("hours", "h_week", each, 0.0, dict.fromkeys(taken, each), {n: did[n] for n in taken}))
    if "cost" in seat:  # a firm: fees that come in and what it has set aside, over the round
        months = max(group.weeks * MONTHS_A_WEEK, 1.0)
        total = knows["households"] * knows["fee"] * knows["collection"] + max(knows["purse"], 0.0) / months
        cost = seat["cost"]
        made.append(Pot("means", "yuan_month", total, cost["fixed"], {"effort": cost["effort"]},
                        {"effort": did["effort"]}))  # fmt: skip
    if "released" in knows:  # a council: what is in the common budget and not yet released
        held = max(knows["budget"] - knows["released"], 0.0)
        made.append(Pot("common", "yuan", held, 0.0, {"fund": held}, {"fund": did["fund"]}))
    return made + _yearly(role, found.get("money") or {})


def _yearly(role: str, held: Mapping[str, float]) -> list[Pot]:
    """One pot for the lines that are settings together, one for each purse that money is taken off."""
    made: dict[str, Pot] = {}
    for name, line in lines(role).items():
        source = line.of or MONEY
        if (line.of or line.key) not in held or (line.how == "share" and held.get(line.key, 0.0) <= 0.0):
            continue  # no such purse here: a collective that pays nothing out has no members to pay
        label = {"set": "year", "move": "work", "share": "own"}[line.how]
        pot = made.setdefault(source, Pot(label, "yuan_year", held[line.of] if line.of else 0.0))
        usual = {"set": held.get(line.key, 0.0), "move": 0.0, "share": held.get(line.key, 0.0) * pot.total}[line.how]
        pot.each[name], pot.usual[name] = 1.0, usual
        if not line.of:
            pot.total += usual
    return [p for p in made.values() if p.total > 0.0]


def check(role: str, chosen: Mapping[str, float], found: Mapping[str, Any] | None, group: Group) -> None:
    """Raise Refused when decisions take more hours or money than the role has."""
    own = pots(role, found, group)
    money = {n for n in chosen if n.startswith(MONEY)}
    if money and not starts_a_year(group):
        raise Refused("not_this_round")
    if money - {n for p in own for n in p.each}:
        raise Refused("no_power", 403)
    for pot in own:
        yearly = pot.unit == "yuan_year"
        # of yearly money what is left as it was is spent too; of hours and fees the agent takes what remains
        spent = pot.spent(chosen) if yearly else pot.bound(chosen)
        touched = any(n in chosen and chosen[n] > 0.0 for n in pot.each)
        if touched and spent > pot.total * (1.0 + SLACK):
            said = {"spent": f"{spent:,.0f}", "total": f"{pot.total:,.0f}"}
            raise Refused("too_many_hours", 422, **said) if pot.name == "hours" else Refused(
                "too_much_money", 422, **said
            )


def settle(decided: Mapping[str, Mapping[str, float]], found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Yearly money as events for the engine: what each setting holds for the year from the round's first week on."""
    held: dict[str, float] = dict(found.get("money") or {})
    before = dict(held)
    chosen = [(line, decided[role][n]) for role in decided for n, line in lines(role).items() if n in decided[role]]
    for how in ("set", "move", "share"):  # what is divided above comes first
        for line, amount in chosen:
            if line.how != how or (line.of or line.key) not in held:
                continue
            if how == "set":
                held[line.key] = amount
            elif how == "move":
                moved = min(amount, held[line.of])
                held[line.of] -= moved
                held[line.key] += moved
            else:
                held[line.key] = min(1.0, amount / held[line.of]) if held[line.of] > 0.0 else 0.0
    return [
        {"key": k, "value": round(v, 6), "week": 0, "until": YEAR} for k, v in sorted(held.items()) if v != before[k]
    ]
