"""What the person makes of an end, and what the call-back records: two records of one case (C3, A36).

The felt judgement looks at whether the problem is gone, how long it took against the person's patience and how often
one had to ask. The call-back asks a sample of cases recorded outside; re-opened ones are left out; whoever is not hurt
much or does not want trouble says "satisfied" of an unsolved case.
"""

import math

from sim.engine.mechanism import mechanism
from sim.engine.randomness import uniform
from sim.engine.sets import among
from sim.vocabulary.codes import Callback, File, Purpose, Rows, Truth
from sim.vocabulary.params import Param
from sim.vocabulary.sets import ENDED

ASSUMED = "assumption"
PARAMS = {
    "slow_days": Param(60.0, "working days", 20.0, 180.0, ASSUMED, "time after which a solution feels a third as good"),
    "asked_again": Param(0.85, "ratio", 0.5, 1.0, ASSUMED, "what each repeat leaves of the satisfaction"),
    "reply_only": Param(0.25, "share", 0.0, 0.6, ASSUMED, "felt satisfaction with a reply that solves nothing"),
    "on_my_own": Param(0.35, "share", 0.0, 0.8, ASSUMED,
                       "felt satisfaction when a spoken problem ended without any body"),
    "nothing": Param(0.0, "share", 0.0, 0.3, ASSUMED, "felt satisfaction when given up"),
    "sampled": Param(0.5, "share", 0.05, 1.0, ASSUMED, "cases recorded outside that are called back"),
    "grateful": Param(0.98, "share", 0.9, 1.0, ASSUMED, "those who say satisfied when the problem is solved"),
    "unease": Param(0.2, "index", 0.0, 1.0, ASSUMED, "what an unsolved case of mean severity weighs with nobody angry"),
    "polite": Param(1.6, "index", 0.3, 5.0, ASSUMED, "severity and heat at which politeness gives way"),
}


@mechanism
def step(now, p, rows, active, resident, case):
    for position in range(rows.used[Rows.ACTIVE]):
        n = active.case[position]
        truth = case.truth[n]
        file = case.file[n]
        if case.judged[n] == 1 or (truth == Truth.OPEN and not among(file, ENDED)):
            continue
        if truth != Truth.OPEN and file != File.NOT_SPOKEN and not among(file, ENDED):
            continue  # the file of a solved problem is closed first
        i = case.resident[n]
        spoken = case.spoken[n] >= 0.0
        asks = case.repeats[n] + case.petitions[n]
        if truth == Truth.OPEN:
            felt = p.nothing if file == File.DROPPED else p.reply_only
        elif truth == Truth.LAPSED:
            felt = p.nothing
        elif truth == Truth.SELF or truth == Truth.NEIGHBOUR:
            felt = p.on_my_own if spoken else math.exp(-(case.solved[n] - case.felt[n]) / p.slow_days)
        else:
            start = case.spoken[n] if spoken else case.felt[n]
            felt = math.exp(-(case.solved[n] - start) / p.slow_days) * p.asked_again**asks
        case.satisfaction[n] = felt
        case.judged[n] = 1
        if not spoken:
            continue
        resident.news[i] += felt
        resident.news_count[i] += 1
        if truth != Truth.OPEN or file == File.DROPPED:
            resident.open_cases[i] = max(0, resident.open_cases[i] - 1)
        asked = uniform(now.key, Purpose.CALL_BACK, case.uid[n], 0, 0) < p.sampled
        reached = case.outside[n] == 1 and case.anonymous[n] == 0
        if file == File.CLOSED and reached and asks == 0 and asked and case.callback[n] == Callback.NOT_ASKED:
            mood = uniform(now.key, Purpose.CALL_BACK, case.uid[n], 0, 1)
            if truth != Truth.OPEN:
                content = mood < p.grateful
            else:
                content = mood < math.exp(-case.severity[n] * (p.unease + resident.heat[i]) / p.polite)
            case.callback[n] = Callback.SATISFIED if content else Callback.DISSATISFIED
