"""How a brief says names, numbers and sentences in one language."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sim.charts import prose
from sim.charts.setting import Setting
from sim.scenario.catalogue import Catalogue
from sim.vocabulary import words

if TYPE_CHECKING:
    import pandas as pd

    from sim.store import StoredStudy


REPORT = words.room("report")


def say(key: str, lang: str, **values: Any) -> str:
    """A phrase of the brief, filled in. A sentence with a number in it is filled from a table, never written here."""
    return prose.typeset(REPORT(key, lang, **values), lang)


def column(name: str, lang: str) -> str:
    """The heading of a column of a table behind a chart; one that is not known stands as it is."""
    key = f"report.column.{name}"
    return words.say(key, lang) if words.has(key) else prose.readable(name)


def verdict(name: str, lang: str) -> str:
    """The word for a verdict on a claim or on a difference; one that is not known stands as it is."""
    key = f"verdict.{name.strip().lower()}"
    return words.say(key, lang) if words.has(key) else prose.readable(name)


class Voice:
    """The words of one study in one language."""

    def __init__(self, study: StoredStudy, lang: str) -> None:
        self.study, self.lang = study, lang
        self.setting = Setting(study, lang, "page")
        self.gap = "" if lang == "zh" else " "

    @property
    def footer(self) -> str:
        """What stands below every page: runs, kind of interval, versions, and what it is not."""
        return self.setting.footer

    def say(self, key: str, **values: Any) -> str:
        """A phrase, filled in."""
        return say(key, self.lang, **values)

    def heading(self, name: str, number: int) -> str:
        """The heading of a section, numbered from 1."""
        return self.say("numbered", number=self.say("numerals").split()[number], title=self.say(name))

    def verdict(self, name: Any) -> str:
        """The word for a verdict."""
        return verdict(str(name), self.lang)

    def of(self, texts: Any) -> str:
        """The text of this language out of {zh:, en:}."""
        return prose.typeset(words.of(texts, self.lang), self.lang)

    def title(self, text: str) -> str:
        """A text that stands alone: with a capital where the language has them."""
        return text[:1].upper() + text[1:]

    def arm(self, name: str) -> str:
        """Label of an arm."""
        return self.setting.arm(str(name))

    def quoted(self, name: str) -> str:
        """Label of an arm inside a sentence."""
        return prose.typeset(f"“{self.arm(name)}”", self.lang)

    def indicator(self, name: str) -> str:
        """Label of an indicator."""
        return self.setting.indicator(str(name))

    def span(self, row: pd.Series, unit: bool = True) -> tuple[str, str, str]:
        """Difference with its unit, and the ends of its interval."""
        about = prose.indicator(str(row["indicator"])).unit
        numbers = [float(row[key]) for key in ("difference", "ci_low", "ci_high")]
        if not unit:
            numbers, about = [number * prose.factor(about) for number in numbers], ""
        return prose.span(numbers[0], numbers[1], numbers[2], about, self.lang)

    def amount(self, row: pd.Series) -> str:
        """Difference with its unit, and its interval."""
        amount, low, high = self.span(row)
        return self.say("amount with interval", amount=amount, low=low, high=high)

    def stacked(self, row: pd.Series) -> str:
        """Difference and below it its interval, both without the unit: a cell of a table."""
        amount, low, high = self.span(row, unit=False)
        return f"{amount}\n{self.say('range', low=low, high=high)}".replace(" ", "\u00a0")

    def plain(self, value: Any) -> str:
        """A number of a table whose unit is not known; nothing where there is none."""
        try:
            number = float(value)
        except (TypeError, ValueError):
            return ""
        return prose.number(number, max(2, prose.decimals(number))) if math.isfinite(number) else ""

    def cell(self, row: pd.Series, key: str) -> str:
        """A text of a table, in this language where the table has it in both."""
        for name in (f"{key}_{self.lang}", key):
            value = row.get(name)
            if isinstance(value, str) and value.strip():
                return prose.typeset(value.strip(), self.lang)
        return ""

    def list(self, parts: Sequence[str]) -> str:
        """Parts one after the other."""
        return self.say("list").join(parts)

    def then(self, parts: Sequence[str]) -> str:
        """Parts that stand further apart."""
        return self.say("then").join(parts)

    def scenario(self, arm: str) -> dict[str, Any] | None:
        """The resolved scenario of an arm, where the study holds it."""
        found: dict[str, Any] = next((one for one in self.study.study["arms"] if one["name"] == arm), {})
        scenario: dict[str, Any] | None = found.get("scenario")
        return scenario if scenario and {"community", "era", "years", "warmup_years"} <= set(scenario) else None

    def place(self, scenario: Mapping[str, Any]) -> dict[str, str]:
        """Kind and size of the community of a scenario."""
        community = scenario["community"]
        label = self.of(community.get("label")) or prose.readable(str(community.get("name", "")))
        return {"place": label, "residents": f"{int(community.get('residents') or 0):,}"}

    def places(self, points: Sequence[Mapping[str, Any]]) -> str:
        """The kinds of communities that design points name, or that it is the points that say it."""
        named = [str(point["values"]["community"]) for point in points if "community" in point["values"]]
        labels = [self.setting.place(name) for name in dict.fromkeys(named)]
        return self.list(labels) if labels else self.say("by point")

    def era(self, scenario: Mapping[str, Any]) -> str:
        """The era of a scenario."""
        era = scenario["era"]
        name = era.get("name") if isinstance(era, Mapping) else era
        if isinstance(era, Mapping) and era.get("label"):
            return self.of(era["label"])
        return words.label(f"era.{name}", self.lang) if name in Catalogue().options("era") else str(name)
