"""What the pages written by hand take from the program: `<!-- generated: NAME -->` becomes a list or a table.

The mark stands on a line of its own (in docs/odd.md); the text around it is written by hand and says by itself what it
is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields

BLOCK = re.compile(r"^<!-- generated: ([a-z_]+)((?: [A-Za-z0-9_.]+)*) -->$", re.MULTILINE)


def cell(text: object) -> str:
    """Text that may stand in a cell of a table."""
    return str(text).replace("|", "\\|").replace("\n", " ").strip()


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Lines of a table."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return lines + [f"| {' | '.join(cell(c) for c in row)} |" for row in rows]


def short(value: float) -> str:
    """A number as a person writes it."""
    return f"{value:,.10g}" if abs(value) >= 1000 else f"{value:g}"


# --- blocks


def plan() -> list[str]:
    """The phases of a week in order."""
    from sim.model.plan import PLAN, load_all

    registry = load_all()
    lines = []
    for number, phase in enumerate(PLAN, 1):
        when = "five times, once a working day" if phase.daily else "every week"
        if phase.every > 1:
            when = f"every {phase.every} weeks" + (", in the last of them" if phase.last else "")
        if phase.when:
            when += f", where `{phase.when}` holds something"
        lines.append(f"{number}. **{phase.title[0].upper()}{phase.title[1:]}** ({when})")
        lines += [f"    - `{name}`: {registry[name].title}" for name in phase.mechanisms]
    return lines


def tables() -> list[str]:
    """The kinds of entities: what a row of each table is and how many columns it has."""
    from sim.vocabulary.columns import COLUMNS, TABLES

    counts = {t: [c for c in COLUMNS.values() if c.table == t] for t in TABLES}
    return table(
        ("table", "columns", "fixed", "state", "outcome", "rule", "weekly counter", "seat or log"),
        (
            (
                f"`{name}`",
                len(own),
                *(sum(c.role == role for c in own) for role in ("fixed", "state", "outcome", "rule", "count")),
                sum(c.role in ("seat", "log") for c in own),
            )
            for name, own in counts.items()
        ),
    )


def rules() -> list[str]:
    """The rule columns: which setting fills each and which mechanisms read it."""
    from sim.model.plan import load_all
    from sim.scenario.rules import FEEDS

    registry = load_all()
    rows = []
    for column, feed in FEEDS.items():
        readers = [f"`{name}`" for name, item in sorted(registry.items()) if column in item.reads]
        keys = ", ".join(f"`{key}`" for key in feed.keys)
        rows.append((f"`{column.split('.', 1)[1]}`", keys, ", ".join(readers) or "nobody"))
    return table(("rule", "set by", "read by"), rows)


def outcomes() -> list[str]:
    """The outcome columns and who writes them: none of these mechanisms may read a rule."""
    from sim.model.plan import load_all
    from sim.vocabulary.columns import COLUMNS

    registry = load_all()
    rows = []
    for column in COLUMNS.values():
        if column.role == "outcome":
            writers = ", ".join(f"`{name}`" for name, item in sorted(registry.items()) if column.name in item.writes)
            rows.append((f"`{column.name}`", column.unit, column.meaning, writers or "the population at the start"))
    return table(("outcome", "unit", "meaning", "written by"), rows)


def seats() -> list[str]:
    """What each body can know and what it decides."""
    from sim.model.bodies.seats import MODULES, module_of
    from sim.vocabulary.words import label

    lines: list[str] = []
    for name in dict.fromkeys(MODULES.values()):
        own = [kind for kind, of in MODULES.items() if of == name]
        module = module_of(own[0])
        keys = [f"body.{kind.name.lower()}" for kind in own]
        bodies = ", ".join(f"{label(key, 'en')} ({label(key, 'zh')})" for key in keys)
        doc = (module.__doc__ or "").strip().splitlines()[0]
        lines += ["", f"**{bodies}.** {doc}", ""]
        for what, kind in (("knows", module.Observation), ("decides", module.Decision)):
            rows = []
            for item in fields(kind):
                data = item.metadata
                span = f"{data['low']:g} to {data['high']:g}" if what == "decides" else ""
                rows.append((f"`{item.name}`", data["unit"], *([span] if what == "decides" else []), data["meaning"]))
            head = (what, "unit", "range", "meaning") if what == "decides" else (what, "unit", "meaning")
            lines += [*table(head, rows), ""]
    return lines[1:-1]


def module(name: str) -> list[str]:
    """Mechanisms of a file: when they act and what they write; where its numbers stand."""
    from sim.model.plan import PLAN, load_all
    from sim.scenario.parameters import registry

    mechanisms = load_all()
    own = [item for item in mechanisms.values() if item.module == name]
    if not own:
        raise ValueError(f"there is no mechanism in a file {name!r}")
    place = {n: number for number, phase in enumerate(PLAN, 1) for n in phase.mechanisms}
    lines = [
        f"- `{item.name}` (phase {place.get(item.name, '-')}) writes {', '.join(f'`{c}`' for c in item.writes)}"
        for item in sorted(own, key=lambda item: (place.get(item.name, 0), item.name))
    ]
    return [*lines, *(numbers(name) if name in registry() else [])]


def numbers(name: str) -> list[str]:
    """Where the numbers of a module stand."""
    from sim.scenario.parameters import registry

    return ["", f"[{len(registry()[name])} numbers, each with unit, range and source](reference/parameters.md#{name})"]


def kinds() -> list[str]:
    """Numbers of the nine kinds of problems, one row a number."""
    from sim.scenario.parameters import registry
    from sim.vocabulary.codes import Kind

    own = registry()["kinds"]
    names = [kind.name.lower() for kind in Kind]
    rows = []
    for key in dict.fromkeys(k.removeprefix("information_") for k in own if k.startswith("information_")):
        values = [own[f"{name}_{key}"] for name in names]
        rows.append((f"`{key}`", values[0].unit, *(short(p.value) for p in values)))
    return table(("number", "unit", *names), rows)


def counts() -> list[str]:
    """How large the model is, and how much of it is assumed."""
    from sim.model.bodies.seats import MODULES
    from sim.model.plan import PLAN, load_all
    from sim.observe.indicators import INDICATORS
    from sim.scenario.parameters import registry
    from sim.vocabulary.columns import COLUMNS

    every = [p for own in registry().values() for p in own.values()]
    assumed = sum(p.assumed for p in every)
    return [
        f"{len(load_all())} mechanisms in {len(PLAN)} phases; {len(MODULES)} types of bodies; {len(COLUMNS)} columns; "
        f"{len(INDICATORS)} indicators; {len(every)} numbers, of which {len(every) - assumed} carry a source for "
        f"their value and {assumed} are assumptions, wholly or for their value, each with a range to sweep."
    ]


def life() -> list[str]:
    """The states of a file, and what may follow each."""
    from sim.cli.life import state
    from sim.model.cases.life import ALLOWED
    from sim.vocabulary.codes import File

    follows = ((state(a, "en"), ", ".join(state(b, "en") for b in ALLOWED[a])) for a in File)
    return table(("state of the file", "may be followed by"), follows)


BLOCKS: dict[str, Callable[..., list[str]]] = {
    item.__name__: item for item in (plan, tables, rules, outcomes, seats, module, numbers, kinds, life, counts)
}


def filled(text: str) -> str:
    """The text with every mark replaced by what it names. Raises ValueError for a name that is unknown."""

    def fill(match: re.Match[str]) -> str:
        name, arguments = match[1], match[2].split()
        if name not in BLOCKS:
            raise ValueError(f"there is no block {name!r}; there are {', '.join(BLOCKS)}")
        return "\n".join(BLOCKS[name](*arguments))

    return BLOCK.sub(fill, text)
