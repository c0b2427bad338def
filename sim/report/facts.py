"""What a brief picks from the tables of a stored study. Nothing is estimated here: every number stands in a table.

A difference counts as told apart only when its 95% interval excludes zero and there are enough pairs to say so.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sim.charts.tables import CLAIM, HEADLINE, comparisons, controls, primary
from sim.scenario.experiments import is_collection

if TYPE_CHECKING:
    import pandas as pd

    from sim.store import StoredStudy

# Tables of claims put to the test, NAME.LANG.csv or NAME.csv: id, claim, verdict, indicator, difference, ci_low,
# ci_high, sesoi, where, reason
VERDICTS = "verdicts"
HEADLINES = 6
# What stands between a rule and its result, by the group under which a brief names it
DRIVERS: Mapping[str, tuple[str, ...]] = {
    "hours": ("hours_above", "hours_demand", "hours_initiative", "hours_meeting", "hours_coordination", "hours_ledger"),
    "flow": (
        "handovers_per_case",
        "wait_staff",
        "wait_body",
        "wait_meeting",
        "wait_money",
        "wait_consent",
        "wait_date",
        "rework",
    ),
    "voice": ("share_spoken", "found_share", "not_passed_share", "dropped_share", "channels_closed"),
    "solvers": (
        "solved_by_government",
        "solved_by_market",
        "solved_by_society",
        "solved_by_neighbour",
        "solved_by_self",
        "effective_actors",
    ),
    "means": ("public_hours", "public_money", "social_cost", "vacancies", "quits"),
}
DRIVERS_SHOWN = 2  # of each group
GROUPS = ("welfare_vulnerable", "welfare_migrants", "welfare_owners", "worst_decile")  # residents
GAPS = ("gap_vulnerable", "gap_migrants", "gap_owners")
STAFF = ("strain", "quits", "social_cost")  # who pays


class Facts:
    """The tables of one study, and what a brief asks of them."""

    def __init__(self, study: StoredStudy) -> None:
        self.study = study
        self.effects = comparisons(study)  # raises NoData where nothing is compared
        self.baseline = str(study.study["baseline"])
        compared = set(self.effects["arm"])
        self.arms = [arm for arm in study.arms if arm in compared]
        self.named = primary(study, len(self.effects))

    @cached_property
    def headline(self) -> list[str]:
        """The study's first indicator, then the program's headline ones, as far as they were recorded."""
        known = set(self.effects["indicator"])
        return [name for name in dict.fromkeys([self.named[0], *HEADLINE]) if name in known][:HEADLINES]

    def rows(self, indicator: str) -> pd.DataFrame:
        """Effects of all arms on an indicator, in the study's order."""
        return self.effects[self.effects["indicator"] == indicator]

    def row(self, arm: str, indicator: str) -> pd.Series | None:
        """The effect of one arm on one indicator, or None where it was not recorded or has no interval."""
        found = self.effects[(self.effects["arm"] == arm) & (self.effects["indicator"] == indicator)]
        if found.empty or not math.isfinite(float(found.iloc[0]["ci_low"])):
            return None
        return found.iloc[0]

    def recorded(self, names: Sequence[str]) -> list[str]:
        """Those of the indicators that some arm has an interval for."""
        known = set(self.effects.loc[self.effects["ci_low"].notna(), "indicator"])
        return [name for name in names if name in known]

    @cached_property
    def focus(self) -> str | None:
        """The arm that differs most from the baseline in the first indicator, where one can be told apart; theoretical
        controls only where nothing else can."""
        rows = self.rows(self.headline[0])
        clear = rows[[told(row) for _, row in rows.iterrows()]] if len(rows) else rows
        proposed = clear[~clear["arm"].isin(self.controls)]
        clear = clear if proposed.empty else proposed
        return None if clear.empty else str(clear.loc[clear["difference"].abs().idxmax(), "arm"])

    @cached_property
    def controls(self) -> list[str]:
        """Arms whose structure is a theoretical control and no policy proposal."""
        found = controls(self.study)
        return [arm for arm in self.arms if arm in found]

    def tally(self, indicator: str) -> dict[str, int]:
        """How many arms are better, worse, different or unclear in an indicator."""
        counts = {"better": 0, "worse": 0, "different": 0, "unclear": 0}
        for _, row in self.rows(indicator).iterrows():
            counts[str(row["verdict"]) if told(row) else "unclear"] += 1
        return counts

    def moved(self, arm: str, names: Sequence[str], verdict: str | None = None) -> list[pd.Series]:
        """Effects of an arm that can be told apart, the largest in standard deviations first."""
        found = [row for name in names if (row := self.row(arm, name)) is not None and told(row)]
        found = [row for row in found if verdict is None or row["verdict"] == verdict]
        return sorted(found, key=lambda row: -abs(float(row["standardised"])))

    @cached_property
    def pairs(self) -> tuple[int, int]:
        """Fewest and most pairs behind a comparison of the indicators that the study names."""
        own = self.effects.loc[self.effects["indicator"].isin(self.named) & (self.effects["n"] > 0), "n"]
        return (0, 0) if own.empty else (int(own.min()), int(own.max()))

    @property
    def enough(self) -> bool:
        """Whether there are so many pairs that a difference may be claimed."""
        return self.pairs[1] >= CLAIM

    @cached_property
    def correlations(self) -> tuple[float, float, float] | None:
        """Lowest, median and highest paired correlation of the study's indicators."""
        own = self.effects.loc[self.effects["indicator"].isin(self.named), "paired_correlation"].dropna()
        return None if own.empty else (float(own.min()), float(own.median()), float(own.max()))

    @cached_property
    def told_apart(self) -> tuple[int, int]:
        """How many differences of the study's indicators can be told from nothing, and of how many."""
        own = self.effects[self.effects["indicator"].isin(self.named) & self.effects["ci_low"].notna()]
        return sum(told(row) for _, row in own.iterrows()), len(own)

    @cached_property
    def runs(self) -> tuple[int, int]:
        """Runs that completed, and all."""
        return int((self.study.runs["status"] == "ok").sum()), len(self.study.runs)

    @cached_property
    def budgets(self) -> list[dict[str, Any]]:
        """What summary.json says of each arm's budgets; empty where the study wrote none."""
        try:
            found = json.loads((self.study.path / "summary.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return []
        return list(found.get("budgets") or ())

    def means(self, budget: str) -> dict[str, Any] | None:
        """The arm whose budget is furthest from the baseline's by the measure that the study judges, or None."""
        rows = [b for b in self.budgets if b["budget"] == budget and b["verdict"] != "outcome"]
        rows = [b for b in rows if b["relative_difference"] is not None]
        return max(rows, key=lambda b: abs(b["relative_difference"]), default=None)

    @cached_property
    def choices(self) -> pd.DataFrame:
        """What single choices do to the first indicator over all places, largest first; empty without contrasts."""
        from sim.analysis.contrasts import ALL
        from sim.charts.tables import contrasts

        rows = self.study.contrasts
        if rows.empty:
            return rows
        places = set(rows["archetype"])
        place = ALL if ALL in places else rows["archetype"].iloc[0]
        rows = contrasts(self.study)
        rows = rows[(rows["indicator"] == self.headline[0]) & (rows["archetype"] == place)]
        return rows.reindex(rows["difference"].abs().sort_values(ascending=False, kind="stable").index)

    def verdicts(self, lang: str) -> pd.DataFrame:
        """Claims put to the test: those in the study's own folder, or those of the collection that the study belongs
        to as far as they are the study's; empty where there are none."""
        import pandas as pd

        for folder in (self.study.path, self.study.path.parent):
            for path in (folder / f"{VERDICTS}.{lang}.csv", folder / f"{VERDICTS}.csv"):
                if not path.is_file() or (folder != self.study.path and not is_collection(folder)):
                    continue
                rows = pd.read_csv(path, encoding="utf-8-sig", dtype={"id": str})
                if folder != self.study.path:
                    own = re.compile(f"{re.escape(str(self.study.study['name']))}[a-z]?", re.IGNORECASE)
                    rows = rows[[bool(own.fullmatch(str(one))) for one in rows["id"]]]
                return rows
        return pd.DataFrame()


def told(row: pd.Series) -> bool:
    """Whether a difference may be claimed: its interval excludes zero, over enough pairs."""
    return bool(row["verdict"] != "unclear" and row["n"] >= CLAIM)


def parameters() -> tuple[int, int]:
    """How many numbers of the model carry a source for their value, and how many there are."""
    from sim.scenario.parameters import registry

    numbers = [param for own in registry().values() for param in own.values()]
    return sum(not param.assumed for param in numbers), len(numbers)
