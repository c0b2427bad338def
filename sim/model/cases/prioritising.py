"""In which order bodies take up cases: priority classes, not first come first served (Lipsky 1980; C4).

What takes minutes at a desk goes first. What inspectors or the public can see, what is near its promised date, what
has been asked again and what the handler knows to hurt comes before the rest; some hard cases are put aside.
"""

import numpy as np

from sim.engine.mechanism import mechanism
from sim.engine.randomness import gumbel, uniform
from sim.engine.sets import among
from sim.vocabulary.codes import File, FoundBy, Purpose, Rows, Truth
from sim.vocabulary.params import Param, Shared
from sim.vocabulary.sets import ENDED

ASSUMED = "assumption"
PARAMS = {
    "window_hours": Shared("working.window_hours"),
    "window_rank": Param(4.0, "index", 0.0, 10.0, ASSUMED, "weight of small work"),
    "seen_rank": Param(1.5, "index", 0.0, 5.0, ASSUMED + " (A45)",
                       "weight of being recorded or looked at from outside"),
    "public_rank": Param(1.0, "index", 0.0, 5.0, ASSUMED + " (A37)", "weight of being visible to other residents"),
    "repeat_rank": Param(0.4, "index", 0.0, 2.0, ASSUMED, "weight of each time a case was asked again"),
    "late_rank": Param(1.5, "index", 0.0, 5.0, ASSUMED, "weight of a promise that falls due within three days"),
    "known_rank": Param(0.8, "index", 0.0, 3.0, ASSUMED + " (A35)",
                        "weight of severity where a visit or a diary tells it"),
    "named_rank": Param(1.5, "index", 0.0, 5.0, ASSUMED + " (A42)",
                        "weight of being named, with a date within a month, on a public list"),
    "noise": Param(1.0, "index", 0.0, 3.0, ASSUMED, "what the order depends on besides"),
    "hard_hours": Param(6.0, "hours", 2.0, 20.0, ASSUMED, "work from which a case is hard"),
    "parked": Param(0.15, "share", 0.0, 0.4, ASSUMED, "hard cases that are put aside"),
    "parked_rank": Param(6.0, "index", 0.0, 20.0, ASSUMED, "weight of being put aside"),
}

MONTH = 4  # weeks


@mechanism
def step(now, p, rows, active, rule, community, case):
    count = rows.used[Rows.ACTIVE]
    ranks = np.empty(count)
    soon = 5.0 * now.week + 3.0
    for position in range(count):
        n = active.case[position]
        if case.file[n] == File.NOT_SPOKEN or among(case.file[n], ENDED) or case.truth[n] != Truth.OPEN:
            ranks[position] = 0.0
            continue
        c = case.community[n]
        rank = p.noise * gumbel(now.key, Purpose.CASE_WORK, case.uid[n], now.week, 0)
        if case.hours_needed[n] <= p.window_hours:
            rank += p.window_rank
        if case.outside[n] == 1 or case.about_above[n] == 1:
            rank += p.seen_rank
        if community.channel_public[c, case.channel[n]] == 1:
            rank += p.public_rank
        if case.promised[n] < soon:
            rank += p.late_rank
        if rule.diary[c] == 1 or case.found_by[n] != FoundBy.OWN_VOICE:
            rank += p.known_rank * case.severity[n]
        if case.by[n] > 0 and case.by[n] < now.week + MONTH:
            rank += p.named_rank
        rank += p.repeat_rank * (case.repeats[n] + 2 * (case.petitions[n] + case.skips[n] + case.collective[n]))
        if case.hours_needed[n] > p.hard_hours and uniform(now.key, Purpose.CASE_WORK, case.uid[n], 0, 1) < p.parked:
            rank -= p.parked_rank
        case.priority[n] = rank
        ranks[position] = -rank
    order = np.argsort(ranks, kind="mergesort")  # stable: equals keep their places
    taken = active.case[:count].copy()
    for position in range(count):
        active.case[position] = taken[order[position]]
