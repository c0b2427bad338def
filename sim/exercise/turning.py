"""Turning points: rounds in which a group moved away from its agents, told apart from luck over other seeds.

A move is the change, from one round to the next, of the difference between the group and the agents in one series. On
the seed of the class it is what people saw; over other seeds the same decisions give many such moves, and their mean
with its interval says whether the decisions or the seed made it.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sim.exercise import content
from sim.exercise.content import say
from sim.exercise.engine import by_round
from sim.exercise.machine import Group

MOST_POINTS = 8
LEAST_MOVE = 0.25  # of the spread of a series over rounds: smaller moves are not worth a sentence
LEAST = {True: 0.005, False: 0.5}  # and smaller ones than this: of shares half a point, of counts half a case
PATHS = ("unsolved_cases", "not_passed_on", "items_late", "trust", "standing", "heat", "collection", "decay")
CHANGES = ("owners_committees", "firms", "organisations", "groups", "elections")
SHARES = ("trust", "standing", "collection", "decay")


def steps(own: Sequence[float], agents: Sequence[float]) -> list[float]:
    """Change of the difference in each round, from no difference before the first."""
    gap = [a - b for a, b in zip(own, agents, strict=True)]
    return [b - a for a, b in zip([0.0, *gap], gap, strict=False)]


def turning_points(
    own: Mapping[str, Any], agents: Mapping[str, Any], weeks: Sequence[int], replays: Sequence[Mapping[str, Any]] = ()
) -> list[dict[str, Any]]:
    """The largest moves on the seed of the class or in the mean of replays, and rounds in which something came or went.

    Moves of different series are made comparable by the spread of each series. With replays each move carries the mean
    over them with a 95% interval and what is to be read from it: skill, luck, or hidden (not seen on this seed).
    """
    moves = [m for name in PATHS for m in _moves(name, own, agents, weeks, replays)]
    moves.sort(key=lambda m: (m.get("verdict") == "luck", -m["size"]))
    found = sorted(moves[:MOST_POINTS], key=lambda m: (m["round"], -m["size"]))
    return found + [c for name in CHANGES for c in _changes(name, own["series"][name], weeks, replays)]


def _moves(
    name: str, own: Mapping[str, Any], agents: Mapping[str, Any], weeks: Sequence[int],
    replays: Sequence[Mapping[str, Any]],
) -> list[dict[str, Any]]:  # fmt: skip
    from sim.analysis.effects import intervals

    mine, theirs = by_round(own["series"][name], weeks), by_round(agents["series"][name], weeks)
    spread = statistics.pstdev([*theirs, *mine])
    least = max(LEAST_MOVE * spread, LEAST[name in SHARES])
    live = steps(mine, theirs)
    many = [np.array(x) for x in zip(*(steps(*r["paths"][name]) for r in replays), strict=True)]
    low, high = intervals(many) if len(replays) > 1 else ((), ())
    found = []
    for i, step in enumerate(live):
        one: dict[str, Any] = {
            "kind": "move", "round": i + 1, "name": name, "size": abs(step) / max(spread, 1e-9),
            "from": mine[i - 1] - theirs[i - 1] if i else 0.0, "to": mine[i] - theirs[i],
        }  # fmt: skip
        seen = abs(step) >= least
        if len(replays) > 1:
            mean, a, b = float(many[i].mean()), float(low[i]), float(high[i])
            sure = a > 0.0 or b < 0.0
            verdict = "skill" if sure and mean * step > 0.0 else "luck"
            if not seen and sure and abs(mean) >= least:
                verdict, seen = "hidden", True
                one["size"] = abs(mean) / max(spread, 1e-9)
            one |= {"mean": mean, "low": a, "high": b, "verdict": verdict, "seeds": len(replays)}
        if seen:
            found.append(one)
    return found


def _turns(name: str, values: Sequence[float], weeks: Sequence[int]) -> list[tuple[float, float]]:
    """What stood before and after each round; of elections how many there were."""
    ends = [int(e) for e in np.cumsum([0, *weeks])]
    if name == "elections":
        return [(0.0, float(sum(values[a:b]))) for a, b in zip(ends, ends[1:], strict=False)]
    return [(float(values[max(a - 1, 0)]), float(values[b - 1])) for a, b in zip(ends, ends[1:], strict=False)]


def _changes(
    name: str, values: Sequence[float], weeks: Sequence[int], replays: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    found = []
    for i, (first, last) in enumerate(_turns(name, values, weeks)):
        if first == last:
            continue
        one: dict[str, Any] = {"kind": "change", "round": i + 1, "name": name, "from": first, "to": last}
        if replays:
            both = [
                sum(1 for r in replays if (t := _turns(name, r["changes"][name][k], weeks)[i])[0] != t[1]
                    and (t[1] > t[0]) == (last > first))
                for k in (0, 1)
            ]  # fmt: skip
            one |= {"own": both[0], "agents": both[1], "seeds": len(replays)}
        found.append(one)
    return found


def _number(name: str, value: float, lang: str, signed: bool) -> str:
    """A level, or a signed difference: of shares in percentage points."""
    sign = "+" if signed else ""
    value = 0.0 if abs(value) * (100 if name in SHARES else 1) < 0.05 else value
    if name in SHARES:
        return f"{100 * value:{sign}.1f}" + (say("points", lang) if signed else "%")
    return f"{value:{sign}.1f}" if signed else f"{value:.0f}"


def sentence(point: Mapping[str, Any], group: Group, lang: str) -> dict[str, Any]:
    """A turning point in words, with who had decided that round."""
    name = say(f"path_{point['name']}", lang)
    a, b = (_number(point["name"], point[k], lang, point["kind"] == "move") for k in ("from", "to"))
    verdict = point.get("verdict", "")
    kind = "hidden" if verdict == "hidden" else point["kind"]
    text = say(f"point_{kind}", lang, name=name, before=a, after=b)
    over = ""
    if "verdict" in point:
        mean, low, high = (_number(point["name"], point[k], lang, True) for k in ("mean", "low", "high"))
        over = say("point_over", lang, n=point["seeds"], mean=mean, low=low, high=high)
    elif "own" in point:
        over = say("point_often", lang, n=point["seeds"], own=point["own"], agents=point["agents"])
    past = group.history[point["round"] - 1]
    who = say("listing", lang).join(content.roles()[r].label[lang] for r in past.decisions)
    return {"round": point["round"], "text": text, "who": who, "over": over, "sure": verdict in ("skill", "hidden"),
            "verdict": say(f"turn_{verdict}", lang) if verdict else ""}  # fmt: skip
