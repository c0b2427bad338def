"""A person who spoke and still has the problem thinks again: wait, ask again, go higher, join others, go to court, or
give up (Hirschman 1970; A56, A75, A79; E64). One keyed random-utility choice each time; anger adds to the louder ways,
and who speaks readily also presses on more readily.
"""

from enum import IntEnum

from sim.engine.mechanism import mechanism
from sim.engine.randomness import exponential, gumbel, normal, uniform
from sim.engine.sets import among
from sim.model.cases.life import drop, leave, register
from sim.vocabulary.codes import Channel, File, Implicates, Pay, Purpose, Rows, Truth, Wait
from sim.vocabulary.params import Param, Shared
from sim.vocabulary.sets import ENDED

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



class Choice(IntEnum):
    """What somebody does who thinks again."""

    GIVE_UP = 0
    WAIT = 1
    REPEAT = 2
    PETITION = 3
    SKIP = 4  # to a level above the one that should answer
    COLLECTIVE = 5
    COURT = 6


NEVER = 1.0e18  # working days


@mechanism
def step(now, p, rows, active, community, resident, case):
    end = 5.0 * (now.week + 1)
    count = rows.used[Rows.ACTIVE]
    for position in range(count):
        n = active.case[position]
        if case.truth[n] != Truth.OPEN or case.spoken[n] < 0.0 or case.file[n] == File.DROPPED:
            continue
        if case.file[n] == File.NOT_PASSED_ON and case.decide_at[n] >= NEVER:
            # kept back by the one, not pressed by the other: it has ended without an end
            drop(n, 5.0 * now.week, case)
            continue
        if case.decide_at[n] >= end:
            continue
        i = case.resident[n]
        uid = case.uid[n]
        thought = case.thoughts[n]
        case.thoughts[n] = thought + 1
        t = max(case.decide_at[n], 5.0 * now.week)
        gain = p.worth * case.severity[n]
        ready = p.persistence * normal(now.key, Purpose.VOICE, resident.uid[i], 0, 0)
        loud = p.anger * max(0.0, resident.heat[i] - resident.temper[i])
        under_way = not among(case.file[n], ENDED)
        peers = 0
        for other in range(count):
            m = active.case[other]
            if (
                case.estate[m] == case.estate[n]
                and case.kind[m] == case.kind[n]
                and case.truth[m] == Truth.OPEN
                and case.spoken[m] >= 0.0
            ):
                peers += 1
        choice = Choice.GIVE_UP + 0  # give up
        best = p.resign + p.noise * gumbel(now.key, Purpose.PATIENCE, uid, thought, 10)
        if under_way:
            u = (
                p.bear
                + 0.5 * gain * resident.efficacy[i]
                + p.noise * gumbel(now.key, Purpose.PATIENCE, uid, thought, 11)
            )
            if u > best:
                best = u
                choice = Choice.WAIT + 0  # wait
        u = (
            gain * resident.efficacy[i]
            + ready
            - p.cost_repeat
            + p.noise * gumbel(now.key, Purpose.PATIENCE, uid, thought, 12)
        )
        if u > best:
            best = u
            choice = Choice.REPEAT + 0
        # who is not answered here hopes for more from above the more the less he believes in being answered here
        hope = gain * (1.0 - 0.5 * resident.efficacy[i]) + loud + ready
        # the office for letters and visits is no channel of the community: it stands open to everybody or to nobody
        u = hope - p.cost_petition + p.noise * gumbel(now.key, Purpose.PATIENCE, uid, thought, 13)
        if u > best and community.petitions_heard[case.community[n]] == 1:
            best = u
            choice = Choice.PETITION + 0
        u = hope - p.cost_skip + p.noise * gumbel(now.key, Purpose.PATIENCE, uid, thought, 14)
        if u > best:
            best = u
            choice = Choice.SKIP + 0
        if peers >= p.peers_needed:
            u = hope - p.cost_collective + p.noise * gumbel(now.key, Purpose.PATIENCE, uid, thought, 15)
            if u > best:
                best = u
                choice = Choice.COLLECTIVE + 0
        # the law gives a remedy against a body, or where what was said went no further
        obstructed = case.implicates[n] != Implicates.NOBODY or case.file[n] == File.NOT_PASSED_ON
        if community.court_open[case.community[n]] == 1 and obstructed and case.court[n] == 0:
            u = hope - p.cost_court + p.noise * gumbel(now.key, Purpose.PATIENCE, uid, thought, 16)
            if u > best:
                best = u
                choice = Choice.COURT + 0
        span = p.patience_days * (0.5 + 0.5 * exponential(now.key, Purpose.PATIENCE, uid, thought, 17))
        case.decide_at[n] = t + span
        if choice == Choice.WAIT:
            continue
        if choice == Choice.GIVE_UP and under_way and case.file[n] != File.NOT_PASSED_ON:
            case.decide_at[n] = NEVER  # presses no more; the handler has the file all the same
            continue
        if choice == Choice.GIVE_UP:
            drop(n, t, case)
            continue
        kept_back = case.file[n] == File.NOT_PASSED_ON
        if kept_back:
            leave(n, t, Wait.BODY, case)
        case.anonymous[n] = 0  # whoever asks again has to say who asks
        if choice == Choice.REPEAT:
            case.repeats[n] += 1
        elif choice == Choice.PETITION:
            case.petitions[n] += 1
        elif choice == Choice.SKIP:
            case.skips[n] += 1
        elif choice == Choice.COLLECTIVE:
            case.collective[n] += 1
        else:
            case.court[n] += 1
        aloud = choice != Choice.REPEAT
        if aloud:
            case.outside[n] = 1
            resident.trips[i] += 1.0
            resident.hours[i, Pay.PUBLIC] += p.trip_hours
            resident.heat[i] *= 0.5 + 0.5 * uniform(now.key, Purpose.PATIENCE, uid, thought, 18)  # said aloud, it cools
            if choice != Choice.COURT:
                community.escalations[case.community[n]] += 1.0
        if under_way and not kept_back:
            continue  # whoever has the file goes on with it, now with the office's eyes on it if it was a petition
        # a new registration: the file is open again
        register(n, t, t + (p.delay_petition if aloud else p.repeat_days), case)
        if aloud:
            case.channel[n] = Channel.PETITION
