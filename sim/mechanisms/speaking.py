"""Speaking or keeping silent: a random-utility choice over the channels that a person can use (Hirschman 1970; A54).

Benefit: how much it hurts times the person's belief in being answered, and more for those who have a stake in the place
and cannot simply leave it. Cost: the channel's own and the person's (distance from offices, no digital device, work
elsewhere). Persons differ in how readily they speak at all (random coefficients: McFadden & Train 2000). One keyed
Gumbel draw a channel, so that a cheaper channel changes only the choices it really changes. Problems that nobody can
solve alone (certificates) have to be spoken.
"""

import math

from sim.codes import Channel, File, Kind, Pay, Purpose, Truth
from sim.mechanisms.base import mechanism
from sim.params import Param, Shared
from sim.randomness import exponential, gumbel, lognormal, normal, uniform

ASSUMED = "assumption"
PARAMS = {
    "worth": Param(2.0, "utils", 0.5, 5.0, ASSUMED, "worth of an answer to a problem of mean severity"),
    "noise": Param(0.6, "utils", 0.2, 1.5, ASSUMED, "scale of the Gumbel part of each choice"),
    "must_speak": Param(1.2, "utils", 0.0, 4.0, ASSUMED, "certificates and benefits come from nobody else (E34)"),
    "ask_easily": Param(0.3, "utils", 0.0, 2.0, ASSUMED, "asking for information has no opponent (E34, E35)"),
    "no_device": Param(2.5, "utils", 0.5, 5.0, ASSUMED, "cost of a digital channel without digital habits"),
    "frail": Param(0.30, "utils", 0.0, 1.0, ASSUMED, "cost of a walk for the vulnerable"),
    "busy": Param(0.25, "utils", 0.0, 1.0, ASSUMED, "cost of office hours for those who work elsewhere (A48)"),
    "stranger": Param(0.20, "utils", 0.0, 1.0, ASSUMED, "cost of a local channel for migrants"),
    "readiness": Param(0.6, "utils", 0.0, 1.5, "McFadden & Train 2000 (form); assumption (size)",
                       "spread between persons in how readily they speak, the same for all that a person feels"),
    "stake": Param(0.8, "utils", 0.0, 2.5, "Hirschman 1970 (sign); assumption (size)",
                   "worth of speaking on what concerns the place, of a full stake over none"),
    "usual_stake": Param(0.4, "share", 0.2, 0.6, ASSUMED, "stake at which the archetype's reporting was observed"),
    "company_in_misery": Param(0.15, "utils", 0.0, 0.6, ASSUMED + " (A34)",
                               "less cost of a public channel when enough peers complain"),
    "crowd_share": Param(0.1, "share", 0.02, 0.5, ASSUMED,
                         "unsolved cases over a building's residents that look like everybody"),
    "fear": Param(0.6, "utils", 0.0, 2.0, ASSUMED + " (A55)",
                  "telling the community about one of its own cadres, under one's name"),
    "delay_box": Param(5.0, "working days", 1.0, 10.0, ASSUMED, "the box is emptied weekly"),
    "delay_outside": Param(1.0, "working days", 0.2, 5.0, ASSUMED, "registration and dispatch of an outside channel"),
    "delay_petition": Param(3.0, "working days", 1.0, 15.0, ASSUMED, "registration of a petition"),
    "delay_other": Param(0.1, "working days", 0.0, 1.0, ASSUMED, "registration elsewhere"),
    "delay_spread": Param(0.5, "sd of log days", 0.1, 1.2, ASSUMED, "spread of registration times"),
    "typical_cost": Param(-0.5, "utils", -1.0, 1.0, ASSUMED,
                          "best cost of the channels there were when the archetype's reporting was observed"),
    "patience_days": Shared("patience.patience_days"),
    "trip_hours": Param(1.0, "hours", 0.3, 3.0, ASSUMED, "a resident's own time for a trip to an office"),
    "rethink_days": Param(150.0, "working days", 20.0, 400.0, ASSUMED, "mean time until a silent person thinks again"),
}


