"""Every yuan moves by double entry: source, target, use, body, week; nothing is spent that is not there (A83-A92).

`post` is the only way in which money moves. Accounts in the set OUTSIDE stand for the world outside and may be
negative; inside accounts never are, so the balances of a community always sum to zero.
"""

import numpy as np

from sim.engine.kernel import kernel
from sim.engine.sets import among
from sim.vocabulary.codes import Entry, Rows
from sim.vocabulary.sets import OUTSIDE


@kernel
def post(week, c, source, target, b, use, amount, rows, journal, community):
    """Move up to `amount` yuan from one account to another and return what was moved.

    An inside account pays what it has and no more. A full journal moves nothing and counts the missing row in
    rows.used, past the end of the table, so that the next reservation of rows fails aloud instead of losing an entry.
    """
    if not amount > 0.0 or source == target:
        return 0.0
    moved = amount
    if not among(source, OUTSIDE):
        moved = min(moved, community.balance[c, source])
        if not moved > 0.0:
            return 0.0
    row = rows.used[Rows.JOURNAL]
    rows.used[Rows.JOURNAL] = row + 1
    if row >= journal.entry.shape[0]:
        return 0.0
    journal.entry[row, Entry.WEEK] = week
    journal.entry[row, Entry.COMMUNITY] = c
    journal.entry[row, Entry.SOURCE] = np.int64(source)
    journal.entry[row, Entry.TARGET] = np.int64(target)
    journal.entry[row, Entry.BODY] = b
    journal.entry[row, Entry.USE] = np.int64(use)
    journal.entry[row, Entry.YUAN] = moved
    community.balance[c, source] -= moved
    community.balance[c, target] += moved
    community.flow[c, source, target, use] += moved
    return moved
