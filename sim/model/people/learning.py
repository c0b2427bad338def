"""Residents learn from what happens to them, what neighbours tell, what is posted, what friends think (A48-A52, A68).

Beliefs are fading counts: each outcome seen or heard of is a piece of evidence that is weighed against a memory of a
given number of outcomes (the mean of a Beta belief that forgets; Erev & Roth 1998, AER 88). Neighbours pass on bad
outcomes more often than good ones (Baumeister et al. 2001, Rev. Gen. Psych. 5), so hearsay is not accurate. Where the
record can be looked up, residents see the share of spoken cases that was truly solved instead, be it better or worse
than the talk. Trust and standing also move towards the mean of a person's ties, anchored in where the person began
(Friedkin & Johnsen 1990, J. Math. Sociol. 15). Values of ties are those before the step (double buffer).
"""

import numpy as np

from sim.engine.mechanism import mechanism
from sim.vocabulary.codes import Rows, Truth
from sim.vocabulary.params import Param

PARAMS = {
    "told_kept": Param(
        0.8, "1/4 weeks", 0.5, 0.95, "assumption", "share of talk about past outcomes that is still going four weeks on"
    ),
    "bad_told": Param(
        2.0,
        "ratio",
        1.0,
        4.0,
        "Baumeister et al. 2001 (sign); assumption (size)",
        "tellings of a bad over a good outcome",
    ),
    "heard_weight": Param(
        0.25,
        "outcomes",
        0.05,
        0.6,
        "assumption",
        "an outcome told in the building over an own outcome; 0.05 gives no spirals",
    ),
    "board_weight": Param(
        0.02, "outcomes", 0.0, 0.1, "assumption", "an outcome read on a public channel over an own outcome"
    ),
    "board_weeks": Param(26.0, "weeks", 8.0, 52.0, "assumption", "how long what is posted stays in view"),
    "record_weeks": Param(52.0, "weeks", 26.0, 104.0, "assumption", "past that the open record shows"),
    "record_weight": Param(
        0.3, "outcomes/4 weeks", 0.0, 1.0, "assumption", "evidence that a resident takes from a fully open record"
    ),
    "told_weight": Param(
        0.3, "outcomes", 0.0, 1.0, "assumption (A39, A53)", "what was told of all cases over an own outcome"
    ),
    "memory": Param(8.0, "outcomes", 3.0, 30.0, "assumption", "outcomes that efficacy and trust weigh in all"),
    "memory_standing": Param(10.0, "outcomes", 3.0, 30.0, "assumption", "the same for the committee's standing"),
    "credited": Param(
        0.5, "share", 0.0, 1.0, "assumption", "share of an outcome that residents put down to the committee"
    ),
    "visit_weight": Param(0.5, "outcomes", 0.0, 2.0, "assumption", "a visit by the committee over an own outcome"),
    "visit_value": Param(0.8, "share", 0.5, 1.0, "assumption", "what a visit says of the committee, 1 the best"),
    "choice_weight": Param(
        2.0, "outcomes", 0.0, 6.0, "assumption (A52, K13)", "weight of seeing whether one's own choice was elected"
    ),
    "satisfaction_weight": Param(0.3, "share", 0.1, 0.8, "assumption", "weight of the latest own outcomes"),
    "susceptibility": Param(
        0.7, "share", 0.0, 1.0, "Friedkin & Johnsen 1990 (0.5-0.9)", "weight of ties over where the person began"
    ),
    "mixing": Param(0.05, "1/4 weeks", 0.0, 0.5, "assumption", "share of the way moved in four weeks"),
    "memory_belonging": Param(
        50.0, "acts", 10.0, 200.0, "assumption", "acts that the feeling of belonging weighs in all"
    ),
    "act_volunteer": Param(1.0, "acts/4 weeks", 0.0, 4.0, "assumption", "four weeks of volunteering"),
    "act_meeting": Param(
        0.2, "acts/4 weeks", 0.0, 1.0, "assumption", "for each meeting a year that the person has attended"
    ),
    "act_vote": Param(1.0, "acts", 0.0, 4.0, "assumption", "having cast the own vote"),
}


@mechanism
def hear(p, building, resident):
    """Outcomes of neighbours' cases are told in the building; bad ones more often (A48, A49)."""
    good = np.zeros(len(building.told))
    bad = np.zeros(len(building.told))
    for i in range(len(resident.news)):
        if resident.news_count[i] > 0:
            good[resident.building[i]] += resident.news[i]
            bad[resident.building[i]] += p.bad_told * (resident.news_count[i] - resident.news[i])
    for b in range(len(building.told)):
        old = p.told_kept * building.told[b]
        told = old + good[b] + bad[b]
        if told > 0.0:
            building.heard[b] = (old * building.heard[b] + good[b]) / told
        building.told[b] = told


