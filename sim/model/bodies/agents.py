"""Residents and bodies as Mesa agents: thin objects that hold a row and look their values up in the columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mesa

from sim.model.bodies.base import Decided, Observed
from sim.vocabulary.codes import Body
from sim.vocabulary.columns import COLUMNS

if TYPE_CHECKING:
    from sim.model.simulation import Model


class ColumnValue:
    """One value of an agent, read from and written to its column."""

    def __init__(self, column: str) -> None:
        self.column = column
        self.__doc__ = f"{COLUMNS[column].meaning} [{COLUMNS[column].unit}]"

    def __get__(self, agent: Any, owner: type | None = None) -> Any:
        if agent is None:
            return self
        value = agent.model.store[self.column][agent.row]
        return value.item() if value.ndim == 0 else value

    def __set__(self, agent: Any, value: Any) -> None:
        agent.model.store[self.column][agent.row] = value


def cells(table: str) -> dict[str, Any]:
    """Attributes for every column of a table."""
    return {name.split(".", 1)[1]: ColumnValue(name) for name in COLUMNS if name.startswith(f"{table}.")}


class Row(mesa.Agent):
    """An agent that stands for one row of a table."""

    def __init__(self, model: Model, row: int) -> None:
        super().__init__(model)
        self.row = row


_ATTRIBUTES = {"__doc__": "A resident; attributes are the columns of table resident.", **cells("resident")}
Resident = type("Resident", (Row,), _ATTRIBUTES)
Resident.__module__ = __name__


class BodyAgent(Row):
    """An organised actor; attributes are the columns of table body, with its typed observation and decision."""

    kind: Body

    @property
    def observation(self) -> Observed:
        """What it knows this week."""
        from sim.model.bodies.seats import observation

        return observation(self.model.store, self.row)

    @property
    def decision(self) -> Decided:
        """What it decided last."""
        from sim.model.bodies.seats import decision

        return decision(self.model.store, self.row)


for _name, _cell in cells("body").items():
    setattr(BodyAgent, _name, _cell)


def _class_of(kind: Body) -> type[BodyAgent]:
    words = kind.name.split("_")
    about = {"__doc__": f"A body of type {kind.name.lower()}.", "__module__": __name__, "kind": kind}
    return type("".join(word.title() for word in words), (BodyAgent,), about)


CLASSES = {kind: _class_of(kind) for kind in Body}


class Population:
    """Makes the agents of a model once, in the order of their rows."""

    def __init__(self, model: Model) -> None:
        model._people = self  # so that registering the agents does not ask for them again
        store = model.store
        for row, kind in enumerate(store["body.type"].tolist()):
            CLASSES[Body(kind)](model, row)
        for row in range(store.rows["resident"]):
            Resident(model, row)
        # Mesa 3.3 keeps a counter for every model for ever, and the model with it
        ids = getattr(mesa.Agent, "_ids", None)
        if ids is not None:
            ids.pop(model, None)


def _series(name: str) -> Any:
    from sim.observe.fields import FIELDS

    place = FIELDS.index(name)

    def report(model: Any) -> float:
        row = model.recorder.weekly[model.tick - 1]
        return float(row[0, place]) if len(row) == 1 else float(row[:, place].mean())

    report.__name__ = name
    return report


REPORTERS = {name: _series(name) for name in ("open_cases", "unsolved_cases", "item_hours", "trust", "standing")}
