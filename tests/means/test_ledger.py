"""Double entry by hand."""

import numpy as np
import pytest

from sim.engine.ledger import post
from sim.engine.tables import tables
from sim.vocabulary.codes import Account, Use
from tests.means.world import world


def pay(state, source, target, use, amount):  # type: ignore[no-untyped-def]
    held = tables(state.columns)
    return post(3, 0, int(source), int(target), -1, int(use), amount, held["rows"], held["journal"], held["community"])


def test_entries_balances_and_flows_by_hand():
    state = world()
    assert pay(state, Account.FISCAL, Account.WORK, Use.ALLOCATION, 100.0) == 100.0
    assert pay(state, Account.WORK, Account.SUPPLIERS, Use.OFFICE, 30.0) == 30.0
    assert pay(state, Account.WORK, Account.SUPPLIERS, Use.CASE, 90.0) == 70.0
    assert pay(state, Account.WORK, Account.SUPPLIERS, Use.CASE, 5.0) == 0.0
    balance = state["community.balance"][0]
    assert balance[Account.FISCAL] == -100.0
    assert balance[Account.WORK] == 0.0
    assert balance[Account.SUPPLIERS] == 100.0
    assert balance.sum() == 0.0
    assert state.used("journal") == 3
    assert list(state["journal.entry"][2]) == [3, 0, Account.WORK, Account.SUPPLIERS, -1, Use.CASE, 70.0]
    assert state["community.flow"][0, Account.WORK, Account.SUPPLIERS].sum() == 100.0


@pytest.mark.parametrize("amount", [0.0, -5.0, np.nan])
def test_nothing_moves_for_no_amount(amount):
    state = world()
    assert pay(state, Account.FISCAL, Account.WORK, Use.ALLOCATION, amount) == 0.0
    assert state.used("journal") == 0


def test_a_full_journal_moves_nothing_and_is_noticed():
    state = world()
    state["rows.used"][3] = state.rows["journal"]
    assert pay(state, Account.FISCAL, Account.WORK, Use.ALLOCATION, 10.0) == 0.0
    assert not state["community.balance"].any()
    with pytest.raises(ValueError, match="broadcast"):
        state.reserve("journal", 10)
