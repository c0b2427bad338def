"""The battery: small towns in which every mechanism acts, and what their whole state is after a run.

A town is a list of settings in `towns.yaml`. `state_of` gives two numbers a column: a digest of all its bytes, equal
only to the bit, and a sum, for machines whose mathematics library rounds the last bit otherwise. What bodies know and
decide is taken by the names of its fields, so that the order of the slots is no part of the identity.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

import sim
from sim.engine.state import State
from sim.model.bodies.seats import decision, default_rule, observation
from sim.model.simulation import Model
from sim.scenario import Scenario
from sim.vocabulary.columns import COLUMNS

HERE = Path(__file__).parent
DIGITS = 8  # hex digits of a digest
SEATED = {"obs": observation, "dec": decision}  # axes whose slots are fields with names


@lru_cache(maxsize=1)
def towns() -> dict[str, dict[str, list[str]]]:
    """Towns by name: `settings` of the scenario, and `seats` in which the default rule sits as a function."""
    data = yaml.safe_load((HERE / "towns.yaml").read_text(encoding="utf-8"))
    common = data.pop("common")
    return {
        name: {"settings": [*common, *town["settings"]], "seats": town.get("seats", [])} for name, town in data.items()
    }


def scenario_of(name: str) -> Scenario:
    """The scenario of a town."""
    return sim.load(towns()[name]["settings"])


def run(name: str, scenario: Scenario | None = None) -> State:
    """The state at the end of a town's run, or of a run of another scenario with its seats."""
    scenario = scenario or scenario_of(name)
    seats = {seat: default_rule(scenario, seat) for seat in towns()[name]["seats"]}
    model = Model(scenario, seats)
    return model.run_until(model.last_week).store


def columns(state: State) -> dict[str, NDArray[np.generic]]:
    """Used rows of every column; observations and decisions as one row of values a body, by the names of fields."""
    found = {}
    for column in COLUMNS.values():
        values = state[column.name][: state.used(column.table)]
        axis = column.axes[-1] if column.axes else ""
        if axis in SEATED:
            seen = [SEATED[axis](state, row) for row in range(len(values))]
            values = np.array([v for one in seen for _, v in sorted(vars(one).items())], dtype=np.float64)
        found[column.name] = values
    return found


def digest(values: NDArray[np.generic]) -> str:
    """Digest of kind, shape and bytes of an array."""
    made = hashlib.sha256(f"{values.dtype.str}{values.shape}".encode())
    made.update(np.ascontiguousarray(values).tobytes())
    return made.hexdigest()[:DIGITS]


def total(values: NDArray[np.generic]) -> float:
    """A sum in which place counts a little, so that two values that change places are noticed."""
    flat = values.astype(np.float64).ravel()
    return float(np.sum(flat * (1.0 + np.arange(len(flat)) % 97 / 97.0)))


def exact(state: State) -> dict[str, str]:
    """Digest of every column."""
    return {name: digest(values) for name, values in columns(state).items()}


def sums(state: State) -> dict[str, float]:
    """Sum of every column."""
    return {name: total(values) for name, values in columns(state).items()}


def machine() -> str:
    """Machine type: what decides how the last bit of an exponential or a logarithm is rounded."""
    library, version = platform.libc_ver()
    kind = f"{platform.system()}-{platform.machine()}-{library}{version}".lower()
    return f"{kind}-fma" if "fma" in _features() else kind


def _features() -> Sequence[str]:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ()
    return next((line.partition(":")[2].split() for line in lines if line.startswith("flags")), ())


def write_table(path: Path, cells: Mapping[str, Mapping[str, str]]) -> None:
    """Columns of the state down, towns across."""
    names = list(next(iter(cells.values())))
    lines = [",".join(("column", *cells)), *(",".join((n, *(own[n] for own in cells.values()))) for n in names)]
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_table(path: Path) -> dict[str, dict[str, str]]:
    """{town: {column: cell}}; raises FileNotFoundError."""
    head, *rows = (line.split(",") for line in path.read_text(encoding="utf-8").splitlines())
    return {town: {row[0]: row[at] for row in rows} for at, town in enumerate(head[1:], 1)}
