"""Every key that may be varied between two ends, and what its ends change in a standard run.

The table docs/keys.csv is computed by `python scripts/key_effects.py` and shown as docs/keys.md. It answers one
question for each key: does it reach anything, and what does it move most? It is no sensitivity analysis: one run an
end, one key at a time.
"""

from __future__ import annotations

import csv
import fnmatch
import functools
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from sim.key_towns import COMMON, TOWNS
from sim.scenario.places import PACKAGE

TABLE, PAGE = "keys.csv", "keys.md"
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
SHOWN = 3  # indicators named at most for one end
LEAST = 0.5  # standard deviations between seeds that a main indicator must move by to be named
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
    """What one end of a key changes, and in which town.

    `verdict` is "moves" (a main indicator by more than chance), "less" (something recorded), "nothing" (not one bit in
    any town), "same" (the end is the standard value) or "refused" (no such scenario can be).
    """

    key: str
    end: str
    value: str
    verdict: str
    moves: str
    town: str
    chance: float
    version: str


@functools.lru_cache(maxsize=1)
def ranged() -> dict[str, Key]:
    """All keys with their ends, in the order of a scenario: settings first, then numbers of mechanisms."""
    import sim
    from sim.scenario.check import fields_of, leaves
    from sim.scenario.fields import meaning
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
            found[name] = Key(name, *ends, unit, source, text["en"] if (text := meaning(field)) else "")
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


def read(path: Path) -> dict[str, dict[str, Effect]]:
    """The stored table: {key: {"low" or "high": Effect}}. Raises ValueError for a file of another make."""
    found: dict[str, dict[str, Effect]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if tuple(rows.fieldnames or ()) != tuple(f.name for f in fields(Effect)):
            raise ValueError(f"{path} has other columns than this program writes; run scripts/key_effects.py --all")
        for row in rows:
            made = Effect(**{**row, "chance": float(row["chance"])})  # type: ignore[arg-type]
            found.setdefault(made.key, {})[made.end] = made
    return found


def write(path: Path, effects: Mapping[str, Mapping[str, Effect]]) -> None:
    """Store the table; the old one stays until the new one is whole."""
    names = [f.name for f in fields(Effect)]
    partial = path.with_name(path.name + ".part")
    with partial.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(names)
        for own in effects.values():
            for effect in own.values():
                out.writerow([f"{v:.2f}" if isinstance(v, float) else v for v in (getattr(effect, n) for n in names)])
    partial.replace(path)


def idle(ends: Mapping[str, Effect]) -> bool:
    """True when neither end changes a single bit of what is recorded, in any town."""
    return all(e.verdict in ("nothing", "same", "refused") for e in ends.values())


ONE_VALUE = "the range is a single value: a share of zero, a unit"


def reasons() -> dict[str, list[str]]:
    """Why keys change nothing in the standard runs: {reason: patterns of keys}."""
    data: dict[str, list[str]] = yaml.safe_load((PACKAGE / "keys.yaml").read_text(encoding="utf-8"))
    return data


def reason_of(key: str, ends: Mapping[str, Effect]) -> str | None:
    """Why a key changes nothing: a range of one value, or the first reason whose patterns name the key."""
    if all(e.verdict == "same" for e in ends.values()):
        return ONE_VALUE
    for reason, patterns in reasons().items():
        if any(fnmatch.fnmatch(key, pattern) for pattern in patterns):
            return reason
    return None


HEAD = """# Keys and what they change

Generated by `python -m sim.docs` from `keys.csv`, which `python scripts/key_effects.py` computes; a test asks that
every key of the program stands in it. Made with model version {version}. Simulated, does not assess any real community
(模拟结果，不评价任何真实社区).

Each key is set to its low and to its high end, one at a time and all else as it is, in a town of 1,000 residents
(*large* has 6,500); the run has the same seed as the run of the town without that change. The towns have five
times the usual problems a head and 2.2 times the usual items, so that their ten staff have as much to do as with 5,000
residents, and more people who stand and more owners' committees than usual
({setting}). A key is tried in the town *proposed* first; while an end
moves no main indicator there, in *before*; and while neither of its ends changes anything, in the others in turn.

| town | settings |
|---|---|
{towns}

The table names, for each end, the main indicators that move most (at most {shown}), each by how many standard
deviations of that indicator between {spread} seeds of the same town. The same town with one number nudged by a
thousandth of its range differs as well, because decisions near their threshold flip: in 19 of 20 such runs no main
indicator moves by more than the town's *level of chance* ({chance}; {least:g} at least), and only what moves more is
named. "Less" means that something that is recorded changes, but no main indicator by more than chance; `=` marks the
end that is the standard value. This shows whether a key reaches anything and what it moves first, not how strongly; for
that run a study.

Main indicators: {main}.
"""
SPREAD = 20  # seeds of a town


def page(effects: Mapping[str, Mapping[str, Effect]]) -> str:
    """The generated page docs/keys.md."""
    from sim.docs import table

    keys = ranged()
    every = [e for own in effects.values() for e in own.values()]
    levels = {e.town: e.chance for e in every if e.town}
    dead = [key for key, own in effects.items() if idle(own)]
    single = sum(reason_of(key, effects[key]) == ONE_VALUE for key in dead)
    counts = {v: sum(any(e.verdict == v for e in own.values()) for own in effects.values()) for v in ("moves", "less")}
    lines = [
        HEAD.format(
            version=", ".join(sorted({e.version for e in every})),
            setting=", ".join(f"`{word}`" for word in COMMON),
            towns="\n".join(f"| *{name}* | {' '.join(f'`{w}`' for w in words)} |" for name, words in TOWNS.items()),
            shown=SHOWN,
            least=LEAST,
            spread=SPREAD,
            chance=", ".join(f"*{town}* {level:.1f}" for town, level in levels.items()),
            main=", ".join(f"`{name}`" for name in MAIN),
        ),
        f"Of {len(effects)} keys {counts['moves']} move a main indicator by more than chance with one end at least, "
        f"{len(effects) - counts['moves'] - len(dead)} reach something less, and {len(dead)} change nothing, "
        f"{single} of them because their range is a single value.\n",
    ]
    if dead:
        lines += ["## Keys that change nothing in these towns", ""]
        for reason in (*reasons(), ONE_VALUE, None):
            names = [key for key in dead if reason_of(key, effects[key]) == reason]
            if names:
                lines.append(f"- {reason or 'No reason is known'}: {', '.join(f'`{k}`' for k in names)}")
        lines.append("")
    groups: dict[str, list[str]] = {}
    for key in effects:
        if key not in dead:
            parts = key.split(".")
            groups.setdefault(".".join(parts[: 2 if parts[0] in ("parameters", "policy") else 1]), []).append(key)
    for group, names in groups.items():
        lines += [f"## {group}", ""]
        rows = []
        for name in names:
            about = keys.get(name)
            ends = [part for end in ("low", "high") for part in _told(effects[name][end])]
            rows.append((
                f"`{name.removeprefix(group + '.')}`", *ends,
                *((about.unit, about.source, about.meaning) if about else ("", "", "")),
            ))  # fmt: skip
        lines += [*table(("key", "low", "moves", "high", "moves", "unit", "source", "meaning"), rows), ""]
    return "\n".join(lines).rstrip() + "\n"


def _told(effect: Effect) -> tuple[str, str]:
    if effect.verdict != "moves":
        return effect.value, "=" if effect.verdict == "same" else effect.verdict
    names = (found.rsplit(" ", 1) for found in effect.moves.split("; "))
    return effect.value, ", ".join(f"`{name}` {by}" for name, by in names) + f" ({effect.town})"
