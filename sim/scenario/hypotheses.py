"""With what a file of experiments/ states its study: words in both languages, arms, and what all hypotheses share.

Everything here is plain data, the same as the keys of configs/study. The claim is written with sim.analysis.claims.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.scenario.fields import Words
from sim.vocabulary.words import pair

REFORM = 104  # week of the run in which the reform comes, after two years of warm-up
PLACES = ("old_danwei", "commercial", "village_turned", "mixed_migrant", "affluent_mature")
READ = Words(**pair("findings.how_to_read"))
DIFFERS = {budget: pair(f"findings.differs.{budget}") for budget in ("public_money", "social_cost")}
SHOWN = (  # beside the indicators of a hypothesis itself
    "welfare", "felt_satisfaction", "time_median", "share_spoken", "trust", "standing", "demand_share",
    "not_passed_share", "public_hours", "public_money", "social_cost",
)  # fmt: skip
TRACE = (  # hours, hand-overs, waits, unreported cases and who solves: followed through in every hypothesis
    "hours_demand", "hours_above", "hours_initiative", "hours_meeting", "hours_coordination", "hours_ledger",
    "overtime_share", "handovers_per_case", "wait_staff", "wait_body", "wait_meeting", "wait_money", "wait_total",
    "rework", "open_age", "not_passed_share", "closed_unsolved_share", "dropped_share", "share_spoken", "found_share",
    "solved_by_government", "solved_by_market", "solved_by_society", "solved_by_neighbour", "solved_by_self",
)  # fmt: skip


def words(zh: str, en: str) -> Words:
    """The same words in Chinese and English."""
    return Words(zh=zh, en=en)


def arm(name: str, zh: str, en: str, *settings: str, later: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """An arm: its settings as on the command line, and under `later` what holds from the reform on.

    `later` is how a rule is taken out, in an arm and in the one that it is compared with, so that both share the
    warm-up:

        arm("c40_slow", ZH, "40%, as slow", "structure.cross_appointment=0.4",
            later={"parameters.calendar.hop_shared": 1.0})
    """
    made: dict[str, Any] = {"name": name, "label": {"zh": zh, "en": en}, "overrides": list(settings)}
    return made | ({"from_week": {REFORM: dict(later)}} if later else {})


def compared(
    common: Sequence[str],
    arms: Sequence[Mapping[str, Any]],
    indicators: Sequence[str],
    *,
    baseline: str = "",
    replicates: int = 30,
    charts: Sequence[str] = (),
) -> dict[str, Any]:
    """The study of a hypothesis with the keys of configs/study: these arms at the five archetypes.

    `common` are the settings of all arms; public hours are held equal, and SHOWN is added to the indicators. The
    baseline is the first arm unless another is named.
    """
    return {
        "common": list(common),
        "base": {"package": "before_reform"},
        "arms": [dict(a) for a in arms],
        "baseline": baseline or str(arms[0]["name"]),
        "replicates": replicates,
        "design": {"kind": "grid", "uncertainties": {"community": list(PLACES)}},
        "equal": ["public_hours"],
        "differs": DIFFERS,
        "indicators": list(dict.fromkeys([*indicators, *SHOWN])),
        "charts": list(charts),
    }
