"""Patches: which buildings each officer of the committee answers for, as fixed groups or drawn by known load (A27).

A fixed group is what a list of buildings gives. Where patches are drawn, the committee sits down at its interval, in
paid hours, and goes through the buildings from the heaviest to the lightest: each goes to the patch that has least so
far (longest processing time first: Graham 1969, SIAM J. Applied Math. 17). It counts what it knows: open spoken cases,
and households for those to come. Who comes to another patch no longer knows the officer.
"""

import numpy as np

from sim.codes import Body, Pay, Stream
from sim.mechanisms.base import mechanism
from sim.mechanisms.find import spend
from sim.params import Param

PARAMS = {
    "draw_hours": Param(6.0, "hours", 1.0, 24.0, "assumption (A27)",
                        "drawing the patches anew and saying who is where"),
    "household_load": Param(0.05, "cases/household", 0.0, 0.5, "assumption",
                            "what a household counts for beside the known open cases of its building"),
}
MOST = 8  # most patches that are told apart, as in `working`


@mechanism(
    writes=(
        "building.patch", "body.left", "body.hours", "community.patch_known", "community.patch_uneven",
        "community.patch_weeks", "community.patches_moved",
    )
)  # fmt: skip
def step(
    week, draw_hours, household_load, rule_patches_drawn, rule_redraw_weeks, community_full, community_row_of,
    community_patch_known, community_patch_uneven, community_patch_weeks, community_patches_moved, body_patches,
    body_left, body_hours, building_community, building_households, building_unresolved, building_patch,
):  # fmt: skip
    buildings = len(building_patch)
    for c in range(len(community_full)):
        b = community_row_of[c, Body.COMMITTEE] if community_full[c] == 1 else -1
        n = min(MOST, body_patches[b]) if b >= 0 else 0
        if n <= 1:
            continue
        drawn = rule_patches_drawn[c] == 1
        load = np.zeros(n)
        if drawn and week % rule_redraw_weeks[c] == 0 and body_left[b, Pay.PUBLIC] >= draw_hours:
            spend(b, draw_hours, Pay.PUBLIC, Stream.COORDINATION, body_left, body_hours)
            placed = np.zeros(buildings, np.int8)
            moved = 0.0
            households = 0.0
            for _ in range(buildings):
                heaviest = -1
                most = -1.0
                for g in range(buildings):
                    known = building_unresolved[g] + household_load * building_households[g]
                    if building_community[g] == c and placed[g] == 0 and known > most:
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
                households += building_households[heaviest]
                if building_patch[heaviest] % n != least:
                    moved += building_households[heaviest]
                building_patch[heaviest] = least
            community_patches_moved[c] += moved
            if households > 0.0:
                community_patch_known[c] *= 1.0 - moved / households
        # how even the loads are this week, as whoever keeps the books would see it
        total = 0.0
        load[:] = 0.0
        for g in range(buildings):
            if building_community[g] == c:
                if not drawn:
                    building_patch[g] = g % n
                load[building_patch[g] % n] += building_unresolved[g]
                total += building_unresolved[g]
        if total > 0.0:
            community_patch_uneven[c] += load.max() * n / total
            community_patch_weeks[c] += 1.0
