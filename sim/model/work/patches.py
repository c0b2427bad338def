"""Patches: which buildings each officer of the committee answers for, as fixed groups or drawn by known load (A27).

A fixed group is what a list of buildings gives. Where patches are drawn, the committee sits down at its interval, in
paid hours, and goes through the buildings from the heaviest to the lightest: each goes to the patch that has least so
far (longest processing time first: Graham 1969, SIAM J. Applied Math. 17). It counts what it knows: open spoken cases,
and households for those to come. Who comes to another patch no longer knows the officer.
"""

import numpy as np

from sim.engine.mechanism import mechanism
from sim.model.cases.find import spend
from sim.vocabulary.codes import Body, Pay, Stream
from sim.vocabulary.params import Param

PARAMS = {
    "draw_hours": Param(6.0, "hours", 1.0, 24.0, "assumption (A27)",
                        "drawing the patches anew and saying who is where"),
    "household_load": Param(0.05, "cases/household", 0.0, 0.5, "assumption",
                            "what a household counts for beside the known open cases of its building"),
}
MOST = 8  # most patches that are told apart, as in `working`


@mechanism
def step(now, p, rule, community, body, building):
    buildings = len(building.patch)
    for c in range(len(community.full)):
        b = community.row_of[c, Body.COMMITTEE] if community.full[c] == 1 else -1
        n = min(MOST, body.patches[b]) if b >= 0 else 0
        if n <= 1:
            continue
        drawn = rule.patches_drawn[c] == 1
        load = np.zeros(n)
        if drawn and now.week % rule.redraw_weeks[c] == 0 and body.left[b, Pay.PUBLIC] >= p.draw_hours:
            spend(b, p.draw_hours, Pay.PUBLIC, Stream.COORDINATION, body)
            placed = np.zeros(buildings, np.int8)
            moved = 0.0
            households = 0.0
            for _ in range(buildings):
                heaviest = -1
                most = -1.0
                for g in range(buildings):
                    known = building.unresolved[g] + p.household_load * building.households[g]
                    if building.community[g] == c and placed[g] == 0 and known > most:
                        heaviest = g
                        most = known
                if heaviest < 0:
                    break
                least = 0
                for j in range(n):
                    if load[j] < load[least]:
                        least = j
                placed[heaviest] = 1
                load[least] += most
                households += building.households[heaviest]
                if building.patch[heaviest] % n != least:
                    moved += building.households[heaviest]
                building.patch[heaviest] = least
            community.patches_moved[c] += moved
            if households > 0.0:
                community.patch_known[c] *= 1.0 - moved / households
        # how even the loads are this week, as whoever keeps the books would see it
        total = 0.0
        load[:] = 0.0
        for g in range(buildings):
            if building.community[g] == c:
                if not drawn:
                    building.patch[g] = g % n
                load[building.patch[g] % n] += building.unresolved[g]
                total += building.unresolved[g]
        if total > 0.0:
            community.patch_uneven[c] += load.max() * n / total
            community.patch_weeks[c] += 1.0
