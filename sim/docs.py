"""What docs/ takes from the registries: `python -m sim.docs` writes it, `python -m sim.docs check` names what is stale.

Whole pages: mechanisms.md (from `article.yaml`), indicators.md, schema.md. Parts
of odd.md stand between the markers
`<!-- generated: NAME -->` and `<!-- end -->`; the text around them is written by hand.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

from sim.scenario.places import PACKAGE

DOCS = PACKAGE.parent / "docs"
BLOCK = re.compile(r"(<!-- generated: ([a-z_]+)((?: [A-Za-z0-9_.]+)*) -->\n).*?(<!-- end -->)", re.DOTALL)
SEATS = {  # agent modules and the bodies whose seats they are
    "street_office": "subdistrict office (街道办事处)",
    "party": "Party organization of the community (社区党组织)",
    "committee": "residents' committee (居民委员会), service station (工作站), service windows (街道窗口)",
    "line": "comprehensive-management bodies (综治), mass organizations (群团)",
    "owners": "owners' committee of an estate (业主委员会)",
    "firm": "property firm of an estate (物业公司)",
    "company": "service company (服务企业)",
    "organisation": "social organisation (社会组织), residents' group (群众团队)",
    "unit": "resident unit (驻社区单位)",
    "council": "community council (理事会)",
    "board": "supervisory board (监事会)",
}


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
    from sim.plan import PLAN, load_all

    registry = load_all()
    lines = []
    for number, phase in enumerate(PLAN, 1):
        when = "five times, once a working day" if phase.daily else "every week"
        if phase.every > 1:
            when = f"every {phase.every} weeks" + (", in the last of them" if phase.last else "")
        if phase.when:
            when += f", where `{phase.when}` holds something"
        lines.append(f"{number}. **{phase.title[0].upper()}{phase.title[1:]}** ({when})")
        lines += [f"   - `{name}`: {registry[name].title}" for name in phase.mechanisms]
    return lines


def tables() -> list[str]:
    """The kinds of entities: what a row of each table is and how many columns it has."""
    from sim.community.columns import COLUMNS, TABLES

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


def columns(name: str) -> list[str]:
    """State variables of one table."""
    from sim.community.columns import COLUMNS

    own = [c for c in COLUMNS.values() if c.table == name]
    if not own:
        raise ValueError(f"there is no table {name!r}")
    return table(
        ("variable", "unit", "role", "by", "meaning"),
        ((f"`{c.name.split('.', 1)[1]}`", c.unit, c.role, ", ".join(c.axes), c.meaning) for c in own),
    )


def rules() -> list[str]:
    """The rule columns: which setting fills each and which mechanisms read it."""
    from sim.plan import load_all
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
    from sim.community.columns import COLUMNS
    from sim.plan import load_all

    registry = load_all()
    rows = []
    for column in COLUMNS.values():
        if column.role == "outcome":
            writers = ", ".join(f"`{name}`" for name, item in sorted(registry.items()) if column.name in item.writes)
            rows.append((f"`{column.name}`", column.unit, column.meaning, writers or "the population at the start"))
    return table(("outcome", "unit", "meaning", "written by"), rows)


def seats() -> list[str]:
    """What each body can know and what it decides."""
    import importlib

    lines: list[str] = []
    for name, bodies in SEATS.items():
        module = importlib.import_module(f"sim.agents.{name}")
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
    """Mechanisms of a file: when they act, what they write; and the file's numbers."""
    from sim.plan import PLAN, load_all

    registry = load_all()
    own = [item for item in registry.values() if item.module == name]
    if not own:
        raise ValueError(f"there is no mechanism in a file {name!r}")
    place = {n: number for number, phase in enumerate(PLAN, 1) for n in phase.mechanisms}
    lines = [
        f"- `{item.name}` (phase {place.get(item.name, '-')}) writes {', '.join(f'`{c}`' for c in item.writes)}"
        for item in sorted(own, key=lambda item: (place.get(item.name, 0), item.name))
    ]
    return [*lines, *([""] + parameters(name) if name in _numbers() else [])]


