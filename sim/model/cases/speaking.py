"""Speaking or keeping silent: a random-utility choice over the channels that a person can use (Hirschman 1970; A54).

Benefit: how much it hurts times the person's belief in being answered, and more for those who have a stake in the place
and cannot simply leave it. Cost: the channel's own and the person's (distance from offices, no digital device, work
elsewhere). Persons differ in how readily they speak at all (random coefficients: McFadden & Train 2000). One keyed
Gumbel draw a channel, so that a cheaper channel changes only the choices it really changes. Problems that nobody can
solve alone (certificates) have to be spoken.
"""

import math

from sim.engine.mechanism import mechanism
from sim.engine.randomness import exponential, gumbel, lognormal, normal, uniform
from sim.model.cases.life import speak
from sim.vocabulary.codes import Channel, File, FoundBy, Implicates, Kind, Pay, Purpose, Rows, Truth
from sim.vocabulary.params import Param, Shared

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


@mechanism
def step(now, p, rows, active, rule, community, estate, building, resident, case):
    channels = community.channel_open.shape[1]
    end = 5.0 * (now.week + 1)
    for position in range(rows.used[Rows.ACTIVE]):
        n = active.case[position]
        if case.file[n] != File.NOT_SPOKEN or case.truth[n] != Truth.OPEN or case.decide_at[n] >= end:
            continue
        i = case.resident[n]
        c = case.community[n]
        k = case.kind[n]
        uid = case.uid[n]
        thought = case.thoughts[n]
        case.thoughts[n] = thought + 1
        # reluctance that makes the archetype's share of people speak at mean severity and middling belief
        share = community.reporting[c]
        reluctance = 0.5 * p.worth - p.typical_cost - p.noise * math.log(share / (1.0 - share))
        gain = p.worth * case.severity[n] * resident.efficacy[i] - reluctance
        gain += p.readiness * normal(now.key, Purpose.VOICE, resident.uid[i], 0, 0)
        if k == Kind.CERTIFICATE:
            gain += p.must_speak
        elif k == Kind.INFORMATION:
            gain += p.ask_easily
        else:
            gain += p.stake * (resident.stake[i] - p.usual_stake)
        best = p.noise * gumbel(now.key, Purpose.VOICE, uid, thought, 0)  # silence
        chosen = 0
        crowd = max(1.0, p.crowd_share * building.residents[resident.building[i]])
        crowd = building.unresolved[resident.building[i]] / crowd
        for ch in range(1, channels):
            if community.channel_open[c, ch] == 0 or community.channel_space[c, ch] < 1.0:
                continue
            cost = community.channel_cost[c, ch]
            if ch == Channel.NET or ch == Channel.MICROBLOG or ch == Channel.PLATFORM:
                if resident.digital[i] == 0:
                    cost += p.no_device
            elif ch == Channel.DESK or ch == Channel.FIRM_DESK or ch == Channel.PETITION:
                cost += p.frail * resident.vulnerable[i] + p.busy * resident.unit_tie[i]
            if ch == Channel.FIRM_DESK:
                if estate.firm[case.estate[n]] < 0 or (case.firm_part[n] == 0 and k != Kind.OWNER_FIRM):
                    continue
            elif ch == Channel.PATCH:
                if uniform(now.key, Purpose.OUTREACH, resident.uid[i], 0, 0) >= community.patch_known[c]:
                    continue
            elif ch == Channel.ORGANISATION:
                if uniform(now.key, Purpose.OUTREACH, resident.uid[i], 0, 1) >= community.spoken_for[c]:
                    continue
            if ch != Channel.HOTLINE and ch != Channel.PLATFORM and ch != Channel.PETITION:
                cost += p.stranger * resident.migrant[i]
            unsigned = ch == Channel.BOX and rule.anonymous_box[c] == 1
            if case.implicates[n] == Implicates.CADRE and community.channel_outside[c, ch] == 0 and not unsigned:
                cost += p.fear
            if community.channel_public[c, ch] == 1 and crowd > resident.threshold[i]:
                cost -= p.company_in_misery
            u = gain - cost + p.noise * gumbel(now.key, Purpose.VOICE, uid, thought, ch)
            if u > best:
                best = u
                chosen = ch
        t = max(case.decide_at[n], 5.0 * now.week)
        if chosen == 0:
            case.decide_at[n] = t + p.rethink_days * exponential(now.key, Purpose.PATIENCE, uid, thought, 1)
            continue
        community.channel_space[c, chosen] -= 1.0
        community.channel_used[c, chosen] += 1.0
        if chosen == Channel.ORGANISATION:
            case.found_by[n] = FoundBy.ORGANISATION
        case.outside[n] = community.channel_outside[c, chosen]
        if chosen == Channel.BOX and rule.anonymous_box[c] == 1 and case.implicates[n] == Implicates.CADRE:
            case.anonymous[n] = 1
        delay = p.delay_other
        if chosen == Channel.BOX:
            delay = p.delay_box
        elif chosen == Channel.PETITION:
            delay = p.delay_petition
        elif community.channel_outside[c, chosen] == 1:
            delay = p.delay_outside
        ready = t + lognormal(delay, p.delay_spread, now.key, Purpose.VOICE, uid, thought, channels)
        speak(n, t, chosen, ready, case)
        case.decide_at[n] = t + p.patience_days * (0.5 + 0.5 * exponential(now.key, Purpose.PATIENCE, uid, thought, 2))
        resident.spoke[i] += 1
        resident.open_cases[i] += 1
        if chosen == Channel.DESK or chosen == Channel.PETITION:
            resident.trips[i] += 1.0
            resident.hours[i, Pay.PUBLIC] += p.trip_hours
