"""Every yuan moves by double entry: source, target, use, body, week; nothing is spent that is not there (A83-A92).

`post` is the only way in which money moves. Accounts below `OUTSIDE_ACCOUNTS` stand for the world outside and may be
negative; inside accounts never are, so the balances of a community always sum to zero.
"""

import numpy as np

from sim.codes import OUTSIDE_ACCOUNTS
from sim.kernel import kernel

JOURNAL = 3  # place of the journal in rows.used


@kernel
def post(
    rows_used, journal_entry, community_balance, community_flow, week, c, source, target, body, use, amount
):
    """Move up to `amount` yuan from one account to another and return what was moved.

    An inside account pays what it has and no more. A full journal moves nothing and counts the missing row in
    rows.used, past the end of the table, so that the next reservation of rows fails aloud instead of losing an entry.
    """
    if not amount > 0.0 or source == target:
        return 0.0
    moved = amount
    if source >= OUTSIDE_ACCOUNTS:
        moved = min(moved, community_balance[c, source])
        if not moved > 0.0:
            return 0.0
    row = rows_used[JOURNAL]
    rows_used[JOURNAL] = row + 1
    if row >= journal_entry.shape[0]:
        return 0.0
    journal_entry[row, 0] = week
    journal_entry[row, 1] = c
    journal_entry[row, 2] = np.int64(source)
    journal_entry[row, 3] = np.int64(target)
    journal_entry[row, 4] = body
    journal_entry[row, 5] = np.int64(use)
    journal_entry[row, 6] = moved
    community_balance[c, source] -= moved
    community_balance[c, target] += moved
    community_flow[c, source, target, use] += moved
    return moved
