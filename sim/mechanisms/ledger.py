"""Every yuan moves by double entry: source, target, use, body, week; nothing is spent that is not there (A83-A92).

`post` is the only way in which money moves. Accounts below `OUTSIDE_ACCOUNTS` stand for the world outside and may be
negative; inside accounts never are, so the balances of a community always sum to zero.
"""

import numpy as np

from sim.codes import OUTSIDE_ACCOUNTS
from sim.kernel import kernel

JOURNAL = 3  # place of the journal in rows.used


@kernel
def post(week, c, source, target, b, use, amount, rows, journal, community):
    """Move up to `amount` yuan from one account to another and return what was moved.

    An inside account pays what it has and no more. A full journal moves nothing and counts the missing row in
    rows.used, past the end of the table, so that the next reservation of rows fails aloud instead of losing an entry.
    """
    if not amount > 0.0 or source == target:
        return 0.0
    moved = amount
    if source >= OUTSIDE_ACCOUNTS:
        moved = min(moved, community.balance[c, source])
        if not moved > 0.0:
            return 0.0
    row = rows.used[JOURNAL]
    rows.used[JOURNAL] = row + 1
    if row >= journal.entry.shape[0]:
        return 0.0
    journal.entry[row, 0] = week
    journal.entry[row, 1] = c
    journal.entry[row, 2] = np.int64(source)
    journal.entry[row, 3] = np.int64(target)
    journal.entry[row, 4] = b
    journal.entry[row, 5] = np.int64(use)
    journal.entry[row, 6] = moved
    community.balance[c, source] -= moved
    community.balance[c, target] += moved
    community.flow[c, source, target, use] += moved
    return moved
