"""Reading a finished or unfinished study back: `sim.open(folder).effects` and the like."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sim.store.packed as packed
from sim.store.checksums import check_made, not_as_written
from sim.store.errors import StoreError
from sim.store.folder import CONTRASTS, EFFECTS, POINTS, PROVENANCE, STUDY
from sim.store.parts import TABLES, check_part, in_order, parts_of, read_table
from sim.vocabulary.words import of

if TYPE_CHECKING:
    import pandas as pd

LOST = "no run is lost by it; begin a new one with: gongzhi resume "
QUERY_MEMORY = "2GB"  # what DuckDB may take; it goes to the disk beyond


class StoredStudy:
    """The tables of one study's folder as pandas frames; each is read when first asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __repr__(self) -> str:
        return f"<study {self.study['name']} in {self.path}>"

    @cached_property
    def study(self) -> dict[str, Any]:
        """The study as it was resolved when it ran."""
        import yaml

        try:
            loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
            found = yaml.load((self.path / STUDY).read_text(encoding="utf-8"), Loader=loader)
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise StoreError(f"{self.path / STUDY} cannot be read ({error})") from error
        if not isinstance(found, dict) or not {"name", "arms", "baseline"} <= set(found):
            raise StoreError(f"{self.path / STUDY} does not describe a study: name, arms or baseline is missing")
        if not isinstance(found["arms"], list) or not all(isinstance(a, dict) and "name" in a for a in found["arms"]):
            raise StoreError(f"{self.path / STUDY} does not describe a study: its arms have no names")
        if found.get("points") == packed.PACKED:
            found["points"] = packed.read(self.path)
        return found

    @cached_property
    def provenance(self) -> dict[str, Any]:
        """Versions, machine and times of the execution."""
        try:
            read: Any = json.loads((self.path / PROVENANCE).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise StoreError(f"{self.path / PROVENANCE} cannot be read ({error}); {LOST}{self.path}") from error
        if not isinstance(read, dict) or not isinstance(read.get("executions", []), list):
            raise StoreError(f"{self.path / PROVENANCE} does not say how the study was run; {LOST}{self.path}")
        return read

    @property
    def arms(self) -> list[str]:
        """Names of the arms in the study's order."""
        return [arm["name"] for arm in self.study["arms"]]

    @property
    def sampled(self) -> bool:
        """Whether the design points were drawn from ranges, so that intervals speak of the ranges too."""
        from sim.scenario.comparison import SAMPLED

        return (self.study.get("design") or {}).get("kind") in SAMPLED

    def arm_label(self, name: str, lang: str = "en") -> str:
        """Label of an arm in a language, or its name when it has none."""
        for arm in self.study["arms"]:
            if arm["name"] == name:
                return of(arm.get("label"), lang) or name
        return name

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row a run: keys, indicators, budgets (budget_), execution (exec_)."""
        return self._frame("runs")

    @cached_property
    def series(self) -> pd.DataFrame:
        """One row a run and week; week 0 is the week of the reform."""
        return self._frame("series")

    @cached_property
    def tallies(self) -> pd.DataFrame:
        """Counts of a run in more than one dimension (sim.observe.tallies): flows of cases, payments, groups, times."""
        return self._frame("tallies")

    @cached_property
    def effects(self) -> pd.DataFrame:
        """Paired effects against the baseline arm."""
        return self._csv(EFFECTS)

    @cached_property
    def contrasts(self) -> pd.DataFrame:
        """What each choice does by itself; empty where the study neither puts choices in nor takes them out."""
        import pandas as pd

        return self._csv(CONTRASTS) if self.study.get("contrasts") else pd.DataFrame()

    @cached_property
    def points(self) -> pd.DataFrame:
        """The values of the factors at each design point; empty without a design."""
        import pandas as pd

        return self._csv(POINTS) if len(self.study.get("points") or ()) > 1 else pd.DataFrame()

    def columns(self, table: str, names: Sequence[str]) -> pd.DataFrame:
        """Some columns of `runs`, `series` or `tallies`, for tables too large to be read whole."""
        return self._frame(table, names)

    def query(self, sql: str) -> pd.DataFrame:
        """Any DuckDB query over the tables `runs`, `series` and `tallies` of this study.

        A finished study is queried where it lies, in bounded memory. Raises StoreError for a query that makes no sense.
        """
        import duckdb

        with duckdb.connect(config={"memory_limit": QUERY_MEMORY}) as connection:
            for table, keys in TABLES.items():
                parts = parts_of(self.path, table)
                if len(parts) == 1:
                    check_part(parts[0])
                    connection.read_parquet([str(parts[0])]).create_view(table)
                elif parts and (rows := read_table(self.path, table)) is not None:
                    connection.register(table, in_order(rows, self.arms, keys))
            try:
                return connection.execute(sql).df()
            except duckdb.Error as wrong:
                raise StoreError(f"the query cannot be answered: {' '.join(str(wrong).split())}") from None

    def _csv(self, name: str) -> pd.DataFrame:
        import pandas as pd

        path = self.path / name
        if not path.exists():
            raise StoreError(f"{self.path} holds no {name} yet: finish the study with: gongzhi resume {self.path}")
        check_made(path)
        try:
            return pd.read_csv(path, encoding="utf-8-sig")
        except (OSError, ValueError) as error:  # what pandas and the encoding say of a damaged file
            raise not_as_written(path, str(error)) from error

    def _frame(self, table: str, names: Sequence[str] | None = None) -> pd.DataFrame:
        keys = TABLES[table]
        rows = read_table(self.path, table, None if names is None else list(dict.fromkeys([*keys, *names])))
        if rows is None:
            import pandas as pd

            return pd.DataFrame(columns=list(keys))
        missing = [name for name in names or () if name not in rows.column_names]
        if missing:
            from sim.vocabulary.errors import close

            known = close(missing[0], rows.column_names)
            raise StoreError(f"{self.path / table} has no column {missing[0]!r}; {known}")
        frame = in_order(rows, self.arms, keys).to_pandas()
        return frame if names is None else frame[list(names)]


def open_study(folder: str | Path) -> StoredStudy:
    """Open the folder of a study. Raises StoreError with one clear sentence when it is none."""
    path = Path(folder)
    if not path.exists():
        raise StoreError(f"there is no folder {path}")
    if not path.is_dir():
        raise StoreError(f"{path} is a file; give the folder of a study, the one that holds {STUDY}")
    if not (path / STUDY).is_file():
        inside = sorted(p.parent.name for p in path.glob(f"*/{STUDY}"))
        hint = f"; did you mean {path / inside[-1]}?" if inside else f": it holds no {STUDY}"
        raise StoreError(f"{path} is not the folder of a study{hint}")
    stored = StoredStudy(path)
    _ = stored.study
    return stored
