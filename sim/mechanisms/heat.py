"""Heat grows with own problems that stay unsolved and with peers in the same state, and cools (A56; Epstein 2002).

A spoken case heats its owner once it is past its promised time (or, where none was promised, past his patience); a
problem that was never spoken hurts less. A date that a mediator has agreed with both sides stands like a promised
one. It heats more where friends are hot too. Nobody is heated by a solved problem.
"""

import numpy as np

from sim.codes import File, Truth
from sim.mechanisms.base import mechanism
from sim.params import Param

PARAMS = {
    "kept": Param(0.9, "1/week", 0.8, 0.98, "assumption", "share of heat kept from week to week"),
    "rise": Param(0.08, "index/week", 0.02, 0.3, "assumption", "heat from one overdue case of mean severity"),
    "patience": Param(15.0, "working days", 5.0, 40.0, "assumption", "waiting without a promised time that is borne"),
    "unspoken": Param(
        0.3, "share", 0.0, 1.0, "assumption", "heat of a problem not spoken over that of an overdue case"
    ),
    "hot": Param(0.3, "index", 0.1, 0.8, "assumption", "heat that friends notice"),
    "peers": Param(1.0, "ratio", 0.0, 3.0, "assumption", "further rise when all ties are hot, over the rise alone"),
}


@mechanism(writes=("resident.heat",))
def step(
    week,
    kept,
    rise,
    patience,
    unspoken,
    hot,
    peers,
    rows_used,
    active_case,
    case_resident,
    case_truth,
    case_file,
    case_severity,
    case_felt,
    case_spoken,
    case_promised,
    case_next_talk,
    link_start,
    tie_other,
    resident_heat,
):
    n = rows_used[2]
    now = (week + 1) * 5.0
    added = np.zeros(n)
    for a in range(n):
        k = active_case[a]
        if case_truth[k] != Truth.OPEN or case_file[k] == File.DROPPED:
            continue
        if case_spoken[k] < 0.0:
            until = case_felt[k] + patience
            weight = unspoken
        else:
            until = case_promised[k] if case_promised[k] > case_spoken[k] else case_spoken[k] + patience
            until = max(until, case_next_talk[k])
            weight = 1.0
        if now <= until:
            continue
        i = case_resident[k]
        first = int(link_start[i])
        last = int(link_start[i + 1])
        share = 0.0
        if last > first:
            count = 0
            for e in range(first, last):
                if resident_heat[tie_other[e]] > hot:
                    count += 1
            share = count / (last - first)
        added[a] = rise * weight * case_severity[k] * (1.0 + peers * share)
    for i in range(len(resident_heat)):
        resident_heat[i] *= kept
    for a in range(n):
        resident_heat[case_resident[active_case[a]]] += added[a]
