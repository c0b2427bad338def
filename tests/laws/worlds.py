"""Random scenarios: any structure that may be written, any overlay, archetype and era, any number within its range."""

from __future__ import annotations

import functools
import os
from typing import Any

import yaml
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from sim.scenario import Scenario
from sim.scenario.fields import BODIES, CHANNELS
from sim.scenario.parameters import registry
from sim.scenario.places import config_dir
from tests.runs import changed, load

EXAMPLES = int(os.environ.get("GONGZHI_EXAMPLES", "40"))  # scenarios a law; fixed ones unless more are asked for


def law(share: float = 1.0) -> Any:
    """Settings of a law's test: the same scenarios each time, unless more of them are asked for."""
    return settings(
        max_examples=max(1, round(EXAMPLES * share)),
        derandomize="GONGZHI_EXAMPLES" not in os.environ,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


@functools.cache
def options(group: str) -> tuple[dict[str, Any], ...]:
    """What the files of a group say, with cited values filled in."""
    known = load().to_dict()
    found = []
    for path in sorted((config_dir() / group).glob("*.yaml")):
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
        found.append(_cited(read.get(group, read), known))
    return tuple(found)


def _cited(value: Any, known: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return {k: _cited(v, known) for k, v in value.items()}
    if isinstance(value, str) and value.startswith("${"):
        at: Any = known
        for step in value[2:-1].split("."):
            at = at[step]
        return at
    return value


BOOL = st.booleans()
SHARE = st.one_of(st.sampled_from((0.0, 1.0)), st.floats(0.0, 1.0))


def _some(names: tuple[str, ...], least: int = 0) -> Any:
    return st.lists(st.sampled_from(names), unique=True, min_size=least)


def _pairs(names: tuple[str, ...], most: int) -> Any:
    pair = st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(lambda p: p[0] != p[1])
    return st.lists(pair, max_size=most, unique=True)


@st.composite
def structures(draw: Any) -> dict[str, Any]:
    """A structure of the files, or one that nobody has thought of."""
    made = {**load().to_dict()["structure"], **draw(st.sampled_from(options("structure")))}
    made["cross_appointment"] = draw(SHARE)
    made["one_head"] = draw(BOOL)
    if draw(BOOL):
        return made
    apart, council, board = draw(BOOL), draw(BOOL), draw(BOOL)
    off = {name for name, on in (("station", apart), ("council", council), ("board", board)) if not on}
    can = tuple(b for b in BODIES if b not in off)
    seats = draw(_some(can, 1))
    leads = tuple(b for b in BODIES if b not in ("council", "board"))
    made |= {
        "name": "random",
        "station_apart": apart,
        "council": council,
        "board": board,
        "council_weeks": draw(st.integers(0, 26)) if council else 0,
        "board_weeks": draw(st.integers(0, 26)) if board else 0,
        "congress_weeks": draw(st.sampled_from((0, 1, 13, 52))) if council or board else 0,
        "seats": seats,
        "heard": [b for b in draw(_some(can)) if b not in seats],
        "convener": draw(st.sampled_from((*leads, "rotating"))),
        "settles": draw(st.sampled_from((*leads, "nobody"))),
        "deciding": draw(st.sampled_from(("convener", "majority", "consensus", "bilateral"))),
        "receives": draw(_some(BODIES)),
        "assigns": draw(_pairs(BODIES, 6)),
        "cross_pairs": draw(_pairs(BODIES, 6)),
        "items_only": draw(BOOL),
        "quorum": draw(SHARE),
    }
    return made


NUMBERS: dict[str, dict[str, Any]] = {
    "delegation": dict.fromkeys(("items_down", "staff_down", "money_down", "rights_down"), BOOL),
    "desks": {"pooled": BOOL, "lines_broken": BOOL},
    "patches": {
        "patches": BOOL,
        "piece_head_households": st.sampled_from((0, 1, 50, 1000)),
        "drawn": BOOL,
        "redraw_weeks": st.sampled_from((4, 13, 260)),
    },
    "data": {"mode": st.sampled_from(("by_hand", "shared", "open")), "levels": st.integers(1, 4)},
    "tiers": {"tiers": st.integers(1, 4)},
    "channels": {
        "open": _some(CHANNELS),
        "card": BOOL,
        "notice": BOOL,
        "diary": BOOL,
        "anonymous_box": BOOL,
        "petition_office": BOOL,
        "petition_days": st.sampled_from((1, 42, 250)),
    },
    "supervision": {"appraisal": BOOL, "court": BOOL},
    "elections": {
        "mode": st.sampled_from(("personal", "household", "proxy")),
        "runner": st.sampled_from(("street", "party", "residents")),
        "roll": st.sampled_from(("registered", "resident_year", "all_adults")),
        "open_nomination": BOOL,
        "representatives": BOOL,
        "term_years": st.integers(1, 10),
        "proxies": st.integers(0, 10),
    },
    "gate": {
        "gate": BOOL,
        "gatekeeper": st.sampled_from(("district", "community")),
        "funds_follow": BOOL,
        "rights_follow": BOOL,
        "rated": BOOL,
        "bought": BOOL,
        "gate_desks": BOOL,
        "head_pay": st.sampled_from((0.0, 0.2, 0.5)),
    },
    "owners": {"founding_share": SHARE, "founding_help": SHARE},
    "resources": {
        "broker": BOOL,
        "lending": BOOL,
        "cultivation": st.sampled_from((0.0, 1e4, 1e6)),
        "entry_bar": SHARE,
        "autonomy": SHARE,
    },
    "money": {
        "work_funds": st.sampled_from((0.0, 1e4, 1e5, 1e6)),
        "pay": st.sampled_from((0.0, 1000.0, 3000.0, 10000.0)),
        "growth": st.sampled_from((-0.5, 0.0, 0.05, 0.5)),
        "street_keeps": SHARE,
        "project_money": st.sampled_from((0.0, 1e5, 1e7)),
        "paired_support": st.sampled_from((0.0, 2e4)),
        "gifts": BOOL,
        "gifts_in_kind": BOOL,
        "by_size": BOOL,
    },
}
MEETINGS = (
    "coordination",
    "representatives",
    "four_party",
    "talks",
    "deliberation",
    "hearing",
    "mediation",
    "appraisal",
)


@st.composite
def policies(draw: Any) -> dict[str, Any]:
    """Overlays of the files, mixed with overlays that nobody has thought of."""
    made: dict[str, Any] = {}
    for group in load().to_dict()["policy"]:
        made[group] = draw(st.sampled_from(options(f"policy/{group}")))
        if draw(BOOL):
            continue
        if group == "meetings":
            every = {m: draw(st.sampled_from((0, 1, 2, 13, 52))) for m in MEETINGS}
            made[group] = {**made[group], "weeks": every, "institutionalised": draw(BOOL)}
        else:
            made[group] = {**made[group], **{k: draw(v) for k, v in NUMBERS[group].items()}}
    return made


PLACES = {
    "estates": st.integers(1, 8),
    "commercial_share": SHARE,
    "owner_share": SHARE,
    "firm_share": SHARE,
    "fee_collection": SHARE,
    "owners_committee_share": SHARE,
    "problems_per_1000": st.sampled_from((0.0, 11.0, 60.0, 200.0)),
    "report_chance": st.floats(0.0, 1.0),
    "staff": st.integers(1, 30),
    "work_funds": st.sampled_from((0.0, 1e5)),
    "own_income": st.sampled_from((0.0, 2.5e4, 1e6)),
    "own_committed": SHARE,
    "volunteer_share": st.sampled_from((0.0, 0.02, 0.5)),
    "units": st.integers(0, 10),
    "trust": SHARE,
    "ties": st.sampled_from((0.0, 4.0, 30.0)),
}


@st.composite
def places(draw: Any, residents: Any) -> dict[str, Any]:
    """An archetype, some of whose numbers are others."""
    made = {**draw(st.sampled_from(options("community"))), "residents": draw(residents)}
    if draw(BOOL):
        for key in draw(_some(tuple(PLACES))):
            made[key] = draw(PLACES[key])
    else:
        made["problems_per_1000"] = 60.0  # so that a small town has cases
    return made


@st.composite
def parameters(draw: Any, most: int = 25) -> dict[str, dict[str, float]]:
    """All numbers of the model; some of them elsewhere in their ranges."""
    known = registry()
    values = {m: {n: float(p.value) for n, p in own.items()} for m, own in known.items()}
    every = tuple((m, n) for m, own in known.items() for n in own)
    for module, name in draw(st.lists(st.sampled_from(every), max_size=most)):
        param = known[module][name]
        values[module][name] = param.low + draw(SHARE) * (param.high - param.low)
    if draw(BOOL):
        values["population"]["first_election"] = float(draw(st.integers(27, 60)))
    return values


class World:
    """A scenario that shows only how it differs from the usual one."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    def __repr__(self) -> str:
        usual, mine = _flat(load().to_dict()), _flat(self.scenario.to_dict())
        return "; ".join(f"{k}={v}" for k, v in mine.items() if usual.get(k) != v and not _words(k))


def _flat(value: Any, prefix: str = "") -> dict[str, Any]:
    if isinstance(value, dict):
        return {k: v for name, inner in value.items() for k, v in _flat(inner, f"{prefix}{name}.").items()}
    return {prefix[:-1]: value}


def _words(key: str) -> bool:
    return any(f".{w}" in key for w in ("label", "description", "source", "ranges"))


@st.composite
def worlds(draw: Any, residents: Any = None, years: int = 1) -> World:
    """A scenario: one half keeps the usual base in its warm-up, the other another one."""
    warmup = draw(st.integers(0, 1))
    communities = draw(st.sampled_from((1, 1, 1, 2)))
    base = {"structure": draw(structures()), "policy": draw(policies()), "package": ""}
    made = changed(
        load(),
        {
            "seed": draw(st.integers(0, 2**63 - 1)),
            "replicate": draw(st.integers(0, 10**9)),
            "years": years,
            "warmup_years": warmup,
            "communities": communities,
            "span": draw(st.integers(communities, 12)),
            "community": draw(places(st.integers(200, 800) if residents is None else residents)),
            "era": draw(st.sampled_from(options("era"))),
            "structure": draw(structures()),
            "policy": draw(policies()),
            "parameters": draw(parameters()),
            "base": base if draw(BOOL) else load().to_dict()["base"],
        },
    )
    return World(made)
