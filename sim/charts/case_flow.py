"""Where felt problems go: how they are spoken, who answers, who has them last, how they stand; an alluvial drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.charts import alluvial, prose, style
from sim.charts import arms as belong
from sim.charts.registry import NoData, chart
from sim.charts.tables import CLAIM, focus, unit_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sim.charts.setting import Setting
    from sim.store import StoredStudy

STAGES = ("a", "b", "c", "d")
STANDS = {  # how a problem stands, as drawn: standings of the tallies
    "solved": ("solved",),
    "private": ("solved_privately",),
    "gone": ("lapsed",),
    "waiting": (
        "under_way",
        "waits_staff",
        "waits_body",
        "waits_meeting",
        "waits_money",
        "waits_consent",
        "waits_date",
    ),
    "paper": ("closed_unsolved",),
    "hidden": ("not_passed_on", "dropped"),
    "escalated": ("escalated",),
    "unspoken": ("unspoken",),
}
LOOKS: dict[str, tuple[str, str | None]] = {
    "solved": (style.BLUE, None),
    "private": (style.SKY, None),
    "gone": (style.FAINT, None),
    "waiting": (style.YELLOW, "...."),
    "paper": (style.ORANGE, "xxxx"),
    "hidden": (style.PURPLE, "\\\\\\\\"),
    "escalated": (style.VERMILLION, "////"),
    "unspoken": ("#A8A8A8", "||||"),
}
LEAST = 0.02  # channels and bodies with a smaller share under every arm shown are put together
OTHER = "other"


def table(study: StoredStudy) -> pd.DataFrame:
    """Shares of all felt problems by stage for the baseline and the arm furthest from it, and in rows without stages a
    to c how the share that ends in each state differs between them."""
    import pandas as pd

    from sim.analysis.flows import flow_means

    tallies = study.tallies
    base = str(study.study["baseline"])
    wanted = [base, *(focus(study) if len(study.arms) > 1 else [])]
    arms = [arm for arm in wanted if arm in set(tallies["arm"])]
    if not arms:
        raise NoData("no_tallies")
    part = tallies[(tallies["measure"] == "case") & tallies["arm"].isin(arms)].copy()
    part["d"] = part["d"].map({name: group for group, members in STANDS.items() for name in members})
    rows = flow_means(part, "case", list(STAGES))
    rows["share"] = rows["mean"] / rows.groupby("arm")["mean"].transform("sum")
    for stage in STAGES[:3]:
        most = rows.groupby([stage, "arm"])["share"].sum().groupby(level=0).max()
        rows[stage] = rows[stage].where(rows[stage].map(most) >= LEAST, OTHER)
    rows = rows.groupby(["arm", "n", *STAGES], sort=False)["share"].sum().reset_index()
    return pd.concat([rows, _ends(part, base, unit_of(study))], ignore_index=True)


def _ends(part: pd.DataFrame, base: str, unit: str) -> pd.DataFrame:
    """Paired differences in the share of problems that end in each state, with intervals over the unit."""
    import numpy as np
    import pandas as pd

    from sim.analysis.effects import intervals

    keys = ["point", "arm", "replicate"]
    wide = part.groupby([*keys, "d"], sort=False)["value"].sum().unstack("d").reindex(columns=list(STANDS)).fillna(0.0)
    wide = wide.div(wide.sum(axis=1), axis=0).groupby(level=["arm", unit], sort=False).mean()
    rows, differences = [], []
    for arm in dict.fromkeys(wide.index.get_level_values("arm")):
        if arm == base:
            continue
        both = wide.loc[arm].index.intersection(wide.loc[base].index)
        d = (wide.loc[arm].loc[both] - wide.loc[base].loc[both]).to_numpy(dtype=np.float64)
        for place, name in enumerate(STANDS):
            differences.append(d[:, place])
            rows.append((arm, len(both), name, float(d[:, place].mean())))
    found = pd.DataFrame(rows, columns=["arm", "n", "d", "difference"])
    found["ci_low"], found["ci_high"] = intervals(differences)
    return found


@chart(table=table, needs=("tallies",))
def case_flow(rows: pd.DataFrame, setting: Setting) -> Figure:
    """One alluvial an arm: the baseline's and that of the arm furthest from it."""
    flows = rows[rows["share"].notna()]
    arms = list(dict.fromkeys(flows["arm"]))
    line = style.size(1.0) / 72
    subtitle = setting.say("flow subtitle", n=int(flows["n"].max()))
    sheet = style.Sheet(setting, _title(rows, arms, setting), subtitle, len(arms) * 28 * line)
    beside = setting.style == "slide" and len(arms) > 1
    top = sheet.key(_key(set(flows["d"]), setting))
    across, down = (len(arms), 1) if beside else (1, len(arms))
    gap = 1.5 * line
    wide = (sheet.width - gap * (across - 1)) / across
    high = (sheet.body - top) / down
    side = 0.30 if beside else 0.24
    for place, arm in enumerate(arms):
        row, column = divmod(place, across)
        left, start = column * (wide + gap), top + row * high + 0.5 * line
        note = setting.arm(arm) + (setting.say("is baseline") if arm == setting.baseline else "")
        said = [sheet.heading(style.first_line(style.wrap(note, wide, style.size(1.0))), start, left)]
        inner = wide / (1 + 2 * side)
        for at, stage in enumerate(STAGES):
            x = left + side * inner + at / (len(STAGES) - 1) * inner
            text = setting.say(f"stage {stage}")
            half = style.text_width(text, style.size(style.TINY)) / 2
            x = min(max(x - half, left), left + wide - 2 * half)
            said.append(sheet.small(text, start + 1.7 * line, x, style.GREY))
        axes = sheet.axes(left, start + 3.1 * line, wide, high - 4.4 * line)
        axes.set_xlim(-side, 1 + side)
        belong.mark(arm, axes, *said)
        part = flows[flows["arm"] == arm]
        orders = {stage: _order(flows, stage) for stage in STAGES}
        alluvial.draw(axes, part, STAGES, "d", orders, LOOKS, _names(flows, setting), side)
    return sheet.figure