def _numbers() -> Mapping[str, Mapping[str, object]]:
    from sim.scenario.parameters import registry

    return registry()


def parameters(name: str) -> list[str]:
    """Numbers of one module with unit, range, source and meaning."""
    from sim.scenario.parameters import registry

    return table(
        ("number", "value", "range", "unit", "source", "meaning"),
        (
            (f"`{key}`", short(p.value), f"{short(p.low)} to {short(p.high)}", p.unit, p.source, p.meaning)
            for key, p in registry()[name].items()
        ),
    )


def kinds() -> list[str]:
    """Numbers of the nine kinds of problems, one row a number."""
    from sim.codes import Kind
    from sim.scenario.parameters import registry

    own = registry()["kinds"]
    names = [kind.name.lower() for kind in Kind]
    rows = []
    for key in dict.fromkeys(k.removeprefix("information_") for k in own if k.startswith("information_")):
        values = [own[f"{name}_{key}"] for name in names]
        rows.append((f"`{key}`", values[0].unit, *(short(p.value) for p in values)))
    return table(("number", "unit", *names), rows)


def counts() -> list[str]:
    """How large the model is, and how much of it is assumed."""
    from sim.agents.seats import MODULES
    from sim.community.columns import COLUMNS
    from sim.observe.indicators import INDICATORS
    from sim.plan import PLAN, load_all

    registry = load_all()
    numbers = [p for own in _numbers().values() for p in own.values()]
    assumed = sum(p.assumed for p in numbers)  # type: ignore[attr-defined]
    return [
        f"{len(registry)} mechanisms in {len(PLAN)} phases; {len(MODULES)} types of bodies; {len(COLUMNS)} columns; "
        f"{len(INDICATORS)} indicators; {len(numbers)} numbers, of which {len(numbers) - assumed} carry a source for "
        f"their value and {assumed} are assumptions, wholly or for their value, each with a range to sweep."
    ]


BLOCKS: dict[str, Callable[..., list[str]]] = {
    "plan": plan,
    "tables": tables,
    "columns": columns,
    "rules": rules,
    "outcomes": outcomes,
    "seats": seats,
    "module": module,
    "parameters": parameters,
    "kinds": kinds,
    "counts": counts,
}


def filled(text: str) -> str:
    """The text with every generated block made anew. Raises ValueError for a block of an unknown name."""

    def fill(match: re.Match[str]) -> str:
        name, arguments = match[2], match[3].split()
        if name not in BLOCKS:
            raise ValueError(f"there is no block {name!r}; there are {', '.join(BLOCKS)}")
        body = "\n".join(BLOCKS[name](*arguments))
        return f"{match[1]}\n{body}\n\n{match[4]}"

    return BLOCK.sub(fill, text)


def pages(folder: Path = DOCS) -> dict[Path, str]:
    """Every generated page and every page with generated blocks, as it should be now."""
    from sim import article
    from sim.observe import schema
    from sim.observe.indicators import table as indicators

    made = {
        folder / "mechanisms.md": article.page(),
        folder / "indicators.md": indicators(),
        folder / "schema.md": schema.page(),
    }
    for path in sorted(folder.rglob("*.md")):
        if path not in made:
            text = path.read_text(encoding="utf-8")
            if BLOCK.search(text):
                made[path] = filled(text)
    return made


def stale(folder: Path = DOCS) -> list[Path]:
    """Pages that are not as they should be."""
    wanted = pages(folder)
    return [path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text]


def main(words: Sequence[str]) -> int:
    """Write all pages, or with `check` only say which are stale."""
    if not DOCS.is_dir():
        print("the pages are made in a source checkout, which holds the folder docs/", file=sys.stderr)
        return 2
    wanted = pages()
    old = stale()
    for path in old:
        print(path.relative_to(DOCS.parent).as_posix())
        if "check" not in words:
            path.write_text(wanted[path], encoding="utf-8", newline="\n")
    return 1 if old and "check" in words else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
