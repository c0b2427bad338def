"""Residents learn from what happens to them, what neighbours tell, what is posted, what friends think (A48-A52, A68).

Beliefs are fading counts: each outcome seen or heard of is a piece of evidence that is weighed against a memory of a
given number of outcomes (the mean of a Beta belief that forgets; Erev & Roth 1998, AER 88). Neighbours pass on bad
outcomes more often than good ones (Baumeister et al. 2001, Rev. Gen. Psych. 5), so hearsay is not accurate. Where the
record can be looked up, residents see the share of spoken cases that was truly solved instead, be it better or worse
than the talk. Trust and standing also move towards the mean of a person's ties, anchored in where the person began
(Friedkin & Johnsen 1990, J. Math. Sociol. 15). Values of ties are those before the step (double buffer).
"""

import numpy as np

from sim.codes import Truth
from sim.mechanisms.base import mechanism
from sim.params import Param

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


@mechanism(writes=("building.heard", "building.told"))
def hear(told_kept, bad_told, building_heard, building_told, resident_building, resident_news, resident_news_count):
    """Outcomes of neighbours' cases are told in the building; bad ones more often (A48, A49)."""
    good = np.zeros(len(building_told))
    bad = np.zeros(len(building_told))
    for i in range(len(resident_news)):
        if resident_news_count[i] > 0:
            good[resident_building[i]] += resident_news[i]
            bad[resident_building[i]] += bad_told * (resident_news_count[i] - resident_news[i])
    for b in range(len(building_told)):
        old = told_kept * building_told[b]
        told = old + good[b] + bad[b]
        if told > 0.0:
            building_heard[b] = (old * building_heard[b] + good[b]) / told
        building_told[b] = told


