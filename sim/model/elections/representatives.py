"""Residents' representatives: chosen by their block of households, or named by the committee (A63, A71).

Where residents choose, those are chosen who are ready to give time, feel they belong and are known to many; where the
committee names them, those who think well of it and Party members are. One for every forty households or so.
"""

import math

import numpy as np

from sim.engine.mechanism import mechanism
from sim.engine.randomness import gumbel
from sim.vocabulary.codes import Purpose
from sim.vocabulary.params import Param

PARAMS = {
    "households_each": Param(40.0, "households", 15.0, 100.0, "assumption", "households in a representative's block"),
    "warmth": Param(4.0, "utils", 0.0, 8.0, "assumption", "giving and belonging in the eyes of a block"),
    "known": Param(1.0, "utils", 0.0, 3.0, "assumption", "logarithm of the number of ties, in the eyes of a block"),
    "loyal": Param(4.0, "utils", 0.0, 8.0, "assumption", "standing of the committee, in the committee's choice"),
    "party": Param(1.0, "utils", 0.0, 3.0, "assumption", "Party member, in the committee's choice"),
}
CHOSEN = 10


@mechanism
def step(now, p, rule, community, household, resident, link):
    communities = len(community.full)
    choosing = np.zeros(communities, dtype=np.uint8)
    due = False
    for c in range(communities):
        if community.full[c] != 0 and (community.ballot[c] != 0 or community.representatives[c] <= 0.0):
            choosing[c] = 1
            community.representatives[c] = 0.0
            due = True
    if not due:
        return
    size = max(1, int(p.households_each))
    seen = np.zeros(communities, dtype=np.int64)
    current = np.full(communities, -1, dtype=np.int64)
    block = np.full(len(household.community), -1, dtype=np.int64)
    blocks = 0
    for h in range(len(household.community)):
        c = household.community[h]
        if choosing[c] == 0:
            continue
        if seen[c] % size == 0:
            current[c] = blocks
            blocks += 1
        seen[c] += 1
        block[h] = current[c]
    best = np.full(blocks, -1, dtype=np.int64)
    score = np.full(blocks, -1.0e300)
    for i in range(len(resident.uid)):
        c = resident.community[i]
        if choosing[c] == 0:
            continue
        resident.representative[i] = 0
        if resident.adult[i] == 0:
            continue
        value = gumbel(now.key, Purpose.NOMINATE, resident.uid[i], now.week, CHOSEN)
        if rule.election_representatives[c] != 0:
            ties = float(link.start[i + 1]) - float(link.start[i])
            value += p.warmth * (resident.giving[i] + resident.belonging[i]) + p.known * math.log1p(ties)
        else:
            value += p.loyal * resident.standing[i] + p.party * resident.party[i]
        b = block[resident.household[i]]
        if value > score[b]:
            score[b] = value
            best[b] = i
    for b in range(blocks):
        if best[b] >= 0:
            resident.representative[best[b]] = 1
            community.representatives[resident.community[best[b]]] += 1.0
