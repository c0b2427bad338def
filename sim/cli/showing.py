"""`gongzhi show`: one thing in words, every number with its unit, its range and its source."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sim.cli.lines import say, table
from sim.cli.listing import KINDS
from sim.cli.questions import shown
from sim.scenario.arms import events
from sim.scenario.catalogue import POLICY, Catalogue
from sim.scenario.moved import instead
from sim.vocabulary.errors import ScenarioError, close
from sim.vocabulary.words import has, label, of

CITED = re.compile(r"\$\{([a-z0-9_.]+)\}")
SECTIONS = {  # glossary section of the words that a key holds
    "seats": "body",
    "heard": "body",
    "receives": "body",
    "convener": "body",
    "settles": "body",
    "assigns": "body",
    "reports_to": "body",
    "cross_pairs": "body",
    "deciding": "deciding",
    "open": "channel",
    "channels": "channel",
    "mode": "election",
    "runner": "runner",
    "roll": "roll",
    "gatekeeper": "gatekeeper",
    "shown_on": "form",
}
TEXTS = ("name", "label", "description", "source", "ranges", "theoretical_control")


def _value(value: Any, key: str, lang: str) -> str:
    if value is None:
        return say("none", lang)
    if isinstance(value, bool):
        return say("yes" if value else "no", lang)
    if isinstance(value, str):
        cited = CITED.fullmatch(value)
        if cited:
            return say("as", lang, what=cited.group(1))
        word = f"{SECTIONS.get(key, '')}.{value}"
        return label(word, lang) if has(word) else value
    if isinstance(value, Mapping):
        return "; ".join(f"{_value(a, key, lang)} → {_value(b, key, lang)}" for a, b in value.items()) or say(
            "none", lang
        )
    if isinstance(value, list):
        if value and all(isinstance(v, list) for v in value):
            return "; ".join(" → ".join(_value(w, key, lang) for w in v) for v in value)
        return say("joint", lang).join(_value(v, key, lang) for v in value) or say("none", lang)
    return f"{value:,}" if isinstance(value, int) else f"{value:,.10g}"


def _fields(
    model: Any, data: Mapping[str, Any], ranges: Mapping[str, Any], lang: str, prefix: str = ""
) -> list[tuple[str, ...]]:
    from pydantic import BaseModel

    from sim.scenario.fields import meaning

    rows: list[tuple[str, ...]] = []
    for key, field in model.model_fields.items():
        if key in TEXTS or key not in data:
            continue
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel) and isinstance(data[key], Mapping):
            rows += _fields(inner, data[key], {}, lang, f"{prefix}{key}.")
            continue
        extra, means = field.json_schema_extra or {}, meaning(field)
        unit = str(extra.get("unit", ""))
        shown = _value(data[key], "data" if key == "mode" and "election" not in model.__name__.lower() else key, lang)
        number = isinstance(data[key], int | float) and not isinstance(data[key], bool)
        span = ranges.get(key)
        rows.append(
            (
                prefix + key,
                means[lang] if means else "",
                f"{shown} {unit}" if number and unit not in ("", "id", "flag") else shown,
                f"{say('range', lang)} {span[0]:g}..{span[1]:g}" if isinstance(span, list) else "",
            )
        )
    return rows


def _head(card: Mapping[str, Any], lang: str) -> list[str]:
    lines = [f"{card['name']}  {of(card['label'], lang)}"]
    if card.get("theoretical_control"):
        lines.append(label("word.theoretical_control", lang))
    return [*lines, of(card["description"], lang), f"{say('source', lang)}: {card['source']}"]


def _model(name: str) -> Any:
    """The type of a choice by its name: of a policy group, or of a structure, community or era."""
    from sim.scenario import choices, overlays

    return getattr(overlays, name, None) or getattr(choices, name)


def _option(group: str, model: str) -> Callable[[Catalogue, str, str], list[str]]:
    def lines(catalogue: Catalogue, name: str, lang: str) -> list[str]:
        catalogue.require(group, name, "gongzhi show")
        card = catalogue.card(group, name)
        rows = _fields(_model(model), card, card.get("ranges") or {}, lang)
        return [*_head(card, lang), "", *table(rows)]

    return lines


def _policy(catalogue: Catalogue, name: str, lang: str) -> list[str]:
    group, _, option = name.partition("/")
    if group not in POLICY:
        raise ScenarioError(f"gongzhi show: there is no policy group {group!r}; {close(group, POLICY, everything=99)}")
    if not option:
        rows = [
            (f"policy/{group}={o}", of(catalogue.card(f"policy/{group}", o)["label"], lang))
            for o in catalogue.options(f"policy/{group}")
        ]
        return [label(f"policy.{group}", lang), *table(rows)]
    from sim.scenario.overlays import Policy

    return _option(f"policy/{group}", Policy.model_fields[group].annotation.__name__)(catalogue, option, lang)  # type: ignore[union-attr]


def _package(catalogue: Catalogue, name: str, lang: str) -> list[str]:
    catalogue.require("package", name, "gongzhi show")
    data = catalogue.read(catalogue.path("package", name))
    rows = []
    for entry in data.get("defaults", []):
        for key, option in entry.items() if isinstance(entry, Mapping) else ():
            group = str(key).removeprefix("override ").strip().lstrip("/")
            word = label("word.structure", lang) if group == "structure" else label(group.replace("/", "."), lang)
            rows.append((f"{group}={option}", word, of(catalogue.card(group, str(option))["label"], lang)))
    lines = [*_head(data["package"], lang), "", f"{say('made_of', lang)}:", *table(rows)]
    own = {k: v for k, v in data.items() if k not in ("defaults", "package")}
    if own:
        lines += [f"{say('sets', lang)}:", *table([(k, _value(v, k, lang)) for k, v in _flat(own)])]
    return lines


def _flat(data: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for key, value in data.items():
        found += _flat(value, f"{prefix}{key}.") if isinstance(value, Mapping) else [(prefix + key, value)]
    return found


def _study(catalogue: Catalogue, name: str, lang: str) -> list[str]:
    catalogue.require("study", name, "gongzhi show")
    card = catalogue.card("study", name)
    lines = [*_head(card, lang), f"{say('question', lang)}: {of(card['question'], lang)}", "", f"{say('arms', lang)}:"]
    lines += table([(a["name"], " ".join([*a.get("overrides", []), *_later(a, name)])) for a in card.get("arms", [])])
    for around in card.get("around", []):
        for key in ("with", "without"):
            if around.get(key):
                switches = [" ".join(s["set"]) if isinstance(s, Mapping) else s for s in around[key]]
                lines += [f"{around['arm']} {say(key, lang)}:", *table([(s,) for s in switches])]
    if card.get("design"):
        lines += [f"{say('design', lang)}: {card['design'].get('kind', 'grid')}"]
        varied = card["design"].get("uncertainties") or {}
        lines += table([(str(k), _value(v, "", lang) if v else say("range", lang)) for k, v in varied.items()])
    for key in ("baseline", "replicates"):
        lines.append(f"{say(key, lang)}: {card[key]}")
    lines.append(f"{say('base', lang)}: {' '.join(f'{k}={v}' for k, v in card['base'].items())}")
    lines.append(f"{say('common', lang)}: {' '.join(card.get('common') or []) or say('none', lang)}")
    joint = say("joint", lang)
    lines.append(
        f"{say('equal', lang)}: {joint.join(label(f'budget.{b}', lang) for b in card['equal']) or say('none', lang)}"
    )
    for budget, reason in (card.get("differs") or {}).items():
        where = f" ({', '.join(reason['arms'])})" if reason.get("arms") else ""
        lines.append(f"{say('differs', lang)}: {label(f'budget.{budget}', lang)}{where}: {of(reason, lang)}")
    for key in ("indicators", "charts"):
        lines.append(f"{say(key, lang)}: {', '.join(card[key] or []) or say('none', lang)}")
    return lines


def _later(arm: Mapping[str, Any], name: str) -> list[str]:
    """What an arm changes from a week on, as the settings of the shock that it stands for."""
    return events(arm.get("from_week", {}), f"from_week of arm {arm['name']}", f"study {name}")


def _pick(found: Mapping[str, Any], what: str, name: str) -> Any:
    if name not in found:
        raise ScenarioError(f"gongzhi show: there is no {what} called {name!r}; {instead(name, found)}")
    return found[name]


def _mechanism(catalogue: Catalogue, name: str, lang: str) -> list[str]:
    from sim.engine.mechanism import REGISTRY
    from sim.scenario.parameters import registry

    registry()
    item = _pick(REGISTRY, "mechanism", name)
    lines = [
        f"{item.name}  {item.title}",
        f"{say('reads', lang)}: {', '.join(item.reads)}",
        f"{say('writes', lang)}: {', '.join(item.writes)}",
    ]
    rows = [_param_row(f"parameters.{item.keys[n]}", p, lang) for n, p in item.params.items()]
    return lines + ([f"{say('parameters', lang)}:", *table(rows)] if rows else [])


def _param_row(name: str, param: Any, lang: str) -> tuple[str, ...]:
    return (
        name,
        f"{param.value:g} {param.unit}",
        f"{say('range', lang)} {param.low:g}..{param.high:g}",
        param.source,
        param.meaning,
    )


def _parameter(catalogue: Catalogue, name: str, lang: str) -> list[str]:
    from sim.scenario.parameters import registry

    known = {f"parameters.{m}.{n}": p for m, params in registry().items() for n, p in params.items()}
    full = name if name.startswith("parameters.") else f"parameters.{name}"
    param = _pick(known, "parameter", full)
    return [
        f"{full}  {param.meaning}".rstrip(),
        f"{say('value', lang)}: {param.value:g} {param.unit}",
        f"{say('range', lang)}: {param.low:g}..{param.high:g}",
        f"{say('source', lang)}: {param.source}",
    ]


def _indicator(catalogue: Catalogue, name: str, lang: str) -> list[str]:
    from sim.cli.registries import indicators

    item = _pick(indicators(), "indicator", name)
    better = {1: "more", -1: "less"}.get(item.better, "neither")
    return [
        f"{item.name}  {item.label[lang]}",
        item.definition[lang],
        f"{say('unit', lang)}: {item.unit}",
        f"{say('range', lang)}: {item.low:g}..{item.high:g}",
        f"{say('better', lang)}: {say(better, lang)}",
        f"{say('source', lang)}: {item.source}",
    ]


def _chart(catalogue: Catalogue, name: str, lang: str) -> list[str]:
    from sim.cli.registries import charts

    item = _pick(charts(), "chart", name)
    return [f"{item.name}  {item.label[lang]}", item.question[lang]]


def _article(catalogue: Catalogue, name: str, lang: str) -> list[str]:
    from sim.vocabulary.article import items

    item = _pick(items(), "article", name)
    act = [f"tests/docs/test_article.py::test_it_acts[{name}]"] if item.act else []
    rows = [
        ("state", f"{item.state}: {item.lacks}" if item.lacks else item.state),
        ("changes", f"{', '.join(item.changes)}: {item.how}"),
        ("files", ", ".join(item.files)),
        ("keys", ", ".join(item.keys)),
        ("indicators", ", ".join(item.indicators)),
        ("tests", ", ".join([*item.tests, *act])),
    ]
    return [f"{name}  {item.zh if lang == 'zh' else item.en}", *table([row for row in rows if row[1]])]


def _items(catalogue: Catalogue, name: str, lang: str) -> list[str]:
    from sim.scenario.items import items_file, read_items

    path = items_file(name, catalogue).with_suffix(".yaml")
    items = read_items(name)
    rows = [
        (
            (i.class_zh if lang == "zh" else i.class_en),
            (i.zh if lang == "zh" else i.en),
            f"{i.rate:g}",
            f"{i.hours:g}",
            f"{i.deadline:g}",
            label(f"tag.{i.tag}", lang),
        )
        for i in items
    ]
    head = _head(catalogue.read(path), lang) if path.is_file() else [name]
    return [*head, "", *table(rows)]


def _shock(catalogue: Catalogue, name: str, lang: str) -> list[str]:
    from sim.scenario.choices import Structure
    from sim.scenario.overlays import Policy
    from sim.scenario.shocks import FACTS, OWN, event_words

    catalogue.require("shock", name, "gongzhi show")
    card = catalogue.card("shock", name)
    lines = [*_head(card, lang), "", f"shock.start={card['start']}", say("weeks_count", lang)]
    rows = []
    for event in card["events"]:
        first = card["start"] + event["week"]
        last = event.get("until")
        rows.append((
            say("week", lang, week=first) if last is None
            else say("from_to", lang, first=first, last=card["start"] + last - 1),
            event["key"],
            say("times", lang, factor=event["times"]) if "times" in event
            else _value(event["value"], event["key"].rsplit(".", 1)[-1], lang),
        ))  # fmt: skip
    if rows:
        lines += ["", f"{say('events', lang)}:", *table(rows)]
    if name != "custom":
        return lines
    known = [
        ("structure.<key>", ", ".join(k for k in Structure.model_fields if k not in TEXTS)),
        ("structure", label("word.structure", lang)),
        ("policy.<group>.<key>", ", ".join(Policy.model_fields)),
        ("policy.<group>", label("word.overlay", lang)),
        ("parameters.<module>.<name>", label("word.parameter", lang)),
        *((f"community.{f}", _meaning("Community", f, lang)) for f in FACTS),
        *((key, label(event_words(key), lang)) for key in OWN),
    ]
    return [*lines, "", f"{say('event_keys', lang)}:", *table(known)]


def _meaning(model: str, key: str, lang: str) -> str:
    from sim.scenario.fields import meaning

    means = meaning(_model(model).model_fields[key])
    return means[lang] if means else ""


def _schema(catalogue: Catalogue, name: str, lang: str) -> list[str]:
    from sim.observe.schema import decided, described, heads, names

    if name and name not in names():
        raise ScenarioError(f"gongzhi show: there is no table {name!r}; {close(name, names())}")
    lines: list[str] = []
    for one in (name,) if name else names():
        what, rows = described(one, lang)
        lines += [f"{one}  {what}", *table([heads(lang), *rows]), ""]
        if one == "decisions":
            lines += [f"{label('table.decided', lang)}:", *table(decided()), ""]
    return lines[:-1]


def _life(catalogue: Catalogue, name: str, lang: str) -> list[str]:
    from sim.cli.life import lines

    if name:
        raise ScenarioError(f"gongzhi show life takes no name, not {name!r}")
    return lines(lang)


SHOWN: dict[str, Callable[[Catalogue, str, str], list[str]]] = {
    "structure": _option("structure", "Structure"),
    "policy": _policy,
    "package": _package,
    "community": _option("community", "Community"),
    "era": _option("era", "Era"),
    "study": _study,
    "experiment": shown,
    "mechanism": _mechanism,
    "parameter": _parameter,
    "indicator": _indicator,
    "chart": _chart,
    "items": _items,
    "article": _article,
    "shock": _shock,
    "schema": _schema,
    "life": _life,
}
WITHOUT_NAME = ("schema", "life")
PLURALS = {many: one for many, (_, one) in KINDS.items()}


def main(words: Sequence[str], options: Mapping[str, Any]) -> int:
    """Print one thing in words. `policy desks pooled`, `policy/desks pooled` and `policy desks/pooled` are the same."""
    lang = str(options["lang"])
    parts = [
        p for w in words for p in ((w.replace("=", "/")).split("/") if w.startswith(("policy", "policies")) else [w])
    ]
    if not parts or (len(parts) == 1 and parts[0] not in WITHOUT_NAME):
        raise ScenarioError(
            f"gongzhi show needs a kind and a name, such as `gongzhi show structure one_core_plural`; "
            f"kinds are {', '.join(SHOWN)}"
        )
    kind = PLURALS.get(parts[0], parts[0])
    if kind not in SHOWN:
        raise ScenarioError(f"gongzhi show: there is no kind {parts[0]!r}; {close(parts[0], SHOWN)}")
    if len(parts) > (3 if kind == "policy" else 2):
        raise ScenarioError(f"gongzhi show {kind} takes one name, not {' '.join(parts[1:])!r}")
    print("\n".join(SHOWN[kind](Catalogue(options.get("configs")), "/".join(parts[1:]), lang)))
    return 0
