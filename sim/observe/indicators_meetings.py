"""What meetings with residents leave behind, and what a few persons do against voice: counts of individual acts."""

from __future__ import annotations

import numpy as np

from sim.codes import Truth
from sim.observe.measures import mean, ratio
from sim.observe.registry import family, indicator
from sim.observe.run import Run

FOLLOW_WEEKS = 26  # time given to a resolution before it is asked whether it was carried out
WEEK = 5.0  # working days
GROUP = "work"


def _since(run: Run, column: str) -> float:
    return float(run.since(f"community.{column}")[run.full].sum())


@indicator(
    "share", 0, 1, +1, GROUP, "决议落实率", "Follow-through of resolutions",
    "窗口期内、至少26周以前由居民会议形成决议的诉求中,决议后26周内真正解决的比例。",
    "Share of resolutions of meetings with residents, passed in the window and at least 26 weeks ago, whose problem "
    "was truly solved within 26 weeks of the resolution.",
    source="A42", reads=("case.resolution", "case.solved", "case.truth"), primary=True,
)  # fmt: skip
def follow_through(run: Run) -> float:
    used = run.state.used("case")
    passed = run.state["case.resolution"][:used] - 1
    here = run.state["community.full"][run.state["case.community"][:used]] != 0
    ripe = here & (passed >= run.window[0]) & (passed < run.window[1]) & (passed <= run.now / WEEK - FOLLOW_WEEKS)
    truth = run.state["case.truth"][:used][ripe]
    days = run.state["case.solved"][:used][ripe] - WEEK * passed[ripe]
    return mean((truth > Truth.OPEN) & (truth < Truth.LAPSED) & (days <= WEEK * FOLLOW_WEEKS))


@indicator(
    "share", 0, 1, -1, GROUP, "利益受损者未被听取的比例", "Hurt without having been heard",
    "改革以来因公共项目受损的居民中,决定前未被听取者的比例。",
    "Share of residents hurt by a collective project since the reform who had not been heard before it.",
    source="A65", reads=("community.hurt_heard", "community.hurt_unheard"),
)  # fmt: skip
def hurt_unheard_share(run: Run) -> float:
    heard, unheard = _since(run, "hurt_heard"), _since(run, "hurt_unheard")
    return ratio(unheard, heard + unheard)


@indicator(
    "ratio", 0, np.inf, -1, GROUP, "片区负荷不均", "Unevenness of patches",
    "改革以来各周负荷最重片区的未解决诉求数与各片平均数之比的平均值。",
    "Open spoken cases of the busiest patch over those of a mean patch, mean over the weeks with patches since the "
    "reform.",
    source="A27", reads=("community.patch_uneven", "community.patch_weeks"),
)  # fmt: skip
def patch_unevenness(run: Run) -> float:
    return ratio(_since(run, "patch_uneven"), _since(run, "patch_weeks"))


@indicator(
    "share", 0, 1, -1, GROUP, "求借落空比例", "Asked in vain",
    "改革以来求借场地、物资、技术时,对方没有或无人有此类资源的比例。",
    "Share of requests for a room, goods or technology since the reform that went to somebody who has none, or found "
    "nobody who has.",
    source="A81", reads=("community.means_asked", "community.means_vain"),
)  # fmt: skip
def means_in_vain_share(run: Run) -> float:
    return ratio(_since(run, "means_vain"), _since(run, "means_asked"))


ACTS = {
    "resolutions": (0, "居民会议决议", "resolutions of meetings with residents"),
    "pressed": (1, "被施压的诉求人", "complainants who were pressed"),
    "blocked": (2, "个人关闭渠道或取消会议", "channels closed and meetings called off by individuals"),
    "obstruction_found": (3, "被发现的压制行为", "acts of obstruction that became known"),
    "objections": (4, "对公开记录的异议", "objections to the open record"),
    "filtered": (5, "被召集人挡在议程外的事项", "matters that a convener kept off the agenda"),
    "told": (6, "获知办理结果的人次", "times that residents were told what became of matters"),
    "hurt_unheard": (7, "未被听取而受损的居民", "residents hurt without having been heard"),
    "reassigned": (8, "改由他人负责的决议", "resolutions given to another because the named person had left"),
    "means_asked": (9, "求借场地、物资、技术的次数", "requests for rooms, goods and technology"),
    "means_lent": (10, "由他人场地、物资、技术办成的诉求", "cases served by a room, goods or technology of others"),
}


def acts(run: Run, code: int) -> float:
    """Acts of one kind since the reform, per 1,000 residents a year."""
    return run.per_thousand_since(_since(run, list(ACTS)[code]))


for _name, _member in ACTS.items():
    family(
        {_name: _member}, "{}_rate", "1/year/1,000 residents", 0, np.inf, 0, GROUP,
        "{}(每千居民每年)", "{} (per 1,000 residents a year)",
        "改革以来每千居民每年的次数:{}。", "Number since the reform, per 1,000 residents a year: {}.",
        source="A39, A42, A53, A55, A65, A68, A81", reads=(f"community.{_name}",),
    )(acts)  # fmt: skip
