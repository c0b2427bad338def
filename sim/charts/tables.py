"""What the charts compute from a stored study before anything is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.effects import directions
from sim.charts.prose import indicator
from sim.charts.registry import NoData

if TYPE_CHECKING:
    import pandas as pd

    from sim.charts.setting import Setting
    from sim.store import StoredStudy

HEADLINE = ("welfare", "felt_satisfaction", "time_median", "closed_in_time", "admin_share", "cost_per_solved")
LINES = {"slide": 10, "page": 45, "paper": 45}  # arms that a list has room for
COLUMNS = {"slide": 9, "page": 9, "paper": 9}  # arms that a table has room for
BEST = {"slide": 9, "page": 12, "paper": 12}  # arms shown where all compete
COURSES = {"slide": 10, "page": 24, "paper": 24}  # arms that small multiples have room for
PANELS = 6  # small multiples on one chart
ROWS = 18  # indicators on a scorecard
CLAIM = 10  # pairs below which no title claims a difference
WEEKS_QUARTER, WEEKS_YEAR = 13, 52


def completed(study: StoredStudy) -> pd.DataFrame:
    """Runs that came to their end."""
    runs = study.runs
    done = runs[runs["status"] == "ok"]
    if done.empty:
        raise NoData("none_completed")
    return done


def primary(study: StoredStudy, most: int = PANELS) -> list[str]:
    """The study's own indicators in its order, then the headline ones, then the program's other primary ones."""
    from sim.analysis.effects import indicator_columns
    from sim.charts import prose

    recorded = indicator_columns(study.runs)
    others = [name for name, item in prose.declared().items() if item.primary]
    wanted = dict.fromkeys([*(study.study.get("indicators") or ()), *HEADLINE, *others])
    return ([name for name in wanted if name in recorded] or recorded)[:most]


def comparisons(study: StoredStudy) -> pd.DataFrame:
    """All paired effects with a verdict and, beside each, the size in standard deviations of the baseline."""
    effects = study.effects.copy()
    if effects.empty:
        raise NoData("one_arm")
    runs = completed(study)
    base = runs[runs["arm"] == study.study["baseline"]]
    spread = {name: float(base[name].std(ddof=1)) for name in effects["indicator"].unique() if name in base}
    sd = effects["indicator"].map(spread).to_numpy(dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        # A baseline without any spread makes every difference infinitely large, and none at all nothing.
        effects["standardised"] = np.where(effects["difference"] == 0, 0.0, effects["difference"] / sd)
    effects["better"] = directions(effects["indicator"])
    return effects


def contrasts(study: StoredStudy) -> pd.DataFrame:
    """What each choice does by itself, with a verdict."""
    rows = study.contrasts.copy()
    rows["better"] = directions(rows["indicator"])
    return rows


def enough(rows: pd.DataFrame) -> bool:
    """Whether there are so many pairs that a title may claim a difference."""
    return bool(len(rows) and rows["n"].max() >= CLAIM)


def quantiles(frame: pd.DataFrame, by: list[str], value: str) -> pd.DataFrame:
    """Number, mean and the 5, 25, 50, 75 and 95% quantiles of a column by group."""
    import pandas as pd

    groups = frame.dropna(subset=[value]).groupby(by, sort=False)[value]
    parts = {"n": groups.size(), "mean": groups.mean()}
    parts |= {f"q{int(100 * q):02d}": groups.quantile(q) for q in (0.05, 0.25, 0.5, 0.75, 0.95)}
    return pd.DataFrame(parts).reset_index()


def directed(study: StoredStudy, most: int = PANELS) -> dict[str, int]:
    """The study's first indicators of which one direction is better (+1 or -1), by name."""
    names = [name for name in primary(study, 10_000) if indicator(name).better and study.runs[name].notna().any()]
    return {name: indicator(name).better for name in names[:most]}


def unit_of(study: StoredStudy) -> str:
    """What is resampled: replicates, or design points where these were drawn from ranges."""
    return "point" if study.sampled else "replicate"


def focus(study: StoredStudy, most: int = 1) -> list[str]:
    """The arms that stand furthest from the baseline in the study's first indicators, the furthest first, theoretical
    controls after all others.

    For charts that have room for a few arms only; distance is the mean size of the difference in standard deviations.
    """
    rows = comparisons(study)
    rows = rows[rows["indicator"].isin(primary(study))]
    size = rows["standardised"].abs().replace(np.inf, np.nan)
    order = size.groupby(rows["arm"], sort=False).mean().sort_values(ascending=False, kind="stable")
    done = set(completed(study)["arm"])
    last = controls(study)
    return sorted((str(arm) for arm in order.index if arm in done), key=lambda arm: arm in last)[:most]


def controls(study: StoredStudy) -> set[str]:
    """Arms whose structure is a theoretical control and no policy proposal."""
    stated = {arm["name"]: (arm.get("scenario") or {}).get("structure") or {} for arm in study.study["arms"]}
    return {str(arm) for arm, structure in stated.items() if structure.get("theoretical_control")}


def chosen(rows: pd.DataFrame, setting: Setting, room: Mapping[str, int] = LINES) -> tuple[list[str], str]:
    """The arms of a table in the study's order, and nothing; where they are more than the style has room for, the
    baseline and those furthest from it, and words for a subtitle that say so."""
    every = [arm for arm in setting.arms if arm in set(rows["arm"])]
    most = room[setting.style]
    if len(every) <= most:
        return every, ""
    others = [arm for arm in focus(setting.study, len(every)) if arm in every]
    kept = {setting.baseline, *others[: most - (setting.baseline in every)]}
    arms = [arm for arm in every if arm in kept]
    shown, total = (len([arm for arm in names if arm != setting.baseline]) for names in (arms, every))
    return arms, some_arms(setting, shown, total)


def some_arms(setting: Setting, shown: int, total: int) -> str:
    """Words for a subtitle: how many arms of how many are shown, and how they were chosen."""
    last = controls(setting.study) and setting.say("controls last")
    return setting.say("arms shown", k=shown, total=total) + (last or "")