@mechanism(
    writes=(
        "resident.trust",
        "resident.efficacy",
        "resident.standing",
        "resident.belonging",
        "resident.satisfaction",
        "resident.new_trust",
        "resident.new_standing",
        "resident.trust_anchor",
        "resident.standing_anchor",
        "resident.belonging_anchor",
        "resident.anchored",
        "resident.news",
        "resident.news_count",
        "resident.told",
        "resident.told_good",
        "resident.visits",
        "resident.choice_count",
    )
)
def step(
    week,
    told_kept,
    heard_weight,
    board_weight,
    board_weeks,
    record_weeks,
    record_weight,
    told_weight,
    memory,
    memory_standing,
    credited,
    visit_weight,
    visit_value,
    choice_weight,
    satisfaction_weight,
    susceptibility,
    mixing,
    memory_belonging,
    act_volunteer,
    act_meeting,
    act_vote,
    community_openness,
    community_channel_public,
    community_ballot_contest,
    building_heard,
    building_told,
    rows_used,
    case_community,
    case_felt,
    case_spoken,
    case_truth,
    case_channel,
    case_judged,
    case_satisfaction,
    link_start,
    tie_other,
    resident_community,
    resident_building,
    resident_digital,
    resident_volunteer,
    resident_attended,
    resident_trust,
    resident_efficacy,
    resident_standing,
    resident_belonging,
    resident_satisfaction,
    resident_new_trust,
    resident_new_standing,
    resident_trust_anchor,
    resident_standing_anchor,
    resident_belonging_anchor,
    resident_anchored,
    resident_news,
    resident_news_count,
    resident_told,
    resident_told_good,
    resident_visits,
    resident_choice_won,
    resident_choice_count,
):
    communities = len(community_openness)
    board_n = np.zeros(communities)
    board_sum = np.zeros(communities)
    record_n = np.zeros(communities)
    record_solved = np.zeros(communities)
    now = week * 5.0
    longest = max(board_weeks, record_weeks) * 5.0
    for k in range(rows_used[0] - 1, -1, -1):  # cases stand in the order in which they were felt
        age = now - case_felt[k]
        if age > longest:
            break
        if case_spoken[k] < 0.0:
            continue
        c = case_community[k]
        if age <= record_weeks * 5.0:
            record_n[c] += 1.0
            if case_truth[k] != Truth.OPEN and case_truth[k] != Truth.LAPSED:
                record_solved[c] += 1.0
        if age <= board_weeks * 5.0 and case_judged[k] != 0 and community_channel_public[c, case_channel[k]] != 0:
            board_n[c] += 1.0
            board_sum[c] += case_satisfaction[k]
    record_w = np.zeros(communities)
    for c in range(communities):
        board_n[c] *= board_weight * 4.0 / board_weeks
        board_sum[c] *= board_weight * 4.0 / board_weeks
        if record_n[c] > 0.0:
            record_w[c] = record_weight * community_openness[c]
            record_solved[c] = record_w[c] * record_solved[c] / record_n[c]
    per_year = 52.0 / max(week, 52)
    for i in range(len(resident_trust)):
        if resident_anchored[i] == 0:
            resident_anchored[i] = 1
            resident_trust_anchor[i] = resident_trust[i]
            resident_standing_anchor[i] = resident_standing[i]
            resident_belonging_anchor[i] = resident_belonging[i]
        b = resident_building[i]
        c = resident_community[i]
        talk = heard_weight * (1.0 - told_kept) * building_told[b] * (1.0 - community_openness[c])
        w = talk + record_w[c]
        wq = talk * building_heard[b] + record_solved[c]
        if resident_digital[i] != 0:
            w += board_n[c]
            wq += board_sum[c]
        if resident_news_count[i] > 0:
            w += resident_news_count[i]
            wq += resident_news[i]
            own = resident_news[i] / resident_news_count[i]
            resident_satisfaction[i] += satisfaction_weight * (own - resident_satisfaction[i])
            resident_news[i] = 0.0
            resident_news_count[i] = 0
        if resident_told[i] > 0:
            w += told_weight * resident_told[i]
            wq += told_weight * resident_told_good[i]
            resident_told[i] = 0
            resident_told_good[i] = 0.0
        gain = 1.0 / (memory + w)
        resident_efficacy[i] += (wq - w * resident_efficacy[i]) * gain
        trust = resident_trust[i] + (wq - w * resident_trust[i]) * gain
        acts = act_volunteer * resident_volunteer[i] + act_meeting * resident_attended[i] * per_year
        w *= credited
        wq *= credited
        if resident_visits[i] > 0:
            w += visit_weight * resident_visits[i]
            wq += visit_weight * resident_visits[i] * visit_value
            resident_visits[i] = 0
        if resident_choice_count[i] != 0:  # where nobody could be left out, the result says nothing
            weight = choice_weight * community_ballot_contest[c]
            w += weight
            wq += weight * resident_choice_won[i]
            acts += act_vote
            resident_choice_count[i] = 0
        standing = resident_standing[i] + (wq - w * resident_standing[i]) / (memory_standing + w)
        if acts > 0.0:
            resident_belonging[i] += acts * (1.0 - resident_belonging[i]) / (memory_belonging + acts)
        resident_belonging[i] += (
            mixing * (1.0 - susceptibility) * (resident_belonging_anchor[i] - resident_belonging[i])
        )
        first = int(link_start[i])
        last = int(link_start[i + 1])
        trust_goal = resident_trust_anchor[i]
        standing_goal = resident_standing_anchor[i]
        if last > first:
            trust_sum = 0.0
            standing_sum = 0.0
            for k in range(first, last):
                j = tie_other[k]
                trust_sum += resident_trust[j]
                standing_sum += resident_standing[j]
            share = susceptibility / (last - first)
            trust_goal = share * trust_sum + (1.0 - susceptibility) * trust_goal
            standing_goal = share * standing_sum + (1.0 - susceptibility) * standing_goal
        resident_new_trust[i] = trust + mixing * (trust_goal - trust)
        resident_new_standing[i] = standing + mixing * (standing_goal - standing)
    for i in range(len(resident_trust)):
        resident_trust[i] = resident_new_trust[i]
        resident_standing[i] = resident_new_standing[i]
