"""The registry of columns: one meaning and one unit each, declared once in `columns.psv`."""

from dataclasses import dataclass
from pathlib import Path

from sim.vocabulary import codes

AXES = {
    "type": len(codes.Body),
    "channel": len(codes.Channel),
    "meeting": len(codes.Meeting),
    "account": len(codes.Account),
    "source_account": len(codes.Account),
    "use": len(codes.Use),
    "pay": len(codes.Pay),
    "stream": len(codes.Stream),
    "other": len(codes.Body),
    "cause": len(codes.Wait),
    "skill": len(codes.Skill),
    "obs": 0,  # as many as the longest Observation and Decision have fields: sim.model.bodies.base.slots
    "dec": 0,
    "kind": len(codes.Kind),
    "need": len(codes.Need),
    "entry": len(codes.Entry),
}
ROLES = ("fixed", "state", "outcome", "rule", "seat", "count", "log")


def widen(axis: str, size: int) -> None:
    """Make an axis at least so long; before any state is made."""
    AXES[axis] = max(AXES[axis], size)


@dataclass(frozen=True)
class Column:
    """One column of state: `name` is "table.column"; `axes` are the axes after the row."""

    name: str
    dtype: str
    axes: tuple[str, ...]
    unit: str
    role: str
    meaning: str

    @property
    def table(self) -> str:
        return self.name.split(".", 1)[0]

    @property
    def shape(self) -> tuple[int, ...]:
        """Sizes of the axes after the row."""
        return tuple(AXES[a] for a in self.axes)


def read_columns(path: Path) -> dict[str, Column]:
    """Read the declaration file; raises ValueError naming the line that is wrong."""
    columns: dict[str, Column] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = [p.strip() for p in line.split("|")]
        if len(parts) != 6 or parts[0] in columns or parts[4] not in ROLES:
            raise ValueError(f"{path.name} line {number}: {line!r}")
        name, dtype, axes, unit, role, meaning = parts
        columns[name] = Column(name, dtype, tuple(a for a in axes.split(",") if a), unit, role, meaning)
    return columns


COLUMNS = read_columns(Path(__file__).with_name("columns.psv"))
TABLES = tuple(dict.fromkeys(c.table for c in COLUMNS.values()))
