"""Every yuan comes from somewhere and goes somewhere; nothing is spent that is not there."""

from __future__ import annotations

import numpy as np
from hypothesis import given

from sim.model.simulation import Model
from sim.vocabulary.codes import Account, Body
from sim.vocabulary.sets import OUTSIDE_ACCOUNTS
from tests.laws.worlds import law, worlds
from tests.runs import watch

PURSES = {
    Account.FIRM: (Body.FIRM,),
    Account.COMPANIES: (Body.COMPANY,),
    Account.ORGANISATIONS: (Body.ORGANISATION, Body.GROUP),
}


def balances(model: Model) -> None:
    """Accounts of a community sum to nothing, inside accounts are never overdrawn, debts are explicit."""
    balance, flow = model.store["community.balance"], model.store["community.flow"]
    size = 1.0 + np.abs(balance).sum(axis=1)
    assert (np.abs(balance.sum(axis=1)) <= 1e-12 * size).all()
    assert (np.delete(balance, OUTSIDE_ACCOUNTS, axis=1) >= 0).all()
    assert (flow >= 0).all()
    assert (model.store["community.debt"] >= 0).all()
    net = flow.sum(axis=(1, 3)) - flow.sum(axis=(2, 3))
    assert np.allclose(net, balance, atol=1e-9 * size.max())


def purses(model: Model) -> None:
    """What bodies call their own is what stands in the account of their kind."""
    store = model.store
    for account, kinds in PURSES.items():
        own = np.isin(store["body.type"], kinds)
        assert (store["body.purse"][own] >= -1e-6).all()
        held = np.bincount(store["body.community"][own], weights=store["body.purse"][own],
                           minlength=store.rows["community"])  # fmt: skip
        booked = store["community.balance"][:, account]
        assert np.allclose(held, booked, rtol=1e-9, atol=1e-4), (account, held, booked)
        assert (store["body.purse"][own & (store["body.alive"] == 0)] == 0).all(), "means of a body that is gone"


@given(worlds())
@law()
def test_accounts_sum_to_zero_and_are_never_overdrawn(world):
    watch(world.scenario, balances)


@given(worlds())
@law()
def test_means_of_bodies_stand_in_their_account(world):
    watch(world.scenario, purses)


@given(worlds())
@law()
def test_the_journal_tells_every_movement(world):
    start = Model(world.scenario).store
    store = watch(world.scenario, lambda _: None).store
    entries = store["journal.entry"][: store["rows.used"][3]]
    told = np.zeros_like(store["community.flow"])
    where = tuple(entries[:, j].astype(int) for j in (1, 2, 3, 5))
    np.add.at(told, where, entries[:, 6])
    assert (entries[:, 6] > 0).all()
    assert (np.diff(entries[:, 0]) >= 0).all()
    size = 1.0 + store["community.flow"].max()
    assert np.allclose(told, store["community.flow"] - start["community.flow"], rtol=1e-9, atol=1e-9 * size)
    moved = told.sum(axis=(1, 3)) - told.sum(axis=(2, 3))
    assert np.allclose(moved, store["community.balance"] - start["community.balance"], atol=1e-9 * size)
