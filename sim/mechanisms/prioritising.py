"""In which order bodies take up cases: priority classes, not first come first served (Lipsky 1980; C4).

What takes minutes at a desk goes first. What inspectors or the public can see, what is near its promised date, what
has been asked again and what the handler knows to hurt comes before the rest; some hard cases are put aside.
"""

import numpy as np

from sim.codes import File, Purpose, Truth
from sim.mechanisms.base import mechanism
from sim.params import Param, Shared
from sim.randomness import gumbel, uniform

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


@mechanism(writes=("active.case", "case.priority"))
def step(
    key,
    week,
    window_hours,
    window_rank,
    seen_rank,
    public_rank,
    repeat_rank,
    late_rank,
    known_rank,
    named_rank,
    noise,
    hard_hours,
    parked,
    parked_rank,
    rows_used,
    active_case,
    rule_diary,
    community_channel_public,
    case_uid,
    case_community,
    case_channel,
    case_severity,
    case_hours_needed,
    case_about_above,
    case_outside,
    case_found_by,
    case_repeats,
    case_petitions,
    case_skips,
    case_collective,
    case_promised,
    case_by,
    case_file,
    case_truth,
    case_priority,
):
    count = rows_used[2]
    ranks = np.empty(count)
    soon = 5.0 * week + 3.0
    for position in range(count):
        n = active_case[position]
        if case_file[n] == File.NOT_SPOKEN or case_file[n] >= File.CLOSED or case_truth[n] != Truth.OPEN:
            ranks[position] = 0.0
            continue
        c = case_community[n]
        rank = noise * gumbel(key, Purpose.CASE_WORK, case_uid[n], week, 0)
        if case_hours_needed[n] <= window_hours:
            rank += window_rank
        if case_outside[n] == 1 or case_about_above[n] == 1:
            rank += seen_rank
        if community_channel_public[c, case_channel[n]] == 1:
            rank += public_rank
        if case_promised[n] < soon:
            rank += late_rank
        if rule_diary[c] == 1 or case_found_by[n] > 0:
            rank += known_rank * case_severity[n]
        if case_by[n] > 0 and case_by[n] < week + MONTH:
            rank += named_rank
        rank += repeat_rank * (case_repeats[n] + 2 * (case_petitions[n] + case_skips[n] + case_collective[n]))
        if case_hours_needed[n] > hard_hours and uniform(key, Purpose.CASE_WORK, case_uid[n], 0, 1) < parked:
            rank -= parked_rank
        case_priority[n] = rank
        ranks[position] = -rank
    order = np.argsort(ranks, kind="mergesort")  # stable: equals keep their places
    taken = active_case[:count].copy()
    for position in range(count):
        active_case[position] = taken[order[position]]
