"""Rules by which votes are cast for others and counted, as pure kernels: by hand one can check each of them (A73).

At-large plurality and approval as in Brams & Fishburn 1983 (Approval Voting); each takes votes and fills a result.
"""

from sim.engine.kernel import kernel


@kernel
def plurality(votes, seats, won):
    """The `seats` names with most votes win; at equal votes the name that stands first. Fills `won` with 0 and 1."""
    for k in range(len(won)):
        won[k] = 0
    for _ in range(min(seats, len(votes))):
        best = -1
        for k in range(len(votes)):
            if won[k] == 0 and (best < 0 or votes[k] > votes[best]):
                best = k
        won[best] = 1


@kernel
def approval(yes, cast, won):
    """With nobody against them members stay with more than half of the votes cast; with no votes they stay."""
    for k in range(len(won)):
        won[k] = 1 if cast <= 0 or 2 * yes[k] > cast else 0


@kernel
def vote_by_household(first, size, on_roll, going, voted, voted_for, carried):
    """The first member who is going casts the votes of all members on the roll; without one none is cast."""
    for i in range(first, first + size):
        if going[i] != 0:
            voted[i] = 1
            for j in range(first, first + size):
                if j != i and on_roll[j] != 0:
                    voted_for[j] = 1
                    carried[i] += 1
            return


@kernel
def carry(i, j, limit, on_roll, voted, voted_for, carried):
    """Person i, who votes, also casts the vote of j, if j is on the roll, has cast none, and i may carry one more."""
    if carried[i] < limit and on_roll[j] != 0 and voted[j] == 0 and voted_for[j] == 0:
        voted_for[j] = 1
        carried[i] += 1
