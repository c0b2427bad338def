"""Heat grows with own problems that stay unsolved and with peers in the same state, and cools (A56; Epstein 2002).

A spoken case heats its owner once it is past its promised time (or, where none was promised, past his patience); a
problem that was never spoken hurts less. A date that a mediator has agreed with both sides stands like a promised
one. It heats more where friends are hot too. Nobody is heated by a solved problem.
"""

import numpy as np

from sim.engine.mechanism import mechanism
from sim.vocabulary.codes import File, Rows, Truth
from sim.vocabulary.params import Param

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


@mechanism
def step(now, p, rows, active, case, link, tie, resident):
    n = rows.used[Rows.ACTIVE]
    today = (now.week + 1) * 5.0
    added = np.zeros(n)
    for a in range(n):
        k = active.case[a]
        if case.truth[k] != Truth.OPEN or case.file[k] == File.DROPPED:
            continue
        if case.spoken[k] < 0.0:
            until = case.felt[k] + p.patience
            weight = p.unspoken
        else:
            until = case.promised[k] if case.promised[k] > case.spoken[k] else case.spoken[k] + p.patience
            until = max(until, case.next_talk[k])
            weight = 1.0
        if today <= until:
            continue
        i = case.resident[k]
        first = int(link.start[i])
        last = int(link.start[i + 1])
        share = 0.0
        if last > first:
            count = 0
            for e in range(first, last):
                if resident.heat[tie.other[e]] > p.hot:
                    count += 1
            share = count / (last - first)
        added[a] = p.rise * weight * case.severity[k] * (1.0 + p.peers * share)
    for i in range(len(resident.heat)):
        resident.heat[i] *= p.kept
    for a in range(n):
        resident.heat[case.resident[active.case[a]]] += added[a]
