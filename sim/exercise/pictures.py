"""Charts of a session, drawn once each in the engine's process in the look of the program's other charts."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from fastapi.responses import Response

from sim.exercise import debrief
from sim.exercise.content import say
from sim.exercise.machine import Group, Session
from sim.exercise.room import Room
from sim.exercise.rules import Refused
from sim.exercise.turning import SHARES
from sim.vocabulary.words import languages

if TYPE_CHECKING:
    from sim.charts.setting import Setting

NAMES = ("course", "records", "luck")
PANELS = ("unsolved_cases", "not_passed_on", "items_late", "trust", "standing", "collection")
# own, agents, nobody, then what else it is compared with
LOOKS: tuple[tuple[str, Any], ...] = (
    ("#0072B2", "-"), ("#6B6B6B", "--"), ("#D55E00", ":"), ("#009E73", "-."), ("#CC79A7", (0, (6, 1.5))),
    ("#8A6D00", (0, (1, 1, 4, 1))),
)  # fmt: skip


@dataclass(frozen=True)
class Look:
    """What a sheet asks of the setting it is drawn in."""

    footer: str
    style: str = "page"


async def answer(room: Room, session: Session, group: Group, name: str, lang: str) -> Response:
    """The picture; the first who asks waits for it to be drawn."""
    if name not in NAMES or lang not in languages():
        raise Refused("page", 404)
    data = table(room, session, group, name, lang)
    if data is None:
        raise Refused("no_data", 404)
    text = json.dumps([name, lang, data], sort_keys=True, ensure_ascii=False)
    key = "chart:" + hashlib.sha256(text.encode()).hexdigest()
    drawn = room.known(session.sid, key)
    while drawn is None:
        room.job(session, key, draw, name, lang, data, slow=True)
        await asyncio.sleep(0.1)
        if session.sid not in room.sessions:
            raise Refused("no_session", 404)
        drawn = room.known(session.sid, key)
    return Response(drawn["svg"], media_type="image/svg+xml")


def table(room: Room, session: Session, group: Group, name: str, lang: str) -> dict[str, Any] | None:
    """What a chart shows, as plain numbers and words."""
    found = {k: v for k, v in debrief.arms(room, session, group).items() if not k.startswith("group:")}
    if "own" not in found:
        return None
    weeks = [p.round.weeks for p in group.history]
    data: dict[str, Any] = {"weeks": weeks, "footer": say("chart_footer", lang, seed=session.seed)}
    if name == "course":
        data["arms"] = [
            {"label": debrief.arm_label(k, lang), "series": {n: v["series"][n] for n in PANELS}}
            for k, v in found.items()
        ]
    elif name == "records":
        rounds = [room.outcome(session, group, i + 1) for i in range(len(weeks))]
        data["filed"] = [r["round"]["closed_in_time"] if r else None for r in rounds]
        data["felt"] = [r["round"]["solved_share"] if r else None for r in rounds]
    else:
        many = debrief.replays(room, session, group)
        if len(many) < debrief.SEEDS:
            return None
        from sim.observe.indicators import INDICATORS

        data["rows"] = [
            {**row, "label": INDICATORS[row["name"]].label[lang]}
            for row in debrief.luck(debrief.paired(many))
            if INDICATORS[row["name"]].unit == "share"
        ]
    return data


def draw(name: str, lang: str, data: Mapping[str, Any]) -> dict[str, str]:
    """The chart as SVG."""
    from sim.charts import style

    with style.styled("page"):
        figure = {"course": _course, "records": _records, "luck": _luck}[name](lang, data)
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None})
    return {"svg": plain_svg(out.getvalue())}


def plain_svg(text: str) -> str:
    """The same picture with attributes in place of styles: opened alone it must not need a style of its own."""
    text = re.sub(r"<style[^>]*>.*?</style>", "", text, flags=re.S)
    text = text.replace("<svg ", '<svg stroke-linejoin="round" stroke-linecap="butt" ', 1)

    def attributes(found: re.Match[str]) -> str:
        pairs = (p.split(":", 1) for p in found.group(1).split(";") if ":" in p)
        return " ".join(f'{k.strip()}="{v.strip()}"' for k, v in pairs)

    return re.sub(r'style="([^"]*)"', attributes, text)


def _sheet(lang: str, data: Mapping[str, Any], key: str, height: float) -> Any:
    from sim.charts.style import Sheet

    setting = cast("Setting", Look(data["footer"]))
    return Sheet(setting, say(f"chart_{key}", lang), say(f"chart_{key}_how", lang), height)


def _rounds(axes: Any, weeks: Sequence[int]) -> None:
    """Thin lines between rounds; round numbers below."""
    at = 0
    middles = []
    for length in weeks:
        middles.append(at + length / 2)
        at += length
        axes.axvline(at, color="#E4E4E4", linewidth=0.6, zorder=0)
    every = max(1, len(weeks) // 10 + (len(weeks) > 10))
    axes.set_xticks(middles[::every], [str(i + 1) for i in range(0, len(weeks), every)])
    axes.tick_params(axis="x", length=0)
    axes.set_xlim(0, at)


def _course(lang: str, data: Mapping[str, Any]) -> Any:
    from matplotlib.lines import Line2D

    from sim.charts import prose, style

    sheet = _sheet(lang, data, "course", 5.0)
    marks = [Line2D([], [], color=c, linestyle=s) for c, s in LOOKS]
    top = sheet.key([(m, a["label"]) for m, a in zip(marks, data["arms"], strict=False)]) + 0.1
    wide, high = sheet.width / 3, (sheet.body - top) / 2
    for i, name in enumerate(PANELS):
        row, column = divmod(i, 3)
        axes = sheet.axes(column * wide + 0.42, top + row * high + 0.3, wide - 0.55, high - 0.75)
        factor = 100 if name in SHARES else 1
        for arm, (colour, dashes) in reversed(list(zip(data["arms"], LOOKS, strict=False))):
            values = [factor * v for v in arm["series"][name]]
            axes.plot(range(1, len(values) + 1), values, color=colour, linestyle=dashes, linewidth=1.3)
        axes.set_title(
            style.wrap(
                prose.bracketed(say(f"path_{name}", lang), "%" if factor == 100 else "", lang),
                wide - 0.3,
                style.size(0.9),
            ),
            fontsize=style.size(0.9),
        )
        axes.locator_params(axis="y", nbins=4)
        if factor == 1:
            axes.set_ylim(bottom=0, top=max(1.0, axes.get_ylim()[1]))
        _rounds(axes, data["weeks"])
    return sheet.figure


def _records(lang: str, data: Mapping[str, Any]) -> Any:
    sheet = _sheet(lang, data, "records", 2.6)
    from matplotlib.lines import Line2D

    from sim.charts.style import BLUE, ORANGE

    looks = (("filed", "s", ORANGE, "chart_filed"), ("felt", "o", BLUE, "chart_felt"))
    top = sheet.key([(Line2D([], [], linestyle="", marker=m, color=c), say(t, lang)) for _, m, c, t in looks])
    axes = sheet.axes(0.5, top + 0.1, sheet.width - 0.7, sheet.body - top - 0.5)
    numbers = range(1, len(data["filed"]) + 1)
    for n, filed, felt in zip(numbers, data["filed"], data["felt"], strict=True):
        if filed is not None and felt is not None:
            axes.plot([n, n], [100 * filed, 100 * felt], color="#9A9A9A", linewidth=1.0, zorder=1)
    for name, mark, colour, _ in looks:
        points = [(n, 100 * v) for n, v in zip(numbers, data[name], strict=True) if v is not None]
        axes.plot(
            [p[0] for p in points],
            [p[1] for p in points],
            linestyle="",
            marker=mark,
            color=colour,
            zorder=2,
            clip_on=False,
        )
    axes.set_xticks(list(numbers))
    axes.set_xlim(0.5, len(data["filed"]) + 0.5)
    axes.set_ylim(0, 100)
    axes.set_ylabel("%")
    axes.set_xlabel(say("round_axis", lang))
    return sheet.figure


def _luck(lang: str, data: Mapping[str, Any]) -> Any:
    from sim.charts import style

    rows = data["rows"]
    sheet = _sheet(lang, data, "luck", 0.6 + 0.34 * len(rows))
    left = 0.38 * sheet.width
    axes = sheet.axes(left, 0.05, sheet.width - left - 0.2, sheet.body - 0.5)
    axes.axvline(0, color="#6B6B6B", linewidth=0.8)
    for i, row in enumerate(rows):
        sure = row["low"] > 0 or row["high"] < 0
        colour = style.BLUE if sure else style.GREY
        axes.plot([100 * row["low"], 100 * row["high"]], [i, i], color=colour, linewidth=1.6)
        axes.plot(100 * row["mean"], i, "o", color=colour, markerfacecolor=colour if sure else "white")
    axes.set_yticks(range(len(rows)), [style.wrap(r["label"], left - 0.1, style.size(0.88)) for r in rows])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(say("points_axis", lang))
    return sheet.figure