@mechanism(
    writes=(
        "case.file",
        "case.channel",
        "case.found_by",
        "case.outside",
        "case.spoken",
        "case.ready",
        "case.since",
        "case.decide_at",
        "case.thoughts",
        "case.anonymous",
        "resident.spoke",
        "resident.open_cases",
        "resident.trips",
        "resident.hours",
        "community.channel_space",
        "community.channel_used",
    )
)
def step(
    key,
    week,
    worth,
    noise,
    must_speak,
    ask_easily,
    no_device,
    frail,
    busy,
    stranger,
    readiness,
    stake,
    usual_stake,
    company_in_misery,
    crowd_share,
    fear,
    delay_box,
    delay_outside,
    delay_petition,
    delay_other,
    delay_spread,
    typical_cost,
    patience_days,
    trip_hours,
    rethink_days,
    rows_used,
    active_case,
    rule_anonymous_box,
    community_reporting,
    community_channel_open,
    community_channel_cost,
    community_channel_space,
    community_channel_outside,
    community_channel_public,
    community_channel_used,
    community_patch_known,
    community_spoken_for,
    estate_firm,
    building_unresolved,
    building_residents,
    resident_uid,
    resident_building,
    resident_stake,
    resident_efficacy,
    resident_digital,
    resident_vulnerable,
    resident_unit_tie,
    resident_migrant,
    resident_threshold,
    resident_spoke,
    resident_open_cases,
    resident_trips,
    resident_hours,
    case_uid,
    case_resident,
    case_community,
    case_estate,
    case_kind,
    case_severity,
    case_implicates,
    case_firm_part,
    case_truth,
    case_file,
    case_channel,
    case_found_by,
    case_outside,
    case_spoken,
    case_ready,
    case_since,
    case_decide_at,
    case_thoughts,
    case_anonymous,
):
    channels = community_channel_open.shape[1]
    end = 5.0 * (week + 1)
    for position in range(rows_used[2]):
        n = active_case[position]
        if case_file[n] != File.NOT_SPOKEN or case_truth[n] != Truth.OPEN or case_decide_at[n] >= end:
            continue
        i = case_resident[n]
        c = case_community[n]
        k = case_kind[n]
        uid = case_uid[n]
        thought = case_thoughts[n]
        case_thoughts[n] = thought + 1
        # reluctance that makes the archetype's share of people speak at mean severity and middling belief
        share = community_reporting[c]
        reluctance = 0.5 * worth - typical_cost - noise * math.log(share / (1.0 - share))
        gain = worth * case_severity[n] * resident_efficacy[i] - reluctance
        gain += readiness * normal(key, Purpose.VOICE, resident_uid[i], 0, 0)
        if k == Kind.CERTIFICATE:
            gain += must_speak
        elif k == Kind.INFORMATION:
            gain += ask_easily
        else:
            gain += stake * (resident_stake[i] - usual_stake)
        best = noise * gumbel(key, Purpose.VOICE, uid, thought, 0)  # silence
        chosen = 0
        crowd = max(1.0, crowd_share * building_residents[resident_building[i]])
        crowd = building_unresolved[resident_building[i]] / crowd
        for ch in range(1, channels):
            if community_channel_open[c, ch] == 0 or community_channel_space[c, ch] < 1.0:
                continue
            cost = community_channel_cost[c, ch]
            if ch == Channel.NET or ch == Channel.MICROBLOG or ch == Channel.PLATFORM:
                if resident_digital[i] == 0:
                    cost += no_device
            elif ch == Channel.DESK or ch == Channel.FIRM_DESK or ch == Channel.PETITION:
                cost += frail * resident_vulnerable[i] + busy * resident_unit_tie[i]
            if ch == Channel.FIRM_DESK:
                if estate_firm[case_estate[n]] < 0 or (case_firm_part[n] == 0 and k != Kind.OWNER_FIRM):
                    continue
            elif ch == Channel.PATCH:
                if uniform(key, Purpose.OUTREACH, resident_uid[i], 0, 0) >= community_patch_known[c]:
                    continue
            elif ch == Channel.ORGANISATION:
                if uniform(key, Purpose.OUTREACH, resident_uid[i], 0, 1) >= community_spoken_for[c]:
                    continue
            if ch != Channel.HOTLINE and ch != Channel.PLATFORM and ch != Channel.PETITION:
                cost += stranger * resident_migrant[i]
            unsigned = ch == Channel.BOX and rule_anonymous_box[c] == 1
            if case_implicates[n] == 1 and community_channel_outside[c, ch] == 0 and not unsigned:
                cost += fear
            if community_channel_public[c, ch] == 1 and crowd > resident_threshold[i]:
                cost -= company_in_misery
            u = gain - cost + noise * gumbel(key, Purpose.VOICE, uid, thought, ch)
            if u > best:
                best = u
                chosen = ch
        t = max(case_decide_at[n], 5.0 * week)
        if chosen == 0:
            case_decide_at[n] = t + rethink_days * exponential(key, Purpose.PATIENCE, uid, thought, 1)
            continue
        community_channel_space[c, chosen] -= 1.0
        community_channel_used[c, chosen] += 1.0
        case_file[n] = File.SPOKEN
        case_channel[n] = chosen
        if chosen == Channel.ORGANISATION:
            case_found_by[n] = 4
        case_outside[n] = community_channel_outside[c, chosen]
        if chosen == Channel.BOX and rule_anonymous_box[c] == 1 and case_implicates[n] == 1:
            case_anonymous[n] = 1
        case_spoken[n] = t
        case_since[n] = t
        delay = delay_other
        if chosen == Channel.BOX:
            delay = delay_box
        elif chosen == Channel.PETITION:
            delay = delay_petition
        elif community_channel_outside[c, chosen] == 1:
            delay = delay_outside
        case_ready[n] = t + lognormal(delay, delay_spread, key, Purpose.VOICE, uid, thought, channels)
        case_decide_at[n] = t + patience_days * (0.5 + 0.5 * exponential(key, Purpose.PATIENCE, uid, thought, 2))
        resident_spoke[i] += 1
        resident_open_cases[i] += 1
        if chosen == Channel.DESK or chosen == Channel.PETITION:
            resident_trips[i] += 1.0
            resident_hours[i, Pay.PUBLIC] += trip_hours