@mechanism
def step(now, p, community, building, rows, case, link, tie, resident):
    communities = len(community.openness)
    board_n = np.zeros(communities)
    board_sum = np.zeros(communities)
    record_n = np.zeros(communities)
    record_solved = np.zeros(communities)
    today = now.week * 5.0
    longest = max(p.board_weeks, p.record_weeks) * 5.0
    for k in range(rows.used[Rows.CASE] - 1, -1, -1):  # cases stand in the order in which they were felt
        age = today - case.felt[k]
        if age > longest:
            break
        if case.spoken[k] < 0.0:
            continue
        c = case.community[k]
        if age <= p.record_weeks * 5.0:
            record_n[c] += 1.0
            if case.truth[k] != Truth.OPEN and case.truth[k] != Truth.LAPSED:
                record_solved[c] += 1.0
        if age <= p.board_weeks * 5.0 and case.judged[k] != 0 and community.channel_public[c, case.channel[k]] != 0:
            board_n[c] += 1.0
            board_sum[c] += case.satisfaction[k]
    record_w = np.zeros(communities)
    for c in range(communities):
        board_n[c] *= p.board_weight * 4.0 / p.board_weeks
        board_sum[c] *= p.board_weight * 4.0 / p.board_weeks
        if record_n[c] > 0.0:
            record_w[c] = p.record_weight * community.openness[c]
            record_solved[c] = record_w[c] * record_solved[c] / record_n[c]
    per_year = 52.0 / max(now.week, 52)
    for i in range(len(resident.trust)):
        if resident.anchored[i] == 0:
            resident.anchored[i] = 1
            resident.trust_anchor[i] = resident.trust[i]
            resident.standing_anchor[i] = resident.standing[i]
            resident.belonging_anchor[i] = resident.belonging[i]
        b = resident.building[i]
        c = resident.community[i]
        talk = p.heard_weight * (1.0 - p.told_kept) * building.told[b] * (1.0 - community.openness[c])
        w = talk + record_w[c]
        wq = talk * building.heard[b] + record_solved[c]
        if resident.digital[i] != 0:
            w += board_n[c]
            wq += board_sum[c]
        if resident.news_count[i] > 0:
            w += resident.news_count[i]
            wq += resident.news[i]
            own = resident.news[i] / resident.news_count[i]
            resident.satisfaction[i] += p.satisfaction_weight * (own - resident.satisfaction[i])
            resident.news[i] = 0.0
            resident.news_count[i] = 0
        if resident.told[i] > 0:
            w += p.told_weight * resident.told[i]
            wq += p.told_weight * resident.told_good[i]
            resident.told[i] = 0
            resident.told_good[i] = 0.0
        gain = 1.0 / (p.memory + w)
        resident.efficacy[i] += (wq - w * resident.efficacy[i]) * gain
        trust = resident.trust[i] + (wq - w * resident.trust[i]) * gain
        acts = p.act_volunteer * resident.volunteer[i] + p.act_meeting * resident.attended[i] * per_year
        w *= p.credited
        wq *= p.credited
        if resident.visits[i] > 0:
            w += p.visit_weight * resident.visits[i]
            wq += p.visit_weight * resident.visits[i] * p.visit_value
            resident.visits[i] = 0
        if resident.choice_count[i] != 0:  # where nobody could be left out, the result says nothing
            weight = p.choice_weight * community.ballot_contest[c]
            w += weight
            wq += weight * resident.choice_won[i]
            acts += p.act_vote
            resident.choice_count[i] = 0
        standing = resident.standing[i] + (wq - w * resident.standing[i]) / (p.memory_standing + w)
        if acts > 0.0:
            resident.belonging[i] += acts * (1.0 - resident.belonging[i]) / (p.memory_belonging + acts)
        resident.belonging[i] += (
            p.mixing * (1.0 - p.susceptibility) * (resident.belonging_anchor[i] - resident.belonging[i])
        )
        first = int(link.start[i])
        last = int(link.start[i + 1])
        trust_goal = resident.trust_anchor[i]
        standing_goal = resident.standing_anchor[i]
        if last > first:
            trust_sum = 0.0
            standing_sum = 0.0
            for k in range(first, last):
                j = tie.other[k]
                trust_sum += resident.trust[j]
                standing_sum += resident.standing[j]
            share = p.susceptibility / (last - first)
            trust_goal = share * trust_sum + (1.0 - p.susceptibility) * trust_goal
            standing_goal = share * standing_sum + (1.0 - p.susceptibility) * standing_goal
        resident.new_trust[i] = trust + p.mixing * (trust_goal - trust)
        resident.new_standing[i] = standing + p.mixing * (standing_goal - standing)
    for i in range(len(resident.trust)):
        resident.trust[i] = resident.new_trust[i]
        resident.standing[i] = resident.new_standing[i]
