"""Every key that may be varied between two ends, and what its ends change in a standard run.

The table docs/keys.csv is computed by `python scripts/key_effects.py` and shown as docs/keys.md. It answers one
question for each key: does it reach anything, and what does it move most? It is no sensitivity analysis: two towns a
key, two replicates, one key at a time.
"""

from __future__ import annotations

import csv
import fnmatch
import functools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from sim.scenario.places import PACKAGE

TABLE, PAGE = "keys.csv", "keys.md"
# the towns in which every key is tried: the state before the reform, and all that the article proposes
STANDARD = {
    "before": ("package=before_reform",),
    "proposed": ("package=proposed_boards",),
}
# few residents with many problems and items, so that ten staff have as much to do as with 5,000 residents; and enough
# people who stand and owners who have organised, so that boards and owners' committees exist among so few
COMMON = (
    "community.residents=1000",
    "community.problems_per_1000=55",
    "community.owners_committee_share=0.6",
    "parameters.items.scale=2.2",
    "parameters.posts.standing_rate=0.5",
    "years=3",
    "warmup_years=1",
)
MAIN = (
    "welfare",
    "felt_satisfaction",
    "share_spoken",
    "closed_in_time",
    "callback_satisfied",
    "wait_total",
    "admin_share",
    "outreach_share",
    "trust",
    "standing",
    "turnout_personal",
    "fee_collection",
    "quits",
    "discretionary_money",
    "total_cost",
)
CHANCE = 1.0  # standard deviations of the indicator between runs; less than this may be chance with two replicates
# ends of overlays whose files span too little or that are set from elsewhere
ENDS: Mapping[str, tuple[float, float]] = {
    "structure.council_weeks": (4, 52),
    "structure.board_weeks": (4, 52),
    "structure.congress_weeks": (13, 52),
    "structure.cross_appointment": (0.0, 0.8),
    "policy.patches.piece_head_households": (0, 50),
    "policy.tiers.tiers": (2, 4),
    "policy.elections.term_years": (1, 5),
    "policy.elections.proxies": (0, 3),
    "policy.resources.cultivation": (0.0, 100_000.0),
    "policy.money.work_funds": (50_000.0, 200_000.0),
    "policy.money.pay": (1_500.0, 5_000.0),
    "policy.money.growth": (0.0, 0.1),
    "policy.money.project_money": (0.0, 400_000.0),
    "policy.money.paired_support": (0.0, 50_000.0),
    "community.residents": (500, 2000),
    "community.insider_share": (0.0, 0.4),
    "community.problems_per_1000": (40.0, 70.0),  # five times the range of the evidence, as in the standard towns
    "community.owners_committee_share": (0.0, 1.0),
    "policy.money.extra_posts": (0.0, 4.0),
    "span": (2, 16),
}
MEETING_ENDS = (1, 26)  # weeks
# what says how a run is made and which is not a property of the town
DESIGN = (
    "seed",
    "replicate",
    "replicates",
    "years",
    "warmup_years",
    "communities",
    "items",
    "items_hash",
    "package",
    "base.*",
    "executor.*",
    "era.*",
    "shock.*",
    "community.kind_mix.*",  # the shares add up to one
    "community.ranges",
    "community.work_funds",  # acts through policy.money.work_funds
    "structure.theoretical_control",
)


@dataclass(frozen=True)
class Key:
    """A key and the ends between which it is varied."""

    name: str
    low: Any
    high: Any
    unit: str
    source: str
    meaning: str


@dataclass(frozen=True)
class Effect:
    """What one end of a key moves most: an indicator, by how many standard deviations, and in which town."""

    key: str
    low: str
    high: str
    at_low: str
    low_moves: str
    low_by: float
    low_in: str
    at_high: str
    high_moves: str
    high_by: float
    high_in: str

    @property
    def nothing(self) -> bool:
        """True when neither end changes a single bit of what is recorded."""
        return self.at_low == self.at_high == "nothing"


@functools.lru_cache(maxsize=1)
def ranged() -> dict[str, Key]:
    """All keys with their ends, in the order of a scenario: settings first, then numbers of mechanisms."""
    import sim
    from sim.scenario.check import fields_of, leaves
    from sim.scenario.parameters import registry
    from sim.scenario.schema import Scenario

    ranges = sim.load(["community.residents=1000"]).community.ranges
    found: dict[str, Key] = {}
    for name in leaves(Scenario):
        if any(fnmatch.fnmatch(name, pattern) for pattern in DESIGN):
            continue
        parent, _, last = name.rpartition(".")
        field = (fields_of(Scenario, parent) or {}).get(last)
        if field is None or last in ("name", "zh", "en", "source"):
            continue
        ends = _ends(name, last, field, ranges)
        if ends is not None:
            unit = str((field.json_schema_extra or {}).get("unit", ""))
            source = "dossier 6" if last in ranges and name.startswith("community.") else "configuration"
            found[name] = Key(name, *ends, unit, source, str(field.description))
    for module, own in sorted(registry().items()):
        for last, p in own.items():
            name = f"parameters.{module}.{last}"
            found[name] = Key(name, p.low, p.high, p.unit, p.source, p.meaning)
    return found