def _order(rows: pd.DataFrame, stage: str) -> list[str]:
    """Largest first, with what is nobody's and what is put together last; ends from best to worst."""
    if stage == "d":
        return list(STANDS)
    sizes = rows.groupby(stage)["share"].sum().sort_values(ascending=False, kind="stable")
    last = [name for name in (OTHER, "nobody", "unspoken") if name in sizes.index]
    return [*(str(name) for name in sizes.index if name not in last), *last]


def _names(rows: pd.DataFrame, setting: Setting) -> dict[str, dict[str, str]]:
    return {
        stage: {name: node(stage, name, setting) for name in dict.fromkeys(rows[stage])} for stage in STAGES
    }  # fmt: skip


def node(stage: str, name: str, setting: Setting) -> str:
    """Words of a channel, a body or a state."""
    if stage == "d":
        return setting.say(f"stands {name}")
    if name in ("unspoken", "nobody", OTHER):
        return setting.say(name)
    return prose.term(f"channel.{name}" if stage == "a" else f"body.{name}", setting.lang)


def _key(found: set[str], setting: Setting) -> list[tuple[Any, str]]:
    from matplotlib.patches import Patch

    return [
        (Patch(facecolor=colour, hatch=hatch, edgecolor=style.PAPER, linewidth=0), setting.say(f"stands {name}"))
        for name, (colour, hatch) in LOOKS.items()
        if name in found
    ]


def _title(rows: pd.DataFrame, arms: list[str], setting: Setting) -> str:
    ends = rows[rows["difference"].notna()]
    if ends.empty:
        return setting.say("flow alone", arm=setting.arm(arms[0]))
    said = {"arm": setting.arm(arms[1]), "baseline": setting.arm(setting.baseline)}
    if int(ends["n"].min()) < CLAIM:
        return setting.say("flow too few", n=CLAIM, **said)
    clear = ends[(ends["ci_low"] > 0) | (ends["ci_high"] < 0)]
    if clear.empty:
        return setting.say("flow same", **said)
    top = clear.loc[clear["difference"].abs().idxmax()]
    numbers = [float(top[key]) for key in ("difference", "ci_low", "ci_high")]
    amount, low, high = prose.span(numbers[0], numbers[1], numbers[2], "share", setting.lang)
    return setting.say(
        "flow differs", what=setting.say(f"stands {top['d']}"), amount=amount, low=low, high=high, **said
    )
