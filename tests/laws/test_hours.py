"""Every hour is paid or given, of one kind, spent on one stream, and no more of them than there were."""

from __future__ import annotations

import numpy as np
from hypothesis import given

from sim.model.simulation import Model
from sim.vocabulary.codes import Body, Pay, Stream, Use
from tests.laws.worlds import law, worlds
from tests.runs import watch

NEAR = 1e-7  # hours
OWN_KIND = {
    **dict.fromkeys(range(Body.STREET_OFFICE, Body.MASS + 1), {Pay.PUBLIC, Pay.OVERTIME}),
    Body.OWNERS: {Pay.VOLUNTEER},
    Body.FIRM: {Pay.FEE},
    Body.COMPANY: {Pay.FEE},
    Body.ORGANISATION: {Pay.VOLUNTEER, Pay.FEE},
    Body.GROUP: {Pay.VOLUNTEER, Pay.FEE},
    Body.UNIT: {Pay.VOLUNTEER},
    Body.COUNCIL: {Pay.BOARD},
    Body.BOARD: {Pay.BOARD},
}


class Hours:
    """Looks at the hours of each week."""

    def __init__(self) -> None:
        self.alive: np.ndarray | None = None
        self.total: np.ndarray | None = None
        self.contract: float | None = None

    def __call__(self, model: Model) -> None:
        store = model.store
        hours, capacity = store["body.hours"], store["body.capacity"]
        assert (hours >= 0).all()
        spent = hours.sum(axis=2)
        over = spent > capacity + NEAR
        assert not over.any(), (
            f"more than available at {[(Body(store['body.type'][b]), Pay(p)) for b, p in np.argwhere(over)]}"
        )
        alive = store["body.alive"] == 1
        if self.alive is not None:
            all_week = alive & self.alive
            contract = np.ones(len(Pay), dtype=bool)
            contract[Pay.OVERTIME] = False
            short = np.abs(spent - capacity)[all_week][:, contract]
            assert (short <= NEAR).all(), "contract hours that are booked nowhere"
            assert (hours[:, Pay.OVERTIME, Stream.IDLE] == 0).all()
            assert (store["body.left"] <= NEAR).all()
            grown = store["body.hours_total"] - self.total
            assert np.allclose(grown, hours, atol=1e-6), "hours spent that are not in the total"
            assert abs(spent[:, Pay.PUBLIC].sum() - self.contract) < 1e-6, "public hours that belong to no post"
        for kind, allowed in OWN_KIND.items():
            mine = spent[store["body.type"] == kind].sum(axis=0)
            assert all(mine[p] == 0 for p in Pay if p not in allowed), (kind, mine)
        self.alive, self.total = alive, store["body.hours_total"].copy()
        # posts that are filled at the beginning of the week that comes
        self.contract = float(store["person.hours"][store["person.employed"] == 1].sum())


def paid(model: Model) -> None:
    """Hours of a firm cost wages in the same week: what it can give is what it paid for."""
    store, week = model.store, model.tick - 1
    own = model.settings.parameters["firm"]
    entries = store["journal.entry"][: store["rows.used"][3]]
    wages = entries[(entries[:, 0] == week) & (entries[:, 5] == Use.WAGE)]
    paid_by = np.bincount(wages[:, 4].astype(int), weights=wages[:, 6], minlength=store.rows["body"])
    for b in np.flatnonzero((store["body.type"] == Body.FIRM) & (store["body.alive"] == 1)):
        rate = own["wage"] * store["estate.cost_index"][store["body.estate"][b]]
        hours = store["body.hours"][b, Pay.FEE].sum()
        assert hours * rate <= paid_by[b] + 1e-6, "a firm's hours that nobody was paid for"


@given(worlds())
@law(1.5)
def test_hours_are_of_one_kind_on_one_stream_and_no_more_than_there_were(world):
    watch(world.scenario, Hours())


@given(worlds())
@law(0.5)
def test_hours_of_firms_are_paid(world):
    watch(world.scenario, paid)


@given(worlds())
@law(0.5)
def test_residents_give_hours_and_never_take_them_back(world):
    before = [np.zeros(1)]

    def look(model: Model) -> None:
        given_ = model.store["resident.hours"]
        assert (given_ >= before[0] - 1e-12).all()
        assert (given_[:, Pay.FEE] == 0).all() and (given_[:, Pay.OVERTIME] == 0).all()
        before[0] = given_.copy()

    watch(world.scenario, look)