def _ends(name: str, last: str, field: Any, ranges: Mapping[str, tuple[float, float]]) -> tuple[Any, Any] | None:
    from sim import codes

    if name in ENDS:
        return ENDS[name]
    if name.startswith("policy.meetings.weeks."):
        return MEETING_ENDS
    if name.startswith("community.") and last in ranges and ranges[last][0] < ranges[last][1]:
        low, high = ranges[last]
        return (int(low), int(high)) if field.annotation is int else (low, high)
    if field.annotation is bool:
        return False, True
    names = {
        "policy.data.mode": codes.Data,
        "policy.data.shown_on": codes.Form,
        "policy.elections.mode": codes.Election,
        "policy.elections.runner": codes.Runner,
        "policy.elections.roll": codes.Roll,
        "policy.gate.gatekeeper": codes.Gatekeeper,
        "structure.deciding": codes.Deciding,
    }
    if name in names:
        members = [member.name.lower() for member in names[name]]
        return members[0], members[-1]
    least: Any = None
    most: Any = None
    for item in field.metadata:
        least, most = getattr(item, "ge", least), getattr(item, "le", most)
    return (least, most) if least is not None and most is not None and most <= 1000 else None


# --- the table


def read(path: Path) -> dict[str, Effect]:
    """The stored table by key."""
    found = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            values: dict[str, Any] = dict(row)
            for n in ("low_by", "high_by"):
                values[n] = float(row[n]) if row[n] else math.nan
            found[row["key"]] = Effect(**values)
    return found


def write(path: Path, effects: Sequence[Effect]) -> None:
    """Store the table."""
    names = [f.name for f in fields(Effect)]
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(names)
        for effect in effects:
            out.writerow([_written(getattr(effect, n)) for n in names])


def _written(value: Any) -> str:
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.2f}"
    return str(value)


def reasons() -> dict[str, list[str]]:
    """Why keys change nothing in the standard runs: {reason: patterns of keys}."""
    data: dict[str, list[str]] = yaml.safe_load((PACKAGE / "keys.yaml").read_text(encoding="utf-8"))
    return data


def reason_of(key: str) -> str | None:
    """The first reason whose patterns name the key."""
    for reason, patterns in reasons().items():
        if any(fnmatch.fnmatch(key, pattern) for pattern in patterns):
            return reason
    return None


HEAD = """# Keys and what they change

Generated by `python -m sim.docs` from `keys.csv`, which `python scripts/key_effects.py` computes; a test asks that
every key of the program stands in it. Simulated, does not assess any real community (模拟结果，不评价任何真实社区).

Each key is set to its low and to its high end, one at a time, in two towns of 1,000 residents: *before* (package
`before_reform`) and *proposed* (package `proposed_boards`), with {setting} and two paired replicates. The towns have
five times the usual problems a head and 2.2 times the usual items, so that their ten staff have as much to do as with
5,000 residents, and more people who stand and more owners' committees than usual, so that boards and committees exist
among so few. The table names, for each end, the main indicator that moves most and by how many standard deviations of
that indicator between runs of the same town. **A change below {chance:g} may be chance**: two replicates show whether
a key reaches anything and what it moves, not how strongly; for that run a study. `=` marks the end that is the standard
value. "less" means that something that is recorded changes, but none of the main indicators.

Main indicators: {main}.
"""


def page(effects: Mapping[str, Effect]) -> str:
    """The generated page docs/keys.md."""
    from sim.docs import table

    keys = ranged()
    idle = [e for e in effects.values() if e.nothing]
    lines = [
        HEAD.format(
            setting=" and ".join(COMMON[-2:]),
            chance=CHANCE,
            main=", ".join(f"`{name}`" for name in MAIN),
        )
    ]
    lines.append(f"Of {len(effects)} keys {len(effects) - len(idle)} reach something and {len(idle)} do not.\n")
    if idle:
        lines += ["## Keys that change nothing in these towns", ""]
        for reason in (*reasons(), None):
            names = [e.key for e in idle if reason_of(e.key) == reason]
            if names:
                text = reason or "No reason is known; look into it"
                lines.append(f"- {text}: {', '.join(f'`{k}`' for k in names)}")
        lines.append("")
    groups: dict[str, list[Effect]] = {}
    for effect in effects.values():
        if not effect.nothing:
            parts = effect.key.split(".")
            deep = 2 if parts[0] in ("parameters", "policy") else 1
            groups.setdefault(".".join(parts[:deep]), []).append(effect)
    for group, own in groups.items():
        lines += [f"## {group}", ""]
        rows = []
        for e in own:
            key = keys.get(e.key)
            low = _moves(e.at_low, e.low_moves, e.low_by, e.low_in)
            high = _moves(e.at_high, e.high_moves, e.high_by, e.high_in)
            about = (key.unit, key.source, key.meaning) if key else ("", "", "")
            rows.append((f"`{e.key.removeprefix(group + '.')}`", e.low, low, e.high, high, *about))
        lines += [*table(("key", "low", "moves", "high", "moves", "unit", "source", "meaning"), rows), ""]
    return "\n".join(lines).rstrip() + "\n"


def _moves(what: str, indicator: str, by: float, town: str) -> str:
    if what != "moves":
        return {"same": "=", "nothing": "nothing", "less": "less"}[what]
    return f"`{indicator}` {by:+.1f} ({town})"
