"""Local ties between adults: each newcomer chooses among those who came before, mostly nearby and mostly alike.

An adult draws half the mean number of ties and looks for each of them in the own building, the own estate or the whole
community, with a chance of wanting somebody of the own group (homophily: McPherson, Smith-Lovin & Cook 2001). Only
earlier residents are candidates, so one more resident adds ties of the own and changes no other tie. Group: members of
the village collective or not; where there is none, tenants and migrants or local owners, below 60 or above. Ties inside
a household are not stored: its members know one another anyway.
"""

import numpy as np
from numpy.typing import NDArray

from sim.engine.kernel import kernel
from sim.engine.randomness import uniform
from sim.engine.tables import Numbers, Table
from sim.model.people.households import Fact
from sim.vocabulary.codes import Purpose
from sim.vocabulary.params import Param

PARAMS = {
    "tie_building": Param(0.5, "share", 0.2, 0.8, "assumption", "ties looked for in the own building"),
    "tie_estate": Param(0.3, "share", 0.1, 0.5, "assumption", "ties looked for in the own estate outside the building"),
    "tie_attempts": Param(
        12, "attempts", 4, 40, "assumption: enough to find the group wanted", "candidates looked at for one tie"
    ),
}
COUNT, SCOPE, LIKE, FIRST_ATTEMPT = 0, 1, 2, 3  # slots of a tie's draws


@kernel
def draw_ties(
    key, places, p, outsider, group, first_row, rank, by_estate, estate_start, community_start,
    building, household, resident, source, target,
):  # fmt: skip
    """Pairs (source, target) with target below source; returns their number, or -1 when there is no room for them."""
    n = 0
    attempts = int(p.tie_attempts)
    for i in range(len(resident.uid)):
        if not resident.adult[i]:
            continue
        uid = resident.uid[i]
        before = household.first[resident.household[i]]
        b = resident.building[i]
        start = estate_start[resident.estate[i]]
        c = resident.community[i]
        same_group = places[c, Fact.SAME_GROUP]
        wanted = 0.5 * (places[c, Fact.TIES_OTHERS] if outsider[i] else places[c, Fact.TIES])
        number = int(wanted + uniform(key, Purpose.TIES, uid, 0, COUNT))
        mine = n
        for s in range(number):
            scope = uniform(key, Purpose.TIES, uid, s, SCOPE)
            like = uniform(key, Purpose.TIES, uid, s, LIKE) < same_group
            found = -1
            for a in range(attempts):
                u = uniform(key, Purpose.TIES, uid, s, FIRST_ATTEMPT + a)
                low = community_start[c]
                high = before
                if a < attempts // 2:  # later attempts look through the whole community
                    if scope < p.tie_building:
                        low = first_row[b]
                    elif scope < p.tie_building + p.tie_estate and rank[b] > 0:
                        u *= rank[b]
                        other = by_estate[start + int(u)]
                        u -= int(u)
                        low = first_row[other]
                        high = low + building.residents[other]
                if high <= low:
                    continue
                j = low + int(u * (high - low))
                known = resident.adult[j] == 0
                for k in range(mine, n):
                    known |= target[k] == j
                if known:
                    continue
                found = j
                if (group[j] == group[i]) == like:
                    break
            if found >= 0:
                if n == len(source):
                    return -1
                source[n] = i
                target[n] = found
                n += 1
    return n


@kernel
def compress(source, target, start, other):
    """Store the pairs at both ends as compressed sparse rows."""
    rows = len(start) - 1
    for k in range(len(source)):
        start[source[k] + 1] += np.uint32(1)
        start[target[k] + 1] += np.uint32(1)
    place = np.zeros(rows, np.int64)
    for i in range(rows):
        place[i] = start[i]
        start[i + 1] += start[i]
    for k in range(len(source)):
        i = source[k]
        j = target[k]
        other[place[i]] = j
        other[place[j]] = i
        place[i] += 1
        place[j] += 1


def ties(
    key: np.uint64,
    columns: dict[str, NDArray[np.generic]],
    outsider: NDArray[np.int8],
    group: NDArray[np.int8],
    community_start: NDArray[np.int64],
    places: NDArray[np.float64],
    numbers: Numbers,
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Columns link.start and tie.other for the residents in `columns`."""
    people = len(columns["resident.uid"])
    # first resident row of each building; buildings estate by estate; place of each within its estate
    residents = columns["building.residents"].astype(np.int64)
    first_row = np.cumsum(residents) - residents
    by_estate = np.argsort(columns["building.estate"], kind="stable")
    of_estate = columns["building.estate"][by_estate]
    estate_start = np.searchsorted(of_estate, np.arange(len(columns["estate.uid"]) + 1))
    rank = np.empty(len(by_estate), np.int64)
    rank[by_estate] = np.arange(len(by_estate)) - estate_start[of_estate]
    most = float(places[:, [Fact.TIES, Fact.TIES_OTHERS]].max())
    room = int(people * (0.5 * most + 1.0)) + 1
    source = np.empty(room, np.int32)
    target = np.empty(room, np.int32)
    count = draw_ties.compiled(
        key, places, numbers, outsider, group, first_row, rank, by_estate, estate_start, community_start,
        *(Table(name, columns) for name in ("building", "household", "resident")), source, target,
    )  # fmt: skip
    start = np.zeros(people + 1, np.uint32)
    other = np.empty(2 * count, np.uint32)
    compress(source[:count], target[:count], start, other)
    return start, other
