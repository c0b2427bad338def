"""A person who spoke and still has the problem thinks again: wait, ask again, go higher, join others, go to court, or
give up (Hirschman 1970; A56, A75, A79; E64). One keyed random-utility choice each time; anger adds to the louder ways,
and who speaks readily also presses on more readily.
"""

from sim.codes import Channel, File, Pay, Purpose, Truth
from sim.mechanisms.base import mechanism
from sim.mechanisms.waits import leave
from sim.params import Param, Shared
from sim.randomness import exponential, gumbel, normal, uniform

ASSUMED = "assumption"
PARAMS = {
    "worth": Param(1.6, "utils", 0.3, 5.0, ASSUMED, "worth of a solution to a problem of mean severity"),
    "noise": Shared("speaking.noise"),
    "resign": Param(0.55, "utils", 0.0, 2.0, ASSUMED + "; gives up 0.3-0.5 a patience span", "relief of letting go"),
    "bear": Param(0.70, "utils", 0.0, 2.0, ASSUMED, "ease of waiting while somebody is at work on it"),
    "cost_repeat": Param(0.45, "utils", 0.1, 2.0, ASSUMED, "asking again"),
    "cost_petition": Param(2.3, "utils", 0.5, 5.0, ASSUMED + "; no source gives a level, sweep",
                           "a visit to the petition office"),
    "cost_skip": Param(3.4, "utils", 0.5, 7.0, ASSUMED + "; no source gives a level, sweep",
                       "going over the office's head"),
    "cost_collective": Param(3.0, "utils", 0.5, 7.0, ASSUMED + "; no source gives a level, sweep", "going together"),
    "cost_court": Param(4.5, "utils", 1.0, 9.0, ASSUMED, "a lawsuit (A79)"),
    "persistence": Param(0.4, "utils", 0.0, 1.2, ASSUMED,
                         "spread between persons in how readily they press on, by the same trait as they speak"),
    "anger": Param(1.0, "utils/index", 0.0, 4.0, ASSUMED,
                   "what a unit of heat adds to the louder ways, beyond the person's temper"),
    "peers_needed": Param(4.0, "cases", 2, 20, ASSUMED,
                          "unsolved cases of the same kind in an estate that make a group"),
    "patience_days": Param(17.0, "working days", 8.0, 40.0, ASSUMED, "mean time until one thinks again"),
    "delay_petition": Shared("speaking.delay_petition"),
    "repeat_days": Param(0.2, "working days", 0.0, 2.0, ASSUMED, "registration of a case that is asked again"),
    "trip_hours": Param(2.0, "hours", 0.5, 8.0, ASSUMED, "own time for a petition"),
}

NEVER = 1.0e18  # working days


