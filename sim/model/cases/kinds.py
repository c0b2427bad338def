"""The nine kinds of felt problems: own work, needs, promises, and what people can do about them without any body.

Promises: E40 (3 and 13 working days). Mean hours, needs and chances have no source and are assumptions; their order
of size follows the throwaway trial's anchors (spoken cases of about 4.4 staff hours, a minor part passed on, C2).
"""

from typing import Any

from sim.engine.mechanism import register_params
from sim.engine.state import State
from sim.vocabulary.codes import Department, Kind, Need, Skill, complete
from sim.vocabulary.params import Param

ASSUMED = "assumption"
# kind: hours, firm, above, line, money, consent, date, cost, promise, seen, self, self hours, neighbour, paid,
#       firm's work, implicates a cadre, implicates an office above
_TABLE: dict[Kind, tuple[float, ...]] = {
    Kind.INFORMATION: (0.4, 0.00, 0.08, 0.00, 0.00, 0.00, 0.00, 0, 3, 0.0, 0.150, 0.5, 0.060, 0.00, 0.0, 0.00, 0.00),
    Kind.CERTIFICATE: (0.9, 0.00, 0.30, 0.00, 0.00, 0.00, 0.08, 0, 3, 0.0, 0.000, 1.0, 0.000, 0.00, 0.0, 0.00, 0.00),
    Kind.HELP: (4.5, 0.00, 0.20, 0.20, 0.35, 0.00, 0.10, 600, 13, 0.2, 0.020, 3.0, 0.030, 0.25, 0.0, 0.01, 0.00),
    Kind.REPAIR: (5.0, 0.15, 0.08, 0.00, 0.25, 0.08, 0.20, 900, 13, 0.1, 0.030, 3.0, 0.015, 0.45, 0.8, 0.01, 0.00),
    Kind.ENVIRONMENT: (4.0, 0.15, 0.30, 0.25, 0.08, 0.00, 0.15, 500, 13, 0.8, 0.010, 2.0, 0.015, 0.00, 0.2, 0.02, 0.01),
    Kind.NEIGHBOURS: (5.0, 0.00, 0.04, 0.08, 0.00, 0.60, 0.00, 0, 13, 0.2, 0.030, 2.0, 0.030, 0.00, 0.0, 0.01, 0.00),
    Kind.OWNER_FIRM: (6.0, 0.80, 0.12, 0.00, 0.00, 0.10, 0.05, 0, 13, 0.1, 0.010, 3.0, 0.005, 0.00, 0.1, 0.03, 0.00),
    Kind.PROJECT: (14.0, 0.25, 0.45, 0.00, 0.75, 0.70, 0.30, 12000, 30, 0.6, 0.000, 6.0, 0.002, 0.00, 0.2, 0.02, 0.02),
    Kind.GRIEVANCE: (7.0, 0.00, 0.75, 0.05, 0.15, 0.00, 0.10, 1500, 13, 0.3, 0.003, 4.0, 0.000, 0.00, 0.0, 0.55, 0.45),
}
_FIELDS = (
    ("hours", "hours", 0.25, 4.0),
    ("need_firm", "share", 0.0, 2.0),
    ("need_above", "share", 0.0, 2.0),
    ("need_line", "share", 0.0, 2.0),
    ("need_money", "share", 0.0, 1.4),
    ("need_consent", "share", 0.0, 1.4),
    ("need_date", "share", 0.0, 2.0),
    ("cost", "yuan", 0.25, 4.0),
    ("promise", "working days", 0.5, 2.0),
    ("seen", "share", 0.0, 1.2),
    ("self_share", "1/week", 0.0, 3.0),
    ("self_hours", "hours", 0.5, 2.0),
    ("neighbour_share", "1/week", 0.0, 3.0),
    ("paid", "share", 0.0, 1.5),
    ("firm", "share", 0.0, 1.2),
    ("implicates", "share", 0.0, 1.5),
    ("implicates_above", "share", 0.0, 1.5),
)
_SKILL = {  # all others take service
    Kind.INFORMATION: Skill.ITEMS, Kind.CERTIFICATE: Skill.ITEMS, Kind.NEIGHBOURS: Skill.MEDIATION,
    Kind.OWNER_FIRM: Skill.MEDIATION, Kind.PROJECT: Skill.MEDIATION,
}  # fmt: skip
_DEPARTMENT: dict[Kind, Department] = {  # which department decides first: by its usual business (A21)
    Kind.INFORMATION: Department.GENERAL,
    Kind.CERTIFICATE: Department.LABOUR,
    Kind.HELP: Department.CIVIL_AFFAIRS,
    Kind.REPAIR: Department.CONSTRUCTION,
    Kind.ENVIRONMENT: Department.ORDER,
    Kind.NEIGHBOURS: Department.ORDER,
    Kind.OWNER_FIRM: Department.CONSTRUCTION,
    Kind.PROJECT: Department.CONSTRUCTION,
    Kind.GRIEVANCE: Department.GENERAL,
}
PAID = [name for name, *_ in _FIELDS].index("paid")


def _checked() -> None:
    """Raise TypeError for a kind without its row of numbers or its department, and for a row of another length."""
    here = "sim/model/cases/kinds.py: "
    complete(Kind, _TABLE, here + "_TABLE")
    complete(Kind, _DEPARTMENT, here + "_DEPARTMENT")
    for kind, row in _TABLE.items():
        if len(row) != len(_FIELDS):
            names = ", ".join(name for name, *_ in _FIELDS)
            raise TypeError(f"{here}Kind.{kind.name} has {len(row)} numbers in _TABLE, not {len(_FIELDS)}: {names}")


_checked()
# lines of service companies: what residents pay somebody for, most often first
SOLD = tuple(sorted((kind for kind, row in _TABLE.items() if row[PAID] > 0.0), key=lambda kind: -_TABLE[kind][PAID]))
_DESK = (Kind.INFORMATION, Kind.CERTIFICATE)

PARAMS: dict[str, Param] = {
    f"{kind.name.lower()}_{name}": Param(
        row[i],
        unit,
        row[i] * low,
        row[i] * high if unit not in {"share", "1/week"} else min(1.0, row[i] * high),
        "E40" if name == "promise" and kind is not Kind.PROJECT else ASSUMED,
        f"{name.replace('_', ' ')} of kind {kind.name.lower()}",
    )
    for kind, row in _TABLE.items()
    for i, (name, unit, low, high) in enumerate(_FIELDS)
    if name != "paid" or kind in SOLD
}
register_params("kinds", PARAMS)


def install(state: State, values: dict[str, Any]) -> None:
    """Write the parameter values of module "kinds" into the columns of table kind."""
    for kind in Kind:
        low = kind.name.lower()
        for need in Need:
            state["kind.need_share"][kind, need] = values[f"{low}_need_{need.name.lower()}"]
        for name in ("hours", "cost", "promise", "seen", "self_share", "self_hours", "neighbour_share", "firm"):
            state[f"kind.{name}"][kind] = values[f"{low}_{name}"]
        state["kind.paid"][kind] = values[f"{low}_paid"] if kind in SOLD else 0.0
        state["kind.implicates"][kind] = values[f"{low}_implicates"]
        state["kind.implicates_above"][kind] = values[f"{low}_implicates_above"]
        state["kind.skill"][kind] = _SKILL.get(kind, Skill.SERVICE)
        state["kind.department"][kind] = _DEPARTMENT[kind]
        state["kind.desk"][kind] = kind in _DESK
