"""`gongzhi list`: what there is to choose, read from the files and registries themselves; imports nothing heavy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sim.cli.lines import say, table
from sim.cli.questions import listed
from sim.scenario.catalogue import POLICY, Catalogue
from sim.vocabulary.errors import ScenarioError, close
from sim.vocabulary.words import label, of

Rows = list[tuple[str, ...]]


def _group(group: str) -> Callable[[Catalogue, str], Rows]:
    def rows(catalogue: Catalogue, lang: str) -> Rows:
        cards = [(n, catalogue.card(group, n)) for n in catalogue.options(group)]
        return [(n, of(c.get("label", {}), lang), of(c.get("description", {}), lang)) for n, c in cards]

    return rows


def _studies(catalogue: Catalogue, lang: str) -> Rows:
    cards = [(n, catalogue.card("study", n)) for n in catalogue.options("study")]
    return [(n, of(c.get("label", {}), lang), of(c.get("question", {}), lang)) for n, c in cards]


def _policies(catalogue: Catalogue, lang: str) -> Rows:
    found: Rows = []
    for name in POLICY:
        for option in catalogue.options(f"policy/{name}"):
            card = catalogue.card(f"policy/{name}", option)
            found.append(
                (
                    f"policy/{name}={option}",
                    of(card.get("label", {}), lang),
                    of(card.get("description", {}), lang),
                )
            )
    return found


def _mechanisms(catalogue: Catalogue, lang: str) -> Rows:
    from sim.engine.mechanism import REGISTRY
    from sim.scenario.parameters import registry

    registry()
    return [(name, item.title) for name, item in sorted(REGISTRY.items())]


def _parameters(catalogue: Catalogue, lang: str) -> Rows:
    from sim.scenario.parameters import registry

    return [
        (f"parameters.{module}.{name}", f"{p.value:g}", f"{p.low:g}..{p.high:g}", p.unit, p.source)
        for module, params in sorted(registry().items())
        for name, p in params.items()
    ]


def _indicators(catalogue: Catalogue, lang: str) -> Rows:
    from sim.cli.registries import indicators

    return [(name, item.label[lang], item.unit) for name, item in indicators().items()]


def _charts(catalogue: Catalogue, lang: str) -> Rows:
    from sim.cli.registries import charts

    def needs(item: Any) -> str:
        said = say("joint", lang).join(label(f"charts.need.{name}", lang) for name in item.needs)
        return say("needs", lang, what=said) if said else ""

    return [(name, item.label[lang], item.question[lang], needs(item)) for name, item in charts().items()]


def _article(catalogue: Catalogue, lang: str) -> Rows:
    from sim.vocabulary.article import items

    return [(number, item.zh if lang == "zh" else item.en, item.state) for number, item in items().items()]


# what can be listed: rows, and the word for one of them in `gongzhi show`
KINDS: dict[str, tuple[Callable[[Catalogue, str], Rows], str]] = {
    "structures": (_group("structure"), "structure"),
    "policies": (_policies, "policy"),
    "packages": (_group("package"), "package"),
    "communities": (_group("community"), "community"),
    "eras": (_group("era"), "era"),
    "shocks": (_group("shock"), "shock"),
    "studies": (_studies, "study"),
    "experiments": (listed, "experiment"),
    "mechanisms": (_mechanisms, "mechanism"),
    "parameters": (_parameters, "parameter"),
    "indicators": (_indicators, "indicator"),
    "charts": (_charts, "chart"),
    "article": (_article, "article"),
}
PLAIN = {
    "structures": "word.structure",
    "policies": "word.overlay",
    "packages": "word.package",
    "communities": "word.archetype",
    "eras": "word.era",
    "shocks": "word.shock",
    "studies": "word.study",
    "experiments": "word.experiment",
    "mechanisms": "word.mechanism",
    "parameters": "word.parameter",
    "indicators": "word.indicator",
    "charts": "word.chart",
    "article": "word.article",
}


def main(words: Sequence[str], options: Mapping[str, Any]) -> int:
    """Print one list, or the lists that there are."""
    lang = str(options["lang"])
    catalogue = Catalogue(options.get("configs"))
    if not words:
        print(f"{say('kinds', lang)}:")
        print("\n".join(table([(f"gongzhi list {k}", label(PLAIN[k], lang)) for k in KINDS])))
        return 0
    if len(words) > 1:
        raise ScenarioError(f"gongzhi list takes one word, not {' '.join(words)!r}; it can be {', '.join(KINDS)}")
    kind = words[0]
    if kind not in KINDS:
        raise ScenarioError(f"there is no list of {kind!r}; {close(kind, KINDS)}")
    rows, one = KINDS[kind]
    print("\n".join(table(rows(catalogue, lang), indent="")))
    print()
    print(say("show_how", lang, kind=one))
    return 0