@mechanism(
    writes=(
        "case.file",
        "case.channel",
        "case.outside",
        "case.ready",
        "case.since",
        "case.wait",
        "case.decide_at",
        "case.thoughts",
        "case.repeats",
        "case.petitions",
        "case.skips",
        "case.collective",
        "case.court",
        "case.judged",
        "case.redo",
        "case.anonymous",
        "community.escalations",
        "resident.trips",
        "resident.hours",
        "resident.heat",
    )
)
def step(
    key,
    week,
    worth,
    noise,
    resign,
    bear,
    cost_repeat,
    cost_petition,
    cost_skip,
    cost_collective,
    cost_court,
    persistence,
    anger,
    peers_needed,
    patience_days,
    delay_petition,
    repeat_days,
    trip_hours,
    rows_used,
    active_case,
    rule_petition_office,
    rule_court,
    community_escalations,
    resident_uid,
    resident_efficacy,
    resident_temper,
    resident_heat,
    resident_trips,
    resident_hours,
    case_uid,
    case_resident,
    case_community,
    case_estate,
    case_kind,
    case_severity,
    case_truth,
    case_spoken,
    case_implicates,
    case_file,
    case_channel,
    case_outside,
    case_ready,
    case_since,
    case_wait,
    case_decide_at,
    case_thoughts,
    case_repeats,
    case_petitions,
    case_skips,
    case_collective,
    case_court,
    case_judged,
    case_redo,
    case_anonymous,
):
    end = 5.0 * (week + 1)
    count = rows_used[2]
    for position in range(count):
        n = active_case[position]
        if case_truth[n] != Truth.OPEN or case_spoken[n] < 0.0 or case_file[n] == File.DROPPED:
            continue
        if case_file[n] == File.NOT_PASSED_ON and case_decide_at[n] >= NEVER:
            # kept back by the one, not pressed by the other: it has ended without an end
            leave(n, 5.0 * week, 1, case_since, case_wait)
            case_file[n] = File.DROPPED
            case_judged[n] = 0
            continue
        if case_decide_at[n] >= end:
            continue
        i = case_resident[n]
        uid = case_uid[n]
        thought = case_thoughts[n]
        case_thoughts[n] = thought + 1
        t = max(case_decide_at[n], 5.0 * week)
        gain = worth * case_severity[n]
        ready = persistence * normal(key, Purpose.VOICE, resident_uid[i], 0, 0)
        loud = anger * max(0.0, resident_heat[i] - resident_temper[i])
        under_way = case_file[n] < File.CLOSED
        peers = 0
        for other in range(count):
            m = active_case[other]
            if (
                case_estate[m] == case_estate[n]
                and case_kind[m] == case_kind[n]
                and case_truth[m] == Truth.OPEN
                and case_spoken[m] >= 0.0
            ):
                peers += 1
        choice = 0  # give up
        best = resign + noise * gumbel(key, Purpose.PATIENCE, uid, thought, 10)
        if under_way:
            u = bear + 0.5 * gain * resident_efficacy[i] + noise * gumbel(key, Purpose.PATIENCE, uid, thought, 11)
            if u > best:
                best = u
                choice = 1  # wait
        u = gain * resident_efficacy[i] + ready - cost_repeat + noise * gumbel(key, Purpose.PATIENCE, uid, thought, 12)
        if u > best:
            best = u
            choice = 2
        # who is not answered here hopes for more from above the more the less he believes in being answered here
        hope = gain * (1.0 - 0.5 * resident_efficacy[i]) + loud + ready
        # the office for letters and visits is no channel of the community: it stands open to everybody or to nobody
        u = hope - cost_petition + noise * gumbel(key, Purpose.PATIENCE, uid, thought, 13)
        if u > best and rule_petition_office[case_community[n]] == 1:
            best = u
            choice = 3
        u = hope - cost_skip + noise * gumbel(key, Purpose.PATIENCE, uid, thought, 14)
        if u > best:
            best = u
            choice = 4
        if peers >= peers_needed:
            u = hope - cost_collective + noise * gumbel(key, Purpose.PATIENCE, uid, thought, 15)
            if u > best:
                best = u
                choice = 5
        # the law gives a remedy against a body, or where what was said went no further
        obstructed = case_implicates[n] > 0 or case_file[n] == File.NOT_PASSED_ON
        if rule_court[case_community[n]] == 1 and obstructed and case_court[n] == 0:
            u = hope - cost_court + noise * gumbel(key, Purpose.PATIENCE, uid, thought, 16)
            if u > best:
                best = u
                choice = 6
        span = patience_days * (0.5 + 0.5 * exponential(key, Purpose.PATIENCE, uid, thought, 17))
        case_decide_at[n] = t + span
        if choice == 1:
            continue
        if choice == 0 and under_way and case_file[n] != File.NOT_PASSED_ON:
            case_decide_at[n] = NEVER  # presses no more; the handler has the file all the same
            continue
        kept_back = case_file[n] == File.NOT_PASSED_ON
        if kept_back:
            leave(n, t, 1, case_since, case_wait)
        if choice == 0:
            case_file[n] = File.DROPPED
            case_judged[n] = 0
            continue
        case_anonymous[n] = 0  # whoever asks again has to say who asks
        if choice == 2:
            case_repeats[n] += 1
        elif choice == 3:
            case_petitions[n] += 1
        elif choice == 4:
            case_skips[n] += 1
        elif choice == 5:
            case_collective[n] += 1
        else:
            case_court[n] += 1
        if choice > 2:
            case_outside[n] = 1
            resident_trips[i] += 1.0
            resident_hours[i, Pay.PUBLIC] += trip_hours
            resident_heat[i] *= 0.5 + 0.5 * uniform(key, Purpose.PATIENCE, uid, thought, 18)  # said aloud, it cools
            if choice < 6:
                community_escalations[case_community[n]] += 1.0
        if under_way and not kept_back:
            continue  # whoever has the file goes on with it, now with the office's eyes on it if it was a petition
        # a new registration: the file is open again
        case_file[n] = File.SPOKEN
        case_since[n] = t
        case_judged[n] = 0
        case_redo[n] = 0
        case_ready[n] = t + (delay_petition if choice > 2 else repeat_days)
        if choice > 2:
            case_channel[n] = Channel.PETITION
