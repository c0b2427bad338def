"""In which language and style a chart is drawn, and of which study."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import sim.charts.prose as prose
from sim.study.basis import basis
from sim.vocabulary.words import languages

if TYPE_CHECKING:
    from sim.store import StoredStudy

STYLES = ("slide", "page", "paper")


@dataclass(frozen=True)
class Setting:
    """Everything a drawing needs besides its table."""

    study: StoredStudy
    lang: str = "en"
    style: str = "page"

    def __post_init__(self) -> None:
        if self.lang not in languages():
            raise ValueError(f"charts speak {' and '.join(languages())}, not {self.lang!r}")
        if self.style not in STYLES:
            raise ValueError(f"chart styles are {', '.join(STYLES)}; {self.style!r} is none of them")

    def say(self, key: str, **values: Any) -> str:
        """A phrase in the chart's language."""
        return prose.say(key, self.lang, **values)

    @cached_property
    def arms(self) -> list[str]:
        """Names of the arms in the study's order, without those that no run completed."""
        runs = self.study.runs
        done = set(runs.loc[runs["status"] == "ok", "arm"])
        return [arm for arm in self.study.arms if arm in done]

    @property
    def baseline(self) -> str:
        """Name of the arm that all others are compared with."""
        return str(self.study.study["baseline"])

    def arm(self, name: str) -> str:
        """Label of an arm."""
        stated: dict[str, Any] = next((arm for arm in self.study.study["arms"] if arm["name"] == name), {})
        return prose.arm(name, stated, self.lang)

    def quoted(self, name: str) -> str:
        """Label of an arm within a sentence."""
        return f"“{self.arm(name)}”"

    def choice(self, mechanism: str) -> str:
        """Label of a choice that is put into an arm or taken out."""
        for contrast in self.study.study.get("contrasts") or ():
            if contrast["mechanism"] == mechanism:
                return prose.arm(mechanism, contrast, self.lang)
        return prose.readable(mechanism)

    def place(self, name: str) -> str:
        """Label of a design point, or of all of them together."""
        from sim.analysis.contrasts import ALL

        if name == ALL:
            return self.say("all places")
        for point in self.study.study.get("points") or ():
            if point["values"].get("community") == name:
                return prose.arm(name, point, self.lang)
        return prose.readable(name)

    def indicator(self, name: str) -> str:
        """Label of an indicator."""
        return prose.indicator(name).label[self.lang]

    @cached_property
    def footer(self) -> str:
        """How many runs, what the intervals say, from which program and configuration, and what it is not."""
        runs = self.study.runs
        done = runs[runs["status"] == "ok"].groupby("arm").size()
        low, high = (int(done.min()), int(done.max())) if len(done) else (0, 0)
        text = json.dumps(self.study.study, sort_keys=True, ensure_ascii=False, default=str)
        stands = basis(self.study.study, self.lang, self.study.sampled)
        return self.say(
            "footer",
            n=str(low) if low == high else f"{low}–{high}",
            standing=stands[0].upper() + stands[1:],
            version=str(self.study.study.get("model_version") or self.study.provenance.get("model_version", "?")),
            config=hashlib.sha256(text.encode()).hexdigest()[:12],
        )
